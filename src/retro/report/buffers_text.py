"""The buffer before an anchor at the terminal, in the colour of what it asks for."""

from collections.abc import Iterator

from rich.text import Text

from retro.model import AnchorVerdict, Assessment, Zone
from retro.report.buffer_words import buffer_said

_STYLES = {Zone.GREEN: "green", Zone.YELLOW: "yellow", Zone.RED: "red"}


def buffer_lines(anchor: AnchorVerdict, assessment: Assessment) -> Iterator[Text]:
    """A line on the anchor's own buffer, where margins are pooled."""
    for buffer in assessment.schedule.buffers:
        if buffer.anchor == anchor.key and buffer.fever is not None:
            yield Text(buffer_said(buffer, buffer.fever, assessment), style=_STYLES[buffer.fever.zone])
