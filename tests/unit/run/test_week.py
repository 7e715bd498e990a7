"""Whose week is meant, and what retro did for that person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests import marketing_team
from tests.marketing_team import PARIS, PEOPLE, owner

from retro.i18n import current_language, use
from retro.model import (
    Assessment,
    Category,
    Change,
    DueMove,
    History,
    Person,
    Portfolio,
    Status,
    StatusOrigin,
    Team,
    WriteLevel,
)
from retro.ports import ConfigurationError, Intent
from retro.report.week import Saved
from retro.run.week import busy, saved, whose


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """English is the language, and what it was before comes back."""
    before = current_language()
    use("en")
    yield
    use(before)


@pytest.fixture(scope="module")
def team() -> Assessment:
    """The marketing team's Monday."""
    return marketing_team.team()


def named(portfolio: Portfolio) -> Portfolio:
    """With the people that a list of them would tell."""
    people = tuple(
        Person(key=owner(key).key, name=name, aliases=(key.upper(),), email=f"{key}@agence.example")
        for key, name in PEOPLE.items()
    )
    return replace(portfolio, people=people)


@pytest.mark.parametrize("words", ["Inès Duval", "ines duval", "duval", "INES", "ines@agence.example"])
def test_a_person_is_known_by_any_name(team: Assessment, words: str) -> None:
    """By name, part of one, alias or e-mail, case and accents aside."""
    assert whose(words, named(team.portfolio)).name == "Inès Duval"


def test_a_name_that_comes_near_is_proposed(team: Assessment) -> None:
    """A slip of the pen is told with whom it may mean."""
    with pytest.raises(ConfigurationError) as raised:
        whose("Inès Duvall", named(team.portfolio))
    assert "Inès Duval" in str(raised.value)


def test_without_a_name_the_only_person_is_meant(team: Assessment) -> None:
    """A plan of one's own needs no name."""
    tasks = tuple(task for task in team.portfolio.tasks if task.owners == (owner("hugo"),) and task.reviewer is None)
    assert tasks
    assert whose(None, replace(team.portfolio, tasks=tasks)).name == "Hugo Lefèvre"


def test_without_a_name_the_guardian_is_meant(team: Assessment) -> None:
    """Where all projects have the same one; else names are listed, in the order of the alphabet."""
    portfolio = named(team.portfolio)
    kept = tuple(replace(project, guardian=owner("lea").key) for project in portfolio.projects)
    assert whose("", replace(portfolio, projects=kept)).name == "Léa Martin"
    several = (replace(kept[0], guardian=owner("ines").key), *kept[1:])
    bare = tuple(replace(project, guardian="") for project in kept)
    for projects in (several, bare):
        with pytest.raises(ConfigurationError) as raised:
            whose(None, replace(portfolio, projects=projects))
        told = raised.value.remedy
        places = [told.rindex(name) for name in sorted(PEOPLE.values()) if name in told]
        assert len(places) > 4
        assert places == sorted(places)


def test_who_left_is_not_reminded(team: Assessment) -> None:
    """Nor is a team whose members are named: they are, even where they have nothing of their own."""
    portfolio = named(team.portfolio)
    gone = tuple(replace(each, left=each.name == "Inès Duval") for each in portfolio.people)
    assert "Inès Duval" not in {each.name for each in busy(replace(portfolio, people=gone))}
    studio = replace(owner("ines"), key="studio", name="Studio")
    tasks = tuple(replace(task, owners=(studio,), reviewer=None) for task in portfolio.tasks)
    teams = (Team(key="studio", name="Studio", members=(owner("hugo").key,)),)
    found = busy(replace(portfolio, tasks=tasks, teams=teams))
    assert [each.name for each in found] == ["Hugo Lefèvre"]


class Journal:
    """A ledger of which only the journal is asked."""

    def __init__(self, *intents: Intent) -> None:
        self._intents = list(intents)

    def intents(self, *, tasks: set[str]) -> list[Intent]:
        """Those of some tasks."""
        return [each for each in self._intents if each.change.task in tasks]


def a_write(task: str, new: date | None, *, days: float = 1, state: str = "acknowledged", **facts: object) -> Intent:
    """A date that retro wrote so many days ago."""
    change = Change(
        id="c",
        task=task,
        title="x",
        url=None,
        board="b",
        field="due",
        level=WriteLevel.FILL,
        old=None,
        new=new,
        why="schedule",
        revision="r",
    )
    at = marketing_team.NOW - timedelta(days=days)
    return Intent(
        id=1,
        run="r",
        change=replace(change, **facts),  # type: ignore[arg-type]  # fields of Change, by name
        state=state,
        created=at,
        settled=at,
    )


