"""What the central base should say: a row a task that counts, in plain values and the workspace's language.

Everything in a row is a fact of the boards or of the schedule that does not depend on the hour, but for the verdict,
which moves when it flips.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from retro.i18n import plural
from retro.i18n.row_fields import choice
from retro.model import Assessment, Board, Guard, SourceStatus, Task, as_date, field_empty
from retro.ports import Capabilities
from retro.sync.decide import Wishes
from retro.sync.decide.rows import ROW
from retro.sync.decide.stamp import fitted
from retro.sync.decide.values import OWN_PREFIX, Value

_TEXT_MOST = 1900
_LINK_MOST = 2000
_PRESENCE = f"{OWN_PREFIX}presence"
_BOARD = f"{OWN_PREFIX}board"
_LEAST_ROWS = 4
"""A board with fewer rows loses half of them in an ordinary week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The wishes by row key, and what holds some of them back."""

    wishes: Mapping[str, Wishes]
    held: tuple[Guard, ...] = ()


def wanted_rows(
    assessment: Assessment,
    rows: Mapping[str, Task],
    fresh: Iterable[str],
    base: Board,
    can: Capabilities,
    *,
    lang: str,
    zone: tzinfo,
    force: bool = False,
) -> Wanted:
    """The wishes of every row: of tasks on boards that were read now, and of rows whose task is gone.

    A task is gone where its board shows it archived, or where no board has it and all are believed: what a source
    that failed holds is not known, and its rows stay as they are. Where half of a board's rows would go at once they
    are held back, but under `force`. `fresh` are the keys of boards that were read now and are believed, `lang` and
    `zone` the workspace's.
    """
    read = frozenset(fresh)
    speaker = _Speaker(assessment, can, lang, zone)
    wishes = {f"{ROW}{task.key}": speaker.wish(task) for task in assessment.portfolio.tasks if _is_shown(task, read)}
    here = {f"{ROW}{task.key}": task for task in assessment.portfolio.tasks}
    all_read = all(source.state is SourceStatus.FRESH for source in assessment.portfolio.sources) and all(
        board.key in read for board in assessment.portfolio.boards
    )
    gone = {key for key in rows.keys() - wishes.keys() if (here[key].board in read if key in here else all_read)}
    held: tuple[Guard, ...] = ()
    word = choice("presence", "gone", lang)
    if not force:
        leaving = {key: row for key, row in rows.items() if key in gone and row.own.get("presence") != word}
        suspicious = _suspicious(leaving, rows.values())
        held = tuple(_guard(base, name, count, of) for name, (count, of) in suspicious.items())
        gone -= {key for key, row in leaving.items() if row.own.get("board") in suspicious}
    wishes |= {key: Wishes(values={_PRESENCE: word}) for key in sorted(gone)}
    return Wanted(wishes=wishes, held=held)


def _is_shown(task: Task, read: frozenset[str]) -> bool:
    return task.counts and task.board in read


def _suspicious(leaving: Mapping[str, Task], rows: Iterable[Task]) -> dict[Value, tuple[int, int]]:
    """The boards half of whose rows would go at once, with how many would and how many there are."""
    going: dict[Value, int] = {}
    there: dict[Value, int] = {}
    for row in leaving.values():
        name = row.own.get("board")
        going[name] = going.get(name, 0) + 1
    for row in rows:
        name = row.own.get("board")
        there[name] = there.get(name, 0) + 1
    return {
        name: (count, there[name])
        for name, count in going.items()
        if there[name] >= _LEAST_ROWS and 2 * count >= there[name]
    }


def _guard(base: Board, name: Value, count: int, of: int) -> Guard:
    reason = plural(
        "{count} of the {of} rows of “{board}” would be marked gone; it stays as it is. If its task was removed on "
        "purpose, say so with --force.",
        "{count} of the {of} rows of “{board}” would be marked gone; they stay as they are. If their tasks were "
        "removed on purpose, say so with --force.",
        count,
        of=of,
        board=name,
    )
    return Guard(board=base.key, reason=reason, held=False)


class _Speaker:
    """Puts tasks into the words of rows."""

    def __init__(self, assessment: Assessment, can: Capabilities, lang: str, zone: tzinfo) -> None:
        portfolio = assessment.portfolio
        self._schedule = assessment.schedule
        self._blind = bool(portfolio.never_read)
        self._day_minutes = assessment.day_minutes
        self._boards = {board.key: board.name for board in portfolio.boards}
        self._projects = {key: project.name for project in portfolio.projects[::-1] for key in project.tasks}
        self._most = min(can.own_text_most or _TEXT_MOST, _TEXT_MOST)
        self._lang = lang
        self._zone = zone

    def wish(self, task: Task) -> Wishes:
        """What the row of a task should hold."""
        link = task.url if task.url and len(task.url) <= _LINK_MOST else None
        values: dict[str, Value] = {
            "board": self._text(self._boards.get(task.board, "")),
            "project": self._text(self._projects.get(task.key, "")),
            "owners": self._text(", ".join(owner.name for owner in task.owners)),
            "status": choice("status", task.status.category.value, self._lang),
            "begins": self._day(task.start),
            "ends": self._day(task.due),
            "link": link,
            "presence": choice("presence", "present", self._lang),
            "changed": self._day(task.updated),
        }
        if not self._blind:  # a source that was never read may hold what these dates wait for
            values |= self._dates(task)
        return Wishes(
            values={"title": self._text(task.title), **{f"{OWN_PREFIX}{own}": held for own, held in values.items()}}
        )

    def _dates(self, task: Task) -> dict[str, Value]:
        times = self._schedule.tasks.get(task.key) if task.is_open else None
        if times is None:
            return dict.fromkeys(("latest", "start", "due", "margin", "verdict"))
        margin = times.margin_minutes
        return {
            "latest": self._day(times.latest_finish),
            "start": self._day(times.advised_start),
            "due": self._day(times.advised_finish),
            "margin": None if margin is None else round(margin / self._day_minutes, 1),
            "verdict": None if times.latest_finish is None else choice("verdict", times.verdict.value, self._lang),
        }

    def _text(self, text: str) -> str | None:
        """A text that the tool takes whole, on one line; None where it says nothing."""
        line = " ".join(text.split())
        return None if field_empty(line) else fitted([line], self._most)

    def _day(self, day: date | datetime | None) -> date | None:
        return None if day is None else as_date(day, self._zone)
