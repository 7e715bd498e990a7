"""How the sections of a page share its lines: none is left out for another, and what has no room is counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Item = tuple[str, ...]
"""What stands or falls together: a line, and those below it."""


def _nothing(_left: Sequence[int]) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with items, the most important first, and what closes it however many of them are shown."""

    heading: str
    items: tuple[Item, ...]
    left_out: Callable[[Sequence[int]], str] = _nothing
    """One line that stands for the items of these places; "": they need none."""
    closing: tuple[str, ...] = ()
    least: int = 1
    """Items that are shown in any case."""

    def lines(self, shown: int) -> list[str]:
        """The section with its first items; nothing where it has nothing to say."""
        if not self.items and not self.closing:
            return []
        found = ["", self.heading, *(line for item in self.items[:shown] for line in item)]
        if shown < len(self.items) and (rest := self.left_out(range(shown, len(self.items)))):
            found.append(rest)
        return [*found, *self.closing]


def fitted(head: Sequence[str], sections: Sequence[Section], most: int) -> list[str]:
    """The lines of a page: each section gets an item more in its turn, as long as all have room in `most` lines."""
    shown = [min(section.least, len(section.items)) for section in sections]
    heights = [len(section.lines(count)) for section, count in zip(sections, shown, strict=True)]
    growing = [place for place, section in enumerate(sections) if shown[place] < len(section.items)]
    while growing:
        for place in tuple(growing):
            section, wider = sections[place], shown[place] + 1
            if shown[place] == len(section.items) - 2:
                wider += 1  # the last one takes no more room than the line that would count it
            height = len(section.lines(wider))
            if len(head) + sum(heights) - heights[place] + height > most:
                growing.remove(place)
                continue
            shown[place], heights[place] = wider, height
            if wider >= len(section.items):
                growing.remove(place)
    return [*head, *(line for section, count in zip(sections, shown, strict=True) for line in section.lines(count))]
