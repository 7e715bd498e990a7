"""Real `retro` processes for a tenth of their price: everything is loaded once, and each run is a fork of this process.

A script of `tests.killed_workspace`. It reads one JSON object a line: `{"warm": [arguments]}` runs a command line
here, so that no run pays for first times; `{"start": [job, …]}` forks one process a job and answers with their ids;
they begin together at the next line, whatever it says, which is answered by a line a process as it ends: its id and
exit code, the signal's number below zero where one killed it. A job holds its arguments, the file for what it says,
the folder of its state, and the step in there at which it kills itself (0: none).
"""

import functools
import gc
import itertools
import json
import os
import signal
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer.main
from sqlalchemy import Connection

import retro.cli
from retro.cli import app
from retro.run.clock import FixedClock
from retro.store import database as store
from retro.store.database import Database

_CHANGES = frozenset({"open", "os.mkdir", "os.remove", "os.rename", "os.chmod", "sqlite3.connect"})
"""What a process does to files, as Python's audit events call it; each is told of before it is done."""


def _arm(folder: str, at: int) -> Iterator[int]:
    """Count the steps of this process in its state, and kill it at the step `at`; gives the count.

    A step is a change to a file of the folder that is about to be made, a transaction that is about to be committed,
    and one that has been.
    """
    count = itertools.count()
    next(count)

    def step() -> None:
        if next(count) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if event in _CHANGES and str(arguments[0]).startswith(folder) and not _reads(event, arguments):
            step()

    whole: Callable[[Database], Any] = Database.writing

    @contextmanager
    def writing(database: Database) -> Iterator[Connection]:
        with whole(database) as connection:
            yield connection
            step()
        step()

    sys.addaudithook(heard)
    Database.writing = writing  # type: ignore[method-assign, assignment]  # in this child only
    return count


def _reads(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether a file is opened to be read only."""
    flags = arguments[2] if event == "open" else None
    return isinstance(flags, int) and not flags & (os.O_WRONLY | os.O_RDWR)


def _run(arguments: list[str]) -> int:
    sys.argv = ["retro", *arguments]
    try:
        retro.cli.main()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 1
    return 0


def _child(job: dict[str, Any], gate: int) -> None:
    """One run, from the gate to its end."""
    code = 70
    try:
        said = os.open(job["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.read(gate, 1)
        steps = _arm(job["state"], job["kill"])
        code = _run(job["arguments"])
        sys.stdout.write(f"\nsteps {next(steps) - 1}")
        sys.stdout.flush()
    finally:
        os._exit(code)


def _start(jobs: list[dict[str, Any]]) -> tuple[list[int], int]:
    """Fork one process a job; they wait until the gate, whose end is given, is closed."""
    waits, opens = os.pipe()
    pids = []
    for job in jobs:
        pid = os.fork()
        if pid == 0:
            os.close(opens)
            _child(job, waits)
        pids.append(pid)
    os.close(waits)
    return pids, opens


def _without_waiting(connected: Callable[[Any, object], None]) -> Callable[[Any, object], None]:
    """Files need not reach the disk: what a killed process wrote is the system's."""

    def hurried(connection: Any, record: object) -> None:
        connected(connection, record)
        connection.execute("PRAGMA synchronous = OFF")

    return hurried


def _answer(document: object) -> None:
    sys.__stdout__.write(json.dumps(document) + "\n")  # type: ignore[union-attr]  # a script has one
    sys.__stdout__.flush()  # type: ignore[union-attr]


def main() -> None:
    """Serve until the input ends."""
    command = typer.main.get_command(app.build())
    app.build = lambda wanted="": command  # type: ignore[assignment, return-value]  # called alike, made once
    # A collector that went through what is shared would copy all of it, for each child.
    gc.disable()
    gc.enable = gc.unfreeze = lambda: None
    ssl.create_default_context = functools.cache(ssl.create_default_context)  # type: ignore[assignment]
    # Nobody waits for a rate limit: the look-alikes have none, and `--now` stands still.
    FixedClock.sleep = lambda _clock, _seconds: None  # type: ignore[method-assign, assignment]
    store._connected = _without_waiting(store._connected)  # type: ignore[assignment]  # called alike
    for line in sys.stdin:
        asked = json.loads(line)
        if "warm" in asked:
            said = sys.stdout
            with Path(os.devnull).open("w", encoding="utf-8") as sys.stdout:
                code = _run(asked["warm"])
            sys.stdout = said
            _answer(code)
        else:
            pids, gate = _start(asked["start"])
            _answer(pids)
            sys.stdin.readline()
            os.close(gate)
            for _each in pids:
                pid, status = os.waitpid(-1, 0)
                _answer([pid, os.waitstatus_to_exitcode(status)])


if __name__ == "__main__":
    main()
