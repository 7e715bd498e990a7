"""What the nightly runs left behind: when the job was installed, and how the last one ended. One small JSON file."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from retro.disk import put_whole
from retro.model.nightly import ScheduledRun

FILE = "nightly.json"
LOG = "nightly.log"
LOCK = "nightly.lock"
"""Held while a scheduled run is under way, its waits included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Both; `command` is the command line that was installed, without its variables (`Job.identity`)."""

    installed: datetime | None = None
    command: tuple[str, ...] = ()
    last: ScheduledRun | None = None

    @property
    def configuration(self) -> Path | None:
        """The retro.toml of that command line, which may have been moved since, its state with it."""
        return Path(self.command[self.command.index("-c") + 1]) if "-c" in self.command[:-1] else None

    @property
    def latest(self) -> datetime | None:
        """Since when a run need not be made up for: the last one's beginning, else the installation."""
        known = [each for each in (self.installed, self.last.began if self.last else None) if each is not None]
        return max(known, default=None)


def read_record(state: Path) -> Record:
    """The record of a state. A file that is missing or damaged is an empty one: it is a memory, no more."""
    try:
        told = json.loads((state / FILE).read_text("utf-8"))
        last = told["last"]
        return Record(
            installed=_instant(told["installed"]),
            command=tuple(str(word) for word in told["command"]),
            last=None
            if last is None
            else ScheduledRun(
                began=datetime.fromisoformat(last["began"]).astimezone(),
                ended=_instant(last["ended"]),
                code=None if last["exit_code"] is None else int(last["exit_code"]),
                writes=None if last["writes"] is None else int(last["writes"]),
                said=str(last["said"]),
            ),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Record()


def keep_install(state: Path, command: tuple[str, ...], now: datetime) -> None:
    """Note that the job was installed. Raises OSError."""
    _write(state, replace(read_record(state), installed=now, command=command))


def keep_run(state: Path, last: ScheduledRun) -> None:
    """Note how the last run went. Raises OSError."""
    _write(state, replace(read_record(state), last=last))


def forget(state: Path) -> None:
    """Take record, log and lock away. Raises OSError."""
    for name in (FILE, LOG, LOCK):
        (state / name).unlink(missing_ok=True)


def _instant(told: Any) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told).astimezone()


def _write(state: Path, record: Record) -> None:
    last = record.last
    document = {
        "version": 1,
        "installed": _told(record.installed),
        "command": list(record.command),
        "last": None
        if last is None
        else {
            "began": _told(last.began),
            "ended": _told(last.ended),
            "exit_code": last.code,
            "writes": last.writes,
            "said": last.said,
        },
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    put_whole(text.encode("utf-8", "surrogateescape"), state / FILE, mode=0o600)


def _told(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(timespec="seconds")
