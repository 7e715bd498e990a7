"""What the message says: the notes of a meeting in ten lines, each of runs of text, bold or not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import SourceStatus
from retro.report import wording
from retro.report.meeting.age import data_age
from retro.report.meeting.asking import asked
from retro.report.meeting.changed import counted, heading
from retro.report.meeting.notes import Notes
from retro.report.meeting.pen import PLAIN, linked
from retro.report.meeting.verdicts import facts, summed
from retro.report.outlook import Prospect
from retro.report.untrusted import inline_markdown, printable
from retro.report.worklists import Dated

MOST_LINES = 10
"""With the title."""
LONGEST = 500
"""Characters of a line: so many of them, however they are escaped, are within what either vendor takes."""
_LONGEST_HEADLINE = 100
_MOST_PROJECTS = 3
_MOST_TASKS = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line, as they are: markup of no kind."""

    words: str
    bold: bool = False
    url: str | None = None
    """Where the words lead; None: nowhere, whatever they look like."""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A title and the lines below it."""

    title: str
    lines: tuple[Line, ...]

    @property
    def plain(self) -> str:
        """The lines as text alone, without the title."""
        return "\n".join("".join(run.words for run in line) for line in self.lines)

    @property
    def markdown(self) -> str:
        """All of it in Markdown, in which no words of a board are markup."""
        lines = map(marked, self.lines)
        return "\n".join([f"# {inline_markdown(self.title)}", "", *(f"- {line}" for line in lines)]) + "\n"


def message(notes: Notes) -> Message:
    """Say it in the current language."""
    meeting = _("Meeting of {date}", date=format_date(notes.today, Style.LONG))
    return Message(
        title=f"{meeting} · {wording.shortened(printable(wording.headline(notes.outlooks)), _LONGEST_HEADLINE)}",
        lines=tuple(_cut(line) for line in _lines(notes)),
    )


def _lines(notes: Notes) -> Iterator[Line]:
    yield from _projects(notes)
    if notes.questions:
        said = asked(notes.questions[0], PLAIN, today=notes.today, day_minutes=notes.assessment.day_minutes)
        yield _labelled(_("To decide today"), [said, *_more(len(notes.questions) - 1)])
    if notes.late:
        yield _labelled(_("Late"), _tasks(notes.late, notes.today))
    elif before := len(notes.late_before):
        yield _labelled(_("Late"), [plural("{count} already told, no worse", "{count} already told, no worse", before)])
    if notes.due:
        name = _("Next week") if notes.week > notes.today else _("This week")
        yield _labelled(name, _tasks(notes.due, notes.today))
    if changes := list(counted(notes, PLAIN)):
        yield _labelled(heading(notes), changes)
    if any(each.state is not SourceStatus.FRESH for each in notes.assessment.portfolio.sources):
        yield (Run(data_age(notes, PLAIN)),)


def _projects(notes: Notes) -> Iterator[Line]:
    """Those in trouble, worst first, a line each; the others in one."""
    shown = [each for each in notes.outlooks if each.prospect in (Prospect.MISSED, Prospect.TIGHT)][:_MOST_PROJECTS]
    left = [each for each in notes.outlooks if each not in shown]
    for each in shown:
        yield _labelled(PLAIN.title(each.project.name), facts(each, notes))
    if left and (shown or len(left) > 1):
        yield (Run(" · ".join(summed(left, PLAIN))),)
    elif left:
        yield _labelled(PLAIN.title(left[0].project.name), facts(left[0], notes))


def _tasks(found: Sequence[Dated], today: date) -> list[str]:
    said = [
        f"{PLAIN.title(each.task.title)} ({PLAIN.owners(each.task)}, {wording.when(each.day, today)})"
        for each in found[:_MOST_TASKS]
    ]
    return [*said, *_more(len(found) - len(said))]


def _more(count: int) -> list[str]:
    return [plural("{count} more", "{count} more", count)] if count > 0 else []


def _labelled(label: str, facts_: Sequence[str]) -> Line:
    return (Run(label, bold=True), Run(f" · {' · '.join(facts_)}"))


def _cut(line: Line) -> Line:
    """The line within its length."""
    room, kept = LONGEST, list[Run]()
    for run in line:
        if room > 0:
            kept.append(replace(run, words=wording.shortened(run.words, room)))
            room -= len(kept[-1].words)
    return tuple(kept)


def marked(line: Line) -> str:
    """A line in Markdown: the blanks around words stay, for other words stand beside them."""
    return "".join(map(_marked, line))


def _marked(run: Run) -> str:
    core = run.words.strip()
    words = inline_markdown(core)
    if run.url is not None:
        words = linked(words, run.url)
    before, _core, after = run.words.partition(core) if core else (run.words, "", "")
    return f"{before}{f'**{words}**' if run.bold and words else words}{after}"
