"""Where a board's remarks stand: in a custom field, in one comment of retro's on each card, or in a label."""

from collections.abc import Mapping
from dataclasses import dataclass

from retro.i18n import text as _
from retro.i18n.own_fields import FLAG
from retro_trello.comments import Comments, may_comment
from retro_trello.fields import OwnValue
from retro_trello.labels import REVIEW, ids_on
from retro_trello.payload import Board, Card
from retro_trello.warnings import LABELS_MOST

FIELD, COMMENT, LABEL = "field", "comment", "label"


@dataclass(frozen=True, slots=True)
class Remarks:
    """The place of one board: `comments` where it is a comment; `label` the label's id, "" where there is none yet."""

    place: str = FIELD
    comments: Comments | None = None
    label: str = ""

    def read(self, card: Card, fields: Mapping[str, OwnValue]) -> tuple[dict[str, OwnValue], dict[str, str]]:
        """Retro's own values on a card, and what holds `review`; `fields` are those of its custom fields.

        A field of that name which is left over from another setting is neither the team's nor read.
        """
        own = dict(fields)
        if self.place == FIELD:
            return own, {}
        own.pop(REVIEW, None)
        if self.comments is not None:
            comment = self.comments.of(card.id)
            if comment is None:
                return own, {}
            if comment.text is not None:
                own[REVIEW] = comment.text
            return own, {REVIEW: f"{COMMENT}:{comment.id}"}
        if self.label and self.label in ids_on(card):
            own[REVIEW] = FLAG
            return own, {REVIEW: f"{LABEL}:{self.label}"}
        return own, {}

    def own_fields(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        """The own fields that the board has, by those of its custom fields (id → own field)."""
        there = set(fields.values())
        if self.place != FIELD:
            there.discard(REVIEW)
        if self.place == COMMENT or (self.place == LABEL and self.label):
            there.add(REVIEW)
        return tuple(sorted(there))

    @property
    def own_in(self) -> dict[str, str]:
        """See `retro.model.Board.own_in`."""
        return {} if self.place == FIELD else {REVIEW: self.place}

    def own_cannot(self, board: Board) -> dict[str, str]:
        """See `retro.model.Board.own_cannot`."""
        if self.place == LABEL and not self.label and len(board.labels) >= LABELS_MOST:
            return {
                REVIEW: _(
                    "This board has as many labels as Trello allows: there is no room for retro's, and remarks are not"
                    " written. Delete one that is not used."
                )
            }
        if self.comments is None or may_comment(board.prefs, board.memberships, self.comments.me):
            return {}
        return {
            REVIEW: _(
                "Comments on this board are not open to the account of retro's token: remarks are not written. Open"
                ' them in the board\'s settings, or set `warnings = "label"`.'
            )
        }
