"""`retro baseline show --format json`: the remarks that are accepted for now, and how many there are of each rule."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from retro.model import AcceptedFinding, FindingsBaseline
from retro.report.document import head, instant, plain


def document(
    baseline: FindingsBaseline,
    names: Mapping[str, tuple[str, str]],
    file: str,
    *,
    now: datetime,
    zone_name: str,
    lang: str,
) -> dict[str, Any]:
    """Rules with most remarks first, then every remark; the `name` of a code that no rule has any more is null."""
    counts = Counter(each.code for each in baseline.findings)
    return {
        **head(now, zone_name, lang),
        "baseline": {"file": file, "written": instant(baseline.written, zone_name)},
        "rules": [
            {"code": code, "name": names[code][0] if code in names else None, "count": count}
            for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ],
        "findings": [_finding(each) for each in baseline.findings],
    }


def _finding(accepted: AcceptedFinding) -> dict[str, Any]:
    return {
        "code": accepted.code,
        "subject": accepted.subject,
        "field": accepted.field or None,
        "detail": accepted.detail or None,
        "board": accepted.board or None,
        "title": accepted.title or None,
        "since": plain(accepted.since),
        "tasks": list(accepted.tasks),
    }
