"""What holds boards over several nights, what lets them go again, and what explains itself and goes on."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.night_room import NOW, Night, Room, card

from retro.i18n import use
from retro.model import BoardKind, Category, ColumnChange, ColumnUse, How, Portfolio, Status, StatusOrigin, Task
from retro.model.link import Reference
from retro.run.projects import projects
from retro.run.read import Target, join, read

LAUNCH = '{ name = "Lancement", date = 2027-03-01 }'
FILL = 'fill = ["due"]'

DONE = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)

Build = Callable[..., Room]


def toml(boards: dict[str, str], of: dict[str, Sequence[str]], anchor: str = "2027-03-01", source: str = "one") -> str:
    """A retro.toml: what each board hands over, and the boards of each project, with one launch date for all."""
    parts = [f'[sources.{source}]\nkind = "trello"']
    parts += [
        f'[boards.{key}]\nsource = "{source}"\nat = "{key}"\nwrite = {{ {write} }}' for key, write in boards.items()
    ]
    parts += [
        f'[projects.{name}]\nboards = {list(keys)}\nanchors = [{{ name = "Lancement {name}", date = {anchor} }}]'
        for name, keys in of.items()
    ]
    return "version = 1\n" + "\n".join(parts) + "\n"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Build]:
    """Builds the room of one test; sentences are English."""
    use("en")
    built: list[Room] = []

    def build(text: str, boards: Sequence[Task], kind: type[Room] = Room) -> Room:
        by_board: dict[str, list[Task]] = {}
        for each in boards:
            by_board.setdefault(each.board, []).append(each)
        built.append(kind(tmp_path, text, by_board))
        return built[0]

    yield build
    for each in built:
        each.close()
    use("fr")


def cards(count: int, board: str = "b1") -> list[Task]:
    """So many plain cards."""
    return [card(f"T{number}", board) for number in range(count)]


def said(night: Night, board: str = "b1") -> list[str]:
    """What guards say of a board."""
    return [guard.reason for guard in night.planned.plan.guards if guard.board == board]


def lose(team: Room, board: str, *numbers: int) -> None:
    """Cards are gone for good."""
    for number in numbers:
        team.wall(f"{board}/T{number}").delete(board, f"{board}/T{number}")


# A launch that is moved


THREE = {"b1": FILL, "b2": FILL, "b3": FILL}
TWO_PROJECTS: dict[str, Sequence[str]] = {"p": ["b1", "b2"], "q": ["b3"]}


def launches(p: str, q: str = "2027-03-01") -> str:
    """Three boards of two projects, each with its launch date."""
    first, _, second = toml(THREE, TWO_PROJECTS, p).rpartition(f"date = {p}")
    return f"{first}date = {q}{second}"


def test_a_launch_moved_into_the_past_holds_its_project(room: Build) -> None:
    """A launch date with the wrong year holds every board of its project until it is mended; the others go on."""
    team = room(launches("2027-03-01"), [*cards(2), *cards(2, "b2"), *cards(2, "b3")])
    team.night()
    team.configure(launches("2026-03-01", "2027-03-15"))
    for night in team.nights(2):
        assert night.held == {"b1", "b2"}
        assert said(night)[0] == (
            "The date of “Lancement p” is now 1 Mar 2026, which is past; it was 1 Mar 2027. Was it moved there on "
            "purpose?"
        )
        assert {task.partition("/")[0] for task, _field, _new in night.written} <= {"b3"}
    assert team.cell("b1/T0", "due") == date(2027, 3, 1)
    assert team.cell("b3/T0", "due") == date(2027, 3, 15)
    team.configure(launches("2027-03-01", "2027-03-15"))
    assert [(night.held, night.written) for night in team.nights(2)] == [(set(), [])] * 2


def test_a_launch_moved_into_the_past_on_purpose(room: Build) -> None:
    """`--force` for one board writes there and lets it go for good; its neighbour is held until it is named too."""
    team = room(launches("2027-03-01"), [*cards(2), *cards(2, "b2"), *cards(2, "b3")])
    team.night()
    team.configure(launches("2026-03-02"))
    team.sleep(days=1)
    night = team.night(forced={"b1"})
    assert night.held == {"b2"}
    assert {task for task, _field, _new in night.written} == {"b1/T0", "b1/T1"}
    assert [night.held for night in team.nights(2)] == [{"b2"}] * 2
    team.sleep(days=1)
    assert team.night(forced={"b2"}).held == set()
    assert [night.held for night in team.nights(2)] == [set()] * 2


def test_a_launch_that_time_passes_by_holds_nothing(room: Build) -> None:
    """The day after the launch, and one more that is moved from a day that is over, the nights go on."""
    team = room(launches("2027-01-14"), [*cards(2), *cards(2, "b2"), *cards(2, "b3")])
    team.night()
    assert [night.held for night in team.nights(5)] == [set()] * 5
    team.configure(launches("2027-01-13"))
    assert [night.held for night in team.nights(2)] == [set()] * 2


def test_a_milestone_moved_into_the_past_is_held(room: Build) -> None:
    """The same for a launch that is a card of the board, with the card's title."""
    launch = card("Salon", milestone=True, due=date(2027, 3, 1))
    text = toml({"b1": FILL}, {"p": ["b1"]}).partition("anchors")[0]
    team = room(text, [launch, *cards(2)])
    team.night()
    team.edit("b1/Salon", "due", date(2026, 3, 1))
    (night,) = team.nights(1)
    assert (night.held, night.written) == ({"b1"}, [])
    assert "“Salon” is now 1 Mar 2026" in said(night)[0]


