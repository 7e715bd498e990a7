"""Remarks beside the fields, by real HTTP: one comment a card, edited in place, or a label; and neither ever twice."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.live_room import LiveRoom, live_room

from retro.model import Plan
from retro.ports import ReadOnlyError
from retro.store.ledger import SqlLedger
from retro_trello.client import Client

PLACES = ["field", "comment", "label"]


@pytest.fixture
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LiveRoom]:
    """A board whose remarks go where the test's parameter says; to a comment by default."""
    with live_room(tmp_path, getattr(request, "param", "comment")) as found:
        yield found


def lose_state(room: LiveRoom) -> None:
    """The state's folder is deleted."""
    room.close()
    for file in (room.folder / ".retro").iterdir():
        file.unlink()
    room.ledger = SqlLedger(room.folder / ".retro")


def move_anchor(room: LiveRoom) -> None:
    """The launch comes a week earlier: every date moves."""
    room.configure(room.toml.replace("2027-03-01", "2027-02-22"))


def talk(room: LiveRoom, count: int) -> None:
    """The team comments so often that older actions are out of reach."""
    for number in range(count):
        room.comment("page", f"Encore {number}")


def reasons(plan: Plan) -> list[str]:
    """What the plan says of its board."""
    return [guard.reason for guard in plan.guards]


@pytest.mark.parametrize("room", PLACES, indirect=True)
def test_a_changed_card_takes_the_fewest_requests(room: LiveRoom) -> None:
    """One re-read, then at most one request for fields, one for a comment and one for the card; bodies only."""
    for _ in range(2):
        mark = room.server.log.mark()
        night = room.night()
        assert night.applied.written
        cards = {change.task.partition(":")[2] for change in night.applied.written}
        asked = [each for each in room.asked(mark) if each.path.startswith(("/1/cards/", "/1/actions/"))]
        kinds: Counter[tuple[str, str, str]] = Counter()
        for each in asked:
            part = each.path.split("/")
            card = part[3] if part[2] == "cards" else next(c for c in cards if part[3] in room.comment_ids(c))
            kinds[card, each.method, "comment" if "actions" in part else part[-1] if len(part) > 4 else "card"] += 1
        assert set(kinds.values()) == {1}
        assert {card for card, _method, _what in kinds} == cards
        assert not any(each.query for each in asked if each.method == "PUT")
        assert sum(each.path.endswith("/comments") for each in asked) <= 2
        move_anchor(room)
        room.sleep(days=1)


@pytest.mark.parametrize("room", PLACES, indirect=True)
def test_nothing_changed_is_nothing_written(room: LiveRoom) -> None:
    """The nights after the first one write nothing, and read the board in one request and the account in one."""
    assert room.night().applied.written
    for _ in range(2):
        mark = room.server.log.mark()
        night, writes = room.next_night()
        assert (night.written, writes) == ([], 0)
        assert len(room.asked(mark)) == (2 if room.place == "comment" else 1)


def test_a_remark_is_one_comment_with_the_stamp(room: LiveRoom) -> None:
    """A card with remarks gets one comment that ends with the stamp; a card without any gets none."""
    room.night()
    assert not room.comments("brief")
    (comment,) = room.comments("texte")
    assert comment["data"]["text"].startswith("OWN101 sans responsable\n[retro ")


def test_a_comment_is_edited_in_place(room: LiveRoom) -> None:
    """When the dates move, the same comment is edited; nobody gets a second one."""
    room.night()
    before = {each["id"]: each["data"]["text"] for each in room.comments()}
    move_anchor(room)
    mark = room.server.log.mark()
    room.next_night()
    after = {each["id"]: each["data"]["text"] for each in room.comments()}
    assert before.keys() == after.keys()
    assert all(before[id_] != after[id_] for id_ in before)
    assert sorted(path for method, path in room.writes_of(mark) if "/actions/" in path) == sorted(
        f"/1/actions/{id_}" for id_ in before
    )


