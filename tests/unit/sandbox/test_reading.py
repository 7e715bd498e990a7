"""What the look-alike answers when it is read."""

from datetime import timedelta
from typing import TYPE_CHECKING

from retro.sandbox.trello import BoardBuilder

NESTED = {
    "fields": "all",
    "lists": "all",
    "labels": "all",
    "members": "all",
    "memberships": "all",
    "customFields": "true",
    "checklists": "all",
    "cards": "visible",
    "card_customFieldItems": "true",
    "card_attachments": "true",
    "card_pluginData": "true",
    "actions": "commentCard,updateCard:due",
    "actions_limit": "1000",
}

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import World


def test_one_request_brings_a_whole_board(world: "World") -> None:
    """A nested request by short link answers lists, people, fields, checklists and cards at once."""
    answer = world.client.get(f"/boards/{world.board.document['shortLink']}", **NESTED).json()
    assert [one["name"] for one in answer["lists"]] == ["À produire", "Terminé"]
    assert {one["fullName"] for one in answer["members"]} == {"Rétroplanning", "Léa Martin"}
    assert [one["name"] for one in answer["cards"]] == ["[SEO] Brief", "[SEO] Article"]
    assert answer["cards"][0]["due"] == "2027-02-01T16:00:00.000Z"
    assert [item["value"] for item in answer["cards"][0]["customFieldItems"]] == [{"number": "2.5"}]
    assert answer["checklists"][0]["checkItems"][0]["name"] == world.brief.url
    assert len(world.sandbox.log) == 1


def test_an_unset_field_is_absent(world: "World") -> None:
    """A card without a value for a custom field has no item for it."""
    answer = world.client.get(f"/cards/{world.article.id}", customFieldItems="true").json()
    assert answer["customFieldItems"] == []
    assert "checklists" not in answer


def test_nested_resources_come_only_when_asked_for(world: "World") -> None:
    """A board asked for without parameters has its default fields alone."""
    answer = world.client.get(f"/boards/{world.board.id}").json()
    assert set(answer) == {
        *("id", "name", "desc", "descData", "closed", "idOrganization"),
        *("pinned", "url", "shortUrl", "prefs", "labelNames"),
    }


def test_ids_tell_their_creation(world: "World") -> None:
    """The first eight digits of an id are the second of its creation, 30 days ago for a built board."""
    created = int(world.brief.id[:8], 16)
    assert created == int((world.watch.now() - timedelta(days=30)).timestamp())


def test_labels_are_cut_at_fifty(world: "World") -> None:
    """Fifty labels come by default, as many as asked for up to a thousand."""
    for number in range(60):
        world.board.label(f"étiquette {number}")
    path = f"/boards/{world.board.id}"
    assert len(world.client.get(path, labels="all").json()["labels"]) == 50
    assert len(world.client.get(path, labels="all", labels_limit=1000).json()["labels"]) == 60
    assert world.client.get(path, labels="all", labels_limit=1001).status_code == 400


def test_card_filters(world: "World") -> None:
    """`open` counts cards of archived lists, `visible` does not, `all` has the archived ones too."""
    world.board.list("Vieux", closed=True).card("dans une liste archivée")
    world.board.list("À produire").card("archivée", closed=True)
    path = f"/boards/{world.board.id}"
    counts = {which: len(world.client.get(path, cards=which).json()["cards"]) for which in ("visible", "open", "all")}
    assert counts == {"visible": 2, "open": 3, "all": 4}
    assert [card["name"] for card in world.client.get(f"{path}/cards/closed").json()] == ["archivée"]


def test_cards_are_paged_by_creation(world: "World") -> None:
    """A board over 1 000 cards is cut to the last created, and `before` brings the rest, each card once."""
    to_do = world.board.list("À produire")
    for number in range(1200):
        to_do.card(f"tâche {number}")
    path = f"/boards/{world.board.id}"
    nested = world.client.get(path, cards="all").json()["cards"]
    first = world.client.get(f"{path}/cards/all", limit=1000).json()
    rest = world.client.get(f"{path}/cards/all", limit=1000, before=min(card["id"] for card in first)).json()
    assert len(nested) == len(first) == 1000
    assert len({card["id"] for card in (*first, *rest)}) == 1202 == len(first) + len(rest)
    assert "tâche 1199" in {card["name"] for card in first}
    assert world.client.get(f"{path}/cards", limit=1001).status_code == 400


