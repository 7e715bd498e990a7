"""`retro log --format json`: runs, and the changes that were journalled."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from retro.ports import Intent, RunRecord
from retro.report.document import head, instant, plain


def document(
    runs: Iterable[tuple[RunRecord, int]],
    intents: Iterable[Intent] | None,
    *,
    now: datetime,
    zone_name: str,
    lang: str,
) -> dict[str, Any]:
    """Runs newest first, each with the number of fields written; `changes` is null where only runs were asked for.

    The `state` of a change is acknowledged, pending, refused or abandoned; `returned` is what the tool then held.
    """
    return {
        **head(now, zone_name, lang),
        "runs": [
            {
                "id": run.id,
                "command": run.command,
                "started": instant(run.started, zone_name),
                "finished": instant(run.finished, zone_name),
                "writes": writes,
            }
            for run, writes in runs
        ],
        "changes": None if intents is None else [_change(intent, zone_name) for intent in intents],
    }


def _change(intent: Intent, zone_name: str) -> dict[str, Any]:
    change = intent.change
    return {
        "run": intent.run,
        "at": instant(intent.created, zone_name),
        "settled": instant(intent.settled, zone_name),
        "state": intent.state,
        "task": {"key": change.task, "title": change.title, "url": change.url},
        "board": change.board,
        "field": change.field,
        "level": change.level.value,
        "old": plain(change.old),
        "new": plain(change.new),
        "returned": plain(intent.returned),
        "why": change.why,
    }
