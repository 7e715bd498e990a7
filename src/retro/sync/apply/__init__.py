"""Carry a plan out: the only room of retro that writes to boards."""

from retro.sync.apply.boards import apply, mark_applied
from retro.sync.apply.clean import remove_fields
from retro.sync.apply.columns import finish_columns
from retro.sync.apply.outcome import Applied, Refusal

__all__ = ["Applied", "Refusal", "apply", "finish_columns", "mark_applied", "remove_fields"]
