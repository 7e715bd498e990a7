"""What a run writes down of a board for the next one's guards: hashes of what explains dates, and plain facts."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any, Self

from retro.model import Board, Portfolio, Schedule, Task, as_date
from retro.model.codec import dumps

PARTS = ("anchors", "calendar", "configuration", "links", "estimates")
"""What explains that dates move."""
_SEEN: Mapping[str, datetime] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The facts of a board as a run wrote them down. A state of an earlier retro has none of them: None."""

    launches: Mapping[str, date] | None = None
    """The dates that its tasks work to, by the anchor's key."""
    open_tasks: int | None = None
    open_digest: str = ""
    """Of the keys of its open tasks."""
    columns: Mapping[str, Mapping[str, str]] | None = None
    """By role, the columns that were read for it: their ids and names."""
    beside: frozenset[str] = field(default_factory=frozenset)
    """Boards that the same lines of the configuration name: the other sheets of a workbook."""
    seen: datetime | None = None
    """What the machine's clock said."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Read back what `fingerprint` made."""
        told: dict[str, Any] = json.loads(text) if text else {}
        launches = told.get("launches")
        seen = told.get("seen")
        return cls(
            launches=None if launches is None else {key: date.fromisoformat(day) for key, day in launches.items()},
            open_tasks=told.get("open"),
            open_digest=told.get("tasks", ""),
            columns=told.get("columns"),
            beside=frozenset(told.get("beside", ())),
            seen=None if seen is None else datetime.fromisoformat(seen),
        )


def fingerprint(
    portfolio: Portfolio,
    *,
    calendar: str,
    configuration: str,
    schedule: Schedule | None = None,
    zone: tzinfo,
    seen: Mapping[str, datetime] = _SEEN,
) -> dict[str, str]:
    """By board key, what the next run's guards compare with.

    `calendar` and `configuration` are texts that change when these do; `schedule` knows the anchors that are
    milestones on a board; `seen` is what the machine's clock said when each board was judged, in the workspace's
    `zone`.
    """
    anchors = {project.key: dumps(project.anchors) for project in portfolio.projects}
    found = schedule.anchors if schedule is not None else ()
    anchors["milestones"] = dumps(sorted(f"{anchor.key} {anchor.day or anchor.date}" for anchor in found))
    fixed = {"anchors": digest(anchors), "calendar": digest(calendar), "configuration": digest(configuration)}
    board_of = {task.key: task.board for task in portfolio.tasks}
    links: dict[str, list[str]] = {board.key: [] for board in portfolio.boards}
    estimates: dict[str, list[str]] = {board.key: [] for board in portfolio.boards}
    opened: dict[str, list[Task]] = {board.key: [] for board in portfolio.boards}
    for link in portfolio.links:
        for board in links.keys() & {board_of.get(link.predecessor), board_of.get(link.successor)}:
            links[board].append(dumps(link))
    for task in portfolio.tasks:
        if task.estimates and task.board in estimates:
            estimates[task.board].append(f"{task.key}={dumps(task.estimates)}")
        if task.is_open and task.board in opened:
            opened[task.board].append(task)
    launches = launches_of(portfolio, schedule, zone)
    families: dict[str, list[str]] = {}
    for each in portfolio.boards:
        families.setdefault(each.alias.partition("#")[0], []).append(each.key)
    return {
        each.key: json.dumps(
            {
                **fixed,
                "links": digest(sorted(links[each.key])),
                "estimates": digest(sorted(estimates[each.key])),
                "launches": {key: str(day) for key, day in sorted(launches.get(each.key, {}).items())},
                "open": len(opened[each.key]),
                "tasks": keys_digest(opened[each.key]),
                "columns": columns_of(each),
                "beside": sorted(set(families[each.alias.partition("#")[0]]) - {each.key}) if each.alias else [],
                "seen": seen[each.key].isoformat() if each.key in seen else None,
            }
        )
        for each in portfolio.boards
    }


def explanations(before: str, now: str) -> tuple[str, ...]:
    """The parts of two fingerprints that differ: anchors, calendar, configuration, links, estimates."""
    old: dict[str, Any] = json.loads(before) if before else {}
    new: dict[str, Any] = json.loads(now)
    return tuple(part for part in PARTS if old.get(part) != new[part])


def launches_of(portfolio: Portfolio, schedule: Schedule | None, zone: tzinfo) -> dict[str, dict[str, date]]:
    """By board, the anchors of its projects and those that its tasks work to elsewhere, each with its day."""
    if schedule is None:
        return {}
    boards = {project.key: set(project.boards) for project in portfolio.projects}
    reached: dict[str, set[str]] = {anchor.key: set(boards.get(anchor.project, ())) for anchor in schedule.anchors}
    board_of = {task.key: task.board for task in portfolio.tasks}
    for key, times in schedule.tasks.items():
        if times.anchor in reached and key in board_of:
            reached[times.anchor].add(board_of[key])
    found: dict[str, dict[str, date]] = {}
    for anchor in schedule.anchors:
        for board in reached[anchor.key]:
            found.setdefault(board, {})[anchor.key] = as_date(anchor.on(zone), zone)
    return found


def columns_of(board: Board) -> dict[str, dict[str, str]]:
    """By role, the columns that were read for it, ids and names; one without an id cannot be told from another."""
    found: dict[str, dict[str, str]] = {}
    for use in board.mapping:
        if use.id:
            found.setdefault(use.role, {})[use.id] = use.name
    return found


def keys_digest(tasks: Iterable[Task]) -> str:
    """A hash of which tasks these are."""
    return digest(sorted(task.key for task in tasks))


def digest(value: object) -> str:
    """A short hash of a value."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
