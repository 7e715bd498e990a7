"""Pooled margins in a plan: where buffers stand, and what they are sized on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from retro.calendars import build_calendar
from retro.model import Buffer, Category, Schedule, Task, Verdict, Zone

Plan = Callable[..., Schedule]
Make = Callable[..., Task]
At = Callable[[str], datetime]

CALENDAR = build_calendar(zone=ZoneInfo("Europe/Paris"))
# The network of PM Knowledge Center's table: 2-6-8 is critical, 1-4 joins at 6, 3-5-7 at 8.
TABLE = {"1": 2, "2": 9, "3": 5, "4": 2, "5": 3, "6": 6, "7": 2, "8": 3}
LINKS = ["1>4", "4>6", "2>6", "6>8", "3>5", "5>7", "7>8"]
END = date(2027, 3, 1)


def own(result: Schedule, anchor: str = "p/end") -> Buffer:
    """The buffer of an anchor."""
    (found,) = (buffer for buffer in result.buffers if buffer.anchor == anchor and not buffer.feeds)
    return found


def feeding(result: Schedule) -> dict[tuple[str, ...], Buffer]:
    """Feeding buffers by their chains."""
    return {buffer.chain: buffer for buffer in result.buffers if buffer.feeds}


def between(first: datetime | None, last: datetime | None) -> int:
    """Working minutes of the project."""
    assert first is not None
    assert last is not None
    return CALENDAR.minutes_between(first, last)


def test_a_chain_keeps_one_buffer_before_the_date(plan: Plan) -> None:
    """Ten tasks of twenty days: fifty days before the end, none between tasks (half the chain)."""
    tasks = {f"t{number}": 20 for number in range(10)}
    result = plan(tasks, [f"t{n}>t{n + 1}" for n in range(9)], date(2028, 3, 1), margin_mode="project")
    assert own(result).chain == tuple(tasks)
    assert own(result).minutes == 50 * 420
    assert between(result.tasks["t9"].advised_finish, result.anchors[0].date) == 50 * 420
    for number in range(9):
        assert between(result.tasks[f"t{number}"].advised_finish, result.tasks[f"t{number + 1}"].advised_start) == 0
    assert {said.margin_minutes for key, said in result.tasks.items() if key != "t9"} == {0}
    assert result.tasks["t9"].margin_minutes == result.tasks["t0"].cumulated_margin_minutes == 50 * 420


def test_chains_that_join_keep_their_own(plan: Plan) -> None:
    """The table's network: its chain, its two feeding chains, and where each joins."""
    result = plan(TABLE, LINKS, END, margin_mode="project", buffers="squares")
    assert own(result).chain == ("2", "6", "8")
    found = feeding(result)
    assert {chain: buffer.joins for chain, buffer in found.items()} == {("1", "4"): "6", ("3", "5", "7"): "8"}
    said = result.tasks
    assert between(said["4"].advised_finish, said["6"].advised_start) == found["1", "4"].minutes
    assert between(said["7"].advised_finish, said["8"].advised_start) == found["3", "5", "7"].minutes
    assert between(said["8"].advised_finish, result.anchors[0].date) == own(result).minutes
    # √(4.5² + 3² + 1.5²) = 5.61 days; √(1² + 1²) = 1.41; √(2.5² + 1.5² + 1²) = 3.08: with half of each estimate.
    assert (own(result).minutes, found["1", "4"].minutes, found["3", "5", "7"].minutes) == (2370, 600, 1305)


def test_the_share_is_the_least(plan: Plan) -> None:
    """A margin of five eighths is more than the squares say; the chain of the table is of 18 days."""
    assert own(plan(TABLE, LINKS, END, margin_mode="project", margin=0.625)).minutes == 4725


def test_a_milestone_stays_on_its_date(plan: Plan, task: Make) -> None:
    """The buffer stands before the milestone that is the anchor; what is ready stays on it too."""
    tasks = [
        *(task(key, days) for key, days in TABLE.items()),
        task("launch", milestone=True, due=END),
        task("visuals", 1, Category.READY),
        task("loose", 1),
    ]
    result = plan(tasks, [*LINKS, "8>launch", "visuals>launch"], margin_mode="project", buffers="squares")
    said = result.tasks
    assert said["launch"].advised_finish == said["visuals"].advised_finish == result.anchors[0].date
    assert between(said["8"].advised_finish, result.anchors[0].date) == own(result, "launch").minutes == 2370
    # What no link leads from joins where the chain ends.
    assert between(said["loose"].advised_finish, result.anchors[0].date) == 2370 + 210
    assert feeding(result)["loose",].joins is None


def test_a_lag_before_the_date_is_no_buffer(plan: Plan, task: Make) -> None:
    """What takes five days from the last task to the launch takes them after the buffer's chain, on top of it."""
    tasks = [task("print", 2), task("launch", milestone=True, due=END)]
    result = plan(tasks, ["print>launch FS 2100"], margin_mode="project")
    assert between(result.tasks["print"].advised_finish, result.anchors[0].date) == 2100 + own(result, "launch").minutes


def test_a_lag_that_runs_round_the_clock_leaves_the_buffer_whole(plan: Plan, task: Make) -> None:
    """Drying takes a weekend; the buffer is working time all the same, through a span's end too."""
    tasks = [
        task("paint", 2),
        task("work", None),
        task("part", 3, parent="work"),
        task("launch", milestone=True, due=END),
    ]
    result = plan(tasks, ["paint>launch FS 2880e", "work>launch FS 2880e"], margin_mode="project")
    said = result.tasks
    (joined,) = feeding(result).values()
    assert own(result, "launch").chain[0] == "part"
    for key, buffer in (
        ("part", own(result, "launch").minutes),
        ("paint", own(result, "launch").minutes + joined.minutes),
    ):
        assert between(said[key].advised_finish, said[key].latest_finish) >= buffer


