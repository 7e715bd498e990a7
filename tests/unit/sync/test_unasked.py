"""Remarks that stand on a card while the rule that made one of them is broken."""

from retro.i18n.own_fields import FLAG
from retro.ports import Acknowledged
from retro.sync.decide import Wishes, as_they_stand
from retro.sync.decide.wanted import Remark

LATE = Remark("DAT103", "attendue le 8/01")
NOBODY = Remark("OWN101", "sans responsable")


def lines(last: str | None, *remarks: Remark, crashed: str = "OWN101") -> list[str]:
    """The lines that are then wanted on a task where retro last wrote `last`."""
    value = Acknowledged(task="t", field="retro_review", value=last, run="r", asked=last)
    found = as_they_stand({"t": Wishes(remarks=remarks)}, {("t", "retro_review"): value}, {crashed} - {""})
    return [each.line for each in found["t"].remarks]


def test_lines_stay_together_with_that_of_a_rule_that_crashed() -> None:
    """All of them, in their order, with the count of those left out: what comes first depends on the one."""
    last = "OWN101 sans responsable\nDAT103 attendue le 8/01\n+ 3\n[retro 01234567]"
    assert lines(last, LATE) == ["OWN101 sans responsable", "DAT103 attendue le 8/01", "+ 3"]


def test_other_lines_follow_their_rules() -> None:
    """A card without a line of that rule, one with nothing on it yet, and a night on which no rule crashed."""
    assert lines("DAT103 attendue le 7/01\n[retro 01234567]", LATE) == [LATE.line]
    assert lines(None, LATE) == [LATE.line]
    assert lines("OWN101 sans responsable\n[retro 01234567]", crashed="") == []


def test_a_label_stays() -> None:
    """It has no lines to tell whose it is."""
    assert lines(FLAG) == ["OWN101"]
    assert lines(FLAG, NOBODY) == [NOBODY.line]
