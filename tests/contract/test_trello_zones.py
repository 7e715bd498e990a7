"""Every date of a card is the day that the team sees, live and exported, wherever the workspace and the machine are."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.contract.machine import MACHINES, machine_elsewhere

from retro.model import Day, Snapshot, Task, as_date
from retro.ports import Account
from retro.sandbox.trello import BoardBuilder, TrelloSandbox
from retro.testing.clock import SteppingClock
from retro.testing.suite.dates import DAYS
from retro_trello.pack import PACK
from retro_trello.writing import stamp

FIRST, LAST = time(0, 0), time(23, 59)
"""The hours of a day that another zone takes for the day before, or the day after."""


@pytest.fixture(params=MACHINES)
def zone(request: pytest.FixtureRequest) -> Iterator[ZoneInfo]:
    """The workspace's zone; the machine is elsewhere."""
    found = ZoneInfo(request.param)
    with machine_elsewhere(found):
        yield found


def at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """An hour of a day in the workspace."""
    return datetime.combine(day, hour, zone)


def build(zone: ZoneInfo, clock: SteppingClock) -> BoardBuilder:
    """A card a day and hour, with a date wherever a card can have one; its due date was moved once."""
    board = BoardBuilder("Campagne", now=clock.now, zone=zone)
    to_do = board.list("À faire")
    for day in DAYS:
        for hour in (FIRST, LAST):
            when = at(day, hour, zone)
            values = {"Livraison": when, "retro · au plus tard": day, "retro · fin conseillée": day}
            card = to_do.card(
                f"{day} {hour}", start=when, due=when, values=values, checklists={"Étapes": ["relire", "signer"]}
            ).document
            relire, signer = board.document["checklists"][-1]["checkItems"]
            relire["due"] = signer["due"] = stamp(when)
            signer["idMember"] = board.member("Léa Martin")["id"]
            board.document["actions"].insert(0, _moved(board, card, when, zone))
    return board


def _moved(board: BoardBuilder, card: dict[str, object], to: datetime, zone: ZoneInfo) -> dict[str, object]:
    made = board.document["actions"][0]
    old = stamp(at(date(2027, 1, 1), to.timetz().replace(tzinfo=None), zone))
    data = {**made["data"], "card": {**made["data"]["card"], "due": card["due"]}, "old": {"due": old}}
    return {**made, "id": board.state.mint.id(board.at), "type": "updateCard", "data": data}


def days(task: Task, tasks: dict[str, Task], zone: ZoneInfo) -> dict[str, date | None]:
    """Every date of a card as a day of the workspace."""
    (relire,) = [item for item in task.checklist if item.title == "relire"]
    signer = next(item.due for item in task.checklist if item.title == "signer") if len(task.checklist) > 1 else None
    lines = [other.due for other in tasks.values() if other.parent == task.key]
    (move,) = task.due_history
    found: dict[str, Day | None] = {
        "start": task.start,
        "due": task.due,
        "check item": relire.due,
        "check item of a person": next(iter(lines), signer),
        "due as it was moved": move.new,
    }
    told = {name: None if value is None else as_date(value, zone) for name, value in found.items()}
    own = {name: value for name, value in task.own.items() if isinstance(value, date)}
    assert not any(isinstance(value, datetime) for value in own.values())
    assert move.old is not None
    assert as_date(move.old, zone) == date(2027, 1, 1)
    return {**told, **own, "custom field": date.fromisoformat(task.extra["Livraison"])}


def hold(snapshot: Snapshot, zone: ZoneInfo) -> None:
    """Every date of every card is the day in its title."""
    tasks = {task.key: task for task in snapshot.tasks}
    cards = [task for task in snapshot.tasks if task.parent is None]
    assert len(cards) == 2 * len(DAYS)
    for card in cards:
        day = date.fromisoformat(card.title.split()[0])
        found = days(card, tasks, zone)
        assert {"start", "due", "latest", "custom field"} <= found.keys()
        assert {name: shown for name, shown in found.items() if shown != day} == {}, card.title


def test_every_date_of_a_card(zone: ZoneInfo, tmp_path: Path) -> None:
    """Start, due, own and custom fields, check items and moves are days of the workspace, live and in an export."""
    clock = SteppingClock()
    board = build(zone, clock)
    path = tmp_path / "campagne.json"
    path.write_text(json.dumps(board.document), encoding="utf-8")
    with TrelloSandbox(board.state) as box:
        account = Account(id="equipe", clock=clock, zone=zone, key=box.key, token=box.token, base_url=box.url)
        live = PACK.live(account)
        hold(live.pull(board.url).snapshot, zone)
        live.close()
    hold(PACK.file(account).pull(str(path)).snapshot, zone)
