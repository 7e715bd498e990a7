"""A table of a report as a new workbook takes it: its headings, widths and rows, and what its colours go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retro.report.plan_sheets import PlanSheet
    from retro.tables.new_workbook import NewSheet


def new_sheet(sheet: PlanSheet) -> NewSheet:
    """The table; without colours where it says nothing of its tasks' status."""
    from retro.tables.new_workbook import Colours, NewSheet

    words = sheet.words
    return NewSheet(
        name=sheet.name,
        headings=[column.heading for column in sheet.columns],
        widths=[column.width for column in sheet.columns],
        rows=sheet.rows,
        colours=None
        if words is None
        else Colours(
            status=words.status,
            due=words.due,
            latest=words.latest,
            done=words.done,
            under_way=words.under_way,
            set_aside=words.set_aside,
        ),
    )
