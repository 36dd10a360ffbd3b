"""Statements of the hot path: compiled by SQLAlchemy once, then handed to the driver without its execution layer.

That layer costs more than SQLite's own work for a small statement (some 20 of 25 microseconds), and a turn needs nine
of them. What is used of SQLAlchemy here is public: a compiled statement's text, its parameters and its types. A test
compares the outcome with ``Connection.execute``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import Boolean, TypeEngine

from storage.schema.columns import Moment
from storage.schema.statements import PerDialect

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]

MOST_ROWS = 16
"""Rows that are written by one statement; its text is another one for each number of rows."""

MOMENTS = 1024
"""Moments whose spelling is kept."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one driver takes it.

    ``names`` are the parameters in the driver's order, ``binds`` those that are converted and ``fixed`` the constants,
    each by its place in that order; a driver that takes names is given them.
    """

    text: str
    names: tuple[str, ...]
    positional: bool
    binds: tuple[tuple[int, Convert], ...]
    fixed: tuple[tuple[int, Any], ...]
    results: tuple[tuple[int, Convert], ...]

    def parameters(self, values: Values) -> Any:
        found = list(map(values.get, self.names))
        for at, convert in self.binds:
            found[at] = convert(found[at])
        for at, constant in self.fixed:
            found[at] = constant
        return found if self.positional else dict(zip(self.names, found, strict=True))

    def of_rows(self, count: int) -> str:
        """The statement for several rows at once, '' if it is none that inserts: SQLite gives way to other threads at
        each row that it is handed by itself.
        """
        head, values, rest = self.text.partition(" VALUES ")
        row, end, tail = rest.partition(")")
        return f"{head}{values}{', '.join([row + end] * count)}{tail}" if values and not self.fixed else ""

    def convert(self, row: Sequence[Any]) -> Sequence[Any]:
        changed = list(row)
        for at, convert in self.results:
            changed[at] = convert(changed[at])
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
        ready = self._ready.get(connection.dialect.name) or self._prepared(connection.dialect)
        rows: list[Sequence[Any]] = self._execute(connection, ready, values).fetchall()
        return [ready.convert(row) for row in rows] if ready.results else rows

    def first(self, connection: Connection, values: Values) -> Sequence[Any] | None:
        """Return the first row, None if there is none."""
        ready = self._ready.get(connection.dialect.name) or self._prepared(connection.dialect)
        # All are taken: an insert that returns something is not over before.
        rows: list[Sequence[Any]] = self._execute(connection, ready, values).fetchall()
        return ready.convert(rows[0]) if rows and ready.results else rows[0] if rows else None

    def run(self, connection: Connection, values: Values) -> int:
        """Return how many rows were changed."""
        ready = self._ready.get(connection.dialect.name) or self._prepared(connection.dialect)
        return int(self._execute(connection, ready, values).rowcount)

    def new_id(self, connection: Connection, values: Values) -> int | None:
        """Return the id of the row that was inserted, None if none was (``PerDialect(..., returning=id)``)."""
        ready = self._ready.get(connection.dialect.name) or self._prepared(connection.dialect)
        cursor = self._execute(connection, ready, values)
        if connection.dialect.name == "sqlite":
            return int(cursor.lastrowid) if cursor.rowcount else None
        row = cursor.fetchone()
        return int(row[0]) if row else None

    def many(self, connection: Connection, rows: Sequence[Values]) -> int:
        """Run the statement for each of ``rows``; return how many rows were changed in all."""
        if len(rows) == 1:
            return self.run(connection, rows[0])
        ready = self._ready.get(connection.dialect.name) or self._prepared(connection.dialect)
        parameters = [ready.parameters(row) for row in rows]
        if ready.positional and len(rows) <= MOST_ROWS and (text := ready.of_rows(len(rows))):
            return int(self._ran(connection, text, [value for row in parameters for value in row]).rowcount)
        with _errors(connection, ready):
            cursor = connection.connection.cursor()
            cursor.executemany(ready.text, parameters)
            return int(cursor.rowcount)

    def _execute(self, connection: Connection, ready: _Ready, values: Values) -> Any:
        return self._ran(connection, ready.text, ready.parameters(values))

    def _ran(self, connection: Connection, text: str, parameters: Any) -> Any:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(text, parameters)
        except Exception as error:
            raise _translated(connection, text, error) from error
        return cursor

    def _prepared(self, dialect: Dialect) -> _Ready:
        statement = self._statement
        if isinstance(statement, PerDialect):
            statement = statement.of(dialect.name)
        ready = self._ready[dialect.name] = _prepare(statement, self._names, dialect)
        return ready


def _prepare(statement: Any, names: list[str] | None, dialect: Dialect) -> _Ready:
    compiled = statement.compile(dialect=dialect, column_keys=names)
    order = tuple(compiled.positiontup or ()) if compiled.positional else tuple(compiled.bind_names.values())
    known = {name: bind for bind, name in compiled.bind_names.items()}
    binds: list[tuple[int, Convert]] = []
    fixed: list[tuple[int, Any]] = []
    for at, name in enumerate(order):
        bind = known[name]
        convert = _binding(bind.type, dialect)
        if not bind.required and (names is None or name not in names):
            fixed.append((at, bind.effective_value if convert is None else convert(bind.effective_value)))
        elif convert is not None:
            binds.append((at, convert))
    results = tuple(_results(compiled, dialect))
    return _Ready(str(compiled), order, compiled.positional, tuple(binds), tuple(fixed), results)


def _results(compiled: SQLCompiler, dialect: Dialect) -> Iterator[tuple[int, Convert]]:
    columns = getattr(compiled.statement, "exported_columns", ())
    for index, column in enumerate(columns):
        convert = _reading(column.type, dialect)
        if convert is not None:
            yield index, convert


def _binding(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    if isinstance(kind, Moment):
        return _moment_in(dialect)
    # Either driver takes a bool as it is.
    return None if isinstance(kind, Boolean) else kind.dialect_impl(dialect).bind_processor(dialect)


def _reading(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    if isinstance(kind, Moment):
        return _moment_out(dialect)
    return kind.dialect_impl(dialect).result_processor(dialect, None)


@cache
def _moment_in(dialect: Dialect) -> Convert | None:
    """How a moment is written: worked out once for each, though a turn writes it into ten columns."""
    convert = Moment().dialect_impl(dialect).bind_processor(dialect)
    return convert and lru_cache(MOMENTS)(convert)


@cache
def _moment_out(dialect: Dialect) -> Convert | None:
    """How a moment is read back: a report's days are the same at every turn."""
    convert = Moment().dialect_impl(dialect).result_processor(dialect, None)
    return convert and lru_cache(MOMENTS)(convert)


@contextmanager
def _errors(connection: Connection, ready: _Ready) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise _translated(connection, ready.text, error) from error


def _translated(connection: Connection, text: str, error: Exception) -> BaseException:
    """Return SQLAlchemy's error for a driver's; without the parameters, which hold what people wrote."""
    driver = connection.dialect.loaded_dbapi.Error
    if not isinstance(error, driver):
        return error
    return DBAPIError.instance(text, None, error, driver, hide_parameters=True, dialect=connection.dialect)
