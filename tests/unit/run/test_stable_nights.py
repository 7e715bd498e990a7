"""Nights on which nobody changed anything: at any hour of any later day, only facts that became true are written."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.night_room import DOING, Night, Room, card

from retro import registry
from retro.i18n import use
from retro.model import Category, Estimate, EstimateOrigin, Owner, Role, Status, StatusOrigin, Task
from retro.model.link import Reference
from retro.schedule.levelling import best
from retro.sync.decide.stamp import split

LEA, KARIM = Owner("one:lea", "Léa Martin"), Owner("one:karim", "Karim Benali")
DONE = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)
WRITE = 'own = ["latest", "review", "start", "due", "margin"], fill = ["start", "due"]'


def toml(write: str = WRITE, extra: str = "") -> str:
    """Two boards that work to one launch, every remark of the usual profile wanted."""
    boards = [f'[boards.{key}]\nsource = "one"\nat = "{key}"\nwrite = {{ {write} }}' for key in ("b1", "b2")]
    project = '[projects.p]\nboards = ["b1", "b2"]\nanchors = [{ name = "Lancement", date = 2027-03-01 }]'
    lint = '[lint]\nprofile = "standard"'
    return "\n".join(["version = 1", '[sources.one]\nkind = "trello"', *boards, project, lint, extra]) + "\n"


def team_of(seed: int, count: int = 12) -> list[Task]:
    """Cards of two people on two boards: some wait for others, some are under way or dated by the team."""
    chance = Random(seed)  # noqa: S311 - a plan, not a secret
    made = []
    for number in range(count):
        after = tuple(
            Reference(target=f"t{chance.randrange(number)}") for _ in range(number > 2 and chance.randrange(2))
        )
        made.append(
            card(
                f"t{number}",
                chance.choice(("b1", "b2")),
                owners=(chance.choice((LEA, KARIM)),),
                estimates=(Estimate(EstimateOrigin.NUMBER, chance.choice((0.5, 1.0, 2.0, 4.0)), "days"),),
                references=after,
                handles=(f"t{number}",),
                **({"status": DOING} if chance.random() < 0.2 else {}),
                **({"due": date(2027, 1, 15) + timedelta(days=chance.randrange(40))} if chance.random() < 0.3 else {}),
            )
        )
    return made


def made(folder: Path, tasks: list[Task], text: str = "") -> Room:
    """A room of these cards, with the rules that are shipped."""
    room = Room(folder, text or toml(), {key: [task for task in tasks if task.board == key] for key in ("b1", "b2")})
    room.rules = registry.rules(room.configuration, ())
    return room


@pytest.fixture
def rooms() -> Iterator[list[Room]]:
    """Rooms of one test, closed after it."""
    use("fr")
    built: list[Room] = []
    yield built
    for each in built:
        each.close()


@pytest.fixture(autouse=True)
def _no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans are levelled by the rules alone; trying random ones too takes seconds a night."""
    monkeypatch.setattr(best, "_TO_SEARCH", 10**9)


def flips(night: Night) -> list[tuple[str, set[str], set[str]]]:
    """What was written: by task, the remarks that came and those that went. Fails where it was anything else."""
    found = []
    for change in night.applied.written:
        assert change.field == "retro_review", change
        before, now = (set(split(text)[0].splitlines()) for text in (change.old, change.new))
        assert before != now, change
        found.append((change.task, now - before, before - now))
    return found


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 400),
    st.lists(st.integers(1, 24 * 9).map(lambda hours: timedelta(hours=hours)), min_size=2, max_size=4),
)
def test_only_facts_that_became_true_are_written(seed: int, later: list[timedelta]) -> None:
    """At whatever hours later, no date moves; a remark comes once, with a fact that does not age, and stands."""
    use("fr")
    with TemporaryDirectory() as folder:
        team = made(Path(folder), team_of(seed))
        team.night()
        assert team.nights(1, minutes=1)[0].written == []
        told: dict[str, set[str]] = {}
        for span in later:
            (night,) = team.nights(1, seconds=span.total_seconds())
            for task, came, _went in flips(night):
                assert not came & told.get(task, set()), "a fact is written once"
                told.setdefault(task, set()).update(came)
            (again,) = team.nights(1, minutes=20)
            if again.planned.assessed.assessment.now.date() == night.planned.assessed.assessment.now.date():
                assert again.written == []
            for task, came, _went in flips(again):  # past midnight something may have become late
                told.setdefault(task, set()).update(came)
        team.close()


