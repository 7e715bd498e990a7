"""Findings do not age: a working day later the same boards give the same ones, but for those that the day decides."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from retro.calendars import Calendars, build_calendar, parse_range, person_calendar
from retro.lint import BaseRule
from retro.lint.examples import BOARD, LISTS, ZONE, a_board, a_task
from retro.model import (
    Anchor,
    AnchorMoves,
    BoardKind,
    Category,
    CheckItem,
    Day,
    DueMove,
    Estimate,
    EstimateOrigin,
    Finding,
    History,
    Lag,
    Link,
    LinkType,
    Owner,
    Portfolio,
    Project,
    Role,
    Seen,
    SourceState,
    SourceStatus,
    Standing,
    Status,
    StatusOrigin,
    Task,
    UnresolvedLink,
)
from retro.ports import Capabilities, Context
from retro.schedule import ScheduleOptions, schedule
from retro_practices import RULES

TYPES = {code: load() for code, load in RULES.items()}

TURNS_WITH_THE_DAY = {
    "END105": "a launch passes",
    "BUF104": "idem",
    "BUF105": "idem",
    "END104": "work that does not begin takes a launch out of reach",
    "BUF101": "so does what is left of a margin, of work without a date",
    "OWN105": "a leave that has passed no longer matters",
    "STA103": "a start passes",
    "STA104": "work stands still for longer than it may",
    "DAT103": "a due date passes",
    "DAT104": "a date can no longer be brought forward",
    "DAT106": "a day that was to come comes",
    "GRA105": "a project begins when its first work does, today at the latest",
    "RIT101": "the meeting comes near, or is over",
    "RIT102": "a second meeting goes by without a change",
    "RIT104": "two weeks have passed since the launch",
    "CAP101": "a week begins",
    "BUF103": "the chain moves on",
}
"""Rules whose verdict a day may change, and how; all others say the same."""
COUNTS_FROM_NOW = {"END104", "BUF101", "CAP101", "BUF103"}
"""What they tell is what is left from now on: how many days are missing is their very subject."""

INFERRED = StatusOrigin.INFERRED
TITLES = (
    "[Web] Maquette FAQ",
    "[Web] Intégration FAQ",
    "[Social] 12 posts",
    "Divers",
    "[Print] Flyer",
    "Débrief",
    "Envoyer le mail à Paul",
    "SEO : audit",
    "Kick-off",
    "[Email] Newsletter",
)
TEAM = ("Léa Martin", "Karim Benali", "Équipe contenu")
BASE = build_calendar(zone=ZONE, bridges="off")
PEOPLE = {
    "lea martin": person_calendar(BASE, share=0.8, leave=[parse_range("2027-01-11..2027-01-22")]),
    "karim benali": person_calendar(BASE, leave=[parse_range("2027-02-01..2027-02-05")]),
}
DAYS = st.dates(date(2026, 12, 21), date(2027, 2, 28))
INSTANTS = st.datetimes(datetime(2026, 12, 21), datetime(2027, 2, 28)).map(  # noqa: DTZ001 - the zone follows
    lambda at: at.replace(second=0, microsecond=0, tzinfo=ZONE)
)
WHENEVER: st.SearchStrategy[Day | None] = st.none() | DAYS | INSTANTS
NOWS = st.datetimes(datetime(2026, 12, 28), datetime(2027, 2, 15)).map(  # noqa: DTZ001 - idem
    lambda at: at.replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=ZONE)
)
ESTIMATES = st.none() | st.sampled_from([30, 210, 420, 2100, 6300]).map(
    lambda minutes: Estimate(EstimateOrigin.NUMBER, float(minutes), "minutes")
)


@st.composite
def a_card(draw: st.DrawFn, number: int) -> Task:
    """A task as it may stand on a real board: half filled, in any list, at any date."""
    title = draw(st.sampled_from(TITLES))
    task = a_task(
        title,
        key=f"trello:{number}",
        section=draw(st.sampled_from([*LISTS, "Zone 51"])),
        owners=tuple(draw(st.lists(st.sampled_from(TEAM), max_size=2, unique=True))),
        start=draw(WHENEVER),
        due=draw(WHENEVER),
        parent=f"trello:{draw(st.integers(0, number - 1))}" if number and draw(st.integers(0, 4)) == 0 else None,
        milestone=draw(st.integers(0, 7)) == 0,
        updated=draw(st.none() | INSTANTS),
    )
    line = CheckItem(key=f"{task.key}/1", title="BAT", done=draw(st.booleans()), due=draw(st.none() | DAYS))
    estimate = draw(ESTIMATES)
    done = task.status.category is Category.DONE
    told = replace(task.status, origin=StatusOrigin.NATIVE) if done else Status(None, Category.TODO, INFERRED)
    return replace(
        task,
        estimates=() if estimate is None else (estimate,),
        checklist=(line,) if draw(st.booleans()) else (),
        created=draw(st.none() | INSTANTS),
        completed=draw(st.none() | INSTANTS) if done else None,
        actual_start=draw(st.none() | DAYS) if draw(st.integers(0, 5)) == 0 else None,
        status=draw(st.sampled_from([task.status, told])),
        description=draw(st.sampled_from([None, "", "Après validation de la maquette FAQ."])),
        due_history=tuple(DueMove(at, "Karim", None, at.date()) for at in draw(st.lists(INSTANTS, max_size=4))),
        channel=draw(st.sampled_from([None, "Web", "Socail"])),
        labels=draw(st.sampled_from([(), ("Print",)])),
    )


@st.composite
def a_portfolio(draw: st.DrawFn) -> Portfolio:
    """One board of some tasks, with links, a launch date or none, and lines of checklists that are tasks."""
    count = draw(st.integers(1, 12))
    tasks = [draw(a_card(number)) for number in range(count)]
    links = {
        (first, last): Link(f"trello:{first}", f"trello:{last}", kind, Lag(lag))
        for first, last, kind, lag in draw(
            st.lists(
                st.tuples(
                    st.integers(0, count - 1),
                    st.integers(0, count - 1),
                    st.sampled_from([LinkType.FS, LinkType.FS, LinkType.SS, LinkType.FF]),
                    st.sampled_from([0, 0, 420, -420]),
                ),
                max_size=12,
            )
        )
    }
    line = Task(
        key="trello:line",
        board=BOARD,
        title="Relire",
        owners=(Owner("lea martin", "Léa Martin"),),
        due=draw(DAYS),
        status=Status(None, Category.TODO, StatusOrigin.NATIVE),
        parent="trello:0",
        role=Role.ITEM,
    )
    kind = draw(st.sampled_from([BoardKind.PROJECT, BoardKind.PROJECT, BoardKind.FLOW, BoardKind.EDITORIAL]))
    end = draw(st.none() | DAYS)
    anchors = () if end is None else (Anchor(key="end", name="Salon", date=end, project="p"),)
    project = Project(
        key="p", name="Campagne", boards=(BOARD,), tasks=tuple(task.key for task in tasks), anchors=anchors
    )
    return Portfolio(
        sources=(
            SourceState(id="equipe", kind="trello", state=SourceStatus.FRESH, read_at=datetime.max.replace(tzinfo=UTC)),
        ),
        boards=(a_board(kind=kind),),
        tasks=(*tasks, line),
        links=tuple(links[ends] for ends in sorted(links)),
        unresolved=(UnresolvedLink("trello:0", "Texte"),) if draw(st.booleans()) else (),
        projects=(project,) if kind is BoardKind.PROJECT else (),
    )


def judged(portfolio: Portfolio, now: datetime) -> Context:
    """What rules see of it at one instant, with its schedule."""
    calendars = Calendars(project=BASE, people=PEOPLE)
    return Context(
        portfolio=portfolio,
        schedule=schedule(portfolio, calendars, ScheduleOptions(), now),
        calendar=BASE,
        now=now,
        zone=ZONE,
        calendars=PEOPLE,
        capabilities={"equipe": Capabilities(completes=True)},
        meeting="mon 10:00",
        history=remembered(portfolio),
    )


def remembered(portfolio: Portfolio) -> History:
    """What reads tell that were made since the first of December, whenever they are asked."""
    first = datetime(2026, 12, 1, 6, 30, tzinfo=ZONE)
    standing = {task.key: Standing(task.status.category, task.updated or first) for task in portfolio.tasks}
    moves = tuple(
        DueMove(first + n * timedelta(days=9), None, date(2027, 1, n), date(2027, 1, n + 1)) for n in (1, 2, 3)
    )
    moved = AnchorMoves(
        project="p", key="end", name="Salon", was=date(2027, 1, 4), now=date(2027, 2, 1), times=2, since=first
    )
    return History(
        boards={BOARD: Seen(first=first, standing=standing)},
        anchors=(moved,),
        due_moves={task.key: moves for task in portfolio.tasks if task.milestone},
    )


def said(rule: type[BaseRule], context: Context) -> Mapping[tuple[str, ...], Any]:
    """What a rule says, by what makes a finding the same one; no two findings are the same."""
    found: dict[tuple[str, ...], Any] = {}
    for finding in rule().check(context):
        assert finding.identity not in found, finding
        found[finding.identity] = facts(finding)
    return found


def facts(finding: Finding) -> tuple[object, ...]:
    """All that a reader is told by a finding."""
    return (finding.template, dict(finding.params), finding.severity, finding.assumed)


@settings(max_examples=150)
@given(portfolio=a_portfolio(), now=NOWS)
def test_findings_do_not_age(portfolio: Portfolio, now: datetime) -> None:
    """What stands on both days is told by the same facts, and only verdicts that a day may change change."""
    today, tomorrow = judged(portfolio, now), judged(portfolio, next_working_day(now))
    for code, rule in TYPES.items():
        first, second = said(rule, today), said(rule, tomorrow)
        if code not in COUNTS_FROM_NOW:
            on_both = first.keys() & second.keys()
            assert {key: second[key] for key in on_both} == {key: first[key] for key in on_both}
        if code not in TURNS_WITH_THE_DAY:
            assert first.keys() == second.keys(), code


def test_every_rule_that_turns_with_the_day_is_one() -> None:
    """The list of exceptions names rules of the pack only, and those that count from now are among them."""
    assert TURNS_WITH_THE_DAY.keys() <= TYPES.keys()
    assert TURNS_WITH_THE_DAY.keys() >= COUNTS_FROM_NOW


def next_working_day(now: datetime) -> datetime:
    """The same hour on the next working day."""
    return datetime.combine(BASE.shift(now.date(), 1), now.time(), ZONE)
