"""What the look-alike makes of writes."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from notion_client import APIResponseError

if TYPE_CHECKING:
    from tests.unit.sandbox.notion.conftest import World


def test_a_write_touches_what_it_names(world: "World") -> None:
    """A change of one property leaves every other one, and marks the page with the connection and the minute."""
    before = world.client.pages.retrieve(page_id=world.brief.id)
    world.watch.sleep(60)
    after = world.write(world.brief, {"Échéance": {"date": {"start": "2027-02-09"}}})
    assert after["properties"].pop("Échéance")["date"]["start"] == "2027-02-09"
    before["properties"].pop("Échéance")
    assert after["properties"] == before["properties"]
    assert after["last_edited_time"] == "2027-01-04T09:01:00.000Z"
    assert after["last_edited_by"]["id"] == world.client.users.me()["id"]
    assert world.sandbox.writes() == 1


def test_a_property_by_its_id(world: "World") -> None:
    """A write may name a property by id, as answers carry it, whatever it is called meanwhile."""
    id_ = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]["Échéance"]["id"]
    world.state.rename_column(world.base.source, "Échéance", "Date limite")
    world.write(world.brief, {id_: {"date": {"start": "2027-02-09"}}})
    read = world.client.pages.retrieve(page_id=world.brief.id)["properties"]["Date limite"]
    assert (read["id"], read["date"]["start"]) == (id_, "2027-02-09")


@pytest.mark.parametrize(
    ("sent", "echo"),
    [
        ({"start": "2027-07-01"}, "2027-07-01"),
        ({"start": "2027-07-01T17:57:32", "time_zone": "Europe/Paris"}, "2027-07-01T17:57:00.000+02:00"),
        ({"start": "2027-01-08T12:00:00Z", "time_zone": "Europe/Paris"}, "2027-01-08T13:00:00.000+01:00"),
        ({"start": "2027-07-01T17:57:32.5+02:00"}, "2027-07-01T17:57:00.000+02:00"),
        ({"start": "2027-07-01T17:57:32Z"}, "2027-07-01T17:57:00.000+00:00"),
        ({"start": "2027-07-01T17:57:32"}, "2027-07-01T17:57:00.000+00:00"),
    ],
)
def test_the_echo_of_a_date(world: "World", sent: dict[str, str], echo: str) -> None:
    """A day stays a day; a time loses its seconds and gets an offset; the time zone is never told."""
    read = world.write(world.brief, {"Échéance": {"date": sent}})["properties"]["Échéance"]["date"]
    assert read == {"start": echo, "end": None, "time_zone": None}
    assert world.value(world.brief, "Échéance") == read


def test_a_range_and_an_emptied_date(world: "World") -> None:
    """A date holds an end as well, and null empties it."""
    sent = {"start": "2027-07-01", "end": "2027-07-05"}
    assert (
        world.write(world.brief, {"Échéance": {"date": sent}})["properties"]["Échéance"]["date"]["end"] == sent["end"]
    )
    world.write(world.brief, {"Échéance": {"date": None}})
    assert world.value(world.brief, "Échéance") is None


def test_statuses_must_exist_and_selects_need_not(world: "World") -> None:
    """An unknown status is refused; an unknown option of a select is made."""
    world.write(world.brief, {"État": {"status": {"name": "Fait"}}})
    assert world.value(world.brief, "État")["name"] == "Fait"
    with pytest.raises(APIResponseError, match="does not exist") as caught:
        world.write(world.brief, {"État": {"status": {"name": "Bientôt"}}})
    assert (caught.value.status, caught.value.code) == (400, "validation_error")
    world.write(world.brief, Canal={"select": {"name": "Radio"}})
    columns = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]
    assert [one["name"] for one in columns["Canal"]["select"]["options"]] == ["SEO", "Vidéo", "Radio"]


def test_relations_are_replaced_and_kept_in_step(world: "World") -> None:
    """What is written is the whole relation; the other side follows on every page, which does not count as an edit."""
    other = world.base.page("Autre")
    stamp = world.client.pages.retrieve(page_id=world.brief.id)["last_edited_time"]
    world.watch.sleep(600)
    world.write(world.article, {"Bloqué par": {"relation": [{"id": other.id}]}})
    assert world.value(world.article, "Bloqué par") == [{"id": other.id}]
    assert world.value(world.brief, "Bloque") == []
    assert world.value(other, "Bloque") == [{"id": world.article.id}]
    assert world.client.pages.retrieve(page_id=world.brief.id)["last_edited_time"] == stamp
    world.write(world.brief, Bloque={"relation": [{"id": world.article.id}, {"id": other.id}]})
    assert world.value(world.article, "Bloqué par") == [{"id": other.id}, {"id": world.brief.id}]
    assert world.value(other, "Bloqué par") == [{"id": world.brief.id}]


def test_a_page_that_waits_for_itself(world: "World") -> None:
    """A page can be related to itself, and let go again, on both sides."""
    world.write(world.brief, {"Bloqué par": {"relation": [{"id": world.brief.id}]}})
    assert world.value(world.brief, "Bloque") == [{"id": world.article.id}, {"id": world.brief.id}]
    world.write(world.brief, {"Bloqué par": {"relation": []}})
    assert world.value(world.brief, "Bloque") == [{"id": world.article.id}]


def test_people_by_id_only(world: "World") -> None:
    """People are written as ids of the workspace's users, as a whole."""
    tom = world.base.person("Tom Petit")
    world.write(world.brief, Responsable={"people": [{"id": tom["id"]}]})
    assert [one["name"] for one in world.value(world.brief, "Responsable")] == ["Tom Petit"]
    with pytest.raises(APIResponseError, match="no user"):
        world.write(world.brief, Responsable={"people": [{"id": world.brief.id}]})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Échéance", {"date": "2027-02-01"}),
        ("Échéance", {"date": {"end": "2027-02-01"}}),
        ("Échéance", {"date": {"start": "2027-02-31"}}),
        ("Échéance", {"date": {"start": "01/02/2027"}}),
        ("Échéance", {"date": {"start": "2027-02-01", "time_zone": "Europe/Paris"}}),
        ("Échéance", {"date": {"start": "2027-02-01T09:00:00+01:00", "time_zone": "Europe/Paris"}}),
        ("Échéance", {"date": {"start": "2027-02-01T09:00:00", "time_zone": "Mars/Nord"}}),
        ("Échéance", {"date": {"start": "2027-02-01", "end": "2027-02-02T09:00:00Z"}}),
        ("Échéance", {"number": 3}),
        ("Échéance", {"type": "number", "date": None}),
        ("Échéance", "2027-02-01"),
        ("Nom", {"title": [{"text": {"content": "x" * 2001}}]}),
        ("Nom", {"title": [{"text": {"content": "x"}}] * 101}),
        ("Nom", {"title": "x"}),
        ("Charge (jours)", {"number": "3"}),
        ("Charge (jours)", {"number": True}),
        ("Bloqué par", {"relation": ["x"]}),
        ("Bloqué par", {"relation": [{"id": "x"}]}),
        ("Bloqué par", {"relation": [{"id": "0" * 32}] * 101}),
        ("Responsable", {"people": ["Léa Martin"]}),
        ("Canal", {"select": "SEO"}),
        ("Canal", {"select": {"name": "a,b"}}),
        ("Fait le", {"date": None}),
    ],
)
def test_values_that_do_not_fit(world: "World", name: str, value: Any) -> None:
    """A value that does not fit its column is refused, and nothing of the request is done."""
    sent = {"Canal": {"select": {"name": "Vidéo"}}, name: value} if name != "Canal" else {name: value}
    answer = world.ask("PATCH", f"/pages/{world.brief.id}", {"properties": sent})
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")
    assert world.value(world.brief, "Canal") is None
    assert world.sandbox.writes() == 0


