"""`retro export ics` and `mermaid`, and parts of a plan in every format: one person, one project, one client."""

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject  # type: ignore[import-untyped]  # it comes without types
from tests.e2e.conftest import Workspace

Retro = Callable[..., Any]
NOW = ("--now", "2027-01-05")


@pytest.fixture
def salon(tmp_path: Path) -> Path:
    """A plan with people, dates, links, clients and a title that says something to every format."""
    path = tmp_path / "salon.csv"
    path.write_text(
        "id,titre,responsable,début,échéance,jours,prédécesseurs,statut,client,canal\n"
        "1,Brief,Léa Martin,,2027-01-04,1,,Terminé,Aubier,Print\n"
        "2,Maquette : v2,Paul Durand,2027-01-06,2027-01-15,3,1,En cours,Aubier,Print\n"
        '3,"=1+1; # `x`, ""y""",Léa Martin,,2027-02-26,5,2,,Phare,Web\n'
        "4,Envoi,Zoé Petit,,,1,3,,Phare,CRM\n",
        encoding="utf-8",
    )
    return path


def days(text: str) -> dict[str, date]:
    """The days of a feed by title, as icalendar reads them."""
    return {str(each["SUMMARY"]): each.decoded("DTSTART") for each in icalendar.Calendar.from_ical(text).walk("VEVENT")}


def test_a_feed_goes_to_a_file_and_is_read_by_others(retro: Retro, salon: Path) -> None:
    """Each dated task and the date that cannot move are days; the two readers agree on them."""
    ran = retro("export", "ics", salon, "--end", "2027-03-12", "-o", "plan.ics", *NOW)
    assert (ran.code, ran.out, ran.err) == (0, "plan.ics: 5 entries\n", "")
    text = Path("plan.ics").read_bytes().decode()
    found = days(text)
    assert found["Maquette : v2 · Paul Durand"] == date(2027, 1, 15)
    assert found["◆ salon"] == date(2027, 3, 12)
    assert found == {each.summary.value: each.dtstart.value for each in vobject.readOne(text).vevent_list}
    assert "X-WR-CALNAME:salon · Rétroplanning" in text
    assert retro("export", "ics", salon, "--end", "2027-03-12", *NOW).out.replace("\r\n", "\n") == text.replace(
        "\r\n", "\n"
    )


def test_the_next_morning_writes_the_same_file(retro: Retro, salon: Path) -> None:
    """A feed that is exported again keeps every byte until something moves; then one event alone is new."""
    arguments = ("export", "ics", salon, "--end", "2027-03-12", "-o", "plan.ics", "-q")
    retro(*arguments, "--now", "2027-01-05")
    first = Path("plan.ics").read_bytes()
    retro(*arguments, "--now", "2027-01-05T18:00")
    assert Path("plan.ics").read_bytes() == first
    salon.write_text(salon.read_text("utf-8").replace("2027-01-15", "2027-01-18"), encoding="utf-8")
    retro(*arguments, "--now", "2027-01-06")
    events = icalendar.Calendar.from_ical(Path("plan.ics").read_bytes()).walk("VEVENT")
    assert {str(each["SUMMARY"]) for each in events if int(str(each["SEQUENCE"])) > 0} == {
        "Maquette : v2 · Paul Durand"
    }


def test_one_persons_calendar(retro: Retro, salon: Path) -> None:
    """`--owner` takes part of a name; the calendar is called by it, and its titles do not repeat it."""
    text = retro("export", "ics", salon, "--owner", "léa", "--end", "2027-03-12", *NOW).out
    assert set(days(text)) == {"✓ Brief", '=1+1; # `x`, "y"', "◆ salon"}
    assert "X-WR-CALNAME:Léa Martin · Rétroplanning\n" in text.replace("\r\n", "\n")
    refused = retro("export", "ics", salon, "--owner", "Max", *NOW)
    assert refused.code == 2
    assert "Zoé Petit" in refused.err


def test_other_tools_get_tasks(retro: Retro, salon: Path) -> None:
    """`--todos` gives a VTODO a task, each naming what it waits for; the option belongs to ics alone."""
    text = retro("export", "ics", salon, "--todos", "--end", "2027-03-12", *NOW).out
    todos = {each.summary.value: each for each in vobject.readOne(text).vtodo_list}
    assert len(todos) == 4
    assert todos["Maquette : v2"].due.value == date(2027, 1, 15)
    assert todos["Maquette : v2"].dtstart.value == date(2027, 1, 6)
    assert todos["Brief"].status.value == "COMPLETED"
    before = {each.params["RELTYPE"][0]: each.value for each in todos["Maquette : v2"].contents["related-to"]}
    assert before["DEPENDS-ON"] == todos["Brief"].uid.value
    refused = retro("export", "csv", salon, "--todos", *NOW)
    assert (refused.code, "--todos" in refused.err) == (2, True)


