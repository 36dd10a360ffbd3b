"""What the sheets behind the appendices hold: details of totals, their sources, all answers in long form, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.answers import State, Value
from dialogs.collected import Entry
from exports.excel_lists import Formula, ListFrame, ListValue
from exports.excel_printed import NONE
from exports.excel_text import CELL_LIMIT, CELL_LINES, pieces, units
from exports.excel_totals import DETAIL_SHEET, SOURCE_SHEET, Totals, figure_of, key_text
from exports.figures import number_text
from exports.report import Cell, Report

DATA_SHEET = "Dữ liệu"
WARNING_SHEET = "Cảnh báo"
NO_WARNING = "Không có cảnh báo."
DATA_COLUMNS = ("unit", "unit_name", "field", "row", "column", "value", "state", "by", "at", "channel")
"""The columns of the long data sheet; outside programs rely on them (DESIGN, section 9)."""

Line = Sequence[ListValue | Formula]

DETAILS = ListFrame(
    DETAIL_SHEET,
    ("Mã đơn vị", "Đơn vị", "Phụ lục", "Dòng", "Cột", "Số liệu", "Mã ô"),
    (24, 50, 24, 50, 54, 24, 44),
    freeze="C2",
    protected=True,
    typed=6,
)
SOURCES = ListFrame(
    SOURCE_SHEET,
    ("Phụ lục", "Dòng", "Cột", "Tổng", "Số đơn vị có số liệu"),
    (28, 70, 80, 34, 40),
    protected=True,
)
DATA = ListFrame(DATA_SHEET, DATA_COLUMNS, (18, 38, 22, 24, 30, 120, 16, 34, 32, 20))
WARNINGS = ListFrame(WARNING_SHEET, ("Đơn vị", "Vị trí", "Cảnh báo", "Giải trình"), (45, 62, 80, 70))


@dataclass(frozen=True, slots=True)
class Names:
    """What the addresses of a report are called on paper."""

    tables: Mapping[str, str]
    rows: Mapping[tuple[str, str], str]
    columns: Mapping[tuple[str, str], str]

    def words(self, field: str, row: str, column: str) -> tuple[str, str, str]:
        """Return the appendix, row and column of an address as the paper calls them."""
        named = self.rows.get((field, row), row), self.columns.get((field, column), column)
        return (self.tables.get(field, field), *named)

    def place(self, field: str, row: str, column: str) -> str:
        """Return an address in words: "Phụ lục 3, Ủy ban Mặt trận Tổ quốc, Cấp xã / CB nữ"."""
        return ", ".join(part for part in self.words(field, row, column) if part)


def names_of(report: Report, tabs: Sequence[str]) -> Names:
    """Return the names of the appendices (their tabs), rows and columns of ``report``."""
    rows: dict[tuple[str, str], str] = {}
    columns: dict[tuple[str, str], str] = {}
    for appendix in report.appendices:
        table, body = appendix.table, ""
        for row in table.rows:
            body = row.label or body
            rows[table.key, row.key] = " - ".join(part for part in (body, row.level_label) if part)
        rows |= {(table.key, key): label for key, label in appendix.extra_rows}
        columns |= {(table.key, column.key): column.title or column.label for column in table.columns}
    tables = {appendix.table.key: tab for appendix, tab in zip(report.appendices, tabs, strict=True)}
    return Names(tables, rows, columns)


def detail_lines(report: Report, names: Names) -> Iterator[Line]:
    """Yield the figure of every unit behind every total."""
    for detail in report.details:
        key = (detail.field, detail.row, detail.column)
        words = names.words(*key)
        yield (detail.unit_code, detail.unit_name, *words, figure_of(detail), key_text(key))


def source_lines(report: Report, names: Names, totals: Totals) -> Iterator[Line]:
    """Yield every total that was drawn, with the number of units that gave a figure (n/N, as text)."""
    cells = {appendix.table.key: appendix.cells for appendix in report.appendices}
    for total in totals.drawn:
        field, row, column = total.key
        cell: Cell = cells[field][row, column]
        tab = total.tab.replace("'", "''")
        reference = Formula(f"'{tab}'!{total.reference}", total.value)
        yield (*names.words(field, row, column), reference, f"{cell.counted}/{cell.expected}")


def data_lines(entries: Iterable[Entry]) -> Iterator[Line]:
    """Yield one line per answer; the value typed as it is, a list joined by line ends."""
    for entry in entries:
        value = _value(entry.state, entry.value)
        place = (entry.unit, entry.unit_name, entry.field, entry.row, entry.column)
        yield (*place, value, str(entry.state), entry.by, entry.at, entry.channel)


def _value(state: State, value: Value) -> ListValue:
    if state is State.NONE:
        return NONE
    if state is State.ZERO:
        return value if isinstance(value, int) else 0
    return "\n".join(value) if isinstance(value, tuple) else value


def warning_lines(report: Report, names: Names, data: Sequence[Line]) -> Iterator[Line]:
    """Yield the findings of the form's checks, then a remark for every text that is longer than a cell."""
    for warned in report.warnings:
        place = names.place(warned.field, warned.row, warned.column)
        yield (warned.unit_name, place, warned.message, warned.explanation)
    yield from _long_texts(data, names)


def _long_texts(data: Sequence[Line], names: Names) -> Iterator[Line]:
    at = 2
    for line in data:
        count = rows_of(line)
        if count > 1:
            _, unit, field, row, column, value, *_ = map(str, line)
            message = (
                f"Nội dung dài {number_text(units(value))} ký tự, một ô Excel chứa {number_text(CELL_LIMIT)} ký tự "
                f"và {CELL_LINES} dòng: phần tiếp theo ở dòng {_span(at + 1, at + count - 1)} của sheet “{DATA_SHEET}”."
            )
            yield (unit, names.place(field, row, column), message, "")
        at += count


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def rows_of(line: Line) -> int:
    """Return how many rows of a sheet ``line`` takes."""
    count = 1
    for value in line:
        # A text of no more letters than a cell has lines fits in any case.
        if isinstance(value, str) and len(value) > CELL_LINES:
            count = max(count, len(pieces(value)))
    return count


def whole_lines(lines: Iterable[Line]) -> list[Line]:
    """Return ``lines`` with every text that no cell can hold continued in further lines under the same keys."""
    found: list[Line] = []
    for line in lines:
        count = rows_of(line)
        if count == 1:
            found.append(line)
        else:
            found += [tuple(_piece(value, at) for value in line) for at in range(count)]
    return found


def _piece(value: ListValue | Formula, at: int) -> ListValue | Formula:
    if not isinstance(value, str):
        return value
    parts = pieces(value)
    if len(parts) == 1:
        return value
    return parts[at] if at < len(parts) else None
