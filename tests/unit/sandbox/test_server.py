"""What the look-alikes have in common as servers."""

from typing import TYPE_CHECKING

import pytest

from retro.sandbox.faults import Faults, Kind, Strike

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import World


@pytest.mark.parametrize("fault", ["502", "503", "504", "529", "409"])
def test_errors_of_servers_and_proxies(world: "World", fault: str) -> None:
    """Every status that can be asked for is answered as such, once, and nothing is done."""
    world.sandbox.faults.add(f"{fault}:1@PUT")
    path = f"/cards/{world.brief.id}"
    statuses = [world.client.put(path, {"name": f"v{turn}"}).status_code for turn in range(2)]
    assert statuses == [int(fault), 200]
    assert world.brief.document["name"] == "v1"
    assert world.sandbox.writes() == 1


def test_a_proxy_answers_with_a_page(world: "World") -> None:
    """502 is HTML, as what stands in front of a service says it, not JSON."""
    world.sandbox.faults.add("502:1")
    answer = world.client.get("/members/me")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.text.startswith("<!DOCTYPE html>")


def test_what_only_reads_is_neither_lost_nor_refused() -> None:
    """`lost` and `readonly` strike writes; a query that is posted is none."""
    faults = Faults("lost:1", "readonly")
    assert faults.strike("POST", "/v1/search", reads=True) == Strike()
    assert faults.strike("POST", "/v1/pages") == Strike(kind=Kind.LOST)
    assert faults.strike("POST", "/v1/pages") == Strike(kind=Kind.READONLY)


def test_a_target_that_is_too_long(world: "World") -> None:
    """A request line longer than the vendors' proxies take is refused before anything is looked up."""
    assert world.client.get("/members/me", fields="x" * 8100).status_code == 414
