"""DEP109: what a description says of other tasks, and what it only seems to say."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.i18n.words import fold
from retro.lint.examples import a_board, a_link, a_task, case, key_of
from retro.model import Finding, Link, LinkType, Task
from retro.ports import Capabilities
from retro_practices.dep.dependency_in_prose import DependencyInProse
from retro_practices.prose import hints
from retro_practices.words import written

PLAN = (
    a_task("Dégustation"),
    a_task("[Print] Carte des vins"),
    a_task("[Vidéo] Tournage de la cave"),
    a_task("[Web] Booking page"),
    a_task("[Email] 3 invitations"),
    a_task("Kick-off"),
)


def told(description: str, *, links: tuple[Link, ...] = (), plan: tuple[Task, ...] = PLAN) -> list[tuple[str, str]]:
    """On which side the named tasks stand, and their titles."""
    task = a_task("[Web] Galerie", description=description)
    return [
        (str(finding.params["direction"]), str(finding.params["target"])) for finding in found(task, *plan, links=links)
    ]


def found(*tasks: Task, links: tuple[Link, ...] = ()) -> list[Finding]:
    """What the rule says of a plan."""
    return list(DependencyInProse().check(case("", *tasks, links=links).context()))


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("À lancer après le tournage de la cave.", ("pred", "[Vidéo] Tournage de la cave")),
        ("**Bloqué par** : [tournage de la cave](https://orfeo.example/t)", ("pred", "[Vidéo] Tournage de la cave")),
        ("Démarre une fois que la carte des vins est imprimée", ("pred", "[Print] Carte des vins")),
        ("On ne peut rien faire tant que nous n’avons pas la carte des vins", ("pred", "[Print] Carte des vins")),
        ("DÉPEND DE LA CARTE DES VINS", ("pred", "[Print] Carte des vins")),
        ("Pas avant la dégustation !", ("pred", "Dégustation")),
        ("À imprimer avant la dégustation, en 40 exemplaires", ("succ", "Dégustation")),
        ("À finir avant l’envoi des invitations", ("succ", "[Email] 3 invitations")),
        ("Do not publish until the booking page is live.", ("pred", "[Web] Booking page")),
        ("Ready for the booking page", ("succ", "[Web] Booking page")),
        ("À écrire juste après le kickoff", ("pred", "Kick-off")),
        ("Dès réception de la carte de vins : vérifier les prix", ("pred", "[Print] Carte des vins")),
        ("Ça débloque la dégustation, à faire vite", ("succ", "Dégustation")),
        ("On imprime après la dégustation", ("pred", "Dégustation")),
        ("Mehdi publie après la dégustation", ("pred", "Dégustation")),
        ("À confier à Chloé après la dégustation", ("pred", "Dégustation")),
    ],
)
def test_a_word_of_waiting_before_a_name_is_told(description: str, expected: tuple[str, str]) -> None:
    """In both languages, whatever the capitals, marks, small words and number."""
    assert told(description) == [expected]


@pytest.mark.parametrize(
    "description",
    [
        "",
        "Cette après-midi : dégustation.",
        "L’avant-dernière dégustation a plu.",
        "Même ton que la dégustation.",
        "Avant la dégustation de mars",
        "Avant la dégustation-vente",
        "Publié après le tournage de la cave",
        "Publie apres la degustation",
        "Les ventes ont démarré après la dégustation",
        "Le stock a doublé après la dégustation",
        "Après le tournage de la cave, nous avons trié les images",
        "N’attend plus la carte des vins",
        "Bloqué par la carte des vins (réglé)",
        "Rien à faire sans attendre la carte des vins",
        "Faut-il attendre la carte des vins ?",
        "~~Bloqué par : carte des vins~~",
        "- [x] Après le tournage de la cave",
        "On attend le retour du sommelier sur la carte des vins",
        "Once a month, booking page statistics",
        "Named after the booking page",
        "Was waiting for the booking page.",
        "Avant. Dégustation.",
    ],
)
def test_what_only_looks_like_a_link_says_nothing(description: str) -> None:
    """Compounds, other names, the past, what is denied, lifted, asked or crossed out, and bare mentions."""
    assert told(description) == []


def test_a_list_names_several() -> None:
    """On one line or below a colon, each name is told once."""
    expected = [("pred", "[Print] Carte des vins"), ("pred", "Dégustation")]
    assert told("Dépend de la carte des vins et de la dégustation, puis de la dégustation.") == expected
    assert told("Prérequis :\n- carte des vins\n- dégustation\n\nBudget : 200 €") == expected


@pytest.mark.parametrize("kind", list(LinkType))
def test_a_link_on_either_side_is_enough(kind: LinkType) -> None:
    """Whatever its type or direction: nothing is proposed that is there."""
    for ends in (("Dégustation", "[Web] Galerie"), ("[Web] Galerie", "Dégustation")):
        assert told("Après la dégustation", links=(a_link(*ends, kind),)) == []


def test_links_and_names_of_those_above_count() -> None:
    """A link between parents ties their parts; a part does not wait for what it is a part of."""
    parent = a_task("Galerie")
    child = a_task("[Web] Légendes", parent=parent.key, description="Après la dégustation. Avant la galerie.")
    links = (a_link("Dégustation", "Galerie"),)
    assert found(PLAN[0], parent, child, links=links) == []
    assert [finding.params["target"] for finding in found(PLAN[0], parent, child)] == ["Dégustation"]


def test_a_name_that_several_tasks_share_is_no_name() -> None:
    """Two of a name on the board are nobody; one here and one on another board are the one here."""
    here, there = a_task("Dégustation", key="trello:1"), a_task("Dégustation", key="trello:2")
    asks = a_task("[Web] Galerie", description="Après la dégustation")
    assert found(here, there, asks) == []
    other = a_board("Autre", key="trello:autre")
    boards = (a_board(), other)
    context = case("", here, replace(there, board=other.key), asks, boards=boards).context()
    assert [each.params["target_key"] for each in DependencyInProse().check(context)] == ["trello:1"]


def test_a_step_is_named_by_its_siblings_only() -> None:
    """Under a parent "Maquette" is a step of that parent: elsewhere the word means another one."""
    tasks = [a_task("Carte"), a_task("Affiche"), a_task("Maquette", parent=key_of("Carte"))]
    sibling = a_task("Impression", parent=key_of("Carte"), description="Après la maquette")
    stranger = a_task("Collage", parent=key_of("Affiche"), description="Après la maquette")
    assert [finding.subject for finding in found(*tasks, sibling, stranger)] == [sibling.key]


def test_a_tool_without_links_is_left_alone() -> None:
    """Nothing is proposed that cannot be done."""
    task = a_task("[Web] Galerie", description="Après la dégustation")
    context = case("", *PLAN, task, capabilities={"equipe": Capabilities(link_types=frozenset())}).context()
    assert list(DependencyInProse().check(context)) == []


@pytest.mark.parametrize(
    "phrase", [each for name in ("waits", "negated", "after", "before") for each in written("prose", name)]
)
def test_every_phrase_is_found(phrase: str) -> None:
    """No phrase of the lists is missed by what spares the reading of other descriptions, nor hidden by another list."""
    assert any(hint.words for hint in hints(f"{phrase[0].upper()}{phrase[1:]} dégustation dégustation")) or fold(
        phrase
    ).endswith("'")


@pytest.mark.parametrize("phrase", written("prose", "lacking"))
def test_what_the_work_lacks_is_told_where_the_work_stops(phrase: str) -> None:
    """On either side of the word, in its clause; where the work goes on without it, or did, nothing is said."""
    lack = f"{phrase} dégustation".replace("' ", "'")
    for waits in (f"{lack} on ne publie rien", f"Impossible de publier {lack}", f"Nothing can leave {lack}"):
        assert told(waits) == [("pred", "Dégustation")], waits
    for goes_on in (f"On publie {lack}", f"{lack}, la page est plus simple", f"{lack}, rien ne pouvait avancer"):
        assert told(goes_on) == [], goes_on


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """No description, however strange, makes the reader fail."""
    assert isinstance(list(hints(text)), list)
    told(f"Après {text} dégustation")


@pytest.mark.parametrize(
    "piece",
    [
        "après ",
        "avant la ",
        "bloqué par : - ",
        "\n- après",
        "~~",
        "dégustation ",
        "[x] ",
        "' ",
        "sans ",
        "débloque la ",
    ],
)
def test_a_description_made_to_keep_patterns_busy_costs_its_length(piece: str) -> None:
    """Thousands of words of waiting, names or marks are read at once."""
    told("après " + piece * 10_000)


def test_order_does_not_matter() -> None:
    """The same findings whatever the order of the tasks."""
    task = a_task("[Web] Galerie", description="Après la dégustation et la carte des vins")
    assert found(task, *PLAN) == found(*reversed(PLAN), task)
