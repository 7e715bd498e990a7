"""Where much is held to the end, the process ends without giving it back: nothing else is another for it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

_SCRIPT = """
import atexit, gc, os, sys
from retro.cli.ending import Ending

class Held:
    def __del__(self, say=os.write):
        say(1, b"given back")

ending = Ending()
atexit.register(print, "asked at the end")
sys.held, many = Held(), [[] for _ in range({many})]
gc.freeze()
sys.stdout.write("said ")
sys.stderr.write("told")
{leave}
"""


def ended(
    leave: str, *, many: int = 150_000, into: int | IO[str] = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """A process that holds so many lists when it leaves, and says what it says at the end rather than at once."""
    command = [sys.executable, "-c", _SCRIPT.format(many=many, leave=leave)]
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(  # noqa: S603 - the script above
        command, stdout=into, stderr=subprocess.PIPE, text=True, check=False, env=usual
    )


def test_all_is_said_and_called_before() -> None:
    """What was written is read, what asked to be called is called, the exit code is kept; nothing is given back."""
    process = ended("ending.leave(3)")
    assert (process.returncode, process.stdout, process.stderr) == (3, "said asked at the end\n", "told")


@pytest.mark.parametrize("leave", ["ending.leave(3)", "sys.exit(3)"])
def test_little_is_given_back(leave: str) -> None:
    """A process that holds little ends as any other."""
    process = ended(leave, many=0)
    assert process.returncode == 3
    assert "given back" in process.stdout


def test_a_crash_is_told_by_python() -> None:
    """What nobody caught ends the process as ever: with its traceback and exit code 1."""
    process = ended("1 / 0")
    assert process.returncode == 1
    assert "ZeroDivisionError" in process.stderr
    assert "given back" in process.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device on this system")
def test_what_cannot_be_said_is_no_success() -> None:
    """Where the last words find no room, the exit code says so, as it does for any program of Python's."""
    with Path("/dev/full").open("w") as full:
        process = ended("ending.leave(0)", into=full)
    assert process.returncode == 120
    assert "No space left" in process.stderr
