"""D22 to D27, D33 to D35, D37 and D39: what stands in the cells, its type and its format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.xlsx.expected import Expected, Sheet
from tests.exports.xlsx.rules_totals import totals
from tests.exports.xlsx.xlsx_file import DATA, PROGRESS, WARNINGS, Area, Check, File, is_number, same

_PLACE = r"\$?[A-Z]\$?\d+"
_PROGRESS = re.compile(
    rf'=(COUNTIFS?\({_PLACE}:{_PLACE},{_PLACE}(,{_PLACE}:{_PLACE},"muộn")?\)'
    rf'|SUM\({_PLACE}:{_PLACE}\)|IF\({_PLACE}=0,"",{_PLACE}/{_PLACE}\))'
)
INTEGER, DECIMALS = "#,##0", ("#,##0", "#,##0.0##")


def _figures(
    file: File, expected: Expected, kinds: Callable[[Sheet], frozenset[int]]
) -> Iterator[tuple[Sheet, Cell, object]]:
    """Yield the number cells of the columns ``kinds`` names, with what they should hold (None: nothing)."""
    for ws, sheet, area in file.appendices(expected):
        for number, (row, _) in enumerate(area.entries, 1):
            for column in sorted(kinds(sheet)):
                cell = ws.cell(row, column)
                if isinstance(cell, Cell):
                    yield sheet, cell, sheet.cells.get((number, column))


def d22(file: File, expected: Expected) -> list[str]:
    """Counts are numbers with the format of whole numbers."""
    return [
        f"{sheet.tab}!{cell.coordinate}: {cell.value!r} as {cell.data_type}, {cell.number_format}"
        for sheet, cell, wanted in _figures(file, expected, lambda sheet: sheet.integers)
        if cell.number_format != INTEGER
        or (is_number(wanted) and cell.data_type not in ("n", "f"))
        or (isinstance(cell.value, str) and cell.value.strip().lstrip("-").isdigit())
    ]


def d23(file: File, expected: Expected) -> list[str]:
    """Money has a number format with decimals at need, and the head of the table states its unit."""
    wrong = [
        f"{sheet.tab}!{cell.coordinate}: {cell.value!r}, {cell.number_format}"
        for sheet, cell, wanted in _figures(file, expected, lambda sheet: sheet.decimals)
        if cell.number_format not in DECIMALS or (is_number(wanted) and cell.data_type not in ("n", "f"))
    ]
    for ws, sheet, area in file.appendices(expected):
        head = " ".join(str(c.value) for row in ws.iter_rows(area.top, area.head) for c in row if c.value)
        if sheet.measure and sheet.measure.casefold() not in head.casefold():
            wrong.append(f"{sheet.tab}: no unit {sheet.measure!r}")
    return wrong


def d24(file: File, expected: Expected) -> list[str]:
    """A decimal shows its decimals."""
    return [
        f"{sheet.tab}!{cell.coordinate}: {cell.value} as {cell.number_format}"
        for sheet, cell, _ in _figures(file, expected, lambda sheet: sheet.decimals)
        if isinstance(cell.value, float) and cell.value % 1 and cell.number_format != DECIMALS[1]
    ]


def d25(file: File, _: Expected) -> list[str]:
    """No format spells separators itself: they come from the reader's country."""
    formats = {cell.number_format for ws in file.book for row in ws.iter_rows() for cell in row}
    known = {"General", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "@", "0%", *DECIMALS}
    return [f"format {format_!r}" for format_ in sorted(formats - known)]


def d26(file: File, expected: Expected) -> list[str]:
    """A number cell holds one number and no words."""
    return [
        f"{sheet.tab}!{cell.coordinate}: {cell.value!r}"
        for sheet, cell, _ in _figures(file, expected, lambda sheet: sheet.integers | sheet.decimals)
        if isinstance(cell.value, str) and cell.value != "-" and not cell.value.startswith("=")
    ]


