"""Checks of one table and of one column or blank (see ``form_checks``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from dialogs.forms.form import RollUp
from dialogs.forms.form_schema import ColumnModel, TableModel
from dialogs.forms.form_tree import Path
from dialogs.kinds import CHOSEN, KINDS, NUMERIC, PRINTED, Together
from dialogs.reading.measures import same_unit

TEXT_WIDTH_MM = 257
"""Width of the text of a landscape A4 page (document-format.md A.1); the widest a table can be."""

Found: TypeAlias = tuple[Path, str, str]
"""(place inside the table or column, what is wrong, what to write instead)."""


def table_findings(table: TableModel) -> Iterator[Found]:
    """Yield what is wrong inside ``table``, its rules excepted."""
    if not table.number_line.strip():
        yield ("number_line",), "phụ lục không có số", "number_line: PHỤ LỤC 1"
    if table.missing:
        if table.columns or table.rows or table.header:
            wrong = "phụ lục ghi là không có trong văn bản nguồn (missing) mà lại có nội dung"
            yield ("missing",), wrong, "bỏ missing, hoặc bỏ columns, rows, header"
        return
    if not any(line.strip() for line in table.title):
        yield ("title",), "phụ lục không có tên", 'title: ["Số lượng cán bộ …"]'
    yield from _columns(table)
    yield from _rows(table)
    yield from _grid(table)
    yield from _widths(table)


def column_findings(column: ColumnModel) -> Iterator[Found]:
    """Yield what is wrong with a column of a table or a blank of a sentence, taken alone."""
    if not column.label.strip():
        yield ("label",), "tên để trống", 'label: "Tổng số"'
    if column.kind in PRINTED:
        if column.filled_by:
            wrong = f"cột “{column.kind}” chỉ in ra, không hỏi ai"
            yield ("filled_by",), wrong, "bỏ filled_by, hoặc đổi kind"
    elif column.filled_by is None:
        wrong = "thiếu khóa “filled_by”: không rõ ai điền"
        yield (), wrong, "thêm filled_by: [xa], hoặc filled_by: [] nếu in ra mà không hỏi ai"
    if column.kind in CHOSEN and not column.choices:
        yield (), "kind là choice mà không có lựa chọn nào", "thêm choices: [bắc, nam, đông, tây]"
    if column.kind not in CHOSEN and column.choices:
        yield ("choices",), f"“choices” không dùng cho kind {column.kind}", "đổi kind: choice, hoặc bỏ choices"
    if len(set(column.choices)) < len(column.choices) or any(not c.strip() for c in column.choices):
        yield ("choices",), "lựa chọn bị trùng hoặc để trống", "mỗi lựa chọn viết một lần"
    yield from _limits(column)
    yield from _adding(column)


def _adding(column: ColumnModel) -> Iterator[Found]:
    """A share adds up to nothing, and is measured in nothing else."""
    known = KINDS[column.kind]
    if column.kind in NUMERIC and known.together is not Together.SUM and column.rollup is RollUp.SUM:
        wrong = f"kind {column.kind} không cộng được từ đơn vị này sang đơn vị khác"
        yield ("rollup",), wrong, "rollup: none"
    if known.measure and column.measure and not same_unit(column.measure, known.measure):
        wrong = f"kind {column.kind} không tính bằng “{column.measure}”"
        yield ("measure",), wrong, f'bỏ measure, hoặc viết measure: "{known.measure}"'


def _limits(column: ColumnModel) -> Iterator[Found]:
    for name in ("minimum", "maximum", "decimals"):
        if getattr(column, name) is not None and column.kind not in NUMERIC:
            yield (name,), f"“{name}” chỉ dùng cho số", f"bỏ {name}, hoặc đổi kind: integer"
    low, high = column.minimum, column.maximum
    if low is not None and high is not None and low > high:
        yield ("minimum",), f"nhỏ nhất {low} lớn hơn lớn nhất {high}", "đổi chỗ minimum và maximum"


def _columns(table: TableModel) -> Iterator[Found]:
    if not any(column.kind not in PRINTED for column in table.columns):
        yield ("columns",), "phụ lục không có cột nào để điền", "thêm cột có kind: integer và filled_by"
    seen: set[str] = set()
    for index, column in enumerate(table.columns):
        at: Path = ("columns", index)
        if column.key in seen:
            yield (*at, "key"), f"khóa cột “{column.key}” đã dùng ở trên", "đặt khóa khác"
        seen.add(column.key)
        for rest, wrong, write in column_findings(column):
            yield (*at, *rest), wrong, write
        if not 1 <= column.grid <= table.grid_columns:
            wrong = f"cột “{column.key}” nằm ở cột lưới {column.grid}, ngoài lưới 1 đến {table.grid_columns}"
            yield (*at, "grid"), wrong, f"grid: từ 1 đến {table.grid_columns}"
        if _is_money_unmeasured(column, table):
            yield at, f"cột tiền “{column.key}” không có đơn vị tính", "thêm measure: triệu đồng"


def _is_money_unmeasured(column: ColumnModel, table: TableModel) -> bool:
    """Whether some cell of ``column`` is money that nobody measures, here or by row."""
    if column.measure or not table.rows:
        return KINDS[column.kind].needs_measure and not column.measure
    return any(
        KINDS[row.kinds.get(column.key, column.kind)].needs_measure and not row.measures.get(column.key)
        for row in table.rows
    )


def _rows(table: TableModel) -> Iterator[Found]:
    if not table.rows and not table.open_rows:
        yield ("rows",), "phụ lục không có hàng nào", "thêm rows, hoặc open_rows: true nếu đơn vị tự thêm hàng"
    seen: set[str] = set()
    keys = {column.key for column in table.columns}
    for index, row in enumerate(table.rows):
        at: Path = ("rows", index)
        if row.key in seen:
            yield (*at, "key"), f"khóa hàng “{row.key}” đã dùng ở trên", "đặt khóa khác"
        seen.add(row.key)
        if row.merged and not row.label.strip():
            yield at, f"hàng “{row.key}” không có tên", 'thêm label: "Hội Nông dân"'
        for name, given in (("measures", row.measures), ("kinds", row.kinds), ("labels", row.labels)):
            for key in given:
                if key not in keys:
                    yield (*at, name, key), f"hàng nói đến cột “{key}” không có", "sửa cho đúng khóa của cột"
    yield from _merged(table)


def _merged(table: TableModel) -> Iterator[Found]:
    """A row merged over n rows is followed by n - 1 rows merged into it (``merged: 0``)."""
    owed = 0
    for index, row in enumerate(table.rows):
        if (row.merged == 0) != (owed > 0):
            wrong = f"hàng “{row.key}” không khớp số hàng gộp (merged: {row.merged})"
            write = "hàng đầu của nhóm 3 hàng ghi merged: 3, hai hàng sau ghi merged: 0"
            yield ("rows", index), wrong, write
        owed = row.merged - 1 if row.merged else max(0, owed - 1)
    if owed:
        yield ("rows",), f"hàng gộp cuối cùng còn thiếu {owed} hàng", "thêm hàng có merged: 0, hoặc giảm merged"


def _grid(table: TableModel) -> Iterator[Found]:
    """Every position of the header grid is covered exactly once, and every grid column holds a column."""
    if not table.header_rows or not table.grid_columns:
        yield (), "phụ lục không có khung tiêu đề", "thêm header_rows: 2 và grid_columns: 6 cùng header"
        return
    covered: dict[tuple[int, int], int] = {}
    for index, cell in enumerate(table.header):
        at: Path = ("header", index)
        if not cell.text.strip():
            yield (*at, "text"), "ô tiêu đề để trống", 'text: "Đơn vị"'
        if cell.row + cell.rows - 1 > table.header_rows or cell.col + cell.cols - 1 > table.grid_columns:
            wrong = f"ô “{cell.text}” ra ngoài khung {table.header_rows} hàng x {table.grid_columns} cột"
            yield at, wrong, "sửa row, col, rows, cols, hoặc header_rows, grid_columns"
        for place in _positions(cell.row, cell.col, cell.rows, cell.cols):
            if place in covered:
                other = table.header[covered[place]].text
                wrong = f"ô “{cell.text}” đè lên ô “{other}” ở hàng {place[0]}, cột {place[1]}"
                yield at, wrong, "sửa row, col, rows hoặc cols của một trong hai ô"
                break
            covered[place] = index
    yield from _holes(table, covered)


def _positions(row: int, column: int, rows: int, columns: int) -> Iterator[tuple[int, int]]:
    yield from ((r, c) for r in range(row, row + rows) for c in range(column, column + columns))


def _holes(table: TableModel, covered: dict[tuple[int, int], int]) -> Iterator[Found]:
    for row, column in _positions(1, 1, table.header_rows, table.grid_columns):
        if (row, column) not in covered:
            wrong = f"khung tiêu đề hở ở hàng {row}, cột {column}"
            yield ("header",), wrong, f'thêm {{row: {row}, col: {column}, text: "…"}}, hoặc kéo dài ô bên cạnh'
    filled = {column.grid for column in table.columns}
    for number in range(1, table.grid_columns + 1):
        if number not in filled:
            wrong = f"cột {number} của khung không có cột số liệu nào"
            yield ("columns",), wrong, f"thêm một cột có grid: {number}, hoặc giảm grid_columns"


def _widths(table: TableModel) -> Iterator[Found]:
    widths = table.widths_mm
    if widths and len(widths) != len(table.columns):
        wrong = f"có {len(widths)} độ rộng cho {len(table.columns)} cột"
        yield ("widths_mm",), wrong, "mỗi cột trong columns một độ rộng, tính bằng mm"
    if sum(widths) > TEXT_WIDTH_MM:
        wrong = f"tổng độ rộng {sum(widths)} mm, quá khổ giấy {TEXT_WIDTH_MM} mm"
        yield ("widths_mm",), wrong, f"giảm cho vừa {TEXT_WIDTH_MM} mm"
