"""Findings that carry a fix, as changes: which of them are made, and why the others are not.

A person asks for fixes, so no field has to be handed over. All else holds as for every write: whom a board shows
itself to, opt-outs, what is archived or done, spans, anchors, a quiet period, and what an undo took back.
"""

import hashlib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from retro.i18n.words import fold
from retro.model import (
    Board,
    BoardKind,
    Change,
    Finding,
    Fix,
    Fixes,
    Identity,
    LeftUnfixed,
    Plan,
    Portfolio,
    Role,
    Task,
    Unfixed,
    WriteLevel,
    as_date,
)
from retro.model.values import TICK
from retro.sync.decide.policy import WritePolicy
from retro.sync.decide.refused import Refused, refuses
from retro.sync.decide.tasks import LastWrite, just_edited, parents
from retro.sync.decide.values import Value, arrived, value_of

SECTION = "section"
_OF_THE_DONE = frozenset({TICK, SECTION})
"""Fields that are mended on tasks that are done: that is what is wrong with them."""
_DATES = ("start", "due")
_BY_ID = "relation"
"""The origin of references that follow a task whatever it is called; their words are only for messages."""


def decide_fixes(
    findings: Iterable[Finding],
    portfolio: Portfolio,
    policies: Mapping[str, WritePolicy],
    *,
    unsafe: bool,
    last: Mapping[str, LastWrite],
    declined: Refused,
    now: datetime,
    zone: tzinfo,
) -> Fixes:
    """The fixes of findings, the first of each cell in the order given; findings without one are passed over.

    Args:
        findings: those that stand, gravest first; none that is aggregated says anything of one task.
        portfolio: what they were found in.
        policies: of the boards that were read now and may be written to.
        unsafe: whether unsafe fixes are asked for, too.
        last: when retro last wrote on each task.
        declined: the values that an undo took back; a policy's `force` asks for them again.
        now: the instant.
        zone: the workspace's.
    """
    making = _Making(portfolio, policies, unsafe, last, declined, now, zone)
    for finding in findings:
        if finding.fix is not None and finding.task is not None:
            making.take(finding, finding.fix, finding.task)
    order = {task.key: place for place, task in enumerate(portfolio.tasks)}
    # Boards and tasks as they stand, whatever the rules' order: all that is written on a card is read at one look.
    changes = sorted(making.changes, key=lambda change: order[change.task])
    return Fixes(plan=Plan(changes=tuple(changes), made_at=now), findings=making.findings, left=tuple(making.left))


