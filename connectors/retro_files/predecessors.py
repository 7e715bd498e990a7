"""Links in a cell: `12`, `f20.alpha+5d`, `3FS+2j; 12SS-1j`, titles; between spaces, commas, semicolons or lines.

Types are those of the field, in English or as Microsoft Project says them in French: FD = FS, DD = SS, FF, DF = SF.
A lag is working time (`d` `j` `h` `w` `s` `mo` `min`, days where no unit stands), elapsed time (`ed` `eh` `ew`), or
a share of the predecessor (`50%`).
"""

import re
from collections.abc import Iterator

from retro.i18n.words import fold
from retro.model import Lag, LagUnit, LinkDirection, LinkType, Reference
from retro_files.amounts import UNITS_IN_DAYS, UNITS_IN_MINUTES, minutes_of
from retro_files.identity import Index

_TYPES = {
    "FS": LinkType.FS,
    "SS": LinkType.SS,
    "FF": LinkType.FF,
    "SF": LinkType.SF,
    "FD": LinkType.FS,
    "DD": LinkType.SS,
    "DF": LinkType.SF,
}
_ELAPSED = {
    "ed": 1440,
    "eday": 1440,
    "edays": 1440,
    "eh": 60,
    "ehr": 60,
    "ehrs": 60,
    "ew": 10080,
    "ewk": 10080,
    "emin": 1,
}
_UNITS = "|".join(sorted(map(re.escape, {*UNITS_IN_DAYS, *UNITS_IN_MINUTES, *_ELAPSED, "%"}), key=len, reverse=True))
_AMOUNT = r"[+-]\s*\d{1,6}(?:[.,]\d{1,4})?"
_LAG = rf"(?P<lag>{_AMOUNT})\s*(?P<unit>{_UNITS})?"
_WITH_TYPE = re.compile(rf"(?P<target>.+?)\s*(?P<type>{'|'.join(_TYPES)})\s*(?:{_LAG})?", re.IGNORECASE | re.DOTALL)
_WITH_LAG = re.compile(rf"(?P<target>.+?)\s*{_LAG}", re.IGNORECASE | re.DOTALL)
_LOOSE_TYPE = re.compile(rf"\s+({'|'.join(_TYPES)})(?=\s*[+-]\s*\d|\s*[,;]|\s|$)", re.IGNORECASE)
_LOOSE_LAG = re.compile(rf"\s*({_AMOUNT})\s*({_UNITS})(?!\w)(?:\s+ouvr[ée]e?s?\b)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"|,;]+")
_AND = frozenset({"et", "and", "&", "+", "/"})


def references(
    text: str,
    index: Index,
    *,
    day_minutes: int,
    direction: LinkDirection = LinkDirection.PREDECESSOR,
    origin: str = "column",
) -> tuple[Reference, ...]:
    """Every task that a cell names, once each with a type and lag.

    What is neither an id nor a title of the sheet is left as a title, to be looked for on other boards.
    """
    if not text:
        return ()
    if (alone := index.by_id(text)) is not None:
        return (Reference(alone, direction, LinkType.FS, Lag(), origin, text),)
    found = (
        Reference(target, direction, type_, lag, origin, said, by_title)
        for target, type_, lag, said, by_title in _said(text, index, day_minutes)
    )
    return tuple(dict.fromkeys(found))


_Said = tuple[str, LinkType, Lag, str, bool]
"""Target, type, lag, the words as they stand, and whether the target is a title."""


def _said(text: str, index: Index, day: int) -> Iterator[_Said]:
    for chunk in filter(None, (each.strip() for each in re.split(r"[;\n]", text))):
        addresses = _ADDRESS.findall(chunk)
        known = _known(chunk, index, day)
        if known is not None:
            yield known
        elif addresses:
            yield from ((address.rstrip("."), LinkType.FS, Lag(), address, False) for address in addresses)
        else:
            yield from _listed(_compact(chunk), index, day)


def _compact(chunk: str) -> str:
    """A chunk whose types and lags cling to their targets, so that blanks and commas divide targets only."""
    clinging = _LOOSE_TYPE.sub(lambda m: m[1], chunk)
    return _LOOSE_LAG.sub(lambda m: re.sub(r"\s", "", m[1]).replace(",", ".") + m[2], clinging)


def _listed(chunk: str, index: Index, day: int) -> Iterator[_Said]:
    for part in filter(None, (each.strip() for each in chunk.split(","))):
        known = _known(part, index, day)
        if known is not None:
            yield known
            continue
        words = [word for word in part.split() if fold(word) not in _AND]
        read = [_known(word, index, day) for word in words]
        if len(words) > 1 and (all(read) or all(any(char.isdigit() for char in word) for word in words)):
            yield from (said or _unknown(word, day) for word, said in zip(words, read, strict=True))
        else:
            yield _unknown(part, day)


def _known(text: str, index: Index, day: int) -> _Said | None:
    """What a text says where it names a row of the file: by its id, by its title, each with a type and a lag."""
    splits = [(text, LinkType.FS, Lag()), *_splits(text, day)]
    for target, type_, lag in splits:
        if (key := index.by_id(target)) is not None:
            return key, type_, lag, text, False
    for target, type_, lag in splits:
        if (key := index.by_title(target)) is not None:
            return key, type_, lag, text, False
        if index.titled(target):
            return target, type_, lag, text, True
    return None


def _unknown(text: str, day: int) -> _Said:
    """A target that the file does not have; a lag with its unit, or after a type, is none of its name."""
    target, type_, lag = next(_splits(text, day), (text, LinkType.FS, Lag()))
    sure = lag.value != 0 or (target[-1:].isdigit() and len(target) < len(text))
    return (target, type_, lag, text, True) if sure else (text, LinkType.FS, Lag(), text, True)


def _splits(text: str, day: int) -> Iterator[tuple[str, LinkType, Lag]]:
    """How a text may divide into a target, a type and a lag."""
    if (match := _WITH_TYPE.fullmatch(text)) is not None:
        yield match["target"], _TYPES[match["type"].upper()], _lag(match, day)
    if (match := _WITH_LAG.fullmatch(text)) is not None:
        yield match["target"], LinkType.FS, _lag(match, day)


def _lag(match: re.Match[str], day: int) -> Lag:
    if not match["lag"]:
        return Lag()
    value = float(re.sub(r"\s", "", match["lag"]).replace(",", "."))
    unit = fold(match["unit"] or "d")
    if unit == "%":
        return Lag(round(value), LagUnit.PERCENT)
    if unit in _ELAPSED:
        return Lag(round(value * _ELAPSED[unit]), LagUnit.ELAPSED)
    return Lag(round(value * minutes_of(unit, day)))
