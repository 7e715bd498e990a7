"""What became of one nightly run: what the terminal, JSON, the metrics file and the health check tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from retro.model.board import SourceState
from retro.model.change import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """One source: how its read went, and all the requests that it was sent, those of writes included."""

    state: SourceState
    requests: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardResult:
    """One board. Changes are counted field by field."""

    key: str
    alias: str
    """Its name in the configuration; empty where it has none."""
    name: str
    source: str
    fresh: bool
    """Whether it was read in this run: else its last snapshot stood in, and nothing was written."""
    open: int
    """Open tasks."""
    writes: int = 0
    refused: int = 0
    """Not made, because the task changed since it was read, is gone, or holds the value by now."""
    rejected: int = 0
    """Not made, because the tool did not take them: they would be refused again."""
    uncertain: int = 0
    """Sent, and no answer came: the next run looks first."""
    left: int = 0
    """Not reached: for the next run."""
    held: str | None = None
    """Why a guard holds the board; None: none does."""
    held_changes: int = 0
    """Changes that wait for that."""
    pending: int = 0
    """Changes that wait for a first apply by hand."""
    note: str | None = None
    """What cannot be written there at all, in a sentence; None: nothing is in the way."""

    @property
    def label(self) -> str:
        """What machines call it: its name in the configuration, else its key."""
        return self.alias or self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that a person has to look at: where, what happened, and what to do next, in sentences."""

    where: str
    what: str
    remedy: str = ""
    boards: tuple[str, ...] = ()
    """Names of the boards that it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A nightly run, once it has ended.

    `started` and `finished` are told by the run's clock. A run that ended before anything was read has neither
    sources nor boards, and `reached` is false.
    """

    command: str
    started: datetime
    finished: datetime
    exit_code: int
    id: str | None = None
    """Known to `retro log` and `retro undo`; None where nothing was journalled."""
    reached: bool = True
    dry: bool = False
    quiet_hours: bool = False
    """Whether it fell into hours in which nothing is written."""
    late: bool = False
    """Whether the time allowed for it was over before everything was written."""
    sources: tuple[SourceResult, ...] = ()
    boards: tuple[BoardResult, ...] = ()
    findings: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many there are, by severity."""
    conflicts: tuple[Conflict, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    warnings: tuple[Trouble, ...] = ()
    """What went wrong beside the run and changes no exit code: a metrics file, a health check."""

    @property
    def well(self) -> bool:
        """Whether the run ended as it should."""
        return self.exit_code == 0

    @property
    def seconds(self) -> float:
        """How long it took."""
        # In UTC: two instants of one zone are subtracted as wall clocks.
        return (self.finished.astimezone(UTC) - self.started.astimezone(UTC)).total_seconds()

    @property
    def writes(self) -> int:
        """Fields written."""
        return sum(board.writes for board in self.boards)
