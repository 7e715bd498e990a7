"""A second process that asks rules beside this one: a fork, and the channel through which it hands findings back.

It is begun where a rule can be asked already, or earlier: before hundreds of boards are read from the state. Then both
processes read them, at the same time, and neither has to copy a page of memory because the other one looks at it.
"""

import mmap
import os
import pickle
import signal
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import fields
from operator import attrgetter
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self

from retro.model import Finding
from retro.model.in_columns import in_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection

MOST_RULES = mmap.PAGESIZE
"""A byte for each."""
_FREE, _TAKEN = 0, 1
_facts_of = attrgetter(*(each.name for each in fields(Finding)))


def can_fork() -> bool:
    """Whether a fork is safe here, and would run beside this process: on Linux, with no thread that may hold a lock."""
    return (
        sys.platform == "linux"
        and hasattr(os, "memfd_create")  # Pythons that are made for every Linux there is have none
        and threading.active_count() == 1
        and len(os.sched_getaffinity(0)) > 1
    )


@contextmanager
def _held(number: signal.Signals) -> "Iterator[None]":
    """Have a signal wait."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class SecondProcess:
    """As a context, whose end is also its own: in the second process nothing behind the context is ever reached."""

    def __init__(self) -> None:
        self.running = False
        """Whether it was begun, seen from either."""
        self.is_this = False
        """Whether we are it."""
        self.about = 0
        """What rules are asked about, as a number: of what is told about anything else, nothing is taken."""
        self._child = 0
        self._taken: mmap.mmap | None = None
        self._answers: dict[int, tuple[int, int]] = {}
        """Where in its file what it said of the rule of a place begins, and how long that is."""
        self._end = 0
        self._open = ExitStack()
        self._file = -1
        self._receiving: Connection | None = None
        """Ends with the process, and is then None."""
        self._sending: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_this:
            self.leave()
        if self._child:
            with suppress(ChildProcessError, ProcessLookupError):  # whoever ignores SIGCHLD has no children to wait for
                os.kill(self._child, signal.SIGKILL)
                os.waitpid(self._child, 0)
            self._child = 0
        self.running = False
        self._open.close()

    def begin(self) -> None:
        """Fork; where the system has no room for another process, all stays as it is.

        The second process goes on where this one does, and says nothing on its streams.
        """
        from multiprocessing import Pipe  # noqa: PLC0415 - slow to load, and for large portfolios only

        with suppress(OSError), _held(signal.SIGINT):  # Ctrl-C waits until each of the two knows which it is
            taken = mmap.mmap(-1, MOST_RULES)  # shared with the fork
            # What it says goes into a file, as no pipe holds it while nobody reads; the pipe tells how much that is.
            self._file = os.memfd_create("findings")
            self._open.callback(os.close, self._file)
            receiving, sending = Pipe(duplex=False)
            try:
                self._child = os.fork()
            except OSError:
                receiving.close()
                sending.close()
                raise
            self._taken, self.running = taken, True
            if self._child:
                sending.close()
                self._receiving = self._open.enter_context(receiving)
            else:
                receiving.close()
                self._become(sending)

    def _become(self, sending: "Connection") -> None:
        """Be the second process, and leave the terminal to the first one; where that cannot be done, be gone."""
        self.is_this, self._sending = True, sending
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            # Where a stream was closed from the start, its number may be that of what we speak through.
            for stream in {1, 2} - {self._file, sending.fileno()}:
                os.dup2(nowhere, stream)
        except OSError:
            self.leave()

    def claims(self, place: int) -> bool:
        """Whether the rule of a place is this process's now: nobody had begun it."""
        if self._taken is None or self._taken[place] == _TAKEN:
            return False
        self._taken[place] = _TAKEN
        return True

    def gives_back(self, place: int) -> None:
        """Leave a rule to whoever can ask it."""
        if self._taken is not None:
            self._taken[place] = _FREE

    def says(self, place: int, found: "Iterable[Finding] | None") -> None:
        """In the second process: hand the findings of a rule to the first one, None where it is to be asked there."""
        answer = b""
        if found is not None:
            answer = pickle.dumps([_facts_of(finding) for finding in found], pickle.HIGHEST_PROTOCOL)
        if self._sending is None or os.write(self._file, answer) < len(answer):
            self.leave()  # the first process asks for what it does not get
        self._sending.send_bytes(pickle.dumps((place, len(answer), self.about)))

    def said(self, place: int) -> list[Finding] | None:
        """In the first process: what the second one says of a rule, awaited; None where it could not tell."""
        while place not in self._answers and self._receiving is not None:
            self._receive(self._receiving)
        begin, length = self._answers.pop(place, (0, 0))
        if not length:
            return None
        answer = os.pread(self._file, length, begin)
        return list(in_rows(Finding, pickle.loads(answer)))  # noqa: S301 - of our own process

    def leave(self) -> NoReturn:
        """In the second process: be gone, so that nothing of the first one is closed or said twice."""
        os._exit(0)

    def _receive(self, receiving: "Connection") -> None:
        try:
            place, length, about = pickle.loads(receiving.recv_bytes())  # noqa: S301 - of our own process
        except (EOFError, OSError):
            self._receiving = None
        else:
            self._answers[place] = (self._end, length if about == self.about else 0)
            self._end += length
