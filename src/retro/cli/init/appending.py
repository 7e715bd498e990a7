"""New tables at the end of a retro.toml that is there: nothing of it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retro.i18n import text as _

if TYPE_CHECKING:
    from pathlib import Path


def append(path: Path, text: str) -> None:
    """Put tables at the end of a retro.toml, whose own lines stay as they are to the letter.

    Raises ConfigurationError, with the file untouched, where the whole would not load, or it cannot be written.
    """
    from retro.config.load import parse
    from retro.disk import put_whole, refusal
    from retro.ports import ConfigurationError

    try:
        before = path.read_bytes().decode("utf-8")
        ends = "\r\n" if "\r\n" in before else "\n"
        gap = "" if before.endswith("\n") or not before else ends
        added = gap + ends + text.replace("\n", ends)
        parse((before + added).removeprefix("\ufeff"), str(path))
        put_whole((before + added).encode("utf-8"), path)
    except OSError as error:
        raise ConfigurationError(
            refusal(error),
            where=str(path),
            remedy=_("Close it in other programs, or give your account the right to write it."),
        ) from error
