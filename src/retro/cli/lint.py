"""`retro lint`: the remarks in any of its formats, and the fixes where they are asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.asking_end import asked_end
from retro.cli.failures import FINDINGS, strongest
from retro.cli.fixing import Diff, Fix, Force, Mending, Unsafe, mend
from retro.cli.lint_options import BaselineFile, ExtendSelect, Ignore, Profile, RuleOption, Select, chosen_rules
from retro.cli.options import End, FailOn, Output, Paths, Yes
from retro.cli.output import failing, formats, level, page, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _

if TYPE_CHECKING:
    from rich.console import Console

    from retro.cli.work import Work
    from retro.model import Assessment
    from retro.report.lint_text import GroupBy
    from retro.run.assess import Assessed, Means

_EPILOG = _(
    "Examples:  retro lint board.json --end 2027-03-01   ·   retro lint --profile standard   ·   "
    "retro lint --format json=remarks.json --format text   ·   retro lint -x OWN101:aggregate=false   ·   "
    "retro lint --diff   ·   retro lint --fix"
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("lint", help=_("Say what would keep a plan from holding."), epilog=_EPILOG)(lint)


def lint(
    context: typer.Context,
    paths: Paths = None,
    end: End = None,
    profile: Profile = None,
    select: Select = None,
    ignore: Ignore = None,
    extend_select: ExtendSelect = None,
    option: RuleOption = None,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORMAT[=FILE]",
            help=_("text, concise, json, jsonl, markdown, html, csv, junit, sarif or github; may be repeated."),
        ),
    ] = None,
    fail_on: FailOn = None,
    baseline: BaselineFile = None,
    new_only: Annotated[
        bool,
        typer.Option("--new-only", help=_("Only remarks that the baseline does not hold: there must be a baseline.")),
    ] = False,
    max_warnings: Annotated[
        int | None, typer.Option(metavar="N", min=0, help=_("Leave with 1 over this many."))
    ] = None,
    group_by: Annotated[
        str | None, typer.Option(metavar="owner|board|rule", help=_("Every remark, grouped so."))
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Every remark, not one a task."))] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help=_("Count the remarks by rule, and score boards."))
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help=_("Leave with 0 whatever is found."))] = False,
    fix: Fix = False,
    unsafe_fixes: Unsafe = False,
    diff: Diff = False,
    force: Force = False,
    yes: Yes = False,
    output: Output = None,
) -> None:
    """The command."""
    from retro.lint.second_process import SecondProcess
    from retro.report import json_lint, remarks
    from retro.report.document import written
    from retro.run.findings_baseline import in_force, needed

    session = session_of(context)
    chosen = formats(format_, ("text", "json", *remarks.FORMATS), draws=True)
    fails = level(fail_on, session.settings.lint.fail_on)
    grouping = _grouping(group_by)
    settings = chosen_rules(session, profile, select, ignore, extend_select)
    accepted = (needed if new_only else in_force)(session.configuration, baseline)
    aside = any(file is None for name, file in chosen if name != "text")
    screen = not (aside or session.options.quiet) and ("text", None) in chosen
    mending = Mending(
        fix=fix,
        unsafe=unsafe_fixes,
        diff=diff,
        force=force,
        yes=yes,
        output=output,
        paths=paths or (),
        end=end,
        option=option or (),
        aside=aside,
    )
    mending.check(session)

    def judged(work: Work) -> tuple[Means, Assessed]:
        means = work.means(
            lint=settings, baseline=accepted, statistics=statistics, assignments=option or (), levelling=False
        )
        return means, work.assess(means)

    with SecondProcess() as second:
        with opened(session, "lint --fix" if mending.sends else "lint", exclusive=mending.sends) as ledger:
            alone = mending.wanted or (statistics and session.options.verbose)  # boards are read twice, rules measured
            work = gather(session, paths or (), end=end, ledger=ledger, second=None if alone else second)
            if paths and end is None and screen and (said := asked_end(work)):
                work = gather(session, paths, end=said, ledger=ledger)
                mending = replace(mending, end=said)
            mended = mend(mending, work, judged, ledger) if mending.wanted else None
        if mended is not None:
            work, assessed = mended.work, mended.assessed
        else:
            assessed = judged(work)[1]
    assessment = assessed.assessment
    for name, file in chosen:
        if name == "json":
            put(written(json_lint.document(assessment)), file)
        elif name != "text":
            put(remarks.write(name, assessment, everything=all_), file)
        elif file is not None or not (diff or session.options.quiet):  # at the terminal, fixes stand in its place
            with page(file) as target:
                _draw(assessment, target, everything=all_, grouping=grouping, statistics=statistics)
    codes = [*work.codes, *tell_bugs(assessed)]
    if mended is not None:
        codes += mended.codes
        typer.echo(mended.result, err=aside)
    if not exit_zero:
        codes += [*failing(assessment, fails), *_too_many(assessment, max_warnings)]
    raise typer.Exit(strongest(codes))


def _draw(
    assessment: Assessment, screen: Console, *, everything: bool, grouping: GroupBy | None, statistics: bool
) -> None:
    """The report as text."""
    from retro.report import lint_text, statistics_text

    lint_text.draw(assessment, screen, everything=everything, group_by=grouping)
    if statistics:
        statistics_text.draw(assessment, screen, everything=everything)


def _too_many(assessment: Assessment, most: int | None) -> list[int]:
    """Exit code 1 where there are more warnings than `most`."""
    warnings = sum(finding.severity.value == "warning" for finding in assessment.findings)
    return [FINDINGS] if most is not None and warnings > most else []


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
