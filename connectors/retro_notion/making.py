"""New pages: what may be put in them, one request each, never a second one where no answer came.

A field that the database has no column for is left out, but for retro's own and the dates.
"""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any

from retro.i18n import text as _
from retro.i18n.words import estimate_heading, says_milestone
from retro.model import EstimateOrigin, Lag, Task, field_empty
from retro.ports import ReadOnlyError, SourceError, WriteUncertainError
from retro_notion import payload, writing
from retro_notion.client import Client
from retro_notion.errors import not_notion
from retro_notion.ids import KIND, native_id, uuid_of
from retro_notion.known import Known
from retro_notion.own import OwnValue
from retro_notion.payload import Column
from retro_notion.pushing import check_columns
from retro_notion.reading import BoardReading

_PAGE = f"{KIND}:/"
_ADDRESS = "https://www.notion.so/"


class Making:
    """Makes pages of one connection.

    Args:
        client: makes the requests.
        known: what the run knows of the connection.
        zone: the workspace's.
        lang: the language of what pages say that they wait for; None: the current one.
    """

    def __init__(self, client: Client, known: Known, zone: tzinfo, lang: str | None = None) -> None:
        self._client = client
        self._lang = lang
        self._known = known
        self._zone = zone

    def make(self, board: str, task: Task) -> payload.Page:
        """Make the page of a task in a database, and give it back as it then is.

        Raises:
            ConfigurationError: a field has no column.
            ReadOnlyError: nothing may be made here.
            SourceError: Notion refuses it.
            WriteUncertainError: it is not known whether it was made.
        """
        on = self._known.board(board)
        fields = _fields(task)
        check_columns(fields, on, task.title)
        body = writing.properties(fields, None, on.columns, self._zone)
        body |= {column.wire: value for column, value in _cells(task, on, self._lang) if column.wire not in body}
        answer = self._client.create_page(on.source.id, body)
        found = next(iter(payload.read_each(payload.Page, [answer])), None)
        if found is None:
            raise not_notion(on.place, writing=True)
        try:
            return self._known.take([found], on)[0][0]
        except (SourceError, ReadOnlyError) as error:  # what is left to read of it: the page itself is there
            raise WriteUncertainError(error.what, where=error.where, remedy=error.remedy) from None


def _fields(task: Task) -> dict[str, OwnValue]:
    """What is put in a new page: the fields that retro writes in Notion, where they are not empty."""
    own = {f"{writing.OWN_PREFIX}{name}": value for name, value in task.own.items()}
    team: dict[str, OwnValue] = {"title": task.title, "start": task.start, "due": task.due}
    return {name: value for name, value in {**team, **own}.items() if not field_empty(value)}


def _cells(task: Task, on: BoardReading, lang: str | None) -> Iterator[tuple[Column, dict[str, Any]]]:
    """The other columns of a new page with their values, those that hold something."""
    columns = on.columns
    status, owners, description = map(columns.of, ("status", "owners", "description"))
    if status is not None and task.section in _options(status):
        yield status, {status.type: {"name": task.section}}
    if owners is not None and owners.type == "people":
        keys = (owner.key for owner in task.owners if owner.key.startswith(f"{KIND}:"))
        if ids := [id_ for key in keys if (id_ := uuid_of(native_id(key))) is not None]:
            yield owners, {"people": [{"id": id_} for id_ in ids]}
    elif owners is not None and owners.type == "rich_text" and task.owners:
        yield owners, {"rich_text": writing.runs(", ".join(owner.name for owner in task.owners))}
    pages = list(_pages(task))
    text = _description(task, pages, on.settings.day_minutes, lang)
    if description is not None and description.type == "rich_text" and text:
        yield description, {"rich_text": writing.runs(text)}
    before = columns.of("predecessors")
    if before is not None and before.type == "relation" and pages:
        yield before, {"relation": [{"id": id_} for id_, _lag in pages]}
    yield from _amount(task, on)
    if task.milestone:
        yield from _milestone(on)


def _options(column: Column) -> list[str]:
    """The names of a column's options; a select would make another of a name that it does not know."""
    listed = column.config.get("options")
    names = [option.get("name") for option in listed if isinstance(option, dict)] if isinstance(listed, list) else []
    return [name for name in names if isinstance(name, str)] if column.type in _CHOICES else []


_CHOICES = ("status", "select", "multi_select")


def _pages(task: Task) -> Iterator[tuple[str, Lag]]:
    """The ids of the pages that a task waits for, and how long after them."""
    for each in task.references:
        id_ = uuid_of(each.target.removeprefix(_PAGE)) if each.target.startswith(_PAGE) else None
        if id_ is not None:
            yield id_, each.lag


def _description(task: Task, pages: Sequence[tuple[str, Lag]], day_minutes: int, lang: str | None) -> str:
    """What was asked for, after a line of the pages that have to be over for some days: a relation holds no wait."""
    waits = [
        f"{_ADDRESS}{id_.replace('-', '')} {_('+{days} d', lang=lang, days=_days(lag, day_minutes))}"
        for id_, lag in pages
        if lag.value > 0
    ]
    line = _("Depends on: {pages}", lang=lang, pages=" · ".join(waits)) if waits else ""
    return "\n\n".join(part for part in (line, task.description or "") if part)


def _days(lag: Lag, day_minutes: int) -> str:
    return f"{lag.value / day_minutes:.2f}".rstrip("0").rstrip(".")


def _amount(task: Task, on: BoardReading) -> Iterator[tuple[Column, dict[str, Any]]]:
    """The work, in the first column of numbers that counts in one of the units in which it is told."""
    told = {each.unit: each.value for each in task.estimates if each.origin is EstimateOrigin.NUMBER}
    for use in on.columns.estimates:
        unit = estimate_heading(use.column.name) or estimate_heading(use.told) or ""
        if use.column.type == "number" and told.get(unit) is not None:
            yield use.column, {"number": told[unit]}
            return


def _milestone(on: BoardReading) -> Iterator[tuple[Column, dict[str, Any]]]:
    """A tick in the column of milestones, else the option that says so among types or labels."""
    ticked = on.columns.of("milestone")
    if ticked is not None and ticked.type == "checkbox":
        yield ticked, {"checkbox": True}
        return
    for column in filter(None, map(on.columns.of, ("type", "labels"))):
        name = next((each for each in _options(column) if says_milestone(each)), None)
        if name is not None:
            chosen = {"name": name}
            yield column, {column.type: [chosen] if column.type == "multi_select" else chosen}
            return