def test_computed_columns_cannot_be_written(world: "World") -> None:
    """A formula is read-only, and reads as it was given."""
    world.base.column("Retard", "formula")
    world.state.edit_page(world.brief.id, Retard={"type": "number", "number": 3})
    assert world.value(world.brief, "Retard") == {"type": "number", "number": 3}
    assert world.value(world.article, "Retard") == {"type": "string", "string": None}
    with pytest.raises(APIResponseError, match="computed"):
        world.write(world.brief, Retard={"formula": {"number": 1}})


def test_pages_made_by_request(world: "World") -> None:
    """A new page has the given values, the first status of the To-do group, and leads the next query."""
    made = world.client.pages.create(
        parent={"data_source_id": world.base.source},
        properties={"Nom": {"title": [{"text": {"content": "Neuf"}}]}, "Canal": {"select": {"name": "SEO"}}},
    )
    assert made["properties"]["État"]["status"]["name"] == "À faire"
    assert world.client.data_sources.query(data_source_id=world.base.source)["results"][0] == {
        name: value for name, value in made.items() if name != "request_id"
    }


def test_into_the_trash_and_back(world: "World") -> None:
    """A page in the trash takes no edit but its way out."""
    world.client.pages.update(page_id=world.brief.id, in_trash=True)
    with pytest.raises(APIResponseError, match="trash"):
        world.write(world.brief, Canal={"select": None})
    assert world.client.pages.update(page_id=world.brief.id, in_trash=False)["in_trash"] is False


def test_a_column_is_made_renamed_and_dropped(world: "World") -> None:
    """Columns come and go one by one; a renamed one keeps its id and values, a dropped one takes its values along."""
    change = world.client.data_sources.update
    source = {"data_source_id": world.base.source}
    before = world.client.data_sources.retrieve(**source)["properties"]
    made = change(**source, properties={"retro · au plus tard": {"date": {}}})["properties"]
    assert {name: one for name, one in made.items() if name != "retro · au plus tard"} == before
    world.write(world.brief, {"retro · au plus tard": {"date": {"start": "2027-01-20"}}})
    renamed = change(**source, properties={"retro · au plus tard": {"name": "Au plus tard"}})["properties"]
    assert renamed["Au plus tard"]["id"] == made["retro · au plus tard"]["id"]
    assert world.value(world.brief, "Au plus tard")["start"] == "2027-01-20"
    assert change(**source, properties={"Au plus tard": None})["properties"] == before
    change(**source, properties={"Au plus tard": {"date": {}}})
    assert world.value(world.brief, "Au plus tard") is None


