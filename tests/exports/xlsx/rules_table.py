"""D14 to D21, D38 and D42: letters, letterhead, titles, header grid, rules, locks, notes."""

from __future__ import annotations

import re

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.xlsx.expected import Expected, Sheet
from tests.exports.xlsx.xlsx_file import BORDERED, MM, Check, File, width_mm

TYPEFACE = "Times New Roman"


def d14(file: File, expected: Expected) -> list[str]:
    """Everything is Times New Roman; text 12 or 13, titles 14 bold."""
    normal = re.search(r"<fonts.*?<font>(.*?)</font>", file.part("xl/styles.xml"), re.DOTALL)
    wrong = [] if normal and TYPEFACE in normal.group(1) else ["the normal style is not Times New Roman"]
    for ws in file.book:
        wrong += [f"{ws.title}!{c.coordinate}" for row in ws.iter_rows() for c in row if c.font.name != TYPEFACE]
    for ws, sheet, area in file.appendices(expected):
        for row in range(1, area.bottom + 1):
            wrong += [
                f"{ws.title}!{cell.coordinate}: size {cell.font.sz}"
                for cell in ws[row]
                if cell.value is not None and cell.font.sz not in _sizes(cell.value, sheet)
            ]
        wrong += [
            f"{ws.title}: {text!r} is not bold"
            for text in (sheet.number_line, *sheet.title)
            if text and not all(cell.font.b for cell in _holding(ws, text))
        ]
    return wrong


def _sizes(value: object, sheet: Sheet) -> tuple[float, ...]:
    return (14,) if value in (sheet.number_line, *sheet.title) else (12, 13)


def _holding(ws: Worksheet, text: str) -> list[Cell]:
    return [cell for row in ws.iter_rows() for cell in row if cell.value == text and isinstance(cell, Cell)]


def d15(file: File, expected: Expected) -> list[str]:
    """The letterhead is the unit's: body, asterisk, country bold, place and date italic."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        head = [cell for row in ws.iter_rows(max_row=area.top - 1) for cell in row if cell.value]
        found = {cell.value: cell for cell in head}
        for text, bold, italic in ((sheet.left, True, False), (sheet.right, True, False), (sheet.date, False, True)):
            cell = found.get(text)
            if cell is None or bool(cell.font.b) != bold or bool(cell.font.i) != italic:
                wrong.append(f"{ws.title}: letterhead {text!r}")
        if ("*" in found) != sheet.star:
            wrong.append(f"{ws.title}: asterisk")
    return wrong


def d16(file: File, expected: Expected) -> list[str]:
    """Number line, title and period stand centred over the full width."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        for text in filter(None, (sheet.number_line, *sheet.title, sheet.period)):
            cells = [cell for cell in _holding(ws, text) if cell.row < area.top]
            across = cells and f"A{cells[0].row}:{get_column_letter(sheet.width)}{cells[0].row}"
            if not cells or across not in map(str, ws.merged_cells.ranges) or cells[0].alignment.horizontal != "center":
                wrong.append(f"{ws.title}: {text!r} is not centred over the table")
    return wrong


def d17(file: File, expected: Expected) -> list[str]:
    """The header is the official grid: the same cells, the same spans, the same words."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        found = {
            (top - area.top + 1, left, bottom - top + 1, right - left + 1)
            for left, top, right, bottom in map(range_boundaries, map(str, ws.merged_cells.ranges))
            if area.top <= top <= area.head
        }
        wanted = {(r, c, rows, cols) for r, c, rows, cols, _ in sheet.header if rows * cols > 1}
        wrong += [f"{ws.title}: merged {sorted(found ^ wanted)} differ"] if found != wanted else []
        wrong += [
            f"{ws.title}: header {text!r} is {ws.cell(area.top + r - 1, c).value!r}"
            for r, c, _, _, text in sheet.header
            if ws.cell(area.top + r - 1, c).value != text
        ]
    return wrong


def d18(file: File, expected: Expected) -> list[str]:
    """In the data nothing is merged but number and name of an entry that has several rows."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        for merged in map(str, ws.merged_cells.ranges):
            left, top, right, bottom = range_boundaries(merged)
            inside = bottom > area.head and top <= area.bottom
            if inside and not (left == right and left in sheet.merged_labels and top > area.head):
                wrong.append(f"{ws.title}: {merged}")
    return wrong


