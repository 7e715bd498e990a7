"""Remove fields that retro made from a board, with the values in them: written down first, settled by what is left."""

from collections.abc import Callable, Sequence

from retro.model import Board
from retro.ports import Connector, ReadOnlyError
from retro.sync.decide.clean import Goes
from retro.sync.decide.values import OWN_PREFIX
from retro.sync.journal import Journal


def remove_fields(
    journal: Journal, connector: Connector, board: str, goes: Sequence[Goes], look: Callable[[], Board]
) -> tuple[Goes, ...]:
    """Remove fields from a board in one go; those that went. `look` gives the board as it is afterwards.

    May raise SourceError and ReadOnlyError; where it is not known what happened, the intents stay pending and
    `replay` settles them.
    """
    intents = {each.field: journal.intend(each.values) for each in goes}
    names = [each.field for each in goes]
    try:
        removed = connector.retract(board, names)
    except ReadOnlyError:
        for written in intents.values():
            journal.refuse(written)
        raise
    # Fewer than asked: somebody was faster, or the tool kept one.
    left = {f"{OWN_PREFIX}{own}" for own in look().own_fields} if removed < len(names) else set[str]()
    now = journal.clock.now()
    for each in goes:
        if each.field in left:
            journal.refuse(intents[each.field])
        else:
            journal.ledger.clear_columns(board, [each.field], intents[each.field], now)
    return tuple(each for each in goes if each.field not in left)
