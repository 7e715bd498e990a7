"""The stamps of a feed's entries: kept to the letter while nothing changes, and only ever growing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.report.ics.revisions import Revision, remembered, revised, stamped

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
BODY = "BEGIN:VEVENT\r\nSUMMARY:{0}\r\nUID:u@x\r\nEND:VEVENT\r\n"


def test_an_edit_on_the_board_is_the_first_number() -> None:
    """Without a memory the stamp is the task's last edit and the number its minutes since 2000; else now, and 0."""
    edited = datetime(2000, 1, 2, 0, 0, 59, tzinfo=UTC)
    assert revised("u@x", BODY, edited, NOW, {}) == Revision(BODY, "20000102T000059Z", 1440)
    assert revised("u@x", BODY, None, NOW, {}) == Revision(BODY, "20270111T090000Z", 0)


@pytest.mark.parametrize("edited", [datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_a_number_fits_into_32_bits(edited: datetime) -> None:
    """Whatever a board says of its edits, a number is no less than 0 and less than 2^31, and so is the next."""
    first = revised("u@x", BODY, edited, NOW, {})
    known = {"u@x": Revision("", first.stamp, 2**31 - 1)}
    assert 0 <= first.sequence <= revised("u@x", BODY, edited, NOW, known).sequence < 2**31


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 10**6)), min_size=1, max_size=8))
def test_numbers_grow_with_changes_only(versions: list[tuple[str, int]]) -> None:
    """Over any run of exports to one file, an entry has a new number exactly when it says something else."""
    text, before = "", None
    for hour, (words, minutes) in enumerate(versions):
        body = BODY.format(words)
        made = revised("u@x", body, NOW + timedelta(minutes=minutes), NOW + timedelta(hours=hour), remembered(text))
        if before is not None:
            assert made == before if before.body == body else made.sequence > before.sequence
        text, before = stamped(made), made


@pytest.mark.parametrize(
    "text", ["", "nothing", "BEGIN:VEVENT\r\nUID:u@x\r\nEND:VEVENT\r\n", "BEGIN:VEVENT\r\nDTSTAMP:x\r\nEND:VEVENT\r\n"]
)
def test_another_file_is_no_memory(text: str) -> None:
    """What retro did not write tells nothing of earlier versions."""
    assert remembered(text) == {}


def test_line_ends_do_not_matter() -> None:
    """A feed that went through a tool which changed its line ends is remembered all the same."""
    made = revised("u@x", BODY.format("Brief"), None, NOW, {})
    assert remembered(stamped(made).replace("\r\n", "\n")) == {"u@x": made}