def test_a_launch_elsewhere_that_tasks_work_to_is_looked_at_too(room: Build) -> None:
    """A board of one project whose tasks another project's launch waits for is held with that launch's own board."""
    team = room(launches("2027-03-01"), [*cards(2), *cards(1, "b2"), card("Brief", "b3")])
    team.edit("b1/T0", "references", (Reference("b3/Brief"),))
    team.sleep(days=1)
    team.configure(launches("2027-03-01", "2027-06-01"))
    team.night()
    team.configure(launches("2026-03-02", "2027-06-01"))
    assert team.nights(1)[0].held == {"b1", "b2", "b3"}


@pytest.mark.parametrize("write", [FILL, 'own = ["latest"]'])
def test_a_launch_moved_to_a_later_day_is_one_sentence(room: Build, write: str) -> None:
    """However few dates follow, a moved launch and a changed calendar explain themselves, once."""
    text = toml({"b1": write}, {"p": ["b1"]})
    team = room(text, cards(1))
    assert said(team.night()) == []
    team.configure(text.replace("2027-03-01", "2027-03-22"))
    first, second = team.nights(2)
    assert (first.held, said(first)) == (set(), ["Dates move on 1 task, since these changed: anchors."])
    assert (said(second), second.written) == ([], [])
    team.configure(text.replace("2027-03-01", "2027-03-22") + '[calendar]\nclosures = ["2027-03-15..2027-03-22"]\n')
    first, second = team.nights(2)
    assert (len(first.written), said(first)) == (1, ["Dates move on 1 task, since these changed: calendars."])
    assert (said(second), second.written) == ([], [])


# Clocks


def test_a_clock_that_went_back_holds_until_it_is_right(room: Build) -> None:
    """A machine that thinks it is before its last run writes nothing, and goes on by itself once its clock is right."""
    text = toml({"b1": FILL}, {"p": ["b1"]})
    team = room(text, cards(2))
    team.night()
    team.configure(text.replace("2027-03-01", "2027-03-15"))
    (night,) = team.nights(1, days=-3)
    assert (night.held, night.written) == ({"b1"}, [])
    assert said(night)[0] == (
        "The clock of this machine says 8 Jan 2027 at 06:30, which is before the last run (11 Jan 2027 at "
        "06:30). Is it right?"
    )
    (right,) = team.nights(1, days=3, minutes=-9)  # set right over the network, a little back
    assert (right.held, len(right.written)) == (set(), 2)


