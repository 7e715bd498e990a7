"""`retro baseline write|prune|show`: the remarks that a team accepts for now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.lint_options import BaselineFile, ExtendSelect, Ignore, Profile, RuleOption, Select, chosen_rules
from retro.cli.options import End, Paths
from retro.cli.output import console, formats, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retro.cli.session import Session
    from retro.lint.settings import LintSettings


def register(group: typer.Typer) -> None:
    """Add the commands to the group of baselines."""
    group.command(
        "write",
        help=_("Accept every remark that stands now: from now on only new ones are shown. Nothing goes to any board."),
        epilog=_("Examples:  retro baseline write   ·   retro baseline write board.json --end 2027-03-01"),
    )(write)
    group.command(
        "prune",
        help=_("Take the remarks out that do not occur any more; nothing is accepted anew."),
        epilog=_("Example:  retro baseline prune"),
    )(prune)
    group.command(
        "show",
        help=_("Show what is accepted for now, rule by rule."),
        epilog=_(
            "Examples:  retro baseline show   ·   retro baseline show --all   ·   retro baseline show --format json"
        ),
    )(show)


def write(
    context: typer.Context,
    paths: Paths = None,
    end: End = None,
    baseline: BaselineFile = None,
    profile: Profile = None,
    select: Select = None,
    ignore: Ignore = None,
    extend_select: ExtendSelect = None,
    option: RuleOption = None,
) -> None:
    """Accept what stands."""
    session = session_of(context)
    settings = chosen_rules(session, profile, select, ignore, extend_select)
    _revise(session, paths or (), end, baseline, settings, option or (), adds=True)


def prune(
    context: typer.Context,
    paths: Paths = None,
    end: End = None,
    baseline: BaselineFile = None,
    profile: Profile = None,
    select: Select = None,
    ignore: Ignore = None,
    extend_select: ExtendSelect = None,
    option: RuleOption = None,
) -> None:
    """Take out what is mended."""
    session = session_of(context)
    settings = chosen_rules(session, profile, select, ignore, extend_select)
    _revise(session, paths or (), end, baseline, settings, option or (), adds=False)


def _revise(
    session: Session,
    paths: Sequence[Path],
    end: str | None,
    given: Path | None,
    settings: LintSettings,
    assignments: Sequence[str],
    *,
    adds: bool,
) -> None:
    """Look at the boards again, and bring the baseline up to date: with all that stands, or only with less."""
    from retro.report import baseline_text
    from retro.run.findings_baseline import file_of, mandatory_among, needed, revised
    from retro.store import findings_file

    file = file_of(session.configuration, given)
    before = (
        findings_file.read(file) if adds and file.exists() else None if adds else needed(session.configuration, given)
    )
    with opened(session, "baseline write" if adds else "baseline prune") as ledger:
        work = gather(session, paths, end=end, ledger=ledger)
    means = work.means(lint=settings, assignments=assignments, levelling=False, accepts=False)
    assessed = work.assess(means)
    after = revised(before, assessed, work.reading, means, adds=adds, whole=not paths, offline=session.options.offline)
    if after is not before:
        findings_file.write(after, file)
    screen = console(quiet=session.options.quiet)
    baseline_text.draw_change(before, after, screen, file=str(file), standing=mandatory_among(assessed, means))
    raise typer.Exit(strongest([*work.codes, *tell_bugs(assessed)]))


def show(
    context: typer.Context,
    baseline: BaselineFile = None,
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text or json; may be repeated.")),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Name every remark, not only how many there are."))] = False,
) -> None:
    """List what is accepted."""
    from retro import registry
    from retro.report import baseline_text, json_baseline
    from retro.report.document import dumps
    from retro.run.findings_baseline import file_of, needed

    session = session_of(context)
    chosen = formats(format_, ("text", "json"))
    held = needed(session.configuration, baseline)
    names = {rule.code: (rule.name, rule.french_name) for rule in registry.rule_types()}
    file = file_of(session.configuration, baseline)
    for form, target in chosen:
        if form == "json":
            zone_name = session.settings.workspace.timezone
            document = json_baseline.document(
                held, names, str(file), now=session.now, zone_name=zone_name, lang=session.lang
            )
            put(dumps(document), target)
        else:
            screen = console(quiet=session.options.quiet)
            baseline_text.draw(held, names, screen, file=str(file), zone=session.zone, everything=all_)
