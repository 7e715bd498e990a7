"""Make the cards of a new plan: each written down before it is sent, one request each, none ever sent twice.

A card that waits for others is made after them and names them from the start, so that no link is left to be made up.
The first failure ends it: the next run goes on from there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from retro.model import Reference, Task
from retro.ports import Connector, Intent, ReadOnlyError, RetroError, SourceError, WriteUncertainError
from retro.sync.decide.new_cards import NewCard, NewCards, change_of
from retro.sync.journal import ACKNOWLEDGED, REFUSED, Journal

_MAKING = timedelta(seconds=2)
"""A tool stamps what belongs to a card's making (its members, its label) a little later than the card."""
_REFUSED = frozenset(range(400, 429)) - {408}
"""Statuses by which a tool says that it made nothing, and why; 408 may come of a gateway that had sent it on."""


@dataclass(slots=True)
class CardsMade:
    """What became of a plan."""

    made: list[tuple[NewCard, Task]] = field(default_factory=list)
    """Each with the card as the tool gave it back."""
    uncertain: NewCard | None = None
    """It was sent and no answer came: the next run looks whether it is there."""
    left: list[NewCard] = field(default_factory=list)
    """Not begun."""
    error: RetroError | None = None
    """Why no more were made."""


def make_cards(
    new: NewCards,
    connector: Connector,
    journal: Journal,
    *,
    late: Callable[[], bool] = lambda: False,
    on_card: Callable[[int, int], None] = lambda _done, _all: None,
) -> CardsMade:
    """Make every card of `new.to_make`, in order. Once it is `late`, none is begun.

    Raises ReadOnlyError where the token may not write and nothing was made. Any error that is not the source's leaves
    its intent pending.
    """
    done = CardsMade()
    known = {key: task for key, (task, _how) in new.there.items()}
    for place, card in enumerate(new.to_make):
        if done.error is not None or late():
            done.left.append(card)
            continue
        (intent,) = journal.intend([change_of(card, new.board.key)])
        try:
            (made,) = connector.create(new.board.key, [_linked(card, known)])
        except RetroError as error:
            _failed(error, card, intent, done, journal)
            continue
        journal.ledger.settle(intent, ACKNOWLEDGED, made.key, made_by(made.updated, journal.clock.now()))
        known[card.key] = made
        done.made.append((card, made))
        on_card(place + 1, len(new.to_make))
    return done


def made_by(stamp: datetime | None, otherwise: datetime) -> datetime:
    """Until when what happened to a card was its making: whoever was at it later is somebody else.

    By the tool's own `stamp` where it gives one: a clock of ours that is fast would take what people did for ours.
    """
    return otherwise if stamp is None else stamp + _MAKING


def _linked(card: NewCard, known: dict[str, Task]) -> Task:
    """The task with what it waits for, by the handles of the cards that stand there now."""
    before = ((known[key], lag) for key, lag in card.after.items() if key in known)
    found = (Reference(task.handles[0] if task.handles else task.key, lag=lag) for task, lag in before)
    return replace(card.task, references=tuple(found))


def _failed(error: RetroError, card: NewCard, intent: Intent, done: CardsMade, journal: Journal) -> None:
    """Settle what is known not to have been made; what is not known stays pending."""
    if not isinstance(error, SourceError) or error.status in _REFUSED:
        journal.ledger.settle(intent, REFUSED, None, journal.clock.now())
    if isinstance(error, ReadOnlyError) and not done.made:
        raise error
    done.error = error
    if isinstance(error, WriteUncertainError):
        done.uncertain = card
    else:
        done.left.append(card)
