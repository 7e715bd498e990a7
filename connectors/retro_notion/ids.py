"""Notion's ids in the forms that people and addresses give them, and the keys and handles made of them."""

import re
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

KIND = "notion"

_HEX = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")
_END = re.compile(r"(?:^|[^0-9a-zA-Z])([0-9a-fA-F]{32})$")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HOSTS = ("notion.so", "notion.site", "notion.com")


def uuid_of(text: str) -> str | None:
    """The id that a text is, with dashes and in lower case; None where it is none."""
    plain = text.strip()
    if not _UUID.fullmatch(plain) and not _HEX.fullmatch(plain):
        return None
    return str(UUID(plain))


def key_of(native_id: str) -> str:
    """The key of a page, data source or user."""
    return f"{KIND}:{uuid_of(native_id) or native_id}"


def native_id(key: str) -> str:
    """The id inside a key."""
    return key.removeprefix(f"{KIND}:")


def handle_of_id(page_id: str) -> str:
    """The handle of a page: `notion:/` and 32 digits."""
    return f"{KIND}:/{page_id.replace('-', '').lower()}"


def handle_of_url(url: str) -> str | None:
    """The handle that a page's address means; None for a database's view, and for any other address."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        peeked = parse_qs(parts.query)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "notion") or not _is_notion(host):
        return None
    for id_ in peeked.get("p", []):
        if (found := uuid_of(id_)) is not None:
            return handle_of_id(found)
    found = last_id(parts.path)
    return handle_of_id(found) if found is not None and "v" not in peeked else None


def board_id(at: str) -> str | None:
    """The id in a database's or data source's address, key or id as a person pasted it; None where there is none."""
    plain = at.strip().removeprefix("collection://")
    plain = plain.removeprefix(f"{KIND}:") if not plain.startswith(f"{KIND}://") else plain
    if (found := uuid_of(plain)) is not None:
        return found
    try:
        return last_id(urlsplit(plain).path)
    except ValueError:
        return None


def board_place(address: str) -> str | None:
    """The id in the address of a database of Notion's, or the id itself, as 32 digits; None for any other text."""
    text = address.strip()
    try:
        host = (urlsplit(text).hostname or "").lower()
    except ValueError:
        return None
    if "://" in text and not _is_notion(host):
        return None
    found = board_id(text)
    return found.replace("-", "") if found is not None else None


def view_id(at: str) -> str | None:
    """The id of the view that an address opens; None where it names none."""
    try:
        told = parse_qs(urlsplit(at.strip()).query).get("v", [""])
    except ValueError:
        return None
    return uuid_of(told[0])


def _is_notion(host: str) -> bool:
    return any(host == known or host.endswith(f".{known}") for known in _HOSTS)


def last_id(path: str) -> str | None:
    """The id at the end of a path: `/workspace/Title-32digits`, or with dashes."""
    last = unquote(path).rstrip("/").rsplit("/", 1)[-1]
    dashed = re.search(rf"(?:^|[^0-9a-zA-Z])?({_UUID.pattern})$", last)
    found = dashed or _END.search(last)
    return str(UUID(found[1])) if found else None
