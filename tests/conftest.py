"""A migrated database of its own for each test that asks: ``database`` runs a test on both kinds, others on one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config.doors import DOORS, facts_of
from storage.schema.database import Database, open_database
from tests import databases

pytest_plugins = ("tests.office.fixtures", "tests.loopback.fixtures")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = open_database(f"sqlite:///{path}", facts_of(DOORS))
    database.migrate()
    database.close()
    return path


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty SQLite database."""
    with databases.copied_sqlite(sqlite_template, tmp_path / "baocao.db") as database:
        yield database


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that holds a migrated database named ``template``."""
    with databases.postgres_server() as server:
        databases.administer(
            server, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE template"
        )
        database = open_database(databases.named(server, "template"), facts_of(DOORS))
        database.migrate()
        database.close()
        yield server


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database."""
    with databases.copied_postgres(postgres_server, "template") as url:
        yield url


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    """A migrated, empty PostgreSQL database."""
    database = open_database(postgres_url, facts_of(DOORS))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated, empty database; the test runs once on each kind."""
    found: Database = request.getfixturevalue(request.param)
    return found
