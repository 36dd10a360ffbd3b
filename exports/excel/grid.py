"""From an official table to the columns of a sheet, where every number has a cell of its own.

The official grid stays as it is but for one rule: several figures that share a grid column are drawn side by side under
a further header row; texts that share one stay lines inside the cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dialogs.forms.form import Column, HeaderCell, Table
from dialogs.kinds import KINDS, NUMERIC, Kind
from exports.excel.text import fixed_line_count, line_height

LANDSCAPE_MM = 257
PORTRAIT_MM = 165
"""Width of the text area of A4 with the margins of an official document."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the sheet and what of the table stands in it; several columns are lines of one cell.

    ``label`` counts the columns of printed labels from 1 (0: not one): the first holds the row's name.
    """

    columns: tuple[Column, ...]
    grid: int
    width_mm: float
    label: int = 0

    @property
    def is_index(self) -> bool:
        return self.columns[0].kind is Kind.INDEX


@dataclass(frozen=True, slots=True)
class Grid:
    """The header and columns of a sheet, 1-based. ``frozen`` columns on the left name the row."""

    columns: tuple[SheetColumn, ...]
    header: tuple[HeaderCell, ...]
    header_heights: tuple[float, ...]
    numbers: tuple[HeaderCell, ...]
    frozen: int

    @property
    def width_mm(self) -> float:
        return sum(column.width_mm for column in self.columns)


@lru_cache(maxsize=256)
def grid_of(table: Table) -> Grid:
    """Return the sheet columns and header of ``table``."""
    shared = _by_grid(table)
    split = {grid: len(columns) if _splits(columns) else 1 for grid, columns in shared.items()}
    starts = _starts(split)
    columns = tuple(_sheet_columns(table, shared))
    header = tuple(_header(table, shared, split, starts))
    rows = max((cell.row + cell.row_span - 1 for cell in header), default=0)
    numbers = tuple(
        HeaderCell(rows + 1, starts[grid], 1, split[grid], f"({place})")
        for place, grid in enumerate(shared if table.numbered_header else (), 1)
    )
    return Grid(columns, header, _heights(header, rows, columns), numbers, _frozen(columns, header))


def plain_label(label: str) -> str:
    """Return the label of an indicator without the marks of a line: "- CB nữ:" is the column "CB nữ"."""
    return label.strip().removeprefix("-").removesuffix(":").strip()


def _by_grid(table: Table) -> dict[int, tuple[Column, ...]]:
    found: dict[int, tuple[Column, ...]] = {}
    for place, column in enumerate(table.columns, 1):
        grid = column.grid or place
        found[grid] = (*found.get(grid, ()), column)
    return dict(sorted(found.items()))


def _splits(columns: tuple[Column, ...]) -> bool:
    return len(columns) > 1 and all(column.kind in NUMERIC for column in columns)


def _starts(split: dict[int, int]) -> dict[int, int]:
    starts, place = {}, 1
    for grid, count in split.items():
        starts[grid] = place
        place += count
    return starts


def _sheet_columns(table: Table, shared: dict[int, tuple[Column, ...]]) -> Iterator[SheetColumn]:
    labels = 0
    widths = _widths(table)
    for grid, columns in shared.items():
        if _splits(columns):
            yield from (SheetColumn((column,), grid, widths[column.key]) for column in columns)
            continue
        label = len(columns) == 1 and columns[0].kind is Kind.LABEL
        labels += label
        yield SheetColumn(columns, grid, sum(widths[column.key] for column in columns), labels if label else 0)


def _widths(table: Table) -> dict[str, float]:
    """Return the form's widths, or those that the kinds of the columns have of the page."""
    if len(table.widths_mm) == len(table.columns):
        return {column.key: float(width) for column, width in zip(table.columns, table.widths_mm, strict=True)}
    shares = {column.key: KINDS[column.kind].share for column in table.columns}
    unit = (LANDSCAPE_MM if table.landscape else PORTRAIT_MM) / sum(shares.values())
    return {key: round(unit * share, 1) for key, share in shares.items()}


def _header(
    table: Table, shared: dict[int, tuple[Column, ...]], split: dict[int, int], starts: dict[int, int]
) -> Iterator[HeaderCell]:
    deeper = any(count > 1 for count in split.values())
    for cell in table.header:
        covered = [grid for grid in range(cell.column, cell.column + cell.column_span) if grid in split]
        bottom = cell.row + cell.row_span - 1 == table.header_rows
        parted = bottom and any(split[grid] > 1 for grid in covered)
        down = cell.row_span + (1 if deeper and bottom and not parted else 0)
        text = cell.text if parted or not bottom else _with_measure(table, cell, shared[covered[0]])
        yield HeaderCell(cell.row, starts[covered[0]], down, sum(split[grid] for grid in covered), text)
        for grid in covered if parted else ():
            for offset, column in enumerate(shared[grid]):
                yield HeaderCell(table.header_rows + 1, starts[grid] + offset, 1, 1, plain_label(column.label))


def _with_measure(table: Table, cell: HeaderCell, columns: tuple[Column, ...]) -> str:
    """Return the text of a bottom header cell; over money it states the unit, where no cell above it does."""
    measure = columns[0].unit if KINDS[columns[0].kind].measure_in_head else ""
    above = " ".join(c.text for c in table.header if c.column <= cell.column < c.column + c.column_span)
    return f"{cell.text} ({measure})" if measure and measure.casefold() not in above.casefold() else cell.text


def _heights(header: tuple[HeaderCell, ...], rows: int, columns: tuple[SheetColumn, ...]) -> tuple[float, ...]:
    heights = [line_height() + 3] * rows
    for cell in sorted(header, key=lambda cell: cell.row_span):
        span = columns[cell.column - 1 : cell.column - 1 + cell.column_span]
        lines = fixed_line_count(cell.text, sum(column.width_mm for column in span), bold=True)
        last = cell.row + cell.row_span - 2
        missing = lines * line_height() + 3 - sum(heights[cell.row - 1 : last + 1])
        heights[last] += max(0.0, missing)
    return tuple(round(height, 2) for height in heights)


def _frozen(columns: tuple[SheetColumn, ...], header: tuple[HeaderCell, ...]) -> int:
    """Return the right edge of the header cell over the row's name: "Đơn vị" may stand over its level too."""
    named = next((place for place, column in enumerate(columns, 1) if column.label == 1), 0)
    edges = (c.column + c.column_span - 1 for c in header if c.column <= named < c.column + c.column_span)
    return max((edge for edge in edges if all(columns[place].label for place in range(named - 1, edge))), default=named)
