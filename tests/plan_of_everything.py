"""Random plans of a team, with what plans hold: parents, milestones, every status, links, leave, several owners.

They are written for Microsoft Project, and read back by retro and by MPXJ.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from retro.calendars import Calendars, build_calendar, parse_hours, parse_range, person_calendar
from retro.model import (
    Anchor,
    Assessment,
    Board,
    Category,
    Constraint,
    ConstraintType,
    Estimate,
    EstimateOrigin,
    Lag,
    LagUnit,
    Link,
    LinkType,
    Owner,
    Portfolio,
    Project,
    Status,
    StatusOrigin,
    Task,
)
from retro.schedule import ScheduleOptions, schedule

PARIS = ZoneInfo("Europe/Paris")
BASE = build_calendar(zone=PARIS, bridges="off")
TEAM = Calendars(
    project=BASE,
    people={
        "lea": person_calendar(BASE, share=0.8, leave=[parse_range("2027-02-08..2027-02-19")]),
        "sam": person_calendar(BASE, week_overrides={0: parse_hours("8:30-12:15"), 4: parse_hours("9:00-12:00")}),
    },
)
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
END = date(2027, 6, 15)
WHO = ("lea", "sam", "max")


def plan(seed: int, *, every_link: bool = True) -> Assessment:
    """A plan of up to two dozen tasks; without `every_link` its links are finish to start, with working waits."""
    random = Random(seed)  # noqa: S311 - a reproducible plan, not a secret
    count = random.randint(6, 24)
    tasks = [_task(random, number) for number in range(count)]
    for number in range(1, count):
        if random.random() < 0.2:
            tasks[number] = replace(tasks[number], parent=f"t{random.randrange(number)}")
    links = {
        (first, last): _link(random, first, last, every=every_link)
        for last in range(1, count)
        for first in random.sample(range(last), min(last, random.choice([0, 1, 1, 2])))
    }
    anchor = Anchor(key="end", name="Salon", date=END, project="p")
    portfolio = Portfolio(
        boards=(Board(key="b", name="Salon", source="s"),),
        tasks=tuple(tasks),
        links=tuple(links.values()),
        projects=(Project(key="p", name="Salon", boards=("b",), tasks=tuple(t.key for t in tasks), anchors=(anchor,)),),
    )
    return assessed(portfolio)


def assessed(portfolio: Portfolio, calendars: Calendars = TEAM, now: datetime = NOW) -> Assessment:
    """A portfolio as reports are given it."""
    return Assessment(
        portfolio=portfolio,
        schedule=schedule(portfolio, calendars, ScheduleOptions(), now),
        findings=(),
        now=now,
        lang="fr",
        zone_name="Europe/Paris",
        day_minutes=420,
        work_minutes=lambda _person, _day: 420,
    )


def _task(random: Random, number: int) -> Task:
    category = random.choice([Category.TODO] * 6 + [*Category])
    owners = random.sample(WHO, random.choice([0, 1, 1, 1, 2]))
    days = random.choice([0.1, 0.5, 1.0, 1.3, 2.0, 4.5])
    milestone = random.random() < 0.1
    begun = category in (Category.DOING, Category.REVIEW, Category.DONE)
    day = NOW - timedelta(days=random.randrange(3, 20))
    constraint = None
    if category is Category.TODO and not milestone and random.random() < 0.1:
        constraint = Constraint(ConstraintType.SNET, date(2027, 3, random.randint(1, 28)))
    return Task(
        key=f"t{number}",
        board="b",
        title=f"Tâche <{number}> & Cie",
        url=f"https://trello.com/c/{number}",
        estimates=() if random.random() < 0.1 else (Estimate(EstimateOrigin.NUMBER, days, "days"),),
        owners=tuple(Owner(name, name.title()) for name in owners),
        reviewer=Owner("max", "Max") if category is Category.REVIEW and random.random() < 0.5 else None,
        status=Status(category.value, category, StatusOrigin.MAPPED),
        milestone=milestone,
        percent=50.0 if category is Category.DOING and random.random() < 0.5 else None,
        actual_start=day if begun and random.random() < 0.7 else None,
        actual_finish=day + timedelta(days=2) if category is Category.DONE and random.random() < 0.7 else None,
        constraint=constraint,
    )


def _link(random: Random, first: int, last: int, *, every: bool) -> Link:
    kinds = [LinkType.FS, LinkType.FS, LinkType.FS, *LinkType] if every else [LinkType.FS]
    lags = [Lag(), Lag(), Lag(), Lag(210)]
    if every:
        lags += [Lag(-60), Lag(2880, LagUnit.ELAPSED), Lag(50, LagUnit.PERCENT)]
    return Link(f"t{first}", f"t{last}", random.choice(kinds), random.choice(lags))
