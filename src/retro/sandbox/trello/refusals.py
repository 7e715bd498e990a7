"""The answers with which Trello refuses a request, in its own words: mostly plain text, sometimes JSON."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - an answer of the service, not a mistake of ours
    """A refused request: its HTTP status, and its body (a string goes out as plain text)."""

    def __init__(self, status: int, body: str | dict[str, Any]) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body


def invalid(field: str) -> Refusal:
    """A value that a field cannot take."""
    return Refusal(400, f"invalid value for {field}")


def invalid_id() -> Refusal:
    """What should be an id has another form."""
    return Refusal(400, "invalid id")


def unknown() -> Refusal:
    """There is no such thing."""
    return Refusal(404, "The requested resource was not found.")


def forbidden() -> Refusal:
    """The token, or the member behind it, may not."""
    return Refusal(401, "unauthorized permission requested")


def expired() -> Refusal:
    """The token's time is over."""
    return Refusal(401, "expired token")


def too_many(where: str, what: str) -> Refusal:
    """A place (BOARD, CARD…) holds as many of a thing (LABELS, OPEN_CARDS…) as it can; nobody may add one."""
    return Refusal(403, {"error": f"{where}_TOO_MANY_{what}", "message": "Limit exceeded"})


def too_many_checklists() -> Refusal:
    """An answer would hold more checklists than Trello gives."""
    return Refusal(403, "Too many checklists")


def oversized() -> Refusal:
    """A board is too large to be given whole."""
    return Refusal(449, "Retry With")


def too_many_cards(status: int) -> Refusal:
    """An answer would hold more cards than Trello gives."""
    return Refusal(status, {"error": "API_TOO_MANY_CARDS_REQUESTED", "message": "Rate limit exceeded"})


def limited(who: str) -> Refusal:
    """Too many requests; `who` is TOKEN or KEY."""
    return Refusal(429, {"error": f"API_{who}_LIMIT_EXCEEDED", "message": "Rate limit exceeded"})
