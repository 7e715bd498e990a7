"""The page of promises names tests that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "safety.md"
NAMED = re.compile(r"^- `(tests/[\w/]+\.py)::(\w+)`$", re.MULTILINE)


@pytest.fixture
def promises() -> dict[str, list[tuple[str, str]]]:
    """File and name of each test that is named, by the heading of its promise."""
    text = PAGE.read_text("utf-8")
    return {part.partition("\n")[0]: NAMED.findall(part) for part in text.split("\n## ")[1:]}


def test_every_promise_is_held_by_tests_that_exist(promises: dict[str, list[tuple[str, str]]]) -> None:
    """Each of the seven promises names tests, and each of these stands in the file that it is said to be in."""
    assert [heading.partition(".")[0] for heading in promises] == list("1234567")
    assert all(promises.values())
    missing = [
        f"{file}::{name}" for named in promises.values() for file, name in named if name not in _defined(ROOT / file)
    ]
    assert missing == []


def test_every_line_of_a_list_is_understood(promises: dict[str, list[tuple[str, str]]]) -> None:
    """No line of the lists is written so that the check above would pass it over."""
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("- ")]
    assert len(lines) == sum(map(len, promises.values()))


def _defined(file: Path) -> set[str]:
    """The names that a module defines or assigns at its top."""
    if not file.is_file():
        return set()
    found = set()
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found
