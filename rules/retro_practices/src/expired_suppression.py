"""SRC107 expired-suppression."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_task, bad, case, key_of
from retro.model import Finding, Severity, SuppressionFact, SuppressionState, Template
from retro.ports import Context

_FLYER, _POSTER = "[Print] Flyer", "[Print] Affiche"
_FRIDAY = date(2027, 1, 8)


class ExpiredSuppression(BaseRule):
    """An exception on a card whose last day has passed.

    What it says:
        A line such as `retro: ignore OWN101 until 2027-01-08`, or a label of that name, held a remark back up to
        that day; since the day after, the remark is made again. The line is still there.

    Why:
        Whoever wrote the date wanted to look again then. Either the matter is settled and the line can go, or it
        needs a new date that somebody stands for.

    How to fix it in Notion:
        Settle what the remark says and take the line out of the description, or give it a new date with its reason.

    How to fix it in Trello:
        Settle what the remark says and take the line out of the card's description, or the label off the card; or
        give it a new date with its reason.
    """

    code: ClassVar[str] = "SRC107"
    name: ClassVar[str] = "expired-suppression"
    french_name: ClassVar[str] = "exception expirée"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("the exception for {code} ended on {until}: renew it or take it out")
    rests_on: ClassVar[frozenset[str]] = frozenset()
    reads_suppressions: ClassVar[bool] = True

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "Its last day is still to come.",
            a_task(_FLYER, owners=(), description="retro: ignore OWN101 until 2027-01-31 — waiting for the agency"),
        ),
        case("It holds for good.", a_task(_FLYER, owners=(), description="retro: ignore OWN101 — shared by two")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Last Friday was its last day.",
                a_task(_FLYER, owners=(), description="retro: ignore OWN101 until 2027-01-08"),
                suppressions=(
                    SuppressionFact(
                        task=key_of(_FLYER),
                        field="description",
                        state=SuppressionState.EXPIRED,
                        code="OWN101",
                        until=_FRIDAY,
                    ),
                ),
            ),
            Expected(key_of(_FLYER), {"code": "OWN101", "until": _FRIDAY}, "description: OWN101 2027-01-08"),
        ),
        bad(
            case(
                "A label with two codes, of one card only.",
                a_task(_FLYER),
                a_task(_POSTER, labels=("retro : ignorer OWN101, NAM jusqu'au 08/01/2027",)),
                suppressions=tuple(
                    SuppressionFact(
                        task=key_of(_POSTER),
                        field="labels",
                        state=SuppressionState.EXPIRED,
                        code=code,
                        until=_FRIDAY,
                    )
                    for code in ("OWN101", "NAM")
                ),
            ),
            Expected(key_of(_POSTER), {"code": "NAM", "until": _FRIDAY}, "labels: NAM 2027-01-08"),
            Expected(key_of(_POSTER), {"code": "OWN101", "until": _FRIDAY}, "labels: OWN101 2027-01-08"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say each exception that has come to its end."""
        for fact in context.suppressions:
            if fact.state is SuppressionState.EXPIRED and fact.until is not None and fact.task in context.tasks:
                yield self.on_task(
                    context.tasks[fact.task],
                    {"code": fact.code, "until": fact.until},
                    detail=f"{fact.field}: {fact.code} {fact.until.isoformat()}",
                )
