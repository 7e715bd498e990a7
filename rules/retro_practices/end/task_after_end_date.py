"""END106 task-after-end-date."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_link, a_task, bad, case, key_of, on
from retro.model import (
    AnchorVerdict,
    BoardKind,
    EstimateOrigin,
    Finding,
    Param,
    Schedule,
    Severity,
    Task,
    TaskSchedule,
    Template,
)
from retro.ports import Context
from retro_practices.launch import leading_tasks, standing_tasks, tied_tasks, unsure_ends
from retro_practices.launch_day import after_launch_day
from retro_practices.planned_tasks import judged

_LAUNCH = a_task("Mise en ligne", due=date(2027, 3, 1), milestone=True)
_FRIDAY = date(2027, 3, 5)


def _shown(*before: str, after: tuple[str, ...] = ()) -> Schedule:
    """A launch on the 1st of March, the tasks that are held to it, and those that come after it."""
    held = {key_of(title): key_of("Mise en ligne") for title in ("Mise en ligne", *before)}
    day = datetime(2027, 3, 1, 17, tzinfo=ZONE)
    planned = {
        key: TaskSchedule(
            key=key,
            estimate_minutes=420,
            estimate_origin=EstimateOrigin.NUMBER,
            latest_finish=day if key in held else None,
            anchor=held.get(key),
        )
        for key in (*held, *map(key_of, after))
    }
    launch = AnchorVerdict(
        key=key_of("Mise en ligne"), name="Mise en ligne", project="p", date=day, feasible=True, day=date(2027, 3, 1)
    )
    return Schedule(tasks=planned, anchors=(launch,))


class TaskAfterEndDate(BaseRule):
    """A task that is due after the launch, although the launch waits for it.

    What it says:
        An open task is due after the date that cannot move, although links lead from it to the launch; or it has no
        link at all, and nothing says that it belongs after the launch. Work that follows the launch by a link, or
        whose phase, list, label or title says so (débrief, bilan, optimisation, monitoring, reporting, J+7), is fine.

    Why:
        In a plan made backwards everything is finished by the end date, or openly meant for afterwards. A date after
        it is a mistake, or a launch that will start without the piece.

    How to fix it in Notion:
        Bring the row's date before the launch; or link it after the launch row, or give it the phase "Bilan" if it
        comes afterwards.

    How to fix it in Trello:
        Bring the card's due date before the launch; or make it depend on the launch card, or move it to a list such as
        "Bilan" if it comes afterwards.
    """

    code: ClassVar[str] = "END106"
    name: ClassVar[str] = "task-after-end-date"
    french_name: ClassVar[str] = "tâche après la date de lancement"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("due on {due}, after the end date of {date} ({anchor})")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks are due after the launch")
    field: ClassVar[str | None] = "due"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due"})

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "Due on the day itself.",
            _LAUNCH,
            a_task("[Web] FAQ", due=date(2027, 3, 1)),
            schedule=_shown("[Web] FAQ"),
        ),
        case(
            "It follows the launch.",
            _LAUNCH,
            a_task("[Web] Corrections", due=_FRIDAY),
            links=(a_link("Mise en ligne", "[Web] Corrections"),),
            schedule=_shown(after=("[Web] Corrections",)),
        ),
        case(
            "Its title says so.",
            _LAUNCH,
            a_task("Débrief", due=_FRIDAY),
            schedule=_shown(after=("Débrief",)),
        ),
        case(
            "Linked among themselves, and the launch waits for neither.",
            _LAUNCH,
            a_task("[Web] Version 2", due=_FRIDAY),
            a_task("[Web] Maquettes 2", due=_FRIDAY),
            links=(a_link("[Web] Maquettes 2", "[Web] Version 2"),),
            schedule=_shown("[Web] Version 2", "[Web] Maquettes 2"),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "The launch waits for it.",
                _LAUNCH,
                a_task("[Web] FAQ", due=_FRIDAY),
                links=(a_link("[Web] FAQ", "Mise en ligne"),),
                schedule=_shown("[Web] FAQ"),
            ),
            on("[Web] FAQ", due=_FRIDAY, anchor="Mise en ligne", date=date(2027, 3, 1)),
        ),
        bad(
            case(
                "No link, and nothing says that it comes afterwards.",
                _LAUNCH,
                a_task("[Web] FAQ", due=_FRIDAY),
                schedule=_shown("[Web] FAQ"),
            ),
            on("[Web] FAQ", due=_FRIDAY, anchor="Mise en ligne", date=date(2027, 3, 1)),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare each due date with the anchor that the schedule holds the task to."""
        verdicts = {verdict.key: verdict for verdict in context.schedule.anchors}
        if not verdicts:
            return
        last, days = _last(verdicts), {key: verdict.on(context.zone) for key, verdict in verdicts.items()}
        first = min(days.values())
        stands = context.derived(standing_tasks)
        after = context.derived(after_launch_day)
        for task, dates, due in judged(self, context):
            if due is None or due <= first:
                continue
            if dates.latest_finish is None or task.key in after:
                continue  # what comes after the launch has no latest finish
            verdict = verdicts.get(dates.anchor or "") or _of_project(task, context, last)
            if verdict is None or due <= days[verdict.key]:
                continue
            # Links that lead to no launch may be another story: an anchor with a task of its own waits for its links.
            tied = verdict.key in stands and task.key in context.derived(tied_tasks)
            if tied and task.key not in context.derived(_leading):
                continue
            facts: dict[str, Param] = {"due": due, "anchor": verdict.name, "date": days[verdict.key]}
            yield self.on_task(task, facts, assumed=verdict.key in context.derived(unsure_ends))


def _leading(context: Context) -> frozenset[str]:
    """The tasks that stand for anchors, and those that lead to them."""
    return leading_tasks(context, context.derived(standing_tasks).values())


def _last(verdicts: Mapping[str, AnchorVerdict]) -> Mapping[str, AnchorVerdict]:
    """The last anchor of each project."""
    last: dict[str, AnchorVerdict] = {}
    for _, verdict in sorted(verdicts.items()):
        if verdict.project not in last or verdict.date > last[verdict.project].date:
            last[verdict.project] = verdict
    return last


def _of_project(task: Task, context: Context, last: Mapping[str, AnchorVerdict]) -> AnchorVerdict | None:
    project = context.projects.get(task.key)
    return None if project is None else last.get(project.key)
