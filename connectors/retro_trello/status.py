"""Statuses: what a card's list, labels and tick mean for the plan."""

from collections.abc import Sequence

from retro.i18n.words import category_of, category_of_label
from retro.model import Category, Status, StatusOrigin
from retro_trello.settings import BoardSettings


def section_status(name: str, settings: BoardSettings) -> Status:
    """The status that a list gives the cards in it; an unknown list counts as todo, and says that this is assumed."""
    return _status(name, settings.category(name) or category_of(name))


def _status(name: str, category: Category | None) -> Status:
    if category is None:
        return Status(name or None, Category.TODO, StatusOrigin.INFERRED)
    return Status(name, category, StatusOrigin.MAPPED)


def card_status(section: str, labels: Sequence[str], settings: BoardSettings, *, complete: bool) -> Status:
    """The status of a card.

    In this order: a label that the configuration names (it says more of the card than its list), the list by the
    configuration or the word lists, else the labels that the word lists know, where they agree. A card ticked as
    complete is done whatever its list says, unless that is cancelled.
    """
    named = next((label for label in labels if settings.category(label) is not None), None)
    if named is not None:
        found = section_status(named, settings)
    else:
        found = section_status(section, settings)
        if found.origin is StatusOrigin.INFERRED:
            known = {label: category for label in labels if (category := category_of_label(label)) is not None}
            found = _status(*next(iter(known.items()))) if len(set(known.values())) == 1 else found
    if complete and found.category is not Category.CANCELLED:
        return Status(found.raw, Category.DONE, StatusOrigin.NATIVE)
    return found
