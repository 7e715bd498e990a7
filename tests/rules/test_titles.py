"""What NAM101 makes of titles, and the word lists behind it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.i18n.words import fold
from retro.lint.examples import a_board, a_task, case
from retro.model import Finding, Task
from retro_practices.channels import titles, vocabulary
from retro_practices.nam.no_channel_prefix import NoChannelPrefix
from retro_practices.title_reader import _LEAD, Reader, bracketed, is_state
from retro_practices.titles import is_cross_channel, is_vague
from retro_practices.words import folded, written

CHANNELS = ("SEO", "Social", "Web", "Email", "Print")


def judged(*tasks: Task, channels: tuple[str, ...] = CHANNELS) -> list[Finding]:
    """What the rule says of some tasks of a team with one client."""
    return list(NoChannelPrefix().check(case("", *tasks, channels=channels, clients=("Orfeo",)).context()))


@pytest.mark.parametrize(
    "title",
    [
        "[SEO] Corriger les balises",
        "🔥 [Email] Relance d’automne",
        "(3) [Web] Page tarifs",
        "[Orfeo] [Social] 4 stories",
        "[Orfeo][Web] Page tarifs",
        "Orfeo : [Print] Affiche A2",
        "[URGENT] [SEO] Redirections",
        "[Podcast] Épisode 4",
        "[seo] Balises",
        "( SEO ) Balises",
        "SEO : balises",
        "SEO – balises",
        "SEO/Web : balises",
        "#SEO balises",
        "Réunion de lancement",
        "Point hebdo équipe",
        "COPIL d’avril",
        "Préparer le COPIL d’avril",
        "Mise en ligne du site",
        "Launch of the campaign",
        "BAT signé",
        "Stand livré",
        "Contract signed",
        "Orfeo : kick-off",
        "Retro",
        "Post-mortem",
        "À LIRE avant de commencer",
        "--- AVRIL ---",
        "Trucs à faire",
        "Visuels à produire",
        "Voir avec Paul",
        "??",
        "Stuff",
    ],
)
def test_titles_that_need_no_prefix(title: str) -> None:
    """Prefixed well or badly, cross-channel, a milestone, vague, or no task: nothing is said."""
    assert judged(a_task(title)) == []


@pytest.mark.parametrize(
    ("title", "proposed"),
    [
        ("Corriger les balises", None),
        ("[URGENT] Corriger les balises", None),
        ("[S12] Corriger les balises", None),
        ("[J-7] Choisir le traiteur", None),
        ("[P1] Choisir le traiteur", None),
        ("[Orfeo] Corriger les balises", None),
        ("Nantes : réserver la salle", None),
        ("Web-série : écrire le pilote", None),
        ("Social selling : écrire le guide", None),
        ("Social proof on the pricing page", None),
        ("J-30 : relancer la presse", None),
        ("Launch landing page", None),
        ("Mise en ligne de la page tarifs", None),
        ("Relance email des absents", "[Email] Relance email des absents"),
        ("  Audit SEO du blog", "[SEO] Audit SEO du blog"),
        ("Email et print de rentrée", None),
    ],
)
def test_titles_that_need_one(title: str, proposed: str | None) -> None:
    """No channel anywhere: one finding, and a proposal where the title names exactly one channel."""
    (finding,) = judged(a_task(title))
    assert (finding.fix.new if finding.fix else None) == proposed
    assert finding.fix is None or not finding.fix.safe


def test_a_channel_read_from_the_title_is_no_column() -> None:
    """A connector that takes [URGENT] for a channel does not make it one; a real column counts."""
    assert len(judged(a_task("[URGENT] Corriger le prix", channel="URGENT"))) == 1
    assert judged(a_task("[URGENT] Corriger le prix", channel="Web")) == []


def test_without_configuration_a_prefix_seen_three_times_is_a_channel() -> None:
    """Three tasks make a channel of a word; two do not; a client or a state never becomes one."""
    seen = [a_task(f"[Salon] Tâche {n}") for n in range(3)] + [a_task(f"[Orfeo] {n}") for n in range(3)]
    seen += [a_task(f"[URGENT] {n}") for n in range(3)] + [a_task(f"[Radio libre] {n}") for n in range(2)]
    known = vocabulary(case("", *seen, clients=("Orfeo",)).context())
    assert known.channels[fold("Salon")] == "Salon"
    assert not {"orfeo", "urgent", "radio libre"} & set(known.channels)
    assert judged(*seen[:3], a_task("Salon : badges"), channels=()) == []


def test_configured_channels_are_the_only_ones() -> None:
    """A team that names its channels is not told that another usual word is one."""
    assert len(judged(a_task("Radio : réserver"), channels=("SEO",))) == 1
    assert judged(a_task("Radio : réserver"), channels=()) == []


def test_a_board_of_one_channel_says_it() -> None:
    """A board that bears a channel's name, or holds one channel, speaks for its cards."""
    named = case("", a_task("Corriger les balises"), boards=(a_board("SEO"),), channels=CHANNELS)
    told = case("", a_task("Corriger les balises"), boards=(a_board(channels=("SEO",)),), channels=CHANNELS)
    for shown in (named, told):
        assert list(NoChannelPrefix().check(shown.context())) == []
        assert len(list(NoChannelPrefix(accept=("label",)).check(shown.context()))) == 1


