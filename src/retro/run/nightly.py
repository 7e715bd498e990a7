"""Decide and apply: what `plan`, `apply` and `sync` do once the boards were read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from uuid import uuid4

from retro.calendars import Calendars
from retro.i18n import say
from retro.i18n import text as _
from retro.model import Finding, Guard, Plan, Portfolio, Schedule, Task
from retro.ports import Accepted, Clock, Connector, Ledger, Progress, RunRecord, SourceError
from retro.run.assess import Assessed, Means, assess, judge
from retro.run.own_writes import as_written, changed_by_hand, known_writes
from retro.run.policies import policies
from retro.sync.apply import Applied, Refusal, apply, finish_columns
from retro.sync.decide import Refused, Wishes, WritePolicy, conflict_key, decide, has_stamp, wanted
from retro.sync.guards import explanations, fingerprint, lifted, lost_tasks, moved_dates
from retro.sync.journal import adopt, replay


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan, the assessment that it comes from, and what the next run compares with."""

    plan: Plan
    assessed: Assessed
    policies: Mapping[str, WritePolicy]
    fingerprints: Mapping[str, str]


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
) -> Planned:
    """Assess, decide and guard. `only` restricts the plan to some boards; `forced` lifts what would hold a board."""
    settings, zone = means.settings, means.calendars.project.zone
    without_columns = frozenset() if ledger is None else ledger.without_columns()
    allowed = policies(settings, portfolio.boards, means.capabilities, forced, without_columns)
    allowed = {board: policy for board, policy in allowed.items() if only is None or board in only}
    known = known_writes(ledger, portfolio, zone)
    assessed = assess(portfolio, means, now=now, lang=lang, known=known)
    schedule = assessed.assessment.schedule
    told = ledger.reported_conflicts() if ledger is not None else frozenset()

    def wishes_of(dates: Schedule, findings: Sequence[Finding]) -> dict[str, Wishes]:
        sentence = partial(say, lang=settings.workspace.lang)
        day = means.calendars.project.day_minutes
        return wanted(portfolio, dates, findings, allowed, say=sentence, zone=zone, day_minutes=day)

    refused = {} if ledger is None else _refused(ledger, portfolio)

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
        findings = judge(coming, schedule, means, now=now).findings
    if coming is not portfolio or refused:
        plan = decided(findings, allowed, refused)
    prints = fingerprint(
        portfolio,
        calendar=_calendars_text(means.calendars),
        configuration=json.dumps(settings.model_dump(mode="json", include={"schedule", "boards"}), sort_keys=True),
        schedule=schedule,
    )
    guards = (
        *plan.guards,
        *_guards(plan, portfolio, means, ledger, {board: prints[board] for board in allowed}, forced=forced),
    )
    return Planned(
        plan=replace(plan, guards=lifted(guards, forced)), assessed=assessed, policies=allowed, fingerprints=prints
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
) -> Applied:
    """Apply a plan under a run of its own. `connectors` are by board key."""
    run = RunRecord(id=uuid4().hex[:12], command=command, started=clock.now())
    # In UTC: a deadline counts real hours, also on the night when the clocks change.
    until = clock.now().astimezone(UTC) + means.settings.sync.deadline.elapsed
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
    return applied


def remember(
    planned: Planned,
    applied: Applied,
    ledger: Ledger,
    *,
    read_at: Mapping[str, datetime],
    zone: tzinfo,
    waiting: AbstractSet[str] = frozenset(),
) -> None:
    """What the next run compares with: the conflicts told, and the state that boards were wholly written from.

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
    for board in planned.policies.keys() & read_at.keys():
        if board not in left:
            ledger.accept(Accepted(board=board, read_at=read_at[board], fingerprint=planned.fingerprints[board]))


def pending_boards(planned: Planned, portfolio: Portfolio, ledger: Ledger) -> set[str]:
    """Boards whose first apply nobody has made by hand yet: neither ledger nor a stamp on the board knows of one."""
    stamped = {task.board for task in portfolio.tasks if has_stamp(task)}
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


def _refused(ledger: Ledger, portfolio: Portfolio) -> Refused:
    """Values that an undo took back, by task and field."""
    return {cell: values for board in portfolio.boards for cell, values in ledger.declined(board.key).items()}


def _guards(
    plan: Plan,
    portfolio: Portfolio,
    means: Means,
    ledger: Ledger | None,
    prints: Mapping[str, str],
    *,
    forced: AbstractSet[str],
) -> list[Guard]:
    """What holds a board: tasks that went missing, dates that would move unexplained. Needs a history.

    `prints` are the fingerprints of the boards that may be written: no other is held.
    """
    if ledger is None:
        return []
    tasks: dict[str, list[Task]] = {board.key: [] for board in portfolio.boards}
    for task in portfolio.tasks:
        tasks[task.board].append(task)
    present = {task.key for task in portfolio.tasks if task.counts}
    settings = means.settings.sync
    guards: list[Guard | None] = []
    for board in portfolio.boards:
        accepted = ledger.accepted(board.key) if board.key in prints else None
        if accepted is None:
            continue  # a first run explains itself
        before = ledger.previous_snapshot(board.key, accepted.read_at + timedelta(microseconds=1))
        lost = lost_tasks(before, tasks[board.key], present)
        guards += [lost, *(() if board.key in forced else _beside(lost, portfolio, prints))]
        guards.append(
            moved_dates(
                board.key,
                plan.changes,
                sum(task.is_open for task in tasks[board.key]),
                explanations(accepted.fingerprint, prints[board.key]),
                share=settings.guard_share,
                least=settings.guard_least,
            )
        )
    return [guard for guard in guards if guard is not None]


def _beside(lost: Guard | None, portfolio: Portfolio, boards: Iterable[str]) -> list[Guard]:
    """The other boards of a project one of whose boards is not believed: their dates would rest on what is missing."""
    if lost is None:
        return []
    names = {board.key: board.name for board in portfolio.boards}
    beside = {key for project in portfolio.projects if lost.board in project.boards for key in project.boards}
    reason = _("It shares a project with “{board}”, which is held.", board=names[lost.board])
    return [Guard(board=key, reason=reason) for key in boards if key in beside and key != lost.board]


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
