"""Baselines of dates: where they are kept, how one is set, and how far today's plan has slipped from it."""

import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import (
    Assessment,
    BaselineProject,
    BaselineTask,
    Category,
    EndBasis,
    History,
    Identity,
    NamedBaseline,
    PlanBaseline,
    PlanEnd,
    Slippage,
)
from retro.ports import ConfigurationError, Ledger, UnreadableError
from retro.run.assess import Means
from retro.run.last_seen import last_seen
from retro.run.own_writes import Known, without_own_dates
from retro.run.read import Reading
from retro.schedule.baseline import compare, project_ends, set_aside, taken
from retro.store import plan_files

_LONGEST = 60
_UNFIT = frozenset('/\\:*?"<>|')
"""Characters that no file's name can hold everywhere."""


def baseline_name(given: str) -> str:
    """The name of a baseline as it is kept. Raises ConfigurationError for one that could not be a file's."""
    name = unicodedata.normalize("NFC", given).strip()
    if not name or len(name) > _LONGEST or name[0] in "-." or not name.isprintable() or _UNFIT & set(name):
        raise ConfigurationError(
            _("a baseline cannot be called that."),
            where="NAME",
            remedy=_('Give it a short name without / \\ : * ? " < > |, such as kickoff.'),
        )
    return name


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where baselines are kept: one file, where one is named; else the state; without a state, files in a folder."""

    ledger: Ledger | None
    folder: Path
    file: Path | None = None

    def listed(self) -> list[NamedBaseline]:
        """All that are kept, the last one set first."""
        if self.file is not None:
            found = plan_files.read(self.file)
            return [NamedBaseline(found.name, found.set_at, len(found.tasks))]
        kept = self.ledger.plan_baselines() if self.ledger is not None else []
        names = {each.name for each in kept}
        return kept + [each for each in plan_files.listed(self.folder) if each.name not in names]

    def find(self, name: str) -> PlanBaseline | None:
        """The baseline of a name. Raises UnreadableError where its file holds none, or one of another name."""
        if self.file is not None:
            return _of_file(self.file, name) if self.file.exists() else None
        if self.ledger is not None and (kept := self.ledger.plan_baseline(name)) is not None:
            return kept
        beside = plan_files.file_of(name, self.folder)
        return _of_file(beside, name) if beside.exists() else None

    def get(self, name: str) -> PlanBaseline:
        """The same; ConfigurationError where there is none."""
        found = self.find(name)
        if found is None:
            names = [each.name for each in self.listed()] if self.file is None else []
            raise ConfigurationError(
                _('there is no baseline "{name}".', name=name),
                where=str(self.file or ""),
                remedy=_("There are: {names}.", names=", ".join(names))
                if names
                else _("Keep today's dates as one with `retro baseline plan set {name}`.", name=name),
            )
        return found

    def place(self, name: str) -> Path | None:
        """The file that a baseline of this name is put into; None: the state."""
        if self.file is not None or self.ledger is None:
            return self.file or plan_files.file_of(name, self.folder)
        return None

    def keep(self, baseline: PlanBaseline, *, over: bool) -> bool:
        """Keep a baseline; False where the same dates are kept under its name already, and stay as they were set.

        Raises ConfigurationError where other dates stand in its place, unless it goes `over` them, and
        UnreadableError where its file is something else, which is never written over.
        """
        there = self._in_its_place(baseline.name)
        if there is not None and not over:
            if there.name == baseline.name and same_dates(there, baseline):
                return False
            raise ConfigurationError(
                _(
                    'the baseline "{name}" of {date} has other dates.',
                    name=there.name,
                    date=format_date(there.set_at, Style.LONG),
                ),
                where=str(self.place(baseline.name) or ""),
                remedy=_("Give another name, or --replace to forget it."),
            )
        file = self.place(baseline.name)
        if file is not None:
            plan_files.write(baseline, file)
        elif self.ledger is not None:
            self.ledger.keep_plan_baseline(baseline)
        return True

    def _in_its_place(self, name: str) -> PlanBaseline | None:
        file = self.place(name)
        if file is not None:
            return plan_files.read(file) if file.exists() else None
        return self.ledger.plan_baseline(name) if self.ledger is not None else None


def to_show(given: str | None, ledger: Ledger | None, history: History | None) -> PlanBaseline | None:
    """The baseline that a plan is drawn against: the one asked for, by its name or its file; else the last one set.

    None where none was asked for and none is remembered. Raises ConfigurationError where there is none of that name.
    """
    if given is None:
        return history.agreed() if history is not None else None
    if given.lower().endswith(".json"):
        return plan_files.read(Path(given))
    return Shelf(ledger, Path()).get(baseline_name(given))


def same_dates(one: PlanBaseline, other: PlanBaseline) -> bool:
    """Whether two baselines hold the same plan, whenever each was set: what depends on the day counts for nothing."""
    return _dates(one) == _dates(other)


def plan_of(assessment: Assessment, known: Known, reading: Reading, *, name: str = "") -> PlanBaseline:
    """Today's plan in the form of a baseline. Dates that retro wrote into the team's cells are advised, not planned."""
    return taken(
        without_own_dates(assessment.portfolio, known),
        assessment.schedule,
        name=name,
        now=assessment.now,
        read_at={snapshot.board.key: snapshot.read_at for snapshot in reading.snapshots},
        zone=ZoneInfo(assessment.zone_name),
    )


def ends_of(plan: PlanBaseline, zone: tzinfo) -> tuple[tuple[BaselineProject, EndBasis, PlanEnd], ...]:
    """Where each project of a plan ends; `zone` is the workspace's."""
    return project_ends(plan, zone)


