"""The page for whoever writes rules is true: its pack is installed, passes the suite, and is used."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "rule-pack-example.md"

_FILE = re.compile(r"^## `(?P<path>[^`]+)`\n(?:(?!##|```).*\n)*```\w+\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)
_BOARD = "Tâche;Responsable;Échéance\n[Social] Jeu-concours de rentrée;Léa Martin;2027-02-01\n"


def installed(folder: Path, name: str, points: str) -> None:
    """What `pip install` makes of a package's entry points."""
    info = folder / f"{name.replace('-', '_')}-0.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(points, encoding="utf-8")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's files, installed."""
    folder = tmp_path_factory.mktemp("maison")
    files = {match["path"]: match["text"] for match in _FILE.finditer(EXAMPLE.read_text("utf-8"))}
    assert len(files) == EXAMPLE.read_text("utf-8").count("\n```\n") == 5
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    ((group, entries),) = project["entry-points"].items()
    points = "".join(f"{name} = {target}\n" for name, target in entries.items())
    installed(folder, project["name"], f"[{group}]\n{points}")
    return folder


def ran(*command: object, folder: Path, package: Path) -> subprocess.CompletedProcess[str]:
    """What a command does where the package is installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "RETRO"))}
    env = {**kept, "PYTHONPATH": str(package), "PYTHONUTF8": "1"}
    words = [sys.executable, *(str(word) for word in command)]
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - our own interpreter


def retro(*words: object, folder: Path, package: Path) -> subprocess.CompletedProcess[str]:
    """One command in English."""
    return ran("-m", "retro.cli", "--lang", "en", "--now", "2027-01-04", *words, folder=folder, package=package)


def test_the_example_passes_the_suite(package: Path) -> None:
    """Every test of the suite runs on it, and passes."""
    options = ("-q", "-W", "error", "-p", "no:cacheprovider", "--rootdir", package)
    done = ran("-m", "pytest", *options, "tests", folder=package, package=package)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\d\d passed in", done.stdout), done.stdout


def test_the_suite_sees_what_is_missing(package: Path, tmp_path: Path) -> None:
    """An example taken out, a rule nobody entered: each failure says what to do."""
    for name in ("retro_maison/__init__.py", "retro_maison/leg/__init__.py", "tests/test_pack.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((package / name).read_text("utf-8"), encoding="utf-8")
    rule = (package / "retro_maison/leg/contest_without_lawyer.py").read_text("utf-8")
    shorter = rule.replace('case("No contest.", a_task("[Print] Flyer")),', "")
    (tmp_path / "retro_maison/leg/contest_without_lawyer.py").write_text(shorter, encoding="utf-8")
    (tmp_path / "retro_maison/leg/forgotten.py").write_text('"""LEG102."""\n', encoding="utf-8")
    done = ran("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", folder=tmp_path, package=tmp_path)
    assert "LEG101: add good examples, 2 or more" in done.stdout
    assert "enter these in retro_maison.RULES: ['forgotten']" in done.stdout
    assert "2 failed" in done.stdout


def test_the_example_is_used(package: Path, tmp_path: Path) -> None:
    """Its rule speaks, takes its option, is explained, and is listed among all."""
    (tmp_path / "plan.csv").write_text(_BOARD, encoding="utf-8")
    options = ("--select", "LEG", "--profile", "standard", "--format", "json", "--exit-zero")
    done = retro("lint", "plan.csv", *options, "-x", "LEG101:label=Droit", folder=tmp_path, package=package)
    assert done.returncode == 0, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["severity"]) == ("LEG101", "warning")
    assert finding["message"] == "no task with the label Droit on this board"
    page = retro("rule", "LEG101", folder=tmp_path, package=package)
    assert "Rules of a contest that were not checked" in re.sub(r"\s+", " ", page.stdout)
    assert "LEG101" in retro("rules", folder=tmp_path, package=package).stdout


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("[retro.rules]\nbroken = retro_broken:RULES\n", "cannot be loaded"),
        ("[retro.rules]\nbroken = retro_maison.mine:RULES\n", "OWN101"),
    ],
)
def test_a_pack_that_cannot_be_used_is_named(package: Path, tmp_path: Path, points: str, said: str) -> None:
    """A pack that cannot be imported, or whose rule has a code that is taken, is no bug of retro's: it says whose."""
    for path in (package / "retro_maison").rglob("*.py"):
        target = tmp_path / path.relative_to(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text("utf-8"), encoding="utf-8")
    (tmp_path / "retro_maison/mine.py").write_text(
        "from retro_maison import RULES as ours\nRULES = {'OWN101': ours['LEG101']}\n", encoding="utf-8"
    )
    installed(tmp_path, "retro-broken", points)
    (tmp_path / "plan.csv").write_text(_BOARD, encoding="utf-8")
    done = retro("lint", "plan.csv", folder=tmp_path, package=tmp_path)
    assert done.returncode == 2
    assert "retro-broken" in done.stderr
    assert said in done.stderr
