"""SRC108 assumed-durations."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, Expected, a_schedule, a_task, bad, case, planned
from retro.model import BoardKind, Category, EstimateOrigin, Finding, Severity, Template
from retro.ports import Context
from retro_practices.ends import members

_END = date(2027, 3, 1)
_REVIEW = Category.REVIEW


def _plan(says: str, *origins: EstimateOrigin, **options: float) -> Case:
    """A plan of tasks whose durations rest on these."""
    titles = [f"[Web] Page {number}" for number in range(len(origins))]
    latest = datetime(2027, 3, 1, 17, tzinfo=ZONE)
    return case(
        says,
        *map(a_task, titles),
        end=_END,
        schedule=a_schedule(
            *(planned(title, origin=origin, latest=latest) for title, origin in zip(titles, origins, strict=True))
        ),
        options=options,
    )


class AssumedDurations(BaseRule):
    """A plan whose dates rest on durations that nobody gave.

    What it says:
        How many open tasks of a project have neither an estimate nor dates to take one from, so that the plan counts
        with the default duration (`default` under [schedule], one day). Whatever is said on that ground is
        information only; here the share is told once. It is silent up to `share`.

    Why:
        Latest and advised dates are as good as the durations behind them. A guess of a day for a site is a launch date
        by luck.

    How to fix it in Notion:
        Add a number column ("JH", "Charge (jours)", "Estimation") and fill it, the tasks of the longest chain first.

    How to fix it in Trello:
        Write points before the title, "(3) Landing page", or use a custom field "JH" or a label "S", "M", "L"; a start
        and a due date on the card tell a duration too.
    """

    code: ClassVar[str] = "SRC108"
    name: ClassVar[str] = "assumed-durations"
    french_name: ClassVar[str] = "durées supposées"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template(
        "the duration of {count} of {base} open tasks is not known ({percent}%): the default one is counted"
    )
    field: ClassVar[str | None] = "estimate"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset()

    share: float = Field(default=0.0, ge=0, le=1, description="The share of default durations that needs no word.")

    good: ClassVar[tuple[Case, ...]] = (
        _plan("Every duration is known.", EstimateOrigin.NUMBER, EstimateOrigin.DATES),
        _plan("Half of them may be unknown here.", EstimateOrigin.NUMBER, EstimateOrigin.DEFAULT, share=0.5),
        case("No end date: no date is counted back from one.", a_task("[Web] FAQ")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            _plan("No duration is known.", EstimateOrigin.DEFAULT, EstimateOrigin.DEFAULT),
            Expected("p", {"count": 2, "base": 2, "percent": 100}),
        ),
        bad(
            _plan("One of three is not.", EstimateOrigin.DEFAULT, EstimateOrigin.NUMBER, EstimateOrigin.POINTS),
            Expected("p", {"count": 1, "base": 3, "percent": 33}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count, project by project, the tasks whose latest dates rest on a default duration."""
        planned = context.schedule.tasks
        for project, tasks in context.derived(members).items():
            # A review lasts what reviews last, and what is ready lasts no time: neither is an estimate.
            origins = [
                found.estimate_origin
                for task in tasks
                if task.status.category is not _REVIEW
                and (found := planned.get(task.key)) is not None
                and found.latest_finish is not None
                and found.work_minutes
            ]
            count, base = origins.count(EstimateOrigin.DEFAULT), len(origins)
            if count > self.share * base:
                boards = {task.board for task in tasks}
                yield self.on_subject(
                    project,
                    {"count": count, "base": base, "percent": round(100 * count / base)},
                    board=boards.pop() if len(boards) == 1 else None,
                    project=project,
                )
