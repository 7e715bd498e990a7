"""One card, one remark; all of them in JSON; and a vague title is to be changed before anything is said of its form."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from tests.messy_board import NOW, VAGUE, exported, messy_board

from retro.lint.families import code_order
from retro.sandbox.trello.build import BoardBuilder

Run = Callable[..., Any]
ASKED = ("--now", NOW.isoformat(), "--end", "2027-03-01", "--format", "json")
RANK = ("error", "warning", "info")
FORMS = ("{}", "[Web] {}", "SEO : {}", "(seo) {}", "[Socail] {}", "📌 {}", "- {}", "{} !!!", "[ SEO ] {}")


def findings(retro: Run, file: Path, *options: object) -> list[dict[str, Any]]:
    """What lint says of a file."""
    held: list[dict[str, Any]] = json.loads(retro("lint", file, *ASKED, *options).out)["findings"]
    return held


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """The export of the messy board."""
    file = tmp_path / "com.json"
    file.write_text(exported(messy_board()), encoding="utf-8")
    return file


@pytest.mark.parametrize("profile", ["douce", "standard", "stricte"])
def test_each_card_has_one_primary_remark(retro: Run, messy: Path, profile: str) -> None:
    """The gravest, then the first family, then the first code; what is said of boards and projects is primary too."""
    told = findings(retro, messy, "--profile", profile)
    by_card: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in told:
        if each["task"]:
            by_card[each["task"]["key"]].append(each)
        else:
            assert each["primary"]
    assert max(map(len, by_card.values())) > 2
    for found in by_card.values():
        (primary,) = (each for each in found if each["primary"])
        assert primary == min(found, key=lambda each: (RANK.index(each["severity"]), code_order(each["code"])))


def test_the_others_are_counted(retro: Run, messy: Path) -> None:
    """Summary, exit code and --max-warnings count all; a page for people shows those that are primary, and says so."""
    document = json.loads(retro("lint", messy, *ASKED, "--profile", "standard").out)
    count = Counter(each["severity"] for each in document["findings"])
    hidden = sum(not each["primary"] for each in document["findings"])
    assert hidden > 50
    assert {level: document["summary"][level] for level in RANK} == {level: count[level] for level in RANK}
    asked = ("lint", messy, *ASKED[:-2], "--profile", "standard", "--fail-on", "never", "--format")
    for most, code in ((count["warning"], 0), (count["warning"] - 1, 1)):
        assert retro(*asked, "concise", "--max-warnings", most).code == code
    page = retro(*asked, "markdown").out
    assert f"{hidden} other remarks" in page
    assert len(re.findall(r"^- \*\*(?:error|warning|info)\*\* ", page, re.MULTILINE)) == sum(count.values()) - hidden


@pytest.mark.parametrize("profile", ["douce", "standard", "stricte"])
def test_a_vague_title_is_first_to_be_renamed(retro: Run, tmp_path: Path, profile: str) -> None:
    """Of a title that names no deliverable, in whatever form, neither the name nor a missing number is remarked."""
    board = BoardBuilder("Vague", now=lambda: NOW)
    for number, (title, form) in enumerate(product((*VAGUE, "Posts à produire", "Bannières et visuels"), FORMS)):
        board.list("À faire").card(form.format(title), members=[f"Personne {number}"])
    file = tmp_path / "vague.json"
    file.write_text(json.dumps(board.document), encoding="utf-8")
    codes: dict[str, set[str]] = defaultdict(set)
    for each in findings(retro, file, "--profile", profile, "-x", "NAM101:aggregate=false"):
        if each["task"]:
            codes[each["task"]["key"]].add(each["code"])
    vague = [said for said in codes.values() if "DEL101" in said]
    assert len(vague) > len(VAGUE) * len(FORMS) * 0.8
    assert not [said for said in vague if any(code.startswith("NAM") or code == "DEL102" for code in said)]
