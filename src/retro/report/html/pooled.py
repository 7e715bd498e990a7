"""Buffers in a timeline, where margins are pooled: how long each is, and how much of it is used up."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from retro.i18n import format_days
from retro.i18n import text as _
from retro.model import Assessment, Buffer, Zone
from retro.report.buffer_words import buffer_said
from retro.report.html.timeline import Days, Window, percentage
from retro.report.untrusted import printable

_FARTHEST = 732
"""Days beyond which no buffer reaches."""

_TONES = {Zone.GREEN: "done", Zone.YELLOW: "doing", Zone.RED: "late"}


@dataclass(frozen=True, slots=True)
class Pooled:
    """One buffer as a row: its first and last day, the share that is used up and the colour of what that asks for."""

    first: date
    last: date
    title: str
    words: str
    used: float = 0.0
    tone: str = ""

    def drawn(self, span: Window) -> Markup:
        """The whole of it hatched, and what is used up in its colour."""
        x, days = span.at(self.first), span.after(self.last) - span.share(self.first)
        parts = [f'<rect class="m" x="{x}" width="{percentage(days)}"/>']
        if self.used:
            parts.append(f'<rect class="u {self.tone}" x="{x}" width="{percentage(days * min(self.used, 1))}"/>')
        return Markup(f'<svg role="img"><title>{escape(self.words)}</title>{"".join(parts)}</svg>')  # noqa: S704 - numbers and escaped words


def pooled(assessment: Assessment, project: str) -> list[Pooled]:
    """The anchors' own buffers of a project, each from where its chain is to be over."""
    zone = ZoneInfo(assessment.zone_name)
    names = {anchor.key: printable(anchor.name) for anchor in assessment.schedule.anchors}
    found = []
    for buffer in assessment.schedule.buffers:
        days = _days(buffer, assessment, zone)
        if buffer.feeds or buffer.project != project or days is None:
            continue
        now = buffer.fever
        found.append(
            Pooled(
                *days,
                _("Buffer before “{name}”", name=names.get(buffer.anchor, "")),
                buffer_said(buffer, now, assessment) if now is not None else _length(buffer, assessment),
                now.consumed if now is not None else 0.0,
                _TONES[now.zone] if now is not None else "",
            )
        )
    return found


def feeding(assessment: Assessment) -> dict[str, tuple[Days, str]]:
    """The buffers of chains that feed another one, by the task that such a chain ends with: their days, in words."""
    zone = ZoneInfo(assessment.zone_name)
    return {
        buffer.chain[-1]: (days, _length(buffer, assessment))
        for buffer in assessment.schedule.buffers
        if buffer.feeds and buffer.chain and (days := _days(buffer, assessment, zone)) is not None
    }


def _days(buffer: Buffer, assessment: Assessment, zone: ZoneInfo) -> Days | None:
    """From the first day after its chain to the one on which its working time is over."""
    if buffer.start is None:
        return None
    day = buffer.start.astimezone(zone).date()
    first, left = None, buffer.minutes
    for ahead in range(1, _FARTHEST):
        later = day + timedelta(days=ahead)
        worked = assessment.work_minutes(None, later)
        first = first or (later if worked else None)
        left -= worked
        if first is not None and left <= 0:
            return first, later
    return None


def _length(buffer: Buffer, assessment: Assessment) -> str:
    return _("buffer of {days}", days=format_days(buffer.minutes, assessment.day_minutes))