def d27(file: File, expected: Expected) -> list[str]:
    """Not answered is empty, zero is 0, none is '-', a value is itself; the entries carry their names."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        shown = file.shown[sheet.tab]
        names = [tuple(_text(ws, row, c) for c in range(1, sheet.frozen + 1)) for row, _ in area.entries]
        if names != list(sheet.entries):
            wrong.append(f"{sheet.tab}: entries {names}")
        for number, span in enumerate(area.entries, 1):
            for column in range(sheet.frozen + 1, sheet.width + 1):
                found, wanted = _value(shown, span, column), sheet.cells.get((number, column))
                if not same(found, wanted):
                    wrong.append(f"{sheet.tab}, entry {number}, column {column}: {found!r}, expected {wanted!r}")
    return wrong


def _text(ws: Worksheet, row: int, column: int) -> str:
    return str(ws.cell(row, column).value or "")


def _value(ws: Worksheet, span: tuple[int, int], column: int) -> object:
    values = [ws.cell(row, column).value for row in range(span[0], span[1] + 1)]
    texts = [value for value in values if value not in (None, "")]
    return texts[0] if len(texts) == 1 else "\n".join(map(str, texts)) if texts else None


def d33(file: File, expected: Expected) -> list[str]:
    """Only totals, counts and shares are formulas: what a person typed stays text, whatever it begins with."""
    allowed = {(sheet.tab, cell.coordinate) for sheet, cell, _ in totals(file, expected)}
    return [
        f"{ws.title}!{cell.coordinate}: {cell.value!r}"
        for ws in file.book
        for row in ws.iter_rows()
        for cell in row
        if cell.data_type == "f"
        and (ws.title, cell.coordinate) not in allowed
        and not re.fullmatch(r"='[^!]+'!\$?[A-Z]+\$?\d+", str(cell.value))
        and not (ws.title == PROGRESS and _PROGRESS.fullmatch(str(cell.value)))
    ]


def d34(file: File, expected: Expected) -> list[str]:
    """Texts that look like numbers or codes stay text."""
    return [
        f"{sheet.tab}!{ws.cell(area.entries[number - 1][0], column).coordinate}: {wanted!r} is not text"
        for ws, sheet, area in file.appendices(expected)
        for (number, column), wanted in sheet.cells.items()
        if isinstance(wanted, str) and wanted and number <= len(area.entries)
        if ws.cell(area.entries[number - 1][0], column).data_type not in ("s", "inlineStr", "f")
    ]


def d35(file: File, expected: Expected) -> list[str]:
    """Dates are real dates, day first."""
    cells = [ws_cell for ws, sheet, area in file.appendices(expected) for ws_cell in _dated(ws, sheet, area)]
    if file.has(DATA):
        cells += [row[8] for row in file.book[DATA].iter_rows(min_row=2) if row[8].value not in (None, "")]
    return [
        f"{cell.coordinate}: {cell.value!r} as {cell.number_format}"
        for cell in cells
        if not cell.is_date or not cell.number_format.startswith("dd/mm/yyyy")
    ]


def _dated(ws: Worksheet, sheet: Sheet, area: Area) -> Iterator[Cell]:
    for (number, column), wanted in sheet.cells.items():
        cell = ws.cell(area.entries[number - 1][0], column)
        if isinstance(wanted, date) and isinstance(cell, Cell):
            yield cell


def d37(file: File, expected: Expected) -> list[str]:
    """Parts are at most their whole, nothing is negative, counts are whole; explained findings are in the warnings."""
    explained = _explained(file)
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        shown = file.shown[sheet.tab]
        for row, _ in area.entries:
            values = {c: shown.cell(row, c).value for c in sheet.integers | sheet.decimals}
            numbers = {c: value for c, value in values.items() if is_number(value)}
            wrong += [f"{ws.title}, row {row}: {v} is negative" for v in numbers.values() if v < 0]
            wrong += [f"{ws.title}, row {row}: {v}" for c, v in numbers.items() if c in sheet.integers and v % 1]
            for part, whole in sheet.at_most:
                if part in numbers and whole in numbers and numbers[part] > numbers[whole] and not explained:
                    wrong.append(f"{ws.title}, row {row}: {numbers[part]} of {numbers[whole]}")
    return wrong


def _explained(file: File) -> bool:
    lines = file.book[WARNINGS].iter_rows(min_row=2, values_only=True) if file.has(WARNINGS) else ()
    return any(line[3] for line in lines)


def d39(file: File, expected: Expected) -> list[str]:
    """Cells for numbers check what is typed, with a message in Vietnamese."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        checks = {
            kind: [v for v in ws.data_validations.dataValidation if v.type == kind] for kind in ("whole", "decimal")
        }
        for kind, columns in (("whole", sheet.integers), ("decimal", sheet.decimals)):
            for column in sorted(columns):
                for row, _ in area.entries:
                    place = f"{get_column_letter(column)}{row}"
                    found = [v for v in checks[kind] if place in v.sqref]
                    if not any(v.operator == "greaterThanOrEqual" and v.formula1 == "0" and v.error for v in found):
                        wrong.append(f"{ws.title}!{place}: not checked")
    return wrong


RULES: dict[str, Check] = {
    "D22": d22,
    "D23": d23,
    "D24": d24,
    "D25": d25,
    "D26": d26,
    "D27": d27,
    "D33": d33,
    "D34": d34,
    "D35": d35,
    "D37": d37,
    "D39": d39,
}
