"""One board that people and retro write to, and one night's run over it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from retro.model import Board, Plan, Portfolio, Snapshot, Task, Write
from retro.ports import Capabilities, Ledger, Pushed, RunRecord
from retro.sync.apply import Applied, apply, finish_columns
from retro.sync.decide import Wishes, WritePolicy, decide
from retro.sync.decide.values import OWN_PREFIX, Value, value_of
from retro.sync.journal import adopt, replay
from retro.sync.undo import plan_undo, remove_columns
from retro.testing.clock import SteppingClock
from retro.testing.memory import MemoryConnector

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 11, 6, 30, tzinfo=PARIS)
BOARD = "memory:b1"
CAN = Capabilities(writable=frozenset({"start", "due"}), own=frozenset({"latest", "start", "due", "margin", "review"}))
POLICY = WritePolicy(
    own=frozenset({"latest", "review"}),
    fill=frozenset({"start", "due"}),
    names={"latest": "retro · au plus tard", "review": "retro · à revoir"},
    capabilities=CAN,
)


def workday(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


class TeamBoard(MemoryConnector):
    """A board that takes retro's own fields and the team's in two requests, as Trello does, and remembers all writes.

    `holds` is the form in which it keeps a value.
    """

    def __init__(
        self, clock: SteppingClock, keys: Iterable[str] = ("t1", "t2"), capabilities: Capabilities = CAN
    ) -> None:
        tasks = (Task(key=key, board=BOARD, title=key, updated=clock.now() - timedelta(days=1)) for key in keys)
        board = Board(key=BOARD, name="Contenus", source="memory")
        super().__init__(
            [Snapshot(board=board, tasks=tuple(tasks), read_at=clock.now())], clock, capabilities=capabilities
        )
        self.clock = clock
        self.landed: dict[tuple[str, str], list[Value]] = {}
        self.holds: Callable[[str, Value], Value] = lambda _field, value: value

    @property
    def portfolio(self) -> Portfolio:
        """What a pull gives, without counting as a call."""
        held = self._boards[BOARD]
        return Portfolio(boards=(self._board(held.board),), tasks=tuple(self._tasks[BOARD].values()))

    @property
    def tasks(self) -> Mapping[str, Task]:
        """The tasks as they are now."""
        return self._tasks[BOARD]

    def cell(self, key: str, field: str) -> Value:
        """What a cell holds now."""
        return value_of(self.tasks[key], field)

    def write_in(self, key: str, field: str, value: Value) -> None:
        """A person writes in a cell, or empties it."""
        task = self.tasks[key]
        if field.startswith(OWN_PREFIX):
            own = {**task.own, field.removeprefix(OWN_PREFIX): value}
            self.edit(BOARD, replace(task, own={name: held for name, held in own.items() if held is not None}))
        else:
            self.edit(BOARD, replace(task, **{field: value}))  # type: ignore[arg-type]  # a field of Task, by name

    def push(self, write: Write) -> Pushed:
        """Write retro's own fields, then the team's: a crash may come between the two."""
        own = [each for each in write.fields if each[0].startswith(OWN_PREFIX)]
        team = [each for each in write.fields if not each[0].startswith(OWN_PREFIX)]
        answers = [super(TeamBoard, self).push(replace(write, fields=tuple(part))) for part in (own, team) if part]
        return replace(answers[-1], requests=len(answers))

    def _written(self, task: Task, name: str, value: Value, board: str) -> Task:
        held = self.holds(name, value)
        self.landed.setdefault((task.key, name), []).append(held)
        return super()._written(task, name, held, board)


def planned(board: TeamBoard, ledger: Ledger, wishes: Mapping[str, Wishes], policy: WritePolicy = POLICY) -> Plan:
    """The first half of a night: what an interrupted run left is settled, then it is decided."""
    portfolio = board.portfolio
    finish_columns(ledger, portfolio.boards[0], board, policy.names, now=board.clock.now())
    replay(ledger, lambda _board, _keys: board.tasks, now=board.clock.now(), zone=PARIS)
    adopt(ledger, BOARD, portfolio.tasks, zone=PARIS)
    return decide(
        portfolio,
        wishes,
        {BOARD: policy},
        ledger.acknowledged(BOARD),
        now=board.clock.now(),
        zone=PARIS,
        workday=workday,
        told=ledger.reported_conflicts(),
        declined=ledger.declined(BOARD),
    )


def night(
    board: TeamBoard,
    ledger: Ledger,
    wishes: Mapping[str, Wishes],
    policy: WritePolicy = POLICY,
    between: Callable[[], None] = lambda: None,
) -> Applied:
    """A whole night: plan, `between`, apply."""
    plan = planned(board, ledger, wishes, policy)
    between()
    run = f"r{len(ledger.runs(1000))}"
    ledger.begin(RunRecord(id=run, command="sync", started=board.clock.now()))
    return apply(plan, {BOARD: board}, ledger, board.clock, run, zone=PARIS)


def undo(board: TeamBoard, ledger: Ledger, run: str, between: Callable[[], None] = lambda: None) -> Applied:
    """A whole undo: what was left open is settled, it is planned, `between`, applied, and columns removed."""
    portfolio = board.portfolio
    finish_columns(ledger, portfolio.boards[0], board, POLICY.names, now=board.clock.now())
    replay(ledger, lambda _board, _keys: board.tasks, now=board.clock.now(), zone=PARIS)
    undoing = plan_undo(
        run, ledger.intents(run=run), portfolio, ledger.acknowledged(BOARD), fresh={BOARD}, names=POLICY.names
    )
    between()
    made = tuple(ledger.columns_of(run).get(BOARD, ()))
    own = f"r{len(ledger.runs(1000))}"
    ledger.begin(RunRecord(id=own, command=f"undo {run}", started=board.clock.now()))
    applied = apply(undoing.plan, {BOARD: board}, ledger, board.clock, own, zone=PARIS)
    if BOARD not in applied.failed:
        remove_columns(ledger, board, board.pull(BOARD).snapshot, made)
    return applied


class Fuse:
    """Kills the run at one call."""

    def __init__(self, calls: int, error: BaseException) -> None:
        self.left = calls
        self.error = error

    def __call__(self, *_where: object) -> None:
        """Count a call."""
        self.left -= 1
        if self.left == 0:
            raise self.error


class FusedLedger:
    """A ledger with a fuse before and after each call."""

    def __init__(self, ledger: Ledger, fuse: Fuse) -> None:
        self._ledger = ledger
        self._fuse = fuse

    def __getattr__(self, name: str) -> Callable[..., object]:
        method = getattr(self._ledger, name)

        def call(*args: object, **named: object) -> object:
            self._fuse()
            answer = method(*args, **named)
            self._fuse()
            return answer

        return call
