"""`retro mirror` on look-alikes: one base for three boards, in as few requests as may be, and no row twice."""

import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from retro.sandbox.faults import Fault, Kind
from retro.sandbox.notion import DatabaseBuilder, NotionSandbox, PageMade
from retro.sandbox.trello import BoardBuilder, TrelloSandbox

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
READ = Counter({"GET databases": 1, "GET data_sources": 1, "POST data_sources": 1})
"""What reading the base takes."""


@dataclass
class Office:
    """A board of cards, a base of pages, an empty base for all of them, and the retro.toml over them."""

    cards: TrelloSandbox
    pages: NotionSandbox
    team: DatabaseBuilder
    central: DatabaseBuilder
    page: PageMade
    config: Path
    clock: list[datetime]

    def arguments(self, *arguments: object) -> list[object]:
        """A command line, an hour after the one before."""
        self.clock[0] += timedelta(hours=1)
        return ["-c", self.config, "--now", self.clock[0].isoformat(), *arguments]

    @property
    def titles(self) -> list[str]:
        """The titles of the rows that are not in the trash."""
        rows = (self.central.state.pages[id_] for id_ in self.central.document["pages"])
        return ["".join(run["plain_text"] for run in row["values"]["title"]) for row in rows if not row["in_trash"]]


TITLES = {"[SEO] Brief", "[SEO] Texte", "[Web] Page", "Film", "Tract", "Affiche"}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Three cards and three pages; nobody waits for a rate limit."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    clock = [NOW]
    board = BoardBuilder("Contenus", now=lambda: clock[0])
    to_do = board.list("À produire")
    brief = to_do.card("[SEO] Brief", members=["Léa Martin"])
    to_do.card("[SEO] Texte", depends_on=[brief])
    to_do.card("[Web] Page")
    team = DatabaseBuilder("Campagne", now=lambda: clock[0])
    page = team.page("Film", status="À faire", owners=["Léa Martin"])
    team.page("Tract", status="En cours", after=[page])
    team.page("Affiche", status="Terminé")
    central = DatabaseBuilder("Base centrale", team.state)
    with (
        TrelloSandbox(board.state, now=lambda: clock[0], ticks=time.monotonic) as cards,
        NotionSandbox(team.state, now=lambda: clock[0], ticks=time.monotonic) as pages,
    ):
        for name, secret in (("key", cards.key), ("token", cards.token), ("notion", pages.token)):
            (tmp_path / name).write_text(secret, encoding="utf-8")
        config = tmp_path / "retro.toml"
        config.write_text(
            TOML.format(cards=cards.url, pages=pages.url, board=board.url, team=team.url)
            + f'[mirror]\nsource = "base"\nat = "{central.url}"\n',
            encoding="utf-8",
        )
        yield Office(cards, pages, team, central, page, config, clock)


TOML = """
[sources.equipe]
kind = "trello"
url = "{cards}"
key = {{ file = "key" }}
token = {{ file = "token" }}
[sources.base]
kind = "notion"
url = "{pages}"
token = {{ file = "notion" }}
[boards.contenus]
source = "equipe"
at = "{board}"
[boards.campagne]
source = "base"
at = "{team}"
[projects.site]
boards = ["contenus", "campagne"]
anchors = [{{ name = "Mise en ligne", date = 2027-03-01 }}]
"""


@pytest.fixture
def mirror(retro: Callable[..., Any], office: Office) -> Callable[..., Any]:
    """`retro mirror`: what it did, and the requests on the central base."""

    def ran(*arguments: object) -> tuple[Any, Counter[str]]:
        mark = office.pages.log.mark()
        done = retro(*office.arguments("mirror", *arguments))
        ours = {office.central.id, office.central.source, *office.central.document["pages"]}
        return done, Counter(
            f"{each.method} {each.path.split('/')[2]}"
            for each in office.pages.requests_since(mark)
            if each.path == "/v1/pages" or each.path.split("/")[3] in ours
        )

    return ran


def test_the_first_time_is_by_hand(mirror: Callable[..., Any], office: Office) -> None:
    """Without --yes, and nobody there to ask, the rows are shown and wait; a dry run writes nothing either."""
    for arguments in ((), ("--dry-run",)):
        done, asked = mirror(*arguments)
        assert done.code == 0
        assert "6 rows to make" in done.out
        assert asked == READ
    assert not office.titles
    assert set(office.central.document["properties"]) == {"title"}


