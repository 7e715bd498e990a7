"""Hours worked in one day: read from text such as "9:00-12:00 13:00-17:00", and scaled for part-timers."""

import re

Hours = tuple[tuple[int, int], ...]
"""The shifts of one day, in order: (first minute, minute after the last), counted from midnight.

A night shift that begins on this day may end on the next one: 22:00 to 6:00 is (1320, 1800)."""

MINUTES_OF_A_DAY = 24 * 60
_SHIFT = re.compile(r"(\d{1,2})(?:[:hH](\d{2})?)?\s*[-–]\s*(\d{1,2})(?:[:hH](\d{2})?)?$")


def parse_hours(text: str) -> Hours:
    """Read the shifts of a day, separated by spaces or commas; "" is a day off. "9:00", "9h", "9h30" and "9" are times.

    Raises:
        ValueError: a shift cannot be read, ends before it starts, or overlaps the one before it.
    """
    shifts: list[tuple[int, int]] = []
    for part in text.replace(",", " ").split():
        match = _SHIFT.match(part)
        if match is None:
            raise ValueError(f"“{part}” is not a pair of hours such as 9:00-12:00.")
        first, last = _minute(match[1], match[2], part), _minute(match[3], match[4], part)
        if last <= first:
            raise ValueError(f"“{part}” ends before it starts.")
        if shifts and first < shifts[-1][1]:
            raise ValueError(f"“{part}” begins before the shift that precedes it has ended.")
        shifts.append((first, last))
    return tuple(shifts)


def _minute(hour: str, minute: str | None, part: str) -> int:
    total = int(hour) * 60 + int(minute or 0)
    if total > MINUTES_OF_A_DAY or int(minute or 0) > 59:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(f"“{part}” names an hour that no day has.")
    return total


def worked(hours: Hours) -> int:
    """Minutes worked in a day of these hours."""
    return sum(last - first for first, last in hours)


def scaled(hours: Hours, share: float) -> Hours:
    """The same day for someone who works `share` of it: shortened from its end, to the minute."""
    left = round(worked(hours) * share)
    kept: list[tuple[int, int]] = []
    for first, last in hours:
        if left <= 0:
            break
        kept.append((first, min(last, first + left)))
        left -= last - first
    return tuple(kept)


def common(one: Hours, other: Hours) -> Hours:
    """The minutes of a day that lie in both."""
    both = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple(sorted((first, last) for first, last in both if first < last))


def cut_at_midnight(hours: Hours, before: Hours) -> Hours:
    """The shifts of one calendar day, disjoint: the spill of the day `before`, and its own without its spill."""
    spilt = [(0, last - MINUTES_OF_A_DAY) for _, last in before if last > MINUTES_OF_A_DAY]
    kept: list[tuple[int, int]] = []
    for first, last in sorted((*spilt, *hours)):
        begin = max(first, kept[-1][1]) if kept else first
        end = min(last, MINUTES_OF_A_DAY)
        if begin < end:
            kept.append((begin, end))
    return tuple(kept)
