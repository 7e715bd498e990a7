"""The Trello connector keeps the contract of connectors, over real HTTP against the look-alike."""

from tests.contract.trello_board import TrelloBoard

from retro.testing.suite import ConnectorContract


class TestTrello(TrelloBoard, ConnectorContract):
    """The suite, on a board of three cards."""
