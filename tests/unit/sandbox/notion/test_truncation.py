"""Where answers end: 25 references, the cap of a query, a gateway that gives up; and what people do to columns."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from notion_client.errors import APIResponseError, HTTPResponseError

if TYPE_CHECKING:
    from tests.unit.sandbox.notion.conftest import Connect, World

from retro.sandbox.notion import Limits, NotionSandbox, Rate, Refusal
from retro.sandbox.notion.text import mention, runs


def test_people_and_mentions_are_cut_at_25(world: "World") -> None:
    """A page shows 25 people, and a text up to its 25th mention, without a word; its property has all of them."""
    base = world.base
    base.column("Notes", "rich_text")
    said = [*runs("Voir "), *(mention(f"P{number}", world.brief.id) for number in range(30)), *runs(" fin")]
    page = base.page("Long", owners=[f"Personne {number}" for number in range(30)], values={"Notes": said})
    shown = world.client.pages.retrieve(page_id=page.id)["properties"]
    assert len(shown["Responsable"]["people"]) == 25
    assert "has_more" not in shown["Responsable"]
    assert sum(run["type"] == "mention" for run in shown["Notes"]["rich_text"]) == 25
    for name, count in (("Responsable", 30), ("Notes", 32)):
        whole = world.client.pages.properties.retrieve(page_id=page.id, property_id=shown[name]["id"])
        assert len(whole["results"]) == count


def test_a_property_comes_in_pages(world: "World") -> None:
    """More than a hundred values of one relation take several requests, each once."""
    before = [world.base.page(f"P{number}") for number in range(130)]
    page = world.base.page("Long", after=before)
    column = world.column_id("Bloqué par")
    found, cursor = [], None
    for _ in range(2):
        more: dict[str, Any] = {"start_cursor": cursor} if cursor else {}
        answer = world.client.pages.properties.retrieve(page_id=page.id, property_id=column, **more)
        found += [one["relation"]["id"] for one in answer["results"]]
        cursor = answer["next_cursor"]
    assert (found, cursor) == ([one.id for one in before], None)


def test_windows_of_creation_reach_every_row(world: "World", connect: "Connect") -> None:
    """Sorted by creation and filtered from the last stamp on, a second query leads beyond the cap."""
    for number in range(30):
        world.base.page(f"P{number}", created=world.base.at + timedelta(minutes=number))
    with NotionSandbox(world.state, limits=Limits(rows_most=20)) as sandbox:
        client = connect(sandbox)
        sorts = [{"timestamp": "created_time", "direction": "ascending"}]
        first = client.data_sources.query(data_source_id=world.base.source, sorts=sorts)
        assert first["request_status"]["type"] == "incomplete"
        assert first["has_more"] is False
        since = {"timestamp": "created_time", "created_time": {"on_or_after": first["results"][-1]["created_time"]}}
        second = client.data_sources.query(data_source_id=world.base.source, sorts=sorts, filter=since)
        assert "request_status" not in second
        ids = {one["id"] for one in (*first["results"], *second["results"])}
        assert ids == set(world.base.document["pages"])


def test_a_cursor_leads_on_in_the_order_that_was(world: "World") -> None:
    """A row that is thrown away or added between two pages shifts nothing; a cursor of another query is refused."""
    pages = [world.base.page(f"P{number}") for number in range(6)]
    ask = {"data_source_id": world.base.source, "page_size": 3}
    first = world.client.data_sources.query(**ask)
    world.state.edit_page(pages[0].id, in_trash=True)
    world.base.page("Neuve")
    second = world.client.data_sources.query(**ask, start_cursor=first["next_cursor"])
    third = world.client.data_sources.query(**ask, start_cursor=second["next_cursor"])
    titles = [
        one["properties"]["Nom"]["title"][0]["plain_text"]
        for answer in (first, second, third)
        for one in answer["results"]
    ]
    assert len(titles) == len(set(titles)) == 7
    assert "P0" not in titles
    with pytest.raises(APIResponseError):
        world.client.data_sources.query(**ask, start_cursor="s:nowhere:1")


def test_every_so_many_th_query_times_out(world: "World", connect: "Connect") -> None:
    """The gateway gives up on each third query; other requests are not counted."""
    with NotionSandbox(world.state, limits=Limits(timeouts_every=3, connection=Rate(1000, 60))) as sandbox:
        client = connect(sandbox)
        seen = []
        for _ in range(7):
            client.users.me()
            try:
                client.data_sources.query(data_source_id=world.base.source)
                seen.append(200)
            except HTTPResponseError as error:
                seen.append(error.status)
    assert seen == [200, 200, 504, 200, 200, 504, 200]


def test_a_resolved_discussion_is_in_no_list(world: "World") -> None:
    """It is still read and edited by its id, as retro does."""
    text = [{"text": {"content": "À revoir"}}]
    said = world.client.comments.create(parent={"page_id": world.brief.id}, rich_text=text)
    world.state.resolve(said["id"])
    assert world.client.comments.list(block_id=world.brief.id)["results"] == []
    assert world.client.comments.retrieve(comment_id=said["id"])["id"] == said["id"]
    world.client.comments.update(comment_id=said["id"], rich_text=text)
    again = world.client.comments.create(parent={"page_id": world.brief.id}, rich_text=text)
    assert [one["id"] for one in world.client.comments.list(block_id=world.brief.id)["results"]] == [again["id"]]


def test_a_linked_database_has_no_source_of_its_own(world: "World") -> None:
    """What stands at its address is empty; the view in it says what it shows."""
    address = world.base.linked("Mes tâches")
    database, _, view = address.rsplit("/", 1)[1].partition("?v=")
    assert world.client.databases.retrieve(database_id=database)["data_sources"] == []
    assert world.client.views.retrieve(view_id=view)["data_source_id"] == world.base.source


def test_a_page_is_no_database(world: "World") -> None:
    """Asked for as one, it is refused in the words that Notion has for it."""
    with pytest.raises(APIResponseError, match="is a page, not a database") as raised:
        world.client.databases.retrieve(database_id=world.brief.id)
    assert raised.value.status == 400


def test_a_human_gives_a_column_another_type(world: "World") -> None:
    """Its id stays, its values go; the title keeps its type."""
    before = world.column_id("Échéance")
    world.state.retype_column(world.base.source, "Échéance", "rich_text")
    columns = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]
    assert (unquote(columns["Échéance"]["id"]), columns["Échéance"]["type"]) == (before, "rich_text")
    assert world.client.pages.retrieve(page_id=world.brief.id)["properties"]["Échéance"]["rich_text"] == []
    with pytest.raises(Refusal):
        world.state.retype_column(world.base.source, "Nom", "date")


def test_a_database_is_hidden_and_shown_again(world: "World") -> None:
    """What is not shared is not found, and found again once it is."""
    world.state.share(world.base.id, shared=False)
    with pytest.raises(APIResponseError):
        world.client.databases.retrieve(database_id=world.base.id)
    world.state.share(world.base.id, shared=True)
    assert world.client.databases.retrieve(database_id=world.base.id)["id"] == world.base.id
