"""GRA102 oversized-task."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_schedule, a_task, bad, case, on, planned
from retro.model import EstimateOrigin, Finding, Severity, Template
from retro.ports import Context
from retro_practices.planned_tasks import judged
from retro_practices.words import phrase

_DAY = 420
_SITE = a_task("[Web] Intégration du site")
_DECLARED = frozenset({EstimateOrigin.NUMBER, EstimateOrigin.POINTS, EstimateOrigin.SIZE})


def _lasting(
    says: str, length: float, origin: EstimateOrigin = EstimateOrigin.NUMBER, options: Mapping[str, int] | None = None
) -> Case:
    """The site, of so many days of work."""
    shown = a_schedule(planned(_SITE.title, work=round(length * _DAY), origin=origin))
    return case(says, _SITE, schedule=shown, options=options)


class OversizedTask(BaseRule):
    """A task of more work than anybody can follow.

    What it says:
        The work that the board declares for a task (a number, points or a size) is more than `days` working days. How
        long it stands between its dates says nothing of its work, and is not judged; nor is what lasts by its nature
        (a period, a watch, support), nor a parent, which is judged through its children.

    Why:
        After two weeks "under way" means nothing any more: nobody sees whether it advances, and when it is late there
        is no time left. Pieces of a week can be followed, handed over and validated one by one.

    How to fix it in Notion:
        Cut it into sub-items that can each be delivered and validated, with an owner and a date each; the row becomes
        their parent.

    How to fix it in Trello:
        Cut it into several cards that can each be delivered and validated, with a member and a due date each.
    """

    code: ClassVar[str] = "GRA102"
    name: ClassVar[str] = "oversized-task"
    french_name: ClassVar[str] = "tâche trop grosse"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("{length} working days of work, more than {most}: to be cut into pieces")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks are too large to be followed")
    field: ClassVar[str | None] = "estimate"

    days: float = Field(default=10, gt=0, description="The most working days of declared work.")

    good: ClassVar[tuple[Case, ...]] = (
        _lasting("Ten days.", 10),
        _lasting("Six weeks on the board say nothing of its work.", 30, EstimateOrigin.DATES),
        _lasting("This team follows larger pieces.", 15, options={"days": 20}),
        case(
            "It lasts by its nature.",
            a_task("[Social] Veille pendant la campagne"),
            schedule=a_schedule(planned("[Social] Veille pendant la campagne", work=30 * _DAY)),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(_lasting("Three weeks of work.", 15), on(_SITE.title, length=15.0, most=10.0)),
        bad(
            _lasting("Twenty-five points of half a day.", 12.5, EstimateOrigin.POINTS),
            on(_SITE.title, length=12.5, most=10.0),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare declared work with the limit, in days as the task's own tool counts them."""
        days = {board.key: board.day_minutes or context.calendar.day_minutes for board in context.portfolio.boards}
        least = min(days.values(), default=0) * self.days
        for task, found, _due in judged(self, context):
            if found.estimate_minutes <= least or found.estimate_origin not in _DECLARED:
                continue
            length = found.estimate_minutes / days[task.board]
            if length <= self.days or task.key in context.parents:
                continue
            if phrase("lasting", "words").search(fold(task.title)) is None:
                yield self.on_task(task, {"length": round(length, 1), "most": float(self.days)})
