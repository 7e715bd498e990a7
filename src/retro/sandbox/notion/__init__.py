"""A look-alike of Notion's REST API (version 2026-03-11), as far as a planner needs it, over real HTTP on loopback."""

from retro.sandbox.faults import Fault, Kind
from retro.sandbox.notion.access import Token
from retro.sandbox.notion.build import DatabaseBuilder, PageMade, new_state
from retro.sandbox.notion.call import Limits
from retro.sandbox.notion.refusals import Refusal
from retro.sandbox.notion.server import NotionSandbox
from retro.sandbox.notion.state import NotionState
from retro.sandbox.pace import Rate

__all__ = [
    "DatabaseBuilder",
    "Fault",
    "Kind",
    "Limits",
    "NotionSandbox",
    "NotionState",
    "PageMade",
    "Rate",
    "Refusal",
    "Token",
    "new_state",
]
