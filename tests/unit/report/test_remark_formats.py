"""The remarks in every form: complete, of the shape that their readers expect, and harmless whatever boards hold."""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from io import StringIO
from typing import Any
from urllib.parse import unquote

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from rich.markdown import Markdown
from tests import marketing_team

from retro.i18n import use
from retro.model import Assessment, Fix, Severity
from retro.report import remarks

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}


def _closed(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


_MESSAGE = _closed("text", text=_TEXT)
_LOCATION = _closed(
    "logicalLocations",
    physicalLocation=_closed(
        "artifactLocation", artifactLocation=_closed("uri", uri={"type": "string", "format": "uri"})
    ),
    logicalLocations={
        "type": "array",
        "items": _closed("name", name=_TEXT, fullyQualifiedName=_TEXT, kind=_TEXT),
    },
)
SARIF = _closed(
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "items": _closed(
            "tool results",
            tool=_closed(
                "driver",
                driver=_closed(
                    "name",
                    name=_TEXT,
                    version=_TEXT,
                    rules={"type": "array", "items": _closed("id", id=_TEXT, name=_TEXT, shortDescription=_MESSAGE)},
                ),
            ),
            language={"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            invocations={
                "type": "array",
                "items": _closed(
                    "executionSuccessful",
                    executionSuccessful={"type": "boolean"},
                    endTimeUtc={"type": "string", "pattern": "Z$"},
                ),
            },
            results={
                "type": "array",
                "items": _closed(
                    "message",
                    ruleId=_TEXT,
                    ruleIndex={"type": "integer", "minimum": 0},
                    level={"enum": ["none", "note", "warning", "error"]},
                    message=_MESSAGE,
                    locations={"type": "array", "items": _LOCATION},
                    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
                    properties={"type": "object"},
                ),
            },
        ),
    },
)
"""What SARIF 2.1.0 has for the parts that retro writes; nothing else is allowed."""

HOSTILE = (
    "\x1b[2J\x1b]8;;file:///etc\x07<script>alert(1)</script>\n::error::faux\r\n=HYPERLINK(1)|x\u202e\ud800"
    "[lien](javascript:alert(2)) **gras** @tous \x00\x0b]]> & é 😀"
)


@cache
def _team() -> Assessment:
    return marketing_team.team()


def hostile(team: Assessment, words: str = HOSTILE) -> Assessment:
    """The team's boards, with these words wherever a person can put any."""
    portfolio = team.portfolio
    tasks = tuple(
        replace(
            task,
            title=words,
            url=f"javascript:{words}" if number % 2 else task.url,
            owners=tuple(replace(owner, name=words) for owner in task.owners),
        )
        for number, task in enumerate(portfolio.tasks)
    )
    boards = tuple(replace(board, name=words) for board in portfolio.boards)
    projects = tuple(replace(project, name=words) for project in portfolio.projects)
    findings = tuple(
        replace(
            finding,
            params={name: words if isinstance(value, str) else value for name, value in finding.params.items()},
            fix=Fix(field="title", new=words),
        )
        for finding in team.findings
    )
    return replace(team, portfolio=replace(portfolio, tasks=tasks, boards=boards, projects=projects), findings=findings)


def sheet(written: str) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(StringIO(written)))


def count_junit(written: str) -> int:
    """Cases that are no "nothing to remark"."""
    return sum(case.name != "Rien à signaler" for suite in JUnitXml.fromstring(written) for case in suite)


def count_markdown(written: str) -> int:
    """Items with a code."""
    return sum(line.startswith("- **") and "** `" in line for line in written.splitlines())


COUNTS: Mapping[str, Callable[[str], int]] = {
    "concise": lambda written: written.count("\n"),
    "jsonl": lambda written: written.count("\n"),
    "github": lambda written: written.count("\n"),
    "markdown": count_markdown,
    "html": lambda written: written.count('<span class="sev '),
    "csv": lambda written: len(sheet(written)),
    "junit": count_junit,
    "sarif": lambda written: len(json.loads(written)["runs"][0]["results"]),
}


@pytest.mark.parametrize("name", remarks.FORMATS)
def test_every_remark_is_in_every_form(team: Assessment, name: str) -> None:
    """All of them where all are asked for; else those that a person reads hold one a task."""
    primary = sum(finding.primary for finding in team.findings)
    assert primary < len(team.findings)
    assert COUNTS[name](remarks.write(name, team, everything=True)) == len(team.findings)
    for_machines = name in {"jsonl", "csv", "junit", "sarif"}
    assert COUNTS[name](remarks.write(name, team)) == (len(team.findings) if for_machines else primary)


