"""The words for how a board is understood: categories, fields, origins of sizes and of links."""

from collections.abc import Iterable
from typing import Literal

from retro.i18n import text as _
from retro.model import BoardKind, Category, ColumnUse, EstimateOrigin
from retro.report.untrusted import printable

StatusSource = Literal["list", "label", "field", "told", "assumed"]
"""Where a status comes from: a list, a label, a field of the board, the tool itself, or nowhere."""


def source_word(source: StatusSource) -> str:
    """Where a status comes from."""
    return {
        "list": _("list"),
        "label": _("label"),
        "field": _("field"),
        "told": _("ticked or told by the tool"),
        "assumed": _("assumed"),
    }[source]


def category_word(category: Category) -> str:
    """What a status means for the plan."""
    return {
        Category.IDEA: _("idea"),
        Category.TODO: _("to do"),
        Category.DOING: _("in progress"),
        Category.REVIEW: _("in review"),
        Category.READY: _("ready"),
        Category.DONE: _("done"),
        Category.CANCELLED: _("cancelled"),
    }[category]


def kind_word(kind: BoardKind) -> str:
    """What a board is for."""
    return {
        BoardKind.PROJECT: _("project"),
        BoardKind.FLOW: _("flow"),
        BoardKind.EDITORIAL: _("editorial calendar"),
    }[kind]


_ORDER = ("title", "owners", "start", "due", "status", "done", "predecessors", "parent", "type", "channel", "client")
"""How people would list columns; the rest comes after."""


def columns_in_words(uses: Iterable[ColumnUse]) -> str:
    """Columns and what each holds, in one line: `Échéance = due date`."""
    listed = sorted(uses, key=lambda use: _ORDER.index(use.role) if use.role in _ORDER else len(_ORDER))
    return ", ".join(f"{printable(use.name)} = {role_word(use.role)}" for use in listed)


def estimate_word(origin: EstimateOrigin) -> str:
    """What a size rests on, where no field names it."""
    return {
        EstimateOrigin.NUMBER: _("number"),
        EstimateOrigin.POINTS: _("points"),
        EstimateOrigin.SIZE: _("size"),
        EstimateOrigin.DATES: _("dates"),
        EstimateOrigin.DEFAULT: _("none"),
        EstimateOrigin.ACTUAL: _("actual"),
    }[origin]


def origin_word(origin: str) -> str:
    """Where a link was read."""
    words = {
        "checklist": _("checklist"),
        "field": _("field"),
        "description": _("description"),
        "relation": _("relation"),
        "column": _("column"),
    }
    return words.get(origin) or printable(origin) or _("elsewhere")


def role_word(role: str) -> str:
    """What a field or column holds for retro."""
    words = {
        "title": _("title"),
        "owners": _("owner"),
        "reviewer": _("reviewer"),
        "start": _("start"),
        "due": _("due date"),
        "actual_start": _("actual start"),
        "actual_finish": _("actual finish"),
        "status": _("status"),
        "done": _("done"),
        "estimate": _("estimate"),
        "remaining": _("work left"),
        "percent": _("progress"),
        "predecessors": _("dependencies"),
        "elsewhere": _("dependencies"),
        "successors": _("what waits for it"),
        "parent": _("parent"),
        "children": _("parts"),
        "channel": _("channel"),
        "client": _("client"),
        "phase": _("phase"),
        "priority": _("priority"),
        "type": _("kind"),
        "kind": _("kind"),
        "labels": _("labels"),
        "id": _("identifier"),
        "section": _("section"),
        "email": _("e-mail"),
        "level": _("level"),
        "outline": _("outline number"),
        "subtitle": _("subtask"),
        "url": _("address"),
        "milestone": _("milestone"),
        "description": _("description"),
        "project": _("project"),
        "launch": _("launch date"),
    }
    return words.get(role) or printable(role)
