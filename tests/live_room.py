"""Nights over a Trello look-alike, by real HTTP: each with a connector of its own, as a new process makes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.night_room import NOW, PARIS, Night, Room, TickingClock

from retro import registry
from retro.model import Portfolio
from retro.ports import RunRecord
from retro.run.nightly import settle_journal
from retro.run.policies import policies
from retro.run.touches import Touches, touches
from retro.run.undo import Undone, carry_out_undo, columns_of, make_undo
from retro.sandbox.access import Access
from retro.sandbox.trello import BoardBuilder, CardMade, TrelloSandbox, comments
from retro.sync.decide.values import Value, value_of
from retro_trello.connector import TrelloConnector, connect
from retro_trello.settings import BoardSettings, SourceSettings

FILL = 'own = ["latest", "review"], fill = ["start", "due"]'


class LiveRoom(Room):
    """One board of four cards (three of them open) with everything that is written on it.

    `place` is where its remarks go, `ahead` how far Trello's clock is ahead of ours.
    Two open cards have no owner, which is remarked.
    """

    def __init__(self, folder: Path, place: str, write: str = FILL) -> None:
        clock = TickingClock(NOW)
        self.board = BoardBuilder("Contenus", now=lambda: clock.at)
        to_do = self.board.list("À produire")
        brief = to_do.card("[SEO] Brief", members=["Léa Martin"], labels=["Web"], values={"JH": 2.0})
        self.cards: dict[str, CardMade] = {
            "brief": brief,
            "texte": to_do.card("[SEO] Sans personne", depends_on=[brief], labels=["Urgent"], values={"JH": 1.0}),
            "page": to_do.card("[Web] Sans page", labels=["Web", "Urgent"], values={"JH": 3.0}),
        }
        self.board.list("Terminé").card("[SEO] Charte", done=True)
        self.ahead = timedelta()
        self.server = TrelloSandbox(self.board.state, now=lambda: clock.at + self.ahead)
        self.place = place
        self.token = ""
        self.toml = f"""
            [sources.equipe]
            kind = "trello"
            [boards.contenus]
            source = "equipe"
            at = "{self.board.url}"
            write = {{ {write} }}
            warnings = "{place}"
            [projects.site]
            boards = ["contenus"]
            anchors = [{{ name = "Ligne", date = {date(2027, 3, 1)} }}]
            [lint]
            profile = "standard"
            select = ["OWN", "DAT", "DEP", "NAM"]
            """
        super().__init__(folder, self.toml, {}, clock=clock)
        self.rules = registry.rules(self.configuration)

    @property
    def key(self) -> str:
        """The board's key."""
        return f"trello:{self.board.id}"

    def connector(self) -> TrelloConnector:
        """A connector as a new process makes it: it knows what the state tells."""
        box = self.server
        return connect(
            SourceSettings(id="equipe", key=box.key, token=self.token or box.token, base_url=box.url),
            clock=self.clock,
            zone=PARIS,
            boards=[BoardSettings.model_validate({"at": self.board.url, "alias": "contenus", "warnings": self.place})],
            pins=self.ledger.pins(),
            marks=self.ledger.marks(),
        )

    def read(self, *, offline: bool = False) -> Portfolio:
        """Read the board as a new process does."""
        for connector in self.sources.values():
            connector.close()
        self.sources = {"equipe": self.connector()}  # type: ignore[dict-item]  # a connector in a wall's place
        return super().read(offline=offline)

    def asked(self, mark: int) -> list[Access]:
        """The requests after a mark."""
        return self.server.requests_since(mark)

    def touches(self) -> Touches:
        """When retro and others last touched each card, as the state knows it."""
        return touches(self.ledger, self.read())

    def cell_of(self, card: str, field: str) -> Value:
        """What a cell holds, as it is read."""
        key = f"trello:{self.cards[card].id}"
        return value_of(next(task for task in self.read().tasks if task.key == key), field)

    def move_remarks(self, place: str) -> None:
        """Remarks go elsewhere from now on."""
        self.toml = self.toml.replace(f'warnings = "{self.place}"', f'warnings = "{place}"')
        self.place = place
        self.configure(self.toml)

    def undo(self, run: RunRecord) -> Undone:
        """Take a run back, as `undo --yes` does."""
        portfolio = self.read()
        means, now = self.means(portfolio), self.clock.now()
        allowed = policies(means.settings, portfolio.boards, means.capabilities)
        settle_journal(portfolio, self.fresh, self.ledger, self.sources, allowed, now=now, zone=PARIS)
        undoing = make_undo(run, portfolio, self.ledger, lang="fr", fresh=self.fresh)
        return carry_out_undo(
            undoing,
            {self.key: self.sources["equipe"]},
            self.ledger,
            self.clock,
            columns=columns_of(run, self.ledger, self.fresh),
            addresses={self.key: self.board.url},
            means=means,
        )

    def writes_of(self, mark: int) -> list[tuple[str, str]]:
        """Method and path of each write after a mark that was done."""
        return [(each.method, each.path) for each in self.asked(mark) if each.wrote]

    def next_night(self, **span: float) -> tuple[Night, int]:
        """A night later (a day, where nothing is said): what it did, and the writes that it took."""
        mark = self.server.log.mark()
        (night,) = self.nights(1, **span)
        return night, len(self.writes_of(mark))

    # What stands on the board

    @property
    def document(self) -> dict[str, Any]:
        """The board."""
        return self.board.document

    def comments(self, card: str = "") -> list[dict[str, Any]]:
        """Comments that end with retro's stamp, of one card or of all."""
        return [
            action
            for action in self.document["actions"]
            if action["type"] == "commentCard"
            and "[retro " in action["data"]["text"]
            and (not card or action["data"]["card"]["id"] == self.cards[card].id)
        ]

    def labels(self, card: str) -> list[str]:
        """The names of the labels on a card."""
        return [label["name"] for label in self.cards[card].document["labels"]]

    def own_labels(self) -> list[str]:
        """The names of retro's labels on the board."""
        return [label["name"] for label in self.document["labels"] if label["name"].startswith("retro ·")]

    def by_hand(self, card: str, **fields: Any) -> None:
        """A person edits a card in Trello."""
        self.server.state.edit_card(self.cards[card].id, **fields)

    def comment(self, card: str, text: str) -> None:
        """A person comments on a card."""
        state = self.server.state
        hand = state.hand(self.board.member("Léa Martin")["id"], self.clock.at)
        on, of = state.card(self.cards[card].id)
        comments.add(on, of, text, hand)

    def comment_ids(self, card: str) -> set[str]:
        """The ids of all comments on the card of that id."""
        return {
            action["id"]
            for action in self.document["actions"]
            if action["type"] == "commentCard" and action["data"]["card"]["id"] == card
        }

    def give_owner(self, card: str) -> None:
        """A person takes a card: what was remarked about its owner is mended."""
        self.by_hand(card, idMembers=[self.board.member("Léa Martin")["id"]])


@contextmanager
def live_room(folder: Path, place: str, write: str = FILL) -> Iterator[LiveRoom]:
    """A room whose look-alike listens for as long as it is needed."""
    room = LiveRoom(folder, place, write)
    with room.server:
        yield room
        for connector in room.sources.values():
            connector.close()
        room.close()
