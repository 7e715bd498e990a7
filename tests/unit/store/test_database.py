"""The file of the state: who may read it, what becomes of old, new, foreign and damaged ones."""

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event

from retro.i18n import use
from retro.model import Board, Snapshot
from retro.ports import ConfigurationError, RunRecord
from retro.store import database, tables
from retro.store.ledger import SqlLedger
from retro.store.migrate import MIGRATIONS, back_up, upgrade

NOW = datetime(2027, 1, 8, 6, 30, tzinfo=UTC)
NEXT = tables.SCHEMA + 1


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


def run(name: str = "r1") -> RunRecord:
    """A run."""
    return RunRecord(id=name, command="sync", started=NOW)


def execute(path: Path, *statements: str) -> None:
    """Change a file behind the ledger's back."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_nothing_is_made_before_the_first_use(tmp_path: Path) -> None:
    """Building a ledger touches nothing: `retro --help` and file lints leave no state."""
    SqlLedger(tmp_path / ".retro").close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_state_is_its_owners_alone(tmp_path: Path) -> None:
    """Folder and file are closed to others, whatever the umask and however open the folder was."""
    folder = tmp_path / "état équipe"
    folder.mkdir(mode=0o755)
    before = os.umask(0)
    try:
        with SqlLedger(folder) as ledger:
            ledger.begin(run())
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "retro.db").stat().st_mode) == 0o600


def test_every_write_is_on_the_disk_when_it_returns(tmp_path: Path) -> None:
    """A process that dies at once after a call has lost nothing of it."""
    script = (
        "import os, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from retro.ports import RunRecord; from retro.store.ledger import SqlLedger\n"
        "run = RunRecord(id='r9', command='sync', started=datetime(2027, 1, 8, tzinfo=UTC))\n"
        "SqlLedger(Path(sys.argv[1])).begin(run)\n"
        "os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)  # noqa: S603 - our own script
    assert done.returncode == 9
    with SqlLedger(tmp_path) as ledger:
        assert [each.id for each in ledger.runs()] == ["r9"]
        with ledger._database.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_current_state_opens_without_alembic(tmp_path: Path) -> None:
    """Making a state, and opening a current one, loads nothing of Alembic."""
    script = (
        "import sys; from pathlib import Path; from retro.store.ledger import SqlLedger\n"
        "SqlLedger(Path(sys.argv[1])).runs(); sys.exit('alembic' in sys.modules)"
    )
    for _ in range(2):
        assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == 0  # noqa: S603


def test_migrations_lead_to_the_tables(tmp_path: Path) -> None:
    """A ledger made by the migrations alone has exactly the tables of a new one, and the newest number."""
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, tables.metadata) == []
        assert context.get_current_revision() == f"{tables.SCHEMA:04}"
    engine.dispose()
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [f"{tables.SCHEMA:04}"]


def test_new_state_is_stamped_as_migrated(tmp_path: Path) -> None:
    """A new ledger carries Alembic's stamp, so that the next migration starts from it."""
    with SqlLedger(tmp_path) as ledger:
        ledger.runs()
    engine = create_engine(f"sqlite:///{tmp_path / 'retro.db'}")
    with engine.begin() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == f"{tables.SCHEMA:04}"
    engine.dispose()


