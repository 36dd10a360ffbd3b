"""Where each answer of a form stands when its answers are listed: as the form is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from dialogs.forms.answers import Address
from dialogs.forms.form import Form

Place: TypeAlias = tuple[int, int, int, str, str]
"""Item, row, column; then the keys of the row and column where the form does not know them."""


def places(form: Form) -> Mapping[Address, Place]:
    """Return where each address of ``form`` stands."""
    found: dict[Address, Place] = {}
    fields = tuple(form.fields())
    for number, field in enumerate(fields):
        found[Address(field.key)] = (number, 0, 0, "", "")
        for at, blank in enumerate(field.blanks, 1):
            found[Address(field.key, "", blank.key)] = (number, 0, at, "", "")
    for number, table in enumerate(form.tables, len(fields)):
        found[Address(table.key)] = (number, 0, 0, "", "")
        for at, row in enumerate(table.rows, 1):
            for i, column in enumerate(table.columns, 1):
                found[Address(table.key, row.key, column.key)] = (number, at, i, "", "")
    return found


def place(known: Mapping[Address, Place], address: Address) -> Place:
    """Return where ``address`` stands: a row added locally after the table's own, anything else unknown at the end."""
    found = known.get(address)
    if found is not None:
        return found
    table = known.get(Address(address.field), _LAST)
    return (table[0], _LAST[0], _added(address.row), f"{address.field} {address.row}", address.column)


def _added(row: str) -> int:
    """The number of a row added locally ("them.2")."""
    number = row.rpartition(".")[2]
    return int(number) if number.isdecimal() else 0


_LAST: Place = (1_000_000, 0, 0, "", "")
