"""Retro's label: on the cards that have remarks, off those that have none; the team's labels stay as they are."""

from collections.abc import Iterable
from typing import Any

from retro.i18n.own_fields import own_field_of
from retro_trello.payload import Card, Label

REVIEW = "review"
COLOUR = "orange"


def own_label(labels: Iterable[Label], pinned: str) -> str:
    """The id of retro's label among a board's: the pinned one, else the first of its name; "" where there is none."""
    known = [label for label in labels if label.id]
    if any(label.id == pinned for label in known):
        return pinned
    return next((label.id for label in known if own_field_of(label.name) == REVIEW), "")


def ids_on(card: Card) -> list[str]:
    """The ids of a card's labels, in their order."""
    return list(card.id_labels) or [label.id for label in card.labels if label.id]


def with_own(card: Card, label: str, *, on: bool) -> dict[str, Any]:
    """What of a card changes when retro's label is put on it or taken off: all others stay as they are."""
    ids = [each for each in ids_on(card) if each != label]
    labels = [each for each in card.labels if each.id != label]
    return (
        {"id_labels": [*ids, label], "labels": [*labels, Label(id=label)]}
        if on
        else {"id_labels": ids, "labels": labels}
    )


def of_the_team(card: Card, own: str) -> Card:
    """The card without retro's label, which says nothing of a status, a size or a channel."""
    kept = [label for label in card.labels if (not own or label.id != own) and own_field_of(label.name) != REVIEW]
    ids = [each for each in card.id_labels if each != own]
    if len(kept) == len(card.labels) and len(ids) == len(card.id_labels):
        return card
    return card.model_copy(update={"labels": kept, "id_labels": ids})
