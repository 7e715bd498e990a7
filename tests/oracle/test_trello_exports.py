"""Real boards are read whole: what their JSON holds, counted here without retro's code, is what the snapshot has.

RETRO_DATA names the folder of recorded inputs that stands beside a checkout.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from retro.model import Role, Snapshot, Task
from retro_trello.export import read_export, recognise

pytestmark = pytest.mark.oracle

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
KINDS = ("text", "number", "date", "checkbox", "list")
Raw = dict[str, Any]


@pytest.fixture(scope="module")
def boards() -> dict[str, bytes]:
    """Every export, by its file's name."""
    folder = os.environ.get("RETRO_DATA", "")
    if not folder:
        pytest.skip("RETRO_DATA names no folder of recorded inputs")
    found = {file.name: file.read_bytes() for file in sorted((Path(folder) / "trello").glob("*.json"))}
    assert found
    return found


@pytest.fixture(scope="module")
def read(boards: dict[str, bytes]) -> list[tuple[Raw, Snapshot]]:
    """Each board's JSON beside what retro read of it."""
    return [
        (json.loads(content), read_export(content, name=name, read_at=NOW, zone=PARIS))
        for name, content in boards.items()
    ]


def raw_counts(board: Raw) -> Counter[str]:
    """What a board holds, by its JSON alone."""
    found: Counter[str] = Counter()
    shut = {each["id"] for each in board["lists"] if each["closed"]}
    for card in board["cards"]:
        found["cards"] += 1
        found["archived"] += card["closed"] or card["idList"] in shut
        found["templates"] += bool(card.get("isTemplate"))
        found["labels"] += sum(bool(label["name"].strip()) for label in card["labels"])
        found["members"] += len(card["idMembers"])
        found["dues"] += bool(card.get("due"))
        found["starts"] += bool(card.get("start"))
        found["attachments"] += len(card.get("attachments", []))
        found["values"] += len(card.get("customFieldItems", []))
        found["described"] += bool(card["desc"])
        found["numbered"] += card.get("idShort") is not None
    for item in (item for checklist in board["checklists"] for item in checklist["checkItems"]):
        if "trello.com/c/" in item["name"]:
            # A link to a card: a part or a prerequisite, and no work of its own.
            found["links in checklists"] += 1
            continue
        found["items"] += 1
        found["items done"] += item["state"] == "complete"
        found["items with a member"] += bool(item.get("idMember"))
        found["items with a due"] += bool(item.get("due"))
    cards = {card["id"] for card in board["cards"]}
    for action in board["actions"]:
        on_board = action["data"].get("card", {}).get("id") in cards
        found["comments"] += on_board and action["type"] == "commentCard"
        found["moves"] += on_board and action["type"] == "updateCard" and "due" in action["data"].get("old", {})
    found["people"] = len(board["members"])
    found["open lists"] = sum(not each["closed"] for each in board["lists"])
    return found


def read_counts(snapshot: Snapshot) -> Counter[str]:
    """The same of what was read; lines of checklists that became tasks of their own are counted as lines."""
    found: Counter[str] = Counter()
    for task in snapshot.tasks:
        if task.role is Role.ITEM:
            found["items"] += 1
            found["items done"] += not task.status.category.is_open
            found["items with a member"] += len(task.owners)
            found["items with a due"] += task.due is not None
            continue
        found["cards"] += 1
        found["archived"] += task.archived
        found["templates"] += task.role is Role.TEMPLATE
        found["labels"] += len(task.labels)
        found["members"] += len(task.owners)
        found["dues"] += task.due is not None
        found["starts"] += task.start is not None
        found["attachments"] += len(task.attachments)
        found["values"] += len(task.extra)
        found["described"] += bool(task.description)
        found["numbered"] += any(handle.startswith("#") for handle in task.handles)
        found["links in checklists"] += len(task.children) + len(task.references)
        found["comments"] += len(task.comments or ())
        found["moves"] += len(task.due_history)
        found["items"] += len(task.checklist)
        found["items done"] += sum(item.done for item in task.checklist)
        found["items with a member"] += sum(item.owner is not None for item in task.checklist)
        found["items with a due"] += sum(item.due is not None for item in task.checklist)
    found["people"] = len(snapshot.people)
    found["open lists"] = len(snapshot.board.sections)
    return found


