"""Keeping a state in a file, and taking boards in from exports."""

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from retro.sandbox.trello import BoardBuilder, State, TrelloSandbox, load_seed, new_state

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import World

    from retro.sandbox.trello.build_cards import Value


def _board(world: "World") -> str:
    return json.dumps(world.board.document, sort_keys=True)


def test_saved_and_loaded_again(world: "World", tmp_path: Path) -> None:
    """A state comes back from its file document by document, with the same credentials."""
    path = tmp_path / "sandbox.json"
    world.board.label("jalon")
    world.board.state.save(path)
    again = State.load(path, now=world.watch.now)
    assert json.dumps(again.board(world.board.id), sort_keys=True) == _board(world)
    assert (again.saved, world.board.state.saved) == (True, False)
    assert (again.key, set(again.tokens)) == (world.board.state.key, set(world.board.state.tokens))
    assert again.mint.id(world.watch.now()) == world.board.state.mint.id(world.watch.now())
    assert [one.name for one in tmp_path.iterdir()] == ["sandbox.json"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_only_the_owner_reads_the_file(world: "World", tmp_path: Path) -> None:
    """The file's permissions are its owner's alone, also when it was there before with others."""
    path = tmp_path / "sandbox.json"
    path.write_text("{}")
    path.chmod(0o644)
    world.board.state.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_token_is_written_down(world: "World", tmp_path: Path) -> None:
    """The file holds whose tokens there are, not their values."""
    path = tmp_path / "sandbox.json"
    world.board.state.save(path)
    text = path.read_text("utf-8")
    assert not any(token in text for token in world.board.state.tokens)


def test_a_store_follows_every_write(world: "World", tmp_path: Path) -> None:
    """With a store, a write is in the file before its answer comes."""
    path = tmp_path / "sandbox.json"
    with TrelloSandbox(world.board.state, store=path) as sandbox:
        url = f"{sandbox.url}/1/cards/{world.brief.id}"
        world.client.session.put(url, json={"name": "écrit"}, timeout=5)
        assert "écrit" in path.read_text("utf-8")


def test_an_old_export_is_taken_in(world: "World") -> None:
    """A board as Trello exported it years ago is served with what later cards have, to who holds a token."""
    card: dict[str, Any] = {
        "id": "7" * 24,
        "name": "Carte",
        "idList": "6" * 24,
        "idBoard": "5" * 24,
        "shortLink": "ZzZz0000",
    }
    card |= {"idShort": 4, "closed": False, "due": None, "labels": [], "idLabels": [], "idMembers": []}
    card |= {"desc": "", "pos": 1, "dateLastActivity": None, "badges": {}}
    old = {
        "id": "5" * 24,
        "name": "Vieux",
        "shortUrl": "https://trello.com/b/AbCd1234",
        "closed": False,
        "idOrganization": None,
        "dateLastActivity": None,
        "prefs": {"permissionLevel": "private"},
        "lists": [{"id": "6" * 24, "name": "Fait", "closed": False, "pos": 1}],
        "labels": [],
        "members": [{"id": "8" * 24, "username": "alice", "fullName": "Alice Durand", "initials": "AD"}],
        "memberships": [{"id": "9" * 24, "idMember": "8" * 24, "memberType": "admin"}],
        "cards": [card],
    }
    world.board.state.add_export(old)
    answer = world.client.get("/boards/AbCd1234", cards="visible", card_customFieldItems="true").json()
    assert answer["cards"][0]["dueComplete"] is False
    assert answer["cards"][0]["customFieldItems"] == []
    changed = world.client.put("/cards/ZzZz0000", {"due": "2027-02-02T00:00:00.000Z"}).json()
    assert changed["dateLastActivity"] == "2027-01-04T09:00:00.000Z"
    assert world.client.post("/cards", {"idList": "6" * 24, "name": "x"}).json()["idShort"] == 5
    assert "dueComplete" not in card


def test_a_sandboxs_board_is_an_export(world: "World") -> None:
    """What the look-alike holds can be taken in as an export elsewhere."""
    other = new_state(world.watch.now, seed="ailleurs")
    other.add_export(world.board.document)
    assert other.card(world.brief.short_link)[1]["name"] == "[SEO] Brief"


def test_seeds(world: "World", tmp_path: Path) -> None:
    """A seed is a saved state or board exports; anything else is refused by name."""
    saved, export, other = tmp_path / "etat.json", tmp_path / "board.json", tmp_path / "autre.json"
    world.board.state.save(saved)
    export.write_text(json.dumps(world.board.document), "utf-8")
    assert list(load_seed([saved], now=world.watch.now).boards) == [world.board.id]
    assert list(load_seed([export], now=world.watch.now).boards) == [world.board.id]
    assert load_seed([], now=world.watch.now).boards == {}
    for text in ("{", "[]", "{}"):
        other.write_text(text)
        with pytest.raises(ValueError, match=r"autre\.json"):
            load_seed([other], now=world.watch.now)
    with pytest.raises(ValueError, match=r"etat\.json"):
        load_seed([export, saved], now=world.watch.now)


def test_links_can_run_in_circles(world: "World") -> None:
    """A dependency can be added to a card that is already there."""
    world.board.depend(world.brief, world.article)
    texts = [item["name"] for one in world.board.document["checklists"] for item in one["checkItems"]]
    assert texts == [world.brief.url, world.article.url]


def test_every_kind_of_value(world: "World") -> None:
    """The builder keeps each kind of value as the string that Trello keeps."""
    board = BoardBuilder("Champs", world.board.state)
    board.field("État", "list", ["ouvert"])
    values: dict[str, Value] = {
        "Texte": "a",
        "Nombre": 3.0,
        "Jour": world.watch.now().date(),
        "Fait": True,
        "État": "ouvert",
    }
    card = board.list("x").card("y", values=values).document
    assert [item["value"] for item in card["customFieldItems"]] == [
        {"text": "a"},
        {"number": "3"},
        {"date": "2027-01-04T16:00:00.000Z"},
        {"checked": "true"},
        None,
    ]
    assert card["customFieldItems"][-1]["idValue"] is not None


def test_half_a_pair_of_a_title_is_kept(world: "World", tmp_path: Path) -> None:
    """A card whose title holds half of a surrogate pair, which no UTF-8 can hold, comes back as it was."""
    world.board.document["cards"][0]["name"] = "Visuel \ud83d"
    world.board.state.save(tmp_path / "sandbox.json")
    again = State.load(tmp_path / "sandbox.json", now=world.watch.now)
    assert again.board(world.board.id)["cards"][0]["name"] == "Visuel \ud83d"
