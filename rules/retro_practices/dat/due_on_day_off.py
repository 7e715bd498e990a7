"""DAT104 due-on-day-off."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_board, a_task, bad, case, on
from retro.model import BoardKind, Category, Day, Finding, Fix, Severity, Task, Template
from retro.ports import Context
from retro_practices.ends import ends
from retro_practices.launch import standing_tasks
from retro_practices.words import phrase

_SATURDAY, _FRIDAY = date(2027, 1, 30), date(2027, 1, 29)


class DueOnDayOff(BaseRule):
    """A task that is due on a day on which nobody works.

    What it says:
        The due date of an open task falls on a weekend, a public holiday or a day when the team is closed. The last
        working day before it is proposed. Milestones and whatever appears or takes place on its day (a post, a fair,
        a newsletter) are left alone, and so are boards that are always on or editorial, dates that a scheduling tool
        computes, dates that cannot be brought forward any more, and what is due on the end date itself.

    Why:
        Work that is due on Sunday is in fact due on Friday, or on Monday: two people read it in two ways. The plan
        counts working days, so say which one is meant.

    How to fix it in Notion:
        Move the row's date to the working day before.

    How to fix it in Trello:
        Open the card, choose Dates, and move its due date to the working day before.
    """

    code: ClassVar[str] = "DAT104"
    name: ClassVar[str] = "due-on-day-off"
    french_name: ClassVar[str] = "attendue un jour non travaillé"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("due on {due}, a day off: the working day before is {before}")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks are due on a day off")
    field: ClassVar[str | None] = "due"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due"})
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    fixes: ClassVar[str] = "unsafe"

    good: ClassVar[tuple[Case, ...]] = (
        case("Due on a Monday.", a_task("[Web] FAQ", due=date(2027, 2, 1))),
        case("The fair is on Saturday.", a_task("[Événementiel] Salon de l’habitat", due=_SATURDAY)),
        case("A post appears on its day.", a_task("[Social] Post soldes", due=_SATURDAY)),
        case("The launch itself.", a_task("[Web] Ouverture du site", due=_SATURDAY, milestone=True)),
        case("Everything is ready.", a_task("[Print] Flyer", due=_SATURDAY, section="Prêt pour lancement")),
        case(
            "An editorial board.", a_task("[Blog] Recette", due=_SATURDAY), boards=(a_board(kind=BoardKind.EDITORIAL),)
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Who delivers on Saturday?", a_task("[Print] Flyer", due=_SATURDAY)),
            on("[Print] Flyer", fix=_FRIDAY, due=_SATURDAY, before=_FRIDAY),
        ),
        bad(
            case("An hour stays the hour.", a_task("[Web] FAQ", due=datetime(2027, 1, 31, 18, tzinfo=ZONE))),
            on(
                "[Web] FAQ",
                fix=datetime(2027, 1, 29, 18, tzinfo=ZONE),
                due=date(2027, 1, 31),
                before=_FRIDAY,
            ),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks whose date people choose, without milestones and what is ready."""
        return _chosen(super().base(context), context)

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for the last working day at or before each due date."""
        due_days, projects = context.due_days, context.projects
        end_days = {project: {end.day for end in each} for project, each in context.derived(ends).items()}
        moved: dict[Day, Fix] = {}  # hundreds of tasks are due at one instant
        appears = phrase("appears", "words")
        off = _days_off(context)
        asked = (task for task in super().base(context) if due_days.get(task.key) in off)
        for task in _chosen(asked, context):
            if task.due is None or appears.search(fold(task.title)):
                continue
            due, project = due_days[task.key], projects.get(task.key)
            if project is not None and due in end_days.get(project.key, ()):
                continue  # the fair is on a Saturday, and so is what is done there
            before = off[due]
            starts_later = task.start is not None and context.day(task.start) > before
            if not starts_later and task.due not in moved:
                moved[task.due] = Fix(field="due", new=_moved(task.due, before, context))
            fix = None if starts_later else moved[task.due]
            yield self.on_task(task, {"due": due, "before": before}, fix=fix)


def _chosen(tasks: Iterable[Task], context: Context) -> Iterator[Task]:
    """Of some tasks, those whose date people choose, without milestones and what is ready."""
    computed = {board.key for board in context.portfolio.boards if board.begins is not None}
    stands = set(context.derived(standing_tasks).values())
    return (
        task
        for task in tasks
        if not task.milestone
        and task.status.category is not Category.READY
        and task.key not in stands
        and task.board not in computed
    )


def _days_off(context: Context) -> Mapping[date, date]:
    """The days off on which anything is due, each with the last day worked before it, where that is not over."""
    today, worked = context.today, context.calendar.previous_working_day
    return {due: day for due in set(context.due_days.values()) if due > today and today <= (day := worked(due)) < due}


def _moved(due: Day, to: date, context: Context) -> Day:
    """The same hour on another day, where there is an hour."""
    if not isinstance(due, datetime):
        return to
    return datetime.combine(to, due.astimezone(context.zone).time(), context.zone)
