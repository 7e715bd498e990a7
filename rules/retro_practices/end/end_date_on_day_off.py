"""END105 end-date-on-day-off."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_task, bad, case, verdict_on
from retro.model import BoardKind, Finding, Param, Schedule, Severity, Template
from retro.ports import Context
from retro_practices.ends import ends, members

_SATURDAY, _FRIDAY = date(2027, 2, 27), date(2027, 2, 26)
_PAGE = a_task("[Web] Landing page")
_FAIR = a_task("Salon", due=_SATURDAY, milestone=True)


class EndDateOnDayOff(BaseRule):
    """A launch date on a day on which nobody works.

    What it says:
        The date that a project works to is a weekend, a public holiday or a day of closure. Work before it ends on
        the last working day before; the finding says which. A fair on a Saturday is fine: write
        `retro: ignore END105` once into its card, and it is not said again.

    Why:
        A launch on a day off is often a mistake of the calendar, and otherwise it has to be known: nobody is there to
        mend what breaks, and the work is over a day or three earlier than the date looks.

    How to fix it in Notion:
        Move the date of the launch row to a working day, or leave it and silence the remark in the row.

    How to fix it in Trello:
        Move the due date of the launch card to a working day, or leave it and silence the remark in the card.
    """

    code: ClassVar[str] = "END105"
    name: ClassVar[str] = "end-date-on-day-off"
    french_name: ClassVar[str] = "date de lancement un jour non travaillé"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("the end date, {date} ({anchor}), is a day off: work ends on {last}")
    field: ClassVar[str | None] = "anchor"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case("A Friday.", _PAGE, end=_FRIDAY),
        case("A Saturday that is over.", _PAGE, end=date(2027, 1, 9)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A Saturday.", _PAGE, end=_SATURDAY),
            Expected("p", {"anchor": "Lancement", "date": _SATURDAY, "last": _FRIDAY}, "lancement"),
        ),
        bad(
            case(
                "The fair has its own card: the remark stands on it.",
                _PAGE,
                _FAIR,
                schedule=Schedule(anchors=(verdict_on("Salon", _SATURDAY),)),
            ),
            Expected(_FAIR.key, {"anchor": "Salon", "date": _SATURDAY, "last": _FRIDAY}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look up each date to come in the project's calendar."""
        known, open_ = context.derived(ends), context.derived(members)
        for project in self.projects(context):
            for end in known.get(project.key, ()):
                if end.day < context.today or context.calendar.is_working_day(end.day):
                    continue
                facts: dict[str, Param] = {
                    "anchor": end.name,
                    "date": end.day,
                    "last": context.calendar.previous_working_day(end.day),
                }
                card = context.tasks.get(end.task) if end.task is not None else None
                if card is not None and card.is_open:
                    yield self.on_task(card, facts)
                elif card is None and project.key in open_:
                    alone = project.boards[0] if len(project.boards) == 1 else None
                    yield self.on_subject(project.key, facts, board=alone, project=project.key, detail=end.key)
