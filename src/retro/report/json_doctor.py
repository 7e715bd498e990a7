"""What `retro doctor` found as JSON: see CLI.md, "JSON", for what every document has."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from retro.model.check import Check, Verdict
from retro.report.document import head


def document(checks: Sequence[Check], *, now: datetime, zone_name: str, lang: str) -> dict[str, Any]:
    """The document; `subject` and `remedy` are null where there is none."""
    counts = Counter(check.verdict for check in checks)
    return {
        **head(now, zone_name, lang),
        "summary": {verdict.value: counts[verdict] for verdict in Verdict},
        "checks": [
            {
                "topic": check.topic.value,
                "subject": check.subject or None,
                "verdict": check.verdict.value,
                "said": check.said,
                "remedy": check.remedy or None,
            }
            for check in checks
        ],
    }
