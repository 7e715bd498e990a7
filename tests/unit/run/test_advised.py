"""The advised finishes that people know: what was last written, or shown of a board that nothing is written on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from retro.config.shape import BoardSection, Settings, WriteSection
from retro.model import (
    Assessment,
    Board,
    EstimateOrigin,
    Portfolio,
    Schedule,
    SourceState,
    SourceStatus,
    Task,
    TaskSchedule,
)
from retro.ports import Acknowledged
from retro.run.advised import known_finishes, only_shown, remember_finishes
from retro.testing.ledger import MemoryLedger

PARIS = ZoneInfo("Europe/Paris")
FRIDAY = datetime(2027, 1, 8, 17, tzinfo=PARIS)
PORTFOLIO = Portfolio(
    boards=tuple(Board(key=key, name=key, source="s", alias=key) for key in ("written", "seen", "sheet#1")),
    tasks=(Task(key="t1", board="written", title="T1"), Task(key="t2", board="seen", title="T2")),
)


def assessment(**finishes: datetime | None) -> Assessment:
    """A schedule with these advised finishes."""
    tasks = {
        key: TaskSchedule(key=key, estimate_minutes=1, estimate_origin=EstimateOrigin.DEFAULT, advised_finish=finish)
        for key, finish in finishes.items()
    }
    return Assessment(
        portfolio=PORTFOLIO,
        schedule=Schedule(tasks=tasks),
        findings=(),
        now=FRIDAY,
        lang="fr",
        zone_name="Europe/Paris",
        day_minutes=420,
        work_minutes=lambda _person, _day: 420,
    )


def test_finishes_are_remembered_for_some_boards_only() -> None:
    """A board that was not written keeps what it was told before; what has no advised finish any more has none."""
    ledger = MemoryLedger()
    remember_finishes(ledger, assessment(t1=FRIDAY, t2=FRIDAY), {"written", "seen"})
    later = FRIDAY.replace(day=15)
    remember_finishes(ledger, assessment(t1=later, t2=later), {"seen"})
    assert known_finishes(ledger, PORTFOLIO, {}, PARIS) == {"t1": FRIDAY, "t2": later}
    remember_finishes(ledger, assessment(t1=later, t2=None), {"seen"})
    assert known_finishes(ledger, PORTFOLIO, {}, PARIS) == {"t1": FRIDAY}


def test_the_dates_of_a_plan_that_lacks_a_board_bind_nobody() -> None:
    """They wait for the board that was never read, and the next whole plan is not to stay near them."""
    ledger = MemoryLedger()
    remember_finishes(ledger, assessment(t1=FRIDAY), {"written"})
    whole = assessment(t1=FRIDAY.replace(day=15))
    states = (SourceState(id="equipe", kind="trello", state=SourceStatus.STALE, unknown=("site",)),)
    remember_finishes(ledger, replace(whole, portfolio=replace(whole.portfolio, sources=states)), {"written"})
    assert known_finishes(ledger, PORTFOLIO, {}, PARIS) == {"t1": FRIDAY}


def test_what_stands_on_a_board_is_known_without_a_state() -> None:
    """Where the ledger was lost, a date that was recognised on the board speaks, retro's own field first."""
    asked = (
        ("t1", "due", date(2027, 1, 4)),
        ("t1", "retro_due", date(2027, 1, 5)),
        ("t2", "due", FRIDAY.astimezone(UTC)),
        ("t2", "retro_latest", date(2030, 1, 1)),
        ("t2", "retro_due", None),
    )
    written = {
        (task, field): Acknowledged(task=task, field=field, value=value, run="", asked=value)
        for task, field, value in asked
    }
    expected = {"t1": datetime(2027, 1, 5, 23, 59, tzinfo=PARIS), "t2": FRIDAY}
    assert known_finishes(MemoryLedger(), PORTFOLIO, written, PARIS) == expected


def test_boards_that_are_written_to_are_not_only_shown() -> None:
    """A board whose configuration hands nothing over, or that has none, is only shown."""
    settings = Settings(
        boards={
            "written": BoardSection(source="s", write=WriteSection(own=["latest"])),
            "seen": BoardSection(source="s"),
            "sheet": BoardSection(source="s", write=WriteSection(fill=["due"])),
        }
    )
    other = Board(key="path", name="P", source="files")
    assert only_shown(settings, (*PORTFOLIO.boards, other)) == {"seen", "path"}
