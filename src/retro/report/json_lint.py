"""`retro lint --format json`: sources, boards, a summary and every finding with its facts."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from retro.i18n import say
from retro.model import Assessment, Board, Finding, Role, Severity, SourceState, Task
from retro.report.document import head, instant, plain, task_reference


def document(assessment: Assessment) -> dict[str, Any]:
    """The document of CLI.md; messages are in the assessment's language."""
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    counts = _counts(assessment)
    severities = Counter(finding.severity for finding in assessment.findings)
    return {
        **head(assessment.now, assessment.zone_name, assessment.lang),
        "sources": [_source(state, assessment.zone_name) for state in assessment.portfolio.sources],
        "boards": [_board(board, counts) for board in assessment.portfolio.boards],
        "summary": {
            "tasks": sum(counts[board.key, "tasks"] for board in assessment.portfolio.boards),
            "findings": len(assessment.findings),
            **{level.value: severities[level] for level in (Severity.ERROR, Severity.WARNING, Severity.INFO)},
            "suppressed": assessment.suppressed,
            "baselined": assessment.baselined,
        },
        "findings": [_finding(finding, tasks, assessment.lang) for finding in assessment.findings],
    }


def _counts(assessment: Assessment) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for task in assessment.portfolio.tasks:
        if task.role is Role.ITEM:
            counts[task.board, "items"] += not task.archived
            continue
        counts[task.board, "tasks"] += task.counts
        counts[task.board, "open"] += task.is_open
        counts[task.board, "archived"] += task.archived
    return counts


def _source(state: SourceState, zone_name: str) -> dict[str, Any]:
    return {
        "id": state.id,
        "kind": state.kind,
        "state": state.state.value,
        "read_at": instant(state.read_at, zone_name),
        "requests": state.requests,
        "error": state.error,
    }


def _board(board: Board, counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    return {
        "key": board.key,
        "name": board.name,
        "source": board.source,
        "tasks": counts[board.key, "tasks"],
        "open": counts[board.key, "open"],
        "archived": counts[board.key, "archived"] if board.archived_known else None,
        "items": counts[board.key, "items"],
    }


def _finding(finding: Finding, tasks: Mapping[str, Task], lang: str) -> dict[str, Any]:
    task = tasks.get(finding.task) if finding.task else None
    named = task_reference(task) if task else {"key": finding.task, "title": None, "url": None}
    tally, fix = finding.tally, finding.fix
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "board": finding.board,
        "project": finding.project,
        "subject": finding.subject or None,
        "task": named if finding.task and tally is None else None,
        "field": finding.field,
        "detail": finding.detail or None,
        "message": say(finding, lang=lang),
        "params": {name: plain(value) for name, value in finding.params.items()},
        "tasks": {"count": tally.count, "base": tally.base, "keys": list(tally.keys)} if tally else None,
        "fix": {"field": fix.field, "new": plain(fix.new), "safe": fix.safe} if fix else None,
        "primary": finding.primary,
        "assumed": finding.assumed,
    }
