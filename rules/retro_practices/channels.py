"""Which channels a team works with, and who its clients are, as title prefixes show them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from retro.i18n.words import fold
from retro.model import Task
from retro.ports import Context
from retro_practices.title_reader import Reader, Title, bracketed, is_state
from retro_practices.words import written

SEEN_LEAST = 3
"""On so many tasks a prefix makes itself a channel, where the configuration names none."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Channels and clients, as they are written, by their folded form."""

    channels: Mapping[str, str]
    clients: frozenset[str]
    well_begun: dict[str, bool] = field(default_factory=dict[str, bool], compare=False)
    """What is known of the beginnings of titles: a portfolio has a few of them, thousands of times."""

    def is_channel(self, word: str) -> bool:
        """Whether a folded word names a channel, or several ("seo/sea", "web & print")."""
        return word in self.channels or bool(self.parts(word))

    def parts(self, word: str) -> tuple[str, ...]:
        """The channels that a folded word names: itself, or several of them; none where one part is no channel."""
        if word in self.channels:
            return (word,)
        if "/" not in word and "&" not in word and "+" not in word and "," not in word:
            return ()
        parts = tuple(part.strip() for part in word.replace("&", "/").replace("+", "/").replace(",", "/").split("/"))
        return parts if len(parts) > 1 and all(part in self.channels for part in parts) else ()


def vocabulary(context: Context) -> Vocabulary:
    """The configuration's channels; without any, those seen on at least three tasks, and the usual ones."""
    clients = {fold(name) for name in context.clients}
    clients |= {fold(project.client) for project in context.portfolio.projects if project.client}
    clients |= {fold(client) for client in {task.client for task in context.portfolio.tasks} if client}
    if context.channels:
        return Vocabulary({fold(name): name for name in context.channels}, frozenset(clients))
    known = {fold(name): name for name in reversed(written("channel", "usual"))}
    # What stands up to the last bracket, and the column: a portfolio says the same few things, thousands of times.
    begins = [task.title[: task.title.rfind("]") + 1] for task in context.counted]
    begun = Counter(zip(begins, [task.channel for task in context.counted], strict=True))
    said: Counter[str] = Counter()
    for (begin, channel), count in begun.items():
        names = bracketed(begin)
        said.update(dict.fromkeys({*names, channel} if channel else names, count))
    seen: dict[str, Counter[str]] = {}
    for name, count in said.items():
        seen.setdefault(fold(name), Counter())[name] += count
    for word, spellings in seen.items():
        if spellings.total() >= SEEN_LEAST and word not in clients and not is_state(word):
            known[word] = min(spellings, key=lambda name: (-spellings[name], name))
    return Vocabulary(known, frozenset(clients))


def told_elsewhere(task: Task, words: Vocabulary) -> list[str]:
    """The folded channels that a task's labels and channel column tell; what stands in its title is no column."""
    told = [fold(label) for label in task.labels]
    if task.channel and not in_title(task.channel, task.title):
        told.append(fold(task.channel))
    return [word for word in told if words.is_channel(word)]


def in_title(channel: str, title: str) -> bool:
    """Whether a channel stands in brackets before a title."""
    named = bracketed(title)
    return bool(named) and (channel in named or fold(channel) in map(fold, named))


class Titles(dict[str, Title]):
    """Titles taken apart, by the task's key: each is read when it is first asked for."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._tasks = context, context.tasks
        self._asked: list[Task] = []
        self._found: list[Title] = []

    @cached_property
    def _reader(self) -> Reader:
        words = self._context.derived(vocabulary)
        return Reader(words.is_channel, words.clients.__contains__)

    def of(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Title]]:
        """Tasks with their titles: all are read now, which takes half the time that one after the other does."""
        asked = list(tasks)
        # Nearly all rules ask for the same tasks: they are looked up once.
        if asked != self._asked:
            read, known = self._reader.read, self._tasks
            # As it is known: two exports of one board may give a card two titles, of which reports show the last.
            self.update([(key, read(known[key].title)) for key in [task.key for task in asked] if key not in self])
            self._asked, self._found = asked, [self[task.key] for task in asked]
        return zip(asked, self._found, strict=True)

    def __missing__(self, key: str) -> Title:
        """Read the title of a task of the portfolio."""
        found = self[key] = self._reader.read(self._tasks[key].title)
        return found


def titles(context: Context) -> Titles:
    """The titles of all tasks, taken apart."""
    return Titles(context)