def test_a_clock_that_is_far_ahead_holds(room: Build) -> None:
    """A year later with not one card touched is a wrong clock; with work going on it is a machine that was off."""
    text = toml({"b1": FILL}, {"p": ["b1"]})
    team = room(text, cards(2))
    team.night()
    team.configure(text.replace("2027-03-01", "2028-06-01"))
    (night,) = team.nights(1, days=365)
    assert (night.held, night.written) == ({"b1"}, [])
    assert "nothing was edited since the last run" in said(night)[0]
    team.edit("b1/T0", "description", "vu")
    (night,) = team.nights(1)
    assert (night.held, len(night.written)) == (set(), 2)
    assert team.nights(1, days=30)[0].held == set()  # the holidays of a laptop


def test_force_believes_the_clock(room: Build) -> None:
    """Whoever insists sets the time that later runs compare with."""
    text = toml({"b1": FILL, "b2": FILL}, {"p": ["b1", "b2"]})
    team = room(text, [*cards(1), *cards(1, "b2")])
    team.night()
    team.sleep(days=-2)
    assert team.night(forced={"b1"}).held == {"b2"}
    assert [night.held for night in team.nights(1, hours=1)] == [{"b2"}]
    assert [night.held for night in team.nights(2)] == [{"b2"}, set()]


def test_an_hour_that_a_person_named_is_no_jump(room: Build) -> None:
    """`--now` goes where it likes, and leaves no trace for the clock of the next run to be compared with."""
    team = room(toml({"b1": FILL}, {"p": ["b1"]}), cards(2))
    team.night()
    team.told_now = True
    assert [night.held for night in team.nights(3, days=200)] == [set()] * 3
    assert team.nights(1, days=-900)[0].held == set()
    team.told_now = False
    team.clock.at = NOW + timedelta(days=1)
    assert team.night().held == set()


@pytest.mark.parametrize("days", [-30, 0, 30])
def test_a_loss_is_seen_at_whatever_hour_a_person_names(room: Build, days: int) -> None:
    """`--now` in the past, or at the very moment of the last run, compares with what that run read all the same."""
    team = room(toml({"b1": FILL}, {"p": ["b1"]}), cards(4))
    team.night()
    at = team.ledger.accepted("b1")
    assert at is not None
    team.told_now = True
    lose(team, "b1", 0, 1, 2)
    team.clock.at = at.read_at - timedelta(milliseconds=5) + timedelta(days=days)
    held = team.night()
    assert (held.held, held.written) == ({"b1"}, [])
    team.clock.at = at.read_at - timedelta(milliseconds=5) + timedelta(days=days)
    assert team.night().held == {"b1"}


# Columns


def column(role: str, name: str, id_: str) -> ColumnUse:
    """A column that was read."""
    return ColumnUse(role=role, name=name, how=How.NAMED, id=id_)


DUE, OWNERS = column("due", "Échéance", "a"), column("owners", "Qui", "b")


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ((OWNERS, column("due", "Relance", "c")), "“due” is read from the column “Relance” now; it was “Échéance”."),
        ((OWNERS,), "The column “Échéance”, read as “due”, is gone from the board."),
        ((OWNERS, column("due", "Pour quand", "a")), ""),
        ((OWNERS, DUE, column("estimate", "JH", "d")), ""),
    ],
    ids=["another", "gone", "renamed", "one more"],
)
def test_dates_that_are_read_from_another_column(room: Build, now: tuple[ColumnUse, ...], reason: str) -> None:
    """A board whose due dates come from another column is held; a renamed or a new column changes nothing."""
    text = toml({"b1": FILL}, {"p": ["b1"]})
    team = room(text, cards(2))
    team.source.make_over("b1", mapping=(DUE, OWNERS))
    team.night()
    team.source.make_over("b1", mapping=now)
    team.configure(text.replace("2027-03-01", "2027-03-15"))
    held = {"b1"} if reason else set()
    # The configuration of the plan is the same: a moved launch is no reason to read another column.
    for night in team.nights(2):
        assert night.held == held
        assert not reason or said(night)[0].startswith(reason)
    team.sleep(days=1)
    assert team.night(forced={"b1"}).held == set()
    assert team.nights(1)[0].held == set()


