"""What fixing findings would do: the changes, the findings that they mend, and the fixes that are not made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from retro.model.change import Plan
from retro.model.finding import Finding


class Unfixed(StrEnum):
    """Why a fix is not made."""

    UNSAFE = "unsafe"
    """It may change what is meant or set automations off, and nobody asked for such fixes."""
    AGAIN = "again"
    """Another one goes first on the same cell, or on the other end of the same span: the next run sees what is left."""
    DECLINED = "declined"
    """An undo took the same value back."""
    RECENT = "recent"
    """Someone has just edited the task and may still be at it."""
    TOOL = "tool"
    """Its tool does not hold that field, or does not let retro write it."""
    GUESTS = "guests"
    """People outside of the team see the board, and its configuration does not let retro write there."""
    CLOSED = "closed"
    """The task is done, archived, a template, or not a card of its own."""
    OPTED_OUT = "opted-out"
    """The task carries the opt-out mark."""
    SPAN = "span"
    """The task spans its children, whose dates are its own."""
    STANDS = "stands"
    """Its date is one that the plan rests on: an anchor, a milestone or a publication."""
    NAMED = "named"
    """Other tasks name it by its title, and would lose it."""
    CROSSED = "crossed"
    """It would start after it is due."""
    UNREAD = "unread"
    """The board was not read now, or some source that its dates may hang on never was."""


@dataclass(frozen=True, slots=True)
class LeftUnfixed:
    """A finding whose fix is not made, and why."""

    finding: Finding
    why: Unfixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixes:
    """What fixing would do. `findings` are those of the changes of `plan`, by the id of the change."""

    plan: Plan = field(default_factory=Plan)
    findings: Mapping[str, Finding] = field(default_factory=dict[str, Finding])
    left: tuple[LeftUnfixed, ...] = ()

    @property
    def unsafe(self) -> tuple[str, ...]:
        """The codes of the changes that are unsafe, sorted."""
        return tuple(sorted({each.code for each in self.findings.values() if each.fix and not each.fix.safe}))
