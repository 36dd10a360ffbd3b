"""For each appendix the sheet behind its totals: a block of rows per unit, one number per cell, streamed.

What adds up stands here as numbers, so that a figure corrected by hand changes the appendix. A figure that an upper
unit's own figure replaces, or that the campaign adds for another kind of unit, is left out and told in the warnings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dialogs.forms.answers import State
from dialogs.forms.form import Column
from dialogs.kinds import KINDS, NUMERIC
from dialogs.values.report_data import Standing, Told, UnitCells
from exports.excel.blocks import NAMED, Blocks
from exports.excel.cells import Pen, letter, row_xml
from exports.excel.data import Remark
from exports.excel.package import Drawn, Ending
from exports.excel.printed import NONE
from exports.excel.skeleton import SheetShape
from exports.excel.streams import batches
from exports.excel.text import CELL_PADDING, POINTS_PER_MM, fixed_line_count, line_height, measured
from exports.excel.totals import Key, Parts, cell_range
from exports.figures import value_text
from exports.report import Appendix
from exports.sheet_names import WARNING_SHEET

HEADS = ("Đơn vị", "Mã đơn vị", "Dòng", "Mã dòng")
HEAD_ROW = 3
_NAME_WIDTHS = (52.0, 20.0, 56.0)
_KEY_WIDTH = 32.0
REPLACED = "số của đơn vị cấp trên được dùng thay"
NOT_ADDED = "đợt báo cáo không cộng số của loại đơn vị này để không tính hai lần"
_LEGEND = (
    "Mỗi đơn vị một khối dòng. Sửa một ô số ở đây thì tổng ở sheet “{}” thay đổi theo. "
    f"0: không phát sinh; dấu -: chưa có số liệu; ô trống: chưa trả lời, không phải trả lời, hoặc số liệu không được "
    f"cộng (ghi ở sheet “{WARNING_SHEET}”)."
)


class UnitSheet:
    """The sheet ``tab`` of the units behind ``appendix``, which stands under the tab ``above``, while it is written.

    When its rows have been read, ``parts`` explains the totals and ``remarks`` holds the figures that were replaced.
    """

    def __init__(self, pen: Pen, appendix: Appendix, standings: Sequence[Standing], tab: str, above: str) -> None:
        self.remarks: list[Remark] = []
        self._pen, self._appendix, self._standings = pen, appendix, standings
        self._tab, self._above = tab, above
        self._columns = [column for column in appendix.table.columns if column.asked]
        places = ((row.key, column.key) for row in appendix.table.rows for column in self._columns)
        self._order = {place: at for at, place in enumerate(places)}
        keys = (row.key for row in appendix.table.rows)
        self._widths = (
            *_NAME_WIDTHS,
            max(map(_key_width, keys), default=_KEY_WIDTH),
            *(KINDS[column.kind].width_mm for column in self._columns),
        )
        self._rolled = {key for key, cell in appendix.cells.items() if cell.rolled}
        self._blocks = Blocks(pen, appendix.table, self._columns, self._widths, self._rolled)
        self._ending = Ending()

    def drawn(self) -> Drawn:
        """Return the sheet; its rows are a stream."""
        shape = SheetShape(
            title=self._tab,
            widths_mm=self._widths,
            header_rows=(HEAD_ROW, HEAD_ROW),
            freeze=f"B{HEAD_ROW + 1}",
            filtered=True,
            merged=True,
            whole=bool(self._typed(decimal=False)),
            decimal=bool(self._typed(decimal=True)),
        )
        return Drawn(shape, batches(self._rows()), self._ending)

    def parts(self) -> Iterator[tuple[Key, Parts]]:
        """Yield the parts of every total of the appendix, once all rows have been read."""
        keys = self._range(NAMED)
        columns = {column.key: self._range(NAMED + at) for at, column in enumerate(self._columns, 1)}
        for row, column in self._rolled:
            if column in columns:
                total = self._blocks.sums.get((row, column), "")
                yield (self._appendix.table.key, row, column), Parts(keys, row, columns[column], total)

    def _range(self, column: int) -> str:
        return cell_range(self._tab, letter(column), HEAD_ROW + 1, max(self._ending.last_row, HEAD_ROW + 1))

    def _rows(self) -> Iterator[str]:
        yield from self._head()
        last = HEAD_ROW
        above: list[tuple[int, Mapping[tuple[str, str], Told]]] = []
        for unit in self._appendix.units:
            standing = self._standings[unit.unit]
            for line in self._blocks.lines(unit, standing):
                last += 1
                yield str(last).join(line)
            while above and above[-1][0] >= standing.depth:
                above.pop()
            if unit.replaced:
                self._tell_replaced(unit, standing.name, [cells for _, cells in above])
            above.append((standing.depth, unit.cells))
        self._end(last)

    def _head(self) -> Iterator[str]:
        pen, table = self._pen, self._appendix.table
        title = ". ".join(part for part in (table.number_line, " ".join(table.title), table.period) if part)
        yield row_xml(1, [pen.text(1, 1, "list_title", title)], self._high(title, 14))
        legend = _LEGEND.format(self._above)
        yield row_xml(2, [pen.text(2, 1, "list_note", legend)], self._high(legend, 12))
        heads = (*HEADS, *map(_headed, self._columns))
        cells = [pen.text(HEAD_ROW, number, "list_head", head) for number, head in enumerate(heads, 1)]
        widths = zip(heads, self._widths, strict=True)
        lines = max(fixed_line_count(head, width - 6, bold=True) for head, width in widths)
        yield row_xml(HEAD_ROW, cells, lines * line_height() + 4)

    def _high(self, text: str, size: float) -> float:
        """Return the height of a row with ``text`` across the sheet."""
        return fixed_line_count(text, sum(self._widths), size, bold=True) * line_height(size) + 4

    def _end(self, last: int) -> None:
        """Note where the sheet ends and where numbers are typed in it."""
        places = range(HEAD_ROW + 1, max(last, HEAD_ROW + 1) + 1)
        whole, decimal = (
            tuple(f"{column}{places[0]}:{column}{places[-1]}" for column in self._typed(decimal=decimal))
            for decimal in (False, True)
        )
        across = letter(len(self._widths))
        self._ending.last_row, self._ending.whole, self._ending.decimal = last, whole, decimal
        self._ending.merges = (f"A1:{across}1", f"A2:{across}2")

    def _typed(self, *, decimal: bool) -> list[str]:
        """Return the columns of whole or of decimal numbers; one whose rows are of several kinds takes decimals."""
        mixed = {key for row in self._appendix.table.rows for key, _ in row.kinds}
        return [
            letter(number)
            for number, column in enumerate(self._columns, NAMED + 1)
            if column.kind in NUMERIC and decimal is (not KINDS[column.kind].whole or column.key in mixed)
        ]

    def _tell_replaced(self, unit: UnitCells, name: str, above: Sequence[Mapping[tuple[str, str], Told]]) -> None:
        """Remark the figures of ``unit`` that are not added; ``above`` are the cells of the units it belongs to."""
        for row, column in sorted(unit.replaced, key=lambda cell: self._order.get(cell, len(self._order))):
            told = unit.replaced[row, column]
            reason = REPLACED if any(_gave_figure(cells.get((row, column))) for cells in above) else NOT_ADDED
            message = f"Không cộng: {_told_text(told)} ({reason})."
            self.remarks.append((name, self._appendix.table.key, row, column, message))


def _gave_figure(told: Told | None) -> bool:
    return told is not None and told.state is not State.NONE


def _key_width(key: str) -> float:
    """Return a width in which a row's key stands on one line."""
    return max(_KEY_WIDTH, round((measured(key) + 2 * CELL_PADDING) / POINTS_PER_MM, 1))


def _headed(column: Column) -> str:
    """Return the name of a column in full; money and what is measured state their unit."""
    title = column.title or column.label
    measured = column.kind in NUMERIC and not KINDS[column.kind].whole and column.unit
    return f"{title} ({column.unit})" if measured and column.unit.casefold() not in title.casefold() else title


def _told_text(told: Told) -> str:
    return value_text(told.value) or ("0" if told.state is State.ZERO else NONE)
