"""SRC106 unused-suppression."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_task, bad, case, key_of
from retro.model import Finding, Severity, SuppressionFact, SuppressionState, Template
from retro.ports import Context

_FLYER = "[Print] Flyer"
_NEAR = Template("the exception for “{code}” covers no rule; did you mean {near}?")
_UNKNOWN = Template("the exception for “{code}” covers no rule")
_MANDATORY = Template("the exception for {code} holds nothing back: the configuration makes that rule mandatory")
_UNREADABLE = Template(
    "this exception cannot be read: “{text}”. Write it as retro: ignore OWN101 until 2027-01-31 — reason"
)
_UNEXPLAINED = Template("the exception for {code} does not say why")
_BY_STATE: Mapping[SuppressionState, Template | None] = {
    SuppressionState.UNUSED: None,
    SuppressionState.UNKNOWN: _UNKNOWN,
    SuppressionState.MANDATORY: _MANDATORY,
    SuppressionState.UNREADABLE: _UNREADABLE,
    SuppressionState.UNEXPLAINED: _UNEXPLAINED,
}


def _fact(state: SuppressionState, code: str = "", near: str | None = None, text: str = "") -> SuppressionFact:
    return SuppressionFact(task=key_of(_FLYER), field="description", state=state, code=code, near=near, text=text)


class UnusedSuppression(BaseRule):
    """An exception on a card that holds nothing back.

    What it says:
        A line such as `retro: ignore OWN101`, or a label of that name, asks retro to keep a remark to itself, and
        there is no such remark any more; or the code is mistyped, or the line cannot be read, or the configuration
        makes the rule mandatory. Nothing is said of cards that are done, of ideas, nor of rules that were not asked
        in this run.

    Why:
        An exception outlives its reason quietly: on the day when the fault comes back, nobody hears of it. One with
        a typing error has never worked at all.

    How to fix it in Notion:
        Take the line out of the description, or the option out of the tags; where the code was mistyped, write the
        one that the remark shows.

    How to fix it in Trello:
        Take the line out of the card's description, or the label off the card; where the code was mistyped, write
        the one that the remark shows.
    """

    code: ClassVar[str] = "SRC106"
    name: ClassVar[str] = "unused-suppression"
    french_name: ClassVar[str] = "exception sans objet"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("the exception for {code} holds nothing back any more: it can go")
    templates: ClassVar[tuple[Template, ...]] = (_NEAR, _UNKNOWN, _MANDATORY, _UNREADABLE, _UNEXPLAINED)
    rests_on: ClassVar[frozenset[str]] = frozenset()
    reads_suppressions: ClassVar[bool] = True

    reason: bool = Field(default=False, description="true: a line that gives no reason after a dash is told too.")

    good: ClassVar[tuple[Case, ...]] = (
        case("No exception anywhere.", a_task(_FLYER)),
        case(
            "The exception does its work: nobody owns the card, and the remark is held back.",
            a_task(_FLYER, owners=(), description="retro: ignore OWN101 — the agency will name someone"),
        ),
        case(
            "Nobody asks for reasons, unless the team wants them.",
            a_task(_FLYER, owners=(), description="retro: ignore OWN101"),
            suppressions=(_fact(SuppressionState.UNEXPLAINED, "OWN101"),),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Someone owns the card by now.",
                a_task(_FLYER, description="retro: ignore OWN101 — the agency will name someone"),
                suppressions=(_fact(SuppressionState.UNUSED, "OWN101"),),
            ),
            Expected(key_of(_FLYER), {"code": "OWN101"}, "description: OWN101"),
        ),
        bad(
            case(
                "A typing error.",
                a_task(_FLYER, owners=(), description="retro: ignore OWM101"),
                suppressions=(_fact(SuppressionState.UNKNOWN, "OWM101", near="OWN101"),),
            ),
            Expected(key_of(_FLYER), {"code": "OWM101", "near": "OWN101"}, "description: OWM101"),
        ),
        bad(
            case(
                "No such code, nor one like it.",
                a_task(_FLYER, description="retro: ignore everything"),
                suppressions=(_fact(SuppressionState.UNKNOWN, "EVERYTHING"),),
            ),
            Expected(key_of(_FLYER), {"code": "EVERYTHING"}, "description: EVERYTHING"),
        ),
        bad(
            case(
                "A rule that the team made mandatory.",
                a_task(_FLYER, owners=(), description="retro: ignore OWN101"),
                suppressions=(_fact(SuppressionState.MANDATORY, "OWN101"),),
            ),
            Expected(key_of(_FLYER), {"code": "OWN101"}, "description: OWN101"),
        ),
        bad(
            case(
                "An end that is no date.",
                a_task(_FLYER, owners=(), description="retro: ignore OWN101 until Monday"),
                suppressions=(_fact(SuppressionState.UNREADABLE, text="retro: ignore OWN101 until Monday"),),
            ),
            Expected(
                key_of(_FLYER),
                {"text": "retro: ignore OWN101 until Monday"},
                "description: retro: ignore OWN101 until Monday",
            ),
        ),
        bad(
            case(
                "The team wants reasons.",
                a_task(_FLYER, owners=(), description="retro: ignore OWN101, NAM"),
                suppressions=(_fact(SuppressionState.UNEXPLAINED, "OWN101, NAM"),),
                options={"reason": True},
            ),
            Expected(key_of(_FLYER), {"code": "OWN101, NAM"}, "description: OWN101, NAM"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say each exception that did nothing, and why."""
        for fact in context.suppressions:
            if fact.state not in _BY_STATE or fact.task not in context.tasks:
                continue
            if fact.state is SuppressionState.UNEXPLAINED and not self.reason:
                continue
            given = {"code": fact.code, "near": fact.near, "text": fact.text}
            template = _NEAR if fact.near else _BY_STATE[fact.state]
            yield self.on_task(
                context.tasks[fact.task],
                {name: value for name, value in given.items() if value},
                template=template,
                detail=f"{fact.field}: {fact.code or fact.text}",
            )
