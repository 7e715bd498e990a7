"""Find tasks in the journal by what people call them: a key, an address, or part of a title."""

from collections.abc import Iterable

from retro.i18n.words import fold
from retro.model import Change


def tasks_called(changes: Iterable[Change], words: str) -> list[str]:
    """The keys of the tasks that `words` mean, in the order of the changes.

    A key or an address means one task; other words mean every task whose title holds them, whatever the accents.
    A task keeps every title that it was written under.
    """
    known = list(changes)
    exact = [change.task for change in known if words in (change.task, change.url)]
    part = fold(words)
    found = exact or [change.task for change in known if part and part in fold(change.title)]
    return list(dict.fromkeys(found))