def test_actions_by_kind_and_time(world: "World") -> None:
    """Actions come newest first, by kind and changed field, after an instant, as many as asked for."""
    world.sandbox.state.edit_card(world.brief.id, name="[SEO] Brief 2")
    world.watch.sleep(60)
    since = world.watch.now().isoformat()
    for day in ("2027-02-03", "2027-02-05"):
        world.watch.sleep(60)
        world.sandbox.state.edit_card(world.brief.id, due=day)
    path = f"/boards/{world.board.id}"
    dues = world.client.get(path, actions="updateCard:due").json()["actions"]
    assert [one["data"]["old"]["due"] for one in dues] == ["2027-02-03T00:00:00.000Z", "2027-02-01T16:00:00.000Z"]
    assert len(world.client.get(path, actions="updateCard").json()["actions"]) == 3
    assert len(world.client.get(path, actions="all", actions_since=since).json()["actions"]) == 2
    assert len(world.client.get(path, actions="all", actions_limit=1).json()["actions"]) == 1
    assert len(world.client.get(f"{path}/actions", filter="updateCard:name").json()) == 1
    assert len(world.client.get(f"/cards/{world.brief.id}/actions", filter="updateCard:due").json()) == 2
    assert world.client.get(path, actions="all", actions_limit=1001).status_code == 400


def test_who_am_i_and_my_boards(world: "World") -> None:
    """The token's owner and the boards they belong to, those they merely could see left out."""
    other = BoardBuilder("Ailleurs", world.board.state, visibility="org")
    other.document["memberships"].clear()
    assert world.client.get("/members/me").json()["username"] == "retroplanning"
    mine = world.client.get("/members/me/boards", fields="name,url").json()
    assert [one["name"] for one in mine] == ["Campagne"]


def test_board_parts_by_themselves(world: "World") -> None:
    """Lists, people, fields and checklists can be asked for one by one."""
    counts = {
        part: len(world.client.get(f"/boards/{world.board.id}/{part}").json())
        for part in ("lists", "labels", "members", "memberships", "checklists", "customFields")
    }
    assert counts == {"lists": 2, "labels": 0, "members": 2, "memberships": 2, "checklists": 1, "customFields": 1}


def test_a_card_with_its_surroundings(world: "World") -> None:
    """A card can bring its list, board, people and checklists."""
    params = {"list": "true", "board": "true", "members": "true", "checklists": "all", "actions": "createCard"}
    answer = world.client.get(f"/cards/{world.article.short_link}", **params).json()
    assert answer["list"]["name"] == "À produire"
    assert answer["board"]["name"] == "Campagne"
    assert answer["checklists"][0]["name"] == "Dépendances"
    assert [one["type"] for one in answer["actions"]] == ["createCard"]


def test_nested_cards_are_paged(world: "World") -> None:
    """`cards_limit` and `cards_before` page the cards that are nested in a board, last created first."""
    to_do = world.board.list("À produire")
    for number in range(8):
        to_do.card(f"tâche {number}")
    path = f"/boards/{world.board.id}"
    seen: list[str] = []
    before: dict[str, str] = {}
    for _turn in range(4):
        answer = world.client.get(path, cards="visible", cards_limit=4, **before).json()
        if not answer["cards"]:
            break
        seen += [one["id"] for one in answer["cards"]]
        before = {"cards_before": min(seen)}
    assert len(seen) == len(set(seen)) == 10


def test_cards_of_a_board_with_what_is_on_them(world: "World") -> None:
    """The cards of a board come with checklists and attachments where they are asked for."""
    parts = {"attachments": "true", "checklists": "all", "pluginData": "true"}
    first, second = world.client.get(f"/boards/{world.board.id}/cards/visible", limit=1000, **parts).json()
    assert [one["name"] for one in second["checklists"]] == ["Dépendances"]
    assert (first["checklists"], first["attachments"], first["pluginData"]) == ([], [], [])
