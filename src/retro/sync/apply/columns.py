"""Retro's own fields on boards: made on demand, and remembered as retro's only where retro made them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from retro.model import Board, Provision
from retro.ports import Connector, Ledger
from retro.sync.decide.values import OWN_PREFIX

REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What became of own fields that a board was to be given."""

    made: tuple[Provision, ...] = ()
    """Those that retro made, with their ids."""
    refused: tuple[Provision, ...] = ()
    """Those that the board cannot have."""


def make_columns(
    ledger: Ledger,
    board: str,
    connector: Connector,
    fields: Sequence[Provision],
    *,
    now: datetime,
    run: str | None = None,
) -> Columns:
    """Make own fields on a board in a run (None: in the one that began it).

    That one is being made is written down first, so that a crash in between does not turn ours into a stranger's.
    That a board cannot have any is remembered, so that the next run does not ask again. May raise SourceError and
    ReadOnlyError.
    """
    if not fields:
        return Columns()
    begun = {field for field, column in ledger.columns(board).items() if not column}
    for each in fields:
        ledger.remember_column(board, each.field, "", run=run)
    made: list[Provision] = []
    refused: list[Provision] = []
    for answer in connector.provision(fields):
        if answer.action == REFUSED:
            ledger.forget_column(board, answer.field)
            refused.append(answer)
        elif answer.action == "found" and (answer.field not in begun or not answer.id):
            # Someone made a column of that name before us: we may write in it, but it is not ours to remove. One
            # without an id needs none: remarks in comments.
            ledger.forget_column(board, answer.field)
        else:
            ledger.remember_column(board, answer.field, answer.id)
            made.append(answer)
    if refused:
        ledger.refuse_columns(board, now)
    elif made and board in ledger.without_columns():
        ledger.refuse_columns(board, None)
    return Columns(made=tuple(made), refused=tuple(refused))


def finish_columns(
    ledger: Ledger, board: Board, connector: Connector, names: Mapping[str, str], *, now: datetime
) -> None:
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
    make_columns(ledger, board.key, connector, fields, now=now)
