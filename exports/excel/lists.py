"""Writes a list as a sheet: a head that repeats and stays in view, a line per row, as high as its text needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from exports.excel.body import GUARDED
from exports.excel.cells import Pen, row_xml
from exports.excel.package import Drawn, Ending
from exports.excel.skeleton import SheetShape
from exports.excel.text import line_count, line_height

_BATCH = 100
"""Rows handed on at a time: few enough for memory, many enough that compressing is not called for each."""
_TALLEST = 400.0
"""Points; a spreadsheet's rows end at 409."""


ListValue = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its computed value."""

    text: str
    value: int | Decimal | str


@dataclass(frozen=True, slots=True)
class ListFrame:
    """The unchanging part of a list: its tab, heads, widths, and the column (from 1) whose numbers may be changed."""

    title: str
    heads: tuple[str, ...]
    widths_mm: tuple[float, ...]
    freeze: str = "A2"
    protected: bool = False
    typed: int = 0

    def shape(self) -> SheetShape:
        """Return the shape of the sheet, open at the end."""
        return SheetShape(
            title=self.title,
            widths_mm=self.widths_mm,
            header_rows=(1, 1),
            freeze=self.freeze,
            protected=self.protected,
            filtered=True,
        )


def draw_list(frame: ListFrame, pen: Pen, lines: Iterable[Sequence[ListValue | Formula]], count: int) -> Drawn:
    """Return a list as a sheet; ``count`` is the number of ``lines``, which may be a stream."""
    return Drawn(frame.shape(), _rows(frame, pen, lines), Ending(count + 1))


def _rows(frame: ListFrame, pen: Pen, lines: Iterable[Sequence[ListValue | Formula]]) -> Iterator[bytes]:
    heads = [pen.text(1, column, "list_head", head) for column, head in enumerate(frame.heads, 1)]
    yield row_xml(1, heads, line_height() * 1.5).encode()
    # As many characters as surely fit on one line: capitals are some 8.7 points wide.
    fits = [width * 72 / 25.4 / 8.7 for width in frame.widths_mm]
    batch: list[str] = []
    for row, line in enumerate(lines, 2):
        high = 1
        cells = []
        for column, value in enumerate(line, 1):
            if isinstance(value, str) and (len(value) > fits[column - 1] or "\n" in value):
                high = max(high, line_count(value, frame.widths_mm[column - 1]))
            cells.append(_cell(pen, row, column, value, opened=column == frame.typed))
        batch.append(row_xml(row, cells, min(_TALLEST, high * line_height() + 2)))
        if len(batch) == _BATCH:
            yield "".join(batch).encode()
            batch.clear()
    yield "".join(batch).encode()


def _cell(pen: Pen, row: int, column: int, value: ListValue | Formula, *, opened: bool) -> str:
    if value is None:
        return pen.blank(row, column, "list_text")
    if isinstance(value, str) and not opened:
        return pen.text(row, column, "list_guarded" if value.startswith(GUARDED) else "list_text", value)
    if isinstance(value, datetime):
        return pen.moment(row, column, "list_moment", value)
    if isinstance(value, date):
        return pen.moment(row, column, "list_date", value)
    if isinstance(value, Formula):
        kind = "list_decimal" if isinstance(value.value, Decimal) else "list_integer"
        return pen.formula(row, column, kind, value.text, value.value)
    kind = ("list_open_" if opened else "list_") + ("decimal" if isinstance(value, Decimal) else "integer")
    return pen.text(row, column, kind, value) if isinstance(value, str) else pen.number(row, column, kind, value)
