"""What holds for every network: order of input, links, clock, margins, and the 600-day test."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from retro.calendars import Calendar, Calendars, build_calendar, parse_hours, parse_range, person_calendar
from retro.model import Anchor, Portfolio, Schedule, Task
from retro.schedule import ScheduleOptions, schedule

Make = Callable[..., Task]
Build = Callable[..., Portfolio]

PARIS = ZoneInfo("Europe/Paris")
BASE = build_calendar(zone=PARIS)
ONE = Calendars(project=BASE)
PEOPLE = {
    "lea": person_calendar(BASE, share=0.8, leave=[parse_range("2027-01-18..2027-01-22")]),
    "sam": person_calendar(BASE, week_overrides={0: (), 5: parse_hours("8:30-12:15")}),
    "max": BASE,
}
TEAM = Calendars(project=BASE, people=PEOPLE)
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
END = date(2027, 3, 15)
OPTIONS = ScheduleOptions()


class Net(NamedTuple):
    """Owners and work of tasks, and finish-to-start links from smaller to greater numbers with a lag."""

    tasks: list[tuple[str, float]]
    links: list[tuple[int, int, int]]

    def portfolio(self, build: Build, make: Make) -> Portfolio:
        """As read from a board."""
        tasks = [make(key(number), days, owner=owner) for number, (owner, days) in enumerate(self.tasks)]
        return build(tasks, [f"{key(a)}>{key(b)} FS {lag}" for a, b, lag in self.links], END)

    def calendar(self, number: int) -> Calendar:
        """The calendar of a task in the team."""
        return PEOPLE[self.tasks[number][0]]


def key(number: int) -> str:
    """Keys that sort otherwise than numbers do."""
    return f"t{number * 7 % 31:02d}-{number}"


@st.composite
def nets(draw: st.DrawFn) -> Net:
    """Up to a dozen tasks and some links."""
    count = draw(st.integers(2, 12))
    work = st.sampled_from([0.1, 0.5, 1.0, 1.3, 2.0, 4.5])
    tasks = draw(st.lists(st.tuples(st.sampled_from(sorted(PEOPLE)), work), min_size=count, max_size=count))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] < pair[1])
    ends = draw(st.lists(pairs, max_size=2 * count, unique=True))
    lags = draw(st.lists(st.sampled_from([0, 0, 0, 60, 420]), min_size=len(ends), max_size=len(ends)))
    return Net(tasks, [(a, b, lag) for (a, b), lag in zip(ends, lags, strict=True)])


def run(portfolio: Portfolio, calendars: Calendars = TEAM, now: datetime = NOW) -> Schedule:
    """Schedule with the defaults."""
    return schedule(portfolio, calendars, OPTIONS, now)


@settings(max_examples=60, deadline=None)
@given(nets(), st.integers(0, 1000))
def test_order_of_input_changes_nothing(task: Make, portfolio: Build, net: Net, seed: int) -> None:
    """Tasks and links in any order give the same schedule."""
    straight = net.portfolio(portfolio, task)
    tasks, links = list(straight.tasks), list(straight.links)
    Random(seed).shuffle(tasks)  # noqa: S311 - an order, not a secret
    Random(seed).shuffle(links)  # noqa: S311 - idem
    assert run(replace(straight, tasks=tuple(tasks), links=tuple(links))) == run(straight)


@settings(max_examples=60, deadline=None)
@given(nets())
def test_every_link_is_respected_three_times(task: Make, portfolio: Build, net: Net) -> None:
    """In earliest, latest and advised dates a successor starts after its predecessor's finish, lag and margin."""
    said = run(net.portfolio(portfolio, task)).tasks
    for first, last, lag in net.links:
        before, after, calendar = said[key(first)], said[key(last)], net.calendar(last)
        for finish, start in (
            (before.earliest_finish, after.earliest_start),
            (before.latest_finish, after.latest_start),
            (before.advised_finish, after.advised_start),
        ):
            assert finish is not None
            assert start is not None
            assert finish <= start
            assert calendar.minutes_between(finish, start) >= lag
        own = net.calendar(first)
        assert before.advised_finish is not None
        assert after.advised_start is not None
        assert before.margin_minutes is not None
        assert own.minutes_between(before.advised_finish, after.advised_start) >= before.margin_minutes


@settings(max_examples=60, deadline=None)
@given(nets())
def test_margins_fit_before_the_latest_date(task: Make, portfolio: Build, net: Net) -> None:
    """Advised finish and margin come no later than the latest finish, which comes no later than the anchor."""
    result = run(net.portfolio(portfolio, task))
    for number in range(len(net.tasks)):
        said, calendar = result.tasks[key(number)], net.calendar(number)
        assert said.advised_finish is not None
        assert said.latest_finish is not None
        assert said.margin_minutes is not None
        free = calendar.minutes_between(said.advised_finish, said.latest_finish)
        assert free == said.cumulated_margin_minutes
        assert free >= said.margin_minutes
        assert said.latest_finish <= result.anchors[0].date
    assert result.settled
    assert any(said.margin_minutes for said in result.tasks.values())


@settings(max_examples=60, deadline=None)
@given(nets(), st.integers(0, 200))
def test_latest_and_advised_do_not_depend_on_now(task: Make, portfolio: Build, net: Net, days: int) -> None:
    """A later clock moves earliest dates and slack only."""

    def timeless(result: Schedule) -> Iterable[object]:
        for said in result.tasks.values():
            yield said.latest_start, said.latest_finish, said.advised_start, said.advised_finish, said.margin_minutes

    made = net.portfolio(portfolio, task)
    assert list(timeless(run(made))) == list(timeless(run(made, now=NOW + timedelta(days=days, minutes=77 * days))))


