"""The rows that a unit has added to a table, as they are printed after the form's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.forms.form import Table
from dialogs.forms.local_rows import name_column
from exports.figures import value_text
from exports.report import Cell


def extra_rows(table: Table, cells: Mapping[tuple[str, str], Cell]) -> Iterator[tuple[str, str]]:
    """Yield the rows added locally (``them.1`` ...) with the label typed for them, in order of their number."""
    known = {row.key for row in table.rows}
    name = name_column(table)
    keys = {row for row, _ in cells if row not in known}
    for key in sorted(keys, key=lambda key: (int(number) if (number := key.rpartition(".")[2]).isdigit() else 0, key)):
        told = cells.get((key, name.key)) if name is not None else None
        yield key, value_text(told.value) if told is not None else ""
