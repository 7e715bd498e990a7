"""The stamp under `retro · à revoir`, and the text above it that fits."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from retro.model import Task
from retro.sync.decide.stamp import fitted, holds, recognised, split, stamped, utf16_units, vouched

PARIS = ZoneInfo("Europe/Paris")
LINES = st.lists(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60), max_size=12
)


def task(review: str, **own: date | float | str) -> Task:
    """A task with own values."""
    return Task(key="t", board="b", title="t", own={**own, "review": review})


@given(LINES, st.integers(min_value=12, max_value=400))
def test_text_fits_and_counts_what_it_leaves_out(lines: list[str], most: int) -> None:
    """The text is within its units; whole lines are kept in order, and "+ N" counts the others."""
    text = fitted(lines, most)
    assert utf16_units(text) <= most
    if utf16_units("\n".join(lines)) <= most:
        assert text == "\n".join(lines)
    else:
        shown = text.split("\n")
        kept = [line for line in shown if not line.startswith("+ ") or line in lines]
        assert kept[1:] == lines[1 : len(kept)]
        assert kept[0] == lines[0] or kept[0].endswith("…")
        if len(kept) < len(lines):
            assert shown[-1] == f"+ {len(lines) - len(kept)}"


def test_text_is_counted_in_utf16() -> None:
    """An emoji counts as two units, as in the tools that hold it, and is never cut in half."""
    assert utf16_units("🎯é") == 3
    assert fitted(["🎯" * 10], 12) == "🎯" * 5 + "…"


@given(LINES, st.dates(), st.floats(min_value=0, max_value=99, allow_nan=False))
def test_stamp_vouches_for_the_values_beside_it_and_for_no_others(lines: list[str], day: date, margin: float) -> None:
    """The stamp agrees with what was written, and no longer once a person changed, emptied or added a value."""
    text = stamped("\n".join(lines).strip(), {"latest": day, "margin": margin}, PARIS)
    assert holds(task(text, latest=day, margin=margin), PARIS)
    assert not holds(task(text, latest=day, margin=margin + 1), PARIS)
    assert not holds(task(text, latest=day), PARIS)
    assert not holds(task(text, latest=day, margin=margin, due=day), PARIS)
    assert not holds(task(f"Vu avec Léa\n{text}", latest=day, margin=margin), PARIS)


def test_stamp_survives_the_tools_own_forms() -> None:
    """A date kept as an instant, a number with more digits, other line ends: still the same values."""
    text = stamped("a\nb", {"latest": date(2027, 2, 19), "margin": 1.5}, PARIS)
    noon = datetime(2027, 2, 19, 12, tzinfo=PARIS)
    assert holds(task(text.replace("\n", "\r\n") + "\n", latest=noon, margin=1.50), PARIS)


def test_text_without_stamp_is_a_persons() -> None:
    """A text that only looks like a stamp somewhere is no stamp."""
    assert split("[retro 01234567] vu") == ("[retro 01234567] vu", None)
    assert split("vu [retro 01234567]") == ("vu [retro 01234567]", None)
    assert split("vu\n[retro 01234567]") == ("vu", "01234567")
    assert split(None) == ("", None)
    assert not holds(task("vu"), PARIS)


def test_a_cell_beside_a_known_one_is_taken_up() -> None:
    """Where the ledger knows one own value of a task and the stamp covers two, the other one is recognised."""
    day = date(2027, 2, 19)
    held = task(stamped("a", {"latest": day}, PARIS), latest=day)
    review = vouched(held, only="review")
    assert recognised([held], review, PARIS).keys() == {("t", "retro_latest")}
    assert not recognised([held], vouched(held), PARIS)


def test_what_was_taken_up_from_an_old_read_is_taken_up_again() -> None:
    """A ledger made anew from a board that a tool showed as it was is set right; what retro itself wrote is not."""
    day = date(2027, 2, 19)
    old = task(stamped("", {"latest": day}, PARIS), latest=day)
    now = task(stamped("", {"latest": day.replace(day=22)}, PARIS), latest=day.replace(day=22))
    assert recognised([now], vouched(old), PARIS) == vouched(now)
    written = {cell: replace(each, run="r") for cell, each in vouched(old).items()}
    assert not recognised([now], written, PARIS)
    by_hand = replace(now, own={**now.own, "latest": day.replace(day=23)})
    assert not recognised([by_hand], vouched(old), PARIS)


def test_a_comment_of_its_own_account_vouches_for_itself() -> None:
    """On a board of which nothing is remembered, a comment with any stamp is retro's; a field with it is anyone's."""
    held = task("OWN101 a\n+ 2\n[retro 00000000]", latest=date(2027, 2, 19))
    said = replace(held, marks={"review": "comment:1"})
    assert recognised([said], {}, PARIS).keys() == {("t", "retro_review")}
    assert not recognised([held], {}, PARIS)
    other = replace(said, key="u")
    assert not recognised([said, other], vouched(other), PARIS)


def test_a_persons_line_in_a_comment_makes_it_theirs() -> None:
    """The account may be a person's: a comment with a line that is no remark is kept where nothing is remembered."""
    for body in ("Vu, merci\nOWN101 a", "OWN101 a\nfait hier"):
        said = replace(task(f"{body}\n[retro 00000000]"), marks={"review": "comment:1"})
        assert not recognised([said], {}, PARIS)