def slippage(
    baseline: PlanBaseline,
    assessment: Assessment,
    known: Known,
    reading: Reading,
    means: Means,
    *,
    ledger: Ledger | None,
    offline: bool,
) -> Slippage:
    """How far today's plan has slipped; `offline`: the last snapshots are what was asked for, and count as read.

    `ledger` tells what became of tasks before they left a board that does not send its archives (None: nothing does).
    """
    read = {snapshot.board.key for snapshot in reading.snapshots} if offline else reading.fresh
    now = plan_of(assessment, known, reading)
    if ledger is not None:
        now = replace(now, tasks=(*now.tasks, *_done_and_gone(baseline, assessment, read, ledger)))
    return compare(
        baseline,
        now,
        read=read,
        aside=set_aside(assessment.portfolio),
        calendar=means.calendars.project,
    )


def with_slippage(
    assessment: Assessment,
    baseline: PlanBaseline,
    known: Known,
    reading: Reading,
    means: Means,
    *,
    ledger: Ledger | None,
    offline: bool,
) -> Assessment:
    """The assessment with how far its plan has slipped from a baseline; arguments as of `slippage`."""
    found = slippage(baseline, assessment, known, reading, means, ledger=ledger, offline=offline)
    return replace(assessment, slippage=found)


def _done_and_gone(
    baseline: PlanBaseline, assessment: Assessment, read: AbstractSet[str], ledger: Ledger
) -> Iterator[BaselineTask]:
    """Tasks that are not read any more, and were done when they last were."""
    here = {task.key for task in assessment.portfolio.tasks}
    boards = {board.key for board in assessment.portfolio.boards if not board.archived_known} & read
    lost: dict[str, dict[str, BaselineTask]] = {}
    for task in baseline.tasks:
        if task.identity is Identity.NATIVE and task.board in boards and not task.done and task.key not in here:
            lost.setdefault(task.board, {})[task.key] = task
    for board, tasks in lost.items():
        for key, seen in last_seen(ledger, board, tasks, baseline.set_at, assessment.now).items():
            if seen.status.category is Category.DONE:
                yield replace(tasks[key], done=True, finished=seen.actual_finish or seen.completed)


def _of_file(file: Path, name: str) -> PlanBaseline:
    found = plan_files.read(file)
    if found.name != name:
        raise UnreadableError(
            _('this file holds the baseline "{name}".', name=found.name),
            where=str(file),
            remedy=_("Give that name, or another --file."),
        )
    return found


def _dates(plan: PlanBaseline) -> PlanBaseline:
    return replace(
        plan,
        name="",
        set_at=datetime.min.replace(tzinfo=UTC),
        boards=tuple(replace(board, read_at=None) for board in plan.boards),
        anchors=tuple(replace(anchor, slack_minutes=None) for anchor in plan.anchors),
        tasks=tuple(replace(task, earliest_finish=None) for task in plan.tasks),
    )
