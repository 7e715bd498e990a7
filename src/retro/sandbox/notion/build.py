"""Databases in a few lines, for tests, trials and the demo.

`DatabaseBuilder("Campagne").page("[SEO] Brief", due=day, owners=["Léa Martin"], status="À faire")`
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from retro.sandbox.notion import options, pages, plain, schema, shapes
from retro.sandbox.notion.access import Document
from retro.sandbox.notion.ids import address, compact, millisecond, minute
from retro.sandbox.notion.state import NotionState

CONNECTION = "Rétroplanning"
"""The connection that a new state has: one token that may write, and a second connection that may only read."""

OWNER = "Alix Morel"
"""The person who made what is not told otherwise, unless a state has others before."""

PARIS = ZoneInfo("Europe/Paris")
_AGE = timedelta(days=30)
_MADE_ON_DEMAND = {
    "due": ("Échéance", "date"),
    "start": ("Début", "date"),
    "owners": ("Responsable", "people"),
    "estimate": ("Charge (jours)", "number"),
}
_STATUSES = {"À faire": "To-do", "En cours": "In progress", "Terminé": "Complete"}


def new_state(
    now: Callable[[], datetime],
    *,
    seed: str = "sandbox",
    owner: str = OWNER,
    email: str | None = None,
    name: str = "Atelier",
) -> NotionState:
    """A workspace without databases: its owner, a connection that may write and one that may only read."""
    state = NotionState(now=now, seed=seed, name=name)
    state.add_person(owner, email=email)
    state.add_connection(CONNECTION)
    state.add_connection(f"{CONNECTION} (lecture)", write=False)
    return state


@dataclass(frozen=True, slots=True)
class PageMade:
    """A page that was built: enough to relate to it, find it and edit it."""

    id: str
    url: str
    document: Document


class DatabaseBuilder:
    """Builds one data source of a database, which is in its state from the start.

    Args:
        name: of the database, and of its first data source.
        state: where it goes; a new one (`new_state`) by default.
        now: the current instant where the state is a new one; 4 January 2027, 09:00 in Paris by default.
        title: the name of the title column.
        created: when the database and all that is not told otherwise were made; 30 days before now by default.
        shared: whether connections may see it.
    """

    def __init__(
        self,
        name: str,
        state: NotionState | None = None,
        *,
        now: Callable[[], datetime] | None = None,
        title: str = "Nom",
        created: datetime | None = None,
        shared: bool = True,
    ) -> None:
        self.state = state or new_state(now or (lambda: datetime(2027, 1, 4, 9, tzinfo=PARIS)))
        self.at = created or self.state.now() - _AGE
        self.database: Document = {
            "id": self.state.mint.uuid(),
            "name": name,
            "sources": [],
            "in_trash": False,
            "created": millisecond(self.at),
            "edited": millisecond(self.at),
        }
        self.state.databases[self.id] = self.database
        if not shared:
            self.state.unshared.add(self.id)
        self.document = self._source(name, title)

    @property
    def id(self) -> str:
        """The database's id."""
        return str(self.database["id"])

    @property
    def source(self) -> str:
        """The data source's id."""
        return str(self.document["id"])

    @property
    def url(self) -> str:
        """The database's address, as a person pastes it."""
        return address(self.id)

    def another(self, name: str, *, title: str = "Nom") -> "DatabaseBuilder":
        """A builder of one more data source of the same database."""
        made = object.__new__(DatabaseBuilder)
        made.state, made.at, made.database = self.state, self.at, self.database
        made.document = made._source(name, title)
        return made

    def person(self, name: str, *, email: str | None = None, guest: bool = False, id_: str | None = None) -> Document:
        """A person of the workspace, found by full name or made."""
        found = next((one for one in self.state.users.values() if one["name"] == name), None)
        return found or self.state.add_person(name, email=email, guest=guest, id_=id_)

    def column(
        self, name: str, kind: str = "rich_text", *, options: Iterable[str] = (), role: str | None = None, **config: Any
    ) -> Document:
        """Add a column, or find the one of that name.

        Args:
            name: its name.
            kind: its type, as Notion calls it: date, rich_text, number, people, select, checkbox, url, formula…
            options: names, for select and multi_select.
            role: what `page` and `edit_page` call it (due, start, owners, status, estimate, after); by default the
                first column of a type gets the role that is usual for it.
            config: the rest of its configuration, as Notion's API calls it.
        """
        found = schema.by_name(self.document, name)
        if found is None:
            asked = {**config, **({"options": [{"name": one} for one in options]} if options else {})}
            found = schema.define(self.state, self.document, name, kind, asked)
            self._play(found, role)
        return found

    def status_column(self, name: str, groups: Mapping[str, str]) -> Document:
        """Add a status column: option names to the groups «To-do», «In progress» and «Complete»."""
        made = self.column(name, "status", options=["…"])
        config = made["config"]
        config["options"] = []
        for group in config["groups"]:
            group["option_ids"] = []
        for option, group_name in groups.items():
            options.add(config, options.option(option, options.GROUPS[group_name], self.state.mint.uuid, 0), group_name)
        return made

    def relation(
        self, name: str, inverse: str | None = None, to: "DatabaseBuilder | None" = None, *, role: str | None = None
    ) -> Document:
        """Add a relation, by default to the data source itself; with `inverse` the other side of a two-way one."""
        way = "dual_property" if inverse else "single_property"
        asked = {way: {"synced_property_name": inverse} if inverse else {}}
        return self.column(name, "relation", role=role, data_source_id=(to or self).source, type=way, **asked)

    def page(
        self,
        title: str,
        *,
        due: date | tuple[date, date] | None = None,
        start: date | None = None,
        owners: Iterable[str] = (),
        status: str | None = None,
        after: "Iterable[PageMade | str]" = (),
        estimate: float | None = None,
        values: Mapping[str, Any] | None = None,
        created: datetime | None = None,
        by: str | None = None,
        in_trash: bool = False,
        id_: str | None = None,
    ) -> PageMade:
        """Add a page; a column that a value needs and that is not there is made, with a French name.

        Args:
            title: its title.
            due: a day, an aware instant, or a pair of them for a range.
            start: a day or an aware instant.
            owners: full names.
            status: the name of an option.
            after: the pages that it waits for.
            estimate: a number.
            values: more plain values, by the name of a column.
            created: when; the database's own creation by default.
            by: the full name of who made it; by default the first person of the state.
            in_trash: whether it was thrown away.
            id_: its id, where it must be a given one.
        """
        at = minute(created or self.at)
        found = pages.new(self.state, self.document, self.state.human(by), at, id_=id_)
        after, owners = list(after), list(owners)
        for name in owners:
            self.person(name)
        given = {
            "title": title,
            "due": due,
            "start": start,
            "owners": owners,
            "status": status,
            "after": after,
            "estimate": estimate,
        }
        wanted = {role: value for role, value in given.items() if value is not None and value != []}
        for role in wanted:
            self._make(role)
        plain.put(self.state, found, {**wanted, **(values or {})})
        found["in_trash"] = in_trash
        return PageMade(found["id"], shapes.page_address(self.state, found), found)

    def view(self, name: str, kind: str = "table", **columns: str) -> Document:
        """Add a view.

        Args:
            name: its name.
            kind: table, timeline, calendar, list…
            columns: names of columns: `arrows_by` and `date_property` of a timeline, `end_date_property`,
                `date_property` of a calendar, `subtasks` of a table.
        """
        by_id = {role: plain.column(self.document, of)["id"] for role, of in columns.items()}
        made: Document = {
            "id": self.state.mint.uuid(),
            "source": self.source,
            "name": name,
            "type": kind,
            "created": millisecond(self.at),
            "columns": by_id,
        }
        self.state.views[made["id"]] = made
        return made

    def linked(self, name: str) -> str:
        """Add a linked view of this data source: a database without one of its own. Its address."""
        made = {**self.database, "id": self.state.mint.uuid(), "name": name, "sources": []}
        self.state.databases[made["id"]] = made
        view = self.view(name)
        view["database"] = made["id"]
        return f"{address(made['id'])}?v={compact(view['id'])}"

    def _source(self, name: str, title: str) -> Document:
        who, at = self.state.human(), minute(self.at)
        columns = {"title": {"id": "title", "name": title, "type": "title", "config": {}}}
        made: Document = {
            "id": self.state.mint.uuid(),
            "database": self.id,
            "name": name,
            "created": at,
            "edited": at,
            "created_by": who,
            "edited_by": who,
            "in_trash": False,
            "numbered": 0,
            "properties": columns,
            "roles": {"title": "title"},
            "pages": [],
        }
        self.state.sources[made["id"]] = made
        self.database["sources"].append(made["id"])
        return made

    def _play(self, column: Document, role: str | None) -> None:
        usual = plain.DATE_ROLES if column["type"] == "date" else (plain.ROLES.get(column["type"], ""),)
        taken = self.document["roles"]
        role = role or next((one for one in usual if one and one not in taken), None)
        if role is not None:
            taken[role] = column["id"]

    def _make(self, role: str) -> None:
        if role in self.document["roles"]:
            return
        if role == "status":
            self.status_column("État", _STATUSES)
        elif role == "after":
            self.relation("Bloqué par", "Bloque")
        else:
            name, kind = _MADE_ON_DEMAND[role]
            self.column(name, kind, role=role)
