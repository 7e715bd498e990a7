"""Which rules speak."""

import pytest

from retro.lint.selection import nearest, selected, verify
from retro.lint.settings import LintSettings, Override
from retro.ports import ConfigurationError

KNOWN = {"OWN101": "no-owner", "OWN102": "several-owners", "DAT103": "overdue", "NAM101": "no-channel-prefix"}


def chosen(settings: LintSettings) -> list[str]:
    """The known codes that some settings select."""
    return [code for code in KNOWN if selected(code, settings)]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (LintSettings(), ["OWN101", "OWN102", "DAT103", "NAM101"]),
        (LintSettings(select=("OWN",)), ["OWN101", "OWN102"]),
        (LintSettings(select=("own101",)), ["OWN101"]),
        (LintSettings(ignore=("OWN", "NAM1")), ["DAT103"]),
        (LintSettings(select=("OWN",), ignore=("OWN",)), []),
        (LintSettings(ignore=("OWN",), extend_select=("OWN102",)), ["OWN102", "DAT103", "NAM101"]),
        (LintSettings(select=("DAT103",), extend_select=("NAM",)), ["DAT103", "NAM101"]),
        (LintSettings(select=("OWN",), ignore=("OWN101",)), ["OWN102"]),
        (LintSettings(select=("NAM",), mandatory=("DAT103",)), ["DAT103", "NAM101"]),
        (LintSettings(ignore=("DAT",), mandatory=("DAT",)), ["OWN101", "OWN102", "DAT103", "NAM101"]),
    ],
)
def test_the_most_precise_choice_decides(settings: LintSettings, expected: list[str]) -> None:
    """Beginnings select, the longest one decides, ignore wins a tie, and mandatory rules always speak."""
    assert chosen(settings) == expected


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("OWN10", None), ("OWM101", "OWN101"), ("DATE", "DAT"), ("no-ownr", "OWN101"), ("overdue", "DAT103")],
)
def test_an_unknown_code_names_the_nearest_known_one(wrong: str, near: str | None) -> None:
    """What covers no rule is refused with the list it stands in and the nearest code; a beginning is fine."""
    settings = LintSettings(ignore=(wrong,))
    if near is None:
        verify(settings, KNOWN)
        return
    with pytest.raises(ConfigurationError) as refused:
        verify(settings, KNOWN)
    assert refused.value.where == "ignore"
    assert near in refused.value.remedy


def test_overrides_are_verified_too() -> None:
    """A wrong code in an override is refused like any other."""
    with pytest.raises(ConfigurationError) as refused:
        verify(LintSettings(overrides=(Override(ignore=("ZZZ999",)),)), KNOWN)
    assert "overrides" in refused.value.where


def test_what_is_like_nothing_has_no_nearest() -> None:
    """No proposal is made where nothing is near."""
    assert nearest("€€€€€€€€", KNOWN) is None


def test_an_empty_code_is_refused() -> None:
    """An empty word would silently cover every rule."""
    with pytest.raises(ConfigurationError):
        verify(LintSettings(ignore=("",)), KNOWN)
