"""What stands on a card and cannot be read as what it should be: kept as words, for a person to put right."""

from collections.abc import Iterable, Iterator, Mapping

from retro.i18n.words import estimate_heading
from retro.model import Unreadable
from retro_trello.fields import number_value, raw_value, text_value
from retro_trello.lenient import instant, words
from retro_trello.payload import Card, Checklist, CustomField, CustomFieldItem


def unread_values(
    card: Card, checklists: Iterable[Checklist], fields: Mapping[str, CustomField]
) -> tuple[Unreadable, ...]:
    """All of them, in the model's words for a card's own fields and in the board's for the rest.

    `fields` are the definitions of the board's custom fields by id; values of fields that are gone say nothing.
    """
    return tuple(Unreadable(field, text) for field, text in _said(card, checklists, fields) if text)


def _said(card: Card, checklists: Iterable[Checklist], fields: Mapping[str, CustomField]) -> Iterator[tuple[str, str]]:
    yield "title", card.no_name
    yield "description", card.no_desc
    yield "owners", card.no_id_members
    yield "start", card.no_start
    yield "due", card.no_due
    yield "completed", card.no_date_completed
    for checklist in checklists:
        for item in checklist.check_items:
            yield item.name or checklist.name, item.no_due
    for value in card.custom_field_items:
        field = fields.get(value.id_custom_field)
        if field is not None:
            sized = field.type == "number" and estimate_heading(field.name) is not None
            yield "estimate" if sized else field.name, _unread(field, value)


def _unread(field: CustomField, item: CustomFieldItem) -> str:
    """The words of a custom field's value that is not of the field's kind; "" where it is, or is empty."""
    raw = raw_value(item)
    if item.no_value or raw is None:
        return item.no_value
    if field.type == "number":
        readable = number_value(item) is not None
    elif field.type == "date":
        readable = instant((item.value or {}).get("date")) is not None
    else:
        readable = bool(text_value(field, item))
    return "" if readable else words(raw)
