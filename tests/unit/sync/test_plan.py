"""A plan: which tasks may be written, how fields bear on each other, what is said of a board."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.memory_board import BOARD, CAN, NOW, PARIS, POLICY, workday

from retro.i18n import use
from retro.i18n.own_fields import FLAG
from retro.model import (
    Board,
    BoardKind,
    Category,
    Plan,
    Portfolio,
    Role,
    SourceState,
    SourceStatus,
    Status,
    StatusOrigin,
    Task,
    WriteLevel,
)
from retro.ports import Acknowledged
from retro.sync.decide import Remark, Wishes, WritePolicy, conflict_key, decide, has_stamp
from retro.sync.decide.values import Value

FRI8, MON11, TUE12, FRI19 = date(2027, 1, 8), date(2027, 1, 11), date(2027, 1, 12), date(2027, 2, 19)
OWN_LATEST = replace(POLICY, own=frozenset({"latest"}), fill=frozenset())
FILL = replace(POLICY, own=frozenset())


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


def task(key: str = "t1", **facts: object) -> Task:
    """A task on the board, edited yesterday."""
    return changed(
        Task(key=key, board=BOARD, title=f"Title of {key}", updated=NOW - timedelta(days=1), revision="r1"), facts
    )


def changed(made: Task, facts: dict[str, object]) -> Task:
    """A task with other facts."""
    return replace(made, **facts)  # type: ignore[arg-type]  # fields of Task, by name


def written(field: str, value: Value, *, asked: Value = None, at: datetime | None = None) -> Acknowledged:
    """A last acknowledged value of task t1."""
    return Acknowledged(task="t1", field=field, value=value, run="r0", asked=value if asked is None else asked, at=at)


def plan(
    *tasks: Task,
    wishes: Wishes | None = None,
    policy: WritePolicy = OWN_LATEST,
    known: tuple[Acknowledged, ...] = (),
    board: Board | None = None,
    sources: tuple[SourceState, ...] = (),
    told: frozenset[tuple[str, str, str]] = frozenset(),
) -> Plan:
    """The plan where every task has the same wishes: a latest date, unless told otherwise."""
    wish = wishes or Wishes(values={"retro_latest": FRI19})
    return decide(
        Portfolio(boards=(board or Board(key=BOARD, name="B", source="s"),), tasks=tasks, sources=sources),
        {each.key: wish for each in tasks},
        {BOARD: policy},
        {(each.task, each.field): each for each in known},
        now=NOW,
        zone=PARIS,
        workday=workday,
        told=told,
    )


def written_fields(made: Plan) -> dict[str, Value]:
    """New values by field."""
    return {change.field: change.new for change in made.changes}


def test_change_carries_all_that_apply_and_undo_need() -> None:
    """A change says which cell, from what to what, why, and on which revision it rests; so does its column."""
    made = plan(task(url="https://trello.com/c/1"))
    (change,) = made.changes
    assert (change.task, change.title, change.url, change.board) == (
        "t1",
        "Title of t1",
        "https://trello.com/c/1",
        BOARD,
    )
    assert (change.field, change.level, change.old, change.new) == ("retro_latest", WriteLevel.OWN, None, FRI19)
    assert (change.why, change.revision) == ("schedule", "r1")
    assert [(each.field, each.name, each.action) for each in made.setup] == [
        ("retro_latest", "retro · au plus tard", "create")
    ]
    assert made.made_at == NOW


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Montreal", "Pacific/Auckland", "Asia/Kolkata", "UTC"])
@pytest.mark.parametrize("hour", [time(4, 30), time(10), time(17), time(22), time(23, 59)])
@pytest.mark.parametrize("month", [3, 7, 10])
def test_an_overwritten_date_keeps_the_hour_of_the_team(zone: str, hour: time, month: int) -> None:
    """A date that retro moves, over a change of clocks too, stays at the hour that the team gave it, night by night."""
    there = ZoneInfo(zone)
    policy = replace(POLICY, own=frozenset(), fill=frozenset(), overwrite=frozenset({"due"}))
    moved = datetime(2027, month, 31, 11, 45, tzinfo=there)
    held = datetime.combine(date(2027, month - 1, 20), hour, there).astimezone(UTC)
    known: dict[tuple[str, str], Acknowledged] = {}
    for wish in (moved, moved + timedelta(days=9)):
        made = decide(
            Portfolio(boards=(Board(key=BOARD, name="B", source="s"),), tasks=(task(due=held),)),
            {"t1": Wishes(values={"due": wish})},
            {BOARD: policy},
            known,
            now=NOW,
            zone=there,
            workday=workday,
        )
        (change,) = made.changes
        assert isinstance(change.new, datetime)
        assert (change.new.date(), change.new.time()) == (wish.date(), hour)
        held = change.new.astimezone(UTC)  # as the tool gives it back
        known = {("t1", "due"): written("due", held, asked=change.new)}


def test_a_date_that_retro_fills_in_has_the_hour_of_the_schedule() -> None:
    """An empty cell gets the advised instant as it is."""
    at = datetime(2027, 2, 16, 11, 45, tzinfo=PARIS)
    assert written_fields(plan(task(), wishes=Wishes(values={"due": at}), policy=FILL)) == {"due": at}


def test_a_field_that_the_board_cannot_hold_is_said_once() -> None:
    """What this very board cannot hold is not planned, and one sentence a reason says why."""
    policy = replace(POLICY, fill=frozenset(), cannot=dict.fromkeys(("latest", "review", "margin"), "No fields here."))
    made = plan(task(), wishes=Wishes(values={"retro_latest": FRI19}, remarks=(Remark("A", "b"),)), policy=policy)
    assert (made.changes, made.setup) == ((), ())
    assert [(guard.reason, guard.held) for guard in made.guards] == [("No fields here.", False)]


def test_a_comment_says_something_or_is_not_there() -> None:
    """Without remarks there is no comment for a stamp alone; with remarks it ends with the stamp."""
    policy = replace(POLICY, fill=frozenset(), review_in="comment")
    quiet = plan(task(), policy=policy)
    assert written_fields(quiet) == {"retro_latest": FRI19}
    loud = plan(task(), wishes=Wishes(values={"retro_latest": FRI19}, remarks=(Remark("A1", "b"),)), policy=policy)
    assert str(written_fields(loud)["retro_review"]).startswith("A1 b\n[retro ")


@pytest.mark.parametrize(("remarks", "new"), [((Remark("A1", "b"),), FLAG), ((), None)])
def test_a_label_is_one_value(remarks: tuple[Remark, ...], new: Value) -> None:
    """A label is wanted wherever there are remarks, whatever they say, and taken off where there are none."""
    policy = replace(POLICY, own=frozenset({"review"}), fill=frozenset(), review_in="label")
    held = task(own={"review": FLAG}, marks={"review": "label:1"})
    wishes = Wishes(remarks=remarks)
    bare = plan(task(), wishes=wishes, policy=policy)
    flagged = plan(held, wishes=wishes, policy=policy, known=(written("retro_review", FLAG),))
    assert written_fields(bare) == ({"retro_review": FLAG} if remarks else {})
    assert written_fields(flagged) == ({} if remarks else {"retro_review": new})


def test_change_ids_are_stable_and_distinct() -> None:
    """The same change has the same id in every run, and another value, task or revision another one."""
    ids = [
        plan(each, wishes=Wishes(values={"retro_latest": day})).changes[0].id
        for each, day in (
            (task(), FRI19),
            (task(), FRI19),
            (task("t2"), FRI19),
            (task(revision="r2"), FRI19),
            (task(), TUE12),
        )
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4


@pytest.mark.parametrize(
    "facts",
    [
        {"status": Status("Terminé", Category.DONE, StatusOrigin.MAPPED)},
        {"status": Status("Annulé", Category.CANCELLED, StatusOrigin.MAPPED)},
        {"archived": True},
        {"role": Role.TEMPLATE},
        {"role": Role.INFORMATIVE},
        {"role": Role.SEPARATOR},
        {"opted_out": True},
        {"key": "t0/item1", "parent": "t0", "role": Role.ITEM},
    ],
)
def test_tasks_that_are_never_written(facts: dict[str, object]) -> None:
    """Done, cancelled, archived, template, informative and opted-out tasks and checklist items are left alone."""
    assert plan(changed(task(), facts)).changes == ()


def test_parent_is_a_span_and_not_written() -> None:
    """A task with children is not written; its children are; an archived child makes no parent."""
    made = plan(task("t1"), task("t2", parent="t1"), task("t3"), task("t4", parent="t3", archived=True))
    assert [change.task for change in made.changes] == ["t2", "t3"]


def test_idea_is_written_like_any_open_task() -> None:
    """An idea loses the date that it had as a task: it is not scheduled any more."""
    idea = task(status=Status("Idées", Category.IDEA, StatusOrigin.MAPPED), own={"latest": FRI8})
    made = plan(idea, wishes=Wishes(values={"retro_latest": None}), known=(written("retro_latest", FRI8),))
    assert written_fields(made) == {"retro_latest": None}


def test_board_without_policy_is_not_looked_at() -> None:
    """Writing is off until a board's configuration switches it on."""
    made = decide(
        Portfolio(boards=(Board(key=BOARD, name="B", source="s"),), tasks=(task(due=FRI8),)),
        {"t1": Wishes(values={"retro_latest": FRI19, "due": FRI19})},
        {},
        {},
        now=NOW,
        zone=PARIS,
        workday=workday,
    )
    assert (made.changes, made.conflicts, made.setup, made.guards) == ((), (), (), ())


