"""Projects and their dates, people, the calendar, earlier runs, and the state's folder."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from retro.config.load import Configuration, parse
from retro.model import MADE, NEW, Anchor, Change, Guard, Person, Project, Task, WriteLevel
from retro.model.check import Check, Verdict
from retro.ports import Intent, RunRecord
from retro.run.doctor.calendar import of_calendar, of_clock
from retro.run.doctor.people import of_people
from retro.run.doctor.projects import of_project, overlooked
from retro.run.doctor.state import of_folder, of_guards, of_runs, of_snapshots
from retro.schedule import ScheduleOptions

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TASK = Task(key="t", board="b", title="T")


def project(*days: date) -> Project:
    """A project with one open task and these anchors."""
    anchors = tuple(Anchor(key=str(day), name="Ligne", date=day, project="p") for day in days)
    return Project(key="p", name="Site", boards=("b",), tasks=("t",), anchors=anchors)


def judged(one: Project, task: Task = TASK) -> Check | None:
    """The one check of a project."""
    found = list(of_project(one, {"t": task}, ScheduleOptions(), now=NOW, zone=UTC))
    return found[0] if found else None


def test_a_project_with_a_date_to_come() -> None:
    """It is in order, and the last of its dates is named."""
    check = judged(project(date(2026, 1, 1), date(2027, 3, 1)))
    assert check is not None
    assert (check.verdict, check.said) == (Verdict.OK, "works to “Ligne”, 1 Mar 2027.")


def test_a_project_without_a_date() -> None:
    """END101 is announced, with what would mend it; a milestone on the board is enough."""
    check = judged(project())
    assert check is not None
    assert "END101" in check.said
    dated = Task(key="t", board="b", title="Ligne", milestone=True, due=date(2027, 3, 1))
    after = judged(project(), dated)
    assert after is not None
    assert after.verdict is Verdict.OK


def test_a_project_whose_date_is_past() -> None:
    """With open tasks it is to be looked at."""
    check = judged(project(date(2026, 1, 1)))
    assert check is not None
    assert check.verdict is Verdict.REMARK


def test_a_filter_that_matches_nothing() -> None:
    """A misspelt filter shows as a project without tasks."""
    empty = Project(key="p", name="Site", boards=("b",))
    (check,) = overlooked([empty], {"b": "contenus"}, ["p"])
    assert "contenus" in check.said
    assert not list(overlooked([empty], {}, []))


def test_people() -> None:
    """Doubtful pairs and configured accounts that are on no board."""
    people = [Person(key="t:1", name="Léa", keys=("t:1",)), Person(key="n:2", name="Léa Martin", keys=("n:2",))]
    configured = parse('[people.hugo]\nids = ["trello:9"]\n', "x").people
    found = [check for check in of_people(people, configured, {"t:1"}) if check.verdict is Verdict.REMARK]
    assert [check.subject for check in found] == ["", "[people.hugo]"]
    assert '"n:2"' in found[0].remedy


def test_ids_of_what_was_not_read_are_not_judged() -> None:
    """While a tool cannot be read, nobody is advised to take out its accounts."""
    configured = parse('[people.lea]\nids = ["trello:1", "notion:2"]\n', "x").people
    [check] = of_people([], configured, {"notion:9"}, {"trello", "equipe"})
    assert "notion:2" in check.said
    assert "trello:1" not in check.said


def calendar(text: str, folder: Path, machine: str | None = "Europe/Paris") -> list[Check]:
    """What is to be looked at in a calendar."""
    configuration = Configuration(parse(text, "retro.toml"), folder / "retro.toml")
    return [check for check in of_calendar(configuration, NOW, machine) if check.verdict is not Verdict.OK]


ICS = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//t//t//EN\n{}END:VCALENDAR\n"
EVENT = "BEGIN:VEVENT\nUID:1\nDTSTAMP:20250101T000000Z\nDTSTART;VALUE=DATE:20250203\nEND:VEVENT\n"


def test_a_calendar_in_order(tmp_path: Path) -> None:
    """Closures and leave to come, and the machine's own zone: nothing to say."""
    text = '[calendar]\nclosures = ["2026-12-24..2027-01-01"]\n[people.lea]\nleave = ["2027-02-08"]\n'
    assert not calendar(text, tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[calendar]\nclosures = ["2025-12-24..2026-01-01"]\n', "every closure is over"),
        ('[people.lea]\nleave = ["2025-02-08"]\n', "all of this leave is over"),
        ('[people.lea]\nleave = ["old.ics"]\n', "all of this leave is over"),
        ('[people.lea]\nleave = ["empty.ics"]\n', "no event"),
        ('[people.lea]\nleave = ["absent.ics"]\n', "cannot be read"),
        ('[calendar]\ncountry = "XX"\n', "no public holidays are known"),
    ],
)
def test_what_a_calendar_says(tmp_path: Path, text: str, said: str) -> None:
    """Closures and leave that are over, files without events or that are not there, a country that is none."""
    (tmp_path / "old.ics").write_text(ICS.format(EVENT))
    (tmp_path / "empty.ics").write_text(ICS.format(""))
    (check,) = calendar(text, tmp_path)
    assert said in check.said
    assert check.remedy


