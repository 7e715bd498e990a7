"""The fields that are decided on: retro's own, the team's that it may be handed, and what holds them.

What their values mean, and when two of them say the same, is the model's (`retro.model.values`).
"""

from retro.model import Task
from retro.model.values import OWN_PREFIX, Value, agrees, arrived, canonical, tidy, untouched, value_of

__all__ = [
    "ADVISED",
    "OWN_FIELDS",
    "OWN_PREFIX",
    "REVIEW",
    "TEAM_FIELDS",
    "Value",
    "agrees",
    "arrived",
    "canonical",
    "mark_of",
    "tidy",
    "untouched",
    "value_of",
]

OWN_FIELDS = ("latest", "start", "due", "margin", "review")
"""Ids of retro's own fields; `review` last, because its stamp speaks of the others."""
TEAM_FIELDS = ("start", "due")
"""The team's fields that retro may be handed."""
REVIEW = f"{OWN_PREFIX}review"
ADVISED = frozenset({f"{OWN_PREFIX}start", f"{OWN_PREFIX}due", *TEAM_FIELDS})
"""Fields that hold conseillé dates."""


def mark_of(task: Task, field: str) -> str:
    """What holds an own field of a task outside of the board's fields (`Task.marks`); "" for every other field."""
    own = field.removeprefix(OWN_PREFIX)
    return task.marks.get(own, "") if own != field else ""
