"""Boards of a thousand open cards and more: what lies beyond one answer of Trello's."""

from collections.abc import Sequence

from retro_trello.client import CARDS_MOST, Client, JsonObject
from retro_trello.payload import BoardList, read_each


def older_cards(client: Client, ref: str, cards: Sequence[JsonObject], board: JsonObject) -> list[JsonObject]:
    """The open cards that a board's answer left out, page by page, each older than the last; mostly none.

    Trello cuts by creation and tells it by ids, which grow with time. Cards of archived lists are left out, as the
    first answer leaves them out.
    """
    more: list[JsonObject] = []
    ids = {_id(card) for card in cards}
    shut = {each.id for each in read_each(BoardList, board.get("lists")) if each.closed}
    size = len(cards)
    while size >= CARDS_MOST:
        page = client.cards_before(ref, min(ids))
        fresh = [card for card in page if _id(card) not in ids]
        more += [card for card in fresh if not card.get("closed") and card.get("idList") not in shut]
        ids |= {_id(card) for card in fresh}
        size = len(page) if fresh else 0
    return more


def _id(card: JsonObject) -> str:
    return str(card.get("id", ""))
