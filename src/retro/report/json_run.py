"""`retro sync --format json`: what became of one run, for whatever watches over it."""

from typing import Any

from retro.model import Severity
from retro.model.run_summary import BoardResult, RunSummary, SourceResult, Trouble
from retro.report import json_plan
from retro.report.document import head, instant


def document(summary: RunSummary, *, zone_name: str, lang: str) -> dict[str, Any]:
    """The document; `now` is when the run began."""
    levels = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return {
        **head(summary.started, zone_name, lang),
        "run": {
            "id": summary.id,
            "command": summary.command,
            "dry_run": summary.dry,
            "started": instant(summary.started, zone_name),
            "finished": instant(summary.finished, zone_name),
            "seconds": round(summary.seconds, 3),
        },
        "exit_code": summary.exit_code,
        "quiet_hours": summary.quiet_hours,
        "deadline_reached": summary.late,
        "sources": [_source(each, zone_name) for each in summary.sources],
        "boards": [_board(each) for each in summary.boards],
        "summary": {
            "writes": summary.writes,
            "findings": sum(summary.findings.values()) if summary.reached else None,
            **{level.value: summary.findings.get(level.value, 0) if summary.reached else None for level in levels},
            "conflicts": len(summary.conflicts) if summary.reached else None,
            "new_conflicts": sum(each.new for each in summary.conflicts) if summary.reached else None,
        },
        "conflicts": json_plan.conflicts(summary.conflicts),
        "troubles": [_trouble(each) for each in summary.troubles],
        "warnings": [_trouble(each) for each in summary.warnings],
    }


def _source(source: SourceResult, zone_name: str) -> dict[str, Any]:
    state = source.state
    return {
        "id": state.id,
        "kind": state.kind,
        "state": state.state.value,
        "read_at": instant(state.read_at, zone_name),
        "requests": source.requests,
        "error": state.error,
    }


def _board(board: BoardResult) -> dict[str, Any]:
    return {
        "key": board.key,
        "alias": board.alias or None,
        "name": board.name,
        "source": board.source,
        "fresh": board.fresh,
        "open": board.open,
        "writes": board.writes,
        "refused": board.refused,
        "rejected": board.rejected,
        "uncertain": board.uncertain,
        "left": board.left,
        "held": board.held is not None,
        "reason": board.held,
        "held_changes": board.held_changes,
        "pending": board.pending,
        "note": board.note,
    }


def _trouble(trouble: Trouble) -> dict[str, Any]:
    return {
        "where": trouble.where or None,
        "what": trouble.what,
        "remedy": trouble.remedy or None,
        "boards": list(trouble.boards),
    }
