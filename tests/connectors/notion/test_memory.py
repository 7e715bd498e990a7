"""Columns are held on to by their ids: renamed they go on, gone or retyped they stop their board alone."""

from datetime import date
from typing import Any

import pytest
from tests.connectors.notion.conftest import Live

from retro.model import How, Snapshot, SourceStatus
from retro.ports import ColumnsChangedError, ConfigurationError
from retro.run.read import Reading, Target, read
from retro.sandbox.notion import DatabaseBuilder
from retro.testing.ledger import MemoryLedger
from retro_notion.connector import NotionConnector
from retro_notion.settings import BoardSettings
from retro_practices.src.column_changed import ColumnChanged


class Nights:
    """Runs one after the other, each with what the ledger remembers of the last."""

    def __init__(self, live: Live, *others: DatabaseBuilder, **columns: str) -> None:
        self.live, self.ledger, self.columns = live, MemoryLedger(), columns
        self.at = {"campagne": live.database.url, **{other.document["name"]: other.url for other in others}}

    def connector(self) -> NotionConnector:
        """A connector as the registry would make it."""
        boards = []
        for alias, at in self.at.items():
            known = self.ledger.last_board(alias)
            columns = self.columns if alias == "campagne" else {}
            mapping = known.mapping if known is not None else ()
            boards.append(BoardSettings(at=at, alias=alias, columns=columns, mapping=mapping))
        return self.live.connector(boards=tuple(boards))

    def run(self) -> Reading:
        """Read everything."""
        targets = [Target(source="base", at=at, alias=alias, configured=True) for alias, at in self.at.items()]
        self.live.clock.sleep(86_400)
        return read(targets, {"base": self.connector()}, ledger=self.ledger)

    def tasks(self) -> Any:
        """Tasks of the first board by title."""
        return {task.title: task for task in self.run().snapshots[0].tasks}


def uses(snapshot: Snapshot) -> dict[str, tuple[str, How]]:
    """The mapping by role."""
    return {use.role: (use.name, use.how) for use in snapshot.board.mapping}


def test_renamed_columns_keep_working(live: Live) -> None:
    """Whatever a person calls them now, due dates, owners, statuses, links and estimates are read as before."""
    nights = Nights(live)
    before = nights.tasks()
    names = {
        "Échéance": "X1",
        "Responsable": "X2",
        "État": "X3",
        "Bloqué par": "X4",
        "Charge (jours)": "X5",
        "Nom": "X6",
    }
    for name, new in names.items():
        live.database.state.rename_column(live.database.source, name, new)
    reading = nights.run()
    after = {task.title: task for task in reading.snapshots[0].tasks}
    assert reading.errors == ()
    for title, task in before.items():
        now = after[title]
        assert (now.due, now.owners, now.status, now.references) == (
            task.due,
            task.owners,
            task.status,
            task.references,
        )
        assert [(each.value, each.unit) for each in now.estimates] == [(e.value, e.unit) for e in task.estimates]
    mapping = reading.snapshots[0].board.mapping
    assert {use.name for use in mapping} == set(names.values())
    assert {use.told for use in mapping if use.role != "title"} == names.keys() - {"Nom"}


def test_a_column_named_in_the_configuration_may_be_renamed(live: Live) -> None:
    """`columns = { due = "Échéance" }` goes on meaning the column that had this name when it was first read."""
    nights = Nights(live, due="Échéance")
    nights.run()
    live.database.state.rename_column(live.database.source, "Échéance", "À rendre le")
    assert nights.tasks()["[SEO] Brief"].due == date(2027, 2, 1)
    live.database.column("Échéance", "date")
    live.database.state.edit_page(live.brief.id, values={"Échéance": date(2027, 3, 3)})
    assert nights.tasks()["[SEO] Brief"].due == date(2027, 3, 3), "a new column of that very name is what is meant"


