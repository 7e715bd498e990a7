"""Retro's own fields are known again by name, in either language."""

import pytest

from retro.i18n.own_fields import KINDS, NAMES, name_of, own_field_of


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_names_are_known_again(lang: str) -> None:
    """Every field's name in either language leads back to the field, however it is typed."""
    for field in NAMES:
        name = name_of(field, lang)
        assert own_field_of(name) == own_field_of(f" {name.upper()} ") == field


def test_other_names_are_the_teams() -> None:
    """What only resembles a field of retro's is the team's."""
    assert own_field_of("À revoir") is own_field_of("retro") is own_field_of("") is None


def test_every_field_has_a_kind_and_two_names() -> None:
    """Names and kinds speak of the same fields, and no two share a name."""
    assert NAMES.keys() == KINDS.keys()
    assert len({name for names in NAMES.values() for name in names.values()}) == 2 * len(NAMES)
