"""A state that is full, closed, damaged or too new: one sentence, exit 2, and boards that nobody touched."""

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.conftest import NOW, PARIS, Workspace

from retro.model import Change, WriteLevel
from retro.ports import RunRecord
from retro.run import demo_folder
from retro.sandbox import campaign
from retro.sandbox.trello import Limits, Rate, TrelloSandbox
from retro.store import database
from retro.store.ledger import SqlLedger
from retro.store.tables import SCHEMA

Run = Callable[..., Any]
COMMANDS = (["sync", "--yes"], ["apply", "--yes"], ["plan"], ["pull"], ["log"], ["undo", "last", "--yes"])


def assert_explained(ran: Any, *said: str) -> None:
    """Exit 2 and one sentence with place and remedy."""
    assert ran.code == 2, ran.err
    assert len(ran.err.strip().splitlines()) == 1, ran.err
    assert "retro.db" in ran.err or ".retro" in ran.err
    for words in said:
        assert words in ran.err


@pytest.fixture
def roomy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The two boards on a look-alike without limits, so that nobody waits."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    folder, clock = tmp_path / "équipe de Léa", [NOW]
    built = campaign.build(NOW.date(), PARIS)
    demo_folder.make_room(folder)
    limits = Limits(token=Rate(100_000, 1), key=Rate(100_000, 1))
    with TrelloSandbox(built, now=lambda: clock[0], ticks=time.monotonic, limits=limits) as server:
        demo_folder.write_configuration(folder, server, None, NOW.date(), PARIS)
        yield Workspace(server, folder, clock)


@pytest.fixture
def state(retro: Run, roomy: Workspace) -> Path:
    """The state's folder after a pull, and a run that wrote one value and had begun another."""
    assert retro(*roomy.arguments("pull")).code == 0
    folder = roomy.folder / ".retro"
    with SqlLedger(folder) as ledger:
        board = f"trello:{next(iter(roomy.server.state.boards))}"
        change = Change(
            id="c1",
            task="trello:5abbe4b7ddc1b351ef961414",
            title="Textes",
            url=None,
            board=board,
            field="retro_latest",
            level=WriteLevel.OWN,
            old=None,
            new=NOW.date(),
            why="schedule",
            revision="r",
        )
        ledger.begin(RunRecord(id="r1", command="sync", started=NOW))
        first, _second = ledger.intend("r1", [change, replace(change, id="c2", field="due")], NOW)
        ledger.settle(first, "acknowledged", NOW.date(), NOW)
        ledger.finish(RunRecord(id="r1", command="sync", started=NOW, finished=NOW, writes=1))
    return folder


def test_a_damaged_or_newer_state_stops_everything(retro: Run, roomy: Workspace, state: Path) -> None:
    """A file that is no database any more, or a newer retro's, is named with what to do; no tool is asked anything."""
    file, mark = state / "retro.db", roomy.server.log.mark()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    newer = file.read_bytes()
    for command in COMMANDS:
        assert_explained(retro(*roomy.arguments(*command)), "newer retro", "Update")
        assert file.read_bytes() == newer
    file.write_bytes(b"not a database" * 400)
    for command in COMMANDS:
        assert_explained(retro(*roomy.arguments(*command)), "damaged", "move it away")
    assert not roomy.server.requests_since(mark)


