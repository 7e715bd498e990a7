"""Words of boards: whole, folded, in French and English, and never guessed."""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.i18n import words
from retro.model import Category


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Idées", Category.IDEA),
        ("À planifier", Category.TODO),
        ("À produire", Category.TODO),
        ("En validation", Category.REVIEW),
        ("Prêt pour lancement", Category.READY),
        ("Terminé", Category.DONE),
        ("DONE! 🙌🏽", Category.DONE),
        ("TODO 📚", Category.TODO),
        ("DOING ⚙️", Category.DOING),
        ("BRAINSTORM 🤔", Category.IDEA),
        ("Product Backlog", Category.TODO),
        ("Sprint Backlog", Category.TODO),
        ("To-Do", Category.TODO),
        ("a faire", Category.TODO),
        ("1. À faire", Category.TODO),
        ("02 - En cours", Category.DOING),
        ("En cours (3)", Category.DOING),
        ("Doing [WIP 3]", Category.DOING),
        ("👀 Chez le client", Category.REVIEW),
        ("En attente du client", Category.REVIEW),
        ("In Progress", Category.DOING),
        ("Programmé", Category.READY),
        ("✅ Mis en ligne", Category.DONE),
        ("Annulé", Category.CANCELLED),
        ("Won’t do", Category.CANCELLED),
        ("1️⃣ Idées", Category.IDEA),
    ],
)
def test_known_names_give_their_category(name: str, category: Category) -> None:
    """The article's lists and their relatives are known with emoji, numbers and punctuation around them."""
    assert words.category_of(name) is category


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "Meetingroom",
        "Parents",
        "2015-07-07 Release",
        "Por hacer",
        "Done-ish",
        "Undone",
        "Sprint 12",
        "Site",
        "Release 20",
        "Maison Aubier",
        "Semaine 48",
        "Prêt / En cours",
        "Ressources (à classer)",
        "Mise en page",
        "En cours " * 30,
    ],
)
def test_unknown_names_are_not_guessed(name: str) -> None:
    """A name that no list holds whole gives None, though a word of the lists may stand inside it."""
    assert words.category_of(name) is None


STATUSES = {
    Category.IDEA: "Icebox|Someday/Maybe|Un jour|Nice to have|💡 Idées|Idée(s)|Boîte à idées",
    Category.TODO: "Planifié|PLANIFIÉES (3)|Planifié(e)|Planned|Next|This week|Cette semaine 📅|Aujourd’hui|Today"
    "|À trier|Triage|Inbox|Boîte de réception|Sprint|Sprint en cours|À planifier|À produire|Plus tard|To-Do's"
    "|Ready for dev|Prêt à démarrer|À faire S48|To do – week 12|À faire (cette semaine)",
    Category.DOING: "En attente|Waiting|On hold|En pause|⛔ Bloqué|Bloqué·e·s|Blocked|À corriger|A CORRIGER|Retours"
    "|Feedback|Changes requested|Stand-by|Blocked / Waiting|En cours (Léa)|Dev : en cours|EN COURS ⏳",
    Category.REVIEW: "À revoir|To review|Relecture|En validation|En attente de validation|En attente du client|In QA"
    "|Testing|Recette|Review / QA|Testing & QA|En attente de BAT|3) À relire",
    Category.READY: "Validé|Approved|Prêt|Prêt pour lancement|À publier|À diffuser|À programmer|Validé (client)|BAT OK",
    Category.DONE: "Publié|En ligne|Live|Envoyé|Livré|Terminé ✅|✅ Done|Terminé(e)s|Terminé – janvier 2027"
    "|Done - Q3 2026|Done 2026|Done (last two weeks)|Publié | Envoyé|SEO – Terminé|Terminé (à archiver)",
    Category.CANCELLED: "Annulé|Abandonnés|Dropped|Won’t do|Non retenu",
}


@pytest.mark.parametrize(
    ("name", "category"), [(name, category) for category, names in STATUSES.items() for name in names.split("|")]
)
def test_what_teams_call_their_lists(name: str, category: Category) -> None:
    """Lists that teams have beside the article's six are known, in parts, with a period, a count or both genders."""
    assert words.category_of(name) is category


