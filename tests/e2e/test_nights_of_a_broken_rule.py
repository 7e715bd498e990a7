"""A rule that crashes at night: it is told of, and dates are written all the same."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from retro.model import Finding
from retro_practices.own.no_owner import NoOwner

LATEST, REVIEW = "retro · au plus tard", "retro · à revoir"


def held(workspace: Any, name: str) -> dict[str, Any]:
    """What stands in a column of retro's on each card that has something there."""
    found = {}
    for board in workspace.server.state.boards.values():
        names = {field["id"]: field["name"] for field in board["customFields"]}
        for card in board["cards"]:
            for item in card["customFieldItems"]:
                if names[item["idCustomField"]] == name:
                    found[card["id"]] = item["value"]
    return found


def broken(_rule: NoOwner, _context: object) -> Iterator[Finding]:
    """Fail."""
    raise ZeroDivisionError


def test_dates_are_written_though_a_rule_crashes(
    retro: Callable[..., Any], workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first night leaves with 70 and names the rule; every date is on its card, and no remark of that rule is."""
    monkeypatch.setattr(NoOwner, "check", broken)
    ran = retro(*workspace.arguments("sync", "--yes"))
    assert (ran.code, "OWN101" in ran.err) == (70, True)
    dates, remarks = held(workspace, LATEST), held(workspace, REVIEW)
    assert dates.keys() == remarks.keys()
    assert len(dates) > 30
    assert not any("OWN101" in each["text"] for each in remarks.values())


def test_what_stands_on_a_card_stays_until_its_rule_can_be_asked(
    retro: Callable[..., Any], workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A night of a broken rule takes no line of it off, and the night after it, when it is mended, writes nothing."""
    assert retro(*workspace.arguments("sync", "--yes")).code == 0
    before = held(workspace, REVIEW)
    assert any("OWN101" in each["text"] for each in before.values())
    mark = workspace.server.log.mark()
    with monkeypatch.context() as patched:
        patched.setattr(NoOwner, "check", broken)
        assert retro(*workspace.arguments("sync", now=workspace.clock[0] + timedelta(minutes=30))).code == 70
    assert held(workspace, REVIEW) == before
    assert retro(*workspace.arguments("sync", now=workspace.clock[0] + timedelta(minutes=30))).code == 0
    assert workspace.server.writes(mark) == 0
