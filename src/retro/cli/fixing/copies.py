"""`retro lint --fix PATH`: the fixes in a copy of each file, cell by cell; the original is never touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retro.cli.fixing.mended import Mended, apart, asked_for, read_again, show
from retro.cli.output import placed
from retro.i18n import plural
from retro.i18n import text as _
from retro.model.values import value_of
from retro.ports import ConfigurationError
from retro.tables.mending import Mend
from retro.tables.placing import PlacedSheet, PlacedTable, Placing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from retro.cli.fixing.asked import Mending
    from retro.cli.work import Work
    from retro.model import Change, Fixes, Task
    from retro.run.assess import Assessed, Means
    from retro.tables.mending import Mended as MendedFile

_FIELDS = frozenset({"title", "start", "due"})
"""What a cell of a table may be mended to say."""
_DAYS = ("start", "due")
_MARKS = {"fr": " · corrigé", "en": " · fixed"}


def write_copies(mending: Mending, work: Work, judged: Callable[[Work], tuple[Means, Assessed]]) -> Mended:
    """Show the fixes of files and, where they are asked for, write a mended copy of each that has any.

    Raises ConfigurationError where no copy of a file can be made with other cells, or it cannot be written.
    """
    from retro.report import fixes_text
    from retro.run.fixing import make_copied_fixes, with_changes

    placed = _placed(work)
    if not mending.diff:
        _all_placed(work, placed)
    means, assessed = judged(work)
    fixes = make_copied_fixes(
        assessed, means, _held(placed), asked=asked_for(mending), now=work.session.now, apart=apart(mending, work)
    )
    show(mending, fixes, work)
    if mending.diff or not fixes.plan.changes:
        return Mended(work=work, assessed=assessed, result=fixes_text.planned(fixes))
    copying = _Copying(mending, work, placed)
    copying.write(fixes)
    again = read_again(mending, work, with_changes(work.reading.snapshots, copying.mended))
    means, assessed = judged(again)
    after = make_copied_fixes(
        assessed,
        means,
        _held(placed),
        asked=asked_for(mending.with_unsafe),
        now=work.session.now,
        apart=apart(mending, again),
    )
    result = fixes_text.done(len(copying.mended), after, unsafe=mending.unsafe)
    return Mended(work=again, assessed=assessed, result=result)


def _placed(work: Work) -> dict[str, PlacedSheet]:
    """Where the tasks of each board stand in its file, of those of which a copy can be made."""
    found: dict[str, PlacedSheet] = {}
    for board in work.portfolio.boards:
        connector = work.connectors.get(board.source)
        if connector is None or not isinstance(connector, Placing):
            continue
        sheet = connector.cells(board.key)
        if sheet is not None:
            found[board.key] = sheet
    return found


def _held(placed: Mapping[str, PlacedSheet]) -> dict[str, frozenset[str]]:
    """The fields that every table of a board has a column of."""
    return {key: _FIELDS.intersection(*(table.fields for table in sheet.tables)) for key, sheet in placed.items()}


def _all_placed(work: Work, placed: Mapping[str, PlacedSheet]) -> None:
    for board in work.portfolio.boards:
        if board.key not in placed:
            raise ConfigurationError(
                _("no mended copy of this kind of file can be made: it is only read."),
                where=board.at or board.source,
                remedy=_(
                    "Mend the live board: name it in a retro.toml (`retro init`) and run `retro lint --fix` there. "
                    "--diff shows the fixes; tables (.xlsx, .xlsm, .csv) can be copied."
                ),
            )


@dataclass(slots=True)
class _Copying:
    """The copies under way; `mended` are the changes that are in them."""

    mending: Mending
    work: Work
    placed: Mapping[str, PlacedSheet]
    mended: list[Change] = field(default_factory=list)

    def write(self, fixes: Fixes) -> None:
        """Write a copy of each file that has fixes."""
        by_file: dict[Path, list[Change]] = {}
        for change in fixes.plan.changes:
            by_file.setdefault(self.placed[change.board].path, []).append(change)
        targets = {path: self._target(path, single=len(by_file) == 1) for path in by_file}
        for path, changes in by_file.items():
            self._copy(path, changes, targets[path])

    def _copy(self, path: Path, changes: Sequence[Change], target: Path) -> None:
        from retro.report.plan_text import field_name
        from retro.report.untrusted import printable
        from retro.tables.saving import save

        made = self._made(path, changes)
        for change in changes:
            if change.id in made.refused:
                why = _("its cell holds a formula, or more than was read from it")
                title, name = printable(change.title), field_name(change.field)
                said = _("retro: not fixed: “{title}”, {field}: {why}", title=title, field=name, why=why)
                typer.echo(said, err=True)
        save(made.content, target, clock=self.work.session.clock, sources=self.mending.paths)
        mended = [change for change in changes if change.id not in made.refused]
        self.mended += mended
        if made.losses:
            what = ", ".join(made.losses)
            typer.echo(_("retro: {file}: only the original still has: {what}.", file=target, what=what), err=True)
        if not self.work.session.options.quiet:
            said = plural("{file}: {count} cell mended", "{file}: {count} cells mended", len(mended), file=target)
            typer.echo(said, err=self.mending.aside)

    def _made(self, path: Path, changes: Sequence[Change]) -> MendedFile:
        """The file with these changes in it."""
        boards = {change.board: self.placed[change.board] for change in changes}
        tasks = {task.key: task for task in self.work.portfolio.tasks if task.board in boards}
        zone = self.work.session.zone
        mends: dict[str, list[Mend]] = {}
        for change in changes:
            mends.setdefault(boards[change.board].name, []).append(_mend(change, boards[change.board]))
        days = {sheet.name: _days(sheet.tables, tasks) for sheet in boards.values()}
        sheet = next(iter(boards.values()))
        if sheet.name:
            from retro.tables.workbook_mending import mended_workbook

            return mended_workbook(sheet.content, str(path), mends, days, zone)
        from retro.tables.csv_copy import mended_csv

        return mended_csv(sheet.content, mends[sheet.name], days[sheet.name], zone)

    def _target(self, path: Path, *, single: bool) -> Path:
        """Where a copy goes: `-o`, else `salon · fixed.xlsx` in the working directory."""
        from retro.disk import nameable

        mark = nameable(_MARKS.get(self.work.session.settings.workspace.lang, _MARKS["en"]))
        name = f"{path.stem} 2{path.suffix}" if path.stem.endswith(mark) else f"{path.stem}{mark}{path.suffix}"
        return placed(name, self.mending.output, single=single)


def _mend(change: Change, sheet: PlacedSheet) -> Mend:
    table = next(table for table in sheet.tables if change.task in table.rows)
    return Mend(
        id=change.id,
        row=table.rows[change.task],
        column=table.fields[change.field],
        old=_cell(change.old),
        new=_cell(change.new),
    )


def _cell(value: object) -> date | str | None:
    return value if isinstance(value, date | str) else None


def _days(tables: Iterable[PlacedTable], tasks: Mapping[str, Task]) -> dict[int, dict[int, date]]:
    """The days that are known to stand in each column of days, by row."""
    found: dict[int, dict[int, date]] = {}
    for table in tables:
        for name in _DAYS:
            for key, row in table.rows.items() if name in table.fields else ():
                day = value_of(tasks[key], name) if key in tasks else None
                if isinstance(day, date):
                    found.setdefault(table.fields[name], {})[row] = day
    return found
