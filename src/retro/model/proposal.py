"""What `retro init` proposes: a configuration as facts, with the reason for each, before it becomes a file.

Sentences are in the workspace's language: they are the comments of the file. What could not be settled is a `Note`
to check, never a guess that nobody sees.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from retro.model.board import BoardKind
from retro.model.task import Category

NO_STATUS: Mapping[Category, tuple[str, ...]] = {}
NO_COLUMNS: Mapping[str, tuple[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Note:
    """A comment. `check`: it is for a person to settle."""

    text: str
    check: bool = False


@dataclass(frozen=True, slots=True)
class OpenStatus:
    """A list or status whose meaning is not known, and how many tasks stand in it.

    `informs`: by its name it holds minutes, files or links rather than work.
    """

    name: str
    tasks: int
    informs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProposal:
    """An account, or a file. `secrets` are references (`{"token": {"env": "…"}}`), never values."""

    alias: str
    kind: str
    secrets: Mapping[str, Mapping[str, object]] = field(default_factory=dict[str, Mapping[str, object]])
    url: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardProposal:
    """A board and how it is to be read. One that is not `picked` stands in the file as a comment."""

    alias: str
    source: str
    at: str
    name: str
    key: str = ""
    """The board's key, where it was read."""
    size: str = ""
    """How many tasks it has, in words."""
    kind: BoardKind = BoardKind.PROJECT
    kind_sure: bool = True
    """Whether the evidence settles the kind; else a person is asked."""
    why: str = ""
    """The evidence for the kind, or why the board is left out."""
    status: Mapping[Category, tuple[str, ...]] = field(default_factory=lambda: NO_STATUS)
    """Names that retro does not know by itself."""
    open_statuses: tuple[OpenStatus, ...] = ()
    suggested: Mapping[Category, tuple[str, ...]] = field(default_factory=lambda: NO_STATUS)
    """What the open ones could mean: an example, for a person to take up or not."""
    status_notes: tuple[Note, ...] = ()
    columns: Mapping[str, tuple[str, str]] = field(default_factory=lambda: NO_COLUMNS)
    """By role: the tool's id for a column, and what it is called."""
    data_source: str = ""
    estimate: tuple[str, ...] = ()
    estimate_notes: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    """What else is to be said of it."""
    writable: bool = True
    """Whether its tool can be written to: a file cannot."""
    picked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorProposal:
    """A date that cannot move: written down, or only suggested (`sure` is then false)."""

    name: str
    date: date
    task: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectProposal:
    """Boards, or a part of one, that work to the same date."""

    alias: str
    name: str
    boards: tuple[str, ...]
    filter: str = ""
    client: str = ""
    anchors: tuple[AnchorProposal, ...] = ()
    settled: bool = False
    """Whether a date to work to is known: in `anchors`, or as a milestone of the boards."""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonProposal:
    """Somebody who has several accounts."""

    alias: str
    name: str
    ids: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    """E-mail addresses, and other ways of writing the name."""


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """Two accounts that may be one person's: the names and ids, never joined without being told."""

    names: tuple[str, str]
    ids: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A whole configuration."""

    lang: str
    timezone: str
    timezone_note: Note | None = None
    country: str | None = None
    """ISO code where it is not the default; "" where no public holidays are known."""
    sources: tuple[SourceProposal, ...] = ()
    boards: tuple[BoardProposal, ...] = ()
    projects: tuple[ProjectProposal, ...] = ()
    people: tuple[PersonProposal, ...] = ()
    doubtful: tuple[DoubtfulPair, ...] = ()
    channels: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
