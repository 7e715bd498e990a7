"""`retro log` at the terminal: the latest runs, or what was written, when, why, and from what to what."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from rich.console import Console
from rich.text import Text

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.ports import Intent, RunRecord
from retro.report.plan_text import field_name, reason, said
from retro.report.terminal import linked, put
from retro.report.untrusted import printable


def draw_runs(runs: Sequence[tuple[RunRecord, int]], console: Console, zone: tzinfo) -> None:
    """Print runs, newest first, each with the number of fields that it wrote; `zone` is the workspace's."""
    if not runs:
        put(console, [Text(_("No run has written anything yet."))])
        return
    width = max(len(_command(run)) for run, _writes in runs)
    put(console, (_run(run, writes, zone, width) for run, writes in runs))


def draw_changes(
    intents: Sequence[Intent], console: Console, zone: tzinfo, boards: Mapping[str, str], *, whole: bool = False
) -> None:
    """Print journalled changes, task by task and oldest first; `whole` folds long lines instead of cutting them.

    `boards` gives names by key; one that is not known is shown by its key.
    """
    if not intents:
        put(console, [Text(_("Nothing was written there."))])
        return
    by_task: dict[str, list[Intent]] = {}
    for intent in intents:
        by_task.setdefault(intent.change.task, []).append(intent)
    for group in by_task.values():
        last = group[-1].change
        title = linked(last.title or last.task, last.url, style="bold")
        board = printable(boards.get(last.board, last.board))
        put(console, [title.append(f"  {board} · {printable(last.task)}", style="dim")])
        put(console, (_change(intent, zone) for intent in group), whole=whole)


def _command(run: RunRecord) -> str:
    return printable(run.command)


def _run(run: RunRecord, writes: int, zone: tzinfo, width: int) -> Text:
    line = Text.assemble((run.id, "cyan"), f"  {_when(run.started, zone)}  {_command(run):{width}}  ")
    line.append(plural("{count} write", "{count} writes", writes), style="" if writes else "dim")
    return line if run.finished else line.append("  " + _("interrupted"), style="yellow")


def _change(intent: Intent, zone: tzinfo) -> Text:
    change = intent.change
    line = Text.assemble("  ", (intent.run, "cyan"), f"  {_when(intent.created, zone)}  ")
    if intent.state != "acknowledged":
        line.append(f"{_states().get(intent.state, printable(intent.state))}  ", style="yellow")
    line.append(f"{field_name(change.field)}  ", style="dim")
    line.append(said(change.old), style="dim").append(" → ").append(said(change.new), style="green")
    return line.append(f"  ({reason(change.why)})", style="dim")


def _when(moment: datetime, zone: tzinfo) -> str:
    at = moment.astimezone(zone)
    return f"{format_date(at, Style.LONG)} {at:%H:%M}"


def _states() -> Mapping[str, str]:
    return {
        "pending": _("sent, not settled yet"),
        "refused": _("not sent: the task had changed"),
        "abandoned": _("did not arrive"),
    }