def test_older_state_is_copied_then_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older ledger is led to a newer schema with its rows, and a copy of it stays beside."""
    with SqlLedger(tmp_path) as ledger:
        ledger.begin(run())
    newer = tmp_path / "migrations"
    (newer / "versions").mkdir(parents=True)
    for source in (MIGRATIONS / "env.py", *(MIGRATIONS / "versions").glob("schema_*.py")):
        (newer / source.relative_to(MIGRATIONS)).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (newer / "versions" / f"schema_{NEXT:04}.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n"
        f"revision, down_revision = '{NEXT:04}', '{tables.SCHEMA:04}'\n"
        "def upgrade():\n    op.add_column('runs', sa.Column('note', sa.String(), server_default='kept'))\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(database, "SCHEMA", NEXT)
    monkeypatch.setattr(upgrade, "__defaults__", (newer,))
    with SqlLedger(tmp_path) as ledger, ledger._database.reading() as connection:
        assert connection.exec_driver_sql("SELECT id, note FROM runs").all() == [("r1", "kept")]
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == NEXT
    with closing(sqlite3.connect(tmp_path / f"retro-schema{tables.SCHEMA}.db")) as copy:
        assert copy.execute("SELECT id FROM runs").fetchall() == [("r1",)]
        assert copy.execute("PRAGMA user_version").fetchone() == (tables.SCHEMA,)


def test_state_of_the_first_schema_is_led_on(tmp_path: Path) -> None:
    """A ledger of schema 1 keeps its columns, learns to remember what was declined, and leaves a copy of itself."""
    old = tmp_path / "retro.db"
    engine = create_engine(f"sqlite:///{old}")
    with engine.begin() as connection:
        upgrade(connection, to="0001")
        connection.exec_driver_sql("INSERT INTO columns VALUES ('b1', 'retro_latest', 'cf1')")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    engine.dispose()
    with SqlLedger(tmp_path) as ledger:
        assert ledger.columns("b1") == {"retro_latest": "cf1"}
        assert ledger.columns_of("r1") == {}
        assert ledger.declined("b1") == {}
    with closing(sqlite3.connect(tmp_path / "retro-schema1.db")) as copy:
        assert copy.execute("SELECT * FROM columns").fetchall() == [("b1", "retro_latest", "cf1")]
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)


def test_state_of_the_second_schema_is_led_on(tmp_path: Path) -> None:
    """A ledger of schema 2 keeps its runs and values; no value has a mark, and no board is without columns yet."""
    engine = create_engine(f"sqlite:///{tmp_path / 'retro.db'}")
    with engine.begin() as connection:
        upgrade(connection, to="0002")
        connection.exec_driver_sql("INSERT INTO runs VALUES ('r1', 'sync', 1, 2, 3, 'unread')")
        connection.exec_driver_sql("INSERT INTO acknowledged VALUES ('b1', 't1', 'retro_review', '1', '1', 'r1', 5)")
        connection.exec_driver_sql("INSERT INTO boards VALUES ('b1', 7, NULL, NULL)")
        connection.exec_driver_sql("PRAGMA user_version = 2")
    engine.dispose()
    with SqlLedger(tmp_path) as ledger:
        assert [(each.id, each.writes) for each in ledger.runs()] == [("r1", 3)]
        assert [each.mark for each in ledger.acknowledged("b1").values()] == [""]
        assert (ledger.marks(), ledger.without_columns(), ledger.applied_boards()) == ({}, set(), {"b1"})
    with closing(sqlite3.connect(tmp_path / "retro.db")) as state:
        columns = [row[1] for row in state.execute("PRAGMA table_info(runs)")]
    assert columns == ["id", "command", "started", "finished", "writes", "who"]


def test_state_of_the_third_schema_is_led_on(tmp_path: Path) -> None:
    """A ledger of schema 3 keeps its runs; it knows of no advised finish yet, and remembers them from now on."""
    engine = create_engine(f"sqlite:///{tmp_path / 'retro.db'}")
    with engine.begin() as connection:
        upgrade(connection, to="0003")
        connection.exec_driver_sql("INSERT INTO runs VALUES ('r1', 'sync', 1, 2, 3)")
        connection.exec_driver_sql("PRAGMA user_version = 3")
    engine.dispose()
    with SqlLedger(tmp_path) as ledger:
        assert [(each.id, each.writes) for each in ledger.runs()] == [("r1", 3)]
        assert ledger.advised("b1") == {}
        ledger.remember_advised("b1", {"t1": run().started})
        assert ledger.advised("b1") == {"t1": run().started}


def test_state_of_the_fourth_schema_is_led_on(tmp_path: Path) -> None:
    """A ledger of schema 4 keeps its runs, of which nobody knows who ran them, and its boards, none of them left."""
    engine = create_engine(f"sqlite:///{tmp_path / 'retro.db'}")
    with engine.begin() as connection:
        upgrade(connection, to="0004")
        connection.exec_driver_sql("INSERT INTO runs VALUES ('r1', 'sync', 1, 2, 3)")
        connection.exec_driver_sql("INSERT INTO boards (key, applied) VALUES ('b1', 7)")
        connection.exec_driver_sql("PRAGMA user_version = 4")
    engine.dispose()
    with SqlLedger(tmp_path) as ledger:
        assert [(each.id, each.who) for each in ledger.runs()] == [("r1", "")]
        assert (ledger.applied_boards(), ledger.cleaned_boards()) == ({"b1"}, set())


def test_state_of_the_sixth_schema_is_led_on(tmp_path: Path) -> None:
    """A ledger of schema 6 keeps its values, of which nobody knows who was the last to edit once they were written."""
    engine = create_engine(f"sqlite:///{tmp_path / 'retro.db'}")
    with engine.begin() as connection:
        upgrade(connection, to="0006")
        row = "('b1', 't1', 'due', 'null', 'null', 'r1', 7, 'comment:1')"
        columns = "(board, task, field, value, asked, run, at, mark)"
        connection.exec_driver_sql(f"INSERT INTO acknowledged {columns} VALUES {row}")  # noqa: S608 - our own text
        connection.exec_driver_sql("PRAGMA user_version = 6")
    engine.dispose()
    with SqlLedger(tmp_path) as ledger:
        (value,) = ledger.acknowledged("b1").values()
        assert (value.mark, value.editor) == ("comment:1", "")


def test_state_of_the_seventh_schema_is_led_on(tmp_path: Path) -> None:
    """A ledger of schema 7 keeps its runs; no report was printed from it yet, and no project stood anywhere."""
    engine = create_engine(f"sqlite:///{tmp_path / 'retro.db'}")
    with engine.begin() as connection:
        upgrade(connection, to="0007")
        connection.exec_driver_sql("INSERT INTO runs VALUES ('r1', 'sync', 1, 2, 3, 'léa')")
        connection.exec_driver_sql("PRAGMA user_version = 7")
    engine.dispose()
    with SqlLedger(tmp_path) as ledger:
        assert [each.id for each in ledger.runs()] == ["r1"]
        with ledger._database.reading() as connection:
            for table in ("reports", "standings"):
                assert connection.exec_driver_sql(f"SELECT * FROM {table}").all() == []  # noqa: S608 - our own text


def test_state_of_the_fifth_schema_is_led_on(tmp_path: Path) -> None:
    """A ledger of schema 5 keeps its snapshots; what reads tell is known from the next one on."""
    engine = create_engine(f"sqlite:///{tmp_path / 'retro.db'}")
    snapshot = Snapshot(board=Board(key="b1", name="B", source="s"), tasks=(), read_at=NOW)
    with engine.begin() as connection:
        upgrade(connection, to="0005")
        connection.exec_driver_sql("INSERT INTO runs VALUES ('r1', 'sync', 1, 2, 3, 'léa')")
        connection.exec_driver_sql("PRAGMA user_version = 5")
    engine.dispose()
    with SqlLedger(tmp_path) as ledger:
        assert [(each.id, each.who) for each in ledger.runs()] == [("r1", "léa")]
        assert (ledger.seen(), ledger.due_moves(), ledger.anchors_seen()) == ({}, {}, [])
        ledger.store_snapshot(snapshot)
        assert ledger.seen()["b1"].first == NOW


def test_a_board_read_before_reads_were_kept_is_known_from_the_next_one(tmp_path: Path) -> None:
    """Though nothing on it has changed since the last snapshot that an older retro stored."""
    snapshot = Snapshot(board=Board(key="b1", name="B", source="s"), tasks=(), read_at=NOW)
    with SqlLedger(tmp_path) as ledger:
        ledger.store_snapshot(snapshot)
        execute(tmp_path / "retro.db", "DELETE FROM reads")
        ledger.store_snapshot(replace(snapshot, read_at=NOW.replace(day=9)))
        assert ledger.seen()["b1"].first == NOW.replace(day=9)
        ledger.store_snapshot(replace(snapshot, read_at=NOW.replace(day=7)))
        assert ledger.seen()["b1"].first == NOW.replace(day=7), "a run that looked back, or one after a look ahead"


def test_state_that_another_process_has_just_led_on_is_not_copied_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two that find an older state, the second one leaves the copy of the first alone: its own would be of today."""
    with SqlLedger(tmp_path) as ledger:
        ledger.begin(run())
    (tmp_path / "retro-schema5.db").write_text("the copy of the first", encoding="utf-8")
    looks = iter((5,))
    look = database._schema_of
    monkeypatch.setattr(database, "_schema_of", lambda connection: next(looks, None) or look(connection))
    with SqlLedger(tmp_path) as ledger:
        assert [each.id for each in ledger.runs()] == ["r1"]
    assert next(looks, None) is None
    assert (tmp_path / "retro-schema5.db").read_text(encoding="utf-8") == "the copy of the first"


