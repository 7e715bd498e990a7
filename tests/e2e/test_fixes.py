"""`retro lint --fix` on live look-alikes of both tools: what it writes, what it leaves, and that an undo restores."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.small_team import SmallTeam
from tests.untidy_team import untidy_team
from tests.whole_boards import everything, mark_of, writes

Run = Callable[..., Any]
MINUTE = timedelta(minutes=1)
ALL = ("lint", "--fix", "--unsafe-fixes", "--yes")


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallTeam]:
    """Six cards and two pages, nothing handed over; nobody waits."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    with untidy_team(tmp_path / "équipe") as made:
        yield made


def ran(retro: Run, team: SmallTeam, *words: object, code: int = 0) -> Any:
    """A command line a minute later, which leaves with `code`."""
    done = retro(*team.arguments("--lang", "en", *words, now=team.clock[0] + MINUTE))
    assert done.code == code, done.out + done.err
    return done


def titles(team: SmallTeam) -> list[str]:
    """The titles of all cards, then of all pages."""
    pages = team.base.state.pages.values()
    return [card["name"] for card in team.cards] + ["".join(_words(page)) for page in pages]


def _words(page: dict[str, Any]) -> list[str]:
    (title,) = [value for value in page["values"].values() if isinstance(value, list) and value and "text" in value[0]]
    return [run["text"]["content"] for run in title]


def card(team: SmallTeam, name: str) -> dict[str, Any]:
    """The card whose name ends so."""
    return next(each for each in team.cards if each["name"].endswith(name))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], bool]]:
    """A person at the terminal, who does what stands here when they are asked, and answers so."""
    answers: list[Callable[[], bool]] = []
    monkeypatch.setattr("retro.cli.asking.may_ask", lambda: True)
    monkeypatch.setattr("retro.cli.asking.agreed", lambda _question: answers.pop()())
    return answers


def test_a_diff_shows_and_sends_nothing(retro: Run, team: SmallTeam) -> None:
    """`--diff` gives old and new with the rule's code, counts what needs leave, and writes nothing."""
    before, mark = everything(team), mark_of(team)
    told = ran(retro, team, "lint", "--diff").out
    assert "NAM103  title  SEO : audit technique → [SEO] audit technique" in told
    assert told.splitlines()[-1] == "3 fixes · 5 more with --unsafe-fixes"
    assert "DAT104" not in told
    told = ran(retro, team, "lint", "--diff", "--unsafe-fixes", "--fail-on", "warning", code=1).out
    assert "DAT104  due  9 Jan 2027 → 8 Jan 2027  (unsafe)" in told
    assert "STA106  done tick  not ticked → ticked  (unsafe)" in told
    assert "STA106  list  En validation → Terminé  (unsafe)" in told
    assert "Unsafe (DAT104, NAM101, STA106): titles change, dates move, cards are" in told
    assert (everything(team), writes(team, mark)) == (before, 0)


def test_safe_fixes_are_made_once(retro: Run, team: SmallTeam) -> None:
    """Both tools get their titles mended, what is left is told, and a second run has nothing to write."""
    told = ran(retro, team, "lint", "--fix", "--yes").out
    assert told.splitlines()[-1] == "3 fixed · 5 more with --unsafe-fixes"
    assert titles(team) == [
        "[SEO] audit technique",
        "[SEO] Maillage interne",
        "Email de relance aux clients",
        "[SEO] Netlinking",
        "[SEO] Charte éditoriale",
        "[SEO] Lexique",
        "[Vidéo] plan de tournage",
        "[Vidéo] Montage du film",
    ]
    mark = mark_of(team)
    assert ran(retro, team, "lint", "--fix", "--yes").out.splitlines()[-1].startswith("Nothing to fix")
    assert writes(team, mark) == 0


def test_all_fixes_take_one_write_a_task(retro: Run, team: SmallTeam) -> None:
    """A card's title and date go in one request, each after one look at the card; then the report is clean of them."""
    mark, log = mark_of(team), team.server.log.mark()
    told = ran(retro, team, *ALL, "--format", "text", "--format", f"json={team.folder / 'told.json'}").out
    assert told.splitlines()[-1] == "8 fixed"
    assert writes(team, mark) == 7
    asked = [each.method for each in team.server.requests_since(log) if "/cards/" in each.path]
    assert (asked.count("GET"), asked.count("PUT"), len(asked)) == (5, 5, 10)
    codes = {each["code"] for each in json.loads((team.folder / "told.json").read_text("utf-8"))["findings"]}
    assert codes.isdisjoint({"NAM101", "NAM103", "DAT104", "STA106"})
    assert card(team, "Charte éditoriale")["dueComplete"] is True
    done = next(
        each["id"] for each in next(iter(team.server.state.boards.values()))["lists"] if each["name"] == "Terminé"
    )
    assert card(team, "Netlinking")["idList"] == done
    assert writes(team, (mark_of(team))) == 0


