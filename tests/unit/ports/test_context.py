"""What a context looks up once for all rules, against what each task and link says of itself."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from retro.lint.examples import ZONE, a_link, a_task, case, key_of
from retro.model import Category, Day, Link, Role, Task, as_date
from retro.ports import Context

ZONES = (UTC, ZONE, ZoneInfo("America/New_York"), timezone(timedelta(hours=1)))
TITLES = ("Brief", "Maquette", "Textes", "Flyer")
WHENEVER: st.SearchStrategy[Day | None] = (
    st.none()
    | st.sampled_from([date(2027, 3, 1), date.max])
    # Around midnights, and the hour that comes twice.
    | st.builds(
        lambda hours, zone, fold: datetime(2026, 10, 24, 20, tzinfo=zone).replace(fold=fold) + timedelta(hours=hours),
        st.integers(0, 40),
        st.sampled_from(ZONES),
        st.integers(0, 1),
    )
    | st.sampled_from([datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
)
LINKS = st.lists(st.tuples(st.sampled_from(TITLES), st.sampled_from(TITLES)), max_size=12)


@given(dues=st.lists(WHENEVER, max_size=30))
def test_due_days_are_those_of_the_workspace(dues: list[Day | None]) -> None:
    """Tasks that are due at one instant, on whatever clock, are due on the day that it is in the workspace."""
    tasks = [a_task(str(number), due=due) for number, due in enumerate(dues)]
    expected = {task.key: as_date(task.due, ZONE) for task in tasks if task.due is not None}
    assert case("", *tasks).context().due_days == expected


@given(
    tasks=st.lists(
        st.builds(
            a_task,
            st.uuids().map(str),
            section=st.sampled_from(["À planifier", "En cours", "Terminé", "Idées", "Annulé", "Zone 51"]),
            role=st.sampled_from(Role),
        ),
        max_size=12,
    )
)
def test_wanted_tasks_are_open_ones_that_are_no_ideas(tasks: list[Task]) -> None:
    """In their order; counted ones are those that say so."""
    context = case("", *tasks).context()
    assert list(context.counted) == [task for task in tasks if task.counts]
    assert list(context.wanted) == [
        task for task in tasks if task.is_open and task.status.category is not Category.IDEA
    ]


@given(ends=LINKS)
def test_links_are_found_by_either_end(ends: list[tuple[str, str]]) -> None:
    """Every link but one of a task to itself, in their order."""
    links = tuple(a_link(*pair) for pair in ends)
    context = case("", *map(a_task, TITLES), links=links).context()
    assert found(context, "predecessors") == grouped(links, lambda link: link.successor)
    assert found(context, "successors") == grouped(links, lambda link: link.predecessor)


def found(context: Context, name: str) -> dict[str, tuple[Link, ...]]:
    """What the context has looked up, for tasks that exist."""
    table: dict[str, tuple[Link, ...]] = dict(getattr(context, name))
    assert table.keys() <= {key_of(title) for title in TITLES}
    return table


def grouped(links: tuple[Link, ...], by: Callable[[Link], str]) -> dict[str, tuple[Link, ...]]:
    """The links that each task has, asked one task after the other."""
    groups = {
        key_of(title): tuple(link for link in links if by(link) == key_of(title) and link.predecessor != link.successor)
        for title in TITLES
    }
    return {key: group for key, group in groups.items() if group}