def test_board_that_guests_see_needs_its_second_line() -> None:
    """A board that guests see is not written, and it is said, until the second line; unknown counts as inside."""
    seen = Board(key=BOARD, name="B", source="s", guests_see=True)
    refused = plan(task(), board=seen)
    assert (refused.changes, refused.setup) == ((), ())
    assert [(guard.held, "write_where_guests_see" in guard.reason) for guard in refused.guards] == [(False, True)]
    assert plan(task(), board=seen, policy=replace(OWN_LATEST, where_guests_see=True)).changes
    assert plan(task(), board=replace(seen, guests_see=None)).changes


def test_quiet_period_after_a_human_edit() -> None:
    """A task edited minutes ago waits and is counted; later, or if the edit was retro's own, it is written."""
    fresh = NOW - timedelta(minutes=9, seconds=59)
    waiting = plan(task(updated=fresh), task("t2"))
    assert [change.task for change in waiting.changes] == ["t2"]
    assert [guard.reason for guard in waiting.guards] == [
        "1 task was edited less than 10 min ago: it is left for the next run."
    ]
    assert plan(task(updated=NOW - timedelta(minutes=10))).changes
    assert plan(task(updated=NOW + timedelta(seconds=30))).changes == ()
    ours = written("retro_review", "x", at=fresh)
    assert plan(task(updated=fresh), known=(ours,)).changes
    assert plan(task(updated=fresh + timedelta(seconds=1)), known=(ours,)).changes == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "waits"),
    [("bot", "lea", True), ("bot", "bot", False), ("bot", None, False), ("", "lea", False)],
)
def test_quiet_period_after_an_edit_in_the_minute_of_our_write(ours: str, theirs: str | None, waits: bool) -> None:  # noqa: FBT001 - a parameter
    """Where stamps are whole minutes, another last editor than retro's write had left tells of a person's edit."""
    at = NOW - timedelta(minutes=3)
    known = (replace(written("retro_review", "x", at=at + timedelta(seconds=20)), editor=ours),)
    made = plan(task(updated=at, last_editor=theirs), known=known)
    assert (not made.changes) is waits


