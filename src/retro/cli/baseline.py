"""`retro baseline plan`: keep a plan's dates under a name, and tell how far the plan has slipped from them since.

The commands for remarks stand in `baseline_findings`; the group is theirs too.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli import baseline_findings
from retro.cli.failures import strongest
from retro.cli.groups import help_alone
from retro.cli.options import End, Paths
from retro.cli.output import console, formats, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.spoken import Spoken
from retro.cli.work import gather, opened
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retro.cli.session import Session
    from retro.model import NamedBaseline, PlanBaseline
    from retro.run.plan_baseline import Shelf

File = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help=_("Keep it in this file, instead of the state.")),
]
Name = Annotated[str | None, typer.Argument(metavar="[NAME]", help=_("The baseline; all are listed without a name."))]


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = Spoken(help=_("Keep what stands now, to tell later what changed."), invoke_without_command=True)
    group.callback()(help_alone)
    baseline_findings.register(group)
    plan = Spoken(help=_("The dates of a plan, and how far it slips from them."), invoke_without_command=True)
    plan.callback()(help_alone)
    plan.command(
        "set",
        help=_("Keep the plan's dates as they are now under a name. Nothing is written to any board."),
        epilog=_(
            "Examples:  retro baseline plan set kickoff   ·   "
            "retro baseline plan set kickoff plan.csv --file kickoff.json"
        ),
    )(set_)
    plan.command(
        "show",
        help=_("Tell how far the end and each task have slipped since; without a name, list what is kept."),
        epilog=_(
            "Examples:  retro baseline plan show kickoff   ·   retro baseline plan show kickoff plan.csv --all   ·   "
            "retro baseline plan show"
        ),
    )(show)
    group.add_typer(plan, name="plan")
    app.add_typer(group, name="baseline")


def set_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("What to call it, such as kickoff."))],
    paths: Paths = None,
    end: End = None,
    file: File = None,
    replace: Annotated[
        bool, typer.Option("--replace", help=_("Take the place of the one of that name, which is forgotten."))
    ] = False,
) -> None:
    """Keep the plan's dates."""
    from retro.run.plan_baseline import Shelf, baseline_name, plan_of

    session = session_of(context)
    called = baseline_name(name)
    with opened(session, "baseline plan set") as ledger:
        shelf = Shelf(ledger, Path(), file)
        work = gather(session, paths or (), end=end, ledger=ledger)
        assessed = work.assess(work.means())
        plan = plan_of(assessed.assessment, work.known, work.reading, name=called)
        kept = shelf.keep(plan, over=replace)
    if not session.options.quiet:
        _tell_kept(plan, shelf, session, paths or (), kept=kept)
    raise typer.Exit(strongest([*work.codes, *tell_bugs(assessed)]))


def _tell_kept(plan: PlanBaseline, shelf: Shelf, session: Session, paths: Sequence[Path], *, kept: bool) -> None:
    from retro.report.slippage_text import draw_kept
    from retro.report.typed import typed
    from retro.report.untrusted import printable
    from retro.run.plan_baseline import ends_of

    place = shelf.place(plan.name)
    draw_kept(plan, ends_of(plan, session.zone), console(), file=str(place or ""), kept=kept)
    again = ["retro", "baseline", "plan", "show", plan.name, *(["PATH"] if paths else [])]
    again += ["--file", str(shelf.file)] if shelf.file is not None else []
    typer.echo(_("How far the plan slips from it: `{command}`", command=printable(typed(again))))


def show(
    context: typer.Context,
    name: Name = None,
    paths: Paths = None,
    end: End = None,
    file: File = None,
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text, json or csv; may be repeated.")),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Name every task, not one screen of them."))] = False,
) -> None:
    """Compare the plan with a baseline."""
    from retro.report import json_slippage, slippage_csv, slippage_text
    from retro.report.document import dumps
    from retro.run.plan_baseline import Shelf, baseline_name, slippage

    session = session_of(context)
    chosen = formats(format_, ("text", "json", "csv") if name is not None else ("text", "json"))
    with opened(session, "baseline plan show") as ledger:
        shelf = Shelf(ledger, Path(), file)
        if name is None:
            _list(shelf.listed(), chosen, session)
            return
        baseline = shelf.get(baseline_name(name))
        work = gather(session, paths or (), end=end, ledger=ledger)
        means = work.means()
        assessed = work.assess(means)
        found = slippage(
            baseline,
            assessed.assessment,
            work.known,
            work.reading,
            means,
            ledger=None if paths else ledger,
            offline=session.options.offline and not paths,
        )
    for form, target in chosen:
        if form == "json":
            zone_name = session.settings.workspace.timezone
            document = json_slippage.document(
                found, work.reading.sources, now=session.now, zone_name=zone_name, lang=session.lang
            )
            put(dumps(document), target)
        elif form == "csv":
            put(slippage_csv.write(found, work.portfolio.boards), target)
        else:
            slippage_text.draw(
                found,
                work.reading.sources,
                console(quiet=session.options.quiet),
                zone_name=session.settings.workspace.timezone,
                day_minutes=assessed.assessment.day_minutes,
                everything=all_,
            )
    raise typer.Exit(strongest([*work.codes, *tell_bugs(assessed)]))


def _list(kept: Sequence[NamedBaseline], chosen: Sequence[tuple[str, Path | None]], session: Session) -> None:
    from retro.report import json_slippage, slippage_text
    from retro.report.document import dumps

    for form, target in chosen:
        if form == "json":
            zone_name = session.settings.workspace.timezone
            put(dumps(json_slippage.listing(kept, now=session.now, zone_name=zone_name, lang=session.lang)), target)
        else:
            slippage_text.draw_list(kept, console(), session.zone)
