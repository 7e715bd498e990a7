"""How a person connects a tool: the pages to open, what to click there, what to bring back from each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable
from urllib.parse import quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page. Its sentences are in the user's language.

    Args:
        page: the address; `{name}` stands for a secret of that name which an earlier step brought.
        clicks: what to do there, in order.
        secret: what is to be brought back, as the pack's `secrets` name it; "": nothing.
        prompt: asks for it.
        shape: a regular expression that the whole of it matches, and `misshapen` says what it is not.
        public: whether it may be shown while it is typed: it opens nothing by itself.
        keeps: whether one that was brought earlier still serves.
    """

    page: str
    clicks: tuple[str, ...]
    secret: str = ""
    prompt: str = ""
    shape: str = r"\S+"
    misshapen: str = ""
    public: bool = False
    keeps: bool = False

    def address(self, known: Mapping[str, str]) -> str:
        """The page's address, with the secrets that it needs."""
        return self.page.format_map({name: quote(value, safe="") for name, value in known.items()})

    def fits(self, value: str) -> bool:
        """Whether this can be what the step asks for."""
        return re.fullmatch(self.shape, value) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Every step of a tool, and what may be said after them. Sentences are in the user's language.

    Args:
        tool: its name.
        grants: what the steps let retro do.
        steps: in order.
        share: what makes a board seen that is not.
        forward: a message to whoever may take these steps where the user may not; "": everybody may.
        replaced: what to do with the token that a new one takes the place of; "": there is only one.
        untold: how it will show whether a token may write, where the tool does not tell.
    """

    tool: str
    grants: str
    steps: tuple[Step, ...]
    share: str
    forward: str = ""
    replaced: str = ""
    untold: str = ""


@runtime_checkable
class GuidesPeople(Protocol):
    """A connector's pack that can guide a person to a token."""

    def guide(self, *, write: bool) -> Guide:
        """To a token that may read; with `write`, to one that may write as well."""
        ...
