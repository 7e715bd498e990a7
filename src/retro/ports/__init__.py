"""What the engine asks of the world: connectors, rules, a clock, a ledger; and the errors they may raise."""

from retro.ports.clock import Clock
from retro.ports.connector import (
    Capabilities,
    Connector,
    Discovered,
    Progress,
    Pulled,
    Pushed,
    Recognised,
    Source,
    Standing,
    TellsStanding,
)
from retro.ports.errors import (
    ColumnsChangedError,
    ConfigurationError,
    LockedError,
    OwnFieldsRefusedError,
    ReadOnlyError,
    RetroError,
    SourceError,
    StaleRevisionError,
    UnreadableError,
    WriteUncertainError,
)
from retro.ports.guide import Guide, GuidesPeople, Step
from retro.ports.ledger import EVERY_RUN, REMEMBERED, Accepted, Acknowledged, Intent, Ledger, RunRecord
from retro.ports.pack import Account, BoardOptions, ConnectorPack, TellsCapabilities
from retro.ports.rule import Context, Rule
from retro.ports.traffic import UNHEARD, SourceTally, Tally, Traffic

__all__ = [
    "EVERY_RUN",
    "REMEMBERED",
    "UNHEARD",
    "Accepted",
    "Account",
    "Acknowledged",
    "BoardOptions",
    "Capabilities",
    "Clock",
    "ColumnsChangedError",
    "ConfigurationError",
    "Connector",
    "ConnectorPack",
    "Context",
    "Discovered",
    "Guide",
    "GuidesPeople",
    "Intent",
    "Ledger",
    "LockedError",
    "OwnFieldsRefusedError",
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
    "SourceTally",
    "StaleRevisionError",
    "Standing",
    "Step",
    "Tally",
    "TellsCapabilities",
    "TellsStanding",
    "Traffic",
    "UnreadableError",
    "WriteUncertainError",
]
