"""A launch that someone moved into the past: every date of its project would follow it there."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import Guard


def moved_into_the_past(
    board: str, before: Mapping[str, date] | None, now: Mapping[str, date], names: Mapping[str, str], today: date
) -> Iterator[Guard]:
    """Hold a board one of whose anchors was moved from a day that is still to come, or today, to one that is over.

    `before` and `now` are the days of its anchors by key, as the last run that was not held knew them (None: it did
    not say) and as they stand; `names` what they are called. An anchor that time passed by, one that was over before
    it was moved, and one that is new hold nothing; nor does one whose old day is another's now: they changed places.
    """
    gone = Counter((before or {}).values()) - Counter(now.values())
    for key, day in now.items():
        old = (before or {}).get(key)
        if old is not None and day < today <= old and gone[old]:
            reason = _(
                "The date of “{anchor}” is now {day}, which is past; it was {old}. Was it moved there on purpose?",
                anchor=names.get(key, key),
                day=format_date(day, Style.LONG),
                old=format_date(old, Style.LONG),
            )
            yield Guard(board=board, reason=reason)
