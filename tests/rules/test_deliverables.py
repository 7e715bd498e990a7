"""A hundred titles as teams write them: which are vague, which lack a channel, which have one badly written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.i18n.words import fold
from retro.lint.examples import a_task, case
from retro_practices import RULES
from retro_practices.channels import vocabulary
from retro_practices.prefixes import mended
from retro_practices.titles import is_step, is_vague

CHANNELS = ("SEO", "SEA", "Ads", "Social", "Email", "Web", "Print", "Vidéo", "Event", "Newsletter", "Blog")
WORDS = vocabulary(case("", channels=CHANNELS, clients=("Orfeo",)).context())

SILENT = (
    "[Web] Page tarifs",
    "[Print] Flyer",
    "[Print] PLV",
    "[Email] Newsletter",
    "[Web] Landing page",
    "[Web] FAQ",
    "[SEO] Corriger les balises title",
    "[Social] 6 posts LinkedIn",
    "[Ads] Baisser les enchères du week-end",
    "[Email] Finaliser la newsletter de mai",
    "[Print] Demander à l’imprimeur un devis pour 500 flyers",
    "[Social] Shooting photo des pâtissiers",
    "[Web] Tests utilisateurs du panier",
    "[Vidéo] Montage du teaser",
    "[Event] Réserver la salle de Nantes",
    "[SEO] Plan de contenu",
    "[Web] Refonte du blog",
    "[Web] Site mobile",
    "[Web] Mettre à jour les horaires",
    "[Print] Carte de vœux",
    "[Web] Review the checkout flow",
    "[Social] Content calendar for June",
    "[Web] Website redesign",
    "[Web] Design the booth page",
    "[Email] Send the spring newsletter to 9k readers",
    "[Orfeo] [Social] 4 stories",
    "[Orfeo][Web] Page tarifs",
    "🔥 [Email] Relance d’automne",
    "(3) [Web] Page tarifs",
    "[seo] Balises title",
    "Kick-off Orfeo",
    "Réunion de lancement",
    "COPIL d’avril",
    "Bilan de campagne",
    "BAT signé",
    "🚀 Mise en ligne",
    "Lessons learned",
    "Modèle – Post (à dupliquer)",
    "À LIRE : comment on travaille ici",
    "--- AVRIL ---",
)
VAGUE = (
    "Divers",
    "Divers print",
    "Trucs à faire pour le site",
    "Petites choses",
    "À voir",
    "👀 À voir avec Paul",
    "Voir avec l’imprimeur",
    "Contenus à rédiger",
    "Photos et textes à récupérer",
    "Contenus réseaux sociaux",
    "[Social] Contenus",
    "[Web] Le site",
    "Com",
    "[Print] Modifs",
    "Mises à jour du site",
    "Préparer",
    "[Email] Optimiser",
    "Faire le site",
    "S’occuper de la com",
    "Réfléchir à la com",
    "Important !",
    "TODO",
    "???",
    "[SEO]",
    "Nouvelle carte",
    "Tâche 3",
    "Suite",
    "Demander à Paul",
    "Misc fixes",
    "Stuff to sort out",
    "Marketing stuff",
    "Website",
    "Content to write",
    "[Web] Copy",
    "Finish",
    "Work on content",
    "Check with Paul",
    "TBC",
    "Website updates",
    "Next steps",
)
NO_CHANNEL = (
    "Nantes : réserver la salle",
    "Web-série : écrire le pilote",
    "Social selling : écrire le guide",
    "Social proof on the pricing page",
    "J-30 : relancer la presse",
    "[URGENT] Corriger le prix",
    "[Orfeo] Page tarifs",
    "Relance email des absents",
    "Print screen du panier",
)
MENDED = {
    "SEO : plan de mots-clés": "[SEO] plan de mots-clés",
    "SEO: refresh ten articles": "[SEO] refresh ten articles",
    "seo – Plan de mots-clés": "[SEO] Plan de mots-clés",
    "Print - Affiche A2": "[Print] Affiche A2",
    "(web) Page tarifs": "[Web] Page tarifs",
    "[ Web ] Page tarifs": "[Web] Page tarifs",
    "[Web]Page tarifs": "[Web] Page tarifs",
    "🔥 Email : relance d’automne": "🔥 [Email] relance d’automne",
    "(2) Web : page tarifs": "(2) [Web] page tarifs",
    "[Orfeo] Social : 4 stories": "[Orfeo] [Social] 4 stories",
    "SEO/Web : redirections": "[SEO/Web] redirections",
    "Newsletter : édito et 3 articles": "[Newsletter] édito et 3 articles",
}
LEFT = (
    "Newsletter : décembre",
    "Newsletter – mars 2027",
    "Email : J-7",
    "Email : pour les absents",
    "Vidéo : V2",
    "Blog - semaine 12",
    "Web - série",
    "Web-to-print",
    "SEO :",
    "[SEO] - Balises",
    "[SEO][Web] Redirections",
    "Lyon : réserver le stand",
)


def codes(title: str) -> set[str]:
    """What the rules on titles say of one task of a team that names its channels and one client."""
    context = case("", a_task(title), channels=CHANNELS, clients=("Orfeo",)).context()
    return {code for code in ("DEL101", "NAM101", "NAM103") for _ in RULES[code]()().check(context)}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        *((title, set[str]()) for title in SILENT),
        *((title, {"DEL101"}) for title in VAGUE),
        *((title, {"NAM101"}) for title in NO_CHANNEL),
        *((title, {"NAM103"}) for title in MENDED),
    ],
)
def test_a_title_gets_the_one_remark_that_a_team_expects(title: str, expected: set[str]) -> None:
    """Vague titles are only told to be renamed, prefixes are only judged on the others, good titles hear nothing."""
    assert codes(title) == expected


@pytest.mark.parametrize(("title", "wanted"), MENDED.items())
def test_mending_changes_brackets_and_spaces_only(title: str, wanted: str) -> None:
    """The fix is what was wanted, keeps every word in its order, and has nothing left to mend."""
    fixed = mended(title, WORDS)
    assert fixed == wanted
    assert [fold(word) for word in words(fixed)] == [fold(word) for word in words(title)]
    assert mended(fixed, WORDS) is None


@pytest.mark.parametrize("title", LEFT)
def test_what_does_not_stand_alone_is_left(title: str) -> None:
    """A date, a version, half a sentence or nothing after the channel: the title stays as it is."""
    assert mended(title, WORDS) is None


@given(st.text(max_size=60))
def test_any_title_is_mended_once_at_most(title: str) -> None:
    """No title, however strange, makes the reader fail, and what it proposes needs no second fix."""
    fixed = mended(title, WORDS)
    assert fixed is None or mended(fixed, WORDS) is None
    assert isinstance(is_vague(fold(title)), bool)


def words(title: str) -> list[str]:
    """The words of a title, without what stands between them."""
    return "".join(char if char.isalnum() else " " for char in title).split()


def test_a_step_is_vague_but_a_placeholder_is_no_step() -> None:
    """A parent can explain "Design" and "photos et textes"; it cannot explain "Divers"."""
    assert all(is_vague(word) and is_step(word) for word in ("design", "photos et textes", "rediger", "faire le site"))
    assert all(is_vague(word) and not is_step(word) for word in ("divers", "a voir", "wip", "voir avec paul"))


def test_a_done_parent_still_names_the_deliverable() -> None:
    """A step is understood under its parent, whatever state that is in."""
    parent = a_task("Newsletter de mai", section="Terminé")
    shown = case("", parent, a_task("Rédiger", parent=parent.key), channels=CHANNELS)
    assert list(RULES["DEL101"]()().check(shown.context())) == []


def test_a_milestone_needs_no_deliverable() -> None:
    """A milestone says when, not what."""
    assert list(RULES["DEL101"]()().check(case("", a_task("Site", milestone=True)).context())) == []
