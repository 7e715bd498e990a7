"""Rules that a second process runs while this one still lays out the schedule, and then runs the others.

A rule only looks at its context and yields facts, so it does not matter which process asks it. The second one is a
fork, which has the whole portfolio at once; it asks what it can without a schedule and sends the findings back. What it
has not begun is asked here, and so is everything where there is no second processor, no fork, or little to judge.
"""

import gc
import mmap
import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import partial
from operator import attrgetter
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self

from retro.lint.profile import effective_severity
from retro.lint.selection import asked_for, matches, selected
from retro.lint.settings import LintSettings
from retro.model import Finding, Severity
from retro.ports import Context, Rule

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LEAST_TASKS = 10_000
"""Below, a second process costs more than it saves."""
_FREE, _TAKEN = 0, 1
_FIELDS = tuple(each.name for each in fields(Finding))
_facts_of = attrgetter(*_FIELDS)


class NotYetError(BaseException):
    """A rule asked for the schedule, which is being laid out. No `except Exception` of a rule hides it."""


class NotYet:
    """Stands for a schedule that is being laid out, and for the making of another one."""

    def __getattr__(self, name: str) -> Any:
        raise NotYetError(name)

    def __call__(self, _longer: Mapping[str, int]) -> NoReturn:
        """As `Context.reschedule`. Raises NotYetError, which asks for the rule to be asked again."""
        raise NotYetError


class Ahead:
    """The second process, as a context. `context` has `NotYet()` for a schedule, and whatever else rules judge by."""

    def __init__(
        self, context: Context, rules: Iterable[Rule], settings: LintSettings, *, least: int = LEAST_TASKS
    ) -> None:
        self._context = context
        self._rules = [rule for rule in rules if not rule.reads_suppressions and _speaks(rule, settings)]
        self._wanted = len(context.portfolio.tasks) >= least and bool(self._rules) and _can_fork()
        self._places = {rule.code: place for place, rule in enumerate(self._rules)}
        self._taken: mmap.mmap | bytearray = bytearray(len(self._rules))
        self._mine: set[str] = set()
        self._answers: dict[str, bytes] = {}
        self._news = threading.Condition()
        self._ended = True
        self._child = 0
        self._listening: threading.Thread | None = None

    def __enter__(self) -> Self:
        if self._wanted:
            with suppress(OSError):  # no room for another process: everything is asked here
                self._begin()
        return self

    def _begin(self) -> None:
        from multiprocessing import Pipe  # noqa: PLC0415 - slow to load, and for large portfolios only

        self._taken = mmap.mmap(-1, len(self._rules))  # shared with the fork
        receiving, sending = Pipe(duplex=False)
        with sending:
            self._child = os.fork()
            if not self._child:
                receiving.close()
                self._work(sending)
        self._ended = False
        self._listening = threading.Thread(target=self._listen, args=(receiving,), daemon=True)
        self._listening.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening is not None:
            with suppress(ChildProcessError, ProcessLookupError):  # whoever ignores SIGCHLD has no children to wait for
                os.kill(self._child, signal.SIGKILL)
                os.waitpid(self._child, 0)
            self._listening.join()
            self._listening = None

    def in_turn(self, rules: Sequence[Rule]) -> Iterator[Rule]:
        """The rules, those that the second process has begun last."""
        others = []
        for rule in rules:
            place = self._places.get(rule.code)
            if place is None:
                yield rule
            elif self._taken[place] == _TAKEN:
                others.append(rule)
            else:
                self._taken[place] = _TAKEN
                self._mine.add(rule.code)
                yield rule
        yield from others

    def found(self, rule: Rule) -> list[Finding] | None:
        """What a rule that the second process has begun says; None where it has not, or could not tell."""
        if rule.code not in self._places or rule.code in self._mine:
            return None
        with self._news:
            self._news.wait_for(lambda: self._ended or rule.code in self._answers)
        answer = self._answers.pop(rule.code, b"")
        if not answer:
            return None
        return [Finding(**dict(zip(_FIELDS, facts, strict=True))) for facts in pickle.loads(answer)]  # noqa: S301 - of our own process

    def _work(self, sending: "Connection") -> None:
        """Be the second process: ask the rules by turns, and end."""
        try:
            gc.disable()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            for place, rule in enumerate(self._rules):
                if self._taken[place] == _FREE:
                    self._taken[place] = _TAKEN
                    sending.send_bytes(pickle.dumps((rule.code, self._asked(rule, place)), pickle.HIGHEST_PROTOCOL))
        finally:
            os._exit(0)  # nothing of the first process is to be closed or said twice

    def _asked(self, rule: Rule, place: int) -> bytes:
        """The findings of a rule, packed; nothing where it needs the schedule, or fails: it is asked again there."""
        try:
            return pickle.dumps([_facts_of(finding) for finding in rule.check(self._context)], pickle.HIGHEST_PROTOCOL)
        except (NotYetError, Exception):  # noqa: BLE001 - a rule may fail in any way; here it only means "ask again"
            self._taken[place] = _FREE
            return b""

    def _listen(self, receiving: "Connection") -> None:
        with receiving:
            try:
                for code, answer in iter(partial(_received, receiving), None):
                    with self._news:
                        self._answers[code] = answer
                        self._news.notify_all()
            finally:
                with self._news:
                    self._ended = True
                    self._news.notify_all()


def _received(receiving: "Connection") -> tuple[str, bytes] | None:
    try:
        answer: tuple[str, bytes] = pickle.loads(receiving.recv_bytes())  # noqa: S301 - of our own process
    except (EOFError, OSError):
        return None
    return answer


def _speaks(rule: Rule, settings: LintSettings) -> bool:
    """Whether a rule is selected and not off."""
    asked, mandatory = asked_for(rule, settings), matches(rule.code, settings.mandatory)
    severity = effective_severity(rule, settings.profile, asked_for=asked, mandatory=mandatory)
    return selected(rule.code, settings) and severity is not Severity.OFF


def _can_fork() -> bool:
    """Whether a fork is safe here, and would run beside this process: on Linux, with no thread that may hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1