def test_an_undo_gives_the_boards_from_before(retro: Run, team: SmallTeam) -> None:
    """Titles, dates, tick and list are as before, ids and order too; the log names rules; nothing is fixed again."""
    before = everything(team)
    ran(retro, team, *ALL)
    log = json.loads(ran(retro, team, "log", "--run", "last", "--format", "json").out)
    assert {each["why"] for each in log["changes"]} == {"NAM101", "NAM103", "DAT104", "STA106"}
    assert log["runs"][0]["command"] == "lint --fix --unsafe-fixes"
    ran(retro, team, "undo", "last", "--yes")
    assert everything(team) == before
    mark = mark_of(team)
    told = ran(retro, team, *ALL).out
    assert "8 fixes were taken back by an undo" in told
    assert (everything(team), writes(team, mark)) == (before, 0)
    assert ran(retro, team, *ALL, "--force").out.splitlines()[-1] == "8 fixed"


def test_an_edit_in_between_is_kept_and_told(retro: Run, team: SmallTeam, asked: list[Callable[[], bool]]) -> None:
    """What a person changed after the fixes were shown stays as they left it; the others are made."""

    def edited() -> bool:
        team.server.state.edit_card(card(team, "audit technique")["id"], name="SEO : audit complet")
        return True

    asked.append(edited)
    done = ran(retro, team, "lint", "--fix")
    assert "not fixed: “SEO : audit technique”, title: someone changed it meanwhile" in done.err
    assert done.out.splitlines()[-1].startswith("2 fixed")
    assert titles(team)[:2] == ["SEO : audit complet", "[SEO] Maillage interne"]


def test_a_person_is_asked(retro: Run, team: SmallTeam, asked: list[Callable[[], bool]]) -> None:
    """Who says no has nothing written, and gets the report; without anybody there, `--yes` has to be given."""
    asked.append(lambda: False)
    mark = mark_of(team)
    assert ran(retro, team, "lint", "--fix").out.splitlines()[-1] == "Nothing was written."
    assert writes(team, mark) == 0


def test_what_cannot_be_meant_is_refused_before_anything_is_read(retro: Run, team: SmallTeam) -> None:
    """Without a terminal, offline, without a fix to speak of, or with a copy's name and no file: exit code 2."""
    mark = team.server.log.mark(), team.base.log.mark()
    for words, said in (
        (("--fix",), "--fix asks before it writes, and nobody is at a terminal. Use --diff"),
        (("--fix", "--yes", "--offline"), "it cannot be made offline"),
        (("--unsafe-fixes",), "--unsafe-fixes says how to fix"),
        (("--yes",), "--yes says how to fix"),
        (("--fix", "--yes", "-o", "copy.xlsx"), "-o names the copy of a file"),
    ):
        assert said in ran(retro, team, "lint", *words, code=2).err
    assert (team.server.log.mark(), team.base.log.mark()) == mark


def test_a_diff_of_the_last_snapshot(retro: Run, team: SmallTeam) -> None:
    """`--diff --offline` shows the fixes of what was last read."""
    ran(retro, team, "pull")
    assert "3 fixes" in ran(retro, team, "lint", "--diff", "--offline").out


def test_sync_never_fixes(retro: Run, team: SmallTeam) -> None:
    """A nightly run over boards on which nothing is handed over leaves what lint would fix."""
    before = everything(team)
    ran(retro, team, "sync", "--yes")
    assert everything(team) == before


def test_a_night_takes_a_fixed_date_for_the_teams(retro: Run, team: SmallTeam) -> None:
    """A date that a fix moved on a board that lets empty dates be filled is not moved again by a night."""
    team.edit_config("[boards.contenus]\n", '[boards.contenus]\nwrite = { fill = ["start", "due"] }\n')
    ran(retro, team, *ALL)
    due = card(team, "Maillage interne")["due"]
    assert due.startswith("2027-01-08")
    team.on(team.clock[0] + timedelta(days=1))
    ran(retro, team, "sync", "--yes")
    assert card(team, "Maillage interne")["due"] == due


