"""`retro clean --format json`: what went from which board, what stays there and why."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from retro.model import Board, Change
from retro.report.document import head, plain
from retro.report.json_plan import changes


def document(
    boards: Iterable[dict[str, Any]], *, dry: bool, errors: Iterable[str], now: datetime, zone_name: str, lang: str
) -> dict[str, Any]:
    """The document; `boards` are those of `of_board`."""
    return {**head(now, zone_name, lang), "dry_run": dry, "boards": list(boards), "errors": list(errors)}


def of_board(
    board: Board,
    *,
    read: bool,
    held: str | None,
    fields: Iterable[tuple[str, str, int]],
    gone: Collection[str],
    values: Iterable[Change],
    done: Collection[str],
    kept_fields: Iterable[tuple[str, str]],
    kept_values: Iterable[tuple[str, str, str, object, bool]],
    dates: int,
) -> dict[str, Any]:
    """One board.

    Args:
        board: the board.
        read: whether it was read now; one that was not stays as it is.
        held: why nothing is removed, if it is so.
        fields: those that go whole: field, place (label; nothing for a field of the board), how many values go with it.
        gone: those of them that went.
        values: the values that go one by one.
        done: the ids of those that went.
        kept_fields: those that stay, and why.
        kept_values: task, its title, field, what it holds, and whether somebody changed what retro had written.
        dates: how many dates that retro filled in stay.
    """
    return {
        "key": board.key,
        "alias": board.alias or None,
        "name": board.name,
        "read": read,
        "held": held,
        "fields": [
            {"field": field, "place": place or "field", "values": count, "removed": field in gone}
            for field, place, count in fields
        ],
        "values": [{**each, "removed": change.id in done} for change in values for each in changes([change])],
        "kept_fields": [{"field": field, "why": why} for field, why in kept_fields],
        "kept_values": [
            {"task": {"key": task, "title": title}, "field": field, "current": plain(current), "changed": changed}
            for task, title, field, current, changed in kept_values
        ],
        "kept_dates": dates,
    }
