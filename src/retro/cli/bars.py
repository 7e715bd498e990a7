"""Bars on standard error while something takes its time, where a person is watching."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from retro.cli.output import console
from retro.i18n import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from retro.cli.session import Session
    from retro.ports import Progress
    from retro.run.headway import Headway, Watcher


@contextmanager
def progress(session: Session) -> Iterator[Progress | None]:
    """A bar for each board that is written to."""
    if not _watched(session):
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    from retro.report.untrusted import printable

    name = TextColumn("{task.description}", markup=False)
    known: dict[str, TaskID] = {}
    with _drawn(Bars(name, BarColumn(), MofNCompleteColumn(), console=console(aside=True), transient=True)) as bars:

        def report(what: str, done: int, total: int | None) -> None:
            if what not in known:
                known[what] = bars.add_task(printable(what), total=total)
                bars.start()
            bars.update(known[what], completed=done, total=total)

        yield report


@contextmanager
def headway(session: Session) -> Iterator[Watcher]:
    """A bar for each source that is read: its boards, and the one that is being read."""
    from retro.run.headway import unwatched

    if not _watched(session):
        yield unwatched
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bars

    from retro.report.untrusted import printable

    name, at = (TextColumn(f"{{task.{field}}}", markup=False) for field in ("description", "fields[at]"))
    known: dict[str, TaskID] = {}
    with _drawn(Bars(name, BarColumn(), at, console=console(aside=True), transient=True)) as bars:

        def watch(now: Headway) -> None:
            if now.source not in known:
                known[now.source] = bars.add_task(printable(now.source), total=now.total, at="")
                bars.start()
            bars.update(known[now.source], completed=now.done, total=now.total, at=printable(said(now)))

        yield watch


@contextmanager
def _drawn(bars: Bars) -> Iterator[Bars]:
    """Bars that are drawn from their first task on: until then they would wipe away what a person is asked."""
    try:
        yield bars
    finally:
        bars.stop()


def said(now: Headway) -> str:
    """A source's headway in words: `12/300 boards · Contents (840 tasks read)`."""
    boards = plural("{done}/{count} board", "{done}/{count} boards", now.total, done=now.done)
    if not now.board:
        return boards
    tasks = plural("{count} task read", "{count} tasks read", now.tasks)
    return f"{boards} · {now.board}" + (f" ({tasks})" if now.tasks else "")


def _watched(session: Session) -> bool:
    import sys

    return session.options.progress and not session.options.quiet and sys.stderr.isatty()
