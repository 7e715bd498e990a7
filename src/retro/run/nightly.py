"""Decide and apply: what `plan`, `apply` and `sync` do once the boards were read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial

from retro.calendars import Calendars
from retro.config.shape import Settings
from retro.i18n import say
from retro.model import Finding, Plan, Portfolio, Schedule, Task
from retro.ports import Accepted, Clock, Connector, Ledger, Progress, SourceError
from retro.run.advised import only_shown, remember_finishes
from retro.run.assess import Assessed, Means, assess, judge
from retro.run.guarding import guarded, unread
from retro.run.new_run import new_run
from retro.run.own_writes import as_written, changed_by_hand, known_writes
from retro.run.policies import policies, without_removed_fields
from retro.sync.apply import Applied, Refusal, apply, finish_columns
from retro.sync.decide import Refused, Wishes, WritePolicy, as_they_stand, conflict_key, decide, has_stamp, wanted
from retro.sync.guards import Fingerprint, fingerprint
from retro.sync.journal import adopt, replay


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan, the assessment that it comes from, and what the next run compares with."""

    plan: Plan
    assessed: Assessed
    policies: Mapping[str, WritePolicy]
    fingerprints: Mapping[str, str]
    shown: frozenset[str] = frozenset()
    """Keys of the boards on which nothing is ever written."""
    believed: frozenset[str] = frozenset()
    """Keys of the boards whose state now is one to compare with, unless something on them is held or left."""


def settle_journal(
    portfolio: Portfolio,
    fresh: AbstractSet[str],
    ledger: Ledger,
    connectors: Mapping[str, Connector],
    board_policies: Mapping[str, WritePolicy],
    *,
    now: datetime,
    zone: tzinfo,
) -> list[SourceError]:
    """What an interrupted run left open is settled by what the boards hold now; lost state is taken up again.

    Only `fresh` boards can tell: an older snapshot knows nothing of what happened since. Errors of single boards
    are given back; their intents stay open.
    """
    by_board: dict[str, dict[str, Task]] = {key: {} for key in fresh}
    for task in portfolio.tasks:
        if task.board in by_board:
            by_board[task.board][task.key] = task

    def read(board: str, keys: Sequence[str]) -> Mapping[str, Task]:
        if board not in by_board:
            raise SourceError(board)  # not read in this run: its intents stay open
        return {key: by_board[board][key] for key in keys if key in by_board[board]}

    ours = [board for board in portfolio.boards if board.key in board_policies and board.key in fresh]
    errors = []
    for board in ours:
        try:
            finish_columns(ledger, board, connectors[board.source], board_policies[board.key].names, now=now)
        except SourceError as error:
            errors.append(error)
    replay(ledger, read, now=now, zone=zone)
    for board in ours:
        adopt(ledger, board.key, by_board[board.key].values(), zone=zone)
    return errors


