"""Templates learnt from a project that is over."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from retro.calendars import Calendars
from retro.config.load import Configuration
from retro.config.shape import Settings
from retro.model import (
    Board,
    Category,
    Estimate,
    EstimateOrigin,
    Lag,
    LagUnit,
    Link,
    Owner,
    Portfolio,
    Status,
    StatusOrigin,
    Task,
)
from retro.model.plan_template import After, PlanTemplate
from retro.ports import ConfigurationError
from retro.report.template_toml import template_toml
from retro.run.templates import template_of
from retro.run.templates.learning import learnt
from retro.run.working_time import calendars
from retro.schedule import ScheduleOptions

PARIS = ZoneInfo("Europe/Paris")
LEA = Owner("trello:1", "Léa Martin")
DONE = Status("Fait", Category.DONE, StatusOrigin.NATIVE)
CALENDARS: Calendars = calendars(Configuration(Settings()))
LAUNCH = date(2026, 6, 16)


def at(day: int, hour: int = 9) -> datetime:
    """An hour of June."""
    return datetime(2026, 6, day, hour, tzinfo=PARIS)


def done(key: str, title: str, start: int, finish: int, days: float = 1) -> Task:
    """A task that was said to take so many days, and took from one day's morning to another's evening."""
    return Task(
        key=key,
        board="b",
        title=title,
        owners=(LEA,),
        actual_start=at(start),
        actual_finish=at(finish, 17),
        estimates=(Estimate(EstimateOrigin.NUMBER, days, "days"),),
        status=DONE,
    )


TASKS = (
    done("1", "[Web] Maquetter 2 pages", 1, 3),
    done("2", "[Web] Intégrer 2 pages", 5, 11),
    done("3", "[Data] Rédiger le bilan", 23, 23),
    Task(key="4", board="b", title="Mise en ligne", owners=(LEA,), due=LAUNCH, milestone=True, status=DONE),
    Task(key="5", board="b", title="Idée", status=Status("Idées", Category.IDEA, StatusOrigin.NATIVE)),
    Task(key="6", board="other", title="Ailleurs", status=DONE),
)
LINKS = (Link("1", "2", lag=Lag(420)), Link("2", "3"), Link("6", "2"))


def learn(*tasks: Task, launch: date | None = None, links: tuple[Link, ...] = LINKS) -> PlanTemplate:
    """The template of board b."""
    portfolio = Portfolio(
        boards=(Board(key="b", name='Site "2026"', source="s"), Board(key="other", name="O", source="s")),
        tasks=tasks,
        links=links,
    )
    return learnt(portfolio, ["b"], launch, CALENDARS, ScheduleOptions(), key="site")


def test_durations_and_offsets_are_what_they_were() -> None:
    """Tasks last what they lasted; the last one keeps its days before the launch, one after it its days since."""
    template = learn(*TASKS)
    assert [(task.id, task.days, task.after, task.wait, task.phase) for task in template.tasks] == [
        ("maquetter-2-pages", 3.0, (), None, "production"),
        ("integrer-2-pages", 5.0, (After("maquetter-2-pages", 1.0),), 3.0, "production"),
        ("rediger-le-bilan", 1.0, (After("launch", 4.0),), None, "after"),
    ]
    assert (template.launch, template.launch_role, template.roles) == (
        "Mise en ligne",
        "lea-martin",
        {"lea-martin": "Léa Martin"},
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_file_says_the_same(lang: str) -> None:
    """What is written is read as what was learnt, quotation marks and accents in it."""
    template = learn(*TASKS)
    assert template_of(template_toml(template, lang=lang), key="site", where="site.toml", lang=lang) == template


def test_titles_that_are_alike() -> None:
    """Two tasks of one title have an id each; one of nobody is for a role that is still to be given."""
    tasks = [Task(key=str(n), board="b", title="[Web] Page", due=date(2026, 6, n), status=DONE) for n in (2, 3, 4)]
    template = learn(*tasks, launch=LAUNCH, links=())
    assert [task.id for task in template.tasks] == ["page", "page-2", "page-3"]
    assert [task.wait for task in template.tasks] == [10.0, 9.0, 8.0]
    assert list(template.roles.values()) == ["To be assigned"]


def test_elapsed_waits() -> None:
    """Seven days of waiting, weekends among them, are five worked ones."""
    links = (Link("1", "2", lag=Lag(7 * 1440, LagUnit.ELAPSED)),)
    assert learn(*TASKS, links=links).tasks[1].after == (After("maquetter-2-pages", 5.0),)


def test_what_cannot_be_learnt() -> None:
    """Without a launch, or without any task, a sentence says so."""
    with pytest.raises(ConfigurationError, match="--end"):
        learn(*TASKS[:3])
    with pytest.raises(ConfigurationError, match="no task"):
        learn(*TASKS[3:])
