"""Other choices for some boards, sources, lists or labels."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from unicodedata import normalize

from retro.lint.selection import matches
from retro.lint.settings import LintSettings, Override
from retro.model import Board, Finding, Task
from retro.ports import Context


class Overrides:
    """Answers whether a rule speaks on a task or finding, after the overrides of the settings."""

    def __init__(self, settings: LintSettings, context: Context) -> None:
        self._settings = settings
        self._context = context
        self._covered: dict[tuple[int, str, str, tuple[str, ...]], bool] = {}

    def for_code(self, code: str) -> Sequence[Override]:
        """Those that silence a code somewhere; none for mandatory rules."""
        if matches(code, self._settings.mandatory):
            return ()
        return [each for each in self._settings.overrides if _silences(each, code)]

    def silent_on_task(self, silencing: Iterable[Override], task: Task) -> bool:
        """Whether one of them covers a task."""
        return any(self._covers(each, task) for each in silencing)

    def _covers(self, override: Override, task: Task) -> bool:
        """Whether all its conditions hold for a task: asked by every rule, so remembered by place and labels."""
        place = (id(override), task.board, task.section, task.labels)
        if place not in self._covered:
            self._covered[place] = (
                _covers_board(override, self._context.boards.get(task.board))
                and _any_match(override.lists, [task.section])
                and _any_match(override.labels, task.labels)
            )
        return self._covered[place]

    def silent_on(self, silencing: Iterable[Override], finding: Finding) -> bool:
        """Whether one of them covers a finding. One on a whole board or project is covered by boards and sources."""
        if finding.task is not None and (task := self._context.tasks.get(finding.task)):
            return self.silent_on_task(silencing, task)
        boards = [self._context.boards.get(key) for key in self._boards_of(finding)]
        return bool(boards) and any(
            not each.lists and not each.labels and all(_covers_board(each, board) for board in boards)
            for each in silencing
        )

    def _boards_of(self, finding: Finding) -> tuple[str, ...]:
        if finding.board is not None:
            return (finding.board,)
        return next((p.boards for p in self._context.portfolio.projects if p.key == finding.project), ())


def _silences(override: Override, code: str) -> bool:
    return matches(code, override.ignore) or (bool(override.select) and not matches(code, override.select))


def _covers_board(override: Override, board: Board | None) -> bool:
    if board is None:
        return not override.boards and not override.sources
    return _any_match(override.boards, [board.alias, board.name, board.key]) and _any_match(
        override.sources, [board.source]
    )


def _any_match(patterns: Sequence[str], values: Iterable[str]) -> bool:
    """Whether a value is, or matches, a pattern ("[SEO]" is a name before it is a set of letters).

    No pattern is no condition.
    """
    if not patterns:
        return True
    folded = [_folded(value) for value in values]
    return any(
        value == pattern or fnmatchcase(value, pattern) for pattern in map(_folded, patterns) for value in folded
    )


def _folded(text: str) -> str:
    """Without case, and with each accented letter in one piece, however its tool sends it."""
    return normalize("NFC", text.casefold())
