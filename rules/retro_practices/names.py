"""Tasks by the names that people write of them in a sentence, and which of them follow a word of waiting."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retro.model import Project, Task
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.prose import (
    JOINS,
    LONGEST_NAME,
    TOKEN,
    Hint,
    ends_well,
    hints,
    is_word,
    joined,
    joining_heads,
    next_start,
    plain_word,
    sequence,
    starts,
)
from retro_practices.title_reader import is_state
from retro_practices.titles import is_informative, is_vague
from retro_practices.words import folded

Words = tuple[str, ...]
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Names:
    """The tasks of a name by where they stand (siblings, board, project), two of each at most: two are no name."""

    tasks: Mapping[tuple[str, Words], Sequence[Task]]
    lengths: Mapping[str, Sequence[int]]
    """How many words names have, by their first one; the longest first."""
    projects: Mapping[str, Project]

    def one(self, name: Words, task: Task) -> Task | None:
        """The one task of a name, as seen from another: among its siblings, else on its board, else in its project."""
        for place in _places(task, self.projects):
            if known := [each for each in self.tasks.get((place, name), ()) if each.key != task.key]:
                only = known[0] if len(known) == 1 else None
                # "Validation" under a parent is a step of that parent: elsewhere the word means another one.
                alone = len(name) == 1 and only is not None and only.parent not in (None, task.parent)
                return None if alone else only
        return None


@dataclass(frozen=True, slots=True)
class Said:
    """The words of waiting in a description, and every word with which a name behind them may begin."""

    hints: tuple[Hint, ...]
    heads: frozenset[str]


def said_in(description: str) -> Said:
    """What a description says of other tasks."""
    found = tuple(hints(description))
    return Said(found, frozenset(head for hint in found for head in _heads(hint)))


def names_asked_for(context: Context, asking: Collection[tuple[Task, Said]]) -> Names:
    """The names of open tasks that may follow some tasks' hints: they begin so, and stand where those tasks do."""
    projects, heads = context.projects, dict[str, set[str]]()
    tasks: dict[tuple[str, Words], list[Task]] = {}
    lengths: dict[str, set[int]] = {}
    # Few titles begin as any hint asks: where a task stands is looked up for these alone.
    begun = list(_begun(context, frozenset[str]().union(*{said.heads for _task, said in asking})))
    for task, said in asking if begun else ():
        for place in _places(task, projects):
            heads.setdefault(place, set()).update(said.heads)
    for task, rest, first in begun:
        places = list(_places(task, projects))
        asked = [heads[place] for place in places if place in heads]
        if not asked or (first is not None and not any(first in each for each in asked)):
            continue
        name = _name_words(rest)
        if not name or len(name) > LONGEST_NAME or not any(name[0] in each for each in asked):
            continue
        if not _is_name(name, rest, task):
            continue
        lengths.setdefault(name[0], set()).add(len(name))
        for place in places:
            known = tasks.setdefault((place, name), [])
            if len(known) < 3:  # noqa: PLR2004 - the one that asks may be among them
                known.append(task)
    return Names(tasks, {head: sorted(each, reverse=True) for head, each in lengths.items()}, projects)


def _begun(context: Context, heads: Collection[str]) -> Iterator[tuple[Task, str, str | None]]:
    """The tasks whose titles begin with one of some words, or may: with the folded title, and the word if known."""
    first_words = _FirstWords()
    for task, title in context.derived(titles).of(context.wanted):
        rest = title.rest
        begin = title.words[:1] if title.plain else rest.split(None, 1)[:1]
        first = first_words[begin[0]] if begin else None
        if first is None or first in heads:
            yield task, rest, first


def _is_name(name: Words, rest: str, task: Task) -> bool:
    moments = folded("prefix", "moments")
    if is_vague(rest) or is_informative(task.title):
        return False
    return not all(word in moments or is_state(word) for word in name)


def _places(task: Task, projects: Mapping[str, Project]) -> Iterator[str]:
    if task.parent is not None:
        yield f"parent {task.parent}"
    yield f"board {task.board}"
    if task.key in projects:
        yield f"project {projects[task.key].key}"


def _heads(hint: Hint) -> Iterator[str]:
    """Every word that a name behind a hint may begin with, or one that is listed after another name."""
    words = hint.words
    yield from (plain_word(words[at]) for at in starts(hint))
    further = (next_start(hint, at) for at, word in enumerate(words) if word in JOINS)
    yield from (plain_word(words[at]) for at in further if at is not None)


def followers(task: Task, hint: Hint, names: Names) -> Iterator[Task]:
    """The tasks whose names follow a hint, one after the other where it enumerates them."""
    for first in starts(hint):
        start: int | None = first
        found = False
        while start is not None and (match := _at(task, hint, start, names)) is not None:
            target, end = match
            found = True
            yield target
            start = next_start(hint, end)
        if found:
            return


def _at(task: Task, hint: Hint, start: int, names: Names) -> tuple[Task, int] | None:
    """The task whose name begins here, and where the name ends; the longest name counts."""
    if plain_word(hint.words[start]) not in names.lengths:
        return None
    words, ends = sequence(hint, start)
    for length in names.lengths.get(words[0], ()) if words else ():
        if length <= len(words) and (target := names.one(words[:length], task)) is not None:
            end = ends[length - 1]
            return (target, end) if ends_well(hint, end) else None
    return None


def _name_words(title: str) -> tuple[str, ...]:
    """The words of weight in a folded title: articles, a count before and what stands in brackets aside."""
    words = [plain_word(word) for word in TOKEN.findall(_IN_BRACKETS.sub(" ", joined(title))) if is_word(word)]
    while words and words[0].isdigit():
        del words[0]
    return tuple(word for word in words if word not in folded("prose", "small"))


class _FirstWords(dict[str, str | None]):
    """The first word of weight of a folded title by its very first, where that tells; None: the whole has to be read.

    Titles of a thousand boards begin with few words.
    """

    def __missing__(self, word: str) -> str | None:
        plain = word.isalpha() and word not in folded("prose", "small") and word not in joining_heads()
        found = self[word] = plain_word(word) if plain else None
        return found
