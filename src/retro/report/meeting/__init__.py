"""The notes that a weekly meeting runs on: what is worth saying this time, and the page of Markdown that says it."""

from retro.report.meeting.notes import Notes, notes
from retro.report.meeting.since import Since

__all__ = ["Notes", "Since", "notes"]