def test_formats_stay_documents(retro: Run, team: SmallTeam) -> None:
    """Where standard output holds a document, the fixes and their count are told on standard error."""
    done = ran(retro, team, "lint", "--fix", "--yes", "--format", "json")
    assert json.loads(done.out)["summary"]["tasks"] == 8
    assert "NAM103  title" in done.err
    assert done.err.splitlines()[-1] == "3 fixed · 5 more with --unsafe-fixes"


def test_suppressed_and_accepted_findings_are_not_fixed(retro: Run, team: SmallTeam) -> None:
    """A line in the card's description, and the baseline, keep their findings from being mended."""
    team.server.state.edit_card(card(team, "audit technique")["id"], desc="retro: ignore NAM103")
    team.on(team.clock[0] + timedelta(hours=1))
    assert ran(retro, team, "lint", "--fix", "--yes").out.splitlines()[-1].startswith("2 fixed")
    ran(retro, team, "baseline", "write")
    mark = mark_of(team)
    assert ran(retro, team, *ALL).out.splitlines()[-1] == "Nothing to fix."
    assert writes(team, mark) == 0
    assert card(team, "audit technique")["name"] == "SEO : audit technique"


def test_a_title_with_formats_is_left(retro: Run, team: SmallTeam) -> None:
    """A page whose title holds more than plain text keeps it, and Notion's word says why."""
    page = next(each for each in team.base.state.pages.values() if "".join(_words(each)).startswith("Vidéo :"))
    (cell,) = [
        name for name, value in page["values"].items() if isinstance(value, list) and value and "text" in value[0]
    ]
    page["values"][cell][0]["annotations"] = {**page["values"][cell][0].get("annotations", {}), "bold": True}
    done = ran(retro, team, "lint", "--fix", "--yes")
    assert "not fixed: “Vidéo : plan de tournage”, title:" in done.err
    assert "formats, links or mentions" in done.err
    assert titles(team)[-2] == "Vidéo : plan de tournage"
    assert done.out.splitlines()[-1].startswith("2 fixed")


def test_a_token_that_may_only_read_fixes_nothing(retro: Run, team: SmallTeam) -> None:
    """The refusal is told once and says what to do; what stands is what stood."""
    before = everything(team)
    (team.folder / "token").write_text(team.server.read_token, encoding="utf-8")
    team.edit_config('boards = ["contenus", "video"]', 'boards = ["contenus"]')
    start, end = team.text.index("[boards.video]"), team.text.index("[projects.site]")
    team.edit_config(team.text[start:end], "")
    done = ran(retro, team, "lint", "--fix", "--yes", code=2)
    assert "this Trello token may read but not write. `retro connect trello --write` makes one that may" in done.err
    assert done.err.count("retro: ") == 1
    assert everything(team) == before


def test_a_board_that_guests_see_is_left(retro: Run, team: SmallTeam) -> None:
    """On a public board nothing is mended until its configuration lets retro write there."""
    next(iter(team.server.state.boards.values()))["prefs"]["permissionLevel"] = "public"
    told = ran(retro, team, "lint", "--diff").out
    assert "2 fixes are not made: people outside the team can see the board" in told
    team.edit_config("[boards.contenus]\n", "[boards.contenus]\nwrite_where_guests_see = true\n")
    assert "3 fixes" in ran(retro, team, "lint", "--diff").out


def test_a_finding_for_many_is_fixed_one_by_one(retro: Run, tmp_path: Path) -> None:
    """Where one remark stands for most of a board, each of its tasks is mended, and the remark goes."""

    def many(board: Any) -> None:
        to_do = board.list("À faire")
        for number in range(12):
            to_do.card(f"Email de relance {number}", members=["Alix Morel"])

    with untidy_team(tmp_path / "équipe", many) as team:
        told = ran(retro, team, "lint", "--select", "NAM101", "--diff", "--unsafe-fixes").out
        assert "13 fixes" in told
        assert ran(retro, team, "lint", "--select", "NAM101", *ALL[1:]).out.splitlines()[-1] == "13 fixed"
        assert "[Email] Email de relance 11" in titles(team)
