"""`--offline`: nobody is asked, so no secret is needed and no tool's client loaded; a second process reads along."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_CLIENTS = ("requests", "trello", "pyrate_limiter")

_HOWEVER_FEW = """
import os, sys
from retro.i18n import use
use("en")
from retro.lint import ahead
ahead.LEAST_BYTES = 0
ahead.Ahead.__init__.__kwdefaults__["least"] = 0
forks, fork = [], os.fork
def counted():
    forks.append(fork())
    if not forks[-1] and "OTHERWISE" in os.environ:
        from dataclasses import replace
        from datetime import timedelta
        from retro.store import history
        whole = history._whole_in
        history._whole_in = lambda body, at: replace(whole(body, at + timedelta(minutes=1)), tasks=())
    return forks[-1]
os.fork = counted
from retro.cli.app import run
code = run(sys.argv[1:])
print(len(forks), file=sys.stderr)
sys.exit(code)
"""
"""A command line for which any board is large enough, and which tells how often it has forked.

With OTHERWISE in the environment, the second process finds the boards read anew, and empty.
"""

_WITH_TWO = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="a second process needs fork and a processor"
)


def test_no_secret_is_needed(retro: Callable[..., Any], workspace: Any) -> None:
    """What was read once is judged again without the tokens; whoever asks the tool is told that they are missing."""
    assert retro(*workspace.arguments("pull")).code == 0
    before = retro(*workspace.arguments("--offline", "lint", "--format", "json"))
    for name in ("trello-key", "trello-token"):
        (workspace.folder / name).unlink()
    assert retro(*workspace.arguments("--offline", "lint", "--format", "json")) == before
    assert retro(*workspace.arguments("lint")).code == 2


def test_no_client_is_loaded(retro: Callable[..., Any], workspace: Any) -> None:
    """`retro lint --offline` loads none of the libraries that talk to a tool."""
    assert retro(*workspace.arguments("pull")).code == 0
    given = [str(each) for each in workspace.arguments("--offline", "lint", "--exit-zero")]
    code = (
        "import sys\n"
        "from retro.cli import app\n"
        "assert app.run(sys.argv[1:]) == 0\n"
        f"sys.exit(', '.join(m for m in {_CLIENTS!r} if m in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, *given], capture_output=True, text=True, check=False)  # noqa: S603 - our own code
    assert (done.returncode, done.stderr.strip()) == (0, "")


@_WITH_TWO
@pytest.mark.parametrize("meanwhile", [{}, {"OTHERWISE": "1"}], ids=["as they are", "read anew meanwhile"])
def test_boards_that_a_second_process_reads_too(
    retro: Callable[..., Any], workspace: Any, tmp_path: Path, meanwhile: dict[str, str]
) -> None:
    """A process that was begun before the boards are read changes no finding, and says nothing of its own."""
    assert retro(*workspace.arguments("pull")).code == 0
    given = [str(each) for each in workspace.arguments("--offline", "lint")]
    alone = retro(*given, "--format", f"json={tmp_path / 'alone.json'}", "--format", "text")
    wanted = ("--format", f"json={tmp_path / 'both.json'}", "--format", "text")
    command = [sys.executable, "-c", _HOWEVER_FEW, *given, *wanted]
    done = subprocess.run(  # noqa: S603 - our own code
        command, capture_output=True, text=True, check=False, env={**os.environ, **meanwhile}
    )
    assert done.returncode == alone.code
    assert done.stderr.split() == ["1"]
    assert done.stdout.split() == alone.out.split()
    both, one = (json.loads((tmp_path / f"{name}.json").read_text("utf-8")) for name in ("both", "alone"))
    assert both == one


@_WITH_TWO
def test_a_state_that_cannot_be_read_is_told_once(retro: Callable[..., Any], workspace: Any) -> None:
    """Where the boards cannot be read, the second process finds that too, and leaves it to the first to say so."""
    assert retro(*workspace.arguments("pull")).code == 0
    text = workspace.config.read_text("utf-8").replace("/b/", "/b/other")
    workspace.config.write_text(text, encoding="utf-8")
    given = [str(each) for each in workspace.arguments("--offline", "lint")]
    alone = retro(*given)
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", _HOWEVER_FEW, *given], capture_output=True, text=True, check=False
    )
    assert done.returncode == alone.code == 3
    assert done.stderr.splitlines()[-1] == "1"
    assert "\n".join(done.stderr.splitlines()[:-1]).split() == alone.err.split()


@_WITH_TWO
def test_rules_are_measured_alone(retro: Callable[..., Any], workspace: Any) -> None:
    """Where it is told what each rule takes, no other process takes a part of it."""
    assert retro(*workspace.arguments("pull")).code == 0
    given = [str(each) for each in workspace.arguments("--offline", "-v", "lint", "--statistics", "--exit-zero")]
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", _HOWEVER_FEW, *given], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.split()[-1]) == (0, "0")
