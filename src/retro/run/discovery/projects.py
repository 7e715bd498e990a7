"""What boards work to together, and what one board should be split into."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo

from retro.i18n import plural
from retro.i18n.words import field_of, fold, is_one_of
from retro.model import Anchor, Board, BoardKind, Link, Role, Task
from retro.model.proposal import AnchorProposal, BoardProposal, Note, ProjectProposal
from retro.report.untrusted import printable
from retro.run.discovery.ends import last_of, suggested
from retro.run.discovery.names import alias, common_start

_MOST, _SHARE, _LEAST = 12, 0.8, 2
"""A column splits a board where it has so many values at most, on such a share of the tasks, each on so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was read, and the day and place it is judged by."""

    boards: Mapping[str, Board]
    """By alias."""
    tasks: Mapping[str, Sequence[Task]]
    """By alias."""
    links: Sequence[Link]
    today: date
    zone: tzinfo
    end: date | None = None
    """The date that somebody gave for all of them."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a board: the filter that picks it, its name, its tasks."""

    filter: str
    name: str
    tasks: Sequence[Task]
    client: str = ""


def projects(picked: Sequence[BoardProposal], plan: Plan) -> tuple[ProjectProposal, ...]:
    """A project for each group of boards that belong together, or for each part of a board that a column splits.

    Boards of rows that stand for projects are none, nor are those whose tasks all name such a row.
    """
    bases = {name for name, tasks in plan.tasks.items() if any(task.role is Role.PROJECT for task in tasks)}
    rows = {
        handle
        for name in bases
        for task in plan.tasks[name]
        if task.role is Role.PROJECT
        for handle in (task.key, *task.handles)
    }
    mine = [
        board.alias
        for board in picked
        if board.kind is BoardKind.PROJECT and board.alias not in bases and not _of_rows(plan.tasks[board.alias], rows)
    ]
    names = {board.alias: board.name for board in picked}
    found: list[ProjectProposal] = []
    for group in _groups(mine, names, plan):
        # What a board names above its table holds for all of it: there is nothing to split.
        whole = len(group) > 1 or plan.boards[group[0]].anchors
        parts = () if whole else _split(plan.tasks[group[0]])
        taken = {project.alias for project in found}
        if parts:
            for project in _parts(group[0], names[group[0]], parts, plan, taken):
                taken.add(project.alias)
                found.append(project)
        else:
            name = common_start([names[each] for each in group]) or _only_value(plan, group) or names[group[0]]
            found.append(_project(alias(name, taken, "projet"), name, group, plan))
    return tuple(found)


def _of_rows(tasks: Iterable[Task], rows: set[str]) -> bool:
    """Whether each open task names a row of a base of projects."""
    still = [task for task in tasks if task.is_open]
    return bool(still) and bool(rows) and all(rows.intersection(task.projects) for task in still)


