"""Plans in the form of baselines, in a few words: what the tests of slippage share."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from retro.calendars import build_calendar
from retro.model import BaselineBoard, BaselineProject, BaselineTask, Identity, PlanBaseline, Slippage
from retro.schedule.baseline import compare

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 4, 9, tzinfo=PARIS)
CALENDAR = build_calendar(zone=PARIS)


def row(title: str, due: date | None = None, **facts: object) -> BaselineTask:
    """A row without an id of board "b", in project "p"."""
    named: dict[str, object] = {"key": f"b:{title}", "board": "b", "identity": Identity.POSITIONAL, "project": "p"}
    return BaselineTask(title=title, due=due, **(named | facts))  # type: ignore[arg-type]  # fields by name


def card(key: str, due: date | None = None, **facts: object) -> BaselineTask:
    """A task with an id of its tool's own; its title is the key, unless given."""
    return row(str(facts.pop("title", key)), due, **({"key": key, "identity": Identity.NATIVE} | facts))


def plan(*tasks: BaselineTask, **facts: object) -> PlanBaseline:
    """A plan whose boards are those of its tasks, unless given."""
    named: dict[str, object] = {
        "name": "kickoff",
        "set_at": NOW,
        "boards": boards(dict.fromkeys(task.board for task in tasks)),
        "projects": (BaselineProject("p", "Salon"),),
    }
    return PlanBaseline(tasks=tasks, **(named | facts))  # type: ignore[arg-type]  # fields by name


def boards(keys: Iterable[str]) -> tuple[BaselineBoard, ...]:
    """Boards by key, which is their name too."""
    return tuple(BaselineBoard(key=key, name=key) for key in keys)


def slipped(
    was: PlanBaseline, now: PlanBaseline, *, read: Iterable[str] = ("b",), aside: Iterable[str] = ()
) -> Slippage:
    """What became of a plan."""
    return compare(was, now, read=frozenset(read), aside=frozenset(aside), calendar=CALENDAR)