def test_conflict_is_reported_in_the_quiet_period_too() -> None:
    """In a quiet period everything but the write happens."""
    made = plan(task(updated=NOW, own={"latest": FRI8}), known=(written("retro_latest", TUE12),))
    assert [(each.written, each.current, each.wanted) for each in made.conflicts] == [(TUE12, FRI8, FRI19)]
    assert made.guards == ()


def test_conflict_is_new_once() -> None:
    """A conflict that was told before stands in the plan, but is not new, until the human value changes."""
    held = task(own={"latest": FRI8})
    (first,) = plan(held).conflicts
    assert first.new
    told = frozenset({conflict_key(first, PARIS)})
    assert [each.new for each in plan(held, told=told).conflicts] == [False]
    assert [each.new for each in plan(task(own={"latest": MON11}), told=told).conflicts] == [True]


def test_fields_beyond_the_tool_are_said_not_planned() -> None:
    """A field that the tool cannot hold is left out and named once for the board."""
    policy = replace(
        POLICY,
        own=frozenset({"latest", "margin"}),
        capabilities=replace(CAN, own=frozenset({"latest"}), writable=frozenset()),
    )
    made = plan(task(), wishes=Wishes(values={"retro_latest": FRI19, "retro_margin": 1.5, "due": FRI19}), policy=policy)
    assert set(written_fields(made)) == {"retro_latest"}
    assert [guard.reason for guard in made.guards] == [
        "This board cannot hold what it was asked to: due, retro_margin, start."
    ]


