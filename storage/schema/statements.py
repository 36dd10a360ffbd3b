"""Small helpers for statements that are built once, when their module is imported."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Column, Connection, CursorResult, Table
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")

CHUNK = 900
"""Ids named in one statement; the oldest SQLite in use takes 999."""

Insert: TypeAlias = sqlite.Insert | postgresql.Insert


class PerDialect:
    """A statement that either database spells in its own construct: ``ON CONFLICT``."""

    __slots__ = ("_statements",)

    def __init__(self, build: Callable[[Any], Any], returning: Column[int] | None = None) -> None:
        """``returning``: the id that PostgreSQL hands back with the insert; SQLite's driver knows it anyway."""
        postgres = build(postgresql.insert)
        if returning is not None:
            postgres = postgres.returning(returning)
        self._statements = {"sqlite": build(sqlite.insert), "postgresql": postgres}

    def on(self, connection: Connection) -> Any:
        return self._statements[connection.dialect.name]

    def of(self, dialect: str) -> Any:
        return self._statements[dialect]


def upsert(table: Table) -> PerDialect:
    """Return "insert a row, or overwrite all its other columns where its primary key exists"."""
    keys = [column.name for column in table.primary_key]

    def build(insert: Callable[[Table], Any]) -> Any:
        statement = insert(table)
        changed = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
        return statement.on_conflict_do_update(index_elements=keys, set_=changed)

    return PerDialect(build)


def new_id(result: CursorResult[Any]) -> int:
    """Return the id of the one row that was inserted."""
    key: int = result.inserted_primary_key[0]  # type: ignore[index]
    return key


def chunks(things: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Yield ``things`` in runs that fit one statement."""
    for first in range(0, len(things), size):
        yield things[first : first + size]


dumps: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Returns a value as compact JSON, readable in the database; the encoder is made once."""
