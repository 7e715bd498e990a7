"""What levelling did is told: tasks moved, who is over all the same, and who holds a plan up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.marketing_team import DAY, NOW, PARIS

from retro.i18n import use
from retro.model import (
    AnchorVerdict,
    Assessment,
    Board,
    BoardKind,
    Category,
    EstimateOrigin,
    Overload,
    Owner,
    OwnerKind,
    Portfolio,
    Schedule,
    Status,
    StatusOrigin,
    Task,
    TaskSchedule,
    Team,
)
from retro.report.levelling_text import bottleneck, bottleneck_line, levelling_lines

LEA, KARIM = Owner("lea", "Léa Martin"), Owner("karim", "Karim Benali")
TODO = Status(None, Category.TODO, StatusOrigin.NATIVE)
ANCHOR = AnchorVerdict(
    key="end", name="Salon", project="p", date=datetime(2027, 1, 22, 17, tzinfo=PARIS), feasible=True
)


def task(key: str, *owners: Owner, board: str = "b") -> Task:
    """An open task."""
    return Task(key=key, board=board, title=f"Tâche {key}", owners=owners, status=TODO)


def schedule(starts: Mapping[str, date], days: int = 3, **facts: object) -> Schedule:
    """Tasks of one anchor, of some days of work, by when they are advised to begin."""
    tasks = {
        key: TaskSchedule(
            key=key,
            estimate_minutes=days * DAY,
            estimate_origin=EstimateOrigin.NUMBER,
            work_minutes=days * DAY,
            advised_start=datetime(start.year, start.month, start.day, 9, tzinfo=PARIS),
            advised_finish=datetime(start.year, start.month, start.day, 17, tzinfo=PARIS) + timedelta(days=days - 1),
            anchor="end",
        )
        for key, start in starts.items()
    }
    return replace(Schedule(tasks=tasks, anchors=(ANCHOR,)), **facts)  # type: ignore[arg-type]  # a schedule's own fields


def assessment(tasks: list[Task], before: Schedule | None, after: Schedule, **facts: object) -> Assessment:
    """A Monday morning, 11 January; everybody works five days of seven hours."""
    boards = (Board(key="b", name="B", source="s"), Board(key="f", name="F", source="s", kind=BoardKind.FLOW))
    portfolio = replace(Portfolio(boards=boards, tasks=tuple(tasks)), **facts)  # type: ignore[arg-type]  # idem
    return Assessment(
        portfolio=portfolio,
        schedule=after,
        unlevelled=before,
        findings=(),
        now=NOW,
        lang="fr",
        zone_name="Europe/Paris",
        day_minutes=DAY,
        work_minutes=lambda _person, day: DAY if day.weekday() < 5 else 0,
    )


@pytest.fixture
def crowded() -> Assessment:
    """Léa has three tasks of four days before the salon, Karim one; levelling makes Léa's follow each other."""
    tasks = [task("1", LEA), task("2", LEA), task("3", LEA), task("4", KARIM)]
    last, first = date(2027, 1, 19), date(2027, 1, 5)
    before = schedule(dict.fromkeys("1234", last), 4)
    after = schedule({"1": first, "2": date(2027, 1, 12), "3": last, "4": date(2027, 1, 18)}, 4, levelled=True)
    return assessment(tasks, before, after)


def test_moved_tasks_are_counted(crowded: Assessment) -> None:
    """How many tasks are advised earlier than they would be, in the language of the terminal."""
    assert list(levelling_lines(crowded)) == ["3 tâches avancées pour que personne ne dépasse ses heures."]
    use("en")
    assert list(levelling_lines(crowded)) == [
        "3 tasks are advised earlier, so that nobody has more work than their hours hold."
    ]


def test_nothing_is_said_without_levelling(crowded: Assessment) -> None:
    """A plan that was not levelled says nothing of anybody's hours."""
    plain = replace(crowded, schedule=replace(crowded.schedule, levelled=False), unlevelled=None)
    assert list(levelling_lines(plain)) == []
    assert bottleneck_line(ANCHOR, plain) == ""


def test_the_bottleneck_has_most_work_for_its_time(crowded: Assessment) -> None:
    """Twelve days of Léa's work before a salon that is ten working days away, of which eight are planned."""
    found = bottleneck(ANCHOR, crowded)
    assert found is not None
    assert (found.name, found.starts, found.work, found.room) == ("Léa Martin", date(2027, 1, 5), 12 * DAY, 8 * DAY)
    said = bottleneck_line(ANCHOR, crowded)
    assert said == (
        "Léa Martin a 12 jours ouvrés de travail d’ici au 22 janv. 2027, et de la place pour 8 jours ouvrés : une fois"
        " la charge lissée, il aurait fallu commencer le 5 janv. 2027."
    )


def test_one_after_the_other(crowded: Assessment) -> None:
    """Where the time would do but for the order of things, that is said."""
    short = replace(
        crowded,
        schedule=schedule({"1": date(2027, 1, 8), "2": date(2027, 1, 13), "3": date(2027, 1, 20)}, 2, levelled=True),
        unlevelled=schedule(dict.fromkeys("123", date(2027, 1, 20)), 2),
    )
    assert bottleneck_line(ANCHOR, short) == (
        "Une fois la charge lissée, il aurait fallu commencer le 8 janv. 2027 : les tâches de Léa Martin se suivent"
        " une à une."
    )


def test_a_plan_that_has_time_has_no_bottleneck(crowded: Assessment) -> None:
    """Nobody is named where the levelled plan begins today or later, or begins as it would without levelling."""
    assert bottleneck(ANCHOR, replace(crowded, now=datetime(2027, 1, 4, 9, tzinfo=PARIS))) is None
    assert bottleneck(ANCHOR, replace(crowded, unlevelled=replace(crowded.schedule, levelled=False))) is None


def test_unlimited_teams_are_no_bottleneck(crowded: Assessment) -> None:
    """A team that nobody configured has as many hands as it needs; one that is configured counts."""
    team = Owner("team:x", "Studio", OwnerKind.TEAM)
    tasks = tuple(replace(each, owners=(team,)) for each in crowded.portfolio.tasks)
    portfolio = replace(crowded.portfolio, tasks=tasks)
    assert bottleneck(ANCHOR, replace(crowded, portfolio=portfolio)) is None
    known = replace(portfolio, teams=(Team(key="team:x", name="Studio", size=1),))
    found = bottleneck(ANCHOR, replace(crowded, portfolio=known))
    assert found is not None
    assert found.name == "Studio"


def test_facts_that_overload_somebody_are_told(crowded: Assessment) -> None:
    """Who is over by work that does not move, three of its tasks by name, and at most five people."""
    over = Overload(pool="lea", tasks=("1", "2", "3", "4"))
    told = list(levelling_lines(replace(crowded, schedule=replace(crowded.schedule, overloads=(over,) * 7))))
    assert told[1] == (
        "Léa Martin dépasse ses heures : 4 tâches en cours ou tenues par une date se croisent : Tâche 1, Tâche 2,"
        " Tâche 3, 1 autre."
    )
    assert told[-1] == "2 autres dépassent leurs heures."


def test_boards_without_a_date_are_said_to_be_left_out(crowded: Assessment) -> None:
    """Somebody's open tasks of a flow take no part: that is said."""
    flow = (*crowded.portfolio.tasks, task("5", LEA, board="f"), task("6", board="f"))
    told = list(levelling_lines(replace(crowded, portfolio=replace(crowded.portfolio, tasks=flow))))
    assert told[-1] == (
        "1 tâche des tableaux sans échéance n’est pas comptée dans la charge : la réserve lui garde de la place."
    )
