"""What-if: both assessments come from the same boards, and only what is supposed makes them differ."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.schedule.conftest import NOW, PLAIN, make_portfolio, make_task

from retro.calendars import Calendars, build_calendar
from retro.config.durations import Duration
from retro.config.shape import Settings
from retro.model import Anchor, Category, Owner, OwnerKind, Person, Portfolio, Project
from retro.model.what_if import Lateness, OtherEnd, WhatIf, WhichDates
from retro.ports import ConfigurationError
from retro.run.assess import Means, assess
from retro.run.suppositions import Asked
from retro.run.what_if import what_if
from retro.schedule import ScheduleOptions

DAY = 420
END = date(2027, 1, 29)
"""A Friday, twenty working days from NOW on."""
FEW = make_portfolio({"a": 2, "b": 3, "c": 1}, ["a>b"], END)


def days(number: float) -> Duration:
    """So many working days."""
    return Duration(number, in_days=True)


def means(calendars: Calendars = PLAIN, **options: Any) -> Means:
    """What an assessment takes, without a configuration."""
    return Means(
        settings=Settings(), calendars=calendars, options=replace(ScheduleOptions(), **options), capabilities={}
    )


def supposing(portfolio: Portfolio, calendars: Calendars = PLAIN, now: datetime = NOW, **asked: Any) -> WhatIf:
    """What a portfolio would be like."""
    return what_if(portfolio, means(calendars), Asked(**asked), now=now, lang="en")


def moved(found: WhatIf) -> dict[str, int]:
    """Working minutes by task."""
    return {move.task.key: move.minutes for move in found.moves}


def test_a_slip_moves_the_start_of_the_task_and_what_it_waits_for() -> None:
    """Three days more: it and its predecessor begin three days earlier, and what is beside them stays."""
    found = supposing(FEW, slips=(("b", days(3)),))
    before, after = found.before.schedule.tasks, found.after.schedule.tasks
    assert after["b"].work_minutes == 6 * DAY
    assert before["b"].latest_finish == after["b"].latest_finish
    assert before["c"].latest_start == after["c"].latest_start
    assert moved(found)["a"] <= -3 * DAY
    assert moved(found)["b"] <= -3 * DAY
    assert "c" not in moved(found)


def test_a_slip_takes_its_days_from_the_margin_of_the_date() -> None:
    """What the chain takes longer is what its date has less to spare."""
    end = supposing(FEW, slips=(("b", days(3)),)).ends[0]
    assert end.before is not None
    assert end.after is not None
    assert (end.before.slack_minutes or 0) - (end.after.slack_minutes or 0) == 3 * DAY
    assert end.changed


def test_a_date_that_would_no_longer_hold_says_by_how_much() -> None:
    """Twenty days are there and five are taken: sixteen more are one too many."""
    after = supposing(FEW, slips=(("b", days(16)),)).ends[0].after
    assert after is not None
    assert not after.feasible
    assert after.missing_minutes == DAY
    assert after.chain == ("a", "b")
    assert {lever.kind for lever in after.levers} >= {"cut", "move"}


def test_two_slips_of_one_task_add_up() -> None:
    """Said twice is meant twice."""
    found = supposing(FEW, slips=(("b", days(1)), ("Tâche b", days(2))))
    assert found.after.schedule.tasks["b"].work_minutes == 6 * DAY


def test_a_task_cannot_take_less_than_nothing() -> None:
    """Taking ten days from a task of three leaves none."""
    found = supposing(FEW, slips=(("b", days(-10)),))
    assert found.after.schedule.tasks["b"].work_minutes == 0
    assert found.suppositions[0].minutes == -3 * DAY  # type: ignore[union-attr]  # a slip


@pytest.mark.parametrize(
    ("category", "fields", "left"),
    [
        (Category.DOING, {"remaining": 2 * DAY}, 3 * DAY),
        (Category.DOING, {"percent": 50.0}, 3 * DAY),
        (Category.REVIEW, {"reviewer": Owner("lea", "Léa")}, 2 * DAY),
        (Category.READY, {}, DAY),
        (Category.TODO, {"milestone": True}, DAY),
    ],
)
def test_whatever_its_state_a_task_has_a_day_more_to_do(category: Category, fields: dict[str, Any], left: int) -> None:
    """What is left of it, its review, or nothing: a slip adds to that."""
    portfolio = make_portfolio([make_task("a", 4, category, owner="hugo", **fields)], end=END)
    found = supposing(portfolio, slips=(("a", days(1)),))
    assert found.after.schedule.tasks["a"].work_minutes == left


def test_estimates_may_come_from_anywhere() -> None:
    """A chain of estimates that looks at points alone does not keep a slip or an addition from counting."""
    points = means(estimates=("points", "default"))
    asked = Asked(slips=(("c", days(1)),), additions=(("Visuels", Duration(600, in_days=False), None),))
    found = what_if(FEW, points, asked, now=NOW, lang="en")
    planned = found.after.schedule.tasks
    assert planned["c"].work_minutes == DAY + DAY
    assert planned["what-if:1"].work_minutes == 600


def test_leave_moves_the_work_of_who_is_away_and_no_other() -> None:
    """The last week off: Ada's task ends before it, Bob's latest dates stay."""
    portfolio = make_portfolio([make_task("a", 2, owner="Ada"), make_task("b", 2, owner="Bob")], end=END)
    found = supposing(portfolio, away=(("ada", date(2027, 1, 25), END),))
    before, after = found.before.schedule.tasks, found.after.schedule.tasks
    assert before["b"].latest_start == after["b"].latest_start
    assert moved(found)["a"] < 0
    finish = after["a"].latest_finish
    assert finish is not None
    assert finish.date() == date(2027, 1, 22)


def test_leave_is_taken_from_the_hours_that_somebody_has() -> None:
    """Who works on Mondays only goes on working on Mondays only."""
    monday = build_calendar([((540, 720), (780, 1020)), (), (), (), (), (), ()], zone=NOW.tzinfo)
    calendars = Calendars(project=PLAIN.project, people={"Ada": monday})
    portfolio = make_portfolio([make_task("a", 1, owner="Ada")], end=END)
    found = supposing(portfolio, calendars, away=(("Ada", date(2027, 1, 25), date(2027, 1, 25)),))
    finish = found.after.schedule.tasks["a"].latest_finish
    assert finish is not None
    assert finish.date() == date(2027, 1, 18)


def test_what_comes_on_top_works_to_the_last_end_of_its_project() -> None:
    """It waits for nothing, is new, and takes its owner's time."""
    portfolio = make_portfolio([make_task("a", 2, owner="Ada")], end=END)
    found = supposing(portfolio, additions=(("15 visuels", Duration(1800, in_days=False), "Ada"),))
    added = found.moves[0]
    assert (added.task.title, added.before, added.minutes) == ("15 visuels", None, 0)
    assert added.after.work_minutes == 1800
    assert added.after.anchor == "p/end"
    begins, ends = added.after.advised_start, added.after.advised_finish
    other = found.after.schedule.tasks["a"]
    assert begins is not None
    assert ends is not None
    assert other.advised_start is not None
    assert other.advised_finish is not None
    assert ends <= other.advised_start or other.advised_finish <= begins  # levelling: one after the other