def test_every_board_is_recognised(boards: dict[str, bytes]) -> None:
    """Each export is Trello's by its first bytes, and hardly in doubt where its people's addresses were taken out."""
    for name, content in boards.items():
        found = recognise(content[:65536], name)
        assert found is not None, name
        assert found.kind == "trello", name
        assert found.confidence >= 0.9, name


def test_nothing_is_lost(read: list[tuple[Raw, Snapshot]]) -> None:
    """Cards, people, dates, labels, fields, lines, links, comments, moves: as many as the JSON holds, on each board."""
    for board, snapshot in read:
        assert +read_counts(snapshot) == +raw_counts(board), board["name"]


def test_dates_are_the_instants_of_the_board(read: list[tuple[Raw, Snapshot]]) -> None:
    """Each due date, start and last activity is the instant that the JSON writes, in UTC."""
    for board, snapshot in read:
        tasks = {task.key: task for task in snapshot.tasks}
        for card in board["cards"]:
            task = tasks[f"trello:{card['id']}"]
            for name, value in (("due", task.due), ("start", task.start), ("dateLastActivity", task.updated)):
                assert stamp(value) == (card.get(name) or None), card["url"]


def stamp(value: date | None) -> str | None:
    """An instant as Trello writes it."""
    if not isinstance(value, datetime):
        return None
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"


def test_people_are_the_members_of_the_cards(read: list[tuple[Raw, Snapshot]]) -> None:
    """The owners of each card are its members, in their order."""
    for board, snapshot in read:
        tasks = {task.key: task for task in snapshot.tasks}
        for card in board["cards"]:
            wanted = [f"trello:{id_}" for id_ in card["idMembers"]]
            assert [owner.key for owner in tasks[f"trello:{card['id']}"].owners] == wanted


def values_of(board: Raw, card: Raw) -> Iterator[tuple[str, str, Any]]:
    """The kind, name and raw value of each custom field's value on a card."""
    fields = {field["id"]: field for field in board.get("customFields", [])}
    for item in card.get("customFieldItems", []):
        field = fields[item["idCustomField"]]
        if item.get("idValue"):
            options = {option["id"]: option["value"]["text"] for option in field["options"]}
            yield field["type"], field["name"], options[item["idValue"]]
        else:
            yield field["type"], field["name"], next(iter(item["value"].values()))


def test_custom_fields_of_the_five_kinds(read: list[tuple[Raw, Snapshot]]) -> None:
    """Each value of each kind stands on its card: text as it is, numbers by their value, dates by their day."""
    seen: Counter[str] = Counter()
    for board, snapshot in read:
        tasks: dict[str, Task] = {task.key: task for task in snapshot.tasks}
        for card in board["cards"]:
            for kind, name, value in values_of(board, card):
                text = tasks[f"trello:{card['id']}"].extra[name]
                seen[kind] += 1
                if kind == "number":
                    assert float(text) == float(value)
                elif kind == "date":
                    day = datetime.fromisoformat(value).astimezone(PARIS).date()
                    assert text.startswith(day.isoformat())
                elif kind == "checkbox":
                    assert text
                else:
                    assert text == value
    assert set(seen) == set(KINDS)


def test_nothing_is_unreadable_and_nothing_was_cut(read: list[tuple[Raw, Snapshot]]) -> None:
    """Real boards hold no value that cannot be read; what their badges count is there, so no board warns of a gap."""
    for board, snapshot in read:
        assert not any(task.unreadable for task in snapshot.tasks), board["name"]
        assert snapshot.board.warnings == (), board["name"]
        assert snapshot.board.archived_known


def test_every_card_is_work_or_set_aside(read: list[tuple[Raw, Snapshot]]) -> None:
    """Templates and Trello's own roles are set aside; other cards only by their titles and lists."""
    told = {"separator": Role.SEPARATOR, "mirror": Role.MIRROR, "link": Role.LINK, "board": Role.LINK}
    for board, snapshot in read:
        tasks = {task.key: task for task in snapshot.tasks}
        for card in board["cards"]:
            role = tasks[f"trello:{card['id']}"].role
            if card.get("isTemplate"):
                assert role is Role.TEMPLATE
            elif card.get("cardRole") in told:
                assert role is told[card["cardRole"]]
            else:
                assert role in (Role.TASK, Role.SEPARATOR, Role.INFORMATIVE)
