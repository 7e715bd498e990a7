"""What the engine asks of the world: connectors, rules, a clock, a ledger; and the errors they may raise."""

from retro.ports.clock import Clock
from retro.ports.connector import Capabilities, Connector, Discovered, Progress, Pulled, Pushed, Recognised, Source
from retro.ports.errors import (
    ConfigurationError,
    LockedError,
    ReadOnlyError,
    RetroError,
    SourceError,
    StaleRevisionError,
    UnreadableError,
    WriteUncertainError,
)
from retro.ports.ledger import Accepted, Acknowledged, Intent, Ledger, RunRecord
from retro.ports.pack import Account, BoardOptions, ConnectorPack
from retro.ports.rule import Context, Rule

__all__ = [
    "Accepted",
    "Account",
    "Acknowledged",
    "BoardOptions",
    "Capabilities",
    "Clock",
    "ConfigurationError",
    "Connector",
    "ConnectorPack",
    "Context",
    "Discovered",
    "Intent",
    "Ledger",
    "LockedError",
    "Progress",
    "Pulled",
    "Pushed",
    "ReadOnlyError",
    "Recognised",
    "RetroError",
    "Rule",
    "RunRecord",
    "Source",
    "SourceError",
    "StaleRevisionError",
    "UnreadableError",
    "WriteUncertainError",
]
