"""The Notion look-alike's answers, and what its tests ask, held to the types of the official client.

`RETRO_ORACLES` names the folder of the contracts (it holds `notion/check.py`).
"""

import importlib.util
import json
import logging
import os
import re
import ssl
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from notion_client import Client

from retro.sandbox import campaign
from retro.sandbox.notion import DatabaseBuilder, Limits, NotionSandbox
from retro.sandbox.notion.schema import KINDS

pytestmark = pytest.mark.oracle

_SHAPES = (
    ("GET", r"/v1/users/me", None, "User"),
    ("GET", r"/v1/users", None, "UserList"),
    ("GET", r"/v1/users/[^/]+", None, "User"),
    ("POST", r"/v1/search", "SearchBody", "SearchResult"),
    ("GET", r"/v1/databases/[^/]+", None, "Database"),
    ("GET", r"/v1/data_sources/[^/]+", None, "DataSource"),
    ("PATCH", r"/v1/data_sources/[^/]+", "UpdateDataSourceBody", "DataSource"),
    ("POST", r"/v1/data_sources/[^/]+/query", "QueryDataSourceBody", "QueryResult"),
    ("POST", r"/v1/pages", "CreatePageBody", "Page"),
    ("GET", r"/v1/pages/[^/]+", None, "Page"),
    ("PATCH", r"/v1/pages/[^/]+", "UpdatePageBody", "Page"),
    ("GET", r"/v1/pages/[^/]+/properties/[^/]+", None, "PropertyItem"),
    ("GET", r"/v1/comments", None, "CommentList"),
    ("POST", r"/v1/comments", "CreateCommentBody", "Comment"),
    ("GET", r"/v1/comments/[^/]+", None, "Comment"),
    ("PATCH", r"/v1/comments/[^/]+", "UpdateCommentBody", "Comment"),
    ("DELETE", r"/v1/comments/[^/]+", None, "Comment"),
    ("GET", r"/v1/views", None, None),
    ("GET", r"/v1/views/[^/]+", None, "View"),
)


class Oracle:
    """Holds every exchange against the types, and counts what passed by."""

    def __init__(self, check: Any) -> None:
        self.check = check
        self.seen: Counter[str] = Counter()

    def watch(self, answer: httpx.Response) -> None:
        answer.read()
        method, path = answer.request.method, answer.request.url.path
        asked, shape = next(row[2:] for row in _SHAPES if row[0] == method and re.fullmatch(row[1], path))
        if asked is not None:
            assert self.check.errors(asked, json.loads(answer.request.content or b"{}")) == []
        assert answer.status_code == 200, answer.text
        if shape is not None:
            assert self.check.errors(shape, answer.json()) == []
            self.seen[shape] += 1


@pytest.fixture
def oracle() -> Oracle:
    """The official types, if their folder is there."""
    folder = os.environ.get("RETRO_ORACLES")
    if not folder:
        pytest.skip("RETRO_ORACLES names no folder of contracts")
    spec = importlib.util.spec_from_file_location("notion_check", Path(folder, "notion", "check.py"))
    assert spec is not None
    assert spec.loader is not None
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    return Oracle(check)


@pytest.fixture
def http(oracle: Oracle) -> Iterator[httpx.Client]:
    """A client whose every exchange the oracle sees."""
    context = ssl.create_default_context()
    with httpx.Client(timeout=5, verify=context, event_hooks={"response": [oracle.watch]}) as made:
        yield made


def _client(sandbox: NotionSandbox, http: httpx.Client) -> Any:
    return Client(
        auth=sandbox.token,
        base_url=sandbox.url,
        retry=False,
        notion_version="2026-03-11",
        client=http,
        logger=logging.getLogger(__name__),
    )


def _every_kind() -> tuple[DatabaseBuilder, str, str]:
    """A base with a column of every type, a filled page and an empty one."""
    base = DatabaseBuilder("Tout")
    base.person("Léa Martin", email="lea@agence.example")
    base.relation("Bloqué par", inverse="Bloque")
    for kind in sorted(KINDS - {"relation"}):
        base.column(f"Colonne {kind}", kind)
    empty = base.page("")
    full = base.page(
        "[SEO] Étude",
        due=(date(2027, 2, 1), date(2027, 2, 4)),
        after=[empty],
        owners=["Léa Martin"],
        estimate=2.5,
        values={
            "Colonne select": "SEO",
            "Colonne multi_select": ["a", "b"],
            "Colonne status": "Done",
            "Colonne rich_text": "https://trello.com/c/abcdefgh",
            "Colonne url": "https://trello.com/c/abcdefgh",
            "Colonne email": "lea@agence.example",
            "Colonne phone_number": "+33 1 00 00 00 00",
            "Colonne checkbox": True,
            "Colonne formula": {"type": "date", "date": {"start": "2027-01-01", "end": None, "time_zone": None}},
            "Colonne rollup": {"type": "array", "array": [], "function": "show_original"},
        },
    )
    base.page("Avec l’heure", due=datetime(2027, 2, 1, 9, 30, tzinfo=UTC))
    base.view("Table", "table", subtasks="Bloqué par")
    base.view("Frise", "timeline", date_property="Colonne date", arrows_by="Bloqué par")
    base.view("Calendrier", "calendar", date_property="Colonne date")
    return base, empty.id, full.id


