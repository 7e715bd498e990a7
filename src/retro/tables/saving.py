"""A file written whole or not at all; one that another program keeps to itself is tried again before it is given up."""

from collections.abc import Sequence
from pathlib import Path

from retro.disk import put_whole, refusal, remedy
from retro.i18n import text as _
from retro.ports import Clock, ConfigurationError


def save(content: bytes, target: Path, *, clock: Clock, sources: Sequence[Path] = ()) -> None:
    """Put the content in the place of a file.

    Args:
        content: the whole file.
        target: where it goes; its folder is made.
        clock: waits between tries.
        sources: files that were read, and are never written over.

    Raises:
        ConfigurationError: the target is one of the sources, is open elsewhere, or cannot be written.
    """
    for source in sources:
        if _same(source, target):
            raise ConfigurationError(
                _("this is the file that was read: it is never written over."),
                where=str(target),
                remedy=_("Name another file with -o."),
            )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        put_whole(content, target, sleep=clock.sleep)
    except OSError as error:
        raise ConfigurationError(
            refusal(error),
            where=str(target),
            remedy=remedy(error, _("Close it there and run the command again, or name another file with -o.")),
        ) from error


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
