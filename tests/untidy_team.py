"""A team whose two boards want mending: cards and pages with titles, dates and ticks that rules would change."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from tests.small_team import NOW, SmallTeam

from retro.sandbox.notion import DatabaseBuilder, NotionSandbox, Rate
from retro.sandbox.notion import Limits as NotionLimits
from retro.sandbox.trello import BoardBuilder, TrelloSandbox
from retro.sandbox.trello import Limits as TrelloLimits

SATURDAY = date(2027, 1, 9)
_WIDE = Rate(100_000, 1)


@contextmanager
def untidy_team(folder: Path, boards: Callable[[BoardBuilder], None] | None = None) -> Iterator[SmallTeam]:
    """Boards on live look-alikes, nothing handed over to retro; `boards` may add to the one of cards."""
    folder.mkdir()
    clock = [NOW]
    board, base = _board(clock), _base(clock)
    if boards is not None:
        boards(board)
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
    to_do, review, done = (board.list(name) for name in ("À produire", "En validation", "Terminé"))
    to_do.card("SEO : audit technique", members=["Léa Martin"], due=date(2027, 1, 5))
    to_do.card("(seo) Maillage interne", members=["Léa Martin"], due=SATURDAY)
    to_do.card("Email de relance aux clients", members=["Alix Morel"], due=date(2027, 1, 12))
    review.card("[SEO] Netlinking", members=["Léa Martin"], due=date(2027, 1, 6), done=True)
    done.card("[SEO] Charte éditoriale", members=["Alix Morel"], due=date(2026, 11, 20))
    done.card("[SEO] Lexique", members=["Alix Morel"], due=date(2026, 11, 19), done=True)
    return board


def _base(clock: list[datetime]) -> DatabaseBuilder:
    base = DatabaseBuilder("Vidéo", now=lambda: clock[0])
    base.column("Échéance", "date", role="due")
    base.column("Début", "date", role="start")
    base.page("Vidéo : plan de tournage", status="À faire", owners=["Alix Morel"], due=date(2027, 1, 7))
    base.page("[Vidéo] Montage du film", status="À faire", owners=["Alix Morel"], due=SATURDAY)
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

[boards.video]
source = "base"
at = "{base}"

[projects.site]
boards = ["contenus", "video"]
anchors = [{{ name = "Ligne", date = 2027-03-01 }}]

[lint]
profile = "standard"
channels = ["SEO", "Email", "Vidéo"]
"""
