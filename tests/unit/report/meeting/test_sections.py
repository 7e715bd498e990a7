"""Sections share the lines of a page."""

from hypothesis import given
from hypothesis import strategies as st

from retro.report.meeting.sections import Section, fitted


def section(name: str, items: list[int], *, closing: int = 0, least: int = 1) -> Section:
    """A section whose items have so many lines each."""
    return Section(
        heading=f"## {name}",
        items=tuple(tuple(f"- {name}{number}.{line}" for line in range(size)) for number, size in enumerate(items)),
        left_out=lambda left: f"- and {len(left)} more",
        closing=tuple(f"- closing {number}" for number in range(closing)),
        least=least,
    )


def test_what_has_room_is_shown_whole() -> None:
    """Nothing is counted where all lines fit, and an empty section leaves no heading behind."""
    found = fitted(["# Page"], [section("a", [1, 3]), section("b", []), section("c", [1, 1])], 40)
    assert found == ["# Page", "", "## a", "- a0.0", "- a1.0", "- a1.1", "- a1.2", "", "## c", "- c0.0", "- c1.0"]


def test_a_long_section_leaves_room_for_the_others() -> None:
    """Of a hundred items so many are shown as the page holds; the rest are counted on one line."""
    found = fitted(["# Page"], [section("a", [1] * 100), section("b", [1, 1, 1])], 20)
    assert len(found) == 20
    assert found[-3:] == ["- b0.0", "- b1.0", "- b2.0"]
    assert "- and 89 more" in found


def test_the_last_item_is_shown_rather_than_counted() -> None:
    """One item alone takes no more room than the line that would count it."""
    found = fitted([], [section("a", [1] * 6)], 8)
    assert found == ["", "## a", *(f"- a{number}.0" for number in range(6))]


@given(
    st.lists(st.tuples(st.lists(st.integers(1, 3), max_size=30), st.integers(0, 1)), min_size=1, max_size=6),
    st.integers(0, 4),
)
def test_a_page_never_grows_beyond_its_lines(sizes: list[tuple[list[int], int]], head: int) -> None:
    """However many items there are, forty lines hold them, and each item is shown or counted."""
    sections = [section(chr(97 + n), items, closing=closing) for n, (items, closing) in enumerate(sizes)]
    found = fitted(["#"] * head, sections, 40 + head)
    assert len(found) <= 40 + head
    for number, (items, _closing) in enumerate(sizes):
        shown = sum(line.startswith(f"- {chr(97 + number)}") and line.endswith(".0") for line in found)
        assert shown == len(items) or shown >= 1
