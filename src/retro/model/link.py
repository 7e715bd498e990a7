"""Links between tasks: as written on a board (`Reference`), and as resolved over all sources (`Link`)."""

from dataclasses import dataclass
from enum import StrEnum

from retro.model.quickly import quickly_made


class LinkType(StrEnum):
    """Which ends of two tasks a link ties: finish-to-start and its three relatives."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"

    __hash__ = str.__hash__  # as its equality is; that of an enumeration goes by way of its name


class LagUnit(StrEnum):
    """How a lag is measured: in the successor's working time, in elapsed time, or as a share of the predecessor."""

    WORKING = "working"
    ELAPSED = "elapsed"
    PERCENT = "percent"

    __hash__ = str.__hash__  # as above


@dataclass(frozen=True, slots=True)
class Lag:
    """The wait that a link asks for: minutes (or percent) in `unit`; negative is a lead."""

    value: int = 0
    unit: LagUnit = LagUnit.WORKING


class LinkDirection(StrEnum):
    """Whether the task that a reference names comes before or after the task it is written on."""

    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"


@quickly_made
@dataclass(frozen=True, slots=True)
class Reference:
    """What one task says of another, before every source is read.

    `target` is a handle (see `Task.handles`) or, where `by_title`, a title to be found exactly once.
    A handle that begins with `#` is looked for on the task's own board only.
    """

    target: str
    direction: LinkDirection = LinkDirection.PREDECESSOR
    type: LinkType = LinkType.FS
    lag: Lag = Lag()
    origin: str = ""
    """Where it was read: checklist, field, description, relation, column…"""
    text: str = ""
    """The words on the board, for messages."""
    by_title: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class Link:
    """A dependency between two tasks that are both known; keys of the model."""

    predecessor: str
    successor: str
    type: LinkType = LinkType.FS
    lag: Lag = Lag()
    origin: str = ""


class Nowhere(StrEnum):
    """Why a reference leads nowhere: nothing of that name was read, several tasks have it, or the task is archived."""

    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class UnresolvedLink:
    """A reference whose target is missing, ambiguous, archived, or not read."""

    task: str
    text: str
    origin: str = ""
    why: Nowhere = Nowhere.MISSING
    target: str | None = None
    """Key of the archived task."""
