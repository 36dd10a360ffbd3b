"""A sheet while it is drawn, row by row from the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exports.excel.cells import Pen, letter, row_xml
from exports.excel.grid import LANDSCAPE_MM, Grid
from exports.excel.text import fixed_line_count, line_height

ROW_PADDING = 3


@dataclass(slots=True)
class OpenSheet:
    """The rows drawn so far and the ranges that are merged."""

    pen: Pen
    grid: Grid
    width: int
    rows: list[str] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)

    @property
    def next_row(self) -> int:
        return len(self.rows) + 1

    def add(self, cells: Sequence[str], height: float = 0) -> None:
        self.rows.append(row_xml(self.next_row, cells, height))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append(f"{letter(left)}{top}:{letter(right)}{bottom}")

    def wide(self, style: str, text: str, size: float, *, bold: bool = False) -> None:
        """Add a row with ``text`` over the full width, as high as it needs."""
        row = self.next_row
        lines = fixed_line_count(text, self.grid.width_mm or LANDSCAPE_MM, size, bold)
        rest = self.pen.blanks(row, 2, self.width, style)
        self.add((self.pen.text(row, 1, style, text), rest), lines * line_height(size) + ROW_PADDING)
        self.merge(row, 1, row, self.width)
