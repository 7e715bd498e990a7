"""A small team's two boards on live look-alikes, five cards and four pages, and the retro.toml over them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from retro.sandbox.notion import DatabaseBuilder, NotionSandbox, PageMade, Rate
from retro.sandbox.notion import Limits as NotionLimits
from retro.sandbox.trello import BoardBuilder, CardMade, TrelloSandbox
from retro.sandbox.trello import Limits as TrelloLimits

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
_WIDE = Rate(100_000, 1)


@dataclass
class SmallTeam:
    """The boards, and command lines over them."""

    folder: Path
    server: TrelloSandbox
    base: NotionSandbox
    text: str
    clock: list[datetime] = field(default_factory=lambda: [NOW])

    def on(self, now: datetime) -> None:
        """Let every clock show `now`."""
        self.clock[0] = now

    def arguments(self, *arguments: object, now: datetime | None = None) -> list[object]:
        """A command line over these boards, at their hour."""
        if now is not None:
            self.on(now)
        return ["-c", self.folder / "retro.toml", "--now", self.clock[0].isoformat(), *arguments]

    def edit_config(self, old: str, new: str) -> None:
        """Change the configuration's text."""
        assert old in self.text
        self.text = self.text.replace(old, new)
        (self.folder / "retro.toml").write_text(self.text, encoding="utf-8")

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The cards as Trello holds them."""
        return [card for board in self.server.state.boards.values() for card in board["cards"]]

    def edit_card(self, title: str, **fields: str) -> None:
        """Somebody changes a card in Trello."""
        card = next(card for card in self.cards if card["name"] == title)
        pair = f'OAuth oauth_consumer_key="{self.server.key}", oauth_token="{self.server.token}"'
        address = f"{self.server.url}/1/cards/{card['id']}"
        answer = httpx.put(address, params=fields, headers={"Authorization": pair}, trust_env=False)
        assert answer.status_code == 200, answer.text


@contextmanager
def small_team(folder: Path) -> Iterator[SmallTeam]:
    """Boards on which nothing is written yet. Cards and pages wait for each other; some are nobody's."""
    folder.mkdir()
    clock = [NOW]
    board = _board(clock)
    base = _base(clock)
    wide = TrelloLimits(token=_WIDE, key=_WIDE, members=_WIDE)
    with (
        TrelloSandbox(board.state, now=lambda: clock[0], ticks=time.monotonic, limits=wide) as server,
        NotionSandbox(
            base.state, now=lambda: clock[0], ticks=time.monotonic, limits=NotionLimits(connection=_WIDE)
        ) as pages,
    ):
        for name, secret in (("key", server.key), ("token", server.token), ("base", pages.token)):
            (folder / name).write_text(secret, encoding="utf-8")
        text = _TOML.format(trello=server.url, notion=pages.url, board=board.url, base=base.url)
        team = SmallTeam(folder, server, pages, text, clock)
        (folder / "retro.toml").write_text(text, encoding="utf-8")
        yield team


def _board(clock: list[datetime]) -> BoardBuilder:
    board = BoardBuilder("Contenus", now=lambda: clock[0])
    to_do = board.list("À produire")
    before: list[CardMade] = []
    for number in range(4):
        owners = ["Léa Martin"] if number % 2 else []
        made = to_do.card(f"[SEO] Texte {number}", members=owners, depends_on=before, values={"JH": 2.0})
        before = [made]
    board.list("Terminé").card("[SEO] Charte", done=True)
    return board


def _base(clock: list[datetime]) -> DatabaseBuilder:
    base = DatabaseBuilder("Vidéo", now=lambda: clock[0])
    before: list[PageMade] = []
    base.column("Échéance", "date")
    base.column("Début", "date")
    for number in range(4):
        owners = ["Alix Morel"] if number % 2 else []
        made = base.page(f"[Vidéo] Plan {number}", status="À faire", estimate=2, owners=owners, after=before)
        before = [made]
    return base


_TOML = """
version = 1

[sources.equipe]
kind = "trello"
url = "{trello}"
key = {{ file = "key" }}
token = {{ file = "token" }}

[sources.base]
kind = "notion"
url = "{notion}"
token = {{ file = "base" }}

[boards.contenus]
source = "equipe"
at = "{board}"
estimate = ["field:JH=days"]
write = {{ own = ["latest", "review"], fill = ["start", "due"] }}
warnings = "field"

[boards.video]
source = "base"
at = "{base}"
write = {{ own = ["latest", "review"], fill = ["start", "due"] }}

[projects.site]
boards = ["contenus", "video"]
anchors = [{{ name = "Ligne", date = 2027-01-29 }}]

[lint]
profile = "standard"
"""
