"""Names that retro makes up can be given to a file wherever it runs."""

import os

import pytest

from retro.disk import nameable

TRIED = " · retro", " · corrigé", "Été – l’œuvre…", "日本"


def test_names_stay_where_they_can() -> None:
    """A system that has the signs keeps them."""
    assert [nameable(name) for name in TRIED] == list(TRIED)


def test_a_bare_system_has_names_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where file names are ASCII, each sign becomes one like it; what was read from such a disk stays what it is."""
    monkeypatch.setattr(os, "fsencode", lambda name: name.encode("ascii", "surrogateescape"))
    assert [nameable(name) for name in TRIED] == [" - retro", " - corrige", "Ete - l'oeuvre...", "__"]
    read = b"d\xc3\xa9mo.xlsx".decode("ascii", "surrogateescape")
    assert nameable(read) == read


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Site : refonte 2027 ?", "Site - refonte 2027 -"),
        ("Print / Web", "Print - Web"),
        ("CON", "_CON"),
        ("aux.été", "_aux.été"),
        ("nul ", "_nul"),
        ("Com1", "_Com1"),
        ("Console", "Console"),
        ("Concours d’été", "Concours d’été"),
        ("Salon 2027...", "Salon 2027"),
        ("...", "_"),
        ("a\x00b\tc", "a-b-c"),
        (" · retro", " · retro"),
    ],
)
def test_names_on_windows(name: str, made: str) -> None:
    """There a colon would open a hidden stream, a dot at the end be lost, and a device answer; letters stay."""
    assert nameable(name, "win32") == made
    assert nameable(made, "win32") == made
    assert nameable(name, "linux") == name
