"""Boards in a few lines, for tests, trials and the demo.

`BoardBuilder("Campagne").list("À produire").card("[SEO] Brief", due=day, members=["Léa Martin"])`
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from retro.sandbox.trello import fields, shapes
from retro.sandbox.trello.build_cards import DEPENDENCIES, CardMade, ListBuilder, add_checklist
from retro.sandbox.trello.history import Hand
from retro.sandbox.trello.ids import short_link, slug
from retro.sandbox.trello.shapes import Document
from retro.sandbox.trello.state import State

ROBOT = "Rétroplanning"
"""The member who owns the tokens of a new state, and belongs to every board that a builder makes."""

PARIS = ZoneInfo("Europe/Paris")
_AGE = timedelta(days=30)


def new_state(now: Callable[[], datetime], *, seed: str = "sandbox") -> State:
    """A state without boards, with one member of retro's own who has a token to write and one to read."""
    state = State(now=now, seed=seed)
    robot = state.add_member(ROBOT, "retroplanning")
    for write in (True, False):
        state.add_token(robot["id"], write=write)
    return state


class BoardBuilder:
    """Builds one board, which is in its state from the start.

    Args:
        name: of the board; its short link follows from it unless `link` gives one.
        state: where it goes; a new one (`new_state`) by default.
        now: the current instant where the state is a new one; 4 January 2027, 09:00 in Paris by default.
        zone: in which plain dates become the instants that Trello keeps: 17:00 for a due date, 09:00 for a start.
        visibility: private, org or public.
        comments: who may comment: disabled, members, observers, org or public.
        custom_fields: whether any can be defined on it; False: the board's plan has none.
        place: of those who own a token, on the board: admin, normal, observer; None: they are no members of it.
        created: when the board and all that is not told otherwise were made; 30 days before now by default.
    """

    def __init__(
        self,
        name: str,
        state: State | None = None,
        *,
        now: Callable[[], datetime] | None = None,
        zone: tzinfo = PARIS,
        link: str | None = None,
        visibility: str = "private",
        comments: str = "members",
        custom_fields: bool = True,
        place: str | None = "normal",
        created: datetime | None = None,
    ) -> None:
        self.state = state or new_state(now or (lambda: datetime(2027, 1, 4, 9, tzinfo=PARIS)))
        self.zone = zone
        self.at = created or self.state.now() - _AGE
        organization = self.state.organization if visibility != "private" else None
        link = link or short_link(name)
        self.document = shapes.board(
            self.state.mint, name, self.at, link=link, organization=organization, visibility=visibility
        )
        self.document["prefs"]["comments"] = comments
        self.state.add_board(self.document)
        if not custom_fields:
            self.state.without_custom_fields.add(self.document["id"])
        self._labels: dict[str, Document] = {}
        self._fields: dict[str, Document] = {}
        self._people: dict[str, Document] = {}
        self._owner = next(iter(self.state.members.values()))
        self.document["idMemberCreator"] = self._owner["id"]
        for token in self.state.tokens.values():
            if place is not None:
                self.state.join(self.document, token.id_member, place)

    @property
    def id(self) -> str:
        """The board's id."""
        return str(self.document["id"])

    @property
    def url(self) -> str:
        """The board's address, as a person pastes it."""
        return str(self.document["url"])

    def member(self, full_name: str, *, username: str = "", id_: str | None = None, kind: str = "normal") -> Document:
        """A person of the board, found in the state by full name or made; `kind` is admin, normal or observer."""
        if full_name not in self._people:
            found = next((one for one in self.state.members.values() if one["fullName"] == full_name), None)
            made = found or self.state.add_member(full_name, username or slug(full_name).replace("-", ""), id_)
            self.state.join(self.document, made["id"], kind)
            self._people[full_name] = made
        return self._people[full_name]

    def label(self, name: str, colour: str | None = None) -> Document:
        """A label of the board, made at first sight."""
        if name not in self._labels:
            made = shapes.label(self.state.mint, self.id, name, self.at, colour)
            self.document["labels"].append(made)
            self._labels[name] = made
        return self._labels[name]

    def field(self, name: str, kind: str = "text", options: Iterable[str] = ()) -> Document:
        """A custom field of the board, made at first sight: text, number, date, checkbox or list."""
        if name not in self._fields:
            asked: dict[str, Any] = {"name": name, "type": kind, "options": [{"value": {"text": o}} for o in options]}
            self._fields[name] = fields.define(self.document, asked, self.hand())
        return self._fields[name]

    def list(self, name: str, *, closed: bool = False) -> ListBuilder:
        """Add a list at the right, or find the one of that name."""
        found = next((one for one in self.document["lists"] if one["name"] == name), None)
        if found is None:
            pos = shapes.STEP * (len(self.document["lists"]) + 1)
            found = shapes.board_list(self.state.mint, self.id, name, self.at, pos)
            found["closed"] = closed
            self.document["lists"].append(found)
        return ListBuilder(self, found)

    def checklist(self, card: CardMade, name: str, items: "Iterable[CardMade | str]") -> Document:
        """Add a checklist to a card; a card among the items becomes its address."""
        return add_checklist(self, card.document, name, items, self.at)

    def depend(self, card: CardMade, *on: "CardMade | str") -> None:
        """Add a checklist «Dépendances» to a card that is already there, so that links can run in circles."""
        self.checklist(card, DEPENDENCIES, on)

    def hand(self, at: datetime | None = None, by: str | None = None) -> Hand:
        """The hand of a person (by full name; retro's own member by default) at an instant."""
        who = self._owner if by is None else self.member(by)
        return Hand(member=who, at=at or self.at, mint=self.state.mint)
