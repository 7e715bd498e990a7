"""Sum a nightly run up: source by source, board by board, and what a person has to look at, with what to do next."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from retro.config.shape import Settings
from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.own_fields import name_of
from retro.lint.runner import RuleBug
from retro.model import Board, Plan, Portfolio
from retro.model.run_summary import BoardResult, RunSummary, SourceResult, Trouble
from retro.ports import ReadOnlyError, RetroError, SourceError
from retro.run.assess import Assessed
from retro.run.policies import closed, impossible
from retro.sync.apply import Applied, Refusal
from retro.sync.decide.values import OWN_PREFIX

_FOR_GOOD = frozenset({Refusal.REJECTED, Refusal.NOT_TAKEN})
"""Refusals that the next run would meet again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What a run read, decided and did."""

    portfolio: Portfolio
    fresh: Collection[str]
    """Keys of the boards that were read in this run."""
    unread: Sequence[tuple[str, SourceError]]
    """Boards that could not be read, by their name in the configuration, and why."""
    unsettled: Sequence[RetroError]
    """What stood in the way of settling what an earlier run had left open."""
    assessed: Assessed
    plan: Plan
    """All that was decided, for boards that wait for a first apply too."""
    waiting: Collection[str]
    """Keys of those boards."""
    applied: Applied
    requests: Mapping[str, int]
    """Sent to each source, repetitions and writes included."""
    settings: Settings
    too_severe: bool = False
    """Whether there are findings that make the run fail."""
    dry: bool = False
    quiet_hours: bool = False


def summarise(night: Night, *, command: str, started: datetime, finished: datetime, code: int) -> RunSummary:
    """The summary of a run that ended with an exit code."""
    applied, findings = night.applied, night.assessed.assessment.findings
    return RunSummary(
        command=command,
        started=started,
        finished=finished,
        exit_code=code,
        id=applied.run or None,
        dry=night.dry,
        quiet_hours=night.quiet_hours,
        late=any(change.board not in applied.failed for change in applied.left),
        sources=tuple(
            SourceResult(state=state, requests=max(state.requests, night.requests.get(state.id, 0)))
            for state in night.portfolio.sources
        ),
        boards=tuple(_boards(night)),
        findings=Counter(finding.severity.value for finding in findings),
        conflicts=night.plan.conflicts,
        troubles=tuple(_troubles(night)),
    )


def cut_short(error: BaseException, *, command: str, started: datetime, finished: datetime, code: int) -> RunSummary:
    """The summary of a run that an error ended before it had a result."""
    if isinstance(error, RetroError):
        trouble = Trouble(where=error.where, what=error.what, remedy=error.remedy)
    else:
        trouble = Trouble(where="", what=_("the run was broken off; the next one settles what it had begun."))
    return RunSummary(
        command=command, started=started, finished=finished, exit_code=code, reached=False, troubles=(trouble,)
    )


def _boards(night: Night) -> Iterator[BoardResult]:
    applied = night.applied
    # Nothing is written in a dry run: what would have been is no write.
    written = Counter(change.board for change in applied.written if not night.dry)
    refused = Counter(change.board for change, why in applied.refused if why not in _FOR_GOOD)
    rejected = Counter(change.board for change, why in applied.refused if why in _FOR_GOOD)
    uncertain = Counter(change.board for change in applied.uncertain)
    left = Counter(change.board for change in applied.left)
    held = Counter(change.board for change in applied.held)
    pending = Counter(change.board for change in night.plan.changes if change.board in night.waiting)
    opened = Counter(task.board for task in night.portfolio.tasks if task.is_open)
    reasons = {guard.board: guard.reason for guard in reversed(night.plan.guards) if guard.held}
    for board in night.portfolio.boards:
        key = board.key
        yield BoardResult(
            key=key,
            alias=board.alias,
            name=board.name,
            source=board.source,
            fresh=key in night.fresh,
            open=opened[key],
            writes=written[key],
            refused=refused[key],
            rejected=rejected[key],
            uncertain=uncertain[key],
            left=left[key],
            held=reasons.get(key),
            held_changes=held[key],
            pending=pending[key],
            note=_note(board, night),
        )


def _note(board: Board, night: Night) -> str | None:
    """What a board turned out not to take, where it is no failure."""
    names = [each.name for each in night.applied.impossible if each.board == board.key]
    fields = night.applied.closed.get(board.key, ())
    said = []
    if names:
        section = night.settings.boards[board.alias.partition("#")[0]]
        said.append(impossible(board.alias, names, section.warnings))
    if fields:
        lang = night.settings.workspace.lang
        said.append(closed([name_of(field.removeprefix(OWN_PREFIX), lang) for field in fields]))
    if isinstance(error := night.applied.failed.get(board.key), ReadOnlyError):
        said.append(str(error))
    return " ".join(said) or None


def _troubles(night: Night) -> Iterator[Trouble]:
    names = {board.key: board.name for board in night.portfolio.boards}
    yield from _of_errors(night.unread)
    yield from _of_errors(("", error) for error in night.unsettled)
    yield from _of_guards(night)
    failed = [
        (names.get(board, board), error)
        for board, error in night.applied.failed.items()
        if not isinstance(error, ReadOnlyError)  # a token that may only read is enough for everything else
    ]
    yield from _of_errors(failed)
    yield from _of_rejections(night, names)
    yield from _of_bugs(night.assessed.bugs)
    if night.too_severe:
        yield Trouble(
            where="",
            what=_("there are remarks that make the run fail."),
            remedy=_("`retro lint` shows them; `fail_on` in [sync] says which ones do."),
        )


def _of_errors(errors: Iterable[tuple[str, RetroError]]) -> Iterator[Trouble]:
    """One for each error; one that is a whole source's is told once, with all of its boards."""
    boards: dict[str, list[str]] = {}
    first: dict[str, RetroError] = {}
    for board, error in errors:
        first.setdefault(str(error), error)
        boards.setdefault(str(error), []).append(board)
    for said, error in first.items():
        named = tuple(dict.fromkeys(filter(None, boards[said])))
        yield Trouble(where=error.where, what=error.what, remedy=error.remedy, boards=named)


def _of_guards(night: Night) -> Iterator[Trouble]:
    """One for each board that is held, with every reason."""
    for board in night.portfolio.boards:
        reasons = [guard.reason for guard in night.plan.guards if guard.held and guard.board == board.key]
        if reasons:
            yield Trouble(
                where=board.name,
                what=_("held, nothing was written there: {reason}", reason=" ".join(dict.fromkeys(reasons))),
                remedy=_(
                    "Where the board is right as it is, run `retro sync --force --board {board}` once.",
                    board=board.alias or board.key,
                ),
                boards=(board.name,),
            )


def _of_rejections(night: Night, names: Mapping[str, str]) -> Iterator[Trouble]:
    counts = Counter(change.board for change, why in night.applied.refused if why in _FOR_GOOD)
    for board, count in counts.items():
        yield Trouble(
            where=names.get(board, board),
            what=plural("the tool did not take {count} change.", "the tool did not take {count} changes.", count),
            remedy=_("`retro plan` shows what is still to write; the rest of the board was written."),
            boards=(names.get(board, board),),
        )


def _of_bugs(bugs: Iterable[RuleBug]) -> Iterator[Trouble]:
    for bug in bugs:
        yield Trouble(
            where=bug.code,
            what=_("this rule failed: {error!r}.", error=bug.error),
            remedy=_("The others ran. Please report it."),
        )
