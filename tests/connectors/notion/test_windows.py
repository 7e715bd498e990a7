"""More rows than Notion gives to one query, and answers that come too late for as many rows as usual."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.connectors.notion.conftest import Live

from retro.model import Cut, CutPart
from retro.ports import SourceError
from retro.sandbox.notion import DatabaseBuilder, Limits, Rate

MANY = Rate(100_000, 60)


def grown(live: Live, count: int, *, each: timedelta) -> DatabaseBuilder:
    """A database of so many rows, created one after the other."""
    other = DatabaseBuilder("Grande", live.database.state)
    for number in range(count):
        other.page(f"Page {number}", created=other.at + number * each)
    return other


def queries(live: Live) -> Iterator[dict[str, Any]]:
    """The bodies of the queries."""
    return (one.body for one in live.sandbox.log if one.path.endswith("/query"))


@pytest.mark.parametrize("live", [Limits(rows_most=200, connection=MANY)], indirect=True)
def test_rows_beyond_the_cap_are_read_by_windows_of_creation(live: Live) -> None:
    """Each query goes on at the minute where the last one stopped; all rows come once, and nothing is said."""
    other = grown(live, 730, each=timedelta(seconds=20))
    pulled = live.connector().pull(other.url)
    keys = [task.key for task in pulled.snapshot.tasks]
    assert len(keys) == len(set(keys)) == 730
    assert pulled.snapshot.board.warnings == ()
    assert pulled.requests <= 8 + 4 + 2
    starts = [body["filter"] for body in queries(live) if "filter" in body]
    assert all(start == sorted_start for start, sorted_start in zip(starts, sorted(starts, key=str), strict=True))


@pytest.mark.parametrize("live", [Limits(rows_most=200, connection=MANY)], indirect=True)
def test_a_minute_too_full_is_said_and_passed(live: Live) -> None:
    """Where more rows than Notion gives lie in one minute, it is named, and the rows after it are read all the same."""
    other = grown(live, 50, each=timedelta(seconds=30))
    crowd = other.at + timedelta(hours=1)
    for number in range(230):
        other.page(f"Import {number}", created=crowd)
    later = [other.page(f"Après {number}", created=crowd + timedelta(minutes=1 + number)) for number in range(3)]
    pulled = live.connector().pull(other.url)
    keys = {task.key for task in pulled.snapshot.tasks}
    assert {f"notion:{page.id}" for page in later} <= keys
    assert 250 <= len(keys) < 283
    (warning,) = pulled.snapshot.board.warnings
    assert "one minute" in warning
    assert pulled.requests < 15


@pytest.mark.parametrize("live", [Limits(rows_most=100, connection=MANY)], indirect=True)
def test_a_base_made_in_one_minute_ends(live: Live) -> None:
    """Where every row has the same stamp, no window helps: it is said once, and the read ends."""
    other = grown(live, 150, each=timedelta(0))
    pulled = live.connector().pull(other.url)
    assert len(pulled.snapshot.tasks) == 100
    assert len(pulled.snapshot.board.warnings) == 1
    assert (pulled.snapshot.board.whole, pulled.snapshot.board.cut) == (False, (Cut(CutPart.TASKS, 100),))
    assert pulled.requests == 2 + 2


@pytest.mark.parametrize("live", [Limits(rows_most=1000, timeouts_every=3, connection=MANY)], indirect=True)
def test_a_time_out_on_every_third_page_leaves_nothing_out(live: Live) -> None:
    """Half a page after each, whole ones again after; complete with the cap, a long relation and all together."""
    other = grown(live, 1199, each=timedelta(seconds=10))
    before = [live.database.state.pages[id_]["id"] for id_ in other.document["pages"][:40]]
    other.page("Lancement", after=before, created=other.at + timedelta(hours=5))
    connector = live.connector()
    pulled = connector.pull(other.url)
    keys = {task.key for task in pulled.snapshot.tasks}
    assert len(pulled.snapshot.tasks) == len(keys) == 1200
    launch = next(task for task in pulled.snapshot.tasks if task.title == "Lancement")
    assert len({reference.target for reference in launch.references}) == 40
    assert pulled.snapshot.board.warnings == ()
    assert {body["page_size"] for body in queries(live)} == {100, 50}
    assert pulled.requests < 1200 / 150 * 3 + 12


@pytest.mark.parametrize("live", [Limits(rows_in_time=25, connection=MANY)], indirect=True)
def test_a_size_that_is_always_too_much_is_given_up(live: Live) -> None:
    """Where Notion never gives more than 25 rows in time, what it costs to find that out is bounded, and kept."""
    other = grown(live, 400, each=timedelta(seconds=10))
    connector = live.connector()
    assert len(connector.pull(other.url).snapshot.tasks) == 400
    sizes = [body["page_size"] for body in queries(live)]
    assert sum(size > 25 for size in sizes) == 4, "one of a hundred rows, three of fifty"
    mark = live.sandbox.log.mark()
    connector.pull(other.url)
    assert {one.body["page_size"] for one in live.sandbox.log.since(mark) if one.path.endswith("/query")} == {25}


def test_time_outs_that_do_not_end(live: Live) -> None:
    """At ten rows a page the usual policy repeats it; then the source has failed."""
    live.sandbox.faults.add("504:50@POST")
    with pytest.raises(SourceError) as raised:
        live.connector().pull(live.database.url)
    assert raised.value.status == 504
    assert [body["page_size"] for body in queries(live)] == [100, 50, 25, 10, 10, 10, 10, 10]


def test_a_limit_that_lasts_longer_than_a_minute_is_waited_for(live: Live) -> None:
    """A Retry-After of two minutes is honoured whole, not asked against."""
    live.sandbox.faults.add("429+retry=120@POST")
    before = live.clock.now()
    assert len(live.connector().pull(live.database.url).snapshot.tasks) == 3
    assert (live.clock.now() - before).total_seconds() >= 120
    assert len(list(queries(live))) == 2
