"""NAM106 no-action-verb."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, key_of, on
from retro.model import Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.titles import is_cross_channel, is_informative, is_vague
from retro_practices.words import any_of, folded

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHORTEST = 4
"""Letters of the shortest infinitive in -er or -ir: "agir"."""


class NoActionVerb(BaseRule):
    """A title that does not say what is to be done.

    What it says:
        After its prefixes, the title of an open task holds no verb in the infinitive ("Rédiger la newsletter", "Write
        the newsletter"). Milestones, meetings and work common to all channels need none, nor do headings over other
        tasks; a vague title has to be renamed first. Off until it is asked for: "Newsletter de décembre" is a
        deliverable, and for many teams that is enough.

    Why:
        A verb tells the work from the thing: "Newsletter" may be its writing, its layout or its sending, and the next
        person on the list has to ask.

    How to fix it in Notion:
        Begin the title, after the channel, with a verb: "[Email] Rédiger la newsletter de décembre".

    How to fix it in Trello:
        Begin the title, after the channel, with a verb: "[Email] Rédiger la newsletter de décembre".
    """

    code: ClassVar[str] = "NAM106"
    name: ClassVar[str] = "no-action-verb"
    french_name: ClassVar[str] = "sans verbe d’action"
    default: ClassVar[Severity] = Severity.OFF
    strict: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("no verb says what is to be done")
    many: ClassVar[Template | None] = Template("no verb in the title of {count} of {base} tasks")
    field: ClassVar[str | None] = "title"

    good: ClassVar[tuple[Case, ...]] = (
        case("A verb.", a_task("[Email] Rédiger la newsletter"), a_task("[Email] Write the newsletter")),
        case("Later in the title.", a_task("[Web] Page d’accueil : traduire les textes")),
        case("Milestones and meetings.", a_task("Kick-off"), a_task("🚀 Mise en ligne"), a_task("BAT signé")),
        case(
            "A heading over its parts.",
            a_task("[Email] Newsletter de décembre"),
            a_task("[Email] Rédiger le texte", parent=key_of("[Email] Newsletter de décembre")),
        ),
        case("Rename first.", a_task("[Web] Divers")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(case("A thing, in French.", a_task("[Print] Flyer du salon")), on("[Print] Flyer du salon")),
        bad(case("A thing, in English.", a_task("[Web] Pricing page")), on("[Web] Pricing page")),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for a verb in each title."""
        for task, title in context.derived(titles).of(self.base(context)):
            rest = title.rest
            if task.milestone or task.key in context.parents or _says_verb(rest) or _needs_none(task, rest):
                continue
            yield self.on_task(task)


def _needs_none(task: Task, rest: str) -> bool:
    return is_vague(rest) or is_cross_channel(rest) or is_informative(task.title)


def _says_verb(rest: str) -> bool:
    """Whether a folded title holds a French infinitive, or begins with an English verb."""
    if any(_is_infinitive(word) for word in _WORDS.findall(rest)):
        return True
    return _begins_with_verb(rest)


@lru_cache(maxsize=16384)
def _is_infinitive(word: str) -> bool:
    if word.endswith(("er", "ir")):
        return len(word) >= _SHORTEST and word not in folded("verbs", "not")
    return word.endswith("re") and word in folded("verbs", "re")


def _begins_with_verb(rest: str) -> bool:
    """Whether a folded title, or what follows a colon in it, begins with an English verb."""
    return any(_verbs().match(part.strip()) for part in rest.split(":"))


@cache
def _verbs() -> re.Pattern[str]:
    return any_of(folded("verbs", "base"))