@pytest.mark.parametrize(
    "asked",
    [
        {"Nom": None},
        {"Absente": None},
        {"Absente": {"name": "Présente"}},
        {"Canal": {"name": "État"}},
        {"Neuve": {"type": "date"}},
        {"Neuve": {"date": {}, "number": {}}},
        {"Neuve": {"statut": {}}},
        {"Neuve": {"select": {"options": [{"name": "a", "color": "crimson"}]}}},
        {"Neuve": {"relation": {"database_id": "x"}}},
        {"Nom": {"date": {}}},
    ],
)
def test_columns_that_cannot_be(world: "World", asked: dict[str, Any]) -> None:
    """A change that cannot be made is refused, together with those that could be."""
    before = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]
    body = {"properties": {"Une autre": {"number": {}}, **asked}}
    answer = world.ask("PATCH", f"/data_sources/{world.base.source}", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")
    assert world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"] == before


def test_options_are_replaced_as_a_whole(world: "World") -> None:
    """The options that a request leaves out are deleted, and emptied on every page: a trap to stay out of."""
    world.state.edit_page(world.brief.id, Canal="SEO")
    world.client.data_sources.update(
        data_source_id=world.base.source, properties={"Canal": {"select": {"options": [{"name": "Print"}]}}}
    )
    assert world.value(world.brief, "Canal") is None
    columns = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]
    assert [one["name"] for one in columns["Canal"]["select"]["options"]] == ["Print"]


def test_options_of_a_status(world: "World") -> None:
    """New ones land in To-do, a new name is passed over, a new colour is refused, what is left out is gone."""
    change = world.client.data_sources.update
    source = {"data_source_id": world.base.source}
    options = world.client.data_sources.retrieve(**source)["properties"]["État"]["status"]["options"]
    wanted = [{"id": options[0]["id"], "name": "Renommée"}, {"name": "Bloqué"}]
    status = change(**source, properties={"État": {"status": {"options": wanted}}})["properties"]["État"]["status"]
    assert [one["name"] for one in status["options"]] == ["À faire", "Bloqué"]
    assert status["groups"][0]["option_ids"] == [one["id"] for one in status["options"]]
    assert world.value(world.brief, "État") is None
    with pytest.raises(APIResponseError, match="color"):
        change(**source, properties={"État": {"status": {"options": [{"name": "À faire", "color": "pink"}]}}})


def test_a_two_way_relation_is_made_later(world: "World") -> None:
    """A relation to the data source itself is added by a later request, and its other side comes with it."""
    asked = {"type": "dual_property", "data_source_id": world.base.source, "dual_property": {}}
    made = world.client.data_sources.update(
        data_source_id=world.base.source, properties={"Élément parent": {"relation": asked}}
    )["properties"]
    other = made["Related to Campagne (Élément parent)"]
    assert other["relation"]["dual_property"]["synced_property_name"] == "Élément parent"
    world.write(world.article, {"Élément parent": {"relation": [{"id": world.brief.id}]}})
    assert world.value(world.brief, "Related to Campagne (Élément parent)") == [{"id": world.article.id}]


def test_comments_of_a_page(world: "World") -> None:
    """A comment is written, listed while its discussion is open, edited and removed."""
    said = world.client.comments.create(
        parent={"page_id": world.brief.id}, rich_text=[{"text": {"content": "retro : bonjour"}}]
    )
    again = world.client.comments.create(discussion_id=said["discussion_id"], rich_text=[{"text": {"content": "et"}}])
    listed = world.client.comments.list(block_id=world.brief.id)["results"]
    assert [one["id"] for one in listed] == [said["id"], again["id"]]
    edited = world.client.comments.update(comment_id=said["id"], rich_text=[{"text": {"content": "bonsoir"}}])
    assert edited["rich_text"][0]["plain_text"] == "bonsoir"
    world.state.comments[again["id"]]["resolved"] = True
    assert len(world.client.comments.list(block_id=world.brief.id)["results"]) == 1
    world.client.comments.delete(comment_id=said["id"])
    assert world.client.comments.list(block_id=world.brief.id)["results"] == []


def test_queries_and_searches_are_no_writes(world: "World") -> None:
    """What is posted only to be read counts as no write, and a token that may only read may post it."""
    world.client.data_sources.query(data_source_id=world.base.source)
    world.client.search()
    assert world.sandbox.writes() == 0
    world.write(world.brief, {"Échéance": {"date": {"start": date(2027, 2, 9).isoformat()}}})
    assert world.sandbox.writes() == 1
    assert world.sandbox.log.since(0)[-1].body == {"properties": {"Échéance": {"date": {"start": "2027-02-09"}}}}
