"""How old the data of the notes is, and which sources failed."""

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import SourceStatus
from retro.report import wording
from retro.report.meeting.notes import Notes
from retro.report.meeting.pen import Pen

_MOST_SOURCES = 3


def data_age(notes: Notes, pen: Pen) -> str:
    """How old the data is: of each source that was not read now, since when; without the hour where all were."""
    zone_name = notes.assessment.zone_name
    stale = [each for each in notes.assessment.portfolio.sources if each.state is not SourceStatus.FRESH]
    if not stale:
        return _("Data read today")
    said = [wording.stale(each, zone_name) for each in stale[:_MOST_SOURCES]]
    if len(stale) > _MOST_SOURCES:
        said.append(plural("{count} more", "{count} more", len(stale) - _MOST_SOURCES))
    old = wording.outdated(stale, notes.assessment.now)
    return pen.words(" · ".join(filter(None, (old, *said))))
