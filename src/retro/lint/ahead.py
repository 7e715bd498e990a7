"""Rules that a second process asks while this one still lays out the schedule, and then asks the others.

A rule only looks at its context and yields facts, so it does not matter which process asks it. The second one asks
what it can without a schedule and hands the findings back. What it has not begun is asked here, and so is everything
where there is no second processor, no fork, or little to judge.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Any, NoReturn, Self

from retro.lint.profile import effective_severity
from retro.lint.second_process import MOST_RULES, SecondProcess, can_fork
from retro.lint.selection import asked_for, matches, selected
from retro.lint.settings import LintSettings
from retro.model import Finding, Portfolio, Severity
from retro.ports import Context, Rule

LEAST_TASKS = 10_000
"""Below, a second process costs more than it saves."""
LEAST_BYTES = 200 * LEAST_TASKS
"""What the last snapshots of so many tasks take in the state, at least."""


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
    """What a second process asks, as a context: in the second process itself, nothing within it is ever reached.

    `context` has `NotYet()` for a schedule that is being laid out, and whatever else rules judge by. `process` is one
    that was begun earlier, and has come here as well; without it, one is begun here.
    """

    def __init__(
        self,
        context: Context,
        rules: Iterable[Rule],
        settings: LintSettings,
        *,
        least: int = LEAST_TASKS,
        process: SecondProcess | None = None,
    ) -> None:
        self.context = context
        self._open = ExitStack()
        self._begun = process is not None and process.running
        self.process = process if process is not None and process.running else SecondProcess()
        self._rules: list[Rule] = []
        if len(context.portfolio.tasks) >= least and (self._begun or can_fork()):
            nothing = replace(context, portfolio=Portfolio())
            self._rules += [
                rule
                for rule in rules
                if not rule.reads_suppressions and _speaks(rule, settings) and not _waits(rule, nothing)
            ][:MOST_RULES]
        self._places = {rule.code: place for place, rule in enumerate(self._rules)}
        self._mine: set[str] = set()

    def __enter__(self) -> Self:
        with ExitStack() as entered:
            if self._rules and gc.isenabled():
                # Its marks stand on every object: a page that both processes have would be copied for each look.
                gc.disable()
                entered.callback(gc.enable)
            entered.enter_context(self.process)  # whoever began it, it ends here: it answers about one context
            if self._rules and not self._begun:
                self.context.look_up()
                self.process.begin()
            if self.process.is_this:
                try:
                    self._ask()
                finally:
                    self.process.leave()
            self._open = entered.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def __contains__(self, rule: Rule) -> bool:
        """Whether the second process asks a rule, or may."""
        return self.process.running and rule.code in self._places

    def claimed(self, rule: Rule) -> bool:
        """Whether a rule is this process's now, as the second one has not begun it or could not tell."""
        if claims := self.process.claims(self._places[rule.code]):
            self._mine.add(rule.code)
        return claims

    def found(self, rule: Rule) -> list[Finding] | None:
        """What a rule that the second process has begun says; None where it has not, or could not tell."""
        if rule not in self or rule.code in self._mine:
            return None
        return self.process.said(self._places[rule.code])

    def _ask(self) -> None:
        """In the second process: the rules by turns."""
        for place, rule in enumerate(self._rules):
            if self.process.claims(place):
                try:
                    self.process.says(place, rule.check(self.context))
                except (NotYetError, Exception):  # noqa: BLE001 - a rule may fail in any way; it is asked again there
                    self.process.gives_back(place)
                    self.process.says(place, None)


def in_turn(rules: Sequence[Rule], ahead: Ahead | None) -> Iterator[Rule]:
    """The rules: what the second process does not ask, what it has not begun, and then what it has.

    It begins at the front, where rules share what they read in titles, so what is left is taken from the end.
    """
    if ahead is None:
        yield from rules
        return
    yield from (rule for rule in rules if rule not in ahead)
    theirs: list[Rule] = []
    for rule in reversed(rules):
        if rule in ahead:
            if ahead.claimed(rule):
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
