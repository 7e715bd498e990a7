"""A workspace with a central base in memory, and runs of `retro mirror` over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from tests.night_room import PARIS, Room

from retro.model import Board, Guard, Plan, Snapshot, Task
from retro.ports import Ledger
from retro.run.assess import assess
from retro.run.mirror import Mirrored, plan_mirror, read_base, remember_conflicts, settle_base
from retro.run.nightly import carry_out
from retro.run.own_writes import known_writes
from retro.sync.apply import Applied, mark_applied
from retro.testing.ledger import MemoryLedger
from retro.testing.memory import MemoryConnector

BASE = "memory:base"
TOML = """
[sources.a]
kind = "trello"
[sources.b]
kind = "trello"
[boards.un]
source = "a"
at = "b1"
[boards.deux]
source = "b"
at = "b2"
[mirror]
source = "a"
at = "memory:base"
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `retro mirror`: what it found and decided, and what became of it."""

    mirrored: Mirrored
    applied: Applied

    @property
    def plan(self) -> Plan:
        """What it would write."""
        return self.mirrored.plan

    @property
    def made(self) -> set[str]:
        """The titles of the rows that it made."""
        return {change.title for change in self.applied.written if change.creates}

    @property
    def written(self) -> set[tuple[str, str]]:
        """Row and field of every cell that it wrote, rows that it made aside."""
        return {(change.task, change.field) for change in self.applied.written if not change.creates}


class MirrorRoom(Room):
    """Two boards of two sources, and a base without rows; the state is in memory."""

    def __init__(self, folder: Path, boards: Mapping[str, Sequence[Task]]) -> None:
        super().__init__(folder, TOML, boards)
        board = Board(key=BASE, name="Base centrale", source="memory")
        self.base = MemoryConnector([Snapshot(board=board, tasks=(), read_at=self.clock.now())], self.clock)

    def new_ledger(self) -> Ledger:
        """A state that knows nothing."""
        return MemoryLedger()

    def forget(self) -> None:
        """The state is lost."""
        self.ledger = self.new_ledger()

    def close(self) -> None:
        """There is nothing to let go of."""

    @property
    def rows(self) -> dict[str, Task]:
        """What stands in the base, by title."""
        return {task.title: task for task in self.base.beside().pull(BASE).snapshot.tasks}

    def by_hand(self, title: str, **own: object) -> None:
        """A person edits a row of the base; `title` too may be given anew, as `title_`."""
        row = self.rows[title]
        given = str(own.pop("title_", row.title))
        held = {name: value for name, value in {**row.own, **own}.items() if value is not None}
        self.base.edit(BASE, replace(row, title=given, own=held))  # type: ignore[arg-type]  # values of own fields

    def mirror(
        self, *, force: bool = False, dry: bool = False, ledger: Ledger | None = None, guards: Sequence[Guard] = ()
    ) -> Run:
        """One run, an hour after whatever was before; `guards` are what is said of the boards."""
        self.clock.at += timedelta(hours=1)
        used = ledger or self.ledger
        portfolio = self.read()
        means, now = self.means(portfolio), self.clock.now()
        assessed = assess(portfolio, means, now=now, lang="fr", known=known_writes(self.ledger, portfolio, PARIS))
        base = read_base(self.base, BASE, used, {board.key for board in portfolio.boards})
        if not dry:
            settle_base(base, used, means, now=now)
        judged = assessed.assessment
        mirrored = plan_mirror(base, judged, self.fresh, used, means, now=now, guards=guards, force=force, dry=dry)
        plan = mirrored.plan
        applied = carry_out(plan, {BASE: base.connector}, used, self.clock, command="mirror", means=means, dry=dry)
        if not dry:
            mark_applied(used, {change.board for change in plan.changes}, applied, now)
            remember_conflicts(plan, used, means)
        return Run(mirrored, applied)
