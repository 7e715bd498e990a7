"""From a row to a task. Pure: no file, no clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from retro.i18n.words import fold, informative_title, says_milestone, separator_title, size_of
from retro.model import (
    Category,
    Constraint,
    ConstraintType,
    Day,
    Estimate,
    EstimateOrigin,
    LinkDirection,
    Membership,
    Reference,
    Role,
    Status,
    StatusOrigin,
    Task,
    Unreadable,
)
from retro.tables.table import Cell
from retro_files.amounts import points_in
from retro_files.body import Line
from retro_files.cells import is_tick, says_yes, text_of
from retro_files.columns import DATES, Reader
from retro_files.identity import Index, Key
from retro_files.predecessors import references
from retro_files.revision import revision

_CHANNEL = re.compile(r"[^\w\[\]]*\[\s*([^\[\]]{1,60}?)\s*\](?!\()")
_LABELS = re.compile(r"\s*[,;|\n]\s*")
_SUMMARY = frozenset({"summary", "recapitulatif", "recapitulative", "phase", "group", "groupe", "section", "project"})
_NAMES = {"owner": "owners"}
_FIELDS = {name: field for field, name in _NAMES.items()}
"""Fields of the model that are called otherwise here."""
_GUESSED_STATUS = frozenset({"status"})


@dataclass(frozen=True, slots=True)
class Dates:
    """A row's days, which of them were assumed, and which could not be read."""

    found: Mapping[str, Day]
    assumed: frozenset[str] = frozenset()
    unreadable: tuple[Unreadable, ...] = ()


def task_of(line: Line, key: Key, reader: Reader, index: Index, parent: str | None) -> Task:
    """One row; `index` knows what its links name, `parent` is the key of the row above it in the outline."""
    settings, columns = reader.settings, reader.body.columns
    title = line.title
    days = _dates(line, reader)
    labels = _labels(reader.text(line, "labels"))
    kind = reader.text(line, "kind")
    size, bad_size = _estimates(line, title, labels, reader)
    status = _status(line, reader, days)
    url = reader.text(line, "url")
    address = url if url.startswith(("http://", "https://")) else None
    unreadable = (*days.unreadable, *bad_size, *(Unreadable(_NAMES.get(f, f), text) for f, text in line.spoilt.items()))
    references_ = _references(line, reader, index)
    others = {column.heading: line.cells[column.place] for column in columns.others if column.place < len(line.cells)}
    return Task(
        key=key.key,
        board=settings.board,
        title=title,
        url=address,
        description=text_of(columns.cell(line.cells, "description")) if "description" in columns else None,
        owners=reader.people["owner"].owners(reader.cell(line, "owner"), reader.text(line, "email")),
        reviewer=next(iter(reader.people["reviewer"].owners(reader.cell(line, "reviewer"))), None),
        start=days.found.get("start"),
        due=days.found.get("due"),
        actual_start=days.found.get("actual_start"),
        actual_finish=days.found.get("actual_finish"),
        percent=reader.percent(line),
        estimates=tuple(each for each in size if each.value != 0),
        status=status,
        channel=reader.text(line, "channel") or _channel(title),
        client=reader.text(line, "client") or None,
        phase=reader.text(line, "phase") or line.banner or None,
        labels=labels,
        priority=reader.text(line, "priority") or None,
        references=references_,
        parent=parent,
        handles=(address,) if address else (),
        milestone=_milestone(kind, labels, size, reader),
        role=_role(title),
        memberships=(Membership(settings.board, reader.text(line, "section") or (status.raw or "")),),
        constraint=_constraint(days, reader),
        identity=key.identity,
        assumed=days.assumed | _GUESSED_STATUS if _guessed(status) else days.assumed,
        opted_out=_opted_out(line, labels, reader),
        extra=_extra(line, others, reader, unreadable),
        unreadable=unreadable,
        revision=revision(line, others.values(), status.category, references_, parent),
    )


def _extra(
    line: Line, others: Mapping[str, Cell], reader: Reader, unreadable: tuple[Unreadable, ...]
) -> dict[str, str]:
    """The cells of all other columns under their headings, those that options may name, and what was not read."""
    columns = reader.body.columns
    extra = {heading: text_of(cell) for heading, cell in others.items() if cell is not None}
    for field in reader.kept:
        if field in line.said:
            extra[columns.heading(field)] = text_of(line.said[field])
    for each in unreadable:
        extra[columns.heading(_FIELDS.get(each.field, each.field)) or each.field] = each.text
    return extra


@lru_cache(maxsize=4096)
def _labels(text: str) -> tuple[str, ...]:
    return tuple(filter(None, _LABELS.split(text)))


