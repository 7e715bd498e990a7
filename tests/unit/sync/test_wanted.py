"""What retro wants on a task, from schedule, findings and the board's ways."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.memory_board import BOARD, CAN, PARIS, POLICY

from retro.model import (
    Board,
    Category,
    Constraint,
    ConstraintType,
    EstimateOrigin,
    Finding,
    Portfolio,
    Schedule,
    Severity,
    Status,
    StatusOrigin,
    Tally,
    Task,
    TaskSchedule,
    Template,
)
from retro.ports import Acknowledged
from retro.sync.decide import Wishes, human_dates, wanted
from retro.sync.decide.values import Value

UTC = ZoneInfo("UTC")
TIMES = TaskSchedule(
    key="t1",
    estimate_minutes=840,
    estimate_origin=EstimateOrigin.NUMBER,
    latest_finish=datetime(2027, 2, 19, 23, 30, tzinfo=UTC),
    advised_start=datetime(2027, 2, 15, 9, tzinfo=PARIS),
    advised_finish=datetime(2027, 2, 16, 17, tzinfo=PARIS),
    margin_minutes=195,
    cumulated_margin_minutes=615,
)


def task(**facts: object) -> Task:
    """A task on the board."""
    return replace(Task(key="t1", board=BOARD, title="Brief"), **facts)  # type: ignore[arg-type]  # by name


def wish(*tasks: Task, findings: tuple[Finding, ...] = (), times: TaskSchedule | None = TIMES, **can: object) -> Wishes:
    """The wishes for the first task."""
    policy = replace(POLICY, capabilities=replace(CAN, **can))  # type: ignore[arg-type]  # by name
    return wanted(
        Portfolio(boards=(Board(key=BOARD, name="B", source="s"),), tasks=tasks),
        Schedule(tasks={} if times is None else {"t1": times}),
        findings,
        {BOARD: policy},
        say=lambda finding: finding.template.text,
        zone=PARIS,
        day_minutes=420,
    )[tasks[0].key]


def finding(code: str, severity: Severity = Severity.WARNING, **facts: object) -> Finding:
    """A finding on task t1."""
    made = Finding(code=code, name=code, severity=severity, template=Template(f"says {code}"), subject="t1", task="t1")
    return replace(made, **facts)  # type: ignore[arg-type]  # by name


def test_own_fields_are_dates_in_the_workspaces_zone_and_days() -> None:
    """Own dates are plain dates on the workspace's clock; the margin is in working days with one decimal."""
    values = wish(task()).values
    assert values["retro_latest"] == date(2027, 2, 20)
    assert type(values["retro_latest"]) is date
    assert (values["retro_start"], values["retro_due"]) == (date(2027, 2, 15), date(2027, 2, 16))
    assert values["retro_margin"] == 0.5


@pytest.mark.parametrize(
    ("dates", "cells", "expected"),
    [
        ({"date"}, [datetime(2027, 1, 8, 12, tzinfo=PARIS)], date(2027, 2, 16)),
        ({"instant"}, [date(2027, 1, 8)], TIMES.advised_finish),
        ({"date", "instant"}, [], date(2027, 2, 16)),
        ({"date", "instant"}, [date(2027, 1, 8), datetime(2027, 1, 8, 12, tzinfo=PARIS)], date(2027, 2, 16)),
        ({"date", "instant"}, [datetime(2027, 1, 8, 12, tzinfo=PARIS)], TIMES.advised_finish),
    ],
)
def test_filled_dates_are_of_the_kind_found_on_the_board(dates: set[str], cells: list[date], expected: Value) -> None:
    """The team's cells get dates or hours: what the tool holds, else what most of the board's cells hold."""
    others = [task(key=f"o{place}", due=cell) for place, cell in enumerate(cells)]
    value = wish(task(), *others, dates=frozenset(dates)).values["due"]
    assert (value, type(value)) == (expected, type(expected))


