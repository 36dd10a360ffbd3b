"""The long data sheet: one line per answer, streamed; a million lines go on in a further sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from dialogs.forms.answers import State, Value
from dialogs.values.report_data import DataLine
from exports.excel.body import GUARDED
from exports.excel.cells import Pen, datable, digits, exact, row_xml, serial
from exports.excel.package import Drawn, Ending
from exports.excel.printed import NONE
from exports.excel.skeleton import SheetShape
from exports.excel.streams import LAST_ROW_OF_A_SHEET, OPENED, Texts, batches, joint, lines_in, start
from exports.excel.text import CELL_LIMIT, CELL_LINES, line_height, pieces, units
from exports.figures import number_text
from exports.sheet_names import DATA_SHEET

DATA_COLUMNS = ("unit", "unit_name", "field", "row", "column", "value", "state", "by", "at", "channel")
"""The columns of the long data sheet; outside programs rely on them."""

_WIDTHS = (22, 55, 24, 30, 44, 120, 18, 42, 34, 24)
_VALUE, _AT, _LAST = 6, 9, len(DATA_COLUMNS)
_VALUED = State.VALUE
_EXACT = 10**15
_VALUE_END = joint(_VALUE, _LAST)
_NUMBER_END, _AT_END = f"</v>{_VALUE_END}", f"</v>{joint(_AT, _LAST)}"

Remark = tuple[str, str, str, str, str]
"""Unit name, field, row, column and what there is to say about the answer."""


class DataSheets:
    """The sheets of ``entries`` while they are written. ``remarks`` grows: the texts that take several rows."""

    def __init__(self, pen: Pen, entries: Iterable[DataLine], most: int = LAST_ROW_OF_A_SHEET) -> None:
        self.remarks: list[Remark] = []
        self._pen, self._most = pen, most
        self._entries = iter(entries)
        self._texts = [Texts(pen, "list_text", column, _LAST) for column in range(1, _LAST + 1)]
        self._names: dict[tuple[str, str], tuple[int, str, str]] = {}
        self._places: dict[tuple[str, str, str], tuple[str, str, str]] = {}
        styles = pen.styles
        self._integer = f'" s="{styles["list_integer"]}"><v>'
        self._moment = f'" s="{styles["list_moment"]}"><v>'
        self._text, self._guarded = (f'" s="{styles[style]}"' for style in ("list_text", "list_guarded"))
        self._starts = [start(lines) for lines in range(40)]

    def sheets(self) -> Iterator[Drawn]:
        """Yield the sheets; the rows of each must be read before the next is asked for."""
        number, more = 1, True
        while more:
            ending = Ending()
            tab = DATA_SHEET if number == 1 else f"{DATA_SHEET} ({number})"
            yield Drawn(_shape(tab), batches(self._rows(tab, ending)), ending)
            held = next(self._entries, None)
            more = held is not None
            if held is not None:
                self._entries = chain((held,), self._entries)
            number += 1

    def _rows(self, tab: str, ending: Ending) -> Iterator[str]:
        heads = [self._pen.text(1, column, "list_head", head) for column, head in enumerate(DATA_COLUMNS, 1)]
        yield row_xml(1, heads, line_height() * 1.5)
        row = 1
        while row < self._most and (entry := next(self._entries, None)) is not None:
            value = entry.value
            if isinstance(value, tuple):
                value = "\n".join(value)
            if isinstance(value, str) and len(value) > CELL_LINES and len(parts := pieces(value)) > 1:
                if row + len(parts) > self._most and row > 1:
                    self._entries = chain((entry,), self._entries)
                    break
                self._remark(entry, value, tab, row + 2, row + len(parts))
                for part in parts:
                    row += 1
                    yield str(row).join(self._line(entry, part))
            else:
                row += 1
                yield str(row).join(self._line(entry, value))
        ending.last_row = row

    def _line(self, entry: DataLine, value: str | int | Decimal | date | None) -> tuple[str, ...]:
        """Return the pieces of one row; ``value`` is the answer's, or a part of its text."""
        unit, unit_name, field, row, column, _, state, by, at, channel = entry
        named = self._names.get((unit, unit_name)) or self._name(unit, unit_name)
        place = self._places.get((field, row, column)) or self._place(field, row, column)
        lines = named[0]
        if state is not _VALUED:
            shown = self._mark(state, value)
        elif type(value) is int and -_EXACT < value < _EXACT:
            shown = f"{self._integer}{value}{_NUMBER_END}"
        elif isinstance(value, str) and value:
            lines = max(lines, lines_in(value, _WIDTHS[_VALUE - 1]))
            style = self._guarded if value[0] in GUARDED else self._text
            shown = f"{style}{self._pen.prose(value)}{_VALUE_END}"
        else:
            shown = self._other(value)
        texts = self._texts
        when = f"{self._moment}{serial(at)}{_AT_END}" if at is not None else texts[8][""]
        tall = self._starts[lines] if lines < 40 else self._starts[-1]
        written = (texts[6][state], texts[7][by], when, texts[9][channel])
        return (OPENED, tall, named[1], named[2], *place, shown, *written)

    def _name(self, unit: str, unit_name: str) -> tuple[int, str, str]:
        found = (lines_in(unit_name, _WIDTHS[1]), self._texts[0][unit], self._texts[1][unit_name])
        self._names[unit, unit_name] = found
        return found

    def _place(self, field: str, row: str, column: str) -> tuple[str, str, str]:
        found = (self._texts[2][field], self._texts[3][row], self._texts[4][column])
        self._places[field, row, column] = found
        return found

    def _mark(self, state: State, value: Value) -> str:
        """Return what stands for an answer without a value: 0, '-' or nothing."""
        if state is State.NONE:
            return self._texts[5][NONE]
        if state is State.ZERO:
            return f"{self._integer}{value if isinstance(value, int) else 0}{_NUMBER_END}"
        return self._texts[5][""] if value is None else self._other(value)

    def _other(self, value: Value) -> str:
        """Return a decimal, a day, or a number with more digits than a spreadsheet keeps."""
        styles = self._pen.styles
        if isinstance(value, int | Decimal):
            if not exact(value):
                return self._texts[5][digits(value)]
            style = "list_decimal" if isinstance(value, Decimal) else "list_integer"
            return f'" s="{styles[style]}"><v>{digits(value)}{_NUMBER_END}'
        if isinstance(value, date):
            if not datable(value):
                return self._texts[5][value.isoformat()]
            style = "list_moment" if isinstance(value, datetime) else "list_date"
            return f'" s="{styles[style]}"><v>{serial(value)}{_NUMBER_END}'
        return self._texts[5][str(value or "")]

    def _remark(self, entry: DataLine, text: str, tab: str, first: int, last: int) -> None:
        rows = str(first) if first == last else f"{first}-{last}"
        message = (
            f"Nội dung dài {number_text(units(text))} ký tự, một ô Excel chứa {number_text(CELL_LIMIT)} ký tự "
            f"và {CELL_LINES} dòng: phần tiếp theo ở dòng {rows} của sheet “{tab}”."
        )
        self.remarks.append((entry.unit_name, entry.field, entry.row, entry.column, message))


@lru_cache(maxsize=16)
def _shape(title: str) -> SheetShape:
    return SheetShape(title=title, widths_mm=_WIDTHS, header_rows=(1, 1), freeze="A2", protected=False, filtered=True)
