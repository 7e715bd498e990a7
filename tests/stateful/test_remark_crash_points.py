"""Remarks in comments and labels, by real HTTP: killed at every call, never a second comment, and the same end."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from tests.memory_board import NOW, PARIS, Fuse, FusedLedger, workday

from retro.model import Portfolio
from retro.ports import Connector, Ledger, RunRecord, WriteUncertainError
from retro.run.own_writes import with_unread_values
from retro.sandbox.trello import BoardBuilder, TrelloSandbox
from retro.sync.apply import Applied, apply, finish_columns
from retro.sync.decide import Remark, Wishes, WritePolicy, decide
from retro.sync.journal import adopt, replay
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger
from retro_trello.connector import connect
from retro_trello.settings import BoardSettings, SourceSettings

REMARK = Remark("OWN101", "sans responsable")


class FusedClient:
    """A client with a fuse before and after each request: one that blew after it is an answer that nobody saw."""

    def __init__(self, client: Any, fuse: Fuse) -> None:
        self._client = client
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if not callable(found) or name == "close":
            return found

        def call(*args: object, **named: object) -> object:
            self._fuse()
            answer = found(*args, **named)
            self._fuse()
            return answer

        return call


@dataclass
class Story:
    """A board of two cards, and what retro wants of it night by night."""

    box: TrelloSandbox
    board: BoardBuilder
    clock: SteppingClock
    place: str
    ledger: Ledger

    def keys(self) -> list[str]:
        """The keys of the board's two tasks."""
        return [f"trello:{card['id']}" for card in self.board.document["cards"]]

    def wishes(self, night: int) -> dict[str, Wishes]:
        """First both cards have a remark; then the first one's is mended, and the second's date has moved."""
        first, second = self.keys()
        if night == 0:
            values = {"retro_latest": date(2027, 2, 19), "due": date(2027, 2, 16)}
            return {key: Wishes(values=values, remarks=(REMARK,)) for key in (first, second)}
        moved = {"retro_latest": date(2027, 2, 12), "due": date(2027, 2, 9)}
        return {first: Wishes(values={"retro_latest": None}), second: Wishes(values=moved, remarks=(REMARK,))}

    def connector(self) -> Any:
        """A connector as a new process makes it."""
        return connect(
            SourceSettings(key=self.box.key, token=self.box.token, base_url=self.box.url),
            clock=self.clock,
            zone=PARIS,
            boards=[BoardSettings.model_validate({"at": self.board.url, "warnings": self.place})],
            pins=self.ledger.pins(),
            marks=self.ledger.marks(),
        )

    def night(self, number: int, fuse: Fuse | None = None) -> Applied:
        """A whole night: read, settle, decide, apply."""
        ledger: Any = self.ledger if fuse is None else FusedLedger(self.ledger, fuse)
        connector = self.connector()
        if fuse is not None:
            self.arm(connector, fuse)
        try:
            return self._night(connector, ledger, number)
        finally:
            connector.close()

    def arm(self, connector: Any, fuse: Fuse) -> None:
        """Put the fuse on every request of a connector."""
        connector._client = connector._own._client = FusedClient(connector._client, fuse)

    def _night(self, connector: Connector, ledger: Any, number: int) -> Applied:
        snapshot = with_unread_values(connector.pull(self.board.url).snapshot, self.ledger)
        board, tasks = snapshot.board, {task.key: task for task in snapshot.tasks}
        policy = WritePolicy(
            own=frozenset({"latest", "review"}),
            fill=frozenset({"due"}),
            names={"latest": "retro · au plus tard", "review": "retro · à revoir"},
            capabilities=connector.describe().capabilities,
            review_in=board.own_in["review"],
        )
        finish_columns(ledger, board, connector, policy.names, now=self.clock.now())
        replay(ledger, lambda _board, _keys: tasks, now=self.clock.now(), zone=PARIS)
        adopt(ledger, board.key, tasks.values(), zone=PARIS)
        plan = decide(
            Portfolio(boards=(board,), tasks=snapshot.tasks),
            self.wishes(number),
            {board.key: policy},
            ledger.acknowledged(board.key),
            now=self.clock.now(),
            zone=PARIS,
            workday=workday,
        )
        run = f"r{len(self.ledger.runs(1000))}"
        ledger.begin(RunRecord(id=run, command="sync", started=self.clock.now()))
        return apply(plan, {board.key: connector}, ledger, self.clock, run, zone=PARIS)

    def comments(self) -> list[str]:
        """Every comment on the board, by its card's title."""
        found = [action["data"] for action in self.board.document["actions"] if action["type"] == "commentCard"]
        return sorted(f"{data['card']['name']}: {data['text']}" for data in found)

    def end(self) -> object:
        """All that stands on the board and in the state, ids aside."""
        cards = [
            (card["name"], card["due"], sorted(label["name"] for label in card["labels"]), _values(card))
            for card in self.board.document["cards"]
        ]
        known = {
            cell: (each.value, each.asked, each.mark.partition(":")[0])
            for cell, each in self.ledger.acknowledged(f"trello:{self.board.id}").items()
        }
        names = sorted(label["name"] for label in self.board.document["labels"])
        fields = sorted(field["name"] for field in self.board.document["customFields"])
        columns = sorted(self.ledger.columns(f"trello:{self.board.id}"))
        return cards, self.comments(), names, fields, known, columns, self.ledger.pending()


def _values(card: dict[str, Any]) -> list[object]:
    return [item["value"] for item in card["customFieldItems"]]


def told(place: str, nights: int, killed_at: int, error: BaseException) -> tuple[Story, bool]:
    """Nights of which the last is killed at a call and then run again; whether it came to be killed."""
    clock = SteppingClock(NOW)
    board = BoardBuilder("Contenus", now=clock.now)
    for title in ("Brief", "Texte"):
        board.list("À faire").card(title, labels=["Web"])
    with TrelloSandbox(board.state) as box:
        story = Story(box, board, clock, place, MemoryLedger())
        for night in range(nights - 1):
            story.night(night)
            clock.sleep(86_400)
        fuse = Fuse(killed_at, error)
        with suppress(type(error)):
            story.night(nights - 1, fuse)
        clock.sleep(3600)
        story.night(nights - 1)
        clock.sleep(86_400)
        assert story.night(nights - 1) == Applied(), killed_at
        return story, killed_at > 0 and fuse.left <= 0


def all_points(place: str, nights: int, error: BaseException) -> Iterator[Story]:
    """The story killed at its first call, its second… until it ends by itself; each ends as the unbroken one."""
    unbroken = told(place, nights, 0, error)[0].end()
    killed, at = True, 0
    while killed:
        at += 1
        story, killed = told(place, nights, at, error)
        assert story.end() == unbroken, at
        yield story
    assert at > 30  # the fuse did go off


@pytest.mark.parametrize(("place", "nights"), [("comment", 1), ("comment", 2), ("label", 2)])
def test_every_crash_point_ends_alike(place: str, nights: int) -> None:
    """Whatever call a run is killed at, the next one ends as an unbroken one would: one comment a card, one label."""
    for story in all_points(place, nights, KeyboardInterrupt()):
        assert len(story.comments()) == (0 if place == "label" else 3 - nights)


def test_every_lost_answer_ends_alike() -> None:
    """Where requests get no answer, comments that were made are found again by their stamp."""
    for story in all_points("comment", 1, WriteUncertainError("no answer")):
        assert len(story.comments()) == 2
