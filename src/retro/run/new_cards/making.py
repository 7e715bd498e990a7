"""Decide what of a new plan is to be made on a board, settle what an interrupted run left, and make it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from retro.config.shape import Settings
from retro.model import MADE, NEW, Board, Guard, Task
from retro.model.values import ARCHIVED
from retro.ports import Clock, Connector, Intent, Ledger
from retro.run.new_cards.contents import Laid, cards_of
from retro.run.new_cards.reading import OnBoard
from retro.run.new_run import new_run
from retro.run.templates import NewPlan
from retro.sync.apply.making import CardsMade, made_by, make_cards
from retro.sync.decide.new_cards import NewCards, decide_cards, landed
from retro.sync.decide.new_cards_held import guards_of
from retro.sync.journal import ABANDONED, ACKNOWLEDGED, PENDING, Journal


@dataclass(frozen=True)
class Decided:
    """What is to be made, how the cards are laid out, and what speaks against it."""

    new: NewCards
    laid: Laid
    guards: tuple[Guard, ...]

    @property
    def held(self) -> bool:
        """Whether nothing is made."""
        return any(guard.held for guard in self.guards)


def settle_cards(ledger: Ledger, boards: Iterable[Board], tasks: Sequence[Task], *, now: datetime) -> None:
    """What an interrupted run left open on boards just read is settled by the cards that stand there.

    Of a board that was not read whole, a card that was not seen may be there: it stays open.
    """
    read = {board.key: board for board in boards}
    for intent in ledger.pending():
        board = read.get(intent.change.board)
        if intent.change.why != NEW or board is None:
            continue
        card = landed(intent, (task for task in tasks if task.board == board.key))
        if card is not None:
            # What people did at it since is theirs: it ends with its making, however late we look.
            ledger.settle(intent, ACKNOWLEDGED, card.key, made_by(card.created, intent.created))
        elif board.whole:
            ledger.settle(intent, ABANDONED, None, now)


def decided_cards(
    plan: NewPlan,
    on: OnBoard,
    ledger: Ledger,
    settings: Settings,
    *,
    zone: tzinfo,
    lang: str,
    where_guests_see: bool = False,
    force: bool = False,
) -> Decided:
    """What is to be made of a plan on a board. Nothing is written, in the state neither.

    Raises ConfigurationError where the board has no place for things to do.
    """
    laid = cards_of(plan, on, number_unit=settings.schedule.number_unit, lang=lang)
    made = _made(ledger, on.board.key, (card.key for card in laid.cards), on.tasks)
    new = decide_cards(on.board, on.tasks, laid.cards, made, zone=zone, force=force)
    return Decided(new, laid, guards_of(new, where_guests_see=where_guests_see, force=force))


def carry_out_cards(
    decided: Decided,
    connector: Connector,
    ledger: Ledger,
    clock: Clock,
    settings: Settings,
    *,
    command: str,
    zone: tzinfo,
    on_card: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[str, CardsMade]:
    """Make the cards under a run of its own; its id, and what became of them.

    Raises ReadOnlyError where the token may not write: nothing was made.
    """
    run = new_run(command, clock)
    # In UTC: a deadline counts real hours, also on the night when the clocks change.
    until = clock.now().astimezone(UTC) + settings.sync.deadline.elapsed
    ledger.begin(run)
    writes = 0
    try:
        done = make_cards(
            decided.new,
            connector,
            Journal(ledger, clock, run.id, zone),
            late=lambda: clock.now() >= until,
            on_card=on_card,
        )
        writes = len(done.made)
    finally:
        ledger.finish(replace(run, finished=clock.now(), writes=writes))
    return run.id, done


def _made(ledger: Ledger, board: str, keys: Iterable[str], tasks: Iterable[Task]) -> Mapping[str, str]:
    """By the plan's key, the card that was made of it on a board and not taken back by an undo.

    An intent that is still open counts where its card is there.
    """
    cards: dict[str, str] = {}
    standing = list(tasks)
    for intent in ledger.intents(tasks=list(keys)):
        change = intent.change
        if change.field != MADE or change.board != board:
            continue
        if intent.state == ACKNOWLEDGED and isinstance(intent.returned, str):
            cards[change.task] = intent.returned
        elif intent.state == PENDING and (card := landed(intent, standing)) is not None:
            cards[change.task] = card.key
    back = _taken_back(ledger.intents(tasks=list(cards.values())) if cards else [])
    return {key: card for key, card in cards.items() if card not in back}


def _taken_back(journal: Iterable[Intent]) -> frozenset[str]:
    """The cards that an undo set aside."""
    found: dict[str, bool] = {}
    for intent in journal:
        change = intent.change
        if change.field == ARCHIVED and intent.state == ACKNOWLEDGED and change.undoes is not None:
            found[change.task] = change.new == ARCHIVED
    return frozenset(task for task, set_aside in found.items() if set_aside)
