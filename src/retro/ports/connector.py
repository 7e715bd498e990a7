"""The port behind which every tool sits. A connector is one implementation for one source.

`discover`, `pull` and `read` only read. `provision`, `push`, `retract` and `create` write, and are called by
apply alone. A connector without one of the last three says so in its capabilities and raises `ReadOnlyError`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from retro.model import LinkType, Provision, Snapshot, Task, Write

Progress = Callable[[str, int, int | None], None]
"""Told of progress: what, how many so far, out of how many (None: unknown)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a tool can hold and do. The planner asks before it plans a write; rules fall silent by it."""

    most_owners: int | None = None
    link_types: frozenset[LinkType] = frozenset(LinkType)
    lag: bool = True
    dates: frozenset[str] = frozenset({"date", "instant"})
    start_needs_due: bool = False
    batch: int = 1
    incremental: bool = False
    pulls_at_once: int = 1
    """How many threads may call `pull` at the same time, each for another board."""
    native_identity: bool = True
    bodies_read: bool = True
    columns: bool = False
    """Whether its boards are tables, each with columns of its own: what has no column cannot be said there."""
    completes: bool = False
    """Whether a task is also ticked as complete, beside the list where it stands."""
    writable: frozenset[str] = frozenset()
    """Fields of the team that can be written: start, due, title; for fixes also `completed` (its tick: "complete", or
    None to take it away) and `section` (the list where it stands, by name); for an undo also `archived` (None, or
    "archived": set aside, where people find it again at any time)."""
    own: frozenset[str] = frozenset()
    """Own fields that it can hold: latest, review, start, due, margin."""
    own_text_most: int | None = None
    """Most UTF-16 units in an own text field."""
    visibility_told: bool = True
    retract: bool = True
    create: bool = False
    """Whether it can make tasks, with a title and the fields of `makes`."""
    makes: frozenset[str] = frozenset({"start", "due", "own"})
    """What a new task can be made with, in the one request that makes it: start, due, `own` (own fields that the board
    has), `section` (the list or status where it stands, by name), `owners` (those whom the tool knows), `description`,
    `references` (what it waits for, by handles of tasks), `estimates`, `milestone`."""
    rows: frozenset[str] = frozenset()
    """Columns of the central base (`retro.i18n.row_fields`) that it can hold beside `own`, where it can hold one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One account in one tool, as configured: its name, kind, and what it may write."""

    id: str
    kind: str
    capabilities: Capabilities = field(default_factory=Capabilities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """A board that the token can see."""

    at: str
    name: str
    url: str | None = None
    last_activity: str | None = None
    """ISO 8601; None: not told."""
    activity_whole: bool = True
    """Whether `last_activity` counts what happens to its tasks, and not to the board itself alone."""
    guests_see: bool | None = None
    workspace: str = ""
    """The tool's id of the workspace that it belongs to; empty: to none, or it is not told."""
    private: bool | None = None
    """Whether only those see it who were added to it one by one; None: it is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a tool tells of the token in use. What it does not tell is None, never guessed."""

    name: str = ""
    """Whom the token acts for."""
    may_write: bool | None = None
    expiry_told: bool = False
    """Whether the tool says how long its tokens last."""
    expires: datetime | None = None
    """From when on it is refused; None with `expiry_told`: never."""
    candidates: int = 1
    """How many tokens the tool's answer may mean. Where they differ, `may_write` is None and `expires` the earliest."""


@runtime_checkable
class TellsStanding(Protocol):
    """A connector that can say how its token stands, in few requests that only read."""

    def standing(self) -> Standing:
        """Ask the tool. Raises `SourceError` where the token is refused or the tool cannot be reached."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A file that a connector claims: how sure (0 to 1), and why not where it is nearly one."""

    kind: str
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """A full read of one board, and the requests that it took."""

    snapshot: Snapshot
    requests: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """The answer to a write: the task as the server now holds it, and the requests that it took."""

    task: Task
    requests: int = 0


class Connector(Protocol):
    """One source. Every method may raise `SourceError`; no method retries a creation blindly."""

    def describe(self) -> Source:
        """Say what this source is and can do; no request."""
        ...

    def discover(self) -> Iterable[Discovered]:
        """List the boards that the token can see."""
        ...

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read one board whole: `at` is a URL, an id or a path as the user wrote it."""
        ...

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:
        """Re-read some tasks of a board pulled before (revision checks, read-back); absent ones are left out."""
        ...

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        """Create retro's own fields on boards, and give them back with their ids.

        Finds those that exist already (`action` is then "found") instead of making a second one.
        """
        ...

    def push(self, write: Write) -> Pushed:
        """Write the fields of one task, in as few requests as the tool allows, and give back what it now holds.

        Raises `ReadOnlyError` where the token may not write, `WriteUncertainError` where no answer came, and
        `OwnFieldsRefusedError`, before anything is written, where the board takes nothing in some of retro's fields.
        """
        ...

    def retract(self, board: str, fields: Sequence[str]) -> int:
        """Remove retro's own fields from a board; the number removed."""
        ...

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:
        """Make tasks on a board, in order, only ever on an explicit command; each as the tool then holds it.

        Of what is given, the title and the fields of `makes` are made; the key is the tool's to give. A size comes in
        several units: the board takes the one that it counts in. What a board has no place for is left out, an own
        field or date apart; so is whom the tool does not know. A milestone is one that the board knows as such
        afterwards, by a label of the name in `labels` where the tool has labels and the board has none for it.
        One after the other: the first that fails ends it. Nothing is sent twice: where no answer came, the
        `WriteUncertainError` leaves it to the caller to look whether the task is there. Raises `ReadOnlyError` where
        the token may not write or the tool makes no tasks, `ConfigurationError` for an own field that the board lacks.
        """
        ...

    def close(self) -> None:
        """Let go of what is open: connections, files. Nothing is asked of it afterwards."""
        ...
