"""From Notion's documents to the common model, for live databases and exports alike. Pure: no request, no clock."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from retro.i18n.own_fields import own_field_of
from retro.i18n.words import fold, informative_section, informative_title, says_milestone, separator_title
from retro.model import (
    Attachment,
    Board,
    Category,
    Day,
    Membership,
    Owner,
    Person,
    Role,
    Snapshot,
    Status,
    StatusOrigin,
    Task,
    Unreadable,
)
from retro_notion import values
from retro_notion.comments import PLACE, REVIEW
from retro_notion.estimates import estimates
from retro_notion.ids import handle_of_id, key_of
from retro_notion.own import own_values
from retro_notion.payload import Column, Page
from retro_notion.people import owners
from retro_notion.reading import BoardReading
from retro_notion.references import relations
from retro_notion.revision import revision
from retro_notion.status import NONE
from retro_notion.warnings import warnings

_NOT_DECISIVE = frozenset(
    {"formula", "rollup", "button", "created_by", "created_time", "unique_id", "verification", "people"}
)
"""Kinds of column that no revision looks at: Notion fills them by itself, and people count by their keys."""
_TOLD_ELSEWHERE = frozenset({"title", "last_edited_by", "last_edited_time"})
_PREFIX = re.compile(r"[^\w\[\]]*\[\s*([^\[\]]{1,60}?)\s*\]")


def snapshot(
    on: BoardReading, pages: Iterable[Page], *, source: str, read_at: datetime, facts: Iterable[str] = ()
) -> Snapshot:
    """The whole board; `facts` are what the read has to say of itself."""
    tasks = tuple(task_of(page, on) for page in pages)
    people = {each.key: each for task in tasks for each in task.owners}
    commented = (REVIEW,) if on.comments is not None else ()
    board = Board(
        key=on.key,
        name=on.source.title,
        source=source,
        url=on.source.url or None,
        alias=on.settings.alias,
        sections=on.status.sections() if on.status is not None else (),
        archived_known=False,
        guests_see=None,
        own_fields=tuple(sorted({*on.columns.own, *commented})),
        own_in=dict.fromkeys(commented, PLACE),
        mapping=on.columns.mapping,
        warnings=(*facts, *warnings(on.columns, on.source)),
    )
    known = tuple(Person(key=key, name=each.name, keys=(key,), email=each.email) for key, each in people.items())
    return Snapshot(board=board, tasks=tasks, people=known, read_at=read_at)


def task_of(page: Page, on: BoardReading) -> Task:
    """One page."""
    title = on.title(page)
    said = {use.role: values.text(page.properties.get(use.column.id)) for use in on.columns.uses}
    status = _status(page, on)
    start, due = _dates(page, on)
    labels = tuple(name for _id, name in _options(page, on, "labels"))
    links = relations(page, on.columns, on.titles, _prefix(on), day_minutes=on.settings.day_minutes)
    editor = page.last_edited_by
    task = Task(
        key=key_of(page.id),
        board=on.key,
        title=title,
        url=page.url or None,
        description=said.get("description"),
        attachments=_attachments(page),
        owners=_people(page, on, "owners"),
        reviewer=next(iter(_people(page, on, "reviewer")), None),
        start=start,
        due=due,
        actual_start=_date(page, on, "actual_start"),
        actual_finish=_date(page, on, "actual_finish"),
        percent=_percent(page, on),
        estimates=estimates(page, title, on.columns.estimates, _choices(on)),
        status=status,
        channel=said.get("channel") or _channel_of(title),
        client=said.get("client") or None,
        phase=said.get("phase") or None,
        priority=said.get("priority") or None,
        labels=labels,
        references=links.references,
        parent=links.parent,
        children=links.children,
        related=links.related,
        projects=links.projects,
        handles=_handles(page),
        launch=_date(page, on, "launch"),
        type=said.get("type") or None,
        milestone=_milestone(page, on, labels, said.get("type", "")),
        created=page.created_time,
        updated=page.last_edited_time,
        last_editor=key_of(editor.id) if editor is not None else None,
        archived=page.set_aside,
        role=_role(title, status, on),
        memberships=(Membership(on.key, status.raw or ""),),
        assumed=frozenset({"status"}) if status.origin is StatusOrigin.INFERRED else frozenset(),
        opted_out=_opted_out(page, on),
        own=own_values(page, on.columns.own, on.zone),
        extra=_extra(page, on),
        unreadable=tuple(_unreadable(page, on)),
    )
    passed_over = {column.name for column in on.source.columns if column.type in _NOT_DECISIVE}
    return _with_remark(replace(task, revision=revision(task, passed_over)), page, on)


def _with_remark(task: Task, page: Page, on: BoardReading) -> Task:
    """The task with retro's comment on it, where remarks are comments; it moves no revision, as no comment does."""
    said = on.comments.of(page.id) if on.comments is not None else None
    if said is None:
        return task
    own = task.own if said.text is None else {**task.own, REVIEW: said.text}
    return replace(task, own=own, marks={REVIEW: f"{PLACE}:{said.id}"})


def _status(page: Page, on: BoardReading) -> Status:
    """The status column's word; a tick in a column such as "Fait" makes done of anything that is not cancelled."""
    found = on.status.of(page.properties.get(on.status.column.id)) if on.status is not None else NONE
    done = on.columns.of("done")
    if done is None or found.category is Category.CANCELLED:
        return found
    ticked = values.checked(page.properties.get(done.id))
    if ticked:
        return Status(found.raw, Category.DONE, StatusOrigin.NATIVE)
    return Status(None, Category.TODO, StatusOrigin.NATIVE) if on.status is None and ticked is False else found


