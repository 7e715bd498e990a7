"""docs/scheduled-job.md is true: its jobs are well formed, and what they call runs."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.conftest import Ran

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scheduled-job.md"
_BLOCK = re.compile(r"^```yaml\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)
_CALL = re.compile(r"^ +- (?:run: )?(retro .+)$", re.MULTILINE)


def jobs() -> list[str]:
    """The two files that the page gives."""
    return [match["text"] for match in _BLOCK.finditer(PAGE.read_text("utf-8"))]


def test_what_the_jobs_call_runs(retro: Callable[..., Ran], workspace: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both jobs do the nightly run and then draw the page from what it read; both end well, and the page is kept."""
    calls = [[shlex.split(line) for line in _CALL.findall(text)] for text in jobs()]
    assert calls == [[["retro", "sync"], ["retro", "--offline", "view"]]] * 2
    monkeypatch.chdir(workspace.folder)
    for words in calls[0]:
        done = retro("--now", workspace.clock[0].isoformat(), *words[1:])
        assert done.code == 0, done.err
    assert Path("retro.html").exists()
    assert all("retro.html" in text and ".retro" in text for text in jobs())


def test_the_state_is_kept_of_a_red_run_too() -> None:
    """A night that ends with 3 has written all the same: both services keep `.retro` whatever the job's colour."""
    github, gitlab = jobs()
    assert re.search(r"- run: retro sync\n +- uses: actions/cache/save@v4.*\n +if: \$\{\{ !cancelled\(\) \}\}", github)
    assert re.search(r"cache:\n +key: retro\n +paths: \[\.retro\]\n +when: always", gitlab)


def test_no_secret_stands_in_a_job() -> None:
    """Tokens come from the service's store; two runs never work at once; nobody outside sees the page."""
    github, gitlab = jobs()
    assert re.findall(r"^ +(\w+_(?:KEY|TOKEN)): (.*)$", github, re.MULTILINE) == [
        (name, f"${{{{ secrets.{name} }}}}") for name in ("TRELLO_KEY", "TRELLO_TOKEN", "NOTION_TOKEN")
    ]
    assert "TOKEN" not in gitlab
    assert "group: retro" in github
    assert "resource_group: retro" in gitlab
    assert "contents: read" in github
    assert "access: developer" in gitlab
