"""From a row to a task. Pure: no file, no clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from retro.i18n.words import fold, informative_title, says_milestone, separator_title, size_of
from retro.model import (
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
from retro_files.amounts import number, points_in, work
from retro_files.body import Line
from retro_files.cells import says_yes, text_of
from retro_files.columns import DATES, Reader
from retro_files.headings import estimate_unit
from retro_files.identity import Index, Key
from retro_files.predecessors import references
from retro_files.revision import revision
from retro_files.statuses import row_status

_CHANNEL = re.compile(r"[^\w\[\]]*\[\s*([^\[\]]{1,60}?)\s*\](?!\()")
_LABELS = re.compile(r"\s*[,;|\n]\s*")
_FIXED = re.compile(r"(?<!\w)(?:fixed|fixe|impose)(?!\w)")
_SUMMARY = frozenset({"summary", "recapitulatif", "recapitulative", "phase", "group", "groupe", "section", "project"})
_KEPT = ("channel", "client", "phase", "priority", "section", "kind", "estimate")
"""Columns of the model that filters and options may also name by their headings."""


@dataclass(frozen=True, slots=True)
class Dates:
    """A row's days, which of them were assumed, and which could not be read."""

    found: Mapping[str, Day]
    assumed: frozenset[str]
    unreadable: tuple[Unreadable, ...]


def task_of(line: Line, key: Key, reader: Reader, index: Index, parent: str | None) -> Task:
    """One row; `index` knows what its links name, `parent` is the key of the row above it in the outline."""
    settings, columns = reader.settings, reader.body.columns
    title = text_of(columns.cell(line.cells, "title"))
    days = _dates(line, reader)
    labels = tuple(filter(None, _LABELS.split(reader.text(line, "labels"))))
    kind = reader.text(line, "kind")
    size, bad_size = _estimates(line, title, labels, reader)
    status = _status(line, reader, days)
    section = reader.text(line, "section")
    url = reader.text(line, "url")
    extra = {
        column.heading: text_of(line.cells[column.place]) for column in columns.others if _holds(line, column.place)
    }
    extra |= {columns.heading(field): text for field in _KEPT if (text := reader.text(line, field))}
    unreadable = (*days.unreadable, *bad_size)
    extra |= {columns.heading(each.field) or each.field: each.text for each in unreadable}
    task = Task(
        key=key.key,
        board=settings.board,
        title=title,
        url=url if url.startswith(("http://", "https://")) else None,
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
        references=_references(line, reader, index),
        parent=parent,
        handles=(url,) if url.startswith(("http://", "https://")) else (),
        milestone=_milestone(kind, labels, size, reader),
        role=_role(title),
        memberships=(Membership(settings.board, section or (status.raw or "")),),
        constraint=_constraint(days, reader),
        identity=key.identity,
        assumed=days.assumed | (frozenset({"status"}) if _guessed(status) else frozenset()),
        opted_out=_opted_out(line, labels, reader),
        extra=extra,
        unreadable=unreadable,
    )
    return replace(task, revision=revision(task))


def _holds(line: Line, place: int) -> bool:
    return place < len(line.cells) and line.cells[place] is not None


def _dates(line: Line, reader: Reader) -> Dates:
    """The row's days; a range in one column gives the other end where that has no cell of its own."""
    read = {field: reader.day(line, field) for field in DATES}
    spans = {field: span for field, span in read.items() if span is not None}
    unreadable = tuple(
        Unreadable(field, reader.text(line, field))
        for field in DATES
        if field not in spans and reader.cell(line, field) is not None
    )
    found: dict[str, Day] = {field: span.end for field, span in spans.items()}
    if "start" in spans and (begun := spans["start"].start) is not None:
        found["start"] = begun
        found.setdefault("due", spans["start"].end)
    if "due" in spans and (begun := spans["due"].start) is not None:
        found.setdefault("start", begun)
    assumed = frozenset(field for field, span in spans.items() if span.assumed)
    return Dates(found, assumed, unreadable)


def _estimates(
    line: Line, title: str, labels: tuple[str, ...], reader: Reader
) -> tuple[tuple[Estimate, ...], tuple[Unreadable, ...]]:
    """Every statement of size, numbers first, and the cell that is none."""
    heading = reader.body.columns.heading("estimate")
    cell = reader.cell(line, "estimate")
    unit, minutes = estimate_unit(heading), reader.settings.day_minutes
    said = work(cell, unit=unit, field=heading, day_minutes=minutes) if cell is not None else None
    unreadable = (Unreadable("estimate", text_of(cell)),) if cell is not None and said is None else ()
    bad_percent = reader.cell(line, "percent")
    if bad_percent is not None and number(bad_percent) is None:
        unreadable = (*unreadable, Unreadable("percent", text_of(bad_percent)))
    sizes = (Estimate(EstimateOrigin.SIZE, text=size) for label in labels if (size := size_of(label)) is not None)
    return tuple(each for each in (said, points_in(title), *sizes) if each is not None), unreadable


def _status(line: Line, reader: Reader, days: Dates) -> Status:
    return row_status(
        reader.text(line, "status"),
        reader.text(line, "section"),
        reader.settings,
        done=says_yes(reader.cell(line, "done")) or "actual_finish" in days.found,
        percent=reader.percent(line),
    )


def _guessed(status: Status) -> bool:
    """Whether a status is a word that no list knows; a row without any assumes nothing that it says."""
    return status.origin is StatusOrigin.INFERRED and status.raw is not None


def _channel(title: str) -> str | None:
    """What stands in brackets at a title's beginning (an emoji before it allowed); no link's words."""
    match = _CHANNEL.match(title)
    return match[1] if match and any(char.isalnum() for char in match[1]) else None


def _references(line: Line, reader: Reader, index: Index) -> tuple[Reference, ...]:
    day = reader.settings.day_minutes
    before = reader.text(line, "predecessors")
    after = reader.text(line, "successors")
    return (
        *references(before, index, day_minutes=day),
        *references(after, index, day_minutes=day, direction=LinkDirection.SUCCESSOR),
    )


def _milestone(kind: str, labels: tuple[str, ...], sizes: tuple[Estimate, ...], reader: Reader) -> bool:
    """A row of that kind or label, one ticked in a column "Jalon", or one that lasts nothing and holds no others."""
    if says_milestone(kind) or any(map(says_milestone, labels)):
        return True
    if says_milestone(reader.body.columns.heading("kind")) and says_yes(kind):
        return True
    return any(each.value == 0 for each in sizes) and fold(kind) not in _SUMMARY


def _role(title: str) -> Role:
    if separator_title(title):
        return Role.SEPARATOR
    return Role.INFORMATIVE if informative_title(title) else Role.TASK


def _constraint(days: Dates, reader: Reader) -> Constraint | None:
    """A start that its heading calls fixed holds: no earlier than that."""
    heading = fold(reader.body.columns.heading("start").replace("_", " "))
    start = days.found.get("start")
    return Constraint(ConstraintType.SNET, start) if start is not None and _FIXED.search(heading) else None


def _opted_out(line: Line, labels: tuple[str, ...], reader: Reader) -> bool:
    wanted = fold(reader.settings.opt_out)
    ticked = any(
        fold(column.heading) == wanted and _holds(line, column.place) and says_yes(line.cells[column.place])
        for column in reader.body.columns.others
    )
    return ticked or any(fold(label) == wanted for label in labels)
