"""A workspace of a Trello board and a Notion base over HTTP, on which real `retro` processes are killed by SIGKILL."""

import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from retro.sandbox.exchange import Reply
from retro.sandbox.notion import DatabaseBuilder, NotionSandbox, PageMade, Rate
from retro.sandbox.notion import Limits as NotionLimits
from retro.sandbox.server import LookAlike
from retro.sandbox.trello import BoardBuilder, CardMade, TrelloSandbox
from retro.sandbox.trello import Limits as TrelloLimits
from retro.store.ledger import SqlLedger

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 11, 6, 30, tzinfo=PARIS)
ANCHOR = date(2027, 3, 1)
KILLED = -signal.SIGKILL
_PATIENCE = 20.0
"""Seconds that a tool keeps a run waiting until another one has left."""
_WIDE = Rate(1_000_000, 1)
_NURSERY = Path(__file__).with_name("nursery.py")
_ID = re.compile(r"[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIMES = frozenset(
    {"dateLastActivity", "dateLastEdited", "dateLastView", "edited", "edited_by", "created", "created_by", "date"}
)
"""Keys of the look-alikes' documents that tell when and by whom something was made or edited."""


class Place(StrEnum):
    """Where a run is killed."""

    STATE = "state"
    """By itself: before a file of the state is touched, and on both sides of each commit."""
    WRITE = "write"
    """From outside, while a tool is asked to write."""
    READ = "read"
    """From outside, while a tool is read."""


@dataclass(frozen=True, slots=True)
class KillPoint:
    """The so many-th step of a kind, from 1 on; at a request before it has an effect, or `after` it, unanswered."""

    place: Place
    number: int
    after: bool = False


