"""Ties between the rows of a data source: what its views draw, and the two ends of one relation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from retro.model import How
from retro_notion.payload import Column, View

_DRAWN = (("arrows_by", "predecessors", "successors"), ("subtasks", "children", "parent"))
"""Parts of a view's configuration, the role of the column that they name, and that of its other end."""


@dataclass(frozen=True, slots=True)
class Use:
    """One line of the mapping: what a column holds for retro, how that was found, and the words that settled it."""

    role: str
    column: Column
    how: How
    told: str = ""


def to_itself(column: Column, source: str) -> bool:
    """Whether a column relates the rows of its data source to each other."""
    return column.type == "relation" and bool(source) and column.config.get("data_source_id") == source


def unsettled(team: Iterable[Column], uses: Iterable[Use], source: str) -> bool:
    """Whether names left open what a relation between rows means, so that views are worth asking."""
    held = {use.role for use in uses}
    open_ = any(role not in held and other not in held for _part, role, other in _DRAWN)
    return open_ and any(to_itself(column, source) for column in team)


def from_views(views: Iterable[View], team: Sequence[Column], uses: Iterable[Use], settled: set[str]) -> list[Use]:
    """Roles that views give: the column of a timeline's arrows, and that of a table's sub-items."""
    listed = list(views)
    by_id = {column.id: column for column in team if column.type == "relation"}
    taken = {use.column.id for use in uses}
    held = settled | {use.role for use in uses}
    found = []
    for part, role, other in _DRAWN:
        drawn = ((view, by_id.get(view.column(part) or "")) for view in listed)
        fit = [(view, column) for view, column in drawn if column is not None and column.id not in taken]
        if fit and not held & {role, other}:
            view, column = fit[0]
            found.append(Use(role, column, How.VIEW, view.name))
            taken.add(column.id)
    return found


def without_echo(uses: Iterable[Use]) -> tuple[Use, ...]:
    """Leave out the second half of a pair of relations: Notion fills it by itself, so it says nothing new."""
    kept = list(uses)
    by_role = {use.role: use.column for use in kept}
    for first, second in (("predecessors", "successors"), ("parent", "children")):
        one, other = by_role.get(first), by_role.get(second)
        if one is not None and other is not None and paired(one, other):
            kept = [use for use in kept if use.role != second]
    return tuple(kept)


def paired(one: Column, other: Column) -> bool:
    """Whether two relations are the two ends of one."""
    ends = [(_other_end(one), other), (_other_end(other), one)]
    return any(told in (column.id, column.wire, unquote(column.wire)) for told, column in ends if told)


def _other_end(column: Column) -> str:
    dual = column.config.get("dual_property")
    told = dual.get("synced_property_id") if isinstance(dual, dict) else None
    return unquote(told) if isinstance(told, str) else ""
