"""Predecessors of a plan: their kinds and their lags."""

import pytest
from tests.connectors.msproject.plans import Content, task, tasks_of

from retro.model import Lag, LagUnit, LinkType


def link(**more: Content) -> Content:
    """A link to task 1."""
    return {"PredecessorUID": 1, "Type": 1, **more}


@pytest.mark.parametrize(("code", "kind"), [(0, "FF"), (1, "FS"), (2, "SF"), (3, "SS"), (9, "FS")])
def test_links_have_four_codes(code: int, kind: str) -> None:
    """0 is finish-to-finish, 1 finish-to-start, 2 start-to-finish, 3 start-to-start; what is none is the usual one."""
    found = tasks_of(task(1), task(2, 8, link(Type=code)))["2"].references
    assert [(each.target, each.type) for each in found] == [("plan.xml:1", LinkType(kind))]


@pytest.mark.parametrize(
    ("lag", "unit", "said"),
    [
        (4800, 7, Lag(480)),
        (-2400, 5, Lag(-240)),
        (14400, 8, Lag(1440, LagUnit.ELAPSED)),
        (14400, 40, Lag(1440, LagUnit.ELAPSED)),
        (50, 19, Lag(50, LagUnit.PERCENT)),
        (50, 20, Lag(50, LagUnit.PERCENT)),
        (0, 8, Lag()),
        (5, 3, Lag()),
    ],
)
def test_lags_are_tenths_of_minutes_or_percent(lag: int, unit: int, said: Lag) -> None:
    """4800 is a working day of eight hours, an elapsed day is 1440 minutes by day and night, percent stays percent."""
    assert tasks_of(task(1), task(2, 8, link(LinkLag=lag, LagFormat=unit)))["2"].references[0].lag == said


def test_a_lag_of_a_century_is_held() -> None:
    """A lag beyond what any calendar holds is as long as a calendar, not longer."""
    lag = tasks_of(task(1), task(2, 8, link(LinkLag=10**17, LagFormat=7)))["2"].references[0].lag
    assert 100 * 365 * 1440 < lag.value < 10**9


def test_a_lag_that_is_none_keeps_its_words() -> None:
    """The link stands without its lag, whose words are kept."""
    found = tasks_of(task(1), task(2, 8, link(LinkLag="soon")))["2"]
    assert [each.lag for each in found.references] == [Lag()]
    assert [(each.field, each.text) for each in found.unreadable] == [("predecessors", "soon")]


def test_several_predecessors_are_several_links() -> None:
    """Each predecessor is a reference of its own, in the order of the plan."""
    found = tasks_of(task(1), task(2), task(3, 8, 1, 2))["3"].references
    assert [each.target for each in found] == ["plan.xml:1", "plan.xml:2"]


def test_an_inactive_task_holds_nobody() -> None:
    """Links to and from an inactive task are as if they were not there."""
    found = tasks_of(task(1), task(2, 8, 1, Active=0), task(3, 8, 2))
    assert found["2"].references == found["3"].references == ()


def test_a_predecessor_that_is_not_there_is_kept() -> None:
    """A link to a task that the plan does not hold is a reference that finds nothing, so that it can be told."""
    assert [each.target for each in tasks_of(task(2, 8, 77))["2"].references] == ["plan.xml:77"]
