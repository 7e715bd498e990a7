"""The commands of the READMEs work, one after the other, as somebody types them who reads from top to bottom."""

import io
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import keyring
import openpyxl
import pytest
import typer
from tests.e2e.conftest import NOW, PARIS, Ran, Ring
from tests.readme_pages import FRENCH, ROOT, Page

from retro.i18n import use
from retro.sandbox import campaign
from retro.sandbox.notion import NotionSandbox
from retro.sandbox.trello import TrelloSandbox
from retro.sandbox.trello.build import BoardBuilder, new_state

Retro = Callable[..., Ran]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in of the scheduler is a shell script")

INSTALLS = [["uv", "tool", "install", "."], ["pipx", "install", "."]]
"""What `tests/newcomer.py` does with the wheel, in empty environments."""
REMARKS = ("lint", "doctor")
"""Commands that leave with 1 where they have something to say."""


def board(state: Any = None) -> BoardBuilder:
    """Ada's campaign."""
    made = BoardBuilder("Campaign", state, now=lambda: NOW, link="AbCd1234")
    made.member("Ada Martin")
    todo = made.list("À faire")
    page = todo.card("[Web] Page d’inscription", members=("Ada Martin",), due=datetime(2027, 2, 12, 16, tzinfo=PARIS))
    news = todo.card("[Emailing] 3 annonces", members=("Ada Martin",), due=datetime(2027, 2, 19, 16, tzinfo=PARIS))
    made.depend(news, page)
    launch = todo.card("🚀 Mise en ligne", members=("Ada Martin",), due=datetime(2027, 3, 1, 16, tzinfo=PARIS))
    made.depend(launch, news)
    made.list("Terminé").card("[Vidéo] Script", members=("Ada Martin",))
    return made


@pytest.fixture
def trello() -> Iterator[TrelloSandbox]:
    """Trello with that board."""
    state = new_state(lambda: NOW)
    board(state)
    with TrelloSandbox(state, now=lambda: NOW, ticks=time.monotonic) as server:
        yield server


@pytest.fixture
def notion() -> Iterator[NotionSandbox]:
    """Notion with a base that is shared."""
    built = campaign.build_all(NOW.date(), PARIS)
    with NotionSandbox(built.notion, now=lambda: NOW, ticks=time.monotonic) as server:
        yield server


@pytest.fixture
def pasted(trello: TrelloSandbox, notion: NotionSandbox) -> dict[str, str]:
    """What somebody pastes who connects a tool: Trello's key is kept from then on, and to write takes a new token."""
    (reads,) = (each.value for each in trello.state.tokens.values() if not each.write)
    return {"trello": f"{trello.key}\n{reads}", "notion": notion.token, "trello again": trello.token}


@pytest.fixture
def room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trello: TrelloSandbox, notion: NotionSandbox
) -> Iterator[Path]:
    """A folder with the files that the pages name, the look-alikes in the tools' place, and a cron of its own."""
    folder, programs = tmp_path / "Léa et Ada", tmp_path / "programs"
    folder.mkdir()
    programs.mkdir()
    export = json.dumps(board().document)
    (folder / "board.json").write_text(export, encoding="utf-8")
    (folder / "newer-export.json").write_text(export.replace("2027-02-12", "2027-02-15"), encoding="utf-8")
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Tâche", "Responsable", "Échéance"])
    sheet.append(["Stand", "Ada Martin", (NOW + timedelta(days=60)).replace(tzinfo=None)])
    book.save(folder / "fair.xlsx")
    cron = programs / "crontab"
    kept = tmp_path / "crontab"
    cron.write_text(f'#!/bin/sh\n[ "$1" = -l ] && exec /bin/cat "{kept}"\nexec /bin/cat > "{kept}"\n', encoding="utf-8")
    cron.chmod(0o755)
    kept.touch()
    for name in ("TRELLO_KEY", "TRELLO_TOKEN", "NOTION_TOKEN", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RETRO_TRELLO_URL", trello.url)
    monkeypatch.setenv("RETRO_NOTION_URL", notion.url)
    monkeypatch.setenv("RETRO_NOW", NOW.isoformat())
    monkeypatch.setattr(typer, "get_app_dir", lambda name: str(tmp_path / "settings" / name))
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    monkeypatch.setattr("webbrowser.open", lambda _address: True)
    monkeypatch.chdir(folder)
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield folder
    keyring.set_keyring(before)


def switch_writing_on(page: Page, config: Path) -> None:
    """Put the line that the page gives into the board's section, in the place of the one that is there."""
    (line,) = {code for code in page.codes if code.startswith("write = ")}
    text = config.read_text("utf-8")
    assert text.count("\nwrite = ") == 1
    config.write_text(re.sub(r"^write = .*$", line, text, flags=re.MULTILINE), encoding="utf-8")


def test_every_command_runs(room: Path, retro: Retro, pasted: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """From the export to the token, the nightly run and the meeting: nothing fails, and nothing ends in a traceback.

    In French; the English page has the very same commands, as another test holds.
    """
    page = FRENCH
    use("fr")
    tried = set()
    for words in [*page.commands, *(words for words in page.mentioned if words not in page.commands)]:
        if words in INSTALLS:
            continue
        if words[0] == "make":  # what continuous integration begins with, in a clean clone
            assert f"\n{words[1]}: " in (ROOT / "Makefile").read_text("utf-8")
            continue
        name = words[1]
        if name == "plan":
            switch_writing_on(page, room / "retro.toml")
        said = pasted.pop(words[2], pasted["trello again"]) if name == "connect" else ""
        monkeypatch.setattr(sys, "stdin", io.StringIO(said))
        done = retro(*words[1:])
        right = (0, 1) if name in REMARKS else (0,)
        assert done.code in right, (words, done)
        assert "Traceback" not in done.out + done.err
        tried.add(name)
    assert {"demo", "lint", "view", "new", "connect", "init", "sync", "nightly", "report", "week", "undo"} <= tried
    assert {"retro.toml", "retro.html", "webinar.xlsx"} <= {path.name for path in room.iterdir()}
