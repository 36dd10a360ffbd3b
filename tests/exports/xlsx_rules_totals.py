"""D28 to D32 and D36: totals, their formulas and stored values, the units behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from openpyxl.cell.cell import Cell
from xlsx_expected import Expected, Sheet
from xlsx_file import DETAILS, Check, File, is_number, same

_RANGES = re.compile(r"'([^']+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")


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
    """Totals run over all data rows of the detail sheet, without its head."""
    wrong = []
    for sheet, cell, key in totals(file, expected):
        ranges = _RANGES.findall(str(cell.value))
        rows = {(tab, int(first), int(last)) for tab, _, first, _, last in ranges}
        wanted = {(DETAILS, 2, file.book[DETAILS].max_row)} if file.has(DETAILS) else set()
        if rows != wanted or f'"{key}"' not in str(cell.value):
            wrong.append(f"{sheet.tab}!{cell.coordinate}: sums {sorted(rows)}, expected {sorted(wanted)} for {key}")
    return wrong


def d30(file: File, _: Expected) -> list[str]:
    """The workbook is calculated anew when it is opened."""
    return [] if re.search(r'<calcPr[^>]*fullCalcOnLoad="1"', file.part("xl/workbook.xml")) else ["no fullCalcOnLoad"]


def _sum(file: File, key: str) -> Decimal | None:
    """The total of the detail sheet for ``key``; None where no unit gave a figure."""
    lines = file.book[DETAILS].iter_rows(min_row=2, values_only=True) if file.has(DETAILS) else ()
    numbers = [Decimal(str(line[5])) for line in lines if line[6] == key and is_number(line[5])]
    return sum(numbers, Decimal()) if numbers else None


def d31(file: File, expected: Expected) -> list[str]:
    """Beside every formula stands its value, as the detail sheet gives it; '' for a total over nothing."""
    wrong = []
    for sheet, cell, key in totals(file, expected):
        stored, wanted = file.shown[sheet.tab][cell.coordinate].value, _sum(file, key)
        if not (same(stored, wanted) if wanted is not None else stored in (None, "")):
            wrong.append(f"{sheet.tab}!{cell.coordinate}: stored {stored!r}, sums to {wanted}")
    for ws in file.book:
        for row in ws.iter_rows():
            for cell in row:
                xml_value = file.shown[ws.title][cell.coordinate].value
                if cell.data_type == "f" and xml_value is None and not _empty_total(file, str(cell.value)):
                    wrong.append(f"{ws.title}!{cell.coordinate}: a formula without a value")
    return wrong


def _empty_total(file: File, formula: str) -> bool:
    """Whether a formula is, or points at, a total over nothing: its stored value is the empty text."""
    if pointed := re.fullmatch(r"='((?:[^']|'')+)'!([A-Z]+\d+)", formula):
        return file.shown[pointed.group(1).replace("''", "'")][pointed.group(2)].value in (None, "")
    key = re.search(r'"([^"|]+\|[^"]+)"', formula)
    return key is not None and _sum(file, key.group(1)) is None


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
    """Every total is the sum of the units that the detail sheet names, each once."""
    wrong = []
    lines = list(file.book[DETAILS].iter_rows(min_row=2, values_only=True)) if file.has(DETAILS) else []
    for sheet, cell, key in totals(file, expected):
        units = [line[:2] for line in lines if line[6] == key]
        if not units or len(set(units)) != len(units) or not all(all(unit) for unit in units):
            wrong.append(f"{sheet.tab}!{cell.coordinate}: units {units}")
    for sheet, cell, key in totals(file, expected):
        number, column = next(place for place, found in sheet.totals.items() if found == key)
        if not same(_sum(file, key), sheet.cells.get((number, column))):
            wrong.append(f"{sheet.tab}!{cell.coordinate}: units sum to {_sum(file, key)}")
    return wrong


RULES: dict[str, Check] = {
    "D28": d28,
    "D29": d29,
    "D30": d30,
    "D31": d31,
    "D32": d32,
    "D36": d36,
}
