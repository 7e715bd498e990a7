"""Own fields as the contract makes, writes and looks at them."""

from datetime import date

from retro.i18n.own_fields import name_of
from retro.model import Board, Day, Provision, Task, Write
from retro.ports import Connector
from retro.testing.suite.given import GivenLive
from retro.testing.suite.holding import hold

Values = tuple[tuple[str, Day | str | float | None], ...]

_VALUES: Values = (
    ("latest", date(2027, 3, 28)),  # a day of 23 hours in Europe
    ("review", "DAT103 attendue le 8/01\nOWN101 sans responsable ✂"),
    ("start", date(2027, 1, 1)),
    ("due", date(2026, 12, 31)),
    ("margin", 2.5),
)


class GivenOwnFields(GivenLive):
    """A board, and retro's own fields on it as far as the capabilities name them."""

    def provisioned(self) -> tuple[Connector, Task, Board]:
        """A connector, an open task, and its board with every own field that it can hold."""
        connector, task, board = self.first()
        connector.provision(self.wanted(connector, board))
        return connector, task, board

    def values(self, connector: Connector) -> Values:
        """A value for every own field that the connector can hold."""
        own = connector.describe().capabilities.own
        return tuple((name, value) for name, value in _VALUES if name in own)

    def wanted(self, connector: Connector, board: Board) -> list[Provision]:
        """Every own field that the connector can hold."""
        return [
            Provision(board=board.key, field=f"retro_{own}", name=name_of(own, "fr"))
            for own, _value in self.values(connector)
        ]

    def push_own(self, connector: Connector, task: Task, board: Board, values: Values) -> Task:
        """Write own fields; the task as the connector says it now is."""
        fields = tuple((f"retro_{name}", value) for name, value in values)
        return connector.push(Write(task=task.key, board=board.key, revision=task.revision, fields=fields)).task

    def hold_once(self, connector: Connector, wanted: list[Provision]) -> None:
        """Hold that the board has each of these fields, once."""
        own = sorted(connector.pull(self.at).snapshot.board.own_fields)
        hold(own == sorted(each.field.removeprefix("retro_") for each in wanted), "the board tells its own fields")