def test_columns_are_made_on_demand() -> None:
    """A column is set up only where a change needs it and the board has none."""
    wishes = Wishes(values={"retro_latest": FRI19, "retro_margin": None})
    policy = replace(POLICY, own=frozenset({"latest", "margin"}))
    assert [each.field for each in plan(task(), wishes=wishes, policy=policy).setup] == ["retro_latest"]
    has = Board(key=BOARD, name="B", source="s", own_fields=("latest",))
    assert plan(task(), wishes=wishes, policy=policy, board=has).setup == ()


@pytest.mark.parametrize(
    ("wanted", "moves"),
    [
        (date(2027, 1, 8), False),
        (date(2027, 1, 10), False),  # over a weekend, no working day later
        (MON11, False),  # one working day later
        (TUE12, True),  # two
        (date(2027, 1, 7), True),  # one earlier
    ],
)
@pytest.mark.parametrize("field", ["due", "retro_due"])
def test_advised_date_stays_when_hardly_later(field: str, wanted: date, moves: bool) -> None:  # noqa: FBT001 - a parameter
    """A conseillé date stays when the new one is later by one working day or less; an earlier one is always written."""
    policy = replace(POLICY, own=frozenset({"due"}), fill=frozenset({"due"}))
    held = task(own={"due": FRI8}) if field == "retro_due" else task(due=FRI8)
    made = plan(held, wishes=Wishes(values={field: wanted}), policy=policy, known=(written(field, FRI8),))
    assert bool(made.changes) == moves


def test_latest_is_always_exact() -> None:
    """« Au plus tard » moves by a single day."""
    made = plan(
        task(own={"latest": FRI8}),
        wishes=Wishes(values={"retro_latest": MON11}),
        known=(written("retro_latest", FRI8),),
    )
    assert written_fields(made) == {"retro_latest": MON11}


def test_start_is_never_written_after_its_finish() -> None:
    """A start after the team's own due date is not filled in, nor a due date before the team's own start."""
    wishes = Wishes(values={"start": TUE12, "due": FRI19})
    late = plan(task(due=MON11), wishes=wishes, policy=FILL)
    assert late.changes == ()
    assert [each.field for each in late.conflicts] == ["due"]
    assert plan(task(start=date(2027, 3, 1)), wishes=wishes, policy=FILL).changes == ()


def test_dates_that_would_cross_move_together() -> None:
    """Where the finish would stay by hysteresis and the start would pass it, both take their computed dates."""
    wishes = Wishes(values={"start": MON11, "due": MON11})
    known = (written("start", date(2027, 1, 6)), written("due", FRI8))
    made = plan(task(start=date(2027, 1, 6), due=FRI8), wishes=wishes, policy=FILL, known=known)
    assert written_fields(made) == {"start": MON11, "due": MON11}


def test_start_waits_for_a_finish_where_the_tool_wants_one() -> None:
    """Where start needs due, a start is not written alone."""
    policy = replace(FILL, fill=frozenset({"start"}), capabilities=replace(CAN, start_needs_due=True))
    wishes = Wishes(values={"start": FRI8, "due": FRI19})
    assert plan(task(), wishes=wishes, policy=policy).changes == ()
    assert written_fields(plan(task(due=FRI19), wishes=wishes, policy=policy)) == {"start": FRI8}
    both = replace(policy, fill=frozenset({"start", "due"}))
    assert written_fields(plan(task(), wishes=wishes, policy=both)) == {"start": FRI8, "due": FRI19}


