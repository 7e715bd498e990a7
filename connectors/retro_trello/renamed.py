"""Retro's own custom fields under names that people gave them, known again by the stamps of their cards."""

from collections.abc import Mapping

from retro.i18n.own_fields import KINDS
from retro.i18n.stamps import Row, known_by_stamps
from retro_trello.fields import own_value, uses
from retro_trello.labels import REVIEW
from retro_trello.mapping import BoardReading, own_of
from retro_trello.payload import Card

_READ_AS = {"date": "latest", "number": "margin", "text": REVIEW}
"""An own field that a custom field of each kind is read as, to see what it holds."""


def renamed(on: BoardReading, pins: Mapping[str, str]) -> dict[str, str]:
    """The ids of own fields that have neither their id in `pins` nor a name of retro's, by own field.

    One whose id is known and that is not there was deleted. A field that the team uses by its name stays the team's,
    whatever it holds.
    """
    missing = KINDS.keys() - on.fields.ids.keys() - pins.keys() - on.remarks.own_in.keys()
    team = {use.id for use in uses(on.fields.team.values())}
    fields = {id_: _READ_AS[each.type] for id_, each in on.fields.team.items() if each.type in _READ_AS}
    strangers = {id_: read_as for id_, read_as in fields.items() if id_ not in team}
    if not missing or not strangers:
        return {}
    return known_by_stamps((_row(card, on, strangers) for card in on.board.cards), sorted(missing), on.zone)


def _row(card: Card, on: BoardReading, fields: Mapping[str, str]) -> Row:
    items = {item.id_custom_field: item for item in card.custom_field_items}
    held = {id_: own_value(own, items[id_], on.zone) for id_, own in fields.items() if id_ in items}
    return Row(own_of(card, on)[0], {id_: value for id_, value in held.items() if value is not None})
