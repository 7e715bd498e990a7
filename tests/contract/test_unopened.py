"""An account that is opened when something is asked of it keeps the contract of connectors."""

from tests.contract.memory_board import KEY, MemoryBoard

from retro.ports import Connector, Source
from retro.registry.unopened import Unopened
from retro.testing.suite import ConnectorContract


class TestUnopened(MemoryBoard, ConnectorContract):
    """The suite, through one that is not open yet."""

    def open(self, *, read_only: bool = False) -> Connector:
        """Not open yet."""
        made = super().open(read_only=read_only)
        return Unopened(made.describe(), lambda: made)

    def test_it_is_opened_once_and_for_a_question_only(self) -> None:
        """Neither what it is nor its end opens it; two questions open it once."""
        opened: list[Connector] = []

        def opening() -> Connector:
            opened.append(self._made(read_only=False))
            return opened[-1]

        account = Unopened(Source(id="a", kind="memory"), opening)
        assert account.describe().id == "a"
        account.close()
        assert not opened
        assert account.pull(KEY).snapshot == account.pull(KEY).snapshot
        assert len(opened) == 1
