"""What the short lists behind the appendices hold: the details of totals, their sources, the warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.forms.form import Table
from dialogs.forms.outline_figures import OUTLINE, address_in, outline_row
from dialogs.values.report_data import Warned
from exports.excel.data import Remark
from exports.excel.lists import Formula, ListFrame, ListValue
from exports.excel.text import CELL_LINES, pieces
from exports.excel.totals import DETAIL_SHEET, Totals, figure_of, key_text
from exports.report import Report
from exports.total_notes import SOURCE_SHEET

WARNING_SHEET = "Cảnh báo"
NO_WARNING = "Không có cảnh báo."

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
    ("Phụ lục, mục", "Dòng", "Cột", "Tổng", "Số đơn vị có số liệu"),
    (28, 70, 80, 34, 40),
    protected=True,
)
WARNINGS = ListFrame(WARNING_SHEET, ("Đơn vị", "Vị trí", "Cảnh báo", "Giải trình"), (45, 62, 80, 70))


ENCLOSED_SHEET = "Tài liệu kèm theo"
ENCLOSED = ListFrame(
    ENCLOSED_SHEET,
    ("Mã đơn vị", "Đơn vị", "Mục", "Tệp", "Dung lượng (kB)", "Người gửi", "Gửi lúc", "Ghi chú", "Mã mục"),
    (24, 50, 62, 70, 24, 45, 34, 70, 30),
    freeze="C2",
)


@dataclass(frozen=True, slots=True)
class Names:
    """What the addresses of a report are called on paper."""

    tables: Mapping[str, str]
    rows: Mapping[tuple[str, str], str]
    columns: Mapping[tuple[str, str], str]

    def words(self, field: str, row: str, column: str) -> tuple[str, str, str]:
        """Return the appendix or item, row and column of an address as the paper calls them."""
        address = address_in(field, row, column)
        blank = self.rows.get((OUTLINE, outline_row(address))) if not address.row else None
        if blank is not None:
            return f"Mục {address.field}", blank, ""
        named = self.rows.get((field, row), row), self.columns.get((field, column), column)
        return (self.tables.get(field, f"Mục {field}"), *named)

    def place(self, field: str, row: str, column: str) -> str:
        """Return an address in words: "Phụ lục 3, Ủy ban Mặt trận Tổ quốc, Cấp xã / CB nữ"."""
        return ", ".join(part for part in self.words(field, row, column) if part)


def names_of(report: Report, tabs: Sequence[str]) -> Names:
    """Return the names of the appendices (their tabs), rows and columns of ``report``."""
    found = table_names([appendix.table for appendix in report.sheets], tabs)
    added = {(sheet.table.key, key): label for sheet in report.sheets for key, label in sheet.extra_rows}
    return replace(found, rows={**found.rows, **added})


def table_names(tables: Sequence[Table], tabs: Sequence[str]) -> Names:
    """Return the names of ``tables`` (their ``tabs``), of their rows and columns."""
    rows: dict[tuple[str, str], str] = {}
    for table in tables:
        body = ""
        for row in table.rows:
            body = row.label or body
            rows[table.key, row.key] = " - ".join(part for part in (body, row.level_label) if part)
    columns = {(table.key, column.key): column.title or column.label for table in tables for column in table.columns}
    return Names({table.key: tab for table, tab in zip(tables, tabs, strict=True)}, rows, columns)


def enclosed_lines(report: Report) -> Iterator[Line]:
    """Yield every file attached to the reports; a file itself is fetched in the chat, never from here."""
    for each in report.enclosed:
        key = f"{each.field}.{each.row}" if each.row else each.field
        here = each.at.astimezone(report.created.tzinfo)
        size = max(1, round(each.size / 1024))
        yield each.unit, each.unit_name, each.place, each.name, size, each.by, here, each.note, key


def detail_lines(report: Report, names: Names) -> Iterator[Line]:
    """Yield the figure of every unit behind every total."""
    for detail in report.details:
        key = (detail.field, detail.row, detail.column)
        words = names.words(*key)
        yield (detail.unit_code, detail.unit_name, *words, figure_of(detail), key_text(key))


def source_lines(report: Report, names: Names, totals: Totals) -> Iterator[Line]:
    """Yield every total that was drawn, with the number of units that gave a figure (n/N, as text)."""
    cells = {appendix.table.key: appendix.cells for appendix in report.sheets}
    for total in totals.drawn:
        field, row, column = total.key
        cell = cells[field].get((row, column))
        if cell is None:
            continue
        tab = total.tab.replace("'", "''")
        reference = Formula(f"'{tab}'!{total.reference}", total.value)
        yield (*names.words(field, row, column), reference, f"{cell.counted}/{cell.expected}")


def warning_lines(
    warned: Iterable[Warned], remarks: Iterable[Remark], names: Names, order: Mapping[str, int]
) -> list[Line]:
    """Return what there is to warn of: the findings of the form's checks, then the remarks of the sheets.

    ``order`` is the place of each unit by name: what is about one unit stands together.
    """
    found: list[Line] = [(each.unit_name, _place(each, names), each.message, each.explanation) for each in warned]
    found += [(unit, names.place(*place), message, "") for unit, *place, message in remarks]
    return sorted(found, key=lambda each: order.get(str(each[0]), len(order)))


def _place(warned: Warned, names: Names) -> str:
    return warned.place or names.place(warned.field, warned.row, warned.column)


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
