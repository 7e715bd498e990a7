"""What is said above a report whose data is old."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from retro.i18n import use
from retro.model import SourceState, SourceStatus
from retro.report import wording

NOW = datetime(2027, 3, 29, 9, tzinfo=ZoneInfo("Europe/Paris"))
"""The day after the clocks went forward."""


def source(state: SourceStatus, hours: float | None) -> SourceState:
    """A source that was read so many hours ago."""
    read_at = None if hours is None else NOW.astimezone(UTC) - timedelta(hours=hours)
    return SourceState(id="base", kind="notion", state=state, read_at=read_at)


@pytest.mark.parametrize("hours", [0, 23.9, 24])
def test_a_day_is_not_old(hours: float) -> None:
    """What was read within a day is what a nightly run gives."""
    assert wording.outdated([source(SourceStatus.STALE, hours)], NOW) == ""


def test_the_oldest_counts() -> None:
    """Of several sources the oldest one that was not read now is told, in whole days."""
    sources = [source(SourceStatus.STALE, 25), source(SourceStatus.STALE, 80), source(SourceStatus.FRESH, 900)]
    use("en")
    assert wording.outdated(sources, NOW).startswith("Data 3 days old")
    use("fr")
    assert wording.outdated(sources[:1], NOW).startswith("Données vieilles de 1 jour")


def test_what_was_never_read_has_no_age() -> None:
    """A source that could not be read at all is told otherwise, and no report is without sources by this."""
    assert wording.outdated([source(SourceStatus.FAILED, None)], NOW) == ""
    assert wording.outdated([], NOW) == ""
