"""The cards of a new plan on a board: which are to be made, which stand there already, which somebody took away.

A task of a plan is known by its key, `new:` with the template, the day of the launch and its id there: by the ledger
once its card was made, else by the mark that ends the card's description, else by its title and due date. Another
open card of the same title is a stranger: it may be of another plan, and nothing is made beside it unasked.
"""

import hashlib
import heapq
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from retro.i18n.words import fold
from retro.model import MADE, NEW, Board, Change, Lag, Link, Task, WriteLevel, as_date
from retro.ports import Intent

_PREFIX = f"{NEW}:"
_SIGN = "retro · "
_MARK = re.compile(rf"^{_SIGN}(\S+/\d{{4}}-\d\d-\d\d/\S+)[^\S\n]*$", re.MULTILINE)
_UNFIT = re.compile(r"[\s/\\]+")
_FLOOR = timedelta(minutes=2)
"""Tools round the hour of a creation down to the minute, and their clocks differ a little from ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCard:
    """One task of a new plan: its key, the task as its card is to hold it, and what it waits for, how long."""

    key: str
    task: Task
    after: Mapping[str, Lag] = field(default_factory=dict[str, Lag])


class Found(StrEnum):
    """How a card that stands on the board already was known."""

    REMEMBERED = "remembered"
    """The ledger knows that it was made."""
    MARKED = "marked"
    """Its description ends with the plan's mark."""
    ALIKE = "alike"
    """It has the title and the due date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCards:
    """What is to be done about a plan on a board. All in the order in which cards are made."""

    board: Board
    to_make: tuple[NewCard, ...] = ()
    there: Mapping[str, tuple[Task, Found]]
    """By the plan's key, the cards that stand on the board."""
    gone: tuple[NewCard, ...] = ()
    """Made once, and no longer on the board: archived, moved or deleted. They are not made again unasked."""
    strangers: tuple[Task, ...] = ()
    """Open cards that carry the title of a task that has none: while there are any, nothing is made unasked."""
    unsure: bool = False
    """Not all of the board was read: what none was seen of may be there."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """One a card, as the journal takes them."""
        return tuple(change_of(each, self.board.key) for each in self.to_make)


def card_key(template: str, end: date, task: str) -> str:
    """The key of a task of a new plan; a template of a team's own is called as its file is."""
    called = unicodedata.normalize("NFC", template)  # some systems take the accents of a file's name apart
    return f"{_PREFIX}{_UNFIT.sub('-', called)}/{end.isoformat()}/{task}"


def mark_of(key: str) -> str:
    """The line that ends the description of a card, by which it is known again."""
    return f"{_SIGN}{key.removeprefix(_PREFIX)}"


def key_on(card: Task) -> str | None:
    """The key that a card's description is marked with: by its last mark, where somebody copied several."""
    # Trello's editor puts a backslash before what Markdown would take for its own: "mon\\_gala".
    found = _MARK.findall((card.description or "").replace("\\", ""))
    return f"{_PREFIX}{found[-1]}" if found else None


def in_order(cards: Sequence[NewCard]) -> tuple[NewCard, ...]:
    """The cards in the order in which they are made: each after those that it waits for, else by their dates.

    Links must have no cycle; templates with one are refused before.
    """
    places = {card.key: place for place, card in enumerate(cards)}
    waiting = {card.key: {key for key in card.after if key in places} for card in cards}
    followers: dict[str, list[NewCard]] = {}
    for card in cards:
        for key in waiting[card.key]:
            followers.setdefault(key, []).append(card)

    def rank(card: NewCard) -> tuple[str, str, int]:
        begins, ends = card.task.start or card.task.due, card.task.due
        return str(ends or ""), str(begins or ""), places[card.key]

    ready = [(rank(card), card.key) for card in cards if not waiting[card.key]]
    heapq.heapify(ready)
    by_key = {card.key: card for card in cards}
    ordered: list[NewCard] = []
    while ready:
        _rank, key = heapq.heappop(ready)
        ordered.append(by_key[key])
        for card in followers.get(key, ()):
            waiting[card.key].discard(key)
            if not waiting[card.key]:
                heapq.heappush(ready, (rank(card), card.key))
    return tuple(ordered)