def test_a_row_takes_one_request_and_nothing_none(mirror: Callable[..., Any], office: Office) -> None:
    """One for the columns, one a row; a second run and the next day's read the base and write nothing."""
    done, asked = mirror("--yes")
    assert done.code == 0, done.err
    assert asked["POST pages"] == len(office.titles) == 6
    assert asked["PATCH data_sources"] == 1
    assert asked["GET pages"] == asked["PATCH pages"] == 0
    for _ in range(2):
        done, asked = mirror()
        assert "Nothing to write" in done.out
        assert asked == READ


def test_a_changed_task_takes_one_write(mirror: Callable[..., Any], office: Office) -> None:
    """A page that is renamed is re-read in the base and written once, without a word from anybody."""
    mirror("--yes")
    office.team.state.edit_page(office.page.id, title="Un autre nom")
    done, asked = mirror()
    assert done.code == 0
    assert (asked["GET pages"], asked["PATCH pages"], asked["POST pages"]) == (1, 1, 0)
    assert "Un autre nom" in done.out


@pytest.mark.parametrize("kind", [Kind.LOST, Kind.HALF, Kind.BROKEN, Kind.LIMITED])
def test_a_fault_half_way_makes_no_row_twice(mirror: Callable[..., Any], office: Office, kind: Kind) -> None:
    """An answer that is lost, a breakdown or a full limit in the midst of it: the next runs make what is missing."""
    sandbox = office.pages
    sandbox.faults.add(Fault(kind=kind, method="POST", path="/v1/pages", after=2, left=1))
    mirror("--yes")
    for _ in range(2):
        done, _asked = mirror()
    assert "Nothing to write" in done.out
    assert len(office.titles) == len(set(office.titles)) == 6


def test_a_lost_state_is_known_again(mirror: Callable[..., Any], office: Office) -> None:
    """With the state deleted the rows are recognised: nothing is written, nobody is asked again."""
    mirror("--yes")
    shutil.rmtree(office.config.parent / ".retro")
    done, asked = mirror()
    assert done.code == 0
    assert "Nothing to write" in done.out
    assert not asked["POST pages"] + asked["PATCH pages"]
    assert len(office.titles) == 6


def test_log_and_undo_know_the_base(mirror: Callable[..., Any], retro: Callable[..., Any], office: Office) -> None:
    """What a run changed in rows is taken back; rows that it made stay, since retro deletes none."""
    mirror("--yes")
    before = office.titles
    office.team.state.edit_page(office.page.id, title="Un autre nom")
    mirror()
    assert "Un autre nom" in office.titles
    assert "central base" in retro(*office.arguments("log", "Film")).out
    undone = retro(*office.arguments("undo", "last", "--yes"))
    assert undone.code == 0, undone.err
    assert office.titles == before
    _done, asked = mirror()
    assert not asked["PATCH pages"]  # what was taken back is not written again
    runs = json.loads(retro(*office.arguments("log", "--format", "json")).out)["runs"]
    first = next(run["id"] for run in reversed(runs) if run["writes"])
    undone = retro(*office.arguments("undo", first, "--yes"))
    assert "the run made these rows" in undone.out
    assert len(office.titles) == 6


def test_a_plan_as_json(mirror: Callable[..., Any]) -> None:
    """Each change says whether it makes a row."""
    done, _asked = mirror("--dry-run", "--format", "json", "-q")
    document = json.loads(done.out)
    assert all(change["creates"] and change["task"]["key"].startswith("row:") for change in document["changes"])
    assert {each["field"] for each in document["setup"]} >= {"retro_key", "retro_latest", "retro_presence"}


def test_a_board_that_fails_leaves_its_rows(mirror: Callable[..., Any], office: Office) -> None:
    """While the cards cannot be read their rows stay as they are, and the run says so by its exit code."""
    mirror("--yes")
    office.cards.faults.add(Fault(kind=Kind.BROKEN))
    done, asked = mirror()
    assert done.code == 3
    assert not asked["PATCH pages"] + asked["POST pages"]
    assert len(office.titles) == 6


