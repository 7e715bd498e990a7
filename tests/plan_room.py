"""A team with one Trello board and one Notion base on look-alikes, and a retro.toml over both: for plans made there."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from retro.cli.app import run
from retro.sandbox.notion import DatabaseBuilder, NotionSandbox
from retro.sandbox.notion import Limits as NotionLimits
from retro.sandbox.notion import new_state as new_notion
from retro.sandbox.trello import BoardBuilder, Rate, TrelloSandbox
from retro.sandbox.trello import Limits as TrelloLimits
from retro.sandbox.trello import new_state as new_trello

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)
PEOPLE = ("Léa Martin", "Paul Durand", "Inès Roche", "Hugo Petit", "Zoé Blanc", "Karim Saïd", "Nora Gil")
GALA = """
name = "Gala"
launch = { role = "lead", fr = "[Gala] Soirée", en = "[Gala] Evening" }

[roles]
lead = { fr = "Chef de projet", en = "Project lead" }
writer = { fr = "Rédactrice", en = "Copywriter" }

[[tasks.scoping]]
id = "brief"
role = "lead"
days = 1
fr = "[Gala] Rédiger le brief (1 page)"
en = "[Gala] Write the brief (1 page)"

[[tasks.production]]
id = "text"
role = "writer"
days = 2
after = ["brief"]
wait = 10
fr = "[Gala] Écrire 4 textes"
en = "[Gala] Write 4 texts"

[[tasks.production]]
id = "menu"
role = "lead"
days = 0.5
after = ["brief+2d"]
fr = "[Gala] Choisir 1 menu"
en = "[Gala] Choose 1 menu"

[[tasks.after]]
id = "debrief"
role = "lead"
days = 0.5
after = ["launch+1d"]
fr = "[Gala] Animer le débrief"
en = "[Gala] Hold the debrief"
"""
"""A plan of a team's own, with links, waits, and work after the launch."""
COUNT = 5
"""Its cards, the launch among them."""
FRENCH = ("Idées", "À planifier", "À produire", "En validation", "Prêt pour lancement", "Terminé")
ENGLISH = ("Ideas", "To do", "In progress", "In review", "Ready", "Done")
_WIDE = Rate(1_000_000, 1)


@dataclass
class PlanRoom:
    """The folder of retro.toml, the look-alikes, and the hands of people on them."""

    folder: Path
    board: BoardBuilder
    base: DatabaseBuilder
    trello: TrelloSandbox
    notion: NotionSandbox
    clock: list[datetime] = field(default_factory=lambda: [NOW])

    def configure(self, more: str = "", *, boards: bool = True) -> None:
        """Write retro.toml; without `boards`, accounts alone."""
        self.secret("trello-key", self.trello.key)
        self.secret("trello-token", self.trello.token)
        self.secret("notion-token", self.notion.token)
        named = f"""
[boards.contenus]
source = "equipe"
at = "{self.board.url}"
[boards.base]
source = "agence"
at = "{self.base.url}"
"""
        (self.folder / "retro.toml").write_text(
            f"""
[sources.equipe]
kind = "trello"
url = "{self.trello.url}"
key = {{ file = "trello-key" }}
token = {{ file = "trello-token" }}
[sources.agence]
kind = "notion"
url = "{self.notion.url}"
token = {{ file = "notion-token" }}
{named if boards else ""}
{more}
""",
            encoding="utf-8",
        )

    def secret(self, name: str, value: str) -> None:
        """Put a secret where retro.toml looks for it."""
        path = self.folder / name
        path.write_text(value, encoding="utf-8")
        path.chmod(0o600)

    def retro(self, *arguments: object) -> int:
        """Run one command line here; its exit code."""
        now = self.clock[0].isoformat()
        told = [str(self.folder / "gala.toml") if each == "gala" else str(each) for each in arguments]
        return run(["-c", str(self.folder / "retro.toml"), "--now", now, *told])

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The cards that stand on the board, archived ones too."""
        found: list[dict[str, Any]] = self.board.document["cards"]
        return found

    @property
    def pages(self) -> list[dict[str, Any]]:
        """The pages of the base."""
        return [page for page in self.notion.state.pages.values() if page["source"] == self.base.source]

    def title(self, page: dict[str, Any]) -> str:
        """What a page is called."""
        column = next(one for one in self.base.document["properties"].values() if one["type"] == "title")
        return "".join(run["plain_text"] for run in page["values"].get(column["id"], []))

    def titles(self, tool: str) -> list[str]:
        """Titles of what stands on a tool's board, in the order in which it was made."""
        if tool == "trello":
            return [card["name"] for card in self.cards]
        return [self.title(page) for page in self.pages]


@contextmanager
def plan_room(folder: Path, lists: tuple[str, ...] = FRENCH) -> Iterator[PlanRoom]:
    """A board with these lists and everybody of `PEOPLE`, and a base with every column that a plan has use for."""
    clock = [NOW]
    board = BoardBuilder("Contenus", new_trello(lambda: clock[0]))
    for name in lists:
        board.list(name)
    for name in PEOPLE:
        board.member(name)
    base = DatabaseBuilder("Campagnes", new_notion(lambda: clock[0]))
    people = {name: base.person(name)["id"] for name in PEOPLE}
    base.column("Échéance", "date")
    base.column("Début", "date")
    base.column("Responsable", "people")
    base.column("Charge (jours)", "number")
    base.column("Description", "rich_text")
    base.column("Jalon", "checkbox")
    groups = {"Idées": "To-do", "À faire": "To-do", "En cours": "In progress", "Terminé": "Complete"}
    base.status_column("Statut", groups)
    base.relation("Bloqué par", "Bloque")
    with (
        TrelloSandbox(
            board.state, now=lambda: clock[0], ticks=time.monotonic, limits=TrelloLimits(token=_WIDE, key=_WIDE)
        ) as trello,
        NotionSandbox(
            base.state, now=lambda: clock[0], ticks=time.monotonic, limits=NotionLimits(connection=_WIDE)
        ) as notion,
    ):
        room = PlanRoom(folder, board, base, trello, notion, clock)
        persons = "\n".join(
            f'[people.p{place}]\nname = "{name}"\nids = ["notion:{people[name]}"]' for place, name in enumerate(PEOPLE)
        )
        room.configure(persons)
        (folder / "gala.toml").write_text(GALA, encoding="utf-8")
        yield room


def owners(roles: Iterable[str] = ("lead", "writer")) -> list[str]:
    """Options that give roles to people; by default every role of the gala."""
    people = cycle(PEOPLE)
    return [each for role in roles for each in ("--owner", f"{role}={next(people)}")]
