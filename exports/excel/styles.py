"""The looks of cells, by name, and the numbers that openpyxl gives them in a workbook.

Names of cells inside a table end in where the row stands in a run of rows that share one entry: ``.only``, ``.first``,
``.middle``, ``.last``; only a faint rule parts those, which also closes the table where a page ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from dialogs.values.status import Status

TYPEFACE = "Times New Roman"
BODY_SIZE = 12
POSITIONS = ("only", "first", "middle", "last")

INTEGER = "#,##0"
DECIMAL = "#,##0.0##"
DAY = "dd/mm/yyyy"
PERCENT = "0%"
MOMENT = "dd/mm/yyyy hh:mm"

STATUS_FILLS = {
    Status.NOT_OPENED: "FFF4B6A6",
    Status.IN_PROGRESS: "FFFFE699",
    Status.RETURNED: "FFF8CBAD",
    Status.SENT: "FFBDD7EE",
    Status.ACCEPTED: "FFC6E0B4",
    Status.NOT_REQUIRED: "FFEDEDED",
}
DEEPEST = 5
"""Levels of units that are indented one by one; those below are indented no further."""

_THIN = Side(style="thin", color="FF000000")
_FAINT = Side(style="hair", color="FF000000")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. ``box`` draws rules around it; ``open`` leaves it for people to type in."""

    size: float = BODY_SIZE
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    across: str = "left"
    upright: str = "center"
    wrap: bool = True
    shrink: bool = False
    format: str = "General"
    box: bool = False
    open: bool = False
    guarded: bool = False
    fill: str = ""
    indent: int = 0


_LOOSE: Mapping[str, Look] = {
    "body": Look(13, bold=True, across="center"),
    "star": Look(13, across="center"),
    "country": Look(13, bold=True, underlined=True, across="center"),
    "motto": Look(13, bold=True, underlined=True, across="center"),
    "country_plain": Look(13, bold=True, across="center"),
    "date": Look(13, italic=True, across="center"),
    "draft": Look(13, italic=True, across="center"),
    "number_line": Look(14, bold=True, across="center"),
    "title": Look(14, bold=True, across="center"),
    "period": Look(13, italic=True, across="center"),
    "note_heading": Look(bold=True, italic=True, upright="top"),
    "note": Look(upright="top"),
    "note_total": Look(italic=True, upright="top"),
    "list_head": Look(bold=True, across="center", box=True, fill="FFE7E6E6"),
    "list_text": Look(upright="top", box=True),
    "list_guarded": Look(upright="top", box=True, guarded=True),
    "list_integer": Look(across="center", upright="top", wrap=False, shrink=True, format=INTEGER, box=True),
    "list_decimal": Look(across="center", upright="top", wrap=False, shrink=True, format=DECIMAL, box=True),
    "list_open_integer": Look(
        across="center", upright="top", wrap=False, shrink=True, format=INTEGER, box=True, open=True
    ),
    "list_open_decimal": Look(
        across="center", upright="top", wrap=False, shrink=True, format=DECIMAL, box=True, open=True
    ),
    "list_open_mark": Look(across="center", upright="top", wrap=False, shrink=True, box=True, open=True),
    "list_open_text": Look(upright="top", box=True, open=True),
    "list_open_guarded": Look(upright="top", box=True, open=True, guarded=True),
    "list_open_date": Look(across="center", upright="top", wrap=False, format=DAY, box=True, open=True),
    "list_title": Look(14, bold=True),
    "list_heading": Look(bold=True),
    "list_note": Look(italic=True),
    "list_mark": Look(across="center", upright="top", box=True),
    "list_percent": Look(across="center", upright="top", wrap=False, format=PERCENT, box=True),
    "list_date": Look(across="center", upright="top", wrap=False, format=DAY, box=True),
    "list_moment": Look(across="center", upright="top", wrap=False, format=MOMENT, box=True),
    **{
        f"status.{status}": Look(across="center", upright="top", box=True, fill=fill)
        for status, fill in STATUS_FILLS.items()
    },
    **{f"depth.{depth}": Look(upright="top", box=True, indent=depth) for depth in range(DEEPEST + 1)},
}

_TABLE: Mapping[str, Look] = {
    "head": Look(bold=True, across="center", box=True),
    "head_number": Look(across="center", box=True),
    "index": Look(across="center", box=True),
    "label": Look(box=True),
    "text": Look(upright="top", box=True, open=True),
    "guarded": Look(upright="top", box=True, open=True, guarded=True),
    "text_line": Look(box=True, open=True),
    "guarded_line": Look(box=True, open=True, guarded=True),
    "mark": Look(across="center", box=True, open=True),
    "integer": Look(across="center", wrap=False, shrink=True, format=INTEGER, box=True, open=True),
    "decimal": Look(across="center", wrap=False, shrink=True, format=DECIMAL, box=True, open=True),
    "no_money": Look(across="center", wrap=False, shrink=True, format=INTEGER, box=True, open=True),
    "date": Look(across="center", wrap=False, shrink=True, format=DAY, box=True, open=True),
    "total_integer": Look(across="center", wrap=False, shrink=True, format=INTEGER, box=True),
    "total_decimal": Look(across="center", wrap=False, shrink=True, format=DECIMAL, box=True),
}


def register(sheet: Worksheet) -> dict[str, int]:
    """Give every look a number in the workbook of ``sheet``, always in the same order, and return the numbers."""
    numbers = {}
    for row, (name, look, position) in enumerate(_looks(), 1):
        cell = sheet.cell(row, 1)
        cell.font = _font(look)
        cell.alignment = _alignment(look)
        cell.number_format = look.format
        cell.protection = Protection(locked=not look.open)
        if look.box:
            cell.border = _border(position)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.guarded:
            # The mark that keeps "=1+2" a text when somebody edits the cell by hand.
            cell.quotePrefix = True
        numbers[name] = cell.style_id
    return numbers


@lru_cache(maxsize=1)
def style_numbers() -> Mapping[str, int]:
    """Return the number of every look; the same in every workbook, as ``register`` keeps one order."""
    return register(Workbook().create_sheet())


def _looks() -> Iterator[tuple[str, Look, str]]:
    for name, look in _LOOSE.items():
        yield name, look, "only"
    for name, look in _TABLE.items():
        for position in POSITIONS:
            yield f"{name}.{position}", look, position


def _font(look: Look) -> Font:
    font = Font(name=TYPEFACE, size=look.size, bold=look.bold, italic=look.italic)
    return font + Font(underline="single") if look.underlined else font


def _alignment(look: Look) -> Alignment:
    return Alignment(
        horizontal=look.across,
        vertical=look.upright,
        wrap_text=look.wrap,
        indent=look.indent,
        shrink_to_fit=look.shrink,
    )


def _border(position: str) -> Border:
    top = _THIN if position in ("only", "first") else _FAINT
    bottom = _THIN if position in ("only", "last") else _FAINT
    return Border(left=_THIN, right=_THIN, top=top, bottom=bottom)