def test_editorial_due_date_never_moves() -> None:
    """On an editorial board a card's due date is its publication."""
    board = Board(key=BOARD, name="B", source="s", kind=BoardKind.EDITORIAL)
    policy = replace(POLICY, fill=frozenset(), overwrite=frozenset({"due", "start"}))
    made = plan(task(), wishes=Wishes(values={"due": FRI19, "start": FRI8}), policy=policy, board=board)
    assert set(written_fields(made)) == {"start"}


def test_overwrite_is_written_and_told() -> None:
    """Where the team handed a field over whole, a human's later change is written over and reported."""
    policy = replace(POLICY, own=frozenset(), fill=frozenset(), overwrite=frozenset({"due"}))
    made = plan(task(due=TUE12), wishes=Wishes(values={"due": FRI19}), policy=policy, known=(written("due", FRI8),))
    assert [(change.level, change.old, change.new) for change in made.changes] == [(WriteLevel.OVERWRITE, TUE12, FRI19)]
    assert [each.field for each in made.conflicts] == ["due"]


def test_dates_wait_for_a_source_that_was_never_read() -> None:
    """Unreachable tasks are not gone: no date is written or emptied while a source is entirely unknown."""
    never = SourceState(id="base", kind="notion", state=SourceStatus.FAILED)
    held = task(own={"latest": FRI8})
    made = plan(
        held, wishes=Wishes(values={"retro_latest": None}), known=(written("retro_latest", FRI8),), sources=(never,)
    )
    assert made.changes == ()
    assert ["base" in guard.reason for guard in made.guards] == [True]
    stale = replace(never, state=SourceStatus.STALE)
    assert plan(held, known=(written("retro_latest", FRI8),), sources=(stale,)).changes


def test_dates_wait_for_a_single_board_that_was_never_read() -> None:
    """The other boards of its source do not stand in for it: its tasks may bear on theirs."""
    partly = SourceState(id="base", kind="notion", state=SourceStatus.STALE, unknown=("site",))
    made = plan(task(), wishes=Wishes(values={"retro_latest": FRI19}), sources=(partly,))
    assert made.changes == ()
    assert ["site" in guard.reason for guard in made.guards] == [True]


REVIEW = replace(POLICY, own=frozenset({"latest", "review"}), fill=frozenset())
REMARKS = (Remark("DAT103", "attendue le 8/01"), Remark("OWN101", "sans responsable"))


def test_review_text_has_a_line_a_remark_and_ends_with_its_stamp() -> None:
    """`retro · à revoir` holds code and fact line by line, then the stamp; its reason is the first code."""
    made = plan(task(), wishes=Wishes(values={"retro_latest": FRI19}, remarks=REMARKS), policy=REVIEW)
    text = written_fields(made)["retro_review"]
    assert isinstance(text, str)
    lines = text.splitlines()
    assert lines[:2] == ["DAT103 attendue le 8/01", "OWN101 sans responsable"]
    assert len(lines) == 3
    assert has_stamp(task(own={"review": text}))
    assert [change.why for change in made.changes] == ["schedule", "DAT103"]


@pytest.mark.parametrize(("most", "allowed"), [(None, 1900), (300, 300)])
def test_review_text_never_exceeds_what_the_tool_holds(most: int | None, allowed: int) -> None:
    """A wall of remarks is cut at a line's end with "+ N", stamp included, as the tool counts letters (UTF-16)."""
    remarks = tuple(Remark("DAT103", f"{'🚀' * 20} attendue le {day}/01") for day in range(1, 100))
    policy = replace(REVIEW, capabilities=replace(CAN, own_text_most=most))
    text = written_fields(plan(task(), wishes=Wishes(remarks=remarks), policy=policy))["retro_review"]
    assert isinstance(text, str)
    *lines, more, stamp = text.splitlines()
    assert len(text.encode("utf-16-le")) // 2 <= allowed
    assert lines == [remark.line for remark in remarks[: len(lines)]]
    assert more == f"+ {len(remarks) - len(lines)}"
    assert stamp.startswith("[retro ")


