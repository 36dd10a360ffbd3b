"""Facts about the database itself, such as the mark of a demo."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from storage.schema.statements import upsert
from storage.schema.tables import meta

_GET = select(meta.c.value).where(meta.c.key == bindparam("key"))
_PUT = upsert(meta)


def get(connection: Connection, key: str) -> str | None:
    """Return what is noted under ``key``, None if nothing is."""
    found = connection.execute(_GET, {"key": key}).scalar()
    return None if found is None else str(found)


def put(connection: Connection, key: str, value: str) -> None:
    """Note ``value`` under ``key``."""
    connection.execute(_PUT.on(connection), {"key": key, "value": value})
