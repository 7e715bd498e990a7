"""Pooled margins in the document of `retro schedule`."""

from typing import Any

from retro.model import Buffer, FeverPoint
from retro.report.document import instant

_DIGITS = 4


def buffer_document(buffer: Buffer, zone_name: str) -> dict[str, Any]:
    """One buffer; an anchor's own with the points of its fever chart, the last of which is now."""
    now = buffer.fever
    return {
        "anchor": buffer.anchor,
        "project": buffer.project,
        "kind": "feeding" if buffer.feeds else "project",
        "chain": list(buffer.chain),
        "done": list(buffer.done),
        "joins": buffer.joins,
        "minutes": buffer.minutes,
        "chain_minutes": buffer.chain_minutes,
        "left_minutes": buffer.left_minutes,
        "start": instant(buffer.start, zone_name),
        "fever": None if now is None else _point(now, zone_name),
        "points": [] if now is None else [_point(each, zone_name) for each in (*buffer.past, now)],
    }


def _point(point: FeverPoint, zone_name: str) -> dict[str, Any]:
    return {
        "at": instant(point.at, zone_name),
        "complete": round(point.complete, _DIGITS),
        "consumed": round(point.consumed, _DIGITS),
        "zone": point.zone.value,
    }
