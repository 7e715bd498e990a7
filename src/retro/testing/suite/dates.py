"""What every connector keeps of dates: a day is that day in the workspace's zone, wherever the machine stands."""

from datetime import UTC, date, datetime, timedelta

from retro.model import Board, Day, Task, Write, as_date, is_instant
from retro.ports import Connector
from retro.testing.suite.given_fields import GivenOwnFields
from retro.testing.suite.holding import hold

DAYS = (
    date(2027, 3, 14),  # 23 hours in Montreal
    date(2027, 3, 28),  # 23 hours in Paris
    date(2027, 4, 4),  # 25 hours in Auckland
    date(2027, 9, 26),  # 23 hours in Auckland
    date(2027, 10, 31),  # 25 hours in Paris
    date(2027, 11, 7),  # 25 hours in Montreal
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2028, 2, 29),
)
_OWN_DATES = ("latest", "start", "due")


class DatesContract(GivenOwnFields):
    """Days and instants, written and read back."""

    def test_own_dates_stay_on_their_day(self) -> None:
        """A day in an own field is that day again, never an instant: days of 23 and 25 hours, ends of years too."""
        connector, task, board = self.provisioned()
        names = [name for name in _OWN_DATES if name in connector.describe().capabilities.own]
        for day in DAYS:
            answered = self.push_own(connector, task, board, tuple((name, day) for name in names))
            for held in (answered, *self.looks(connector, task, board)):
                for name in names:
                    value = held.own.get(name)
                    hold(value == day and not isinstance(value, datetime), f"{name} is {day}, not {value}")

    def test_team_dates_stay_on_their_day(self) -> None:
        """A start or due date that is written as a day is that day in the workspace's zone, and None empties it."""
        connector, task, board = self.first()
        names = self._writable(connector)
        for day in DAYS:
            days = {"start": day - timedelta(days=1), "due": day}
            wanted = tuple((name, days[name]) for name in names)
            answered = self._push_team(connector, task, board, wanted)
            for held in (answered, *self.looks(connector, task, board)):
                for name, asked in wanted:
                    value: Day | None = getattr(held, name)
                    shown = None if value is None else as_date(value, self.zone)
                    hold(shown == asked, f"{name} is {asked}, not {shown}")
                    hold(value is None or not is_instant(value) or value == getattr(answered, name), "one instant")
        empty = self._push_team(connector, task, board, tuple((name, None) for name in names))
        for held in (empty, *self.looks(connector, task, board)):
            hold(all(getattr(held, name) is None for name in names), "None empties")

    def test_instants_stay_instants(self) -> None:
        """A due date with an hour is the same instant again, in the hours that a clock skips or repeats too."""
        connector, task, board = self.first()
        names = self._writable(connector)
        if "due" not in names or "instant" not in connector.describe().capabilities.dates:
            return
        # A day that stays in a range may settle what its other end can hold.
        self._push_team(connector, task, board, tuple((name, None) for name in names))
        for day in DAYS:
            for minute in (0, 90, 150, 719, 1439):
                at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
                held = self._push_team(connector, task, board, (("due", at.astimezone(self.zone)),))
                hold(isinstance(held.due, datetime) and held.due.astimezone(UTC) == at, f"due is {at}, not {held.due}")
        for looked in self.looks(connector, task, board):
            hold(looked.due == held.due, "one instant everywhere")

    def test_a_date_set_by_hand_is_that_day(self) -> None:
        """A due date that a person sets is read as that day in the workspace's zone, and is a new revision."""
        connector, task, board = self.first()
        revisions = {task.revision}
        for day in DAYS:
            self.reschedule(task.key, day)
            for held in self.looks(connector, task, board):
                shown = None if held.due is None else as_date(held.due, self.zone)
                hold(shown == day, f"due is {day}, not {shown}")
            hold(held.revision not in revisions, "revision moves")
            revisions.add(held.revision)

    def _writable(self, connector: Connector) -> list[str]:
        writable = connector.describe().capabilities.writable
        return [name for name in ("start", "due") if name in writable]

    def _push_team(
        self, connector: Connector, task: Task, board: Board, fields: tuple[tuple[str, Day | None], ...]
    ) -> Task:
        return connector.push(Write(task=task.key, board=board.key, revision=task.revision, fields=fields)).task
