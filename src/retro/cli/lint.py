"""`retro lint`: the remarks, as text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.failures import FINDINGS, strongest
from retro.cli.options import End, FailOn, Paths
from retro.cli.output import console, failing, formats, level, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _

if TYPE_CHECKING:
    from retro.report.lint_text import GroupBy

_EPILOG = _(
    "Examples:  retro lint board.json --end 2027-03-01   ·   retro lint --profile standard   ·   "
    "retro lint --format json=remarks.json --format text   ·   retro lint -x OWN101:aggregate=false"
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("lint", help=_("Say what would keep a plan from holding."), epilog=_EPILOG)(lint)


def lint(
    context: typer.Context,
    paths: Paths = None,
    end: End = None,
    profile: Annotated[str | None, typer.Option(metavar="douce|standard|stricte", help=_("How strict to be."))] = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help=_("Only these rules (OWN, DAT103…)."))
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODES", help=_("Not these rules."))] = None,
    extend_select: Annotated[list[str] | None, typer.Option(metavar="CODES", help=_("These rules too."))] = None,
    option: Annotated[
        list[str] | None, typer.Option("-x", metavar="CODE:OPTION=VALUE", help=_("An option of a rule."))
    ] = None,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text or json; may be repeated."))
    ] = None,
    fail_on: FailOn = None,
    max_warnings: Annotated[
        int | None, typer.Option(metavar="N", min=0, help=_("Leave with 1 over this many."))
    ] = None,
    group_by: Annotated[
        str | None, typer.Option(metavar="owner|board|rule", help=_("Every remark, grouped so."))
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Every remark, not one a task."))] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help=_("Count the remarks by rule."))] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help=_("Leave with 0 whatever is found."))] = False,
) -> None:
    """The command."""
    from retro.report import json_lint, lint_text
    from retro.report.document import dumps
    from retro.run.options import lint_settings

    session = session_of(context)
    chosen = formats(format_, ("text", "json"))
    fails = level(fail_on, session.settings.lint.fail_on)
    grouping = _grouping(group_by)
    with opened(session, "lint") as ledger:
        work = gather(session, paths or (), end=end, ledger=ledger)
    settings = lint_settings(
        session.settings.lint,
        profile=_profile(profile),
        select=_codes(select),
        ignore=_codes(ignore),
        extend_select=_codes(extend_select),
    )
    assessed = work.assess(work.means(lint=settings, assignments=option or (), levelling=False))
    assessment = assessed.assessment
    for name, file in chosen:
        if name == "json":
            put(dumps(json_lint.document(assessment)), file)
        else:
            screen = console(quiet=session.options.quiet)
            lint_text.draw(assessment, screen, everything=all_, group_by=grouping)
            if statistics:
                lint_text.statistics(assessment, screen)
    codes = [*work.codes, *tell_bugs(assessed)]
    if not exit_zero:
        codes += failing(assessment, fails)
        warnings = sum(finding.severity.value == "warning" for finding in assessment.findings)
        if max_warnings is not None and warnings > max_warnings:
            codes.append(FINDINGS)
    raise typer.Exit(strongest(codes))


def _codes(given: list[str] | None) -> tuple[str, ...]:
    """Codes, given one by one or with commas between."""
    return tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())


def _grouping(given: str | None) -> GroupBy | None:
    from retro.ports import ConfigurationError

    known: tuple[GroupBy, ...] = ("owner", "board", "rule")
    for each in known:
        if given == each:
            return each
    if given is None:
        return None
    raise ConfigurationError(
        _('"{name}" is no way to group remarks.', name=given),
        where="--group-by",
        remedy=_("There are: {names}.", names=", ".join(known)),
    )


def _profile(given: str | None) -> object:
    from retro.lint.profile import Profile
    from retro.ports import ConfigurationError

    if given is None:
        return None
    try:
        return Profile(given)
    except ValueError:
        raise ConfigurationError(
            _('"{name}" is no profile.', name=given),
            where="--profile",
            remedy=_("There are: {names}.", names=", ".join(Profile)),
        ) from None
