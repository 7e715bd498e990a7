"""Which rules speak where, in which colours, and what the pages of the rules say, as the command line promises it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.messy_board import NOW

from retro import registry
from retro.i18n import use
from retro.sandbox.trello.build import BoardBuilder

Run = Callable[..., Any]
AT = ("--now", NOW.isoformat(), "--end", "2027-03-01")


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """Four cards on two lists, one of them with a label: each with a fault or more, and a chain with a short cut."""
    made = BoardBuilder("Campagne", now=lambda: NOW)
    brief = made.list("À faire").card("[Web] Brief", due=date(2027, 1, 11), members=["Léa", "Tom"])
    text = made.list("À faire").card("[Web] Textes", due=date(2027, 1, 18), members=["Tom"], depends_on=[brief])
    made.list("En cours").card("Flyer", labels=["interne"], depends_on=[text, brief], desc="A5")
    made.list("En cours").card("[Web] Page", due=date(2026, 11, 9), members=["Léa"], desc="tarifs")
    file = tmp_path / "campagne.json"
    file.write_text(json.dumps(made.document), encoding="utf-8")
    return file


def codes(retro: Run, *arguments: object) -> set[str]:
    """The codes that are said."""
    held = json.loads(retro(*arguments, *AT, "--format", "json").out)
    return {each["code"] for each in held["findings"]}


def test_rules_are_chosen_by_beginnings(retro: Run, board: Path) -> None:
    """Families and whole codes, selected, ignored and added; the more precise choice wins; letters may be small."""
    standard = ("lint", board, "--profile", "standard")
    assert codes(retro, *standard, "--select", "own") == {"OWN101", "OWN102"}
    assert codes(retro, *standard, "--select", "OWN,DAT", "--ignore", "OWN102", "--ignore", "DAT1") == {"OWN101"}
    assert codes(retro, *standard, "--ignore", "OWN", "--extend-select", "OWN101") & {"OWN101", "OWN102"} == {"OWN101"}
    assert codes(retro, *standard, "--select", "OWN101", "--extend-select", "DEP106") == {"OWN101", "DEP106"}
    refused = retro("lint", board, "--select", "OWM101")
    assert (refused.code, "OWN101" in refused.err) == (2, True)


def test_profiles_go_from_gentle_to_strict(retro: Run, board: Path) -> None:
    """Gentle: few above info; standard: the table; strict: no warnings but errors, and the rules that are else off."""
    held = {
        profile: json.loads(retro("lint", board, *AT, "--profile", profile, "--format", "json").out)
        for profile in ("douce", "standard", "stricte")
    }
    loud = {each["code"] for each in held["douce"]["findings"] if each["severity"] != "info"}
    assert loud <= {"END101", "END104", "OWN101", "DAT103", "DEP103", "SRC102", "SRC103", "SRC104"}
    assert held["standard"]["summary"]["warning"] > 0
    assert held["stricte"]["summary"]["warning"] == 0
    extra = {each["code"] for each in held["stricte"]["findings"]} - {
        each["code"] for each in held["standard"]["findings"]
    }
    assert {"NAM106", "DEP106"} < extra
    assert {code[:3] for code in extra} == {"NAM", "DEP", "DCM"}


@pytest.mark.parametrize(
    ("where", "silent"),
    [
        ('lists = ["En *"]', True),
        ('labels = ["INTERNE"]', True),
        ('lists = ["À f*"]', False),
        ('boards = ["Autre"]', False),
    ],
)
def test_overrides_by_list_and_label(retro: Run, board: Path, where: str, *, silent: bool) -> None:
    """A pattern of a list or a label silences rules on the cards that it covers, and on no others."""
    config = board.parent / "retro.toml"
    config.write_text(f'[lint]\nprofile = "standard"\noverrides = [{{ {where}, ignore = ["OWN101"] }}]\n', "utf-8")
    said = codes(retro, "-c", config, "lint", board)
    assert ("OWN101" not in said) is silent
    assert "OWN102" in said


def test_options_come_from_the_file_and_the_line(retro: Run, board: Path) -> None:
    """An option in retro.toml holds; on the command line it goes before; one that no rule has is refused by name."""
    config = board.parent / "retro.toml"
    config.write_text('[lint]\nprofile = "standard"\nrules = { OWN102 = { severity = "off" } }\n', encoding="utf-8")
    assert "OWN102" not in codes(retro, "-c", config, "lint", board)
    assert "OWN102" in codes(retro, "-c", config, "lint", board, "-x", "OWN102:severity=info")
    refused = retro("-c", config, "lint", board, "-x", "OWN102:loudness=3")
    assert (refused.code, "loudness" in refused.err) == (2, True)


def test_colours_are_for_terminals(retro: Run, board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets none; a terminal gets colours and links; with NO_COLOR no colours."""
    assert "\x1b" not in retro("lint", board, *AT, "--all").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = retro("lint", board, *AT, "--all").out
    assert "\x1b[31m" in coloured
    assert "\x1b]8;" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" not in retro("lint", board, *AT, "--all").out


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_rule_has_its_page(retro: Run, lang: str) -> None:
    """`retro rules` lists them all by family, and `retro rule` shows each one's page in the language."""
    use(lang)
    listed = [line.split()[0] for line in retro("rules").out.splitlines()]
    types = {rule.code: rule for rule in registry.rule_types()}
    assert set(listed) == set(types)
    headings = {"fr": ("Pourquoi", "Comment corriger dans Trello"), "en": ("Why", "How to fix it in Trello")}[lang]
    for code in listed[::9]:
        page = retro("rule", code.lower()).out
        assert types[code].french_name.split()[0] in page
        assert all(heading in page for heading in headings)
    unknown = retro("rule", "OWM101")
    assert (unknown.code, "OWN101" in unknown.err) == (2, True)
