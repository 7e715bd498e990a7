"""From PATHs or the configuration to an assessment: what `lint`, `schedule`, `view` and the writers share."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import process_time
from typing import TYPE_CHECKING

from retro.cli.bars import headway
from retro.cli.failures import SOURCE, tell_error
from retro.cli.session import parse_day
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from retro.cli.session import Session
    from retro.lint.second_process import SecondProcess
    from retro.lint.settings import LintSettings
    from retro.model import Assessment, Day, FindingsBaseline, History, Portfolio, Snapshot
    from retro.ports import Connector, Ledger, RetroError, SourceError
    from retro.run.assess import Assessed, Means
    from retro.run.own_writes import Known
    from retro.run.read import Reading
    from retro.run.touches import Touches


@dataclass(frozen=True, kw_only=True)
class Work:
    """What one command reads, and the connectors that it was read through (by source)."""

    session: Session
    portfolio: Portfolio
    reading: Reading
    connectors: Mapping[str, Connector]
    known: Known
    """What retro last wrote on these boards."""
    touches: Touches
    history: History | None = None
    """What earlier reads tell; None of PATHs, and without a state."""
    second: SecondProcess | None = None
    """What may ask rules beside this process: one that may be reading the same boards already."""

    @property
    def read_at(self) -> dict[str, datetime]:
        """When each board was read."""
        return {snapshot.board.key: snapshot.read_at for snapshot in self.reading.snapshots}

    @property
    def codes(self) -> list[int]:
        """Exit codes that the read asks for."""
        return [SOURCE] if self.reading.errors else []

    def means(
        self,
        *,
        start: str | None = None,
        margin: float | None = None,
        lint: LintSettings | None = None,
        baseline: FindingsBaseline | None = None,
        accepts: bool = True,
        statistics: bool = False,
        assignments: Sequence[str] = (),
        levelling: bool = True,
        optimize: float = 0.0,
        draws: int = 0,
    ) -> Means:
        """Calendars, options and rules for an assessment; without `levelling`, whatever the configuration says.

        Without another `baseline`, the configuration's is in force; unless `accepts` is False: then none is. Where
        `statistics` are wanted, rules are timed as well at `-v`.
        With `draws`, anchors get a chance of being made; a solver gets `optimize` seconds for a better plan.
        """
        from retro import registry
        from retro.run.assess import Means
        from retro.run.findings_baseline import in_force
        from retro.run.options import lint_settings, schedule_options
        from retro.run.working_time import calendars

        settings = self.session.settings
        return Means(
            settings=settings,
            calendars=calendars(self.session.configuration, self.portfolio),
            options=schedule_options(
                settings,
                self.portfolio.boards,
                start=parse_day(start, "--start", self.session.zone) if start is not None else None,
                margin=margin,
            ),
            rules=registry.rules(self.session.configuration, assignments),
            lint=lint or lint_settings(settings.lint),
            baseline=(baseline or in_force(self.session.configuration)) if accepts else None,
            statistics=statistics,
            stopwatch=process_time if statistics and self.session.options.verbose else None,
            capabilities={name: connector.describe().capabilities for name, connector in self.connectors.items()},
            touches=self.touches,
            history=self.history,
            levelling=levelling,
            optimize=optimize,
            draws=draws,
        )

    def assess(self, means: Means) -> Assessed:
        """The assessment of what was read."""
        from retro.run.assess import assess

        session = self.session
        return assess(self.portfolio, means, now=session.now, lang=session.lang, known=self.known, process=self.second)

    def with_standings(self, assessment: Assessment, ledger: Ledger) -> Assessment:
        """The assessment with how its projects stood on earlier days; today is kept where boards were read now."""
        from retro.run.trend import remember_standings, with_standings

        remember_standings(ledger, assessment, self.reading.fresh, told_now=self.session.options.now is not None)
        return with_standings(ledger, assessment)

    def with_slippage(
        self, assessed: Assessed, means: Means, ledger: Ledger | None, baseline: str | None, *, of_paths: bool
    ) -> Assessed:
        """The assessment with how far it slipped from the `baseline` of a name, else from the last one set.

        Without a name it is as it was where none is remembered. `of_paths`: files were read, not the boards.
        """
        from retro.run.plan_baseline import to_show, with_slippage

        found = to_show(baseline, ledger, self.history)
        if found is None:
            return assessed
        made = with_slippage(
            assessed.assessment,
            found,
            self.known,
            self.reading,
            means,
            ledger=None if of_paths else ledger,
            offline=self.session.options.offline and not of_paths,
        )
        return replace(assessed, assessment=made)

    def with_past_buffers(
        self, assessed: Assessed, means: Means, ledger: Ledger, *, end: str | None = None
    ) -> Assessed:
        """The assessment with how buffers stood on earlier days, where margins are pooled."""
        from retro.run.past_buffers import with_past_buffers

        as_read = self.as_read(end)
        made = with_past_buffers(assessed.assessment, ledger, as_read, means, self.known)
        return replace(assessed, assessment=made)

    def as_read(self, end: str | None = None) -> Callable[[Sequence[Snapshot]], Portfolio]:
        """How earlier snapshots are joined into a portfolio: with the people and projects of today's configuration."""
        from retro import registry
        from retro.run.projects import projects
        from retro.run.read import Reading, join

        settings = self.session.settings
        last: Day | None = parse_day(end, "--end", self.session.zone) if end is not None else None

        def joined(snapshots: Sequence[Snapshot]) -> Portfolio:
            found = join(Reading(sources=(), snapshots=tuple(snapshots)), settings, registry.handle_of)
            return replace(found, projects=projects(settings, found.boards, found.tasks, last))

        return joined


