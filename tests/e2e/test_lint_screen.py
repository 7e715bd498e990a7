"""What a team sees first: one screen for a messy board, verdict first, and peace for its calendar of posts."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.editorial_board import POSTS, editorial_export, editorial_sheet
from tests.messy_board import CARDS, NOW, exported, messy_board

from retro.i18n import use

Run = Callable[..., Any]
AT = ("--now", NOW.isoformat())
SCREEN = 24
QUIET_ON_POSTS = ("END", "BUF", "DEP101", "DEP102", "CEN104", "GRA105", "DAT104")


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the board of three hundred cards."""
    document = messy_board()
    assert len(document["cards"]) == CARDS
    file = tmp_path_factory.mktemp("messy") / "com.json"
    file.write_text(exported(document), encoding="utf-8")
    return file


@pytest.mark.parametrize("end", ["2027-03-01", "2026-11-25", ""])
@pytest.mark.parametrize("profile", ["douce", "standard", "stricte"])
def test_three_hundred_messy_cards_fit_one_screen(
    retro: Run, messy: Path, monkeypatch: pytest.MonkeyPatch, profile: str, end: str
) -> None:
    """At most 24 lines of the terminal's width, the verdict first, the counts last, and how to see the rest."""
    asked = ("lint", messy, *AT, "--profile", profile, *(("--end", end) if end else ()))
    for lang, width in (("fr", 40), ("en", 80), ("fr", 120)):
        use(lang)
        monkeypatch.setenv("COLUMNS", str(width))
        ran = retro(*asked)
        lines = ran.out.splitlines()
        assert (ran.code, ran.err) == (1, "")
        assert len(lines) <= SCREEN
        assert max(map(cell_len, lines)) <= width
        assert lines[0][0] == {"2027-03-01": "✓", "2026-11-25": "▲", "": "?"}[end], lines[0]
        assert "retro lint --all" in lines[-2]
        assert lines[-1].startswith(tuple("0123456789"))


def test_the_screen_is_true(retro: Run, messy: Path) -> None:
    """Each number on it is that of the document: remarks of a rule, the others, and all of each severity."""
    asked = ("lint", messy, *AT, "--end", "2027-03-01", "--profile", "standard")
    screen = retro(*asked).out
    held = json.loads(retro(*asked, "--format", "json").out)
    count = Counter((each["severity"], each["code"]) for each in held["findings"])
    shown = re.findall(r"^(error|warning|info)  .*?(?: \((\d+)\))?  ([A-Z]{3}\d{3})$", screen, re.MULTILINE)
    assert len(shown) == 5
    assert all(int(number or 1) == count[severity, code] for severity, number, code in shown)
    others = sum(count.values()) - sum(int(number or 1) for _severity, number, _code in shown)
    assert f"{others} other remarks" in screen
    summary = held["summary"]
    assert f"{summary['error']} errors · {summary['warning']} warnings · {summary['info']} infos" in screen
    assert f"{summary['tasks']} tasks read" in screen


def test_all_of_it_is_there_for_who_asks(retro: Run, messy: Path) -> None:
    """`--all` and each `--group-by` hold every remark of the document; machines' formats do without being asked."""
    asked = ("lint", messy, *AT, "--end", "2027-03-01", "--profile", "standard")
    wanted = Counter(each["code"] for each in json.loads(retro(*asked, "--format", "json").out)["findings"])
    for option in (("--all",), ("--group-by", "owner"), ("--group-by", "board"), ("--group-by", "rule")):
        lines = retro(*asked, *option).out.splitlines()
        found = re.findall(r"^  (?:error|warning|info)  ([A-Z]{3}\d{3})  ", "\n".join(lines), re.MULTILINE)
        assert Counter(found) == wanted, option
    for name in ("jsonl", "csv", "sarif"):
        said = retro(*asked, "--format", name).out
        assert len(re.findall(r"\bOWN101\b", said)) >= wanted["OWN101"], name


def test_groups_are_headed_by_whom_they_concern(retro: Run, messy: Path) -> None:
    """By owner: a heading a person and one for what nobody owns; by rule: the code and its name in the language."""
    use("fr")
    asked = ("lint", messy, *AT, "--end", "2027-03-01", "--profile", "standard")
    owners = retro(*asked, "--group-by", "owner").out
    assert re.search(r"^Karim Benali  \d+$", owners, re.MULTILINE)
    assert re.search(r"^Sans responsable  \d+$", owners, re.MULTILINE)
    assert re.search(r"^OWN101 sans responsable  \d+$", retro(*asked, "--group-by", "rule").out, re.MULTILINE)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", ["json", "csv"])
@pytest.mark.parametrize("configured", [False, True])
def test_a_calendar_of_posts_is_left_in_peace(
    retro: Run, tmp_path: Path, lang: str, kind: str, *, configured: bool
) -> None:
    """Sixty dated posts, said to be editorial or plainly so: no END, BUF, DEP101–102, CEN104; no date is to move."""
    file = tmp_path / f"calendar.{kind}"
    file.write_text(json.dumps(editorial_export(lang)) if kind == "json" else editorial_sheet(lang), encoding="utf-8")
    arguments: tuple[object, ...] = ("lint", file, *AT, "--profile", "standard", "--format", "json")
    if configured:
        config = tmp_path / "retro.toml"
        config.write_text(
            f'[sources.posts]\nkind = "file"\npath = "{file.name}"\n'
            '[boards.posts]\nsource = "posts"\nkind = "editorial"\n',
            encoding="utf-8",
        )
        arguments = ("-c", config, "lint", *arguments[2:])
    held = json.loads(retro(*arguments).out)
    assert held["summary"]["tasks"] == POSTS
    assert not [each["code"] for each in held["findings"] if each["code"].startswith(QUIET_ON_POSTS)]
    late = [each["task"]["title"] for each in held["findings"] if each["code"] == "DAT103"]
    assert [title.rpartition(" ")[2] for title in late] == ["#11"]
    assert configured or len(held["findings"]) == 1


def test_a_calendar_that_works_to_a_date_is_a_project(retro: Run, tmp_path: Path) -> None:
    """`--end` says so itself, and a milestone with a date does; a board of dated tasks with another name is one."""
    file = tmp_path / "calendar.json"
    export = editorial_export("fr")
    file.write_text(json.dumps(export), encoding="utf-8")
    assert "D−98" in retro("lint", file, *AT, "--end", "2027-03-01").out
    for card in export["cards"]:
        card["labels"] = []
    export["name"] = "Refonte du site"
    file.write_text(json.dumps(export), encoding="utf-8")
    assert "END101" in retro("lint", file, *AT).out