def test_a_label_of_a_subject_is_no_status() -> None:
    """Words that on a list are a step and on a label a subject, a channel or a kind say nothing on a label."""
    subjects = ("Live", "Testing", "Retours", "Sprint", "Urgent", "QA", "Tests", "Nouveau")
    assert all(words.category_of(name) is not None for name in subjects)
    assert [words.category_of_label(name) for name in subjects] == [None] * len(subjects)
    assert words.category_of_label("🚧 En cours") is Category.DOING
    assert words.category_of_label("Bloqué(e)") is Category.DOING


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("RAF", ""),
        ("RAF (JH)", "days"),
        ("RAF jours", "days"),
        ("Reste à faire", ""),
        ("Reste à faire (heures)", "hours"),
        ("Remaining (h)", "hours"),
        ("Remaining days", "days"),
        ("Jours restants", "days"),
        ("Reste", ""),
        ("Points remaining", "points"),
        ("Reste à payer", None),
        ("JH", None),
        ("Restaurant", None),
    ],
)
def test_remaining_headings(name: str, unit: str | None) -> None:
    """What is left has its own headings, with or without a unit; they are never estimates, nor the reverse."""
    assert words.remaining_heading(name) == unit
    assert unit is None or words.estimate_heading(name) is None


def test_dates_by_name() -> None:
    """A start or a due date may stand in a field of that name; other dates are neither."""
    assert [words.date_of(name) for name in ("Début", "START DATE", "📅 Échéance", "Due", "Date limite")] == [
        "start",
        "start",
        "due",
        "due",
        "due",
    ]
    assert [words.date_of(name) for name in ("Date de publication", "Parution", "")] == [None, None, None]


def test_a_word_stands_in_one_category_only() -> None:
    """No word of the data files is listed under two categories, whatever the language."""
    seen: Counter[str] = Counter()
    for file in sorted(Path(words.__file__).with_suffix("").glob("*.toml")):
        document = tomllib.loads(file.read_text("utf-8"))
        for lists in (document.get("category", {}), document.get("category_of_lists", {})):
            for name, listed in lists.items():
                seen.update({words.fold(word) for word in listed})
                assert all(words.category_of(word) is Category(name) for word in listed)
    assert seen


@pytest.mark.parametrize("name", ["Infos", "ℹ️ Infos", "RESSOURCES", "Réunions", "Modèles", "📦 Archives", "Templates"])
def test_informative_sections(name: str) -> None:
    """Lists that inform are known by their whole name."""
    assert words.informative_section(name)


@pytest.mark.parametrize(
    "name", ["Meetingroom", "Meeting Time", "Project files", "Infos client à produire", "Modèle 3D"]
)
def test_lists_that_only_resemble_are_not_informative(name: str) -> None:
    """A list whose name merely contains an informative word holds work."""
    assert not words.informative_section(name)


@pytest.mark.parametrize(
    ("title", "informative"),
    [
        ("👉 À LIRE : règles du tableau", True),
        ("À LIRE", True),
        ("Mode d’emploi du tableau", True),
        ("Modèle – Fiche produit", True),
        ("Template - Blog post", True),
        ("[Modèle] Post LinkedIn", True),
        ("Carte newsletter (à dupliquer)", True),
        ("Modèle de brief à rédiger", False),
        ("Template emailing", False),
        ("Rédiger le mode d’emploi", False),
        ("Relire la page", False),
        ("À lireur", False),
        ("📖 Charte éditoriale : à lire avant de publier", True),
        ("Charte graphique (à lire)", True),
        ("Tone of voice -> please read!", True),
        ("Newsletter de l’été : à lire sur la plage", False),
        ("Un livre à lire", False),
    ],
)
def test_informative_titles(title: str, *, informative: bool) -> None:
    """Titles inform by how they start, or by what stands apart at their end; "modèle de" names a deliverable."""
    assert words.informative_title(title) is informative


