"""Rows that a unit adds itself to a table with ``open_rows``: ``them.1``, ``them.2``.

Such a row stands in no form. Its name, and the unit it is counted in, are answers at its printed columns; it exists as
long as anything is stored for it. Two units' ``them.1`` have nothing in common and are never added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.form import Column, Form, Row, Table
from dialogs.kinds import Kind

ADDED_ROWS = "them."
"""Beginning of the key of every row that a unit adds; no form may use such a key."""

MOST_EXTRA_ROWS = 50
"""Rows that one unit may add to one table."""

MAX_NAME = 200
"""Longest name of a row, and longest unit of measure: each is printed in one cell of a table."""

UNNAMED = "Dòng thêm {number}"
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class LocalRow:
    """A row as its unit named and measured it, in the table with this key."""

    table: str
    row: Row


def local_rows(form: Form, answers: Mapping[Address, Answer]) -> tuple[LocalRow, ...]:
    """Return the rows that a unit has added, in the order of the tables and of their numbers."""
    return tuple(_found(form, answers)) if form.open_rows else ()


def keyed(form: Form, keys: Sequence[tuple[str, str]]) -> tuple[LocalRow, ...]:
    """Return rows by (table, row) as ``local_rows`` does, without their names: enough to number the questions."""
    tables = [table for table in form.tables if table.open_rows]
    found = ((table, key) for table in tables for of, key in keys if of == table.key)
    return tuple(LocalRow(table.key, _row(table, key, 1, {})) for table, key in found)


def with_rows(form: Form, rows: Sequence[LocalRow]) -> Form:
    """Return ``form`` as this unit has it: its own rows stand after those of each table."""
    if not rows:
        return form
    return replace(form, tables=tuple(_with_rows(table, rows) for table in form.tables))


def _with_rows(table: Table, rows: Sequence[LocalRow]) -> Table:
    own = tuple(each.row for each in rows if each.table == table.key)
    return replace(table, rows=(*table.rows, *own)) if own else table


def is_local(row: str) -> bool:
    return row.startswith(ADDED_ROWS)


def is_name(table: Table, row: str, column: Column) -> bool:
    """Whether ``column`` of a row that was added holds its name or its unit of measure, and no answer of the form."""
    return is_local(row) and not table.column(column.key).asked


def name_column(table: Table) -> Column | None:
    """The column in which the name of an added row is typed: the first that prints the rows' labels."""
    return next(iter(_labels(table)), None)


def measure_column(table: Table) -> Column | None:
    """The column in which its unit of measure is typed: the second one, in a table whose rows have no levels."""
    labels = _labels(table)
    return labels[1] if len(labels) > 1 and not any(row.level_label for row in table.rows) else None


def next_key(table: Table) -> str:
    """The key of the next row that is added to ``table``, which holds those added before."""
    return f"{ADDED_ROWS}{max((_number(row.key) for row in table.rows if is_local(row.key)), default=0) + 1}"


def _labels(table: Table) -> list[Column]:
    """The columns that print words of a row, each asked for as a text where a row is added."""
    labels = [column for column in table.columns if column.kind is Kind.LABEL]
    examples = [_example(table.rows, place) for place in range(len(labels))]
    return [
        replace(column, kind=Kind.TEXT, required=not place, example=example)
        for place, (column, example) in enumerate(zip(labels, examples, strict=True))
    ]


def _example(rows: Sequence[Row], place: int) -> str:
    if place == 0:
        return next((row.label for row in rows if not is_local(row.key)), "")
    return next((measure for row in rows for _, measure in row.measures), "")


def _found(form: Form, answers: Mapping[Address, Answer]) -> Iterator[LocalRow]:
    for table in form.tables:
        if not table.open_rows:
            continue
        keys = {
            address.row
            for address, answer in answers.items()
            if address.field == table.key and is_local(address.row) and answer.state is not State.EMPTY
        }
        for place, key in enumerate(sorted(keys, key=lambda key: (_number(key), key)), 1):
            yield LocalRow(table.key, _row(table, key, place, answers))


def _number(key: str) -> int:
    number = key.removeprefix(ADDED_ROWS)
    return int(number) if number.isdecimal() and len(number) <= 9 else 0


def _row(table: Table, key: str, place: int, answers: Mapping[Address, Answer]) -> Row:
    """A row counts as the form's rows may: where the kind differs from row to row a fraction is possible."""
    name = _typed(table.key, key, name_column(table), answers) or UNNAMED.format(number=_number(key) or place)
    measure = _typed(table.key, key, measure_column(table), answers)
    measured = dict.fromkeys(column for row in table.rows for column, _ in row.measures)
    counted = dict.fromkeys(column for row in table.rows for column, _ in row.kinds)
    return Row(
        key=key,
        label=name,
        ordinal=str(len(table.rows) + place),
        short=name if len(name) <= _SHOWN else name[: _SHOWN - 1].rstrip() + "…",
        measures=tuple((column, measure) for column in measured) if measure else (),
        kinds=tuple((column, Kind.DECIMAL) for column in counted),
    )


def _typed(table: str, row: str, column: Column | None, answers: Mapping[Address, Answer]) -> str:
    answer = answers.get(Address(table, row, column.key)) if column is not None else None
    return " ".join(answer.value.split()) if answer is not None and isinstance(answer.value, str) else ""
