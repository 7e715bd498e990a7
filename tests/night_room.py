"""Whole nightly runs over boards in memory: read, settle, plan, apply, remember, with the real room and ledger."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from retro.config.load import Configuration, parse
from retro.model import (
    Board,
    BoardKind,
    Category,
    Day,
    Plan,
    Portfolio,
    Schedule,
    Snapshot,
    Status,
    StatusOrigin,
    Task,
    Write,
)
from retro.ports import Capabilities, Ledger, Pushed, Rule, SourceError
from retro.run.assess import Means
from retro.run.nightly import Planned, carry_out, make_plan, pending_boards, remember, settle_journal
from retro.run.options import lint_settings, schedule_options
from retro.run.policies import policies
from retro.run.projects import projects
from retro.run.read import Target, join, read
from retro.run.working_time import calendars
from retro.store.ledger import SqlLedger
from retro.sync.apply import Applied, mark_applied
from retro.sync.decide.values import OWN_PREFIX, Value, value_of
from retro.testing.clock import SteppingClock
from retro.testing.memory import MemoryConnector

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 11, 6, 30, tzinfo=PARIS)
LONG_AGO = datetime(2027, 1, 1, tzinfo=PARIS)
CAN = Capabilities(writable=frozenset({"start", "due"}), own=frozenset({"latest", "start", "due", "margin", "review"}))
TODO = Status("À faire", Category.TODO, StatusOrigin.MAPPED)
DOING = Status("En cours", Category.DOING, StatusOrigin.MAPPED)


class KilledError(BaseException):
    """The process ends here."""


def card(title: str, board: str = "b1", **fields: object) -> Task:
    """A card that nobody has touched for days; its key is `<board>/<title>`."""
    given = {"status": TODO, "updated": LONG_AGO, **fields}
    return Task(key=f"{board}/{title}", board=board, title=title, **given)  # type: ignore[arg-type]  # fields by name


class TickingClock(SteppingClock):
    """Moves on by five milliseconds each time that someone looks."""

    def now(self) -> datetime:
        """The instant, a little later each time."""
        self.at += timedelta(milliseconds=5)
        return self.at


class Wall(MemoryConnector):
    """A source of boards that remembers every value that retro's hand put on them, and may be down."""

    def __init__(self, snapshots: Iterable[Snapshot], clock: SteppingClock, source: str, can: Capabilities) -> None:
        super().__init__(snapshots, clock, source=source, capabilities=can)
        self.landed: dict[tuple[str, str], list[Value]] = {}
        self.by_retro: set[tuple[str, str]] = set()
        self.down = False

    def task(self, key: str) -> Task:
        """A task as it stands now."""
        return self._tasks[key.partition("/")[0]][key]

    def holds(self, key: str) -> bool:
        """Whether a task is on one of its boards."""
        return any(key in tasks for tasks in self._tasks.values())

    def own_fields(self, board: str) -> set[str]:
        """Retro's own fields that a board has."""
        return set(self._fields[board])

    def push(self, write: Write) -> Pushed:
        """Write retro's own fields, then the team's, as Trello does: a failure may come between the two."""
        own = [each for each in write.fields if each[0].startswith(OWN_PREFIX)]
        team = [each for each in write.fields if not each[0].startswith(OWN_PREFIX)]
        answers = [super(Wall, self).push(replace(write, fields=tuple(part))) for part in (own, team) if part]
        return replace(answers[-1], requests=len(answers))

    def make_over(self, board: str, **facts: object) -> None:
        """A person changes what a board itself is: its columns, who sees it."""
        held = self._boards[board]
        self._boards[board] = replace(held, board=replace(held.board, **facts))  # type: ignore[arg-type]  # by name

    def _call(self, method: str, subject: str) -> None:
        if self.down:
            raise SourceError("the tool is down")
        super()._call(method, subject)

    def _written(self, task: Task, name: str, value: Value, board: str) -> Task:
        self.landed.setdefault((task.key, name), []).append(value)
        self.by_retro.add((task.key, name))
        return super()._written(task, name, value, board)


