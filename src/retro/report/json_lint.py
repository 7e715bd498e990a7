"""`retro lint --format json`: sources, boards, a summary and every finding with its facts."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from retro.i18n import say
from retro.model import Assessment, Board, Finding, LintStatistics, Role, Severity, SourceState, Task
from retro.report.document import head, instant, plain, task_reference
from retro.report.indented import Each


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
            "tasks": sum(counts["tasks"][board.key] for board in assessment.portfolio.boards),
            "findings": len(assessment.findings),
            **{level.value: severities[level] for level in (Severity.ERROR, Severity.WARNING, Severity.INFO)},
            "suppressed": assessment.suppressed,
            "baselined": assessment.baselined,
        },
        "findings": Each(lambda finding: finding_facts(finding, tasks, assessment.lang), assessment.findings),
        "statistics": _statistics(assessment.statistics),
    }


def _statistics(found: LintStatistics | None) -> dict[str, Any] | None:
    """Null unless `--statistics` asks for them; `judged` are the tasks that a rule judges, `share` those it spoke of.

    A `score` is of 100, by the formula of docs/score.md, and null for a board without open tasks.
    """
    if found is None:
        return None
    return {
        "rules": [
            {
                "code": each.code,
                "findings": each.findings,
                "tasks": each.tasks,
                "judged": each.judged,
                "share": None if each.share is None else round(each.share, 4),
                "milliseconds": None if each.milliseconds is None else round(each.milliseconds, 3),
            }
            for each in found.rules
        ],
        "boards": [{"key": each.board, "open": each.open, "score": each.score} for each in found.boards],
    }


def _counts(assessment: Assessment) -> dict[str, Counter[str]]:
    """How many tasks each board has, by what is counted."""
    tasks = assessment.portfolio.tasks
    cards = [task for task in tasks if task.role is not Role.ITEM]
    return {
        "tasks": Counter([task.board for task in cards if task.counts]),
        "open": Counter([task.board for task in cards if task.is_open]),
        "archived": Counter([task.board for task in cards if task.archived]),
        "items": Counter([task.board for task in tasks if task.role is Role.ITEM and not task.archived]),
    }


def _source(state: SourceState, zone_name: str) -> dict[str, Any]:
    return {
        "id": state.id,
        "kind": state.kind,
        "state": state.state.value,
        "read_at": instant(state.read_at, zone_name),
        "requests": state.requests,
        "error": state.error,
    }


def _board(board: Board, counts: Mapping[str, Counter[str]]) -> dict[str, Any]:
    return {
        "key": board.key,
        "name": board.name,
        "source": board.source,
        "tasks": counts["tasks"][board.key],
        "open": counts["open"][board.key],
        "archived": counts["archived"][board.key] if board.archived_known else None,
        "items": counts["items"][board.key],
    }


def finding_facts(finding: Finding, tasks: Mapping[str, Task], lang: str) -> dict[str, Any]:
    """One finding with all its facts; the message is in the language asked for."""
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