@given(st.text(max_size=60))
def test_any_text_can_be_read_as_a_title(title: str) -> None:
    """No title, however strange, makes the reader fail or loop."""
    read = Reader(folded("channel", "usual").__contains__, {"orfeo"}.__contains__).read(title)
    assert len(read.rest) <= len(fold(title)) + len(title)
    assert isinstance(is_vague(read.rest), bool)
    assert isinstance(is_cross_channel(read.rest), bool)
    bracketed(title)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["[SEO] ", "[Orfeo] ", "[x] ", "[", "] ", " - ", "SEO : ", "(3) ", "Page", "d’été ", " "]),
            st.sampled_from(["seo> ", "{seo} ", "[[seo]] ", "#seo ", "seo", "-", "!", "“", "【seo】"]),
            st.sampled_from(["\u0301", "\ufe0f", "\u20e3", "\u200b", "\u00a0", "½", "㈠", "ͺ", "ﾞ", "ß", "ℹ", "🔥"]),
            st.text(max_size=3),
        ),
        max_size=6,
    ).map("".join)
)
def test_a_title_is_read_by_its_beginning_and_its_words_as_it_is_by_the_whole(title: str) -> None:
    """What is known of a title's brackets and of its single words makes of it what folding all of it does."""
    reader = Reader({"seo"}.__contains__, {"orfeo"}.__contains__)
    whole = reader._apart([], fold(_LEAD.sub("", title, count=1)))
    assert reader.read(title) == whole
    assert reader.read(title) == whole


def test_tasks_come_with_their_titles_whoever_asked_before() -> None:
    """All tasks, some of them, and all again: each stands beside its own title, which is read once."""
    tasks = (a_task("[SEO] Corriger les balises"), a_task("Page tarifs"), a_task("Social : 4 stories"))
    context = case("", *tasks, channels=CHANNELS).context()
    read = titles(context)
    first = list(read.of(context.wanted))
    some = list(read.of(task for task in context.wanted if task.title.startswith("P")))
    assert [(task.title, title.rest) for task, title in some] == [("Page tarifs", "page tarifs")]
    assert list(read.of(context.wanted)) == first
    assert sorted(title.rest for _task, title in first) == ["4 stories", "corriger les balises", "page tarifs"]
    assert all(read[task.key] is title for task, title in first)


def test_a_card_of_two_exports_is_read_as_reports_show_it() -> None:
    """Where two files hold one card under two titles, the last one is read for both."""
    card = a_task("Page tarifs")
    context = case("", card, replace(card, title="[SEO] Page des prix"), channels=CHANNELS).context()
    assert [title.rest for _task, title in titles(context).of(context.wanted)] == ["page des prix"] * 2


@pytest.mark.parametrize("word", written("channel", "usual"))
def test_no_usual_channel_is_a_state(word: str) -> None:
    """The lists of the pack do not contradict each other."""
    assert not is_state(fold(word))


def test_a_very_long_title_is_no_burden() -> None:
    """What a title costs grows with its length, not with its square: a hundred thousand letters pass at once."""
    assert not is_cross_channel("x" * 100_000)
    assert is_cross_channel("bat signe")
    assert not is_cross_channel("signe")


@pytest.mark.parametrize("title", ["[" + " " * 9_999 + "a", "[a" + " " * 9_999, "(" + " " * 9_999, "!" * 9_999 + "a"])
def test_a_title_made_to_keep_patterns_busy_is_judged_at_once(title: str) -> None:
    """Brackets that never close, over thousands of blanks, are no prefix; each costs its length, not its cube."""
    assert bracketed(title) == ()
    assert len(judged(a_task(title), a_task("[SEO] Article"))) <= 1


def test_a_title_of_brackets_is_read_once() -> None:
    """However many prefixes somebody has pasted, a few are read, and the rest is the title."""
    title = Reader({"web"}.__contains__, set[str]().__contains__).read("[Web] " * 20_000 + "Page tarifs")
    assert 1 < len(title.prefixes) < 20
    assert title.rest.endswith("page tarifs")
    assert 1 < len(bracketed("[Web] " * 20_000)) < 20
