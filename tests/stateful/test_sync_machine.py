"""People, crashes, lost answers, lost states and undos against nightly runs, in any order that Hypothesis thinks of."""

from dataclasses import replace
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.memory_board import BOARD, NOW, PARIS, Fuse, FusedLedger, TeamBoard, night, undo

from retro.model import field_empty
from retro.ports import SourceError, WriteUncertainError
from retro.sync.apply import Applied
from retro.sync.decide import Remark, Wishes
from retro.sync.decide.refused import refuses, refuses_remarks
from retro.sync.decide.values import Value, untouched
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger

KEYS = ("t1", "t2")
DATES = ("retro_latest", "start", "due")
DAYS = [date(2027, 2, day) for day in (1, 2, 3, 10, 19)]
HUMAN = [*DAYS[:2], date(2027, 3, 1), date(2027, 3, 8)]
QUIET = 600

keys, days = st.sampled_from(KEYS), st.sampled_from(DAYS)
edits = st.tuples(
    keys, st.sampled_from((*DATES, "retro_review")), st.sampled_from((None, "restore", *HUMAN, "Vu avec Léa"))
)
faults = st.sampled_from([KeyboardInterrupt(), WriteUncertainError("no answer"), SourceError("refused", status=500)])
Cell = tuple[str, str]


