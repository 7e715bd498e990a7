"""What comes in pieces, or not at all."""

from typing import Any

import pytest
from tests.connectors.notion.documents import uuid

from retro.ports import SourceError
from retro_notion.client import JsonObject
from retro_notion.paging import people


class _Workspace:
    """A client that knows members, a page at a time, and guests one by one."""

    def __init__(self, members: int, *, status: int | None = None, guests: tuple[str, ...] = ()) -> None:
        self.members, self.status, self.guests = members, status, guests
        self.asked: list[str | None] = []

    def users(self, cursor: str | None) -> JsonObject:
        self.asked.append(cursor)
        if self.status is not None:
            raise SourceError("no", status=self.status)
        start = int(cursor or 0)
        held = [_user(uuid(number)) for number in range(start, min(start + 100, self.members))]
        more = start + 100 < self.members
        return {"results": held, "has_more": more, "next_cursor": str(start + 100) if more else None}

    def user(self, ref: str) -> JsonObject | None:
        self.asked.append(ref)
        return _user(ref) if ref in self.guests else None


def _user(id_: str) -> dict[str, Any]:
    return {"object": "user", "id": id_, "name": f"P {id_[:8]}", "type": "person"}


def test_members_come_in_pages_and_guests_one_by_one() -> None:
    """Every page of members is read, then only those who are not among them; the unknown stay unknown."""
    workspace = _Workspace(250, guests=(uuid(900),))
    found = people(workspace, {uuid(3), uuid(249), uuid(900), uuid(901)})  # type: ignore[arg-type]  # as far as it is asked
    assert found.keys() == {uuid(3), uuid(249), uuid(900)}
    assert workspace.asked == [None, "100", "200", uuid(900), uuid(901)]


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_connection_that_may_not_see_people_goes_without(status: int) -> None:
    """Ids must do; the read goes on."""
    assert people(_Workspace(3, status=status), {uuid(1)}) == {}  # type: ignore[arg-type]  # idem


def test_a_breakdown_is_no_missing_right() -> None:
    """A Notion that is down stops the read."""
    with pytest.raises(SourceError):
        people(_Workspace(3, status=503), {uuid(1)})  # type: ignore[arg-type]  # idem
