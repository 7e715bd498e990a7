"""The answers with which Notion refuses a request: a status, a code, a sentence, and what belongs to it."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - an answer of the service, not a mistake of ours
    """A refused request. `additional` becomes `additional_data`; `wait` the seconds of Retry-After."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        additional: dict[str, Any] | None = None,
        wait: int | None = None,
    ) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.message = message
        self.additional = additional
        self.wait = wait

    def body(self) -> dict[str, Any]:
        """The JSON of the answer, but for the id of the request."""
        out: dict[str, Any] = {
            "object": "error",
            "status": self.status,
            "code": self.code,
            "message": self.message,
        }
        return out | ({"additional_data": self.additional} if self.additional else {})


def invalid(message: str) -> Refusal:
    """A value that cannot be taken."""
    return Refusal(400, "validation_error", message)


def misshapen(where: str, what: str) -> Refusal:
    """A part of the body in a wrong shape: `where` from the body down, `what` it should be."""
    return invalid(f"body failed validation: body.{where} should be {what}.")


def bad_path(name: str, value: str) -> Refusal:
    """What should be an id in the path is none."""
    return invalid(f"path failed validation: path.{name} should be a valid uuid, instead was `{value}`.")


def not_found(kind: str, id_: str, bot: dict[str, Any]) -> Refusal:
    """There is no such thing, or it is not shared with the connection: Notion does not say which."""
    return Refusal(
        404,
        "object_not_found",
        f"Could not find {kind} with ID: {id_}. Make sure the relevant pages and databases are shared with your "
        f'connection "{bot["name"]}".',
        additional={"integration_id": bot["id"]},
    )


def restricted() -> Refusal:
    """The connection lacks the capability."""
    return Refusal(403, "restricted_resource", "This connection lacks the capability that the endpoint needs.")


def unknown_property(name: str) -> Refusal:
    """No property of that name or id."""
    return invalid(f"Could not find property with name or id: {name}")


def limited(wait: int, reason: str) -> Refusal:
    """One request too many."""
    return Refusal(
        429,
        "rate_limited",
        "You have been rate limited. Please try again in a few minutes.",
        additional={"rate_limit_reason": reason},
        wait=wait,
    )
