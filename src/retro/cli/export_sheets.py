"""`retro export csv` and `xlsx`: new tables, and copies of workbooks with retro's columns beside their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retro.cli.new_sheet import new_sheet
from retro.cli.output import placed, put, tell_bugs
from retro.disk import nameable
from retro.i18n import plural, say
from retro.i18n import text as _
from retro.i18n.own_fields import KINDS, name_of
from retro.model import as_date
from retro.report.load_sheet import load_sheet
from retro.report.plan_sheets import one_table, sheets
from retro.run.showing import Part, part_of
from retro.sync.decide.wanted import remarks_of
from retro.tables.beside import OwnField, Value
from retro.tables.csv_text import csv_text
from retro.tables.placing import PlacedSheet, Placing
from retro.tables.saving import save

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retro.cli.work import Work
    from retro.model import Assessment
    from retro.report.plan_sheets import PlanSheet
    from retro.tables.new_workbook import NewSheet

_BOM = "\ufeff"
"""Without it, spreadsheets read a CSV file in an old encoding."""
_COPIED = ".xlsx", ".xlsm"
_BESIDE = ("latest", "start", "due", "review")
"""What is put beside a task, in this order."""
_WIDTHS = {"date": 14.0, "text": 50.0}
_MARK = " · retro"


@dataclass(frozen=True, kw_only=True)
class Export:
    """A plan that is given out: `only` are the tasks that are wanted, `remarks` what is to be looked at again."""

    work: Work
    paths: Sequence[Path]
    assessment: Assessment
    part: Part
    only: frozenset[str]
    remarks: dict[str, str]
    lang: str
    """That of headings and remarks: the workspace's."""
    codes: list[int]

    @classmethod
    def of(cls, work: Work, paths: Sequence[Path], part: Part) -> Export:
        """Schedule and judge what was read. Raises ConfigurationError where nothing is called as `part` says."""
        assessed = work.assess(work.means())
        lang = work.session.settings.workspace.lang
        found = remarks_of(assessed.assessment.findings, partial(say, lang=lang))
        return cls(
            work=work,
            paths=paths,
            part=part,
            assessment=assessed.assessment,
            only=frozenset(task.key for task in part_of(assessed.assessment, part).portfolio.tasks),
            remarks={task: " · ".join(remark.line for remark in remarks) for task, remarks in found.items()},
            lang=lang,
            codes=tell_bugs(assessed),
        )

    def as_csv(self, output: Path | None) -> list[int]:
        """One table of all tasks, to a file or to standard output; the exit codes that it asks for."""
        table = one_table(self._sheets(), lang=self.lang)
        text = csv_text([column.heading for column in table.columns], table.rows, lang=self.lang)
        if output is None:
            put(text, None)
        else:
            self._save((_BOM + text).encode(), output)
        return self.codes

    def as_xlsx(self, output: Path | None) -> list[int]:
        """A copy of each workbook that was given, and a new one for all else; the exit codes that it asks for."""
        placed = self._placed()
        copied = {key for group in placed.values() for key in group}
        rest = [board.key for board in self.work.portfolio.boards if board.key not in copied]
        targets = {path: _target(path, output, single=len(placed) + bool(rest) == 1) for path in placed}
        for path, boards in placed.items():
            self._copy(path, list(boards.values()), targets[path])
        if rest or not placed:
            self._new(rest, _new_target(self.paths, output, single=not placed))
        if not self.assessment.schedule.anchors and not self.work.session.options.quiet:
            typer.echo(
                _("No date that cannot move is known: the latest dates are empty. Give one with --end 2027-03-01."),
                err=True,
            )
        return self.codes

    def _sheets(self, boards: Sequence[str] | None = None) -> list[PlanSheet]:
        keys = {task.key for task in self.work.portfolio.tasks if boards is None or task.board in boards}
        return sheets(self.assessment, self.remarks, lang=self.lang, only=self.only & keys)

    def _placed(self) -> dict[Path, dict[str, PlacedSheet]]:
        """The sheets that were given as workbooks of their own, by file and by board."""
        found: dict[Path, dict[str, PlacedSheet]] = {}
        for board in self.work.portfolio.boards if self.paths else ():
            connector = self.work.connectors.get(board.source)
            if connector is None or not isinstance(connector, Placing):
                continue
            placed = connector.placed(board.key)
            if placed is not None and placed.path.suffix.casefold() in _COPIED:
                found.setdefault(placed.path, {})[board.key] = placed
        return found

    def _copy(self, path: Path, sheets_: Sequence[PlacedSheet], target: Path) -> None:
        from retro.tables.workbook_copy import copy_with

        fields = [self._field(field) for field in _BESIDE]
        copied = copy_with(sheets_[0].content, str(path), {sheet.name: sheet.tables for sheet in sheets_}, fields)
        self._save(copied.content, target)
        if copied.losses:
            what = ", ".join(copied.losses)
            typer.echo(_("retro: {file}: only the original still has: {what}.", file=target, what=what), err=True)
        self._tell(target, sum(len(table.rows) for sheet in sheets_ for table in sheet.tables))

    def _new(self, boards: Sequence[str], target: Path) -> None:
        from retro.tables.new_workbook import workbook

        found = self._sheets(boards) or [one_table([], lang=self.lang)]
        made = [*map(new_sheet, found), *self._load()]
        self._save(workbook(made, created=self.work.session.now), target)
        self._tell(target, sum(len(sheet.rows) for sheet in found))

    def _load(self) -> list[NewSheet]:
        """How busy everybody is, where the whole plan is given out: people are busy with all of it."""
        found = load_sheet(self.assessment, lang=self.lang) if self.part.everything else None
        return [] if found is None else [replace(new_sheet(found.sheet), red=found.over)]

    def _field(self, field: str) -> OwnField:
        kind = KINDS[field]
        return OwnField(
            id=field,
            heading=name_of(field, self.lang),
            values={key: value for key in self.only if (value := self._value(field, key)) is not None},
            is_day=kind == "date",
            width=_WIDTHS[kind],
        )

    def _value(self, field: str, key: str) -> Value:
        if field == "review":
            return self.remarks.get(key)
        planned = self.assessment.schedule.tasks.get(key)
        if planned is None:
            return None
        instant = {"latest": planned.latest_finish, "start": planned.advised_start, "due": planned.advised_finish}[
            field
        ]
        return None if instant is None else as_date(instant, self.work.session.zone)

    def _save(self, content: bytes, target: Path) -> None:
        save(content, target, clock=self.work.session.clock, sources=self.paths)

    def _tell(self, target: Path, tasks: int) -> None:
        if not self.work.session.options.quiet:
            typer.echo(plural("{file}: {count} task", "{file}: {count} tasks", tasks, file=target))


def _target(path: Path, output: Path | None, *, single: bool) -> Path:
    """Where the copy of a workbook goes: `-o`, else beside the working directory's files as `salon · retro.xlsx`."""
    mark = nameable(_MARK)
    name = f"{path.stem.removesuffix(mark)}{mark}{path.suffix}"
    if path.stem.endswith(mark):
        name = f"{path.stem} 2{path.suffix}"
    return placed(name, output, single=single)


def _new_target(paths: Sequence[Path], output: Path | None, *, single: bool) -> Path:
    stem = f"{paths[0].stem}{nameable(_MARK)}" if len(paths) == 1 else "retro"
    return placed(f"{stem}.xlsx", output, single=single)
