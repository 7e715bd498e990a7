"""The pages for whoever writes a connector are true: their example is installed, passes the contract, and is used."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from retro.ports.pack import CONNECTOR_GROUP

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "connector-example.md"
README = ROOT / "connectors" / "README.md"

_FILE = re.compile(r"^## `(?P<path>[^`]+)`\n(?:(?!##|```).*\n)*```\w+\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)
_BLOCK = re.compile(r"^```python\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's files, and what `pip install` makes of its entry point."""
    folder = tmp_path_factory.mktemp("ardoise")
    files = {match["path"]: match["text"] for match in _FILE.finditer(EXAMPLE.read_text("utf-8"))}
    assert len(files) == EXAMPLE.read_text("utf-8").count("\n```\n") == 9
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8"
    )
    points = "".join(f"[{group}]\n{_lines(each)}" for group, each in project["entry-points"].items())
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    return folder


def _lines(entries: dict[str, str]) -> str:
    return "".join(f"{name} = {target}\n" for name, target in entries.items())


def ran(*command: object, folder: Path, package: Path) -> subprocess.CompletedProcess[str]:
    """What a command does where the example is installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "RETRO"))}
    env = {**kept, "PYTHONPATH": str(package), "PYTHONUTF8": "1", "ARDOISE_TOKEN": "read-and-write-token"}
    words = [sys.executable, *(str(word) for word in command)]
    return subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - our own interpreter


def test_the_example_keeps_the_contract(package: Path) -> None:
    """Every test of the suite runs on the example, and passes: none is left out."""
    options = ("-q", "-W", "error", "-p", "no:cacheprovider", "--rootdir", package)
    done = ran("-m", "pytest", *options, "tests", folder=package, package=package)
    last = done.stdout.strip().splitlines()[-1]
    assert done.returncode == 0, done.stdout
    assert re.match(r"\d\d passed in", last), last


def test_the_example_is_used(package: Path, tmp_path: Path) -> None:
    """With nothing but `kind` in retro.toml, retro lints the tool's board, writes on it once, and then no more."""
    service = _module(package / "tests" / "service.py").Service()
    with service:
        text = (package / "retro.toml").read_text("utf-8")
        (tmp_path / "retro.toml").write_text(
            text.replace("https://ardoise.example", service.url).replace(
                'kind = "ardoise"', f'kind = "ardoise"\nurl = "{service.url}"'
            ),
            encoding="utf-8",
        )

        def retro(*words: str) -> subprocess.CompletedProcess[str]:
            return ran(
                "-m", "retro.cli", "--lang", "en", "--now", "2027-01-04", *words, folder=tmp_path, package=package
            )

        linted = retro("lint", "--format", "json", "--exit-zero")
        assert linted.returncode == 0, linted.stderr
        found = json.loads(linted.stdout)
        assert [(each["kind"], each["state"]) for each in found["sources"]] == [("ardoise", "fresh")]
        assert {each["task"]["key"] for each in found["findings"] if each["task"]} >= {"ardoise:1", "ardoise:2"}
        applied = retro("apply", "--yes")
        assert (applied.returncode, service.writes > 0) == (0, True), applied.stderr
        before = service.writes
        again = retro("sync")
        assert (again.returncode, service.writes) == (0, before), again.stdout


def test_a_kind_that_nobody_installed(tmp_path: Path) -> None:
    """Without the package its kind is refused in one sentence that names those that are known."""
    (tmp_path / "retro.toml").write_text('version = 1\n[sources.a]\nkind = "ardoise"\n', encoding="utf-8")
    done = ran("-m", "retro.cli", "--lang", "en", "lint", folder=tmp_path, package=tmp_path)
    assert done.returncode == 2
    assert "'trello', 'notion', 'file'" in done.stderr


def test_a_connector_that_cannot_be_loaded(package: Path, tmp_path: Path) -> None:
    """A broken package is named, with what to do about it: it is no bug of retro's."""
    info = tmp_path / "retro_broken-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: retro-broken\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[retro.connectors]\nbroken = retro_broken.pack:PACK\n", encoding="utf-8")
    (tmp_path / "plan.csv").write_text("Tâche\nBrief\n", encoding="utf-8")
    done = ran("-m", "retro.cli", "--lang", "en", "lint", "plan.csv", folder=tmp_path, package=tmp_path)
    assert done.returncode == 2
    assert "retro-broken" in done.stderr
    assert "uninstall" in done.stderr


def test_the_readmes_own_code_runs() -> None:
    """What the page imports is there."""
    blocks = [match["text"] for match in _BLOCK.finditer(README.read_text("utf-8"))]
    assert blocks
    for block in blocks:
        exec(compile(block, str(README), "exec"), {"__name__": "readme"})  # noqa: S102 - our own page


def test_the_readme_names_what_is_there() -> None:
    """Every module and name of retro's that the page mentions exists, and so does every file that it links to."""
    text = README.read_text("utf-8")
    for name in set(re.findall(r"`(retro(?:\.[a-z_0-9]+)+)", text)):
        if name not in {"retro.toml", CONNECTOR_GROUP}:
            module, _dot, attribute = name.rpartition(".")
            assert importlib.util.find_spec(name) if module == "retro" else _there(module, attribute), name
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (README.parent / target).exists(), target


def _there(module: str, attribute: str) -> bool:
    found = importlib.import_module(module)
    return hasattr(found, attribute) or importlib.util.find_spec(f"{module}.{attribute}") is not None


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("ardoise_service", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
