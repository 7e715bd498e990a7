"""What holds a board back, what explains itself, and what `--force` lifts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from tests.memory_board import BOARD, NOW

from retro.i18n import use
from retro.model import (
    Anchor,
    Board,
    Category,
    Change,
    Estimate,
    EstimateOrigin,
    Guard,
    Identity,
    Link,
    Portfolio,
    Project,
    Snapshot,
    Status,
    StatusOrigin,
    Task,
    WriteLevel,
)
from retro.sync.guards import explanations, fingerprint, lifted, lost_tasks, moved_dates

PARIS = ZoneInfo("Europe/Paris")
DONE = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)
HERE = Board(key=BOARD, name="B", source="s")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


def tasks(count: int, **facts: object) -> tuple[Task, ...]:
    """As many tasks, t0 first."""
    made = (Task(key=f"t{number}", board=BOARD, title=f"t{number}") for number in range(count))
    return tuple(replace(each, **facts) for each in made)  # type: ignore[arg-type]  # by name


def lost(before: tuple[Task, ...], now: tuple[Task, ...], elsewhere: tuple[Task, ...] = ()) -> Guard | None:
    """The guard between two reads."""
    present = {task.key for task in (*now, *elsewhere)}
    return lost_tasks(Snapshot(board=HERE, tasks=before, read_at=NOW), now, present)


def test_empty_board_after_a_full_one_is_held() -> None:
    """A board that is empty all of a sudden is held, with how full it was."""
    guard = lost(tasks(3), ())
    assert guard is not None
    assert (guard.board, guard.held) == (BOARD, True)
    assert "it held 3 tasks" in guard.reason
    assert lost((), ()) is None
    assert lost_tasks(None, (), set()) is None


@pytest.mark.parametrize(("left", "held"), [(10, False), (6, False), (5, True), (1, True)])
def test_board_that_lost_half_of_its_open_tasks_is_held(left: int, held: bool) -> None:  # noqa: FBT001 - a parameter
    """Half of the open tasks gone is too much; fewer is a week's work."""
    assert (lost(tasks(10), tasks(left)) is not None) == held


def test_finished_and_moved_tasks_are_not_lost() -> None:
    """Tasks that were done, archived after they were done, or moved to another board that is read, are not lost."""
    assert lost(tasks(10), tasks(10, status=DONE)) is None
    assert lost(tasks(10, status=DONE) + (task := tasks(11)[10:]), task) is None
    assert lost(tasks(10), tasks(2), elsewhere=tasks(10)) is None
    assert lost(tasks(10), (), elsewhere=tasks(10)) is None


def test_rows_that_are_known_by_their_place_are_counted() -> None:
    """Rows without an id that moved down by one are not lost; half of them gone are, and so is what is left of both."""
    rows = tasks(10, identity=Identity.POSITIONAL)
    others = tuple(replace(row, key=f"x{row.key}") for row in rows)
    assert lost(rows, others) is None
    assert lost(rows, others[:6]) is None
    assert lost(rows, others[:5]) is not None
    closed = tuple(replace(row, status=DONE) for row in rows)
    assert lost(closed[:8] + rows[8:], others[:4]) is None
    assert lost(rows, closed) is None


def change(task: str, **facts: object) -> Change:
    """A date of the team's that would move."""
    made = Change(
        id=task,
        task=task,
        title=task,
        url=None,
        board=BOARD,
        field="due",
        level=WriteLevel.FILL,
        old=date(2027, 1, 8),
        new=date(2027, 2, 1),
        why="schedule",
        revision="r",
    )
    return replace(made, **facts)  # type: ignore[arg-type]  # by name


def moved(count: int, *, of: int = 20, why: tuple[str, ...] = (), **facts: object) -> Guard | None:
    """The guard over so many moved dates."""
    changes = [change(f"t{number}", **facts) for number in range(count)]
    return moved_dates(BOARD, changes, of, why, share=0.5, least=10)


@pytest.mark.parametrize(("count", "of", "held"), [(11, 21, True), (10, 12, False), (11, 22, False), (11, 11, True)])
def test_board_is_held_above_both_thresholds(count: int, of: int, held: bool) -> None:  # noqa: FBT001 - a parameter
    """Moved dates hold a board only above the share of its open tasks and above the least number."""
    assert (moved(count, of=of) is not None) == held


