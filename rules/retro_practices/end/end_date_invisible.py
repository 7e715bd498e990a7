"""END102 end-date-invisible."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_task, bad, case
from retro.model import AnchorOrigin, BoardKind, Category, Finding, Param, Project, Severity, Template
from retro.ports import Context
from retro_practices.ends import End, ends, members

_LAUNCH = date(2027, 3, 1)
_FACTS: dict[str, Param] = {"anchor": "Lancement", "date": _LAUNCH}


class EndDateInvisible(BaseRule):
    """A launch date that stands in the configuration only.

    What it says:
        A project works to a date that retro.toml names, and no card or row of the project bears that date. A date
        given by `--end`, one that a sheet names above its table, and a milestone on the board are visible.

    Why:
        The end date is what everything else is counted back from. People look at the board, not into a file on a
        server: what they do not see, they do not work to.

    How to fix it in Notion:
        Give the launch its own row, of type "Jalon" or "Milestone", with that date; it then is the end date by itself,
        and the line in retro.toml can name it: `task = "Mise en ligne"`.

    How to fix it in Trello:
        Make a card for the launch with the label "Jalon" or "Milestone" and that due date; the line in retro.toml can
        then name it: `task = "Mise en ligne"`.
    """

    code: ClassVar[str] = "END102"
    name: ClassVar[str] = "end-date-invisible"
    french_name: ClassVar[str] = "date de lancement invisible"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("no task of the project shows the end date of {date} ({anchor})")
    field: ClassVar[str | None] = "anchor"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "The launch has its own card.",
            a_task("[Web] Landing page"),
            a_task("Mise en ligne", due=_LAUNCH, milestone=True),
            end=_LAUNCH,
            end_origin=AnchorOrigin.CONFIGURATION,
        ),
        case("The date was asked for on the command line.", a_task("[Web] Landing page"), end=_LAUNCH),
        case(
            "Everything is done: nobody works to the date any more.",
            a_task("[Web] Landing page", section="Terminé"),
            end=_LAUNCH,
            end_origin=AnchorOrigin.CONFIGURATION,
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Only retro.toml knows the date.",
                a_task("[Web] Landing page"),
                end=_LAUNCH,
                end_origin=AnchorOrigin.CONFIGURATION,
            ),
            Expected("p", _FACTS, "lancement"),
        ),
        bad(
            case(
                "The card of the launch bears another date.",
                a_task("[Web] Landing page"),
                a_task("Lancement", due=date(2027, 3, 8)),
                end=_LAUNCH,
                end_origin=AnchorOrigin.CONFIGURATION,
            ),
            Expected("p", _FACTS, "lancement"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for each configured date on the project's cards."""
        known = context.derived(ends)
        for project in self.projects(context):
            hidden = [end for end in known.get(project.key, ()) if end.origin is AnchorOrigin.CONFIGURATION]
            if not hidden or not _has_work(project, context):
                continue
            shown = _shown_days({end.day for end in hidden}, project, context)
            alone = project.boards[0] if len(project.boards) == 1 else None
            for end in hidden:
                if not _shown(end, shown, context):
                    yield self.on_subject(
                        project.key,
                        {"anchor": end.name, "date": end.day},
                        board=alone,
                        project=project.key,
                        detail=end.key,
                    )


def _has_work(project: Project, context: Context) -> bool:
    return bool(context.derived(members).get(project.key))


def _shown_days(ends: set[date], project: Project, context: Context) -> set[date]:
    """Which of some dates a project's cards bear."""
    found = set[date]()
    due_days, launches = context.due_days, context.derived(_launches)
    for key in project.tasks:
        due, launch = due_days.get(key), launches.get(key)
        if due not in ends and launch not in ends:
            continue
        task = context.tasks.get(key)
        if task is not None and task.counts and task.status.category not in (Category.IDEA, Category.CANCELLED):
            found.update(day for day in (due, launch) if day in ends)
    return found


def _launches(context: Context) -> Mapping[str, date]:
    """The dates in a column for launches, by task."""
    return {task.key: context.day(task.launch) for task in context.portfolio.tasks if task.launch is not None}


def _shown(end: End, days: set[date], context: Context) -> bool:
    if end.day in days:
        return True
    named = context.tasks.get(end.task) if end.task is not None else None
    return named is not None and named.due is not None and context.day(named.due) == end.day
