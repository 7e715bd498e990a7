"""Retro's own fields on boards: made, found again, removed; their ids, and which of them are known to be retro's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from retro.i18n.own_fields import KINDS
from retro.i18n.words import fold
from retro.model import Provision
from retro.ports import SourceError
from retro_trello.client import Client
from retro_trello.errors import FORBIDDEN
from retro_trello.fields import definitions
from retro_trello.labels import COLOUR, REVIEW, own_label
from retro_trello.lenient import read_each
from retro_trello.mapping import BoardReading
from retro_trello.payload import CustomField, Label
from retro_trello.remarks import COMMENT, LABEL
from retro_trello.renamed import renamed
from retro_trello.writing import OWN_PREFIX

CREATED, FOUND, REFUSED = "create", "found", "refused"


class OwnFields:
    """The own fields of an account's boards.

    Args:
        client: makes the requests.
        pins: ids that the state holds as made by retro: board key → own field → native id of a field or a label.
    """

    def __init__(self, client: Client, pins: Mapping[str, Mapping[str, str]]) -> None:
        self._client = client
        self._ours = {board: {own: id_ for own, id_ in ids.items() if id_} for board, ids in pins.items()}
        self._pins = {board: dict(ids) for board, ids in self._ours.items()}

    def pins(self, board: str) -> Mapping[str, str]:
        """Ids of the own fields of a board, retro's or found, by own field."""
        return self._pins.get(board, {})

    def known_again(self, on: BoardReading) -> BoardReading:
        """The board with the fields of retro's that people renamed, where the state has lost their ids."""
        pins = self._pins.get(on.key, {})
        found = renamed(on, pins)
        if not found:
            return on
        self._pins[on.key] = {**pins, **found}
        return on.with_fields(on.board.custom_fields, self._pins[on.key])

    def provide(self, on: BoardReading, wanted: Sequence[Provision]) -> tuple[list[Provision], BoardReading]:
        """Give a board own fields, found where there are some; an answer for each, in order, and the board after it."""
        fields = [each for each in wanted if on.remarks.own_in.get(_own(each)) is None]
        answers, after = self._provide_fields(on, fields) if fields else ({}, on)
        for each in wanted:
            place = on.remarks.own_in.get(_own(each))
            if place == LABEL:
                answers[each.field] = self._provide_label(on, each)
                after = after.with_label(answers[each.field].id)
            elif place == COMMENT:
                # Nothing has to be made for comments.
                answers[each.field] = replace(each, action=FOUND, id="")
        return [answers[each.field] for each in wanted], after

    def _provide_fields(
        self, on: BoardReading, wanted: Sequence[Provision]
    ) -> tuple[dict[str, Provision], BoardReading]:
        # Asked anew: another run, or a person, may have made one since the board was pulled.
        fields = read_each(CustomField, self._client.custom_fields(on.board.id))
        pins = self._pins.setdefault(on.key, {})
        answers: dict[str, Provision] = {}
        for each in wanted:
            own = _own(each)
            present = definitions(fields, pins).ids.get(own) or _named(fields, each.name, KINDS[own])
            if present is not None:
                answers[each.field] = replace(each, action=FOUND, id=present)
            elif any(answer.action == REFUSED for answer in answers.values()):
                answers[each.field] = replace(each, action=REFUSED, id="")
            else:
                made = self._made(on, each)
                answers[each.field] = replace(each, action=CREATED if made else REFUSED, id=made.id if made else "")
                fields += [made] if made else []
            if answers[each.field].id:
                pins[own] = answers[each.field].id
        return answers, on.with_fields(fields, pins)

    def _made(self, on: BoardReading, wanted: Provision) -> CustomField | None:
        """A new custom field; None where the board cannot have one (a plan without them, or too many already)."""
        own = _own(wanted)
        try:
            made = CustomField.model_validate(self._client.create_custom_field(on.board.id, wanted.name, KINDS[own]))
        except SourceError as error:
            if error.status == FORBIDDEN:
                return None
            raise
        self._ours.setdefault(on.key, {})[own] = made.id
        return made

    def _provide_label(self, on: BoardReading, wanted: Provision) -> Provision:
        labels = read_each(Label, self._client.labels(on.board.id))
        pins = self._pins.setdefault(on.key, {})
        present = own_label(labels, pins.get(REVIEW, ""))
        if present:
            answer = replace(wanted, action=FOUND, id=present)
        else:
            made = self._client.create_label(on.board.id, wanted.name, COLOUR)
            answer = replace(wanted, action=CREATED, id=str(made.get("id", "")))
            self._ours.setdefault(on.key, {})[REVIEW] = answer.id
        pins[REVIEW] = answer.id
        return answer

    def retract(self, on: BoardReading, fields: Sequence[str]) -> tuple[int, BoardReading]:
        """Remove own fields that are known to be retro's; how many, and the board after it."""
        ours = self._ours.get(on.key, {})
        wanted = {own: ours.pop(own) for field in fields if (own := field.removeprefix(OWN_PREFIX)) in ours}
        gone = sum(self._removed(on, own, id_) for own, id_ in wanted.items())
        pins = {own: id_ for own, id_ in self._pins.get(on.key, {}).items() if own not in wanted}
        self._pins[on.key] = pins
        kept = [field for field in on.board.custom_fields if field.id not in wanted.values()]
        after = on.with_fields(kept, pins)
        return gone, after.with_label("") if after.remarks.label in wanted.values() else after

    def _removed(self, on: BoardReading, own: str, id_: str) -> bool:
        place = on.remarks.own_in.get(own)
        if place == LABEL:
            return on.remarks.label == id_ and self._client.delete_label(id_)
        # Under another setting `review` was a field: what is in it now nobody looked at.
        return place is None and self._client.delete_custom_field(id_)


def _own(each: Provision) -> str:
    return each.field.removeprefix(OWN_PREFIX)


def _named(fields: Iterable[CustomField], name: str, kind: str) -> str | None:
    return next((field.id for field in fields if fold(field.name) == fold(name) and field.type == kind), None)
