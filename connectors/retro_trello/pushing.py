"""Carry the write of one card out: what its board can hold is checked, then a request for each kind of thing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta, tzinfo
from typing import TypeVar

from retro.http.second_look import Stands, half_written, watched
from retro.i18n import text as _
from retro.i18n.own_fields import FLAG
from retro.model import Task, Write
from retro.ports import (
    ConfigurationError,
    OwnFieldsRefusedError,
    ReadOnlyError,
    RetroError,
    SourceError,
    StaleRevisionError,
    WriteUncertainError,
)
from retro_trello import comments, mapping, writing
from retro_trello.capabilities import TEAM_FIELDS
from retro_trello.client import Client, JsonObject
from retro_trello.errors import FORBIDDEN, INVALID, NOT_TAKEN
from retro_trello.fields import OwnValue
from retro_trello.labels import REVIEW, ids_on, with_own
from retro_trello.mapping import BoardReading
from retro_trello.payload import Card
from retro_trello.remarks import COMMENT, LABEL
from retro_trello.revision import revision
from retro_trello.writing import OWN_PREFIX

_SECOND = timedelta(seconds=1)

T = TypeVar("T")


def check(write: Write, on: BoardReading) -> None:
    """Raise ConfigurationError, ReadOnlyError or SourceError where a board has not, or retro never writes, a field."""
    for name, value in write.fields:
        own = name.removeprefix(OWN_PREFIX)
        if own != name and own not in on.remarks.own_fields(on.fields.own):
            raise ConfigurationError(
                _("the board has no field for {field} yet.", field=name),
                where=on.board.name,
                remedy=_("Run `retro plan`: it shows the fields that are to be made first."),
            )
        if own == name and name not in TEAM_FIELDS:
            raise ReadOnlyError(_("retro does not write the field {field} on Trello.", field=name), where=write.task)
        if name == "section" and value not in writing.lists_by_name(on.lists.values()):
            raise SourceError(
                _("the board has no list, or several, called “{name}”.", name=value),
                where=write.task,
                remedy=_("Move the card in Trello."),
                status=INVALID,
            )


class Pushing:
    """The write of one card under way; `card` is the card as it then is.

    Args:
        client: makes the requests.
        card: the card as it was last read.
        on: its board.
        zone: the workspace's.
        reread: reads the card again, where an answer does not tell what it holds.
    """

    def __init__(
        self, client: Client, card: Card, on: BoardReading, zone: tzinfo, reread: Callable[[], Card | None]
    ) -> None:
        self.card = card
        self._client = client
        self._on = on
        self._zone = zone
        self._reread = reread
        self._begun = False
        self._moved = False
        """Whether somebody was at the card during a wait, after which a part of the write was found to stand."""

    def put(self, write: Write) -> None:
        """Write retro's fields, then its comment or label, then the team's fields, those needed only.

        The team's come last: their answer is the card with the time of all that was written. Raises
        OwnFieldsRefusedError, with nothing written, where the board takes no values in fields of retro's own, and
        StaleRevisionError where somebody changed the card during a wait; any other error after a part was written
        comes as WriteUncertainError.
        """
        fields = dict(write.fields)
        review = f"{OWN_PREFIX}{REVIEW}"
        place = self._on.remarks.own_in.get(REVIEW) if review in fields else None
        remark = fields.pop(review) if place is not None else None
        try:
            self._put_own(fields)
            if place == COMMENT:
                self._put_comment(remark)
            elif place == LABEL:
                self._put_label(remark)
            self._put_team(fields)
        except StaleRevisionError as error:
            raise half_written(error.task) if self._begun else error from None
        except (SourceError, ReadOnlyError) as error:
            raise _half_done(error) if self._begun else error from None

    def _sent(self, fields: Mapping[str, OwnValue], send: Callable[[], T]) -> T | Stands:
        """The answer to a request that writes these fields; where a look showed them, the card is noted."""
        before, now = mapping.task_of(self.card, self._on), None
        if self._moved:
            raise StaleRevisionError(before.key)

        def read() -> Task | None:
            nonlocal now
            now = self._reread()
            return None if now is None else mapping.task_of(now, self._on)

        answer = watched(self._client, send, fields=fields, before=before, read=read, zone=self._zone)
        if isinstance(answer, Stands):
            self._begun, self.card = True, now or self.card
            self._moved = _without(answer.task, fields, before) != before.revision
        return answer

    def _put_own(self, fields: dict[str, OwnValue]) -> None:
        items = writing.own_items(fields, self._on.fields.ids, self._zone)
        if not items:
            return
        own = {name: value for name, value in fields.items() if name.startswith(OWN_PREFIX)}
        try:
            answer = self._sent(own, lambda: self._client.update_custom_fields(self.card.id, items))
        except SourceError as error:
            if error.status != FORBIDDEN:
                raise
            raise OwnFieldsRefusedError(error.what, tuple(own), where=error.where) from None
        if isinstance(answer, Stands):
            return
        after = writing.items_after(self.card.custom_field_items, items, answer)
        if after is None:
            self._begun = True
            self.card = self._reread() or self.card
        else:
            self._touched({"custom_field_items": after})

    def _put_comment(self, remark: OwnValue) -> None:
        ours = self._on.remarks.comments
        if ours is None:
            return
        sent = self._sent(
            {f"{OWN_PREFIX}{REVIEW}": remark}, lambda: comments.write(self._client, ours, self.card.id, remark)
        )
        if not isinstance(sent, Stands):
            self._touched({})

    def _put_label(self, remark: OwnValue) -> None:
        """By itself, never with the card's whole list: what others put on the card meanwhile stays there."""
        label, on = self._on.remarks.label, bool(remark)
        if (label in ids_on(self.card)) is on:
            return
        send = self._client.put_label if on else self._client.take_label
        flag = FLAG if on else None
        try:
            sent = self._sent({f"{OWN_PREFIX}{REVIEW}": flag}, lambda: send(self.card.id, label))
        except SourceError as error:
            if error.status not in NOT_TAKEN:
                raise
            # It is there already, or gone: somebody was faster.
            self.card = self._reread() or self.card
        else:
            if not isinstance(sent, Stands):
                self._touched(with_own(self.card, label, on=on))

    def _put_team(self, fields: Mapping[str, OwnValue]) -> None:
        lists = writing.lists_by_name(self._on.lists.values())
        body = writing.card_body(fields, self.card, self._zone, lists)
        if not body:
            return
        team = {name: value for name, value in fields.items() if name in TEAM_FIELDS}
        answer = self._sent(team, lambda: self._client.update_card(self.card.id, body))
        if not isinstance(answer, Stands):
            self.card = _answered(answer, self.card)

    def _touched(self, update: JsonObject) -> None:
        """Note what was written, and when: by Trello's clock, which dates the card and may not agree with ours."""
        self._begun = True
        # An answer is dated in whole seconds; the card to the millisecond.
        at = self._client.answered
        times = [each for each in (at and at + _SECOND, self.card.date_last_activity) if each is not None]
        self.card = self.card.model_copy(update={**update, "date_last_activity": max(times, default=None)})


def _answered(document: JsonObject, known: Card) -> Card:
    """The card that a write's answer shows; what it leaves out stays as it was known."""
    told = Card.model_validate({**document, "id": known.id})
    kept = {name: getattr(known, name) for name in Card.model_fields if name not in told.model_fields_set}
    return told.model_copy(update=kept)


def _without(task: Task, fields: Iterable[str], before: Task) -> str:
    """The revision of a card as though these fields of retro's own had stayed as they were before."""
    ours = {name.removeprefix(OWN_PREFIX) for name in fields}
    own = {name: value for name, value in task.own.items() if name not in ours}
    return revision(replace(task, own=own | {name: value for name, value in before.own.items() if name in ours}))


def _half_done(error: RetroError) -> WriteUncertainError:
    """A part was written, the rest was not: whoever settles it has to look."""
    return WriteUncertainError(error.what, where=error.where, remedy=error.remedy)
