"""Boards of a few tasks that show what a rule means: at once its tests and the pictures on its page."""

from retro.lint.examples.boards import (
    BOARD,
    LISTS,
    NOW,
    ZONE,
    a_board,
    a_link,
    a_schedule,
    a_task,
    key_of,
    planned,
    status,
    verdict_on,
)
from retro.lint.examples.cases import Bad, Case, Expected, bad, case, on

__all__ = [
    "BOARD",
    "LISTS",
    "NOW",
    "ZONE",
    "Bad",
    "Case",
    "Expected",
    "a_board",
    "a_link",
    "a_schedule",
    "a_task",
    "bad",
    "case",
    "key_of",
    "on",
    "planned",
    "status",
    "verdict_on",
]
