"""`retro export json`: the common model whole, which can be read back as a source."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from retro.model import Portfolio
from retro.report.document import head


def document(
    portfolio: Portfolio,
    *,
    now: datetime,
    zone_name: str,
    lang: str,
    calendars: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Every field of the model. `calendars` are those of the configuration, as plain data."""
    from retro.model.codec import encode  # noqa: PLC0415 - cattrs is slow to load, and only this format needs it

    return {
        **head(now, zone_name, lang),
        "boards": encode(portfolio.boards),
        "tasks": encode(portfolio.tasks),
        "people": encode(portfolio.people),
        "calendars": [dict(calendar) for calendar in calendars],
        "projects": encode(portfolio.projects),
        "links": encode(portfolio.links),
        "unresolved_links": encode(portfolio.unresolved),
        "sources": encode(portfolio.sources),
    }
