"""A feed as text: its head, and its entries with their stamps, by day."""

from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Calendar

from retro.model import Assessment
from retro.report.ics.events import events
from retro.report.ics.facts import Facts
from retro.report.ics.revisions import remembered, revised, stamped
from retro.report.ics.todos import todos

_REFRESH = timedelta(hours=6)
"""How often calendars that ask are told to look again: the plan is made each night."""
_END = "END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Feed:
    """The whole file, and how many entries it has."""

    text: str
    entries: int


def feed(
    assessment: Assessment, *, name: str, lang: str, owner: bool = False, for_tools: bool = False, previous: str = ""
) -> Feed:
    """The feed of an assessment.

    Args:
        assessment: what is given out, that part of it alone.
        name: what calendars call it.
        lang: the workspace's language.
        owner: whether all of it is one person's: titles then leave the person out.
        for_tools: VTODOs with links and progress, instead of events.
        previous: the text of the file that is written again, "" where there is none: what did not change keeps its
            stamps.
    """
    facts = Facts(assessment, lang)
    entries = sorted(
        todos(facts) if for_tools else events(facts, owner=owner), key=lambda each: (each.day or date.max, each.uid)
    )
    known = remembered(previous)
    bodies = (stamped(revised(each.uid, each.body, each.edited, assessment.now, known)) for each in entries)
    head = _head(name, lang).removesuffix(_END)
    return Feed("".join([head, *bodies, _END]), len(entries))


def _head(name: str, lang: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", f"-//retro//retroplan//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    written: bytes = calendar.to_ical()
    return written.decode()
