"""Counts for a summary: every finding counts, primary or not."""

from collections import Counter
from collections.abc import Iterable, Mapping

from retro.model import Finding, Severity

SHOWN = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def by_severity(findings: Iterable[Finding]) -> Mapping[Severity, int]:
    """How many findings there are of each severity (an aggregated one is one)."""
    counted = Counter(finding.severity for finding in findings)
    return {severity: counted[severity] for severity in SHOWN}


def by_code(findings: Iterable[Finding]) -> Mapping[str, int]:
    """How many findings there are of each code that has any, most first."""
    counted = Counter(finding.code for finding in findings)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def reaches(findings: Iterable[Finding], threshold: Severity) -> bool:
    """Whether any finding is at or above a severity."""
    return any(finding.severity.rank <= threshold.rank for finding in findings)