def test_another_end_moves_everything_with_it() -> None:
    """A week earlier is five working days earlier for each task, and the two ends are one line."""
    found = supposing(FEW, end=date(2027, 1, 22))
    assert set(moved(found).values()) == {-5 * DAY}
    assert [(end.before is not None, end.after is not None) for end in found.ends] == [(True, True)]
    assert found.suppositions == (OtherEnd("p", "Projet", date(2027, 1, 22), END),)


def test_an_end_for_a_plan_without_one_is_no_change() -> None:
    """With something else asked, `--end` only names the date; alone, there is nothing to compare with."""
    endless = make_portfolio({"a": 2, "b": 3}, ["a>b"])
    both = supposing(endless, end=END, slips=(("b", days(1)),))
    assert [type(each).__name__ for each in both.suppositions] == ["Slip"]
    assert both.ends[0].before is not None
    alone = supposing(endless, end=END)
    assert alone.ends[0].before is None
    assert alone.moves == ()


def test_an_end_moves_the_milestone_that_stands_for_it() -> None:
    """A plan whose launch is a card works to that card: it is what another end means."""
    launch = make_task("z", milestone=True, due=END)
    portfolio = make_portfolio([make_task("a", 2), make_task("c", 1), launch], ["a>z"])
    found = supposing(portfolio, end=date(2027, 1, 22))
    (end,) = found.ends
    assert end.before is not None
    assert end.after is not None
    assert (end.before.day, end.after.day) == (END, date(2027, 1, 22))
    assert {key: minutes for key, minutes in moved(found).items() if key != "z"} == {"a": -5 * DAY, "c": -5 * DAY}
    assert found.suppositions == (OtherEnd("p", "Tâche z", date(2027, 1, 22), END, launch),)


def test_without_any_end_earliest_dates_tell() -> None:
    """A slip pushes what follows it."""
    found = supposing(make_portfolio({"a": 2, "b": 3}, ["a>b"]), slips=(("a", days(2)),))
    assert moved(found) == {"a": 2 * DAY, "b": 2 * DAY}
    assert {move.dates for move in found.moves} == {WhichDates.EARLIEST}


