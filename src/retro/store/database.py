"""The SQLite file of the ledger: made on first use, checked against the schema, and its failures put in words."""

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from cattrs.errors import BaseValidationError
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from retro.i18n import text as _
from retro.ports import ConfigurationError
from retro.store.folder import close_to_others, open_folder, unwritable
from retro.store.tables import SCHEMA, metadata

FILE = "retro.db"
PATIENCE_SECONDS = 10.0
"""How long to wait for another program that holds the file (a backup, a viewer)."""

_FOREIGN = (ArithmeticError, AttributeError, BaseValidationError, LookupError, TypeError, ValueError, zlib.error)
"""What is raised by the reading back of rows that retro cannot have written."""


class Database:
    """The ledger's file inside the state's folder. Nothing is touched before the first transaction."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads; what cannot be turned into what it should mean in here is damage."""
        with self.meant(), self._explained(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def meant(self) -> Iterator[None]:
        """Where rows are turned into what they mean: what cannot be is damage."""
        try:
            yield
        except _FOREIGN as error:
            raise _damaged(self.path) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the file from its beginning, and is on the disk when it ends."""
        with (
            self._explained(),
            self._engine.connect().execution_options(immediate=True) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        if "_engine" in self.__dict__:
            self._engine.dispose()
            del self.__dict__["_engine"]

    @cached_property
    def _engine(self) -> Engine:
        open_folder(self.path.parent)
        self._touch()
        engine = create_engine(
            URL.create("sqlite", database=str(self.path)), connect_args={"timeout": PATIENCE_SECONDS}
        )
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _begun)
        try:
            self._check(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def _touch(self) -> None:
        """Make the file ourselves, so that nobody else can read it from its first moment on."""
        try:
            descriptor = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600)
            try:
                close_to_others(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise unwritable(self.path, error) from error

    def _check(self, engine: Engine) -> None:
        with engine.connect() as connection:
            if self._is_current(connection):
                return
        with engine.connect().execution_options(immediate=True) as connection, connection.begin():
            # Another process may have led it on meanwhile: a copy made now would bear the old number.
            if not self._is_current(connection):
                self._lead_on(connection)

    def _is_current(self, connection: Connection) -> bool:
        """Whether the file has today's schema. Raises ConfigurationError where it has a newer one."""
        found = _schema_of(connection)
        if found > SCHEMA:
            raise ConfigurationError(
                _(
                    "the state was written by a newer retro (schema {found}; this one knows {known}).",
                    found=found,
                    known=SCHEMA,
                ),
                where=str(self.path),
                remedy=_("Update retro on this machine."),
            )
        return found == SCHEMA

    def _lead_on(self, connection: Connection) -> None:
        """Make the tables or, of an older file, a copy and then the migrations: all in this transaction."""
        if found := _schema_of(connection):
            from retro.store.migrate import back_up, upgrade  # noqa: PLC0415 - Alembic is slow to load, and rarely needed

            try:
                back_up(self.path, found)
            except OSError as error:
                raise unwritable(self.path, error) from error
            upgrade(connection)
        else:
            self._create(connection)
        connection.execute(text(f"PRAGMA user_version = {SCHEMA}"))

    def _create(self, connection: Connection) -> None:
        if connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one():
            raise ConfigurationError(
                _("this file is a database, but not one of retro."),
                where=str(self.path),
                remedy=_("Set another `state` under [workspace], or move the file away."),
            )
        metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": f"{SCHEMA:04}"})

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            explained = _explanation(error.orig if isinstance(error, DBAPIError) else error, self.path)
            if explained is None:
                raise
            raise explained from error


def _schema_of(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def _connected(connection: Any, _record: object) -> None:
    # Python's driver would begin transactions at moments of its own; `_begun` does.
    connection.isolation_level = None
    # One file, no side files: states live on shared and synchronised folders too.
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begun(connection: Connection) -> None:
    mode = "IMMEDIATE" if connection.get_execution_options().get("immediate", False) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


def _explanation(error: BaseException | None, path: Path) -> ConfigurationError | None:
    """What went wrong with the file, where it is something that a person can mend."""
    code = getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else ""
    kind = "_".join(code.split("_")[:2])
    where = str(path)
    # A table or a column that is not there, a text that is none: the file says that it is whole, and is not.
    lacking = kind == "SQLITE_ERROR" and "no such" in str(error)
    no_text = isinstance(error, sqlite3.OperationalError) and not code
    if kind in ("SQLITE_CORRUPT", "SQLITE_NOTADB") or lacking or no_text:
        return _damaged(path)
    if kind == "SQLITE_FULL":
        return ConfigurationError(
            _("the disk is full."), where=where, remedy=_("Make room, then run the command again.")
        )
    if kind in ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR"):
        return ConfigurationError(
            _("the state cannot be written ({reason}).", reason=str(error)),
            where=where,
            remedy=_("Give your account the right to write there, or set another `state` under [workspace]."),
        )
    if kind in ("SQLITE_BUSY", "SQLITE_LOCKED"):
        return ConfigurationError(
            _("another program holds the state."), where=where, remedy=_("Close it, then run the command again.")
        )
    return None


def _damaged(path: Path) -> ConfigurationError:
    return ConfigurationError(
        _("the state is damaged."),
        where=str(path),
        remedy=_(
            "Put a copy of it back, or move it away: retro knows its own values on the boards again, "
            "and begins its history anew."
        ),
    )
