"""NAME=VALUE of `retro what-if`: days, dates and work as people write them."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from retro.cli.what_if_options import absence, addition, paired, slipping
from retro.ports import ConfigurationError

PARIS = ZoneInfo("Europe/Paris")
DAY = 420


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        *(("5", 5 * DAY), ("+5", 5 * DAY), ("-2", -2 * DAY), ("−2", -2 * DAY), ("0.5", DAY // 2), ("0,5", DAY // 2)),
        *(("3d", 3 * DAY), ("3j", 3 * DAY), ("3 jours", 3 * DAY), ("2w", 10 * DAY), ("2 sem", 10 * DAY)),
        *(("1s", 5 * DAY), ("5h", 300), ("-90min", -90), ("1,5 heures", 90)),
    ],
)
def test_days_are_read_as_people_write_them(written: str, minutes: int) -> None:
    """Bare numbers are working days; hours, days and weeks in French and English, either decimal mark, any sign."""
    task, found = slipping(f"Printing={written}")
    assert (task, found.minutes(DAY)) == ("Printing", minutes)


def test_a_name_may_hold_an_equals_sign() -> None:
    """An address does: the last sign counts."""
    assert slipping("https://x.example/?p=1=2")[0] == "https://x.example/?p=1"
    assert addition(" 15 visuels = 30h ")[0] == "15 visuels"


@pytest.mark.parametrize("written", ["Printing", "=3", "Printing=", "Printing=soon", "Printing=0", "Printing=3x"])
def test_what_is_no_slip_is_refused(written: str) -> None:
    """With an example of one."""
    with pytest.raises(ConfigurationError, match=r"--slip \"Printing=3\""):
        slipping(written)


@pytest.mark.parametrize("written", ["x=-3h", "x=0", "x=much"])
def test_work_is_more_than_nothing(written: str) -> None:
    """Nothing and less is no work to add."""
    with pytest.raises(ConfigurationError, match="no amount of work"):
        addition(written)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Ada=2027-02-08..2027-02-12", date(2027, 2, 8), date(2027, 2, 12)),
        ("Ada=2027-02-08", date(2027, 2, 8), date(2027, 2, 8)),
        ("Ada=2027-02-08..", date(2027, 2, 8), date(2027, 2, 8)),
        ("Ada=08/02/2027..12/02/2027", date(2027, 2, 8), date(2027, 2, 12)),
    ],
)
def test_an_absence_has_a_first_and_a_last_day(written: str, first: date, last: date) -> None:
    """An open end is one day; dates may be written as for --end."""
    assert absence(written, PARIS) == ("Ada", first, last)


@pytest.mark.parametrize("written", ["Ada=2027-02-12..2027-02-08", "Ada=2027-01-01..2048-01-01", "Ada=soon"])
def test_what_is_no_stretch_of_days_is_refused(written: str) -> None:
    """Backwards, endless, or no date."""
    with pytest.raises(ConfigurationError, match=r"2027-02-08|2027-03-01"):
        absence(written, PARIS)


def test_owners_go_with_additions() -> None:
    """Nobody, one for all, or one for each in turn; anything else is not clear."""
    assert list(paired(["a", "b"], [])) == [None, None]
    assert list(paired(["a", "b"], ["Ada"])) == ["Ada", "Ada"]
    assert list(paired(["a", "b"], ["Ada", "Bob"])) == ["Ada", "Bob"]
    for added, owners in ((["a"], ["Ada", "Bob"]), (["a", "b", "c"], ["Ada", "Bob"]), ([], ["Ada"])):
        with pytest.raises(ConfigurationError, match="--owner"):
            paired(added, owners)
