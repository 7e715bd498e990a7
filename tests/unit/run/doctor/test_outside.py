"""Boards beside the plan: named in a configured workspace, where the tool says that they are not private."""

from collections.abc import Iterable
from typing import Any, cast
from zoneinfo import ZoneInfo

from tests.unit.schedule.conftest import NOW

from retro.ports import Connector, Discovered
from retro.run.discovery.gather import Account
from retro.run.doctor.outside import of_outside, outside
from retro_practices.cen.board_outside_the_plan import BoardOutsideThePlan

PARIS = ZoneInfo("Europe/Paris")


class Listing:
    """A connector that lists boards and does nothing else."""

    def __init__(self, *boards: Discovered) -> None:
        self.boards = boards

    def discover(self) -> Iterable[Discovered]:
        """All of them."""
        return self.boards


def a_board(name: str, workspace: str = "w1", *, private: bool | None = False) -> Discovered:
    """A board whose address is its name."""
    return Discovered(at=name, name=name, workspace=workspace, private=private)


def beside(*boards: Discovered, known: Iterable[str] = ("plan",)) -> list[str]:
    """The names of the boards that are told."""
    connector = cast("Connector", Listing(*boards))
    account = Account(connector=connector, place_of=str, pins_columns=False, known=frozenset(known))
    return [board.name for board in outside(account)]


def test_a_board_of_a_configured_workspace_is_told() -> None:
    """The plan's own boards are not, nor those of workspaces that it does not touch."""
    assert beside(a_board("plan"), a_board("salon"), a_board("autre", "w2")) == ["salon"]


def test_what_is_private_or_not_told_is_never_named() -> None:
    """Only a board that its tool says to be open to the workspace is named; one of no workspace is not."""
    boards = (a_board("plan"), a_board("secret", private=True), a_board("qui sait", private=None), a_board("seul", ""))
    assert beside(*boards) == []
    assert beside(a_board("plan", ""), a_board("seul", "")) == []


def test_the_rule_says_it_and_the_remedy_silences_it() -> None:
    """One remark a workspace, with control characters gone, and what to write."""
    boards = (a_board("salon\x1b[31m"), a_board("blog"), a_board("autre", "w2"))
    checks = list(of_outside("equipe", boards, cast("Any", BoardOutsideThePlan()), NOW, PARIS))
    assert [check.subject for check in checks] == ["equipe", "equipe"]
    assert "blog, salon" in checks[0].said
    assert "\x1b" not in checks[0].said
    assert all("CEN103" in check.remedy for check in checks)
    assert list(of_outside("equipe", (), cast("Any", BoardOutsideThePlan()), NOW, PARIS)) == []
