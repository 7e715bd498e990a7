"""Statuses: what a row's status, section, tick, percentage and real end mean for the plan."""

from retro.i18n.words import category_of
from retro.model import Category, Status, StatusOrigin
from retro_files.cells import is_tick
from retro_files.settings import SheetSettings

_WHOLE = 100.0


def named(raw: str, settings: SheetSettings) -> Status:
    """The status of this name; an unknown one counts as todo, and says that this is assumed."""
    category = settings.category(raw) or category_of(raw)
    if category is None:
        return Status(raw or None, Category.TODO, StatusOrigin.INFERRED)
    return Status(raw, category, StatusOrigin.MAPPED)


def row_status(raw: str, section: str, settings: SheetSettings, *, done: bool, percent: float | None) -> Status:
    """The status of a row: its own word, else its section's where that is known; then what its ticks say.

    `done`: a box is ticked or a real end is there. A cancelled row stays cancelled.
    """
    found = named(raw, settings)
    if found.origin is StatusOrigin.INFERRED and is_tick(raw):
        return Status(raw, Category.DONE, StatusOrigin.NATIVE)
    if found.origin is StatusOrigin.INFERRED and section and not raw:
        of_section = named(section, settings)
        found = of_section if of_section.origin is StatusOrigin.MAPPED else found
    if found.category is not Category.CANCELLED and (done or (percent is not None and percent >= _WHOLE and not raw)):
        return Status(found.raw, Category.DONE, StatusOrigin.NATIVE)
    if found.raw is None and percent is not None and percent > 0:
        return Status(None, Category.DOING, StatusOrigin.NATIVE)
    return found
