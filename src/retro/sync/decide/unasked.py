"""What stands on a card where a rule crashed: nobody knows whether its remark still holds, so the lines stay."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from retro.i18n.own_fields import FLAG
from retro.ports import Acknowledged
from retro.sync.decide.stamp import split
from retro.sync.decide.values import REVIEW
from retro.sync.decide.wanted import Remark, Wishes


def as_they_stand(
    wishes: Mapping[str, Wishes], written: Mapping[tuple[str, str], Acknowledged], crashed: AbstractSet[str]
) -> Mapping[str, Wishes]:
    """The wishes, with the lines last written on each task where one of them is of a rule that crashed.

    All of that task's lines, for which of the others come first depends on it. A label has no lines: it stays.

    Args:
        wishes: what the rules that ran have to say.
        written: the values that retro last wrote, by task and field.
        crashed: codes of the rules that did not run to their end.
    """
    if not crashed:
        return wishes
    found = dict(wishes)
    for key, wish in wishes.items():
        last = written.get((key, REVIEW))
        if last is None or not isinstance(last.value, str):
            continue
        if last.value == FLAG:
            found[key] = replace(wish, remarks=wish.remarks or (Remark(min(crashed), ""),))
            continue
        lines = [line.partition(" ") for line in split(last.value)[0].splitlines()]
        if any(code in crashed for code, _blank, _fact in lines):
            found[key] = replace(wish, remarks=tuple(Remark(code, fact) for code, _blank, fact in lines))
    return found
