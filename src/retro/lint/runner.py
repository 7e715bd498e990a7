"""Run rules over one assessment: severity, assumptions, aggregation, one remark a task, a stable order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from retro.lint.aggregate import aggregate, aggregates
from retro.lint.overrides import Overrides
from retro.lint.primary import mark_primary
from retro.lint.profile import effective_severity, milder
from retro.lint.selection import asked_for, matches, selected, verify
from retro.lint.settings import LintSettings
from retro.model import Finding, Severity
from retro.ports import Context, Rule


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


def lint(context: Context, rules: Sequence[Rule], settings: LintSettings) -> LintResult:
    """Run the selected rules. The result does not depend on the order of tasks, boards, links or rules.

    Raises:
        ConfigurationError: the settings name a code that covers no rule.
    """
    verify(settings, {rule.code: rule.name for rule in rules})
    overrides = Overrides(settings, context)
    findings: list[Finding] = []
    bugs: list[RuleBug] = []
    for rule in rules:
        if not selected(rule.code, settings):
            continue
        severities = _severities(rule, settings)
        if severities[rule.default] is Severity.OFF:
            continue
        try:
            findings.extend(_run(rule, severities, context, overrides))
        except Exception as error:  # noqa: BLE001 - a rule may fail in any way; the others still run
            bugs.append(RuleBug(rule.code, error))
    return LintResult(tuple(mark_primary(findings)), tuple(sorted(bugs, key=lambda bug: bug.code)))


def _severities(rule: Rule, settings: LintSettings) -> Mapping[Severity, Severity]:
    """What becomes of each severity that a finding of the rule may come with."""
    asked, mandatory = asked_for(rule.code, settings), matches(rule.code, settings.mandatory)
    return {
        said: effective_severity(rule, settings.profile, asked_for=asked, mandatory=mandatory, said=said)
        for said in Severity
    }


def _run(
    rule: Rule, severities: Mapping[Severity, Severity], context: Context, overrides: Overrides
) -> Iterable[Finding]:
    silencing = overrides.for_code(rule.code)
    found = [
        _settled(finding, severities[finding.severity])
        for finding in rule.check(context)
        if not (silencing and overrides.silent_on(silencing, finding))
    ]
    if not aggregates(rule):
        return found
    base = [task for task in rule.base(context) if not (silencing and overrides.silent_on_task(silencing, task))]
    return aggregate(rule, base, found)


def _settled(finding: Finding, severity: Severity) -> Finding:
    """Its severity; nothing above info rests on an assumption."""
    settled = milder(severity, Severity.INFO) if finding.assumed else severity
    return finding if finding.severity is settled else replace(finding, severity=settled)
