"""A scheduled run: its log, its record, and when it is tried again."""

import json
import os
import sys
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from retro.model.nightly import ScheduledRun
from retro.ports import LockedError
from retro.run.scheduler import attempts
from retro.run.scheduler.attempts import PAUSE, Task, attempt, is_due, is_under_way
from retro.run.scheduler.record import FILE, LOCK, LOG, Record, forget, keep_install, keep_run, read_record
from retro.testing.clock import SteppingClock

_CODES = """
import json, pathlib, sys
codes = pathlib.Path("codes")
first, *rest = codes.read_text().split()
codes.write_text(" ".join(rest))
file = sys.argv[-1].partition("=")[2]
pathlib.Path(file).write_text(json.dumps({"summary": {"writes": 7}}))
print("été", sys.argv[1:-1] == ["--no-progress", "-q", "sync", "--format", "text", "--format"])
sys.exit(int(first))
"""


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """A stand-in for retro that leaves with the codes of the file `codes`, one a run."""
    state = tmp_path / "état"
    state.mkdir()
    return Task(
        retro=[sys.executable, "-c", _CODES], folder=tmp_path, state=state, environment={"PATH": os.environ["PATH"]}
    )


def codes(task: Task, *wanted: int) -> None:
    """How the runs to come end."""
    (task.folder / "codes").write_text(" ".join(map(str, wanted)), encoding="utf-8")


def test_all_is_well(task: Task) -> None:
    """One run: nothing is waited for; log and record tell it, and no file of its own is left."""
    codes(task, 0)
    clock = SteppingClock()
    last = attempt(task, clock, 3)
    assert (last.code, last.writes, last.said, clock.slept) == (0, 7, "été True", [])
    assert read_record(task.state).last == last
    log = (task.state / LOG).read_text("utf-8").splitlines()
    assert [line.partition(" ")[2].partition(" ")[2] for line in log[::2]] == ["retro sync", "ended with 0"]
    assert {path.name for path in task.state.iterdir()} <= {FILE, LOG, LOCK}


def test_no_network_yet(task: Task) -> None:
    """A run that could reach no board is tried again after ten minutes, as often as was said, and no oftener."""
    codes(task, 3, 5, 0)
    clock = SteppingClock()
    last = attempt(task, clock, 3)
    assert (last.code, clock.slept) == (0, [PAUSE, PAUSE])
    assert last.ended == last.began + timedelta(seconds=2 * PAUSE)
    codes(task, 3, 3, 0)
    assert attempt(task, clock, 2).code == 3


@pytest.mark.parametrize("code", [1, 2, 70])
def test_what_does_not_pass_is_not_tried_again(task: Task, code: int) -> None:
    """A broken configuration is as broken ten minutes later."""
    codes(task, code, 0)
    clock = SteppingClock()
    assert attempt(task, clock, 3).code == code
    assert clock.slept == []


def test_one_at_a_time(task: Task) -> None:
    """While one is under way a second one leaves, and the record stays the first one's."""
    with FileLock(task.state / LOCK, timeout=0):
        assert is_under_way(task.state)
        with pytest.raises(LockedError, match="under way"):
            attempt(task, SteppingClock())
    assert not is_under_way(task.state)
    assert read_record(task.state) == Record()


def test_a_run_that_was_killed(task: Task) -> None:
    """What began without an end is told so: the record is written before the run."""
    clock = SteppingClock()

    def killed(*_told: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(attempts, "_once", killed)
        with pytest.raises(KeyboardInterrupt):
            attempt(task, clock)
    last = read_record(task.state).last
    assert last == ScheduledRun(began=clock.now())
    assert not is_under_way(task.state)


def test_a_long_log_loses_its_beginning(task: Task) -> None:
    """A log over half a megabyte keeps its later half, from the beginning of a line."""
    log = task.state / LOG
    log.write_text("".join(f"line {number}\n" for number in range(60_000)), encoding="utf-8")
    codes(task, 0)
    attempt(task, SteppingClock())
    lines = log.read_text("utf-8").splitlines()
    assert log.stat().st_size < 300_000
    assert lines[0].startswith("line ")
    assert "line 59999" in lines


def test_due(tmp_path: Path) -> None:
    """A run is due once a day: not after one has begun, not after the installation, and with no record at all."""
    at = time(6, 30)
    noon = datetime(2026, 11, 23, 12).astimezone()
    assert is_due(tmp_path, at, noon)
    keep_install(tmp_path, ("retro",), noon)
    assert not is_due(tmp_path, at, noon + timedelta(hours=1))
    assert is_due(tmp_path, at, noon + timedelta(hours=20))
    keep_run(tmp_path, ScheduledRun(began=noon + timedelta(hours=20), code=3))
    assert not is_due(tmp_path, at, noon + timedelta(hours=21))
    assert is_due(tmp_path, at, noon + timedelta(hours=44))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"installed": 3, "command": [], "last": null}', "\udcff"])
def test_a_damaged_record(tmp_path: Path, text: str) -> None:
    """A record that cannot be read is an empty one, and the next run writes it anew."""
    (tmp_path / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_record(tmp_path) == Record()
    keep_run(tmp_path, ScheduledRun(began=SteppingClock().now()))
    assert json.loads((tmp_path / FILE).read_text("utf-8"))["version"] == 1


def test_forgotten(tmp_path: Path) -> None:
    """Nothing of the scheduled runs is left, and forgetting twice is no fault."""
    keep_install(tmp_path, ("retro",), SteppingClock().now())
    (tmp_path / LOG).touch()
    forget(tmp_path)
    forget(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_all_files_are_their_owners_alone(task: Task) -> None:
    """Record and log are nobody else's to read: they may quote what a board said."""
    if os.name != "posix":
        pytest.skip("Windows keeps rights elsewhere")
    codes(task, 0)
    attempt(task, SteppingClock())
    assert {path.stat().st_mode & 0o077 for path in task.state.iterdir()} == {0}
