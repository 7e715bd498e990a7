"""`retro schedule --format json`: anchors with their verdicts, dates of every scheduled task, what hinders."""

from typing import Any
from zoneinfo import ZoneInfo

from retro.model import AnchorVerdict, Assessment, Task, TaskSchedule
from retro.report.document import head, instant
from retro.report.json_buffers import buffer_document

INSTANTS = (
    "earliest_start",
    "earliest_finish",
    "latest_start",
    "latest_finish",
    "advised_start",
    "advised_finish",
)
"""The instants of a task, each a field of its schedule."""


def document(assessment: Assessment) -> dict[str, Any]:
    """The document of CLI.md; tasks in the portfolio's order."""
    schedule, zone_name = assessment.schedule, assessment.zone_name
    return {
        **head(assessment.now, zone_name, assessment.lang),
        "anchors": [anchor_document(anchor, zone_name) for anchor in schedule.anchors],
        "tasks": [
            _task(task, schedule.tasks[task.key], zone_name)
            for task in assessment.portfolio.tasks
            if task.key in schedule.tasks
        ],
        "cycles": [list(cycle) for cycle in schedule.cycles],
        "unresolved_links": [{"task": link.task, "text": link.text} for link in schedule.unresolved],
        "warnings": [
            {"board": board.key, "text": warning} for board in assessment.portfolio.boards for warning in board.warnings
        ],
        "rounds": schedule.rounds,
        "settled": schedule.settled,
        "levelled": schedule.levelled,
        "overloads": [{"owner": each.pool, "tasks": list(each.tasks)} for each in schedule.overloads],
        "buffers": [buffer_document(buffer, zone_name) for buffer in schedule.buffers],
    }


def anchor_document(anchor: AnchorVerdict, zone_name: str) -> dict[str, Any]:
    """One anchor with its verdict, its chain and its levers."""
    return {
        "key": anchor.key,
        "name": anchor.name,
        "project": anchor.project,
        "date": anchor.on(ZoneInfo(zone_name)).isoformat(),
        "at": instant(anchor.date, zone_name),
        "feasible": anchor.feasible,
        "missing_minutes": anchor.missing_minutes,
        "slack_minutes": anchor.slack_minutes,
        "chance": anchor.chance,
        "chain": list(anchor.chain),
        "steps": [
            {
                "task": step.task,
                "link": step.link,
                "lag_minutes": step.lag_minutes,
                "elapsed": step.elapsed,
                "constraint": step.constraint,
                "calendar": step.calendar,
            }
            for step in anchor.steps
        ],
        "levers": [
            {
                "kind": lever.kind,
                "gain_minutes": lever.gain_minutes,
                "task": lever.task,
                "other": lever.other,
                "date": instant(lever.date, zone_name),
            }
            for lever in anchor.levers
        ],
    }


def _task(task: Task, planned: TaskSchedule, zone_name: str) -> dict[str, Any]:
    return {
        "key": task.key,
        "title": task.title,
        "board": task.board,
        "owners": [owner.name for owner in task.owners],
        "category": task.status.category.value,
        "estimate_minutes": planned.estimate_minutes,
        "estimate_origin": planned.estimate_origin.value,
        **{name: instant(getattr(planned, name), zone_name) for name in INSTANTS},
        "total_slack_minutes": planned.total_slack_minutes,
        "free_slack_minutes": planned.free_slack_minutes,
        "critical": planned.critical,
        "margin_minutes": planned.margin_minutes,
        "cumulated_margin_minutes": planned.cumulated_margin_minutes,
        "verdict": planned.verdict.value,
        "anchor": planned.anchor,
    }
