"""Profiles of what is taken, held against a count minute by minute."""

from hypothesis import given
from hypothesis import strategies as st

from retro.schedule.levelling.profile import Packed, Profile, Single

Booking = tuple[int, int, int]
"""By when it is to end, for how long, and how many units."""
bookings = st.lists(st.tuples(st.integers(-40, 40), st.integers(1, 12), st.integers(1, 3)), max_size=25)
stretches = st.lists(st.tuples(st.integers(-40, 40), st.integers(1, 12)), max_size=4)


def last_free(used: dict[int, int], capacity: int, booking: Booking) -> int:
    """The last end by the bound before which every minute has room, looked for one by one."""
    bound, work, need = booking
    while any(used.get(minute, 0) + need > capacity for minute in range(bound - work, bound)):
        bound -= 1
    return bound


def hold(profile: Profile, capacity: int, fixed: list[tuple[int, int]], asked: list[Booking]) -> None:
    """Take every booking from a profile and from the count, and compare."""
    used: dict[int, int] = {}
    for begin, length in fixed:
        profile.fix(begin, begin + length, capacity)
        used.update(dict.fromkeys(range(begin, begin + length), capacity))
    profile.reset()
    for bound, work, wanted in asked:
        need = min(wanted, capacity)
        expected = last_free(used, capacity, (bound, work, need))
        there = profile.free(bound - work, bound, need)
        assert (there == bound) == (expected == bound)
        assert expected <= there <= bound
        assert profile.take(bound, work, need) == expected
        for minute in range(expected - work, expected):
            used[minute] = used.get(minute, 0) + need


@given(stretches, bookings)
def test_one_unit_is_taken_once(fixed: list[tuple[int, int]], asked: list[Booking]) -> None:
    """The last free stretch is found, beside what is fixed for good."""
    hold(Single(), 1, fixed, asked)


@given(stretches, bookings)
def test_several_units_are_taken_together(fixed: list[tuple[int, int]], asked: list[Booking]) -> None:
    """Idem, of a pool of four."""
    hold(Packed([4]), 4, fixed, asked)


@given(bookings)
def test_pools_in_one_integer_do_not_disturb_each_other(asked: list[Booking]) -> None:
    """What is taken of one of two pools leaves the other free."""
    both, one = Packed([4, 7]), Packed([4])
    for bound, work, need in asked:
        assert both.take(bound, work, both.packed({0: need})) == one.take(bound, work, need)
    assert both.free(-100, 100, both.packed({1: 7})) == 100


@given(bookings)
def test_booking_what_is_free_is_taking_it(asked: list[Booking]) -> None:
    """`book` after `take` has found the place leaves the same profile."""
    for make in (Single, lambda: Packed([3])):
        taken, booked = make(), make()
        for bound, work, need in asked:
            end = taken.take(bound, work, need)
            booked.book(end - work, end, need)
            for begin in range(-60, 40, 5):
                assert taken.free(begin, begin + 5, need) == booked.free(begin, begin + 5, need)
