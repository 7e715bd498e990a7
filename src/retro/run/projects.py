"""What tasks work towards: the projects of the configuration, or one a board; and their anchors."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from retro.config.shape import AnchorSection, ProjectSection, Settings
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Anchor, AnchorOrigin, Board, BoardKind, Day, Project, Task
from retro.ports import ConfigurationError


def projects(
    settings: Settings, boards: Sequence[Board], tasks: Sequence[Task], end: Day | None = None
) -> tuple[Project, ...]:
    """The projects of a configuration: the first in the file that matches a task wins it.

    Without any `[projects]`, each board of kind project is one. `end` (the `--end` option) takes the place of
    configured anchors.
    """
    if not settings.projects:
        return tuple(
            _project(board.key, board.name, (board.key,), [task.key for task in tasks if task.board == board.key], end)
            for board in boards
            if board.kind is BoardKind.PROJECT
        )
    by_alias: dict[str, list[str]] = {}
    for board in boards:
        by_alias.setdefault(board.alias.partition("#")[0], []).append(board.key)
    taken: set[str] = set()
    found = []
    for key, section in settings.projects.items():
        keys = tuple(key for alias in section.boards for key in by_alias.get(alias, ()))
        matches = _filter(section.filter, f"[projects.{key}] filter")
        mine = [task.key for task in tasks if task.board in keys and task.key not in taken and matches(task)]
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
                anchors=_anchors(key, section, tasks, end, ZoneInfo(settings.workspace.timezone)),
            )
        )
    return tuple(found)


def one_project(boards: Sequence[Board], tasks: Sequence[Task], end: Day | None) -> tuple[Project, ...]:
    """All PATHs of one command are one project."""
    name = " + ".join(board.name for board in boards)
    mine = [board for board in boards if board.kind is BoardKind.PROJECT]
    keys = {board.key for board in mine}
    members = [task.key for task in tasks if task.board in keys]
    return (_project("paths", name, tuple(board.key for board in mine), members, end),) if mine else ()


def _project(key: str, name: str, boards: tuple[str, ...], tasks: Iterable[str], end: Day | None) -> Project:
    return Project(key=key, name=name, boards=boards, tasks=tuple(tasks), anchors=_given(key, name, end))


def _given(project: str, name: str, end: Day | None) -> tuple[Anchor, ...]:
    if end is None:
        return ()
    return (Anchor(key=f"{project}/end", name=name, date=end, project=project, origin=AnchorOrigin.OPTION),)


def _anchors(
    key: str, section: ProjectSection, tasks: Sequence[Task], end: Day | None, zone: tzinfo
) -> tuple[Anchor, ...]:
    if end is not None:
        return _given(key, section.name or key, end)
    return tuple(
        Anchor(
            key=f"{key}/{number}",
            name=anchor.name or section.name or key,
            date=_in_zone(anchor.date, zone),
            project=key,
            task=_named_task(anchor, tasks, f"[projects.{key}] anchors"),
        )
        for number, anchor in enumerate(section.anchors)
    )


def _in_zone(day: Day, zone: tzinfo) -> Day:
    """An hour that names no zone is one of the workspace's."""
    return day.replace(tzinfo=zone) if isinstance(day, datetime) and day.tzinfo is None else day


def _named_task(anchor: AnchorSection, tasks: Sequence[Task], where: str) -> str | None:
    """The task that an anchor names: by key, URL or exact title."""
    if not anchor.task:
        return None
    wanted = anchor.task
    for task in tasks:
        if wanted in (task.key, task.url, *task.handles) or fold(wanted) == fold(task.title):
            return task.key
    raise ConfigurationError(
        _('no task "{name}" was found for this anchor.', name=wanted),
        where=where,
        remedy=_("Give its exact title or its address, or leave `task` out."),
    )


def _filter(text: str, where: str) -> Callable[[Task], bool]:
    """A filter on tasks: "label:Site", "list:2027", "column:Projet=Site"; empty: all of them."""
    if not text:
        return lambda _task: True
    kind, _colon, value = text.partition(":")
    wanted = fold(value)
    by_kind: Mapping[str, Callable[[Task], bool]] = {
        "label": lambda task: wanted in map(fold, task.labels),
        "list": lambda task: wanted == fold(task.section),
        "column": lambda task: fold(task.extra.get(value.partition("=")[0], "")) == fold(value.partition("=")[2]),
    }
    if kind not in by_kind:
        raise ConfigurationError(
            _('"{text}" is no filter.', text=text),
            where=where,
            remedy=_("Write label:NAME, list:NAME or column:NAME=VALUE."),
        )
    return by_kind[kind]
