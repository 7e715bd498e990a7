"""What `retro clean` took away and left, as one document for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retro.cli.work import Work
    from retro.model import Board
    from retro.run.clean import Left
    from retro.run.leaving import Leaving


def document(left: Left, leaving: Leaving, work: Work, *, dry: bool) -> str:
    """The document as text."""
    from retro.report import json_clean
    from retro.report.document import dumps

    session = work.session
    errors = [*leaving.failed.values(), *left.applied.failed.values(), *left.failed]
    return dumps(
        json_clean.document(
            (_board(each, left, leaving, dry=dry) for each in work.portfolio.boards if each.key in leaving.asked),
            dry=dry,
            errors=dict.fromkeys(map(str, errors)),
            now=session.now,
            zone_name=session.settings.workspace.timezone,
            lang=session.lang,
        )
    )


def _board(board: Board, left: Left, leaving: Leaving, *, dry: bool) -> dict[str, Any]:
    from retro.report import json_clean

    cleaning, key = leaving.cleaning, board.key
    return json_clean.of_board(
        board,
        read=any(each.key == key for each in leaving.boards),
        held=next((guard.reason for guard in cleaning.plan.guards if guard.board == key), None),
        fields=((each.field, each.place, len(each.values)) for each in cleaning.fields if each.board == key),
        gone=set() if dry else {each.field for each in left.fields if each.board == key},
        values=(change for change in cleaning.plan.changes if change.board == key),
        done=set() if dry else {change.id for change in left.applied.written},
        kept_fields=((each.field, each.why.value) for each in cleaning.kept_fields if each.board == key),
        kept_values=(
            (each.task, each.title, each.field, each.current, each.written)
            for each in cleaning.kept_values
            if each.board == key
        ),
        dates=cleaning.dates.get(key, 0),
    )
