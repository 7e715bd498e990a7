"""`retro plan --format json`, and its way back: a saved plan is what `retro apply FILE` reads."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from retro.i18n import text as _
from retro.model import Change, Conflict, Day, Guard, Plan, Provision, WriteLevel
from retro.ports import UnreadableError
from retro.report.document import VERSION, head, plain

Value = Day | str | float | None

_TEXTS = frozenset({"retro_review", "title"})
"""Fields that hold words, so that a title that looks like a date stays a title."""
_DATE_LENGTH = len("2027-03-01")


def document(plan: Plan, *, now: datetime, zone_name: str, lang: str) -> dict[str, Any]:
    """The document of CLI.md."""
    return {
        **head(now, zone_name, lang),
        "changes": changes(plan.changes),
        "conflicts": conflicts(plan.conflicts),
        "setup": [
            {"board": setup.board, "field": setup.field, "action": setup.action, "name": setup.name}
            for setup in plan.setup
        ],
        "guards": [{"board": guard.board, "reason": guard.reason, "held": guard.held} for guard in plan.guards],
    }


def changes(planned: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes of fields, as documents hold them."""
    return [
        {
            "id": change.id,
            "task": {"key": change.task, "title": change.title, "url": change.url},
            "board": change.board,
            "field": change.field,
            "level": change.level.value,
            "old": plain(change.old),
            "new": plain(change.new),
            "why": change.why,
            "revision": change.revision,
            "creates": change.creates,
        }
        for change in planned
    ]


def conflicts(kept: Iterable[Conflict]) -> list[dict[str, Any]]:
    """Values that a human set and that stay, as documents hold them."""
    return [
        {
            "task": {"key": conflict.task, "title": conflict.title, "url": conflict.url},
            "board": conflict.board,
            "field": conflict.field,
            "written": plain(conflict.written),
            "current": plain(conflict.current),
            "wanted": plain(conflict.wanted),
            "new": conflict.new,
        }
        for conflict in kept
    ]


def parse(saved: str | bytes, *, where: str = "") -> Plan:
    """The plan that a saved document holds. Raises `UnreadableError` on anything else."""
    try:
        held = json.loads(saved)
        if held["version"] != VERSION:
            raise UnreadableError(
                _("This plan was saved by another version of retro."), where=where, remedy=_("Make it again.")
            )
        return Plan(
            changes=tuple(_change(each) for each in held["changes"]),
            conflicts=tuple(_conflict(each) for each in held.get("conflicts", ())),
            setup=tuple(Provision(**each) for each in held.get("setup", ())),
            guards=tuple(Guard(**each) for each in held.get("guards", ())),
            made_at=datetime.fromisoformat(held["now"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableError(_("This file holds no plan of retro."), where=where) from error


def _change(held: Mapping[str, Any]) -> Change:
    return Change(
        id=held["id"],
        task=held["task"]["key"],
        title=held["task"]["title"],
        url=held["task"]["url"],
        board=held["board"],
        field=held["field"],
        level=WriteLevel(held["level"]),
        old=_value(held["field"], held["old"]),
        new=_value(held["field"], held["new"]),
        why=held["why"],
        revision=held["revision"],
        creates=held.get("creates", False),
    )


def _conflict(held: Mapping[str, Any]) -> Conflict:
    name = held["field"]
    return Conflict(
        task=held["task"]["key"],
        title=held["task"]["title"],
        url=held["task"]["url"],
        board=held["board"],
        field=name,
        written=_value(name, held["written"]),
        current=_value(name, held["current"]),
        wanted=_value(name, held["wanted"]),
        new=held["new"],
    )


def _value(field: str, held: Any) -> Value:
    if held is None or (isinstance(held, int | float) and not isinstance(held, bool)):
        return held
    if not isinstance(held, str):
        raise TypeError(field)
    if field in _TEXTS:
        return held
    return date.fromisoformat(held) if len(held) == _DATE_LENGTH else datetime.fromisoformat(held)