def _dates(page: Page, on: BoardReading) -> tuple[Day | None, Day | None]:
    """Start and due: two columns, or one range; a lone date of a range is the due date."""
    start_column, due_column = on.columns.of("start"), on.columns.of("due")
    begins, ends = values.dates(page.properties.get(due_column.id) if due_column else None, on.zone)
    due = ends or begins
    start = begins if ends is not None else None
    if start_column is None or start_column == due_column:
        return start, due
    own_start, own_end = values.dates(page.properties.get(start_column.id), on.zone)
    return own_start or start, due or own_end


def _date(page: Page, on: BoardReading, role: str) -> Day | None:
    column = on.columns.of(role)
    start, end = values.dates(page.properties.get(column.id) if column else None, on.zone)
    return end or start


def _unreadable(page: Page, on: BoardReading) -> Iterator[Unreadable]:
    """Dates that are none, as they stand."""
    for role in ("start", "due", "actual_start", "actual_finish"):
        column = on.columns.of(role)
        cell = page.properties.get(column.id) if column is not None else None
        for text in values.no_dates(cell, on.zone):
            yield Unreadable(role, text)


def _people(page: Page, on: BoardReading, role: str) -> tuple[Owner, ...]:
    column = on.columns.of(role)
    return owners(page.properties.get(column.id) if column is not None else None, on.users)


def _percent(page: Page, on: BoardReading) -> float | None:
    """Progress from 0 to 100: a column in per cent holds 0.4 for 40 %."""
    column = on.columns.of("percent")
    found = values.number(page.properties.get(column.id)) if column is not None else None
    if column is None or found is None:
        return None
    return found * 100 if column.config.get("format") == "percent" else found


def _options(page: Page, on: BoardReading, role: str) -> list[tuple[str, str]]:
    """Chosen options; those of a text, which an export holds, stand between commas."""
    column = on.columns.of(role)
    cell = page.properties.get(column.id) if column is not None else None
    if cell is not None and cell.type == "rich_text":
        return [("", piece.strip()) for piece in values.text(cell).split(",") if piece.strip()]
    return values.options(cell)


def _choices(on: BoardReading) -> list[Column]:
    return [column for column in on.source.columns if column.type == "select"]


def _milestone(page: Page, on: BoardReading, labels: Iterable[str], kind: str) -> bool:
    ticked = on.columns.of("milestone")
    marked = ticked is not None and values.checked(page.properties.get(ticked.id)) is True
    return marked or any(map(says_milestone, labels)) or says_milestone(kind)


def _role(title: str, status: Status, on: BoardReading) -> Role:
    if separator_title(title):
        return Role.SEPARATOR
    if informative_title(title):
        return Role.INFORMATIVE
    section = status.raw or ""
    return Role.INFORMATIVE if on.settings.category(section) is None and informative_section(section) else Role.TASK


def _opted_out(page: Page, on: BoardReading) -> bool:
    """A checkbox of that name, or an option of that name in any column."""
    wanted = fold(on.settings.opt_out)
    ticked = (c for c in on.source.columns if c.type == "checkbox" and fold(c.name) == wanted)
    if any(values.checked(page.properties.get(column.id)) for column in ticked):
        return True
    return any(fold(name) == wanted for cell in page.properties.values() for _id, name in values.options(cell))


def _attachments(page: Page) -> tuple[Attachment, ...]:
    held = [each for cell in page.properties.values() for each in values.files(cell)]
    return tuple(Attachment(name or url, url) for name, url in held if url)


def _handles(page: Page) -> tuple[str, ...]:
    """Its address, and its number in the database."""
    numbers = [c.value.get("number") for c in page.properties.values() if c.type == "unique_id" and _is_map(c.value)]
    return (handle_of_id(page.id), *(f"#{n}" for n in numbers if isinstance(n, int) and not isinstance(n, bool)))


def _is_map(value: object) -> bool:
    return isinstance(value, dict)


def _prefix(on: BoardReading) -> str:
    told = (column.config.get("prefix") for column in on.source.columns if column.type == "unique_id")
    return next((prefix for prefix in told if isinstance(prefix, str)), "")


def _channel_of(title: str) -> str | None:
    """What stands in brackets at a title's beginning."""
    found = _PREFIX.match(title)
    return found[1] if found and any(char.isalnum() for char in found[1]) else None


def _extra(page: Page, on: BoardReading) -> dict[str, str]:
    """The board's own columns as text, but for those that the task tells in its own fields."""
    told = {
        use.column.id
        for use in on.columns.uses
        if use.role in ("description", "predecessors", "elsewhere", "successors")
    }
    told |= {column.id for column in on.columns.own.values()}
    found: dict[str, str] = {}
    for column in on.source.columns:
        cell = page.properties.get(column.id)
        if (
            column.id in told
            or own_field_of(column.name) is not None
            or column.type in _TOLD_ELSEWHERE
            or column.type == "relation"
            or cell is None
        ):
            continue
        text = ", ".join(each.name for each in owners(cell, on.users)) if column.type == "people" else values.text(cell)
        if text:
            found[column.name] = text
    return found
