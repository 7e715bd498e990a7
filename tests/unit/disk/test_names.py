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
