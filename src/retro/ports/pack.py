"""What a connector's package hands to the registry: how to recognise its files, and how to be built.

A package offers one object of this shape, named in the registry or by an entry point of group `retro.connectors`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Protocol

from retro.model import Category
from retro.ports.clock import Clock
from retro.ports.connector import Connector, Recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardOptions:
    """What the configuration says of one board, in plain values."""

    at: str = ""
    alias: str = ""
    status: Mapping[Category, tuple[str, ...]] = field(default_factory=dict)
    """Names of lists, labels or options by category; they go before every word list."""
    columns: Mapping[str, str] = field(default_factory=dict)
    data_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One source of the configuration, its secrets already found. `repr` shows none of them."""

    id: str
    clock: Clock
    zone: tzinfo
    key: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    base_url: str = ""
    """Another address of the tool: https, or loopback; empty: the tool's own."""
    boards: tuple[BoardOptions, ...] = ()
    pins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Native ids of retro's own fields: board key → own field (`latest`…) → id."""
    opt_out: str = "retro:off"
    deadline: float | None = None
    """Seconds that the run may last; None: as long as it takes."""
    lang: str = ""
    """The workspace's language, which settles dates that may be read two ways; empty: the current one."""
    day_minutes: int = 420
    """Working minutes that "1 day" means in lags and estimates."""


class ConnectorPack(Protocol):
    """One tool."""

    def recognise(self, head: bytes, name: str) -> Recognised | None:
        """Whether a file that begins with `head` is this tool's; None: it is something else."""
        ...

    def handle(self, url: str) -> str | None:
        """The handle (see `Task.handles`) that an address of this tool means; None: it is another tool's."""
        ...

    def parts(self, path: str) -> tuple[str, ...]:
        """The boards of a file, as `path#name` names them: a workbook's sheets; ("",) where the file is one board.

        Raises UnreadableError.
        """
        ...

    def live(self, account: Account) -> Connector:
        """The connector of an account. Raises ConfigurationError where a secret or address cannot be used."""
        ...

    def file(self, account: Account) -> Connector:
        """The connector of this tool's exports: `pull(at)` reads the file of that path, nothing is ever written."""
        ...
