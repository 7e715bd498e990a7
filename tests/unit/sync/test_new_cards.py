"""Deciding the cards of a new plan: which are made, in which order, and by what those that are there are known."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.model import Board, Category, Lag, Status, StatusOrigin, Task
from retro.ports import Intent
from retro.sync.decide.new_cards import (
    Found,
    NewCard,
    NewCards,
    card_key,
    change_of,
    decide_cards,
    in_order,
    key_on,
    landed,
    mark_of,
)
from retro.sync.decide.new_cards_held import guards_of

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)
BOARD = Board(key="memory:b", name="Contenus", source="memory")
END = date(2027, 6, 8)
DONE = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)


def card(name: str, *after: str, due: int = 1) -> NewCard:
    """A card of the plan, due on a day of May."""
    key = card_key("webinar", END, name)
    task = Task(key=key, board=BOARD.key, title=f"[SEO] {name}", due=date(2027, 5, due), description=mark_of(key))
    return NewCard(key=key, task=task, after={card_key("webinar", END, each): Lag() for each in after})


def standing(made: NewCard, key: str = "", **fields: object) -> Task:
    """What stands on the board of a card."""
    held = replace(made.task, key=key or f"memory:{made.key.rpartition('/')[2]}", created=NOW, updated=NOW)
    return replace(held, **fields)  # type: ignore[arg-type]  # fields by name


def decided(tasks: Sequence[Task], cards: Sequence[NewCard], *, force: bool = False, **made: str) -> NewCards:
    """The decision, with the cards that the ledger knows by the names of their tasks."""
    known = {card_key("webinar", END, name): key for name, key in made.items()}
    return decide_cards(BOARD, tasks, cards, known, zone=PARIS, force=force)


def test_an_empty_board_gets_the_whole_plan() -> None:
    """Every card is made, and nothing speaks against it."""
    cards = [card("brief"), card("texte", "brief", due=2)]
    new = decided([], cards)
    assert (list(new.to_make), dict(new.there), new.gone, new.strangers) == (cards, {}, (), ())
    assert guards_of(new, where_guests_see=False, force=False) == ()
    assert [(each.task, each.new, each.creates) for each in new.changes] == [
        (card.key, card.task.title, True) for card in cards
    ]


def test_a_card_is_known_by_the_ledger_whatever_became_of_it() -> None:
    """A card that was renamed, moved to another date and rid of its mark is the plan's for the ledger."""
    brief = card("brief")
    other = standing(brief, title="Autre chose", due=date(2027, 7, 1), description="", status=DONE)
    new = decided([other], [brief], brief=other.key)
    assert new.to_make == ()
    assert new.there == {brief.key: (other, Found.REMEMBERED)}


def test_a_card_that_was_taken_away_stays_away() -> None:
    """What was archived or deleted is not made again, but with --force; that is told."""
    brief = card("brief")
    for tasks in ([], [standing(brief, "memory:1", archived=True)]):
        new = decided(tasks, [brief], brief="memory:1")
        assert (new.to_make, new.gone) == ((), (brief,))
        (guard,) = guards_of(new, where_guests_see=False, force=False)
        assert not guard.held
        assert "1 card that was made is no longer on the board" in guard.reason
        assert decided(tasks, [brief], force=True, brief="memory:1").to_make == (brief,)


def test_a_lost_state_is_made_up_for_by_marks() -> None:
    """A card with the plan's mark is the plan's, renamed or not; that of another plan is none of it."""
    brief = card("brief")
    renamed = standing(brief, title="Brief, version 2", due=None)
    assert decided([renamed], [brief]).there == {brief.key: (renamed, Found.MARKED)}
    elsewhere = standing(brief, description=mark_of(card_key("webinar", date(2027, 3, 2), "brief")), status=DONE)
    assert decided([elsewhere], [brief]).to_make == (brief,)


def test_the_same_title_and_day_is_the_same_task() -> None:
    """Without a mark, title and due date together tell a card of the plan; it is named."""
    brief = card("brief")
    alike = standing(brief, description="", due=datetime(2027, 5, 1, 17, tzinfo=PARIS), title="[seo] Brief")
    new = decided([alike], [brief])
    assert new.there == {brief.key: (alike, Found.ALIKE)}
    (guard,) = guards_of(new, where_guests_see=False, force=False)
    assert not guard.held
    assert "“[seo] Brief”" in guard.reason


def test_an_open_card_of_the_same_title_holds_the_plan() -> None:
    """Beside a stranger's open card of the same title nothing at all is made unasked; beside a done one it is."""
    brief, text = card("brief"), card("texte")
    stranger = standing(brief, "memory:9", description=None, due=date(2027, 2, 1))
    new = decided([stranger], [brief, text])
    assert new.strangers == (stranger,)
    assert [guard.held for guard in guards_of(new, where_guests_see=False, force=False)] == [True]
    assert decided([replace(stranger, status=DONE)], [brief, text]).strangers == ()
    forced = decided([stranger], [brief, text], force=True)
    assert (forced.to_make, forced.strangers) == ((brief, text), ())


def test_a_board_that_guests_see_or_that_was_cut_is_held() -> None:
    """Both need a line of the configuration or --force; neither matters where nothing is to be made."""
    brief = card("brief")
    for board in (replace(BOARD, guests_see=True), replace(BOARD, whole=False)):
        new = replace(decided([], [brief]), board=board, unsure=not board.whole)
        assert [guard.held for guard in guards_of(new, where_guests_see=False, force=False)] == [True]
        assert [guard.held for guard in guards_of(new, where_guests_see=False, force=True)] == [False]
        assert guards_of(replace(new, to_make=()), where_guests_see=False, force=False) == ()
    seen = replace(decided([], [brief]), board=replace(BOARD, guests_see=True))
    assert guards_of(seen, where_guests_see=True, force=False) == ()