def test_unscheduled_task_is_not_judged_but_an_idea_has_no_dates() -> None:
    """A task in a cycle keeps what it has; an idea is not scheduled, and its dates go."""
    assert wish(task(), times=None).values == {}
    idea = task(status=Status("Idées", Category.IDEA, StatusOrigin.MAPPED))
    assert set(wish(idea, times=None).values.values()) == {None}


def test_after_launch_task_has_no_latest_date() -> None:
    """Work after the launch has no latest date and no margin: these cells are wanted empty."""
    values = wish(task(), times=replace(TIMES, latest_finish=None, margin_minutes=None)).values
    assert (values["retro_latest"], values["retro_margin"]) == (None, None)


def test_remarks_that_earn_a_line_by_severity_then_code() -> None:
    """Only primary task remarks of warning or above that are neither aggregated nor a ritual's, worst first."""
    findings = (
        finding("OWN101"),
        finding("DAT103", Severity.ERROR),
        finding("DAT101"),
        finding("NAM101", Severity.INFO),
        finding("DEL101", primary=False),
        finding("RIT101", Severity.ERROR),
        finding("STA104"),
        finding("STA101", tally=Tally(count=3, base=4, keys=("t1",))),
        finding("CAP101", Severity.ERROR, task=None, subject="lea/2027-W02"),
        finding("BUF101", task="t2", subject="t2"),
    )
    assert [remark.line for remark in wish(task(), findings=findings).remarks] == [
        "DAT103 says DAT103",
        "DAT101 says DAT101",
        "OWN101 says OWN101",
    ]


def test_remark_is_one_line_whatever_it_holds() -> None:
    """A fact with line breaks or tabs (a title from the board) still takes one line."""
    (remark,) = wish(
        task(), findings=(finding("NAM101", template=Template("a\n[retro 01234567]\r\n\tb\u2028c")),)
    ).remarks
    assert remark.line == "NAM101 a [retro 01234567] b c"


def constraints(
    known: dict[str, Value], overwrite: frozenset[str] = frozenset(), **facts: object
) -> tuple[Constraint, ...]:
    """The constraints of task t1, with what retro last wrote."""
    policy = replace(POLICY, own=frozenset({"latest", "start", "due"}), overwrite=overwrite)
    ledger = {
        ("t1", field): Acknowledged(task="t1", field=field, value=value, run="r") for field, value in known.items()
    }
    portfolio = Portfolio(boards=(Board(key=BOARD, name="B", source="s"),), tasks=(task(**facts),))
    return human_dates(portfolio, {BOARD: policy}, ledger).get("t1", ())


JAN8, JAN20 = date(2027, 1, 8), date(2027, 1, 20)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("due", ConstraintType.FNLT),
        ("start", ConstraintType.SNET),
        ("retro_latest", ConstraintType.FNLT),
        ("retro_due", ConstraintType.FNLT),
        ("retro_start", ConstraintType.SNET),
    ],
)
def test_date_that_a_person_moved_becomes_a_constraint(field: str, kind: ConstraintType) -> None:
    """A finish that a person set over retro's bounds the latest finish; a start is start-no-earlier-than."""
    facts = {"own": {field.removeprefix("retro_"): JAN20}} if field.startswith("retro_") else {field: JAN20}
    assert constraints({field: JAN8}, **facts) == (Constraint(kind, JAN20),)


def test_only_what_differs_from_retros_own_is_a_constraint() -> None:
    """The team's own dates, retro's own, emptied cells, handed-over fields and done tasks bind nothing."""
    assert constraints({}, due=JAN20) == ()
    assert constraints({"due": JAN20}, due=JAN20) == ()
    assert constraints({"due": JAN20}) == ()
    assert constraints({"due": JAN8}, overwrite=frozenset({"due"}), due=JAN20) == ()
    done = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)
    assert constraints({"due": JAN8}, due=JAN20, status=done) == ()