def d19(file: File, expected: Expected) -> list[str]:
    """A merged range has text in its first cell only, and rules on every cell of the table."""
    wrong = []
    for number, (ws, _, area) in enumerate(file.appendices(expected), 1):
        xml = file.part(f"xl/worksheets/sheet{number}.xml")
        for merged in map(str, ws.merged_cells.ranges):
            left, top, right, bottom = range_boundaries(merged)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    place = f"{get_column_letter(column)}{row}"
                    first = (row, column) == (top, left)
                    if not first and re.search(rf'<c r="{place}"[^>]*[^/]>', xml):
                        wrong.append(f"{ws.title}!{place}: hidden text")
                    if area.top <= row <= area.bottom and not re.search(rf'<c r="{place}" s="[1-9]', xml):
                        wrong.append(f"{ws.title}!{place}: no rule")
    return wrong


def d20(file: File, expected: Expected) -> list[str]:
    """Header cells are centred and wrap; every row is high enough for its text."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        for r, c, _, _, text in sheet.header:
            look = ws.cell(area.top + r - 1, c).alignment
            if not (look.wrap_text and look.horizontal == look.vertical == "center"):
                wrong.append(f"{ws.title}: header {text!r}")
        for row in range(area.head + 1, area.bottom + 1):
            needed = max(_lines(ws, cell) for cell in ws[row])
            if (ws.row_dimensions[row].height or 15) < min(needed, 30) * 13.8:
                wrong.append(f"{ws.title}: row {row} is too low for {needed} lines")
    return wrong


def _lines(ws: Worksheet, cell: Cell | MergedCell) -> int:
    """A low estimate of the lines a text takes: letters of Times New Roman are some 5.2 points wide at 12."""
    if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
        return 1
    room = width_mm(ws, cell.column) / MM * 72
    return sum(max(1, round(len(line) * 5.2 / room)) for line in cell.value.split("\n"))


def d21(file: File, expected: Expected) -> list[str]:
    """Rules stand around every cell of the table and nowhere else."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        for row in ws.iter_rows(max_col=sheet.width):
            for cell in row:
                sides = [
                    getattr(getattr(cell.border, side), "style", None) for side in ("left", "right", "top", "bottom")
                ]
                inside = area.top <= cell.row <= area.bottom
                if inside and not isinstance(cell, MergedCell) and not all(side in BORDERED for side in sides):
                    wrong.append(f"{ws.title}!{cell.coordinate}: no rule")
                if not inside and any(sides):
                    wrong.append(f"{ws.title}!{cell.coordinate}: a rule outside the table")
    return wrong


def d38(file: File, expected: Expected) -> list[str]:
    """Header, labels and formulas are locked, input cells are not, and the sheet is protected without a password."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        if not ws.protection.sheet or ws.protection.password:
            wrong.append(f"{ws.title}: protection")
        for row in ws.iter_rows(area.top, area.bottom, max_col=sheet.width):
            for cell in row:
                open_ = cell.row > area.head and cell.column > sheet.frozen and cell.data_type != "f"
                if isinstance(cell, Cell) and cell.protection.locked == open_:
                    wrong.append(f"{ws.title}!{cell.coordinate}: {'locked' if open_ else 'open'}")
    return wrong


def d42(file: File, expected: Expected) -> list[str]:
    """Notes stand under the table, in order, inside the print area."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        last = int((re.findall(r"\d+", ws.print_area or "") or ["0"])[-1])
        below = [str(ws.cell(row, 1).value) for row in range(area.bottom + 1, last + 1) if ws.cell(row, 1).value]
        places = [below.index(note) if note in below else -1 for note in sheet.notes]
        if -1 in places or places != sorted(places):
            wrong.append(f"{ws.title}: notes {below}")
    return wrong


RULES: dict[str, Check] = {
    "D14": d14,
    "D15": d15,
    "D16": d16,
    "D17": d17,
    "D18": d18,
    "D19": d19,
    "D20": d20,
    "D21": d21,
    "D38": d38,
    "D42": d42,
}
