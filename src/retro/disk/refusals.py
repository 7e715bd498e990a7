"""Why a file was not written, in a sentence instead of the system's words, which are English and short."""

import errno

from retro.i18n import text as _
from retro.i18n.reasons import reason

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No room on the disk, for this account, or for a file of that size."""


def full(error: OSError) -> bool:
    """Whether there was no room for a file."""
    return error.errno in _FULL


def remedy(error: OSError, otherwise: str) -> str:
    """What to do about it: make room where there is none, else what the caller has to say."""
    return _("Make room there, or name a place on another disk.") if full(error) else otherwise


def refusal(error: OSError) -> str:
    """What stood in the way of writing a file."""
    if full(error):
        return _("the disk is full.")
    if error.errno == errno.EROFS:
        return _("this place can only be read (a locked disk, or a folder of the system).")
    if isinstance(error, PermissionError):
        return _("the file is open in another program, or its folder may not be written to.")
    return _("the file cannot be written ({reason}).", reason=reason(error))
