"""Short names of tables: ASCII, bare in TOML, unlike each other."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.run.discovery.names import alias, aliases, common_start, slug


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Contenus", "contenus"),
        ("Réseaux sociaux & été", "reseaux_sociaux_ete"),
        ("🚀 Lancement 2027", "lancement_2027"),
        ("L’équipe", "l_equipe"),
        ("Œuvre", "oeuvre"),
        ("日本", ""),
        ("Challenge AluraAgente - ONE IA FOR TECH", "challenge_aluraagente"),
    ],
)
def test_names_in_ascii(name: str, short: str) -> None:
    """Accents and emoji go, words are joined, and whole words only are cut off."""
    assert slug(name) == short


@given(st.lists(st.text(max_size=40), max_size=8))
def test_every_name_is_bare_and_its_own(names: list[str]) -> None:
    """Whatever boards are called, their short names need no quotes and differ."""
    found = aliases(names, {"board"}, "board")
    assert len({*found, "board"}) == len(names) + 1
    assert all(re.fullmatch(r"[A-Za-z0-9_]+", each) for each in found)


def test_a_shared_beginning_is_left_out() -> None:
    """Boards of one campaign are told apart by what is their own; where that is alike, they keep all."""
    assert aliases(["Ondalie – contenus", "Ondalie – site", "Recettes"], (), "board") == [
        "contenus",
        "site",
        "recettes",
    ]
    assert aliases(["A – site", "A – vidéo", "B – site", "B – vidéo"], (), "board") == [
        "a_site",
        "a_video",
        "b_site",
        "b_video",
    ]


def test_the_shared_beginning() -> None:
    """It ends at a dash or a colon, and one name shares nothing."""
    assert common_start(["Ondalie – contenus", "ONDALIE - site"]) in ("Ondalie", "ONDALIE")
    assert common_start(["Ondalie – contenus", "Site"]) == ""
    assert common_start(["Ondalie – contenus"]) == ""


def test_a_name_that_is_taken_gets_a_number() -> None:
    """The first free number is taken."""
    assert alias("Site", {"site", "site_2"}, "board") == "site_3"
