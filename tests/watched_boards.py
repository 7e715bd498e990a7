"""Look-alikes that watch what retro does to them, and let people do something before any request is answered.

Whose each cell is follows from the documents alone: what a request of retro's changed is retro's, what a person's hand
changed is theirs. A request that changes what is a person's is a wrong, and is kept in words.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from tests.board_cells import HANDED, Cell, Cells, Value, notion_cells, trello_cells

from retro.sandbox.exchange import Reply
from retro.sandbox.notion import NotionSandbox
from retro.sandbox.server import LookAlike
from retro.sandbox.trello import TrelloSandbox

Act = Callable[[], None]


class Whose:
    """Whose each cell is, on all look-alikes of a team.

    Args:
        handed_over: whether the team let a cell be overwritten, whoever wrote it.
    """

    def __init__(self, handed_over: Callable[[Cell], bool]) -> None:
        self._handed_over = handed_over
        self.theirs: dict[Cell, Value] = {}
        """What people typed, or cleared (None), and is to stay."""
        self.landed: dict[Cell, list[Value]] = {}
        """Every value that retro's requests put somewhere."""
        self.by_retro: set[Cell] = set()
        """The cells that retro was the last to change."""
        self.excused: set[tuple[Cell, Value]] = set()
        """Values that people put where they are as good as retro's."""
        self.touched: set[str] = set()
        """The tasks that the command under way wrote on."""
        self.wrongs: list[str] = []
        self._edited: dict[Cell, int] = {}
        self._looked: dict[str, int] = {}
        self._moment = 0

    def command_begins(self) -> None:
        """What an earlier command looked at protects nothing now."""
        self._looked.clear()
        self.touched.clear()

    def looks_are_over(self) -> None:
        """There was a wait: who writes after it has to look again."""
        self._looked.clear()

    def looked_at(self, task: str) -> None:
        """Retro read one task, by itself."""
        self._looked[task] = self._next()

    def person_changed(self, cell: Cell, value: Value, *, stays: bool) -> None:
        """A person's hand changed a cell; `stays` unless what stands there now is as good as retro's."""
        self._edited[cell] = self._next()
        self.by_retro.discard(cell)
        self.theirs.pop(cell, None)
        if stays and not self._handed_over(cell):
            self.theirs[cell] = value
        if not stays:
            self.excused.add((cell, value))

    def retro_changed(self, before: Cells, after: Cells, request: str) -> None:
        """A request of retro's was done."""
        for cell in before.keys() | after.keys():
            old, new = before.get(cell), after.get(cell)
            if old == new:
                continue
            task, field = cell
            looked = self._looked.get(task)
            self.touched.add(task)
            if field not in HANDED:
                self.wrongs.append(f"{request} changed {cell}: {old!r} → {new!r}")
            elif cell in self.theirs and (looked is None or self._edited.get(cell, 0) <= looked):
                # Between the last look and the write there is a moment in which no tool can hold a write back.
                self.wrongs.append(f"{request} overwrote {cell}: {old!r} → {new!r}")
            self.landed.setdefault(cell, []).append(new)
            self.by_retro.add(cell)
            self.theirs.pop(cell, None)

    def copy(self) -> "Whose":
        """As it stands, to go back to."""
        twin = Whose(self._handed_over)
        twin.theirs, twin.landed = dict(self.theirs), {cell: list(values) for cell, values in self.landed.items()}
        twin.by_retro, twin.wrongs = set(self.by_retro), list(self.wrongs)
        twin.excused, twin.touched = set(self.excused), set(self.touched)
        twin._edited, twin._looked, twin._moment = dict(self._edited), dict(self._looked), self._moment
        return twin

    def _next(self) -> int:
        self._moment += 1
        return self._moment


class Watch:
    """Watches the requests that one look-alike answers.

    Args:
        cells: what stands on it now.
        task_of: the key of the task that a path reads by itself; "" for any other path.
        whose: told of what requests did.
    """

    def __init__(self, cells: Callable[[], Cells], task_of: Callable[[str, str], str], whose: Whose) -> None:
        self.cells = cells
        self.whose = whose
        self.requests = 0
        """Of the command under way."""
        self.at: dict[int, list[Act]] = {}
        """What people do before the request of that number is answered."""
        self.stale = 0
        """How many reads of whole boards are answered as they were before."""
        self._task_of = task_of
        self._told: dict[tuple[str, str, bytes], Reply] = {}
        self._acting = False
        self._turn = threading.RLock()

    def command_begins(self) -> None:
        """Count from the start."""
        self.requests, self.stale = 0, 0
        self.at.clear()

    def handle(
        self, box: LookAlike, answer: Callable[[], Reply | None], method: str, target: str, raw: bytes
    ) -> Reply | None:
        """Answer one request, after people did what they do at that moment."""
        self._people_act()
        path = target.partition("?")[0]
        if box.reads(method, path):
            return self._read(answer, method, target, raw)
        with box._held.lock:  # nobody comes between
            before = self.cells()
            reply = answer()
            self.whose.retro_changed(before, self.cells(), f"{method} {path}")
        return reply

    def _people_act(self) -> None:
        with self._turn:
            if self._acting:
                return  # a request of what somebody does at this very moment
            self.requests += 1
            acts = self.at.pop(self.requests, [])
            self._acting = bool(acts)
        try:
            for act in acts:
                act()
        finally:
            self._acting = False

    def _read(self, answer: Callable[[], Reply | None], method: str, target: str, raw: bytes) -> Reply | None:
        task = self._task_of(method, target.partition("?")[0])
        told = self._told.get((method, target, raw))
        if not task and told is not None and self.stale:
            self.stale -= 1
            return told
        reply = answer()
        if reply is not None and reply.status == 200:
            if task:
                self.whose.looked_at(task)
            else:
                self._told[method, target, raw] = reply
        return reply


class WatchedTrello(TrelloSandbox):
    """A Trello under watch."""

    watch: Watch

    def watched(self, whose: Whose) -> Watch:
        """Begin to watch."""
        self.watch = Watch(lambda: trello_cells(self.state), _card_of, whose)
        return self.watch

    def handle(self, method: str, target: str, headers: Mapping[str, str], raw: bytes) -> Reply | None:
        """Answer one request as it came."""
        answer: Any = super().handle
        return self.watch.handle(self, lambda: answer(method, target, headers, raw), method, target, raw)


class WatchedNotion(NotionSandbox):
    """A Notion under watch."""

    watch: Watch

    def watched(self, whose: Whose) -> Watch:
        """Begin to watch."""
        self.watch = Watch(lambda: notion_cells(self.state), _page_of, whose)
        return self.watch

    def handle(self, method: str, target: str, headers: Mapping[str, str], raw: bytes) -> Reply | None:
        """Answer one request as it came."""
        answer: Any = super().handle
        return self.watch.handle(self, lambda: answer(method, target, headers, raw), method, target, raw)


def _card_of(method: str, path: str) -> str:
    parts = path.split("/")
    alone = method == "GET" and len(parts) == 4 and parts[2] == "cards"  # /1/cards/{id}
    return f"trello:{parts[3]}" if alone else ""


def _page_of(method: str, path: str) -> str:
    parts = path.split("/")
    alone = method == "GET" and len(parts) == 4 and parts[2] == "pages"  # /v1/pages/{id}
    return f"notion:{parts[3]}" if alone else ""
