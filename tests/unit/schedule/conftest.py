"""Small portfolios in one line: tasks by days of work, links as "a>b", one project, one calendar or several."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendars, build_calendar
from retro.model import (
    Anchor,
    AnchorOrigin,
    Board,
    BoardKind,
    Category,
    Estimate,
    EstimateOrigin,
    Lag,
    LagUnit,
    Link,
    LinkType,
    Owner,
    Portfolio,
    Project,
    Schedule,
    Status,
    StatusOrigin,
    Task,
)
from retro.schedule import ScheduleOptions, schedule

PARIS = ZoneInfo("Europe/Paris")
PLAIN = Calendars(project=build_calendar(zone=PARIS))
NOW = datetime(2027, 1, 4, 9, 0, tzinfo=PARIS)
"""A Monday."""


def make_task(key: str, days: float | None = None, category: Category = Category.TODO, **fields: object) -> Task:
    """A task on board "b", with an estimate in days where one is given; `owner` names its owner."""
    estimates = () if days is None else (Estimate(EstimateOrigin.NUMBER, days, "days"),)
    owner = fields.pop("owner", None)
    made = Task(
        key=key,
        board="b",
        title=f"Tâche {key}",
        estimates=estimates,
        owners=() if owner is None else (Owner(str(owner), str(owner)),),
        status=Status(category.value, category, StatusOrigin.MAPPED),
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of Task, by name


def make_link(text: str) -> Link:
    """Read "a>b", "a>b SS", "a>b FS 420", "a>b FS 1440e" (elapsed), "a>b FS 50%"."""
    ends, *rest = text.split()
    first, last = ends.split(">")
    lag = Lag()
    if len(rest) > 1:
        unit = {"e": LagUnit.ELAPSED, "%": LagUnit.PERCENT}.get(rest[1][-1], LagUnit.WORKING)
        lag = Lag(int(rest[1].rstrip("e%")), unit)
    return Link(first, last, LinkType(rest[0]) if rest else LinkType.FS, lag)


def make_portfolio(
    tasks: Iterable[Task] | Mapping[str, float],
    links: Sequence[str] = (),
    end: date | None = None,
    anchors: Sequence[Anchor] = (),
) -> Portfolio:
    """One project of one board; `end` is its anchor. Board "f" is of kind flow."""
    made = [make_task(key, days) for key, days in tasks.items()] if isinstance(tasks, Mapping) else list(tasks)
    given = list(anchors)
    if end is not None:
        given.append(Anchor(key="p/end", name="Lancement", date=end, project="p", origin=AnchorOrigin.OPTION))
    return Portfolio(
        boards=(
            Board(key="b", name="Projet", source="s"),
            Board(key="f", name="Flux", source="s", kind=BoardKind.FLOW),
        ),
        tasks=tuple(made),
        projects=(
            Project(key="p", name="Projet", boards=("b",), tasks=tuple(t.key for t in made), anchors=tuple(given)),
        ),
        links=tuple(make_link(text) for text in links),
    )


def make_schedule(
    tasks: Iterable[Task] | Mapping[str, float],
    links: Sequence[str] = (),
    end: date | None = None,
    *,
    anchors: Sequence[Anchor] = (),
    now: datetime = NOW,
    calendars: Calendars = PLAIN,
    **options: object,
) -> Schedule:
    """The schedule of `make_portfolio`."""
    settings = replace(ScheduleOptions(), **options)  # type: ignore[arg-type]  # settings by name
    return schedule(make_portfolio(tasks, links, end, anchors), calendars, settings, now)


@pytest.fixture(scope="session")
def plan() -> Callable[..., Schedule]:
    """Schedules a small portfolio."""
    return make_schedule


@pytest.fixture(scope="session")
def task() -> Callable[..., Task]:
    """Makes a task."""
    return make_task


@pytest.fixture(scope="session")
def portfolio() -> Callable[..., Portfolio]:
    """Makes a small portfolio."""
    return make_portfolio


@pytest.fixture(scope="session")
def at() -> Callable[[str], datetime]:
    """An instant on the clock of Paris."""
    return lambda text: datetime.fromisoformat(text).replace(tzinfo=PARIS)
