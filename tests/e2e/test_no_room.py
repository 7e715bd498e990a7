"""A disk without room: a sentence and what to do, no half of a file, and the next try is not in its own way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

Retro = Callable[..., Any]
SHEET = "Titre;Responsable;Échéance;Statut\n[SEO] 3 articles;Léa;2026-12-11;À faire\n"


@contextmanager
def cramped(most: int) -> Iterator[None]:
    """Files of this process have no room for more than so many bytes."""
    resource = pytest.importorskip("resource", reason="only POSIX limits the size of files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("new", "webinar", "--end", "2027-06-08"), "webinar.xlsx"),
        (("init", "plan.csv"), "retro.toml"),
        (("view", "plan.csv", "--end", "2027-03-01"), "retro.html"),
        (("export", "xlsx", "plan.csv", "--end", "2027-03-01", "-o", "out.xlsx"), "out.xlsx"),
        (("lint", "plan.csv", "--format", "html=out.html"), "out.html"),
    ],
)
def test_no_half_of_a_file(retro: Retro, words: tuple[str, ...], file: str) -> None:
    """The command says that there is no room and leaves nothing; with room again it works."""
    Path("plan.csv").write_text(SHEET, encoding="utf-8")
    now = ("--now", "2026-11-23")
    with cramped(256):
        done = retro(*words, *now)
    assert done.code == 2
    assert f"{file}: the disk is full. Make room there" in done.err
    assert [path.name for path in Path().iterdir()] == ["plan.csv"]
    assert retro(*words, *now).code in (0, 1)
    assert Path(file).stat().st_size > 256


@pytest.mark.parametrize("most", [256, 40_000])
def test_a_demo_that_did_not_fit(retro: Retro, most: int) -> None:
    """Wherever it stopped, its folder is empty, so that the next demo finds room for itself."""
    with cramped(most):
        done = retro("demo", "--dir", "essai", "--now", "2026-11-23")
    assert done.code == 2
    assert "the disk is full. Make room there" in done.err
    assert list(Path("essai").iterdir()) == []
