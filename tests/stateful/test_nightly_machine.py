"""Whole nightly runs over two boards against people, crashes, dead sources, odd clocks, lost states, in any order."""

import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.memory_board import Fuse, FusedLedger
from tests.night_room import DOING, TODO, KilledError, Night, Room, card, dates

from retro import registry
from retro.config.load import Configuration
from retro.config.shape import Settings
from retro.model import Category, Day, Owner, Status, StatusOrigin, Task, field_empty
from retro.model.link import Reference
from retro.ports import Rule, SourceError, WriteUncertainError
from retro.run.nightly import Planned
from retro.sync.decide.values import OWN_PREFIX, Value, untouched

WRITES = (
    'own = ["latest", "review"]',
    'fill = ["start", "due"]',
    'own = ["latest", "review"], fill = ["start", "due"]',
    'own = ["latest", "review", "start", "due", "margin"], fill = ["due"]',
    'overwrite = ["start", "due"]',
    'own = ["latest", "review"], fill = ["start"], overwrite = ["due"]',
)
TOML = """version = 1
[sources.one]
kind = "trello"
[sources.two]
kind = "trello"
[boards.b1]
source = "one"
at = "b1"
write = {{ {} }}
[boards.b2]
source = "two"
at = "b2"
write = {{ {} }}
[projects.p]
boards = ["b1", "b2"]
anchors = [{{ name = "Lancement", date = 2027-03-01 }}]
[people.lea]
ids = ["u:lea"]
leave = ["2027-02-18..2027-02-24"]
"""
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - each machine makes a folder of its own there
"""Where a system has it, nobody waits for the disk: what a state survives is tested elsewhere."""
LEA = Owner("u:lea", "Léa Martin")
SALON = "b1/Salon"
KEYS = ("b1/Brief", "b1/Textes", "b1/Visuels", "b2/Page", "b2/Envoi")
BOARDS = ("b1", "b2")
TYPED = [None, "restore", date(2027, 1, 18), date(2027, 2, 8), date(2027, 2, 9), date(2027, 3, 12), "Vu avec Léa"]
STATUSES = (TODO, DOING, *(Status(name, Category(name), StatusOrigin.MAPPED) for name in ("review", "done", "idea")))

keys, boards = st.sampled_from(KEYS), st.sampled_from(BOARDS)
faults = st.sampled_from([KilledError(), WriteUncertainError("no answer"), SourceError("refused", status=500)])
Cell = tuple[str, str]


