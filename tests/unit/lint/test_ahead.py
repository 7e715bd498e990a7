"""A second process that asks rules: it changes nothing but how long they take."""

import errno
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from retro.lint import BaseRule, LintResult, LintSettings, Profile, lint
from retro.lint import ahead as module
from retro.lint.ahead import Ahead, NotYet, NotYetError, in_turn
from retro.lint.examples import a_task, case
from retro.lint.second_process import SecondProcess
from retro.model import Finding, Schedule, Severity, Template
from retro.ports import Context, Rule

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")

STANDARD = LintSettings(profile=Profile.STANDARD)


class Asked(BaseRule):
    """Says on each task which process asked it."""

    code: ClassVar[str] = "OWN901"
    name: ClassVar[str] = "asked"
    french_name: ClassVar[str] = "demandée"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("asked by {pid}")

    def check(self, context: Context) -> Iterator[Finding]:
        """Name the process."""
        for task in self.base(context):
            yield self.on_task(task, {"pid": os.getpid()})


class Scheduled(Asked):
    """Looks at the schedule, whatever it has to swallow for it."""

    code: ClassVar[str] = "DAT901"
    name: ClassVar[str] = "scheduled"

    def check(self, context: Context) -> Iterator[Finding]:
        """Count what is scheduled, and say so after a first finding."""
        task = context.portfolio.tasks[0]
        yield self.on_task(task, {"pid": os.getpid()})
        with suppress(Exception):
            yield self.on_task(task, {"pid": os.getpid()}, detail=str(len(context.schedule.tasks)))


class Supposing(Asked):
    """Asks for another schedule before it looks at any, where one can be made."""

    code: ClassVar[str] = "DCM901"
    name: ClassVar[str] = "supposing"

    def check(self, context: Context) -> Iterator[Finding]:
        """Say whether there is one."""
        if context.reschedule is not None:
            yield self.on_task(context.portfolio.tasks[0], {"pid": len(context.reschedule({}).tasks)})


class Broken(Asked):
    """Crashes wherever it is asked."""

    code: ClassVar[str] = "STA901"
    name: ClassVar[str] = "broken"

    def check(self, context: Context) -> Iterator[Finding]:
        """Fail."""
        yield from super().check(context)
        raise ZeroDivisionError


class Deadly(Asked):
    """Ends the process that asks it, unless that is the one of the tests."""

    code: ClassVar[str] = "SRC901"
    name: ClassVar[str] = "deadly"
    alive: ClassVar[int] = os.getpid()

    def check(self, context: Context) -> Iterator[Finding]:
        """End."""
        if os.getpid() != self.alive:
            os._exit(3)
        yield from super().check(context)


class Off(Asked):
    """Is off."""

    code: ClassVar[str] = "NAM901"
    name: ClassVar[str] = "off"
    default: ClassVar[Severity] = Severity.OFF


@pytest.fixture
def context() -> Context:
    """Three tasks."""
    return case("", *map(a_task, ("Brief", "Maquette", "Bilan"))).context()


