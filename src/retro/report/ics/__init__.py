"""iCalendar files (RFC 5545): a feed of days for people's calendars, and tasks with their links for other tools."""

from retro.report.ics.feed import Feed, feed

__all__ = ["Feed", "feed"]
