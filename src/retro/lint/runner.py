"""Run rules over one assessment: severity, assumptions, exceptions, aggregation, baseline, one remark a task.

The order is stable. Rules that judge exceptions run last, when it is known what each exception held back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from retro.lint.aggregate import aggregate, aggregates
from retro.lint.ahead import Ahead, in_turn
from retro.lint.baseline import Accepted
from retro.lint.overrides import Overrides
from retro.lint.primary import mark_primary
from retro.lint.profile import effective_severity, milder
from retro.lint.selection import asked_for, matches, selected, verify
from retro.lint.settings import LintSettings
from retro.lint.statistics import statistics
from retro.lint.suppressions import Suppressions, covers
from retro.model import Finding, FindingsBaseline, LintStatistics, Severity, Task
from retro.ports import Context, Rule

Stopwatch = Callable[[], float]
"""Seconds of computing so far: only differences mean anything."""


@dataclass(frozen=True, slots=True)
class RuleBug:
    """A rule that crashed: a bug of that rule, never of the team's boards."""

    code: str
    error: Exception


@dataclass(frozen=True, slots=True)
class LintResult:
    """What the rules say, in reading order, and which of them crashed. The others ran all the same."""

    findings: tuple[Finding, ...]
    bugs: tuple[RuleBug, ...] = ()
    suppressed: int = 0
    """Findings that exceptions on cards hold back."""
    baselined: int = 0
    """Findings that the baseline holds; an aggregated one is one."""
    ran: frozenset[str] = frozenset()
    """Codes of the rules that ran to their end."""
    statistics: LintStatistics | None = None


class _Fate(Enum):
    """What became of a rule in this run."""

    RAN = auto()
    UNSELECTED = auto()
    OFF = auto()
    CRASHED = auto()


def lint(
    context: Context,
    rules: Sequence[Rule],
    settings: LintSettings,
    *,
    baseline: FindingsBaseline | None = None,
    counted: bool = False,
    stopwatch: Stopwatch | None = None,
    ahead: Ahead | None = None,
) -> LintResult:
    """Run the selected rules. The result does not depend on the order of tasks, boards, links or rules.

    Args:
        context: what is judged.
        rules: all that there are, with their options.
        settings: profile and choice of rules.
        baseline: findings that are accepted for now; those of mandatory rules stand all the same.
        counted: whether statistics are wanted, which ask every rule what it judges.
        stopwatch: what each rule is measured by, where that is wanted.
        ahead: a second process that has been running these rules; not where they are measured.

    Raises:
        ConfigurationError: the settings name a code that covers no rule.
    """
    verify(settings, {rule.code: rule.name for rule in rules})
    run = _Run(context, rules, settings, counted, stopwatch, ahead)
    run.all()
    standing = run.findings
    if baseline is not None and baseline.findings:
        accepted = Accepted(baseline, context.tasks)
        standing = [each for each in standing if run.is_mandatory(each.code) or accepted.of(each) is None]
    ran = frozenset(code for code, fate in run.fates.items() if fate is _Fate.RAN)
    packs = {rule.code: type(rule).__module__.partition(".")[0] for rule in rules}
    return LintResult(
        findings=tuple(mark_primary(standing)),
        bugs=tuple(sorted(run.bugs, key=lambda bug: bug.code)),
        suppressed=run.suppressed,
        baselined=len(run.findings) - len(standing),
        ran=ran,
        statistics=statistics(context, run.judged, standing, run.seconds, packs) if counted else None,
    )


