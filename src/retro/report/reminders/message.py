"""The blocks as messages for a channel, in Markdown, and as JSON for whatever writes to each person."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import Assessment
from retro.report.chat.message import Line, Message, Run, marked
from retro.report.document import dumps, head, instant
from retro.report.reminders.block import Block
from retro.report.untrusted import inline_markdown, printable
from retro.report.wording import outdated, shortened

MOST_LINES = 40
"""Of one message."""
MOST_BYTES = 20_000
"""Of one message, as its lines weigh in either vendor's JSON: Teams takes 28 kB."""
_RUN, _LINE = 120, 80
"""Bytes around a run that leads somewhere, and around a line."""


def title(meeting: datetime) -> str:
    """What the reminders are for."""
    return _(
        "Before the meeting of {date} at {time}", date=format_date(meeting, Style.WEEKDAY), time=f"{meeting:%H:%M}"
    )


def messages(blocks: Sequence[Block], meeting: datetime, assessment: Assessment) -> tuple[Message, ...]:
    """As few messages as the blocks fit into; a block is never parted. Data of days ago is told of in the last one."""
    found: list[list[Line]] = []
    size = 0
    for lines in (list(_named(block)) for block in blocks):
        weight = sum(map(_weight, lines))
        if not found or len(found[-1]) + len(lines) > MOST_LINES or size + weight > MOST_BYTES:
            found.append([])
            size = 0
        found[-1] += lines
        size += weight
    if found and (old := outdated(assessment.portfolio.sources, assessment.now)):
        found[-1].append((Run(old),))
    return tuple(Message(title=title(meeting), lines=tuple(lines)) for lines in found)


def written(blocks: Sequence[Block], meeting: datetime, assessment: Assessment, file: Path | None) -> str:
    """The reminders as the ending of a file asks for them: JSON, else Markdown."""
    if file is not None and file.suffix.lower() == ".json":
        return dumps(document(blocks, meeting, assessment))
    return markdown(blocks, meeting, assessment)


def markdown(blocks: Sequence[Block], meeting: datetime, assessment: Assessment) -> str:
    """A heading for each person."""
    lines = [f"# {title(meeting)}"]
    if old := outdated(assessment.portfolio.sources, assessment.now):
        lines += ["", f"*{old}*"]
    for block in blocks:
        lines += ["", f"## {inline_markdown(_name(block))}", *(f"- {marked(line)}" for line in block.lines)]
    return "\n".join(lines) + "\n"


def document(blocks: Sequence[Block], meeting: datetime, assessment: Assessment) -> dict[str, Any]:
    """Each person with their words and runs; `email` is null where no board tells it."""
    return {
        **head(assessment.now, assessment.zone_name, assessment.lang),
        "meeting": instant(meeting, assessment.zone_name),
        "title": title(meeting),
        "people": [_person(block) for block in blocks],
    }


def _person(block: Block) -> dict[str, Any]:
    return {
        "key": block.owner.key,
        "name": block.owner.name,
        "email": block.owner.email,
        "text": "\n".join("".join(map(_spelt, line)) for line in block.lines),
        "lines": [[{"text": run.words, "bold": run.bold, "url": run.url} for run in line] for line in block.lines],
    }


def _spelt(run: Run) -> str:
    """Words, and where they lead behind them."""
    return run.words if run.url is None else f"{run.words} {run.url}"


def _named(block: Block) -> Iterator[Line]:
    yield (Run(_name(block), bold=True),)
    yield from block.lines


def _name(block: Block) -> str:
    return shortened(printable(block.owner.name) or block.owner.key)


def _weight(line: Line) -> int:
    return _LINE + sum(_RUN + len(run.words.encode("utf-8", "replace")) + len(run.url or "") for run in line)
