"""NAM101 no-channel-prefix."""

import re
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_board, a_task, bad, case, on
from retro.model import Finding, Fix, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import Vocabulary, in_title, titles, vocabulary
from retro_practices.columns import told_by
from retro_practices.gestures import gestures
from retro_practices.titles import is_bare_link, is_cross_channel, is_informative, is_vague
from retro_practices.vague import words_in
from retro_practices.words import any_of, phrase, written

_PROPOSED = Template("no channel prefix: [{channel}]?")

_PARTED = re.compile(r"\s+[-|/]\s+|\s*[:|]\s+")
"""What parts a board's folded name; every dash is folded to a hyphen."""

Place = Literal["label", "column", "board"]


class NoChannelPrefix(BaseRule):
    """A title that does not say its channel.

    What it says:
        The title of an open task starts with no channel in brackets, and nothing else tells the channel: no label,
        no column, no board of one channel (`accept` says which of these count). An emoji or a client may stand
        before. A state or a client is no channel. Meetings, milestones and work common to all channels need none,
        a vague title has to be renamed first, and a gesture belongs in a checklist. Where the title names one
        channel, it is proposed.

    Why:
        "[SEO] Optimiser H1" is understood at a glance, sorts itself, and filters over all boards; "Optimiser H1" has
        to be opened first.

    How to fix it in Notion:
        Write the channel in brackets before the title, or fill the channel column ("Canal", "Channel").

    How to fix it in Trello:
        Write the channel in brackets before the card's title, or give the card the label of its channel.
    """

    code: ClassVar[str] = "NAM101"
    name: ClassVar[str] = "no-channel-prefix"
    french_name: ClassVar[str] = "sans préfixe de canal"
    default: ClassVar[Severity] = Severity.WARNING
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("no channel prefix")
    templates: ClassVar[tuple[Template, ...]] = (_PROPOSED,)
    many: ClassVar[Template | None] = Template("no channel prefix on {count} of {base} tasks")
    field: ClassVar[str | None] = "title"
    fixes: ClassVar[str] = "unsafe"

    accept: tuple[Place, ...] = Field(
        default=("label", "column", "board"),
        description="What may tell the channel instead of the title: label, column, board (a board of one channel).",
    )

    good: ClassVar[tuple[Case, ...]] = (
        case("The channel comes first.", a_task("[SEO] Optimiser H1"), channels=("SEO", "Email")),
        case(
            "After an emoji and a client.", a_task("🔥 [Novalys] [SEO] Audit"), channels=("SEO",), clients=("Novalys",)
        ),
        case("A meeting belongs to all channels.", a_task("Kick-off client Novalys"), channels=("SEO",)),
        case("So does a milestone.", a_task("🚀 Mise en ligne"), a_task("BAT signé"), channels=("SEO",)),
        case("The label says it.", a_task("Optimiser H1", labels=("SEO",)), channels=("SEO",)),
        case("The column says it.", a_task("Optimiser H1", channel="SEO"), channels=("SEO",)),
        case("The board has one channel only.", a_task("Optimiser H1"), boards=(a_board("SEO"),), channels=("SEO",)),
        case(
            "A board that begins with its channel has one.",
            a_task("Optimiser H1"),
            boards=(a_board("SEO – demandes"),),
            channels=("SEO", "Web"),
        ),
        case("A gesture is no task.", a_task("Appeler l’imprimeur"), channels=("Print",)),
        case(
            "Rename first.",
            a_task("Divers"),
            a_task("Contenus à produire"),
            a_task("https://docs.orage.example/d/1a2b3c"),
            channels=("SEO",),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(case("Which channel?", a_task("Optimiser H1"), channels=("SEO",)), on("Optimiser H1")),
        bad(
            case(
                "The title names the channel: the prefix is proposed.", a_task("Email de relance"), channels=("Email",)
            ),
            on("Email de relance", fix="[Email] Email de relance", channel="Email"),
        ),
        bad(
            case(
                "A state and a client are no channels.",
                a_task("[URGENT] Corriger le prix"),
                a_task("[Novalys] 5 posts LinkedIn"),
                channels=("SEO",),
                clients=("Novalys",),
            ),
            on("[Novalys] 5 posts LinkedIn"),
            on("[URGENT] Corriger le prix"),
        ),
        bad(
            case(
                "Only the title counts here.",
                a_task("Optimiser H1", labels=("SEO",)),
                channels=("SEO",),
                options={"accept": ()},
            ),
            on("Optimiser H1"),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks that are wanted; a table whose titles and columns know no channel is told so once."""
        return told_by("channel", super().base(context), context)

    def check(self, context: Context) -> Iterator[Finding]:
        """Read each title; propose a channel where it names exactly one."""
        words, titles_read = context.derived(vocabulary), context.derived(titles)
        named, apart = any_of(words.channels), context.derived(gestures)
        begins = {words_in(word)[0] for word in words.channels if word[:1].isalnum()}
        by_signs = any(not word[:1].isalnum() for word in words.channels)
        for task, title in titles_read.of(self.base(context)):
            if title.has_channel or task.milestone or self._told_elsewhere(task, words, context):
                continue
            if task.key in apart or _needs_none(task.title, title.rest):
                continue
            channels = set[str]()
            if by_signs or not begins.isdisjoint(title.words):  # else no word of the title begins a channel's name
                channels.update(named.findall(phrase("channel", "false_friends").sub(" ", title.rest)))
            if len(channels) != 1:
                yield self.on_task(task)
                continue
            channel = _spelt(channels.pop(), task.title, words)
            fix = Fix(field="title", new=f"[{channel}] {task.title.strip()}")
            yield self.on_task(task, {"channel": channel}, template=_PROPOSED, fix=fix)

    def _told_elsewhere(self, task: Task, words: Vocabulary, context: Context) -> bool:
        """Whether a label, the channel column or the board tells the channel, where that is accepted.

        A channel that a connector took from the title's own brackets is no column: the title speaks for itself.
        """
        if "column" in self.accept and task.channel and not in_title(task.channel, task.title):
            return True
        if "label" in self.accept and any(words.is_channel(fold(label)) for label in task.labels):
            return True
        if "board" not in self.accept:
            return False
        board = context.boards.get(task.board)
        return board is not None and (len(board.channels) == 1 or _names_a_channel(fold(board.name), words))


def _names_a_channel(board: str, words: Vocabulary) -> bool:
    """Whether a board's folded name is a channel, or has one for its first part ("Social – demandes")."""
    return words.is_channel(board) or (_PARTED.split(board, 1)[0] in words.channels)


def _spelt(word: str, title: str, words: Vocabulary) -> str:
    """A channel as its team writes it; of the usual ones, the spelling that the title itself has ("Vidéo")."""
    known = words.channels[word]
    usual = written("channel", "usual")
    if known not in usual:
        return known
    spellings = (name for name in usual if fold(name) == word and name.casefold() in title.casefold())
    return next(spellings, known)


def _needs_none(title: str, rest: str) -> bool:
    """Whether a title without a channel is no task, common to all channels, or to be renamed first."""
    return is_vague(rest) or is_cross_channel(rest) or is_bare_link(rest) or is_informative(title)
