"""Notion: databases read live or from their CSV export, and written back column by column."""

from retro.i18n import register

register(__name__)
