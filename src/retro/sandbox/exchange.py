"""One request to a look-alike and its answer, apart from HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from retro.sandbox.faults import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, and the fault that it suffers, if any. A body that is no JSON is given as bytes."""

    method: str
    path: str
    pairs: tuple[tuple[str, str], ...]
    """The query, in order and with repeated names."""
    headers: Mapping[str, str] = field(repr=False)
    """By lower-case name."""
    body: Any
    struck: Kind | None
    retry_after: int | None = None
    """Seconds that the refusal names in a Retry-After header, where the fault asks for one."""

    @property
    def query(self) -> dict[str, str]:
        """The query by name; the last one of a repeated name."""
        return dict(self.pairs)

    @property
    def authorization(self) -> str:
        """The header that carries credentials; empty where there is none."""
        return self.headers.get("authorization", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: text for a string, JSON for anything else."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    half: bool = False
    """Whether the connection is closed in the middle of the body."""
