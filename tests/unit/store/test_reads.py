"""What a read adds to what earlier ones told of a board."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.model import Board, Category, DueMove, Identity, Snapshot, Standing, Status, StatusOrigin, Task
from retro.store.reads import Kept, dues_of, dues_text, seen_of, seen_text, with_read

NOW = datetime(2027, 1, 4, 6, 30, tzinfo=UTC)
BOARD = Board(key="b", name="Contenus", source="s")
DAY = timedelta(days=1)


def card(key: str, category: Category = Category.DOING, **facts: object) -> Task:
    """A card that stands in a category."""
    task = Task(key=key, board="b", title=key, status=Status(category.value, category, StatusOrigin.MAPPED))
    return replace(task, **facts)  # type: ignore[arg-type]  # fields of Task, by name


def read(
    kept: Kept | None, days: float, *tasks: Task, board: Board = BOARD, own: Mapping[str, datetime] | None = None
) -> Kept:
    """What is kept once the board was read so many days later."""
    return with_read(kept, Snapshot(board=board, tasks=tasks, read_at=NOW + days * DAY), own or {})[0]


def moves(kept: Kept, days: float, *tasks: Task) -> Mapping[str, DueMove]:
    """The due dates that such a read finds to have moved."""
    return with_read(kept, Snapshot(board=BOARD, tasks=tasks, read_at=NOW + days * DAY), {})[1]


@given(st.lists(st.sampled_from(list(Category)), min_size=1, max_size=12))
def test_a_task_stands_since_the_first_of_the_reads_in_a_row(categories: list[Category]) -> None:
    """However it went to and fro before, and whatever is not open is not kept."""
    kept = None
    for days, category in enumerate(categories):
        kept = read(kept, days, card("t", category))
    assert kept is not None
    last, first = categories[-1], len(categories) - 1
    while first and categories[first - 1] is last:
        first -= 1
    expected = {"t": Standing(last, NOW + first * DAY)} if last.is_open else {}
    assert kept.seen.standing == expected
    assert kept.seen.first == NOW


def test_a_run_that_looked_ahead_is_overtaken() -> None:
    """What a look into the future found is known from now on, once now has been read."""
    kept = read(read(None, 30, card("t")), 0, card("t"))
    assert (kept.seen.first, kept.seen.standing["t"].since) == (NOW, NOW)


def test_rows_without_an_identity_are_not_followed() -> None:
    """A row known by its place only may be another one tomorrow."""
    row = card("s:3", identity=Identity.POSITIONAL, due=date(2027, 2, 1))
    kept = read(None, 0, row)
    assert (kept.seen.standing, kept.dues) == ({}, {})


def test_a_due_date_has_moved_from_one_day_to_another_only() -> None:
    """To be given a date, to lose it or to keep it is no move; of one that moved, both days are kept."""
    kept = read(None, 0, card("new"), card("lost", due=date(2027, 2, 1)), card("moved", due=date(2027, 2, 1)))
    later = (card("new", due=date(2027, 2, 1)), card("lost"), card("moved", due=date(2027, 2, 8)))
    assert moves(kept, 1, *later) == {"moved": DueMove(NOW + DAY, None, date(2027, 2, 1), date(2027, 2, 8))}
    assert moves(read(kept, 1, *later), 2, *later) == {}


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        ((card("t", updated=NOW), card("u", Category.TODO, updated=NOW)), False),
        ((card("t", updated=NOW + DAY, title="new"), card("u", Category.TODO, updated=NOW)), False),
        ((card("t", updated=NOW),), True),
        ((card("t", Category.REVIEW, updated=NOW), card("u", Category.TODO, updated=NOW)), True),
    ],
    ids=["same", "a stamp tells", "one is gone", "one has moved"],
)
def test_a_read_finds_what_stamps_do_not_tell(after: tuple[Task, ...], *, changed: bool) -> None:
    """A card that left or moved changes the board; what its time stamp tells is not found twice."""
    kept = read(None, 0, card("t", updated=NOW), card("u", Category.TODO, updated=NOW))
    assert kept.seen.changed is None
    assert read(kept, 3, *after).seen.changed == (NOW + 3 * DAY if changed else None)


def test_without_stamps_every_change_counts() -> None:
    """Where the tool dates nothing, another revision of any row is a change."""
    kept = read(None, 0, card("t", revision="1"))
    assert read(kept, 1, card("t", revision="1")).seen.changed is None
    assert read(kept, 1, card("t", revision="2")).seen.changed == NOW + DAY


def test_own_writes_are_no_touch() -> None:
    """A stamp of retro's own write leaves the last touch of a person as it was; a later one is a person's again."""
    stamp = NOW + DAY
    kept = read(None, 0, card("t", updated=NOW))
    ours = read(kept, 2, card("t", updated=stamp), own={"t": stamp})
    assert (ours.seen.people, ours.seen.touched) == ({"t": NOW}, NOW)
    again = read(ours, 4, card("t", updated=stamp + 2 * DAY), own={"t": stamp + 2 * DAY})
    assert again.seen.people == {"t": NOW}, "nor is a second night's write"
    theirs = read(again, 5, card("t", updated=NOW + 5 * DAY), own={"t": stamp + 2 * DAY})
    assert (theirs.seen.people, theirs.seen.touched) == ({"t": NOW + 5 * DAY}, NOW + 5 * DAY)


def test_a_cut_read_takes_nothing_away() -> None:
    """What a tool did not show stands where it stood, and does not count as gone."""
    kept = read(None, 0, card("t"), card("u", due=date(2027, 2, 1)))
    after = read(kept, 1, card("t", Category.REVIEW), board=replace(BOARD, whole=False))
    assert after.seen.standing == {"t": Standing(Category.REVIEW, NOW + DAY), "u": Standing(Category.DOING, NOW)}
    assert (after.dues, after.seen.changed) == ({"u": date(2027, 2, 1)}, None)


KEYS = st.text(min_size=1, max_size=8)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@given(
    st.dictionaries(KEYS, st.builds(Standing, st.sampled_from(list(Category)), INSTANTS)),
    st.dictionaries(KEYS, INSTANTS),
    st.dictionaries(KEYS, st.one_of(st.dates(), INSTANTS)),
)
def test_texts_come_back_as_they_were(
    standing: dict[str, Standing], people: dict[str, datetime], dues: dict[str, date]
) -> None:
    """Keys of any characters, instants to the microsecond, dates and instants apart."""
    seen = replace(read(None, 0).seen, standing=standing, people=people)
    assert seen_of(seen_text(seen), first=seen.first, changed=seen.changed, touched=seen.touched) == seen
    assert dues_of(dues_text(dues)) == dues
