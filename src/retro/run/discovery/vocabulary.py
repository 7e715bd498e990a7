"""Channels and clients as the tasks themselves name them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from retro.i18n.words import category_of, fold
from retro.model import Task
from retro.report.untrusted import printable

_LEAST = 3
"""Tasks on which a prefix must stand to be a channel: what retro takes for one by itself."""
_CLIENTS_MOST = 30


def channels(tasks: Iterable[Task], clients: Sequence[str]) -> tuple[str, ...]:
    """Channels before titles or in their column, on at least three tasks, the commonest first.

    Neither clients nor words for a status are channels, nor what has no letters in it.
    """
    not_one = {fold(client) for client in clients}
    seen: dict[str, Counter[str]] = {}
    for task in tasks:
        if task.counts and task.channel:
            seen.setdefault(fold(task.channel), Counter())[printable(task.channel)] += 1
    found = [
        (spellings.total(), spellings.most_common(1)[0][0])
        for word, spellings in seen.items()
        if spellings.total() >= _LEAST
        and word not in not_one
        and category_of(word) is None
        and any(char.isalpha() for char in word)
    ]
    return tuple(name for _count, name in sorted(found, key=lambda each: (-each[0], fold(each[1]))))


def clients(tasks: Iterable[Task]) -> tuple[str, ...]:
    """Clients by their column, in alphabetical order; none where there are so many that it is a list of contacts."""
    found = {fold(task.client): printable(task.client) for task in tasks if task.counts and task.client}
    return tuple(sorted(found.values(), key=fold)) if len(found) <= _CLIENTS_MOST else ()