@pytest.mark.parametrize("name", remarks.FORMATS)
def test_no_remarks_are_a_document_too(team: Assessment, name: str) -> None:
    """Nothing found is said, or an empty list of the right shape."""
    assert COUNTS[name](remarks.write(name, replace(team, findings=()))) == 0


@pytest.mark.parametrize("name", remarks.FORMATS)
def test_whatever_boards_hold_is_harmless(team: Assessment, name: str) -> None:
    """No control character, no turned direction, no half of a pair, no line more: and every remark is still there."""
    found = hostile(team)
    written = remarks.write(name, found, everything=True)
    written.encode("utf-8")
    assert COUNTS[name](written) == len(found.findings)
    if name != "jsonl":
        assert not set(written) & set("\x00\x0b\x1b\x07\u202e")
    assert "javascript:alert(2)" not in [link.strip("<>") for link in written.split('href="')[1:]]


def test_the_page_shows_markup_as_text(team: Assessment) -> None:
    """No script, no attribute and no link comes from a board; the policy forbids scripts altogether."""
    written = remarks.write("html", hostile(team), everything=True)
    assert "<script" not in written
    assert "&lt;script&gt;alert(1)" in written
    assert 'href="javascript' not in written
    assert "script-src" not in written
    assert "default-src &#39;none&#39;" in written


def test_markdown_of_a_board_is_text(team: Assessment) -> None:
    """A title is neither bold nor a link nor HTML once it is drawn, and calls nobody."""
    written = remarks.write("markdown", hostile(team), everything=True)
    lines = [line for line in written.splitlines() if line.startswith("- **") and "** `" in line]
    for token in (each for line in lines for each in Markdown(line).parsed):
        for child in token.children or ():
            assert child.type in {"text", "strong_open", "strong_close", "code_inline", "link_open", "link_close"}
            assert not str(child.attrs.get("href", "")).startswith("javascript")
    assert "@tous" not in written


def test_no_cell_is_a_formula(team: Assessment) -> None:
    """Nor does a cell that begins with one after a blank."""
    for words in ("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"):
        for row in sheet(remarks.write("csv", hostile(team, words))):
            assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "\t")) for cell in row.values())


def test_a_board_cannot_give_a_build_commands(team: Assessment) -> None:
    """One command a line, each with a code that a rule has."""
    for line in remarks.write("github", hostile(team), everything=True).splitlines():
        command, _, rest = line[2:].partition("::")
        assert command.split(" ")[0] in {"error", "warning", "notice"}
        assert "\n" not in unquote(rest)
        assert "%0A" not in rest


def test_sarif_has_the_shape_of_its_standard(team: Assessment) -> None:
    """For the team's boards, hostile ones and none; a finding has one fingerprint whatever its message says."""
    for shown in (team, hostile(team), replace(team, findings=())):
        jsonschema.Draft7Validator(SARIF).validate(json.loads(remarks.write("sarif", shown)))

    def fingerprints() -> list[str]:
        (run,) = json.loads(remarks.write("sarif", team))["runs"]
        return [result["partialFingerprints"]["retroIdentity/v1"] for result in run["results"]]

    in_french = fingerprints()
    use("en")
    assert fingerprints() == in_french
    assert len(set(in_french)) == len({finding.identity for finding in team.findings})


def test_junit_tells_grave_from_slight(team: Assessment) -> None:
    """Errors are errors, warnings failures, and what is only info passes; each board is a suite."""
    document = JUnitXml.fromstring(remarks.write("junit", team))
    counts = {level: sum(finding.severity is level for finding in team.findings) for level in Severity}
    assert (document.errors, document.failures) == (counts[Severity.ERROR], counts[Severity.WARNING])
    assert {suite.name for suite in document} >= {board.name for board in team.portfolio.boards}
    fromstring(remarks.write("junit", hostile(team)))


def test_a_date_of_another_year_has_its_year(team: Assessment) -> None:
    """A task that was due years ago says when; one of last week needs no year."""
    assert "Attendue le 8/01." in remarks.write("concise", team, everything=True)
    later = replace(team, now=team.now.replace(year=2029))
    assert "Attendue le 8 janv. 2027." in remarks.write("concise", later, everything=True)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(), max_size=40))
def test_any_text_at_all_goes_through(words: str) -> None:
    """Whatever characters there are, every form is written, can be stored, and is read back."""
    shown = hostile(_team(), words)
    few = replace(shown, findings=shown.findings[:6])
    for name in remarks.FORMATS:
        written = remarks.write(name, few, everything=True)
        written.encode("utf-8")
        assert COUNTS[name](written) == len(few.findings)


def test_a_title_of_a_megabyte_is_cut(team: Assessment) -> None:
    """What people read stays readable."""
    for name in ("concise", "markdown", "html", "github"):
        assert len(remarks.write(name, hostile(team, "x" * 1_000_000), everything=True)) < 100_000
