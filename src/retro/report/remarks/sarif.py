"""`--format sarif`: SARIF 2.1.0, the form in which analysers hand findings on.

A task's web address stands where a file would; its title and board are logical locations. The fingerprint is the
finding's identity, so that readers know a finding again from run to run.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from retro.model import Assessment, Finding, Severity
from retro.report.document import dumps, instant, plain
from retro.report.remarks.rows import Row, place, rows

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(assessment: Assessment, everything: bool) -> str:  # noqa: FBT001 - as every writer takes it
    """The log, with one run."""
    found = list(rows(assessment, everything))
    rules = _rules(found, assessment)
    places = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "retro", "version": version("retroplan"), "rules": rules}},
        "language": assessment.lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "endTimeUtc": _utc(assessment)}],
        "results": [_result(row, places[row.finding.code]) for row in found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dumps(log)


def _utc(assessment: Assessment) -> str:
    return (instant(assessment.now, "UTC") or "").replace("+00:00", "Z")


def _rules(found: Iterable[Row], assessment: Assessment) -> list[dict[str, Any]]:
    """What is told of each rule that has a finding, by code."""
    named = {row.finding.code: row for row in found}
    return [
        {
            "id": code,
            "name": assessment.rules.get(code, (named[code].finding.name, ""))[0],
            "shortDescription": {"text": named[code].rule or code},
        }
        for code in sorted(named)
    ]


def _result(row: Row, rule: int) -> dict[str, Any]:
    finding = row.finding
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{place(row)}: {row.message}"},
        "locations": [_location(row)],
        "partialFingerprints": {"retroIdentity/v1": _fingerprint(finding)},
        "properties": {
            "primary": finding.primary,
            "board": row.board,
            "field": finding.field,
            "owners": row.owners,
            "due": plain(row.due),
            "proposal": row.proposal,
            "params": {name: plain(value) for name, value in finding.params.items()},
        },
    }


def _location(row: Row) -> Mapping[str, Any]:
    finding = row.finding
    logical = {
        "name": row.title or row.board or finding.subject or finding.code,
        "fullyQualifiedName": finding.task or finding.subject or finding.board or finding.code,
        "kind": "task" if finding.task else "board",
    }
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if row.url:
        location["physicalLocation"] = {"artifactLocation": {"uri": row.url}}
    return location


def _fingerprint(finding: Finding) -> str:
    return sha256("\0".join(finding.identity).encode("utf-8", "surrogatepass")).hexdigest()
