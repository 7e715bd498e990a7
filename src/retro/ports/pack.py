"""What a connector's package hands to the registry: how to recognise its files, and how to be built.

A package offers one object of this shape, named in the registry or by an entry point of group `retro.connectors`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Literal, Protocol, runtime_checkable

from retro.model import Category, ColumnUse
from retro.ports.clock import Clock
from retro.ports.connector import Capabilities, Connector, Recognised
from retro.ports.traffic import UNHEARD, Traffic

CONNECTOR_GROUP = "retro.connectors"
"""The entry-point group by which other packages add connectors: the kind, and the pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardOptions:
    """What the configuration says of one board, in plain values."""

    at: str = ""
    alias: str = ""
    status: Mapping[Category, tuple[str, ...]] = field(default_factory=dict)
    """Names of lists, labels or options by category; they go before every word list."""
    columns: Mapping[str, str] = field(default_factory=dict)
    data_source: str = ""
    mapping: tuple[ColumnUse, ...] = ()
    """How its columns were understood when it was last read: what it rests on, whatever they are called now."""
    warnings: Literal["field", "comment", "label"] = "field"
    """Where its remarks go: a field, one comment edited in place, or a label."""


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
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What holds retro's own values outside of fields: task key → own field → mark (`Task.marks`)."""
    opt_out: str = "retro:off"
    deadline: float | None = None
    """Seconds that the run may last; None: as long as it takes."""
    lang: str = ""
    """The workspace's language, which settles dates that may be read two ways, and in which new cards speak; empty: the
    current one."""
    day_minutes: int = 420
    """Working minutes that "1 day" means in lags and estimates."""
    number_unit: str = "days"
    """What a number on a board counts in where its heading names no unit: days, hours or minutes."""
    traffic: Traffic = field(default=UNHEARD, repr=False)
    """Told of every request of this source."""


class ConnectorPack(Protocol):
    """One tool."""

    secrets: Mapping[str, str]
    """What an account of it needs: `key`, `token`, each with the environment variable that usually holds it."""
    pins_columns: bool
    """Whether the configuration may name a board's columns, and pin them by the tool's ids."""
    warnings: frozenset[str]
    """Where remarks can stand on its boards: `field`, `comment`, `label`."""

    def recognise(self, head: bytes, name: str) -> Recognised | None:
        """Whether a file that begins with `head` is this tool's; None: it is something else."""
        ...

    def handle(self, url: str) -> str | None:
        """The handle (see `Task.handles`) that an address of this tool means; None: it is another tool's."""
        ...

    def place(self, address: str) -> str | None:
        """The id that a board's address holds, so that two ways of writing one agree; None: it is no such address."""
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


@runtime_checkable
class TellsCapabilities(Protocol):
    """A connector's pack that knows what its accounts can do before one is opened: with `--offline` none is."""

    @property
    def capabilities(self) -> Capabilities:
        """What `Connector.describe` tells of any of its accounts."""
        ...
