"""A workbook as read back with openpyxl and as a zip, and where each appendix's table stands in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.xlsx.expected import Expected, Sheet

BORDERED = ("thin", "hair")
MM = 25.4
DETAILS, DATA, WARNINGS, PROGRESS = "Chi tiết", "Dữ liệu", "Cảnh báo", "Tiến độ"
BEHIND_HEAD = 3
"""The row of the heads in the sheets of the units behind compiled appendices."""


class File:
    """A workbook as read back, with where each appendix's table stands."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self._data = data
        self._columns: dict[tuple[str, str, str], list[tuple[object, object]]] = {}

    @cached_property
    def book(self) -> Workbook:
        """The workbook with its formulas."""
        return load_workbook(io.BytesIO(self._data))

    @cached_property
    def shown(self) -> Workbook:
        """The same workbook with the stored values of formulas."""
        return load_workbook(io.BytesIO(self._data), data_only=True)

    def columns(self, tab: str, keys: str, values: str) -> list[tuple[object, object]]:
        """Return two columns of a sheet side by side, from its first row on; the keys are read once."""
        found = self._columns.get((tab, keys, values))
        if found is None:
            ws = self.book[tab]
            found = [(a.value, b.value) for a, b in zip(ws[keys], ws[values], strict=True)]
            self._columns[tab, keys, values] = found
        return found

    def part(self, name: str) -> str:
        return self.archive.read(name).decode()

    def has(self, tab: str) -> bool:
        return tab in self.book.sheetnames

    def appendices(self, expected: Expected) -> Iterator[tuple[Worksheet, Sheet, Area]]:
        """Yield the sheets that are there, with the place of their table."""
        for sheet in expected.sheets:
            if self.has(sheet.tab):
                ws = self.book[sheet.tab]
                yield ws, sheet, area_of(ws, sheet)


@dataclass(frozen=True)
class Area:
    """Rows of a table: ``top`` .. ``head`` is the header; ``entries`` are the first and last row of each entry."""

    top: int
    head: int
    entries: tuple[tuple[int, int], ...]

    @property
    def bottom(self) -> int:
        return self.entries[-1][1] if self.entries else self.head


def area_of(ws: Worksheet, sheet: Sheet) -> Area:
    corner = next(text for row, column, _, _, text in sheet.header if (row, column) == (1, 1))
    top = next((row for row in range(1, ws.max_row + 1) if ws.cell(row, 1).value == corner), 1)
    head = top + sheet.depth - 1
    starts: list[int] = []
    row = head + 1
    while row <= ws.max_row and ws.cell(row, 1).border.left.style in BORDERED:
        if any(ws.cell(row, column).value for column in range(1, sheet.frozen + 1)):
            starts.append(row)
        row += 1
    return Area(top, head, tuple((a, b - 1) for a, b in pairwise([*starts, row])))


def width_mm(ws: Worksheet, column: int) -> float:
    """Width of a column; a digit of the normal letter, Times New Roman 12, is 8 pixels wide."""
    return float(ws.column_dimensions[get_column_letter(column)].width) * 8 / 96 * MM


def is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def same(found: object, wanted: object) -> bool:
    if is_number(wanted):
        return is_number(found) and abs(Decimal(str(found)) - Decimal(str(wanted))) < Decimal("1e-9")
    return type(found) is type(wanted) and found == wanted


Check = Callable[[File, Expected], list[str]]
