"""Dates that would move on many tasks at once: with nothing to explain it, a person should look first."""

from collections.abc import Iterable, Mapping
from datetime import date

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Change, Guard, WriteLevel, field_empty

_OF_THE_WHOLE = frozenset({"anchors", "calendar", "configuration"})
"""What moves a whole plan and is worth a sentence, however few dates follow."""


def moved_dates(
    board: str, changes: Iterable[Change], open_tasks: int, why: Iterable[str], *, share: float, least: int
) -> Guard | None:
    """Hold a board where the team's filled-in dates would move on too many tasks, unless something explains it.

    Too many is more than `share` of its open tasks and more than `least`. `why` are the `explanations` since the last
    run that was not held: with any of them the run goes on and says so in one sentence. One of a moved anchor, a
    changed calendar or configuration is said of any dates that follow, retro's own among them.
    """
    moving = [
        change
        for change in changes
        if change.board == board and not field_empty(change.old) and isinstance(change.old, date)
    ]
    tasks = {change.task for change in moving if change.level is not WriteLevel.OWN}
    explained = tuple(why)
    if len(tasks) <= least or len(tasks) <= share * open_tasks:
        tasks = {change.task for change in moving}
        explained = tuple(part for part in explained if part in _OF_THE_WHOLE)
        return _explained(board, len(tasks), explained) if tasks and explained else None
    if explained:
        return _explained(board, len(tasks), explained)
    reason = _(
        "Dates would move on {count} of {open} open tasks, though no anchor, calendar, configuration, link or "
        "estimate changed.",
        count=len(tasks),
        open=open_tasks,
    )
    return Guard(board=board, reason=reason)


def _explained(board: str, tasks: int, why: Iterable[str]) -> Guard:
    names = _part_names()
    reason = plural(
        "Dates move on {count} task, since these changed: {parts}.",
        "Dates move on {count} tasks, since these changed: {parts}.",
        tasks,
        parts=", ".join(names[part] for part in why),
    )
    return Guard(board=board, reason=reason, held=False)


def _part_names() -> Mapping[str, str]:
    return {
        "anchors": _("anchors"),
        "calendar": _("calendars"),
        "configuration": _("configuration"),
        "links": _("links"),
        "estimates": _("estimates"),
    }
