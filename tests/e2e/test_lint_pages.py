"""The pages on exceptions, the baseline and the score are true: what they show is taken from them and tried."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retro.lint import LintSettings, Profile, lint
from retro.lint.examples import a_task, case
from retro.lint.suppression_grammar import Directive, directives
from retro.store import findings_file
from retro_practices.end.project_without_end_date import ProjectWithoutEndDate
from retro_practices.own.no_owner import NoOwner
from retro_practices.own.several_owners import SeveralOwners

DOCS = Path(__file__).resolve().parents[2] / "docs"
_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)
Run = Callable[..., Any]


def blocks(page: str, kind: str) -> list[str]:
    """What a page shows in one language."""
    return [match["text"] for match in _BLOCK.finditer((DOCS / page).read_text("utf-8")) if match["kind"] == kind]


def test_the_lines_of_the_page_are_understood() -> None:
    """Both examples mean what the page says of them."""
    read = [directive for text in blocks("suppressions.md", "text") for directive in directives(text)]
    end = date(2027, 1, 31)
    assert [replace(each, text="") for each in read] == [
        Directive(("OWN101",), end, "the agency names someone in January"),
        Directive(("OWN101", "DAT103"), end, "le client rappelle fin janvier"),
    ]


def test_a_line_of_the_page_works_in_a_file(retro: Run, tmp_path: Path) -> None:
    """Copied into a description, with its day to come, it holds the remark back; a day late, it is told of."""
    line = blocks("suppressions.md", "text")[0].strip()
    plan = tmp_path / "plan.csv"
    plan.write_text(
        f'Tâche,Responsable,Échéance,Description\n[Web] FAQ,,15/02/2027,"À faire.\n{line}"\n', encoding="utf-8"
    )
    options = ("--profile", "standard", "--select", "OWN101,SRC106,SRC107", "--format", "json", "--end", "2027-03-01")

    def said(now: str) -> tuple[list[str], int]:
        document = json.loads(retro("lint", plan, "--now", now, *options).out)
        return [each["code"] for each in document["findings"]], document["summary"]["suppressed"]

    assert said("2027-01-31") == ([], 1)
    assert said("2027-02-01") == (["OWN101", "SRC107"], 0)


def test_the_file_of_the_page_is_a_baseline(tmp_path: Path) -> None:
    """It is read, and written back byte for byte."""
    (text,) = blocks("findings-baseline.md", "json")
    file = tmp_path / "b.json"
    file.write_text(text, encoding="utf-8")
    baseline = findings_file.read(file)
    assert [each.title for each in baseline.findings] == ["[Print] Flyer"]
    findings_file.write(baseline, file)
    assert file.read_text("utf-8") == text


def test_the_commands_of_the_page_run(retro: Run, workspace: Any) -> None:
    """Each line, in its order, leaves with 0 once everything is accepted."""
    lines = [
        line.partition("#")[0].split() for text in blocks("findings-baseline.md", "sh") for line in text.splitlines()
    ]
    assert len(lines) > 4
    for words in lines:
        ran = retro(*workspace.arguments(*words[1:]))
        assert ran.code == 0, (words, ran.out, ran.err)


def test_the_sum_of_the_page_is_right() -> None:
    """Twenty tasks, one error, four warnings and a project without a date score as the page works it out."""
    tasks = [a_task(f"[Web] Page {number}") for number in range(20)]
    tasks[0] = replace(tasks[0], owners=())
    tasks[1:5] = [replace(task, owners=(*task.owners, *a_task("x", owners=("Ada",)).owners)) for task in tasks[1:5]]
    rules = (NoOwner(), SeveralOwners(), ProjectWithoutEndDate())
    found = lint(case("", *tasks).context(), rules, LintSettings(profile=Profile.STANDARD), counted=True).statistics
    assert found is not None
    shown = re.search(r"= (\d+)\.\n", (DOCS / "score.md").read_text("utf-8"))
    assert shown is not None
    assert [each.score for each in found.boards] == [int(shown[1])]


@pytest.mark.parametrize("page", ["suppressions.md", "findings-baseline.md", "score.md"])
def test_links_of_the_pages_lead_somewhere(page: str) -> None:
    """Every page that one of them links to is there."""
    links = re.findall(r"\]\(([\w./-]+\.md)\)", (DOCS / page).read_text("utf-8"))
    assert all((DOCS / link).is_file() for link in links)
