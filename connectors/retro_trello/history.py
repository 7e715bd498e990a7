"""What a board's actions tell of its cards: comments, and moves of due dates."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from retro.model import DueMove
from retro_trello.lenient import instant, whole
from retro_trello.payload import Action

ACTIONS_MOST = 1000
"""Trello gives no more in one answer, and its exports hold no more."""


@dataclass(frozen=True, slots=True)
class History:
    """By card id, oldest first."""

    comments: Mapping[str, tuple[str, ...]]
    due_moves: Mapping[str, tuple[DueMove, ...]]


def told_since(actions: Sequence[Action] | None) -> datetime | None:
    """The earliest of a board's actions where there are as many as Trello gives: earlier ones were left out."""
    if actions is None or len(actions) < ACTIONS_MOST:
        return None
    return min((action.date for action in actions if action.date is not None), default=None)


def authors(actions: Iterable[Action]) -> dict[str, str]:
    """The names of whoever acted on a board, by id: those who left it since are known from here only."""
    named = ((action.id_member_creator, _text(action.member_creator.get("fullName"))) for action in actions)
    return {id_: name for id_, name in named if name}


def history(actions: Iterable[Action], names: Mapping[str, str]) -> History:
    """Read the actions; `names` are people's by id, for whoever moved a date."""
    comments: defaultdict[str, list[str]] = defaultdict(list)
    moves: defaultdict[str, list[DueMove]] = defaultdict(list)
    dated = [action for action in actions if action.date is not None]
    for action in sorted(dated, key=lambda action: (action.date, action.id)):
        card = _text(_dict(action.data.get("card")).get("id"))
        if not card:
            continue
        if action.type == "commentCard" and (text := _text(action.data.get("text"))):
            comments[card].append(text)
        elif action.type == "updateCard" and (move := _due_move(action, names)) is not None:
            moves[card].append(move)
    return History(
        {card: tuple(texts) for card, texts in comments.items()},
        {card: tuple(found) for card, found in moves.items()},
    )


def _due_move(action: Action, names: Mapping[str, str]) -> DueMove | None:
    old = _dict(action.data.get("old"))
    if "due" not in old or action.date is None:
        return None
    new = instant(_dict(action.data.get("card")).get("due"))
    who = names.get(action.id_member_creator, action.id_member_creator)
    return DueMove(action.date, who or None, instant(old["due"]), new)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return whole(value) if isinstance(value, str) else ""
