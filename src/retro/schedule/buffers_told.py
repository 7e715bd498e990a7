"""What is said of pooled margins: nodes turned into tasks and instants, and how each anchor's buffer stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from retro.model import AnchorVerdict, Buffer
from retro.schedule.chains import Laid
from retro.schedule.fever import point
from retro.schedule.passed import Passed


def buffers_told(passed: Passed, verdicts: Sequence[AnchorVerdict], now: datetime) -> tuple[Buffer, ...]:
    """Every buffer, anchors' own first; `verdicts` are those of the anchors, by number."""
    return tuple(_buffer(passed, laid, verdicts[laid.anchor], now) for laid in passed.advised.buffers)


def _buffer(passed: Passed, laid: Laid, anchor: AnchorVerdict, now: datetime) -> Buffer:
    network, advised = passed.network, passed.advised
    calendar = network.calendars[laid.last]
    over = calendar.finish_wall(advised.late.finish[laid.last])
    own = not laid.feeds and anchor.slack_minutes is not None
    return Buffer(
        anchor=anchor.key,
        project=anchor.project,
        chain=tuple(_names(passed, laid.nodes)),
        done=tuple(_names(passed, laid.done)),
        minutes=laid.minutes,
        chain_minutes=laid.whole,
        left_minutes=laid.left,
        feeds=laid.feeds,
        joins=None if laid.joins is None else network.names[laid.joins],
        start=calendar.instant(over) if calendar.holds(over) else None,
        fever=point(now, whole=laid.whole, left=laid.left, buffer=laid.minutes, slack=anchor.slack_minutes or 0)
        if own
        else None,
    )


def _names(passed: Passed, nodes: Sequence[int]) -> Iterator[str]:
    """The tasks among some nodes, by key."""
    return (task.key for node in nodes if (task := passed.network.tasks[node]) is not None)