@pytest.fixture(autouse=True)
def _forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a second processor, and no thread that could hold a lock."""
    monkeypatch.setattr(module, "can_fork", lambda: True)


def ahead_of(context: Context, *rules: Rule, least: int = 0, process: SecondProcess | None = None) -> Ahead:
    """The second process, of a context that is not scheduled yet."""
    soon = NotYet()
    unscheduled = replace(context, schedule=soon, reschedule=soon)  # type: ignore[arg-type]  # what stands for one
    return Ahead(unscheduled, rules, STANDARD, least=least, process=process)


def asked_by(result: LintResult) -> set[object]:
    """The processes that asked."""
    return {finding.params["pid"] for finding in result.findings}


def without_process(result: LintResult) -> list[Finding]:
    """The findings, whoever asked for them."""
    return [replace(finding, params={}) for finding in result.findings]


def awaited(process: SecondProcess) -> None:
    """Wait until it has said all that it can: an answer that never comes is awaited to its end."""
    assert process.said(-1) is None


def linted(context: Context, *rules: Rule, settings: LintSettings = STANDARD) -> LintResult:
    """What rules say with a second process that has answered all that it could."""
    with ahead_of(context, *rules) as ahead:
        awaited(ahead.process)
        return lint(context, rules, settings, ahead=ahead)


def test_a_rule_is_asked_over_there(context: Context) -> None:
    """What needs no schedule is asked by the second process, and its findings are those that they would be here."""
    result = linted(context, Asked())
    assert os.getpid() not in asked_by(result)
    assert without_process(result) == without_process(lint(context, [Asked()], STANDARD))


def test_what_needs_the_schedule_is_asked_here(context: Context) -> None:
    """A rule that looks at a schedule that is not there yet is asked again, though it swallows every error."""
    result = linted(context, Scheduled(), Asked())
    assert os.getpid() in asked_by(result)
    assert without_process(result) == without_process(lint(context, [Scheduled(), Asked()], STANDARD))


def test_what_needs_another_schedule_is_asked_here() -> None:
    """That none can be made yet does not mean that none can be made at all."""
    context = case("", a_task("Brief"), rescheduled=Schedule()).context()
    result = linted(context, Supposing(), Asked())
    assert without_process(result) == without_process(lint(context, [Supposing(), Asked()], STANDARD))
    assert [finding.code for finding in result.findings].count("DCM901") == 1


def test_no_room_for_a_second_process(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system gives no other process, everything is asked here."""

    def none() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", none)
    with ahead_of(context, Asked()) as ahead:
        assert asked_by(lint(context, [Asked()], STANDARD, ahead=ahead)) == {os.getpid()}


def test_children_that_nobody_waits_for(context: Context) -> None:
    """Under a parent that ignores SIGCHLD the second process is gone as soon as it ends, and that is no failure."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert os.getpid() not in asked_by(linted(context, Asked()))
    finally:
        signal.signal(signal.SIGCHLD, before)


@pytest.mark.parametrize("rules", [(Broken(), Asked()), (Asked(), Deadly(), Scheduled()), (Off(), Asked())])
def test_nothing_is_lost(context: Context, rules: Sequence[Rule]) -> None:
    """Whatever becomes of the second process, each rule is asked once, and whoever crashes is told of."""
    result, alone = linted(context, *rules), lint(context, rules, STANDARD)
    assert without_process(result) == without_process(alone)
    assert [bug.code for bug in result.bugs] == [bug.code for bug in alone.bugs]
    assert result.ran == alone.ran


def test_little_is_asked_here(context: Context) -> None:
    """There is no second process for a small workspace, nor where none can run beside this one."""
    with ahead_of(context, Asked(), least=4) as ahead:
        assert asked_by(lint(context, [Asked()], STANDARD, ahead=ahead)) == {os.getpid()}


def test_it_ends_with_its_context(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is left behind, also where the run breaks off."""
    forked: list[int] = []

    def fork(real: Callable[[], int] = os.fork) -> int:
        forked.append(real())
        return forked[-1]

    monkeypatch.setattr(os, "fork", fork)
    with pytest.raises(ValueError, match="broken off"), ahead_of(context, Asked()):
        raise ValueError("broken off")
    assert forked
    for child in forked:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)


def test_a_process_that_was_begun_earlier_asks_the_same(context: Context, capfd: pytest.CaptureFixture[str]) -> None:
    """A second process may have come with us from before: it asks over there, is heard by nobody else, and ends."""
    rules = [Scheduled(), Asked(), Broken()]
    with SecondProcess() as process:
        process.begin()
        os.write(1, b"said by each process")
        with ahead_of(context, *rules, process=process) as ahead:
            assert ahead.process is process
            awaited(process)
            assert os.getpid() not in {each.params["pid"] for each in ahead.found(Asked()) or ()}
        with ahead_of(context, *rules) as another:
            assert another.process is not process
        result = lint(context, rules, STANDARD)
    assert without_process(result) == without_process(lint(context, rules, STANDARD))
    assert capfd.readouterr().out == "said by each process"


def test_a_process_that_fails_on_its_way(context: Context) -> None:
    """One that does not come as far as this one is not missed: everything is asked here, and nothing is run twice."""
    with SecondProcess() as process:
        process.begin()
        if process.is_this:
            raise ValueError("the boards cannot be read")
        with ahead_of(context, Asked(), process=process) as ahead:
            assert asked_by(lint(context, [Asked()], STANDARD, ahead=ahead)) == {os.getpid()}


