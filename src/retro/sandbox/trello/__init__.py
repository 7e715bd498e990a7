"""A look-alike of Trello's REST API, as far as a planner needs it, over real HTTP on loopback."""

from retro.sandbox.faults import Fault, Kind
from retro.sandbox.pace import Rate
from retro.sandbox.trello.build import BoardBuilder, new_state
from retro.sandbox.trello.build_cards import CardMade, ListBuilder
from retro.sandbox.trello.limits import Limits
from retro.sandbox.trello.refusals import Refusal
from retro.sandbox.trello.seed import load_seed
from retro.sandbox.trello.server import TrelloSandbox
from retro.sandbox.trello.state import State

__all__ = [
    "BoardBuilder",
    "CardMade",
    "Fault",
    "Kind",
    "Limits",
    "ListBuilder",
    "Rate",
    "Refusal",
    "State",
    "TrelloSandbox",
    "load_seed",
    "new_state",
]
