"""`retro log`: the latest runs, and what was written, when and why. It reads the state alone, no board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.output import console, formats, put
from retro.cli.session import session_of
from retro.cli.work import opened
from retro.i18n import text as _

if TYPE_CHECKING:
    from retro.cli.session import Session
    from retro.ports import Intent, Ledger, RunRecord
    from retro.report.json_log import Fields

_RUNS = 20


def log(
    context: typer.Context,
    task: Annotated[
        str | None, typer.Argument(metavar="[TASK]", help=_("A task: its key, its address, or part of its title."))
    ] = None,
    run: Annotated[str | None, typer.Option("--run", metavar="RUN", help=_("What this run wrote; or `last`."))] = None,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text or json; may be repeated."))
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help=_("How many runs to list."))] = _RUNS,
) -> None:
    """What was written."""
    from retro.ports import ConfigurationError
    from retro.sync.decide.rows import ROW

    session = session_of(context)
    chosen = formats(format_, ("text", "json"))
    with opened(session, "log") as ledger:
        if ledger is None:
            raise ConfigurationError(
                _("there is no retro.toml here, so there is no state that remembers anything."),
                where=str(session.configuration.folder),
                remedy=_("Go to the folder of your retro.toml, or name it with --config."),
            )
        runs, intents = _logged(ledger, run, task, limit)
        fields = {each.id: made for each, _writes in runs if (made := ledger.columns_of(each.id))}
        names = {
            key: snapshot.board.name
            for key in dict.fromkeys(
                [
                    *(intent.change.board for intent in intents or ()),
                    *(board for made in fields.values() for board in made),
                ]
            )
            if (snapshot := ledger.last_snapshot(key)) is not None
        }
        bases = {intent.change.board for intent in intents or () if intent.change.task.startswith(ROW)}
        names |= dict.fromkeys(bases, _("central base"))
    for name, file in chosen:
        if name == "json":
            put(_document(runs, intents, fields, session), file)
        else:
            _show_log(runs, intents, fields if run is not None else None, names, session)


def _document(runs: list[tuple[RunRecord, int]], intents: list[Intent] | None, fields: Fields, session: Session) -> str:
    from retro.report import json_log
    from retro.report.document import dumps

    zone = session.settings.workspace.timezone
    return dumps(json_log.document(runs, intents, now=session.now, zone_name=zone, lang=session.lang, fields=fields))


def _logged(
    ledger: Ledger, run: str | None, task: str | None, limit: int
) -> tuple[list[tuple[RunRecord, int]], list[Intent] | None]:
    """The runs, each with its writes, and the changes that were asked for (None: none were)."""
    from retro.ports import EVERY_RUN
    from retro.run.journal_search import tasks_called
    from retro.run.undo import find_run, writes_of

    named = None if run is None else find_run(ledger, run)
    if named is None and task is None:
        return [(each, writes_of(ledger, each)) for each in ledger.runs(limit)], None
    intents = ledger.intents() if named is None else ledger.intents(run=named.id)
    if task is not None:
        keys = set(tasks_called([intent.change for intent in intents], task))
        intents = [intent for intent in intents if intent.change.task in keys]
    concerned = {intent.run for intent in intents} if named is None else {named.id}
    runs = [(each, writes_of(ledger, each)) for each in ledger.runs(EVERY_RUN) if each.id in concerned]
    return runs, intents


def _show_log(
    runs: list[tuple[RunRecord, int]],
    intents: list[Intent] | None,
    fields: Fields | None,
    names: dict[str, str],
    session: Session,
) -> None:
    """The runs, or the changes; of one run that was asked for (with its `fields`) both."""
    from retro.report import log_text

    screen = console()
    named = fields is not None
    if intents is None or named:
        log_text.draw_runs(runs, screen, session.zone)
    for made in (fields or {}).values():
        log_text.draw_fields(made, screen, names, session.settings.workspace.lang)
    if intents is not None:
        hands = () if named else [run for run, _writes in runs]
        log_text.draw_changes(intents, screen, session.zone, names, runs=hands, whole=bool(session.options.verbose))