def test_a_mended_remark_takes_its_comment_away(room: LiveRoom) -> None:
    """Once someone owns the card its comment is deleted; if nobody does again, there is one again."""
    room.night()
    room.give_owner("texte")
    room.next_night()
    assert not room.comments("texte")
    assert room.comments("page")
    room.by_hand("texte", idMembers=[])
    room.next_night()
    assert len(room.comments("texte")) == 1


def test_a_lost_state_makes_no_second_comment(room: LiveRoom) -> None:
    """With the state deleted, comments are known again by their stamp, and still go when their remark is mended."""
    room.night()
    lose_state(room)
    night, writes = room.next_night()
    assert (night.written, writes) == ([], 0)
    room.give_owner("texte")
    room.next_night()
    assert not room.comments("texte")
    assert len(room.comments("page")) == 1


@pytest.mark.parametrize("lost", [False, True], ids=["state", "no state"])
def test_a_lost_answer_makes_no_second_comment(room: LiveRoom, lost: bool) -> None:  # noqa: FBT001 - a parameter
    """A comment whose creation got no answer is found by its stamp the next night."""
    room.server.faults.add("lost:1@POST/1/cards/")
    room.night()
    if lost:
        lose_state(room)
    room.next_night()
    assert [len(room.comments(card)) for card in ("texte", "page")] == [1, 1]
    assert room.next_night()[1] == 0


def test_a_comment_out_of_reach_is_as_it_was_left(room: LiveRoom) -> None:
    """Behind a thousand newer actions a comment counts as unchanged, and the same one is edited when it has to be."""
    room.night()
    before = {each["id"] for each in room.comments()}
    talk(room, 1001)
    night, writes = room.next_night()
    assert (night.written, writes) == ([], 0)
    assert not night.planned.plan.conflicts
    move_anchor(room)
    night, _writes = room.next_night()
    assert {each["id"] for each in room.comments()} == before
    assert all(change.field != "retro_review" or change.old for change in night.applied.written)
    assert room.next_night()[1] == 0


def test_a_comment_out_of_reach_of_a_lost_state_is_looked_for(room: LiveRoom) -> None:
    """With the state lost and the comment out of reach, the card is asked before a comment is made: none is doubled."""
    room.night()
    talk(room, 1001)
    lose_state(room)
    room.next_night()
    assert [len(room.comments(card)) for card in ("texte", "page")] == [1, 1]
    night, writes = room.next_night()
    assert (night.written, writes) == ([], 0)


def test_a_deleted_comment_stays_away(room: LiveRoom) -> None:
    """A comment that a person deleted is not made again, but under --force; it is reported once."""
    room.night()
    room.document["actions"].remove(room.comments("texte")[0])
    night, writes = room.next_night()
    assert writes == 0
    assert [conflict.field for conflict in night.planned.plan.conflicts] == ["retro_review"]
    room.sleep(days=1)
    room.night(forced={room.key})
    assert len(room.comments("texte")) == 1


def test_another_members_stamp_is_not_ours(room: LiveRoom) -> None:
    """A comment that ends with a stamp but is someone else's is theirs: it is neither edited nor counted as retro's."""
    room.comment("texte", "OWN101 copié\n[retro e44167a1]")
    (theirs,) = room.comments("texte")
    room.next_night()
    ours = [each for each in room.comments("texte") if each["id"] != theirs["id"]]
    assert len(ours) == 1
    assert theirs["data"]["text"] == "OWN101 copié\n[retro e44167a1]"
    portfolio = room.read()
    task = next(task for task in portfolio.tasks if task.key == f"trello:{room.cards['texte'].id}")
    assert task.comments == ("OWN101 copié\n[retro e44167a1]",)


