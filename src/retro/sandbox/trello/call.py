"""One authenticated request, as the operations see it: who asks, for what, within which limits."""

from dataclasses import dataclass
from typing import Any

from retro.sandbox.trello import access, refusals
from retro.sandbox.trello.access import Token
from retro.sandbox.trello.history import Hand
from retro.sandbox.trello.limits import Limits
from retro.sandbox.trello.shapes import Document
from retro.sandbox.trello.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An authenticated request. `params` is the query with the JSON body laid over it, as Trello takes them."""

    state: State
    token: Token
    limits: Limits
    query: dict[str, str]
    params: dict[str, Any]

    @property
    def member(self) -> Document:
        """Whose token it is."""
        return self.state.members[self.token.id_member]

    @property
    def hand(self) -> Hand:
        """The token's owner, through an application, now."""
        return self.state.hand(self.token.id_member, app=self.state.app)

    @property
    def fields(self) -> str:
        """The fields that are asked for."""
        return self.query.get("fields", "all")

    def board(self, ref: str, *, write: bool = False) -> Document:
        """A board that the member can see, or change.

        Raises:
            Refusal: there is none, or the member may not.
        """
        on = self.state.board(ref)
        self._check(on, write=write)
        return on

    def card(self, ref: str, *, write: bool = False) -> tuple[Document, Document]:
        """A card, after its board, on a board that the member can see, or change.

        Raises:
            Refusal: there is none, or the member may not.
        """
        on, of = self.state.card(ref)
        self._check(on, write=write)
        return on, of

    def part(self, kind: str, id_: str, *, write: bool = False) -> tuple[Document, Document]:
        """A board and, among its `kind` (lists, labels, customFields, actions), the document of that id.

        Raises:
            Refusal: there is none, or the member may not.
        """
        on, found = self.state.part(kind, id_)
        self._check(on, write=write)
        return on, found

    def _check(self, on: Document, *, write: bool) -> None:
        if not access.may_see(self.member, on):
            raise refusals.forbidden()
        if write:
            access.check_write(self.member, on)
