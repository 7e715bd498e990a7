"""DEL102 uncounted-deliverable."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, key_of, on
from retro.model import CheckItem, Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.pieces import first_words, uncounted
from retro_practices.quantities import counts_pieces, gives_quantity
from retro_practices.titles import is_cross_channel, is_informative, is_vague

_LINES = 2
"""So many lines of a checklist count what the title does not."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


class UncountedDeliverable(BaseRule):
    """A title that asks for pieces without saying how many.

    What it says:
        The title of an open task is about pieces that are counted (posts, visuels, bannières, articles, emails,
        reels…), made by a verb ("Rédiger les articles") or bare ("LinkedIn posts"), and nothing says how many: neither
        a number, a number word, "x12" or "une dizaine", nor two names or more, nor a checklist, nor the description
        ("pour les 12 références", a list of formats), nor the parent's title. Weeks, years, versions and dates (S48,
        2026, V2, J-7, Q3) count nothing; "quelques" neither. One piece ("Créer la bannière"), another subject
        ("Planning des posts") or another act ("Relire les articles") is fine.

    Why:
        Six posts are not twenty. Without the number nobody can estimate the work, share it out or say that it is done.

    How to fix it in Notion:
        Write the number in the title: "[Social] 6 posts LinkedIn". Or give each piece a row of its own below this one.

    How to fix it in Trello:
        Write the number in the title: "[Social] 6 posts LinkedIn". Or add a checklist with one line a piece.
    """

    code: ClassVar[str] = "DEL102"
    name: ClassVar[str] = "uncounted-deliverable"
    french_name: ClassVar[str] = "livrable sans nombre"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("how many? “{pieces}” stands without a number")
    many: ClassVar[Template | None] = Template("pieces without a number on {count} of {base} tasks")
    field: ClassVar[str | None] = "title"

    good: ClassVar[tuple[Case, ...]] = (
        case("A number.", a_task("[Social] 6 posts LinkedIn"), a_task("[Web] Pages services (x12)")),
        case("Number words.", a_task("[Social] Une dizaine de stories"), a_task("[Ads] Trois bannières display")),
        case("The pieces are named.", a_task("[Social] Posts LinkedIn : annonce, coulisses, merci")),
        case("One piece.", a_task("[Ads] Créer la bannière display"), a_task("[SEO] Article de blog")),
        case("Something else is made.", a_task("[Social] Planning des posts"), a_task("[Web] Case studies page")),
        case(
            "They are not made, but looked at.", a_task("[Ads] Valider les bannières"), a_task("[Web] Vidéos à revoir")
        ),
        case(
            "The checklist counts them.",
            a_task("[Ads] Créer les bannières", checklist=(CheckItem("1", "Carré"), CheckItem("2", "Bandeau"))),
        ),
        case(
            "The brief counts them.",
            replace(a_task("[Web] Fiches produit"), description="Textes et photos pour les 12 références."),
            replace(a_task("[Ads] Bannières display"), description="Formats : 300x250, 728x90, 160x600"),
        ),
        case(
            "The parent counts them.",
            a_task("[SEO] 4 articles de blog"),
            a_task("[SEO] Rédiger les articles", parent=key_of("[SEO] 4 articles de blog")),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("How many are to be made?", a_task("[Ads] Créer les bannières display")),
            on("[Ads] Créer les bannières display", pieces="bannières"),
        ),
        bad(case("A bare phrase.", a_task("[Social] LinkedIn posts")), on("[Social] LinkedIn posts", pieces="posts")),
        bad(
            case("A date and a year count nothing.", a_task("[Social] Monter les reels de Noël 2026 (J-7)")),
            on("[Social] Monter les reels de Noël 2026 (J-7)", pieces="reels"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for pieces in each title, and for what counts them there and around it."""
        read, nouns = context.derived(titles), first_words()
        for task, title in read.of(self.base(context)):
            rest = title.rest
            if nouns.isdisjoint(title.words) and "_" not in rest:
                continue
            if task.milestone or len(task.checklist) >= _LINES or task.key in context.parents:
                continue
            pieces = uncounted(rest)
            if pieces is None:
                continue
            if is_vague(rest) or is_cross_channel(rest) or is_informative(task.title) or _parent_counts(task, context):
                continue
            if task.description and counts_pieces(fold(task.description)):
                continue
            yield self.on_task(task, {"pieces": _as_written(pieces, task.title)})


def _parent_counts(task: Task, context: Context) -> bool:
    parent = task.parent
    return parent is not None and parent in context.tasks and gives_quantity(context.derived(titles)[parent].rest)


def _as_written(pieces: str, title: str) -> str:
    """The words of a title that are the folded ones, with their case and accents."""
    words = _WORD.findall(title)
    size = len(pieces.split())
    spans = (" ".join(words[at : at + size]) for at in range(len(words)))
    return next((span for span in spans if fold(span) == pieces), pieces)
