"""Open a database and take transactions from it: SQLite for one office, PostgreSQL for several processes.

The SQLite driver's own transaction handling is off (a savepoint under it survives the outer rollback): every
transaction begins with an explicit BEGIN, IMMEDIATE for writing, so that read-then-write never fails half-way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from dialogs.values.doors import Doors
from storage.schema import upgrading
from storage.schema.errors import DatabaseUnavailable, NotADatabase
from storage.schema.known_doors import NONE, OPTION
from storage.schema.tables import metadata

BUSY_MILLISECONDS = 15_000
"""How long a SQLite writer waits for another one before it gives up."""


class Database:
    """One database and its pool of connections.

    ``write()`` and ``read()`` each yield a connection inside one transaction; nothing else opens any. A connection
    is used by one thread at a time; a thread that writes for long may keep taking ``write()``: it gets the same
    pooled connection again.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reader = engine.execution_options(**_reading(engine))

    @property
    def is_postgres(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    @property
    def name(self) -> str:
        """The database as a person may read it, without a password."""
        return _shown(self.engine.url)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection in a writing transaction; commit at the end, roll back if anything is raised."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection on one unchanging snapshot; whatever is written through it is rolled back."""
        with self._reader.connect() as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the schema up to this program's, under a lock; do nothing if it is already.

        Raises ``DatabaseTooNew``, ``NotADatabase`` or ``DatabaseUnavailable``.
        """
        try:
            with self.write() as connection:
                upgrading.upgrade(connection, self.name)
        except DBAPIError as error:
            raise explained(error, self.name) from error

    def clear(self) -> None:
        """Drop every table. Only the demo, which is marked as such, is ever made anew."""
        with self.write() as connection:
            metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str, doors: Doors = NONE) -> Database:
    """Return the database at ``url`` (``sqlite:///...`` or ``postgresql://...``); connects only when used.

    ``doors`` are those of the program, as far as what is stored depends on them.

    Raises ``DatabaseUnavailable`` if the address itself makes no sense.
    """
    try:
        address = make_url(url)
        if address.drivername in ("postgres", "postgresql"):
            address = address.set(drivername="postgresql+psycopg")
        if address.get_backend_name() == "sqlite":
            return Database(_sqlite(address).execution_options(**{OPTION: doors}))
        return Database(_postgres(address).execution_options(**{OPTION: doors}))
    except Exception as error:
        raise DatabaseUnavailable(url.split("@")[-1], str(error)) from error


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Undo alone, within the transaction, what is done inside if it raises.

    The same as ``begin_nested`` for a tenth of its time; they nest.
    """
    cursor = connection.connection.cursor()
    cursor.execute("SAVEPOINT work")
    try:
        yield
    except BaseException:
        cursor.execute("ROLLBACK TO SAVEPOINT work")
        cursor.execute("RELEASE SAVEPOINT work")
        raise
    cursor.execute("RELEASE SAVEPOINT work")


def is_away(error: BaseException) -> bool:
    """Whether ``error`` says that the database could not be used just now, so that the same work may go well later."""
    if not isinstance(error, DBAPIError):
        return False
    ours = any(word in str(error.orig) for word in ("no such", "syntax error", "no column", "datatype mismatch"))
    return error.connection_invalidated or (isinstance(error, OperationalError) and not ours)


def explained(error: DBAPIError, name: str) -> Exception:
    """Return the error of a driver as one clear line where it is about the database as a whole, else as it is."""
    text = str(error.orig)
    if "not a database" in text or "malformed" in text:
        return NotADatabase(name)
    if isinstance(error, OperationalError):
        return DatabaseUnavailable(name, text)
    return error


def _sqlite(url: URL) -> Engine:
    options: dict[str, Any] = {}
    if url.database in (None, "", ":memory:"):
        options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    engine = create_engine(url, hide_parameters=True, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(driver: Any, record: object) -> None:  # noqa: ARG001
    driver.isolation_level = None
    cursor = driver.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    # The mode is the file's. Whoever finds a new file locked leaves the switch to the one who locked it.
    with suppress(sqlite3.OperationalError):
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("baocao_begin", "BEGIN IMMEDIATE"))


def _postgres(url: URL) -> Engine:
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args={"options": "-c timezone=UTC"})


def _reading(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {"baocao_begin": "BEGIN DEFERRED"}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _shown(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return f"{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"