def make_plan(
    portfolio: Portfolio,
    means: Means,
    ledger: Ledger | None,
    *,
    now: datetime,
    lang: str,
    forced: AbstractSet[str] = frozenset(),
    only: AbstractSet[str] | None = None,
    told_now: bool = False,
) -> Planned:
    """Assess, decide and guard. `only` restricts the plan to some boards; `forced` lifts what would hold a board.

    With `told_now`, a person named the hour (`--now`): it says nothing of the machine's clock.
    """
    settings, zone = means.settings, means.calendars.project.zone
    without_columns = frozenset() if ledger is None else ledger.without_columns()
    handed_over = policies(settings, portfolio.boards, means.capabilities, forced, without_columns)
    allowed = {board: policy for board, policy in handed_over.items() if only is None or board in only}
    known = known_writes(ledger, portfolio, zone)
    allowed = without_removed_fields(allowed, portfolio, known.written)
    assessed = assess(portfolio, means, now=now, lang=lang, known=known)
    schedule = assessed.assessment.schedule
    told = ledger.reported_conflicts() if ledger is not None else frozenset()
    crashed = {bug.code for bug in assessed.bugs}

    def wishes_of(dates: Schedule, findings: Sequence[Finding]) -> Mapping[str, Wishes]:
        sentence = partial(say, lang=settings.workspace.lang)
        day = means.calendars.project.day_minutes
        found = wanted(portfolio, dates, findings, allowed, say=sentence, zone=zone, day_minutes=day)
        return as_they_stand(found, known.written, crashed)

    refused = {} if ledger is None else declined(ledger, portfolio)

    def decided(findings: Sequence[Finding], rules: Mapping[str, WritePolicy], declined: Refused) -> Plan:
        wishes = wishes_of(schedule, findings)
        if assessed.unbound is not schedule:
            # A date that a human set is judged against what retro would say without it, else it agrees with itself.
            wishes = _with_unbound(wishes, wishes_of(assessed.unbound, ()), changed_by_hand(portfolio, allowed, known))
        workday = means.calendars.project.is_working_day
        return decide(
            portfolio, wishes, rules, known.written, now=now, zone=zone, workday=workday, told=told, declined=declined
        )

    findings = assessed.assessment.findings
    # As though nothing had been taken back, just now or ever: a date that someone declined is no reason for a new
    # remark on the card.
    at_once = {board: replace(policy, quiet=timedelta()) for board, policy in allowed.items()}
    plan = decided(findings, at_once if refused else allowed, {})
    coming = as_written(portfolio, plan.changes)
    if coming is not portfolio:
        # A remark that this very run mends (no due date, and it is being filled in) is not written on the card.
        again = judge(coming, assessed.assessment.unlevelled or schedule, means, now=now)
        findings = again.findings
        more = tuple(bug for bug in again.bugs if bug.code not in crashed)
        assessed = replace(assessed, bugs=(*assessed.bugs, *more))
        crashed |= {bug.code for bug in more}
    if coming is not portfolio or refused:
        plan = decided(findings, allowed, refused)
    prints = fingerprint(
        portfolio,
        calendar=_calendars_text(means.calendars),
        configuration=_configuration_text(settings),
        schedule=schedule,
        zone=zone,
        seen=_seen(portfolio, ledger, now, told_now=told_now),
    )
    judged = guarded(
        plan,
        portfolio,
        schedule,
        ledger,
        prints,
        written=allowed.keys(),
        forced=forced,
        settings=settings.sync,
        now=now,
        zone=zone,
        told_now=told_now,
    )
    chosen = prints.keys() if only is None else prints.keys() & only
    return Planned(
        plan=replace(plan, guards=(*judged.guards, *unread(portfolio.boards, handed_over.keys()))),
        assessed=assessed,
        policies=allowed,
        fingerprints=prints,
        shown=only_shown(settings, portfolio.boards),
        believed=frozenset(chosen - judged.doubted),
    )


def carry_out(
    plan: Plan,
    connectors: Mapping[str, Connector],
    ledger: Ledger,
    clock: Clock,
    *,
    command: str,
    means: Means,
    dry: bool = False,
    progress: Progress | None = None,
    began: datetime | None = None,
) -> Applied:
    """Apply a plan under a run of its own. `connectors` are by board key; the run's time counts from when it `began`.

    `began` is None where it begins here.
    """
    run = new_run(command, clock)
    # In UTC: a deadline counts real hours, also on the night when the clocks change.
    until = (began or clock.now()).astimezone(UTC) + means.settings.sync.deadline.elapsed
    if not dry:
        ledger.begin(run)
    writes = 0
    try:
        applied = apply(
            plan,
            connectors,
            ledger,
            clock,
            run.id,
            zone=means.calendars.project.zone,
            dry=dry,
            until=until,
            on_progress=progress,
        )
        writes = applied.writes
    finally:
        if not dry:
            ledger.finish(replace(run, finished=clock.now(), writes=writes))
    return applied if dry else replace(applied, run=run.id)