@pytest.mark.parametrize(
    ("title", "separator"),
    [
        ("---", True),
        ("=====", True),
        ("•••", True),
        ("— — —", True),
        ("--- SEMAINE 48 ---", True),
        ("== Social ==", True),
        ("⬇️ EN ATTENTE CLIENT ⬇️", True),
        ("👇👇👇", True),
        ("➡️➡️ Mars ⬅️⬅️", True),
        ("👇 Bandeau accueil", False),
        ("➡️ Bandeau accueil ⬅️", False),
        ("-", False),
        ("???", False),
        ("", False),
        ("Post – LinkedIn", False),
        ("- un tiret devant", False),
        ("#12", False),
    ],
)
def test_separator_titles(title: str, *, separator: bool) -> None:
    """Only a drawn line, alone or around a heading, is a separator."""
    assert words.separator_title(title) is separator


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Débrief du salon", True),
        ("J+7 : premiers chiffres", True),
        ("H + 24", True),
        ("Post lancement", True),
        ("Post-mortem", True),
        ("Weekly reporting", True),
        ("E-mail de remerciement", True),
        ("Mails de remerciement aux invités", True),
        ("[Email] Relance panier", False),
        ("J-7 : relance", False),
        ("Bilan carbone", False),
        ("Lancement", False),
        ("Service après-vente", False),
        ("Mapping J+", False),
    ],
)
def test_after_launch(text: str, *, after: bool) -> None:
    """After-launch work is told by whole words and by J+n, never by J-n or a false friend."""
    assert words.says_after_launch(text) is after


@given(
    st.lists(
        st.one_of(
            st.sampled_from(sorted(words._listed("after_launch", "words") | words._listed("after_launch", "not"))),
            st.sampled_from(
                [" ", "-", "\u2011", "\u00a0", "  ", "\u200b", "\u0301", "\ufe0f", "(", "7", "e", "+", "\uff0b"]
            ),
            st.text(max_size=3),
        ),
        max_size=6,
    ).map("".join),
    st.sampled_from([str, str.upper, str.title]),
)
def test_after_launch_is_found_in_any_text(text: str, write: Callable[[str], str]) -> None:
    """A text is passed over by its single words only where none of the phrases stands in it, however it is written."""
    folded = words.fold(write(text))
    found = words._speaks_of_after(folded)
    if found:
        found = words._speaks_of_after(words._words_of("after_launch", "not").sub(" ", folded))
    assert words.says_after_launch_once(write(text)) is found
    assert words.says_after_launch(write(text)) is found


def test_only_so_many_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a workspace of more words than are kept, what comes after the launch is told as in any other."""
    monkeypatch.setattr(words, "EVERY_TITLE", 2)
    for number in range(6):
        assert not words.says_after_launch_once(f"Brief {number} maquette{number}")
        assert len(words._say_nothing_of_after()) <= 2
    assert words.says_after_launch_once("Maquette du bilan")


@pytest.mark.parametrize(
    "text", ["", " ", "?", "??", "TBD", "à définir", "À DEFINIR", "n/a", "-", "N.C.", "Unassigned", "xxx"]
)
def test_nobody(text: str) -> None:
    """Words that stand for nobody in an owner's place are told from names."""
    assert words.says_no_owner(text)


@pytest.mark.parametrize("text", ["Camille", "Marie Toussaint", "Na Li", "Léa – Studio Lumen"])
def test_somebody(text: str) -> None:
    """Names are not nobody, though "na" alone is."""
    assert not words.says_no_owner(text)


def test_milestones() -> None:
    """Jalon and milestone count as whole words, singular or plural."""
    assert all(words.says_milestone(label) for label in ("Jalon", "🏁 jalons", "Milestone", "key milestone"))
    assert not any(words.says_milestone(label) for label in ("jalonner", "stone", ""))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Dépendances", "predecessors"),
        ("Depends on:", "predecessors"),
        ("BLOCKED BY", "predecessors"),
        ("Pré-requis", "predecessors"),
        ("Children", "children"),
        ("Sous-tâches", "children"),
        ("Checklist", None),
        ("Dépendances techniques du site", None),
    ],
)
def test_dependency_headings(name: str, kind: str | None) -> None:
    """Headings of links are known whole."""
    assert words.dependency_heading(name) == kind