def _dates(line: Line, reader: Reader) -> Dates:
    """The row's days; a range in one column gives the other end where that has no cell of its own."""
    found: dict[str, Day] = {}
    begins: dict[str, Day] = {}
    assumed: list[str] = []
    unreadable: list[Unreadable] = []
    for field in DATES:
        value = line.said.get(field)
        if value is None:
            continue
        if type(value) is date:
            found[field] = value  # as most are
            continue
        span = reader.day(line, field)
        if span is None:
            unreadable.append(Unreadable(field, text_of(value)))
            continue
        found[field] = span.end
        if span.start is not None:
            begins[field] = span.start
        if span.assumed:
            assumed.append(field)
    if "start" in begins:
        found.setdefault("due", found["start"])
        found["start"] = begins["start"]
    if "due" in begins:
        found.setdefault("start", begins["due"])
    return Dates(found, frozenset(assumed), tuple(unreadable))


def _estimates(
    line: Line, title: str, labels: tuple[str, ...], reader: Reader
) -> tuple[tuple[Estimate, ...], tuple[Unreadable, ...]]:
    """Every statement of size, numbers first, and the cell that is none."""
    cell = reader.cell(line, "estimate")
    said = reader.work(cell) if cell is not None else None
    unreadable = (Unreadable("estimate", text_of(cell)),) if cell is not None and said is None else ()
    bad_percent = reader.cell(line, "percent")
    if bad_percent is not None and reader.number(bad_percent) is None and not is_tick(bad_percent):
        unreadable = (*unreadable, Unreadable("percent", text_of(bad_percent)))
    found = [said] if said is not None else []
    if "(" in title and (points := points_in(title)) is not None:
        found.append(points)
    found += [Estimate(EstimateOrigin.SIZE, text=size) for label in labels if (size := size_of(label)) is not None]
    return tuple(found), unreadable


def _status(line: Line, reader: Reader, days: Dates) -> Status:
    done = line.said.get("done")
    found = reader.status(
        reader.text(line, "status"),
        reader.text(line, "section"),
        done="actual_finish" in days.found or (done is not None and (says_yes(done) or isinstance(done, date))),
        percent=reader.percent(line),
    )
    if line.struck and found.origin is StatusOrigin.INFERRED and found.raw is None:
        # Whether it was done or dropped, nobody waits for it any more; the board says that this was assumed.
        return Status(None, Category.DONE, StatusOrigin.INFERRED)
    return found


def _guessed(status: Status) -> bool:
    """Whether a status is a word that no list knows; a row without any assumes nothing that it says."""
    return status.origin is StatusOrigin.INFERRED and status.raw is not None


def _channel(title: str) -> str | None:
    """What stands in brackets at a title's beginning (an emoji before it allowed); no link's words."""
    match = _CHANNEL.match(title) if "[" in title else None
    return match[1] if match and any(char.isalnum() for char in match[1]) else None


def _references(line: Line, reader: Reader, index: Index) -> tuple[Reference, ...]:
    before = reader.text(line, "predecessors")
    after = reader.text(line, "successors")
    if not before and not after:
        return ()
    day = reader.settings.day_minutes
    return (
        *references(before, index, day_minutes=day),
        *references(after, index, day_minutes=day, direction=LinkDirection.SUCCESSOR),
    )


def _milestone(kind: str, labels: tuple[str, ...], sizes: tuple[Estimate, ...], reader: Reader) -> bool:
    """A row of that kind or label, one ticked in a column "Jalon", or one that lasts nothing and holds no others."""
    if any(says_milestone(word) for word in (kind, *labels) if word):
        return True
    if kind and says_milestone(reader.body.columns.heading("kind")) and says_yes(kind):
        return True
    return bool(sizes) and any(each.value == 0 for each in sizes) and fold(kind) not in _SUMMARY


@lru_cache(maxsize=4096)
def _role(title: str) -> Role:
    if separator_title(title):
        return Role.SEPARATOR
    return Role.INFORMATIVE if informative_title(title) else Role.TASK


def _constraint(days: Dates, reader: Reader) -> Constraint | None:
    """A start that its heading calls fixed holds: no earlier than that."""
    start = days.found.get("start")
    return Constraint(ConstraintType.SNET, start) if start is not None and reader.fixed_starts else None


def _opted_out(line: Line, labels: tuple[str, ...], reader: Reader) -> bool:
    wanted = fold(reader.settings.opt_out)
    ticked = any(column.place < len(line.cells) and says_yes(line.cells[column.place]) for column in reader.opt_outs)
    return ticked or any(fold(label) == wanted for label in labels)
