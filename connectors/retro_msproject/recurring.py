"""The days of exceptions that come back: every other Monday, the last Friday of a month, each 1 May.

Numbers are those of MSPDI's `Exception`: types 1 and 7 daily, 2 yearly on a date, 3 yearly on a weekday of a month,
4 monthly on a date, 5 monthly on a weekday, 6 weekly; months from 0, positions from 0 to 4 (the last), and days of
the week as bits from Sunday.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from retro_msproject.records import Record
from retro_msproject.values import whole

_DAILY, _YEARLY_DATE, _YEARLY_DAY, _MONTHLY_DATE, _MONTHLY_DAY, _WEEKLY, _DAY_COUNT = range(1, 8)
_LAST = 4
_ANY_DAY, _WORKDAY, _WEEKEND, _SUNDAY = range(4)
_SATURDAY = 5
"""First weekday of a weekend."""
_YEAR, _LONGEST_MONTH = 12, 31


def recurs(exception: Record) -> bool:
    """Whether an exception comes back, rather than being one range of days."""
    kind = whole(exception.get("Type"))
    return kind in range(_YEARLY_DATE, _WEEKLY + 1) or (kind in (_DAILY, _DAY_COUNT) and _period(exception) > 1)


def occurrences(exception: Record, first: date, last: date) -> Iterator[date]:
    """Its days from `first` to `last`, which is the last one that it has, however many those are."""
    kind = whole(exception.get("Type"))
    if kind in (_DAILY, _DAY_COUNT):
        return _daily(first, last, _period(exception))
    if kind == _WEEKLY:
        return _weekly(first, last, _period(exception), whole(exception.get("DaysOfWeek")))
    return _monthly(exception, first, last, kind)


def _period(exception: Record) -> int:
    return max(whole(exception.get("Period"), 1), 1)


def _daily(first: date, last: date, period: int) -> Iterator[date]:
    span = (last - first).days
    return (first + timedelta(days=days) for days in range(0, span + 1, period))


def _weekly(first: date, last: date, period: int, bits: int) -> Iterator[date]:
    sunday = first - timedelta(days=first.isoweekday() % 7) if first.toordinal() > _WEEKLY else first
    for days in range((last - sunday).days + 1):
        week, weekday = divmod(days, 7)
        if week % period == 0 and bits >> weekday & 1:
            day = sunday + timedelta(days=days)
            if day >= first:
                yield day


def _monthly(exception: Record, first: date, last: date, kind: int) -> Iterator[date]:
    yearly = kind in (_YEARLY_DATE, _YEARLY_DAY)
    number = whole(exception.get("MonthDay"), 1)
    if yearly:
        step, begin = _YEAR, first.year * _YEAR + whole(exception.get("Month")) % _YEAR
    else:
        # Months are counted from the one in which the date is first reached.
        late = kind == _MONTHLY_DATE and number < first.day
        step, begin = _period(exception), first.year * _YEAR + first.month - 1 + late
    for months in range(begin, last.year * _YEAR + last.month, step):
        year, month = divmod(months, _YEAR)
        if kind in (_YEARLY_DATE, _MONTHLY_DATE):
            day = _on_date(year, month + 1, number)
        else:
            item = whole(exception.get("MonthItem"), _SUNDAY)
            day = _on_weekday(year, month + 1, item, whole(exception.get("MonthPosition")))
        if day is not None and first <= day <= last:
            yield day


def _on_date(year: int, month: int, day: int) -> date | None:
    """A day of a month; months too short for it have their last day instead."""
    return date(year, month, min(day, _last_of(year, month).day)) if 1 <= day <= _LONGEST_MONTH else None


def _on_weekday(year: int, month: int, item: int, position: int) -> date | None:
    """The first to fourth, or last, day of a month that is the weekday (or workday, or weekend day) of `item`."""
    days = [date(year, month, day) for day in range(1, _last_of(year, month).day + 1)]
    found = [day for day in days if _is_item(day, item)]
    if not found:
        return None
    return found[-1] if position >= _LAST else found[max(position, 0)]


def _is_item(day: date, item: int) -> bool:
    if item == _ANY_DAY:
        return True
    if item in (_WORKDAY, _WEEKEND):
        return (day.weekday() >= _SATURDAY) is (item == _WEEKEND)
    return day.isoweekday() % 7 == item - _SUNDAY


def _last_of(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == _YEAR else date(year, month + 1, 1)
    return following - timedelta(days=1)
