"""Boards of any size come whole: in one request, in pages, in parts; and where they cannot, the board says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import PARIS

from retro.model import Cut, CutPart, Snapshot
from retro.ports import SourceError
from retro.sandbox.trello import BoardBuilder, Limits, TrelloSandbox
from retro.testing.clock import SteppingClock
from retro_trello.connector import TrelloConnector, connect
from retro_trello.errors import TooLargeError
from retro_trello.paging import whole_board
from retro_trello.settings import SourceSettings

if TYPE_CHECKING:
    from retro_trello.client import Client


@dataclass
class Vendor:
    """A Trello of one board whose manners can be chosen, behind the client's methods; it keeps what it was asked."""

    cards_held: int
    archived: int = 0
    """Of these, the oldest that stand in an archived list."""
    most: int = 1000
    nested_before: bool = True
    flat_before: bool = True
    bears: int = 10_000
    """Cards that it can give at once."""
    bears_actions: int = 10_000
    actions_held: int = 3
    asked: list[tuple[str, int, str | None]] = field(default_factory=list)

    @property
    def calls(self) -> int:
        return len(self.asked)

    def _all(self) -> list[made.Document]:
        return [
            made.card(number, f"Carte {number}", idList=made.ARCHIVED if number <= self.archived else made.TODO)
            for number in range(1, self.cards_held + 1)
        ]

    def _page(self, cards: list[Any], most: int, before: str | None) -> list[Any]:
        inside = [card for card in cards if before is None or card["id"] < before]
        if min(most, len(inside)) > self.bears:
            raise TooLargeError("too large", status=429)
        # Trello cuts by creation and sorts by place: the oldest of a page may stand anywhere in it.
        return sorted(inside, key=lambda card: card["id"])[-min(most, self.most) :]

    def _visible(self) -> list[Any]:
        return [card for card in self._all() if card["idList"] != made.ARCHIVED]

    def _actions(self) -> list[Any]:
        return [made.action(n, "commentCard", 1, {"text": f"{n}"}) for n in range(self.actions_held)]

    def board(self, _ref: str) -> made.Document:
        self.asked.append(("board", 1000, None))
        if self.actions_held > self.bears_actions:
            raise TooLargeError("too large", status=504)
        cards = self._page(self._visible(), 1000, None)
        return made.board(*cards, actions=self._actions())

    def board_frame(self, _ref: str) -> made.Document:
        self.asked.append(("frame", 0, None))
        return {name: value for name, value in made.board().items() if name not in ("cards", "checklists")}

    def cards(self, _ref: str, most: int, before: str | None, *, checklists: bool) -> list[Any]:
        self.asked.append(("nested", most, before))
        return self._page(self._visible(), most, before if self.nested_before else None)

    def cards_flat(self, _ref: str, most: int, before: str | None, *, checklists: bool) -> list[Any]:
        self.asked.append(("flat", most, before))
        return self._page(self._all(), most, before if self.flat_before else None)

    def actions(self, _ref: str, most: int, before: str | None) -> list[Any]:
        self.asked.append(("actions", most, before))
        inside = [action for action in self._actions() if before is None or action["id"] < before][-most:]
        if len(inside) > self.bears_actions:
            raise TooLargeError("too large", status=504)
        return inside[::-1]

    def routes(self) -> list[str]:
        """What was asked for, in order."""
        return [route for route, _most, _before in self.asked]


def pulled(vendor: Vendor) -> Snapshot:
    """The board as the connector reads it from such a Trello."""
    connector = TrelloConnector(cast("Client", vendor), clock=SteppingClock(), zone=PARIS)
    return connector.pull("BrdLink1").snapshot


def titles(snapshot: Snapshot) -> set[str]:
    """The titles of a snapshot's tasks, each there once."""
    assert len({task.title for task in snapshot.tasks}) == len(snapshot.tasks)
    return {task.title for task in snapshot.tasks}


def numbered(first: int, last: int) -> set[str]:
    """The titles of cards `first` to `last`."""
    return {f"Carte {number}" for number in range(first, last + 1)}


@pytest.mark.parametrize(("held", "pages"), [(999, 0), (1000, 1), (1001, 1), (1999, 1), (2000, 2), (2500, 2)])
def test_a_page_more_for_each_thousand(held: int, pages: int) -> None:
    """A board is one request, and one more for each thousand cards that were full; all of them come, and no warning."""
    vendor = Vendor(held)
    found = pulled(vendor)
    assert vendor.routes() == ["board", *["nested"] * pages]
    assert titles(found) == numbered(1, held)
    assert found.board.warnings == ()


def test_a_trello_that_does_not_cut() -> None:
    """Where the first answer holds more than a thousand cards, the next one is empty and the board is whole."""
    vendor = Vendor(1400, most=5000)
    assert titles(pulled(vendor)) == numbered(1, 1400)
    assert vendor.routes() == ["board", "nested"]


def test_a_page_that_is_not_older_is_noticed() -> None:
    """Where the nested route does not mind where a page begins, that of the cards takes over, closed lists aside."""
    vendor = Vendor(2500, archived=30, nested_before=False)
    found = pulled(vendor)
    assert titles(found) == numbered(31, 2500)
    assert vendor.routes() == ["board", "nested", "flat", "flat"]
    assert found.board.warnings == ()


def test_a_board_that_cannot_be_completed_says_so() -> None:
    """Where no route gives older cards, the board tells how many are known, and links count as assumed on all."""
    found = pulled(Vendor(2500, nested_before=False, flat_before=False))
    assert titles(found) == numbered(1501, 2500)
    (warning,) = found.board.warnings
    assert "1" in warning
    assert "000" in warning
    assert all("links" in task.assumed for task in found.tasks)
    assert (found.board.whole, found.board.cut) == (False, (Cut(CutPart.TASKS, 1000),))


