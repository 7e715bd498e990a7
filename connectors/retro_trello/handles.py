"""The names by which cards speak of each other: links, and numbers on the same board."""

import re

_LINK = re.compile(
    r"(?:https?://|(?<![\w./@=%&?#-]))(?:www\.)?trello\.com/c/([0-9A-Za-z]{6,16})(?![0-9A-Za-z])(?:/[^\s<>()\[\]\"|,;]*)?"
)
_MENTION = re.compile(r"#\d|://|trello\.com/c/")
"""What every link or number holds: most texts hold none, which is quickly seen."""
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"|,;]+")
_NUMBER = re.compile(r"(?<![\w/#&])#(\d{1,7})(?!\w)")
_REFERENCE = re.compile(r"[0-9A-Za-z]{8}|[0-9a-f]{24}")
_BOARD = re.compile(r"^https?://[^/\s]+/b/([0-9A-Za-z]{6,16})(?:[/?#].*)?$")


def card_handle(short_link: str) -> str:
    """The handle of a card, the same on every board."""
    return f"trello:/c/{short_link}"


def number_handle(number: int) -> str:
    """The handle of a card on its own board."""
    return f"#{number}"


def handles_in(text: str) -> list[str]:
    """Every task that a text names by a link or a number, in order, once each; another tool's link as it stands."""
    if _MENTION.search(text) is None:
        return []
    found = [(match.start(), card_handle(match[1])) for match in _LINK.finditer(text)]
    without_links = _LINK.sub(lambda match: " " * len(match[0]), text)
    found += [(match.start(), match[0].rstrip(".")) for match in _ADDRESS.finditer(without_links)]
    without_links = _ADDRESS.sub(lambda match: " " * len(match[0]), without_links)
    found += [(match.start(), number_handle(int(match[1]))) for match in _NUMBER.finditer(without_links)]
    return list(dict.fromkeys(handle for _place, handle in sorted(found)))


def linked_card(address: str) -> str | None:
    """The handle of the card whose address this is, and nothing else."""
    match = _LINK.fullmatch(address.strip())
    return card_handle(match[1]) if match else None


def board_reference(at: str) -> str:
    """The id or short link in a board's address as a person pasted it; other text is taken as one."""
    match = _BOARD.match(at.strip())
    return match[1] if match else at.strip().removeprefix("trello:").strip("/")


def board_place(address: str) -> str | None:
    """The id or short link in the address of a board of Trello's; None for any other text."""
    match = _BOARD.match(address.strip())
    if match is not None:
        return match[1] if "://trello.com/" in address or "://www.trello.com/" in address else None
    text = address.strip().removeprefix("trello:")
    return text if _REFERENCE.fullmatch(text) else None
