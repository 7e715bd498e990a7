"""What another look at a task says of a write that is to go out again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.http.second_look import stands_already
from retro.model import Task
from retro.ports import RetroError, SourceError, StaleRevisionError, WriteUncertainError

PARIS = ZoneInfo("Europe/Paris")
DAYS = (None, date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 3))
days = st.sampled_from(DAYS)
BEFORE = Task(key="trello:1", board="trello:b", title="Brief", revision="a")


def task(start: date | None, due: date | None, title: str = "Brief") -> Task:
    """A task of the revision that its fields make."""
    return replace(BEFORE, start=start, due=due, title=title, revision=f"{start} {due} {title}")


def judged(fields: Mapping[str, date | None], before: Task, now: Task | None, *, perhaps: bool) -> Task | str | None:
    """What a look says: the task, None, or the name of the error."""
    try:
        return stands_already(fields, before, lambda: now, PARIS, perhaps=perhaps)
    except RetroError as error:
        return type(error).__name__


@given(start=days, due=days, new_start=days, new_due=days, perhaps=st.booleans())
def test_what_nobody_touched_is_sent_again(
    *, start: date | None, due: date | None, new_start: date | None, new_due: date | None, perhaps: bool
) -> None:
    """A task of the same revision is written again, unless it holds what is written already."""
    held = task(start, due)
    stands = (start, due) == (new_start, new_due)
    assert judged({"start": new_start, "due": new_due}, held, held, perhaps=perhaps) == (held if stands else None)


def test_no_persons_value_is_ever_written_over() -> None:
    """Whatever a person left in whichever field, the write is sent again only where all stands as it did before."""
    fields = {"start": DAYS[1], "due": DAYS[2]}
    before = task(None, None)
    for start, due, title, perhaps in product(DAYS, DAYS, ("Brief", "Renommé"), (False, True)):
        now = task(start, due, title)
        said = judged(fields, before, now, perhaps=perhaps)
        assert (said is None) == (now == before)
        assert (said == now) == ((start, due) == (DAYS[1], DAYS[2]))


@pytest.mark.parametrize(
    ("now", "perhaps", "said"),
    [
        (task(DAYS[3], None), False, "StaleRevisionError"),
        (task(DAYS[3], None), True, "StaleRevisionError"),
        (task(DAYS[1], DAYS[3]), True, "WriteUncertainError"),
        (task(DAYS[1], DAYS[3]), False, "StaleRevisionError"),
        (None, True, "StaleRevisionError"),
        (None, False, "StaleRevisionError"),
    ],
)
def test_what_is_told_where_somebody_was_there(*, now: Task | None, perhaps: bool, said: str) -> None:
    """A part that stands is uncertain if it may be ours; nothing of ours is a task that has changed."""
    assert judged({"start": DAYS[1], "due": DAYS[2]}, task(None, None), now, perhaps=perhaps) == said


def test_what_stands_in_no_field_is_uncertain_once_it_was_sent() -> None:
    """Of a comment that was perhaps made, a task that somebody changed tells nothing."""
    assert judged({}, task(None, None), task(None, DAYS[1]), perhaps=True) == "WriteUncertainError"
    assert judged({}, task(None, None), task(None, DAYS[1]), perhaps=False) == "StaleRevisionError"
    assert judged({}, task(None, None), task(None, None), perhaps=True) is None


def test_a_remark_outside_of_the_revision_counts() -> None:
    """A comment that a person took away during the wait is not made again, though it is in no revision."""
    before = replace(task(None, None), own={"review": "DAT103"})
    now = replace(before, own={})
    with pytest.raises(StaleRevisionError):
        stands_already({"retro_review": "OWN101"}, before, lambda: now, PARIS, perhaps=False)


def unreachable(*, whole: bool = False) -> Callable[[], Task | None]:
    """A reading that fails."""

    def read() -> Task | None:
        raise SourceError("the tool has a breakdown.", where="equipe", whole=whole)

    return read


def test_a_look_that_fails_keeps_its_words() -> None:
    """Where the task cannot be read, what may be done is uncertain, with the same words, and as much of the source."""
    with pytest.raises(WriteUncertainError) as caught:
        stands_already({"due": DAYS[1]}, task(None, None), unreachable(whole=True), PARIS, perhaps=True)
    assert (caught.value.what, caught.value.where, caught.value.whole) == ("the tool has a breakdown.", "equipe", True)
    with pytest.raises(SourceError) as plain:
        stands_already({"due": DAYS[1]}, task(None, None), unreachable(), PARIS, perhaps=False)
    assert not isinstance(plain.value, WriteUncertainError)