@dataclass(slots=True)
class _Making:
    """The fixes so far; the first fields are the arguments of `decide_fixes`."""

    portfolio: Portfolio
    policies: Mapping[str, WritePolicy]
    unsafe: bool
    last: Mapping[str, LastWrite]
    declined: Refused
    now: datetime
    zone: tzinfo
    changes: list[Change] = field(default_factory=list)
    findings: dict[str, Finding] = field(default_factory=dict)
    left: list[LeftUnfixed] = field(default_factory=list)
    written: dict[tuple[str, str], Value] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(init=False)
    boards: Mapping[str, Board] = field(init=False)
    spans: AbstractSet[str] = field(init=False)
    anchors: AbstractSet[str | None] = field(init=False)
    titles: AbstractSet[str] = field(init=False)
    """Titles that tasks name others by."""
    words: Mapping[str, list[str]] = field(init=False)
    """The words in which tasks name others that were found by them, by key."""

    def __post_init__(self) -> None:
        self.tasks = {task.key: task for task in self.portfolio.tasks}
        self.boards = {board.key: board for board in self.portfolio.boards}
        self.spans = parents(self.portfolio)
        named = [each for task in self.portfolio.tasks for each in task.references if each.origin != _BY_ID]
        self.titles = {fold(each.target) for each in named if each.by_title}
        self.words = {}
        for each in named:
            if not each.by_title:
                self.words.setdefault(each.target, []).append(fold(each.text))
        self.anchors = {anchor.task for project in self.portfolio.projects for anchor in project.anchors}

    def take(self, finding: Finding, fix: Fix, key: str) -> None:
        """Make one fix, or note why not."""
        task = self.tasks.get(key)
        if task is None or arrived(value_of(task, fix.field), fix.new, self.zone):
            return
        why = self._hindrance(task, fix)
        if not fix.safe and not self.unsafe:
            if why is not None:
                return  # nobody asked for it, and asking would not help
            why = Unfixed.UNSAFE
        if why is None:
            why = self._not_now(task, fix)
        if why is not None:
            self.left.append(LeftUnfixed(finding, why))
            return
        change = _change(task, fix, finding.code)
        self.written[task.key, fix.field] = fix.new
        self.findings[change.id] = finding
        self.changes.append(change)

    def _hindrance(self, task: Task, fix: Fix) -> Unfixed | None:  # noqa: PLR0911 - a table
        """What keeps a fix from being made at all."""
        policy, board = self.policies.get(task.board), self.boards[task.board]
        if policy is None:
            return Unfixed.UNREAD
        if board.guests_see is True and not policy.where_guests_see:
            return Unfixed.GUESTS
        if fix.field not in policy.capabilities.writable:
            return Unfixed.TOOL
        if task.opted_out:
            return Unfixed.OPTED_OUT
        if task.archived or task.role is not Role.TASK:
            return Unfixed.CLOSED
        if not task.status.category.is_open and fix.field not in _OF_THE_DONE:
            return Unfixed.CLOSED
        if fix.field == "title" and self._is_named(task):
            return Unfixed.NAMED
        if fix.field in _DATES and (why := self._date_stands(task, fix, board, policy)) is not None:
            return why
        declined = frozenset[Value]() if policy.force else self.declined.get((task.key, fix.field), frozenset())
        return Unfixed.DECLINED if refuses(declined, fix.new, self.zone) else None

    def _is_named(self, task: Task) -> bool:
        """Whether other tasks know this one by its title, on the boards themselves: in a checklist or a column."""
        if task.identity is not Identity.NATIVE and task.key in self.spans:
            return True  # rows of a file may name the row above them so
        title = fold(task.title)
        return title in self.titles or any(title in words for words in self.words.get(task.key, ()))

    def _date_stands(self, task: Task, fix: Fix, board: Board, policy: WritePolicy) -> Unfixed | None:
        if task.key in self.spans:
            return Unfixed.SPAN
        if task.milestone or task.key in self.anchors or (fix.field == "due" and board.kind is BoardKind.EDITORIAL):
            return Unfixed.STANDS
        if fix.field == "start" and policy.capabilities.start_needs_due and task.due is None:
            return Unfixed.TOOL
        return Unfixed.UNREAD if self.portfolio.never_read else None

    def _not_now(self, task: Task, fix: Fix) -> Unfixed | None:
        """What keeps a fix from being made in this run."""
        if just_edited(task, self.now, self.policies[task.board].quiet, self.last.get(task.key)):
            return Unfixed.RECENT
        if (task.key, fix.field) in self.written:
            return Unfixed.AGAIN
        if fix.field in _DATES and self._crosses(task, fix):
            other = _DATES[1 - _DATES.index(fix.field)]
            return Unfixed.AGAIN if (task.key, other) in self.written else Unfixed.CROSSED
        return None

    def _crosses(self, task: Task, fix: Fix) -> bool:
        """Whether a task would start after it is due."""
        dates = {name: self.written.get((task.key, name), value_of(task, name)) for name in _DATES}
        dates[fix.field] = fix.new
        start, due = dates["start"], dates["due"]
        if not isinstance(start, date) or not isinstance(due, date):
            return False
        return as_date(start, self.zone) > as_date(due, self.zone)


def _change(task: Task, fix: Fix, code: str) -> Change:
    parts = (task.board, task.key, fix.field, repr(fix.new), task.revision)
    return Change(
        id=hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16],
        task=task.key,
        title=task.title,
        url=task.url,
        board=task.board,
        field=fix.field,
        level=WriteLevel.FIX,
        old=value_of(task, fix.field),
        new=fix.new,
        why=code,
        revision=task.revision,
    )
