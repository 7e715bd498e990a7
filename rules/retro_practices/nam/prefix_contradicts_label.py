"""NAM104 prefix-contradicts-label."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import Finding, Severity, Template
from retro.ports import Context
from retro_practices.channels import Vocabulary, titles, told_elsewhere, vocabulary
from retro_practices.kindred import is_theme, nearest, related
from retro_practices.titles import is_informative

_NEW = ("", ())
"""Stands for what is not yet known, not even that it contradicts nothing."""
_Said = tuple[tuple[str, ...], tuple[str, ...], str | None, str]
"""What says something of a task's channel: its prefixes, labels, column, and what stands in brackets."""


class PrefixContradictsLabel(BaseRule):
    """A title that says one channel, on a card whose label says another.

    What it says:
        The prefix of an open task names a channel, and a label or the channel column names another one. Two names of
        one channel ("Social", "Réseaux sociaux") and parts of one another ("Web" and "SEO", "Social" and "LinkedIn")
        agree. One label that agrees is enough. Where retro.toml names no channels, labels that may well mean something
        else ("Web", "Événement") are left aside.

    Why:
        Half of the team filters by label, the other half reads titles: each half sees another plan.

    How to fix it in Notion:
        Keep the one that is right: change the channel column, or the prefix of the title.

    How to fix it in Trello:
        Keep the one that is right: change the card's label, or the prefix of its title.
    """

    code: ClassVar[str] = "NAM104"
    name: ClassVar[str] = "prefix-contradicts-label"
    french_name: ClassVar[str] = "préfixe contredit par l’étiquette"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("prefix [{channel}], but label or channel “{others}”")
    many: ClassVar[Template | None] = Template("prefix and label of different channels on {count} of {base} tasks")
    field: ClassVar[str | None] = "channel"

    good: ClassVar[tuple[Case, ...]] = (
        case("They agree.", a_task("[SEO] Audit technique", labels=("SEO", "Urgent")), channels=("SEO", "Social")),
        case(
            "The same channel by another name, and parts of one another.",
            a_task("[Social] 5 posts", labels=("Réseaux sociaux",)),
            a_task("[LinkedIn] 3 carrousels", labels=("Social",)),
            a_task("[SEO] Audit technique", labels=("Web",)),
        ),
        case(
            "One of the labels agrees.",
            a_task("[Email] Relance panier", labels=("Social", "Email")),
            channels=("Email", "Social"),
        ),
        case("A label that may mean a batch.", a_task("[Print] Kakemono", labels=("Événement",))),
        case(
            "Misspelt on three cards, and still the channel of the label.",
            *(a_task(f"[Socail] {what}", labels=("Social",)) for what in ("5 posts", "3 carrousels", "Audit")),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Another label.", a_task("[SEO] Audit technique", labels=("Social",)), channels=("SEO", "Social")),
            on("[SEO] Audit technique", channel="SEO", others=("Social",)),
        ),
        bad(
            case("Another channel in the column.", a_task("[Email] Relance panier", channel="Print")),
            on("[Email] Relance panier", channel="Email", others=("Print",)),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare the channels of each prefix with those of labels and column."""
        words, read = context.derived(vocabulary), context.derived(titles)
        known: dict[_Said, tuple[str, tuple[str, ...]] | None] = {}
        for task, title in read.of(self.base(context)):
            said = title.channels
            if not said or not (task.labels or task.channel):
                continue
            # A portfolio says the same few things of its channels again and again, and its titles begin in a few ways.
            all_said = (said, task.labels, task.channel, task.title[: task.title.rfind("]") + 1])
            if (found := known.get(all_said, _NEW)) is _NEW:
                told = told_elsewhere(task, words)
                found = known[all_said] = _contradiction(said, told, words, themes=not context.channels)
            if found is not None and not is_informative(task.title):
                one, others = found
                yield self.on_task(task, {"channel": one, "others": others})


def _contradiction(
    said: Sequence[str], told: Sequence[str], words: Vocabulary, *, themes: bool
) -> tuple[str, tuple[str, ...]] | None:
    """The first channel of a prefix and the others that are told, as written, where none of them is related to it."""
    ones = [part for word in said for part in words.parts(word)]
    others = [part for word in told if not (themes and is_theme(word)) for part in words.parts(word)]
    # "[Socail]" under the label "Social" is misspelt, however often.
    if not others or any(related(one, other) or nearest(one, (other,)) for one in ones for other in others):
        return None
    return words.channels[ones[0]], tuple(dict.fromkeys(words.channels[other] for other in others))
