"""Retro's own columns under names that people gave them, known again by the stamps of their pages."""

from collections.abc import Iterable, Mapping

from retro.i18n import own_fields
from retro.i18n.stamps import Row, known_by_stamps
from retro.model import How
from retro_notion.comments import REVIEW
from retro_notion.own import TYPES, own_value, own_values
from retro_notion.payload import Page
from retro_notion.reading import BoardReading

_READ_AS = {"date": "latest", "number": "margin", "text": "review"}
"""An own field that a column of each kind is read as, to see what it holds."""


def renamed(pages: Iterable[Page], on: BoardReading, pins: Mapping[str, str]) -> dict[str, str]:
    """The ids of own columns that have neither their id in `pins` nor a name of retro's, by own field.

    One whose id is known and that is not there was deleted. A column that the team uses by name stays the team's,
    whatever it holds: retro may have filled it with the same dates.
    """
    missing = own_fields.KINDS.keys() - on.columns.own.keys() - pins.keys()
    if on.comments is not None:
        missing -= {REVIEW}
    if not missing:
        return {}
    columns = _strangers(on)
    return known_by_stamps((_row(page, on, columns) for page in pages), sorted(missing), on.zone) if columns else {}


def _strangers(on: BoardReading) -> dict[str, str]:
    """The ids of columns that may be retro's, each with the own field it is read as."""
    uses = (*on.columns.uses, *on.columns.estimates)
    team = {use.column.id for use in uses if use.how is not How.ALONE}
    team |= {use.id for use in on.settings.mapping} | {column.id for column in on.columns.own.values()}
    kinds = {TYPES[kind]: own for kind, own in _READ_AS.items()}
    return {each.id: kinds[each.type] for each in on.source.columns if each.type in kinds and each.id not in team}


def _row(page: Page, on: BoardReading, columns: Mapping[str, str]) -> Row:
    own = dict(own_values(page, on.columns.own, on.zone))
    if on.comments is not None and (said := on.comments.of(page.id)) is not None:
        own[REVIEW] = said.text
    held = {id_: own_value(read_as, page.properties.get(id_), on.zone) for id_, read_as in columns.items()}
    return Row(own, {id_: value for id_, value in held.items() if value is not None})