def test_a_column_that_the_configuration_names_is_meant(room: Build) -> None:
    """Where the lines of the board changed with the column, the run goes on."""
    text = toml({"b1": FILL}, {"p": ["b1"]})
    team = room(text, cards(2))
    team.source.make_over("b1", mapping=(DUE,))
    team.night()
    team.source.make_over("b1", mapping=(column("due", "Relance", "c"),))
    team.configure(text.replace('at = "b1"', 'at = "b1"\ncolumns = { due = "Relance" }'))
    assert team.nights(1)[0].held == set()


def test_own_fields_that_somebody_took_off_are_not_made_again(room: Build) -> None:
    """Without its own field a board gets none for a new card either, and says so once a run; force makes it again."""
    team = room(toml({"b1": 'own = ["latest", "review"], fill = ["due"]'}, {"p": ["b1"]}), cards(2))
    team.night()
    team.source.retract("b1", ["retro_latest"])
    team.wall("b1/T0").edit("b1", card("Neuve"))
    first, second = team.nights(2)
    assert [(task, field) for task, field, _new in first.written] == [("b1/Neuve", "due")]
    assert second.written == []
    for night in (first, second):
        assert said(night) == [
            "Somebody took fields of retro's own off this board: “retro · au plus tard”. --force makes them again."
        ]
        assert (night.held, night.planned.plan.conflicts) == (set(), ())
    assert team.source.own_fields("b1") == {"review"}
    team.sleep(days=1)
    forced = team.night(forced={"b1"})
    assert {task for task, field, _new in forced.written if field == "retro_latest"} == {"b1/T0", "b1/T1", "b1/Neuve"}
    (last,) = team.nights(1)
    assert (last.written, said(last)) == ([], [])


def test_a_board_whose_columns_cannot_be_read_is_among_those_held(room: Build) -> None:
    """What SRC104 is about stands among the plan's guards too, whatever is forced: that board was not read."""
    team = room(toml({"b1": FILL, "b2": FILL}, {"p": ["b1", "b2"]}), [*cards(1), *cards(1, "b2")])
    team.night()
    gone = ColumnChange(role="due", name="Échéance", was="date")
    whole = team.read

    def stale(*, offline: bool = False) -> Portfolio:
        found = whole(offline=offline)
        team.fresh -= {"b1"}
        del team.read_at["b1"]
        boards = tuple(replace(board, changed=(gone,)) if board.key == "b1" else board for board in found.boards)
        return replace(found, boards=boards)

    team.read = stale  # type: ignore[method-assign]  # as a source with a changed base reads
    team.sleep(days=1)
    night = team.night(forced={"b1", "b2"})
    assert night.held == {"b1"}
    assert said(night) == ["Columns that are read here are gone or of another type: “Échéance”. SRC104 says more."]


# What went missing


FIVE = {f"b{number}": FILL for number in range(1, 6)}


def test_a_source_that_lost_half_over_its_boards_is_held(room: Build) -> None:
    """Small boards that each lose a little too much for chance are held together, and let go together by force."""
    team = room(toml(FIVE, {f"p{key}": [key] for key in FIVE}), [each for key in FIVE for each in cards(3, key)])
    team.night()
    for key in ("b1", "b2", "b3", "b4"):
        lose(team, key, 0, 1)
    for night in team.nights(2):
        assert night.held == set(FIVE)
        assert said(night) == ["8 of 15 open tasks are gone from 4 boards of one. Were they removed on purpose?"]
    team.sleep(days=1)
    assert team.night(forced=set(FIVE)).held == set()
    assert [night.held for night in team.nights(2)] == [set()] * 2


def test_one_board_that_is_lost_holds_no_stranger(room: Build) -> None:
    """A board that is empty now is held; the other projects of its source go on."""
    team = room(
        toml(FIVE, {f"p{key}": [key] for key in FIVE}),
        [*cards(30), *(each for key in FIVE for each in cards(3, key))][3:],
    )
    team.night()
    lose(team, "b1", *range(30))
    assert team.nights(1)[0].held == {"b1"}


