"""Which channels a team works with, and who its clients are, as title prefixes show them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from retro.i18n.words import fold
from retro.ports import Context
from retro_practices.titles import Title, bracketed, is_state, read_title
from retro_practices.words import written

SEEN_LEAST = 3
"""On so many tasks a prefix makes itself a channel, where the configuration names none."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Channels and clients, as they are written, by their folded form."""

    channels: Mapping[str, str]
    clients: frozenset[str]

    def is_channel(self, word: str) -> bool:
        """Whether a folded word names a channel, or several ("seo/sea", "web & print")."""
        if word in self.channels:
            return True
        parts = [part.strip() for part in word.replace("&", "/").replace("+", "/").replace(",", "/").split("/")]
        return len(parts) > 1 and all(part in self.channels for part in parts)


def vocabulary(context: Context) -> Vocabulary:
    """The configuration's channels; without any, those seen on at least three tasks, and the usual ones."""
    clients = {fold(name) for name in context.clients}
    clients |= {fold(project.client) for project in context.portfolio.projects if project.client}
    clients |= {fold(task.client) for task in context.portfolio.tasks if task.client}
    if context.channels:
        return Vocabulary({fold(name): name for name in context.channels}, frozenset(clients))
    known = {fold(name): name for name in reversed(written("channel", "usual"))}
    seen: dict[str, Counter[str]] = {}
    for task in context.portfolio.tasks:
        if not task.counts:
            continue
        for name in {*bracketed(task.title), *([task.channel] if task.channel else [])}:
            seen.setdefault(fold(name), Counter())[name] += 1
    for word, spellings in seen.items():
        if spellings.total() >= SEEN_LEAST and word not in clients and not is_state(word):
            known[word] = min(spellings, key=lambda name: (-spellings[name], name))
    return Vocabulary(known, frozenset(clients))


def titles(context: Context) -> Mapping[str, Title]:
    """The title of each open task, taken apart, by its key."""
    words = context.derived(vocabulary)
    is_client = words.clients.__contains__
    return {task.key: read_title(task.title, words.is_channel, is_client) for task in context.wanted}
