"""`retro lint --fix` and `--diff`: what may be asked for together, and fixes sent to the boards they were found on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.asking import may_ask
from retro.cli.output import console
from retro.cli.session import parse_day
from retro.i18n import plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from retro.cli.session import Session
    from retro.cli.work import Work
    from retro.model import Fixes, Snapshot
    from retro.ports import Ledger, Rule
    from retro.run.assess import Assessed, Means
    from retro.run.fixing import Asked
    from retro.sync.apply import Applied

Fix = Annotated[
    bool, typer.Option("--fix", help=_("Mend what can be mended safely; asks first. Of files, a copy is written."))
]
Unsafe = Annotated[
    bool,
    typer.Option("--unsafe-fixes", help=_("With --fix or --diff: fixes that may change what is meant, too.")),
]
Diff = Annotated[bool, typer.Option("--diff", help=_("Show what would be mended, old → new; nothing is written."))]
Force = Annotated[bool, typer.Option("--force", help=_("With --fix or --diff: also what an undo took back."))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What the command line asks for. `option` are rules' options (`-x`)."""

    fix: bool
    unsafe: bool
    diff: bool
    force: bool
    yes: bool
    output: Path | None
    paths: Sequence[Path]
    end: str | None
    option: Sequence[str]
    aside: bool
    """Whether standard output holds a document, so that all is told on standard error."""

    @property
    def wanted(self) -> bool:
        """Whether anything is to be mended or shown."""
        return self.fix or self.diff

    @property
    def sends(self) -> bool:
        """Whether boards are written."""
        return self.fix and not self.diff and not self.paths

    @property
    def with_unsafe(self) -> Mending:
        """The same, and unsafe fixes too."""
        return replace(self, unsafe=True)

    def check(self, session: Session) -> None:
        """Refuse what cannot be meant, before anything is read. Raises ConfigurationError."""
        from retro.ports import ConfigurationError

        if not self.wanted:
            for name, given in (("--unsafe-fixes", self.unsafe), ("--force", self.force), ("--yes", self.yes)):
                if given:
                    raise ConfigurationError(
                        _("{option} says how to fix, and nothing is to be fixed.", option=name),
                        where=name,
                        remedy=_("Add --diff to see the fixes, or --fix to make them."),
                    )
        if self.output is not None and not (self.fix and self.paths and not self.diff):
            raise ConfigurationError(
                _("-o names the copy of a file that --fix mends."),
                where=str(self.output),
                remedy=_("`retro lint plan.xlsx --fix -o mended.xlsx`; reports go to files by --format FORMAT=FILE."),
            )
        if self.sends and session.options.offline:
            raise ConfigurationError(
                _("a fix looks at the boards first: it cannot be made offline."),
                where="--offline",
                remedy=_("Use --diff to see the fixes."),
            )
        if self.sends and not self.yes and not may_ask():
            raise ConfigurationError(
                _("--fix asks before it writes, and nobody is at a terminal."),
                where="--fix",
                remedy=_("Use --diff to see the fixes, or --yes to make them without asking."),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What stands once that was done: what was read, what is said of it, the exit codes, and a line for the end."""

    work: Work
    assessed: Assessed
    codes: tuple[int, ...] = ()
    result: str = ""


def mend(
    mending: Mending, work: Work, judged: Callable[[Work], tuple[Means, Assessed]], ledger: Ledger | None
) -> Mended:
    """Show the fixes, and make them where they are asked for and agreed to; what stands then."""
    from retro.cli.fixed_copies import write_copies
    from retro.report import fixes_text

    if mending.paths:
        return write_copies(mending, work, judged)
    if mending.sends:
        settle(work, ledger)
    means, assessed = judged(work)
    fixes = found(mending, work, means, assessed, ledger)
    show(mending, fixes, work)
    before = Mended(work=work, assessed=assessed, result=fixes_text.planned(fixes))
    if mending.diff or not fixes.plan.changes:
        return before
    if not (mending.yes or agreed(fixes)):
        return replace(before, result=_("Nothing was written."))
    return _made(mending, fixes, work, means, judged, ledger)


def _made(
    mending: Mending,
    fixes: Fixes,
    work: Work,
    means: Means,
    judged: Callable[[Work], tuple[Means, Assessed]],
    ledger: Ledger | None,
) -> Mended:
    from retro.cli.writing import carried_out, needed
    from retro.report import fixes_text
    from retro.run.fixing import with_answers
    from retro.run.touches import FIX

    command = f"{FIX} --unsafe-fixes" if mending.unsafe else FIX
    applied = carried_out(fixes.plan, work, needed(ledger, work.session), means, command)
    _tell(applied)
    now = read_again(mending, work, with_answers(work.reading.snapshots, applied.answered))
    means, assessed = judged(now)
    after = found(mending.with_unsafe, now, means, assessed, ledger)
    return Mended(
        work=now,
        assessed=assessed,
        codes=tuple(error.exit_code for error in applied.failed.values()),
        result=fixes_text.done(applied.writes, after, unsafe=mending.unsafe),
    )


def found(mending: Mending, work: Work, means: Means, assessed: Assessed, ledger: Ledger | None) -> Fixes:
    """The fixes of what was read; offline, those of the last snapshot."""
    from retro.run.fixing import make_fixes

    everything = frozenset(board.key for board in work.portfolio.boards)
    return make_fixes(
        assessed,
        means,
        ledger,
        known=work.known,
        boards=everything if work.session.options.offline else work.reading.fresh,
        asked=asked_for(mending),
        now=work.session.now,
        apart=apart(mending, work),
    )


def asked_for(mending: Mending) -> Asked:
    """What is to be mended."""
    from retro.run.fixing import Asked

    return Asked(unsafe=mending.unsafe, forced=mending.force)


def apart(mending: Mending, work: Work) -> Callable[[Iterable[str]], Sequence[Rule]]:
    """All rules, those of some codes set to speak of each task by itself."""
    from retro import registry

    def rules(codes: Iterable[str]) -> Sequence[Rule]:
        alone = [f"{code}:aggregate=false" for code in sorted(codes)]
        return registry.rules(work.session.configuration, [*mending.option, *alone])

    return rules


def show(mending: Mending, fixes: Fixes, work: Work) -> None:
    """The fixes at the terminal."""
    from retro.report import fixes_text

    if work.session.options.quiet and mending.yes:
        return
    names = {board.key: board.name for board in work.portfolio.boards}
    fixes_text.draw(fixes, console(aside=mending.aside), names, live=not mending.paths)


def agreed(fixes: Fixes) -> bool:
    """The person at the terminal says so."""
    count = len(fixes.plan.changes)
    return typer.confirm(plural("Make {count} fix?", "Make {count} fixes?", count))


def settle(work: Work, ledger: Ledger | None) -> None:
    """What an interrupted run left open is settled first, by what the boards hold."""
    from retro.cli.writing import needed
    from retro.run.nightly import settle_journal
    from retro.run.policies import policies

    session = work.session
    allowed = policies(
        session.settings,
        work.portfolio.boards,
        {name: connector.describe().capabilities for name, connector in work.connectors.items()},
    )
    for error in settle_journal(
        work.portfolio,
        work.reading.fresh,
        needed(ledger, session),
        work.connectors,
        allowed,
        now=session.now,
        zone=session.zone,
    ):
        typer.echo(f"retro: {error}", err=True)


def read_again(mending: Mending, work: Work, snapshots: tuple[Snapshot, ...]) -> Work:
    """What was read, as it stands since, without a further request."""
    from retro import registry
    from retro.run.projects import one_project, projects
    from retro.run.read import join

    session = work.session
    reading = replace(work.reading, snapshots=snapshots)
    portfolio = join(reading, session.settings, registry.handle_of)
    last = parse_day(mending.end, "--end", session.zone) if mending.end is not None else None
    found = (
        one_project(portfolio.boards, portfolio.tasks, last)
        if mending.paths
        else projects(session.settings, portfolio.boards, portfolio.tasks, last)
    )
    return replace(work, reading=reading, portfolio=replace(portfolio, projects=found))


def _tell(applied: Applied) -> None:
    """What was not written, and why, on standard error."""
    from retro.report.plan_text import field_name
    from retro.report.untrusted import printable
    from retro.sync.apply import Refusal

    for error in dict.fromkeys(map(str, applied.failed.values())):
        typer.echo(f"retro: {error}", err=True)
    words = {
        Refusal.CHANGED: _("someone changed it meanwhile, and it stays as they left it"),
        Refusal.GONE: _("it is no longer on the board"),
        Refusal.THERE: _("someone was faster"),
        Refusal.NOT_TAKEN: _("the tool answered, but does not hold the value"),
    }
    for change, why in applied.refused:
        said = applied.rejected.get(change.task) if why is Refusal.REJECTED else None
        reason = str(said) if said is not None else words.get(why, _("the tool refused it"))
        title = printable(change.title) or change.task
        typer.echo(
            _("retro: not fixed: “{title}”, {field}: {why}", title=title, field=field_name(change.field), why=reason),
            err=True,
        )