def test_failed_migration_leaves_the_state_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that stops half-way changes nothing of the ledger."""
    with SqlLedger(tmp_path) as ledger:
        ledger.begin(run())
    newer = tmp_path / "migrations"
    (newer / "versions").mkdir(parents=True)
    for source in (MIGRATIONS / "env.py", *(MIGRATIONS / "versions").glob("schema_*.py")):
        (newer / source.relative_to(MIGRATIONS)).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (newer / "versions" / f"schema_{NEXT:04}.py").write_text(
        f"from alembic import op\nrevision, down_revision = '{NEXT:04}', '{tables.SCHEMA:04}'\n"
        "def upgrade():\n    op.drop_table('runs')\n    raise RuntimeError('power cut')\n",
        encoding="utf-8",
    )
    with monkeypatch.context() as patched:
        patched.setattr(database, "SCHEMA", NEXT)
        patched.setattr(upgrade, "__defaults__", (newer,))
        with SqlLedger(tmp_path) as ledger, pytest.raises(RuntimeError, match="power cut"):
            ledger.runs()
    with SqlLedger(tmp_path) as ledger:
        assert [each.id for each in ledger.runs()] == ["r1"]


def test_state_of_a_newer_retro_is_left_alone(tmp_path: Path) -> None:
    """A ledger from a newer retro is refused with what to do, and not a byte of it changes."""
    with SqlLedger(tmp_path) as ledger:
        ledger.begin(run())
    path = tmp_path / "retro.db"
    execute(path, "PRAGMA user_version = 99")
    before = path.read_bytes()
    with SqlLedger(tmp_path) as ledger, pytest.raises(ConfigurationError, match=r"newer retro.*Update retro"):
        ledger.runs()
    assert path.read_bytes() == before


def test_foreign_database_is_left_alone(tmp_path: Path) -> None:
    """A database of another program under that name is refused and not changed."""
    path = tmp_path / "retro.db"
    execute(path, "CREATE TABLE clients (name TEXT)")
    before = path.read_bytes()
    with SqlLedger(tmp_path) as ledger, pytest.raises(ConfigurationError, match="not one of retro"):
        ledger.runs()
    assert path.read_bytes() == before


@pytest.mark.parametrize("broken", ["garbage", "cut"])
def test_damaged_state_says_what_to_do(tmp_path: Path, broken: str) -> None:
    """A damaged file is an error for people, with a remedy, and no traceback."""
    path = tmp_path / "retro.db"
    if broken == "garbage":
        path.write_bytes(b"this was a database once" * 200)
    else:
        with SqlLedger(tmp_path) as ledger:
            ledger.store_snapshot(Snapshot(board=Board(key="b", name="B", source="s"), tasks=(), read_at=NOW))
        whole = path.read_bytes()
        path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with SqlLedger(tmp_path) as ledger, pytest.raises(ConfigurationError, match=r"damaged.*Put a copy of it back"):
        ledger.last_snapshot("b")


def test_a_body_of_which_the_end_is_missing_is_damage(tmp_path: Path) -> None:
    """A snapshot that is all there, but for the sum that proves it, is not taken for whole."""
    with SqlLedger(tmp_path) as ledger:
        ledger.store_snapshot(Snapshot(board=Board(key="b", name="B", source="s"), tasks=(), read_at=NOW))
        assert ledger.last_snapshot("b") is not None
        execute(tmp_path / "retro.db", "UPDATE contents SET body = substr(body, 1, length(body) - 4)")
        with pytest.raises(ConfigurationError, match=r"damaged.*Put a copy of it back"):
            ledger.last_snapshot("b")


def test_damage_that_only_a_write_meets_says_what_to_do(tmp_path: Path) -> None:
    """What earlier reads told is read back where the next one is stored, too; nothing of that is then stored."""
    snapshot = Snapshot(board=Board(key="b", name="B", source="s"), tasks=(), read_at=NOW)
    with SqlLedger(tmp_path) as ledger:
        ledger.store_snapshot(snapshot)
        execute(tmp_path / "retro.db", "UPDATE reads SET tasks = '{'")
        with pytest.raises(ConfigurationError, match=r"damaged.*Put a copy of it back"):
            ledger.store_snapshot(replace(snapshot, board=replace(snapshot.board, name="C")))
        last = ledger.last_snapshot("b")
    assert last is not None
    assert last.board.name == "B"


@pytest.mark.skipif(os.name != "posix", reason="a path below a file")
def test_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    """A state below a file cannot be made, and the message names the setting to change."""
    (tmp_path / "file").touch()
    with SqlLedger(tmp_path / "file" / ".retro") as ledger, pytest.raises(ConfigurationError, match=r"\[workspace\]"):
        ledger.runs()


def test_full_disk_is_explained_and_loses_nothing(tmp_path: Path) -> None:
    """When the disk is full, the write is refused in words and what was there stays."""
    with SqlLedger(tmp_path) as ledger:
        ledger.begin(run())

        def limit(connection: sqlite3.Connection, *_rest: object) -> None:
            connection.execute("PRAGMA max_page_count = 30")

        event.listen(ledger._database._engine, "checkout", limit)
        board = Board(key="b", name="".join(map(chr, range(32, 40000))), source="s")
        with pytest.raises(ConfigurationError, match="disk is full"):
            ledger.store_snapshot(Snapshot(board=board, tasks=(), read_at=NOW))
        assert ledger.last_snapshot("b") is None
        assert [each.id for each in ledger.runs()] == ["r1"]


def test_file_held_by_another_program_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program that holds the file is named as the cause."""
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.01)
    with SqlLedger(tmp_path) as ledger:
        ledger.begin(run())
    with closing(sqlite3.connect(tmp_path / "retro.db")) as other, SqlLedger(tmp_path) as ledger:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ConfigurationError, match="another program holds"):
            ledger.begin(run("r2"))