def of_ines(team: Assessment, *intents: Intent, history: History | None = None) -> Saved:
    """What retro did for Inès."""
    found = saved(team, {owner("ines").key}, history or History(), Journal(*intents))  # type: ignore[arg-type]  # the journal alone is asked
    assert found is not None
    return found


DUE = date(2027, 1, 8)
"""Of Inès's mock-up (s3)."""


def test_dates_that_retro_filled_in_are_counted(team: Assessment) -> None:
    """Once each, if they are of this week and stand."""
    assert of_ines(team, a_write("t:s3", DUE)).filled == 1
    assert of_ines(team, a_write("t:s3", date(2027, 1, 7)), a_write("t:s3", DUE)).filled == 1
    for other in (
        a_write("t:s3", DUE, days=9),
        a_write("t:s3", date(2027, 1, 7)),
        a_write("t:s3", DUE, state="refused"),
        a_write("t:s3", DUE, why="undo r0"),
        a_write("t:s3", DUE, level=WriteLevel.OWN, field="retro_latest"),
        a_write("t:s4", DUE),
    ):
        assert of_ines(team, other).filled == 0


def test_nothing_is_told_where_nothing_is_remembered(team: Assessment) -> None:
    """Of files and without a state there is neither journal nor history."""
    assert saved(team, {owner("ines").key}, None, None) is None


def a_move(days: float, old: date, new: date) -> DueMove:
    """Somebody moved a date so many days ago."""
    return DueMove((marketing_team.NOW - timedelta(days=days)).astimezone(UTC), None, old, new)


@pytest.mark.parametrize(
    ("move", "seen"),
    [
        (a_move(2, date(2027, 1, 12), date(2027, 1, 13)), True),
        (a_move(9, date(2027, 1, 12), date(2027, 1, 13)), False),
        (a_move(2, date(2027, 1, 7), date(2027, 1, 13)), False),
        (a_move(2, date(2027, 1, 20), date(2027, 1, 13)), False),
    ],
)
def test_moves_are_seen_ahead_or_not_told(team: Assessment, move: DueMove, *, seen: bool) -> None:
    """Of what somebody waits for: moved back, this week, and before the old date had come."""
    link = next(link for link in team.portfolio.links if link.predecessor == "t:s4")
    waiter = next(task for task in team.portfolio.tasks if task.key == link.successor)
    keys = {each.key for each in waiter.owners}
    history = History(due_moves={"t:s4": (move,)})
    found = saved(team, keys, history, Journal())  # type: ignore[arg-type]  # the journal alone is asked
    assert found is not None
    assert [each.task.key for each in found.moves] == (["t:s4"] if seen else [])
    own = replace(history, own_moves={"t:s4": frozenset({move.when})})
    mine = saved(team, keys, own, Journal())  # type: ignore[arg-type]  # the journal alone is asked
    assert mine is not None
    assert mine.moves == (), "what retro itself moved was not seen"


def test_what_is_over_waits_for_nothing(team: Assessment) -> None:
    """Moves of what a finished task waited for are no news."""
    done = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)
    history = History(due_moves={"t:s4": (a_move(2, date(2027, 1, 12), date(2027, 1, 13)),)})
    link = next(link for link in team.portfolio.links if link.predecessor == "t:s4")
    tasks = tuple(replace(task, status=done) if task.key == link.successor else task for task in team.portfolio.tasks)
    links = tuple(each for each in team.portfolio.links if each.predecessor != "t:s4" or each is link)
    over = replace(team, portfolio=replace(team.portfolio, tasks=tasks, links=links))
    keys = {each.key for task in tasks if task.key == link.successor for each in task.owners}
    found = saved(over, keys, history, Journal())  # type: ignore[arg-type]  # the journal alone is asked
    assert found is not None
    assert found.moves == ()


def test_since_is_a_week_ago(team: Assessment) -> None:
    """In the workspace's days."""
    late = replace(team, now=datetime(2027, 1, 11, 23, 59, tzinfo=PARIS))
    assert of_ines(late).since == date(2027, 1, 4)
