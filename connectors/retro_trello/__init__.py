"""Trello: boards read live or from their JSON export, and written back field by field."""

from retro.i18n import register

register(__name__)