def test_a_search_for_a_better_plan_changes_nothing(
    rooms: list[Room], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With random plans tried too, the next days' runs find the plan that stands on the boards."""
    monkeypatch.undo()
    team = made(tmp_path, team_of(11, 8))
    rooms.append(team)
    team.night()
    assert team.nights(1, hours=1)[0].written == []
    for night in team.nights(2, days=4):
        flips(night)


def test_the_way_there_is_nothing_to_what_stands(rooms: list[Room], tmp_path: Path) -> None:
    """Nights on ten days, or one on the tenth: the boards hold the same."""
    cards = team_of(7)
    often, once = made(tmp_path / "often", cards), made(tmp_path / "once", cards)
    rooms += [often, once]
    often.night()
    often.nights(10)
    once.night()
    once.sleep(days=10)
    once.night()
    fields = ("retro_latest", "retro_review", "retro_start", "retro_due", "retro_margin", "start", "due")
    for task in cards:
        assert [often.cell(task.key, name) for name in fields] == [once.cell(task.key, name) for name in fields]


def test_a_late_card_is_told_once(rooms: list[Room], tmp_path: Path) -> None:
    """The day after a due date, one remark with that date is written; no later day says it again or otherwise."""
    team = made(tmp_path, [card("A", owners=(LEA,), due=date(2027, 1, 20), description="Une page")])
    rooms.append(team)
    team.night()
    flipped = {night.planned.assessed.assessment.now.date(): flips(night) for night in team.nights(30)}
    told = {day: came for day, found in flipped.items() for _task, came, _went in found}
    late = [(day, line) for day, came in told.items() for line in came if line.startswith("DAT103")]
    assert [day for day, _line in late] == [date(2027, 1, 21)]
    assert "20/01" in late[0][1]


@pytest.mark.parametrize("seed", [3, 11])
def test_an_edit_of_one_card_settles_in_one_night(rooms: list[Room], tmp_path: Path, seed: int) -> None:
    """After a card that grows, one night writes what follows, and the next ones on the same day nothing."""
    team = made(tmp_path, team_of(seed))
    rooms.append(team)
    team.night()
    team.sleep(days=1)
    first = next(f"{board}/t0" for board in ("b1", "b2") if team.source.holds(f"{board}/t0"))
    team.edit(first, "estimates", (Estimate(EstimateOrigin.NUMBER, 9.0, "days"),))
    team.sleep(hours=1)
    team.night()
    assert [night.written for night in team.nights(3, minutes=15)] == [[], [], []]


def test_a_card_that_is_closed_keeps_what_it_holds(rooms: list[Room], tmp_path: Path) -> None:
    """Done, archived, a template, informative or opted out: nothing is written there again, nor taken away."""
    closing: list[tuple[str, object]] = [
        ("status", DONE),
        ("archived", True),
        ("role", Role.TEMPLATE),
        ("role", Role.INFORMATIVE),
        ("opted_out", True),
    ]
    team = made(tmp_path, team_of(5))
    rooms.append(team)
    team.night()
    keys = list(dict.fromkeys(intent.change.task for intent in team.ledger.intents()))[: len(closing)]
    held = {key: team.wall(key).task(key) for key in keys}
    for key, (name, value) in zip(keys, closing, strict=True):
        team.edit(key, name, value)
    team.configure(toml().replace("2027-03-01", "2027-04-12"))
    nights = team.nights(2)
    assert nights[0].written
    assert not [change for night in nights for change in night.applied.written if change.task in held]
    for key, before in held.items():
        now = team.wall(key).task(key)
        assert (now.own, now.start, now.due) == (before.own, before.start, before.due)
