"""NAM102, NAM104, NAM105 and NAM106 in the cases that examples do not show."""

import pytest

from retro.lint import BaseRule
from retro.lint.examples import a_board, a_task, case, key_of
from retro.model import Finding, Person, Task
from retro_practices.kindred import nearest, related
from retro_practices.nam.no_action_verb import NoActionVerb
from retro_practices.nam.prefix_contradicts_label import PrefixContradictsLabel
from retro_practices.nam.unknown_channel import UnknownChannel
from retro_practices.nam.unreadable_title import UnreadableTitle
from retro_practices.title_reader import is_state
from retro_practices.words import folded, names_in

CHANNELS = ("SEO", "SEA", "Social", "Email", "Web", "Print", "Événement")


def judged(rule: BaseRule, *tasks: Task, channels: tuple[str, ...] = CHANNELS) -> list[Finding]:
    """What a rule says of some tasks of a team with a client, a colleague and a board of its own name."""
    people = (Person(key="nadia", name="Nadia Belkacem"),)
    boards = (a_board("Vendanges"),)
    shown = case("", *tasks, channels=channels, clients=("Orfeo",), people=people, boards=boards)
    return list(rule.check(shown.context()))


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("Socail", "Social"),
        ("Socials", "Social"),
        ("Emial", "Email"),
        ("E-mail", "Email"),
        ("Mailing", "Email"),
        ("Webb", "Web"),
        ("Prnt", "Print"),
        ("Event", "Événement"),
        ("Evenements", "Événement"),
        ("Référencement", "SEO"),
        ("TikTok", None),
        ("Point", None),
        ("Radio", None),
        ("SE", None),
        ("SEX", None),
        ("CEO", None),
        ("Websérie", None),
    ],
)
def test_a_near_channel_is_proposed_and_no_other(word: str, near: str | None) -> None:
    """Misspelt, in the plural or by another name; a word of its own is to be added, whatever it resembles."""
    (finding,) = judged(UnknownChannel(), a_task(f"[{word}] Portrait du sommelier"))
    assert finding.params.get("channel") == near
    assert finding.fix is None


@pytest.mark.parametrize(
    "title",
    [
        "[Orfeo] Portrait",
        "[Vendanges] Portrait du sommelier",
        "[Nadia] Portrait du sommelier",
        "[J-7] Portrait du sommelier",
        "[Mars 2027] Portrait du sommelier",
        "[Lot 2] Portrait du sommelier",
        "[À relire] Portrait du sommelier",
        "[Twitch] Kick-off",
        "[Twitch] Divers",
        "[Twitch][Web] Portrait du sommelier",
        "Twitch : portrait du sommelier",
        "--- [Twitch] ---",
    ],
)
def test_what_is_no_unknown_channel(title: str) -> None:
    """Clients, boards, people, moments, batches, states; meetings and vague titles; words without square brackets."""
    assert judged(UnknownChannel(), a_task(title)) == []


def test_a_usual_channel_is_one_on_a_meeting_too() -> None:
    """Before a kick-off a word that nobody knows may be a phase; a podcast is a channel for everybody."""
    assert len(judged(UnknownChannel(), a_task("[Podcast] Kick-off"))) == 1


def test_a_known_label_tells_the_channel() -> None:
    """The bracket may then be anything; a misspelt one is told all the same."""
    assert judged(UnknownChannel(), a_task("[Cuvée] Portrait", labels=("Social",))) == []
    assert len(judged(UnknownChannel(), a_task("[Socail] Portrait", labels=("Social",)))) == 1


def test_families_of_channels_name_each_other() -> None:
    """Every part belongs to a family that has names; what is related is so both ways."""
    assert set(names_in("channel_within")) <= set(names_in("channel_names"))
    for family in names_in("channel_within"):
        for name in folded("channel_names", family):
            for part in folded("channel_within", family):
                assert related(name, part)
                assert related(part, name)


def test_two_that_are_as_near_are_none() -> None:
    """A proposal is made where it is the only one."""
    assert nearest("videos", ["video", "audio"]) == "video"
    assert nearest("seos", ["seo", "seo s"]) is None


