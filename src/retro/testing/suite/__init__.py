"""The contract of a connector, as tests that any connector's own tests inherit; third parties' too.

    class TestMine(ConnectorContract):
        at, unknown, absent = "https://…/board", "https://…/nowhere", "mine:0"

        def open(self, *, read_only=False): ...

Nothing here needs a test framework: a method that finds the contract broken raises AssertionError, and one that the
subclass gives no means for raises `unittest.SkipTest`, which test runners show as skipped.
"""

from retro.model import Provision, Write
from retro.ports import ReadOnlyError
from retro.testing.suite.boards import BoardContract
from retro.testing.suite.creating import CreatingContract
from retro.testing.suite.dates import DatesContract
from retro.testing.suite.failures import FailuresContract
from retro.testing.suite.holding import hold, raised
from retro.testing.suite.own_fields import OwnFieldsContract
from retro.testing.suite.reading import ReadingContract
from retro.testing.suite.writing import WritingContract

__all__ = ["ConnectorContract", "DatesContract", "ReadOnlyConnectorContract"]


class ConnectorContract(
    BoardContract,
    ReadingContract,
    OwnFieldsContract,
    WritingContract,
    CreatingContract,
    DatesContract,
    FailuresContract,
):
    """What every connector to a live tool keeps."""


class ReadOnlyConnectorContract(BoardContract):
    """What a connector keeps that reads only: files, exports, feeds."""

    def test_nothing_can_be_written(self) -> None:
        """Its capabilities promise no write, and whoever asks for one all the same is told that there is none."""
        connector, task, board = self.first()
        capabilities = connector.describe().capabilities
        hold(not capabilities.writable and not capabilities.own, "it says that nothing can be written")
        hold(not capabilities.create and not capabilities.retract, "it says that nothing is made or removed")
        write = Write(task=task.key, board=board.key, revision=task.revision, fields=(("due", None),))
        raised(ReadOnlyError, lambda: connector.push(write))
        raised(ReadOnlyError, lambda: connector.provision([Provision(board=board.key, field="retro_latest", name="x")]))
        raised(ReadOnlyError, lambda: connector.retract(board.key, ["retro_latest"]))
        raised(ReadOnlyError, lambda: connector.create(board.key, [task]))
        hold(connector.pull(self.at).snapshot.tasks != (), "the board is still there")
