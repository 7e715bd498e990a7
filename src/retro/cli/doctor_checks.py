"""What `retro doctor` looks at, in which order: the configuration, secrets, sources, boards, what they make."""

from __future__ import annotations

import platform
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from retro.cli.session import Session
    from retro.model import Guard, Portfolio, Snapshot, Task
    from retro.model.check import Check
    from retro.ports import Connector, Ledger, RetroError
    from retro.run.read import Target
    from retro.run.read_each import Outcome

_FILE = "file"
_DATABASE = "retro.db"
_USAGE = 2


def version() -> Check:
    """Which retro this is."""
    from importlib.metadata import version as installed

    from retro.model.check import Check, Topic

    said = f"retro {installed('retroplan')} · Python {platform.python_version()} · {platform.system()}"
    return Check(topic=Topic.VERSION, said=said)


def every_check(session: Session) -> list[Check]:
    """Everything, in the order in which it is looked at."""
    from retro.model.check import Topic
    from retro.ports import RetroError
    from retro.run.doctor.errors import of_error
    from retro.run.doctor.state import of_folder

    checks = [*_setup(session)]
    state = session.configuration.state
    if state is not None:
        checks.append(of_folder(state))  # before anything opens it, which closes it to others
        with ExitStack() as stack:
            ledger = None
            if (state / _DATABASE).is_file():
                from retro import registry

                ledger = stack.enter_context(registry.open_ledger(state, session.clock, "doctor", exclusive=False))
            try:
                checks += _Examination(session, ledger).checks()
            except RetroError as error:  # the state itself cannot be read
                checks.append(of_error(Topic.STATE, error))
    return [*checks, version()]


def _setup(session: Session) -> Iterator[Check]:
    """What can be told without opening anything."""
    from retro import registry
    from retro.model.check import Topic, fault
    from retro.ports import ConfigurationError
    from retro.run.doctor.calendar import of_calendar
    from retro.run.doctor.errors import of_error
    from retro.run.doctor.secrets import of_secrets
    from retro.run.doctor.settings import of_settings
    from retro.run.machine_zone import machine_zone

    configuration = session.configuration
    if configuration.path is None:
        yield fault(
            Topic.CONFIGURATION,
            _("there is no retro.toml here or above."),
            remedy=_("`retro init` writes one, from your boards or from a file."),
            code=_USAGE,
        )
        return
    try:
        registry.rules(configuration)
        registry.check_boards(configuration)
    except ConfigurationError as error:
        yield of_error(Topic.CONFIGURATION, error)
    needs = registry.needed_secrets()
    yield from of_settings(configuration, [rule.code for rule in registry.rule_types()], needs)
    yield from of_secrets(configuration, needs)
    yield from of_calendar(configuration, session.now, machine_zone())


