"""What becomes of people's values over nights: kept for good, heeded by the schedule, and given back when they go."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.night_room import Night, Room, card

from retro import registry
from retro.i18n import use
from retro.i18n.own_fields import NAMES
from retro.model import Estimate, EstimateOrigin, Task
from retro.model.link import Reference
from retro.ports import SourceError
from retro.schedule.levelling import best

TWO_DAYS = (Estimate(EstimateOrigin.NUMBER, 2.0, "days"),)


def toml(write: str, launch: str = "2027-03-01", *, lang: str = "fr", board: str = "") -> str:
    """One board that works to one launch."""
    return f"""
version = 1
[workspace]
lang = "{lang}"
[sources.one]
kind = "trello"
[boards.b1]
source = "one"
at = "b1"
write = {{ {write} }}
{board}
[projects.p]
boards = ["b1"]
anchors = [{{ name = "Lancement", date = {launch} }}]
"""


class Built:
    """Rooms of one test, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rooms: list[Room] = []

    def __call__(self, text: str, *cards: Task) -> Room:
        """A room over these cards."""
        self.rooms.append(Room(self.folder / str(len(self.rooms)), text, {"b1": list(cards or (card("A"),))}))
        return self.rooms[-1]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Built]:
    """Builds rooms; plans are levelled by the rules alone, which is quick."""
    monkeypatch.setattr(best, "_TO_SEARCH", 10**9)
    use("en")
    made = Built(tmp_path)
    yield made
    for each in made.rooms:
        each.close()
    use("fr")


def forget(team: Room) -> None:
    """The state is lost."""
    team.close()
    for file in (team.folder / ".retro").iterdir():
        file.unlink()
    team.reopen()


def latest(night: Night, key: str = "b1/A") -> date:
    """The latest finish that the schedule has for a task."""
    found = night.schedule.tasks[key].latest_finish
    assert found is not None
    return found.date()


@pytest.mark.parametrize("write", ['own = ["latest"]', 'fill = ["due"]'])
def test_a_kept_value_never_becomes_what_retro_wrote(built: Built, write: str) -> None:
    """However many nights and moved launches a human's date outlives, retro's own put back is retro's again."""
    field = "retro_latest" if "own" in write else "due"
    team = built(toml(write))
    team.night()
    ours = team.cell("b1/A", field)
    team.edit("b1/A", field, date(2027, 2, 10))
    for launch in ("2027-03-01", "2027-03-15", "2027-04-12"):
        team.configure(toml(write, launch))
        (night,) = team.nights(1)
        assert (night.written, team.cell("b1/A", field)) == ([], date(2027, 2, 10))
        assert team.ledger.acknowledged("b1")["b1/A", field].value == ours
        assert [(each.written, each.current) for each in night.planned.plan.conflicts] == [(ours, date(2027, 2, 10))]
    team.edit("b1/A", field, ours)
    (night,) = team.nights(1)
    assert night.written == [("b1/A", field, date(2027, 4, 12))]


@pytest.mark.parametrize("write", ['own = ["latest"]', 'fill = ["due"]'])
def test_an_emptied_cell_is_left_alone_until_it_is_filled(built: Built, write: str) -> None:
    """Emptied, it stays empty whatever moves; filled again with what retro wrote, it follows the plan again."""
    field = "retro_latest" if "own" in write else "due"
    team = built(toml(write))
    team.night()
    ours = team.cell("b1/A", field)
    team.edit("b1/A", field, None)
    team.configure(toml(write, "2027-03-15"))
    assert [night.written for night in team.nights(3)] == [[]] * 3
    team.edit("b1/A", field, ours)
    assert team.nights(1)[0].written == [("b1/A", field, date(2027, 3, 15))]
    team.edit("b1/A", field, None)
    team.nights(1)
    team.sleep(days=1)
    assert team.night(forced={"b1"}).written == [("b1/A", field, date(2027, 3, 15))]


def test_a_human_finish_bounds_and_never_relaxes(built: Built) -> None:
    """A date earlier than retro's becomes the latest finish, and bounds what comes before it; a later one does not."""
    before = card("Avant", handles=("avant",))
    team = built(toml('own = ["latest"]'), before, card("A", references=(Reference("avant"),), estimates=TWO_DAYS))
    free = team.night()
    team.edit("b1/A", "retro_latest", date(2027, 2, 10))
    (bound,) = team.nights(1)
    assert latest(bound) == date(2027, 2, 10)
    assert latest(bound, "b1/Avant") == date(2027, 2, 8)
    assert bound.written == [("b1/Avant", "retro_latest", date(2027, 2, 8))]
    team.edit("b1/A", "retro_latest", date(2027, 5, 10))
    (later,) = team.nights(1)
    assert (latest(later), latest(later, "b1/Avant")) == (latest(free), latest(free, "b1/Avant"))


def test_a_human_start_is_heeded(built: Built) -> None:
    """Work that somebody put off begins no earlier, and what follows it is told so."""
    first = card("A", handles=("a",), estimates=TWO_DAYS)
    team = built(toml('fill = ["start", "due"]', "2027-01-29"), first, card("B", references=(Reference("a"),)))
    team.night()
    team.edit("b1/A", "start", date(2027, 1, 28))
    (night,) = team.nights(1)
    held = night.schedule.tasks["b1/A"].earliest_start
    assert held is not None
    assert held.date() == date(2027, 1, 28)
    assert not night.schedule.anchors[0].feasible
    assert team.cell("b1/A", "start") == date(2027, 1, 28)


