"""What holds a whole board back: something looks wrong, and a person should look first.

An empty board after a full one, half of the open tasks gone, or many of the team's dates about to move with nothing
to explain it. `--force` lifts them for the boards that it names.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Change, Guard, Portfolio, Schedule, Snapshot, Task, WriteLevel, field_empty
from retro.model.codec import dumps

_LEAST_OPEN = 4
"""A board with fewer open tasks loses half of them in an ordinary week."""


def fingerprint(
    portfolio: Portfolio, *, calendar: str, configuration: str, schedule: Schedule | None = None
) -> dict[str, str]:
    """By board key, what explains that dates move: anchors, calendar, configuration, links and estimates, hashed.

    `calendar` and `configuration` are texts that change when these do; `schedule` knows the anchors that are
    milestones on a board.
    """
    anchors = {project.key: dumps(project.anchors) for project in portfolio.projects}
    found = schedule.anchors if schedule is not None else ()
    anchors["milestones"] = dumps(sorted(f"{anchor.key} {anchor.day or anchor.date}" for anchor in found))
    fixed = {"anchors": _digest(anchors), "calendar": _digest(calendar), "configuration": _digest(configuration)}
    board_of = {task.key: task.board for task in portfolio.tasks}
    links: dict[str, list[str]] = {board.key: [] for board in portfolio.boards}
    estimates: dict[str, list[str]] = {board.key: [] for board in portfolio.boards}
    for link in portfolio.links:
        for board in links.keys() & {board_of.get(link.predecessor), board_of.get(link.successor)}:
            links[board].append(dumps(link))
    for task in portfolio.tasks:
        if task.estimates and task.board in estimates:
            estimates[task.board].append(f"{task.key}={dumps(task.estimates)}")
    return {
        board: json.dumps(
            {**fixed, "links": _digest(sorted(links[board])), "estimates": _digest(sorted(estimates[board]))}
        )
        for board in links
    }


def explanations(before: str, now: str) -> tuple[str, ...]:
    """The parts of two fingerprints that differ: anchors, calendar, configuration, links, estimates."""
    old: dict[str, str] = json.loads(before) if before else {}
    new: dict[str, str] = json.loads(now)
    return tuple(part for part in new if old.get(part) != new[part])


def lost_tasks(before: Snapshot | None, tasks: Iterable[Task], present: AbstractSet[str]) -> Guard | None:
    """Hold a board that was full and is empty, or that lost half of its open tasks or more.

    `before` is the snapshot that the last run which was not held decided on; `tasks` are the board's now; `present`
    the keys of every task that was read, so that a task that moved to another board is not lost.
    """
    if before is None:
        return None
    full = [task for task in before.tasks if task.counts]
    left = [task for task in tasks if task.counts]
    board = before.board.key
    if full and not left and not all(task.key in present for task in full):
        reason = plural(
            "The board is empty; it held {count} task. Was it emptied on purpose?",
            "The board is empty; it held {count} tasks. Was it emptied on purpose?",
            len(full),
        )
        return Guard(board=board, reason=reason)
    opened = [task for task in full if task.is_open]
    gone = sum(task.key not in present for task in opened)
    if len(opened) >= _LEAST_OPEN and 2 * gone >= len(opened):
        reason = _(
            "{gone} of its {count} open tasks are gone. Were they removed on purpose?", gone=gone, count=len(opened)
        )
        return Guard(board=board, reason=reason)
    return None


def moved_dates(
    board: str, changes: Iterable[Change], open_tasks: int, why: Iterable[str], *, share: float, least: int
) -> Guard | None:
    """Hold a board where the team's filled-in dates would move on too many tasks, unless something explains it.

    Too many is more than `share` of its open tasks and more than `least`. `why` are the `explanations` since the last
    run that was not held; with any of them the run goes on and says so in one sentence.
    """
    tasks = {
        change.task
        for change in changes
        if change.board == board and change.level is not WriteLevel.OWN and not field_empty(change.old)
    }
    if len(tasks) <= least or len(tasks) <= share * open_tasks:
        return None
    if explained := tuple(why):
        names = _part_names()
        parts = ", ".join(names[part] for part in explained)
        reason = _("Dates move on {count} tasks, since these changed: {parts}.", count=len(tasks), parts=parts)
        return Guard(board=board, reason=reason, held=False)
    reason = _(
        "Dates would move on {count} of {open} open tasks, though no anchor, calendar, configuration, link or "
        "estimate changed.",
        count=len(tasks),
        open=open_tasks,
    )
    return Guard(board=board, reason=reason)


def lifted(guards: Iterable[Guard], forced: AbstractSet[str]) -> tuple[Guard, ...]:
    """The guards once `--force` has spoken for the boards of `forced`: still said, no longer holding."""
    return tuple(
        Guard(board=guard.board, reason=guard.reason, held=guard.held and guard.board not in forced) for guard in guards
    )


def _part_names() -> Mapping[str, str]:
    return {
        "anchors": _("anchors"),
        "calendar": _("calendars"),
        "configuration": _("configuration"),
        "links": _("links"),
        "estimates": _("estimates"),
    }


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
