"""What holds for pooled margins in every network, whatever its links, calendars, anchors and input order."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from retro.calendars import Calendars, build_calendar, parse_hours, parse_range, person_calendar
from retro.model import Buffer, Category, Portfolio, Schedule, Task
from retro.schedule import Levelling, Pool, ScheduleOptions, both, margin_of, schedule

Make = Callable[..., Task]
Build = Callable[..., Portfolio]

PARIS = ZoneInfo("Europe/Paris")
BASE = build_calendar(zone=PARIS)
PEOPLE = {
    "lea": person_calendar(BASE, share=0.8, leave=[parse_range("2027-01-18..2027-01-22")]),
    "sam": person_calendar(BASE, week_overrides={0: (), 5: parse_hours("8:30-12:15")}),
    "max": BASE,
}
TEAM = Calendars(project=BASE, people=PEOPLE)
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
END, EARLIER = date(2027, 3, 15), date(2027, 2, 12)
POOLED = ScheduleOptions(margin_mode="project", buffers="squares")
PARTS = (Category.TODO, Category.TODO, Category.TODO, Category.DOING, Category.READY, Category.REVIEW)


class Net(NamedTuple):
    """Tasks (owner, days, status), links from smaller to greater numbers, and who waits for a dated milestone."""

    tasks: list[tuple[str, float, Category]]
    links: list[tuple[int, int, str]]
    launch: list[int]
    """Tasks that the project's last milestone waits for."""
    before: list[int]
    """Idem, of an earlier milestone."""
    after: list[int]
    """Tasks that wait for that one."""
    milestones: bool
    """Whether there are any: without, all work to the project's end."""

    def portfolio(self, build: Build, make: Make) -> Portfolio:
        """As read from a board."""
        tasks = [make(key(n), days, status, owner=owner) for n, (owner, days, status) in enumerate(self.tasks)]
        links = [f"{key(a)}>{key(b)} {how}" for a, b, how in self.links]
        if not self.milestones:
            return build(tasks, links, END)
        tasks += [make("launch", milestone=True, due=END), make("first", milestone=True, due=EARLIER)]
        links += [f"{key(number)}>launch" for number in self.launch] + [
            f"{key(number)}>first" for number in self.before
        ]
        links += [f"first>{key(number)}" for number in self.after if number > max(self.before, default=-1)]
        return build(tasks, links)


def key(number: int) -> str:
    """Keys that sort otherwise than numbers do."""
    return f"t{number * 7 % 31:02d}-{number}"


HOW = ("FS 0", "FS 0", "FS 0", "FS 60", "FS 420", "SS 60", "FF 60", "SF 0", "FS 1440e", "FS 50%")


@st.composite
def nets(draw: st.DrawFn, kinds: tuple[str, ...] = HOW, parts: tuple[Category, ...] = PARTS) -> Net:
    """Up to a dozen tasks and some links."""
    count = draw(st.integers(2, 12))
    one = st.tuples(
        st.sampled_from(sorted(PEOPLE)), st.sampled_from([0.1, 0.5, 1.0, 1.3, 2.0, 4.5]), st.sampled_from(parts)
    )
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] < pair[1])
    ends = draw(st.lists(pairs, max_size=2 * count, unique=True))
    some = st.lists(st.integers(0, count - 1), max_size=3, unique=True)
    return Net(
        draw(st.lists(one, min_size=count, max_size=count)),
        [(first, last, draw(st.sampled_from(kinds))) for first, last in ends],
        draw(some),
        draw(some),
        draw(some),
        draw(st.booleans()),
    )


def run(portfolio: Portfolio, options: ScheduleOptions = POOLED, now: datetime = NOW) -> Schedule:
    """Schedule the team's work."""
    return schedule(portfolio, TEAM, options, now)


def timeless(result: Schedule) -> Iterator[object]:
    """All that must not depend on the clock."""
    for said in result.tasks.values():
        yield said.latest_start, said.latest_finish, said.advised_start, said.advised_finish
        yield said.margin_minutes, said.cumulated_margin_minutes, said.protects_minutes
    yield from (replace(buffer, fever=None) for buffer in result.buffers)


def kept(result: Schedule, portfolio: Portfolio, buffer: Buffer) -> bool:
    """Whether a buffer's minutes are free, on the calendar in which they are counted, after its chain's last task."""
    people = {task.key: PEOPLE[task.owners[0].key] if task.owners else BASE for task in portfolio.tasks}
    worked = [name for name in buffer.chain if result.tasks[name].work_minutes]
    finish = result.tasks[worked[-1]].advised_finish
    calendar = BASE if buffer.joins is None else people[buffer.joins]
    end = next(anchor.date for anchor in result.anchors if anchor.key == buffer.anchor)
    minutes = buffer.minutes
    if buffer.joins is not None:
        until = result.tasks[buffer.joins].advised_start
    else:
        until = end
        if buffer.feeds:
            minutes += sum(own.minutes for own in result.buffers if own.anchor == buffer.anchor and not own.feeds)
    assert finish is not None
    assert until is not None
    # Between the last minute of a shift and the first of the next nothing is worked: either stands for the same.
    return calendar.minutes_between(finish, until) >= minutes