def test_a_process_answers_about_one_context(context: Context) -> None:
    """One that was begun earlier ends with the first context that it is asked about: the next one begins its own."""
    with SecondProcess() as process:
        process.begin()
        with ahead_of(context, Asked(), process=process):
            pass
        assert not process.running
        smaller = case("", a_task("Brief")).context()
        with ahead_of(smaller, Asked(), process=process) as ahead:
            assert ahead.process is not process
            awaited(ahead.process)
            assert len(ahead.found(Asked()) or ()) == 1


def test_what_is_told_about_something_else_is_not_taken(context: Context) -> None:
    """Where the second process has read other boards than we have, each rule is asked again here."""
    with SecondProcess() as process:
        process.begin()
        process.about = 1 if process.is_this else 2
        with ahead_of(context, Asked(), process=process) as ahead:
            awaited(process)
            assert asked_by(lint(context, [Asked()], STANDARD, ahead=ahead)) == {os.getpid()}


def test_a_stream_that_was_closed_from_the_start() -> None:
    """Where the numbers of the streams are free, a channel of ours may get one, and is not silenced."""
    code = (
        "import sys\n"
        "from retro.lint.second_process import SecondProcess\n"
        "with SecondProcess() as process:\n"
        "    process.begin()\n"
        "    if process.is_this:\n"
        "        process.says(0, [])\n"
        "        process.leave()\n"
        "    sys.exit(0 if process.said(0) == [] else 3)"
    )
    command = ["sh", "-c", 'exec "$@" >&- 2>&-', "sh", sys.executable, "-c", code]
    assert subprocess.run(command, check=False).returncode == 0  # noqa: S603 - our own code


def test_too_little_for_a_process_that_was_begun_earlier(context: Context) -> None:
    """Where little was read after all, it ends, and everything is asked here."""
    with SecondProcess() as process:
        process.begin()
        with ahead_of(context, Asked(), least=4, process=process) as ahead:
            awaited(process)
            assert asked_by(lint(context, [Asked()], STANDARD, ahead=ahead)) == {os.getpid()}


def test_not_yet_says_what_was_asked() -> None:
    """The absent schedule names what was looked for."""
    absent: Any = NotYet()
    with pytest.raises(NotYetError, match="anchors"):
        _ = absent.anchors


class Waiting(Asked):
    """Looks at the schedule before anything else."""

    code: ClassVar[str] = "BUF901"
    name: ClassVar[str] = "waiting"

    def check(self, context: Context) -> Iterator[Finding]:
        """Name the process, once what is scheduled was looked at."""
        planned = context.schedule.tasks
        for task in self.base(context):
            yield self.on_task(task, {"pid": os.getpid()}, detail=str(len(planned)))


def test_what_waits_for_the_schedule_is_not_tried_before(context: Context) -> None:
    """A rule that asks for the schedule even of an empty portfolio is left to those who have one."""
    with ahead_of(context, Waiting(), Asked()) as ahead:
        assert Waiting() not in ahead
        assert Asked() in ahead


def test_nothing_is_collected_while_two_processes_share_memory(context: Context) -> None:
    """The collector of cycles, which would copy every page, waits for the second process to be gone."""
    assert gc.isenabled()
    with ahead_of(context, Waiting(), Asked()) as ahead:
        assert ahead.process.running
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_nobody_has_begun_is_taken_from_the_end(context: Context) -> None:
    """This process asks first what no other one asks, then the last of what another one has not begun."""
    rules = [Asked(), Broken(), Waiting()]
    with ahead_of(context, *rules) as ahead:
        awaited(ahead.process)
        # The broken one was given back, the other one is answered.
        assert [rule.code for rule in in_turn(rules, ahead)] == ["BUF901", "STA901", "OWN901"]


def test_a_schedule_does_not_make_the_portfolio_another_one(context: Context) -> None:
    """What was looked up in the portfolio is kept once there is a schedule; what rules made of it is made again."""
    soon: Any = NotYet()
    unscheduled = replace(context, schedule=soon, reschedule=soon)
    unscheduled.look_up()
    made = unscheduled.derived(_keys)
    scheduled = unscheduled.scheduled(context.schedule, None)
    assert scheduled == context
    assert scheduled.wanted is unscheduled.wanted
    assert scheduled.derived(_keys) is not made


def _keys(context: Context) -> list[str]:
    return list(context.tasks)
