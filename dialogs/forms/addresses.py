"""Every address a form has: where its answers live, what they are, and who gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.forms.form import Field, Form, Table
from dialogs.forms.questions import cell_column
from dialogs.kinds import Kind


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One address with its kind and measure; nobody is asked where ``filled_by`` is empty."""

    field: str
    row: str
    column: str
    kind: Kind
    measure: str
    filled_by: frozenset[str]


def addresses(form: Form) -> tuple[AddressRow, ...]:
    """Return the addresses of ``form`` in printed order: leaves and blanks, then tables row by row.

    Printed columns (running numbers, labels) have none. Tables behind a switch are included, rows that a unit adds
    itself are not.
    """
    fields = (row for field in form.fields() for row in _of_field(field))
    tables = (row for table in form.tables for row in _of_table(table))
    return (*fields, *tables)


def _of_field(field: Field) -> Iterator[AddressRow]:
    if not field.blanks:
        yield AddressRow(field.key, "", "", field.kind, "", field.filled_by)
    for blank in field.blanks:
        yield AddressRow(field.key, "", blank.key, blank.kind, blank.unit, blank.filled_by & field.filled_by)


def _of_table(table: Table) -> Iterator[AddressRow]:
    """A row may narrow who fills it in, and count or measure a column in its own way."""
    for row in table.rows:
        for column in table.columns:
            if not column.asked:
                continue
            own = cell_column(row, column)
            asked = column.filled_by if row.filled_by is None else column.filled_by & row.filled_by
            yield AddressRow(table.key, row.key, column.key, own.kind, own.unit, asked)