@pytest.mark.parametrize(
    ("title", "labels", "channels", "expected"),
    [
        ("[SEO] Audit", ("Social",), CHANNELS, 1),
        ("[SEO] Audit", ("Social",), (), 1),
        ("[SEO] Audit", ("Web",), CHANNELS, 0),
        ("[Print] Carte", ("Web",), CHANNELS, 1),
        ("[Print] Carte", ("Web",), (), 0),
        ("[SEO/SEA] Budget", ("SEA",), CHANNELS, 0),
        ("[SEO] Audit", ("SEO/SEA",), CHANNELS, 0),
        ("[SEO] Audit", ("Urgent", "Nadia"), CHANNELS, 0),
        ("Audit SEO", ("Social",), CHANNELS, 0),
        ("[Email] Relance", ("Newsletter",), (), 0),
    ],
)
def test_a_label_that_contradicts_the_prefix(
    title: str, labels: tuple[str, ...], channels: tuple[str, ...], expected: int
) -> None:
    """Another channel only; parts and themes agree, unless the team has named the theme a channel of its own."""
    assert len(judged(PrefixContradictsLabel(), a_task(title, labels=labels), channels=channels)) == expected


@pytest.mark.parametrize(
    ("title", "detail"),
    [
        ("x" * 120, None),
        ("Carte " + "x" * 115, "long"),
        ("RELIRE LA CARTE DES DESSERTS", "capitals"),
        ("[Web] RELIRE LA CARTE DES DESSERTS", "capitals"),
        ("RELIRE CARTE", None),
        ("PLV OK BAT FR", None),
        ("INAUGURATION OFFICIELLE DE LA CAVE", None),
        ("===== CARTE DES DESSERTS =====", None),
        ("www.orfeo.example", "link"),
        ("[Web] https://orfeo.example/a?b=c", "link"),
        ("docs.orfeo.example/d/1", "link"),
        ("Relire www.orfeo.example", None),
        ("24/7", None),
        ("Node.js", None),
    ],
)
def test_a_title_is_unreadable_for_one_reason(title: str, detail: str | None) -> None:
    """More than the most, a sentence shouted, a link alone; at the edge nothing is said."""
    assert [each.detail for each in judged(UnreadableTitle(), a_task(title))] == ([detail] if detail else [])


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("[Print] Choisir le papier", 0),
        ("[Print] Papier de la carte", 1),
        ("[Web] Write the tasting notes", 0),
        ("[Web] Tasting notes: draft and translate", 0),
        ("[Web] Tasting notes", 1),
        ("[Print] Dossier du premier soir", 1),
        ("[Email] Écrire aux abonnés", 0),
        ("Réunion de lancement", 0),
        ("Newsletter de l’hiver", 1),
    ],
)
def test_a_verb_says_what_is_to_be_done(title: str, said: int) -> None:
    """French infinitives anywhere, English verbs at a beginning; nouns in -er and -ir are none."""
    assert len(judged(NoActionVerb(), a_task(title))) == said


def test_a_parent_needs_no_verb() -> None:
    """Its parts say what is to be done."""
    parent = a_task("[Print] Carte des vins")
    assert judged(NoActionVerb(), parent, a_task("[Print] Choisir le papier", parent=key_of(parent.title))) == []


@pytest.mark.parametrize("word", ["seo", "social", "tiktok", "podcast", "crm", "presse", "print", "salon"])
def test_no_channel_is_taken_for_a_state(word: str) -> None:
    """The lists of states, moments and batches name no channel."""
    assert not is_state(word)


@pytest.mark.parametrize(("cards", "found"), [(4, 4), (5, 1)])
def test_a_frequent_word_is_told_once(cards: int, found: int) -> None:
    """From the fifth card on, one finding for the board says how many there are, and which."""
    tasks = [a_task(f"[Twitch] Portrait {number}") for number in range(cards)]
    findings = judged(UnknownChannel(), *tasks)
    assert len(findings) == found
    if found == 1:
        assert findings[0].params["count"] == cards
        assert findings[0].tally is not None
        assert set(findings[0].tally.keys) == {task.key for task in tasks}