def test_only_the_teams_filled_dates_count() -> None:
    """Retro's own fields, empty cells and other boards do not count; a task with two moved dates counts once."""
    assert moved(20, level=WriteLevel.OWN) is None
    assert moved(20, old=None) is None
    assert moved(20, board="memory:b2") is None
    twice = [change(f"t{number % 10}", field=field) for number in range(10) for field in ("start", "due")]
    assert moved_dates(BOARD, twice, 12, (), share=0.5, least=10) is None


def test_explained_change_goes_on_in_one_sentence() -> None:
    """A moved anchor explains itself in one sentence, and the run goes on."""
    guard = moved(15, why=("anchors", "links"))
    assert guard is not None
    assert (guard.held, guard.reason) == (False, "Dates move on 15 tasks, since these changed: anchors, links.")


def test_force_lifts_the_boards_that_it_names() -> None:
    """`--force` lets the named boards go on, and says the reason all the same."""
    guards = (Guard(board="b1", reason="x"), Guard(board="b2", reason="y"))
    assert lifted(guards, {"b1"}) == (Guard(board="b1", reason="x", held=False), guards[1])


PORTFOLIO = Portfolio(
    boards=(HERE, Board(key="memory:b2", name="C", source="s")),
    tasks=(*tasks(3), Task(key="u1", board="memory:b2", title="u1"), Task(key="u2", board="memory:b2", title="u2")),
    projects=(
        Project(key="p", name="P", anchors=(Anchor(key="p/0", name="Launch", date=date(2027, 3, 1), project="p"),)),
    ),
    links=(Link("t0", "t1"),),
)


def explained(after: Portfolio, board: str = BOARD, **texts: str) -> tuple[str, ...]:
    """What changed on a board since PORTFOLIO."""
    before = fingerprint(PORTFOLIO, calendar="c", configuration="k", zone=PARIS)
    now = fingerprint(
        after, calendar=texts.get("calendar", "c"), configuration=texts.get("configuration", "k"), zone=PARIS
    )
    return explanations(before[board], now[board])


def test_fingerprint_tells_what_changed() -> None:
    """Anchors, calendars and configuration explain every board; links and estimates the boards that they touch."""
    assert explained(PORTFOLIO) == ()
    later = Anchor(key="p/0", name="Launch", date=date(2027, 3, 8), project="p")
    assert explained(replace(PORTFOLIO, projects=(Project(key="p", name="P", anchors=(later,)),))) == ("anchors",)
    assert explained(PORTFOLIO, calendar="d") == ("calendar",)
    assert explained(PORTFOLIO, configuration="l") == ("configuration",)
    across = replace(PORTFOLIO, links=(Link("t0", "t1"), Link("t1", "u1")))
    assert (explained(across), explained(across, "memory:b2")) == (("links",), ("links",))
    inside = replace(PORTFOLIO, links=(Link("t0", "t1"), Link("u1", "u2")))
    assert (explained(inside), explained(inside, "memory:b2")) == ((), ("links",))
    sized = replace(PORTFOLIO.tasks[0], estimates=(Estimate(EstimateOrigin.NUMBER, 2.0, "days"),))
    assert explained(replace(PORTFOLIO, tasks=(sized, *PORTFOLIO.tasks[1:]))) == ("estimates",)


def test_titles_statuses_and_order_explain_nothing() -> None:
    """What does not bear on dates, and the order in which things were read, leave the fingerprint alone."""
    other = replace(
        PORTFOLIO,
        tasks=tuple(replace(task, title="other", status=DONE) for task in reversed(PORTFOLIO.tasks)),
        boards=tuple(reversed(PORTFOLIO.boards)),
    )
    assert explained(other) == ()


def test_first_run_is_explained_by_everything() -> None:
    """Without an earlier run every part is new."""
    now = fingerprint(PORTFOLIO, calendar="c", configuration="k", zone=PARIS)[BOARD]
    assert explanations("", now) == ("anchors", "calendar", "configuration", "links", "estimates")
