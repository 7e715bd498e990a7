"""Everything a Notion look-alike holds: databases, data sources, pages, people, tokens. In memory, or in one file."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from retro.sandbox.keeping import write_whole
from retro.sandbox.notion import pages, plain, refusals, schema
from retro.sandbox.notion.access import Document, Token
from retro.sandbox.notion.ids import Mint, minute, secret, uuid_of

_VERSION = 1
_KIND = "notion"
_PARTS = ("users", "databases", "sources", "pages", "comments", "views")


class NotionState:
    """A workspace: what is in it, who is, and which connections reach it.

    Documents are kept apart from what answers show: columns and values go by the ids of properties. Whoever reads or
    changes them holds `lock`.

    Args:
        now: the current instant, aware; every time that is recorded comes from it.
        seed: makes ids and tokens; the same seed makes the same ones.
        name: of the workspace.
    """

    def __init__(self, *, now: Callable[[], datetime], seed: str = "sandbox", name: str = "Atelier") -> None:
        self.now = now
        self.lock = threading.RLock()
        self.seed = seed
        self.name = name
        self.mint = Mint(seed)
        self.id, self.home = self.mint.uuid(), self.mint.uuid()
        self.users: dict[str, Document] = {}
        self.databases: dict[str, Document] = {}
        self.sources: dict[str, Document] = {}
        self.pages: dict[str, Document] = {}
        self.comments: dict[str, Document] = {}
        self.views: dict[str, Document] = {}
        self.tokens: dict[str, Token] = {}
        self.guests: set[str] = set()
        """Ids of people who are not members: nobody lists them."""
        self.unshared: set[str] = set()
        """Ids of databases that no connection may see."""
        self.saved = False
        """Whether it was read from a file that `save` wrote, and may be saved there again."""

    # Looking things up, as a connection sees them

    def database(self, ref: str, token: Token) -> Document:
        """A database by id. Raises Refusal: no such one, or not shared."""
        return self._shared(self.databases, ref, "database", token, lambda one: str(one["id"]))

    def source(self, ref: str, token: Token) -> Document:
        """A data source by id. Raises Refusal: no such one, or its database is not shared."""
        return self._shared(self.sources, ref, "data_source", token, lambda one: str(one["database"]))

    def page(self, ref: str, token: Token) -> Document:
        """A page by id, one in the trash too. Raises Refusal: no such one, or its database is not shared."""
        return self._shared(self.pages, ref, "page", token, lambda one: str(self.sources[one["source"]]["database"]))

    def _shared(
        self, known: dict[str, Document], ref: str, kind: str, token: Token, home: Callable[[Document], str]
    ) -> Document:
        id_ = uuid_of(ref)
        if id_ is None:
            raise refusals.bad_path(f"{kind}_id", ref)
        found = known.get(id_)
        if found is None or home(found) in self.unshared:
            raise refusals.not_found(kind, id_, self.users[token.bot])
        return found

    def person(self, id_: str, token: Token) -> Document:
        """A user as `token` may see it: an id alone without the capability, no e-mail address without that one."""
        found = self.users.get(id_)
        if found is None or not token.users:
            return {"object": "user", "id": id_}
        return found if token.emails or found["type"] == "bot" else {**found, "person": {}}

    # Filling it

    def add_person(
        self, name: str, *, email: str | None = None, guest: bool = False, id_: str | None = None
    ) -> Document:
        """Add a member or a guest."""
        id_ = id_ or self.mint.uuid()
        person = {"email": email} if email else {}
        self.users[id_] = {
            "object": "user",
            "id": id_,
            "name": name,
            "avatar_url": None,
            "type": "person",
            "person": person,
        }
        if guest:
            self.guests.add(id_)
        return self.users[id_]

    def add_connection(
        self, name: str, *, write: bool = True, users: bool = True, emails: bool = True, comments: bool = True
    ) -> Token:
        """Add a connection with a user of its own, and a token of those capabilities."""
        id_ = self.mint.uuid()
        bot = {"owner": {"type": "workspace", "workspace": True}, "workspace_name": self.name, "workspace_id": self.id}
        bot["workspace_limits"] = {"max_file_upload_size_in_bytes": 5_242_880}
        self.users[id_] = {
            "object": "user",
            "id": id_,
            "name": name,
            "avatar_url": None,
            "type": "bot",
            "bot": bot,
        }
        token = Token(value=secret(self.seed, id_), bot=id_, write=write, users=users, emails=emails, comments=comments)
        self.tokens[token.value] = token
        return token

    def human(self, who: str | None = None) -> str:
        """The id of a person by id or full name; by default the first one. Raises ValueError: nobody."""
        for id_, one in self.users.items():
            if one["type"] == "person" and who in {None, id_, one["name"]}:
                return id_
        raise ValueError(who)

    # A human's hand

    def edit_page(
        self,
        page: str,
        *,
        by: str | None = None,
        at: datetime | None = None,
        in_trash: bool | None = None,
        values: Mapping[str, Any] | None = None,
        **named: Any,
    ) -> Document:
        """Change a page as a person does in Notion itself.

        Args:
            page: its id.
            by: the person's id or full name; by default the first one.
            at: when; now by default.
            in_trash: into the trash, or out of it.
            values: plain values by the name of the column, as `DatabaseBuilder.page` takes them.
            named: the same by role (`title`, `due`, `start`, `owners`, `status`, `after`, `estimate`) or by name.

        Raises:
            KeyError: no such page or column.
            ValueError: a value that the column cannot take, or an unknown person.
        """
        with self.lock:
            found = self.pages[uuid_of(page) or page]
            plain.put(self, found, {**(values or {}), **named})
            if in_trash is not None:
                found["in_trash"] = in_trash
            pages.touch(found, self.human(by), minute(at or self.now()))
            return found

    def rename_column(self, source: str, name: str, new: str) -> None:
        """Rename a column as a person does; its id stays. Raises KeyError, or Refusal: the name is taken."""
        with self.lock:
            of = self.sources[source]
            schema.rename(of, plain.column(of, name), new)

    def drop_column(self, source: str, name: str) -> None:
        """Delete a column as a person does. Raises KeyError, or Refusal: it is the title."""
        with self.lock:
            of = self.sources[source]
            schema.drop(self, of, plain.column(of, name))

    def retype_column(self, source: str, name: str, kind: str, **config: Any) -> None:
        """Give a column another type as a person does; its values go. Raises KeyError, or Refusal: it cannot."""
        with self.lock:
            of = self.sources[source]
            schema.update(self, of, {plain.column(of, name)["name"]: {kind: config}})

    def resolve(self, comment: str) -> None:
        """Resolve the discussion of a comment as a person does: lists show it no more. Raises KeyError."""
        with self.lock:
            discussion = self.comments[comment]["discussion"]
            for one in self.comments.values():
                one["resolved"] = one["resolved"] or one["discussion"] == discussion

    def share(self, database: str, *, shared: bool) -> None:
        """Show a database to the connections, or hide it from them."""
        with self.lock:
            (self.unshared.discard if shared else self.unshared.add)(database)

    # Keeping it

    def save(self, path: Path) -> None:
        """Write everything to one file that only its owner can read; the file is whole at every instant.

        Raises:
            OSError: it cannot be written.
        """
        with self.lock:
            document: Document = {
                "version": _VERSION,
                "kind": _KIND,
                "seed": self.seed,
                "name": self.name,
                "id": self.id,
                "home": self.home,
                "made": self.mint.made,
                # Tokens follow from the seed: the file holds none.
                "tokens": [{**asdict(one), "value": None} for one in self.tokens.values()],
                "guests": sorted(self.guests),
                "unshared": sorted(self.unshared),
                **{part: list(getattr(self, part).values()) for part in _PARTS},
            }
            write_whole(path, document)

    @classmethod
    def load(cls, path: Path, *, now: Callable[[], datetime]) -> "NotionState":
        """Read what `save` wrote.

        Raises:
            OSError: it cannot be read.
            ValueError: it is not such a file.
        """
        document = json.loads(path.read_text("utf-8"))
        if not isinstance(document, dict) or (document.get("version"), document.get("kind")) != (_VERSION, _KIND):
            raise ValueError(path.name)
        state = cls(now=now, seed=document["seed"], name=document["name"])
        state.saved = True
        state.id, state.home = document["id"], document["home"]
        state.mint.made = document["made"]
        for part in _PARTS:
            setattr(state, part, {one["id"]: one for one in document[part]})
        for one in document["tokens"]:
            token = Token(**{**one, "value": secret(state.seed, one["bot"])})
            state.tokens[token.value] = token
        state.guests, state.unshared = set(document["guests"]), set(document["unshared"])
        return state