def test_damage_inside_is_no_bug(retro: Run, roomy: Workspace, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever bytes are hit, a run says that the state is damaged or goes on; it never ends in a traceback."""
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.05)
    whole = (state / "retro.db").read_bytes()
    chance, codes = random.Random(8), []  # noqa: S311 - the same bytes each time
    for _ in range(12):
        hurt = bytearray(whole)
        for _hit in range(60):
            hurt[chance.randrange(100, len(hurt))] = chance.randrange(256)
        (state / "retro.db").write_bytes(hurt)
        mark = roomy.server.log.mark()
        ran = retro(*roomy.arguments("--offline", "log"))
        planned = retro(*roomy.arguments("--offline", "plan"))
        codes += [ran.code, planned.code]
        assert "Traceback" not in ran.err + planned.err
        assert roomy.server.writes(mark) == 0
    assert set(codes) <= {0, 2, 3}
    assert 2 in codes


ROWS = (
    ("UPDATE contents SET body = x'00ff'", ["--offline", "lint"]),
    ("UPDATE contents SET body = CAST(x'fffe' AS TEXT)", ["--offline", "plan"]),
    ("UPDATE acknowledged SET value = '{'", ["--offline", "plan"]),
    ("UPDATE intents SET change = '[]'", ["sync", "--yes"]),
    ("UPDATE runs SET started = 'yesterday'", ["log"]),
    ("UPDATE runs SET started = 9223372036854775807", ["log"]),
    ("DROP TABLE acknowledged", ["sync", "--yes"]),
)


def test_a_row_that_retro_cannot_have_written(retro: Run, roomy: Workspace, state: Path) -> None:
    """A row that makes no sense is a damaged state, not a bug of retro's; nothing is written."""
    whole = (state / "retro.db").read_bytes()
    for statement, command in ROWS:
        (state / "retro.db").write_bytes(whole)
        with closing(sqlite3.connect(state / "retro.db")) as connection:
            connection.execute(statement)
            connection.commit()
        assert_explained(retro(*roomy.arguments(*command)), "damaged")
    assert roomy.server.writes() == 0


def test_a_state_that_fills_up_writes_nothing_unjournalled(
    retro: Run, roomy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file cannot grow any more, the run ends in words; what was sent is journalled, and not sent twice."""
    assert retro(*roomy.arguments("pull")).code == 0
    with closing(sqlite3.connect(roomy.folder / ".retro" / "retro.db")) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    real = database._connected

    def full(connection: Any, record: object) -> None:
        real(connection, record)
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")

    monkeypatch.setattr(database, "_connected", full)
    assert_explained(retro(*roomy.arguments("sync", "--yes")), "the disk is full", "Make room")
    sent = roomy.server.writes()
    monkeypatch.setattr(database, "_connected", real)
    assert retro(*roomy.arguments("sync", "--yes")).code == 0
    assert roomy.server.writes() > sent
    mark = roomy.server.log.mark()
    assert retro(*roomy.arguments("sync", "--yes")).code == 0
    assert roomy.server.writes(mark) == 0


def test_a_state_that_may_only_be_read(
    retro: Run, roomy: Workspace, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where SQLite may write nothing, no board is written, and the sentence says whose right is lacking."""
    del state
    real = database._connected

    def closed(connection: Any, record: object) -> None:
        real(connection, record)
        connection.execute("PRAGMA query_only = ON")

    monkeypatch.setattr(database, "_connected", closed)
    mark = roomy.server.log.mark()
    assert_explained(retro(*roomy.arguments("sync", "--yes")), "cannot be written", "right to write")
    assert roomy.server.writes(mark) == 0


def mounted(roomy: Workspace, prepared: str, *command: str) -> subprocess.CompletedProcess[str]:
    """A real `retro` on a state that is a file system of its own, seen by it alone; skips where none can be."""
    unshare = shutil.which("unshare")
    state = str(roomy.folder / ".retro")
    if unshare is None or subprocess.run([unshare, "-m", "true"], check=False, capture_output=True).returncode:  # noqa: S603 - found above
        pytest.skip("no mount of one's own here")
    retro = f'"{sys.executable}" -m retro.cli'
    given = " ".join(f"'{each}'" for each in roomy.arguments("--lang", "en", *command))
    script = f"state='{state}'; {prepared} && exec {retro} {given}"
    return subprocess.run([unshare, "-m", "sh", "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 - our own


@pytest.mark.parametrize(
    ("prepared", "said"),
    [
        (
            'mount -t tmpfs -o size=16k,mode=700 none "$state" && head -c 16k /dev/zero > "$state/others" || true',
            "full",
        ),
        ('mount -t tmpfs -o size=96k,mode=700 none "$state"', "full"),
        ('mount -t tmpfs -o ro,mode=700 none "$state"', "Read-only"),
        ('mount --bind "$state" "$state" && mount -o remount,bind,ro "$state"', "Read-only"),
    ],
    ids=["full at once", "full on the way", "empty and read-only", "as it was and read-only"],
)
def test_a_real_disk_that_takes_nothing(roomy: Workspace, prepared: str, said: str) -> None:
    """On a file system that is full or read-only, a real process leaves with 2 and one sentence, boards untouched."""
    (roomy.folder / ".retro").mkdir(mode=0o700)
    done = mounted(roomy, prepared, "sync", "--yes")
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert said in done.stderr
    assert ".retro" in done.stderr
    assert roomy.server.writes() == 0


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_the_state_is_its_owners_alone_after_every_command(retro: Run, roomy: Workspace, tmp_path: Path) -> None:
    """Whatever was run, and however open the umask, nobody else can look at any file of the state."""
    state, before = roomy.folder / ".retro", os.umask(0)
    try:
        for command in (
            *(["pull"], ["lint"], ["plan", "-o", str(tmp_path / "plan.json")], ["apply", "--yes"], ["sync"], ["log"]),
            *(
                ["schedule"],
                ["export", "json", "-o", str(tmp_path / "all.json")],
                ["doctor"],
                ["undo", "last", "--yes"],
            ),
            *(["view", "-o", str(tmp_path / "page.html")], ["baseline", "plan", "set", "départ"]),
        ):
            ran = retro(*roomy.arguments(*command))
            assert ran.code in (0, 1, 3), (command, ran.err)
            assert stat.S_IMODE(state.stat().st_mode) == 0o700
            open_ones = {path.name for path in state.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077}
            assert not open_ones, command
    finally:
        os.umask(before)
    assert {path.name for path in state.iterdir()} >= {"retro.db", "lock", ".gitignore"}


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_state_that_was_opened_is_closed_again(retro: Run, roomy: Workspace, state: Path) -> None:
    """Files that a copy or a person left open to others are closed by the next run."""
    (state / "retro.db").chmod(0o644)
    (state / "lock.json").write_text("{}")
    (state / "lock.json").chmod(0o644)
    state.chmod(0o755)
    assert retro(*roomy.arguments("sync")).code == 0
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in state.iterdir()} == {0o600}
