"""What the short lists behind the appendices hold: the details of totals, their sources, the warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dialogs.values.report_data import Warned
from exports.excel.data import Remark
from exports.excel.lists import Formula, ListFrame, ListValue
from exports.excel.text import CELL_LINES, pieces
from exports.excel.totals import Totals, figure_of, key_text
from exports.place_names import PlaceNames
from exports.report import Report
from exports.sheet_names import DETAIL_SHEET, ENCLOSED_SHEET, SOURCE_SHEET, WARNING_SHEET

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
ENCLOSED = ListFrame(
    ENCLOSED_SHEET,
    ("Mã đơn vị", "Đơn vị", "Mục", "Tệp", "Dung lượng (kB)", "Người gửi", "Gửi lúc", "Ghi chú", "Mã mục"),
    (24, 50, 62, 70, 24, 45, 34, 70, 30),
    freeze="C2",
)


def enclosed_lines(report: Report) -> Iterator[Line]:
    """Yield every file attached to the reports; a file itself is fetched in the chat, never from here."""
    for each in report.enclosed:
        key = f"{each.field}.{each.row}" if each.row else each.field
        here = each.at.astimezone(report.created.tzinfo)
        size = max(1, round(each.size / 1024))
        yield each.unit, each.unit_name, each.place, each.name, size, each.by, here, each.note, key


def detail_lines(report: Report, names: PlaceNames) -> Iterator[Line]:
    """Yield the figure of every unit behind every total."""
    for detail in report.details:
        words = names.words(*detail.address)
        yield (detail.unit_code, detail.unit_name, *words, figure_of(detail), key_text(detail.address))


def source_lines(report: Report, names: PlaceNames, totals: Totals) -> Iterator[Line]:
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
    warned: Iterable[Warned], remarks: Iterable[Remark], names: PlaceNames, order: Mapping[str, int]
) -> list[Line]:
    """Return what there is to warn of: the findings of the form's checks, then the remarks of the sheets.

    ``order`` is the place of each unit by name: what is about one unit stands together.
    """
    found: list[Line] = [(each.unit_name, _place(each, names), each.message, each.explanation) for each in warned]
    found += [(unit, names.place(*place), message, "") for unit, *place, message in remarks]
    return sorted(found, key=lambda each: order.get(str(each[0]), len(order)))


def _place(warned: Warned, names: PlaceNames) -> str:
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