@settings(max_examples=80, deadline=None)
@given(nets(), st.integers(0, 1000))
def test_order_of_input_changes_nothing(task: Make, portfolio: Build, net: Net, seed: int) -> None:
    """Tasks and links in any order give the same schedule and the same buffers."""
    straight = net.portfolio(portfolio, task)
    tasks, links = list(straight.tasks), list(straight.links)
    Random(seed).shuffle(tasks)  # noqa: S311 - an order, not a secret
    Random(seed).shuffle(links)  # noqa: S311 - idem
    assert run(replace(straight, tasks=tuple(tasks), links=tuple(links))) == run(straight)


@settings(max_examples=80, deadline=None)
@given(nets(), st.integers(0, 200))
def test_only_consumption_depends_on_the_clock(task: Make, portfolio: Build, net: Net, days: int) -> None:
    """A later clock moves earliest dates, slack and what is used of a buffer; nothing else."""
    made = net.portfolio(portfolio, task)
    later = run(made, now=NOW + timedelta(days=days, minutes=77 * days))
    assert list(timeless(run(made))) == list(timeless(later))


@settings(max_examples=80, deadline=None)
@given(nets())
def test_latest_dates_and_anchors_are_those_of_any_other_plan(task: Make, portfolio: Build, net: Net) -> None:
    """Pooling moves advised dates only, and never beyond the latest ones; what is an anchor stands on its date."""
    made = net.portfolio(portfolio, task)
    pooled, plain = run(made), run(made, ScheduleOptions())
    assert pooled.anchors == plain.anchors
    for name, said in pooled.tasks.items():
        other = plain.tasks[name]
        assert (said.latest_start, said.latest_finish) == (other.latest_start, other.latest_finish)
        if said.advised_finish is not None and said.latest_finish is not None:
            assert said.advised_finish <= said.latest_finish
    for anchor in pooled.anchors:
        if (stands := pooled.tasks.get(anchor.key)) is not None and stands.anchor == anchor.key:
            assert stands.advised_finish == stands.latest_finish


@settings(max_examples=80, deadline=None)
@given(nets())
def test_without_share_and_rule_advised_is_latest(task: Make, portfolio: Build, net: Net) -> None:
    """A margin of 0 sized by nothing else leaves nothing free."""
    nothing = replace(POOLED, margin=0.0, buffers="none")
    for said in run(net.portfolio(portfolio, task), nothing).tasks.values():
        assert (said.advised_start, said.advised_finish) == (said.latest_start, said.latest_finish)
        assert not said.margin_minutes


@settings(max_examples=80, deadline=None)
@given(nets(), st.sampled_from(["squares", "half", "none"]), st.sampled_from([0.0, 0.2, 0.5]))
def test_every_chain_has_its_share(task: Make, portfolio: Build, net: Net, rule: str, share: float) -> None:
    """One buffer an anchor that work leads to; none is under the share of its chain; no task is on two chains."""
    made = net.portfolio(portfolio, task)
    result = run(made, replace(POOLED, margin=share, buffers=rule))
    own = [buffer for buffer in result.buffers if not buffer.feeds]
    led_to = {said.anchor for name, said in result.tasks.items() if said.work_minutes and said.anchor is not None}
    assert sorted(buffer.anchor for buffer in own) == sorted(led_to)
    chains = [name for buffer in own for name in buffer.chain]
    assert len(chains) == len(set(chains))
    for buffer in result.buffers:
        work = sum(result.tasks[name].work_minutes for name in buffer.chain)
        assert work == buffer.left_minutes <= buffer.chain_minutes
        assert buffer.minutes >= margin_of(buffer.chain_minutes, share) >= margin_of(work, share)
        assert buffer.feeds or buffer.joins is None


STRAIGHT = ("FS 0", "FS 0", "FS 60", "FS 420")


@settings(max_examples=100, deadline=None)
@given(nets(STRAIGHT, (Category.TODO,)))
def test_buffers_are_free_and_links_hold(task: Make, portfolio: Build, net: Net) -> None:
    """Between a chain's advised end and what it protects lies its buffer, and every link keeps its lag."""
    made = net.portfolio(portfolio, task)
    result = run(made)
    assert all(kept(result, made, buffer) for buffer in result.buffers)
    for link in made.links:
        before, after = result.tasks[link.predecessor], result.tasks[link.successor]
        if before.advised_finish is None or after.advised_start is None:
            continue
        owner = next(each for each in made.tasks if each.key == link.successor).owners
        calendar = PEOPLE[owner[0].key] if owner else BASE
        assert before.advised_finish <= after.advised_start
        assert calendar.minutes_between(before.advised_finish, after.advised_start) >= link.lag.value


@settings(max_examples=60, deadline=None)
@given(nets(STRAIGHT, (Category.TODO,)))
def test_levelling_leaves_buffers_free(task: Make, portfolio: Build, net: Net) -> None:
    """Levelled, tasks move earlier and the buffers stay as long as they were."""
    made = net.portfolio(portfolio, task)
    levelling = Levelling(
        pools={name: Pool(key=name, calendar=calendar) for name, calendar in PEOPLE.items()},
        demands={each.key: ((each.owners[0].key,),) for each in made.tasks if each.owners},
        samples=5,
    )
    plain, levelled = both(made, TEAM, POOLED, NOW, levelling)
    assert levelled.buffers == plain.buffers
    assert all(kept(levelled, made, buffer) for buffer in levelled.buffers)
