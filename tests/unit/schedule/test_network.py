"""Which tasks are scheduled, what spans and absent tasks do to links, and how cycles are told."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise

from retro.model import Category, Role, Schedule, Task

Plan = Callable[..., Schedule]
Make = Callable[..., Task]
At = Callable[[str], datetime]
END = date(2027, 3, 1)


def test_what_is_scheduled(plan: Plan, task: Make) -> None:
    """Ideas, cancelled, archived and template cards, parents and boards of kind flow are not."""
    tasks = [
        task("a", 1),
        task("b", 1, Category.IDEA),
        task("c", 1, Category.CANCELLED),
        task("d", 1, archived=True),
        task("e", 1, role=Role.TEMPLATE),
        task("f", 1, board="f"),
        task("g", 1),
        task("h", 1, parent="g"),
        task("i", 1, Category.DONE),
    ]
    assert set(plan(tasks, [], END).tasks) == {"a", "h", "i"}


def test_links_of_absent_tasks_are_bridged(plan: Plan, task: Make, at: At) -> None:
    """Through a cancelled task and an idea the order stays, lags included; through a done one it does not."""
    tasks = [
        task("a", 2),
        task("b", 9, Category.CANCELLED),
        task("c", 9, Category.IDEA),
        task("d", 1),
        task("e", 1, Category.DONE),
        task("f", 1),
    ]
    said = plan(tasks, ["a>b", "b>c FS 420", "c>d", "a>e", "e>f"], END).tasks
    assert said["d"].earliest_start == at("2027-01-07T09:00")
    assert said["a"].latest_finish == at("2027-02-25T17:00")
    assert said["f"].earliest_start == at("2027-01-04T09:00")


def test_links_of_a_parent_bind_its_leaves(plan: Plan, task: Make, at: At) -> None:
    """A link between two parents puts every leaf of one after every leaf of the other; a lag stays."""
    tasks = [
        task("p"),
        task("p1", 2, parent="p"),
        task("p2", 1, parent="p"),
        task("q"),
        task("q1", 1, parent="q"),
        task("q2", 3, parent="q"),
    ]
    said = plan(tasks, ["p>q"], END).tasks
    assert said["q1"].earliest_start == said["q2"].earliest_start == at("2027-01-06T09:00")
    assert said["p1"].latest_finish == said["p2"].latest_finish == at("2027-02-24T17:00")
    lagged = plan(tasks, ["p>q FS 420"], END).tasks
    assert lagged["q1"].earliest_start == at("2027-01-07T09:00")
    together = plan(tasks, ["p>q SS 420"], END).tasks
    assert together["q1"].earliest_start == at("2027-01-05T09:00")


def test_a_link_between_a_parent_and_its_part_says_nothing(plan: Plan, task: Make, at: At) -> None:
    """A span neither waits for its own part nor is waited for by it, and this is no cycle."""
    result = plan([task("p"), task("c", 1, parent="p")], ["p>c", "c>p"], END)
    assert result.tasks["c"].earliest_start == at("2027-01-04T09:00")
    assert result.cycles == ()


def test_parents_of_each_other(plan: Plan, task: Make) -> None:
    """Two cards that each claim to be the other's parent do not make both vanish."""
    result = plan([task("a", 1, parent="b"), task("b", 1, parent="a"), task("c", 1, parent="c")], [], END)
    assert "c" in result.tasks
    assert {"a", "b"} & set(result.tasks)


def test_a_cycle_is_named_and_the_rest_is_scheduled(plan: Plan, at: At) -> None:
    """Each cycle begins with its smallest key and goes in the order of links; every task still gets dates."""
    tasks = dict.fromkeys("abcdefg", 1.0)
    result = plan(tasks, ["c>a", "a>b", "b>c", "c>d", "f>e", "e>f", "g>g", "d>e"], END)
    assert result.cycles == (("a", "b", "c"), ("e", "f"), ("g",))
    assert set(result.tasks) == set("abcdefg")
    assert result.tasks["d"].earliest_start == at("2027-01-05T09:00")
    assert result.tasks["e"].earliest_start == at("2027-01-06T09:00")


def test_two_cycles_in_one_knot_are_both_named(plan: Plan) -> None:
    """Every task of a knot is named in some cycle."""
    result = plan(dict.fromkeys("abc", 1.0), ["a>b", "b>a", "b>c", "c>b"], END)
    assert result.cycles == (("a", "b"), ("b", "c"))


def test_a_done_task_in_a_cycle_breaks_it(plan: Plan, task: Make, at: At) -> None:
    """The cycle is told, and what is still open keeps its order."""
    tasks = [task("a", 1, Category.DONE), task("b", 1), task("c", 1)]
    result = plan(tasks, ["a>b", "b>c", "c>a"], END)
    assert result.cycles == (("a", "b", "c"),)
    assert result.tasks["c"].earliest_start == at("2027-01-05T09:00")


def test_cycles_through_a_cancelled_task_and_a_parent(plan: Plan, task: Make) -> None:
    """A cancelled task is named, a parent's boundary is not: its leaf is."""
    tasks = [task("a", 1), task("x", 1, Category.CANCELLED), task("p"), task("p1", 1, parent="p"), task("s", 1)]
    assert plan(tasks, ["a>x", "x>a", "p>s", "s>p1"], END).cycles == (("a", "x"), ("p1", "s"))


def test_a_deep_chain_needs_no_recursion(plan: Plan) -> None:
    """Five thousand tasks in a row, and in a ring, are scheduled."""
    keys = [f"t{number:04d}" for number in range(5000)]
    links = [f"{first}>{last}" for first, last in pairwise(keys)]
    row = plan(dict.fromkeys(keys, 0.1), links, END)
    assert row.anchors[0].chain == tuple(keys)
    ring = plan(dict.fromkeys(keys, 0.1), [*links, f"{keys[-1]}>{keys[0]}"], END)
    assert ring.cycles == (tuple(keys),)


def test_unknown_ends_of_links_are_left_alone(plan: Plan) -> None:
    """A link to a task that was not read neither fails nor binds."""
    assert set(plan({"a": 1.0}, ["a>nowhere", "nowhere>a"], END).tasks) == {"a"}
