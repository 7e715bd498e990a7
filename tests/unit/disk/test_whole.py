"""Files are written whole or not at all, and a program that keeps one to itself is waited for a moment."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retro.disk import put_whole, refusal
from retro.i18n import use


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("en")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the next so many replacements be refused, as Windows does of a workbook that Excel has open."""
    replace = Path.replace

    def hold(times: int) -> None:
        left = times

        def refused(self: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if left >= 0:
                raise PermissionError(errno.EACCES, "The process cannot access the file")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", refused)

    return hold


def test_what_is_let_go_of_in_time_is_replaced(tmp_path: Path, held: Callable[[int], None]) -> None:
    """Three refusals cost three waits of half a second, and the file is there."""
    waits: list[float] = []
    held(3)
    put_whole(b"new", tmp_path / "plan.xlsx", sleep=waits.append)
    assert (tmp_path / "plan.xlsx").read_bytes() == b"new"
    assert waits == [0.5, 0.5, 0.5]


def test_what_stays_held_is_left_as_it_was(tmp_path: Path, held: Callable[[int], None]) -> None:
    """After the fourth refusal the old file stands, nothing is left beside it, and the reason is a plain sentence."""
    (tmp_path / "plan.xlsx").write_bytes(b"old")
    held(99)
    waits: list[float] = []
    with pytest.raises(PermissionError) as refused:
        put_whole(b"new", tmp_path / "plan.xlsx", sleep=waits.append)
    assert len(waits) == 3
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
    assert refusal(refused.value).startswith("the file is open in another program")


def test_half_a_file_is_never_seen(tmp_path: Path) -> None:
    """Content that fails under way leaves the old file, and nothing beside it."""

    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ValueError("broken")

    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(ValueError, match="broken"):
        put_whole(broken(), tmp_path / "a")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    """What a link leads to is replaced, and whatever stood under the waiting name is not written through."""
    real, link, other = tmp_path / "real", tmp_path / "link", tmp_path / "other"
    real.write_bytes(b"old")
    other.write_bytes(b"somebody's")
    link.symlink_to(real)
    (tmp_path / ".real.retro").symlink_to(other)
    put_whole([b"n", b"ew"], link)
    assert (link.is_symlink(), real.read_bytes(), other.read_bytes()) == (True, b"new", b"somebody's")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_stays_one(tmp_path: Path) -> None:
    """What is no file is written to, also through a link; it is never replaced by one."""
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        put_whole([b"n", b"ew"], link)
        assert os.read(reader, 100) == b"new"
    finally:
        os.close(reader)
    assert (pipe.is_fifo(), sorted(path.name for path in tmp_path.iterdir())) == (True, ["link", "pipe"])


@pytest.mark.skipif(os.name != "posix", reason="rights are kept elsewhere")
def test_rights(tmp_path: Path) -> None:
    """Rights that are asked for are given exactly; else a file keeps its own."""
    file = tmp_path / "a"
    put_whole(b"1", file, mode=0o600)
    assert file.stat().st_mode & 0o777 == 0o600
    put_whole(b"2", file)
    assert file.stat().st_mode & 0o777 == 0o600
    put_whole(b"3", file, mode=0o644)
    assert file.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "open in another program"),
        (errno.EIO, "cannot be written (Input/output error)"),
    ],
)
def test_reasons(number: int, words: str) -> None:
    """The usual reasons have sentences of their own; the rest keeps the system's words."""
    assert words in refusal(OSError(number, os.strerror(number)))
