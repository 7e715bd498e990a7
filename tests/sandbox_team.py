"""A team whose boards stand on look-alikes, and the real commands run over them, on a clock that steps.

Commands run in this process, by their command line; nothing waits. A run may be killed at any call of the ledger and
before any request; people may do anything before any request is answered.
"""

import io
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import typer
from tests.board_cells import Cell, Cells, Value
from tests.killed_runs import Fuse, FusedTraffic, KilledError, fused
from tests.team_boards import BASE, BOARDS, LEA, PARIS, TASKS, Boards, Edit
from tests.watched_boards import Act, WatchedNotion, WatchedTrello, Whose

from retro import registry
from retro.cli.app import build, parted
from retro.cli.failures import explain
from retro.cli.session import Session
from retro.model import field_empty
from retro.ports import Acknowledged, Intent, Ledger
from retro.sandbox.notion import Limits as NotionLimits
from retro.sandbox.trello import Limits as TrelloLimits
from retro.sandbox.trello import Rate
from retro.schedule.levelling import best
from retro.store.ledger import SqlLedger
from retro.sync.decide.values import untouched

NOW = datetime(2027, 1, 11, 6, 30, 5, tzinfo=PARIS)
WIDE = Rate(1_000_000, 1)
"""Nobody waits for a limit unless a fault says so."""


class SteppedClock:
    """The clock of one command: it shows the team's hour, a little later each time, and sleeps at once.

    While it sleeps after a request that went wrong, people do what the team has planned for such waits.
    """

    def __init__(self, team: "Team", traffic: FusedTraffic) -> None:
        self._team = team
        self._traffic = traffic

    def now(self) -> datetime:
        """The instant."""
        self._team.at += timedelta(milliseconds=5)
        return self._team.at

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self._team.at += timedelta(seconds=seconds)
        struck, self._traffic.struck = self._traffic.struck, ""
        if struck:
            self._team.people_act_while_waiting(struck)


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command line did; a `code` of None: it was killed."""

    code: int | None
    out: str
    err: str
    requests: int
    writes: int
    """Those that were done, whether or not an answer came."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything at one moment, to go back to."""

    at: datetime
    boards: tuple[bytes, bytes]
    whose: Whose
    folder: Path | None


@dataclass(frozen=True, slots=True)
class Write:
    """What a board hands over, and where its remarks stand."""

    write: str = 'own = ["latest", "review"], fill = ["start", "due"]'
    warnings: str = "field"


DEFAULT: Mapping[str, Write] = {"contenus": Write(), "site": Write(warnings="comment"), "tournage": Write()}

_rule_types = cache(registry.rule_types)
"""Looked for once."""


@cache
def command() -> Any:
    """The command line, built once."""
    return typer.main.get_command(build())


