"""What the guards hold for whatever they are asked: time alone, order and renames hold nothing."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from tests.memory_board import BOARD, NOW

from retro.model import (
    AnchorVerdict,
    Board,
    ColumnUse,
    How,
    Portfolio,
    Project,
    Schedule,
    Snapshot,
    Task,
    TaskSchedule,
)
from retro.model.task import EstimateOrigin
from retro.sync.guards import (
    Fingerprint,
    fingerprint,
    jumped,
    lost_tasks,
    moved_into_the_past,
    read_elsewhere,
    shrunk,
)
from retro.sync.guards.clock import AHEAD, BACK
from retro.sync.guards.fingerprint import columns_of

PARIS, KIRITIMATI = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Kiritimati")
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
LAUNCHES = st.dictionaries(st.sampled_from("abc"), DAYS, max_size=3)
INSTANTS = st.builds(
    lambda seconds, zone: (NOW + timedelta(seconds=seconds)).astimezone(zone),
    st.integers(-30_000_000, 30_000_000),
    st.sampled_from([UTC, PARIS, KIRITIMATI]),
)
SPANS = st.timedeltas(timedelta(0), timedelta(days=400))
LOSSES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (max(pair), min(pair))), max_size=8
)
COLUMNS = st.dictionaries(
    st.sampled_from(["due", "owners", "estimate", "channel"]),
    st.dictionaries(st.sampled_from("wxyz"), st.sampled_from(["Échéance", "Qui", "JH"]), min_size=1, max_size=3),
)


@given(LAUNCHES, DAYS)
def test_time_alone_moves_no_launch_into_the_past(launches: dict[str, date], today: date) -> None:
    """The same launches hold nothing on any day, and neither do those that no earlier run knew."""
    for before in (launches, {}, None):
        assert list(moved_into_the_past(BOARD, before, launches, {}, today)) == []


@given(LAUNCHES, LAUNCHES, DAYS)
def test_only_launches_of_days_to_come_are_held(before: dict[str, date], now: dict[str, date], today: date) -> None:
    """As many are held as went from today or later to a day that is over; a launch that is over may be corrected."""
    moved = [key for key in now if key in before and before[key] >= today > now[key]]
    held = list(moved_into_the_past(BOARD, before, now, {}, today))
    assert all(guard.held for guard in held)
    assert len(held) <= len(moved)
    if not set(before.values()) & set(now.values()):
        assert len(held) == len(moved)
    assert list(moved_into_the_past(BOARD, before, now, {}, min([*before.values(), *now.values(), today]))) == []


@given(LAUNCHES, DAYS, DAYS)
def test_launches_that_change_places_are_not_moved(before: dict[str, date], past: date, today: date) -> None:
    """A launch of last year that is put before the others in the configuration moves none of them."""
    names = ["first", *before]
    now = dict(zip([*names[: len(before)], "last"], [past, *before.values()], strict=True))
    shifted = dict(zip(names, before.values(), strict=False))
    assert list(moved_into_the_past(BOARD, shifted, now, {}, today)) == []


@given(INSTANTS, SPANS, st.none() | SPANS)
def test_clock_that_goes_on_is_right(seen: datetime, later: timedelta, edited: timedelta | None) -> None:
    """Up to five weeks later, or any time while somebody works, is no jump; without anybody's edit, later is one."""
    now = seen + later
    edit = None if edited is None else now - edited
    held = jumped(BOARD, seen.astimezone(UTC), now, edit)
    elapsed = now.astimezone(UTC) - seen.astimezone(UTC)  # not `later` where the clocks changed in between
    assert (held is not None) == (elapsed > AHEAD and (edited is None or now.astimezone(UTC) - _utc(edit) > AHEAD))
    assert jumped(BOARD, None, now, edit) is None


@given(INSTANTS, SPANS, st.sampled_from([UTC, PARIS, KIRITIMATI]))
def test_clock_that_goes_back_is_held_in_every_zone(seen: datetime, earlier: timedelta, zone: ZoneInfo) -> None:
    """More than ten minutes back is a jump, in whatever zone either instant is told."""
    now = (seen.astimezone(UTC) - earlier).astimezone(zone)
    assert (jumped(BOARD, seen, now, None) is not None) == (earlier > BACK)


def _utc(instant: datetime | None) -> datetime:
    assert instant is not None
    return instant.astimezone(UTC)


@given(LOSSES, st.randoms(use_true_random=False))
def test_source_shrinks_whatever_the_order(losses: list[tuple[int, int]], random: object) -> None:
    """The order of boards is nothing; a source that lost nothing, or on one board only, is believed."""
    mixed = list(losses)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis' Random
    assert shrunk("s", mixed) == shrunk("s", losses)
    assert shrunk("s", [(opened, 0) for opened, _gone in losses]) is None
    assert shrunk("s", [*losses[:1], *((opened, 0) for opened, _gone in losses[1:])]) is None


