"""Bring a database to this program's schema, inside the caller's transaction and under a lock."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.schema.errors import DatabaseTooNew, NotADatabase

HEAD = "0003"
"""The revision this program works with: the newest file in ``migrations/versions``."""

MIGRATIONS = Path(__file__).parents[1] / "migrations"
"""The folder that Alembic works with; nothing imports from it."""

LOCK = 7_262_226
"""Key of the advisory lock that lets one process at a time migrate a PostgreSQL."""


def upgrade(connection: Connection, name: str) -> None:
    """Apply the migrations that ``connection`` lacks. The transaction is the caller's, so a failure leaves nothing.

    SQLite's lock is the writing transaction itself. Raises ``DatabaseTooNew`` if the database knows a revision that
    this program does not, ``NotADatabase`` if it holds another program's tables.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    revision = current(connection, name)
    if revision == HEAD:
        return
    if revision is not None and revision not in known():
        raise DatabaseTooNew(revision)
    _alembic_upgrade(connection)


def current(connection: Connection, name: str) -> str | None:
    """Return the revision of the database, None for an empty one."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
        return str(row[0]) if row else None
    if tables:
        raise NotADatabase(name)
    return None


def known() -> frozenset[str]:
    """Return the revisions that this program has a file for."""
    return frozenset(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _alembic_upgrade(connection: Connection) -> None:
    # Imported here: it costs a tenth of a second that a start on an up-to-date database need not pay.
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
