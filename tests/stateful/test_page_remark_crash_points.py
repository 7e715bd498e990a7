"""Remarks as comments of pages, which no list shows once a person resolved them: killed at every call, one comment."""

from contextlib import suppress
from typing import Any

import pytest
from tests.memory_board import NOW, PARIS, Fuse
from tests.stateful.test_remark_crash_points import FusedClient, Story

from retro.sandbox.notion import DatabaseBuilder, NotionSandbox
from retro.sync.apply import Applied
from retro.testing.clock import SteppingClock
from retro.testing.ledger import MemoryLedger
from retro_notion.connector import connect
from retro_notion.settings import BoardSettings, SourceSettings


class PageStory(Story):
    """A database of two pages."""

    box: Any
    board: Any

    def keys(self) -> list[str]:
        """See the story of cards."""
        return [f"notion:{self.board.state.pages[id_]['id']}" for id_ in self.board.document["pages"]]

    def connector(self) -> Any:
        """See the story of cards."""
        return connect(
            SourceSettings(token=self.box.token, base_url=self.box.url),
            clock=self.clock,
            zone=PARIS,
            boards=[BoardSettings(at=self.board.url, warnings="comment")],
            pins=self.ledger.pins(),
            marks=self.ledger.marks(),
        )

    def arm(self, connector: Any, fuse: Fuse) -> None:
        """See the story of cards."""
        client = FusedClient(connector._client, fuse)
        connector._client = connector._known._client = connector._pushing._client = client
        connector._known._comments.client = client

    def comments(self) -> list[str]:
        """Every comment, resolved or not, by page."""
        return sorted(each["page"] for each in self.board.state.comments.values())

    def end(self) -> object:
        """What stands on the pages and in the state, ids of comments aside."""
        known = {
            cell: (each.value, each.asked, each.mark.partition(":")[0])
            for cell, each in self.ledger.acknowledged(f"notion:{self.board.source}").items()
        }
        pages = [
            sorted((id_, str(value)) for id_, value in self.board.state.pages[page]["values"].items())
            for page in self.board.document["pages"]
        ]
        return pages, self.comments(), known, self.ledger.pending()


def told(nights: int, killed_at: int, *, resolved: bool) -> tuple[PageStory, bool]:
    """Nights of which the last is killed at a call and then run again; whether it came to be killed."""
    clock = SteppingClock(NOW)
    board = DatabaseBuilder("Contenus", now=clock.now)
    for title in ("Brief", "Texte"):
        board.page(title, status="À faire")
    board.column("Échéance", "date")
    with NotionSandbox(board.state) as box:
        story = PageStory(box, board, clock, "comment", MemoryLedger())  # type: ignore[arg-type]  # pages, not cards
        for night in range(nights - 1):
            story.night(night)
            clock.sleep(86_400)
        if resolved:
            for comment in list(board.state.comments):
                board.state.resolve(comment)
        fuse = Fuse(killed_at, KeyboardInterrupt())
        with suppress(KeyboardInterrupt):
            story.night(nights - 1, fuse)
        clock.sleep(3600)
        story.night(nights - 1)
        clock.sleep(86_400)
        assert story.night(nights - 1) == Applied(), killed_at
        return story, killed_at > 0 and fuse.left <= 0


@pytest.mark.parametrize(("nights", "resolved"), [(1, False), (2, True)])
def test_every_crash_point_ends_alike(nights: int, resolved: bool) -> None:  # noqa: FBT001 - a case of the table
    """Whatever call a run is killed at, the next one ends as an unbroken one would, with one comment a page."""
    unbroken = told(nights, 0, resolved=resolved)[0].end()
    killed, at = True, 0
    while killed:
        at += 1
        story, killed = told(nights, at, resolved=resolved)
        assert story.end() == unbroken, at
        assert len(story.comments()) == 3 - nights
    assert at > 30  # the fuse did go off