def remember(
    planned: Planned,
    applied: Applied,
    ledger: Ledger,
    *,
    read_at: Mapping[str, datetime],
    zone: tzinfo,
    waiting: AbstractSet[str] = frozenset(),
) -> None:
    """What the next run compares with: conflicts told, the state that boards were wholly written from, advised dates.

    `read_at` is when each board was read; `waiting` are boards whose changes wait for a first apply by hand. A board
    on which anything was left is not remembered: tomorrow's remaining changes have the same explanation. What the
    tool itself refuses is not left: a card that it never takes must not keep its board from being remembered.
    """
    boards = {task.key: task.board for task in planned.assessed.assessment.portfolio.tasks}
    others = [told for told in ledger.reported_conflicts() if boards.get(told[0]) not in planned.policies]
    ledger.report_conflicts([*others, *(conflict_key(conflict, zone) for conflict in planned.plan.conflicts)])
    left = {change.board for change in (*applied.left, *applied.uncertain, *applied.held)}
    left |= {change.board for change, why in applied.refused if why is Refusal.CHANGED}
    left |= applied.failed.keys() | waiting
    left |= {guard.board for guard in planned.plan.guards if guard.held} | set(planned.plan.waiting)
    ledger.accept(
        *(
            Accepted(board=board, read_at=read_at[board], fingerprint=planned.fingerprints[board])
            for board in sorted(planned.believed & read_at.keys() - left)
        )
    )
    remember_finishes(ledger, planned.assessed.assessment, planned.shown | planned.policies.keys() - left)


def pending_boards(planned: Planned, portfolio: Portfolio, ledger: Ledger) -> set[str]:
    """Boards whose first apply nobody has made by hand yet: neither ledger nor a stamp on the board knows of one."""
    # What a clean left in place, because a person had changed it, is no leave to come back.
    stamped = {task.board for task in portfolio.tasks if has_stamp(task)} - ledger.cleaned_boards()
    changing = {change.board for change in planned.plan.changes} - ledger.applied_boards() - stamped
    return {board for board in changing if not ledger.acknowledged(board)}


def _with_unbound(
    wishes: Mapping[str, Wishes], unbound: Mapping[str, Wishes], fields: Iterable[tuple[str, str]]
) -> dict[str, Wishes]:
    """The wishes, those of `fields` taken from `unbound`."""
    found = dict(wishes)
    for task, field in fields:
        if field in unbound[task].values:
            values = {**found[task].values, field: unbound[task].values[field]}
            found[task] = replace(found[task], values=values)
    return found


def declined(ledger: Ledger, portfolio: Portfolio) -> Refused:
    """Values that an undo took back, by task and field."""
    return {cell: values for board in portfolio.boards for cell, values in ledger.declined(board.key).items()}


def _seen(portfolio: Portfolio, ledger: Ledger | None, now: datetime, *, told_now: bool) -> dict[str, datetime]:
    """What the machine's clock says, by board; where a person named the hour, what it said before."""
    if not told_now:
        return {board.key: now.astimezone(UTC) for board in portfolio.boards}
    accepted = {board.key: None if ledger is None else ledger.accepted(board.key) for board in portfolio.boards}
    before = {key: Fingerprint.of(each.fingerprint).seen for key, each in accepted.items() if each is not None}
    return {key: seen for key, seen in before.items() if seen is not None}


def _configuration_text(settings: Settings) -> str:
    """A text that changes when the configuration of the plan does; the order of projects is which matters most."""
    parts = settings.model_dump(mode="json", include={"schedule", "boards", "teams"})
    return json.dumps({**parts, "projects": list(settings.projects)}, sort_keys=True)


def _calendars_text(calendars: Calendars) -> str:
    """A text that changes when anybody's working time does, wherever their leave is written down."""
    each = {"": calendars.project, **calendars.people, **calendars.named}
    return json.dumps(
        {
            name: [
                calendar.week,
                sorted(map(str, calendar.days_off)),
                str(calendar.holidays),
                calendar.day_minutes,
                str(calendar.spans),
            ]
            for name, calendar in sorted(each.items())
        }
    )
