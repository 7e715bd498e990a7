"""NAM101 no-channel-prefix."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_board, a_task, bad, case, on
from retro.model import Finding, Fix, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import Vocabulary, titles, vocabulary
from retro_practices.titles import bracketed, is_cross_channel, is_informative, is_vague
from retro_practices.words import any_of, phrase

_PROPOSED = Template("no channel prefix: [{channel}]?")

Place = Literal["label", "column", "board"]


class NoChannelPrefix(BaseRule):
    """A title that does not say its channel.

    What it says:
        The title of an open task starts with no channel in brackets, and nothing else tells the channel: no label,
        no column, no board of one channel (`accept` says which of these count). An emoji or a client may stand
        before. A state or a client is no channel. Meetings, milestones and work common to all channels need none,
        and a vague title has to be renamed first. Where the title names one channel, it is proposed.

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
        case("Rename first.", a_task("Divers"), a_task("Contenus à produire"), channels=("SEO",)),
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

    def check(self, context: Context) -> Iterator[Finding]:
        """Read each title; propose a channel where it names exactly one."""
        words, titles_read = context.derived(vocabulary), context.derived(titles)
        named = any_of(words.channels)
        for task in self.base(context):
            if task.milestone or self._told_elsewhere(task, words, context):
                continue
            title = titles_read[task.key]
            if title.has_channel or _needs_none(task.title, title.rest):
                continue
            channels = set(named.findall(phrase("channel", "false_friends").sub(" ", title.rest)))
            if len(channels) != 1:
                yield self.on_task(task)
                continue
            channel = words.channels[channels.pop()]
            fix = Fix(field="title", new=f"[{channel}] {task.title.strip()}")
            yield self.on_task(task, {"channel": channel}, template=_PROPOSED, fix=fix)

    def _told_elsewhere(self, task: Task, words: Vocabulary, context: Context) -> bool:
        """Whether a label, the channel column or the board tells the channel, where that is accepted.

        A channel that a connector took from the title's own brackets is no column: the title speaks for itself.
        """
        if "column" in self.accept and task.channel and fold(task.channel) not in map(fold, bracketed(task.title)):
            return True
        if "label" in self.accept and any(words.is_channel(fold(label)) for label in task.labels):
            return True
        if "board" not in self.accept:
            return False
        board = context.boards.get(task.board)
        return board is not None and (len(board.channels) == 1 or words.is_channel(fold(board.name)))


def _needs_none(title: str, rest: str) -> bool:
    """Whether a title without a channel is no task, common to all channels, or to be renamed first."""
    return is_vague(rest) or is_cross_channel(rest) or is_informative(title)