def test_in_a_quiet_period_everything_but_the_write_happens(built: Built) -> None:
    """A card that somebody is at is read, scheduled and judged; a night ten minutes later writes."""
    team = built(toml('own = ["latest"]'))
    team.night()
    team.configure(toml('own = ["latest"]', "2027-03-15"))
    team.sleep(days=1)
    team.edit("b1/A", "title", "Autrement")
    team.sleep(minutes=9)
    night = team.night()
    assert (night.written, latest(night)) == ([], date(2027, 3, 15))
    assert [task.title for task in night.portfolio.tasks] == ["Autrement"]
    team.sleep(minutes=1)
    assert team.night().written == [("b1/A", "retro_latest", date(2027, 3, 15))]


def test_with_the_state_lost_unstamped_values_that_differ_are_kept(built: Built) -> None:
    """Where `review` is not written nothing vouches for the others: what agrees is as it was, what differs is kept."""
    team = built(toml('own = ["latest"]'), card("A"), card("B"))
    team.night()
    forget(team)
    (same,) = team.nights(1)
    assert (same.written, same.planned.plan.conflicts) == ([], ())
    forget(team)
    team.configure(toml('own = ["latest"]', "2027-03-15"))
    (night,) = team.nights(1)
    assert night.written == []
    assert {(each.task, each.written) for each in night.planned.plan.conflicts} == {("b1/A", None), ("b1/B", None)}


def test_with_the_state_lost_stamped_values_follow_the_plan(built: Built) -> None:
    """Where `review` carries the stamp, a moved launch is written, and no first apply by hand is asked for again."""
    write = 'own = ["latest", "review"]'
    team = built(toml(write), card("A"), card("B"))
    team.night()
    team.edit("b1/B", "retro_latest", date(2027, 2, 3))
    forget(team)
    team.configure(toml(write, "2027-03-15"))
    team.sleep(days=1)
    night = team.night(by_hand=False)
    assert night.pending == frozenset()
    assert {(task, field) for task, field, _new in night.written} == {
        ("b1/A", "retro_latest"),
        ("b1/A", "retro_review"),
    }
    assert team.cell("b1/B", "retro_latest") == date(2027, 2, 3)
    assert team.nights(1)[0].written == []


def test_a_first_apply_is_asked_for_by_board(built: Built) -> None:
    """Until somebody applied to it once, a night writes nothing on a board; from then on each night does."""
    team = built(toml('own = ["latest"]'))
    for _ in range(2):
        team.sleep(days=1)
        night = team.night(by_hand=False)
        assert night.pending == {"b1"}
        assert night.written == []
    team.night()
    team.configure(toml('own = ["latest"]', "2027-03-15"))
    team.sleep(days=1)
    assert team.night(by_hand=False).written == [("b1/A", "retro_latest", date(2027, 3, 15))]


def test_a_board_that_was_shared_shut_and_shared_again(built: Built) -> None:
    """Guests stop every write, and lose nothing: once they are gone the plan is caught up with, human dates kept."""
    team = built(toml('own = ["latest", "review"], fill = ["due"]'), card("A"), card("B"))
    team.night()
    team.edit("b1/B", "due", date(2027, 2, 3))
    team.source.make_over("b1", guests_see=True)
    team.configure(toml('own = ["latest", "review"], fill = ["due"]', "2027-03-15"))
    for night in team.nights(3):
        assert (night.written, night.held) == ([], set())
        assert [guard.held for guard in night.planned.plan.guards if "write_where_guests_see" in guard.reason] == [
            False
        ]
    team.source.make_over("b1", guests_see=False)
    (again,) = team.nights(1)
    assert (team.cell("b1/A", "due"), team.cell("b1/B", "due")) == (date(2027, 3, 15), date(2027, 2, 3))
    assert again.written
    assert team.nights(1)[0].written == []


def test_a_board_that_is_not_shared_for_a_while(built: Built) -> None:
    """Out of reach a board is stale, never empty; shared again it is as though it had always been."""
    text = toml('own = ["latest"], fill = ["due"]').replace(
        "[projects.p]", '[boards.b2]\nsource = "one"\nat = "b2"\n[projects.p]'
    )
    text = text.replace('boards = ["b1"]', 'boards = ["b1", "b2"]')
    team = Room(built.folder / "two", text, {"b1": [card("A")], "b2": [card("Z", "b2")]})
    built.rooms.append(team)
    team.night()

    def unshared(method: str, subject: str) -> None:
        if method == "pull" and subject == "b1":
            raise SourceError("not shared", where=subject, status=404)

    team.source.before = unshared
    for night in team.nights(2):
        assert (night.written, {task.key for task in night.portfolio.tasks}) == ([], {"b1/A", "b2/Z"})
    team.source.before = None
    for night in team.nights(2):
        assert night.written == []
        assert night.held == set()


@pytest.mark.parametrize(("lang", "terminal"), [("fr", "en"), ("en", "fr")])
def test_what_is_written_speaks_the_workspaces_language(built: Built, lang: str, terminal: str) -> None:
    """Remarks and names of new columns are in the workspace's language, whatever the terminal's is."""
    write = 'own = ["latest", "review"]'
    lint = '[lint]\nprofile = "standard"\nselect = ["DAT101"]\n'
    team, native, foreign = (built(toml(write, lang=each) + lint) for each in (lang, lang, terminal))
    remarks = []
    for room, spoken in ((team, terminal), (native, lang), (foreign, terminal)):
        use(spoken)
        room.rules = registry.rules(room.configuration, ())
        names = {setup.name for setup in room.night().planned.plan.setup}
        assert names == {NAMES[own][room.configuration.settings.workspace.lang] for own in ("latest", "review")}
        remarks.append(str(room.cell("b1/A", "retro_review")).splitlines()[0])
    assert remarks[0] == remarks[1] != remarks[2]
    assert team.nights(1)[0].written == []
