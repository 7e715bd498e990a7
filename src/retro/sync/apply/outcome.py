"""What became of a plan: what was written, what was not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from retro.model import Change, Provision, Task
from retro.ports import RetroError


class Refusal(StrEnum):
    """Why a change was not made."""

    CHANGED = "changed"
    """Someone changed the task since the plan was made."""
    GONE = "gone"
    """The task is no longer on the board."""
    THERE = "there"
    """The board holds the wanted value already."""
    REJECTED = "rejected"
    """The tool refused this one write; the rest of the board goes on."""
    NOT_TAKEN = "not-taken"
    """The tool answered, but does not hold the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What an apply did and did not do. In a dry run, `written` is what would have been sent."""

    run: str = ""
    """The run's id in the journal; empty where nothing was journalled."""
    written: tuple[Change, ...] = ()
    refused: tuple[tuple[Change, Refusal], ...] = ()
    uncertain: tuple[Change, ...] = ()
    """Sent, but no answer came: the next run reads back what happened."""
    held: tuple[Change, ...] = ()
    """On boards that a guard holds."""
    left: tuple[Change, ...] = ()
    """Not reached: the deadline came, or their board failed."""
    failed: Mapping[str, RetroError] = field(default_factory=dict[str, RetroError])
    """By board."""
    made: tuple[Provision, ...] = ()
    impossible: tuple[Provision, ...] = ()
    """Own fields that boards refused to be given: their changes were dropped."""
    closed: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """By board, own fields that it has but took no values in: their changes were dropped."""
    rejected: Mapping[str, RetroError] = field(default_factory=dict[str, RetroError])
    """By task, what the tool said of a write that it refused."""
    answered: Mapping[str, Task] = field(default_factory=dict[str, Task])
    """By key, tasks as the tool held them once they were written."""
    pushes: int = 0
    """Tasks written: one push each."""
    requests: int = 0
    """Requests that the pushes took."""

    @property
    def writes(self) -> int:
        """Fields written."""
        return len(self.written)
