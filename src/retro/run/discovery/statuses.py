"""What lists and options mean: which retro knows, which it can guess, which a person has to tell."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from retro.i18n import text as _
from retro.i18n.words import category_guess, fold, informative_section, says
from retro.model import Board, Category, Status, StatusOrigin, Task
from retro.model.proposal import Note, OpenStatus
from retro.report.mapping_words import category_word
from retro.report.untrusted import printable

_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)|(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_NUMBERED = re.compile(r"(.*?)\s*(\d{1,3})")
_SHOWN = 6
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Statuses:
    """A board's statuses: what is to be written, what is left open, and what is said of both."""

    written: Mapping[Category, tuple[str, ...]]
    open: tuple[OpenStatus, ...]
    suggested: Mapping[Category, tuple[str, ...]]
    notes: tuple[Note, ...]


def statuses(board: Board, tasks: Iterable[Task], today: date) -> Statuses:
    """Read the lists or options of a board; `today` tells which dated lists are past."""
    counted = [task for task in tasks if task.counts]
    met = _met(board, counted)
    population = Counter(task.section or task.status.raw or "" for task in counted)
    known = [status for status in met if status.origin is not StatusOrigin.INFERRED]
    guessed: dict[Category, list[str]] = {}
    unknown: list[OpenStatus] = []
    aside: list[str] = []
    for status in met:
        name = status.raw or ""
        if status.origin is not StatusOrigin.INFERRED:
            continue
        if informative_section(name):
            aside.append(name)
        elif (category := _guess(name, today)) is not None:
            guessed.setdefault(category, []).append(name)
        else:
            unknown.append(OpenStatus(name, population[name], says("board_kind", "informs", name)))
    notes = [*_known(known, aside), *_guessed(guessed)]
    if counted and not met and all(task.status.origin is StatusOrigin.INFERRED for task in counted):
        notes.append(Note(_("No status is told: every task is read as to do.")))
    written = {category: tuple(guessed[category]) for category in Category if category in guessed}
    if _numbers(unknown):
        unknown.sort(key=lambda each: _numbers([each]))
    return Statuses(written, tuple(unknown), _suggested(unknown), tuple(notes))


def _numbers(names: Sequence[OpenStatus]) -> list[int]:
    """The numbers of names that differ by a number at their end alone ("Stage 1", "Stage 2"); [] for others."""
    matches = [_NUMBERED.fullmatch(fold(each.name)) for each in names]
    return [int(each[2]) for each in matches if each] if len({each and each[1] for each in matches}) == 1 else []


def _suggested(unknown: Sequence[OpenStatus]) -> dict[Category, tuple[str, ...]]:
    """What open names could mean: the first of a series begins and the last ends it; what informs is no work."""
    asking = [each.name for each in unknown if not each.informs]
    series = _numbers([each for each in unknown if not each.informs]) and len(asking) > 1
    begun = 1 if series else len(asking)
    ended = len(asking) - 1 if series else len(asking)
    found = {
        Category.TODO: tuple(asking[:begun]),
        Category.DOING: tuple(asking[begun:ended]),
        Category.DONE: tuple(asking[ended:]),
    }
    if informing := tuple(each.name for each in unknown if each.informs):
        found[Category.CANCELLED] = informing
    return found


def _met(board: Board, counted: Iterable[Task]) -> list[Status]:
    """Every status of the board by name, in its order, then those that only tasks have."""
    found: dict[str, Status] = {}
    for status in (*board.sections, *(task.status for task in counted)):
        if status.raw and status.raw.strip():
            found.setdefault(fold(status.raw), status)
    return list(found.values())


def _guess(name: str, today: date) -> Category | None:
    """A category by the words of other languages; or done, of a list named by a release on a day that is past."""
    found = category_guess(name)
    if found is not None:
        return found
    day = _day_in(name)
    return Category.DONE if day is not None and day < today and says("release", "words", name) else None


def _day_in(name: str) -> date | None:
    match = _DAY.search(name)
    if match is None:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _known(known: Iterable[Status], aside: Iterable[str]) -> Iterable[Note]:
    by_category: dict[Category, list[str]] = {}
    for status in known:
        by_category.setdefault(status.category, []).append(printable(status.raw or ""))
    if by_category:
        said = _SEPARATOR.join(
            f"{_few(by_category[category])} = {category_word(category)}"
            for category in Category
            if category in by_category
        )
        yield Note(_("Known by name: {statuses}.", statuses=said))
    if informing := list(aside):
        yield Note(_("Set aside, for they inform: {names}.", names=_few([printable(name) for name in informing])))


def _guessed(guessed: Mapping[Category, Sequence[str]]) -> Iterable[Note]:
    if guessed:
        said = _SEPARATOR.join(
            f"{_few([printable(name) for name in names])} = {category_word(category)}"
            for category, names in guessed.items()
        )
        yield Note(_("guessed from the name: {statuses}.", statuses=said), check=True)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