@pytest.mark.parametrize("configured", [{}, {"due": "Échéance"}, {"due": "id:"}])
@pytest.mark.parametrize("change", ["removed", "retyped"])
def test_a_column_that_is_gone_or_retyped_stops_its_board_alone(
    change: str, configured: dict[str, str], live: Live
) -> None:
    """SRC104 names column and repair; the board stands as last read, is not written to, and the others go on."""
    columns = {
        role: told + live.database.column("Échéance")["id"] if told == "id:" else told
        for role, told in configured.items()
    }
    other = DatabaseBuilder("Autre", live.database.state)
    other.page("Tâche", due=date(2027, 2, 1))
    live.database.column("Relance", "date")
    nights = Nights(live, other, **columns)
    first = nights.run()
    state, source = live.database.state, live.database.source
    if change == "removed":
        state.drop_column(source, "Échéance")
    else:
        state.retype_column(source, "Échéance", "rich_text")
    reading = nights.run()
    stopped, fine = reading.snapshots
    assert stopped.tasks == first.snapshots[0].tasks
    assert reading.fresh == {fine.board.key}
    assert reading.sources[0].state is SourceStatus.STALE
    (error,) = reading.errors
    assert isinstance(error, ColumnsChangedError)
    assert 'columns = { due = "Relance" }' in error.remedy
    (changed,) = stopped.board.changed
    assert (changed.role, changed.name, changed.was, changed.now) == (
        "due",
        "Échéance",
        "date",
        "" if change == "removed" else "rich_text",
    )
    assert nights.ledger.last_board("campagne") == first.snapshots[0].board, "what stands in is not stored as read"
    nights.columns = {"due": "Relance"}
    mended = nights.run()
    assert mended.errors == ()
    assert mended.snapshots[0].board.changed == ()
    assert uses(mended.snapshots[0])["due"] == ("Relance", How.CONFIGURED)


def test_the_empty_name_lets_a_column_go(live: Live) -> None:
    """Who deleted a column on purpose says so once."""
    nights = Nights(live)
    nights.run()
    live.database.state.drop_column(live.database.source, "Responsable")
    assert nights.run().snapshots[0].board.changed[0].role == "owners"
    nights.columns = {"owners": ""}
    assert "owners" not in uses(nights.run().snapshots[0])


def test_several_columns_are_mended_by_one_line(live: Live) -> None:
    """A column is proposed once, where it may well have taken another's place: a free text is no channel."""
    live.database.column("Canal", "select", options=["SEO"])
    live.database.column("Début", "date")
    nights = Nights(live)
    nights.run()
    live.database.column("Relance", "date")
    live.database.column("Remarques")
    for name in ("Échéance", "Début", "Canal"):
        live.database.state.drop_column(live.database.source, name)
    (error,) = nights.run().errors
    assert 'columns = { due = "Relance", start = "", channel = "" }' in error.remedy
    assert error.what.count(" The column ") == 2


def test_a_retype_that_still_fits_stops_too(live: Live) -> None:
    """A status that became a select has lost its values: going on would call every task to do."""
    nights = Nights(live)
    nights.run()
    live.database.state.retype_column(live.database.source, "Responsable", "select")
    (change,) = nights.run().snapshots[0].board.changed
    assert (change.was, change.now) == ("people", "select")
    nights.columns = {"owners": "Responsable"}
    assert nights.run().errors == ()


def test_new_columns_are_taken_up(live: Live) -> None:
    """A role that had no column gets one that appears; one that had keeps its own."""
    nights = Nights(live)
    nights.run()
    live.database.column("Deadline", "date")
    live.database.column("Canal", "select", options=["SEO"])
    found = uses(nights.run().snapshots[0])
    assert found["due"] == ("Échéance", How.NAMED)
    assert found["channel"] == ("Canal", How.NAMED)


def test_a_wrong_name_at_first_is_the_configurations_fault(live: Live) -> None:
    """What never was cannot have changed: the message lists the columns."""
    with pytest.raises(ConfigurationError, match="Absente"):
        Nights(live, due="Absente").run()


def test_a_database_that_got_a_second_data_source_stops_alone(live: Live) -> None:
    """What was read before and cannot be any more is the board's change: it stands as it was, and the others go on."""
    other = DatabaseBuilder("Autre", live.database.state)
    other.page("Tâche", due=date(2027, 2, 1))
    nights = Nights(live, other)
    first = nights.run()
    live.database.another("Archives 2026")
    reading = nights.run()
    assert reading.snapshots[0].tasks == first.snapshots[0].tasks
    assert reading.fresh == {reading.snapshots[1].board.key}
    (error,) = reading.errors
    assert error.where == "boards.campagne"
    assert f'data_source = "{live.database.source}"' in error.remedy


def test_the_rule_says_it_in_every_profile() -> None:
    """SRC104 stays an error, however gentle the profile."""
    assert (ColumnChanged.default, ColumnChanged.soft) == ("error", "error")
