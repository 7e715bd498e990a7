"""One run at a time on a state: an operating system's lock, which ends with the process that holds it.

Who holds it is written beside it, for the message that the second run shows.
"""

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from retro.i18n import text as _
from retro.ports import LockedError
from retro.store.folder import open_folder, unwritable, write_private

_LOCK = "lock"
_HOLDER = "lock.json"


class StateLock:
    """Held as a context.

    Raises LockedError at once where another run holds the state, ConfigurationError where nothing can be written there.
    """

    def __init__(self, folder: Path, *, command: str, now: datetime) -> None:
        self._folder = folder
        self._holder = {"pid": os.getpid(), "since": now.isoformat(timespec="seconds"), "command": command}
        self._lock = FileLock(folder / _LOCK, timeout=0, thread_local=False, mode=0o600)

    def __enter__(self) -> Self:
        open_folder(self._folder)
        try:
            self._lock.acquire()
        except Timeout:
            raise _locked(self._folder) from None
        except OSError as error:
            raise unwritable(self._folder, error) from error
        try:
            # Whatever a run that died left here is overwritten: its lock ended with it.
            write_private(self._folder / _HOLDER, json.dumps(self._holder))
        except OSError as error:
            self._lock.release()
            raise unwritable(self._folder, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Left behind, it is no obstacle; the lock itself ends here.
        with suppress(OSError):
            (self._folder / _HOLDER).unlink(missing_ok=True)
        self._lock.release()


def _locked(folder: Path) -> LockedError:
    remedy = _("Wait until it has ended; nothing needs to be removed.")
    try:
        holder = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        what = _(
            "another run holds the state: {command} (process {pid}), since {since}.",
            command=holder["command"],
            pid=holder["pid"],
            since=holder["since"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        # It has just begun, or has just ended: it is held all the same.
        what = _("another run holds the state.")
    return LockedError(what, where=str(folder), remedy=remedy)
