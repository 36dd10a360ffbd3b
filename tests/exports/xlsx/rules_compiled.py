"""What a compiled workbook holds beyond its appendices: the units behind each of them, and how far everybody is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.xlsx.expected import Behind, Expected, Progress
from tests.exports.xlsx.xlsx_file import BEHIND_HEAD, PROGRESS, File, is_number, same

STATUSES = ("chưa mở", "đang làm", "đã gửi", "bị trả lại", "đã tiếp nhận", "không phải nộp")


def behind(file: File, expected: Expected) -> list[str]:
    """Return what is wrong with the sheets of units: a block of rows for each, its name first, one number per cell."""
    wrong = []
    tabs = [sheet.behind.tab for sheet in expected.sheets if sheet.behind]
    start = len(expected.sheets)
    if tabs and file.book.sheetnames[start : start + len(tabs)] != tabs:
        wrong.append(f"sheets {file.book.sheetnames}, expected {tabs} behind the appendices")
    for sheet in expected.sheets:
        if sheet.behind and file.has(sheet.behind.tab):
            wrong += _sheet(file.book[sheet.behind.tab], sheet.behind, " ".join(sheet.title))
    return wrong


def _sheet(ws: Worksheet, wanted: Behind, title: str) -> Iterator[str]:
    heads = tuple(cell.value for cell in ws[BEHIND_HEAD])
    rows = [tuple(cell.value for cell in row) for row in ws.iter_rows(min_row=BEHIND_HEAD + 1)]
    if heads != wanted.heads:
        yield f"{ws.title}: heads {heads}"
    if title not in str(ws["A1"].value):
        yield f"{ws.title}: the head does not name the appendix"
    if len(rows) != len(wanted.rows):
        yield f"{ws.title}: {len(rows)} rows, expected {len(wanted.rows)}"
    for number, (found, line) in enumerate(zip(rows, wanted.rows, strict=False), BEHIND_HEAD + 1):
        if not all(map(same, found, line)):
            yield f"{ws.title}, row {number}: {found}, expected {line}"
    last = f"{get_column_letter(len(heads))}{max(ws.max_row, BEHIND_HEAD)}"
    if ws.freeze_panes != f"B{BEHIND_HEAD + 1}" or ws.auto_filter.ref != f"A{BEHIND_HEAD}:{last}":
        yield f"{ws.title}: frozen at {ws.freeze_panes}, filtered over {ws.auto_filter.ref}"
    if ws.print_title_rows != f"${BEHIND_HEAD}:${BEHIND_HEAD}":
        yield f"{ws.title}: repeats {ws.print_title_rows}"
    for row in ws.iter_rows(min_row=BEHIND_HEAD + 1, min_col=5):
        yield from (f"{ws.title}!{cell.coordinate} is locked" for cell in row if cell.protection.locked)
        yield from (
            f"{ws.title}!{cell.coordinate}: {cell.value!r} as {cell.number_format}"
            for cell in row
            if is_number(cell.value) and cell.number_format not in ("#,##0", "#,##0.0##")
        )


def progress(file: File, expected: Expected) -> list[str]:
    """Return what is wrong with the progress sheet: its counts, its units, the three lists under them."""
    if expected.progress is None:
        return ["a progress sheet"] if file.has(PROGRESS) else []
    if not file.has(PROGRESS):
        return ["no progress sheet"]
    shown = [tuple(cell.value for cell in row) for row in file.shown[PROGRESS].iter_rows()]
    return [*_counts(shown, expected.progress), *_units(shown, expected.progress), *_formulas(file)]


def _counts(shown: list[tuple[object, ...]], wanted: Progress) -> Iterator[str]:
    statuses = Counter(row[2] for row in wanted.rows)
    lates = Counter(row[2] for row in wanted.rows if row[3])
    found = {row[1]: row[2:4] for row in shown if row[1] in STATUSES and row[0] is None}
    if found != {status: (statuses[status], lates[status]) for status in STATUSES}:
        yield f"counts {found}"
    totals = [row[2:4] for row in shown if row[1] == "Tổng số đơn vị"]
    if totals != [(len(wanted.rows), sum(lates.values()))]:
        yield f"counts add up to {totals}, units {len(wanted.rows)}"


def _units(shown: list[tuple[object, ...]], wanted: Progress) -> Iterator[str]:
    head = next(number for number, row in enumerate(shown) if row[0] == "Mã đơn vị")
    units = shown[head + 1 : head + 1 + len(wanted.rows)]
    if [row[:4] + row[4:6] for row in units] != list(wanted.rows):
        yield f"units {units}"
    for row in units:
        if not _is_share(row[6], row[4], row[5]):
            yield f"{row[0]}: {row[6]} of {row[4:6]}"
    lists: list[list[object]] = []
    for row in shown[head + 1 + len(wanted.rows) :]:
        if row[1] is None and row[0] and ": " in str(row[0]):
            lists.append([])
            told = int(str(row[0]).rpartition(": ")[2])
            lists[-1].append(told)
        elif row[1] is not None and lists:
            lists[-1].append(row[0])
    if [tuple(found) for found in lists] != [(len(codes), *codes) for codes in wanted.lists]:
        yield f"lists {lists}"


def _is_share(share: object, part: object, whole: object) -> bool:
    if not isinstance(part, int) or not isinstance(whole, int) or not whole:
        return share in (None, "")
    return isinstance(share, int | float) and abs(share - part / whole) < 1e-9


def _formulas(file: File) -> Iterator[str]:
    """Counts, their sums and the shares are formulas, not typed numbers."""
    for row in file.book[PROGRESS].iter_rows():
        counted = row[1].value in (*STATUSES, "Tổng số đơn vị") and row[0].value is None
        shared = is_number(row[5].value)
        for cell in (*(row[2:4] if counted else ()), *((row[6],) if shared else ())):
            if cell.data_type != "f":
                yield f"{PROGRESS}!{cell.coordinate}: {cell.value!r}"