@given(st.lists(st.integers(2, 20), min_size=2, max_size=8))
def test_source_that_lost_all_is_never_believed(opened: list[int]) -> None:
    """Two boards or more without any of their tasks are a source that shrank, and all but one task each too."""
    assert shrunk("s", [(count, count) for count in opened]) is not None
    assert shrunk("s", [(count, (count + 1) // 2) for count in opened]) is not None


@given(COLUMNS, COLUMNS)
def test_columns_beside_and_renamed_ones_hold_nothing(
    before: dict[str, dict[str, str]], more: dict[str, dict[str, str]]
) -> None:
    """What is read from the same columns, whatever they are called and whatever is read beside, is as before."""
    assert read_elsewhere(BOARD, before, before) is None
    assert read_elsewhere(BOARD, None, before) is None
    renamed = {role: dict.fromkeys(columns, "autre") for role, columns in before.items()}
    wider = {role: {**more.get(role, {}), **columns} for role, columns in renamed.items()}
    assert read_elsewhere(BOARD, before, {**more, **wider}) is None


@given(COLUMNS, st.sampled_from(["due", "owners", "estimate"]))
def test_a_column_that_dates_rest_on_is_missed(before: dict[str, dict[str, str]], role: str) -> None:
    """Without one of the columns of a role that dates rest on, the board is held; a channel's may go."""
    less = {each: columns for each, columns in before.items() if each != role}
    assert (read_elsewhere(BOARD, before, less) is not None) == (role in before)
    others = {each: columns for each, columns in before.items() if each != "channel"}
    assert read_elsewhere(BOARD, before, others) is None


@given(st.sets(st.integers(0, 12)), st.sets(st.integers(0, 12)), st.sets(st.integers(0, 12)))
def test_tasks_that_are_somewhere_are_not_lost(before: set[int], here: set[int], elsewhere: set[int]) -> None:
    """A board is held by what is nowhere any more, and never where all that it held is somewhere."""

    def made(numbers: Iterable[int]) -> tuple[Task, ...]:
        return tuple(Task(key=f"t{number}", board=BOARD, title="t") for number in sorted(numbers))

    read = Snapshot(board=Board(key=BOARD, name="B", source="s"), tasks=made(before), read_at=NOW)
    present = frozenset(f"t{number}" for number in here | elsewhere)
    held = lost_tasks(read, made(here), present)
    gone = before - here - elsewhere
    if not gone:
        assert held is None
    elif not here:
        assert held is not None
    else:
        assert (held is not None) == (len(before) >= 4 and 2 * len(gone) >= len(before))


@given(LAUNCHES, COLUMNS, st.integers(0, 3), INSTANTS, st.booleans())
def test_facts_come_back_as_they_were(
    launches: dict[str, date],
    columns: dict[str, dict[str, str]],
    tasks: int,
    seen: datetime,
    alone: bool,  # noqa: FBT001 - a parameter
) -> None:
    """What a fingerprint says of a board is read back from its text: launches, columns, tasks, sheets beside, clock."""
    uses = tuple(
        ColumnUse(role=role, name=name, how=How.NAMED, id=id_)
        for role, ids in columns.items()
        for id_, name in ids.items()
    )
    board = Board(key=BOARD, name="B", source="s", alias="classeur#un", mapping=uses)
    other = Board(key="memory:b2", name="C", source="s", alias="autre#deux" if alone else "classeur#deux")
    portfolio = Portfolio(
        boards=(board, other),
        tasks=tuple(Task(key=f"t{number}", board=BOARD, title="t") for number in range(tasks)),
        projects=(Project(key="p", name="P", boards=(BOARD,)),),
    )
    noon = {key: datetime(day.year, day.month, day.day, 12, tzinfo=PARIS) for key, day in launches.items()}
    schedule = Schedule(
        anchors=tuple(
            AnchorVerdict(key=key, name=key, project="p", date=noon[key], day=day, feasible=True)
            for key, day in launches.items()
        )
    )
    texts = fingerprint(
        portfolio, calendar="c", configuration="k", schedule=schedule, zone=PARIS, seen={BOARD: seen.astimezone(UTC)}
    )
    facts = Fingerprint.of(texts[BOARD])
    assert facts.launches == launches
    assert facts.columns == columns == columns_of(board)
    assert (facts.open_tasks, facts.seen) == (tasks, seen.astimezone(UTC))
    assert facts.beside == (frozenset() if alone else {"memory:b2"})
    assert Fingerprint.of(texts["memory:b2"]).launches == {}
    assert Fingerprint.of(texts["memory:b2"]).seen is None
    assert Fingerprint.of("") == Fingerprint()


def test_a_launch_reaches_the_boards_whose_tasks_work_to_it() -> None:
    """A task of another project that works to a launch has its board know the launch's date."""
    task = Task(key="t", board="memory:b2", title="t")
    portfolio = Portfolio(
        boards=(Board(key=BOARD, name="B", source="s"), Board(key="memory:b2", name="C", source="s")),
        tasks=(task,),
        projects=(Project(key="p", name="P", boards=(BOARD,)),),
    )
    planned = TaskSchedule(key="t", estimate_minutes=420, estimate_origin=EstimateOrigin.DEFAULT, anchor="p/0")
    launch = AnchorVerdict(key="p/0", name="L", project="p", date=datetime(2027, 3, 1, 17, tzinfo=PARIS), feasible=True)
    texts = fingerprint(
        portfolio, calendar="", configuration="", schedule=Schedule(tasks={"t": planned}, anchors=(launch,)), zone=PARIS
    )
    assert [Fingerprint.of(text).launches for text in texts.values()] == [{"p/0": date(2027, 3, 1)}] * 2