def test_another_zone_on_the_machine(tmp_path: Path) -> None:
    """It is told where the clocks differ now, not where only the names do."""
    assert "America/Toronto" in calendar("", tmp_path, "America/Toronto")[0].said
    assert not calendar("", tmp_path, "Europe/Brussels")


def test_a_clock_that_went_back() -> None:
    """A run after now is told, a few minutes aside."""
    assert not list(of_clock(NOW, [NOW + timedelta(minutes=1)]))
    assert list(of_clock(NOW, [NOW + timedelta(days=1)]))
    assert not list(of_clock(NOW, []))


def test_earlier_runs() -> None:
    """The last one is told; one that was interrupted is to be looked at."""
    run = RunRecord(id="r", command="sync", started=NOW, finished=NOW, writes=3)
    (check,) = of_runs([run], [], NOW)
    assert "`retro sync`" in check.said
    broken = RunRecord(id="r", command="apply", started=NOW)
    assert [each.verdict for each in of_runs([broken], [], NOW)] == [Verdict.OK, Verdict.REMARK]
    _last, told = of_runs([replace(broken, command="new gala --end 2027-09-06")], [], NOW)
    assert "the same command, once more" in told.remedy


def test_what_went_out_without_an_answer() -> None:
    """Each kind is counted with what settles it: a sync settles no new card."""
    written = Change(
        id="1", task="t", title="T", url=None, board="b", field="due", level=WriteLevel.FIX, old=None, new="x",
        why="schedule", revision="r",
    )  # fmt: skip
    made = replace(written, field=MADE, why=NEW, creates=True)
    pending = [Intent(id=1, run="r", change=each, state="pending", created=NOW) for each in (written, made, made)]
    run = RunRecord(id="r", command="new gala", started=NOW, finished=NOW)
    _run, writes, cards = of_runs([run], pending, NOW)
    assert writes.said.startswith("1 write ")
    assert "`retro sync`" in writes.remedy
    assert cards.said.startswith("2 new cards ")
    assert "`retro new`" in cards.remedy
    assert len(list(of_runs([run], pending[:1], NOW))) == len(list(of_runs([run], pending[1:], NOW))) == 2


def test_old_snapshots() -> None:
    """After a weekend they are in order, after a week they are not; the oldest board is named."""
    young, old = NOW - timedelta(days=2), NOW - timedelta(days=7)
    (check,) = of_snapshots({"a": NOW, "b": young, "c": None}, NOW)
    assert check.verdict is Verdict.OK
    (check,) = of_snapshots({"a": NOW, "b": old}, NOW)
    assert (check.verdict, "b, is 7 days old" in check.said) == (Verdict.REMARK, True)
    assert not list(of_snapshots({}, NOW))


def test_a_board_that_is_held() -> None:
    """The reason is told, with the command that goes on."""
    (check,) = of_guards(
        [Guard(board="k:b", reason="half of it is gone"), Guard(board="k:c", reason="said", held=False)],
        {"k:b": "contenus"},
    )
    assert (check.subject, check.code) == ("contenus", 3)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_the_states_folder(tmp_path: Path) -> None:
    """Not there yet, open to others, closed."""
    state = tmp_path / ".retro"
    assert "no state yet" in of_folder(state).said
    assert not state.exists()
    state.mkdir(mode=0o755)
    assert "chmod 700" in of_folder(state).remedy
    state.chmod(0o700)
    assert of_folder(state).verdict is Verdict.OK
