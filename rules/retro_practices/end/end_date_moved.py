"""END103 end-date-moved."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, Expected, a_task, bad, case
from retro.model import AnchorMoves, BoardKind, Finding, History, Param, Severity, Template
from retro.ports import Context

_SET = datetime(2026, 11, 2, 9, tzinfo=ZONE)
_AGREED = Template(
    "“{anchor}” moved from {was} to {now}, {count} time since the baseline “{baseline}” of {since}",
    "“{anchor}” moved from {was} to {now}, {count} times since the baseline “{baseline}” of {since}",
)


def _moved(was: date, times: int = 1, baseline: str = "") -> History:
    launch = AnchorMoves(
        project="p",
        key="lancement",
        name="Lancement",
        was=was,
        now=date(2027, 3, 1),
        times=times,
        since=_SET,
        baseline=baseline,
    )
    return History(anchors=(launch,))


class EndDateMoved(BaseRule):
    """A launch date that has moved since the plan was agreed upon.

    What it says:
        The date that a project works to is not the one of the last baseline (`retro baseline plan set`) or, without
        one, the one that retro first read: from when to when it moved, and how often. A new baseline takes the new
        date for agreed. A date that came back to where it was is no finding, and neither is one given by `--end`.
        Nothing is said of boards given as files, of which nothing is remembered.

    Why:
        Everything is planned backwards from a date that cannot move. One that moves is a wish: it should be moved
        once, with everybody knowing, or kept.

    How to fix it in Notion:
        Put the date back, or agree on the new one with everybody and keep it: `retro baseline plan set NAME`.

    How to fix it in Trello:
        Put the due date of the launch's card back, or agree on the new one with everybody and keep it:
        `retro baseline plan set NAME`.
    """

    code: ClassVar[str] = "END103"
    name: ClassVar[str] = "end-date-moved"
    french_name: ClassVar[str] = "date de lancement déplacée"
    default: ClassVar[Severity] = Severity.WARNING
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template(
        "“{anchor}” moved from {was} to {now}, {count} time since {since}",
        "“{anchor}” moved from {was} to {now}, {count} times since {since}",
    )
    templates: ClassVar[tuple[Template, ...]] = (_AGREED,)
    field: ClassVar[str | None] = "anchor"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    good: ClassVar[tuple[Case, ...]] = (
        case("It stands where it stood.", a_task("[Web] FAQ"), end=date(2027, 3, 1), history=History()),
        case("A file: nothing is remembered of it.", a_task("[Web] FAQ"), end=date(2027, 3, 1)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Two weeks later than when retro first read it.",
                a_task("[Web] FAQ"),
                end=date(2027, 3, 1),
                history=_moved(date(2027, 2, 15)),
            ),
            Expected(
                "lancement",
                {
                    "anchor": "Lancement",
                    "was": date(2027, 2, 15),
                    "now": date(2027, 3, 1),
                    "count": 1,
                    "since": date(2026, 11, 2),
                },
            ),
        ),
        bad(
            case(
                "Three moves since everybody agreed on the plan.",
                a_task("[Web] FAQ"),
                end=date(2027, 3, 1),
                history=_moved(date(2027, 1, 18), 3, "kickoff"),
            ),
            Expected(
                "lancement",
                {
                    "anchor": "Lancement",
                    "was": date(2027, 1, 18),
                    "now": date(2027, 3, 1),
                    "count": 3,
                    "since": date(2026, 11, 2),
                    "baseline": "kickoff",
                },
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say each anchor that is not where it was."""
        projects = {project.key: project for project in self.projects(context)}
        for moved in context.history.anchors if context.history is not None else ():
            if (project := projects.get(moved.project)) is None:
                continue
            facts: dict[str, Param] = {
                "anchor": moved.name,
                "was": moved.was,
                "now": moved.now,
                "count": moved.times,
                "since": context.day(moved.since),
            }
            yield self.on_subject(
                moved.key,
                {**facts, "baseline": moved.baseline} if moved.baseline else facts,
                board=project.boards[0] if len(project.boards) == 1 else None,
                project=project.key,
                template=_AGREED if moved.baseline else None,
            )
