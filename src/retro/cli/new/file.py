"""The file of a new rétroplanning: where it goes, and its content by its suffix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retro.i18n import text as _
from retro.ports import ConfigurationError

if TYPE_CHECKING:
    from retro.cli.session import Session
    from retro.model.plan_template import PlanTemplate
    from retro.run.templates import NewPlan

SUFFIXES = (".xlsx", ".csv", ".ics", ".json")


def target_of(output: Path | None, template: PlanTemplate, lang: str, *, force: bool) -> Path:
    """Where the plan goes: `output`, or a workbook of the template's name in it, or in the working directory.

    Raises ConfigurationError where a file is there already (but with `force`), or the suffix says no format.
    """
    name = template.key if lang == "fr" else template.alias or template.key
    target = Path(f"{name}.xlsx") if output is None else output / f"{name}.xlsx" if output.is_dir() else output
    if target.suffix.casefold() not in SUFFIXES:
        raise ConfigurationError(
            _("this name says no format that a plan can have."),
            where=str(target),
            remedy=_("End it with one of these: {names}.", names=", ".join(SUFFIXES)),
        )
    return unless_there(target, force=force)


def unless_there(target: Path, *, force: bool) -> Path:
    """The same place. Raises ConfigurationError where a file stands there already (but with `force`)."""
    if target.exists() and not force:
        raise ConfigurationError(
            _("there is such a file already: it was left as it is."),
            where=str(target),
            remedy=_("Name another with -o, or add --force to write over it."),
        )
    return target


def write(plan: NewPlan, target: Path, session: Session, lang: str) -> None:
    """Write the plan. Raises ConfigurationError where the file cannot be written."""
    from retro.tables.saving import save

    match target.suffix.casefold():
        case ".ics":
            content = _feed(plan, lang).encode()
        case ".json":
            content = _document(plan, session).encode()
        case ".csv":
            content = _csv(plan, lang).encode()
        case _:
            content = _workbook(plan, session, lang)
    save(content, target, clock=session.clock)


def _workbook(plan: NewPlan, session: Session, lang: str) -> bytes:
    from retro.cli.new_sheet import new_sheet
    from retro.report.new_plan_sheet import new_plan_sheet
    from retro.tables.new_workbook import workbook

    return workbook([new_sheet(new_plan_sheet(plan.assessment, lang=lang))], created=session.now)


def _csv(plan: NewPlan, lang: str) -> str:
    """Commas between cells and points before decimals in either language: Notion's import reads no others."""
    from retro.report.new_plan_sheet import new_plan_sheet
    from retro.tables.csv_text import csv_text

    sheet = new_plan_sheet(plan.assessment, lang=lang)
    return csv_text([column.heading for column in sheet.columns], sheet.rows, lang="en")


def _feed(plan: NewPlan, lang: str) -> str:
    from retro.report.ics import feed

    return feed(plan.assessment, name=plan.template.name, lang=lang).text


def _document(plan: NewPlan, session: Session) -> str:
    from retro.report import json_export
    from retro.report.document import dumps

    document = json_export.document(
        plan.assessment.portfolio,
        now=session.now,
        zone_name=session.settings.workspace.timezone,
        lang=session.lang,
    )
    return dumps(document)
