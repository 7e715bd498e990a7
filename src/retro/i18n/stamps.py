"""The stamp under a text of `review`, a checksum of retro's own values beside it; and own columns known again by it.

With the state lost, a column that somebody renamed is no longer known by its id nor by its name. Where the stamps of
a board agree with the values that stand in a column, it is the one that they were made from.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import combinations, islice, product

from retro.i18n.own_fields import KINDS, STAMP, OwnKind
from retro.model import field_empty
from retro.model.values import Value, canonical, tidy

_REVIEW = "review"
_ROWS_MOST = 50
_READINGS_MOST = 2_000
"""How many ways to read one row are tried: a column among dozens is found, two renamed ones among some."""


@dataclass(frozen=True, slots=True)
class Row:
    """One task: its own values by own field, and what its other columns hold, by id, where one might be retro's."""

    own: Mapping[str, Value]
    others: Mapping[str, Value]


def checksum(values: Mapping[str, Value], body: str, zone: tzinfo) -> str:
    """Eight hexadecimal digits over retro's own values by id (`review` aside) and the body of `review`."""
    lines = [f"{own}={canonical(value, zone)}" for own, value in sorted(values.items()) if not field_empty(value)]
    return hashlib.sha256("\n".join([*lines, tidy(body)]).encode()).hexdigest()[:8]


def split(review: Value) -> tuple[str, str | None]:
    """The body of a `review` text and its stamp's digits, None where it carries none."""
    text = review if isinstance(review, str) else ""
    found = STAMP.search(tidy(text))
    return (tidy(text)[: found.start()], found.group(1)) if found else (text, None)


def known_by_stamps(rows: Iterable[Row], missing: Iterable[str], zone: tzinfo) -> dict[str, str]:
    """The columns that hold own fields under names of somebody else's: ids by own field.

    `missing` are the own fields that no column is known for. A column is taken where the stamps of more than half of
    the rows that carry one, and in which it is filled, agree with what it holds, and no other column fits as well.
    """
    wanted = tuple(missing)
    votes: Counter[tuple[str, str]] = Counter()
    filled: Counter[str] = Counter()
    for row in islice((row for row in rows if _is_stamped(row, wanted)), _ROWS_MOST):
        filled.update(row.others.keys())
        votes.update(_agreeing(row, wanted, zone))
    best = {own: _surest(own, votes, filled) for own in wanted}
    taken = Counter(best.values())
    return {own: column for own, column in best.items() if column and taken[column] == 1}


def _surest(own: str, votes: Mapping[tuple[str, str], int], filled: Mapping[str, int]) -> str:
    """The column with most votes for an own field; "" where it has too few, or as many as another."""
    ranked = sorted(((count, column) for (of, column), count in votes.items() if of == own), reverse=True)
    if not ranked or 2 * ranked[0][0] <= filled[ranked[0][1]]:
        return ""
    return "" if len(ranked) > 1 and ranked[1][0] == ranked[0][0] else ranked[0][1]


def _is_stamped(row: Row, missing: tuple[str, ...]) -> bool:
    return any(split(text)[1] is not None for _column, text in _reviews(row, missing))


def _reviews(row: Row, missing: tuple[str, ...]) -> Iterator[tuple[str, Value]]:
    """The texts that may be a row's `review`, each with its column; "" for one that is known."""
    if _REVIEW not in missing:
        yield "", row.own.get(_REVIEW)
        return
    yield from ((column, value) for column, value in row.others.items() if isinstance(value, str))


def _agreeing(row: Row, missing: tuple[str, ...], zone: tzinfo) -> set[tuple[str, str]]:
    """(own field, column) in the readings of a row with which its stamp agrees, of those with fewest such columns."""
    found: set[tuple[str, str]] = set()
    values = {own: value for own, value in row.own.items() if own != _REVIEW}
    for column, text in _reviews(row, missing):
        body, mark = split(text)
        if mark is None:
            continue
        fewest: int | None = None
        for pairs in islice(_readings(row, missing), _READINGS_MOST):
            if fewest is not None and len(pairs) > fewest:
                break
            if checksum({**values, **{own: row.others[id_] for own, id_ in pairs}}, body, zone) == mark:
                fewest = len(pairs)
                found.update(pairs)
                if column:
                    found.add((_REVIEW, column))
    return found


def _readings(row: Row, missing: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Own fields given to columns of their kind, the fewest first."""
    fit: dict[str, list[str]] = {
        own: [column for column, value in row.others.items() if _kind(value) == KINDS[own]]
        for own in missing
        if own != _REVIEW
    }
    lacking = [own for own, columns in fit.items() if columns]
    for count in range(len(lacking) + 1):
        for fields in combinations(lacking, count):
            for columns in product(*(fit[own] for own in fields)):
                if len({*columns}) == count:
                    yield tuple(zip(fields, columns, strict=True))


def _kind(value: Value) -> OwnKind | None:
    if isinstance(value, str):
        return "text"
    if isinstance(value, date):
        return "date"
    return None if value is None else "number"
