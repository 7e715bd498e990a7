"""Backward planning: a portfolio in, the dates of its tasks and the verdict on its anchors out. Pure."""

from retro.schedule.anchors import anchor_instant, anchors_of
from retro.schedule.margins import margin_of
from retro.schedule.options import ScheduleOptions
from retro.schedule.plan import schedule

__all__ = ["ScheduleOptions", "anchor_instant", "anchors_of", "margin_of", "schedule"]