@settings(max_examples=60, deadline=None)
@given(nets(), st.data())
def test_a_link_more_never_brings_a_start_forward(task: Make, portfolio: Build, net: Net, data: st.DataObject) -> None:
    """Links only ever hold back."""
    last = data.draw(st.integers(1, len(net.tasks) - 1))
    first = data.draw(st.integers(0, last - 1))
    before = run(net.portfolio(portfolio, task)).tasks
    after = run(Net(net.tasks, [*net.links, (first, last, 0)]).portfolio(portfolio, task)).tasks
    for name, said in before.items():
        later = after[name].earliest_start
        assert later is not None
        assert said.earliest_start is not None
        assert later >= said.earliest_start


@settings(max_examples=40, deadline=None)
@given(nets(), st.data())
def test_six_hundred_days(task: Make, portfolio: Build, net: Net, data: st.DataObject) -> None:
    """On one calendar, 600 working days added to a critical task move the last finish by exactly that."""
    plain = net.portfolio(portfolio, task)
    result = run(plain, ONE)
    critical = sorted(name for name, said in result.tasks.items() if said.critical)
    victim = data.draw(st.sampled_from(critical))
    number = int(victim.rpartition("-")[2])
    tasks = [(owner, days + 600 * (place == number)) for place, (owner, days) in enumerate(net.tasks)]
    longer = run(Net(tasks, net.links).portfolio(portfolio, task), ONE)

    def end(said: Schedule) -> int:
        return max(BASE.ordinal(one.earliest_finish) for one in said.tasks.values() if one.earliest_finish is not None)

    assert end(longer) - end(result) == 600 * 420


@settings(max_examples=40, deadline=None)
@given(nets())
def test_slack_is_what_it_says(task: Make, portfolio: Build, net: Net) -> None:
    """A task lengthened by its total slack leaves the anchor met; by its free slack, every other start."""
    result = run(net.portfolio(portfolio, task), ONE)
    for number, (owner, days) in enumerate(net.tasks):
        said = result.tasks[key(number)]
        if not said.total_slack_minutes or said.total_slack_minutes < 0 or said.free_slack_minutes is None:
            continue
        assert said.free_slack_minutes <= said.total_slack_minutes
        tasks = list(net.tasks)
        tasks[number] = (owner, days + said.total_slack_minutes / 420)
        assert run(Net(tasks, net.links).portfolio(portfolio, task), ONE).anchors[0].feasible
        tasks[number] = (owner, days + said.free_slack_minutes / 420)
        slower = run(Net(tasks, net.links).portfolio(portfolio, task), ONE).tasks
        assert all(slower[name].earliest_start == one.earliest_start for name, one in result.tasks.items())


ROUND_THE_CLOCK = Calendars(project=Calendar(week=(((0, 1440),),) * 7, zone=ZoneInfo("UTC"), day_minutes=420))
MIRRORED = {"FS": "FS", "SS": "FF", "FF": "SS", "SF": "SF"}


@settings(max_examples=80, deadline=None)
@given(nets(), st.lists(st.sampled_from(sorted(MIRRORED)), min_size=24, max_size=24))
def test_the_mirror_image_of_a_network_backwards_is_itself_forwards(
    task: Make, portfolio: Build, net: Net, kinds: list[str]
) -> None:
    """Where every minute is worked, turning time round turns earliest starts into latest finishes, to the minute."""
    start = datetime(2027, 1, 1, tzinfo=ZoneInfo("UTC"))
    end = start + timedelta(days=200)
    tasks = [task(key(number), days) for number, (_, days) in enumerate(net.tasks)]
    ends = list(zip(net.links, kinds, strict=False))
    there = [f"{key(a)}>{key(b)} {kind} {lag}" for (a, b, lag), kind in ends]
    back = [f"{key(b)}>{key(a)} {MIRRORED[kind]} {lag}" for (a, b, lag), kind in ends]
    anchor = Anchor(key="p/end", name="Lancement", date=end, project="p")

    def planned(links: list[str]) -> Schedule:
        return schedule(portfolio(tasks, links, anchors=[anchor]), ROUND_THE_CLOCK, OPTIONS, start)

    forwards, backwards = planned(there).tasks, planned(back).tasks
    for name, said in forwards.items():
        mirror = backwards[name]
        assert said.earliest_start is not None
        assert said.earliest_finish is not None
        assert mirror.latest_start is not None
        assert mirror.latest_finish is not None
        assert said.earliest_start - start == end - mirror.latest_finish
        assert said.earliest_finish - start == end - mirror.latest_start


@settings(max_examples=40, deadline=None)
@given(nets())
def test_a_lever_gains_what_it_says(task: Make, portfolio: Build, net: Net) -> None:
    """Without the task that is to be cut, the last finish comes earlier by exactly the gain."""
    heavy = Net([(owner, 20 * days) for owner, days in net.tasks], net.links)
    result = run(heavy.portfolio(portfolio, task), ONE)
    cuts = [lever for anchor in result.anchors for lever in anchor.levers if lever.kind == "cut"]
    for lever in cuts:
        number = int(str(lever.task).rpartition("-")[2])
        tasks = [(owner, 1 / 420 if place == number else days) for place, (owner, days) in enumerate(heavy.tasks)]
        cut = run(Net(tasks, heavy.links).portfolio(portfolio, task), ONE)
        before, after = (
            max(BASE.ordinal(one.earliest_finish) for one in said.tasks.values() if one.earliest_finish is not None)
            for said in (result, cut)
        )
        # A task cannot last nothing and stay a task: it is cut to a minute here.
        assert before - after in (lever.gain_minutes, lever.gain_minutes - 1)