def test_finished_work_is_not_lost(room: Build) -> None:
    """Cards that were done leave no gap, over a board or over a source."""
    team = room(toml(FIVE, {f"p{key}": [key] for key in FIVE}), [each for key in FIVE for each in cards(3, key)])
    team.night()
    for key in FIVE:
        for number in range(3):
            team.edit(f"{key}/T{number}", "status", DONE)
    assert team.nights(1)[0].held == set()


def test_a_board_that_is_only_read_holds_its_neighbour(room: Build) -> None:
    """What is missing from a board without `write` makes the dates beside it doubtful, though links explain them."""
    team = room(toml({"b1": FILL, "b2": ""}, {"p": ["b1", "b2"]}), [*cards(2), *cards(8, "b2")])
    team.night()
    team.nights(2)
    lose(team, "b2", *range(6))
    for night in team.nights(2):
        assert night.held == {"b1"}
        (reason,) = said(night)
        assert reason.startswith(
            "It shares a project with “b2”, which is not believed. 6 of its 8 open tasks are gone."
        )
    team.sleep(days=1)
    assert team.night(forced={"b1"}).held == set()
    assert [night.held for night in team.nights(2)] == [set()] * 2


class Workbook(Room):
    """A room whose boards `x1`, `x2`… are sheets of one file that is only read."""

    sheets: tuple[str, ...] = ("x1", "x2")

    def read(self, *, offline: bool = False) -> Portfolio:
        """Read the board and the sheets that there are."""
        settings = self.configuration.settings
        targets = [Target(source="one", at="b1", alias="b1", kind=BoardKind.PROJECT, configured=True)]
        targets += [Target(source="one", at=key, alias=f"x1#{key}", kind=BoardKind.PROJECT) for key in self.sheets]
        reading = read(targets, self.sources, ledger=self.ledger, offline=offline)
        self.fresh = reading.fresh
        self.read_at = {snapshot.board.key: snapshot.read_at for snapshot in reading.snapshots}
        portfolio = join(reading, settings, lambda _url: None)
        return replace(portfolio, projects=projects(settings, portfolio.boards, portfolio.tasks))


def test_a_sheet_that_is_gone_holds_its_neighbours(room: Build) -> None:
    """A board that a file does not hold any more is a loss like an empty one, until force says it is meant."""
    text = toml({"b1": FILL, "x1": "", "x2": ""}, {"p": ["b1", "x1"]})
    team = room(text, [*cards(2), *cards(5, "x1"), *cards(5, "x2")], Workbook)
    team.night()
    team.nights(1)
    team.sheets = ("x1",)  # type: ignore[attr-defined]  # a Workbook
    for night in team.nights(2):
        assert night.held == {"b1"}
        (reason,) = said(night)
        assert reason.startswith("It shares a project with “x2”, which is not believed. The board is empty; it held 5")
    team.sleep(days=1)
    assert team.night(forced={"b1"}).held == set()
    assert [night.held for night in team.nights(2)] == [set()] * 2


def test_a_run_of_one_board_accepts_nothing_of_another(room: Build) -> None:
    """`--board b1` neither looks at what b2 lost nor lets it go."""
    team = room(toml({"b1": FILL, "b2": FILL}, {"p": ["b1"], "q": ["b2"]}), [*cards(2), *cards(8, "b2")])
    team.night()
    lose(team, "b2", *range(6))
    team.sleep(days=1)
    assert team.night(only={"b1"}).held == set()
    assert team.nights(1)[0].held == {"b2"}


def test_a_state_of_an_earlier_retro_holds_nothing_that_it_cannot_know(room: Build) -> None:
    """Fingerprints without facts (those of an earlier version) compare what they have; the next run knows all."""
    text = launches("2027-03-01")
    team = room(text, [*cards(2), *cards(2, "b2"), *cards(2, "b3")])
    team.night()
    for key in THREE:
        accepted = team.ledger.accepted(key)
        assert accepted is not None
        old = {part: value for part, value in json.loads(accepted.fingerprint).items() if part in
               ("anchors", "calendar", "configuration", "links", "estimates")}  # fmt: skip
        team.ledger.accept(replace(accepted, fingerprint=json.dumps(old)))
    assert [(night.held, night.written) for night in team.nights(2, days=-3)] == [(set(), []), ({"b1", "b2", "b3"}, [])]