def test_a_token_that_may_only_read_writes_nothing(mirror: Callable[..., Any], office: Office) -> None:
    """The plan is shown, the run says what to tick, and neither a column nor a row is there."""
    (office.config.parent / "notion").write_text(office.pages.read_token, encoding="utf-8")
    done, _asked = mirror("--yes")
    assert done.code == 2
    assert "6 rows to make" in done.out
    assert "may read but not write" in done.err
    assert not office.titles
    assert set(office.central.document["properties"]) == {"title"}


def test_the_team_makes_the_base_its_own(mirror: Callable[..., Any], office: Office) -> None:
    """Columns are known by id whatever they are called later; rows and columns of the team stay as they are."""
    mirror("--yes")
    state, source = office.team.state, office.central.source
    state.rename_column(source, "retro · statut", "Où en est-on")
    office.central.column("Avis", "rich_text")
    theirs = office.central.page("Réunion du lundi")
    state.edit_page(office.central.document["pages"][0], values={"Avis": "à voir"})
    done, asked = mirror()
    assert "Nothing to write" in done.out
    state.edit_page(office.page.id, status="Terminé")
    done, asked = mirror()
    assert (asked["PATCH pages"], asked["PATCH data_sources"], asked["POST pages"]) == (1, 0, 0)
    assert "retro · statut" not in {column["name"] for column in office.central.document["properties"].values()}
    assert set(state.pages[theirs.id]["values"]) <= {"title"}


def test_what_cannot_be_a_base_is_refused(retro: Callable[..., Any], office: Office) -> None:
    """No base, a tool without tables, one of the boards, offline: each is said with what to do, before any write."""
    arguments = office.arguments
    text = office.config.read_text("utf-8").partition("[mirror]")[0]
    office.config.write_text(text, encoding="utf-8")
    assert "[mirror]" in retro(*arguments("mirror")).err
    for section, said in (
        ('source = "equipe"\nat = "https://trello.com/b/x"', "cannot hold a central base"),
        ('source = "absent"\nat = "x"', "defined nowhere"),
        ('source = "base"', "needs both"),
        (f'source = "base"\nat = "{office.team.url}"', "one of the boards"),
    ):
        office.config.write_text(f"{text}\n[mirror]\n{section}\n", encoding="utf-8")
        done = retro(*arguments("mirror", "--yes"))
        assert done.code == 2, section
        assert said in done.err
    assert "offline" in retro(*arguments("--offline", "mirror")).err
    assert office.pages.writes() == office.cards.writes() == 0


def test_doctor_looks_at_the_base(retro: Callable[..., Any], mirror: Callable[..., Any], office: Office) -> None:
    """It tells that the base is there, what it lacks, and what becomes of it; a base out of reach is a fault."""

    def told(code: int = 0) -> list[dict[str, Any]]:
        done = retro(*office.arguments("doctor", "--json"))
        assert done.code == code, done.out + done.err
        return [each for each in json.loads(done.out)["checks"] if each["subject"] == "[mirror]"]

    assert [each["verdict"] for each in told()] == ["ok", "remark"]
    assert not office.titles
    mirror("--yes")
    assert ["6 rows" in each["said"] for each in told()] == [True, False]
    assert {each["verdict"] for each in told()} == {"ok"}
    gone = next(id_ for id_, each in office.central.document["properties"].items() if each["name"] == "retro · statut")
    del office.central.document["properties"][gone]
    (lost,) = (each for each in told() if each["verdict"] == "remark")
    assert "retro · statut" in lost["said"]
    assert "--force" in lost["remedy"]
    office.config.write_text(
        office.config.read_text("utf-8").replace(office.central.url, "https://www.notion.so/" + "0" * 32), "utf-8"
    )
    (fault,) = told(3)
    assert fault["verdict"] == "fault"
    assert fault["remedy"]


def test_clean_says_what_becomes_of_the_base(
    retro: Callable[..., Any], mirror: Callable[..., Any], office: Office
) -> None:
    """It stays, row for row, with a word on how to be rid of it; who names it is told the same."""
    mirror("--yes")
    rows = office.titles
    done = retro(*office.arguments("clean", "--yes"))
    assert (done.code, office.central.url in done.out) == (0, True)
    for name in ("mirror", office.central.url):
        refused = retro(*office.arguments("clean", "--yes", "--board", name))
        assert refused.code == 2
        assert "central base" in refused.err
        assert office.central.url in refused.err
    assert office.titles == rows