def test_one_of_several_projects() -> None:
    """`--project` moves one end and leaves the other; an addition needs it."""
    two = replace(
        FEW,
        projects=(
            replace(FEW.projects[0], tasks=("a", "b")),
            Project(
                key="q",
                name="Salon",
                boards=("b",),
                tasks=("c",),
                anchors=(Anchor(key="q/0", name="Salon", date=END, project="q"),),
            ),
        ),
    )
    found = supposing(two, end=date(2027, 1, 22), project="salon")
    assert set(moved(found)) == {"c"}
    with pytest.raises(ConfigurationError, match="2 projects"):
        supposing(two, additions=(("x", days(1), None),))
    added = supposing(two, additions=(("x", days(1), None),), project="q")
    assert added.moves[0].after.anchor == "q/0"


def test_dates_of_the_team_that_no_more_fit() -> None:
    """One is missed, one comes later than what is latest; what was so before is not said again."""
    portfolio = make_portfolio(
        [
            make_task("a", 2, due=date(2027, 1, 6)),
            make_task("b", 2, due=date(2027, 1, 29)),
            make_task("c", 9, due=date(2027, 1, 5)),
        ],
        ["a>b"],
        END,
    )
    found = supposing(portfolio, end=date(2027, 1, 22), slips=(("a", days(3)),))
    assert [(late.task.key, late.why) for late in found.late] == [("a", Lateness.MISSED), ("b", Lateness.TOO_LATE)]


def test_what_becomes_critical_is_named() -> None:
    """The task beside the chain, once it is longer than the chain."""
    found = supposing(FEW, slips=(("c", days(6)),))
    assert [task.key for task in found.critical] == ["c"]


def test_without_levelling_somebody_is_over() -> None:
    """Two tasks of four days in one week of five: three days over; as it is, one alone is none."""
    portfolio = make_portfolio([make_task("a", 4, owner="Ada")], end=END)
    unlevelled = replace(means(), levelling=False)
    asked = Asked(additions=(("x", days(4), "Ada"),))
    found = what_if(portfolio, unlevelled, asked, now=NOW, lang="en")
    week = found.over[0]
    assert (week.owner.key, week.monday, week.before) == ("Ada", date(2027, 1, 25), 0)
    # A critical task keeps a margin before the end, so that a part of it falls into the week before.
    assert 2 * DAY < week.after <= 4 * DAY
    assert supposing(portfolio, additions=(("x", days(4), "Ada"),)).over == ()


def test_weeks_count_from_the_start_that_is_given() -> None:
    """A plan of other years is looked at where it begins, whatever the clock says."""
    portfolio = make_portfolio([make_task("a", 4, owner="Ada")], end=END)
    late = datetime(2031, 5, 5, 9, tzinfo=NOW.tzinfo)
    begun = replace(means(start=NOW.date()), levelling=False)
    found = what_if(portfolio, begun, Asked(additions=(("x", days(4), "Ada"),)), now=late, lang="en")
    assert [week.monday for week in found.over] == [date(2027, 1, 25)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"slips": (("done", days(1)),)}, "is done"),
        ({"slips": (("idea", days(1)),)}, "not planned"),
        ({"slips": (("whole", days(1)),)}, "made of parts.*Name one of them: Tâche part"),
        ({"slips": (("launch", days(1)),)}, "date that cannot move"),
        ({"slips": (("ready", days(-1)),)}, "no work left"),
        ({"slips": (("Tâche", days(1)),)}, "is in 3 names"),
        ({"slips": (("Tache prat", days(1)),)}, "Did you mean Tâche part"),
        ({"away": (("Léonard", END, END),)}, "Did you mean Léonie Martin"),
        ({"away": (("martin", END, END),)}, "is in 2 names"),
        ({"additions": (("x", days(1), "Zoé"),)}, "nobody is called"),
        ({"end": END, "project": "zzz"}, "no project is called"),
    ],
)
def test_what_cannot_be_supposed_is_refused(asked: dict[str, Any], said: str) -> None:
    """In a sentence that says why, or whom the words may mean."""
    portfolio = replace(
        make_portfolio(
            [
                make_task("done", 1, Category.DONE),
                make_task("idea", 1, Category.IDEA),
                make_task("whole", 1),
                make_task("part", 1, parent="whole", owner="leonie"),
                make_task("launch", milestone=True, due=END),
                make_task("ready", 1, Category.READY, owner="paul"),
            ],
            end=END,
        ),
        people=(Person(key="leonie", name="Léonie Martin"), Person(key="paul", name="Paul Martin", aliases=("Polo",))),
    )
    with pytest.raises(ConfigurationError, match=said):
        supposing(portfolio, **asked)


