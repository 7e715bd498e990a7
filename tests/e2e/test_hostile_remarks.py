"""Whatever stands on a board, each form of the remarks is harmless: to a terminal, a sheet, a browser, a build."""

import csv
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from tests.hostile_board import NOW, hostile_board

from retro.cli.app import run
from retro.i18n import use
from retro.report import remarks

Run = Callable[..., Any]
FORMATS = ("text", "json", *remarks.FORMATS)
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2061-\u2064\u2066-\u206f\ufeff\ufff9-\uffff"
    "\ufdd0-\ufdef\U0001fffe\U0001ffff\U000e0000-\U000e007f]"
)
PEOPLE_READ = ("text", "concise", "markdown", "html", "csv", "github")
LONGEST = 4000
"""Characters of a line that people read."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the hostile board."""
    file = tmp_path_factory.mktemp("hostile") / "board.json"
    file.write_text(hostile_board(), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def said(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every remark in every form, written by one command into files, as bytes that are read back strictly."""
    folder = tmp_path_factory.mktemp("said")
    files = {name: folder / "out" / f"remarks.{name}" for name in FORMATS}
    asked = ["--now", NOW.isoformat(), "lint", hostile, "--profile", "stricte", "--end", "2027-03-01", "--all"]
    asked += [f"--format={name}={file}" for name, file in files.items()]
    use("fr")
    assert run([str(each) for each in asked]) == 1
    use("en")
    return {name: file.read_bytes().decode("utf-8") for name, file in files.items()}


def test_several_forms_go_to_their_files(said: dict[str, str]) -> None:
    """One command writes them all, in folders that it makes, in valid UTF-8, and each says something of each rule."""
    held = json.loads(said["json"])
    codes = {each["code"] for each in held["findings"]}
    assert len(codes) > 10
    assert all(code in text for text in said.values() for code in codes)


def test_nothing_reaches_a_terminal_that_it_would_obey(said: dict[str, str]) -> None:
    """Neither control characters nor marks that turn the direction of writing stand in any form, JSON included."""
    assert not {name: sorted(set(UNSEEN.findall(text))) for name, text in said.items() if UNSEEN.search(text)}


def test_no_line_is_endless(said: dict[str, str]) -> None:
    """A title of 100 kB is cut where people read it, and whole in JSON."""
    assert not [name for name in PEOPLE_READ if name in said and max(map(len, said[name].splitlines())) > LONGEST]
    assert max(len(each["task"]["title"]) for each in json.loads(said["json"])["findings"] if each["task"]) > 90_000


def test_machines_can_read_them(said: dict[str, str]) -> None:
    """JSON, JSON lines, SARIF and JUnit's XML are well-formed, and agree on how many remarks there are."""
    count = len(json.loads(said["json"])["findings"])
    assert len([json.loads(line) for line in said["jsonl"].splitlines()]) == count
    assert len(json.loads(said["sarif"])["runs"][0]["results"]) == count
    suites = ElementTree.fromstring(said["junit"])
    assert len(suites.findall(".//testcase")) >= count


def test_a_sheet_computes_nothing(said: dict[str, str]) -> None:
    """No cell of the CSV starts as a formula would."""
    rows = list(csv.reader(StringIO(said["csv"])))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_a_browser_runs_nothing(said: dict[str, str]) -> None:
    """The page has neither scripts nor handlers, and its links lead to the web alone; Markdown holds no raw HTML."""
    found = _Elements()
    found.feed(said["html"])
    assert found.names.isdisjoint({"script", "img", "iframe", "object", "base", "form"})
    assert not [name for name in found.attributes if name.startswith("on")]
    assert all(link.startswith(("https://", "http://", "#")) for link in found.links)
    unescaped = re.sub(r"\\.|`[A-Z]+\d+`|<https?://[^<>\s]*>", "", said["markdown"])
    assert "<" not in unescaped
    assert not re.findall(r"\]\((?!\))", unescaped)


def test_a_build_gets_its_own_commands_only(said: dict[str, str]) -> None:
    """Each line that GitHub reads is one command of ours, and none breaks out of its title or message."""
    line = re.compile(r"::(?:error|warning|notice) title=[A-Z]{3}\d{3}[^:,]*::[^\r\n]*")
    assert all(line.fullmatch(each) for each in said["github"].splitlines())
    assert not re.search(r"%(?!25|3A|2C)", said["github"])


def test_the_screen_holds(retro: Run, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is one screen whatever is on the board, and every remark of it when asked for, in lines of its width."""
    monkeypatch.setenv("COLUMNS", "80")
    asked = ("lint", hostile, "--now", NOW.isoformat(), "--end", "2027-03-01", "--select", "DEL,NAM,DAT,STA,OWN101")
    screen, whole = retro(*asked), retro(*asked, "--all")
    assert (screen.err, whole.err) == ("", "")
    assert len(screen.out.splitlines()) <= 24
    assert len(whole.out) < 200_000
    assert not UNSEEN.findall(screen.out + whole.out)


class _Elements(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        self.names.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}
