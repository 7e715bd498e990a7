"""Who has a page: people and groups by their ids, of whom Notion may tell the id alone, and names in lists or text."""

import re
from collections.abc import Iterable, Iterator, Mapping

from retro.i18n.words import fold, says_no_owner
from retro.model import Owner, OwnerKind
from retro_notion import values
from retro_notion.ids import KIND, key_of
from retro_notion.payload import Page, Property, User

_SEPARATORS = re.compile(r"\s*[,;/\n+]\s*|\s+(?:et|and|&)\s+")


def owners(cell: Property | None, users: Mapping[str, User]) -> tuple[Owner, ...]:
    """The owners in a cell; `users` completes those of whom Notion sends the id alone."""
    if cell is None:
        return ()
    if cell.type in ("people", "created_by", "last_edited_by"):
        return tuple({user.id: owner(user, users) for user in values.people(cell)}.values())
    if cell.type == "rich_text":
        names = _SEPARATORS.split(values.text(cell))
    else:
        names = [name for _id, name in values.options(cell)]
    bare = (name.strip() for name in names)
    return tuple({fold(name): _named(name) for name in bare if not says_no_owner(name)}.values())


def owner(user: User, users: Mapping[str, User]) -> Owner:
    """A person or group of the workspace."""
    known = user if user.name else users.get(user.id, user)
    kind = OwnerKind.TEAM if "group" in (user.object, known.object) else OwnerKind.PERSON
    return Owner(key_of(user.id), known.name or user.id, kind, known.email)


def _named(name: str) -> Owner:
    return Owner(f"{KIND}:name/{fold(name)}", name, OwnerKind.TEXT)


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
