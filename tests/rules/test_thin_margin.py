"""BUF101 against the engine's own schedule: the same condition, on each one's calendar."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.calendars import DEFAULT_WEEK, Calendar, Calendars, person_calendar
from retro.lint import LintSettings, Profile, lint
from retro.lint.examples import ZONE, Case, a_link, a_task, case
from retro.model import Day, Estimate, EstimateOrigin, Severity, Task, Verdict
from retro.schedule import ScheduleOptions, schedule
from retro.schedule.margins import margin_of
from retro_practices.buf.thin_margin import ThinMargin, _Margins

PROJECT = Calendar(week=DEFAULT_WEEK, zone=ZONE)
PART_TIME = person_calendar(PROJECT, share=0.5)
STANDARD = LintSettings(profile=Profile.STANDARD)


def sized(title: str, days: float | None, due: Day | None = None, owner: str = "Nora") -> Task:
    """A task of so many days; None: nobody said."""
    task = a_task(title, due=due, owners=(owner,))
    given = () if days is None else (Estimate(EstimateOrigin.NUMBER, days, "days"),)
    return replace(task, estimates=given)


def scheduled(shown: Case) -> Case:
    """The case with the engine's schedule, Omar working half days."""
    people = {"omar": PART_TIME}
    context = shown.context()
    made = schedule(
        context.portfolio, Calendars(PROJECT, people), ScheduleOptions(estimates=("number", "default")), context.now
    )
    return replace(shown, schedule=made, calendars=people)


@given(
    due=st.dates(date(2027, 1, 11), date(2027, 2, 10)),
    days=st.integers(1, 12),
    owner=st.sampled_from(["Nora", "Omar"]),
)
def test_it_speaks_exactly_where_the_schedule_says_thin(due: date, days: int, owner: str) -> None:
    """With the margin of the schedule, the rule and the verdict agree; and it is an error where the due is too late."""
    shown = scheduled(
        case("", sized("A", days, due, owner), sized("B", 2), links=(a_link("A", "B"),), end=date(2027, 2, 5))
    )
    context = shown.context()
    task = context.portfolio.tasks[0]
    planned = context.schedule.tasks[task.key]
    assert planned.latest_finish is not None
    calendar = context.calendar_of(task)
    end = calendar.ordinal(calendar.last_minute(due))
    latest = calendar.ordinal(planned.latest_finish)
    found = [finding for finding in ThinMargin().check(context) if finding.subject == task.key]
    if planned.verdict is not Verdict.INFEASIBLE:
        assert bool(found) == (planned.verdict is Verdict.THIN)
    assert bool(found) == (bool(planned.margin_minutes) and end > latest - (planned.margin_minutes or 0))
    assert all((finding.severity is Severity.ERROR) == (end > latest) for finding in found)


@given(work=st.integers(0, 100_000), share=st.sampled_from([0, 0.1, 0.2, 0.25, 1 / 3, 0.5]))
def test_the_margin_asked_for_is_rounded_as_the_schedule_rounds_it(work: int, share: float) -> None:
    """The rule's own rounding is the schedule's."""
    assert _Margins(share)[work] == margin_of(work, share)


@pytest.mark.parametrize(
    ("profile", "thin", "late"),
    [
        (Profile.DOUCE, Severity.INFO, Severity.INFO),
        (Profile.STANDARD, Severity.WARNING, Severity.ERROR),
        (Profile.STRICTE, Severity.ERROR, Severity.ERROR),
    ],
)
def test_too_late_is_graver_than_thin(profile: Profile, thin: Severity, late: Severity) -> None:
    """A finding keeps its own severity within what the profile allows; the rule's option wins over both."""
    tasks = (sized("A", 5, date(2027, 2, 3)), sized("B", 2))
    for due, expected in ((date(2027, 2, 3), thin), (date(2027, 2, 4), late)):
        shown = scheduled(
            case("", replace(tasks[0], due=due), tasks[1], links=(a_link("A", "B"),), end=date(2027, 2, 5))
        )
        (found,) = lint(shown.context(), [ThinMargin()], replace(STANDARD, profile=profile)).findings[:1]
        assert found.severity is expected
        (quiet,) = lint(shown.context(), [ThinMargin(severity=Severity.INFO)], STANDARD).findings[:1]
        assert quiet.severity is Severity.INFO


def first(shown: Case) -> bool:
    """Whether the finding on the first task rests on an assumption."""
    context = scheduled(shown).context()
    return next(each.assumed for each in ThinMargin().check(context) if each.subject == context.portfolio.tasks[0].key)


