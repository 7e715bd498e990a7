"""Links in a cell: ids, types, lags, titles, addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.model import Lag, LagUnit, LinkDirection, LinkType
from retro_files.identity import Index, Named
from retro_files.predecessors import references

DAY = 420
_ROWS = [
    ("3", "Brief"),
    ("12", "Maquette, v2"),
    ("f20.first_day", "Start"),
    ("T-1", "Kickoff"),
    ("1.2", "Plan B - 3 jours"),
]
INDEX = Index("plan", [Named(place, id_, title) for place, (id_, title) in enumerate(_ROWS, 2)], assigned=True)

Link = tuple[str, LinkType, Lag]


def links(cell: str) -> list[Link]:
    """What a cell says, with keys short."""
    found = references(cell, INDEX, day_minutes=DAY)
    return [(each.target.removeprefix("plan:"), each.type, each.lag) for each in found]


FS, SS, FF, SF = LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("3", [("3", FS, Lag())]),
        ("3 12", [("3", FS, Lag()), ("12", FS, Lag())]),
        ("3,12; T-1", [("3", FS, Lag()), ("12", FS, Lag()), ("T-1", FS, Lag())]),
        ("3 et 12", [("3", FS, Lag()), ("12", FS, Lag())]),
        ("f20.first_day+5d", [("f20.first_day", FS, Lag(5 * DAY))]),
        ("3FS+2j", [("3", FS, Lag(2 * DAY))]),
        ("12SS-1j", [("12", SS, Lag(-DAY))]),
        ("3 FS + 2,5 jours, 12", [("3", FS, Lag(1050)), ("12", FS, Lag())]),
        ("3FF+4h 12SF", [("3", FF, Lag(240)), ("12", SF, Lag())]),
        ("3FD;12DD;T-1DF", [("3", FS, Lag()), ("12", SS, Lag()), ("T-1", SF, Lag())]),
        ("3+1s", [("3", FS, Lag(5 * DAY))]),
        ("3+1w", [("3", FS, Lag(5 * DAY))]),
        ("3+2", [("3", FS, Lag(2 * DAY))]),
        ("3FS+50%", [("3", FS, Lag(50, LagUnit.PERCENT))]),
        ("3FS+2ed", [("3", FS, Lag(2880, LagUnit.ELAPSED))]),
        ("T-1-2d", [("T-1", FS, Lag(-2 * DAY))]),
        ("1.2SS", [("1.2", SS, Lag())]),
        ("Maquette, v2", [("12", FS, Lag())]),
        ("brief+2j; KICKOFF", [("3", FS, Lag(2 * DAY)), ("T-1", FS, Lag())]),
        ("Plan B - 3 jours", [("1.2", FS, Lag())]),
        ("3; 3", [("3", FS, Lag())]),
        ("", []),
    ],
)
def test_a_cell_says_what_planners_write(cell: str, said: list[Link]) -> None:
    """Ids, titles, types and lags are told apart however they are divided."""
    assert links(cell) == said


def test_what_the_file_does_not_have_is_looked_for_by_title() -> None:
    """A name that no row has is kept with its lag apart, for other boards or for a finding."""
    [other, number] = references("Flyer du salon; 99FS+3d", INDEX, day_minutes=DAY)
    assert (other.target, other.by_title, other.text) == ("Flyer du salon", True, "Flyer du salon")
    assert (number.target, number.by_title, number.lag) == ("99", True, Lag(3 * DAY))


def test_addresses_of_other_tools_stand_as_written() -> None:
    """A link to a card or page is a handle that the registry resolves."""
    found = references("https://trello.com/c/AbCd1234, https://www.notion.so/x-1", INDEX, day_minutes=DAY)
    assert [(each.target, each.by_title) for each in found] == [
        ("https://trello.com/c/AbCd1234", False),
        ("https://www.notion.so/x-1", False),
    ]


def test_successors_point_the_other_way() -> None:
    """The same cell in a column of successors names what comes after."""
    [link] = references("3+1d", INDEX, day_minutes=DAY, direction=LinkDirection.SUCCESSOR)
    assert link.direction is LinkDirection.SUCCESSOR


_IDS = st.from_regex(r"[a-z]{1,4}[._]?[a-z]{0,3}\d{1,3}", fullmatch=True)
_LAGS = st.tuples(
    st.integers(-400, 400).filter(bool), st.sampled_from([("d", DAY), ("j", DAY), ("h", 60), ("sem", 5 * DAY)])
)


@given(
    st.lists(
        st.tuples(_IDS, st.sampled_from(["", "FS", "SS", "FF", "SF"]), st.none() | _LAGS),
        min_size=1,
        max_size=5,
        unique_by=lambda said: said[0],
    ),
    st.sampled_from([" ", ", ", "; ", ",", ";"]),
)
def test_any_list_of_links_reads_back(
    said: list[tuple[str, str, tuple[int, tuple[str, int]] | None]], between: str
) -> None:
    """Whatever ids, types, lags and separators a cell is written with, the same links are read."""
    index = Index(
        "b", [Named(place, id_, f"Tâche {place}") for place, (id_, _type, _lag) in enumerate(said)], assigned=True
    )
    cells = [f"{id_}{type_}" + (f"{lag[0]:+d}{lag[1][0]}" if lag else "") for id_, type_, lag in said]
    found = references(between.join(cells), index, day_minutes=DAY)
    assert [(each.target, each.type, each.lag) for each in found] == [
        (f"b:{id_}", LinkType(type_ or "FS"), Lag(lag[0] * lag[1][1]) if lag else Lag()) for id_, type_, lag in said
    ]


@given(st.text(max_size=60))
def test_no_cell_crashes_the_reader(cell: str) -> None:
    """Any text gives references or none."""
    assert all(each.target for each in references(cell, INDEX, day_minutes=DAY))