def cards() -> Mapping[str, list[Task]]:
    """A campaign in small: dates of the team's, work under way, an owner on leave, a link from tool to tool."""
    first = [
        card("Brief"),
        card("Textes", start=date(2027, 1, 25), due=date(2027, 2, 5), references=(Reference("b1/Brief"),)),
        card("Visuels", status=DOING, due=date(2027, 2, 26), references=(Reference("b1/Brief"),)),
        card("Salon", milestone=True, due=date(2027, 2, 27), references=(Reference("b1/Visuels"),)),
    ]
    second = [card("Page", "b2", owners=(LEA,), references=(Reference("b1/Textes"),)), card("Envoi", "b2")]
    return {"b1": first, "b2": second}


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule that is shipped."""
    return tuple(registry.rules(Configuration(Settings())))


class NightlyMachine(RuleBasedStateMachine):
    """Remembers which cells are a person's, and what the last run planned, and holds every run to both."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
        self.humans: dict[Cell, Value] = {}
        self.excused: set[tuple[Cell, Value]] = set()
        self.planned: Mapping[str, tuple[Day | None, ...]] | None = None
        self.added = 0

    @initialize(first=st.sampled_from(WRITES), second=st.sampled_from(WRITES), lint=st.booleans())
    def begin(self, first: str, second: str, lint: bool) -> None:  # noqa: FBT001 - Hypothesis passes by name
        """Each board is handed over in its own way, with the rules or without."""
        self.overwritten = {
            board: {team for team in ("start", "due") if f'"{team}"' in write.partition("overwrite")[2]}
            for board, write in zip(BOARDS, (first, second), strict=True)
        }
        self.lint = lint
        self.room = Room(self.folder, TOML.format(first, second), cards())
        self.room.rules = rules() if lint else ()
        self.humans = {
            (task.key, field): value
            for tasks in cards().values()
            for task in tasks
            for field in ("start", "due")
            if (value := getattr(task, field)) is not None and self.is_guarded((task.key, field))
        }

    def teardown(self) -> None:
        """Nothing is left behind."""
        if hasattr(self, "room"):
            self.room.close()
        shutil.rmtree(self.folder)

    def is_guarded(self, cell: Cell) -> bool:
        """Whether a human's value there is to stay: all, but where the team handed the field over whatever it holds."""
        task, field = cell
        return task == SALON or field not in self.overwritten[task.partition("/")[0]]

    # People

    @rule(
        key=keys,
        field=st.sampled_from(("start", "due", "retro_latest", "retro_due", "retro_review")),
        value=st.sampled_from(TYPED),
    )
    def person_edits(self, key: str, field: str, value: Value) -> None:
        """Somebody types, clears a cell, or puts back what retro had written."""
        cell = (key, field)
        landed = self.room.wall(key).landed.get(cell, [])
        if value == "restore":
            value = landed[0] if landed else None
        board = key.partition("/")[0]
        has_it = not field.startswith(OWN_PREFIX) or field.removeprefix(OWN_PREFIX) in self.room.wall(key).own_fields(
            board
        )
        if not has_it or ((field == "retro_review") != isinstance(value, str) and value is not None):
            return
        if untouched(self.room.cell(key, field), value):
            return
        self.touch(key, field, value)
        known = self.room.ledger.acknowledged(board).get(cell)
        sent = [each.change.new for each in self.room.ledger.pending() if (each.change.task, each.change.field) == cell]
        self.humans.pop(cell, None)
        if known is not None and untouched(known.value, value):
            return  # what retro had written stands there again: it is retro's
        if any(untouched(each, value) for each in sent):
            self.excused.add((cell, value))  # the very value that an interrupted run was about to write
        elif known is None and any(untouched(each, value) for each in landed):
            self.excused.add((cell, value))  # retro's once more, though the state that knew it is lost
        elif self.is_guarded(cell) and (not field_empty(value) or (known and not field_empty(known.value))):
            self.humans[cell] = value

    def touch(self, key: str, field: str, value: object) -> None:
        """A person changes a card: what was planned holds no longer."""
        self.room.sleep(seconds=1)
        self.room.edit(key, field, value)
        self.room.wall(key).by_retro.discard((key, field))
        self.planned = None

    @rule(key=keys, status=st.sampled_from(STATUSES))
    def card_moves(self, key: str, status: Status) -> None:
        """A card goes to another list."""
        self.touch(key, "status", status)

    @rule(key=keys, owners=st.sampled_from([(), (LEA,)]))
    def owner_changes(self, key: str, owners: tuple[Owner, ...]) -> None:
        """Work changes hands."""
        self.touch(key, "owners", owners)

    @rule(key=keys, archived=st.booleans())
    def card_is_archived(self, key: str, archived: bool) -> None:  # noqa: FBT001 - Hypothesis passes by name
        """A card is put away, or taken out again."""
        self.touch(key, "archived", archived)

    @precondition(lambda self: self.added < 4)
    @rule(board=boards, due=st.sampled_from([None, date(2027, 2, 10)]))
    def card_is_added(self, board: str, due: date | None) -> None:
        """A new card, with a date or without."""
        self.added += 1
        new = card(f"New{self.added}", board, due=due)
        self.room.sleep(seconds=1)
        wall = self.room.wall(next(key for key in KEYS if key.startswith(board)))
        wall.edit(board, new)
        self.planned = None
        if due is not None and self.is_guarded((new.key, "due")):
            self.humans[new.key, "due"] = due

    @rule(day=st.sampled_from([date(2027, 2, 20), date(2027, 2, 27), date(2027, 3, 10)]))
    def milestone_moves(self, day: date) -> None:
        """The fair is on another day."""
        self.touch(SALON, "due", day)
        self.humans[SALON, "due"] = day

    # Time, and what goes wrong

    @rule(minutes=st.sampled_from([3, 25 * 60, -197]))
    def clock_steps(self, minutes: int) -> None:
        """Time goes by, or somebody sets the clock back."""
        self.room.sleep(minutes=minutes)

    @rule()
    def state_is_lost(self) -> None:
        """Someone deletes the state: an emptied cell cannot be told from an untouched one any more."""
        self.room.close()
        shutil.rmtree(self.folder / ".retro", ignore_errors=True)
        self.room.reopen()
        self.planned = None
        self.humans = {
            cell: value
            for cell, value in self.humans.items()
            if not field_empty(value)
            and not any(untouched(value, each) for each in self.room.wall(cell[0]).landed.get(cell, []))
        }

    @rule()
    def night(self) -> None:
        """A run."""
        self.compare(self.room.night())
        assert self.room.ledger.pending() == []

    @rule(source=st.sampled_from(("one", "two")))
    def stale_night(self, source: str) -> None:
        """A run during which one of the two tools cannot be reached."""
        wall = self.room.sources[source]
        wall.down = True
        had = wall.writes.copy()
        try:
            night = self.room.night()
        except SourceError:
            night = None  # it was never read before and nothing can stand in
        wall.down = False
        assert wall.writes == had
        if night is not None and self.planned is not None:
            self.compare(night)  # nobody changed anything that it could not see

    @rule(calls=st.integers(1, 110), error=faults)
    def night_that_fails(self, calls: int, error: BaseException) -> None:
        """A run that is killed, or whose tool fails, at any call of the ledger or of a tool."""
        fuse, ledger = Fuse(calls, error), self.room.ledger
        if isinstance(error, KilledError):
            self.room.ledger = FusedLedger(ledger, fuse)  # type: ignore[assignment]  # passes all on
        self.room.once_read = lambda: self.arm(fuse)
        try:
            self.room.night()
        except (KilledError, SourceError):
            pass
        finally:
            self.room.once_read = lambda: None
            self.arm(None)
            self.room.ledger = ledger
            self.room.reopen()

    def arm(self, fuse: Fuse | None) -> None:
        """Put a fuse into both tools, or take it out."""
        for wall in self.room.sources.values():
            wall.before = wall.after = fuse

    @rule()
    def plan_is_looked_at(self) -> None:
        """A command that only reads, at any moment."""
        planned, portfolio, _means = self.room.plan()
        calls = [wall.writes.copy() for wall in self.room.sources.values()]
        self.compare(planned)
        assert calls == [wall.writes for wall in self.room.sources.values()]
        assert len(portfolio.boards) == len(BOARDS)

    # What always holds

    def compare(self, run: Night | Planned) -> None:
        """Where nobody changed anything, a run plans what the run before it planned."""
        now = dates(run)
        if self.planned is not None:
            assert now == self.planned
        self.planned = now

    @rule()
    def nights_settle(self) -> None:
        """Left in peace, one night settles everything and the next one writes nothing."""
        self.room.sleep(days=1)
        self.compare(self.room.night())
        # Facts that the calendar makes true are written when they come true: with rules, it is the same day.
        self.room.sleep(**({"minutes": 1} if self.lint else {"days": 1}))
        sent = [wall.writes.copy() for wall in self.room.sources.values()]
        last = self.room.night()
        self.compare(last)
        assert last.changes == []
        assert sent == [wall.writes for wall in self.room.sources.values()]

    @invariant()
    def no_human_value_is_overwritten(self) -> None:
        """What a person typed or cleared is as they left it."""
        for (key, field), value in self.humans.items():
            assert untouched(self.room.cell(key, field), value), (key, field)

    @invariant()
    def the_ledger_claims_nothing_that_did_not_happen(self) -> None:
        """Every last written value arrived by retro's hand, and stands there unless a person has been at it since."""
        if not hasattr(self, "room"):
            return
        pending = {(each.change.task, each.change.field) for each in self.room.ledger.pending()}
        for board in BOARDS:
            for cell, known in self.room.ledger.acknowledged(board).items():
                wall = self.room.wall(cell[0])
                arrived = any(untouched(known.value, each) for each in wall.landed.get(cell, []))
                assert arrived or (cell, known.value) in self.excused, (cell, known)
                if cell in wall.by_retro and cell not in pending:
                    assert untouched(self.room.cell(*cell), known.value), (cell, known)


TestNightlyMachine = NightlyMachine.TestCase
TestNightlyMachine.settings = settings(max_examples=25, stateful_step_count=18, deadline=None)
