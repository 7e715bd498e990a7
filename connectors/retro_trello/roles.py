"""What a card is for: work, or a template, a separator, a mirror, a link, a piece of information."""

from retro.i18n.words import informative_section, informative_title, separator_title
from retro.model import Role
from retro_trello.payload import Card
from retro_trello.settings import BoardSettings

_ROLES = {"separator": Role.SEPARATOR, "mirror": Role.MIRROR, "link": Role.LINK, "board": Role.LINK}
"""Trello's own card roles; a card that stands for a board is a link to it."""


def card_role(card: Card, section: str, settings: BoardSettings) -> Role:
    """The role of a card: Trello's word first, then its title, then its list unless the configuration maps that."""
    if card.is_template:
        return Role.TEMPLATE
    if (told := _ROLES.get(card.card_role or "")) is not None:
        return told
    if card.mirror_source_id:
        return Role.MIRROR
    if separator_title(card.name):
        return Role.SEPARATOR
    if informative_title(card.name):
        return Role.INFORMATIVE
    return Role.INFORMATIVE if settings.category(section) is None and informative_section(section) else Role.TASK
