"""Statuses: what an option, its group, or a tick means for the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retro.i18n.words import category_of, fold
from retro.model import Category, Status, StatusOrigin
from retro_notion import values
from retro_notion.payload import Column, Property
from retro_notion.settings import BoardSettings

NONE = Status(None, Category.TODO, StatusOrigin.INFERRED)

_GROUPS = {"to-do": Category.TODO, "in progress": Category.DOING, "complete": Category.DONE}
_IN_ORDER = (Category.TODO, Category.DOING, Category.DONE)


@dataclass(frozen=True, slots=True)
class StatusColumn:
    """A column of statuses: its options' groups, by option id."""

    column: Column
    groups: Mapping[str, Category]
    settings: BoardSettings

    def of(self, cell: Property | None) -> Status:
        """The status in a cell of this column; an empty one counts as todo, and says that this is assumed."""
        if self.column.type == "checkbox":
            done = values.checked(cell)
            return Status(None, Category.DONE if done else Category.TODO, StatusOrigin.NATIVE) if cell else NONE
        chosen = values.options(cell) or [("", values.text(cell))]
        id_, name = chosen[0]
        return self.named(name, id_) if name.strip() else NONE

    def named(self, name: str, option_id: str = "") -> Status:
        """The status of an option: by the configuration, then by the words, which refine the groups."""
        group = self.groups.get(option_id)
        category = self.settings.category(name) or category_of(name)
        if category is not None:
            return Status(name, category, StatusOrigin.NATIVE if category is group else StatusOrigin.MAPPED)
        return Status(name, group or Category.TODO, StatusOrigin.INFERRED if group is None else StatusOrigin.NATIVE)

    def sections(self) -> tuple[Status, ...]:
        """Every option in the board's order: that of the groups where there are any."""
        listed = _documents(self.column.config.get("options"))
        order = {id_: place for place, id_ in enumerate(self.groups)}
        listed.sort(key=lambda option: order.get(str(option.get("id")), len(order)))
        named = [(str(option.get("id")), option.get("name")) for option in listed]
        return tuple(self.named(name, id_) for id_, name in named if isinstance(name, str) and name.strip())


def status_column(column: Column | None, settings: BoardSettings) -> StatusColumn | None:
    """Read a column's groups; None where the board has no column of statuses."""
    return StatusColumn(column, _groups(column), settings) if column is not None else None


def _groups(column: Column) -> dict[str, Category]:
    """By option id: Notion has three groups, always in this order, whose names a database may keep in English."""
    found: dict[str, Category] = {}
    groups = _documents(column.config.get("groups"))
    for place, group in enumerate(groups):
        category = _GROUPS.get(fold(str(group.get("name"))))
        if category is None and len(groups) == len(_IN_ORDER):
            category = _IN_ORDER[place]
        ids = group.get("option_ids")
        for id_ in ids if category is not None and isinstance(ids, list) else ():
            if isinstance(id_, str) and category is not None:
                found[id_] = category
    return found


def _documents(listed: object) -> list[dict[str, object]]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, Iterable) else []
