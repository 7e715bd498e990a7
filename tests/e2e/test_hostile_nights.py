"""What a person may do to make retro lose a human's words, or write what no longer holds."""

import copy
import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.live_room import LiveRoom, live_room


def lose_state(room: LiveRoom) -> None:
    """The folder of the state is deleted."""
    room.close()
    shutil.rmtree(room.folder / ".retro")
    room.ledger = room.new_ledger()


def test_a_saved_plan_whose_anchor_moved_writes_nothing(
    retro: Callable[..., Any], workspace: Any, tmp_path: Path
) -> None:
    """The launch moved after the plan was saved: the dates worked out from it are left out, and said to be."""
    saved = tmp_path / "tonight.json"
    assert retro(*workspace.arguments("plan", "-o", saved)).code == 0
    for board in workspace.server.state.boards.values():
        for card in board["cards"]:
            if card["due"] and not card["dueComplete"] and "ligne" in card["name"].casefold():
                later = datetime.fromisoformat(card["due"]) + timedelta(days=28)
                workspace.server.state.edit_card(card["id"], due=f"{later:%Y-%m-%dT%H:%M:%S}.000Z")
    workspace.on(workspace.clock[0] + timedelta(hours=1))
    fresh = json.loads(retro(*workspace.arguments("plan", "--format", "json")).out)
    wanted = {(each["task"]["key"], each["field"]): each["new"] for each in fresh["changes"]}
    old = {(each["task"]["key"], each["field"]): each["new"] for each in json.loads(saved.read_text())["changes"]}
    assert any(wanted.get(cell) != value for cell, value in old.items())
    mark = workspace.server.log.mark()
    ran = retro(*workspace.arguments("apply", saved, "--yes"))
    assert ran.code == 0
    assert "no longer what retro would write" in ran.err
    assert not [each for each in workspace.server.requests_since(mark) if each.method == "PUT"]


@pytest.mark.parametrize("lost", [False, True])
def test_a_copied_card_keeps_what_a_person_wrote_on_it(tmp_path: Path, *, lost: bool) -> None:
    """A card copied with retro's fields, then given another date by hand, keeps that date; its twin is as it was."""
    with live_room(tmp_path, "field") as room:
        room.night()
        room.sleep(days=1)
        latest = next(each["id"] for each in room.document["customFields"] if each["name"].endswith("au plus tard"))
        copied = copy.deepcopy(room.cards["page"].document)
        copied |= {"id": copied["id"][:-4] + "ffff", "shortLink": "CopieDe1", "name": "Copie", "idChecklists": []}
        for item in copied["customFieldItems"]:
            item["idModel"] = copied["id"]
            if item["idCustomField"] == latest:
                item["value"] = {"date": "2027-02-02T11:00:00.000Z"}
        room.document["cards"].append(copied)
        room.server.state.add_card(room.document, copied)
        before = copy.deepcopy(room.cards["page"].document["customFieldItems"]), copy.deepcopy(copied)
        if lost:
            lose_state(room)
        first = room.night()
        room.nights(2)
        assert (room.cards["page"].document["customFieldItems"], copied) == before
        kept = {(each.task.partition(":")[2], each.field) for each in first.planned.plan.conflicts}
        assert (copied["id"], "retro_latest") in kept


def test_a_comment_that_a_person_wrote_in_outlives_a_lost_state(tmp_path: Path) -> None:
    """The token's owner adds a line to retro's comment, and the state is lost: the comment is kept and reported."""
    with live_room(tmp_path, "comment") as room:
        room.night()
        (comment,) = room.comments("texte")
        text = "Vu avec Léa : c’est Marc.\n" + comment["data"]["text"]
        comment["data"]["text"] = text
        lose_state(room)
        night, _writes = room.next_night()
        assert [each.field for each in night.planned.plan.conflicts] == ["retro_review"]
        room.give_owner("texte")
        room.nights(2)
        assert [each["data"]["text"] for each in room.comments("texte")] == [text]


def test_a_reply_that_quotes_the_stamp_is_a_persons(tmp_path: Path) -> None:
    """The token's owner quotes retro's comment, and the state is lost: the first is retro's, the reply stays."""
    with live_room(tmp_path, "comment") as room:
        room.night()
        (comment,) = room.comments("texte")
        reply = copy.deepcopy(comment)
        reply["id"] = comment["id"][:-4] + "ffff"
        reply["data"]["text"] = text = "Non, voir :\n" + comment["data"]["text"]
        room.document["actions"].insert(0, reply)
        lose_state(room)
        _night, writes = room.next_night()
        assert writes == 0
        room.give_owner("texte")
        room.nights(2)
        assert [each["data"]["text"] for each in room.comments("texte")] == [text]