def test_a_feed_never_takes_the_place_of_what_was_read(retro: Retro, salon: Path) -> None:
    """The file that is read is not written over, nor is a file elsewhere left half-written."""
    before = salon.read_bytes()
    assert retro("export", "ics", salon, "-o", salon, *NOW).code == 2
    assert retro("export", "mermaid", salon, "-o", salon, *NOW).code == 2
    assert salon.read_bytes() == before
    assert [path.name for path in salon.parent.iterdir() if path.name.endswith(".retro")] == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_feed_goes_down_a_pipe(retro: Retro, salon: Path, tmp_path: Path) -> None:
    """Of a pipe, or of /dev/stdout, nothing is read first: who writes to it would wait for itself."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        pipe.write_bytes(b"before")
        assert retro("-q", "export", "ics", salon, "-o", pipe, *NOW).code == 0
        assert os.read(reader, 65_536).startswith(b"beforeBEGIN:VCALENDAR")
    finally:
        os.close(reader)


def test_a_chart_for_a_page(retro: Retro, salon: Path) -> None:
    """The chart is printed as it is; in a file of Markdown it stands within a fence."""
    text = retro("export", "mermaid", salon, "--end", "2027-03-12", *NOW).out
    assert text.splitlines()[:5] == [
        "gantt",
        "    title salon · Rétroplanning",
        "    dateFormat YYYY-MM-DD",
        "    axisFormat %d/%m",
        "    section salon",
    ]
    assert "    Maquette – v2 :active, 2027-01-06, 10d\n" in text
    assert "    · =1+1, № ’x’, ”y” :2027-02-22, 5d\n" in text
    assert "    salon :milestone, 2027-03-12, 1d\n" in text
    assert retro("export", "mermaid", salon, "--end", "2027-03-12", "-o", "plan.md", *NOW).code == 0
    assert Path("plan.md").read_text("utf-8") == f"```mermaid\n{text}```\n"


def test_a_clients_part_in_every_format(retro: Retro, salon: Path) -> None:
    """`--client` leaves the other clients' tasks out of tables, feeds, charts, plans and JSON alike."""
    asked = (salon, "--client", "aubier", "--end", "2027-03-12", *NOW)
    said = {kind: retro("export", kind, *asked).out for kind in ("ics", "csv", "mermaid", "mspdi", "json")}
    for kind, text in said.items():
        assert "Maquette" in text, kind
        assert "Envoi" not in text, kind
        assert "Phare" not in text, kind


def test_a_part_is_read_back(retro: Retro, salon: Path) -> None:
    """The JSON of one person's tasks is a source: the same tasks, people and links within it, and no more."""
    assert retro("export", "json", salon, "--owner", "Léa Martin", "-o", "lea.json", *NOW).code == 0
    part, whole = (json.loads(retro("export", "json", path, *NOW).out) for path in ("lea.json", salon))
    mine = [task for task in whole["tasks"] if any(each["name"] == "Léa Martin" for each in task["owners"])]
    assert [task["title"] for task in part["tasks"]] == [task["title"] for task in mine]
    assert [task["references"] for task in part["tasks"]] == [[], []]
    assert [person["name"] for person in part["people"]] == [
        person["name"] for person in whole["people"] if person["name"] == "Léa Martin"
    ]
    assert part["links"] == []
    assert "DEP105" not in retro("lint", "lea.json", "--end", "2027-03-12", "--format", "concise", *NOW).out
    client = retro("export", "json", salon, "--client", "Phare", *NOW).out
    assert [link["successor"].rpartition(":")[2] for link in json.loads(client)["links"]] == ["4"]


def test_one_project_of_a_workspace(retro: Retro, workspace: Workspace) -> None:
    """`--project` and `--client` choose among the configured projects; an unknown one is refused with their names."""
    whole = days(retro(*workspace.arguments("export", "ics")).out)
    names = json.loads(retro(*workspace.arguments("export", "json")).out)["projects"]
    name = names[0]["name"]
    part = days(retro(*workspace.arguments("export", "ics", "--project", name)).out)
    assert part
    assert set(part) <= set(whole)
    refused = retro(*workspace.arguments("export", "ics", "--project", "Nulle part"))
    assert refused.code == 2
    assert name in refused.err


def test_two_mornings_of_a_live_board(retro: Retro, workspace: Workspace, tmp_path: Path) -> None:
    """The feed of a board in which nobody changed anything is the same file after the second export."""
    file = tmp_path / "équipe.ics"
    assert retro(*workspace.arguments("export", "ics", "-o", file)).code == 0
    first = file.read_bytes()
    assert len(days(first.decode())) > 10
    assert retro(*workspace.arguments("export", "ics", "-o", file)).code == 0
    assert file.read_bytes() == first