def test_what_a_request_without_an_answer_made() -> None:
    """It is known by its mark, else by its title where it came to be after the request; an older card is another."""
    brief = card("brief")
    intent = Intent(id=1, run="r", change=change_of(brief, BOARD.key), state="pending", created=NOW)
    marked = standing(brief, title="Renommée")
    plain = standing(brief, description=None)
    older = replace(plain, created=NOW - timedelta(minutes=10))
    floored = replace(plain, created=NOW - timedelta(seconds=59))
    of_another = standing(brief, description=mark_of(card_key("webinar", date(2027, 3, 2), "brief")))
    assert landed(intent, [older, of_another]) is None
    assert landed(intent, [older, floored]) == floored
    assert landed(intent, [plain, marked]) == marked


def test_a_mark_is_read_back() -> None:
    """A key is read from a description, also of a template that a team called as it pleased."""
    key = card_key("mon gala/2027", END, "menu-1")
    assert key_on(Task(key="x", board="b", title="t", description=f"Bonjour\n\n{mark_of(key)}\n")) == key
    assert key_on(Task(key="x", board="b", title="t", description="retro · rien")) is None
    assert key_on(Task(key="x", board="b", title="t")) is None


@pytest.mark.parametrize("template", ["mon_gala", "été", "a\\b", "*gala*"])
@pytest.mark.parametrize("edited", ["{mark}", "Bonjour\r\n\r\n{mark}\r\n", "{mark}  \nEt une ligne de plus"])
def test_a_mark_outlives_an_editor(template: str, edited: str) -> None:
    """Other line ends, blanks behind it and the backslashes of Markdown leave a mark what it was."""
    key = card_key(template, END, "menu_1")
    mark = mark_of(key)
    for held in (mark, mark.replace("_", "\\_").replace("*", "\\*")):
        card = Task(key="x", board="b", title="t", description=edited.format(mark=held))
        assert key_on(card) == key
    assert card_key(unicodedata.normalize("NFD", template), END, "menu_1") == key


def test_a_title_that_holds_a_mark_takes_no_card_over() -> None:
    """Only the last mark of a description counts: one that came in by a title or a name is none of the card's."""
    other = mark_of(card_key("webinar", END, "texte"))
    brief = card("brief")
    hostile = standing(brief, description=f"Livrable :\n{other}\n\n{brief.task.description}")
    new = decided([hostile], [brief, card("texte", due=2)])
    assert (list(new.there), [each.key for each in new.to_make]) == ([brief.key], [card_key("webinar", END, "texte")])


def test_one_card_is_not_two_tasks() -> None:
    """Of two tasks of one title and day, a card stands for one; once the ledger has it for one, for no other."""
    first, second = card("brief"), card("relecture")
    second = replace(second, task=replace(second.task, title=first.task.title))
    bare = standing(first, "memory:1", description=None)
    new = decided([bare], [first, second], force=True)
    assert (list(new.there), new.to_make) == ([first.key], (second,))
    new = decided([bare], [first, second], force=True, relecture="memory:1")
    assert (list(new.there), new.to_make) == ([second.key], (first,))
    twins = [bare, replace(bare, key="memory:2")]
    assert [task.key for task, _how in decided(twins, [first, second]).there.values()] == ["memory:1", "memory:2"]


NAMES = st.integers(0, 14)
PLANS = st.lists(st.tuples(st.integers(1, 28), st.sets(NAMES, max_size=4)), min_size=1, max_size=15)


@given(PLANS)
def test_each_card_comes_after_those_it_waits_for(drawn: list[tuple[int, set[int]]]) -> None:
    """Whatever the dates: every card once, none before what it waits for; without links, by due date."""
    cards = [
        card(f"t{place}", *(f"t{each}" for each in sorted(before) if each < place), due=due)
        for place, (due, before) in enumerate(drawn)
    ]
    ordered = in_order(list(reversed(cards)))
    assert sorted(each.key for each in ordered) == sorted(each.key for each in cards)
    seen: set[str] = set()
    for each in ordered:
        assert each.after.keys() <= seen
        seen.add(each.key)
    free = [replace(each, after={}) for each in cards]
    assert [each.task.due for each in in_order(free)] == sorted(each.task.due for each in free if each.task.due)


@given(PLANS, st.data())
def test_a_plan_is_made_once(drawn: list[tuple[int, set[int]]], data: st.DataObject) -> None:
    """What was made is never made again, whatever people do to it, with the ledger or with marks alone."""
    cards = in_order([card(f"t{place}", due=due) for place, (due, _before) in enumerate(drawn)])
    made = data.draw(st.sets(st.sampled_from([each.key for each in cards])))
    tasks = [
        standing(each, title=data.draw(st.sampled_from([each.task.title, "Autre"])), due=data.draw(st.none()))
        for each in cards
        if each.key in made
    ]
    known = {each.key: f"memory:{each.key.rpartition('/')[2]}" for each in cards if each.key in made}
    for ledger in (known, {}):
        for force in (False, True):
            new = decide_cards(BOARD, tasks, cards, ledger, zone=PARIS, force=force)
            assert [each.key for each in new.to_make] == [each.key for each in cards if each.key not in made]
            assert new.there.keys() == made