def waits_for(links: Iterable[Link]) -> dict[str, dict[str, Lag]]:
    """By task, the tasks that it waits for, and how long after them."""
    found: dict[str, dict[str, Lag]] = {}
    for link in links:
        found.setdefault(link.successor, {})[link.predecessor] = link.lag
    return found


def decide_cards(
    board: Board,
    tasks: Iterable[Task],
    cards: Sequence[NewCard],
    made: Mapping[str, str],
    *,
    zone: tzinfo,
    force: bool = False,
) -> NewCards:
    """What is to be made of a plan on a board.

    Args:
        board: as it was just read.
        tasks: what stands on it.
        cards: the plan, in the order in which cards are made.
        made: by the plan's key, the key of the card that the ledger knows to have been made.
        zone: the workspace's.
        force: make again what was taken away, and make cards beside strangers.
    """
    known = _Known(tasks, made, zone)
    there: dict[str, tuple[Task, Found]] = {}
    gone: list[NewCard] = []
    open_: list[NewCard] = []
    for card in cards:
        if (found := known.find(card, made.get(card.key))) is not None:
            there[card.key] = found
        elif card.key in made and not force:
            gone.append(card)
        else:
            open_.append(card)
    ours = {task.key for task, _how in there.values()}
    titles = {fold(card.task.title) for card in open_}
    strangers = [task for task in known.open if task.key not in ours and fold(task.title) in titles]
    return NewCards(
        board=board,
        to_make=tuple(open_),
        there=there,
        gone=tuple(gone),
        strangers=() if force else tuple(strangers),
        unsure=not board.whole,
    )


def landed(intent: Intent, tasks: Iterable[Task]) -> Task | None:
    """The card that a creation without an answer made, if it did: by its mark, else by its title and when it was made.

    A card of that title was made by it if it came to be after the request went out.
    """
    change, since = intent.change, intent.created - _FLOOR
    alike: Task | None = None
    for task in tasks:
        key = key_on(task)
        if key == change.task:
            return task
        if key is None and task.title == change.new and task.created is not None and task.created >= since:
            alike = alike or task
    return alike


def change_of(card: NewCard, board: str) -> Change:
    """The making of a card, as the journal knows it: what a person asked for, and the team's own from then on."""
    return Change(
        id=hashlib.sha256(f"{board}\x00{card.key}".encode()).hexdigest()[:16],
        task=card.key,
        title=card.task.title,
        url=None,
        board=board,
        field=MADE,
        level=WriteLevel.FIX,
        old=None,
        new=card.task.title,
        why=NEW,
        revision="",
        creates=True,
    )


class _Known:
    """The cards of a board, by all that one of a plan may be known by."""

    def __init__(self, tasks: Iterable[Task], made: Mapping[str, str], zone: tzinfo) -> None:
        standing = [task for task in tasks if not task.archived]
        remembered = frozenset(made.values())
        self._zone = zone
        self._by_key = {task.key: task for task in standing}
        self._by_mark = {key: task for task in reversed(standing) if (key := key_on(task)) is not None}
        self._alike: dict[tuple[str, date], list[Task]] = {}
        for task in reversed(standing):
            if task.due is not None and task.key not in remembered and key_on(task) is None:
                self._alike.setdefault((fold(task.title), as_date(task.due, zone)), []).append(task)
        self.open = [task for task in standing if task.is_open]

    def find(self, card: NewCard, made: str | None) -> tuple[Task, Found] | None:
        """The card of a task of the plan, and how it is known; None: there is none. One that is alike is given once."""
        if made is not None and made in self._by_key:
            return self._by_key[made], Found.REMEMBERED
        if card.key in self._by_mark:
            return self._by_mark[card.key], Found.MARKED
        if made is not None or card.task.due is None:
            return None
        alike = self._alike.get((fold(card.task.title), as_date(card.task.due, self._zone)))
        return (alike.pop(), Found.ALIKE) if alike else None
