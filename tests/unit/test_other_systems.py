"""retro loads and works where Unix is not: without its modules and calls, as on Windows, with Python's own spared."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from retro.sandbox.trello.build import BoardBuilder

ROOMS = ["retro", "retro_files", "retro_msproject", "retro_notion", "retro_trello", "retro_practices", "retro_dcma"]

LOADED = f"""
import importlib, os, pkgutil, signal, sys, types

def load():
    count = 0
    for room in {ROOMS!r}:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, room + "."):
            if not found.name.endswith("__main__") and ".migrations." not in found.name:
                importlib.import_module(found.name)
                count += 1
    return count
"""

AWAY = f"""{LOADED}
load()  # with whatever libraries do on this system, which is their own affair
for name in [name for name in sys.modules if name.partition(".")[0] in {ROOMS!r}]:
    del sys.modules[name]
for module in ("crypt", "curses", "fcntl", "grp", "nis", "pty", "pwd", "readline", "resource", "spwd", "syslog",
               "termios", "tty"):
    sys.modules[module] = None  # an import of it fails
sys.modules["filelock._unix"].os = types.SimpleNamespace(**vars(os))  # on Windows it has another module for this
for call in ("chown", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getpgid",
             "getuid", "killpg", "memfd_create", "mkfifo", "nice", "openpty", "pread", "pwrite", "sched_getaffinity",
             "setsid", "setuid", "statvfs", "uname", "wait3"):
    vars(os).pop(call, None)
for each in ("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2"):
    vars(signal).pop(each, None)
"""
"""Takes away what Windows lacks. `os.name` and `sys.platform` stay, as libraries go by them."""

COMMANDS = f"""{AWAY}
import json
from retro.cli.app import run
for words in json.loads(sys.argv[1]):
    code = run(["--now", "2027-01-04", *words])
    if code not in (0, 1):
        sys.exit(f"{{words}}: {{code}}")
"""


def ran(text: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a program does in a process of its own."""
    env = {**{name: value for name, value in os.environ.items() if not name.startswith("RETRO_")}, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", text, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - our own interpreter


def test_every_module_loads(tmp_path: Path) -> None:
    """No module of retro or of a plug-in needs, when it is imported, what only Unix has."""
    done = ran(f"{AWAY}\nprint(load())", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 300


def test_the_check_can_fail(tmp_path: Path) -> None:
    """What needs Unix does fail here: modules, calls and signals are away."""
    lines = ("import fcntl", "os.fork()", "os.getuid()", "signal.SIGKILL")
    tried = "".join(f"try:\n    {line}\nexcept (ImportError, AttributeError):\n    print(1)\n" for line in lines)
    assert ran(f"{AWAY}\n{tried}", folder=tmp_path).stdout.split() == ["1"] * len(lines)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A plan in a folder with blanks and accents, and a retro.toml."""
    folder = tmp_path / "Été à Évian"
    folder.mkdir()
    board = BoardBuilder("Campagne d’été")
    board.list("À faire").card("[Web] Page d’inscription")
    (folder / "board.json").write_text(json.dumps(board.document), encoding="utf-8")
    (folder / "retro.toml").write_text(
        '[sources.f]\nkind = "file"\npath = "board.json"\n[boards.plan]\nsource = "f"\nat = ""\n', encoding="utf-8"
    )
    return folder


def test_commands_work(room: Path) -> None:
    """Reading, judging, drawing, and keeping a state ask nothing of the system that only Unix has."""
    commands = [
        ["lint", "board.json", "--end", "2027-03-01"],
        ["view", "--end", "2027-03-01"],
        ["export", "xlsx", "board.json", "--end", "2027-03-01"],
        ["sync"],
        ["baseline", "plan", "set", "kickoff", "board.json"],
        ["new", "webinar", "--end", "2027-06-01"],
    ]
    done = ran(COMMANDS, json.dumps(commands), folder=room)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert (room / "retro.html").exists()
    assert (room / ".retro" / "retro.db").exists()
