"""One run at a time on a state, and nothing to clean up after one that died."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retro.i18n import use
from retro.ports import ConfigurationError, LockedError
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


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_what_a_lock_leaves_is_its_owners_alone(tmp_path: Path) -> None:
    """Lock, holder and folder are closed to others, whatever the umask and whoever had opened them."""
    before = os.umask(0)
    try:
        with lock(tmp_path / "state"):
            (tmp_path / "state" / "lock.json").chmod(0o666)
        with lock(tmp_path / "state"):
            files = list((tmp_path / "state").iterdir())
            assert {path.name for path in files} == {".gitignore", "lock", "lock.json"}
            assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    finally:
        os.umask(before)


@pytest.mark.parametrize(("code", "said"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "cannot be written")])
def test_a_lock_that_cannot_be_written_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    """A disk that takes nothing is said in words, and the state is not held by a run that could not begin."""

    def refuse(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr("retro.store.lock.write_private", refuse)
        with pytest.raises(ConfigurationError, match=said) as caught:
            lock(tmp_path).__enter__()
        assert str(tmp_path) in str(caught.value)
        assert caught.value.remedy
    with lock(tmp_path):
        pass
