"""Backward planning: a portfolio in, the dates of its tasks and the verdict on its anchors out. Pure."""

from retro.schedule.anchors import anchor_instant, anchors_of
from retro.schedule.levelling.pools import Levelling, Pool
from retro.schedule.margins import margin_of
from retro.schedule.options import ScheduleOptions
from retro.schedule.plan import both, chances, schedule

__all__ = [
    "Levelling",
    "Pool",
    "ScheduleOptions",
    "anchor_instant",
    "anchors_of",
    "both",
    "chances",
    "margin_of",
    "schedule",
]
