"""Findings accepted for now: which ones a baseline holds, and what it holds after another look at the boards.

A finding is known by its identity: code, subject, field, detail. One that stands for most of a board is known by the
board; the tasks that it stood for are kept beside it, so that none of them is new on the day when it comes apart. A
row without an id is known by its board and title instead of its place, for rows move.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime

from retro.model import AcceptedFinding, Finding, FindingsBaseline, Identity, Portfolio, Task


class Accepted:
    """Which accepted finding a finding is, if any."""

    def __init__(self, baseline: FindingsBaseline, tasks: Mapping[str, Task]) -> None:
        self._tasks = tasks
        self._by_identity = {each.identity: each for each in baseline.findings}
        self._by_title = {
            (each.code, each.board, each.title, each.field, each.detail): each for each in baseline.findings
        }
        self._by_member = {(each.code, each.field, key): each for each in baseline.findings for key in each.tasks}

    def of(self, finding: Finding) -> AcceptedFinding | None:
        """The entry that holds it; None: it is new."""
        task = self._tasks.get(finding.task) if finding.task is not None else None
        field = finding.field or ""
        if task is not None and task.identity is Identity.POSITIONAL:
            return self._by_title.get((finding.code, task.board, task.title, field, finding.detail))
        return self._by_identity.get(finding.identity) or self._by_member.get((finding.code, field, finding.task or ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a run looked at: only what is in it can be said not to occur any more."""

    boards: AbstractSet[str]
    """Keys of the boards that were read now."""
    rules: AbstractSet[str]
    """Codes of the rules that ran to their end, and whose silence means that there is nothing."""
    whole: bool
    """Whether these are all the boards there are, so that what belongs to no single board was looked at too."""

    def holds(self, accepted: AcceptedFinding) -> bool:
        """Whether an accepted finding would have been found again, if it still occurred."""
        return accepted.code in self.rules and (accepted.board in self.boards if accepted.board else self.whole)


def written(
    before: FindingsBaseline | None, findings: Iterable[Finding], scope: Scope, portfolio: Portfolio, now: datetime
) -> FindingsBaseline:
    """A baseline of all `findings`, and of what stood in it before that this run did not look at.

    What was accepted before keeps its day; where nothing changes, the baseline is the same.
    """
    tasks = {task.key: task for task in portfolio.tasks}
    known = Accepted(before, tasks) if before is not None else None
    entry = _Entries(portfolio, tasks)
    fresh = []
    for finding in findings:
        old = known.of(finding) if known is not None else None
        fresh.append(entry.of(finding, old.since if old is not None else now.date()))
    return _settled(before, [*fresh, *_unseen(before, scope)], now)


def pruned(
    before: FindingsBaseline, findings: Iterable[Finding], scope: Scope, portfolio: Portfolio, now: datetime
) -> FindingsBaseline:
    """The baseline without what this run looked at and did not find any more; nothing is added.

    One that stood for most of a board and has come apart leaves those of its tasks that still have it.
    """
    tasks = {task.key: task for task in portfolio.tasks}
    known = Accepted(before, tasks)
    entry = _Entries(portfolio, tasks)
    still: list[AcceptedFinding] = []
    for finding in findings:
        if (old := known.of(finding)) is not None:
            kept = entry.of(finding, old.since)
            still.append(replace(kept, tasks=tuple(sorted(set(kept.tasks) & set(old.tasks)))))
    return _settled(before, [*still, *_unseen(before, scope)], now)


def _unseen(before: FindingsBaseline | None, scope: Scope) -> Iterator[AcceptedFinding]:
    return (each for each in (before.findings if before else ()) if not scope.holds(each))


def _settled(before: FindingsBaseline | None, findings: Iterable[AcceptedFinding], now: datetime) -> FindingsBaseline:
    by_identity: dict[tuple[str, ...], AcceptedFinding] = {}
    for each in findings:
        by_identity.setdefault(each.identity, each)
    kept = tuple(by_identity[identity] for identity in sorted(by_identity))
    if before is not None and before.findings == kept:
        return before
    return FindingsBaseline(written=now, findings=kept)


class _Entries:
    """Entries made of findings, with the names that a reader knows their subjects by."""

    def __init__(self, portfolio: Portfolio, tasks: Mapping[str, Task]) -> None:
        self._tasks = tasks
        self._names = {project.key: project.name for project in portfolio.projects}
        self._names |= {board.key: board.name for board in portfolio.boards}

    def of(self, finding: Finding, since: date | None) -> AcceptedFinding:
        task = self._tasks.get(finding.subject)
        members = finding.tally.keys if finding.tally is not None else ()
        return AcceptedFinding(
            code=finding.code,
            subject=finding.subject,
            field=finding.field or "",
            detail=finding.detail,
            board=finding.board or "",
            title=task.title if task is not None else self._names.get(finding.subject, ""),
            since=since,
            # A place is no name to keep: another row may stand there tomorrow.
            tasks=tuple(sorted(key for key in members if self._tasks[key].identity is not Identity.POSITIONAL)),
        )
