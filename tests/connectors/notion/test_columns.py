"""Which column holds what."""

from typing import Any

import pytest
from tests.connectors.notion.documents import board, options, pair

from retro.model import How
from retro.ports import ConfigurationError
from retro_notion.settings import BoardSettings
from retro_notion.synonyms import heading


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Date d’échéance", "date d'echeance"),
        ("Assigné(e)(s) à", "assigné à"),
        ("Assigné·e·s à", "assigné à"),
        ("ÉCHÉANCES 📅", "échéance"),
        ("Sous-tâches", "sous-tâche"),
        ("Qui ?", "qui"),
        ("Responsable(s) :", "responsable"),
    ],
)
def test_headings_that_mean_the_same_compare_equal(name: str, same: str) -> None:
    """Typography, case, accents, plurals and inclusive endings do not matter."""
    assert heading(name) == heading(same)


@pytest.mark.parametrize(
    ("role", "kind", "name"),
    [
        ("owners", "people", "Responsable"),
        ("owners", "select", "Pilote"),
        ("owners", "rich_text", "Assignée"),
        ("due", "date", "Échéance"),
        ("due", "date", "Date limite"),
        ("due", "date", "Deadline"),
        ("start", "date", "Date de début"),
        ("status", "select", "Statut"),
        ("status", "status", "État"),
        ("status", "checkbox", "Status"),
        ("predecessors", "relation", "Bloqué par"),
        ("predecessors", "rich_text", "Dépendances"),
        ("predecessors", "url", "Prérequis"),
        ("successors", "relation", "Blocking"),
        ("channel", "select", "Pôle"),
        ("channel", "multi_select", "Canaux"),
        ("priority", "select", "Criticité"),
        ("client", "select", "Client"),
        ("phase", "select", "Phase"),
        ("parent", "relation", "Parent item"),
        ("children", "relation", "Sous-éléments"),
    ],
)
def test_columns_are_known_by_their_names(role: str, kind: str, name: str) -> None:
    """French and English names give a column of a fitting type its role."""
    found = board({name: kind, "Sans rapport": "files"}).columns.of(role)
    assert found is not None
    assert found.name == name


def test_the_surest_name_wins() -> None:
    """Of two columns that might hold a role, the one with the plainer name does, whatever their order."""
    columns: dict[str, Any] = {"Date": "date", "Livraison": "date", "Échéance": "date"}
    for order in (columns, dict(reversed(columns.items()))):
        found = board(order).columns.of("due")
        assert found is not None
        assert found.name == "Échéance"


def test_a_lone_column_of_its_type_needs_no_name() -> None:
    """One column of statuses, one of people, one of dates: nothing to guess; two: nothing is."""
    alone = board({"Où": "status", "Équipage": "people", "Jour J": "date"}).columns
    found = {use.role: use for use in alone.uses}
    assert [found[role].how for role in ("status", "owners", "due")] == [How.ALONE] * 3
    several = board({"Jour J": "date", "Jour K": "date"})
    assert several.columns.of("due") is None


def test_the_inverse_of_a_pair_says_nothing_new() -> None:
    """Of two ends of one relation the predecessors are kept; an inverse of another pair stays."""
    both = board({"Bloqué par": ("relation", pair("a", "Bloque")), "Bloque": ("relation", pair("b", "Bloqué par"))})
    assert both.columns.of("predecessors") is not None
    assert both.columns.of("successors") is None
    other = board({"Bloqué par": ("relation", pair("a", "X")), "Bloque": ("relation", pair("b", "Y"))})
    assert other.columns.of("successors") is not None


def test_type_tells_channels_unless_it_tells_kinds() -> None:
    """A column "Type" is the channel, but not where one of its options is a milestone."""
    channels = board({"Type": ("select", {"options": options("SEO", "Vidéo")})}).columns
    kinds = board({"Type": ("select", {"options": options("Tâche", "Jalon")})}).columns
    assert channels.of("channel") is not None
    assert channels.of("type") == channels.of("channel")
    assert kinds.of("channel") is None
    assert kinds.of("type") is not None


def test_own_columns_are_nobody_elses() -> None:
    """Retro's columns get no role of the team's, whatever their name and language."""
    columns = board({"retro · au plus tard": "date", "retro · to review": "rich_text", "Jour J": "date"}).columns
    assert sorted(columns.own) == ["latest", "review"]
    due = columns.of("due")
    assert due is not None
    assert due.name == "Jour J"


@pytest.mark.parametrize("wanted", ["Rendu", "id:Rendu>", "id:Rendu%3E", "rendus"])
def test_the_configuration_goes_first(wanted: str) -> None:
    """A column is named as it stands, by a name that means the same, or by its id, escaped or not."""
    columns = board({"Échéance": "date", "Rendu": "date"}, BoardSettings(columns={"due": wanted})).columns
    use = next(use for use in columns.uses if use.role == "due")
    assert (use.column.name, use.how) == ("Rendu", How.CONFIGURED)


def test_an_empty_name_means_no_column() -> None:
    """`due = ""` takes no column, though one has the name."""
    assert board({"Échéance": "date"}, BoardSettings(columns={"due": ""})).columns.of("due") is None


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"due": "Responsable"}, ["Responsable", "people", "date"]),
        ({"due": "Absente"}, ["Absente", "Échéance", "Responsable"]),
        ({"dues": "Échéance"}, ["dues", "due"]),
        ({"due": "id:zzz"}, ["id:zzz"]),
    ],
)
def test_a_wrong_column_is_named_with_what_is_expected(columns: dict[str, str], words: list[str]) -> None:
    """A wrong type, a column that is not there, an unknown role: the message holds what is needed to mend it."""
    with pytest.raises(ConfigurationError) as raised:
        board({"Échéance": "date", "Responsable": "people"}, BoardSettings(alias="campagne", columns=columns))
    assert all(word in str(raised.value) for word in words)
    assert raised.value.where.startswith("campagne")
