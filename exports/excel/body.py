"""The data rows of an appendix: labels, one number per cell, totals as formulas, texts as high as they need.

A spreadsheet's rows end at 409 points and a page at less, so a longer text goes on in the next row of the sheet, with
only a faint rule between; nothing is merged and nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dialogs.forms.form import Row
from exports.excel.cells import letter
from exports.excel.printed import NONE, ZERO, Content, Day, Label, Lines, PrintedFigure, content
from exports.excel.sheet import ROW_PADDING, OpenSheet
from exports.excel.text import (
    CELL_LIMIT,
    CELL_PADDING,
    POINTS_PER_MM,
    fixed_line_count,
    folded,
    line_count,
    line_height,
    pieces,
)
from exports.excel.totals import Totals
from exports.report import Appendix

MOST_LINES = 17
"""Lines of one row of the sheet: as many as stand under the letterhead and the header on a first landscape page."""
PART_LINES = 8
"""Lines of each row where a text takes several: three of them fill the page under the header, which repeats."""

GUARDED = ("=", "+", "-", "@")
"""A text that begins so would become a formula if somebody edited the cell by hand."""


@dataclass(slots=True)
class Typed:
    """Where numbers are typed: (decimal, first row, last row) and the columns that have such a run."""

    runs: dict[tuple[bool, int, int], list[int]] = field(default_factory=dict)

    def ranges(self, *, decimal: bool) -> tuple[str, ...]:
        """Return the ranges of whole or of decimal numbers, columns side by side joined."""
        found = []
        for (kind, top, bottom), columns in self.runs.items():
            for left, right in _neighbours(columns) if kind is decimal else ():
                found.append(f"{letter(left)}{top}:{letter(right)}{bottom}")
        return tuple(found)


def draw_body(sheet: OpenSheet, appendix: Appendix, rows: Iterable[Row], title: str, totals: Totals) -> Typed:
    """Add ``rows`` and return where numbers are typed in them. ``title`` is the tab, which totals are listed under."""
    typed: dict[int, list[tuple[bool, int, int]]] = {}
    spans: list[tuple[Row, int, int]] = []
    for row in rows:
        first = sheet.next_row
        contents = [content(row, column, appendix.cells) for column in sheet.grid.columns]
        _add_row(sheet, appendix, contents, title, totals)
        spans.append((row, first, sheet.next_row - 1))
        _note_typed(typed, contents, first)
    _merge_labels(sheet, spans)
    return _joined(typed)


def _add_row(sheet: OpenSheet, appendix: Appendix, contents: list[Content], title: str, totals: Totals) -> None:
    widths = [column.width_mm for column in sheet.grid.columns]
    parts = [_parts(item, width, MOST_LINES) for item, width in zip(contents, widths, strict=True)]
    if any(len(part) > 1 for part in parts):
        parts = [_parts(item, width, PART_LINES) for item, width in zip(contents, widths, strict=True)]
    count = max(map(len, parts), default=1)
    for at in range(count):
        position = _position(at, count)
        lines = 1
        cells = []
        for column, (item, part) in enumerate(zip(contents, parts, strict=True), 1):
            text, high = part[at] if at < len(part) else ("", 1)
            lines = max(lines, high)
            if at == 0 and isinstance(item, PrintedFigure):
                cells.append(_figure(sheet, column, item, position, (appendix.table.key, title), totals))
            else:
                cells.append(_cell(sheet, column, item, (text, high), position, first=at == 0))
        sheet.add(cells, lines * line_height() + ROW_PADDING)


def _position(at: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if at == 0 else "last" if at == count - 1 else "middle"


def _cell(sheet: OpenSheet, column: int, item: Content, part: tuple[str, int], position: str, *, first: bool) -> str:
    row, pen = sheet.next_row, sheet.pen
    text, high = part
    if isinstance(item, Day):
        style = f"date.{position}"
        return pen.moment(row, column, style, item.value) if first else pen.blank(row, column, style)
    if isinstance(item, Label):
        return pen.text(row, column, f"{item.style}.{position}", text)
    if isinstance(item, PrintedFigure):
        return pen.blank(row, column, f"integer.{position}")
    if text in (ZERO, NONE):
        return pen.text(row, column, f"mark.{position}", text)
    style = "guarded" if text.startswith(GUARDED) else "text"
    return pen.text(row, column, f"{style}{'_line' if high == 1 else ''}.{position}", text)


def _figure(
    sheet: OpenSheet, column: int, item: PrintedFigure, position: str, place: tuple[str, str], totals: Totals
) -> str:
    row, pen = sheet.next_row, sheet.pen
    kind = "decimal" if item.decimal else "integer"
    if item.key is not None:
        totals.note(place, item.key, f"{letter(column)}{row}", item.value)
        formula = totals.formula((place[0], *item.key), item.value)
        if formula:
            return pen.formula(row, column, f"total_{kind}.{position}", formula, item.value)
    if isinstance(item.value, str):
        return pen.text(row, column, f"{kind}.{position}", item.value)
    # Zero is printed 0 and not 0,0.
    style = "no_money" if item.decimal and not item.value else kind
    return pen.number(row, column, f"{style}.{position}", item.value)


def _parts(item: Content, width_mm: float, most: int) -> list[tuple[str, int]]:
    """Return the texts of a cell, one for each row of the sheet it takes, with the lines each needs (``most``)."""
    if isinstance(item, Label):
        return [(item.text, fixed_line_count(item.text, width_mm))]
    if not isinstance(item, Lines):
        return [("", 1)]
    counts = [line_count(line, width_mm) for line in item.lines]
    if sum(counts) <= most and sum(map(len, item.lines)) < CELL_LIMIT // 3:
        return [("\n".join(item.lines), max(1, sum(counts)))]
    return _chunks(_short(item.lines, counts, width_mm), PART_LINES)


def _short(lines: tuple[str, ...], counts: list[int], width_mm: float) -> Iterator[tuple[str, int, bool]]:
    """Yield the pieces of ``lines`` that fit into one row each: text, height, and whether a line begins with it."""
    room = width_mm * POINTS_PER_MM - CELL_PADDING
    for line, count in zip(lines, counts, strict=True):
        if count <= PART_LINES and len(line) < CELL_LIMIT // 3:
            yield line, count, True
            continue
        folds = folded(line, room)
        for at in range(0, len(folds), PART_LINES):
            fold = folds[at : at + PART_LINES]
            for part, piece in enumerate(pieces("".join(fold), CELL_LIMIT // 3)):
                yield piece, len(fold) if part == 0 else 1, at == part == 0


def _chunks(short: Iterable[tuple[str, int, bool]], most: int) -> list[tuple[str, int]]:
    """Return ``short`` packed into rows; a last single line ("(3 văn bản)") joins the row before it."""
    parts: list[tuple[str, int]] = []
    for text, high, begins in short:
        if parts and begins and parts[-1][1] + high <= most:
            parts[-1] = (f"{parts[-1][0]}\n{text}", parts[-1][1] + high)
        else:
            parts.append((text, high))
    if len(parts) > 1 and parts[-1][1] == 1 and "\n" not in parts[-1][0]:
        text, high = parts.pop()
        parts[-1] = (f"{parts[-1][0]}\n{text}", parts[-1][1] + high)
    return parts


def _merge_labels(sheet: OpenSheet, spans: list[tuple[Row, int, int]]) -> None:
    """Merge the number and the name of an entry over its rows, as the form draws them."""
    named = [n for n, column in enumerate(sheet.grid.columns, 1) if column.label == 1 or column.is_index]
    for at, (row, first, _) in enumerate(spans):
        if row.merged > 1:
            last = spans[min(at + row.merged, len(spans)) - 1][2]
            for column in named:
                sheet.merge(first, column, last, column)


def _note_typed(typed: dict[int, list[tuple[bool, int, int]]], contents: list[Content], row: int) -> None:
    for column, item in enumerate(contents, 1):
        if not isinstance(item, PrintedFigure):
            continue
        runs = typed.setdefault(column, [])
        if runs and runs[-1][0] is item.decimal and runs[-1][2] == row - 1:
            runs[-1] = (item.decimal, runs[-1][1], row)
        else:
            runs.append((item.decimal, row, row))


def _joined(typed: dict[int, list[tuple[bool, int, int]]]) -> Typed:
    found = Typed()
    for column, runs in typed.items():
        for run in runs:
            found.runs.setdefault(run, []).append(column)
    return found


def _neighbours(columns: list[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for column in columns:
        if spans and spans[-1][1] == column - 1:
            spans[-1] = (spans[-1][0], column)
        else:
            spans.append((column, column))
    return spans
