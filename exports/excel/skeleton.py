"""The workbook without its rows: openpyxl shapes each sheet once, and every report of that shape reuses the parts.

Only public names of openpyxl are used: a workbook is saved in the ordinary way and taken apart, so what is spliced in
later is the text between ``<sheetData>`` and ``</sheetData>``, the shared strings and the properties.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel.styles import TYPEFACE, register

LAST_ROW = 1_040_000
"""Stands for the last row of a sheet, which only the report knows; in the workbook itself sheet n has this plus n."""
FILTER_ROW = 1_030_000
"""Stands in the same way for the last row of the list that can be filtered."""
MERGES = b"<mergeCells/>"
"""Stands for the merged ranges."""
WHOLE, DECIMAL = b"XFD1048575", b"XFD1048576"
"""Stand for the ranges in which whole numbers and decimals are typed."""

_DIGIT_PIXELS = 8
"""Width of a digit in Times New Roman 12, the workbook's normal letter: the measure of column widths."""
_PIXELS_PER_MM = 96 / 25.4
_INCHES_PER_MM = 1 / 25.4


@dataclass(frozen=True, slots=True)
class SheetShape:
    """What of a sheet is the same in every report of a form. ``whole``, ``decimal``: people type such numbers in it.

    ``first``: the tab that is shown when the workbook is opened.
    """

    title: str
    widths_mm: tuple[float, ...]
    header_rows: tuple[int, int]
    freeze: str
    landscape: bool = True
    protected: bool = True
    filtered: bool = False
    merged: bool = False
    whole: bool = False
    decimal: bool = False
    first: bool = False


WORKBOOK_PART = "xl/workbook.xml"
STRINGS_PART = "xl/sharedStrings.xml"
PROPERTIES_PART = "docProps/core.xml"
_STRINGS = STRINGS_PART.encode()
_SAME = ("_rels/", "docProps/app", "xl/theme/", "xl/styles")


@lru_cache(maxsize=256)
def frame(shape: SheetShape) -> tuple[bytes, bytes]:
    """Return what stands before and after the rows of a sheet. Its size stands before them, to be left out at need."""
    book = Workbook()
    first = book.worksheets[0]
    _shape(book.create_sheet(shape.title), shape, 0)
    book.remove(first)
    book.worksheets[0].sheet_view.tabSelected = shape.first
    part = _saved(book)["xl/worksheets/sheet1.xml"]
    before, after = re.split(rb"<sheetData ?/>|<sheetData>.*</sheetData>", part, flags=re.DOTALL)
    return before, re.sub(rb"<mergeCells.*</mergeCells>", MERGES, after)


@lru_cache(maxsize=1)
def looks() -> tuple[tuple[str, bytes], ...]:
    """Return the parts that are the same in every workbook: where to begin reading, looks and theme."""
    book = Workbook()
    register(book.worksheets[0])
    parts = _saved(book)
    return tuple((name, _lettered(name, parts[name])) for name in parts if name.startswith(_SAME))


@lru_cache(maxsize=128)
def binding(shapes: tuple[SheetShape, ...]) -> tuple[tuple[str, bytes], ...]:
    """Return the parts that hold the sheets ``shapes`` together, by name; last rows are marked as ``LAST_ROW`` says."""
    book = Workbook()
    first = book.worksheets[0]
    for number, shape in enumerate(shapes):
        _shape(book.create_sheet(shape.title), shape, number)
    book.remove(first)
    parts = _saved(book)
    own = (STRINGS_PART, PROPERTIES_PART)
    return tuple(
        (name, _with_strings(name, part))
        for name, part in parts.items()
        if name not in own and not name.startswith((*_SAME, "xl/worksheets/"))
    )


def _saved(book: Workbook) -> dict[str, bytes]:
    stored = io.BytesIO()
    book.save(stored)
    with zipfile.ZipFile(stored) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with_strings(name: str, part: bytes) -> bytes:
    """Return a part with the shared strings announced: openpyxl writes its texts inline and has no such part."""
    if name == "[Content_Types].xml":
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        return part.replace(b"</Types>", b'<Override PartName="/%b" ContentType="%b"/></Types>' % (_STRINGS, kind))
    if name == "xl/_rels/workbook.xml.rels":
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        link = b'<Relationship Id="strings" Type="%b" Target="/%b"/></Relationships>' % (kind, _STRINGS)
        return part.replace(b"</Relationships>", link)
    return part