class SyncMachine(RuleBasedStateMachine):
    """Remembers which cells are a person's, and holds every run to it."""

    def __init__(self) -> None:
        super().__init__()
        self.board = TeamBoard(SteppingClock(NOW), KEYS)
        self.ledger = MemoryLedger()
        self.wishes = {key: Wishes(values=dict.fromkeys(DATES, DAYS[3])) for key in KEYS}
        self.humans: dict[Cell, Value] = {}
        self.edited: dict[str, float] = {}
        self.excused: set[tuple[Cell, Value]] = set()
        self.declined: dict[Cell, set[Value]] = {}

    @rule(key=keys, field=st.sampled_from(DATES), day=st.one_of(st.none(), days))
    def plan_moves(self, key: str, field: str, day: date | None) -> None:
        """The schedule wants another date, or none."""
        wish = self.wishes[key]
        self.wishes[key] = replace(wish, values={**wish.values, field: day})

    @rule(key=keys, count=st.integers(0, 2))
    def remarks_change(self, key: str, count: int) -> None:
        """A finding appears or is mended."""
        remarks = (Remark("DAT103", "attendue le 8/01"), Remark("OWN101", "à qui ?"))[:count]
        self.wishes[key] = replace(self.wishes[key], remarks=remarks)

    @rule(edit=edits)
    def person_edits(self, edit: tuple[str, str, Value]) -> None:
        """A person types, moves a date, clears a cell, or puts back what retro had written."""
        key, field, value = edit
        cell = (key, field)
        landed = self.board.landed.get(cell, [])
        if value == "restore":
            value = landed[0] if landed else None
        if (field == "retro_review") != isinstance(value, str) and value is not None:
            return
        before = self.board.cell(key, field)
        if untouched(before, value):
            return
        self.board.clock.sleep(1)
        self.board.write_in(key, field, value)
        self.edited[key] = self.board.clock.now().timestamp()
        pending = [each.change.new for each in self.ledger.pending() if (each.change.task, each.change.field) == cell]
        self.humans.pop(cell, None)
        if any(untouched(each, value) for each in landed):
            return  # what retro had written stands there again: it is retro's
        if any(untouched(each, value) for each in pending):
            self.excused.add((cell, value))  # the very value that a crashed run was about to write
            return
        known = self.ledger.acknowledged(BOARD).get(cell)
        if not field_empty(value) or (known is not None and not field_empty(known.value)):
            self.humans[cell] = value

    @rule(seconds=st.sampled_from([60, QUIET, 86_400]))
    def time_passes(self, seconds: int) -> None:
        """Minutes or days go by."""
        self.board.clock.sleep(seconds)

    @rule()
    def state_is_lost(self) -> None:
        """Someone deletes the state; emptied cells cannot be told from untouched ones any more."""
        self.ledger = MemoryLedger()
        self.humans = {cell: value for cell, value in self.humans.items() if not field_empty(value)}
        self.declined.clear()

    @rule(between=st.lists(edits, max_size=2))
    def run(self, between: list[tuple[str, str, Value]]) -> None:
        """A run, with edits between its plan and its writes."""
        planned_at = self.board.clock.now().timestamp()
        after_crash = bool(self.ledger.pending())
        edited = dict(self.edited)

        def meanwhile() -> None:
            for edit in between:
                self.person_edits(edit)

        applied = night(self.board, self.ledger, self.wishes, between=meanwhile)
        if not after_crash:
            for change in applied.written:
                assert planned_at - edited.get(change.task, 0) >= QUIET
        assert self.ledger.pending() == []
        self.hold_to_what_was_declined(applied)

    def hold_to_what_was_declined(self, applied: Applied) -> None:
        """A run wrote none of the values that an undo took back; where it wrote another, those may come back."""
        for change in applied.written:
            declined = self.declined.pop((change.task, change.field), set())
            assert not refuses(declined, change.new, PARIS), change
            if change.field == "retro_review":
                assert not refuses_remarks(declined, change.new, PARIS, bare=False), change

    @rule(which=st.integers(1, 3), between=st.lists(edits, max_size=2))
    def taken_back(self, which: int, between: list[tuple[str, str, Value]]) -> None:
        """One of the latest runs is taken back, with edits between the undo's plan and its writes."""
        runs = self.ledger.runs(which)
        if not runs:
            return
        (*_newer, run) = runs
        if self.ledger.pending():
            night(self.board, self.ledger, {})  # what was left open is settled: then it is known what was whose
        before = dict(self.declined)

        def meanwhile() -> None:
            for edit in between:
                self.person_edits(edit)

        applied = undo(self.board, self.ledger, run.id, between=meanwhile)
        theirs = [intent for intent in self.ledger.intents(run=run.id) if intent.state == "acknowledged"]
        for change in applied.written:
            cell = (change.task, change.field)
            wrote = [each for each in theirs if (each.change.task, each.change.field) == cell]
            assert untouched(change.old, wrote[-1].returned)
            assert untouched(change.new, wrote[0].change.old)
            self.edited.pop(change.task, None)  # asked for by hand: retro touched the task last
            if run.command.startswith("undo "):
                self.declined[cell] = set(self.ledger.declined(BOARD).get(cell, ()))
            else:
                self.declined[cell] = before.get(cell, set()) | {wrote[-1].change.new}

    @rule(calls=st.integers(1, 70), error=faults)
    def run_that_fails(self, calls: int, error: BaseException) -> None:
        """A run that is killed, or whose source fails, at any call of the ledger or of the board."""
        fuse = Fuse(calls, error)
        ledger = FusedLedger(self.ledger, fuse) if isinstance(error, KeyboardInterrupt) else self.ledger
        self.board.before = self.board.after = fuse
        try:
            night(self.board, ledger, self.wishes)  # type: ignore[arg-type]  # passes everything on
        except (KeyboardInterrupt, SourceError):
            pass
        finally:
            self.board.before = self.board.after = None
        self.declined = {cell: set(values) for cell, values in self.ledger.declined(BOARD).items()}

    @rule(calls=st.integers(1, 70), error=faults)
    def undo_that_fails(self, calls: int, error: BaseException) -> None:
        """An undo of the latest run that is killed, or whose source fails, at any call."""
        runs = self.ledger.runs(1)
        if not runs:
            return
        fuse = Fuse(calls, error)
        ledger = FusedLedger(self.ledger, fuse) if isinstance(error, KeyboardInterrupt) else self.ledger
        self.board.before = self.board.after = fuse
        try:
            undo(self.board, ledger, runs[0].id)  # type: ignore[arg-type]  # passes everything on
        except (KeyboardInterrupt, SourceError):
            pass
        finally:
            self.board.before = self.board.after = None
        for intent in self.ledger.intents(run=self.ledger.runs(1)[0].id):
            self.edited.pop(intent.change.task, None)
        self.declined = {cell: set(values) for cell, values in self.ledger.declined(BOARD).items()}

    @rule()
    def nights_settle(self) -> None:
        """Left in peace, one night settles everything and the next one writes nothing."""
        self.board.clock.sleep(86_400)
        night(self.board, self.ledger, self.wishes)
        self.board.clock.sleep(86_400)
        self.board.calls.clear()
        assert night(self.board, self.ledger, self.wishes) == Applied()
        assert self.board.calls == []

    @invariant()
    def no_human_value_is_overwritten(self) -> None:
        """What a person typed or cleared is as they left it."""
        for (key, field), value in self.humans.items():
            assert untouched(self.board.cell(key, field), value), (key, field)

    @invariant()
    def ledger_claims_only_what_was_written(self) -> None:
        """Every last written value did arrive on the board by retro's hand."""
        for cell, known in self.ledger.acknowledged(BOARD).items():
            landed = self.board.landed.get(cell, [])
            excused = (cell, known.value) in self.excused
            assert excused or any(untouched(known.value, each) for each in landed), (cell, known)


TestSyncMachine = SyncMachine.TestCase
TestSyncMachine.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
