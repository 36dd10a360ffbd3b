"""D01 to D13, D40 and D41: sheets, pages, panes, properties."""

from __future__ import annotations

import re
import unicodedata

from openpyxl.utils import get_column_letter

from tests.exports.xlsx.expected import Expected
from tests.exports.xlsx.xlsx_file import MM, Check, File, width_mm


def d01(file: File, expected: Expected) -> list[str]:
    """One sheet per appendix, in the order of the form."""
    wanted = [sheet.tab for sheet in expected.sheets]
    found = file.book.sheetnames[: len(wanted)]
    return [] if found == wanted else [f"sheets {found}, expected {wanted}"]


def d02(file: File, _: Expected) -> list[str]:
    """Names of sheets are short, without forbidden signs, and unique."""
    names = re.findall(r'<sheet [^>]*name="([^"]*)"', file.part("xl/workbook.xml"))
    bad = [name for name in names if len(name) > 31 or re.search(r"[\\/?*\[\]:]", name)]
    return [f"bad names {bad}"] * bool(bad) + ["a name twice"] * (len({n.casefold() for n in names}) != len(names))


def d03(file: File, _: Expected) -> list[str]:
    """Names of sheets are NFC."""
    return [f"{name!r} is not NFC" for name in file.book.sheetnames if not unicodedata.is_normalized("NFC", name)]


def d04(file: File, _: Expected) -> list[str]:
    """Every sheet is A4."""
    return [f"{ws.title}: paper {ws.page_setup.paperSize}" for ws in file.book if ws.page_setup.paperSize != 9]


def d05(file: File, expected: Expected) -> list[str]:
    """Wide appendices are landscape, the others portrait."""
    wrong = []
    for ws, sheet, _ in file.appendices(expected):
        wanted = "landscape" if sheet.landscape else "portrait"
        if ws.page_setup.orientation != wanted:
            wrong.append(f"{ws.title}: {ws.page_setup.orientation}")
    return wrong


def d06(file: File, _: Expected) -> list[str]:
    """A sheet is fitted to the page's width and may be any number of pages high."""
    wrong = []
    for ws in file.book:
        fit = ws.sheet_properties.pageSetUpPr
        if not (fit and fit.fitToPage and ws.page_setup.fitToWidth == 1 and ws.page_setup.fitToHeight == 0):
            wrong.append(f"{ws.title}: not fitted to width")
    return wrong


def d07(file: File, expected: Expected) -> list[str]:
    """Fitting to the page does not shrink an appendix below 60 %."""
    wrong = []
    for ws, sheet, _ in file.appendices(expected):
        width = sum(width_mm(ws, column) for column in range(1, sheet.width + 1))
        room = 257 if sheet.landscape else 165
        if width > room / 0.6 or width < room * 0.6:
            wrong.append(f"{ws.title}: {width:.0f} mm wide on {room} mm")
    return wrong


def d08(file: File, _: Expected) -> list[str]:
    """Margins are 20/20/30/15 mm, turned with the page."""
    wrong = []
    for ws in file.book:
        margins = ws.page_margins
        found = [round(side * MM, 1) for side in (margins.top, margins.bottom, margins.left, margins.right)]
        wanted = [[20, 20, 30, 15]] if ws.page_setup.orientation == "portrait" else [[30, 15, 20, 20], [20, 20, 30, 15]]
        if found not in wanted:
            wrong.append(f"{ws.title}: margins {found}")
    return wrong


def d09(file: File, expected: Expected) -> list[str]:
    """All header rows repeat on every page."""
    wrong = []
    for ws, _, area in file.appendices(expected):
        found = [int(row) for row in re.findall(r"\d+", ws.print_title_rows or "")]
        if found != [area.top, area.head]:
            wrong.append(f"{ws.title}: repeats {ws.print_title_rows}, header {area.top}:{area.head}")
    return wrong


def d10(file: File, expected: Expected) -> list[str]:
    """The print area covers the letterhead to the last note and no spare column."""
    wrong = []
    for ws, sheet, _ in file.appendices(expected):
        last = max(row for row in range(1, ws.max_row + 1) if any(cell.value not in (None, "") for cell in ws[row]))
        wanted = f"$A$1:${get_column_letter(sheet.width)}${max(last, ws.max_row)}"
        found = (ws.print_area or "").rpartition("!")[2]
        if found != wanted:
            wrong.append(f"{ws.title}: prints {found}, expected {wanted}")
    return wrong


def d11(file: File, expected: Expected) -> list[str]:
    """The page number stands in the middle of the header, not on the first page."""
    wrong = []
    for ws, _, _ in file.appendices(expected):
        first = ws.firstHeader.center.text
        if ws.oddHeader.center.text != "&P" or not ws.HeaderFooter.differentFirst or first:
            wrong.append(f"{ws.title}: page number")
    return wrong


def d12(file: File, expected: Expected) -> list[str]:
    """Sheets are centred on the page."""
    return [ws.title for ws, _, _ in file.appendices(expected) if not ws.print_options.horizontalCentered]


def d13(file: File, expected: Expected) -> list[str]:
    """The columns that name the row stay in view; header rows only where they end within the first six rows."""
    wrong = []
    for ws, sheet, area in file.appendices(expected):
        row = area.head + 1 if area.head <= 6 else 1
        wanted = f"{get_column_letter(sheet.frozen + 1)}{row}"
        if ws.freeze_panes != wanted:
            wrong.append(f"{ws.title}: frozen at {ws.freeze_panes}, expected {wanted}")
    return wrong


def d40(file: File, _: Expected) -> list[str]:
    """Nothing is hidden, commented or linked to other files."""
    wrong = [f"{ws.title}: {ws.sheet_state}" for ws in file.book if ws.sheet_state != "visible"]
    for ws in file.book:
        lines = [*ws.row_dimensions.values(), *ws.column_dimensions.values()]
        wrong += [f"{ws.title}: {line.index} is hidden" for line in lines if line.hidden]
        wrong += [f"{ws.title}!{cell.coordinate}: comment" for row in ws.iter_rows() for cell in row if cell.comment]
    return wrong + [name for name in file.archive.namelist() if re.search("externalLink|comments|vbaProject", name)]


def d41(file: File, expected: Expected) -> list[str]:
    """The file's properties name the report, the issuing body and the language."""
    found = file.book.properties
    wanted = {"title": expected.title, "creator": expected.creator, "language": "vi-VN"}
    return [f"{name}: {getattr(found, name)!r}" for name, value in wanted.items() if getattr(found, name) != value]


RULES: dict[str, Check] = {
    "D01": d01,
    "D02": d02,
    "D03": d03,
    "D04": d04,
    "D05": d05,
    "D06": d06,
    "D07": d07,
    "D08": d08,
    "D09": d09,
    "D10": d10,
    "D11": d11,
    "D12": d12,
    "D13": d13,
    "D40": d40,
    "D41": d41,
}
