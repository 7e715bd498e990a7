"""Two real `retro` processes on one state, and one that died while it held it."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.e2e.conftest import NOW, PARIS

from retro.run import demo_folder
from retro.sandbox import campaign
from retro.sandbox.exchange import Reply
from retro.sandbox.trello import Limits, Rate, TrelloSandbox

_PATIENCE = 60


class Gate(TrelloSandbox):
    """A look-alike that keeps whoever writes waiting until it is opened."""

    reached: threading.Event
    opened: threading.Event

    def handle(self, method: str, target: str, headers: Mapping[str, str], raw: bytes) -> Reply | None:
        """Answer reads at once, writes once the gate is open."""
        if method != "GET":
            self.reached.set()
            self.opened.wait(_PATIENCE)
        return super().handle(method, target, headers, raw)


class Room:
    """A workspace behind a gate."""

    def __init__(self, server: Gate, folder: Path) -> None:
        self.server = server
        self.folder = folder

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A `retro` process."""
        line = ["-c", str(self.folder / "retro.toml"), "--lang", "en", "--now", NOW.isoformat(), *arguments]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RETRO_")}
        return subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "retro.cli", *line],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=self.folder,
        )


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Two boards that were never written; the gate is shut."""
    folder = tmp_path / "équipe"
    demo_folder.make_room(folder)
    wide = Limits(token=Rate(100_000, 1), key=Rate(100_000, 1))
    built = campaign.build(NOW.date(), PARIS)
    server = Gate(built, now=lambda: NOW, ticks=time.monotonic, limits=wide)
    server.reached, server.opened = threading.Event(), threading.Event()
    with server:
        demo_folder.write_configuration(folder, server, None, NOW.date(), PARIS)
        try:
            yield Room(server, folder)
        finally:
            server.opened.set()


def test_one_works_and_the_other_leaves_at_once(room: Room) -> None:
    """While a run writes, every other command that would leaves with 5, names the process, and sends nothing."""
    with room.start("-q", "sync", "--yes") as first:
        assert room.server.reached.wait(_PATIENCE)
        asked = room.server.log.mark()
        for arguments in (("-q", "sync", "--yes"), ("apply", "--yes"), ("undo", "last", "--yes")):
            with room.start(*arguments) as second:
                out, err = second.communicate(timeout=_PATIENCE)
            assert (second.returncode, out) == (5, ""), err
            assert len(err.splitlines()) == 1
            assert f"sync (process {first.pid})" in err
            assert "since 2026-11-23T09:00:00" in err
        assert room.server.log.mark() == asked
        room.server.opened.set()
        out, err = first.communicate(timeout=_PATIENCE)
    assert (first.returncode, out, err) == (0, "", "")
    assert room.server.writes() > 20
    assert not (room.folder / ".retro" / "lock.json").exists()


def test_a_holder_that_was_killed_holds_nothing(room: Room) -> None:
    """After a kill in mid-write the next run needs no cleaning up: it works, and the one after has nothing to do."""
    with room.start("-q", "sync", "--yes") as first:
        assert room.server.reached.wait(_PATIENCE)
        first.send_signal(signal.SIGKILL)
    assert first.returncode == -signal.SIGKILL
    holder = json.loads((room.folder / ".retro" / "lock.json").read_text("utf-8"))
    assert holder["pid"] == first.pid
    room.server.opened.set()
    for _ in range(2):
        mark = room.server.log.mark()
        with room.start("-q", "sync", "--yes") as again:
            out, err = again.communicate(timeout=_PATIENCE)
        assert (again.returncode, out, err) == (0, "", "")
    assert room.server.writes(mark) == 0
