"""What counts pieces in a title, what is a gesture, what lists steps, and which titles stand twice on a board."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.i18n.words import fold
from retro.lint.examples import a_board, a_task, case, key_of
from retro.model import BoardKind, CheckItem, Finding, Task
from retro_practices import RULES
from retro_practices.gestures import is_gesture
from retro_practices.pieces import uncounted
from retro_practices.quantities import counts_pieces, gives_quantity
from retro_practices.steps import steps
from retro_practices.words import folded

COUNTED = (
    "4 posts",
    "posts (x4)",
    "posts x 4",
    "4x posts",
    "trois stories",
    "une trentaine de visuels",
    "a dozen emails",
    "épisodes 2 à 5",
    "le 14 février : 3 posts",
    "posts 5/semaine",
    "newsletters mensuelles",
    "two reels a week",
    "flyers 500 ex",
)
NOT_COUNTED = (
    "posts s48",
    "posts semaine 48",
    "week 12 posts",
    "posts 2027",
    "posts j-7",
    "posts j−7 à j0",
    "posts q3",
    "posts v2.1",
    "posts du 12 mars",
    "posts du 12 au 18 mars",
    "march 12 posts",
    "posts 12/03",
    "posts 12/03/2027",
    "posts 2027-03",
    "bannières 300x250",
    "vidéos 30 s",
    "vidéos de 30 secondes",
    "articles de 1500 mots",
    "posts -30 %",
    "posts #4",
    "posts n° 4",
    "articles b2b",
    "quelques posts",
)


def said(code: str, *tasks: Task, kind: BoardKind = BoardKind.PROJECT) -> list[Finding]:
    """What one rule says of some tasks of a board."""
    context = case("", *tasks, boards=(a_board(kind=kind),), channels=("Social", "Web", "Print")).context()
    return list(RULES[code]()().check(context))


@pytest.mark.parametrize("title", COUNTED)
def test_what_gives_a_number(title: str) -> None:
    """Digits that count, number words, "x4" and rhythms say how many; such a title asks nothing."""
    assert gives_quantity(fold(title))
    assert uncounted(fold(title)) is None


@pytest.mark.parametrize("title", NOT_COUNTED)
def test_what_gives_none(title: str) -> None:
    """Dates, weeks, years, versions, formats, lengths, ranks and "quelques" say nothing of how many."""
    assert not gives_quantity(fold(title))
    assert uncounted(fold(title)) is not None


@given(st.sampled_from(sorted(folded("pieces", "french") | folded("pieces", "english"))), st.integers(1, 900))
def test_a_number_before_a_piece_always_counts_it(piece: str, number: int) -> None:
    """Every piece of the lists is asked about when it stands alone, and no longer with a number before it."""
    assert uncounted(piece) == piece
    assert uncounted(f"{number} {piece}") is None


@given(st.text(max_size=80))
def test_any_text_can_be_read(title: str) -> None:
    """No title, however strange, makes a reader fail."""
    rest = fold(title)
    found = uncounted(rest)
    assert found is None or not gives_quantity(rest)
    assert isinstance(is_gesture(rest, title, frozenset({"paul"})), bool)
    assert all(steps(rest))


def test_lines_of_a_checklist_count_and_one_line_does_not() -> None:
    """Two lines say how many; one may be anything."""
    lines = tuple(CheckItem(str(n), f"Post {n}") for n in range(2))
    assert said("DEL102", a_task("[Social] Rédiger les posts", checklist=lines)) == []
    assert len(said("DEL102", a_task("[Social] Rédiger les posts", checklist=lines[:1]))) == 1


def test_a_piece_is_named_as_it_is_written() -> None:
    """The remark has the word of the title, with its accents and capitals."""
    (finding,) = said("DEL102", a_task("[Web] Études de cas industrie"))
    assert finding.params == {"pieces": "Études de cas"}


def test_a_vague_title_is_only_told_to_be_renamed() -> None:
    """Neither pieces, nor steps, nor a gesture are looked for in a title without a deliverable."""
    vague = (a_task("Visuels"), a_task("Design + dev"), a_task("Voir avec Paul"))
    assert len(said("DEL101", *vague)) == len(vague)
    assert [finding for code in ("DEL102", "DEL105", "GRA101") for finding in said(code, *vague)] == []


@pytest.mark.parametrize(
    ("title", "gesture"),
    [
        ("Appeler Orfeo", True),
        ("Appeler orfeo", False),
        ("Email Solange", True),
        ("Email Teasing", False),
        ("Relancer le client Orfeo", True),
        ("Email the client newsletter", False),
        ("Envoyer le lien Zoom à Paul", True),
        ("Envoyer le lien aux inscrits", False),
        ("Envoyer le mail à Paul et Julie", False),
        ("Upload the logo", True),
        ("Upload logo animation", False),
        ("Ask Paul for the password", True),
    ],
)
def test_a_gesture_is_towards_one_person_or_with_one_small_thing(title: str, gesture: bool) -> None:  # noqa: FBT001 - a table
    """A capital names whom one calls; elsewhere a person has to be known, and nothing may follow the small thing."""
    assert is_gesture(fold(title), title, frozenset({"solange"})) is gesture


def test_people_of_the_boards_are_known_by_their_first_names() -> None:
    """An uncommon first name is one where an owner bears it."""
    others = a_task("[Web] Page tarifs", owners=("Eulalie Roche",))
    assert len(said("GRA101", a_task("[Email] Email Eulalie"), others)) == 1
    assert said("GRA101", a_task("[Email] Email Eulalie")) == []


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Brief + design + intégration LP", 3),
        ("Tournage → montage", 2),
        ("Tournage puis montage du film", 2),
        ("Landing page : rédaction, design, intégration", 3),
        ("Write, design and publish the page", 3),
        ("Rédiger et envoyer la newsletter", 0),
        ("Conception / réalisation", 0),
        ("SEO + SEA", 0),
        ("Logo + charte graphique", 0),
        ("Web-to-print", 0),
    ],
)
def test_steps_of_a_title(title: str, count: int) -> None:
    """A plus, an arrow or "puis" part two steps; a comma or "et" needs a third one; things are no steps."""
    assert len(steps(fold(title))) == count


def test_a_series_is_no_duplicate() -> None:
    """Three tasks of one title on three days come back; with two on one day, one of them is one too many."""
    days = [date(2027, 2, day) for day in (1, 8, 15)]
    series = [a_task("[Social] Story", key=f"trello:{day.day}", due=day) for day in days]
    assert said("DEL104", *series) == []
    assert len(said("DEL104", *series, a_task("[Social] Story", key="trello:again", due=days[0]))) == 3
    assert len(said("DEL104", *series[:2])) == 1
    assert said("DEL104", *series[:2], kind=BoardKind.EDITORIAL) == []


@given(st.permutations(range(4)))
def test_duplicates_do_not_depend_on_the_order_of_tasks(order: list[int]) -> None:
    """Whatever the order, the same tasks are told, and never the first one."""
    tasks = [a_task("[Print] Flyer", key=f"trello:{n}") for n in range(4)]
    assert sorted(finding.subject for finding in said("DEL104", *(tasks[n] for n in order))) == [
        "trello:1",
        "trello:2",
        "trello:3",
    ]


def test_a_counted_parent_that_is_done_still_counts() -> None:
    """The parent is read whatever its status is."""
    parent = a_task("[Social] 4 posts LinkedIn", section="Terminé")
    child = a_task("[Social] Rédiger les posts", parent=key_of("[Social] 4 posts LinkedIn"))
    assert said("DEL102", parent, child) == []


@pytest.mark.parametrize(
    ("description", "counted"),
    [
        ("Textes et photos pour les 12 références de la gamme", True),
        ("For the 8 new products", True),
        ("300x250, 728x90 et 160x600", True),
        ("En 300x250 seulement", False),
        ("À rendre pour le 12 mars, budget 8 000 €", False),
        ("Réunion à 14 h avec 3 personnes", False),
        ("Voir la v2 du brief", False),
    ],
)
def test_a_description_may_say_how_many(description: str, counted: bool) -> None:  # noqa: FBT001 - a table of cases
    """A number counts where it stands before what is made, or formats are listed; dates and budgets do not."""
    assert counts_pieces(fold(description)) is counted
