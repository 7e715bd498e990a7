"""`retro what-if`: what another date, a slip, an absence or more work would change. Nothing is written anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.options import End, Paths
from retro.cli.output import formats, page, put
from retro.cli.session import parse_day, session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retro.cli.session import Session
    from retro.run.suppositions import Asked


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "what-if",
        help=_("What would change: another end date, a task that takes longer, somebody away, work on top."),
        epilog=_(
            'Examples:  retro what-if plan.csv --end 2027-03-01 --slip "Printing=3"   ·   '
            "retro what-if --away Ada=2027-02-08..2027-02-12   ·   "
            'retro what-if --add "15 visuals=30h" --owner Ada --end 2027-02-15'
        ),
    )(what_if)


def what_if(
    context: typer.Context,
    paths: Paths = None,
    end: End = None,
    instead_of: Annotated[
        str | None,
        typer.Option("--instead-of", metavar="DATE", help=_("The end date that holds now, where the plan names none.")),
    ] = None,
    slip: Annotated[
        list[str] | None,
        typer.Option(metavar="TASK=DAYS", help=_("The task takes longer: 3, 5h, 2w; -1 is shorter. May be repeated.")),
    ] = None,
    away: Annotated[
        list[str] | None,
        typer.Option(metavar="PERSON=FROM..TO", help=_("The person does not work then. May be repeated.")),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(metavar="TITLE=WORK", help=_("A task on top: 30h, 4d, 1w. May be repeated.")),
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help=_("Who does it: one for all --add, or one for each in turn.")),
    ] = None,
    project: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("The project that --end and --add are for."))
    ] = None,
    start: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("Plan from this date on, instead of from now."))
    ] = None,
    margin: Annotated[
        float | None, typer.Option(metavar="SHARE", min=0, max=10, help=_("Share of critical work to keep free (0.2)."))
    ] = None,
    no_levelling: Annotated[
        bool, typer.Option("--no-levelling", help=_("Let people have more work at once than their hours hold."))
    ] = False,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text or json; may be repeated."))
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Everything that changes, not one screen."))] = False,
) -> None:
    """The command."""
    from retro.report import json_what_if, what_if_text
    from retro.report.document import dumps
    from retro.run.what_if import what_if as supposed

    session = session_of(context)
    chosen = formats(format_, ("text", "json"), draws=True)
    asked = _asked(
        session, end=end, slips=slip or (), away=away or (), added=add or (), owners=owner or (), project=project
    )
    with opened(session, "what-if") as ledger:
        work = gather(session, paths or (), end=instead_of, end_option="--instead-of", ledger=ledger)
    found = supposed(
        work.portfolio,
        work.means(start=start, margin=margin, levelling=not no_levelling),
        asked,
        now=session.now,
        lang=session.lang,
        known=work.known,
    )
    for name, file in chosen:
        if name == "json":
            put(dumps(json_what_if.document(found)), file)
        else:
            with page(file, quiet=session.options.quiet) as screen:
                what_if_text.draw(found, screen, everything=all_)
    raise typer.Exit(strongest(work.codes))


def _asked(
    session: Session,
    *,
    end: str | None,
    slips: Sequence[str],
    away: Sequence[str],
    added: Sequence[str],
    owners: Sequence[str],
    project: str | None,
) -> Asked:
    """What the options say, read before any board is. Raises ConfigurationError that shows an example."""
    from retro.cli.what_if_options import absence, addition, paired, slipping
    from retro.ports import ConfigurationError
    from retro.run.suppositions import Asked

    if end is None and not (slips or away or added):
        raise ConfigurationError(
            _("nothing is supposed."),
            where="what-if",
            remedy=_(
                'Say what: --end 2027-03-01, --slip "Printing=3", --away Ada=2027-02-08..2027-02-12, '
                'or --add "15 visuals=30h" --owner Ada.'
            ),
        )
    return Asked(
        end=None if end is None else parse_day(end, "--end", session.zone),
        slips=tuple(map(slipping, slips)),
        away=tuple(absence(each, session.zone) for each in away),
        additions=tuple((*addition(each), who) for each, who in zip(added, paired(added, owners), strict=True)),
        project=project,
    )
