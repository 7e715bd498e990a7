"""A board whole, however large: in one request where Trello gives it so, else in pages and parts; never cut unsaid.

Trello gives a thousand cards at most in one answer, those created last; ids grow with time. A board with too much on
it for one answer (cards, checklists, half a minute of its work) is asked for in parts, halved until they are given.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from retro.ports import Progress
from retro_trello.client import CARDS_MOST, Client, JsonObject
from retro_trello.errors import TooLargeError, not_trello
from retro_trello.history import ACTIONS_MOST
from retro_trello.lenient import read_each
from retro_trello.payload import BoardList

PART = 250
"""Cards that are asked for at once on a board that is too large for one answer."""
_LEAST = 10
"""A part that is refused at this size would be refused at any."""
_PARTS = ("lists", "cards")
_ID = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class Whole:
    """A board's document with all its open cards; `cut` where older ones could not be had."""

    document: JsonObject
    cut: bool = False


def whole_board(client: Client, ref: str, told: Progress | None = None) -> Whole:
    """Read a board; `told` hears how many cards there are before each further page.

    Raises:
        SourceError: it was refused, even in small parts; or the answer is no board.
    """
    try:
        document = client.board(ref)
    except TooLargeError:
        return _in_parts(client, ref, told)
    if not all(isinstance(document.get(part), list) for part in _PARTS):
        raise not_trello(ref, writing=False)
    pages = _Pages(client, ref, document, told, checklists=False)
    pages.add(document["cards"])
    pages.go_on(len(document["cards"]), CARDS_MOST)
    return Whole({**document, "cards": pages.cards}, pages.cut)


def _in_parts(client: Client, ref: str, told: Progress | None) -> Whole:
    """Its frame, its cards in pages with their checklists, its actions."""
    frame = client.board_frame(ref)
    pages = _Pages(client, ref, frame, told, checklists=True)
    pages.go_on(PART, PART)
    return Whole({**frame, "cards": pages.cards, "actions": _actions(client, ref)}, pages.cut)


def _actions(client: Client, ref: str) -> list[Any]:
    """The last thousand, as one answer would hold them."""
    found: list[Any] = []
    most, before = ACTIONS_MOST, None
    while len(found) < ACTIONS_MOST:
        asked = min(most, ACTIONS_MOST - len(found))
        try:
            page = client.actions(ref, asked, before)
        except TooLargeError as error:
            most = _half(asked, error)
            continue
        oldest = _oldest(_ids(page))
        found += page
        if len(page) < asked or oldest is None or oldest == before:
            break
        before = oldest
    return found


class _Pages:
    """The open cards of a board so far, and the way to the older ones.

    The route that nests cards in their board is asked first: that it minds where a page is to begin is not promised
    anywhere, so each page is looked at, and where it does not, the route of the cards alone takes over.
    """

    def __init__(self, client: Client, ref: str, board: JsonObject, told: Progress | None, *, checklists: bool) -> None:
        self.cards: list[Any] = []
        self.cut = False
        self._client = client
        self._ref = ref
        self._name = str(board.get("name", ""))
        self._told = told
        self._checklists = checklists
        self._shut = {each.id for each in read_each(BoardList, board.get("lists")) if each.closed}
        self._ids: set[str] = set()
        self._nested = True

    def add(self, page: list[Any]) -> bool:
        """Take up what is new and stands on the open board; whether anything was new."""
        fresh = [card for card in page if _id(card) not in self._ids]
        self._ids.update(_ids(fresh))
        self.cards += [card for card in fresh if self._nested or not _away(card, self._shut)]
        return any(_id(card) for card in fresh)

    def go_on(self, size: int, most: int) -> None:
        """Read older cards while the last page, of `size` cards, was as large as it could be."""
        while size >= most:
            if self._told is not None:
                self._told(self._name, len(self.cards), None)
            before = _oldest(self._ids)
            page, most = self._page(before, most)
            size = len(page)
            if not self.add(page) and size >= most:
                self.cut = not self._nested
                if self.cut:
                    return
                self._nested = False

    def _page(self, before: str | None, most: int) -> tuple[list[Any], int]:
        """The next page, and the most that could be asked for."""
        while True:
            ask: Callable[..., list[Any]] = self._client.cards if self._nested else self._client.cards_flat
            try:
                page = ask(self._ref, most, before, checklists=self._checklists)
            except TooLargeError as error:
                most = _half(most, error)
                continue
            if self._nested and before is not None and any(_id(card) >= before for card in page):
                self._nested = False
                continue
            return page, most


def _half(most: int, error: TooLargeError) -> int:
    """Half of a part that was refused as too large; raises the refusal where that would not help."""
    if most <= _LEAST:
        raise error
    return most // 2


def _away(card: Any, shut: set[str]) -> bool:
    """Whether a card is archived, or its list is."""
    return isinstance(card, dict) and (card.get("closed") is True or card.get("idList") in shut)


def _id(card: Any) -> str:
    found = card.get("id") if isinstance(card, dict) else None
    return found if isinstance(found, str) else ""


def _ids(entries: Iterable[Any]) -> set[str]:
    return {found for found in map(_id, entries) if found}


def _oldest(ids: Iterable[str]) -> str | None:
    return min(filter(_ID.fullmatch, ids), default=None)
