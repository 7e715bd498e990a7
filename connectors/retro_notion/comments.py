"""Retro's comment on a page, where remarks are asked for as comments: one, edited in place, known by its id.

Notion lists the comments of open discussions only: one that a person resolved is in no list. So the id that the state
remembers decides, and pages are not asked for their comments when they are read. Only where the state knows nothing
are they looked at: before a first comment, and where retro's own dates show that it has been there before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from retro.i18n import text as _
from retro.i18n.own_fields import STAMP
from retro.ports import ReadOnlyError, SourceError
from retro_notion import paging
from retro_notion.errors import FORBIDDEN, NOT_FOUND, not_notion
from retro_notion.ids import key_of
from retro_notion.payload import Comment
from retro_notion.writing import OWN_PREFIX, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from retro_notion.client import Client

REVIEW = "review"
PLACE = "comment"
REMARK = f"{OWN_PREFIX}{REVIEW}"


@dataclass(frozen=True, slots=True)
class Said:
    """Retro's comment on a page; `text` is None where it was not read."""

    id: str
    text: str | None = None


@dataclass(slots=True)
class Comments:
    """Retro's comments on the pages of one connection, kept up to date as they are written.

    Args:
        client: makes the requests.
        marks: what the state remembers: task key → own field → `comment:<id>`.
    """

    client: Client
    marks: Mapping[str, Mapping[str, str]]
    _by_page: dict[str, Said | None] = field(default_factory=dict[str, Said | None])
    _me: str = ""

    def of(self, page: str) -> Said | None:
        """Retro's comment on a page, as far as it is known."""
        if page in self._by_page:
            return self._by_page[page]
        place, _colon, id_ = self.marks.get(key_of(page), {}).get(REVIEW, "").partition(":")
        return Said(id_) if place == PLACE and id_ else None

    def knows_any(self, pages: Iterable[str]) -> bool:
        """Whether the state remembers a comment on one of these pages."""
        return any(self.of(page) is not None for page in pages)

    def look(self, page: str) -> None:
        """Look for retro's comment on a page of which the state knows none: the oldest of ours that has its stamp."""
        if self.of(page) is not None or page in self._by_page:
            return
        self._me = self._me or _allowed(self.client.me, page)
        mine = [
            each
            for each in _allowed(lambda: paging.comments(self.client, page), page)
            if each.created_by is not None and each.created_by.id == self._me and STAMP.search(each.rich_text)
        ]
        self._by_page[page] = Said(mine[0].id, mine[0].rich_text) if mine else None

    def write(self, page: str, text: str) -> None:
        """Write retro's comment on a page in one request, or take it away ("" says nothing).

        Raises:
            ReadOnlyError: the connection may not comment.
            WriteUncertainError: it is not known what became of it.
        """
        self.look(page)
        there = self.of(page)
        if not text:
            if there is not None:
                _allowed(lambda: self._gone(there.id), page)
            self._by_page[page] = None
            return
        if there is not None and _allowed(lambda: self._changed(there.id, text), page):
            self._by_page[page] = Said(there.id, text)
            return
        made = Comment.model_validate(_allowed(lambda: self.client.create_comment(page, runs(text)), page) or {})
        if not made.id:
            raise not_notion(page, writing=True)
        self._by_page[page] = Said(made.id, text)

    def remove_known(self, pages: Iterable[str]) -> int:
        """Remove the comments that the state holds as made by retro, and no other; how many."""
        held = [(page, said) for page in pages if (said := self.of(page)) is not None]
        known = [(page, said) for page, said in held if said.id in self._remembered(page)]
        for page, said in known:
            self._gone(said.id)
            self._by_page[page] = None
        return len(known)

    def _remembered(self, page: str) -> str:
        return self.marks.get(key_of(page), {}).get(REVIEW, "")

    def _changed(self, id_: str, text: str) -> bool:
        """Whether the comment is there to be changed; one that a person deleted is not."""
        return _there(lambda: self.client.update_comment(id_, runs(text)))

    def _gone(self, id_: str) -> bool:
        return _there(lambda: self.client.delete_comment(id_))


T = TypeVar("T")


def _there(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except SourceError as error:
        if error.status != NOT_FOUND:
            raise
        return False
    return True


def _allowed(ask: Callable[[], T], page: str) -> T:
    """What is asked for; a refusal told in words of comments."""
    try:
        return ask()
    except (ReadOnlyError, SourceError) as error:
        if isinstance(error, SourceError) and error.status != FORBIDDEN:
            raise
    raise ReadOnlyError(
        _("this Notion connection may not comment."),
        where=page,
        remedy=_(
            'Tick "Read comments" and "Insert comments" among its capabilities, or set `warnings = "field"` for the'
            " board."
        ),
    )
