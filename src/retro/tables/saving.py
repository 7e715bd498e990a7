"""A file written whole or not at all; one that another program keeps to itself is tried again before it is given up."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_fixed

from retro.i18n import text as _
from retro.ports import Clock, ConfigurationError

_TRIES = 4
_PAUSE = 0.5
"""Seconds between tries: a spreadsheet that is just saving lets go after less."""


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
    waiting = target.with_name(f".{target.name}.retro")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_bytes(content)
        Retrying(
            stop=stop_after_attempt(_TRIES),
            wait=wait_fixed(_PAUSE),
            retry=retry_if_exception_type(PermissionError),
            sleep=clock.sleep,
            reraise=True,
        )(waiting.replace, target)
    except PermissionError as error:
        raise ConfigurationError(
            _("the file is open in another program, or its folder may not be written to."),
            where=str(target),
            remedy=_("Close it there and run the command again, or name another file with -o."),
        ) from error
    except OSError as error:
        raise ConfigurationError(
            _("the file cannot be written ({reason}).", reason=error.strerror or error),
            where=str(target),
            remedy=_("Close it where it is open, or name another."),
        ) from error
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
