"""Retro's comment on a card: one, edited in place, known again by its id in the state or by the stamp that ends it.

Trello keeps comments among the actions, of which a board's answer holds the last thousand. A comment whose id is
known and which is older than what came was not read; it is not gone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from retro.i18n.own_fields import STAMP
from retro_trello.errors import not_trello
from retro_trello.history import ACTIONS_MOST
from retro_trello.lenient import read_each, whole
from retro_trello.payload import Action, Membership

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from retro_trello.client import Client, JsonObject

COMMENT = "commentCard"
_WRITERS = frozenset({"admin", "normal"})
_COMMENTERS = {"disabled": frozenset[str](), "members": _WRITERS, "observers": _WRITERS | {"observer"}}
"""Who may comment, by the board's preference; those that are not here let more people than a board's members."""
_HUSH = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True)
class Comment:
    """Retro's comment on a card. `text` is None where it was not read, being older than the actions that were."""

    id: str
    text: str | None


@dataclass(slots=True)
class Comments:
    """Retro's comments on the cards of one board, kept up to date as cards are read and written.

    `me` is the id of the token's owner: nobody else's comments can be edited, so nobody else's are retro's. `known`
    gives the comments that the state remembers, by card, and those made since. `complete` is whether all actions were
    read: a card that is not in `by_card` then has no comment of retro's, else it has to be asked for.
    """

    me: str
    known: dict[str, str]
    complete: bool = False
    by_card: dict[str, Comment | None] = field(default_factory=dict[str, Comment | None])

    def take(self, actions: Sequence[Action], cards: Iterable[str], *, complete: bool) -> None:
        """Learn from the actions of a board with those cards; `complete`: there are no older ones."""
        oldest = "" if complete else min((action.id for action in actions if action.id), default="")
        self.complete = complete
        told = _by_card(actions)
        for card in {*told, *(card for card in cards if card in self.known)}:
            found = self._pick(card, told.get(card, ()), oldest)
            if found is not None:
                self.by_card[card] = found

    def take_answer(self, card: str, document: JsonObject, older: Callable[[str], list[JsonObject]]) -> None:
        """Learn from the answer of one card with its comments; `older` gives those before an action.

        Raises SourceError where the answer holds none: without them a second comment might be made.
        """
        listed = document.get("actions")
        if not isinstance(listed, list):
            raise not_trello(card, writing=False)
        oldest, found = "", None
        while listed and (found is None or found.text is None):
            actions = read_each(Action, listed)
            reached = min((action.id for action in actions if action.id), default="")
            cut = len(listed) >= ACTIONS_MOST and reached != oldest
            oldest = reached
            found = self._pick(card, actions, oldest if cut else "")
            listed = older(oldest) if cut else []
        self.by_card[card] = found

    def note(self, card: str, comment: Comment | None) -> None:
        """Remember what was written."""
        self.by_card[card] = comment
        self.known.pop(card, None)
        if comment is not None:
            self.known[card] = comment.id

    def of(self, card: str) -> Comment | None:
        """Retro's comment on a card, as far as it is known."""
        return self.by_card.get(card)

    def is_known(self, card: str) -> bool:
        """Whether it is known if a card has a comment of retro's."""
        return self.complete or card in self.by_card

    def ids(self) -> frozenset[str]:
        """The ids of the comments that are retro's, not the team's."""
        return frozenset(comment.id for comment in self.by_card.values() if comment is not None)

    def _pick(self, card: str, actions: Iterable[Action], oldest: str) -> Comment | None:
        """The one that the state knows; else the oldest of ours that ends with a stamp: newer ones quote it."""
        told = [action for action in actions if action.type == COMMENT]
        known = self.known.get(card, "")
        mine = [action for action in told if action.id_member_creator == self.me]
        for action in mine:
            if action.id == known:
                return Comment(known, text_of(action))
        if known and known < oldest:
            return Comment(known, None)
        stamped = [action for action in mine if STAMP.search(text_of(action))]
        first = min(stamped, key=lambda action: action.id, default=None)
        return None if first is None else Comment(first.id, text_of(first))


def known_of(marks: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The comments that the state remembers, by card: `marks` are by task key, then own field."""
    found = {task.partition(":")[2]: held.get("review", "").partition(":") for task, held in marks.items()}
    return {card: id_ for card, (place, _colon, id_) in found.items() if place == "comment" and id_}


def write(client: Client, ours: Comments, card: str, remark: object) -> None:
    """Write retro's comment on a card in one request, or take it away where there is no remark."""
    there, text = ours.of(card), remark if isinstance(remark, str) else ""
    if not text:
        if there is not None:
            client.delete_comment(there.id)
        ours.note(card, None)
        return
    if there is None:
        action = Action.model_validate(client.create_comment(card, sent(text)))
    else:
        action = Action.model_validate({**client.update_comment(there.id, sent(text)), "id": there.id})
    if not action.id:
        raise not_trello(card, writing=True)
    ours.note(card, Comment(action.id, text_of(action) or text))


def remove_known(client: Client, ours: Comments) -> int:
    """Remove the comments of a board that are known by their ids as made by retro, and no other; how many."""
    held = [(card, each) for card, each in ours.by_card.items() if each is not None and ours.known.get(card) == each.id]
    for card, comment in held:
        client.delete_comment(comment.id)
        ours.note(card, None)
    return len(held)


def without(actions: Iterable[Action], ours: frozenset[str]) -> Iterator[Action]:
    """The actions that tell of the team."""
    return (action for action in actions if action.id not in ours)


def may_comment(prefs: Mapping[str, Any], memberships: Iterable[Membership], me: str) -> bool:
    """Whether a member may comment on a board, by its preference; where that cannot be told, Trello will."""
    allowed = _COMMENTERS.get(str(prefs.get("comments", "members")))
    place = next((each.member_type for each in memberships if each.id_member == me and not each.deactivated), "")
    return allowed is None or place in allowed


def sent(text: str) -> str:
    """A text as it is sent: a name after an @ must call nobody to the card."""
    return text.replace("@", f"@{_HUSH}")


def text_of(action: Action) -> str:
    """The text of a comment, as it was before `sent`."""
    text = action.data.get("text")
    return whole(text).replace(f"@{_HUSH}", "@") if isinstance(text, str) else ""


def _by_card(actions: Iterable[Action]) -> dict[str, list[Action]]:
    found: defaultdict[str, list[Action]] = defaultdict(list)
    for action in actions:
        card = action.data.get("card")
        id_ = card.get("id") if isinstance(card, dict) else None
        if action.type == COMMENT and isinstance(id_, str) and id_:
            found[id_].append(action)
    return dict(found)
