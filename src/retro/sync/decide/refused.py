"""What an undo leaves behind in a cell: what retro last wrote there, and the values that it does not propose again.

Both follow from the cell's own journal alone, so that a crash at any instruction ends in the same state.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from retro.model import WriteLevel, field_empty
from retro.ports import Acknowledged, Intent
from retro.sync.decide.stamp import split
from retro.sync.decide.values import Value, agrees

Refused = Mapping[tuple[str, str], AbstractSet[Value]]
"""Values that an undo took back, by (task, field)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One cell: the last written value, None where retro never wrote there, and the values declined since."""

    last: Acknowledged | None = None
    declined: frozenset[Value] = frozenset()


def standing(journal: Iterable[Intent]) -> Standing:
    """How a cell stands after its acknowledged intents, oldest first.

    A write moves the last written value and lifts what was declined; a fix only lifts that. Taking a run back restores
    the last written value from before that run and declines what the run had asked for; taking back an undo restores
    both. A clean leaves a cell in which retro never wrote; taking it back restores both, too.
    """
    now = Standing()
    before: dict[str, Standing] = {}
    asked: dict[str, Value] = {}
    undos: set[str] = set()
    for place, intent in enumerate(journal):
        change = intent.change
        if place == 0 and change.level is WriteLevel.OWN and not field_empty(change.old):
            # The state was lost before this journal began, and retro knew its own value again by the stamp.
            now = Standing(_written(intent, change.old, change.old, run="", at=None))
        before.setdefault(intent.run, now)
        undone = change.undoes
        if change.cleans:
            undos.add(intent.run)
            now = Standing()
        elif change.level is WriteLevel.FIX and undone not in before:
            now = Standing(now.last)  # a person's value from now on: what retro last wrote of its own stays known
        elif undone is None or undone not in before:
            now = Standing(_written(intent, intent.returned, change.new, run=intent.run, at=intent.settled))
        else:
            undos.add(intent.run)
            declined = before[undone].declined if undone in undos else now.declined | {asked[undone]}
            last = before[undone].last
            # The undo touched the task last: until a person does, the quiet period has not begun anew.
            now = Standing(None if last is None else replace(last, at=intent.settled), declined)
        asked[intent.run] = change.new
    return now


def _written(intent: Intent, value: Value, asked: Value, *, run: str, at: datetime | None) -> Acknowledged:
    return Acknowledged(task=intent.change.task, field=intent.change.field, value=value, run=run, asked=asked, at=at)


def refuses(declined: AbstractSet[Value], wish: Value, zone: tzinfo) -> bool:
    """Whether a wish is one of the values that an undo took back."""
    return any(agrees(each, wish, zone) for each in declined)


def refuses_remarks(declined: AbstractSet[Value], wish: Value, zone: tzinfo, *, bare: bool) -> bool:
    """Whether the remarks of a wish for `review` were taken back, whatever the stamp under them says now.

    No remarks at all are refused where `bare`: a stamp is written with the own values that it vouches for, never for
    itself.
    """
    body = split(wish)[0]
    if field_empty(body) and not bare:
        return False
    return any(agrees(split(each)[0], body, zone) for each in declined)
