"""Why a file was not written, in a sentence instead of the system's words, which are English and short."""

import errno

from retro.i18n import text as _

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def refusal(error: OSError) -> str:
    """What stood in the way of writing a file."""
    if error.errno in _FULL:
        return _("the disk is full.")
    if error.errno == errno.EROFS:
        return _("this place can only be read (a locked disk, or a folder of the system).")
    if isinstance(error, PermissionError):
        return _("the file is open in another program, or its folder may not be written to.")
    return _("the file cannot be written ({reason}).", reason=error.strerror or error)
