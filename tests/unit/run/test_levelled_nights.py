"""Nights on which one person stands on several boards: what is written is levelled, what rules judge is not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from tests.night_room import PARIS, Night, Room, card, dates

from retro.model import Estimate, EstimateOrigin, Owner, Task
from retro.model.link import Reference

LEA, KARIM = Owner("one:lea", "Léa Martin"), Owner("one:karim", "Karim Benali")
WRITE = 'write = { own = ["due"] }'


def toml(*extra: str, write: str = WRITE) -> str:
    """Two boards that work to one launch."""
    boards = [f'[boards.{board}]\nsource = "one"\nat = "{board}"\n{write}' for board in ("b1", "b2")]
    project = '[projects.p]\nboards = ["b1", "b2"]\nanchors = [{ name = "Lancement", date = 2027-03-01 }]'
    return "\n".join(["version = 1", '[sources.one]\nkind = "trello"', *boards, project, *extra]) + "\n"


def work(title: str, owner: Owner, days: float, *after: str, board: str = "b1") -> Task:
    """A card with its owner, its size, and what it waits for."""
    links = tuple(Reference(target=each) for each in after)
    estimate = Estimate(EstimateOrigin.NUMBER, days, "days")
    return card(title, board, owners=(owner,), estimates=(estimate,), references=links, handles=(title,))


def crowd(count: int = 14, seed: int = 1) -> list[Task]:
    """Many cards of two people on two boards, some of which wait for others."""
    chance = Random(seed)  # noqa: S311 - a plan, not a secret
    return [
        work(
            f"t{number}",
            chance.choice((LEA, KARIM)),
            chance.choice((0.5, 1, 2, 3)),
            *(f"t{chance.randrange(number)}" for _ in range(number > 3 and chance.randrange(2))),
            board=chance.choice(("b1", "b2")),
        )
        for number in range(count)
    ]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[list[Room]]:
    """Rooms of one test, closed after it."""
    built: list[Room] = []
    yield built
    for each in built:
        each.close()


def made(room: list[Room], folder: Path, tasks: Sequence[Task], text: str = "") -> Room:
    """A room of these cards."""
    boards = {board: [each for each in tasks if each.board == board] for board in ("b1", "b2")}
    room.append(Room(folder, text or toml(), boards))
    return room[-1]


def busy(night: Night, owner: Owner) -> list[tuple[object, object]]:
    """The advised spans of somebody's tasks, in order."""
    planned = night.planned.assessed.assessment.schedule.tasks
    mine = [each for each in night.portfolio.tasks if owner in each.owners]
    return sorted((planned[each.key].advised_start, planned[each.key].advised_finish) for each in mine)


def test_what_is_written_overloads_nobody(room: list[Room], tmp_path: Path) -> None:
    """Over both boards nobody has two cards at once, and the board holds what the plan says."""
    night = made(room, tmp_path, crowd()).night()
    for owner in (LEA, KARIM):
        spans = busy(night, owner)
        assert all(finish <= start for (_, finish), (start, _) in pairwise(spans))  # type: ignore[operator]  # instants
    assert night.schedule.levelled
    for key, planned in night.schedule.tasks.items():
        assert planned.advised_finish is not None
        assert room[0].cell(key, "retro_due") == planned.advised_finish.date()


def test_the_second_night_writes_nothing(room: list[Room], tmp_path: Path) -> None:
    """A levelled plan is the same on the next nights, though the ledger and the boards now know the last one."""
    office = made(room, tmp_path, crowd())
    first = office.night()
    assert first.written
    for night in office.nights(3):
        assert (night.written, dates(night)) == ([], dates(first))


def test_a_lost_state_writes_nothing(room: list[Room], tmp_path: Path) -> None:
    """Without its ledger retro proposes what stands on the boards: their stamps know it again."""
    office = made(room, tmp_path, crowd(), toml(write='write = { own = ["review", "due"] }'))
    first = office.night()
    office.close()
    (tmp_path / ".retro" / "retro.db").unlink()
    office.reopen()
    (night,) = office.nights(1)
    assert (night.written, dates(night)) == ([], dates(first))


def test_rules_judge_the_plan_without_levelling(room: list[Room], tmp_path: Path) -> None:
    """Both schedules are kept: they differ in advised dates alone."""
    night = made(room, tmp_path, crowd()).night()
    assessment = night.planned.assessed.assessment
    assert assessment.unlevelled is not None
    assert not assessment.unlevelled.levelled
    assert assessment.unlevelled.anchors == assessment.schedule.anchors
    moved = 0
    for key, loose in assessment.unlevelled.tasks.items():
        tight = assessment.schedule.tasks[key]
        moved += loose.advised_finish != tight.advised_finish
        assert loose == replace(
            tight,
            advised_start=loose.advised_start,
            advised_finish=loose.advised_finish,
            cumulated_margin_minutes=loose.cumulated_margin_minutes,
        )
    assert moved


def test_without_levelling_there_is_one_schedule(room: list[Room], tmp_path: Path) -> None:
    """With `levelling = false` what is written is what rules judge."""
    night = made(room, tmp_path, crowd(), toml("[schedule]\nlevelling = false")).night()
    assert night.planned.assessed.assessment.unlevelled is None
    assert not night.planned.assessed.assessment.schedule.levelled


def test_a_new_card_moves_what_it_must(room: list[Room], tmp_path: Path) -> None:
    """A small card of Karim's moves no date of Léa's that it is not linked to."""
    hers = [work(f"l{number}", LEA, 2) for number in range(6)]
    his = [work(f"k{number}", KARIM, 2, board="b2") for number in range(6)]
    office = made(room, tmp_path, [*hers, *his])
    first = dates(office.night())
    office.source.edit("b2", work("k9", KARIM, 1, board="b2"))
    (night,) = office.nights(1)
    after = dates(night)
    assert {key: each for key, each in after.items() if key.startswith("b1")} == {
        key: each for key, each in first.items() if key.startswith("b1")
    }
    assert sum(after[key] != each for key, each in first.items()) <= 6


def test_the_hours_of_people_and_teams(room: list[Room], tmp_path: Path) -> None:
    """Hours are told by day or up to an instant, of a person, of a team's members together, and of so many hands."""
    people = ['[people.lea]\nids = ["one:lea"]\nshare = 0.5', "[people.karim]"]
    teams = ['[teams.design]\nmembers = ["lea", "karim"]', "[teams.print]\nsize = 3"]
    night = made(room, tmp_path, crowd(2), toml(*people, *teams)).night()
    hours = night.planned.assessed.assessment.work_minutes
    monday, eleven = date(2027, 1, 11), datetime(2027, 1, 11, 11, tzinfo=PARIS)
    names = ("lea", "karim", "team:design", "team:print", None)
    assert [hours(name, monday) for name in names] == [210, 420, 630, 1260, 420]
    assert [hours(name, monday.replace(day=10)) for name in names] == [0] * 5
    assert hours("karim", eleven) == 120


def test_a_board_that_is_held_keeps_what_people_know(room: list[Room], tmp_path: Path) -> None:
    """What could not be written is not remembered as though people had it."""
    office = made(room, tmp_path, crowd())
    office.night(only={"b1"})
    assert office.ledger.advised("b1")
    assert office.ledger.advised("b2") == {}
    office.nights(1)
    assert office.ledger.advised("b2")
