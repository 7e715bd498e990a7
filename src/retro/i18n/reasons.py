"""Why the system refused, in the reader's language: its own words are English on most machines."""

import errno

from retro.i18n.catalogue import text as _


def reason(error: OSError) -> str:
    """What an error of the system says; those that people meet with in the language, any other as it stands."""
    said = {
        errno.ENOENT: _("No such file or directory"),
        errno.EACCES: _("Permission denied"),
        errno.EPERM: _("Operation not permitted"),
        errno.EISDIR: _("Is a directory"),
        errno.ENOTDIR: _("Not a directory"),
        errno.EEXIST: _("File exists"),
        errno.ENOSPC: _("No space left on device"),
        errno.EROFS: _("Read-only file system"),
        errno.ENAMETOOLONG: _("File name too long"),
        errno.EBUSY: _("Device or resource busy"),
    }
    return said.get(error.errno or 0) or error.strerror or str(error)
