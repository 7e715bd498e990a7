"""What retro says of a board does not depend on where the machine stands."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.contract.machine import MACHINES

from retro.sandbox import campaign

SCRIPT = """
import sys, time
from retro.cli.app import run
assert time.tzname != ("UTC", "UTC") or sys.argv[1] == "UTC", "the machine is where it was told to be"
for command in ("lint", "schedule"):
    code = run([command, "--now", "2026-11-23T08:00:00Z", "--lang", "fr", "--format", "json", *sys.argv[2:]])
    assert code in (0, 1), code
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The campaign's first board as an export, and a workspace in Auckland, where 23 November is well under way."""
    state = campaign.build(date(2026, 11, 23))
    board = next(iter(state.boards.values()))
    (tmp_path / "campagne.json").write_text(json.dumps(board), encoding="utf-8")
    (tmp_path / "retro.toml").write_text('version = 1\n[workspace]\ntimezone = "Pacific/Auckland"\n', encoding="utf-8")
    return tmp_path


def test_the_machines_zone_changes_no_byte(folder: Path) -> None:
    """`lint` and `schedule` print the same JSON, to the byte, on machines of five zones."""
    running = {
        zone: subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", SCRIPT, zone, "campagne.json", "--end", "2027-03-01"],
            cwd=folder,
            env={**os.environ, "TZ": zone, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for zone in MACHINES
    }
    said = {zone: process.communicate() for zone, process in running.items()}
    assert {zone: process.returncode for zone, process in running.items()} == dict.fromkeys(MACHINES, 0), said
    outputs = {out for out, _err in said.values()}
    assert len(outputs) == 1
    assert outputs.pop().count(b'"version": 1') == 2