def test_reading_a_column_of_every_type(oracle: Oracle, http: httpx.Client) -> None:
    """Pages, columns, values one by one, views, people and searches have the official shapes, empty or full."""
    base, empty, full = _every_kind()
    with NotionSandbox(base.state, limits=Limits(rows_most=2)) as sandbox:
        client = _client(sandbox, http)
        me = client.users.me()
        client.users.retrieve(user_id=me["id"])
        client.users.list(page_size=1)
        client.databases.retrieve(database_id=base.id)
        client.data_sources.retrieve(data_source_id=base.source)
        first = client.data_sources.query(data_source_id=base.source, page_size=1, result_type="page")
        client.data_sources.query(data_source_id=base.source, start_cursor=first["next_cursor"])
        for id_ in (empty, full):
            for column in client.pages.retrieve(page_id=id_)["properties"].values():
                client.pages.properties.retrieve(page_id=id_, property_id=column["id"])
        for view in client.views.list(data_source_id=base.source)["results"]:
            client.views.retrieve(view_id=view["id"])
        client.search()
        client.search(query="seo", filter={"property": "object", "value": "page"})
    assert oracle.seen["PropertyItem"] == 2 * (len(KINDS) + 2)
    assert oracle.seen["View"] == 3


def test_writing(oracle: Oracle, http: httpx.Client) -> None:
    """What is written to pages and columns has the official shape, and so has what comes back."""
    base, _empty, full = _every_kind()
    lea = base.person("Léa Martin")["id"]
    with NotionSandbox(base.state) as sandbox:
        client = _client(sandbox, http)
        columns: list[dict[str, Any]] = [
            {"retro · au plus tard": {"date": {}}, "retro · à revoir": {"rich_text": {}}},
            {"retro · au plus tard": {"name": "Au plus tard"}},
            {"retro · niveau": {"select": {"options": [{"name": "bloquant", "color": "red"}]}}},
            {"Colonne number": {"number": {"format": "percent"}}},
            {"Parent": {"relation": {"data_source_id": base.source, "type": "dual_property", "dual_property": {}}}},
            {"Colonne url": None},
        ]
        for properties in columns:
            client.data_sources.update(data_source_id=base.source, properties=properties)
        text = [{"text": {"content": "DAT103 attendue le 8/01"}}]
        values: list[dict[str, Any]] = [
            {"Au plus tard": {"date": {"start": "2027-01-08"}}, "retro · à revoir": {"rich_text": text}},
            {"Au plus tard": {"date": {"start": "2027-01-08T09:00:00", "time_zone": "Europe/Paris"}}},
            {"Au plus tard": {"date": None}, "retro · à revoir": {"rich_text": []}},
            {"Colonne status": {"status": {"name": "In progress"}}, "retro · niveau": {"select": None}},
            {"Colonne people": {"people": [{"id": lea}]}, "Bloqué par": {"relation": [{"id": full}]}},
            {"Colonne number": {"number": 3.5}, "Colonne checkbox": {"checkbox": False}},
            {"Nom": {"title": [{"text": {"content": "[SEO] Étude de 12 mots"}}]}},
        ]
        for properties in values:
            client.pages.update(page_id=full, properties=properties)
        client.pages.update(page_id=full, in_trash=True)
        made = client.pages.create(
            parent={"data_source_id": base.source}, properties={"Nom": {"title": [{"text": {"content": "Neuf"}}]}}
        )
        said = client.comments.create(parent={"page_id": made["id"]}, rich_text=text)
        client.comments.retrieve(comment_id=said["id"])
        client.comments.update(comment_id=said["id"], rich_text=text)
        client.comments.list(block_id=made["id"])
        client.comments.delete(comment_id=said["id"])
    assert oracle.seen["Page"] == len(values) + 2
    assert oracle.seen["DataSource"] == len(columns)
    assert oracle.seen["Comment"] == 4


def test_the_campaigns_base(oracle: Oracle, http: httpx.Client) -> None:
    """The demo's base has the official shapes throughout."""
    state = campaign.build_all(date(2027, 1, 4)).notion
    with NotionSandbox(state) as sandbox:
        client = _client(sandbox, http)
        database = client.databases.retrieve(database_id=campaign.base_id(state))
        source = database["data_sources"][0]["id"]
        rows = client.data_sources.query(data_source_id=source)["results"]
        client.data_sources.retrieve(data_source_id=source)
        client.views.retrieve(view_id=client.views.list(data_source_id=source)["results"][0]["id"])
    assert len(rows) == len(state.pages)
    assert set(oracle.seen) == {"Database", "QueryResult", "DataSource", "View"}


def test_the_oracle_bites(oracle: Oracle) -> None:
    """A day as a bare text, a person by name and a page without its times do not pass: the checks above can fail."""
    errors = oracle.check.errors
    assert errors("UpdatePageBody", {"properties": {"d": {"date": "2027-01-08"}}})
    assert errors("UpdatePageBody", {"properties": {"p": {"people": ["Léa"]}}})
    assert errors("Page", {"object": "page", "id": "x"})
