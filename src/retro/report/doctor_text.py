"""What `retro doctor` found, at the terminal: a heading a topic, a sentence a line, the remedy below it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from retro.i18n import plural
from retro.i18n import text as _
from retro.model.check import Check, Topic, Verdict
from retro.report.terminal import encodable
from retro.report.untrusted import printable

_MARKS = {Verdict.OK: ("✓", "v", "green"), Verdict.REMARK: ("!", "!", "yellow"), Verdict.FAULT: ("✗", "x", "red")}


def draw(checks: Sequence[Check], console: Console, *, everything: bool = True) -> None:
    """Print the checks in the order of their topics; without `everything`, what is in order is only counted."""
    ascii_only = console.options.ascii_only
    width = max(cell_len(_word(verdict)) for verdict in Verdict)
    for topic in Topic:
        mine = [check for check in checks if check.topic is topic and (everything or check.verdict is not Verdict.OK)]
        if mine:
            console.print(encodable(Text(_heading(topic), style="bold"), console))
            for check in mine:
                for line in _lines(check, width, ascii_only=ascii_only):
                    console.print(encodable(line, console), soft_wrap=True)
    console.print(encodable(_summary(checks), console), soft_wrap=True)


def _lines(check: Check, width: int, *, ascii_only: bool) -> Iterator[Text]:
    sign, plain, style = _MARKS[check.verdict]
    word = _word(check.verdict)
    line = Text("  ")
    line.append(f"{plain if ascii_only else sign} {word}{' ' * (width - cell_len(word))}  ", style=style)
    if check.subject:
        line.append(f"{printable(check.subject)}{_(': ')}", style="bold")
    yield line.append(printable(check.said))
    if check.remedy:
        yield Text(f"{' ' * (width + 6)}{'->' if ascii_only else '→'} {printable(check.remedy)}")


def _word(verdict: Verdict) -> str:
    return {Verdict.OK: _("ok"), Verdict.REMARK: _("look"), Verdict.FAULT: _("fault")}[verdict]


def _heading(topic: Topic) -> str:
    return {
        Topic.CONFIGURATION: _("Configuration"),
        Topic.SECRETS: _("Secrets"),
        Topic.SOURCES: _("Sources"),
        Topic.BOARDS: _("Boards"),
        Topic.PROJECTS: _("Projects"),
        Topic.PEOPLE: _("People"),
        Topic.CALENDAR: _("Calendar"),
        Topic.RUNS: _("Runs"),
        Topic.STATE: _("State"),
        Topic.VERSION: _("Version"),
    }[topic]


def _summary(checks: Sequence[Check]) -> Text:
    counts = Counter(check.verdict for check in checks)
    faults, remarks = counts[Verdict.FAULT], counts[Verdict.REMARK]
    said = " · ".join(
        (
            plural("{count} fault", "{count} faults", faults),
            plural("{count} thing to look at", "{count} things to look at", remarks),
            plural("{count} in order", "{count} in order", counts[Verdict.OK]),
        )
    )
    return Text(said, style="red" if faults else "yellow" if remarks else "green")