def test_dependency_lines() -> None:
    """A line names prerequisites only where a colon follows the words that begin it."""
    assert all(words.dependency_line(line) for line in ("Dépend de : x", "- Blocked by: #3", "**Après :** x"))
    assert not any(words.dependency_line(line) for line in ("Après validation du design", "Voir : x", ""))


@pytest.mark.parametrize(
    ("label", "size"),
    [
        ("XL", "XL"),
        ("m", "M"),
        ("Taille M", "M"),
        ("Size: S", "S"),
        ("📏 L", "L"),
        ("XXL", None),
        ("SEO", None),
        ("", None),
    ],
)
def test_sizes(label: str, size: str | None) -> None:
    """T-shirt sizes are read alone or after the word for size."""
    assert words.size_of(label) == size


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("JH", "days"),
        ("Charge (jours)", "days"),
        ("Charge (j)", "days"),
        ("Heures estimées", "hours"),
        ("Estimate (hours)", "hours"),
        ("Durée en minutes", "minutes"),
        ("Story points", "points"),
        ("Estimation", ""),
        ("Effort", ""),
        ("Temps passé (h)", None),
        ("Jours restants", None),
        ("Budget", None),
    ],
)
def test_estimate_headings(name: str, unit: str | None) -> None:
    """A heading's unit is read; time already spent or left is no estimate."""
    assert words.estimate_heading(name) == unit


@pytest.mark.parametrize(
    ("priority", "rank"),
    [
        ("🔴 Urgent", 0),
        ("Très haute", 0),
        ("Must-have", 0),
        ("1 - Haute", 1),
        ("High", 1),
        ("P1", 1),
        ("Moyenne", words.USUAL_PRIORITY),
        ("Basse", 3),
        ("Nice to have", 3),
        ("Lowest", 4),
        ("2", words.USUAL_PRIORITY),
        ("Vendredi", words.USUAL_PRIORITY),
        ("", words.USUAL_PRIORITY),
    ],
)
def test_priorities_rank(priority: str, rank: int) -> None:
    """Priorities of both languages rank from 0 to 4; what no list knows, and a bare number, is as usual."""
    assert words.priority_rank(priority) == rank


def test_fold_keeps_articles_and_drops_decoration() -> None:
    """Folding keeps every word, articles included, and drops case, accents, emoji and repeated blanks."""
    assert words.fold("  🎉 L’Été  à la\u202fPlage — ok 🎯") == "l'ete a la plage - ok"


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    """Folding what is folded changes nothing, whatever the text."""
    assert words.fold(words.fold(text)) == words.fold(text)


@given(st.text())
def test_every_question_answers_for_any_text(text: str) -> None:
    """No text, however odd, makes a question fail."""
    words.category_of(text)
    words.category_of_label(text)
    words.remaining_heading(text)
    words.date_of(text)
    words.informative_title(text)
    words.informative_section(text)
    words.separator_title(text)
    words.says_milestone(text)
    words.says_after_launch(text)
    words.says_no_owner(text)
    words.dependency_heading(text)
    words.dependency_line(text)
    words.size_of(text)
    words.estimate_heading(text)


@given(st.text())
def test_fold_takes_every_combining_character_away_by_its_definition(text: str) -> None:
    """The patterns that make folding fast drop what Unicode calls combining, of any script, and nothing else."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    # An emoji selector and look-alikes are the business of fold's other steps.
    if not any(char in kept for char in "\ufe0f\u20e3\u2139’‘ʼ`´œæ‐‑‒–—―−"):
        assert "".join(words.fold(text).split()) in "".join(kept.split())


@pytest.mark.parametrize("text", ["e\u0301te\u0301", "שָׁלוֹם", "a\u034fb", "が", "Ö\u0323", "ﬁn", "ǅ"])
def test_marks_of_any_script_are_folded_alike(text: str) -> None:
    """Composed or not, a text folds to one form."""
    assert words.fold(unicodedata.normalize("NFC", text)) == words.fold(unicodedata.normalize("NFD", text))
