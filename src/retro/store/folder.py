"""The folder of the state: its owner's alone, and kept out of version control."""

import errno
import os
from pathlib import Path

from retro.i18n import text as _
from retro.i18n.reasons import reason
from retro.ports import ConfigurationError

_OTHERS = 0o077
_OWNER = 0o600


def open_folder(folder: Path) -> None:
    """Make the folder where it is missing, and close it to others. Raises ConfigurationError where it cannot be."""
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(folder / ".gitignore", "*\n")
        elif (folder / "retro.toml").exists():
            raise ConfigurationError(
                _("the state needs a folder of its own, which is closed to everybody else."),
                where=str(folder),
                remedy=_('Set `state` under [workspace] to another one, such as ".retro".'),
            )
        elif hasattr(os, "getuid") and folder.stat().st_mode & _OTHERS and folder.stat().st_uid == os.getuid():
            folder.chmod(0o700)
    except OSError as error:
        raise ConfigurationError(
            _("the folder of the state cannot be made ({reason}).", reason=reason(error)),
            where=str(folder),
            remedy=_("Give your account the right to write there, or set another `state` under [workspace]."),
        ) from error


def write_private(path: Path, text: str) -> None:
    """Put a text into a file that is its owner's alone from its first moment on. Raises OSError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER), "w", encoding="utf-8") as file:
        close_to_others(file.fileno())
        file.write(text)


def close_to_others(descriptor: int) -> None:
    """Take everybody else's rights from an open file, whoever had given them. Windows keeps them elsewhere."""
    if hasattr(os, "fchmod") and os.fstat(descriptor).st_mode & _OTHERS:
        os.fchmod(descriptor, _OWNER)


def unwritable(path: Path, error: OSError) -> ConfigurationError:
    """Why a file of the state, or its folder, cannot be written, and what to do about it."""
    if error.errno == errno.ENOSPC:
        return ConfigurationError(
            _("the disk is full."), where=str(path), remedy=_("Make room, then run the command again.")
        )
    return ConfigurationError(
        _("the state cannot be written ({reason}).", reason=reason(error)),
        where=str(path),
        remedy=_("Give your account the right to write there, or set another `state` under [workspace]."),
    )
