"""What the look-alike changes when it is written to."""

from typing import TYPE_CHECKING

import pytest

from retro.sandbox.trello import BoardBuilder

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import World


def test_several_fields_in_one_request(world: "World") -> None:
    """Name, text, dates and state change in one PUT with a JSON body, times being stored in UTC."""
    body = {"name": "Neuf", "desc": "d" * 9000, "due": "2027-02-08T17:00:00+01:00", "start": "2027-02-01T00:00:00Z"}
    answer = world.client.put(f"/cards/{world.brief.id}", {**body, "dueComplete": True}).json()
    assert answer["due"] == "2027-02-08T16:00:00.000Z"
    assert answer["start"] == "2027-02-01T00:00:00.000Z"
    assert answer["dueComplete"]
    assert answer["badges"]["due"] == answer["due"]
    assert answer["url"].endswith("/1-neuf")
    assert world.sandbox.writes() == 1


def test_null_clears(world: "World") -> None:
    """A null in the body, or the word in the query, empties a date."""
    assert world.client.put(f"/cards/{world.brief.id}", {"due": None}).json()["due"] is None
    world.client.put(f"/cards/{world.brief.id}", {"due": "2027-02-08T16:00:00.000Z"})
    assert world.client.put(f"/cards/{world.brief.id}", due="null").json()["due"] is None


def test_a_change_leaves_its_marks(world: "World") -> None:
    """Every change moves the last activity, even on a clock that stands still, and a due date its action."""
    before = dict(world.brief.document)
    first = world.client.put(f"/cards/{world.brief.id}", {"due": "2027-02-02T16:00:00.000Z"}).json()
    second = world.client.put(f"/cards/{world.brief.id}", {"due": "2027-02-03T16:00:00.000Z"}).json()
    assert before["dateLastActivity"] < first["dateLastActivity"] < second["dateLastActivity"]
    action = world.board.document["actions"][0]
    assert action["data"]["old"] == {"due": first["due"]}
    assert action["idMemberCreator"] == world.client.get("/members/me").json()["id"]
    assert action["appCreator"] is not None


def test_the_same_value_changes_nothing(world: "World") -> None:
    """Writing what is already there leaves activity and history alone."""
    before, actions = world.brief.document["dateLastActivity"], len(world.board.document["actions"])
    answer = world.client.put(f"/cards/{world.brief.id}", {"due": "2027-02-01T17:00:00+01:00"}).json()
    assert answer["dateLastActivity"] == before
    assert len(world.board.document["actions"]) == actions


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("due", "demain"),
        ("name", ""),
        ("name", None),
        ("desc", "d" * 16385),
        ("closed", "peut-être"),
        ("idList", "0" * 24),
        ("idMembers", ["0" * 24]),
        ("idLabels", "x"),
        ("pos", "milieu"),
    ],
)
def test_bad_values_are_refused_whole(world: "World", field: str, value: object) -> None:
    """A value that a field cannot take is refused by name, and the good ones beside it are not written."""
    answer = world.client.put(f"/cards/{world.brief.id}", {"dueComplete": True, field: value})
    assert (answer.status_code, answer.text) == (400, f"invalid value for {field}")
    assert not world.brief.document["dueComplete"]


def test_people_labels_and_lists(world: "World") -> None:
    """Members, labels and the list of a card change by ids, and labels are shown whole."""
    label, done = world.board.label("jalon", "red"), world.board.list("Terminé").document
    body = {"idLabels": [label["id"]], "idList": done["id"], "idMembers": ""}
    answer = world.client.put(f"/cards/{world.brief.id}", body).json()
    assert answer["labels"][0]["name"] == "jalon"
    assert answer["idMembers"] == []
    kinds = [one["type"] for one in world.board.document["actions"]]
    assert kinds[:3] == ["removeMemberFromCard", "updateCard", "updateCard"]
    assert world.board.document["actions"][1]["data"]["listAfter"]["name"] == "Terminé"


def test_custom_field_values_are_strings(world: "World") -> None:
    """A number as a number is refused, as a string it is kept, and the empty string takes the item away."""
    field = world.board.field("JH")
    path = f"/cards/{world.article.id}/customField/{field['id']}/item"
    assert world.client.put(path, {"value": {"number": 3}}).status_code == 400
    assert world.client.put(path, {"value": {"text": "3"}}).status_code == 400
    assert world.client.put(path, {"value": {"number": "3"}}).json()["value"] == {"number": "3"}
    items = world.client.get(f"/cards/{world.article.id}/customFieldItems").json()
    assert [item["value"] for item in items] == [{"number": "3"}]
    assert world.client.put(path, {"value": ""}).json()["value"] is None
    assert world.client.get(f"/cards/{world.article.id}/customFieldItems").json() == []