def test_a_quiet_board_gets_no_comment_and_says_so(room: LiveRoom) -> None:
    """Where comments are not open to the token's account, none is written, and the plan says so on one line."""
    room.document["prefs"]["comments"] = "disabled"
    night = room.night()
    assert not room.comments()
    assert not night.applied.failed
    assert {change.field for change in night.applied.written} == {"retro_latest", "start", "due"}
    assert ["not open to the account" in each for each in reasons(night.planned.plan)] == [True]
    assert room.next_night()[1] == 0


def test_nobody_is_called_by_a_remark(room: LiveRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name after an @ reaches the board so that it notifies nobody, and reads back as it was meant."""
    monkeypatch.setattr("retro.run.nightly.say", lambda _finding, lang: f"à voir avec @lea ({lang})")
    room.night()
    (comment,) = room.comments("texte")
    assert "@lea" not in comment["data"]["text"]
    assert room.next_night()[1] == 0
    assert "@lea" in str(room.cell_of("texte", "retro_review"))


@pytest.mark.parametrize("room", ["label"], indirect=True)
def test_a_label_stands_for_remarks(room: LiveRoom) -> None:
    """Cards with remarks carry retro's label beside the team's; when mended they lose it, and keep the others."""
    room.night()
    assert room.own_labels() == ["retro · à revoir"]
    assert room.labels("page") == ["Web", "Urgent", "retro · à revoir"]
    assert room.labels("brief") == ["Web"]
    assert room.labels("texte") == ["Urgent", "retro · à revoir"]
    room.give_owner("texte")
    room.next_night()
    assert room.labels("texte") == ["Urgent"]
    assert room.labels("page") == ["Web", "Urgent", "retro · à revoir"]


@pytest.mark.parametrize("room", ["label"], indirect=True)
def test_another_wording_is_no_write_where_a_label_stands(room: LiveRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A remark whose text changes leaves the label as it is: nothing is written."""
    room.night()
    monkeypatch.setattr("retro.run.nightly.say", lambda _finding, lang: f"à confier ({lang})")
    assert room.next_night()[1] == 0


@pytest.mark.parametrize("room", ["label"], indirect=True)
def test_the_label_is_not_the_teams(room: LiveRoom) -> None:
    """Retro's label is read neither among a card's labels nor into its revision, status or size."""
    before = {task.key: (task.revision, task.labels, task.status) for task in room.read().tasks}
    made = room.board.label("retro · à revoir", "orange")
    for card in room.cards.values():
        card.document["labels"].append(made)
        card.document["idLabels"].append(made["id"])
    assert {task.key: (task.revision, task.labels, task.status) for task in room.read().tasks} == before
    for place in ("field", "comment"):
        room.place = place
        assert {task.key: (task.revision, task.labels, task.status) for task in room.read().tasks} == before


@pytest.mark.parametrize("room", ["label"], indirect=True)
def test_a_lost_state_knows_its_label(room: LiveRoom) -> None:
    """With the state deleted the label is found by its name: no second one, and it still goes when mended."""
    room.night()
    lose_state(room)
    assert room.next_night()[1] == 0
    room.give_owner("texte")
    room.next_night()
    assert room.labels("texte") == ["Urgent"]
    assert room.own_labels() == ["retro · à revoir"]


@pytest.mark.parametrize("room", PLACES, indirect=True)
def test_undo_takes_remarks_away(room: LiveRoom) -> None:
    """Taking the run back leaves the board as it was: no comment, no label on a card or on the board, no field."""
    room.night()
    run = room.ledger.runs()[0]
    room.sleep(minutes=1)
    undone = room.undo(run)
    assert not undone.failed
    assert not room.comments()
    assert not room.own_labels()
    assert [room.labels(card) for card in room.cards] == [["Web"], ["Urgent"], ["Web", "Urgent"]]
    assert [field["name"] for field in room.document["customFields"]] == ["JH"]
    assert all(card.document["due"] is None for card in room.cards.values())
    assert room.next_night()[1] == 0


@pytest.mark.parametrize("room", ["label"], indirect=True)
def test_undo_leaves_a_label_that_someone_uses(room: LiveRoom) -> None:
    """The label goes with the run that made it only once no card carries it."""
    room.night()
    label = next(label for label in room.document["labels"] if label["name"].startswith("retro ·"))
    room.by_hand("brief", idLabels=[*room.cards["brief"].document["idLabels"], label["id"]])
    room.sleep(minutes=1)
    room.undo(room.ledger.runs()[0])
    assert room.labels("brief") == ["Web", "retro · à revoir"]
    assert room.own_labels() == ["retro · à revoir"]


@pytest.mark.parametrize("room", PLACES, indirect=True)
def test_a_read_only_token_writes_nothing_at_all(room: LiveRoom) -> None:
    """With a token that may only read, applying raises before anything is written: no field, label or comment."""
    room.token = room.server.read_token
    with pytest.raises(ReadOnlyError):
        room.night()
    assert room.server.writes() == 0
    assert not room.ledger.pending()
    room.token = ""
    assert room.next_night()[0].applied.written


@pytest.mark.parametrize("room", PLACES, indirect=True)
def test_our_own_write_is_no_edit_and_no_activity(room: LiveRoom) -> None:
    """A minute after retro wrote, it may write again: the time stamp that it moved is its own, not a person's."""
    room.night()
    move_anchor(room)
    night, writes = room.next_night(minutes=1)
    assert not night.planned.plan.waiting
    assert writes > 0
    touches = room.touches()
    for task in room.read().tasks:
        if task.is_open:
            assert task.updated is not None
            assert touches.own[task.key] >= task.updated
            assert touches.before[task.key] < task.updated - timedelta(seconds=1)


@pytest.mark.parametrize("room", PLACES, indirect=True)
def test_a_persons_edit_still_waits(room: LiveRoom) -> None:
    """A card that a person has just edited is left for the next run, comment and all."""
    room.night()
    move_anchor(room)
    room.sleep(hours=1)
    room.by_hand("texte", desc="en cours d'écriture")
    night, _writes = room.next_night(minutes=1)
    assert night.planned.plan.waiting == (room.key,)
    assert f"trello:{room.cards['texte'].id}" not in {change.task for change in night.applied.written}


def test_another_place_is_another_beginning(room: LiveRoom) -> None:
    """Where remarks were a field and are comments now, nobody has emptied them: they are written as comments."""
    room.move_remarks("field")
    room.night()
    assert not room.comments()
    room.move_remarks("comment")
    night, _writes = room.next_night()
    assert not night.planned.plan.conflicts
    assert [len(room.comments(card)) for card in ("texte", "page")] == [1, 1]
    assert room.next_night()[1] == 0


def test_a_comment_taken_away_out_of_reach_holds_nothing_else_back(room: LiveRoom) -> None:
    """Where only the re-read shows that a comment is gone, the card's dates are written; then it rests."""
    room.night()
    room.document["actions"].remove(room.comments("texte")[0])
    talk(room, 1001)
    move_anchor(room)
    night, _writes = room.next_night()
    key = f"trello:{room.cards['texte'].id}"
    assert {field for task, field, _new in night.written if task == key} == {"retro_latest", "start", "due"}
    assert [(change.task, change.field) for change, _why in night.applied.refused] == [(key, "retro_review")]
    mark = room.server.log.mark()
    night, writes = room.next_night()
    assert (writes, len(room.asked(mark))) == (0, 2)
    assert [conflict.field for conflict in night.planned.plan.conflicts] == ["retro_review"]
    assert not room.comments("texte")


def test_a_comment_behind_a_thousand_on_its_own_card_is_found(room: LiveRoom) -> None:
    """The re-read asks for older comments until it knows what the card's own one says; the card is written."""
    room.night()
    talk(room, 1001)
    move_anchor(room)
    night, _writes = room.next_night()
    assert not night.applied.refused
    (comment,) = room.comments("page")
    assert comment["data"]["text"] == room.cell_of("page", "retro_review")
    assert room.next_night()[1] == 0


@pytest.mark.parametrize("order", [("field", "comment", "label"), ("comment", "label", "comment", "field")])
def test_a_place_that_is_taken_up_again_is_known_again(room: LiveRoom, order: tuple[str, ...]) -> None:
    """Remarks that went elsewhere for a while are still retro's where they come back to: no conflict."""
    room.move_remarks(order[0])
    room.night()
    for place in (*order[1:], order[0]):
        room.move_remarks(place)
        night, _writes = room.next_night()
        assert not night.planned.plan.conflicts
        assert room.next_night()[1] == 0
        if place == order[1]:
            room.toml = room.toml.replace("2027-03-01", "2027-02-22")
            room.configure(room.toml)
    room.give_owner("texte")
    night, _writes = room.next_night()
    assert not night.planned.plan.conflicts
    assert "OWN101" not in str(room.cell_of("texte", "retro_review"))


@pytest.mark.parametrize("room", ["label"], indirect=True)
def test_labels_that_others_put_on_meanwhile_stay(room: LiveRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A label that someone puts on a card between the re-read and the write stays beside retro's."""
    extra = room.board.label("Autre programme")
    real = Client.update_custom_fields

    def meanwhile(client: Client, ref: str, items: Any) -> Any:
        card = next(card for card in room.cards.values() if card.id == ref)
        room.server.state.edit_card(ref, idLabels=[*card.document["idLabels"], extra["id"]])
        return real(client, ref, items)

    monkeypatch.setattr(Client, "update_custom_fields", meanwhile)
    room.night()
    assert room.labels("page") == ["Web", "Urgent", "Autre programme", "retro · à revoir"]


@pytest.mark.parametrize("room", ["label"], indirect=True)
def test_a_board_full_of_labels_says_so(room: LiveRoom) -> None:
    """Where no label can be added none is asked for; the plan says why, and how to make room."""
    for number in range(1000 - len(room.document["labels"])):
        room.board.label(f"Étiquette {number}")
    night = room.night()
    assert not night.applied.impossible
    assert {change.field for change in night.applied.written} == {"retro_latest", "start", "due"}
    (reason,) = reasons(night.planned.plan)
    assert "as many labels as Trello allows" in reason
    mark = room.server.log.mark()
    assert room.next_night()[1] == 0
    assert len(room.asked(mark)) == 1
    room.document["labels"].pop()
    room.next_night()
    assert room.labels("texte") == ["Urgent", "retro · à revoir"]


def test_undo_leaves_comments_where_they_are_closed(room: LiveRoom) -> None:
    """Where comments were closed since, taking a run back takes the rest back, and leaves the comments and says so."""
    room.night()
    room.document["prefs"]["comments"] = "disabled"
    room.sleep(minutes=1)
    undone = room.undo(room.ledger.runs()[0])
    assert not undone.applied.failed
    assert len(room.comments()) == 2
    assert all(card.document["due"] is None for card in room.cards.values())


@pytest.mark.parametrize("ahead", [90, -90])
@pytest.mark.parametrize("room", PLACES, indirect=True)
def test_our_own_write_is_known_by_trellos_clock(room: LiveRoom, ahead: int) -> None:
    """Whatever Trello's clock says, a write of retro's own fields alone is neither an edit nor activity."""
    room.ahead = timedelta(seconds=ahead)
    room.configure(room.toml.replace(', fill = ["start", "due"]', ""))
    before = {task.key: task.updated for task in room.read().tasks}
    room.night()
    room.sleep(seconds=20)
    touches = room.touches()
    for task in room.read().tasks:
        if task.is_open:
            assert task.updated is not None
            assert touches.own[task.key] >= task.updated != before[task.key]
            assert touches.before[task.key] == before[task.key]
    room.configure(room.toml.replace(', fill = ["start", "due"]', "").replace("2027-03-01", "2027-02-22"))
    night, writes = room.next_night(minutes=1)
    assert not night.planned.plan.waiting
    assert writes > 0
