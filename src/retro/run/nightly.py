"""Decide and apply: what `plan`, `apply` and `sync` do once the boards were read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from retro.i18n import say
from retro.model import Finding, Guard, Plan, Portfolio, Schedule, Task
from retro.ports import Accepted, Acknowledged, Clock, Connector, Ledger, Progress, RunRecord, SourceError
from retro.run.assess import Assessed, Means, assess, judge
from retro.run.own_writes import as_written, changed_by_hand
from retro.run.policies import policies
from retro.sync.apply import Applied, apply, finish_columns
from retro.sync.decide import Wishes, WritePolicy, conflict_key, decide, has_stamp, wanted
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
    ledger: Ledger,
    connectors: Mapping[str, Connector],
    board_policies: Mapping[str, WritePolicy],
    *,
    now: datetime,
    zone_of: Means,
) -> None:
    """What an interrupted run left open is settled by what the boards hold now; lost state is taken up again."""
    zone = zone_of.calendars.project.zone
    by_board: dict[str, dict[str, Task]] = {board.key: {} for board in portfolio.boards}
    for task in portfolio.tasks:
        by_board[task.board][task.key] = task

    def read(board: str, keys: Sequence[str]) -> Mapping[str, Task]:
        if board not in by_board:
            raise SourceError(board)  # not read in this run: its intents stay open
        return {key: by_board[board][key] for key in keys if key in by_board[board]}

    ours = [board for board in portfolio.boards if board.key in board_policies]
    for board in ours:
        finish_columns(ledger, board, connectors[board.source], board_policies[board.key].names)
    replay(ledger, read, now=now, zone=zone)
    for board in ours:
        adopt(ledger, board.key, by_board[board.key].values(), zone=zone)


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
    allowed = policies(settings, portfolio.boards, means.capabilities, forced)
    allowed = {board: policy for board, policy in allowed.items() if only is None or board in only}
    known = known_writes(ledger, portfolio)
    assessed = assess(portfolio, means, now=now, lang=lang, known=known)
    schedule = assessed.assessment.schedule
    told = ledger.reported_conflicts() if ledger is not None else frozenset()

    def wishes_of(dates: Schedule, findings: Sequence[Finding]) -> dict[str, Wishes]:
        sentence = partial(say, lang=settings.workspace.lang)
        day = means.calendars.project.day_minutes
        return wanted(portfolio, dates, findings, allowed, say=sentence, zone=zone, day_minutes=day)

    def decided(findings: Sequence[Finding]) -> Plan:
        wishes = wishes_of(schedule, findings)
        if assessed.unbound is not schedule:
            # A date that a human set is judged against what retro would say without it, else it agrees with itself.
            wishes = _with_unbound(wishes, wishes_of(assessed.unbound, ()), changed_by_hand(portfolio, allowed, known))
        workday = means.calendars.project.is_working_day
        return decide(portfolio, wishes, allowed, known, now=now, zone=zone, workday=workday, told=told)

    plan = decided(assessed.assessment.findings)
    coming = as_written(portfolio, plan.changes)
    if coming is not portfolio:
        # A remark that this very run mends (no due date, and it is being filled in) is not written on the card.
        plan = decided(judge(coming, schedule, means, now=now).findings)
    prints = fingerprint(
        portfolio, calendar=_text_of(means, "calendar", "people"), configuration=_text_of(means, "schedule", "boards")
    )
    guards = (*plan.guards, *_guards(plan, portfolio, means, ledger, prints))
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
    deadline = means.settings.sync.deadline.minutes(means.calendars.project.day_minutes)
    if not dry:
        ledger.begin(run)
    applied = apply(
        plan,
        connectors,
        ledger,
        clock,
        run.id,
        zone=means.calendars.project.zone,
        dry=dry,
        until=clock.now() + timedelta(minutes=deadline),
        on_progress=progress,
    )
    if not dry:
        ledger.finish(replace(run, finished=clock.now(), writes=applied.writes))
    return applied


def remember(planned: Planned, portfolio: Portfolio, ledger: Ledger, *, zone_of: Means) -> None:
    """What the next run compares with: the conflicts told, and the state that boards were decided on."""
    zone = zone_of.calendars.project.zone
    ledger.report_conflicts([conflict_key(conflict, zone) for conflict in planned.plan.conflicts])
    held = {guard.board for guard in planned.plan.guards if guard.held}
    read_at = {state.id: state.read_at for state in portfolio.sources}
    for board in portfolio.boards:
        when = read_at.get(board.source)
        if board.key in planned.policies and board.key not in held and when is not None:
            ledger.accept(Accepted(board=board.key, read_at=when, fingerprint=planned.fingerprints[board.key]))


def pending_boards(planned: Planned, portfolio: Portfolio, ledger: Ledger) -> set[str]:
    """Boards whose first apply nobody has made by hand yet: neither the ledger nor a stamp on the board knows one."""
    stamped = {task.board for task in portfolio.tasks if has_stamp(task)}
    return {change.board for change in planned.plan.changes} - ledger.applied_boards() - stamped


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


def known_writes(ledger: Ledger | None, portfolio: Portfolio) -> dict[tuple[str, str], Acknowledged]:
    """What retro last wrote on the boards of a portfolio, by task and field."""
    if ledger is None:
        return {}
    return {key: value for board in portfolio.boards for key, value in ledger.acknowledged(board.key).items()}


def _guards(
    plan: Plan, portfolio: Portfolio, means: Means, ledger: Ledger | None, prints: Mapping[str, str]
) -> list[Guard]:
    """What holds a board: tasks that went missing, dates that would move unexplained. Needs a history."""
    if ledger is None:
        return []
    tasks: dict[str, list[Task]] = {board.key: [] for board in portfolio.boards}
    for task in portfolio.tasks:
        tasks[task.board].append(task)
    present = {task.key for task in portfolio.tasks if task.counts}
    settings = means.settings.sync
    guards = []
    for board in portfolio.boards:
        accepted = ledger.accepted(board.key)
        if accepted is None:
            continue  # a first run explains itself
        before = ledger.previous_snapshot(board.key, accepted.read_at + timedelta(microseconds=1))
        guards.append(lost_tasks(before, tasks[board.key], present))
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


def _text_of(means: Means, *sections: str) -> str:
    return json.dumps(means.settings.model_dump(mode="json", include=set(sections)), sort_keys=True)
