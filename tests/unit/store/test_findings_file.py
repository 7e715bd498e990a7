"""The file of accepted findings: read back as written, one line a finding, and clear about what is wrong with it."""

import json
import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retro.model import AcceptedFinding, FindingsBaseline
from retro.ports import ConfigurationError
from retro.store import findings_file

WRITTEN = datetime(2027, 1, 11, 9, tzinfo=ZoneInfo("Europe/Paris"))
ENTRY = AcceptedFinding(code="OWN101", subject="trello:1", field="owners", board="trello:b", title="Été « 2027 »")
BASELINE = FindingsBaseline(
    written=WRITTEN,
    findings=(
        AcceptedFinding(code="DAT101", subject="trello:b", board="trello:b", since=date(2027, 1, 11), tasks=("a", "b")),
        ENTRY,
    ),
)


def test_it_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Every field of every finding, in a folder that is made if need be."""
    file = tmp_path / "dossier été" / "retro-baseline.json"
    findings_file.write(BASELINE, file)
    assert findings_file.read(file) == BASELINE
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_each_finding_is_a_line(tmp_path: Path) -> None:
    """One more finding is one more line in a comparison of versions, besides the comma before it and the date."""
    file = tmp_path / "b.json"
    findings_file.write(BASELINE, file)
    lines = file.read_text("utf-8").splitlines()
    assert [line.strip()[:17] for line in lines if '"code"' in line] == ['{"code": "DAT101"', '{"code": "OWN101"']
    assert "Été « 2027 »" in lines[6]
    assert json.loads(file.read_text("utf-8"))["version"] == 1


def test_an_empty_baseline_is_one(tmp_path: Path) -> None:
    """Nothing accepted is something that can be written, too."""
    file = tmp_path / "b.json"
    findings_file.write(FindingsBaseline(written=WRITTEN), file)
    assert findings_file.read(file).findings == ()


@given(st.text(), st.text(min_size=1), st.lists(st.text(min_size=1), max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_title_survives(tmp_path: Path, title: str, subject: str, tasks: list[str]) -> None:
    """Quotes, control characters, half surrogates: what a board holds, the file holds."""
    file = tmp_path / "b.json"
    entry = AcceptedFinding(code="OWN101", subject=subject, title=title, tasks=tuple(tasks))
    findings_file.write(FindingsBaseline(written=WRITTEN, findings=(entry,)), file)
    assert findings_file.read(file).findings == (entry,)


def test_half_a_surrogate_survives(tmp_path: Path) -> None:
    """UTF-8 has no bytes for it; JSON has an escape."""
    file = tmp_path / "b.json"
    entry = AcceptedFinding(code="OWN101", subject="trello:1", title="\ud83d ?")
    findings_file.write(FindingsBaseline(written=WRITTEN, findings=(entry,)), file)
    assert findings_file.read(file).findings == (entry,)


def document(**changes: object) -> str:
    """A file's text, with other values."""
    held = {"version": 1, "kind": findings_file.KIND, "written": WRITTEN.isoformat(), "findings": [], **changes}
    return json.dumps(held)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON: line 1"),
        ('{\n "version": 1,\n<<<<<<< HEAD\n', "no JSON: line 3"),
        ("[" * 100_000, "no JSON"),
        ("[]", "does not say that it is one"),
        ('{"version": 1, "kind": "retro plan baseline"}', "does not say that it is one"),
        (document(version=2), "newer retro"),
        (document(version="1"), "does not say that it is one"),
        (document(version=None), "does not say that it is one"),
        (document(written=None), "when it was written"),
        (document(written="2027-01-11T09:00:00"), "when it was written"),
        (document(findings={}), "no list of findings"),
        (document(findings=["OWN101"]), "finding 1 is no object"),
        (document(findings=[{"code": "OWN101", "subject": "a"}, {"code": "OWN101"}]), 'finding 2 has no "subject"'),
        (document(findings=[{"code": 101, "subject": "a"}]), 'finding 1 has no "code"'),
        (document(findings=[{"code": "OWN101", "subject": "a", "since": "hier"}]), 'finding 1 has no "since"'),
        (document(findings=[{"code": "OWN101", "subject": "a", "tasks": "b"}]), 'finding 1 has no "tasks"'),
    ],
)
def test_a_broken_file_is_refused_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    """What a merge or a hand broke is told with its line or its finding, and what to do next."""
    file = tmp_path / "b.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said) as caught:
        findings_file.read(file)
    assert str(file) in str(caught.value)
    assert caught.value.remedy


def test_nothing_in_the_file_is_hidden_from_a_reader(tmp_path: Path) -> None:
    """A title's marks that turn writing, control characters and half pairs are spelt out, and read back the same."""
    title = "Été\u00a0: 👩\u200d🎨 \u202egnp.exe\u2066 \x1b[31m \ud800 \U000e0069 «\u202f!\u202f»"
    file = tmp_path / "b.json"
    held = replace(BASELINE.findings[0], title=title)
    findings_file.write(replace(BASELINE, findings=(held,)), file)
    text = file.read_text("utf-8")
    assert "Été\u00a0: 👩\u200d🎨 \\u202egnp.exe\\u2066 \\u001b[31m \\ud800 \\udb40\\udc69 «\u202f!\u202f»" in text
    assert [each.title for each in findings_file.read(file).findings] == [title]


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    """An editor that saved it otherwise is told of."""
    file = tmp_path / "b.json"
    file.write_bytes(b"\xff\xfe{")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        findings_file.read(file)


def test_a_file_kept_by_hand_is_put_in_order(tmp_path: Path) -> None:
    """Entries in any order, and without the fields that are empty, are as good."""
    file = tmp_path / "b.json"
    entries = [{"code": "OWN101", "subject": "b"}, {"code": "DAT101", "subject": "a"}]
    file.write_text("\ufeff" + document(findings=entries), encoding="utf-8")
    assert [each.code for each in findings_file.read(file).findings] == ["DAT101", "OWN101"]


def test_what_cannot_be_read_or_written_says_so(tmp_path: Path) -> None:
    """A missing file, and a folder in the file's place."""
    with pytest.raises(ConfigurationError, match="cannot be read"):
        findings_file.read(tmp_path / "none.json")
    (tmp_path / "b.json").mkdir()
    with pytest.raises(ConfigurationError, match="cannot be written"):
        findings_file.write(BASELINE, tmp_path / "b.json")
    assert [each.name for each in tmp_path.iterdir()] == ["b.json"]


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_link_to_a_shared_baseline_stays_one(tmp_path: Path) -> None:
    """What several workspaces share is written where it is, and not beside it from then on."""
    (tmp_path / "shared").mkdir()
    shared = tmp_path / "shared" / "b.json"
    findings_file.write(FindingsBaseline(written=WRITTEN), shared)
    link = tmp_path / "retro-baseline.json"
    link.symlink_to(shared)
    findings_file.write(BASELINE, link)
    assert link.is_symlink()
    assert findings_file.read(shared) == BASELINE
    assert [each.name for each in shared.parent.iterdir()] == ["b.json"]