def test_board_that_did_not_change_is_stored_once(tmp_path: Path) -> None:
    """A thousand quiet nights cost a row each, not a copy of the board each."""
    board = Board(key="b", name="B", source="s")
    with SqlLedger(tmp_path) as ledger:
        for day in range(1, 29):
            ledger.store_snapshot(Snapshot(board=board, tasks=(), read_at=NOW.replace(day=day)))
        with ledger._database.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM contents").scalar() == 1
            assert connection.exec_driver_sql("SELECT count(*) FROM snapshots").scalar() == 28


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_copy_is_its_owners_alone(tmp_path: Path) -> None:
    """The copy made before a migration is closed to others as well."""
    with SqlLedger(tmp_path) as ledger:
        ledger.begin(run())
    assert stat.S_IMODE(back_up(tmp_path / "retro.db", 1).stat().st_mode) == 0o600


def test_no_migration_without_room_for_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the copy cannot be made, the older state is not touched and the disk is named as full."""
    engine = create_engine(f"sqlite:///{tmp_path / 'retro.db'}")
    with engine.begin() as connection:
        upgrade(connection, to="0003")
        connection.exec_driver_sql("PRAGMA user_version = 3")
    engine.dispose()
    before = (tmp_path / "retro.db").read_bytes()

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("retro.store.migrate.write_private", full)
    with SqlLedger(tmp_path) as ledger, pytest.raises(ConfigurationError, match="disk is full"):
        ledger.runs()
    assert (tmp_path / "retro.db").read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_copy_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    """A copy made anew over one that others could read is its owner's alone."""
    with SqlLedger(tmp_path) as ledger:
        ledger.begin(run())
    (tmp_path / "retro-schema1.db").touch(0o666)
    (tmp_path / "retro-schema1.db").chmod(0o666)
    assert stat.S_IMODE(back_up(tmp_path / "retro.db", 1).stat().st_mode) == 0o600
