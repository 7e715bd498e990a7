"""An error as a check: what it says, where, and its remedy."""

from retro.model.check import Check, Topic, fault
from retro.ports import RetroError


def of_error(topic: Topic, error: RetroError, subject: str | None = None) -> Check:
    """The fault that an error is; `subject` says where, if not the error itself."""
    where = error.where if subject is None else subject
    return fault(topic, error.what, subject=where, remedy=error.remedy, code=error.exit_code)
