"""One unit's rows in the sheet of the units behind an appendix, as pieces that a row number joins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dialogs.forms.answers import State, Value
from dialogs.forms.form import Column, Row, Table
from dialogs.forms.questions import cell_column
from dialogs.kinds import KINDS, NUMERIC, Kind
from dialogs.values.report_data import Standing, UnitCells
from exports.excel.body import GUARDED
from exports.excel.cells import Pen, datable, digits, exact, serial
from exports.excel.printed import NONE, answer_lines
from exports.excel.streams import OPENED, Texts, joint, lines_in, start
from exports.excel.text import pieces
from exports.extra_rows import extra_rows
from exports.report import Cell

NAMED = 4
"""Columns before the figures: unit, its code, row, key of the row."""
_VALUED, _ZERO, _NONE = State.VALUE, State.ZERO, State.NONE
_EXACT = 10**15

CellKey = tuple[str, str]
_Written = tuple[str, int]
"""A piece, and how many lines its text takes."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell stands in a block, the pieces around a number there, and whether it is added up."""

    row: int
    piece: int
    column: Column
    opened: str
    closed: str
    summed: bool


class Blocks:
    """Writes the block of one unit after the other; ``sums`` grows by the figures of the cells ``summed``."""

    def __init__(
        self, pen: Pen, table: Table, columns: Sequence[Column], widths: Sequence[float], summed: Collection[CellKey]
    ) -> None:
        self.sums: dict[CellKey, int | Decimal] = {}
        self._pen, self._table, self._columns, self._widths, self._summed = pen, table, columns, widths, summed
        self._last = last = NAMED + len(columns)
        self._names = [Texts(pen, "list_text", number, last) for number in range(1, NAMED + 1)]
        mark = "list_open_mark"
        self._marks = [Texts(pen, mark, number, last, guarded=mark) for number in range(1, last + 1)]
        self._rows = tuple(self._row(row, name) for row, name in zip(table.rows, row_names(table), strict=True))
        self._places = dict(place for at, row in enumerate(table.rows) for place in self._placed(at, row))

    def lines(self, unit: UnitCells, standing: Standing) -> Iterator[list[str]]:
        """Yield the rows of ``unit``: the table's, then those it added itself; a long text goes on in further rows."""
        rows, places = self._rows, self._places
        if not unit.cells.keys() <= places.keys():
            rows, places = self._with_added(unit)
        name, code = self._names[0][standing.name], self._names[1][standing.code]
        high = lines_in(standing.name, self._widths[0])
        block = [[OPENED, start(max(high, row[0])), name, code, *row[1]] for row in rows]
        tall: dict[int, dict[int, list[_Written]]] = {}
        sums = self.sums
        for key, (state, value) in unit.cells.items():
            place = places.get(key)
            if place is None:
                continue
            if type(value) is int and (state is _VALUED or state is _ZERO) and -_EXACT < value < _EXACT:
                block[place.row][place.piece] = f"{place.opened}{value}{place.closed}"
                if place.summed:
                    sums[key] = sums[key] + value if key in sums else value
            else:
                written = self._told(key, state, value, place)
                block[place.row][place.piece] = written[0][0]
                if written[0][1] > 1:
                    tall.setdefault(place.row, {})[place.piece] = written
        for at, line in enumerate(block):
            if at in tall:
                yield from _spread(line, rows[at][1], max(high, rows[at][0]), tall[at])
            else:
                yield line

    def _row(self, row: Row, name: str) -> tuple[int, tuple[str, ...]]:
        """Return how high a row is and its pieces after the unit's code."""
        label = self._names[2][name], self._names[3][row.key]
        return lines_in(name, self._widths[2]), (*label, *self._blanks(row))

    def _blanks(self, row: Row) -> Iterator[str]:
        for number, column in enumerate(self._columns, NAMED + 1):
            style = self._pen.styles[_style(cell_column(row, column).kind)]
            yield f'" s="{style}">{joint(number, self._last)}'

    def _placed(self, at: int, row: Row) -> Iterator[tuple[CellKey, _Place]]:
        for number, column in enumerate(self._columns, NAMED + 1):
            key, own = (row.key, column.key), cell_column(row, column)
            opened = f'" s="{self._pen.styles[_style(own.kind)]}"><v>'
            closed = f"</v>{joint(number, self._last)}"
            yield key, _Place(at, number + 1, own, opened, closed, key in self._summed)

    def _with_added(self, unit: UnitCells) -> tuple[tuple[tuple[int, tuple[str, ...]], ...], dict[CellKey, _Place]]:
        """Return the rows and places of a unit that added rows of its own."""
        rows, places = list(self._rows), dict(self._places)
        told = {key: Cell(*each) for key, each in unit.cells.items()}
        for at, (key, label) in enumerate(extra_rows(self._table, told), len(rows)):
            row = Row(key, label)
            rows.append(self._row(row, label))
            places.update(self._placed(at, row))
        return tuple(rows), places

    def _told(self, key: CellKey, state: State, value: Value, place: _Place) -> list[_Written]:
        """Return what stands in a cell that is not a small whole number; a long text takes several rows."""
        number, numeric = place.piece - 1, place.column.kind in NUMERIC
        if state is _NONE:
            return [(self._marks[number - 1][NONE], 1)]
        if numeric and state is _ZERO and value is None:
            value = 0
        if numeric and isinstance(value, int | Decimal):
            return [(self._figure(key, value, place), 1)]
        if date in KINDS[place.column.kind].holds and isinstance(value, date) and datable(value):
            return [(f"{place.opened}{serial(value)}{place.closed}", 1)]
        text = "\n".join(answer_lines(place.column, Cell(state, value)))
        if not text:
            return [(f'" s="{self._pen.styles[_style(place.column.kind)]}">{joint(number, self._last)}', 1)]
        return [self._text(part, number) for part in pieces(text)]

    def _figure(self, key: CellKey, value: int | Decimal, place: _Place) -> str:
        if not exact(value):
            return self._marks[place.piece - 2][digits(value)]
        if place.summed:
            self.sums[key] = self.sums[key] + value if key in self.sums else value
        if value:
            return f"{place.opened}{digits(value)}{place.closed}"
        # Zero is printed 0 and not 0,0.
        return f'" s="{self._pen.styles["list_open_integer"]}"><v>0{place.closed}'

    def _text(self, text: str, number: int) -> _Written:
        style = "list_open_guarded" if text.startswith(GUARDED) else "list_open_text"
        piece = f'" s="{self._pen.styles[style]}"{self._pen.prose(text)}{joint(number, self._last)}'
        return piece, lines_in(text, self._widths[number - 1])


def row_names(table: Table) -> list[str]:
    """Return the name of each row: its body, and its level or measure; a body is printed on its first row only."""
    names, body = [], ""
    measured = sum(column.kind is Kind.LABEL for column in table.columns) > 1
    for row in table.rows:
        body = row.label or body
        measure = next((f" ({measure})" for _, measure in row.measures), "") if measured else ""
        names.append(f"{body} - {row.level_label}" if row.level_label else f"{body}{measure}")
    return names


def _spread(line: list[str], row: tuple[str, ...], lines: int, tall: dict[int, list[_Written]]) -> Iterator[list[str]]:
    """Yield ``line`` as high as its texts need, then the rows in which they go on, under the same names."""
    for at in range(max(map(len, tall.values()))):
        shown = list(line) if at == 0 else [*line[:4], *row]
        parts = {piece: written[at] for piece, written in tall.items() if at < len(written)}
        for piece, (text, _) in parts.items():
            shown[piece] = text
        shown[1] = start(max(lines, *(high for _, high in parts.values())))
        yield shown


def _style(kind: Kind) -> str:
    return f"list_open_{KINDS[kind].look}"
