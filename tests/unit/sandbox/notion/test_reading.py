"""What the look-alike answers to the official client that reads."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from notion_client import APIResponseError
from notion_client.helpers import collect_paginated_api

from retro.sandbox.notion import DatabaseBuilder, Limits, NotionSandbox

if TYPE_CHECKING:
    from tests.unit.sandbox.notion.conftest import Connect, World


def test_a_database_is_a_container(world: "World") -> None:
    """A database names its data sources and has no columns; the data source has them, and is no database."""
    database = world.client.databases.retrieve(database_id=world.base.id)
    assert database["data_sources"] == [{"id": world.base.source, "name": "Campagne"}]
    assert "properties" not in database
    with pytest.raises(APIResponseError, match="Could not find data_source"):
        world.client.data_sources.retrieve(data_source_id=world.base.id)


def test_several_data_sources_in_one_database(world: "World") -> None:
    """A second data source has its own columns and rows."""
    other = world.base.another("Archives", title="Titre")
    other.page("Vieux")
    names = [one["name"] for one in world.client.databases.retrieve(database_id=world.base.id)["data_sources"]]
    assert names == ["Campagne", "Archives"]
    assert list(world.client.data_sources.retrieve(data_source_id=other.source)["properties"]) == ["Titre"]
    assert len(world.client.data_sources.query(data_source_id=other.source)["results"]) == 1


def test_a_page_whole(world: "World") -> None:
    """Title, day, person, status, number and relation read as they were built; the address names the id."""
    page = world.client.pages.retrieve(page_id=world.brief.id.replace("-", ""))
    read = page["properties"]
    assert read["Nom"]["title"][0]["plain_text"] == "[SEO] Brief"
    assert read["Échéance"]["date"] == {"start": "2027-02-01", "end": None, "time_zone": None}
    assert read["Responsable"]["people"][0]["person"] == {"email": "lea@agence.example"}
    assert read["État"]["status"]["name"] == "En cours"
    assert read["Charge (jours)"]["number"] == 2.5
    assert read["Bloque"]["relation"] == [{"id": world.article.id}]
    assert page["parent"] == {
        "type": "data_source_id",
        "data_source_id": world.base.source,
        "database_id": world.base.id,
    }
    assert page["url"] == world.brief.url
    assert page["url"].endswith(world.brief.id.replace("-", ""))


def test_times_of_pages_lose_their_seconds(world: "World") -> None:
    """A page made 42 seconds past the minute says the minute; a database says its milliseconds."""
    made = world.client.pages.create(parent={"data_source_id": world.base.source}, properties={})
    assert made["created_time"] == made["last_edited_time"] == "2027-01-04T09:00:00.000Z"
    database = world.client.databases.retrieve(database_id=world.base.id)
    assert database["created_time"] == "2026-12-05T09:00:42.000+00:00"


def test_the_groups_of_a_status(world: "World") -> None:
    """Every option of a status belongs to one of three groups, whose names are English."""
    columns = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]
    status = columns["État"]["status"]
    names = {one["id"]: one["name"] for one in status["options"]}
    groups = {one["name"]: [names[id_] for id_ in one["option_ids"]] for one in status["groups"]}
    assert groups == {"To-do": ["À faire"], "In progress": ["En cours"], "Complete": ["Fait"]}


def test_both_sides_of_a_relation_know_each_other(world: "World") -> None:
    """A two-way relation to the data source itself names its other side by name and id."""
    columns = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]
    one, other = columns["Bloqué par"], columns["Bloque"]
    assert one["relation"]["data_source_id"] == other["relation"]["data_source_id"] == world.base.source
    assert one["relation"]["dual_property"] == {"synced_property_name": "Bloque", "synced_property_id": other["id"]}
    assert other["relation"]["dual_property"]["synced_property_id"] == one["id"]


def test_ids_of_columns_travel_encoded(world: "World") -> None:
    """Ids with signs that addresses cannot hold are percent-encoded in answers, and taken decoded in a query."""
    for number in range(12):
        world.base.column(f"C{number}", "number")
    columns = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]
    assert all(one["id"] == quote(world.column_id(name), safe="") for name, one in columns.items())
    odd = next(name for name, one in columns.items() if "%" in one["id"] and one["type"] == "number")
    id_ = columns[odd]["id"]
    page = world.client.data_sources.query(data_source_id=world.base.source, filter_properties=[world.column_id(odd)])[
        "results"
    ][0]
    assert list(page["properties"]) == [odd]
    assert world.client.pages.properties.retrieve(page_id=world.brief.id, property_id=id_)["id"] == id_
    with pytest.raises(APIResponseError, match="Could not find property"):
        world.client.data_sources.query(data_source_id=world.base.source, filter_properties=[id_])


def test_pages_come_in_pages(world: "World") -> None:
    """Cursors lead through all rows, the youngest first, each once; a cursor of nothing is refused."""
    for number in range(5):
        world.base.page(f"P{number}")
    query = world.client.data_sources.query
    first = query(data_source_id=world.base.source, page_size=3)
    assert (first["has_more"], len(first["results"])) == (True, 3)
    rows = collect_paginated_api(query, data_source_id=world.base.source, page_size=3)
    titles = [row["properties"]["Nom"]["title"][0]["plain_text"] for row in rows]
    assert titles == ["P4", "P3", "P2", "P1", "P0", "[SEO] Article", "[SEO] Brief"]
    with pytest.raises(APIResponseError, match="start_cursor"):
        query(data_source_id=world.base.source, start_cursor="s:x:y")


@pytest.mark.parametrize("size", [0, 101, "x", 1.5, True])
def test_sizes_out_of_bounds(world: "World", size: object) -> None:
    """A page holds 1 to 100 rows; anything else is refused."""
    answer = world.ask("POST", f"/data_sources/{world.base.source}/query", {"page_size": size})
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")


def test_a_query_ends_at_the_cap(world: "World", connect: "Connect") -> None:
    """Beyond the cap of rows nothing more comes, and the last answer says that it is incomplete."""
    world.base.page("Trois")
    with NotionSandbox(world.state, limits=Limits(rows_most=2)) as sandbox:
        query = connect(sandbox).data_sources.query
        first = query(data_source_id=world.base.source, page_size=1)
        last = query(data_source_id=world.base.source, page_size=1, start_cursor=first["next_cursor"])
    assert "request_status" not in first
    assert (last["has_more"], last["next_cursor"]) == (False, None)
    assert last["request_status"] == {"type": "incomplete", "incomplete_reason": "query_result_limit_reached"}


def test_relations_are_cut_at_25(world: "World") -> None:
    """A page shows 25 of 60 relations and says that there are more; the property alone gives all, page by page."""
    many = [world.base.page(f"P{number}") for number in range(60)]
    all_of = world.base.page("Tout", after=many)
    cut = world.client.pages.retrieve(page_id=all_of.id)["properties"]["Bloqué par"]
    assert (len(cut["relation"]), cut["has_more"]) == (25, True)
    read = world.client.pages.properties.retrieve
    first = read(page_id=all_of.id, property_id=cut["id"], page_size=40)
    assert first["property_item"]["next_url"].endswith(f"?start_cursor={first['next_cursor']}")
    rest = read(page_id=all_of.id, property_id=cut["id"], start_cursor=first["next_cursor"])
    ids = [item["relation"]["id"] for item in (*first["results"], *rest["results"])]
    assert ids == [page.id for page in many]
    few = world.client.pages.retrieve(page_id=world.article.id)["properties"]["Bloqué par"]
    assert (few["relation"], few["has_more"]) == ([{"id": world.brief.id}], False)


def test_a_relation_to_an_unshared_base_is_silently_empty(world: "World") -> None:
    """Where the related database is not shared, a relation is empty and does not say so."""
    secret = DatabaseBuilder("Clients", world.state)
    client = secret.page("Acme")
    world.base.relation("Client", to=secret, role="client")
    world.state.edit_page(world.brief.id, client=[client])
    assert world.value(world.brief, "Client") == [{"id": client.id}]
    world.state.unshared.add(secret.id)
    read = world.client.pages.retrieve(page_id=world.brief.id)["properties"]["Client"]
    assert (read["relation"], read["has_more"]) == ([], False)


def test_what_is_in_the_trash(world: "World") -> None:
    """A page in the trash leaves queries and relations, is found by `in_trash`, and is still read by id."""
    world.state.edit_page(world.brief.id, in_trash=True)
    query = world.client.data_sources.query
    assert [one["id"] for one in query(data_source_id=world.base.source)["results"]] == [world.article.id]
    trashed = query(data_source_id=world.base.source, in_trash=True)["results"]
    assert [one["id"] for one in trashed] == [world.brief.id]
    assert world.value(world.article, "Bloqué par") == []
    assert world.client.pages.retrieve(page_id=world.brief.id)["in_trash"] is True


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"property": "Échéance", "date": {"is_empty": True}}, ["B"]),
        ({"property": "Échéance", "date": {"before": "2027-03-01"}}, ["A"]),
        ({"property": "Échéance", "date": {"on_or_after": "2027-03-01"}}, ["C"]),
        ({"property": "Échéance", "date": {"equals": "2027-03-01T09:30:20Z"}}, ["C"]),
        ({"property": "État", "status": {"equals": "Fait"}}, ["C"]),
        ({"property": "État", "status": {"does_not_equal": ["Fait", "En cours"]}}, ["A"]),
        ({"property": "Canal", "select": {"equals": "SEO"}}, ["A"]),
        ({"property": "Charge", "number": {"greater_than": 2}}, ["B"]),
        ({"property": "Nom", "title": {"contains": "c"}}, ["C"]),
        ({"property": "Bloqué par", "relation": {"is_not_empty": True}}, ["B"]),
        ({"or": [{"property": "Nom", "title": {"equals": "A"}}, {"property": "Prêt", "checkbox": {"equals": True}}]},
         ["A", "B"]),
        ({"and": [{"property": "Nom", "title": {"does_not_contain": "a"}},
                  {"or": [{"property": "Charge", "number": {"equals": 1}}, {"property": "Nom", "title":
                                                                            {"starts_with": "c"}}]}]}, ["C"]),
        ({"timestamp": "last_edited_time", "last_edited_time": {"on_or_after": "2027-01-04T08:58:59Z"}}, ["C"]),
    ],
)  # fmt: skip
def test_filters(world: "World", asked: dict[str, object], titles: list[str]) -> None:
    """Filters keep the rows that a person would expect of them; seconds do not count."""
    base = DatabaseBuilder("Filtres", world.state)
    base.column("Prêt", "checkbox")
    base.column("Canal", "select")
    base.column("Charge", "number")
    base.status_column("État", {"À faire": "To-do", "En cours": "In progress", "Fait": "Complete"})
    a = base.page("A", due=date(2027, 2, 1), estimate=1, values={"Canal": "SEO"})
    base.page("B", after=[a], estimate=3, status="En cours", values={"Prêt": True})
    late = datetime(2027, 3, 1, 9, 30, 55, tzinfo=world.watch.at.tzinfo)
    c = base.page("C", due=late, status="Fait")
    world.state.edit_page(c.id, at=world.watch.at - timedelta(seconds=90))
    rows = world.client.data_sources.query(
        data_source_id=base.source, filter=asked, sorts=[{"property": "Nom", "direction": "ascending"}]
    )
    assert [row["properties"]["Nom"]["title"][0]["plain_text"] for row in rows["results"]] == titles


def test_sorts(world: "World") -> None:
    """Rows come in the order of the sorts, empty values last; statuses go by the order of their options."""
    world.base.page("Zoé", due=date(2027, 1, 15), status="Fait")

    def titles(**sort: str) -> list[str]:
        rows = world.client.data_sources.query(data_source_id=world.base.source, sorts=[sort])["results"]
        return [row["properties"]["Nom"]["title"][0]["plain_text"] for row in rows]

    assert titles(property="Échéance", direction="ascending") == ["Zoé", "[SEO] Brief", "[SEO] Article"]
    assert titles(property="Échéance", direction="descending") == ["[SEO] Brief", "Zoé", "[SEO] Article"]
    assert titles(property="État", direction="descending") == ["Zoé", "[SEO] Brief", "[SEO] Article"]
    assert titles(timestamp="created_time", direction="ascending")[-1] == "[SEO] Brief"


@pytest.mark.parametrize(
    "body",
    [
        {"filter": {"property": "Absente", "date": {"is_empty": True}}},
        {"filter": {"property": "Échéance", "status": {"equals": "x"}}},
        {"filter": {"property": "Échéance", "date": {"greater_than": 1}}},
        {"filter": {"property": "Échéance", "date": {"before": "hier"}}},
        {"filter": {"and": [{"or": [{"and": []}]}]}},
        {"filter": []},
        {"sorts": [{"property": "Nom", "direction": "asc"}]},
        {"result_type": "view"},
        {"filter_properties": ["title"]},
    ],
)
def test_queries_that_mean_nothing(world: "World", body: dict[str, object]) -> None:
    """A filter, sort or key that does not exist is refused, never passed over."""
    answer = world.ask("POST", f"/data_sources/{world.base.source}/query", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")


def test_search_finds_what_is_shared(world: "World") -> None:
    """Search finds data sources and pages by a part of the title, and nothing of an unshared database."""
    DatabaseBuilder("Campagne secrète", world.state, shared=False).page("[SEO] Secret")
    found = world.client.search(query="campagne")["results"]
    assert [(one["object"], one["id"]) for one in found] == [("data_source", world.base.source)]
    only = world.client.search(query="seo", filter={"property": "object", "value": "page"})["results"]
    assert {one["id"] for one in only} == {world.brief.id, world.article.id}


def test_views_tell_what_arrows_follow(world: "World") -> None:
    """A timeline names the columns of its dates and arrows by id."""
    world.base.view("Frise", "timeline", arrows_by="Bloqué par", date_property="Échéance")
    (listed,) = world.client.views.list(data_source_id=world.base.source)["results"]
    view = world.client.views.retrieve(view_id=listed["id"])
    columns = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]
    assert view["configuration"]["arrows_by"] == {"property_id": columns["Bloqué par"]["id"]}
    assert view["configuration"]["date_property_id"] == columns["Échéance"]["id"]
