"""The six lists of a team's first board, and the cards that nobody is to be bothered about."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.messy_board import NOW

from retro.model import Category
from retro.sandbox.trello.build import BoardBuilder

Run = Callable[..., Any]
SIX = ("Idées", "À planifier", "À produire", "En validation", "Prêt pour lancement", "Terminé")
SIX_IN_ENGLISH = ("Ideas", "To plan", "To produce", "In review", "Ready to launch", "Done")
CATEGORIES = (Category.IDEA, Category.TODO, Category.TODO, Category.REVIEW, Category.READY, Category.DONE)
BAD = ("Divers", "site", "TITRE TOUT EN MAJUSCULES POUR ÊTRE SÛR", "Brief + design + intégration", "Relances", "Divers")
EVERYTHING = (
    "--now",
    NOW.isoformat(),
    "--profile",
    "stricte",
    "--select",
    "END,DEL,OWN,DEP,BUF,STA,NAM,DAT,RIT,CAP,SRC",
)


def document(retro: Run, file: Path, *arguments: object) -> dict[str, Any]:
    """What lint says of a file as JSON, in the strictest profile unless told otherwise."""
    held: dict[str, Any] = json.loads(retro("lint", file, *(arguments or EVERYTHING), "--format", "json").out)
    return held


def saved(board: BoardBuilder, folder: Path) -> Path:
    """A board's export in a folder."""
    file = folder / "board.json"
    file.write_text(json.dumps(board.document), encoding="utf-8")
    return file


@pytest.mark.parametrize("names", [SIX, SIX_IN_ENGLISH, tuple(f"{n}. {name} 📌" for n, name in enumerate(SIX, 1))])
def test_the_six_lists_need_no_configuration(retro: Run, tmp_path: Path, names: tuple[str, ...]) -> None:
    """Each list gives its cards the category that its name says, decorated or not, and none is an unknown status."""
    board = BoardBuilder("Lancement", now=lambda: NOW)
    for name in names:
        board.list(name).card(f"[Web] Page {name}")
    file = saved(board, tmp_path)
    held = json.loads(retro("export", "json", file, "--now", NOW.isoformat()).out)
    status = {each["title"]: each["status"] for each in held["tasks"]}
    assert [status[f"[Web] Page {name}"]["category"] for name in names] == [each.value for each in CATEGORIES]
    assert {each["origin"] for each in status.values()} == {"mapped"}
    assert "STA102" not in {each["code"] for each in document(retro, file)["findings"]}


def test_ideas_get_no_remark(retro: Run, tmp_path: Path) -> None:
    """Of cards in « Idées » and "Ideas", however vague, late and badly named, nothing is said."""
    board = BoardBuilder("Lancement", now=lambda: NOW)
    for name in ("Idées", "Ideas", "💡 Boîte à idées", "Backlog d’idées"):
        for title in BAD:
            board.list(name).card(title, due=date(2026, 10, 4), start=date(2026, 10, 9), members=("Équipe Com", "Léa"))
    board.list("À produire").card("[Web] Page tarifs", due=date(2027, 1, 11), members=("Léa",))
    told = document(
        retro, saved(board, tmp_path), "--now", NOW.isoformat(), "--end", "2027-03-01", "--profile", "standard"
    )
    keys = {each["key"] for each in json.loads(_exported(retro, tmp_path))["tasks"] if each["title"] in BAD}
    assert len(keys) == len(BAD) * 4
    said = {
        (finding["code"], key)
        for finding in told["findings"]
        for key in ([finding["task"]["key"]] if finding["task"] else (finding["tasks"] or {}).get("keys", []))
    }
    assert not {code for code, key in said if key in keys}


def _exported(retro: Run, folder: Path) -> str:
    out: str = retro("export", "json", folder / "board.json", "--now", NOW.isoformat()).out
    return out


SILENT: dict[str, dict[str, Any]] = {
    "cancelled": {"list": "Annulé"},
    "cancelled in English": {"list": "Won't do"},
    "archived": {"list": "À faire", "closed": True},
    "a model by Trello": {"list": "À faire", "template": True},
    "a line": {"list": "À faire", "title": "--- SEMAINE 48 ---"},
    "a separator by Trello": {"list": "À faire", "role": "separator"},
    "a mirror": {"list": "À faire", "role": "mirror"},
    "a link": {"list": "À faire", "role": "link"},
    "a board": {"list": "À faire", "role": "board"},
    "to be read": {"list": "À faire", "title": "📌 À LIRE avant de créer une carte"},
    "how to": {"list": "À faire", "title": "Mode d'emploi du tableau"},
    "a model by its title": {"list": "À faire", "title": "Modèle – Post LinkedIn"},
    **{f"in the list {name}": {"list": name} for name in (
        "Infos", "Ressources", "Réunions", "Modèles", "Archives", "📌 À LIRE", "Resources", "Meetings", "Templates",
        "Archive",
    )},
}  # fmt: skip


@pytest.mark.parametrize("case", SILENT)
def test_what_is_no_work_is_never_judged(retro: Run, tmp_path: Path, case: str) -> None:
    """Cancelled, archived, template, separator, mirror, link and informative cards: no remark, though all is wrong."""
    what = dict(SILENT[case])
    place, title = what.pop("list"), what.pop("title", "Divers")
    board = BoardBuilder("Lancement", now=lambda: NOW)
    made = board.list(place).card(
        title, due=date(2026, 10, 4), start=date(2026, 10, 9), members=("Équipe Com", "Léa"), **what
    )
    board.list("À faire").card("[Web] Page tarifs", due=date(2027, 1, 11), members=("Léa",))
    told = document(
        retro, saved(board, tmp_path), "--now", NOW.isoformat(), "--end", "2027-03-01", "--profile", "standard"
    )
    assert not [each["code"] for each in told["findings"] if each["task"] and made.id in each["task"]["key"]]
    assert not [each["code"] for each in told["findings"] if made.id in str(each["tasks"])]


def test_done_work_is_judged_only_where_a_rule_says_so(retro: Run, tmp_path: Path) -> None:
    """A done card without an owner, with a vague title and a date gone by gets no remark but for its open checklist."""
    board = BoardBuilder("Lancement", now=lambda: NOW)
    done = board.list("Terminé").card(
        "Divers", due=date(2026, 10, 4), start=date(2026, 10, 9), done=True, checklists={"Recette": ["Mobile", "IE"]}
    )
    board.list("À faire").card("[Web] Page tarifs", due=date(2027, 1, 11), members=("Léa",))
    told = document(
        retro, saved(board, tmp_path), "--now", NOW.isoformat(), "--end", "2027-03-01", "--profile", "standard"
    )
    assert {each["code"] for each in told["findings"] if each["task"] and done.id in each["task"]["key"]} <= {"STA105"}
    assert "STA105" in {each["code"] for each in told["findings"]}