def test_a_finding_that_default_durations_cause_is_an_assumption() -> None:
    """Its own default, or so much of it downstream that it would be fine without: else it is plain fact."""
    end, link = date(2027, 2, 5), (a_link("A", "B"),)
    on_the_day, a_week_late = date(2027, 2, 4), date(2027, 2, 12)
    assert first(case("", sized("A", None, a_week_late), sized("B", 1), links=link, end=end))
    assert not first(case("", sized("A", 5, on_the_day), sized("B", 1), links=link, end=end))
    assert first(case("", sized("A", 5, on_the_day), sized("B", None), links=link, end=end))
    assert not first(case("", sized("A", 5, a_week_late), sized("B", None), links=link, end=end))


def test_without_a_due_date_the_work_before_it_counts_too() -> None:
    """What cannot end early enough because of a predecessor that nobody estimated is an assumption."""
    dated = date(2027, 1, 15)
    shown = case("", sized("B", 5), sized("A", None, dated), links=(a_link("A", "B"),), end=date(2027, 1, 18))
    assert first(shown)
    context = scheduled(replace(shown, tasks=(shown.tasks[0], sized("A", 1)))).context()
    (found, *_) = ThinMargin().check(context)
    assert (found.assumed, "due" in found.params) == (False, False)


def test_of_a_chain_without_dates_the_first_is_told() -> None:
    """The others cannot be in time because of it; one that is sure is told all the same after one that is assumed."""
    links, end = (a_link("A", "B"), a_link("B", "C")), date(2027, 1, 18)
    told = ThinMargin().check(
        scheduled(case("", sized("C", 4), sized("B", 4), sized("A", 4), links=links, end=end)).context()
    )
    assert [found.subject for found in told] == ["trello:a"]
    unsure = case("", sized("C", 9), sized("B", 4), sized("A", None), links=links, end=end)
    told = ThinMargin().check(scheduled(unsure).context())
    assert {(found.subject, found.assumed) for found in told} == {("trello:a", True), ("trello:b", False)}


def test_circles_end_the_search_for_assumptions() -> None:
    """A plan whose links go round is judged all the same."""
    tasks = (sized("A", 5, date(2027, 2, 5)), sized("B", None), sized("C", None))
    links = (a_link("A", "B"), a_link("B", "C"), a_link("C", "B"))
    assert isinstance(first(case("", *tasks, links=links, end=date(2027, 2, 5))), bool)


def test_an_hour_is_compared_as_an_hour() -> None:
    """Due at noon leaves the afternoon; five in the evening leaves nothing."""
    noon = datetime(2027, 2, 5, 12, tzinfo=ZONE)
    for due, told in ((noon, False), (noon + timedelta(hours=5), True)):
        context = scheduled(case("", sized("A", 2, due), end=date(2027, 2, 5))).context()
        assert bool(list(ThinMargin().check(context))) is told


@given(
    dues=st.tuples(*[st.none() | st.dates(date(2027, 1, 11), date(2027, 2, 10))] * 3),
    owners=st.tuples(*[st.sampled_from(["Nora", "Omar"])] * 3),
    linked=st.booleans(),
)
def test_pooled_margins_are_judged_as_the_schedule_judges_them(
    dues: tuple[date | None, ...], owners: tuple[str, ...], *, linked: bool
) -> None:
    """The last task of a chain for the share of the whole chain, those before it for their latest finish alone."""
    tasks = (sized("A", 3, dues[0], owners[0]), sized("B", 5, dues[1], owners[1]), sized("C", 2, dues[2], owners[2]))
    links = (a_link("A", "B"), *((a_link("C", "B"),) if linked else ()))
    shown = case("", *tasks, links=links, end=date(2027, 2, 5))
    given_context = shown.context()
    made = schedule(
        given_context.portfolio,
        Calendars(PROJECT, {"omar": PART_TIME}),
        ScheduleOptions(estimates=("number", "default"), margin_mode="project"),
        given_context.now,
    )
    context = replace(shown, schedule=made, calendars={"omar": PART_TIME}).context()
    told = {finding.subject for finding in ThinMargin().check(context)}
    for task in context.portfolio.tasks:
        planned = made.tasks[task.key]
        if planned.verdict is not Verdict.INFEASIBLE:
            assert (task.key in told) == (planned.verdict is Verdict.THIN)
    within = {key for buffer in made.buffers if not buffer.feeds for key in buffer.chain[:-1]}
    assert all(made.tasks[key].protects_minutes == 0 for key in within)
