"""Statements of the hot path: compiled by SQLAlchemy once, then handed to the driver without its execution layer.

That layer costs more than SQLite's own work for a small statement (some 20 of 25 microseconds), and a turn needs nine
of them. What is used of SQLAlchemy here is public: a compiled statement's text, its parameters and its types. A test
compares the outcome with ``Connection.execute``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from storage.schema.statements import PerDialect

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one driver takes it. ``fixed`` are its constants, ``binds`` how each given value is converted."""

    text: str
    names: tuple[str, ...]
    positional: bool
    fixed: dict[str, Any]
    binds: dict[str, Convert | None]
    results: tuple[tuple[int, Convert], ...]

    def parameters(self, values: Values) -> Any:
        found = dict(self.fixed)
        for name, convert in self.binds.items():
            value = values.get(name)
            found[name] = value if convert is None else convert(value)
        return [found[name] for name in self.names] if self.positional else found

    def convert(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self.results:
            return row
        changed = list(row)
        for index, convert in self.results:
            changed[index] = convert(changed[index])
        return changed


class Prepared:
    """A statement built when its module is imported. ``names`` are the columns that an insert or update is given.

    A value that is not given is NULL. Errors of the driver are raised as SQLAlchemy's.
    """

    __slots__ = ("_names", "_ready", "_statement")

    def __init__(self, statement: Any, names: Iterable[str] | None = None) -> None:
        self._statement = statement
        self._names = None if names is None else list(names)
        self._ready: dict[str, _Ready] = {}

    def all(self, connection: Connection, values: Values) -> list[Sequence[Any]]:
        """Return the rows."""
        ready = self._for(connection.dialect)
        rows: list[Sequence[Any]] = self._execute(connection, ready, values).fetchall()
        return [ready.convert(row) for row in rows] if ready.results else rows

    def first(self, connection: Connection, values: Values) -> Sequence[Any] | None:
        """Return the first row, None if there is none."""
        rows = self.all(connection, values)
        return rows[0] if rows else None

    def run(self, connection: Connection, values: Values) -> int:
        """Return how many rows were changed."""
        return int(self._execute(connection, self._for(connection.dialect), values).rowcount)

    def new_id(self, connection: Connection, values: Values) -> int | None:
        """Return the id of the row that was inserted, None if none was (``PerDialect(..., returning=id)``)."""
        cursor = self._execute(connection, self._for(connection.dialect), values)
        if connection.dialect.name == "sqlite":
            return int(cursor.lastrowid) if cursor.rowcount else None
        row = cursor.fetchone()
        return int(row[0]) if row else None

    def many(self, connection: Connection, rows: Sequence[Values]) -> int:
        """Run the statement for each of ``rows``; return how many rows were changed in all."""
        if len(rows) == 1:
            return self.run(connection, rows[0])
        ready = self._for(connection.dialect)
        parameters = [ready.parameters(row) for row in rows]
        with _errors(connection, ready):
            cursor = connection.connection.cursor()
            cursor.executemany(ready.text, parameters)
            return int(cursor.rowcount)

    def _execute(self, connection: Connection, ready: _Ready, values: Values) -> Any:
        cursor = connection.connection.cursor()
        parameters = ready.parameters(values)
        try:
            cursor.execute(ready.text, parameters)
        except Exception as error:
            raise _translated(connection, ready, error) from error
        return cursor

    def _for(self, dialect: Dialect) -> _Ready:
        ready = self._ready.get(dialect.name)
        if ready is None:
            statement = self._statement
            if isinstance(statement, PerDialect):
                statement = statement.of(dialect.name)
            ready = self._ready[dialect.name] = _prepare(statement, self._names, dialect)
        return ready


def _prepare(statement: Any, names: list[str] | None, dialect: Dialect) -> _Ready:
    compiled = statement.compile(dialect=dialect, column_keys=names)
    binds: dict[str, Convert | None] = {}
    fixed: dict[str, Any] = {}
    for bind, name in compiled.bind_names.items():
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if bind.required or (names is not None and name in names):
            binds[name] = convert
        else:
            fixed[name] = bind.effective_value if convert is None else convert(bind.effective_value)
    return _Ready(
        str(compiled),
        tuple(compiled.positiontup or ()),
        compiled.positional,
        fixed,
        binds,
        tuple(_results(compiled, dialect)),
    )


def _results(compiled: SQLCompiler, dialect: Dialect) -> Iterator[tuple[int, Convert]]:
    columns = getattr(compiled.statement, "exported_columns", ())
    for index, column in enumerate(columns):
        convert = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if convert is not None:
            yield index, convert


@contextmanager
def _errors(connection: Connection, ready: _Ready) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise _translated(connection, ready, error) from error


def _translated(connection: Connection, ready: _Ready, error: Exception) -> BaseException:
    """Return SQLAlchemy's error for a driver's; without the parameters, which hold what people wrote."""
    driver = connection.dialect.loaded_dbapi.Error
    if not isinstance(error, driver):
        return error
    return DBAPIError.instance(ready.text, None, error, driver, hide_parameters=True, dialect=connection.dialect)
