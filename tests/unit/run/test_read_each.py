"""Boards are read one by one, and each failure stays its own."""

from datetime import UTC, datetime

from retro.model import Board, BoardKind, Snapshot
from retro.ports import ConfigurationError, RetroError, SourceError
from retro.run.read import Target
from retro.run.read_each import read_each
from retro.testing.clock import SteppingClock
from retro.testing.memory import MemoryConnector

AT = datetime(2027, 1, 4, 9, tzinfo=UTC)


def tool(fails: dict[str, RetroError]) -> MemoryConnector:
    """Three boards, of which some fail."""

    def hook(method: str, subject: str) -> None:
        if method == "pull" and subject in fails:
            raise fails[subject]

    held = (Snapshot(board=Board(key=key, name=key, source="s"), tasks=(), read_at=AT) for key in "abc")
    return MemoryConnector(held, SteppingClock(), source="s", before=hook)


def targets() -> list[Target]:
    """The three boards."""
    return [Target(source="s", at=key, alias=f"board_{key}", kind=BoardKind.FLOW, configured=True) for key in "abc"]


def test_a_failure_is_one_boards() -> None:
    """A board that cannot be read, or is configured wrongly, does not keep the others from being read."""
    wrong = ConfigurationError("several data sources")
    outcomes = read_each(targets(), {"s": tool({"b": wrong})})
    assert [outcome.error for outcome in outcomes] == [None, wrong, None]
    assert [outcome.target.at for outcome in outcomes] == ["a", "b", "c"]
    first = outcomes[0].snapshot
    assert first is not None
    assert (first.board.alias, first.board.kind) == ("board_a", BoardKind.FLOW)


def test_a_source_that_is_down_is_asked_once() -> None:
    """After a failure of the whole source its other boards are not tried, and carry that failure."""
    down = SourceError("nobody there", whole=True)
    connector = tool({"a": down})
    outcomes = read_each(targets(), {"s": connector})
    assert [outcome.error for outcome in outcomes] == [down, down, down]
    assert len(connector.calls) == 1