@dataclass(frozen=True, slots=True)
class Night:
    """One run: what was planned, what was let through to apply, and what became of it."""

    planned: Planned
    plan: Plan
    applied: Applied
    portfolio: Portfolio
    pending: frozenset[str] = frozenset()

    @property
    def written(self) -> list[tuple[str, str, Value]]:
        """Task, field and new value of every change that was written."""
        return [(change.task, change.field, change.new) for change in self.applied.written]

    @property
    def changes(self) -> list[tuple[str, str, Value]]:
        """Task, field and new value of every change that was planned, held or not."""
        return [(change.task, change.field, change.new) for change in self.planned.plan.changes]

    @property
    def held(self) -> set[str]:
        """Boards that a guard holds."""
        return {guard.board for guard in self.planned.plan.guards if guard.held}

    @property
    def schedule(self) -> Schedule:
        """The schedule that was planned from."""
        return self.planned.assessed.assessment.schedule


class Room:
    """A workspace: boards in memory, a configuration's text, a real ledger, and a clock that waits for nothing.

    Args:
        folder: where the state and files that the configuration names lie.
        toml: the configuration; every `[boards.x]` is read from the connector of its source, as board `at`.
        boards: the cards of each board, by its key.
        can: what the sources can hold.
        clock: the clock of the run and the tools.

    `once_read` is called when the boards of a run were read; with `told_now`, a person names the hour of each run.
    """

    def __init__(
        self,
        folder: Path,
        toml: str,
        boards: Mapping[str, Sequence[Task]],
        *,
        can: Capabilities = CAN,
        clock: SteppingClock | None = None,
    ) -> None:
        self.folder = folder
        self.clock = clock or SteppingClock(NOW)
        self.can = can
        self.rules: Sequence[Rule] = ()
        self.configure(toml)
        at = {section.at: section.source for section in self.configuration.settings.boards.values()}
        self.sources = {
            source: Wall(
                [_snapshot(key, source, boards[key]) for key in boards if at[key] == source], self.clock, source, can
            )
            for source in dict.fromkeys(at.values())
        }
        self.ledger = self.new_ledger()
        self.fresh: frozenset[str] = frozenset()
        self.once_read: Callable[[], None] = lambda: None
        self.told_now = False

    def new_ledger(self) -> Ledger:
        """The ledger of a new process."""
        return SqlLedger(self.folder / ".retro")

    def configure(self, toml: str) -> None:
        """Another retro.toml."""
        self.configuration = Configuration(parse(toml, "retro.toml"), self.folder / "retro.toml")

    def close(self) -> None:
        """Let go of the state."""
        cast("SqlLedger", self.ledger).close()

    def reopen(self) -> None:
        """The ledger as a new process finds it."""
        self.close()
        self.ledger = self.new_ledger()

    # What people do

    @property
    def source(self) -> Wall:
        """The first source."""
        return next(iter(self.sources.values()))

    def wall(self, key: str) -> Wall:
        """The source on which a task stands."""
        return next(wall for wall in self.sources.values() if wall.holds(key))

    def cell(self, key: str, field: str) -> Value:
        """What a cell holds now."""
        return value_of(self.wall(key).task(key), field)

    def edit(self, key: str, field: str, value: object) -> None:
        """A person writes in a cell, or empties it."""
        wall = self.wall(key)
        task = wall.task(key)
        if field.startswith(OWN_PREFIX):
            own = {**task.own, field.removeprefix(OWN_PREFIX): value}
            task = replace(task, own={name: held for name, held in own.items() if held is not None})  # type: ignore[misc]
        else:
            task = replace(task, **{field: value})  # type: ignore[arg-type]  # a field of Task, by name
        wall.edit(task.board, task)

    def sleep(self, **span: float) -> None:
        """Time goes by."""
        self.clock.at += timedelta(**span)

    # What retro does

    def read(self, *, offline: bool = False) -> Portfolio:
        """Read every board into a portfolio, snapshots stored."""
        settings = self.configuration.settings
        targets = [
            Target(source=board.source, at=board.at, alias=alias, kind=BoardKind(board.kind), configured=True)
            for alias, board in settings.boards.items()
        ]
        reading = read(targets, self.sources, ledger=self.ledger, offline=offline)
        self.fresh = reading.fresh
        self.read_at = {snapshot.board.key: snapshot.read_at for snapshot in reading.snapshots}
        portfolio = join(reading, settings, lambda _url: None)
        return replace(portfolio, projects=projects(settings, portfolio.boards, portfolio.tasks))

    def means(self, portfolio: Portfolio) -> Means:
        """Calendars, options and rules."""
        settings = self.configuration.settings
        return Means(
            settings=settings,
            calendars=calendars(self.configuration),
            options=schedule_options(settings, portfolio.boards),
            rules=self.rules,
            lint=lint_settings(settings.lint),
            capabilities={name: wall.describe().capabilities for name, wall in self.sources.items()},
        )

    def plan(
        self,
        *,
        offline: bool = False,
        settle: bool = False,
        only: AbstractSet[str] | None = None,
        forced: AbstractSet[str] = frozenset(),
    ) -> tuple[Planned, Portfolio, Means]:
        """Read and decide; `settle` as a run that may write does."""
        portfolio = self.read(offline=offline)
        self.once_read()
        means, now = self.means(portfolio), self.clock.now()
        if settle:
            allowed = policies(means.settings, portfolio.boards, means.capabilities)
            settle_journal(portfolio, self.fresh, self.ledger, self.sources, allowed, now=now, zone=PARIS)
        chosen = frozenset(board.key for board in portfolio.boards) if only is None else frozenset(only)
        if settle or not offline:
            chosen &= self.fresh
        planned = make_plan(
            portfolio,
            means,
            self.ledger,
            now=now,
            lang="en",
            forced=frozenset(forced),
            only=chosen,
            told_now=self.told_now,
        )
        return planned, portfolio, means

    def night(
        self,
        *,
        by_hand: bool = True,
        only: AbstractSet[str] | None = None,
        forced: AbstractSet[str] = frozenset(),
    ) -> Night:
        """A whole run, as `apply --yes` (or `sync`, where it is not `by_hand`) makes it."""
        planned, portfolio, means = self.plan(settle=True, only=only, forced=forced)
        plan = planned.plan
        waiting = set() if by_hand else pending_boards(planned, portfolio, self.ledger)
        plan = replace(plan, changes=tuple(change for change in plan.changes if change.board not in waiting))
        connectors = {board.key: self.sources[board.source] for board in portfolio.boards}
        applied = carry_out(plan, connectors, self.ledger, self.clock, command="sync", means=means)
        mark_applied(self.ledger, {change.board for change in plan.changes}, applied, self.clock.now())
        remember(planned, applied, self.ledger, read_at=self.read_at, zone=PARIS, waiting=waiting)
        return Night(planned, plan, applied, portfolio, frozenset(waiting))

    def nights(self, count: int, **span: float) -> list[Night]:
        """So many runs, each `span` after the one before (a day, where nothing is said)."""
        done = []
        for _ in range(count):
            self.sleep(**(span or {"days": 1}))
            done.append(self.night())
        return done


def dates(planned: Planned | Night) -> dict[str, tuple[Day | None, ...]]:
    """The latest and the advised dates of every task: none depends on the clock."""
    made = planned.planned if isinstance(planned, Night) else planned
    tasks = made.assessed.assessment.schedule.tasks
    return {key: (each.latest_finish, each.advised_start, each.advised_finish) for key, each in tasks.items()}


def _snapshot(key: str, source: str, tasks: Sequence[Task]) -> Snapshot:
    return Snapshot(board=Board(key=key, name=key, source=source), tasks=tuple(tasks), read_at=LONG_AGO)
