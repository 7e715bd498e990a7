"""Everything a Trello look-alike holds: boards in the shape of exports, members, tokens. In memory, or in one file."""

import copy
import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from retro.sandbox.keeping import write_whole
from retro.sandbox.trello import cards, moves, refusals
from retro.sandbox.trello.access import Token
from retro.sandbox.trello.history import Hand
from retro.sandbox.trello.ids import Mint, is_id, is_short_link
from retro.sandbox.trello.shapes import Document, member, membership

_VERSION = 1
_CARD_DEFAULTS: Document = {
    "due": None,
    "start": None,
    "dueComplete": False,
    "isTemplate": False,
    "cardRole": None,
    "dateCompleted": None,
    "dateClosed": None,
    "customFieldItems": [],
    "attachments": [],
    "pluginData": [],
    "badges": {"comments": 0},
}
_BOARD_DEFAULTS: Document = {"customFields": [], "checklists": [], "memberships": [], "actions": [], "pluginData": []}


class State:
    """Boards, members and tokens.

    A board is one document in the shape of a Trello export: its lists, cards, checklists and actions inside it.
    Whoever reads or changes documents holds `lock`.

    Args:
        now: the current instant, aware; every time that is recorded comes from it.
        seed: makes ids, key and tokens; the same seed makes the same ones.
    """

    def __init__(self, *, now: Callable[[], datetime], seed: str = "sandbox") -> None:
        self.now = now
        self.lock = threading.RLock()
        self.boards: dict[str, Document] = {}
        self.members: dict[str, Document] = {}
        self.tokens: dict[str, Token] = {}
        self.key = _secret(seed, "key")[:32]
        self.app = _secret(seed, "application")[:24]
        self.organization = _secret(seed, "organization")[:24]
        self.app_name = "Rétroplanning"
        self.without_custom_fields: set[str] = set()
        """Ids of boards whose plan has no custom fields: none can be defined on them."""
        self.saved = False
        """Whether it was read from a file that `save` wrote, and may be saved there again."""
        self.seed = seed
        self.mint = Mint(seed)
        self._links: dict[str, str] = {}
        self._cards: dict[str, tuple[Document, Document]] = {}
        self._numbers: dict[str, int] = {}

    # Looking things up

    def board(self, ref: str) -> Document:
        """The board of that id or short link.

        Raises:
            Refusal: there is none, or `ref` has the form of neither.
        """
        return self.boards[self._id(ref, self.boards)]

    def card(self, ref: str) -> tuple[Document, Document]:
        """The card of that id or short link, after the board it is on.

        Raises:
            Refusal: there is none, or `ref` has the form of neither.
        """
        return self._cards[self._id(ref, self._cards)]

    def part(self, kind: str, id_: str) -> tuple[Document, Document]:
        """The document of that id among the `kind` (lists, labels, customFields, actions…) of a board, after the board.

        Raises:
            Refusal: there is none.
        """
        for board in self.boards.values():
            found = cards.find(board[kind], id_)
            if found is not None:
                return board, found
        raise refusals.unknown()

    def _id(self, ref: str, known: dict[str, Any]) -> str:
        if not is_id(ref) and not is_short_link(ref):
            raise refusals.invalid_id()
        id_ = self._links.get(ref, ref)
        if id_ not in known:
            raise refusals.unknown()
        return id_

    # Filling it

    def add_member(self, full_name: str, username: str, id_: str | None = None) -> Document:
        """Add a person; `id_` where it must be a given one."""
        made = member(id_ or self.mint.id(self.now()), full_name, username)
        self.members[made["id"]] = made
        return made

    def add_token(
        self, id_member: str, *, write: bool = True, expires: datetime | None = None, created: datetime | None = None
    ) -> Token:
        """Give a member a token, always the same one for the same member and scope.

        Args:
            id_member: whose.
            write: whether it may write, too.
            expires: from when on it is refused; never by default.
            created: when it was given; now by default.
        """
        value = _secret(self.seed, f"token/{id_member}/{'write' if write else 'read'}")
        token = Token(
            value=value,
            id=_secret(self.seed, f"token id/{value}")[:24],
            id_member=id_member,
            created=created or self.now(),
            write=write,
            expires=expires,
        )
        self.tokens[token.value] = token
        return token

    def add_board(self, board: Document) -> None:
        """Take in a board with all that is on it; its short link must be free."""
        if board["shortLink"] in self._links:
            raise ValueError(board["shortLink"])
        self.boards[board["id"]] = board
        self._links[board["shortLink"]] = board["id"]
        self._numbers[board["id"]] = max((card["idShort"] for card in board["cards"]), default=0)
        for card in board["cards"]:
            self.add_card(board, card)

    def add_card(self, board: Document, card: Document) -> None:
        """Make a card of `board` known by its id and short link."""
        self._links[card["shortLink"]] = card["id"]
        self._cards[card["id"]] = (board, card)
        self._numbers[board["id"]] = max(self._numbers[board["id"]], card["idShort"])

    def forget_card(self, card: Document) -> None:
        """Make a card unknown: it was deleted."""
        del self._cards[card["id"]], self._links[card["shortLink"]]

    def next_number(self, board: Document) -> int:
        """The number that the next card of `board` gets."""
        return self._numbers[board["id"]] + 1

    def add_export(self, document: Document) -> Document:
        """Take in a board exported from Trello, where everyone who has a token becomes a member of it.

        Old exports lack what Trello added later: it is filled in as Trello shows it on old cards.
        """
        board = copy.deepcopy(document)
        for name, value in _BOARD_DEFAULTS.items():
            board.setdefault(name, copy.deepcopy(value))
        board.setdefault("shortLink", board["shortUrl"].rsplit("/", 1)[-1])
        for card in board["cards"]:
            for name, value in _CARD_DEFAULTS.items():
                card.setdefault(name, copy.deepcopy(value))
            card["badges"].setdefault("comments", 0)
        for one in board["members"]:
            self.members.setdefault(one["id"], one)
        for token in self.tokens.values():
            self.join(board, token.id_member)
        self.add_board(board)
        return board

    def join(self, board: Document, id_member: str, kind: str = "normal") -> None:
        """Make someone a member of `board` (admin, normal or observer), unless they are."""
        if all(one["idMember"] != id_member for one in board["memberships"]):
            board["memberships"].append(membership(self.mint, id_member, self.now(), kind))
        if cards.find(board["members"], id_member) is None:
            board["members"].append(self.members[id_member])

    # A human's hand

    def edit_card(self, ref: str, *, by: str | None = None, at: datetime | None = None, **fields: Any) -> Document:
        """Change a card as a member does in Trello itself: its activity moves and the change is recorded.

        Args:
            ref: the card's id or short link.
            by: the member's id; by default the board's first member who lent no token.
            at: when; now by default.
            fields: as in `PUT /1/cards/{id}`: `name`, `desc`, `due`, `idList`, `closed`…

        Raises:
            Refusal: no such card, or a value that it cannot take.
        """
        with self.lock:
            board, card = self.card(ref)
            self.change_card(board, card, fields, self.hand(by or self._human(board), at))
            return card

    def change_card(self, board: Document, card: Document, wanted: Mapping[str, Any], hand: Hand) -> Document:
        """Change a card of `board`, which `wanted` may move to another one (`idBoard`); gives the board it is then on.

        Raises:
            Refusal: a value that the card cannot take. Nothing has changed then.
        """
        fields = dict(wanted)
        if fields.get("idBoard", board["id"]) != board["id"]:
            to, id_list = self.board(str(fields["idBoard"])), fields.pop("idList", None)
            cards.read(to, fields)
            moves.card(self, board, card, to, hand, id_list=id_list)
            board = to
        cards.update(board, card, fields, hand)
        return board

    def _human(self, board: Document) -> str:
        lenders = {token.id_member for token in self.tokens.values()}
        ids: list[str] = [one["id"] for one in board["members"]]
        return next((id_ for id_ in ids if id_ not in lenders), ids[0])

    def hand(self, id_member: str, at: datetime | None = None, *, app: str | None = None) -> Hand:
        """The hand of a member at an instant, now by default."""
        return Hand(member=self.members[id_member], at=at or self.now(), mint=self.mint, app=app)

    # Keeping it

    def save(self, path: Path) -> None:
        """Write everything to one file that only its owner can read; the file is whole at every instant.

        Raises:
            OSError: it cannot be written.
        """
        with self.lock:
            document = {
                "version": _VERSION,
                "seed": self.seed,
                "made": self.mint.made,
                "members": list(self.members.values()),
                "tokens": [one.kept() for one in self.tokens.values()],
                "without_custom_fields": sorted(self.without_custom_fields),
                "boards": list(self.boards.values()),
            }
            write_whole(path, document)

    @classmethod
    def load(cls, path: Path, *, now: Callable[[], datetime]) -> "State":
        """Read what `save` wrote.

        Raises:
            OSError: it cannot be read.
            ValueError: it is not such a file.
        """
        document = json.loads(path.read_text("utf-8"))
        if not isinstance(document, dict) or document.get("version") != _VERSION or "boards" not in document:
            raise ValueError(path.name)
        state = cls(now=now, seed=document["seed"])
        state.saved = True
        state.mint.made = document["made"]
        state.members = {one["id"]: one for one in document["members"]}
        for token in document["tokens"]:
            times = {name: datetime.fromisoformat(token[name]) for name in ("created", "expires") if token.get(name)}
            state.add_token(token["id_member"], write=token["write"], **times)
        state.without_custom_fields = set(document["without_custom_fields"])
        for board in document["boards"]:
            state.add_board(board)
        return state


def _secret(seed: str, what: str) -> str:
    """A made-up credential or id that means nothing outside this machine, the same for the same seed."""
    return hashlib.sha256(f"{seed}/{what}".encode()).hexdigest()
