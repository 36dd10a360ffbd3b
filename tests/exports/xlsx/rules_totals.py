"""D28 to D32 and D36: totals, their formulas and stored values, the units behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.xlsx.expected import Expected, Sheet
from tests.exports.xlsx.rules_compiled import behind, progress
from tests.exports.xlsx.xlsx_file import BEHIND_HEAD, DETAILS, PROGRESS, Check, File, is_number, same

_RANGES = re.compile(r"'((?:[^']|'')+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")
_KEY = re.compile(r',"([^">]+)"')


def totals(file: File, expected: Expected) -> Iterator[tuple[Sheet, Cell, str]]:
    """Yield the cells that should be totals, with the key under which the detail sheet lists their parts."""
    for ws, sheet, area in file.appendices(expected):
        for (number, column), key in sheet.totals.items():
            if number <= len(area.entries):
                cell = ws.cell(area.entries[number - 1][0], column)
                assert isinstance(cell, Cell)
                yield sheet, cell, key


def d28(file: File, expected: Expected) -> list[str]:
    """Totals are formulas."""
    return [
        f"{sheet.tab}!{cell.coordinate}: {cell.value!r}"
        for sheet, cell, _ in totals(file, expected)
        if not str(cell.value).startswith("=")
    ]


def d29(file: File, expected: Expected) -> list[str]:
    """Totals run over all data rows of the sheet behind them, without its head, and over the column they are about."""
    wrong = []
    for sheet, cell, key in totals(file, expected):
        ranges = {
            (tab.replace("''", "'"), first, int(top), last, int(end))
            for tab, first, top, last, end in _RANGES.findall(str(cell.value))
        }
        wanted, name = _wanted(file, sheet, key)
        if ranges != wanted or f'"{name}"' not in str(cell.value):
            wrong.append(f"{sheet.tab}!{cell.coordinate}: sums {sorted(ranges)}, expected {sorted(wanted)} for {key}")
    return wrong


def _wanted(file: File, sheet: Sheet, key: str) -> tuple[set[tuple[str, str, int, str, int]], str]:
    """The ranges of values and of keys that a total must run over, and the key it looks for."""
    if sheet.behind is None:
        last = file.book[DETAILS].max_row if file.has(DETAILS) else 0
        return {(DETAILS, column, 2, column, last) for column in "FG"}, key
    row, _, head = key.partition("|")
    top, last = BEHIND_HEAD + 1, BEHIND_HEAD + max(1, len(sheet.behind.rows))
    columns = "D", get_column_letter(sheet.behind.heads.index(head) + 1)
    return {(sheet.behind.tab, column, top, column, last) for column in columns}, row


def d30(file: File, _: Expected) -> list[str]:
    """The workbook is calculated anew when it is opened."""
    return [] if re.search(r'<calcPr[^>]*fullCalcOnLoad="1"', file.part("xl/workbook.xml")) else ["no fullCalcOnLoad"]


def _sum(file: File, formula: str) -> Decimal | None:
    """What a total adds up to, calculated from the cells it names; None where no unit gave a figure."""
    found, key = _RANGES.findall(formula), _KEY.search(formula)
    if len(found) < 2 or key is None:
        return None
    (tab, keys, top, _, bottom), (_, values, _, _, _) = found[:2]
    rows = file.columns(tab.replace("''", "'"), keys, values)[int(top) - 1 : int(bottom)]
    numbers = [Decimal(str(value)) for name, value in rows if name == key.group(1) and is_number(value)]
    return sum(numbers, Decimal()) if numbers else None


def d31(file: File, expected: Expected) -> list[str]:
    """Beside every formula stands its value, as the sheets behind it give it; '' for a total over nothing."""
    wrong = []
    for sheet, cell, _ in totals(file, expected):
        stored, wanted = file.shown[sheet.tab][cell.coordinate].value, _sum(file, str(cell.value))
        if not (same(stored, wanted) if wanted is not None else stored in (None, "", "-")):
            wrong.append(f"{sheet.tab}!{cell.coordinate}: stored {stored!r}, sums to {wanted}")
    for ws in file.book:
        shown = file.shown[ws.title]
        for row in ws.iter_rows():
            for cell in row:
                if cell.data_type == "f" and shown[cell.coordinate].value is None and not _nothing(file, ws, cell):
                    wrong.append(f"{ws.title}!{cell.coordinate}: a formula without a value")
    return wrong


def _nothing(file: File, ws: Worksheet, cell: Cell) -> bool:
    """Whether a formula is, or points at, a total over nothing, or a share of nothing: its value is the empty text."""
    if pointed := re.fullmatch(r"='((?:[^']|'')+)'!([A-Z]+\d+)", str(cell.value)):
        return file.shown[pointed.group(1).replace("''", "'")][pointed.group(2)].value in (None, "")
    if ws.title == PROGRESS:
        return ws.cell(cell.row, cell.column - 1).value == 0
    return bool(_RANGES.findall(str(cell.value))) and _sum(file, str(cell.value)) is None


def d32(file: File, _: Expected) -> list[str]:
    """No cell holds an error value."""
    return [
        f"{ws.title}!{cell.coordinate}: {cell.value}"
        for ws in file.shown
        for row in ws.iter_rows()
        for cell in row
        if cell.data_type == "e"
        or (isinstance(cell.value, str) and cell.value.startswith(("#REF!", "#NAME?", "#DIV/0!")))
    ]


def d36(file: File, expected: Expected) -> list[str]:
    """Every total is the sum of the units that the sheet behind it names, each once; the units are all there."""
    wrong = behind(file, expected) + progress(file, expected)
    lines = list(file.book[DETAILS].iter_rows(min_row=2, values_only=True)) if file.has(DETAILS) else []
    for sheet, cell, key in totals(file, expected):
        units = [line[:2] for line in lines if line[6] == key]
        if sheet.behind is None and (
            not units or len(set(units)) != len(units) or not all(all(unit) for unit in units)
        ):
            wrong.append(f"{sheet.tab}!{cell.coordinate}: units {units}")
        place = next(place for place, found in sheet.totals.items() if found == key)
        total, wanted = _sum(file, str(cell.value)), sheet.cells.get(place)
        if not (same(total, wanted) if is_number(wanted) else total is None):
            wrong.append(f"{sheet.tab}!{cell.coordinate}: units sum to {total}, expected {wanted}")
    return wrong


RULES: dict[str, Check] = {
    "D28": d28,
    "D29": d29,
    "D30": d30,
    "D31": d31,
    "D32": d32,
    "D36": d36,
}
