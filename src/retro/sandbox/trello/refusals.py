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


def limited(who: str) -> Refusal:
    """Too many requests; `who` is TOKEN or KEY."""
    return Refusal(429, {"error": f"API_{who}_LIMIT_EXCEEDED", "message": "Rate limit exceeded"})