@dataclass
class _Run:
    """One run of the rules, as far as it has got."""

    context: Context
    rules: Sequence[Rule]
    settings: LintSettings
    counted: bool
    stopwatch: Stopwatch | None
    ahead: Ahead | None
    """What asks some of the rules in a second process."""
    findings: list[Finding] = field(default_factory=list)
    bugs: list[RuleBug] = field(default_factory=list)
    suppressed: int = 0
    fates: dict[str, _Fate] = field(default_factory=dict)
    judged: dict[str, int] = field(default_factory=dict)
    """By code, how many tasks a rule judges, where statistics are wanted."""
    seconds: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.overrides = Overrides(self.settings, self.context)
        self.exceptions = Suppressions(self.context)
        self._mandatory: dict[str, bool] = {}

    def all(self) -> None:
        """Run every rule that is wanted, those that judge exceptions last."""
        for rule in in_turn(self.rules, self.ahead):
            if not rule.reads_suppressions:
                self._try(rule)
        if not self.exceptions:
            self.fates |= {rule.code: self._fate(rule) for rule in self.rules if rule.reads_suppressions}
            return
        known = {rule.code: rule.name for rule in self.rules}
        facts = self.exceptions.facts(known, self.is_mandatory, self._judged)
        self.context = replace(self.context, suppressions=tuple(facts))
        for rule in self.rules:
            if rule.reads_suppressions:
                self._try(rule)

    def is_mandatory(self, code: str) -> bool:
        """Whether nobody may silence a rule."""
        if code not in self._mandatory:
            self._mandatory[code] = matches(code, self.settings.mandatory)
        return self._mandatory[code]

    def _fate(self, rule: Rule) -> _Fate:
        if not selected(rule.code, self.settings):
            return _Fate.UNSELECTED
        return _Fate.OFF if self._severities(rule)[rule.default] is Severity.OFF else _Fate.RAN

    def _try(self, rule: Rule) -> None:
        fate = self._fate(rule)
        if fate is _Fate.RAN:
            began = self.stopwatch() if self.stopwatch is not None else 0.0
            try:
                found, suppressed = self._run(rule)
                if self.counted:
                    self.judged[rule.code] = sum(1 for _task in rule.base(self.context))
                self.findings.extend(found)
                self.suppressed += suppressed
            except Exception as error:  # noqa: BLE001 - a rule may fail in any way; the others still run
                self.bugs.append(RuleBug(rule.code, error))
                fate = _Fate.CRASHED
            if self.stopwatch is not None:
                self.seconds[rule.code] = self.stopwatch() - began
        self.fates[rule.code] = fate

    def _severities(self, rule: Rule) -> Mapping[Severity, Severity]:
        """What becomes of each severity that a finding of the rule may come with."""
        asked, profile = asked_for(rule, self.settings), self.settings.profile
        mandatory = self.is_mandatory(rule.code)
        return {
            said: effective_severity(rule, profile, asked_for=asked, mandatory=mandatory, said=said)
            for said in Severity
        }

    def _run(self, rule: Rule) -> tuple[Iterable[Finding], int]:
        """What a rule says, and how much of it exceptions hold back."""
        severities = self._severities(rule)
        silencing = self.overrides.for_code(rule.code)
        found = [
            _settled(finding, severities[finding.severity])
            for finding in self._said(rule)
            if not (silencing and self.overrides.silent_on(silencing, finding))
        ]
        suppressed = 0
        if self.exceptions and not self.is_mandatory(rule.code):
            kept = [finding for finding in found if not self.exceptions.hold_back(finding)]
            found, suppressed = kept, len(found) - len(kept)
        if not (found and aggregates(rule)):
            return found, suppressed
        base = (
            task
            for task in rule.base(self.context)
            if not (silencing and self.overrides.silent_on_task(silencing, task))
        )
        return aggregate(rule, base, found), suppressed

    def _said(self, rule: Rule) -> Iterable[Finding]:
        found = self.ahead.found(rule) if self.ahead is not None else None
        return found if found is not None else rule.check(self.context)

    def _judged(self, task: Task, code: str) -> bool:
        """Whether an exception to `code` on a task could have held something back in this run.

        Of the rules that it covers, those that are off in the profile, or mostly silent, prove nothing; one that was
        not asked, crashed, or is overridden there might have spoken.
        """
        proves = False
        for rule in self.rules:
            if not covers(code, rule.code):
                continue
            if rule.reads_suppressions:
                return False
            fate = self.fates[rule.code]
            if fate in (_Fate.UNSELECTED, _Fate.CRASHED):
                return False
            if fate is _Fate.RAN and not rule.comes_and_goes:
                if self.overrides.silent_on_task(self.overrides.for_code(rule.code), task):
                    return False
                proves = True
        return proves


def _settled(finding: Finding, severity: Severity) -> Finding:
    """Its severity; nothing above info rests on an assumption."""
    settled = milder(severity, Severity.INFO) if finding.assumed else severity
    return finding if finding.severity is settled else replace(finding, severity=settled)