def test_names_are_found_without_case_and_accents_and_in_part() -> None:
    """A key, a title, a part of one that only one open task has; a person by an alias, a team by its name."""
    team = Owner("equipe", "Équipe web", OwnerKind.TEAM)
    portfolio = replace(
        make_portfolio(
            [
                make_task("a", 1, title="Relecture du dépliant", owners=(team,)),
                make_task("z", 1, Category.DONE, title="Relecture du site"),
            ],
            end=END,
        ),
        people=(Person(key="lea", name="Léa Martin", aliases=("Lou",)),),
    )
    for words in ("a", "relecture DU depliant", "relecture", "dépliant"):
        found = supposing(portfolio, slips=((words, days(1)),))
        assert found.suppositions[0].task.key == "a"  # type: ignore[union-attr]  # a slip
    away = supposing(portfolio, away=(("lou", END, END), ("équipe", END, END))).suppositions
    assert [each.owner.key for each in away] == ["lea", "equipe"]  # type: ignore[union-attr]  # absences
    assert away[1].owner.kind is OwnerKind.TEAM  # type: ignore[union-attr]  # an absence


def test_nothing_of_the_portfolio_is_changed() -> None:
    """What was read stays as it was, and the first assessment is the one that `retro schedule` makes."""
    found = supposing(FEW, slips=(("b", days(3)),), additions=(("x", days(1), None),), end=date(2027, 1, 22))
    alone = assess(FEW, means(), now=NOW, lang="en").assessment
    assert found.before.schedule == alone.schedule
    assert make_portfolio({"a": 2, "b": 3, "c": 1}, ["a>b"], END) == FEW


Plan = tuple[dict[str, float], list[str]]


@st.composite
def plans(draw: Callable[..., Any]) -> Plan:
    """Up to eight tasks, each of which may wait for an earlier one."""
    names = [f"t{number}" for number in range(draw(st.integers(2, 8)))]
    sizes = {name: draw(st.integers(1, 4)) for name in names}
    links = [
        f"{names[first]}>{name}"
        for number, name in enumerate(names[1:], 1)
        if (first := draw(st.integers(-1, number - 1))) >= 0
    ]
    return sizes, links


@given(plans(), st.data())
def test_only_what_leads_to_a_slipping_task_gets_an_earlier_latest_date(plan: Plan, data: st.DataObject) -> None:
    """Whatever the network: what does not lead to it keeps its latest finish, and no move is left unsaid."""
    sizes, links = plan
    slipping = data.draw(st.sampled_from(sorted(sizes)))
    found = supposing(make_portfolio(sizes, links, END), slips=((slipping, days(2)),))
    leading = {slipping}
    for _ in sizes:
        leading |= {first for first, last in (link.split(">") for link in links) if last in leading}
    before, after = found.before.schedule.tasks, found.after.schedule.tasks
    assert all(before[key].latest_finish == after[key].latest_finish for key in sizes if key not in leading)
    changed = {
        key
        for key in sizes
        for dates in (WhichDates.ADVISED, WhichDates.LATEST)
        if dates.of(before[key]) != dates.of(after[key])
    }
    assert set(moved(found)) == changed


@given(plans(), st.data())
def test_the_order_of_what_is_supposed_changes_nothing(plan: Plan, data: st.DataObject) -> None:
    """Several suppositions make one plan, whichever is named first."""
    sizes, links = plan
    slips = [(name, days(data.draw(st.integers(1, 3)))) for name in sorted(sizes)[:3]]
    one = supposing(make_portfolio(sizes, links, END), slips=tuple(slips))
    other = supposing(make_portfolio(sizes, links, END), slips=tuple(reversed(slips)))
    assert one.after.schedule == other.after.schedule
    assert (one.moves, one.ends, one.critical) == (other.moves, other.ends, other.critical)


@settings(max_examples=12)
@given(st.lists(st.tuples(st.sampled_from(["Ada", "Bob"]), st.integers(1, 3)), min_size=1, max_size=7), st.data())
def test_who_has_nothing_to_do_with_it_keeps_their_dates(work: list[tuple[str, int]], data: st.DataObject) -> None:
    """Levelled anew, the plan stays near what is advised now: leave of one person moves no task of another's.

    But for margins: what is no longer critical comes later by its own at most.
    """
    tasks = [make_task(f"t{number}", size, owner=owner) for number, (owner, size) in enumerate([("Ada", 1), *work])]
    first = data.draw(st.dates(date(2027, 1, 11), date(2027, 1, 27)))
    found = supposing(make_portfolio(tasks, end=END), away=(("Ada", first, first),))
    before = found.before.schedule.tasks
    for move in found.moves:
        if move.task.owners[0].key == "Bob":
            assert 0 <= move.minutes <= sum(before[task.key].margin_minutes or 0 for task in tasks)
