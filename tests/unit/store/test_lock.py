"""One run at a time on a state, and nothing to clean up after one that died."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retro.i18n import use
from retro.ports import LockedError
from retro.store.lock import StateLock

NOW = datetime(2027, 1, 8, 6, 30, tzinfo=UTC)

HOLD = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from retro.store.lock import StateLock
lock = StateLock(Path(sys.argv[1]), command="retro sync", now=datetime(2027, 1, 8, 6, 30, tzinfo=UTC))
lock.__enter__()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


def lock(folder: Path, command: str = "retro plan") -> StateLock:
    """A lock on a folder."""
    return StateLock(folder, command=command, now=NOW)


def test_second_run_is_told_who_holds_the_state(tmp_path: Path) -> None:
    """While another process holds the state, a run ends at once with exit code 5 and names that process."""
    with subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(
            LockedError, match=rf"retro sync \(process {holder.pid}\), since 2027-01-08T06:30"
        ) as raised:
            lock(tmp_path).__enter__()
        assert raised.value.exit_code == 5
        holder.kill()
    # The holder died without a word: its lock ended with it, and what it wrote about itself is no obstacle.
    assert (tmp_path / "lock.json").exists()
    with lock(tmp_path):
        pass


def test_lock_is_free_after_use_and_after_failure(tmp_path: Path) -> None:
    """Leaving the context frees the state, whether or not the run failed."""
    with pytest.raises(ZeroDivisionError), lock(tmp_path):
        raise ZeroDivisionError
    with lock(tmp_path):
        assert (tmp_path / "lock.json").exists()
    assert not (tmp_path / "lock.json").exists()


def test_second_run_in_the_same_process_is_refused(tmp_path: Path) -> None:
    """Two runs of one process do not share a state either."""
    with lock(tmp_path), pytest.raises(LockedError):
        lock(tmp_path).__enter__()


def test_holder_that_says_nothing_is_still_a_holder(tmp_path: Path) -> None:
    """Without a readable word on who holds it, the state is held all the same."""
    with lock(tmp_path):
        (tmp_path / "lock.json").write_text("{", encoding="utf-8")
        with pytest.raises(LockedError, match="another run holds the state"):
            lock(tmp_path).__enter__()
