"""A plan's cards killed at any call of the ledger and of the board: none is made twice, and the next run ends alike."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from tests.memory_board import Fuse, FusedLedger
from tests.plan_room import COUNT, GALA

from retro import registry
from retro.config.load import Configuration, parse
from retro.model import Board, Category, Portfolio, Snapshot, Status, StatusOrigin, Task
from retro.ports import ConfigurationError, Ledger, ReadOnlyError, SourceError, WriteUncertainError
from retro.run.new_cards import carry_out_cards, decided_cards, read_board, settle_cards
from retro.run.new_cards.making import Decided
from retro.run.read import Target
from retro.run.templates import NewPlan, plan_backwards, template_of
from retro.sync.apply.boards import apply
from retro.sync.apply.making import CardsMade
from retro.sync.apply.outcome import Refusal
from retro.sync.decide.new_cards import key_on
from retro.sync.undo import Left, Undoing, plan_undo
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger
from retro.testing.memory import MemoryConnector

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)
KEY = "memory:b"
CONFIGURATION = Configuration(parse("version = 1", "retro.toml"))
LISTS = (
    Status("Idées", Category.IDEA, StatusOrigin.MAPPED),
    Status("Divers", Category.TODO, StatusOrigin.INFERRED),
    Status("À faire", Category.TODO, StatusOrigin.MAPPED),
)
Killed = KeyboardInterrupt()


@cache
def plan(end: date = date(2027, 6, 8)) -> NewPlan:
    """The gala's plan."""
    template = template_of(GALA, key="gala", where="gala.toml", lang="fr")
    return plan_backwards(template, end, CONFIGURATION, registry.handle_of, people={}, now=NOW, lang="fr")


class World:
    """An empty board in memory and a ledger; each run is as a new process makes it."""

    def __init__(self, tasks: Iterable[Task] = ()) -> None:
        self.clock = SteppingClock(NOW)
        board = Board(key=KEY, name="Contenus", source="memory", sections=LISTS)
        snapshot = Snapshot(board=board, tasks=tuple(tasks), read_at=NOW)
        self.connector = MemoryConnector([snapshot], self.clock)
        self.ledger: Ledger = MemoryLedger()

    @property
    def tasks(self) -> list[Task]:
        """What stands on the board."""
        return list(self.connector.beside().pull(KEY).snapshot.tasks)

    def run(self, ledger: Ledger | None = None, *, force: bool = False) -> tuple[Decided, CardsMade | None]:
        """What `retro new gala --create-in` does."""
        state = ledger or self.ledger
        target = Target(source="memory", at=KEY)
        settings = CONFIGURATION.settings
        on = read_board(self.connector, target, settings, registry.handle_of)
        settle_cards(state, [on.board], on.tasks, now=self.clock.now())
        found = decided_cards(plan(), on, state, settings, zone=PARIS, lang="fr", force=force)
        if found.held or not found.new.to_make:
            return found, None
        clock = self.clock
        _run, done = carry_out_cards(found, self.connector, state, clock, settings, command="new gala", zone=PARIS)
        return found, done

    def end(self) -> object:
        """All that a later run decides from: the cards with their links by title, and what the ledger knows."""
        titles = {task.key: task.title for task in self.tasks}
        cards = sorted(
            (task.title, task.start, task.due, sorted((titles[each.target], each.lag) for each in task.references))
            for task in self.tasks
        )
        keys = [key for task in self.tasks if (key := key_on(task)) is not None]
        known = {each.change.task for each in self.ledger.intents(tasks=keys) if each.state == "acknowledged"}
        return cards, sorted(known), self.ledger.pending()


def story(killed_at: int, error: BaseException, between: Callable[[World], None]) -> tuple[object, bool]:
    """A run that is killed at a call, then made again; its end, and whether it came to be killed."""
    world = World()
    fuse = Fuse(killed_at, error)
    world.connector.before = world.connector.after = fuse
    with suppress(type(error)):
        world.run(FusedLedger(world.ledger, fuse))  # type: ignore[arg-type]  # passes everything on
    world.connector.before = world.connector.after = None
    between(world)
    world.run()
    found, done = world.run()
    assert (found.new.to_make, done) == ((), None)
    titles = [task.title for task in world.tasks]
    assert len(titles) == len(set(titles)) == COUNT
    return world.end(), killed_at > 0 and fuse.left <= 0


def nothing(_world: World) -> None:
    """Nobody comes between."""


@pytest.mark.parametrize(
    "error",
    [Killed, WriteUncertainError("no answer"), SourceError("500", status=500), SourceError("429", status=429)],
    ids=repr,
)
def test_every_crash_point_ends_alike(error: BaseException) -> None:
    """Whatever call fails, and however: no card is made twice, no link is lost, nothing stays open."""
    unbroken, _killed = story(0, error, nothing)
    killed, at = True, 0
    while killed:
        at += 1
        found, killed = story(at, error, nothing)
        assert found == unbroken, at
    assert at > 30  # a run is that many calls at least: the fuse did go off


def test_a_lost_state_after_a_crash() -> None:
    """Killed at any call and the state deleted, the next run makes the cards that are missing and no other."""

    def forget(world: World) -> None:
        world.ledger = MemoryLedger()

    for at in range(1, 40, 2):
        story(at, Killed, forget)


