"""Retro's own fields on boards: made on demand, and remembered as retro's only where retro made them."""

from collections.abc import Mapping, Sequence

from retro.model import Board, Provision
from retro.ports import Connector, Ledger
from retro.sync.decide.values import OWN_PREFIX


def make_columns(
    ledger: Ledger, board: str, connector: Connector, fields: Sequence[Provision], *, run: str | None = None
) -> list[Provision]:
    """Make own fields on a board in a run (None: in the one that began it); those that retro made, with their ids.

    That one is being made is written down first, so that a crash in between does not turn ours into a stranger's.
    May raise SourceError and ReadOnlyError.
    """
    if not fields:
        return []
    begun = {field for field, column in ledger.columns(board).items() if not column}
    for each in fields:
        ledger.remember_column(board, each.field, "", run=run)
    made: list[Provision] = []
    for answer in connector.provision(fields):
        if answer.action == "found" and answer.field not in begun:
            # Someone made a column of that name before us: we may write in it, but it is not ours to remove.
            ledger.forget_column(board, answer.field)
        else:
            ledger.remember_column(board, answer.field, answer.id)
            made.append(answer)
    return made


def finish_columns(ledger: Ledger, board: Board, connector: Connector, names: Mapping[str, str]) -> None:
    """Learn the ids of own fields that an interrupted run was making on a board just read; no request if none was.

    `names` gives each own field (`latest`…) its column's name. One that never came to be is forgotten.
    """
    begun = [field for field, column in ledger.columns(board.key).items() if not column]
    there = [field for field in begun if field.removeprefix(OWN_PREFIX) in board.own_fields]
    for field in begun:
        if field not in there:
            ledger.forget_column(board.key, field)
    fields = [
        Provision(board=board.key, field=field, name=names.get(field.removeprefix(OWN_PREFIX), field))
        for field in there
    ]
    make_columns(ledger, board.key, connector, fields)
