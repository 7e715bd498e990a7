"""Take a run back: which run is meant, carrying the plan out, and removing the columns that the run made."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC

from retro.i18n import Style, format_date, row_fields
from retro.i18n import text as _
from retro.i18n.own_fields import NAMES, name_of
from retro.model import Change, Portfolio
from retro.ports import (
    EVERY_RUN,
    Clock,
    ConfigurationError,
    Connector,
    Intent,
    Ledger,
    Progress,
    ReadOnlyError,
    RetroError,
    RunRecord,
    SourceError,
)
from retro.run.assess import Means
from retro.run.journal_search import tasks_called
from retro.run.new_run import new_run
from retro.run.own_writes import last_written
from retro.sync.apply import Applied, apply
from retro.sync.journal import ACKNOWLEDGED
from retro.sync.undo import Undoing, plan_undo, remove_columns

LAST = "last"
_SHOWN = 8
_UNDO = "undo"

Columns = Mapping[str, tuple[str, ...]]
"""Own fields (`retro_latest`…) by board key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What an undo did: its writes, and the columns that it removed."""

    applied: Applied
    removed: Columns = field(default_factory=dict[str, tuple[str, ...]])
    failed: tuple[RetroError, ...] = ()
    """Why columns could not be removed, though nothing is left in them."""


def find_run(ledger: Ledger, words: str) -> RunRecord:
    """The run of that id or beginning of an id, or the `last` one that wrote and was not taken back.

    An undo that was interrupted leaves the run that it was about the last one, so that it can be gone on with.
    Raises ConfigurationError, with the latest runs, where there is no such run or several.
    """
    runs = ledger.runs(EVERY_RUN)
    if words == LAST:
        undone: set[str] = set()
        for run in runs:  # newest first: an undo that was itself taken back no longer counts
            if run.id in undone:
                continue
            if not _is_undo(run) and writes_of(ledger, run):
                return run
            if _is_undo(run) and run.finished:
                undone.add(run.command.removeprefix(f"{_UNDO} "))
        raise _unknown(_("no run is left to be taken back."), ledger, runs)
    found = [run for run in runs if run.id == words] or [run for run in runs if words and run.id.startswith(words)]
    if not found:
        raise _unknown(_('there is no run "{run}".', run=words), ledger, runs)
    if len(found) > 1:
        raise _unknown(_('"{run}" begins the names of several runs.', run=words), ledger, found)
    return found[0]


def writes_of(ledger: Ledger, run: RunRecord) -> int:
    """The fields that a run wrote; one that was interrupted did not live to count them, but the journal did."""
    return run.writes or sum(intent.state == ACKNOWLEDGED for intent in ledger.intents(run=run.id))


def make_undo(
    run: RunRecord,
    portfolio: Portfolio,
    ledger: Ledger,
    *,
    lang: str,
    fresh: AbstractSet[str],
    only: AbstractSet[str] | None = None,
    task: str | None = None,
    archives: AbstractSet[str] = frozenset(),
) -> Undoing:
    """What taking a run back would do; `only` are board keys, `task` a key, address or part of a title.

    `lang` is the workspace's language, `fresh` the keys of the boards that were read now, `archives` those of the
    boards whose tool can set cards aside. Raises ConfigurationError where `task` means none or several of the tasks
    that the run wrote on.
    """
    journal = [each for each in ledger.intents(run=run.id) if only is None or each.change.board in only]
    if task is not None:
        key = _one_task(journal, task)
        journal = [each for each in journal if each.change.task == key]
    known = {cell: value for cell, (_board, value) in last_written(ledger, portfolio).items()}
    names = {**{own: name_of(own, lang) for own in NAMES}, **row_fields.names(lang)}
    return plan_undo(run.id, journal, portfolio, known, fresh=fresh, names=names, archives=archives)


def columns_of(run: RunRecord, ledger: Ledger, boards: AbstractSet[str]) -> Columns:
    """The columns that a run made on boards: they go with it where nothing is left in them."""
    return {board: tuple(made) for board, made in ledger.columns_of(run.id).items() if board in boards}


def carry_out_undo(
    undoing: Undoing,
    connectors: Mapping[str, Connector],
    ledger: Ledger,
    clock: Clock,
    *,
    columns: Columns,
    addresses: Mapping[str, str],
    means: Means,
    scope: str = "",
    dry: bool = False,
    progress: Progress | None = None,
) -> Undone:
    """Carry an undo out under a run of its own, then remove those of `columns` in which nothing is left.

    `connectors` and `addresses` (what `pull` takes) are by board key; `scope` are the options that narrow it ("" for
    a whole run), for the run's name. With `dry` everything is read and checked but nothing is sent. May raise what
    `apply` raises; the run is then left unfinished, and can be gone on with.
    """
    run = new_run(f"{_UNDO} {undoing.run}{scope}", clock)
    # In UTC: a deadline counts real hours, also on the night when the clocks change.
    until = clock.now().astimezone(UTC) + means.settings.sync.deadline.elapsed
    if not dry:
        ledger.begin(run)
    zone = means.calendars.project.zone
    applied = apply(
        undoing.plan, connectors, ledger, clock, run.id, zone=zone, dry=dry, until=until, on_progress=progress
    )
    if dry:
        return Undone(applied=applied)
    removed: dict[str, tuple[str, ...]] = {}
    failed: list[RetroError] = []
    for board, fields in columns.items():
        if board in applied.failed:
            continue
        try:
            # Read again: what anyone wrote in these columns since the first read must not go with them.
            now = connectors[board].pull(addresses[board]).snapshot
            if gone := remove_columns(ledger, connectors[board], now, fields):
                removed[board] = gone
        except (SourceError, ReadOnlyError) as error:
            failed.append(error)
    ledger.finish(replace(run, finished=clock.now(), writes=applied.writes))
    return Undone(applied=applied, removed=removed, failed=tuple(failed))


def _is_undo(run: RunRecord) -> bool:
    return run.command.partition(" ")[0] == _UNDO


def _one_task(journal: Iterable[Intent], words: str) -> str:
    written: dict[str, Change] = {each.change.task: each.change for each in journal}
    found = tasks_called(written.values(), words)
    if len(found) == 1:
        return found[0]
    if not found:
        what = _('this run wrote on no task called "{words}".', words=words)
        raise ConfigurationError(what, where="--task", remedy=_("`retro log --run RUN` lists what it wrote."))
    titles = ", ".join(f"{written[key].title} ({key})" for key in found[:_SHOWN])
    what = _('"{words}" may mean several tasks.', words=words)
    raise ConfigurationError(what, where="--task", remedy=_("Give the key of one: {tasks}.", tasks=titles))


def _unknown(what: str, ledger: Ledger, runs: Iterable[RunRecord]) -> ConfigurationError:
    writers: list[RunRecord] = []
    for run in runs:
        if len(writers) < _SHOWN and writes_of(ledger, run):
            writers.append(run)
    listed = ", ".join(f"{run.id} ({run.command}, {format_date(run.started, Style.WEEKDAY)})" for run in writers)
    remedy = _("The latest runs that wrote: {runs}.", runs=listed) if listed else _("No run has written anything yet.")
    return ConfigurationError(what, where="RUN", remedy=remedy)
