"""A scheduled run: `retro sync -q` with what it says kept in the log, tried again while no board can be reached."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from filelock import FileLock, Timeout

from retro.i18n import text as _
from retro.model.nightly import ScheduledRun
from retro.ports import Clock, LockedError
from retro.run.scheduler.hours import last_due
from retro.run.scheduler.record import LOCK, LOG, keep_run, read_record
from retro.store.folder import close_to_others

PAUSE = 600
"""Seconds before another try: by then a laptop that woke has its network, and another run is over."""
PASSING = frozenset({3, 5})
"""Exit codes that another try may mend: a source could not be read; another run holds the state."""
_LOG_SIZE = 512 * 1024
_MOST_SAID = 4000
_SUMMARY = "nightly-run.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is run: the program's words before `sync`, where, with which environment, and the state beside it."""

    retro: Sequence[str]
    folder: Path
    state: Path
    environment: Mapping[str, str]


def is_due(state: Path, at: time, now: datetime) -> bool:
    """Whether no run has begun since the latest `at` on the machine's clock."""
    latest = read_record(state).latest
    return latest is None or latest < last_due(now, at)


def is_under_way(state: Path) -> bool:
    """Whether a scheduled run is at work, or waits for its next try."""
    if not (state / LOCK).exists():
        return False
    try:
        with FileLock(state / LOCK, timeout=0):
            return False
    except (Timeout, OSError):
        return True


@contextmanager
def alone(state: Path) -> Iterator[None]:
    """While it is entered, no other scheduled run begins. Raises LockedError where one is under way."""
    lock = FileLock(state / LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(
            _("a nightly run is under way."),
            where=str(state),
            remedy=_("Wait until it has ended; nothing needs to be removed."),
        ) from None
    try:
        yield
    finally:
        lock.release()


def attempt(task: Task, clock: Clock, tries: int = 1) -> ScheduledRun:
    """Run, as often as `tries` while what went wrong may pass; how it ended.

    Raises OSError of log and record, LockedError where one is under way.
    """
    with alone(task.state):
        return _attempt(task, clock, tries)


def _attempt(task: Task, clock: Clock, tries: int) -> ScheduledRun:
    began = clock.now()
    log = task.state / LOG
    keep_run(task.state, ScheduledRun(began=began))
    _shorten(log)
    for left in reversed(range(max(tries, 1))):
        code, said, writes = _once(task, log, clock)
        if code not in PASSING or not left:
            break
        clock.sleep(PAUSE)
    last = ScheduledRun(began=began, ended=clock.now(), code=code, writes=writes, said=said)
    keep_run(task.state, last)
    return last


def _once(task: Task, log: Path, clock: Clock) -> tuple[int, str, int | None]:
    summary = task.state / _SUMMARY
    summary.unlink(missing_ok=True)
    words = [*task.retro, "--no-progress", "-q", "sync", "--format", "text", "--format", f"json={summary}"]
    with log.open("ab") as file:
        close_to_others(file.fileno())
        file.write(f"{clock.now().astimezone():%Y-%m-%d %H:%M:%S} retro sync\n".encode())
        file.flush()
        start = file.tell()
        done = subprocess.run(  # noqa: S603 - retro itself
            words,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=task.folder if task.folder.is_dir() else None,
            env={**task.environment, "PYTHONUTF8": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if os.name == "nt" else 0,
            check=False,
        )
        ended = _("ended with {code}", code=done.returncode)
        file.seek(0, os.SEEK_END)
        stop = file.tell()
        file.write(f"{clock.now().astimezone():%Y-%m-%d %H:%M:%S} {ended}\n".encode())
    with log.open("rb") as file:
        file.seek(max(start, stop - _MOST_SAID))
        said = file.read(stop - file.tell()).decode("utf-8", "replace").strip()
    return done.returncode, said, _writes(summary)


def _writes(summary: Path) -> int | None:
    """How many values the run wrote, as its own summary tells; the file goes."""
    try:
        told = json.loads(summary.read_text("utf-8"))["summary"]["writes"]
        summary.unlink()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return told if isinstance(told, int) else None


def _shorten(log: Path) -> None:
    """Keep the later half of a log that has grown long."""
    if log.is_file() and log.stat().st_size > _LOG_SIZE:
        kept = log.read_bytes()[-_LOG_SIZE // 2 :]
        log.write_bytes(kept[kept.find(b"\n") + 1 :])
