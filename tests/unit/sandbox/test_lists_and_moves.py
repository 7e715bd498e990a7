"""Lists, cards that are deleted or moved to another board, and items of checklists."""

from typing import TYPE_CHECKING, Any

import pytest

from retro.sandbox.trello import BoardBuilder, CardMade, ListBuilder

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import World


@pytest.fixture
def other(world: "World") -> BoardBuilder:
    """A second board, where Léa is not."""
    board = BoardBuilder("Ailleurs", world.board.state)
    board.list("Reçu").card("déjà là")
    return board


@pytest.fixture
def full(world: "World") -> CardMade:
    """A card with people, labels, values, a checklist, a comment and a history."""
    made = world.board.list("À produire").card(
        "[SEO] Page", members=["Léa Martin", "Rétroplanning"], labels=["jalon"], values={"JH": 1.0}, depends_on=["x"]
    )
    world.client.post(f"/cards/{made.id}/actions/comments", {"text": "bonjour"})
    return made


def _kinds(board: BoardBuilder) -> list[str]:
    return [one["type"] for one in board.document["actions"]]


def test_lists_are_made_renamed_and_archived(world: "World") -> None:
    """A new list stands at the left unless told otherwise, and each change leaves its action."""
    left = world.client.post(f"/boards/{world.board.id}/lists", name="Idées").json()
    right = world.client.post("/lists", name="Parking", idBoard=world.board.id, pos="bottom").json()
    world.client.put(f"/lists/{left['id']}", name="Boîte à idées", closed="true")
    world.client.put(f"/lists/{right['id']}", pos="top")
    world.client.put(f"/lists/{right['id']}/name", value="Plus tard")
    shown = world.client.get(f"/boards/{world.board.id}/lists/all").json()
    names = [one["name"] for one in shown]
    assert names == ["Plus tard", "Boîte à idées", "À produire", "Terminé"]
    assert world.client.get(f"/lists/{left['id']}").json()["closed"] is True
    assert _kinds(world.board)[:6] == [*["updateList"] * 4, "createList", "createList"]
    assert world.board.document["actions"][2]["data"]["old"] == {"closed": False}
    assert world.client.put(f"/lists/{left['id']}/name").status_code == 400


@pytest.mark.parametrize("wanted", [{"name": " "}, {"closed": "peut-être"}, {"pos": "milieu"}])
def test_wrong_values_of_a_list(world: "World", wanted: dict[str, str]) -> None:
    """A value that a list cannot take is refused."""
    id_ = world.board.list("À produire").document["id"]
    assert world.client.put(f"/lists/{id_}", **wanted).status_code == 400
    assert world.client.post("/lists", idBoard=world.board.id).status_code == 400
    assert len(world.board.document["lists"]) == 2


def test_a_deleted_card_leaves_one_action(world: "World", full: CardMade) -> None:
    """A card that is deleted is gone with its checklists and its history; one action says that it was there."""
    assert world.client.delete(f"/cards/{full.id}").status_code == 200
    assert world.client.get(f"/cards/{full.short_link}").status_code == 404
    left = [one for one in world.board.document["actions"] if one["data"].get("card", {}).get("id") == full.id]
    assert [(one["type"], one["data"]["card"]) for one in left] == [
        ("deleteCard", {"id": full.id, "idShort": full.number})
    ]
    assert [one["idCard"] for one in world.board.document["checklists"]] == [world.article.id]


def test_a_card_that_moves_keeps_its_identity(world: "World", full: CardMade, other: BoardBuilder) -> None:
    """On another board a card has its id, short link, text, checklists and comments, and a new number."""
    into = other.list("À trier").document["id"]
    answer = world.client.put(f"/cards/{full.id}", {"idBoard": other.id, "idList": into}).json()
    assert (answer["id"], answer["shortLink"], answer["name"]) == (full.id, full.short_link, "[SEO] Page")
    assert (answer["idBoard"], answer["idList"], answer["idShort"]) == (other.id, into, 2)
    assert answer["url"].startswith(f"https://trello.com/c/{full.short_link}/2-")
    assert [one["idBoard"] for one in world.client.get(f"/cards/{full.id}/checklists").json()] == [other.id]
    comments = world.client.get(f"/cards/{full.id}/actions", filter="commentCard").json()
    assert [one["data"]["text"] for one in comments] == ["bonjour"]
    assert full.id not in {one["id"] for one in world.client.get(f"/boards/{world.board.id}/cards/all").json()}


def test_a_card_that_moves_loses_what_the_other_board_lacks(
    world: "World", full: CardMade, other: BoardBuilder
) -> None:
    """Members who are not on the new board, labels and values of custom fields go without a word."""
    robot = world.client.get("/members/me").json()["id"]
    before = full.document["dateLastActivity"]
    world.client.put(f"/cards/{full.id}", {"idBoard": other.id})
    card = world.client.get(f"/cards/{full.id}", customFieldItems="true").json()
    assert (card["idMembers"], card["idLabels"], card["labels"], card["customFieldItems"]) == ([robot], [], [], [])
    assert card["idList"] == other.list("Reçu").document["id"]
    assert card["dateLastActivity"] > before
    assert (_kinds(world.board)[0], _kinds(other)[0]) == ("moveCardFromBoard", "moveCardToBoard")
    assert world.board.document["actions"][0]["data"]["boardTarget"] == {"id": other.id}
    assert other.document["actions"][0]["data"]["boardSource"] == {"id": world.board.id}


