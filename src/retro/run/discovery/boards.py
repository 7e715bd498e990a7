"""One board as it would stand in retro.toml: how it is read, and what is to be said of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, tzinfo

from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Board, BoardKind, ColumnUse, Role, StatusOrigin, Task
from retro.model.proposal import BoardProposal, Note
from retro.report.mapping_words import columns_in_words
from retro.report.untrusted import printable
from retro.run.discovery.ends import last_of, likely, said
from retro.run.discovery.estimates import estimates
from retro.run.discovery.found import Found
from retro.run.discovery.kinds import kind_of
from retro.run.discovery.statuses import statuses

_UNPINNED = frozenset({"title"})
"""Roles that a board's columns cannot lose."""
_SHOWN = 3
_LABELLED = 0.5
"""The share of tasks without an owner from which labels with first names are worth a word."""


def proposed(
    found: Found, board: Board, tasks: Sequence[Task], *, alias: str, linked: bool, today: date, zone: tzinfo
) -> BoardProposal:
    """What is proposed for a board that was read; `linked`: tasks of it wait for others."""
    told = last_of(tasks, board.anchors, zone)
    fit = likely(tasks, zone) if told is None else None
    if fit is not None:
        told = fit[0].title, fit[1]
    kind = kind_of(board, tasks, dated_end=said(*told) if told is not None else "", linked=linked)
    read = statuses(board, tasks, today)
    fields, sizes = estimates(tasks)
    notes = [*_columns_note(board, found), *_labels(tasks, found), *_unread(tasks), *_visibility(found)]
    if not any(task.counts or task.role is Role.PROJECT for task in tasks):
        notes.insert(0, Note(_("no task is on it yet: look at this again when there are some."), check=True))
    notes += [Note(printable(warning)) for warning in board.warnings]
    return BoardProposal(
        alias=alias,
        source=found.source,
        at=found.at,
        name=printable(found.name or board.name),
        key=board.key,
        size=_size(tasks),
        kind=kind.kind,
        kind_sure=kind.sure,
        why=kind.why,
        status=read.written,
        open_statuses=read.open,
        suggested=read.suggested,
        status_notes=read.notes,
        columns=_pinned(board.mapping) if found.pins_columns else {},
        estimate=fields,
        estimate_notes=sizes,
        notes=tuple(notes),
        writable=found.writable,
    )


def left_out(found: Found, alias: str, why: str) -> BoardProposal:
    """A board that stands in the file as a comment, and why."""
    return BoardProposal(
        alias=alias,
        source=found.source,
        at=found.at,
        name=printable(found.name or found.at),
        kind=BoardKind.PROJECT,
        why=why,
        picked=False,
    )


def is_plan(board: Board, tasks: Collection[Task]) -> bool:
    """Whether a board has anything of a plan: a status, a date or a person; a base of contacts or notes has none."""
    if any(use.role in ("status", "due", "owners", "done") for use in board.mapping):
        return True
    if any(status.origin is not StatusOrigin.INFERRED for status in board.sections):
        return True
    return not board.mapping or any(task.due is not None or task.owners for task in tasks)


def _pinned(mapping: Iterable[ColumnUse]) -> dict[str, tuple[str, str]]:
    """The columns by what they hold, those that have an id; a role that several share is left to be found by name."""
    by_role: dict[str, list[ColumnUse]] = {}
    for use in mapping:
        if use.id and use.role not in _UNPINNED:
            by_role.setdefault(use.role, []).append(use)
    return {role: (uses[0].id, printable(uses[0].name)) for role, uses in by_role.items() if len(uses) == 1}


def _columns_note(board: Board, found: Found) -> Iterator[Note]:
    """Columns that are not pinned, as they were understood."""
    pinned = _pinned(board.mapping) if found.pins_columns else {}
    told = [
        use
        for use in board.mapping
        if use.role not in (*pinned, "estimate") and not (found.pins_columns and use.role in _UNPINNED)
    ]
    if told:
        yield Note(_("Columns: {columns}.", columns=columns_in_words(told)))


def _labels(tasks: Sequence[Task], found: Found) -> Iterator[Note]:
    """Labels that carry people's first names, where nobody is named as tools name people."""
    still = [task for task in tasks if task.is_open]
    without = sum(not task.owners for task in still)
    if not still or without < _LABELLED * len(still):
        return
    members = [person.name for person in (found.snapshot.people if found.snapshot is not None else ())]
    known = [*members, *(owner.name for task in tasks for owner in task.owners)]
    owners = {fold(name.split()[0]) for name in known if name.split()}
    names = {fold(label): label for task in tasks for label in task.labels}
    people = [printable(names[word]) for word in sorted(names.keys() & owners)]
    if people:
        yield Note(
            _(
                "labels carry names ({names}); retro takes owners from the members of a card, and {count} have none.",
                names=", ".join(people),
                count=without,
            ),
            check=True,
        )


def _unread(tasks: Sequence[Task]) -> Iterator[Note]:
    """Cells that could not be read as what their column holds."""
    cells = [cell.text for task in tasks if task.counts for cell in task.unreadable]
    if cells:
        shown = ", ".join(_("“{name}”", name=printable(text)) for text in list(dict.fromkeys(cells))[:_SHOWN])
        text = plural(
            "{count} cell could not be read, as SRC101 says too: {cells}.",
            "{count} cells could not be read, as SRC101 says too: {cells}.",
            len(cells),
            cells=shown,
        )
        yield Note(text, check=True)


def _visibility(found: Found) -> Iterator[Note]:
    if not found.writable:
        return
    if found.guests_see:
        yield Note(_("Guests or the public see this board: writing there takes write_where_guests_see = true as well."))
    elif found.guests_see is None and not found.visibility_told:
        yield Note(_("Whether guests see this board is not told by the tool; retro counts it as the team's own."))


def _size(tasks: Sequence[Task]) -> str:
    counted = [task for task in tasks if task.counts]
    still = plural("{count} open", "{count} open", sum(task.is_open for task in counted))
    return f"{plural('{count} task', '{count} tasks', len(counted))}, {still}"
