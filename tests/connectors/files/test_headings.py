"""Headings in French and English, and which column holds what."""

import pytest

from retro_files.headings import columns_of, estimate_unit, known_headings


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Titre", "title"),
        ("TÂCHES", "title"),
        ("What", "title"),
        ("Livrable", "title"),
        ("Assigné(e)(s) à", "owner"),
        ("Responsable :", "owner"),
        ("Who", "owner"),
        ("team", "owner"),
        ("Assigné·e", "owner"),
        ("Relecteur", "reviewer"),
        ("Date d’échéance", "due"),
        ("DATE D'ECHEANCE", "due"),
        ("Date de fin (JJ/MM/AAAA)", "due"),
        ("due_date", "due"),
        ("dueDate", "due"),
        ("When", "due"),
        ("Date cible", "due"),
        ("Date début", "start"),
        ("fixed_start", "start"),
        ("Heures estimées", "estimate"),
        ("duration_workdays", "estimate"),
        ("Durée (j)", "estimate"),
        ("JH", "estimate"),
        ("Statut", "status"),
        ("État", "status"),
        ("depends", "predecessors"),
        ("Prédécesseurs", "predecessors"),
        ("Bloqué par", "predecessors"),
        ("Blocked By (Dependencies)", "predecessors"),
        ("Blocking (Dependencies)", "successors"),
        ("Canal", "channel"),
        ("Priorité", "priority"),
        ("Tags", "labels"),
        ("Étiquettes", "labels"),
        ("N°", "id"),
        ("Task ID", "id"),
        ("#", "id"),
        ("Parent task", "parent"),
        ("kind", "kind"),
        ("% complete", "percent"),
        ("Client", "client"),
        ("Lot", "phase"),
    ],
)
def test_a_heading_says_what_its_column_holds(heading: str, field: str) -> None:
    """Accents, case, apostrophes, plurals, brackets and underscores make no difference."""
    assert columns_of((heading,)).heading(field) == heading


def test_the_surest_word_has_the_field() -> None:
    """Of two columns that may be the due date, the one with the surer word is, and the other is left as it stands."""
    columns = columns_of(("Nom", "Livraison", "Échéance"))
    assert columns.heading("due") == "Échéance"
    assert [column.heading for column in columns.others] == ["Livraison"]


def test_a_french_team_is_a_channel() -> None:
    """« Équipe » says which craft, as boards use it; "team" says who."""
    assert columns_of(("Nom", "Équipe", "Responsable")).heading("channel") == "Équipe"


def test_the_configuration_goes_before_the_synonyms() -> None:
    """A column that the configuration names holds what it says, though its heading says otherwise."""
    columns = columns_of(("Nom", "Livraison", "Échéance"), {"due": "livraison"})
    assert columns.heading("due") == "Livraison"
    assert "Échéance" in [column.heading for column in columns.others]


def test_retros_own_columns_are_the_teams_in_no_way() -> None:
    """A column that retro named is neither a field nor an extra."""
    columns = columns_of(("Nom", "retro · au plus tard"))
    assert set(columns.fields) == {"title"}
    assert columns.others == ()


def test_a_description_alone_is_the_title() -> None:
    """A table whose only words on tasks are descriptions has them as titles."""
    assert columns_of(("Description", "Qui")).heading("title") == "Description"


def test_headings_are_text_with_a_title_among_them() -> None:
    """A row with numbers, and one without a title, heads nothing."""
    assert known_headings(("Titre", "Qui", None)) == 2
    assert known_headings(("Qui", "Quand")) == 0
    assert known_headings(("Titre", 3)) == 0
    assert known_headings(("x" * 500, "Titre")) == 1


def test_a_heading_names_its_unit() -> None:
    """The unit of work is the heading's, where it names one."""
    units = {name: estimate_unit(name) for name in ("JH", "Heures estimées", "duration_workdays", "Durée", "Points")}
    assert units == {
        "JH": "days",
        "Heures estimées": "hours",
        "duration_workdays": "days",
        "Durée": "",
        "Points": "points",
    }
