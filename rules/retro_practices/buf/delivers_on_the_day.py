"""BUF102 delivers-on-the-day."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import (
    ZONE,
    Bad,
    Case,
    a_link,
    a_schedule,
    a_task,
    bad,
    case,
    key_of,
    on,
    planned,
    verdict_on,
)
from retro.model import BoardKind, Category, Finding, Schedule, Severity, Task, TaskSchedule, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.ends import End, ends, is_the_end
from retro_practices.launch import AfterLaunch, standing_tasks
from retro_practices.planned_tasks import judged

_FRIDAY = date(2027, 1, 15)
_END = datetime(2027, 1, 15, 17, tzinfo=ZONE)
_LAUNCH = a_task("Mise en ligne", due=_FRIDAY, milestone=True)


def _shown(*titles: str) -> Schedule:
    """Some tasks that work to a launch on Friday the 15th."""
    launch = key_of("Mise en ligne")
    held = (planned(title, latest=_END, anchor=launch) for title in titles)
    return a_schedule(*held, anchors=(verdict_on("Mise en ligne", _FRIDAY),))


class DeliversOnTheDay(BaseRule):
    """The last work before the launch ends on the day of the launch itself.

    What it says:
        The task that ends a chain of dependencies (nothing but the launch waits for it) is due on the very day of the
        launch. The launch card, milestones and what happens on that day (publishing, sending, opening) may be.

    Why:
        What is delivered on the day leaves no hour to look at it, correct it or put it up. The first delay, even of a
        morning, is a missed launch.

    How to fix it in Notion:
        Bring the row's date forward, to its advised date if the board shows one; a day before the launch is the least.

    How to fix it in Trello:
        Bring the card's due date forward, to its advised date if the board shows one; a day before the launch is the
        least.
    """

    code: ClassVar[str] = "BUF102"
    name: ClassVar[str] = "delivers-on-the-day"
    french_name: ClassVar[str] = "livraison le jour même"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("the last work is due on the end date itself, {due} ({anchor})")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks are due on the day of the launch itself")
    field: ClassVar[str | None] = "due"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due", "links"})

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "A day is left.",
            a_task("[Web] Maquettes", due=date(2027, 1, 12)),
            a_task("[Web] Intégration", due=date(2027, 1, 14)),
            _LAUNCH,
            links=(a_link("[Web] Maquettes", "[Web] Intégration"), a_link("[Web] Intégration", "Mise en ligne")),
            schedule=_shown("[Web] Maquettes", "[Web] Intégration"),
        ),
        case(
            "What happens on the day is due on the day.",
            a_task("[Web] Intégration", due=date(2027, 1, 14)),
            a_task("[CRM] Envoyer la newsletter", due=_FRIDAY),
            _LAUNCH,
            links=(a_link("[Web] Intégration", "[CRM] Envoyer la newsletter"),),
            schedule=_shown("[Web] Intégration", "[CRM] Envoyer la newsletter"),
        ),
        case(
            "In no chain: other rules look at it.",
            a_task("[Print] Flyer", due=_FRIDAY),
            _LAUNCH,
            schedule=_shown("[Print] Flyer"),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "The last task before the launch is due with it.",
                a_task("[Web] Maquettes", due=date(2027, 1, 12)),
                a_task("[Web] Intégration", due=_FRIDAY),
                _LAUNCH,
                links=(a_link("[Web] Maquettes", "[Web] Intégration"), a_link("[Web] Intégration", "Mise en ligne")),
                schedule=_shown("[Web] Maquettes", "[Web] Intégration"),
            ),
            on("[Web] Intégration", due=_FRIDAY, anchor="Mise en ligne"),
        ),
        bad(
            case(
                "No launch card is linked, and it ends the chain all the same.",
                a_task("[Web] Maquettes", due=date(2027, 1, 12)),
                a_task("[Web] Intégration", due=_FRIDAY, section="À produire"),
                links=(a_link("[Web] Maquettes", "[Web] Intégration"),),
                end=_FRIDAY,
                schedule=a_schedule(planned("[Web] Intégration", latest=_END, anchor="lancement")),
            ),
            on("[Web] Intégration", due=_FRIDAY, anchor="Lancement"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look at every task that is due on its anchor's day, and at what waits for it."""
        known, planned = context.derived(ends), judged(self, context)
        if not known or not context.portfolio.links:
            return
        by_key = {end.key: end for each in known.values() for end in each}
        days = {end.day for end in by_key.values()}
        standing, after = frozenset(context.derived(standing_tasks).values()), context.derived(AfterLaunch)
        for task, dates, day in planned:
            if day not in days or task.milestone:
                continue
            end = _end_of(dates, by_key)
            if end is None or end.day != day or task.key in standing or task.key in context.parents:
                continue
            if _ends_a_chain(task, context, standing) and task not in after and not _is_launch(task, context):
                yield self.on_task(task, {"due": day, "anchor": end.name})


def _end_of(planned: TaskSchedule, by_key: dict[str, End]) -> End | None:
    """The date that a task with work left has to be over by."""
    if not planned.work_minutes or planned.latest_finish is None:
        return None
    return by_key.get(planned.anchor or "")


def _ends_a_chain(task: Task, context: Context, standing: frozenset[str]) -> bool:
    """Whether links lead to a task, and from it to nothing but launches, milestones and what is over."""
    follows = context.successors.get(task.key, ())
    if not follows and task.key not in context.predecessors:
        return False
    for link in follows:
        after = context.tasks.get(link.successor)
        if after is None or not after.is_open or after.milestone or after.key in standing or _is_launch(after, context):
            continue
        return False
    return True


def _is_launch(task: Task, context: Context) -> bool:
    wanted = task.is_open and task.status.category is not Category.IDEA
    return wanted and is_the_end(context.derived(titles)[task.key].rest)