def test_many_custom_fields_at_once(world: "World") -> None:
    """One PUT sets several fields of a card, or none where one value is wrong."""
    late, review = world.board.field("Au plus tard", "date"), world.board.field("À revoir", "text")
    state = world.board.field("État", "list", ["ouvert", "clos"])
    items = [
        {"idCustomField": late["id"], "value": {"date": "2027-02-19T12:00:00.000Z"}},
        {"idCustomField": review["id"], "value": {"text": "DAT103 attendue le 8/01"}},
        {"idCustomField": state["id"], "idValue": state["options"][1]["id"]},
    ]
    path = f"/cards/{world.article.id}/customFields"
    answer = world.client.put(path, {"customFieldItems": items}).json()
    assert [(one["value"], one["idValue"]) for one in answer] == [
        ({"date": "2027-02-19T12:00:00.000Z"}, None),
        ({"text": "DAT103 attendue le 8/01"}, None),
        (None, state["options"][1]["id"]),
    ]
    wrong = [{"idCustomField": review["id"], "value": ""}, {"idCustomField": late["id"], "value": {"date": "jamais"}}]
    assert world.client.put(path, {"customFieldItems": wrong}).status_code == 400
    assert len(world.article.document["customFieldItems"]) == 3


def test_a_custom_field_is_made_and_dropped(world: "World") -> None:
    """A field of one's own is made off the card fronts, and takes its values with it when it goes."""
    body = {"idModel": world.board.id, "modelType": "board", "name": "retro · au plus tard", "type": "date"}
    made = world.client.post("/customFields", {**body, "pos": "bottom", "display": {"cardFront": False}}).json()
    assert made["display"] == {"cardFront": False}
    value = {"value": {"date": "2027-02-19T12:00:00.000Z"}}
    world.client.put(f"/cards/{world.brief.id}/customField/{made['id']}/item", value)
    before = world.brief.document["dateLastActivity"]
    assert world.client.delete(f"/customFields/{made['id']}").status_code == 200
    names = [one["name"] for one in world.client.get(f"/boards/{world.board.id}/customFields").json()]
    assert names == ["JH"]
    assert [item["value"] for item in world.brief.document["customFieldItems"]] == [{"number": "2.5"}]
    assert world.brief.document["dateLastActivity"] == before


def test_custom_fields_have_limits(world: "World") -> None:
    """No field on a board whose plan has none, and no fifty-first one on any."""
    other = BoardBuilder("Gratuit", world.board.state)
    world.board.state.without_custom_fields.add(other.id)
    body = {"idModel": other.id, "modelType": "board", "name": "x", "type": "text", "pos": "bottom"}
    assert world.client.post("/customFields", body).status_code == 403
    for number in range(49):
        world.board.field(f"champ {number}")
    assert world.client.post("/customFields", {**body, "idModel": world.board.id}).status_code == 403


def test_a_comment_is_edited_in_place_by_its_author(world: "World") -> None:
    """A comment is added, changed and removed by the token's owner; someone else's stays."""
    made = world.client.post(f"/cards/{world.brief.id}/actions/comments", {"text": "bonjour"}).json()
    assert world.brief.document["badges"]["comments"] == 1
    assert world.client.put(f"/actions/{made['id']}", {"text": "bonsoir"}).json()["data"]["text"] == "bonsoir"
    action = next(one for one in world.board.document["actions"] if one["id"] == made["id"])
    action["idMemberCreator"] = world.board.member("Léa Martin")["id"]
    assert world.client.put(f"/actions/{made['id']}", {"text": "volé"}).status_code == 401
    assert world.client.delete(f"/actions/{made['id']}").status_code == 401
    action["idMemberCreator"] = world.client.get("/members/me").json()["id"]
    assert world.client.delete(f"/actions/{made['id']}").status_code == 200
    assert world.client.get(f"/actions/{made['id']}").status_code == 404


def test_a_card_is_created(world: "World") -> None:
    """A new card gets the next number, and its creation is all that its history holds."""
    in_list = world.board.list("À produire").document["id"]
    body = {"idList": in_list, "name": "Neuve", "due": "2027-03-01T16:00:00.000Z"}
    made = world.client.post("/cards", body).json()
    assert made["idShort"] == 3
    assert world.client.get(f"/cards/{made['shortLink']}").json()["due"] == "2027-03-01T16:00:00.000Z"
    history = world.client.get(f"/cards/{made['id']}/actions", filter="all").json()
    assert [one["type"] for one in history] == ["createCard"]


def test_a_humans_edit(world: "World") -> None:
    """An edit in Trello itself is a member's, at the state's now, without an application."""
    world.watch.sleep(3600)
    card = world.sandbox.state.edit_card(world.brief.id, due="2027-02-10T16:00:00Z")
    assert card["dateLastActivity"] == "2027-01-04T10:00:00.000Z"
    action = world.board.document["actions"][0]
    assert action["memberCreator"]["fullName"] == "Léa Martin"
    assert action["appCreator"] is None
    assert world.sandbox.writes() == 0