def test_a_full_board_of_a_thousand_is_not_called_cut() -> None:
    """Exactly a thousand cards, and a nested route that repeats them: the other is empty, so nothing is missing."""
    found = pulled(Vendor(1000, nested_before=False))
    assert titles(found) == numbered(1, 1000)
    assert found.board.warnings == ()


def test_entries_without_an_id_end_the_pages() -> None:
    """A thousand entries that are no cards lead nowhere: the board says that it is cut, and that they are none."""

    class Blank(Vendor):
        def _page(self, cards: list[Any], most: int, before: str | None) -> list[Any]:
            return [{"name": card["name"]} for card in super()._page(cards, most, before)]

    found = pulled(Blank(1000))
    assert found.tasks == ()
    assert len(found.board.warnings) == 2


@pytest.mark.parametrize(("bears", "asked"), [(300, [250] * 4), (99, [250, 125, 62, *[62] * 12]), (10_000, [])])
def test_a_board_too_large_for_one_answer_comes_in_parts(bears: int, asked: list[int]) -> None:
    """Refused whole, it is asked for in parts, halved until they are given; the same tasks come as in one answer."""
    vendor, willing = Vendor(800, bears=bears), Vendor(800)
    found = pulled(vendor)
    assert [most for route, most, _ in vendor.asked if route == "nested"][: len(asked)] == asked
    assert {task.key: task for task in found.tasks} == {task.key: task for task in pulled(willing).tasks}
    assert found.board == pulled(willing).board


def test_actions_too_come_in_parts() -> None:
    """Where it is the actions that are too many, they are asked for in halves until a thousand are there."""
    vendor = Vendor(3, actions_held=900, bears_actions=300)
    found = pulled(vendor)
    assert [most for route, most, _ in vendor.asked if route == "actions"] == [1000, 500, 250, 250, 250, 250]
    comments = next(task.comments for task in found.tasks if task.title == "Carte 1")
    assert comments is not None
    assert len(comments) == 900


def test_what_no_part_can_hold_is_refused() -> None:
    """A Trello that cannot give seven cards at once ends the read in words, after a handful of requests."""
    vendor = Vendor(800, bears=5)
    with pytest.raises(SourceError):
        pulled(vendor)
    assert vendor.calls < 12


def test_progress_is_told_page_by_page() -> None:
    """During paging the board's name and the cards so far are told, at the end their number as the total."""
    told: list[tuple[str, int, int | None]] = []
    connector = TrelloConnector(cast("Client", Vendor(2500)), clock=SteppingClock(), zone=PARIS)
    connector.pull("BrdLink1", lambda what, done, total: told.append((what, done, total)))
    name = "Campagne de printemps"
    assert told == [(name, 1000, None), (name, 2000, None), (name, 2500, 2500)]


@pytest.mark.parametrize("part", ["cards", "lists"])
def test_an_answer_without_cards_is_no_empty_board(part: str) -> None:
    """An answer that lacks its cards or lists is refused: read as empty, it would end every task of the board."""

    class Bare(Vendor):
        def board(self, ref: str) -> made.Document:
            return {name: value for name, value in super().board(ref).items() if name != part}

    with pytest.raises(SourceError):
        whole_board(cast("Client", Bare(3)), "BrdLink1")


# Over real HTTP, against the look-alike


@contextmanager
def served(cards: int, **limits: Any) -> Iterator[tuple[TrelloConnector, TrelloSandbox, BoardBuilder]]:
    """A look-alike with a board of so many cards, every hundredth with a checklist and a field, and a connector."""
    clock = SteppingClock()
    board = BoardBuilder("Grand", now=clock.now)
    to_do = board.list("À faire")
    first = to_do.card("Carte 0", values={"JH": 1.0})
    for number in range(1, cards):
        marked = number % 100 == 0
        to_do.card(f"Carte {number}", depends_on=[first] if marked else [], values={"JH": 2.0} if marked else None)
    with TrelloSandbox(board.state, limits=Limits(**limits)) as sandbox:
        settings = SourceSettings(key=sandbox.key, token=sandbox.token, base_url=sandbox.url)
        connector = connect(settings, clock=clock, zone=PARIS)
        yield connector, sandbox, board
        connector.close()


@pytest.mark.parametrize(("cards", "requests"), [(999, 1), (1000, 2), (2500, 3)])
def test_requests_over_http(cards: int, requests: int) -> None:
    """999 cards are one request, 1 000 two, 2 500 three; none is lost, nor what stands on the oldest."""
    with served(cards) as (connector, sandbox, board):
        pulled = connector.pull(board.id)
        assert len(sandbox.log) == pulled.requests == requests
    found = pulled.snapshot
    assert titles(found) == numbered(0, cards - 1)
    by_title = {task.title: task for task in found.tasks}
    assert by_title["Carte 0"].extra == {"JH": "1"}
    assert by_title["Carte 100"].references[0].target == by_title["Carte 0"].handles[0]


@pytest.mark.parametrize("limits", [{"nested_cards": 200}, {"nested_cards": 200, "too_large": 403}, {"checklists": 2}])
def test_parts_over_http_are_the_whole(limits: dict[str, int]) -> None:
    """Too many cards or checklists for one answer: what comes in parts is what one answer would have held."""
    with served(600, **limits) as (connector, _, board):
        in_parts = connector.pull(board.id)
    with served(600) as (connector, _, board):
        at_once = connector.pull(board.id)
    assert in_parts.requests > at_once.requests == 1
    assert {task.key: task for task in in_parts.snapshot.tasks} == {task.key: task for task in at_once.snapshot.tasks}
    assert in_parts.snapshot.board == at_once.snapshot.board