def test_a_move_that_is_refused_moves_nothing(world: "World", full: CardMade, other: BoardBuilder) -> None:
    """An unknown list, a wrong value beside it, or a board that is closed to the member leave the card where it is."""
    path = f"/cards/{full.id}"
    assert world.client.put(path, {"idBoard": other.id, "idList": "0" * 24}).status_code == 400
    assert world.client.put(path, {"idBoard": other.id, "name": " "}).status_code == 400
    other.document["memberships"].clear()
    assert world.client.put(path, {"idBoard": other.id}).status_code == 401
    assert full.document["idBoard"] == world.board.id
    assert len(other.document["cards"]) == 1


def test_a_human_moves_a_card(world: "World", full: CardMade, other: BoardBuilder) -> None:
    """A member's own move in Trello does what the interface's does, without an application."""
    world.sandbox.state.edit_card(full.id, idBoard=other.id, name="[SEO] Déplacée")
    assert (full.document["idBoard"], full.document["name"]) == (other.id, "[SEO] Déplacée")
    assert {one["appCreator"] for one in other.document["actions"][:2]} == {None}


@pytest.mark.parametrize("route", ["body", "field"])
def test_a_list_moves_with_its_cards(world: "World", full: CardMade, other: BoardBuilder, route: str) -> None:
    """A list takes every card along, archived ones too, and drops the members whom the new board lacks."""
    to_do: ListBuilder = world.board.list("À produire")
    to_do.card("vieille", closed=True)
    id_ = to_do.document["id"]
    if route == "body":
        world.client.put(f"/lists/{id_}", idBoard=other.id)
    else:
        world.client.put(f"/lists/{id_}/idBoard", value=other.id)
    cards: list[dict[str, Any]] = world.client.get(f"/boards/{other.id}/cards/all").json()
    moved = [one for one in cards if one["idList"] == id_]
    assert [one["name"] for one in moved] == ["[SEO] Brief", "[SEO] Article", "[SEO] Page", "vieille"]
    assert [one["idShort"] for one in moved] == [2, 3, 4, 5]
    lea = world.board.member("Léa Martin")["id"]
    assert all(lea not in one["idMembers"] for one in moved)
    assert world.client.get(f"/boards/{world.board.id}/cards/all").json() == []
    assert (_kinds(world.board)[0], _kinds(other)[0]) == ("moveListFromBoard", "moveListToBoard")
    assert world.client.get(f"/cards/{full.short_link}").json()["idBoard"] == other.id


def test_items_are_ticked_off_and_given_away(world: "World") -> None:
    """State, day, person and name of a checklist's item change, and the card's badges and activity follow."""
    item = world.board.document["checklists"][0]["checkItems"][0]
    path, before = f"/cards/{world.article.id}/checkItem/{item['id']}", world.article.document["dateLastActivity"]
    lea = world.board.member("Léa Martin")["id"]
    due = "2027-02-01T16:00:00.000Z"
    answer = world.client.put(path, {"due": due, "idMember": lea, "dueReminder": 1440, "name": "brief relu"}).json()
    assert (answer["due"], answer["idMember"], answer["name"]) == (due, lea, "brief relu")
    assert world.article.document["badges"]["checkItemsEarliestDue"] == due
    world.client.put(path, state="complete")
    badges = world.article.document["badges"]
    assert (badges["checkItems"], badges["checkItemsChecked"], badges["checkItemsEarliestDue"]) == (1, 1, None)
    assert _kinds(world.board)[0] == "updateCheckItemStateOnCard"
    assert world.article.document["dateLastActivity"] > before


@pytest.mark.parametrize(
    "wanted",
    [
        {"state": "presque"},
        {"due": "jamais"},
        {"idMember": "0" * 24},
        {"dueReminder": "tôt"},
        {"idChecklist": "0" * 24},
        {"name": ""},
    ],
)
def test_wrong_values_of_an_item(world: "World", wanted: dict[str, str]) -> None:
    """A value that an item cannot take is refused, and the good one beside it is not written."""
    item = world.board.document["checklists"][0]["checkItems"][0]
    path = f"/cards/{world.article.id}/checkItem/{item['id']}"
    assert world.client.put(path, {"dueReminder": 5, **wanted}).status_code == 400
    assert item["dueReminder"] is None
    assert world.client.put(f"/cards/{world.brief.id}/checkItem/{item['id']}", {}).status_code == 404


def test_an_item_moves_to_another_checklist(world: "World") -> None:
    """An item goes to another checklist of its card."""
    target = world.board.checklist(world.article, "Étapes", ())
    item = world.board.document["checklists"][0]["checkItems"][0]
    path = f"/cards/{world.article.id}/checkItem/{item['id']}"
    assert world.client.put(path, {"idChecklist": target["id"]}).json()["idChecklist"] == target["id"]
    first, second = world.client.get(f"/cards/{world.article.id}/checklists").json()
    assert (first["checkItems"], [one["id"] for one in second["checkItems"]]) == ([], [item["id"]])


def test_reads_in_one_batch(world: "World") -> None:
    """Ten reads at most come in one request, each with its own status, commas inside an address left alone."""
    urls = f"/boards/{world.board.id}?fields=name,closed,/cards/{'0' * 24},/members/me"
    first, second, third = world.client.get("/batch", urls=urls).json()
    assert first["200"] == {"id": world.board.id, "name": "Campagne", "closed": False}
    assert list(second) == ["404"]
    assert third["200"]["username"] == "retroplanning"
    assert len(world.sandbox.log) == 1
    for urls in ("", ",".join(["/members/me"] * 11), "/batch?urls=/members/me"):
        assert world.client.get("/batch", urls=urls).status_code == 400