def gather(
    session: Session,
    paths: Sequence[Path] = (),
    *,
    end: str | None = None,
    end_option: str = "--end",
    ledger: Ledger | None = None,
    tell: Callable[[RetroError], None] = tell_error,
    second: SecondProcess | None = None,
) -> Work:
    """Read PATHs (one project, nothing stored), or else the configured boards (stored in the ledger).

    A PATH that is plainly a calendar of publications is taken for one, unless `end` says that it works to a date.
    `end`, the date that they work to, is what `end_option` says. Sources that fail are told of by `tell`, each once.
    Where there is much to read from the state, `second` is begun and comes back from here as well.
    """
    from retro import registry
    from retro.ports import ConfigurationError
    from retro.run.discovery.kinds import with_calendars
    from retro.run.own_writes import known_writes
    from retro.run.projects import one_project, projects
    from retro.run.read import join, read
    from retro.run.touches import touches

    last: Day | None = parse_day(end, end_option, session.zone) if end is not None else None
    if paths:
        targets, connectors = registry.open_files(session.configuration, paths, session.clock)
        broken: dict[str, SourceError] = {}
    else:
        targets, connectors, broken = registry.open_sources(
            session.configuration, session.clock, ledger, session.meter.of, offline=session.options.offline
        )
        if not targets:
            raise ConfigurationError(
                _("there is nothing to read: no PATH was given and no board is configured."),
                where=str(session.configuration.path or "retro.toml"),
                remedy=_("Give a board's export (`retro lint board.json`), run `retro init`, or try `retro demo`."),
            )
    session.closes(connectors.values())
    if second is not None and ledger is not None and not paths and session.options.offline:
        _begin(second, session, ledger, [target.alias or target.at for target in targets])
    with _uncollected():
        with headway(session) as watcher:
            reading = read(
                targets,
                connectors,
                broken=broken,
                ledger=None if paths else ledger,
                offline=session.options.offline and not paths,
                watcher=watcher,
                told_now=session.options.now is not None,
            )
        for error in {str(each): each for each in reading.errors}.values():
            tell(error)
        if second is not None:  # the state may be written to between the reading of the one process and of the other
            second.about = hash(tuple((each.board.key, each.read_at) for each in reading.snapshots))
        portfolio = join(reading, session.settings, registry.handle_of)
        if paths and last is None:
            portfolio = with_calendars(portfolio, session.zone)
        found = (
            one_project(portfolio.boards, portfolio.tasks, last)
            if paths
            else projects(session.settings, portfolio.boards, portfolio.tasks, last)
        )
        portfolio = replace(portfolio, projects=found)
        known = known_writes(ledger if not paths else None, portfolio, session.zone)
        return Work(
            session=session,
            portfolio=portfolio,
            reading=reading,
            connectors=connectors,
            known=known,
            touches=touches(ledger if not paths else None, portfolio),
            history=_history(session, portfolio, ledger, known) if ledger is not None and not paths else None,
            second=second,
        )


def _begin(second: SecondProcess, session: Session, ledger: Ledger, boards: Sequence[str]) -> None:
    """Have a second process read the boards too, where they are many: it asks rules while this one schedules."""
    from retro.lint.ahead import LEAST_BYTES
    from retro.lint.second_process import can_fork

    if can_fork() and ledger.stored_bytes(boards) >= LEAST_BYTES:
        session.stop_the_clock()  # both judge at one instant
        ledger.close()  # SQLite's files may not go through a fork
        second.begin()


def _history(session: Session, portfolio: Portfolio, ledger: Ledger, known: Known) -> History:
    """What earlier reads tell, once this one is among them."""
    from retro.run.options import schedule_options
    from retro.run.remembered import anchored, history, see_anchors

    anchors = anchored(portfolio, schedule_options(session.settings, portfolio.boards))
    if not session.options.offline:
        see_anchors(ledger, anchors, now=session.now, zone=session.zone)
    return history(ledger, portfolio, anchors, known, zone=session.zone)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the collector of cycles off while tasks are made, and keep it from what was made: all of it stays in use.

    It would else go through every task again and again: an eighth of what `retro lint` takes for 20 000 rows.
    """
    gc.unfreeze()  # what an earlier read of this process made is no more in use
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def opened(session: Session, command: str, *, exclusive: bool = False) -> Iterator[Ledger | None]:
    """The ledger of the state, where there is one; `exclusive` also takes the lock of a run that writes."""
    state = session.configuration.state
    if state is None:
        yield None
        return
    from retro import registry

    with registry.open_ledger(state, session.clock, command, exclusive=exclusive) as ledger:
        yield ledger
