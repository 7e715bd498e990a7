"""`retro log --format json`: runs, and the changes that were journalled."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from retro.ports import Intent, RunRecord
from retro.report.document import head, instant, plain

Fields = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By run, board and own field, the tool's id."""
NO_FIELDS: Fields = {}


def document(
    runs: Iterable[tuple[RunRecord, int]],
    intents: Iterable[Intent] | None,
    *,
    now: datetime,
    zone_name: str,
    lang: str,
    fields: Fields = NO_FIELDS,
) -> dict[str, Any]:
    """Runs newest first, each with the number of fields written; `changes` is null where only runs were asked for.

    `who` is the account that ran it, on its machine. The `state` of a change is acknowledged, pending, refused (never
    sent) or abandoned (did not arrive); `returned` is what the tool then held. `fields` are those of retro's own that
    each run made and that are there still.
    """
    return {
        **head(now, zone_name, lang),
        "runs": [
            {
                "id": run.id,
                "command": run.command,
                "who": run.who or None,
                "started": instant(run.started, zone_name),
                "finished": instant(run.finished, zone_name),
                "writes": writes,
                "fields": [
                    {"board": board, "field": field, "id": id_}
                    for board, made in fields.get(run.id, {}).items()
                    for field, id_ in made.items()
                ],
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
