"""NAM102 unknown-channel."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import BOARD, Bad, Case, Expected, a_task, bad, case, on
from retro.model import Finding, Person, Severity, Tally, Task, Template
from retro.ports import Context
from retro_practices.channels import Vocabulary, titles, told_elsewhere, vocabulary
from retro_practices.kindred import nearest
from retro_practices.title_reader import Kind, bracketed, is_state
from retro_practices.titles import is_cross_channel, is_informative, is_vague
from retro_practices.words import folded

_NEAR = Template("unknown channel “{word}”: [{channel}]?")
_NEAR_MANY = Template(
    "unknown channel “{word}” on {count} task: [{channel}]?", "unknown channel “{word}” on {count} tasks: [{channel}]?"
)
_MANY = Template(
    "unknown channel “{word}” on {count} task: to add to channels in retro.toml, or to clients if it is one",
    "unknown channel “{word}” on {count} tasks: to add to channels in retro.toml, or to clients if it is one",
)


_CAVE = tuple(a_task(f"[Cave] {what}") for what in ("Étiquette", "Casier", "Bouchon", "Tonneau", "Pressoir"))


class UnknownChannel(BaseRule):
    """A prefix in brackets that is none of the team's channels.

    What it says:
        The title begins with a word in square brackets, or the channel column holds one, that is not among the
        `channels` of retro.toml. Where it is near one of them ("[Socail]", "[E-mailing]"), that one is proposed; else
        the finding proposes to add it. A word that `together` titles of a board have is one finding. Clients, states,
        dates, people, projects and boards are no channels. Nothing is said where retro.toml names no channels, or where
        a second prefix, a label or the column tells a known one.

    Why:
        One card under "[Socail]" is missing from every view of "[Social]", and nobody sees that it is.

    How to fix it in Notion:
        Write the channel as the others do. If it is new, add it to `channels` under `[lint]` in retro.toml, and as an
        option of the channel column.

    How to fix it in Trello:
        Write the channel as the others do. If it is new, add it to `channels` under `[lint]` in retro.toml, and as a
        label of the board.
    """

    code: ClassVar[str] = "NAM102"
    name: ClassVar[str] = "unknown-channel"
    french_name: ClassVar[str] = "canal inconnu"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template(
        "unknown channel “{word}”: to add to channels in retro.toml, or to clients if it is one"
    )
    templates: ClassVar[tuple[Template, ...]] = (_NEAR, _NEAR_MANY, _MANY)
    many: ClassVar[Template | None] = Template("unknown channel on {count} of {base} tasks")
    field: ClassVar[str | None] = "channel"

    together: int = Field(default=5, ge=2, description="So many tasks of a board with the same word are one finding.")

    good: ClassVar[tuple[Case, ...]] = (
        case("A known one.", a_task("[SEO] Audit technique"), channels=("SEO", "Social")),
        case(
            "A client and a state are no channels: another rule asks for one.",
            a_task("[Novalys] 5 posts LinkedIn"),
            a_task("[URGENT] Corriger le prix"),
            channels=("SEO", "Social"),
            clients=("Novalys",),
        ),
        case("A second prefix tells the channel.", a_task("[Lot 2] [SEO] Audit technique"), channels=("SEO", "Social")),
        case("retro.toml names no channels.", a_task("[TikTok] 3 vidéos coulisses")),
        case("Rename first.", a_task("[TikTok] Divers"), channels=("SEO", "Social")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Misspelt.", a_task("[Socail] 5 posts LinkedIn"), channels=("SEO", "Social")),
            on("[Socail] 5 posts LinkedIn", detail="socail", word="Socail", channel="Social"),
        ),
        bad(
            case("By another name.", a_task("[RS] 5 posts LinkedIn"), channels=("SEO", "Social")),
            on("[RS] 5 posts LinkedIn", detail="rs", word="RS", channel="Social"),
        ),
        bad(
            case("A new one.", a_task("[TikTok] 3 vidéos coulisses"), channels=("SEO", "Social", "Tech")),
            on("[TikTok] 3 vidéos coulisses", detail="tiktok", word="TikTok"),
        ),
        bad(
            case("In the column.", a_task("3 vidéos coulisses", channel="TikTok"), channels=("SEO", "Social")),
            on("3 vidéos coulisses", detail="tiktok", word="TikTok"),
        ),
        bad(
            case("On many cards: said once.", *_CAVE, channels=("SEO", "Social")),
            Expected(BOARD, {"word": "Cave", "count": 5}, detail="cave"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look at each prefix that is neither a channel, nor a client, nor a state; tell of a frequent one once."""
        if not context.channels:
            return
        by_word: dict[tuple[str, str], list[Finding]] = {}
        for finding in self._each(context):
            by_word.setdefault((finding.board or "", finding.detail), []).append(finding)
        for (board, word), findings in by_word.items():
            if len(findings) < self.together:
                yield from findings
                continue
            first, keys = findings[0], sorted(finding.subject for finding in findings)
            yield replace(
                self.on_subject(
                    board,
                    {**first.params, "count": len(keys)},
                    board=board,
                    template=_NEAR_MANY if first.template is _NEAR else _MANY,
                    detail=word,
                ),
                tally=Tally(count=len(keys), base=len(keys), keys=tuple(keys)),
            )

    def _each(self, context: Context) -> Iterator[Finding]:
        words = context.derived(vocabulary)
        others = context.derived(_other_names)
        for task, word in self._unknown(context, words):
            plain = fold(word)
            near = nearest(plain, words.channels)
            if near is not None:
                facts = {"word": word, "channel": words.channels[near]}
                yield self.on_task(task, facts, template=_NEAR, detail=plain)
            elif plain not in others and not told_elsewhere(task, words):
                rest = context.derived(titles)[task.key].rest
                # A phase may stand before a meeting or a contract ("[Lot 2] Kick-off"); what is a channel for everybody
                # is one there too ("[Podcast] Kick-off").
                if not task.milestone and (plain in folded("channel", "usual") or not is_cross_channel(rest)):
                    yield self.on_task(task, {"word": word}, detail=plain)

    def _unknown(self, context: Context, words: Vocabulary) -> Iterator[tuple[Task, str]]:
        """Each task with its first prefix, or channel, that nobody knows."""
        for task, title in context.derived(titles).of(self.base(context)):
            kinds = {prefix.kind for prefix in title.prefixes}
            if Kind.CHANNEL in kinds:
                continue
            word = task.channel or ""
            if Kind.OTHER in kinds:
                unknown = {prefix.word for prefix in title.prefixes if prefix.kind is Kind.OTHER}
                word = next((each for each in bracketed(task.title) if fold(each) in unknown), "")
            if not word or _is_known(fold(word), words) or is_vague(title.rest) or is_informative(task.title):
                continue
            yield task, word


def _is_known(word: str, words: Vocabulary) -> bool:
    return words.is_channel(word) or word in words.clients or is_state(word)


def _other_names(context: Context) -> frozenset[str]:
    """Projects, boards and people, folded: none of them is a channel."""
    found = {fold(project.name) for project in context.portfolio.projects}
    found |= {fold(board.name) for board in context.portfolio.boards}
    found |= {name for person in context.portfolio.people for name in _names(person)}
    return frozenset(found | {fold(phase) for phase in {task.phase for task in context.wanted if task.phase}})


def _names(person: Person) -> Iterator[str]:
    for name in (person.name, *person.aliases):
        plain = fold(name)
        yield plain
        yield plain.split(" ", 1)[0]
