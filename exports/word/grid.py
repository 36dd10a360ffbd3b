"""The frame of an appendix table: column widths, the official header rows with their spans and least heights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil

from dialogs.forms.form import Column, HeaderCell, Table
from dialogs.kinds import KINDS, Kind
from exports.profiles import Profile
from exports.text_metrics import line_count, width_mm
from exports.word.skeleton import TABLE_TEXT
from exports.word.xml import TWIPS_PER_MM, Letters, cell, paragraph, run, table_opening, table_row, twips

SIDE_PADDING = 57
KEEP_NEXT = "<w:keepNext/>"
CENTRE = '<w:jc w:val="center"/>'
LINE_OF_POINT = 1.15
"""Height of a single-spaced line of Times New Roman, as a multiple of its letters."""

_LABEL_MM, _INDEX_MM = 45, 10


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same in every row: the columns by grid column, their widths in twips, the opening with the header."""

    columns: tuple[tuple[Column, ...], ...]
    widths: tuple[int, ...]
    points: float
    opening: str

    def lines(self, text: str, width: int) -> int:
        """Return a careful guess, by counting letters, of the lines that ``text`` takes in a cell ``width`` wide."""
        letters = max(1, int(inner_mm(width) / (self.points * _LETTER_MM)))
        return max(1, ceil(len(text) / letters))


_LETTER_MM = 0.5 * 25.4 / 72
"""Mean width of a letter of Vietnamese text for each point of its size, a little on the wide side."""


@lru_cache(maxsize=64)
def frame(table: Table, layout: Profile) -> Frame:
    """Return the frame of ``table``; it depends on the form alone and is kept."""
    by_grid = tuple(
        tuple(column for column in table.columns if column.grid == place) for place in range(1, table.grid_columns + 1)
    )
    points = layout.sizes.table
    widths = _widths(table, by_grid, twips(layout.text_width_mm(landscape=table.landscape)), points)
    opening = table_opening(widths, border=True, padding=(0, SIDE_PADDING))
    return Frame(by_grid, tuple(widths), points, opening + "".join(_header(table, widths, points)))


def inner_mm(width: int) -> float:
    """Return the room for text in a cell of ``width`` twips."""
    return (width - 2 * SIDE_PADDING) / TWIPS_PER_MM


def _widths(table: Table, by_grid: tuple[tuple[Column, ...], ...], total: int, points: float) -> list[int]:
    """Return the widths of the grid columns in twips: the form's own, stretched to ``total``.

    A form gives a width for every grid column, or for every column (those of one cell are added up). No column is
    narrower than the longest word of its heading; the widest one pays for it.
    """
    told = table.widths_mm
    if len(told) == table.grid_columns:
        shares = list(told)
    elif len(told) == len(table.columns):
        each = {column.key: width for column, width in zip(table.columns, told, strict=True)}
        shares = [sum(each[column.key] for column in columns) for columns in by_grid]
    else:
        shares = _usual_shares(by_grid)
    edges = [round(total * sum(shares[:end]) / sum(shares)) for end in range(len(shares) + 1)]
    widths = [right - left for left, right in pairwise(edges)]
    for head in table.header:
        place = head.column - 1
        lacking = _least(head.text, points) - widths[place] if head.column_span == 1 else 0
        if lacking > 0:
            widths[place] += lacking
            widths[widths.index(max(widths))] -= lacking
    return widths


def _least(text: str, points: float) -> int:
    longest = max((width_mm(word, points, bold=True) for word in text.split()), default=0)
    return twips(longest * 1.04) + 2 * SIDE_PADDING


def _usual_shares(by_grid: tuple[tuple[Column, ...], ...]) -> list[int]:
    kinds = [columns[0].kind if columns else Kind.LABEL for columns in by_grid]
    fixed = {Kind.INDEX: _INDEX_MM, Kind.LABEL: _LABEL_MM}
    return [fixed.get(kind, _LABEL_MM - _INDEX_MM) for kind in kinds]


def _header(table: Table, widths: list[int], points: float) -> Iterator[str]:
    """Yield the official header rows, and the row of column numbers where the form has one; all repeat on each page."""
    heights = _heights(table, widths, points)
    for row in range(1, table.header_rows + 1):
        yield table_row("".join(_header_cells(table, widths, row)), header=True, height=heights[row - 1])
    if table.numbered_header:
        numbers = (_header_cell(width, f"({place})", Letters(italic=True)) for place, width in enumerate(widths, 1))
        yield table_row("".join(numbers), header=True)


def _heights(table: Table, widths: list[int], points: float) -> list[int]:
    """Return the least heights of the header rows in twips.

    Said outright because LibreOffice forgets what an upright merge needs when it repeats the rows on the next page.
    """
    heights = [0] * table.header_rows
    for head in sorted(table.header, key=lambda head: head.row_span):
        width = sum(widths[head.column - 1 : head.column - 1 + head.column_span])
        lines = line_count(head_text(table, head), points, inner_mm(width), bold=True)
        needed = round(lines * points * LINE_OF_POINT * 20)
        last = head.row + head.row_span - 1
        heights[last - 1] += max(0, needed - sum(heights[head.row - 1 : last]))
    return heights


def _header_cells(table: Table, widths: list[int], row: int) -> Iterator[str]:
    """Yield the cells of one header row; a cell that hangs down from above is continued, not left out."""
    place = 1
    while place <= table.grid_columns:
        top = _covering(table, row, place)
        width = sum(widths[place - 1 : place - 1 + top.column_span])
        merge = "" if top.row_span == 1 else ("restart" if top.row == row else "continue")
        text = head_text(table, top) if top.row == row else ""
        yield _header_cell(width, text, Letters(bold=True), span=top.column_span, merge=merge)
        place += top.column_span


def _header_cell(width: int, text: str, letters: Letters, *, span: int = 1, merge: str = "") -> str:
    content = paragraph(TABLE_TEXT, run(text, letters) if text else "", KEEP_NEXT + CENTRE)
    return cell(width, content, span=span, merge=merge, middle=True)


def head_text(table: Table, head: HeaderCell) -> str:
    """Return the text of a header cell; over money it states the unit, where no cell above it does."""
    below = [column for column in table.columns if column.grid == head.column] if head.column_span == 1 else []
    measure = below[0].unit if below and all(KINDS[column.kind].measure_in_head for column in below) else ""
    if head.row + head.row_span - 1 != table.header_rows:
        return head.text
    above = " ".join(c.text for c in table.header if c.column <= head.column < c.column + c.column_span)
    return f"{head.text} ({measure})" if measure and measure.casefold() not in above.casefold() else head.text


def _covering(table: Table, row: int, place: int) -> HeaderCell:
    for found in table.header:
        if found.row <= row < found.row + found.row_span and found.column <= place < found.column + found.column_span:
            return found
    raise ValueError(f"{table.key}: no header cell covers row {row}, column {place}")