def test_leaves_of_a_span_join_where_it_ends(plan: Plan, task: Make) -> None:
    """Of a span's parts the longest is on the chain; the others feed its end."""
    tasks = [task("span", None), task("a", 5, parent="span"), task("b", 2, parent="span"), task("z", 1)]
    result = plan(tasks, ["span>z"], END, margin_mode="project")
    assert [key for key in own(result).chain if key != "span"] == ["a", "z"]
    assert feeding(result)["b",].joins == "z"
    assert between(result.tasks["b"].advised_finish, result.tasks["z"].advised_start) == feeding(result)["b",].minutes


def test_each_anchor_has_its_own(plan: Plan, task: Make) -> None:
    """Work between two dated milestones is a chain of its own: it begins where the first one stands."""
    tasks = [
        task("a", 5),
        task("m1", milestone=True, due=date(2027, 2, 1)),
        task("b", 8),
        task("m2", milestone=True, due=END),
    ]
    result = plan(tasks, ["a>m1", "m1>b", "b>m2"], margin_mode="project")
    assert (own(result, "m1").chain, own(result, "m2").chain) == (("a",), ("b",))
    assert result.tasks["m1"].advised_finish == result.anchors[0].date
    assert not feeding(result)


def test_a_deadline_of_its_own_is_what_a_chain_works_to(plan: Plan, task: Make) -> None:
    """A task that someone wants sooner than the rest allows: its buffer stands before that day."""
    tasks = [task("a", 5), replace(task("b", 5), deadline=date(2027, 2, 1)), task("c", 1)]
    result = plan(tasks, ["a>b", "b>c"], END, margin_mode="project")
    assert own(result).chain == ("a", "b")
    assert between(result.tasks["b"].advised_finish, result.tasks["b"].latest_finish) == own(result).minutes
    assert result.tasks["b"].latest_finish == CALENDAR.last_minute(date(2027, 2, 1))


def test_dates_stay_when_a_task_is_done(plan: Plan, task: Make) -> None:
    """A buffer is sized on its whole chain: what is still to be done keeps its advised dates."""
    keys = ("a", "b", "c", "d")
    links = ["a>b", "b>c", "c>d"]
    before = plan([task(key, 5) for key in keys], links, END, margin_mode="project")
    done = [task(key, 5, Category.DONE if key in "ab" else Category.TODO) for key in keys]
    after = plan(done, links, END, margin_mode="project")
    assert own(after).minutes == own(before).minutes
    assert (own(after).done, own(after).chain) == (("a", "b"), ("c", "d"))
    for key in "cd":
        assert after.tasks[key].advised_finish == before.tasks[key].advised_finish
    assert own(after).left_minutes == own(after).chain_minutes // 2
    # The margin that is asked for is a share of what is left.
    assert after.tasks["d"].protects_minutes == 10 * 420


def test_done_work_in_a_circle_is_followed_once(plan: Plan, task: Make) -> None:
    """Facts break a cycle: the way back through done tasks ends."""
    tasks = [task("a", 2, Category.DONE), task("b", 2, Category.DONE), task("c", 2)]
    assert set(own(plan(tasks, ["a>b", "b>a", "b>c"], END, margin_mode="project")).done) == {"a", "b"}


def test_consumption_follows_the_clock_and_the_work(plan: Plan, task: Make, at: At) -> None:
    """Four days before the 15th with a buffer of a day: half of it is used where half a day of slack is left."""
    links, end = ["a>b"], date(2027, 1, 15)
    tasks = [task("a", 2), task("b", 2)]

    def fever(now: str, *given: Task) -> tuple[float, float, Zone]:
        seen = own(plan(given or tasks, links, end, margin_mode="project", buffers="none", margin=0.25, now=at(now)))
        assert seen.fever is not None
        assert seen.fever.at == at(now)
        return seen.fever.complete, seen.fever.consumed, seen.fever.zone

    assert fever("2027-01-04T09:00") == (0, 0, Zone.GREEN)
    assert fever("2027-01-12T09:00") == (0, 1, Zone.RED)
    assert fever("2027-01-11T13:30") == (0, 0.5, Zone.YELLOW)
    half = (task("a", 2, Category.DONE), task("b", 2))
    assert fever("2027-01-13T13:30", *half) == (0.5, 0.5, Zone.YELLOW)
    assert fever("2027-01-14T13:30", *half)[1] > 1


def test_one_task_is_judged_for_its_chain(plan: Plan, task: Make) -> None:
    """The last task's date is thin where it leaves less than the share of the chain; others only when too late."""
    tasks = [task("a", 5), task("b", 5)]

    def verdicts(**due: date) -> tuple[Verdict, Verdict]:
        dated = [replace(each, due=due.get(each.key)) for each in tasks]
        said = plan(dated, ["a>b"], END, margin_mode="project").tasks
        return said["a"].verdict, said["b"].verdict

    assert verdicts() == (Verdict.OK, Verdict.OK)
    assert verdicts(a=date(2027, 2, 22)) == (Verdict.OK, Verdict.OK)  # its very latest day
    assert verdicts(a=date(2027, 2, 23)) == (Verdict.THIN, Verdict.OK)
    assert verdicts(b=date(2027, 2, 25)) == (Verdict.OK, Verdict.OK)  # two days, a fifth of ten
    assert verdicts(b=date(2027, 2, 26)) == (Verdict.OK, Verdict.THIN)


def test_without_an_anchor_there_is_no_buffer(plan: Plan) -> None:
    """Work without a date, and what comes after the launch, has none."""
    assert plan(TABLE, LINKS, margin_mode="project").buffers == ()
    assert plan(TABLE, LINKS, END).buffers == ()
