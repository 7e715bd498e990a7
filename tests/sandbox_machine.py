"""People, faults, crashes and odd hours against real nightly runs over real HTTP, in any order.

Two boards of cards and a base of pages stand on look-alikes; the commands run in this process, by their command line.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.board_cells import Cell, Value
from tests.killed_runs import Fuse
from tests.sandbox_team import DEFAULT, Ran, Team, Write
from tests.team_boards import BOARDS, CARDS, OPT_OUT, TASKS, Edit

from retro.sync.decide.values import untouched

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - each machine makes a folder of its own there
HOUR = timedelta(hours=1)
QUIET = timedelta(minutes=9)
"""A minute less than the setting: pages tell their last edit to the minute only."""
HANDED_OVER: tuple[Mapping[str, Write], ...] = (
    DEFAULT,
    {**DEFAULT, "tournage": Write(warnings="comment"), "contenus": Write(warnings="label")},
    {
        "contenus": Write('own = ["latest", "review"], fill = ["start"], overwrite = ["due"]'),
        "site": Write('own = ["latest", "review", "start", "due", "margin"]', "comment"),
        "tournage": Write('overwrite = ["start", "due"]'),
    },
)
DAYS = (date(2027, 1, 18), date(2027, 2, 8), date(2027, 2, 9), date(2027, 3, 12))

tools = st.sampled_from(("trello", "notion"))
numbers = st.integers(1, 26)
edits = st.one_of(
    st.builds(
        Edit,
        st.sampled_from(TASKS),
        st.sampled_from(("start", "due", "retro_latest")),
        st.sampled_from((None, "restore", *DAYS)),
    ),
    st.builds(Edit, st.sampled_from(TASKS), st.just("retro_review"), st.sampled_from((None, "Vu avec Léa"))),
    st.builds(Edit, st.sampled_from(TASKS), st.just("status"), st.integers(0, 2)),
    st.builds(Edit, st.sampled_from(TASKS), st.sampled_from(("owner", "archived", "opt-out")), st.booleans()),
    st.builds(Edit, st.sampled_from(TASKS), st.sampled_from(("title", "estimate")), st.integers(1, 5)),
    st.builds(Edit, st.sampled_from(CARDS), st.just("board"), st.integers(0, 1)),
)
PASSING = ("429", "429+retry=20", "500", "502", "503+html", "504", "529", "409", "drop", "lost", "half", "truncated")
CARDS_ONLY = ("449", "toomany", "toolarge")
LASTING = ("readonly", "revoked", "invalid")


def _spec(kind: str, times: int, after: int, where: str) -> str:
    name, plus, options = kind.partition("+")
    return f"{name}:{times}{plus}{options}+after={after}{where}"


wheres = st.sampled_from(("", "@GET", "@PUT", "@POST", "@PATCH"))
afters = st.integers(0, 14)
passing = st.builds(_spec, st.sampled_from(PASSING), st.sampled_from((1, 2, 6)), afters, wheres)
strikes = st.tuples(tools, passing)
lasting = st.builds(lambda kind, after: f"{kind}+after={after}", st.sampled_from(LASTING), afters)
faults = st.one_of(
    strikes,
    st.tuples(tools, lasting),
    st.tuples(st.just("trello"), st.sampled_from([f"{kind}:1@GET" for kind in CARDS_ONLY])),
)


class SandboxMachine(RuleBasedStateMachine):
    """Knows whose each cell is, and holds every run to it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
        self.edited: dict[str, datetime] = {}
        self.written: dict[str, datetime] = {}
        self.hidden: set[str] = set()
        self.jumped = False
        self.saw_old = False

    @initialize(writes=st.sampled_from(HANDED_OVER), lint=st.sampled_from(("douce", "standard")))
    def begin(self, writes: Mapping[str, Write], lint: str) -> None:
        """Each team hands over in its own way."""
        self.team = Team(self.folder, writes, lint)
        self.tasks = {task for task, _field in self.team.cells}

    def teardown(self) -> None:
        """Nothing is left behind."""
        if hasattr(self, "team"):
            self.team.close()
        shutil.rmtree(self.folder)

    # People

    @rule(edit=edits)
    def person_edits(self, edit: Edit) -> None:
        """Somebody types, clears a cell, moves a card, takes it, opts it out, or puts back what retro had written."""
        self._edit(edit)

    def _edit(self, edit: Edit) -> None:
        key = self.team.key(edit.task)
        if edit.value == "restore":
            landed = self.team.whose.landed.get((key, edit.field), [None])
            edit = Edit(edit.task, edit.field, landed[0])
        if self.team.edit(edit) and edit.value is not None:
            self.edited[key] = self.team.at

    @rule(board=st.sampled_from(BOARDS), own=st.sampled_from(("latest", "review")))
    def column_is_deleted(self, board: str, own: str) -> None:
        """Somebody deletes a column of retro's."""
        with self.team.by_hand():
            self.team.boards.drop_column(board, own)

    @rule()
    def remarks_are_resolved(self) -> None:
        """Somebody closes the discussions of all pages."""
        self.team.resolve_remarks()

    @rule(minutes=st.sampled_from((3, 11, 25 * 60, -197, 400 * 24 * 60)))
    def clock_steps(self, minutes: int) -> None:
        """Time goes by, or somebody sets the clock back."""
        self.team.sleep(minutes=minutes)
        self.jumped = True

    @rule()
    def state_is_lost(self) -> None:
        """Somebody deletes the state."""
        self.team.lose_state()

    @rule(board=st.sampled_from(BOARDS))
    def board_is_shared_or_not(self, board: str) -> None:
        """A board is taken from retro, or given back to it."""
        self.hidden ^= {board}
        self.team.boards.share(board, shared=board not in self.hidden)

    # Runs

    @rule(moments=st.lists(st.tuples(tools, numbers, edits), max_size=3))
    def night(self, moments: list[tuple[str, int, Edit]]) -> None:
        """A run, while people edit, each before some request is answered."""
        self.run(self.team.sync, [(tool, at, partial(self._edit, edit)) for tool, at, edit in moments])

    @rule(tool=tools, reads=st.integers(1, 3), moments=st.lists(st.tuples(tools, numbers, edits), max_size=2))
    def night_that_reads_old_boards(self, tool: str, reads: int, moments: list[tuple[str, int, Edit]]) -> None:
        """A tool shows its boards as they were, and single tasks as they are."""
        self.team.watching()
        self.team.watches[tool].stale = reads
        self.run(self.team.sync, [(tool, at, partial(self._edit, edit)) for tool, at, edit in moments], anew=False)
        self.saw_old = True

    @rule(moments=st.lists(st.tuples(tools, numbers, edits), max_size=1))
    def last_run_is_taken_back(self, moments: list[tuple[str, int, Edit]]) -> None:
        """What the last run wrote and still stands becomes what it was, while people edit."""
        self.team.watching()
        self.team.plan_moments([(tool, at, partial(self._edit, edit)) for tool, at, edit in moments])
        ran = self.team.retro("undo", "last", "--yes")
        assert ran.code in {0, 2, 3}, ran
        self.written.update(dict.fromkeys(self.tasks, self.team.at))

    @rule(tool=tools, at=numbers)
    def two_at_once(self, tool: str, at: int) -> None:
        """While a run is under way another one begins: it leaves at once, and has asked for nothing."""
        seconds: list[Ran] = []
        self.run(self.team.sync, [(tool, at, lambda: seconds.append(self.team.sync(quietly=True)))])
        for ran in seconds:
            assert (ran.code, ran.requests) == (5, 0), ran

    @rule(tool=tools, at=numbers)
    def plan_is_looked_at(self, tool: str, at: int) -> None:
        """While a run is under way somebody looks at the plan: that reads, and writes nowhere."""
        looks: list[Ran] = []
        self.run(self.team.sync, [(tool, at, lambda: looks.append(self.team.retro("plan", quietly=True)))])
        for ran in looks:
            assert ran.code in {0, 3}, ran

    @rule(struck=st.lists(faults, min_size=1, max_size=3))
    def night_under_faults(self, struck: list[tuple[str, str]]) -> None:
        """What goes wrong with the tools in one run leaves no trace on the boards once the next one is done."""

        def night() -> Ran:
            for tool, spec in struck:
                (self.team.trello if tool == "trello" else self.team.notion).faults.add(spec)
            return self.team.sync()

        self.as_though_nothing_had_happened(night)

    @rule(struck=st.lists(strikes, min_size=1, max_size=3), waits=st.lists(st.tuples(st.booleans(), edits), max_size=3))
    def night_that_waits(self, struck: list[tuple[str, str]], waits: list[tuple[bool, Edit]]) -> None:
        """While a run waits to ask again people edit; often the very task that it is about to write on."""
        for tool, spec in struck:
            (self.team.trello if tool == "trello" else self.team.notion).faults.add(spec)
        self.team.waits = [partial(self._edit_there, edit, the_same) for the_same, edit in waits]
        self.run(self.team.sync)
        self.team.waits = []
        self.team.trello.faults.clear()
        self.team.notion.faults.clear()

    def _edit_there(self, edit: Edit, the_same: bool, task: str) -> None:  # noqa: FBT001 - drawn as such
        self._edit(replace(edit, task=task) if the_same and task and edit.field != "board" else edit)

    @rule(calls=st.integers(1, 220))
    def killed_night(self, calls: int) -> None:
        """A run that ends at any call of the ledger or before any request leaves no trace after the next one."""
        self.as_though_nothing_had_happened(lambda: self.team.sync(fuse=Fuse(calls)))

    @rule()
    def nights_settle(self) -> None:
        """Left in peace, one night settles everything and the next one writes nothing."""
        self.team.sleep(days=1)
        self.run(self.team.sync)
        self.team.sleep(minutes=1)
        last = self.run(self.team.sync)
        assert last.writes == 0, last.out

    # What holds for every run

    def run(
        self,
        sync: Callable[[], Ran],
        moments: list[tuple[str, int, Callable[[], None]]] | None = None,
        *,
        anew: bool = True,
    ) -> Ran:
        """A run that nothing but people disturbs."""
        if anew:
            self.team.watching()
        self.team.plan_moments(moments or [])
        resting = {task for task in self.edited if self.is_resting(task)}
        closed = {task for task in self.tasks if self.is_closed(task)}
        ran = sync()
        self.jumped = self.saw_old = False
        self.check(ran)
        touched = self.team.whose.touched
        assert not closed & touched
        assert not resting & touched
        self.written.update(dict.fromkeys(self.team.whose.touched, self.team.at))
        return ran

    def as_though_nothing_had_happened(self, night: Callable[[], Ran]) -> None:
        """A night that goes wrong and one after it end in the same boards as two nights that go well."""
        kept = self.team.keep()
        unbroken = self.nights(self.team.sync)
        self.team.go_back(kept)
        assert self.nights(night) == unbroken
        self.jumped = self.saw_old = False
        self.written.update(dict.fromkeys(self.tasks, self.team.at))

    def nights(self, first: Callable[[], Ran]) -> tuple[dict[Cell, Value], object]:
        """A night and, an hour later, one under which nothing goes wrong; a third where the clock had jumped.

        Boards are held for one night then, and a night that was killed before it could say so does not count.
        """
        self._night(first)
        for _again in range(2 if self.jumped else 1):
            self._night(self.team.sync)
        return self.team.cells, self.team.boards.columns

    def _night(self, sync: Callable[[], Ran]) -> None:
        begun = self.team.at
        self.team.watching()
        self.check(sync())
        self.team.trello.faults.clear()
        self.team.notion.faults.clear()
        assert self.team.at < begun + HOUR
        self.team.at = begun + HOUR

    def check(self, ran: Ran) -> None:
        """No run ends in a bug."""
        assert ran.code in {None, 0, 3}, ran

    def is_resting(self, task: str) -> bool:
        """Whether a person was at a task a moment ago, and retro was not there since."""
        at, written = self.edited[task], self.written.get(task)
        return timedelta() <= self.team.at - at < QUIET and (written is None or written < at)

    def is_closed(self, task: str) -> bool:
        """Whether a task is opted out, archived or done: nothing is written on it."""
        cells = self.team.cells
        opted = OPT_OUT in str(cells.get((task, "labels"), "")) or cells.get((task, f"column:{OPT_OUT}")) == "true"
        return opted or cells[task, "archived"] == "True" or cells.get((task, "done")) == "True"

    @invariant()
    def nothing_of_a_persons_is_overwritten(self) -> None:
        """What people typed or cleared is as they left it, and retro never touched what is not handed over."""
        if not hasattr(self, "team"):
            return
        assert self.team.whose.wrongs == []
        cells = self.team.cells
        for cell, value in self.team.whose.theirs.items():
            assert cells.get(cell) == value, cell
        assert {task for task, _field in cells} == self.tasks

    @invariant()
    def nothing_is_made_twice(self) -> None:
        """One comment a card, one column a field."""
        if hasattr(self, "team"):
            assert self.team.boards.doubles == []

    @invariant()
    def the_ledger_claims_nothing_that_is_not_there(self) -> None:
        """Every last written value arrived by retro's hand, and stands there unless a person has been at it since."""
        if not hasattr(self, "team"):
            return
        _known, pending = self.team.known()
        whose, cells = self.team.whose, self.team.cells
        open_ = {(each.change.task, each.change.field) for each in pending}
        for cell, last in self.team.claims().items():
            if cell[1] == "retro_review" and self.team.stands_apart(cell[0]):
                continue  # a page's comment is no cell of it
            if self.saw_old and not last.run:
                continue  # taken up from a board as it was: the next read sets it right
            arrived = any(untouched(last.value, each) for each in whose.landed.get(cell, ()))
            excused = any(at == cell and untouched(last.value, each) for at, each in whose.excused)
            assert arrived or excused, (cell, last)
            if cell in whose.by_retro and cell not in open_:
                assert untouched(last.value, cells.get(cell)), (cell, last)
