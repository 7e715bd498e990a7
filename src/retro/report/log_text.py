"""`retro log` at the terminal: the latest runs, or what was written, when, why, and from what to what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo

from rich.console import Console
from rich.text import Text

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.i18n.row_fields import name_of
from retro.model import MADE, field_empty
from retro.ports import Intent, RunRecord
from retro.report.plan_text import field_name, reason, said
from retro.report.terminal import linked, put
from retro.report.untrusted import printable


def draw_runs(runs: Sequence[tuple[RunRecord, int]], console: Console, zone: tzinfo) -> None:
    """Print runs, newest first, each with the number of fields that it wrote; `zone` is the workspace's."""
    if not runs:
        put(console, [Text(_("No run has written anything yet."))])
        return
    width = max(len(_hand(run)) for run, _writes in runs)
    put(console, (_run(run, writes, zone, width) for run, writes in runs))


def draw_fields(
    fields: Mapping[str, Mapping[str, str]], console: Console, boards: Mapping[str, str], lang: str
) -> None:
    """Print the own fields that a run made and that are there still, by board and field.

    `boards` gives names by key, `lang` is the language of what retro writes on boards.
    """
    for board, made in fields.items():
        where = printable(boards.get(board, board))
        names = ", ".join(name_of(field.removeprefix("retro_"), lang) for field in made)
        put(console, [Text("  " + _("made on {board}: {fields}", board=where, fields=names), style="cyan")])


def draw_changes(
    intents: Sequence[Intent],
    console: Console,
    zone: tzinfo,
    boards: Mapping[str, str],
    *,
    runs: Iterable[RunRecord] = (),
    whole: bool = False,
) -> None:
    """Print journalled changes, task by task and oldest first; `whole` folds long lines instead of cutting them.

    `boards` gives names by key; one that is not known is shown by its key. `runs` tell by which command, and whose
    hand, each change was made.
    """
    if not intents:
        put(console, [Text(_("Nothing was written there."))])
        return
    hands = {run.id: f"  {_hand(run)}" for run in runs}
    by_task: dict[str, list[Intent]] = {}
    for intent in intents:
        by_task.setdefault(intent.change.task, []).append(intent)
    for group in by_task.values():
        last = group[-1].change
        title = linked(last.title or last.task, last.url, style="bold")
        board = printable(boards.get(last.board, last.board))
        put(console, [title.append(f"  {board} · {printable(last.task)}", style="dim")])
        put(console, (_change(intent, zone, hands.get(intent.run, "")) for intent in group), whole=whole)


def _hand(run: RunRecord) -> str:
    """Which command made a run, and whose."""
    return " · ".join(printable(each) for each in (run.command, run.who) if each)


def _run(run: RunRecord, writes: int, zone: tzinfo, width: int) -> Text:
    line = Text.assemble((run.id, "cyan"), f"  {_when(run.started, zone)}  {_hand(run):{width}}  ")
    line.append(plural("{count} write", "{count} writes", writes), style="" if writes else "dim")
    return line if run.finished else line.append("  " + _("interrupted"), style="yellow")


def _change(intent: Intent, zone: tzinfo, hand: str) -> Text:
    change = intent.change
    line = Text.assemble("  ", (intent.run, "cyan"), f"  {_when(intent.created, zone)}{hand}  ")
    if intent.state != "acknowledged":
        line.append(f"{_states().get(intent.state, printable(intent.state))}  ", style="yellow")
    line.append(f"{field_name(change.field)}  ", style="dim")
    if change.field == MADE:  # its title stands above, and there was nothing before
        return line.append(printable(str(intent.returned or "")), style="green").append(
            f"  ({reason(change.why)})", style="dim"
        )
    old, new, returned = (said(value, change.field) for value in (change.old, change.new, intent.returned))
    line.append(old, style="dim").append(" → ").append(new, style="green")
    line.append(f"  ({reason(change.why)})", style="dim")
    # Where the tool holds another value than was sent, or somebody was faster: that is what stood there then.
    if not field_empty(intent.returned) and returned != new:
        line.append("  " + _("then held: {value}", value=returned), style="yellow")
    return line


def _when(moment: datetime, zone: tzinfo) -> str:
    at = moment.astimezone(zone)
    return f"{format_date(at, Style.LONG)} {at:%H:%M}"


def _states() -> Mapping[str, str]:
    return {
        "pending": _("sent, not settled yet"),
        "refused": _("not sent: the task had changed"),
        "abandoned": _("did not arrive"),
    }
