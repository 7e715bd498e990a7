"""`--format github`: workflow commands, which a build on GitHub shows as annotations."""

from retro.model import Assessment, Severity
from retro.report.remarks.rows import place, rows

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(assessment: Assessment, everything: bool) -> str:  # noqa: FBT001 - as every writer takes it
    """One command a line: the code and the rule's name as its title, then board, task and message."""
    return "".join(
        f"::{_COMMANDS[row.finding.severity]} title={_property(f'{row.finding.code} {row.rule}')}"
        f"::{_data(f'{place(row)}: {row.message}')}\n"
        for row in rows(assessment, everything)
    )


def _data(words: str) -> str:
    """What follows the command; rows hold no line breaks."""
    return words.replace("%", "%25")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
