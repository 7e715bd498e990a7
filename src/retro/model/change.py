"""Changes that retro would make to boards, before and after they are made."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from retro.model.dates import Day


class WriteLevel(StrEnum):
    """How a field was handed over: retro's own, the team's empty cells, or the team's cells whatever they hold."""

    OWN = "own"
    FILL = "fill"
    OVERWRITE = "overwrite"
    FIX = "fix"
    """A finding mended because a person asked for it: what is written is the team's own value from then on."""


_UNDO = "undo "
CLEAN = "clean"
"""The `why` of a change that removes what retro left on a board."""
NEW = "new"
"""The `why` of a change that makes the card of a task of a new plan; its field is `MADE`."""
MADE = "made"
"""The field of a change that makes a whole card: its new value is the title, what came of it is the card's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of one task: old value, new value, why, and the revision that it was computed from.

    `field` is `retro_latest`, `retro_review`… for retro's own fields and a field of the model (`start`, `due`,
    `title`, `completed` for the tick, `section` for the list, `archived`) for the team's; `MADE` for a whole new card.
    """

    id: str
    task: str
    title: str
    url: str | None
    board: str
    field: str
    level: WriteLevel
    old: Day | str | float | None
    new: Day | str | float | None
    why: str
    """A rule's code, "schedule", "undo RUN" where it takes back what a run wrote, "new", or "clean"."""
    revision: str
    creates: bool = False
    """Whether the task does not exist yet: all its changes together make it."""
    as_of: datetime | None = None
    """When anybody was last at the task, where even a later word that moves no revision (a comment) keeps the change
    from being sent; None: the revision says enough."""

    @property
    def undoes(self) -> str | None:
        """The id of the run that this change takes back; None for every other change."""
        return self.why.removeprefix(_UNDO) if self.why.startswith(_UNDO) else None

    @property
    def cleans(self) -> bool:
        """Whether this change removes what retro left: afterwards it is as though retro had never written there."""
        return self.why == CLEAN

    @staticmethod
    def undo_of(run: str) -> str:
        """The `why` of a change that takes back what a run wrote."""
        return f"{_UNDO}{run}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A value that a human changed since retro last wrote it, and that therefore stays."""

    task: str
    title: str
    url: str | None
    board: str
    field: str
    written: Day | str | float | None
    current: Day | str | float | None
    wanted: Day | str | float | None
    new: bool = True
    """Not reported by an earlier run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """An own field that a board must be given before it can be written.

    `action` is "create"; a connector may answer "found" where the board had one of that name already, or "refused"
    where the board cannot have such a field. `id` is the tool's own id of the field, known once it exists.
    """

    board: str
    field: str
    name: str
    action: str = "create"
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A board that is held, and why: `reason` is a sentence key of the catalogue with its facts in `params`."""

    board: str
    reason: str
    held: bool = True
    """False: said, but the run goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that an apply would do, with what it would leave alone and why."""

    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    setup: tuple[Provision, ...] = ()
    guards: tuple[Guard, ...] = ()
    waiting: tuple[str, ...] = ()
    """Boards with changes that wait, because someone has just edited those tasks."""
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """All the changes of one task in one go: what a connector is asked to push."""

    task: str
    board: str
    revision: str
    fields: tuple[tuple[str, Day | str | float | None], ...]
