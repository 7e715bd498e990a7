"""NAM105 unreadable-title."""

import re
from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.titles import is_bare_link, is_cross_channel, is_informative, is_vague, may_be_link

_SHOUTED = Template("title all in capitals")
_LINK = Template("the title is a bare link")
_LONG = "[SEO] Audit technique du blog, " + "puis des pages services, " * 4
_LONGEST_SHOWN = "[Web] " + "a" * 114

_BRACKETS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS, _FULL_WORDS, _FULL = 3, 2, 5
"""A sentence has three words, two of them of five letters or more: "LP SEO FR" is none."""


class UnreadableTitle(BaseRule):
    """A title that nobody reads: too long, all in capitals, or a bare link.

    What it says:
        The title of an open task has more than `characters` characters (120), is a sentence all in capitals, or is
        nothing but a link. Acronyms, a word in capitals, and separators and milestones in capitals are fine.

    Why:
        A title is read on a card of four centimetres, in a list of sixty, or in a reminder on a telephone.

    How to fix it in Notion:
        Write what will be delivered in one short line, and move the rest, or the link, into the page.

    How to fix it in Trello:
        Write what will be delivered in one short line; move the rest into the description, the link into the
        attachments.
    """

    code: ClassVar[str] = "NAM105"
    name: ClassVar[str] = "unreadable-title"
    french_name: ClassVar[str] = "titre illisible"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("title of more than {most} characters")
    templates: ClassVar[tuple[Template, ...]] = (_SHOUTED, _LINK)
    many: ClassVar[Template | None] = Template("unreadable title on {count} of {base} tasks")
    field: ClassVar[str | None] = "title"

    characters: int = Field(default=120, ge=20, description="Most characters of a title.")

    good: ClassVar[tuple[Case, ...]] = (
        case("A short line.", a_task("[SEO] Audit technique du blog")),
        case("Just short enough.", a_task(_LONGEST_SHOWN)),
        case(
            "Acronyms, one word, a milestone.",
            a_task("[SEA] LP SEO FR"),
            a_task("URGENT : corriger le prix"),
            a_task("LANCEMENT OFFICIEL DE LA BOUTIQUE"),
        ),
        case("A link beside words.", a_task("[Web] Corriger https://orage.example/tarifs")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(case("Too long.", a_task(_LONG)), on(_LONG, detail="long", most=120)),
        bad(
            case("A sentence in capitals.", a_task("[Web] CORRIGER LES PRIX DE LA BOUTIQUE")),
            on("[Web] CORRIGER LES PRIX DE LA BOUTIQUE", detail="capitals"),
        ),
        bad(
            case("A bare link.", a_task("https://docs.orage.example/d/1a2b3c")),
            on("https://docs.orage.example/d/1a2b3c", detail="link"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Measure each title."""
        read = context.derived(titles)
        for task in self.base(context):
            title = task.title.strip()
            if len(title) > self.characters:
                yield from self._found(task, context, {"most": self.characters}, "long", self.template)
            elif _may_be_shouted(title) and (title.isupper() or ("]" in title and _without_prefixes(title).isupper())):
                rest = read[task.key].rest
                if _is_shouted(_without_prefixes(title)) and not task.milestone and not is_cross_channel(rest):
                    yield from self._found(task, context, {}, "capitals", _SHOUTED)
            elif may_be_link(title) and is_bare_link(_without_prefixes(title)):
                yield from self._found(task, context, {}, "link", _LINK)

    def _found(
        self, task: Task, context: Context, params: dict[str, int], detail: str, template: Template
    ) -> Iterator[Finding]:
        """The finding, unless the title informs, or has to be renamed for being vague."""
        if not is_informative(task.title) and not is_vague(context.derived(titles)[task.key].rest):
            yield self.on_task(task, params, template=template, detail=detail)


def _may_be_shouted(title: str) -> bool:
    """Whether no small letter stands behind the last bracket: a cheap look, for most titles have some there."""
    end = title.rpartition("]")[2].rpartition(")")[2]
    return end == end.upper()


def _without_prefixes(title: str) -> str:
    return _BRACKETS.sub(" ", title).strip()


def _is_shouted(title: str) -> bool:
    words = _WORD.findall(title)
    return len(words) >= _FEWEST_WORDS and sum(len(word) >= _FULL for word in words) >= _FULL_WORDS
