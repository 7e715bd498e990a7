"""The folder of the state: its owner's alone, and kept out of version control."""

import os
from pathlib import Path

from retro.i18n import text as _
from retro.ports import ConfigurationError

_OTHERS = 0o077


def open_folder(folder: Path) -> None:
    """Make the folder where it is missing, and close it to others. Raises ConfigurationError where it cannot be."""
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        elif (folder / "retro.toml").exists():
            raise ConfigurationError(
                _("the state needs a folder of its own, which is closed to everybody else."),
                where=str(folder),
                remedy=_('Set `state` under [workspace] to another one, such as ".retro".'),
            )
        elif os.name == "posix" and folder.stat().st_mode & _OTHERS and folder.stat().st_uid == os.getuid():
            folder.chmod(0o700)
    except OSError as error:
        raise ConfigurationError(
            _("the folder of the state cannot be made ({reason}).", reason=error.strerror or str(error)),
            where=str(folder),
            remedy=_("Give your account the right to write there, or set another `state` under [workspace]."),
        ) from error