class Team:
    """The boards, and what people and retro do on them.

    Args:
        folder: an empty folder, for retro.toml and the state.
        writes: what each board hands over.
        lint: the profile of the rules.
    """

    def __init__(self, folder: Path, writes: Mapping[str, Write] = DEFAULT, lint: str = "standard") -> None:
        self.folder = folder
        self.at = NOW
        self.writes = writes
        self.whose = Whose(self._handed_over)
        self.waits: list[Callable[[str], None]] = []
        """What people do in the next waits of a run after something went wrong, one a wait; told of the task that is
        waited for, "" where it is none."""
        self._acting = threading.Lock()
        self._kept = 0
        self.boards = Boards(lambda: self.at, [name for name in BOARDS if writes[name].warnings == "comment"])
        self.trello = WatchedTrello(self.boards.trello, limits=TrelloLimits(token=WIDE, key=WIDE))
        self.notion = WatchedNotion(self.boards.notion, limits=NotionLimits(connection=WIDE))
        self.watches = {"trello": self.trello.watched(self.whose), "notion": self.notion.watched(self.whose)}
        self._open = ExitStack()
        self._open.enter_context(self.trello)
        self._open.enter_context(self.notion)
        (folder / "retro.toml").write_text(self._toml(lint), encoding="utf-8")
        for name, secret in (("key", self.trello.key), ("token", self.trello.token), ("base", self.notion.token)):
            (folder / name).write_text(secret, encoding="utf-8")
        for cell, value in self.cells.items():
            if cell[1] in {"start", "due"}:
                self.whose.person_changed(cell, value, stays=True)

    def close(self) -> None:
        """Stop the look-alikes."""
        self._open.close()

    @property
    def cells(self) -> Cells:
        """What every cell holds."""
        return self.boards.cells

    def key(self, name: str) -> str:
        """The key of a task."""
        return self.boards.key(name)

    def stands_apart(self, task: str) -> bool:
        """Whether remarks on a task stand in no cell of it: those of pages, where they are comments."""
        return task.startswith("notion:") and self.writes[BASE].warnings == "comment"

    # What the state knows

    @property
    def state(self) -> Path:
        """The state's folder."""
        return self.folder / ".retro"

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """The state, to look at."""
        with SqlLedger(self.state) as ledger:
            yield ledger

    def known(self) -> tuple[dict[Cell, Acknowledged], list[Intent]]:
        """The last written value of every cell, and the intents that nothing settled."""
        if not self.state.exists():
            return {}, []
        with self.ledger() as ledger:
            found: dict[Cell, Acknowledged] = {}
            for board in self.boards.keys.values():
                for cell, last in ledger.acknowledged(board).items():
                    # A card that went to another board is known on both: what was written last counts.
                    if cell not in found or (last.at or NOW) >= (found[cell].at or NOW):
                        found[cell] = last
            return found, ledger.pending()

    def claims(self) -> dict[Cell, Acknowledged]:
        """What the state says to be on the boards; what it remembers of boards that a card has left is no claim."""
        if not self.state.exists():
            return {}
        with self.ledger() as ledger:
            return {
                cell: last
                for board in self.boards.keys.values()
                for cell, last in ledger.acknowledged(board).items()
                if self.boards.board_of(cell[0]) == board
            }

    def lose_state(self) -> None:
        """Somebody deletes the state."""
        shutil.rmtree(self.state, ignore_errors=True)
        self.boards.only_known(frozenset())
        landed = self.whose.landed
        for cell, value in list(self.whose.theirs.items()):
            # An emptied cell cannot be told from one that was never filled, nor a value from what retro had put there.
            if value is None or any(untouched(value, each) for each in landed.get(cell, ())):
                del self.whose.theirs[cell]

    # Commands

    def retro(self, *arguments: str, fuse: Fuse | None = None, quietly: bool = False) -> Ran:
        """Run one command line; `quietly` inside of another one that is under way."""
        plug = fuse or Fuse()
        traffic = FusedTraffic(plug)
        if not quietly:
            self.whose.command_begins()
        mark = self.trello.log.mark(), self.notion.log.mark()
        out, err = io.StringIO(), io.StringIO()
        front, rest = parted(["-c", str(self.folder / "retro.toml"), "--no-progress", *arguments])
        with ExitStack() as stack:
            stack.enter_context(redirect_stdout(out))
            stack.enter_context(redirect_stderr(err))
            stack.enter_context(patch.object(Session, "clock", SteppedClock(self, traffic)))
            stack.enter_context(patch.object(Session, "meter", traffic))
            stack.enter_context(patch.object(registry, "open_ledger", fused(registry.open_ledger, plug)))
            stack.enter_context(patch.object(registry, "rule_types", _rule_types))
            # The search for a still better plan takes most of a run, and has tests of its own.
            stack.enter_context(patch.object(best, "_TO_SEARCH", 1_000_000_000))
            code: int | None
            try:
                result = command().main(front + rest, standalone_mode=False, prog_name="retro")
                code = result if isinstance(result, int) else 0
            except KilledError:
                code = None
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001 - as the root of the command line does
                code = explain(error, arguments)
        writes = self.trello.writes(mark[0]) + self.notion.writes(mark[1])
        return Ran(code, out.getvalue(), err.getvalue(), traffic.requests, writes)

    def sync(self, *options: str, fuse: Fuse | None = None, quietly: bool = False) -> Ran:
        """The nightly run."""
        return self.retro("sync", "--yes", *options, fuse=fuse, quietly=quietly)

    def watching(self) -> None:
        """Begin to count requests anew; what was planned for earlier commands does not happen any more."""
        for watch in self.watches.values():
            watch.command_begins()

    def plan_moments(self, moments: Sequence[tuple[str, int, Act]]) -> None:
        """Let people do things in the next command: each before the request of a number, on one of the tools."""
        for tool, number, act in moments:
            self.watches[tool].at.setdefault(number, []).append(act)

    def people_act_while_waiting(self, path: str) -> None:
        """What people do in one wait; what was looked at before it protects nothing."""
        with self._acting:
            if self.waits:
                act = self.waits.pop(0)
                act(next((name for name in TASKS if self.key(name).partition(":")[2] in path), ""))
                self.whose.looks_are_over()

    # What people do

    def resolve_remarks(self) -> None:
        """Somebody closes the discussions of all pages."""
        self.boards.resolve_remarks()
        marks: set[str] = set()
        if self.state.exists():
            with self.ledger() as ledger:
                marks = {mark for fields in ledger.marks().values() for mark in fields.values()}
        self.boards.only_known(marks)

    def sleep(self, **span: float) -> None:
        """Time goes by."""
        self.at += timedelta(**span)

    def edit(self, edit: Edit) -> bool:
        """A person does something to one task; whether that changed anything."""
        self.sleep(seconds=1)
        with self.by_hand(leaves=edit.field == "board") as changed:
            self.boards.edit(edit)
        return bool(changed)

    @contextmanager
    def by_hand(self, *, leaves: bool = False) -> Iterator[list[Cell]]:
        """What a person changes in here is theirs; a card that `leaves` its board was emptied by nobody."""
        changed: list[Cell] = []
        before = self.cells
        yield changed
        after = self.cells
        changed += [cell for cell in before.keys() | after.keys() if before.get(cell) != after.get(cell)]
        if changed:
            known, pending = self.known()
            for cell in changed:
                stays = self._is_theirs(cell, after.get(cell), known.get(cell), pending)
                left = leaves and after.get(cell) is None
                self.whose.person_changed(cell, after.get(cell), stays=stays and not left)

    # Going back

    def keep(self) -> Kept:
        """Everything as it is now."""
        self._kept += 1
        folder = self.folder / f"kept{self._kept}" if self.state.exists() else None
        if folder is not None:
            shutil.copytree(self.state, folder)
        return Kept(self.at, self.boards.frozen(), self.whose.copy(), folder)

    def go_back(self, kept: Kept) -> None:
        """Everything as it was; once for each `keep`."""
        self.at, self.whose = kept.at, kept.whose
        self.boards.thaw(kept.boards)
        for watch in self.watches.values():
            watch.whose = kept.whose
        shutil.rmtree(self.state, ignore_errors=True)
        if kept.folder is not None:
            kept.folder.rename(self.state)

    # Whose is what

    def _handed_over(self, cell: Cell) -> bool:
        """Whether a board's `overwrite` names the field."""
        task, name = cell
        key = self.boards.board_of(task)
        board = next(alias for alias, each in self.boards.keys.items() if each == key)
        return f'"{name}"' in self.writes[board].write.partition("overwrite")[2]

    def _is_theirs(self, cell: Cell, value: Value, known: Acknowledged | None, pending: Sequence[Intent]) -> bool:
        """Whether what a person left in a cell is to stay: not what is as good as retro's, or never was filled."""
        sent = [each.change.new for each in pending if (each.change.task, each.change.field) == cell]
        if known is not None and untouched(known.value, value):
            return False  # what retro had written stands there again
        if any(untouched(each, value) for each in sent):
            return False  # the very value that an interrupted run was about to write
        if known is None and any(untouched(each, value) for each in self.whose.landed.get(cell, ())):
            return False  # retro's once more, though the state that knew it is lost
        return value is not None or (known is not None and not field_empty(known.value))

    def _toml(self, lint: str) -> str:
        boards = "\n".join(
            f'[boards.{name}]\nsource = "{"base" if name == BASE else "equipe"}"\n'
            f'at = "{self.boards.addresses[name]}"\n'
            f'write = {{ {self.writes[name].write} }}\nwarnings = "{self.writes[name].warnings}"\n'
            for name in BOARDS
        )
        return f"""version = 1
[sources.equipe]
kind = "trello"
url = "{self.trello.url}"
key = {{ file = "key" }}
token = {{ file = "token" }}
[sources.base]
kind = "notion"
url = "{self.notion.url}"
token = {{ file = "base" }}
{boards}
[projects.site]
boards = ["contenus", "site", "tournage"]
anchors = [{{ name = "Ligne", date = 2027-03-01 }}]
[people.lea]
name = "{LEA}"
leave = ["2027-02-18..2027-02-24"]
[lint]
profile = "{lint}"
"""
