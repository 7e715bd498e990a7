"""Dates against dates: DEP104, DAT102 and DAT103 in the cases that examples do not show."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.lint.examples import ZONE, a_link, a_task, case
from retro.model import Day, Finding, Lag, LagUnit, LinkType
from retro_practices.dat.overdue import Overdue
from retro_practices.dat.start_after_due import StartAfterDue
from retro_practices.dep.starts_before_predecessor_ends import StartsBeforePredecessorEnds

FRIDAY, MONDAY, TUESDAY = date(2027, 2, 5), date(2027, 2, 8), date(2027, 2, 9)
DAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31))


def clash(
    kind: LinkType,
    *,
    before: tuple[Day | None, Day | None],
    after: tuple[Day | None, Day | None],
    lag: Lag | None = None,
) -> Finding | None:
    """What DEP104 says of two linked tasks, each given by its start and due."""
    shown = case(
        "",
        a_task("A", start=before[0], due=before[1]),
        a_task("B", start=after[0], due=after[1]),
        links=(a_link("A", "B", kind, lag),),
    )
    found = list(StartsBeforePredecessorEnds().check(shown.context()))
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("kind", "after", "field", "days", "new"),
    [
        (LinkType.FS, (FRIDAY, TUESDAY), "start", 1, MONDAY),
        (LinkType.SS, (date(2027, 2, 1), TUESDAY), "start", 2, date(2027, 2, 3)),
        (LinkType.FF, (date(2027, 2, 1), date(2027, 2, 4)), "due", 1, FRIDAY),
        (LinkType.SF, (date(2027, 2, 1), date(2027, 2, 1)), "due", 1, date(2027, 2, 2)),
    ],
)
def test_each_type_ties_its_own_ends(
    kind: LinkType, after: tuple[date, date], field: str, days: int, new: date
) -> None:
    """A, Wednesday to Friday: the end that the link ties is compared, and its earliest date proposed."""
    found = clash(kind, before=(date(2027, 2, 3), FRIDAY), after=after)
    assert found is not None
    assert found.fix is not None
    assert (found.params["count"], found.fix.field, found.fix.new) == (days, field, new)


@pytest.mark.parametrize(
    ("lag", "days"),
    [
        (Lag(420), 2),
        (Lag(-420), None),
        (Lag(2 * 1440, LagUnit.ELAPSED), 1),
        (Lag(3 * 1440, LagUnit.ELAPSED), 2),
        (Lag(100, LagUnit.PERCENT), 4),
    ],
)
def test_lags_count_as_they_are_measured(lag: Lag, days: int | None) -> None:
    """Working minutes, elapsed minutes from Friday evening over the weekend, a share of the predecessor's own days."""
    found = clash(LinkType.FS, before=(date(2027, 2, 3), FRIDAY), after=(FRIDAY, TUESDAY), lag=lag)
    assert (found.params["count"] if found else None) == days


def test_an_hour_is_compared_and_proposed_as_an_hour() -> None:
    """Where the board holds hours, so does the proposal."""
    noon = datetime(2027, 2, 5, 12, tzinfo=ZONE)
    found = clash(LinkType.FS, before=(None, noon), after=(datetime(2027, 2, 5, 10, tzinfo=ZONE), TUESDAY))
    assert found is not None
    assert found.fix is not None
    assert (found.params["minutes"], found.fix.new) == (120, datetime(2027, 2, 5, 13, tzinfo=ZONE))


@given(due=DAYS, start=DAYS, length=st.integers(0, 40))
def test_the_proposed_start_mends_the_clash_and_is_the_earliest_that_does(due: date, start: date, length: int) -> None:
    """After the proposal nothing is said; one working day earlier something still is."""
    end = start + timedelta(days=length)
    found = clash(LinkType.FS, before=(None, due), after=(start, end))
    if start > due:
        assert found is None
    if found is None:
        return
    assert found.fix is not None
    new = found.fix.new
    assert isinstance(new, date)
    assert clash(LinkType.FS, before=(None, due), after=(new, new)) is None
    assert new > due
    previous = new - timedelta(days=1)
    assert previous.weekday() >= 5 or clash(LinkType.FS, before=(None, due), after=(previous, new)) is not None


def test_of_two_links_between_the_same_tasks_the_worse_speaks() -> None:
    """One finding a pair, so that its identity stays one."""
    shown = case(
        "",
        a_task("A", start=date(2027, 2, 3), due=FRIDAY),
        a_task("B", start=date(2027, 2, 2), due=TUESDAY),
        links=(a_link("A", "B", LinkType.SS), a_link("A", "B", LinkType.FS)),
    )
    (found,) = StartsBeforePredecessorEnds().check(shown.context())
    assert (found.params["type"], found.params["count"]) == ("FS", 4)


@given(start=DAYS, due=DAYS)
def test_start_after_due_is_a_comparison_of_days(start: date, due: date) -> None:
    """Of two dates, exactly the later start is told."""
    found = list(StartAfterDue().check(case("", a_task("A", start=start, due=due)).context()))
    assert bool(found) == (start > due)


@given(due=DAYS, today=DAYS)
def test_overdue_is_due_before_today(due: date, today: date) -> None:
    """Exactly the days before today are overdue, and the finding is the same on each later day."""
    now = datetime(today.year, today.month, today.day, 23, 59, tzinfo=ZONE)
    found = list(Overdue().check(case("", a_task("A", due=due), now=now).context()))
    assert bool(found) == (due < today)
    assert all(finding.params == {"due": due} for finding in found)


def test_an_instant_is_due_on_its_day_in_the_workspaces_zone() -> None:
    """Half past eleven in the evening in London is tomorrow in Paris: not overdue on that day."""
    late = datetime(2027, 1, 10, 23, 30, tzinfo=UTC)
    assert list(Overdue().check(case("", a_task("A", due=late)).context())) == []
