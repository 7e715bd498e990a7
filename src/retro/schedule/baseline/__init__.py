"""Baselines of dates: what a plan's dates are now, and how far they have slipped from what they were. Pure."""

from retro.schedule.baseline.compare import compare
from retro.schedule.baseline.projects import project_ends
from retro.schedule.baseline.taken import set_aside, taken

__all__ = ["compare", "project_ends", "set_aside", "taken"]
