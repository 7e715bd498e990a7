"""The Notion connector keeps the contract of connectors, over real HTTP against the look-alike."""

from tests.contract.notion_board import OneRange, TwoColumns

from retro.testing.suite import ConnectorContract


class TestOneRange(OneRange, ConnectorContract):
    """The suite, where start and due are the two ends of one column."""


class TestTwoColumns(TwoColumns, ConnectorContract):
    """The suite, where start and due are two columns."""
