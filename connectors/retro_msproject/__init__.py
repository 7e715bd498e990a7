"""Microsoft Project's XML (MSPDI): plans with their links, constraints, calendars and people. Read, never written."""

from retro.i18n import register

register(__name__)