@dataclass(slots=True)
class Trap:
    """Counts the requests of a run, and kills it at one of them; `meanwhile` is called before each is answered."""

    point: KillPoint | None = None
    meanwhile: Callable[[], None] = lambda: None
    pid: int = 0
    counts: dict[Place, int] = field(default_factory=dict[Place, int])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def set(self, point: KillPoint | None = None, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Begin to count anew."""
        self.point, self.meanwhile, self.pid, self.counts = point, meanwhile, 0, {}

    def answer(self, place: Place, ask: Callable[[], Reply | None]) -> Reply | None:
        """The answer to a request, unless the run that asks dies of it."""
        with self.lock:
            self.meanwhile()
            self.counts[place] = self.counts.get(place, 0) + 1
            point = self.point
            if point is None or (point.place, point.number) != (place, self.counts[place]):
                return ask()
            if point.after:
                ask()
            os.kill(self.pid, signal.SIGKILL)
            return None


class TrappedTrello(TrelloSandbox):
    """A Trello that may kill who asks."""

    trap: Trap

    def handle(self, method: str, target: str, headers: Mapping[str, str], raw: bytes) -> Reply | None:
        """Answer, or kill."""
        ask = super().handle
        return self.trap.answer(_place(self, method, target), lambda: ask(method, target, headers, raw))


class TrappedNotion(NotionSandbox):
    """A Notion that may kill who asks."""

    trap: Trap

    def handle(self, method: str, target: str, headers: Mapping[str, str], raw: bytes) -> Reply | None:
        """Answer, or kill."""
        ask = super().handle
        return self.trap.answer(_place(self, method, target), lambda: ask(method, target, headers, raw))


def _place(box: LookAlike, method: str, target: str) -> Place:
    return Place.READ if box.reads(method, target.partition("?")[0]) else Place.WRITE


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended; `steps` are those in its state (0 where it was killed)."""

    code: int
    said: str
    steps: int


class Nursery:
    """The process from which runs are forked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.warmed = False
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RETRO_")}
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [sys.executable, str(_NURSERY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env={**environment, "COLUMNS": "200", "LC_ALL": "C.UTF-8"},
            text=True,
        )

    def close(self) -> None:
        """Let it end."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(timeout=10)

    def warm(self, arguments: Sequence[str]) -> None:
        """Do a run in the process itself."""
        self._send({"warm": arguments})
        assert self._receive() == 0
        self.warmed = True

    def run(
        self,
        *jobs: Sequence[str],
        state: Path,
        kill: int = 0,
        begun: Callable[[list[int]], None] = lambda _pids: None,
        ended: Callable[[int], None] = lambda _pid: None,
    ) -> list[Ended]:
        """Start runs at the same moment and wait for their ends.

        `begun` is given their ids before they begin, `ended` the id of each that has ended; `kill` is the step in the
        state at which each kills itself.
        """
        files = [self._folder / f"said-{os.getpid()}-{id(self)}-{number}" for number in range(len(jobs))]
        asked = [
            {"arguments": list(job), "said": str(file), "state": str(state), "kill": kill}
            for job, file in zip(jobs, files, strict=True)
        ]
        self._send({"start": asked})
        pids: list[int] = self._receive()
        begun(pids)
        self._send({})
        codes: dict[int, int] = {}
        while len(codes) < len(pids):
            pid, code = self._receive()
            codes[pid] = code
            ended(pid)
        return [_ended(codes[pid], file.read_text("utf-8")) for pid, file in zip(pids, files, strict=True)]

    def _send(self, document: object) -> None:
        sent = self._process.stdin
        assert sent is not None
        sent.write(json.dumps(document) + "\n")
        sent.flush()

    def _receive(self) -> Any:
        got = self._process.stdout
        assert got is not None
        return json.loads(got.readline())


def _ended(code: int, said: str) -> Ended:
    text, _steps, count = said.rpartition("\nsteps ")
    return Ended(code, text, int(count)) if count.strip().isdigit() else Ended(code, said, 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """A workspace at one moment: what stands on its boards, the folder of its state, and the hour."""

    at: datetime
    trello: bytes
    notion: bytes
    state: Path | None


class KilledWorkspace:
    """Six cards and five pages that wait for each other, each with four fields that retro writes: some forty changes.

    `trello` and `notion` are where the remarks of each go (field or comment), `fill` the team's dates that it fills.
    """

    def __init__(self, folder: Path, nursery: Nursery, trello: str, notion: str, fill: Sequence[str]) -> None:
        self.folder = folder
        self.nursery = nursery
        self.at = NOW
        self.anchor = ANCHOR
        self.trap = Trap()
        self.places = {"trello": trello, "notion": notion}
        self.fill = json.dumps(list(fill))
        self.board = _board(lambda: self.at)
        self.base = _base(lambda: self.at)
        self.trello = TrappedTrello(self.board.state, limits=TrelloLimits(token=_WIDE, key=_WIDE, members=_WIDE))
        self.notion = TrappedNotion(self.base.state, limits=NotionLimits(connection=_WIDE))
        self.trello.trap = self.notion.trap = self.trap
        self._kept = 0
        held = [self.board.state.boards, self.base.state.sources, self.base.state.pages, self.base.state.users]
        self._ids = frozenset(match.group() for match in _ID.finditer(json.dumps(held)))

    @property
    def state(self) -> Path:
        """The folder of the state."""
        return self.folder / ".retro"

    @property
    def keys(self) -> list[str]:
        """The keys of both boards."""
        return [f"trello:{self.board.id}", f"notion:{self.base.source}"]

    def configure(self) -> None:
        """Write retro.toml and the secrets."""
        for name, secret in (("key", self.trello.key), ("token", self.trello.token), ("base", self.notion.token)):
            (self.folder / name).write_text(secret, encoding="utf-8")
        text = _TOML.format(
            trello=self.trello.url,
            notion=self.notion.url,
            board=self.board.url,
            base=self.base.url,
            anchor=self.anchor,
            fill=self.fill,
            in_trello=self.places["trello"],
            in_notion=self.places["notion"],
        )
        (self.folder / "retro.toml").write_text(text, encoding="utf-8")

    # What is done

    def arguments(self, *arguments: str) -> list[str]:
        """A command line over the workspace, at its hour."""
        return ["-c", str(self.folder / "retro.toml"), "--lang", "en", "--now", self.at.isoformat(), *arguments]

    def sync(self, *arguments: str, kill: KillPoint | None = None) -> Ended:
        """A `retro sync`, which is killed at a point, if any."""
        self.trap.set(kill)
        in_state = kill.number if kill is not None and kill.place is Place.STATE else 0
        job = self.arguments("sync", *arguments)
        return self.nursery.run(job, state=self.state, kill=in_state, begun=self._begun)[0]

    def race(self, *commands: Sequence[str]) -> list[Ended]:
        """Several command lines that begin at the same moment; tools answer nobody before the first one has left."""
        left = threading.Event()
        self.trap.set(meanwhile=lambda: _awaited(left))
        jobs = (self.arguments(*each) for each in commands)
        return self.nursery.run(*jobs, state=self.state, ended=lambda _pid: left.set())

    def sync_beside(self, other: Nursery, *arguments: str) -> tuple[Ended, list[Ended]]:
        """A `retro sync`, and one that `other` starts at each of its requests: how they ended."""
        others: list[Ended] = []

        def beside() -> None:
            others.extend(other.run(self.arguments("sync", *arguments), state=self.state))

        self.trap.set(meanwhile=beside)
        return self.nursery.run(self.arguments("sync", *arguments), state=self.state)[0], others

    def _begun(self, pids: list[int]) -> None:
        self.trap.pid = pids[0]

    def later(self, **span: float) -> None:
        """Time goes by."""
        self.at += timedelta(**span)

    def move_anchor(self, day: date) -> None:
        """The launch is on another day from now on: every date moves with it."""
        self.anchor = day
        self.configure()

    def lose_state(self) -> None:
        """Somebody deletes the folder of the state."""
        shutil.rmtree(self.state, ignore_errors=True)

    def writes(self) -> int:
        """How many writes the tools did so far."""
        return self.trello.writes() + self.notion.writes()

    # Back to a moment

    def keep(self) -> Kept:
        """The workspace as it is now."""
        self._kept += 1
        copy = self.folder / f"kept-{self._kept}"
        if self.state.exists():
            shutil.copytree(self.state, copy)
        return Kept(self.at, _frozen(self.board.state), _frozen(self.base.state), copy if copy.exists() else None)

    def bring_back(self, kept: Kept) -> None:
        """The workspace as it was, and the hour."""
        self.at = kept.at
        vars(self.board.state).update(pickle.loads(kept.trello))  # noqa: S301 - our own bytes
        vars(self.base.state).update(pickle.loads(kept.notion))  # noqa: S301 - idem
        self.lose_state()
        if kept.state is not None:
            shutil.copytree(kept.state, self.state)

    # What stands there

    def boards(self) -> object:
        """All that the tools hold, but for edit times, action logs, and the ids of what was made since."""
        trello, notion = self.board.state, self.base.state
        names = {one: one for one in self._ids}
        fields = (one for board in trello.boards.values() for one in board["customFields"])
        columns = (one for of in notion.sources.values() for one in of["properties"].values())
        names |= {one["id"]: f"field {one['name']}" for one in (*fields, *columns)}
        boards = []
        for board in trello.boards.values():
            said = [each for each in board["actions"] if each["type"] == "commentCard"]
            plain = _plain({**board, "actions": said}, names)
            for card in plain["cards"]:
                card["customFieldItems"] = _in_one_order(card["customFieldItems"])
            boards.append({**plain, "actions": _in_one_order(plain["actions"])})
        parts = [notion.databases, notion.sources, notion.pages, notion.views]
        base = [_plain(list(part.values()), names) for part in parts]
        return boards, base, _in_one_order(_plain(list(notion.comments.values()), names))

    def comments(self) -> list[str]:
        """Every comment on the boards, by its card or page."""
        on_cards = [
            f"{each['data']['card']['id']}: {each['data']['text']}"
            for board in self.board.state.boards.values()
            for each in board["actions"]
            if each["type"] == "commentCard"
        ]
        on_pages = [f"{each['page']}: {each['rich_text']}" for each in self.base.state.comments.values()]
        return sorted([*on_cards, *on_pages])

    def own_names(self) -> list[str]:
        """The names of retro's own fields on the board and of its columns in the base."""
        fields = [one["name"] for board in self.board.state.boards.values() for one in board["customFields"]]
        columns = [one["name"] for of in self.base.state.sources.values() for one in of["properties"].values()]
        return sorted(name for name in (*fields, *columns) if name.startswith("retro"))

    def memory(self) -> object:
        """What the state tells of the boards, but for times, runs and ids."""
        with SqlLedger(self.state) as ledger:
            boards = [
                (
                    {
                        cell: (each.value, each.asked, each.mark.partition(":")[0])
                        for cell, each in ledger.acknowledged(board).items()
                    },
                    {own: bool(id_) for own, id_ in ledger.columns(board).items()},
                    ledger.declined(board),
                    ledger.advised(board),
                )
                for board in self.keys
            ]
            return boards, ledger.pending(), ledger.reported_conflicts(), ledger.without_columns()


@contextmanager
def killed_workspace(
    folder: Path, nursery: Nursery, trello: str, notion: str, fill: Sequence[str] = ("start", "due")
) -> Iterator[KilledWorkspace]:
    """A workspace whose look-alikes listen, and whose nursery has seen a run before."""
    room = KilledWorkspace(folder, nursery, trello, notion, fill)
    with room.trello, room.notion:
        room.configure()
        if not nursery.warmed:
            fresh = room.keep()
            for arguments in (("sync", "--yes"), ("sync",)):
                nursery.warm(room.arguments(*arguments))
            room.bring_back(fresh)
        yield room


def _awaited(event: threading.Event) -> None:
    assert event.wait(_PATIENCE)


def _frozen(state: object) -> bytes:
    return pickle.dumps({name: value for name, value in vars(state).items() if name not in {"lock", "now"}})


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    """A document without times; ids have the names given, others are all alike: they differ by run."""
    if isinstance(value, dict):
        return {names.get(name, name): _plain(each, names) for name, each in value.items() if name not in _TIMES}
    if isinstance(value, list):
        return [_plain(each, names) for each in value]
    if isinstance(value, str):
        return names.get(value, "an id" if _ID.fullmatch(value) else value)
    return value


def _in_one_order(value: list[Any]) -> list[Any]:
    return sorted(value, key=lambda each: json.dumps(each, sort_keys=True))


def _board(now: Callable[[], datetime]) -> BoardBuilder:
    """Six cards in a row, three of them nobody's."""
    board = BoardBuilder("Contenus", now=now)
    to_do = board.list("À produire")
    before: list[CardMade] = []
    for number in range(6):
        owners = ["Léa Martin"] if number % 2 else []
        made = to_do.card(f"[SEO] Texte {number}", members=owners, depends_on=before, values={"JH": 2.0})
        before = [made]
    return board


def _base(now: Callable[[], datetime]) -> DatabaseBuilder:
    """Five pages in a row, three of them nobody's."""
    base = DatabaseBuilder("Vidéo", now=now)
    before: list[PageMade] = []
    base.column("Échéance", "date")
    base.column("Début", "date")
    for number in range(5):
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
write = {{ own = ["latest", "review"], fill = {fill} }}
warnings = "{in_trello}"

[boards.video]
source = "base"
at = "{base}"
write = {{ own = ["latest", "review"], fill = {fill} }}
warnings = "{in_notion}"

[projects.site]
boards = ["contenus", "video"]
anchors = [{{ name = "Ligne", date = {anchor} }}]

[lint]
profile = "standard"
select = ["OWN", "DAT", "DEP", "NAM"]
"""