def _lettered(name: str, part: bytes) -> bytes:
    """Return a part with openpyxl's own typeface replaced: it stands in the normal style and in the theme."""
    if name == "xl/styles.xml":
        normal = f'<font><name val="{TYPEFACE}"/><sz val="12"/></font>'.encode()
        return re.sub(rb"<font>.*?</font>", normal, part, count=1, flags=re.DOTALL)
    if name.startswith("xl/theme/"):
        typeface = f'<a:latin typeface="{TYPEFACE}"/>'.encode()
        return re.sub(rb'<a:latin typeface="(?:Calibri|Cambria)"[^>]*/>', typeface, part)
    return part


def _shape(sheet: Worksheet, shape: SheetShape, number: int) -> None:
    last_row = LAST_ROW + number
    last = get_column_letter(len(shape.widths_mm))
    for column, width in enumerate(shape.widths_mm, 1):
        pixels = width * _PIXELS_PER_MM
        sheet.column_dimensions[get_column_letter(column)].width = round(pixels / _DIGIT_PIXELS, 2)
    # The corner cells give the sheet its dimension; readers in streaming mode stop there.
    sheet.cell(1, 1, "")
    sheet.cell(last_row, len(shape.widths_mm), "")
    if shape.merged:
        sheet.merge_cells("A1:B1")
    sheet.freeze_panes = shape.freeze
    sheet.print_area = f"A1:{last}{last_row}"
    sheet.print_title_rows = f"{shape.header_rows[0]}:{shape.header_rows[1]}"
    if shape.filtered:
        sheet.auto_filter.ref = f"A{shape.header_rows[1]}:{last}{FILTER_ROW + number}"
    _page(sheet, landscape=shape.landscape)
    _guard(sheet, shape)


def _page(sheet: Worksheet, *, landscape: bool) -> None:
    """Set the page of an official document: A4, 20/20/30/15 mm (turned for landscape), number on top from page 2."""
    setup = sheet.page_setup
    setup.paperSize = 9
    setup.orientation = "landscape" if landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    setup.firstPageNumber, setup.useFirstPageNumber = 1, True
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    top, bottom, left, right = (30, 15, 20, 20) if landscape else (20, 20, 30, 15)
    margins = sheet.page_margins
    margins.top, margins.bottom = top * _INCHES_PER_MM, bottom * _INCHES_PER_MM
    margins.left, margins.right = left * _INCHES_PER_MM, right * _INCHES_PER_MM
    margins.header = margins.footer = 10 * _INCHES_PER_MM
    sheet.print_options.horizontalCentered = True
    sheet.HeaderFooter.differentFirst = True
    if (header := sheet.oddHeader) is not None:
        header.center.text, header.center.font, header.center.size = "&P", f"{TYPEFACE},Regular", 14


def _guard(sheet: Worksheet, shape: SheetShape) -> None:
    """Protect without a password, widths and heights free; typed numbers are checked with a warning.

    A warning and not a refusal: "-" is a right answer ("chưa có số liệu") that no number rule lets through.
    """
    if shape.protected:
        sheet.protection.sheet = True
        sheet.protection.formatCells = sheet.protection.formatColumns = sheet.protection.formatRows = False
        sheet.protection.autoFilter = sheet.protection.sort = False
    if shape.whole:
        sheet.add_data_validation(_validation("whole", WHOLE.decode()))
    if shape.decimal:
        sheet.add_data_validation(_validation("decimal", DECIMAL.decode()))


def _validation(kind: Literal["whole", "decimal"], place: str) -> DataValidation:
    what = "số nguyên" if kind == "whole" else "số"
    return DataValidation(
        type=kind,
        operator="greaterThanOrEqual",
        formula1="0",
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle="Số liệu chưa đúng",
        error=f"Ô này cần {what} từ 0 trở lên. Không phát sinh thì ghi 0, chưa có số liệu thì ghi dấu -.",
        sqref=place,
    )