def test_review_without_remarks_holds_the_stamp_alone_or_nothing() -> None:
    """Without remarks the text is the stamp while another own field is written, and is emptied when none is."""
    alone = written_fields(plan(task(), policy=REVIEW))["retro_review"]
    assert isinstance(alone, str)
    assert len(alone.splitlines()) == 1
    held = task(own={"latest": FRI19, "review": alone})
    known = (written("retro_latest", FRI19), written("retro_review", alone))
    gone = plan(held, wishes=Wishes(values={"retro_latest": None}), policy=REVIEW, known=known)
    assert written_fields(gone) == {"retro_latest": None, "retro_review": None}


def test_stamp_follows_the_other_own_fields() -> None:
    """When « au plus tard » moves, the stamp beside it moves in the same write."""
    first = written_fields(plan(task(), policy=REVIEW))
    known = tuple(written(field, value) for field, value in first.items())
    held = task(own={field.removeprefix("retro_"): value for field, value in first.items()})
    assert plan(held, policy=REVIEW, known=known).changes == ()
    second = written_fields(plan(held, wishes=Wishes(values={"retro_latest": TUE12}), policy=REVIEW, known=known))
    assert second["retro_latest"] == TUE12
    assert second["retro_review"] != first["retro_review"]


def test_lost_state_is_made_up_for_by_the_stamp() -> None:
    """With the state lost, own values that the stamp vouches for go on being retro's."""
    first = written_fields(plan(task(), policy=REVIEW))
    held = task(own={field.removeprefix("retro_"): value for field, value in first.items()})
    assert plan(held, policy=REVIEW).changes == ()
    moved = plan(held, wishes=Wishes(values={"retro_latest": TUE12}), policy=REVIEW)
    assert written_fields(moved)["retro_latest"] == TUE12
    assert moved.conflicts == ()


def test_lost_state_never_claims_what_a_person_changed() -> None:
    """With the state lost and a value changed by a person, nothing is claimed: all stays and is reported."""
    first = written_fields(plan(task(), policy=REVIEW))
    held = task(own={"latest": MON11, "review": first["retro_review"]})
    made = plan(held, wishes=Wishes(values={"retro_latest": TUE12}, remarks=REMARKS), policy=REVIEW)
    assert made.changes == ()
    assert [each.field for each in made.conflicts] == ["retro_latest", "retro_review"]


def test_kept_human_value_stays_out_of_the_stamp() -> None:
    """A person's own « au plus tard » is not vouched for by the next stamp, so that it survives a lost state too."""
    known = (written("retro_latest", FRI8), written("retro_review", "[retro 00000000]"))
    held = task(own={"latest": MON11, "review": "[retro 00000000]"})
    wishes = Wishes(values={"retro_latest": TUE12}, remarks=REMARKS)
    text = written_fields(plan(held, wishes=wishes, policy=REVIEW, known=known))["retro_review"]
    lost = plan(task(own={"latest": MON11, "review": text}), wishes=wishes, policy=REVIEW)
    assert lost.changes == ()
    assert {each.field for each in lost.conflicts} >= {"retro_latest"}


def test_value_that_a_lost_state_shows_as_wanted_is_vouched_for_again() -> None:
    """A run that ended before its stamp, its state lost: the next stamp covers the date that stands as it is wanted."""
    held = task(own={"latest": FRI19})
    wishes = Wishes(values={"retro_latest": FRI19}, remarks=REMARKS)
    text = written_fields(plan(held, wishes=wishes, policy=REVIEW))["retro_review"]
    stamped = task(own={"latest": FRI19, "review": text})
    moved = plan(stamped, wishes=replace(wishes, values={"retro_latest": TUE12}), policy=REVIEW)
    assert written_fields(moved)["retro_latest"] == TUE12


def test_value_as_wanted_is_a_persons_where_writes_are_remembered() -> None:
    """Beside writes that the ledger knows, a date that nobody wrote down is a person's, though it be the wanted one."""
    held = task(own={"latest": FRI19})
    wishes = Wishes(values={"retro_latest": FRI19}, remarks=REMARKS)
    known = (written("retro_review", ""),)
    text = written_fields(plan(held, wishes=wishes, policy=REVIEW, known=known))["retro_review"]
    assert text != written_fields(plan(held, wishes=wishes, policy=REVIEW))["retro_review"]