def _groups(mine: Sequence[str], names: Mapping[str, str], plan: Plan) -> list[tuple[str, ...]]:
    """Boards that belong together.

    Their tasks wait for one another, all of them name one and the same project, or their names begin alike while one
    of them at most has an end.
    """
    home = {task.key: name for name in mine for task in plan.tasks[name]}
    group: dict[str, str] = {name: name for name in mine}

    def top(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    bound = [(home.get(link.predecessor), home.get(link.successor)) for link in plan.links]
    by_value = {value: name for name in reversed(mine) if (value := fold(_only_value(plan, (name,))))}
    bound += [(by_value.get(fold(_only_value(plan, (name,)))), name) for name in mine]
    for one, other in bound:
        if one is not None and other is not None and top(one) != top(other):
            group[top(other)] = top(one)
    starts: dict[str, list[str]] = {}
    for name in mine:
        starts.setdefault(fold(common_start([names[name], f"{names[name]} "])), []).append(name)
    for start, alike in starts.items():
        ends = sum(last_of(plan.tasks[name], plan.boards[name].anchors, plan.zone) is not None for name in alike)
        for name in alike[1:] if start and ends <= 1 else ():
            group[top(name)] = top(alike[0])
    gathered: dict[str, list[str]] = {}
    for name in mine:
        gathered.setdefault(top(name), []).append(name)
    return [tuple(each) for each in gathered.values()]


def _project(short: str, name: str, boards: Sequence[str], plan: Plan, part: _Part | None = None) -> ProjectProposal:
    tasks = part.tasks if part is not None else [task for each in boards for task in plan.tasks[each]]
    banners: list[Anchor] = [] if part is not None else [one for each in boards for one in plan.boards[each].anchors]
    name = name if " " in name else name.replace("_", " ")  # a file's name, as people would write it
    found = ProjectProposal(
        alias=short,
        name=printable(name),
        boards=tuple(boards),
        filter=part.filter if part is not None else "",
        client=printable(part.client) if part is not None else "",
    )
    if plan.end is not None:
        return replace(found, anchors=(AnchorProposal(name=printable(name), date=plan.end),), settled=True)
    anchors, settled, notes = suggested(tasks, banners, plan.zone, plan.today)
    return replace(found, anchors=anchors, settled=settled, notes=notes)


def _split(tasks: Sequence[Task]) -> tuple[_Part, ...]:
    """The parts of a board by a column of projects, its clients, or labels that say so; () where nothing is clear."""
    counted = [task for task in tasks if task.counts]
    for filter_, values in _candidates(counted):
        sizes = Counter(value for value in values.values() if value)
        if _LEAST <= len(sizes) <= _MOST and min(sizes.values()) >= _LEAST and sizes.total() >= _SHARE * len(counted):
            kept: dict[str, list[Task]] = {name: [] for name in sizes}
            for task in counted:
                if values[task.key]:
                    kept[values[task.key]].append(task)
            client = filter_.startswith("column:") and field_of(filter_.removeprefix("column:").rstrip("=")) == "client"
            return tuple(
                _Part(f"{filter_}{name}", name.partition(":")[2].strip() or name, kept[name], name if client else "")
                for name in sizes
            )
    return ()


def _candidates(counted: Sequence[Task]) -> Iterator[tuple[str, dict[str, str]]]:
    """What may split a board: the beginning of a filter, and its value by task."""
    headings = list(dict.fromkeys(heading for task in counted for heading in task.extra))
    for wanted in (_is_project, _is_client):
        for heading in filter(wanted, headings):
            if "=" not in heading:
                yield f"column:{heading}=", {task.key: task.extra.get(heading, "").strip() for task in counted}
    leads = {task.key: next((label for label in task.labels if _leads(label)), "") for task in counted}
    yield "label:", leads


def _is_project(heading: str) -> bool:
    return is_one_of("board_kind", "projects", heading)


def _is_client(heading: str) -> bool:
    return field_of(heading) == "client"


def _leads(label: str) -> bool:
    lead, colon, rest = label.partition(":")
    return bool(colon and rest.strip()) and is_one_of("board_kind", "label_leads", lead)


def _parts(
    board: str, name: str, parts: Sequence[_Part], plan: Plan, taken: Iterable[str]
) -> Iterator[ProjectProposal]:
    """A project a part, then one for what no part has."""
    names = set(taken)
    covered = 0
    for part in parts:
        short = alias(part.name, names, "projet")
        names.add(short)
        covered += len(part.tasks)
        yield _project(short, part.name, (board,), plan, part)
    rest = sum(task.counts for task in plan.tasks[board]) - covered
    if rest:
        other = _Part("", name, [])
        note = Note(plural("{count} task names none of the above.", "{count} tasks name none of the above.", rest))
        project = _project(alias(name, names, "projet"), name, (board,), plan, other)
        yield replace(project, notes=(note, *project.notes))


def _only_value(plan: Plan, group: Sequence[str]) -> str:
    """The one project that a column of projects names on all these boards; "" where it names several or none."""
    values = {
        value.strip()
        for each in group
        for task in plan.tasks[each]
        if task.counts
        for heading, value in task.extra.items()
        if _is_project(heading) and value.strip()
    }
    return values.pop() if len(values) == 1 else ""
