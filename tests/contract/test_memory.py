"""The memory connector keeps the contract of connectors."""

from tests.contract.memory_board import MemoryBoard

from retro.testing.suite import ConnectorContract


class TestMemory(MemoryBoard, ConnectorContract):
    """The suite, on a board of three tasks."""
