"""SRC102 source-failed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import NOW, ZONE, Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import ColumnChange, Finding, Param, Severity, SourceState, SourceStatus, Template
from retro.ports import Context

_UNKNOWN = Template("“{source}” could not be read: {error} Nothing of it is known")
_SOME = Template("{boards} in “{source}” could not be read: {error} What is shown of that is from {since}")
_SOME_UNKNOWN = Template("{boards} in “{source}” could not be read: {error}")
_REFUSED = "Trello refused the token."


def _state(state: SourceStatus, *unread: str, unknown: tuple[str, ...] = (), error: str | None = None) -> SourceState:
    read_at = None if state is SourceStatus.FAILED else datetime(2027, 1, 8, 6, 30, tzinfo=ZONE)
    return SourceState(
        id="equipe", kind="trello", state=state, read_at=read_at, error=error, unknown=unknown, unread=unread
    )


class SourceFailed(BaseRule):
    """A source that could not be read.

    What it says:
        An account, a board or a file of the configuration could not be read in this run: why, and from when what is
        shown of it is. The last snapshot stands in for it, nothing is written there, and everything else goes on.
        With `--offline` nothing is read, and that is no failure; a board that was not read because of its columns is
        told by SRC104.

    Why:
        A plan that rests on old data without saying so is worse than none: dates look kept that nobody knows about.

    How to fix it in Notion:
        Do what the message says: share the database with the connection again (••• → Connections), or give a new
        token; `retro doctor` tries each source by itself.

    How to fix it in Trello:
        Do what the message says: put the token's account back on the board, or make a new token; `retro doctor` tries
        each source by itself.
    """

    code: ClassVar[str] = "SRC102"
    name: ClassVar[str] = "source-failed"
    french_name: ClassVar[str] = "source illisible"
    default: ClassVar[Severity] = Severity.ERROR
    soft: ClassVar[Severity] = Severity.ERROR
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template("“{source}” could not be read: {error} What is shown of it is from {since}")
    templates: ClassVar[tuple[Template, ...]] = (_UNKNOWN, _SOME, _SOME_UNKNOWN)
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case(
            "It was read.",
            a_task("[Web] FAQ"),
            sources=(SourceState(id="equipe", kind="trello", state=SourceStatus.FRESH, read_at=NOW),),
        ),
        case("Nothing was to be read: `--offline`.", a_task("[Web] FAQ"), sources=(_state(SourceStatus.STALE),)),
        case(
            "Its columns have changed: SRC104 says which.",
            a_task("[Web] FAQ"),
            boards=(replace(a_board(), changed=(ColumnChange(role="due", name="Échéance", was="date"),)),),
            sources=(_state(SourceStatus.STALE, "campagne", error="The column Échéance is gone."),),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "The token was revoked on Friday.",
                a_task("[Web] FAQ"),
                sources=(_state(SourceStatus.STALE, "campagne", error=_REFUSED),),
            ),
            Expected("equipe", {"source": "equipe", "error": _REFUSED, "since": date(2027, 1, 8)}),
        ),
        bad(
            case(
                "It was never read.",
                a_task("[Web] FAQ", on="file:plan"),
                boards=(replace(a_board(key="file:plan"), source="plan"),),
                sources=(_state(SourceStatus.FAILED, "campagne", unknown=("campagne",), error=_REFUSED),),
            ),
            Expected("equipe", {"source": "equipe", "error": _REFUSED}),
        ),
        bad(
            case(
                "One of its two boards.",
                a_task("[Web] FAQ"),
                boards=(a_board(), a_board("Salon", key="trello:salon", alias="salon")),
                sources=(_state(SourceStatus.STALE, "salon", error="The board is closed."),),
            ),
            Expected(
                "equipe",
                {
                    "source": "equipe",
                    "error": "The board is closed.",
                    "boards": ("salon",),
                    "since": date(2027, 1, 8),
                },
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say each source with boards that could not be read."""
        boards = context.portfolio.boards
        changed = {name for board in boards if board.changed for name in (board.alias, board.at)}
        for state in context.portfolio.sources:
            failed = tuple(name for name in state.unread if name not in changed)
            if not failed or state.error is None:
                continue
            facts: dict[str, Param] = {"source": state.id, "error": state.error}
            here = sum(board.source == state.id for board in boards)
            some = len(state.unread) < here + len(state.unknown)
            if some:
                facts["boards"] = failed
            if state.read_at is None or set(failed) <= set(state.unknown):
                template = _SOME_UNKNOWN if some else _UNKNOWN
            else:
                facts["since"] = context.day(state.read_at)
                template = _SOME if some else self.template
            yield self.on_subject(state.id, facts, template=template)
