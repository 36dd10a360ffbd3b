"""One appendix as a sheet: letterhead, number, title, period, the official grid, the figures, the notes."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.forms.form import HeaderCell, Row
from exports.excel.body import draw_body
from exports.excel.cells import Pen, letter
from exports.excel.grid import PORTRAIT_MM, Grid, grid_of
from exports.excel.package import Drawn, Ending
from exports.excel.sheet import ROW_PADDING, OpenSheet
from exports.excel.skeleton import SheetShape
from exports.excel.text import CELL_PADDING, POINTS_PER_MM, line_count, line_height
from exports.excel.totals import Totals
from exports.figures import long_date_text
from exports.profiles import Profile
from exports.report import Appendix, Letterhead
from exports.text_metrics import width_mm
from exports.total_notes import level_notes

_FREE_TOP_ROWS = 6
_HEAD_SIZE = 13
_LEAST_LEFT_MM = 45
"""Room for the name of a body; in less it would stand word under word."""


def draw_appendix(appendix: Appendix, title: str, layout: Profile, pen: Pen, totals: Totals) -> Drawn:
    """Return the sheet of ``appendix`` under the tab ``title``."""
    table, grid = appendix.table, grid_of(appendix.table)
    sheet = OpenSheet(pen, grid, max(len(grid.columns), 2))
    _head(sheet, appendix, layout)
    top = sheet.next_row
    _header(sheet)
    bottom = sheet.next_row - 1
    logical = (*table.rows, *_extra_rows(appendix))
    typed = draw_body(sheet, appendix, logical, title, totals)
    _notes(sheet, appendix)
    whole, decimal = typed.ranges(decimal=False), typed.ranges(decimal=True)
    shape = SheetShape(
        title=title,
        widths_mm=tuple(column.width_mm for column in grid.columns) or (PORTRAIT_MM / 2,) * 2,
        header_rows=(top, bottom) if grid.columns else (1, 1),
        freeze=_freeze(grid, bottom),
        landscape=table.landscape,
        merged=True,
        whole=bool(whole),
        decimal=bool(decimal),
    )
    rows = ("".join(sheet.rows).encode(),)
    ending = Ending(len(sheet.rows), merges=tuple(sheet.merges), whole=whole, decimal=decimal)
    return Drawn(shape, rows, ending)


def _head(sheet: OpenSheet, appendix: Appendix, layout: Profile) -> None:
    table, head = appendix.table, appendix.letterhead
    number_line = layout.appendix_line(table.number_line) if table.number_line else ""
    if table.number_line_first and number_line:
        sheet.wide("number_line", number_line, 14, bold=True)
    _letterhead(sheet, head, layout)
    sheet.add((), line_height(6))
    if not table.number_line_first and number_line:
        sheet.wide("number_line", number_line, 14, bold=True)
    for line in table.title:
        sheet.wide("title", line, 14, bold=True)
    if table.period:
        sheet.wide("period", table.period, 13)
    if table.missing:
        sheet.wide("note", table.missing, 12)
    sheet.add((), line_height(6))


def _letterhead(sheet: OpenSheet, head: Letterhead, layout: Profile) -> None:
    """Add the unit's letterhead in place of the form's "HUYỆN, THÀNH ỦY.....": body left, country and date right.

    In a table whose columns leave no room for two halves the lines stand under each other.
    """
    state = layout.family == "state"
    rows = [
        ("body", head.issuing_body or "……………………", "country_plain" if state else "country", layout.head.nation),
        ("star", "*" if layout.head.star else "", "motto", layout.head.motto),
        ("draft", "Dự thảo" if head.draft else "", "date", _date_line(head)),
    ]
    if not state:
        rows[1:] = [("star", "*" if layout.head.star else "", *rows[2][2:]), ("draft", rows[2][1], "draft", "")]
    middle = _middle(sheet, [(text, style != "date") for *_, style, text in rows])
    if not middle:
        for style, text in (*(row[:2] for row in rows), *(row[2:] for row in rows)):
            if text:
                sheet.wide(style, text, _HEAD_SIZE, bold=True)
        return
    for left_style, left, right_style, right in rows:
        if left or right:
            _halves(sheet, middle, (left_style, left), (right_style, right))


def _middle(sheet: OpenSheet, right: list[tuple[str, bool]]) -> int:
    """Return the last column of the left half: near the middle, where ``right`` still has room on one line.

    ``right`` are its lines, each with whether it is bold. 0 if no column ends where both halves have room.
    """
    widths = [column.width_mm for column in sheet.grid.columns] or [PORTRAIT_MM / 2] * 2
    need = max(width_mm(text, _HEAD_SIZE, bold=bold) for text, bold in right) + CELL_PADDING / POINTS_PER_MM
    edges = {count: sum(widths[:count]) for count in range(1, max(len(widths), 2))}
    wide = {count: edge for count, edge in edges.items() if edge >= _LEAST_LEFT_MM and sum(widths) - edge >= need}
    return min(wide, key=lambda count: abs(wide[count] - sum(widths) * 0.45), default=0)


def _halves(sheet: OpenSheet, middle: int, left: tuple[str, str], right: tuple[str, str]) -> None:
    row, pen = sheet.next_row, sheet.pen
    widths = [column.width_mm for column in sheet.grid.columns] or [PORTRAIT_MM / 2] * 2
    sides = ((left[1], sum(widths[:middle])), (right[1], sum(widths[middle:])))
    lines = max(line_count(text, width, _HEAD_SIZE, bold=True) for text, width in sides)
    cells = (
        pen.text(row, 1, left[0], left[1]),
        pen.blanks(row, 2, middle, left[0]),
        pen.text(row, middle + 1, right[0], right[1]),
        pen.blanks(row, middle + 2, sheet.width, right[0]),
    )
    sheet.add(cells, lines * line_height(_HEAD_SIZE) + ROW_PADDING)
    sheet.merge(row, 1, row, middle)
    sheet.merge(row, middle + 1, row, sheet.width)


def _date_line(head: Letterhead) -> str:
    room = " " * 6
    day = long_date_text(head.issued) if head.issued else f"ngày{room}tháng{room}năm {head.year or f'20{room}'}"
    return f"{head.place or '………'}, {day}"


def _header(sheet: OpenSheet) -> None:
    """Add the official header grid; every cell of a merged range carries the rules, its first one the text."""
    grid, top = sheet.grid, sheet.next_row - 1
    cells = [*((cell, "head.only") for cell in grid.header), *((cell, "head_number.only") for cell in grid.numbers)]
    heights = [*grid.header_heights, *([line_height() + ROW_PADDING] if grid.numbers else [])]
    by_row: dict[int, dict[int, str]] = {}
    for cell, style in cells:
        _spread(sheet, cell, style, top, by_row)
    for row, height in enumerate(heights, 1):
        sheet.add([text for _, text in sorted(by_row.get(row, {}).items())], height)


def _spread(sheet: OpenSheet, cell: HeaderCell, style: str, top: int, by_row: dict[int, dict[int, str]]) -> None:
    pen = sheet.pen
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            first = (row, column) == (cell.row, cell.column)
            drawn = pen.text(top + row, column, style, cell.text) if first else pen.blank(top + row, column, style)
            by_row.setdefault(row, {})[column] = drawn
    bottom, right = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
    sheet.merge(top + cell.row, cell.column, top + bottom, right)


def _extra_rows(appendix: Appendix) -> Iterator[Row]:
    """Yield the rows added locally, their numbers going on from the form's."""
    last = next((row.ordinal for row in reversed(appendix.table.rows) if row.ordinal), "0")
    start, dot = int("".join(filter(str.isdigit, last)) or 0), "." if last.endswith(".") else ""
    for number, (key, label) in enumerate(appendix.extra_rows, start + 1):
        yield Row(key, label, ordinal=f"{number}{dot}")


def _notes(sheet: OpenSheet, appendix: Appendix) -> None:
    """Add what stands under the table: how many units the totals rest on, then the form's own notes."""
    table = appendix.table
    for line in level_notes(table, {place: cell for place, cell in appendix.cells.items() if cell.expected}):
        sheet.wide("note_total", line, 12)
    if table.notes_heading:
        sheet.wide("note_heading", table.notes_heading, 12, bold=True)
    for line in (*table.notes, *([table.footnote] if table.footnote else [])):
        sheet.wide("note", line, 12)


def _freeze(grid: Grid, header_end: int) -> str:
    """Return the first cell that scrolls.

    A phone shows some fifteen rows: a header that ends below a letterhead would, frozen, leave nothing to read.
    """
    return f"{letter(grid.frozen + 1)}{header_end + 1 if header_end <= _FREE_TOP_ROWS else 1}"
