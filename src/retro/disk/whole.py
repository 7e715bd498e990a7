"""Writing beside a file, then taking its place at once; what another program holds is tried again, then given up.

Windows refuses to replace a file that a spreadsheet has open. One that is just saving lets go within a second.
"""

import os
import stat
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_fixed

_Result = TypeVar("_Result")

_TRIES = 4
_PAUSE = 0.5
"""Seconds between tries."""

_EVERYBODY = 0o666
"""Less what the account's own mask takes away."""


def put_whole(
    content: bytes | Iterable[bytes],
    target: Path,
    *,
    mode: int | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Put the content in the place of a file, whole or not at all; a link stays one, and what it leads to is replaced.

    A pipe or a device (/dev/stdout) is written to, and stays what it is.

    Args:
        content: the file's bytes, in one piece or several.
        target: where it goes, in a folder that is there.
        mode: exactly these rights, from the first moment on (0o600: the owner's alone); None: those that the file has,
            else the account's usual ones. Windows keeps rights elsewhere.
        sleep: waits between tries, so many seconds.

    Raises:
        OSError: it cannot be written; PermissionError where another program still holds it after the last try.
    """
    pieces = [content] if isinstance(content, bytes) else content
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            file.writelines(pieces)
        return
    target = Path(os.path.realpath(target))
    waiting = target.with_name(f".{target.name}.retro")
    if mode is None and target.exists():
        mode = stat.S_IMODE(target.stat().st_mode)
    try:
        waiting.unlink(missing_ok=True)  # of a run that was killed, or somebody's link to elsewhere
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(waiting, flags, _EVERYBODY if mode is None else mode), "wb") as file:
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        patiently(lambda: waiting.replace(target), sleep=sleep)
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)


def patiently(action: Callable[[], _Result], *, sleep: Callable[[float], None] = time.sleep) -> _Result:
    """Do something that another program may stand in the way of, up to four times in a second and a half.

    Raises whatever the action raises: PermissionError of the last try, anything else at once.
    """
    trying = Retrying(
        stop=stop_after_attempt(_TRIES),
        wait=wait_fixed(_PAUSE),
        retry=retry_if_exception_type(PermissionError),
        sleep=sleep,
        reraise=True,
    )
    return trying(action)
