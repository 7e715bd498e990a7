"""What stands in the way of a schedule: circles of tasks, links that lead nowhere, margins that did not settle.

A spoilt plan may have thousands of each: the first ones are named, the rest is counted.
"""

from collections.abc import Iterable, Iterator, Mapping

from rich.text import Text

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Assessment, Task, UnresolvedLink
from retro.report import wording
from retro.report.untrusted import printable

_CYCLES = 10
_NAMES = 10
"""Tasks of one cycle."""
_LINKS = 3


def hindrances(assessment: Assessment, tasks: Mapping[str, Task]) -> Iterator[Text]:
    """A line each; none where nothing is in the way. `tasks` are those of the portfolio by key."""
    schedule = assessment.schedule
    for cycle in schedule.cycles[:_CYCLES]:
        yield Text(_cycle([key for key in cycle if key in tasks], tasks), style="red")
    if more := len(schedule.cycles[_CYCLES:]):
        yield Text(plural("… and {count} more such circle", "… and {count} more such circles", more), style="red")
    if schedule.unresolved:
        yield Text(_nowhere(schedule.unresolved, tasks), "yellow")
    if not schedule.settled:
        yield Text(
            _("Margins had not settled after {count} rounds: advised dates are near, not exact.", count=schedule.rounds)
        )
    if not schedule.tasks:
        yield Text(_("Nothing to schedule."))


def _cycle(keys: list[str], tasks: Mapping[str, Task]) -> str:
    if len(keys) == 1:
        return _("This task waits for itself: {task}", task=wording.short_title(tasks[keys[0]]))
    shown = keys[:_NAMES] if len(keys) > _NAMES else [*keys, *keys[:1]]
    names = " → ".join(wording.short_title(tasks[key]) for key in shown)
    if more := len(keys[_NAMES:]):
        names += " → " + plural("… and {count} more", "… and {count} more", more)
    return _("These tasks wait for each other: {tasks}", tasks=names)


def _nowhere(links: Iterable[UnresolvedLink], tasks: Mapping[str, Task]) -> str:
    found = list(links)
    said = plural("{count} link leads to no known task", "{count} links lead to no known task", len(found))
    names = [
        f"{wording.short_title(tasks[link.task])} → {wording.shortened(printable(link.text))}"
        for link in found[:_LINKS]
        if link.task in tasks
    ]
    return said + (_(": ") + ", ".join(names) if names else "") + (", …" if len(found) > _LINKS else "")