def test_people_at_the_cards_after_a_crash() -> None:
    """Cards that were renamed and moved to another day between the crash and the next run are not made again."""

    def rename(world: World) -> None:
        for task in world.tasks:
            due = date(2027, 6, 30)
            world.connector.edit(KEY, replace(task, title=f"{task.title} (bis)", due=due))

    for at in range(1, 40):
        story(at, Killed, rename)


def test_a_reader_and_a_refusal() -> None:
    """A token that may only read makes nothing, leaves nothing open; after a refusal the rest is for the next run."""
    world = World()
    world.connector.read_only = True
    with pytest.raises(ReadOnlyError):
        world.run()
    assert (world.tasks, world.ledger.pending()) == ([], [])
    world.connector.read_only = False
    made: list[str] = []

    def refuse(method: str, _subject: str) -> None:
        made.append(method)
        if made.count("create") == 3:
            raise SourceError("the list is full.", status=400)

    world.connector.before = refuse
    _found, done = world.run()
    assert done is not None
    assert (len(done.made), len(done.left), done.uncertain) == (2, COUNT - 2, None)
    assert world.ledger.pending() == []
    world.connector.before = None
    _found, done = world.run()
    assert done is not None
    assert len(done.made) == COUNT - 2


def test_where_the_cards_go() -> None:
    """To the first list that is known to be for things to do, never to ideas; with none known, nowhere."""
    world = World()
    world.run()
    assert {task.section for task in world.tasks} == {"À faire"}
    for lists in (LISTS[:2], (*LISTS[:2], LISTS[2], LISTS[2])):
        bare = World()
        board = Board(key=KEY, name="Contenus", source="memory", sections=lists)
        bare.connector = MemoryConnector([Snapshot(board=board, tasks=(), read_at=NOW)], bare.clock)
        with pytest.raises(ConfigurationError, match="for things to do"):
            bare.run()
        assert bare.tasks == []


def test_a_board_that_was_not_read_whole_settles_nothing_unseen() -> None:
    """A creation without an answer stays open until the card is seen, or all of the board."""
    world = World()
    world.connector.before = Fuse(3, WriteUncertainError("no answer"))
    world.run()
    world.connector.before = None
    (intent,) = world.ledger.pending()
    board = world.connector.pull(KEY).snapshot.board
    unseen = [task for task in world.tasks if key_on(task) != intent.change.task]
    settle_cards(world.ledger, [replace(board, whole=False)], unseen, now=world.clock.now())
    assert world.ledger.pending() == [intent]
    settle_cards(world.ledger, [replace(board, key="memory:other")], [], now=world.clock.now())
    assert world.ledger.pending() == [intent]
    settle_cards(world.ledger, [board], unseen, now=world.clock.now())
    assert world.ledger.pending() == []


def undoing(world: World, run: str) -> Undoing:
    """What an undo of a run would do now."""
    board = world.connector.pull(KEY).snapshot.board
    portfolio = Portfolio(boards=(board,), tasks=tuple(world.tasks))
    return plan_undo(
        run, world.ledger.intents(run=run), portfolio, {}, fresh={KEY}, names={}, archives=frozenset({KEY})
    )


def test_an_undo_leaves_what_people_did_before_the_answer_was_known() -> None:
    """A comment on a card whose making went unanswered is a person's, however late it is found to have been made."""
    world = World()
    calls: list[str] = []

    def lose(method: str, _subject: str) -> None:
        calls.append(method)
        if method == "create":
            raise WriteUncertainError("no answer")

    world.connector.after = lose
    world.run()
    world.connector.after = None
    (card,) = world.tasks
    world.clock.sleep(3600)
    world.connector.comment(KEY, card.key, "Je m’en occupe")
    world.clock.sleep(3600)
    on = world.connector.pull(KEY).snapshot
    settle_cards(world.ledger, [on.board], on.tasks, now=world.clock.now())
    (run,) = world.ledger.runs(9)
    found = undoing(world, run.id)
    assert (found.plan.changes, [each.why for each in found.left]) == ((), [Left.CHANGED])


def test_a_fast_clock_hides_nobody() -> None:
    """What a person did a minute after a card was made is theirs, though our clock was ten minutes ahead."""
    world = World()
    server = world.clock
    world.clock = SteppingClock(NOW + timedelta(minutes=10))
    world.run()
    (run,) = world.ledger.runs(9)
    assert len(undoing(world, run.id).plan.changes) == COUNT
    server.sleep(60)
    world.connector.comment(KEY, world.tasks[0].key, "Je m’en occupe")
    assert len(undoing(world, run.id).plan.changes) == COUNT - 1


def test_a_comment_between_the_question_and_the_undo() -> None:
    """A card that somebody comments on while the undo is being shown is not set aside; the others are."""
    world = World()
    world.run()
    (run,) = world.ledger.runs(9)
    plan_ = undoing(world, run.id).plan
    world.clock.sleep(60)
    world.connector.comment(KEY, world.tasks[0].key, "Je m’en occupe")
    applied = apply(plan_, {KEY: world.connector}, world.ledger, world.clock, "back", zone=PARIS)
    assert [(change.task, why) for change, why in applied.refused] == [(world.tasks[0].key, Refusal.CHANGED)]
    assert [task.archived for task in world.tasks] == [False, *[True] * (COUNT - 1)]
