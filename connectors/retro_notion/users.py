"""The people that pages name: those whom Notion tells whole, and those of whom it tells the id alone."""

from collections.abc import Iterable, Iterator

from retro_notion import values
from retro_notion.payload import Page, User


def named(pages: Iterable[Page]) -> dict[str, User]:
    """People with a name, by id."""
    return {user.id: user for page in pages for user in _users(page) if user.name}


def unnamed(pages: Iterable[Page]) -> set[str]:
    """The ids of people in columns of people who came without a name; who edited a page last is not asked for."""
    return {
        user.id
        for page in pages
        for cell in page.properties.values()
        if cell.type == "people"
        for user in values.people(cell)
        if not user.name and user.object != "group"
    }


def _users(page: Page) -> Iterator[User]:
    for cell in page.properties.values():
        yield from values.people(cell)
    yield from (user for user in (page.created_by, page.last_edited_by) if user is not None)
