"""One card, one remark: the most useful finding of each task, the others being counted."""

from collections.abc import Iterable
from dataclasses import replace

from retro.lint.families import finding_order
from retro.model import Finding


def mark_primary(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in reading order, with exactly one primary a task: highest severity, then family, then code.

    What is said of a board, a project or a cycle is always primary.
    """
    ordered = sorted(findings, key=finding_order)
    seen: set[str] = set()
    marked = []
    for finding in ordered:
        primary = finding.task is None or finding.task not in seen
        if finding.task is not None:
            seen.add(finding.task)
        marked.append(finding if finding.primary is primary else replace(finding, primary=primary))
    return marked
