"""Rules that a second process runs while this one still lays out the schedule, and then runs the others.

A rule only looks at its context and yields facts, so it does not matter which process asks it. The second one is a
fork, which has the whole portfolio at once; it asks what it can without a schedule and hands the findings back. Once
there is a schedule, another fork shares the rules that waited for it. What they have not begun is asked here, and so is
everything where there is no second processor, no fork, or little to judge.
"""

import gc
import mmap
import os
import pickle
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from dataclasses import fields, replace
from operator import attrgetter
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self

from retro.lint.profile import effective_severity
from retro.lint.selection import asked_for, matches, selected
from retro.lint.settings import LintSettings
from retro.model import Finding, Portfolio, Schedule, Severity
from retro.model.in_columns import in_rows
from retro.ports import Context, Rule

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LEAST_TASKS = 10_000
"""Below, a second process costs more than it saves."""
_FREE, _TAKEN = 0, 1
_facts_of = attrgetter(*(each.name for each in fields(Finding)))


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
    """The second process, as a context: it asks what it can of some rules.

    `context` has `NotYet()` for a schedule that is being laid out, and whatever else rules judge by.
    """

    def __init__(
        self, context: Context, rules: Iterable[Rule], settings: LintSettings, *, least: int = LEAST_TASKS
    ) -> None:
        self.context, self.settings, self.least = context, settings, least
        self._rules: list[Rule] = []
        self._makings: Counter[Callable[[Context], Any]] = Counter()
        """What rules have made of a context before they look at any task, by how many of them do."""
        if len(context.portfolio.tasks) >= least and _can_fork():
            for rule in rules:
                if not rule.reads_suppressions and _speaks(rule, settings):
                    tried = replace(context, portfolio=Portfolio())
                    if not _waits(rule, tried):
                        self._rules.append(rule)
                        self._makings.update(tried.makings)
        self._places = {rule.code: place for place, rule in enumerate(self._rules)}
        self._taken: mmap.mmap | bytearray = bytearray(len(self._rules))
        self._mine: set[str] = set()
        self._answers: dict[str, tuple[int, int]] = {}
        """Where in its file what it said of a rule begins, and how long that is."""
        self._end = 0
        self._child = 0
        self._open = ExitStack()
        self._receiving: Connection | None = None
        """Ends with the process, and is then None."""
        self._file = -1

    def __enter__(self) -> Self:
        if self._rules:
            with suppress(OSError):  # no room for another process: everything is asked here
                self._begin()
        return self

    def _begin(self) -> None:
        from multiprocessing import Pipe  # noqa: PLC0415 - slow to load, and for large portfolios only

        self.context.look_up()
        if isinstance(self.context.schedule, Schedule):
            # Both processes ask such rules: what several of them need, neither is to make for itself.
            for making, rules in self._makings.items():
                if rules > 1:
                    with suppress(Exception):  # then whoever asks for it is told
                        self.context.derived(making)
        self._taken = mmap.mmap(-1, len(self._rules))  # shared with the fork
        # What it says goes into a file, as no pipe holds it while nobody reads; the pipe tells how much that is.
        self._file = os.memfd_create("findings")
        self._open.callback(os.close, self._file)
        receiving, sending = Pipe(duplex=False)
        if gc.isenabled():
            # Its marks stand on every object: a page that both processes have would be copied for each look.
            gc.disable()
            self._open.callback(gc.enable)
        with sending:
            self._child = os.fork()
            if not self._child:
                receiving.close()
                self._work(sending)
        self._receiving = self._open.enter_context(receiving)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child:
            with suppress(ChildProcessError, ProcessLookupError):  # whoever ignores SIGCHLD has no children to wait for
                os.kill(self._child, signal.SIGKILL)
                os.waitpid(self._child, 0)
            self._child = 0
        self._open.close()

    def __contains__(self, rule: Rule) -> bool:
        """Whether the second process asks a rule, or may."""
        return self._child > 0 and rule.code in self._places

    def claimed(self, rule: Rule) -> bool:
        """Whether a rule is this process's now, as the second one has not begun it or could not tell."""
        place = self._places[rule.code]
        if self._taken[place] == _TAKEN:
            return False
        self._taken[place] = _TAKEN
        self._mine.add(rule.code)
        return True

    def found(self, rule: Rule) -> list[Finding] | None:
        """What a rule that the second process has begun says; None where it has not, or could not tell."""
        if rule not in self or rule.code in self._mine:
            return None
        while rule.code not in self._answers and self._receiving is not None:
            self._receive(self._receiving)
        begin, length = self._answers.pop(rule.code, (0, 0))
        if not length:
            return None
        answer = os.pread(self._file, length, begin)
        return list(in_rows(Finding, pickle.loads(answer)))  # noqa: S301 - of our own process

    def _receive(self, receiving: "Connection") -> None:
        try:
            code, length = pickle.loads(receiving.recv_bytes())  # noqa: S301 - of our own process
        except (EOFError, OSError):
            self._receiving = None
        else:
            self._answers[code] = (self._end, length)
            self._end += length

    def _work(self, sending: "Connection") -> NoReturn:
        """Be the second process: ask the rules by turns, and end."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            for place, rule in enumerate(self._rules):
                if self._taken[place] == _FREE:
                    self._taken[place] = _TAKEN
                    answer = self._asked(rule, place)
                    if os.write(self._file, answer) < len(answer):
                        break  # no room for it: the first process asks for what it does not get
                    sending.send_bytes(pickle.dumps((rule.code, len(answer))))
        finally:
            os._exit(0)  # nothing of the first process is to be closed or said twice

    def _asked(self, rule: Rule, place: int) -> bytes:
        """The findings of a rule, packed; nothing where it needs the schedule, or fails: it is asked again there."""
        try:
            return pickle.dumps([_facts_of(finding) for finding in rule.check(self.context)], pickle.HIGHEST_PROTOCOL)
        except (NotYetError, Exception):  # noqa: BLE001 - a rule may fail in any way; here it only means "ask again"
            self._taken[place] = _FREE
            return b""


def beside(ahead: Ahead | None, context: Context, rules: Iterable[Rule]) -> AbstractContextManager[Ahead | None]:
    """One more process, for the rules that the one ahead could not ask without the schedule; none without that one."""
    waiting = [] if ahead is None else [rule for rule in rules if rule not in ahead]
    if ahead is None or len(waiting) == len(list(rules)):
        return nullcontext()
    return Ahead(context, waiting, ahead.settings, least=ahead.least)


def in_turn(rules: Sequence[Rule], others: Sequence[Ahead]) -> Iterator[Rule]:
    """The rules: what no other process asks, what none has begun, and then what they have.

    They begin at the front, where rules share what they read in titles, so what is left is taken from the end.
    """
    yield from (rule for rule in rules if not any(rule in other for other in others))
    theirs: list[Rule] = []
    for other in others:
        for rule in reversed(rules):
            if rule in other:
                if other.claimed(rule):
                    yield rule
                else:
                    theirs.append(rule)
    yield from reversed(theirs)


def _speaks(rule: Rule, settings: LintSettings) -> bool:
    """Whether a rule is selected and not off."""
    asked, mandatory = asked_for(rule, settings), matches(rule.code, settings.mandatory)
    severity = effective_severity(rule, settings.profile, asked_for=asked, mandatory=mandatory)
    return selected(rule.code, settings) and severity is not Severity.OFF


def _waits(rule: Rule, nothing: Context) -> bool:
    """Whether a rule asks for the schedule even of an empty portfolio: it is not to be tried before there is one."""
    try:
        for _finding in rule.check(nothing):
            pass
    except NotYetError:
        return True
    except Exception:  # noqa: BLE001 - a rule may fail in any way; here it only means "ask it again"
        return False
    return False


def _can_fork() -> bool:
    """Whether a fork is safe here, and would run beside this process: on Linux, with no thread that may hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1