class _Examination:
    """One look at sources, boards, and what the state remembers (`ledger`; None: nothing yet)."""

    def __init__(self, session: Session, ledger: Ledger | None) -> None:
        self._session = session
        self._settings = session.settings
        self._ledger = ledger
        self._connectors: dict[str, Connector] = {}
        self._targets: list[Target] = []
        self._broken: dict[str, RetroError] = {}
        """By source: why nothing can be asked of it; told once, not for each of its boards."""

    def checks(self) -> Iterator[Check]:
        """Every check, in order."""
        self._open()
        if not self._session.options.offline:
            yield from self._standings()
        outcomes = self._outcomes()
        snapshots = [outcome.snapshot for outcome in outcomes if outcome.snapshot is not None]
        portfolio = self._joined(snapshots)
        yield from self._boards(outcomes, portfolio)
        yield from self._base(portfolio)
        if not self._session.options.offline:
            yield from self._outside()
        unread = {target.alias: target.source for target in self._targets}
        for outcome in outcomes:
            if outcome.snapshot is not None:
                unread.pop(outcome.target.alias, None)
        yield from self._plan(portfolio, unread)
        yield from self._people(portfolio, snapshots, {*unread.values(), *self._broken})
        yield from self._memory(portfolio, snapshots)

    def _open(self) -> None:
        """A connector for each source that has what it takes, one by one, so that each failure stays its own."""
        from retro import registry
        from retro.ports import ConfigurationError

        session, settings = self._session, self._settings
        for name, section in settings.sources.items():
            boards = {alias: board for alias, board in settings.boards.items() if board.source == name}
            alone = settings.model_copy(update={"sources": {name: section}, "boards": boards})
            narrowed = replace(session.configuration, settings=alone)
            try:
                targets, connectors, broken = registry.open_sources(
                    narrowed, session.clock, self._ledger, session.meter.of
                )
                if section.kind != _FILE and not boards:
                    traffic = session.meter.of(name)
                    connectors[name] = registry.open_account(narrowed, name, session.clock, self._ledger, traffic)
            except ConfigurationError as error:
                self._broken[name] = error
                continue
            session.closes(connectors.values())
            self._targets += targets
            self._connectors |= connectors
            self._broken |= broken

    def _standings(self) -> Iterator[Check]:
        """How each source's token stands, and the files that cannot be opened."""
        from retro.model.check import Topic
        from retro.ports import SourceError, TellsStanding
        from retro.run.doctor.errors import of_error
        from retro.run.doctor.standing import of_standing

        for name, error in self._broken.items():
            if isinstance(error, SourceError) or self._settings.sources[name].kind == _FILE:
                yield of_error(Topic.SOURCES, error, name)
        for name, connector in self._connectors.items():
            if not isinstance(connector, TellsStanding):
                continue
            try:
                standing = connector.standing()
            except SourceError as error:
                self._broken[name] = error
                yield of_error(Topic.SOURCES, error, name)
                continue
            writes = any(board.source == name and board.write for board in self._settings.boards.values())
            yield from of_standing(name, standing, now=self._session.now, zone=self._session.zone, writes=writes)

    def _outcomes(self) -> list[Outcome]:
        """Each board as it is now, or offline as it was read last."""
        from retro.cli.bars import headway
        from retro.run.read_each import Outcome, read_each

        targets = [target for target in self._targets if target.source not in self._broken]
        if self._session.options.offline:
            ledger = self._ledger
            known = [(each, ledger.last_snapshot(each.alias or each.at)) for each in targets] if ledger else []
            return [Outcome(target, snapshot) for target, snapshot in known if snapshot is not None]
        with headway(self._session) as watcher:
            return read_each(targets, self._connectors, watcher)

    def _joined(self, snapshots: list[Snapshot]) -> Portfolio:
        from retro import registry
        from retro.run.project_rows import marked
        from retro.run.read import Reading, join

        return join(Reading(sources=(), snapshots=tuple(marked(snapshots))), self._settings, registry.handle_of)

    def _boards(self, outcomes: list[Outcome], portfolio: Portfolio) -> Iterator[Check]:
        from retro.model.check import Topic
        from retro.run.doctor.boards import of_board, of_memory
        from retro.run.doctor.errors import of_error

        ledger = self._ledger
        boards = {board.key: board for board in portfolio.boards}
        tasks: dict[str, list[Task]] = {key: [] for key in boards}
        for task in portfolio.tasks:
            tasks[task.board].append(task)
        for outcome in outcomes:
            if outcome.snapshot is None:
                if outcome.error is not None:
                    yield of_error(Topic.BOARDS, outcome.error, outcome.target.alias or outcome.target.at)
                continue
            board = boards[outcome.snapshot.board.key]
            section = self._settings.boards.get(board.alias.partition("#")[0])
            tool = self._connectors[board.source].describe().capabilities
            yield from of_board(board, tasks[board.key], section, tool)
            if ledger is not None and section is not None:
                yield from of_memory(
                    board,
                    section,
                    ledger.columns(board.key),
                    applied=ledger.applied_boards(),
                    refused=ledger.without_columns(),
                    lang=self._settings.workspace.lang,
                )

    def _base(self, portfolio: Portfolio) -> Iterator[Check]:
        """The central base of `retro mirror`, read as it is now."""
        from retro import registry
        from retro.model.check import Topic
        from retro.ports import RetroError
        from retro.run.doctor.errors import of_error
        from retro.run.doctor.mirror import SUBJECT, of_base
        from retro.run.mirror import check_apart
        from retro.sync.decide.rows import rows_of

        session, section, ledger = self._session, self._settings.mirror, self._ledger
        if not section.source or section.source in self._broken or session.options.offline:
            return
        try:
            traffic = session.meter.of(section.source)
            connector = registry.open_mirror(session.configuration, session.clock, ledger, traffic)
            session.closes([connector])
            snapshot = connector.pull(section.at).snapshot
            check_apart(snapshot.board, {board.key for board in portfolio.boards})
        except RetroError as error:
            yield of_error(Topic.BOARDS, error, SUBJECT)
            return
        key = snapshot.board.key
        yield from of_base(
            snapshot.board,
            rows_of(snapshot.tasks, ledger.acknowledged(key) if ledger is not None else {}),
            ledger.columns(key) if ledger is not None else {},
            applied=ledger.applied_boards() if ledger is not None else (),
            lang=self._settings.workspace.lang,
        )

    def _outside(self) -> Iterator[Check]:
        """Boards that the tokens see beside those of the configuration: told here, to whoever holds the token."""
        from retro import registry
        from retro.lint.selection import matches
        from retro.model.check import Topic
        from retro.ports import ConfigurationError, SourceError
        from retro.run.doctor.errors import of_error
        from retro.run.doctor.outside import CODE, of_outside, outside

        settings, session = self._settings, self._session
        try:
            rule = next((rule for rule in registry.rules(session.configuration) if rule.code == CODE), None)
        except ConfigurationError:  # told with the set-up
            return
        if rule is None or matches(CODE, settings.lint.ignore):
            return
        for name, connector in self._connectors.items():
            kind = settings.sources[name].kind
            known = [board.at for board in settings.boards.values() if board.source == name]
            if kind == _FILE or name in self._broken or not known:
                continue
            try:
                beside = outside(registry.account_of(kind, connector, known=known))
            except SourceError as error:
                yield of_error(Topic.SOURCES, error, name)
                continue
            yield from of_outside(name, beside, rule, session.now, session.zone)

    def _plan(self, portfolio: Portfolio, unread: Collection[str]) -> Iterator[Check]:
        """Projects and the dates that they work to; what stands on boards that were not read cannot be judged."""
        from retro.model.check import Topic
        from retro.ports import ConfigurationError
        from retro.run.doctor.errors import of_error
        from retro.run.doctor.projects import of_project, overlooked
        from retro.run.options import schedule_options
        from retro.run.projects import projects

        settings, session = self._settings, self._session
        try:
            found = projects(settings, portfolio.boards, portfolio.tasks)
        except ConfigurationError as error:
            yield of_error(Topic.PROJECTS, error)
            return
        missing = {name for name, board in settings.boards.items() if name in unread or board.source in self._broken}
        partly = {key for key, section in settings.projects.items() if not missing.isdisjoint(section.boards)}
        found = tuple(project for project in found if project.key not in partly)
        tasks = {task.key: task for task in portfolio.tasks}
        options = schedule_options(settings, portfolio.boards)
        for project in found:
            yield from of_project(project, tasks, options, now=session.now, zone=session.zone)
        aliases = {board.key: board.alias for board in portfolio.boards}
        filtered = [key for key, section in settings.projects.items() if section.filter]
        yield from overlooked(found, aliases, filtered)

    def _people(self, portfolio: Portfolio, snapshots: list[Snapshot], unread: Collection[str]) -> Iterator[Check]:
        """Who works on the boards; `unread` are sources of which a board was not read."""
        from retro.run.discovery.people import busy
        from retro.run.doctor.people import of_people, of_teams

        met = {person.key for snapshot in snapshots for person in snapshot.people}
        met |= {owner.key for snapshot in snapshots for task in snapshot.tasks for owner in task.owners}
        untold = {*unread, *(self._settings.sources[name].kind for name in unread)}
        yield from of_people(busy(portfolio.people, portfolio.tasks), self._settings.people, met, untold)
        if not unread:
            yield from of_teams(portfolio.teams, portfolio.tasks)

    def _memory(self, portfolio: Portfolio, snapshots: list[Snapshot]) -> Iterator[Check]:
        """Earlier runs, and what would hold the next one."""
        from retro.run.doctor.calendar import of_clock
        from retro.run.doctor.state import of_guards, of_runs, of_snapshots

        ledger, now = self._ledger, self._session.now
        if ledger is None:
            return
        runs = ledger.runs()
        yield from of_runs(runs, ledger.pending(), now)
        last = {each.alias or each.at: ledger.last_snapshot(each.alias or each.at) for each in self._targets}
        read_at = {name: snapshot.read_at if snapshot is not None else None for name, snapshot in last.items()}
        yield from of_snapshots(read_at, now)
        seen: list[datetime] = [run.started for run in runs] + [at for at in read_at.values() if at is not None]
        yield from of_clock(now, seen)
        if any(board.write for board in self._settings.boards.values()) and not self._session.options.offline:
            names = {board.key: board.alias or board.name for board in portfolio.boards}
            yield from of_guards(self._guards(portfolio, snapshots, ledger), names)

    def _guards(self, portfolio: Portfolio, snapshots: list[Snapshot], ledger: Ledger) -> tuple[Guard, ...]:
        """What would hold boards, as a plan that is never carried out finds it."""
        from retro.cli.work import Work
        from retro.cli.writing import decided
        from retro.run.own_writes import known_writes
        from retro.run.projects import projects
        from retro.run.read import Reading
        from retro.run.touches import touches

        whole = replace(portfolio, projects=projects(self._settings, portfolio.boards, portfolio.tasks))
        work = Work(
            session=self._session,
            portfolio=whole,
            reading=Reading(
                sources=(),
                snapshots=tuple(snapshots),
                fresh=frozenset(snapshot.board.key for snapshot in snapshots),
            ),
            connectors=self._connectors,
            known=known_writes(ledger, whole, self._session.zone),
            touches=touches(ledger, whole),
        )
        planned, _means = decided(work, ledger, None, force=False)
        return planned.plan.guards
