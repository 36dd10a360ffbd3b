"""One defect at a time is put into a table of a shipped form; the check names its place and what to write."""

from __future__ import annotations

import pytest

from dialogs.forms.addresses import addresses
from dialogs.forms.form_file import FormError, check_form, read_form, shipped_text

UPPER, LOWER = "kl62-2019", "kl62-2019-xa"


def swap(key: str, old: str, new: str) -> str:
    """Return the shipped form with the first ``old`` replaced; the lines after it keep their numbers."""
    text = shipped_text(key)
    assert old in text
    return text.replace(old, new, 1)


def line_of(key: str, words: str) -> int:
    text = shipped_text(key)
    return text.count("\n", 0, text.index(words)) + 1


DEFECTS = {
    "no number line": (UPPER, "number_line: PHỤ LỤC 3", 'number_line: ""', "number_line (PL3)", "không có số"),
    "no title": (
        UPPER,
        '    title:\n      - "Về xây dựng, củng cố',
        '    title: []\n    notes:\n      - "Về xây dựng, củng cố',
        "title (PL3)",
        "không có tên",
    ),
    "no columns": (
        UPPER,
        "number_line: PHỤ LỤC 3\n",
        "number_line: PHỤ LỤC 2b\n    title: [A]\n  - key: PL3b\n    number_line: PHỤ LỤC 3\n",
        "tables[2].columns (PL3)",
        "không có cột nào",
    ),
    "no rows": (
        UPPER,
        "number_line: PHỤ LỤC 3\n",
        "number_line: PHỤ LỤC 2b\n    title: [A]\n  - key: PL3b\n    number_line: PHỤ LỤC 3\n",
        "tables[2].rows (PL3)",
        "không có hàng nào",
    ),
    "no header": (UPPER, "header_rows: 3", "header_rows: 0", "tables[3] (PL4)", "không có khung tiêu đề"),
    "header cell without words": (
        UPPER,
        "{row: 2, col: 3, text: Trung ương}",
        '{row: 2, col: 3, text: ""}',
        "tables[2].header[3].text (PL3)",
        "ô tiêu đề để trống",
    ),
    "row that measures a missing column": (
        UPPER,
        "- {key: mttq.tinh,",
        "- {measures: {kp: đồng}, key: mttq.tinh,",
        "rows[0].measures.kp (PL6, hàng mttq.tinh)",
        "cột “kp” không có",
    ),
    "label column that asks": (
        UPPER,
        "kind: label, grid: 3}",
        "kind: label, grid: 3, filled_by: [xa]}",
        "(PL6, cột cap)",
        "chỉ in ra",
    ),
    "last merged row missing": (
        UPPER,
        "body: ccb, level_label: Cấp xã, level: xa, merged: 0",
        "body: ccb, level_label: Cấp xã, level: xa, merged: 2",
        "tables[5].rows (PL6)",
        "còn thiếu 1 hàng",
    ),
    "grid too large": (
        UPPER,
        "grid_columns: 16",
        "grid_columns: 99999",
        "tables[3].grid_columns (PL4)",
        "lớn nhất là 63",
    ),
    "column without filled_by": (
        UPPER,
        "filled_by: [xa],",
        "",
        "tables[2].columns[14] (PL3, cột xa.tong_so)",
        "thiếu khóa “filled_by”",
    ),
    "hole in the grid": (
        UPPER,
        "- {row: 2, col: 9, rows: 2, text: NK1}",
        "- {row: 2, col: 9, text: NK1}",
        "tables[3].header (PL4)",
        "hở ở hàng 3, cột 9",
    ),
    "overlap in the grid": (
        UPPER,
        "- {row: 2, col: 3, text: Trung ương}",
        "- {row: 2, col: 3, cols: 2, text: Trung ương}",
        "tables[2].header[4] (PL3)",
        "“Cấp tỉnh” đè lên ô “Trung ương” ở hàng 2, cột 4",
    ),
    "header cell outside the grid": (
        UPPER,
        "- {row: 1, col: 6, rows: 2, text: Ghi chú}",
        "- {row: 1, col: 6, rows: 3, text: Ghi chú}",
        "tables[5].header[3] (PL6)",
        "ra ngoài khung 2 hàng x 6 cột",
    ),
    "column outside the grid": (
        UPPER,
        "{key: qh.nk2, label: NK2, title: Đại biểu Quốc hội / NK2, short: NK2 Quốc hội, kind: integer, grid: 10",
        "{key: qh.nk2, label: NK2, title: Đại biểu Quốc hội / NK2, short: NK2 Quốc hội, kind: integer, grid: 17",
        "(PL4, cột qh.nk2)",
        "ngoài lưới 1 đến 16",
    ),
    "grid column without a column": (
        UPPER,
        "kind: label, grid: 3}",
        "kind: label, grid: 2}",
        "tables[5].columns (PL6)",
        "cột 3 của khung không có cột số liệu",
    ),
    "money without a measure": (
        UPPER,
        "kind: money, grid: 4, measure: triệu đồng/năm,",
        "kind: money, grid: 4,",
        "(PL6, cột nsnn)",
        "không có đơn vị tính",
    ),
    "rule about a missing column": (
        UPPER,
        '"xa.cb_nu <= xa.tong_so"',
        '"xa.cb_nu <= xa.tong"',
        "tables[2].rules[6].rule (PL3)",
        "cột “xa.tong” không có",
    ),
    "rule that is none": (
        UPPER,
        '"xa.cb_nu <= xa.tong_so"',
        '"xa.cb_nu < xa.tong_so"',
        "tables[2].rules[6].rule (PL3)",
        "không phải là quy tắc",
    ),
    "rule about a label": (
        UPPER,
        '"xa.cb_nu <= xa.tong_so"',
        '"xa.cb_nu <= don_vi"',
        "tables[2].rules[6].rule (PL3)",
        "không phải là số",
    ),
    "rule without a message": (
        UPPER,
        "message: Số cán bộ nữ lớn hơn tổng số cán bộ cấp tỉnh.",
        'message: ""',
        "tables[2].rules[0].message (PL3)",
        "không có lời báo",
    ),
    "leaf with the key of a table": (UPPER, "key: P2.II\n", "key: PL3\n", "tables[2].key (PL3)", "“PL3” đã dùng"),
    "two rows with one key": (UPPER, "key: ldld, ordinal: 2", "key: mttq, ordinal: 2", "(PL1, hàng mttq)", "đã dùng"),
    "two columns with one key": (UPPER, "{key: chi_thi,", "{key: nghi_quyet,", "(PL1, cột nghi_quyet)", "đã dùng"),
    "row of the unit's own": (
        UPPER,
        "key: mttq, ordinal: 1",
        "key: them.1, ordinal: 1",
        "(PL1, hàng them.1)",
        "tự thêm",
    ),
    "empty label": (UPPER, 'label: "- Tổng số:"', 'label: " "', "(PL3, cột tw.tong_so)", "tên để trống"),
    "row without a name": (UPPER, "label: Hội Nông dân Việt Nam, ", "", "(PL1, hàng hnd)", "không có tên"),
    "merged rows that do not add up": (
        UPPER,
        "level: tinh, merged: 3",
        "level: tinh, merged: 2",
        "(PL6, hàng mttq.xa)",
        "không khớp",
    ),
    "widths that do not fit the columns": (
        UPPER,
        "widths_mm: [10, 45, 32,",
        "widths_mm: [10, 45,",
        "widths_mm (PL1)",
        "7 độ rộng cho 8 cột",
    ),
    "table wider than the page": (
        UPPER,
        "widths_mm: [10, 45, 32,",
        "widths_mm: [10, 46, 32,",
        "widths_mm (PL1)",
        "258 mm",
    ),
    "missing table with contents": (
        UPPER,
        "number_line: PHỤ LỤC 4",
        'number_line: PHỤ LỤC 4\n    missing: "x"',
        "tables[3].missing (PL4)",
        "lại có nội dung",
    ),
    "unknown key": (
        UPPER,
        "header_rows: 3",
        "header_row: 3",
        "tables[3].header_row (PL4)",
        "không có khóa “header_row”",
    ),
    "unknown answer kind": (
        UPPER,
        "kind: documents",
        "kind: document",
        "(PL1, cột nghi_quyet)",
        "“document” không dùng được",
    ),
    "yes instead of true": (
        UPPER,
        "number_line_first: true",
        "number_line_first: yes",
        "number_line_first (PL6)",
        "true hoặc false",
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_of_a_table_is_named_with_its_place(name: str) -> None:
    key, old, new, place, wrong = DEFECTS[name]
    problems = check_form(swap(key, old, new))
    told = [p for p in problems if place in p.place and wrong in p.wrong]
    assert told, [str(p) for p in problems]
    assert all(p.write for p in problems)
    with pytest.raises(FormError) as error:
        read_form(swap(key, old, new))
    assert error.value.problems == problems


def test_a_problem_carries_the_line_of_its_place() -> None:
    key, old, new, place, _ = DEFECTS["rule about a missing column"]
    (problem,) = check_form(swap(key, old, new))
    assert problem.place == f"{place}, dòng {line_of(UPPER, old)}"
    key, old, new, *_ = DEFECTS["money without a measure"]
    (problem,) = check_form(swap(key, old, new))
    assert problem.place == f"tables[5].columns[3] (PL6, cột nsnn), dòng {line_of(UPPER, '{key: nsnn')}"


def test_money_measured_row_by_row_needs_no_measure_of_the_column() -> None:
    text = shipped_text(UPPER).replace("kind: money, grid: 4, measure: triệu đồng/năm,", "kind: money, grid: 4,")
    text = text.replace("- {key: mttq.", "- {measures: {nsnn: triệu đồng}, key: mttq.")
    assert any("cột nsnn" in p.place for p in check_form(text))
    for body in ("ldld", "hnd", "doan", "pn", "ccb"):
        text = text.replace(f"- {{key: {body}.", f"- {{measures: {{nsnn: triệu đồng}}, key: {body}.")
    assert check_form(text) == ()
    cells = [a for a in addresses(read_form(text)) if (a.field, a.column) == ("PL6", "nsnn")]
    assert {(a.row, a.measure) for a in cells if a.row.startswith("ldld")} == {
        ("ldld.tinh", "triệu đồng"),
        ("ldld.huyen", "triệu đồng"),
        ("ldld.xa", "triệu đồng"),
    }
