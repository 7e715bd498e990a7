"""What tasks work towards: the projects of the configuration, rows of a base of projects, boards; and their anchors."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from retro.config.shape import ProjectSection, Settings
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Anchor, AnchorOrigin, Board, BoardKind, Day, Project, Role, Task
from retro.ports import ConfigurationError
from retro.run.project_rows import ProjectRows


def projects(
    settings: Settings, boards: Sequence[Board], tasks: Sequence[Task], end: Day | None = None
) -> tuple[Project, ...]:
    """The projects of a configuration: the first in the file that matches a task wins it.

    A task that none of them matches belongs to the project whose row it names, where a base of projects was read.
    Without any `[projects]`, what is left of each board of kind project is one. `end` (the `--end` option) takes the
    place of other anchors.
    """
    rows = ProjectRows(tasks)
    if not settings.projects:
        return (*rows.projects(tasks, boards, end), *_of_boards(boards, tasks, rows, end))
    by_alias: dict[str, list[str]] = {}
    for board in boards:
        by_alias.setdefault(board.alias.partition("#")[0], []).append(board.key)
    dated = [board for board in boards if board.anchors]
    taken: set[str] = set()
    found = []
    cards = {task.key: task for task in tasks} if any(each.filter for each in settings.projects.values()) else {}
    named, row = _Named(tasks), Role.PROJECT
    on_board = defaultdict[str, list[int]](list)
    for place, task in enumerate(tasks):
        on_board[task.board].append(place)
    for key, section in settings.projects.items():
        keys = tuple(key for alias in section.boards for key in by_alias.get(alias, ()))
        matches = _filter(section.filter, f"[projects.{key}] filter", rows) if section.filter else None
        places = sorted(place for board in set(keys) for place in on_board.get(board, ()))
        mine = [
            task.key
            for place in places
            if (task := tasks[place]).role is not row
            and task.key not in taken
            and (matches is None or matches(_card_of(task, cards)))
        ]
        taken.update(mine)
        found.append(
            Project(
                key=key,
                name=section.name or key,
                boards=keys,
                tasks=tuple(mine),
                client=section.client,
                type=section.type,
                guardian=section.guardian,
                anchors=_anchors(key, section, named, end, ZoneInfo(settings.workspace.timezone))
                # A part of a board does not work to what the whole of it does.
                or (() if section.filter else _of((board for board in dated if board.key in keys), key)),
            )
        )
    rest = [task for task in tasks if task.key not in taken] if rows.boards else ()
    return (*found, *rows.projects(rest, boards, end))


def _of_boards(
    boards: Sequence[Board], tasks: Sequence[Task], rows: ProjectRows, end: Day | None
) -> tuple[Project, ...]:
    """A project for each board of that kind, of the tasks whose project no row stands for; none where all have one."""
    members: dict[str, list[str]] = {board.key: [] for board in boards if board.kind is BoardKind.PROJECT}
    shared = set()
    for task in tasks:
        if task.board in members and task.role is not Role.PROJECT:
            if rows.of(task) is None:
                members[task.board].append(task.key)
            else:
                shared.add(task.board)
    return tuple(
        _project(board.key, board.name, (board,), members[board.key], end)
        for board in boards
        if board.key in members and board.key not in rows.boards and (members[board.key] or board.key not in shared)
    )


def _card_of(task: Task, cards: Mapping[str, Task]) -> Task:
    """The card that a line of a checklist goes with; any other task itself."""
    return cards.get(task.parent or "", task) if task.role is Role.ITEM else task


def one_project(boards: Sequence[Board], tasks: Sequence[Task], end: Day | None) -> tuple[Project, ...]:
    """All PATHs of one command are one project."""
    name = " + ".join(board.name for board in boards)
    mine = [board for board in boards if board.kind is BoardKind.PROJECT]
    keys = {board.key for board in mine}
    members = [task.key for task in tasks if task.board in keys]
    return (_project("paths", name, mine, members, end),) if mine else ()


def _project(key: str, name: str, boards: Sequence[Board], tasks: Iterable[str], end: Day | None) -> Project:
    anchors = _given(key, name, end) if end is not None else _of(boards, key)
    return Project(key=key, name=name, boards=tuple(board.key for board in boards), tasks=tuple(tasks), anchors=anchors)


def _of(boards: Iterable[Board], project: str) -> tuple[Anchor, ...]:
    """The dates that boards themselves name, as a sheet does above its table."""
    return tuple(replace(anchor, project=project) for board in boards for anchor in board.anchors)


def _given(project: str, name: str, end: Day | None) -> tuple[Anchor, ...]:
    if end is None:
        return ()
    return (Anchor(key=f"{project}/end", name=name, date=end, project=project, origin=AnchorOrigin.OPTION),)


def _anchors(key: str, section: ProjectSection, named: "_Named", end: Day | None, zone: tzinfo) -> tuple[Anchor, ...]:
    if end is not None:
        return _given(key, section.name or key, end)
    return tuple(
        Anchor(
            key=f"{key}/{number}",
            name=anchor.name or section.name or key,
            date=_in_zone(anchor.date, zone),
            project=key,
            task=named.of(anchor.task, f"[projects.{key}] anchors"),
        )
        for number, anchor in enumerate(section.anchors)
    )


def _in_zone(day: Day, zone: tzinfo) -> Day:
    """An hour that names no zone is one of the workspace's."""
    return day.replace(tzinfo=zone) if isinstance(day, datetime) and day.tzinfo is None else day


class _Named:
    """The tasks that anchors may name. Indexed at the first question: a configuration may have hundreds of anchors."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = tasks

    @cached_property
    def _places(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The place of the first task of each key, address or handle, and of each title."""
        exact: dict[str, int] = {}
        titles: dict[str, int] = {}
        for place, task in enumerate(self._tasks):
            if task.role is not Role.ITEM:
                for each in filter(None, (task.key, task.url, *task.handles)):
                    exact.setdefault(each, place)
                titles.setdefault(fold(task.title), place)
        return exact, titles

    def of(self, wanted: str, where: str) -> str | None:
        """The first task of that key, URL or exact title. Raises ConfigurationError where there is none."""
        if not wanted:
            return None
        exact, titles = self._places
        found = [place for place in (exact.get(wanted), titles.get(fold(wanted))) if place is not None]
        if found:
            return self._tasks[min(found)].key
        raise ConfigurationError(
            _('no task "{name}" was found for this anchor.', name=wanted),
            where=where,
            remedy=_("Give its exact title or its address, or leave `task` out."),
        )


def _filter(text: str, where: str, rows: ProjectRows) -> Callable[[Task], bool]:
    """A filter on tasks: "label:Site", "list:2027", "column:Projet=Site".

    A column that relates to a base of projects holds the titles of its rows.
    """
    kind, _colon, value = text.partition(":")
    wanted = fold(value)
    by_kind: Mapping[str, Callable[[Task], bool]] = {
        "label": lambda task: wanted in map(fold, task.labels),
        "list": lambda task: wanted == fold(task.section),
        "column": lambda task: _in_column(task, *value.partition("=")[::2], rows),
    }
    if kind not in by_kind:
        raise ConfigurationError(
            _('"{text}" is no filter.', text=text),
            where=where,
            remedy=_("Write label:NAME, list:NAME or column:NAME=VALUE."),
        )
    return by_kind[kind]


def _in_column(task: Task, name: str, value: str, rows: ProjectRows) -> bool:
    row = rows.of(task) if name not in task.extra else None
    return fold(row.title if row is not None else task.extra.get(name, "")) == fold(value)
