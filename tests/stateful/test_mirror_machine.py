"""Boards and a base that people edit between runs, crashes, a source that fails and a lost state: what never breaks."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import gettempdir

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.memory_board import Fuse
from tests.mirror_room import BASE, MirrorRoom
from tests.night_room import card

from retro.model import Task
from retro.sync.decide.stamp import split

NUMBERS = st.integers(0, 5)
WORDS = st.sampled_from(["un", "deux", "trois"])
COLUMNS = st.sampled_from(["owners", "board", "ends", "status", "presence", "key"])


class Mirrored(RuleBasedStateMachine):
    """Six tasks on two boards, and their rows."""

    @initialize()
    def begin(self) -> None:
        """An empty base."""
        tasks = [card(f"Tâche {number}") for number in range(4)]
        self.room = MirrorRoom(Path(gettempdir()), {"b1": tasks, "b2": [card("Tâche 4", "b2"), card("Tâche 5", "b2")]})
        self.kept: dict[tuple[str, str], object] = {}
        """What a person put in a cell of a page of the base, by page and column."""
        self.team: dict[str, Task] = {}

    @property
    def pages(self) -> dict[str, Task]:
        """The pages of the base, by their own keys."""
        return {page.key: page for page in self.room.base.beside().pull(BASE).snapshot.tasks}

    def task(self, number: int) -> str:
        """The key of a task."""
        return f"b{1 if number < 4 else 2}/Tâche {number}"

    def page(self, number: int) -> Task | None:
        """A page that is a row, where there is one."""
        rows = sorted(self.pages.keys() - self.team.keys())
        return self.pages[rows[number % len(rows)]] if rows else None

    # What people do

    @rule(number=NUMBERS, word=WORDS)
    def rename(self, number: int, word: str) -> None:
        """A task is renamed on its board."""
        self.room.edit(self.task(number), "title", word)

    @rule(number=NUMBERS, day=st.integers(1, 28))
    def reschedule(self, number: int, day: int) -> None:
        """A task gets another date."""
        self.room.edit(self.task(number), "due", date(2027, 2, day))

    @rule(number=NUMBERS, archived=st.booleans())
    def archive(self, number: int, archived: bool) -> None:  # noqa: FBT001 - a field's value
        """A task is archived, or brought back."""
        self.room.edit(self.task(number), "archived", archived)

    @rule(number=NUMBERS, column=COLUMNS, word=WORDS)
    def edit_row(self, number: int, column: str, word: str) -> None:
        """A person writes in a row."""
        page = self.page(number)
        if page is not None:
            self.room.base.edit(BASE, replace(page, own={**page.own, column: word}))
            self.kept[page.key, column] = word

    @rule(number=NUMBERS)
    def remove_row(self, number: int) -> None:
        """A person removes a row."""
        page = self.page(number)
        if page is not None:
            self.room.base.delete(BASE, page.key)
            self.kept = {cell: word for cell, word in self.kept.items() if cell[0] != page.key}

    @rule(word=WORDS)
    def add_row(self, word: str) -> None:
        """The team adds a row of its own, with words in a column of retro's where there is one."""
        own = {"presence": word} if "presence" in self.room.base.beside().pull(BASE).snapshot.board.own_fields else {}
        (made,) = self.room.base.beside().create(BASE, [Task(key="", board=BASE, title=word, own=own)])
        self.team[made.key] = made

    @rule(up=st.booleans())
    def source(self, up: bool) -> None:  # noqa: FBT001 - a state
        """A source fails, or answers again."""
        self.room.sources["b"].down = not up

    @rule(hours=st.integers(1, 30))
    def wait(self, hours: int) -> None:
        """Time goes by."""
        self.room.clock.at += timedelta(hours=hours)

    # What retro does

    @rule(at=st.integers(1, 40))
    def crash(self, at: int) -> None:
        """A run that is killed at a call of the base, before or after it was done."""
        self.room.base.before = self.room.base.after = Fuse(at, KeyboardInterrupt())
        with suppress(KeyboardInterrupt):
            self.room.mirror()
        self.room.base.before = self.room.base.after = None

    @rule()
    def run_twice(self) -> None:
        """Two runs: the second writes nothing, and nothing is open any more."""
        self.room.mirror()
        assert not self.room.mirror().applied.written
        assert not self.room.ledger.pending()

    @precondition(lambda self: not self.kept and self.whole)
    @rule()
    def lose_state(self) -> None:
        """The state is deleted between two runs that had nothing left to do: nothing is written then."""
        self.room.mirror()
        self.room.mirror()
        missing = self.missing
        self.room.forget()
        made = self.room.mirror()
        assert {change.task for change in made.applied.written} <= missing

    @property
    def whole(self) -> bool:
        """Whether every source answers."""
        return not any(wall.down for wall in self.room.sources.values())

    @property
    def missing(self) -> set[str]:
        """The rows that there would be, had nobody removed them."""
        keys = {split(page.own.get("key"))[0] for page in self.pages.values()}
        return {f"row:{self.task(number)}" for number in range(6) if self.task(number) not in keys}

    @invariant()
    def no_row_twice(self) -> None:
        """Each task has one row at most, but where a person gave a row another's key."""
        if not hasattr(self, "room") or any(column == "key" for _page, column in self.kept):
            return
        keys = Counter(
            split(page.own["key"])[0]
            for page in self.pages.values()
            if page.key not in self.team and page.own.get("key")
        )
        assert not [key for key, count in keys.items() if count > 1]

    @invariant()
    def human_words_stay(self) -> None:
        """What a person wrote in a row, and every row of the team, is as they left it."""
        if not hasattr(self, "room"):
            return
        pages = self.pages
        for (page, column), word in self.kept.items():
            assert pages[page].own[column] == word
        for key, made in self.team.items():
            assert dict(pages[key].own) == dict(made.own)


TestMirrored = Mirrored.TestCase
TestMirrored.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
