"""How each board is understood, for `retro pull`: what its lists mean, where statuses, sizes and links come from.

Drawn from the model alone. The last line of a board goes into retro.toml as it stands, to pin or correct the lists.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.words import fold, informative_section
from retro.model import Board, Category, ColumnUse, EstimateOrigin, How, Portfolio, Role, Status, StatusOrigin, Task
from retro.report.mapping_words import (
    StatusSource,
    category_word,
    estimate_word,
    origin_word,
    role_word,
    source_word,
)
from retro.report.terminal import encodable
from retro.report.toml_text import inline_table, table_key
from retro.report.untrusted import printable

_NAME_MOST = 40
"""Columns beyond which a list's long name no longer pushes the others' meanings to the right."""
_SEPARATOR = " · "


def draw(portfolio: Portfolio, console: Console) -> None:
    """Print every board's mapping in the current language, a line a fact; the terminal folds what is too long."""
    tasks: defaultdict[str, list[Task]] = defaultdict(list)
    for task in portfolio.tasks:
        tasks[task.board].append(task)
    board_of = {task.key: task.board for task in portfolio.tasks}
    lost = Counter(board_of.get(link.task) for link in portfolio.unresolved)
    arrow = "->" if console.options.ascii_only else "→"
    for place, board in enumerate(portfolio.boards):
        if place:
            console.print()
        for line in _board(board, tasks[board.key], lost[board.key], arrow):
            console.print(encodable(line, console), soft_wrap=True)


def _board(board: Board, tasks: Sequence[Task], lost: int, arrow: str) -> Iterator[Text]:
    counted = [task for task in tasks if task.counts]
    items = sum(task.role is Role.ITEM and not task.archived for task in tasks)
    projects = sum(task.role is Role.PROJECT and not task.archived for task in tasks)
    yield Text(_heading(board, len(counted), items, projects), style="bold")
    yield from _lists(board, arrow)
    facts = {
        _("Status"): _numbers(_sources(counted)),
        _("Fields"): _SEPARATOR.join(_use(use, arrow) for use in board.mapping),
        _("Estimates"): _numbers(_estimates(counted)),
        _("Dependencies"): _numbers(_links(counted, lost)),
    }
    width = max(map(cell_len, facts)) + 2
    yield from (Text(f"  {_padded(name, width)}{said}") for name, said in facts.items() if said)
    yield from (Text(f"  ! {printable(warning)}", style="yellow") for warning in board.warnings)
    yield from _pin(board, counted)


def _heading(board: Board, tasks: int, items: int, projects: int) -> str:
    if projects and not tasks:
        return plural("{board}: {count} project", "{board}: {count} projects", projects, board=printable(board.name))
    said = plural("{board}: {count} task", "{board}: {count} tasks", tasks, board=printable(board.name))
    if items:
        said += plural(", {count} line of a checklist", ", {count} lines of checklists", items)
    return said


def _use(use: ColumnUse, arrow: str) -> str:
    """What a column holds; where only a view of the tool tells it, which."""
    said = f"{printable(use.name)} {arrow} {role_word(use.role)}"
    if use.how is How.VIEW:
        said += f" ({_('read in the view “{view}”', view=printable(use.told))})"
    return said


def _lists(board: Board, arrow: str) -> Iterator[Text]:
    names = [printable(section.raw or "") or _("(untitled)") for section in board.sections]
    width = min(_NAME_MOST, max(map(cell_len, names), default=0))
    for name, section in zip(names, board.sections, strict=True):
        line = Text(f"    {_padded(name, width)} {arrow} ")
        if _set_aside(section):
            line.append(_("set aside: it informs"), "dim")
        else:
            line.append(category_word(section.category))
            if section.origin is StatusOrigin.INFERRED:
                line.append(f"  ? {_('assumed')}", "yellow")
        yield line


def _set_aside(section: Status) -> bool:
    return section.origin is StatusOrigin.INFERRED and informative_section(section.raw or "")


def _padded(name: str, width: int) -> str:
    return name + " " * (width - cell_len(name))


def _numbers(counts: Mapping[str, int]) -> str:
    return _SEPARATOR.join(f"{what} ({count})" for what, count in counts.items() if count)


def _sources(tasks: Iterable[Task]) -> dict[str, int]:
    found = Counter(map(_source, tasks))
    return {source_word(source): found[source] for source in get_args(StatusSource)}


def _source(task: Task) -> StatusSource:
    """Where a task's status comes from."""
    match task.status.origin:
        case StatusOrigin.INFERRED:
            return "assumed"
        case StatusOrigin.NATIVE:
            return "told"
    if task.status.raw == task.section:
        return "list"
    return "label" if task.status.raw in task.labels else "field"


def _estimates(tasks: Iterable[Task]) -> Counter[str]:
    """What each task's size is first read from; a remainder counts apart."""
    found: Counter[str] = Counter()
    without = left = 0
    for task in tasks:
        first = next(iter(task.estimates), None)
        left += task.remaining is not None
        if first is None:
            without += 1
        else:
            found[printable(first.field) or estimate_word(first.origin)] += 1
    ordered = Counter(dict(sorted(found.items(), key=lambda each: (-each[1], each[0]))))
    ordered[estimate_word(EstimateOrigin.DEFAULT)] = without
    ordered[_("work left")] = left
    return ordered


def _links(tasks: Sequence[Task], lost: int) -> Counter[str]:
    found = Counter(origin_word(reference.origin) for task in tasks for reference in task.references)
    found[_("parts")] = sum(len(task.children) for task in tasks)
    found[_("related only")] = sum(len(task.related) for task in tasks)
    found[_("leading nowhere")] = lost
    return found


def _pin(board: Board, tasks: Iterable[Task]) -> Iterator[Text]:
    """The line for retro.toml: every name that gives a status, none that is only assumed."""
    if not board.sections:
        return
    names: dict[Category, dict[str, str]] = {category: {} for category in Category}
    for status in (*board.sections, *(task.status for task in tasks if _source(task) == "label")):
        if status.raw and status.origin is not StatusOrigin.INFERRED:
            names[status.category].setdefault(fold(status.raw), status.raw)
    open_questions = any(
        section.origin is StatusOrigin.INFERRED and not _set_aside(section) for section in board.sections
    )
    listed = {category.value: list(found.values()) for category, found in names.items() if found or open_questions}
    yield Text(
        "  " + _("To pin or correct this, under [boards.{board}] in retro.toml:", board=table_key(board.alias or "…")),
        style="dim",
    )
    yield Text(f"  status = {inline_table(listed)}")
    if open_questions:
        yield Text("  " + _("What is assumed stands in none of these: add it where it belongs."), style="dim")
