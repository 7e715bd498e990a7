"""`retro lint --fix FILE`: a mended copy beside an original that nobody touched."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

Run = Callable[..., Any]
ROWS = [
    ("SEO : audit technique", "Léa Martin", date(2027, 1, 5)),
    ("(seo) Maillage interne", "Léa Martin", date(2027, 1, 9)),
    ("Email de relance aux clients", "Alix Morel", date(2027, 1, 12)),
    ("[SEO] Netlinking", "Alix Morel", date(2027, 1, 13)),
]
MENDED = ["[SEO] audit technique", "[SEO] Maillage interne", "[Email] Email de relance aux clients", "[SEO] Netlinking"]
LINT = ("--now", "2026-11-23", "--lang", "en", "lint", "--end", "2027-03-01")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with its channels configured and one plan as CSV and as a workbook."""
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "retro.toml").write_text('version = 1\n[lint]\nchannels = ["SEO", "Email"]\n', encoding="utf-8")
    lines = [f"{title};{owner};{day:%d/%m/%Y};À faire" for title, owner, day in ROWS]
    (folder / "plan.csv").write_text("\n".join(["Tâche;Responsable;Échéance;Statut", *lines, ""]), encoding="utf-8")
    book = Workbook()
    sheet = book.active
    sheet.append(["Tâche", "Responsable", "Échéance", "Statut"])
    for title, owner, day in ROWS:
        sheet.append([title, owner, day, "À faire"])
    book.save(folder / "salon.xlsx")
    monkeypatch.chdir(folder)
    return folder


def test_a_csv_copy(retro: Run, room: Path) -> None:
    """The copy has the safe fixes, under its own name in the working directory; of it there is nothing left to fix."""
    original = (room / "plan.csv").read_bytes()
    done = retro(*LINT, "plan.csv", "--fix")
    assert done.code == 0, done.err
    assert "plan · corrigé.csv: 2 cells mended" in done.out
    assert done.out.splitlines()[-1] == "2 fixed · 2 more with --unsafe-fixes"
    text = (room / "plan · corrigé.csv").read_text("utf-8")
    assert text == original.decode().replace(ROWS[0][0], MENDED[0]).replace(ROWS[1][0], MENDED[1])
    assert (room / "plan.csv").read_bytes() == original
    again = retro(*LINT, "plan · corrigé.csv", "--fix").out
    assert again.splitlines()[-1] == "Nothing to fix · 2 more with --unsafe-fixes"
    assert not (room / "plan · corrigé 2.csv").exists()


def test_a_workbook_copy(retro: Run, room: Path) -> None:
    """Titles and dates are mended in the copy that `-o` names; the original is as it was."""
    original = (room / "salon.xlsx").read_bytes()
    done = retro(*LINT, "salon.xlsx", "--fix", "--unsafe-fixes", "-o", room / "mended.xlsx")
    assert done.code == 0, done.err
    assert done.out.splitlines()[-1] == "4 fixed"
    assert "Butler" not in done.out
    rows = list(load_workbook(room / "mended.xlsx").active.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == MENDED
    assert rows[1][2].date() == date(2027, 1, 8)
    assert (room / "salon.xlsx").read_bytes() == original
    assert retro(*LINT, "mended.xlsx", "--diff", "--unsafe-fixes").out.splitlines()[-1] == "Nothing to fix."


def test_the_original_is_never_written_over(retro: Run, room: Path) -> None:
    """`-o` with the name of what was read is refused, and so are several copies under one name."""
    original = (room / "plan.csv").read_bytes()
    done = retro(*LINT, "plan.csv", "--fix", "-o", "plan.csv")
    assert done.code == 2
    assert "never written over" in done.err
    assert (room / "plan.csv").read_bytes() == original
    done = retro(*LINT, "plan.csv", "salon.xlsx", "--fix", "-o", "both.xlsx")
    assert done.code == 2
    assert "several files" in done.err
    (room / "out").mkdir()
    assert retro(*LINT, "plan.csv", "salon.xlsx", "--fix", "-o", "out").code == 0
    assert sorted(path.name for path in (room / "out").iterdir()) == ["plan · corrigé.csv", "salon · corrigé.xlsx"]


def test_a_diff_writes_no_file(retro: Run, room: Path) -> None:
    """`--diff` shows the fixes of files and leaves the folder as it was."""
    before = sorted(room.iterdir())
    done = retro(*LINT, "salon.xlsx", "--diff", "--unsafe-fixes")
    assert (done.code, done.out.splitlines()[-1]) == (0, "4 fixes")
    assert sorted(room.iterdir()) == before


def test_rows_that_are_named_by_their_title(retro: Run, room: Path) -> None:
    """A row that another one waits for by its title is not renamed: the copy would have lost the link."""
    text = "Tâche;Échéance;Prédécesseurs\nSEO : audit;05/01/2027;\nMaillage;12/01/2027;SEO : audit\n"
    (room / "named.csv").write_text(text, encoding="utf-8")
    done = retro(*LINT, "named.csv", "--fix")
    assert "other tasks name the task by its title" in done.out
    assert not (room / "named · corrigé.csv").exists()


def test_files_that_are_only_read(retro: Run, room: Path) -> None:
    """A board's export shows its fixes, but no copy of it can be mended: the refusal says what to do."""
    export = (
        '{"id": "5f1a2b3c4d5e6f7a8b9c0d1e", "name": "B", "shortLink": "AbCd1234", "url": "https://trello.com/b/AbCd1234",'
        ' "idOrganization": null, "lists": [{"id": "5f1a2b3c4d5e6f7a8b9c0d10", "name": "À faire"}],'
        ' "cards": [{"id": "5f1a2b3c4d5e6f7a8b9c0d11", "name": "SEO : audit", "idList": "5f1a2b3c4d5e6f7a8b9c0d10"}]}'
    )
    (room / "board.json").write_text(export, encoding="utf-8")
    assert "1 fix is left to you: retro cannot write that field there." in retro(*LINT, "board.json", "--diff").out
    done = retro(*LINT, "board.json", "--fix")
    assert done.code == 2
    assert "no mended copy of this kind of file can be made" in done.err
    assert "`retro lint --fix`" in done.err
