"""What is left of a plan where a board cannot have some of retro's own fields."""

from datetime import date

from tests.memory_board import PARIS

from retro.model import Change, Task, WriteLevel
from retro.ports import Acknowledged
from retro.sync.decide import without_fields
from retro.sync.decide.stamp import holds, stamped
from retro.sync.decide.values import Value

LATEST = date(2027, 2, 19)


def change(field: str, new: Value, *, old: Value = None, why: str = "schedule") -> Change:
    """A change of one task."""
    return Change(
        id=field,
        task="t1",
        title="t1",
        url=None,
        board="b1",
        field=field,
        level=WriteLevel.OWN if field.startswith("retro_") else WriteLevel.FILL,
        old=old,
        new=new,
        why=why,
        revision="r1",
    )


def left(*changes: Change, refused: set[str], known: tuple[Acknowledged, ...] = ()) -> dict[str, Value]:
    """New values by field, of what is left."""
    ledgered = {(each.task, each.field): each for each in known}
    return {each.field: each.new for each in without_fields(changes, refused, ledgered, PARIS)}


def test_the_text_is_stamped_over_what_can_be_written() -> None:
    """The stamp no longer speaks of the date that is left out, and vouches for the text by itself."""
    review = stamped("OWN101 à qui ?", {"latest": LATEST}, PARIS)
    found = left(change("retro_latest", LATEST), change("retro_review", review), refused={"retro_latest"})
    assert found.keys() == {"retro_review"}
    assert holds(Task(key="t1", board="b1", title="t", own={"review": found["retro_review"]}), PARIS)


def test_what_is_there_already_still_counts() -> None:
    """Own values that are written now, or were before, stay under the stamp."""
    review = stamped("A", {"latest": LATEST, "margin": 1.5, "due": LATEST}, PARIS)
    known = Acknowledged(task="t1", field="retro_due", value=LATEST, run="r0", asked=LATEST)
    changes = (change("retro_latest", LATEST), change("retro_margin", 1.5), change("retro_review", review))
    found = left(*changes, refused={"retro_margin"}, known=(known,))
    assert found["retro_review"] == stamped("A", {"latest": LATEST, "due": LATEST}, PARIS)


def test_a_stamp_alone_goes_with_what_it_vouched_for() -> None:
    """A text that would be a stamp over nothing is not written, and one that stands there is emptied."""
    bare = stamped("", {"latest": LATEST}, PARIS)
    latest = change("retro_latest", LATEST)
    assert left(latest, change("retro_review", bare), change("due", LATEST), refused={"retro_latest"}) == {
        "due": LATEST
    }
    old = stamped("A", {}, PARIS)
    assert left(latest, change("retro_review", bare, old=old), refused={"retro_latest"}) == {"retro_review": None}


def test_an_undo_restores_what_was() -> None:
    """A text that an undo puts back is put back as it was."""
    old = stamped("A", {"latest": LATEST}, PARIS)
    back = change("retro_review", old, why=Change.undo_of("r0"))
    assert left(back, refused={"retro_latest"}) == {"retro_review": old}


def test_a_text_that_stands_there_already_is_not_sent_again() -> None:
    """Where the text stamped anew is the one on the board, nothing is left to write: no edit a night."""
    there = stamped("OWN101 à qui ?", {}, PARIS)
    review = stamped("OWN101 à qui ?", {"latest": LATEST}, PARIS)
    assert left(change("retro_review", review, old=there), refused={"retro_latest"}) == {}
