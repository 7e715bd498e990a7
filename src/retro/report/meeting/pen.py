"""How a medium writes what boards hold: names and titles, made safe for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Owner, Task
from retro.report import wording
from retro.report.untrusted import inline_markdown, printable, web_address

_MOST_OWNERS = 3


@dataclass(frozen=True, slots=True)
class Pen:
    """Two ways to write: any words of a board, and a task that people may want to open."""

    words: Callable[[str], str]
    task: Callable[[Task], str]

    def title(self, title: str) -> str:
        """A title among others, never empty."""
        return self.words(wording.shortened(printable(title) or _("(untitled)")))

    def quoted(self, title: str) -> str:
        """A title within a sentence."""
        return _("“{name}”", name=self.title(title))

    def person(self, owner: Owner) -> str:
        """A person's name."""
        return self.words(wording.shortened(printable(owner.name)))

    def owners(self, task: Task) -> str:
        """Whose a task is: the first of them, where many share it."""
        if not task.owners:
            return _("no owner")
        return listed(list(map(self.person, task.owners)), _MOST_OWNERS)


def _in_markdown(task: Task) -> str:
    title, address = inline_markdown(wording.short_title(task)), web_address(task.url)
    return linked(title, address) if address is not None else _("“{name}”", name=title)


def linked(words: str, address: str) -> str:
    """A link in Markdown: words that are no markup, and an address that was checked (`web_address`)."""
    return f"[{words}](<{address}>)" if {"(", ")"} & set(address) else f"[{words}]({address})"


def _in_plain(task: Task) -> str:
    return _("“{name}”", name=wording.short_title(task))


MARKDOWN = Pen(words=inline_markdown, task=_in_markdown)
"""For notes: a task leads to its card or page."""
PLAIN = Pen(words=printable, task=_in_plain)
"""For a message: nothing in it is read as markup, and nothing leads anywhere."""


def listed(names: Sequence[str], most: int = 4) -> str:
    """The first of some names, and how many more there are; one alone takes no more room than that."""
    left = len(names) - most
    if left <= 1:
        return ", ".join(names)
    return ", ".join([*names[:most], plural("{count} more", "{count} more", left)])
