"""What a service says of its limits in the headers of an answer: how long to wait, and how much is left."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_LEAD, _LEFT = "x-rate-limit-", "-remaining"
_MILLISECONDS = 1000


class Standing(NamedTuple):
    """Where the caller stands against one limit."""

    left: int
    """Requests that are still taken in the present window."""
    seconds: float | None
    """How long the window lasts; None: it was not said."""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that `Retry-After` asks for, given as such or as a date; None where it does not say."""
    value = headers.get("Retry-After", "").strip()
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    until, sent = _instant(value), answered(headers)
    return max(0.0, (until - sent).total_seconds()) if until is not None and sent is not None else None


def answered(headers: Mapping[str, str]) -> datetime | None:
    """When a service gave an answer, by its own clock, in whole seconds; None where it does not say."""
    return _instant(headers.get("Date", ""))


def standing(headers: Mapping[str, str], limit: str) -> Standing | None:
    """What `x-rate-limit-…` headers say of the limit of that name (`api-token`); None where they say nothing."""
    left = headers.get(f"{_LEAD}{limit}{_LEFT}", "").strip()
    if not limit or not left.isdecimal():
        return None
    interval = headers.get(f"{_LEAD}{limit}-interval-ms", "").strip()
    return Standing(int(left), int(interval) / _MILLISECONDS if interval.isdecimal() else None)


def exhausted_window(headers: Mapping[str, str]) -> float | None:
    """The longest window, in seconds, that `x-rate-limit-…` headers show as used up; None where none is."""
    limits = (name.lower().removeprefix(_LEAD).removesuffix(_LEFT) for name in headers if name.lower().endswith(_LEFT))
    told = (standing(headers, limit) for limit in limits)
    return max((each.seconds or 0.0 for each in told if each is not None and not each.left), default=0.0) or None


def _instant(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
