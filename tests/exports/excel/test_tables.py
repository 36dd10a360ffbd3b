"""Tables that the shipped appendices do not have: kinds by row, rows added locally, long texts, other letterheads."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dialogs.forms.answers import State
from dialogs.forms.form import Column, HeaderCell, Row, Table
from dialogs.kinds import Kind
from exports.excel.workbook import render
from exports.report import Appendix, Cell, Report
from exports.sheet_names import tab_names
from tests.exports.excel.samples import commune, district

REPORT, _ = commune()
DISTRICT, EXPECTED = district()

ITEMS = Table(
    key="TONG_HOP",
    number_line="",
    title=("TỔNG HỢP", "SỐ LIỆU ĐÓNG GÓP CỦA CÁC HỘI QUẦN CHÚNG Ở ĐỊA PHƯƠNG"),
    landscape=False,
    header_rows=1,
    grid_columns=6,
    header=tuple(
        HeaderCell(1, place, 1, 1, text)
        for place, text in enumerate(("TT", "Nội dung", "Đơn vị tính", "Số lượng", "Kinh phí", "Ghi chú"), 1)
    ),
    columns=(
        Column("tt", "TT", Kind.INDEX, 1),
        Column("noi_dung", "Nội dung", Kind.LABEL, 2),
        Column("dvt", "Đơn vị tính", Kind.LABEL, 3),
        Column("so_luong", "Số lượng", Kind.INTEGER, 4),
        Column("kinh_phi", "Kinh phí", Kind.MONEY, 5, measure="triệu đồng"),
        Column("ghi_chu", "Ghi chú", Kind.TEXT, 6),
    ),
    rows=(
        Row("hoc_bong", "Số học bổng dành cho trẻ em nghèo", "1", measures=(("so_luong", "suất"),)),
        Row(
            "lam_duong",
            "Hỗ trợ làm đường",
            "2",
            measures=(("so_luong", "km"),),
            kinds=(("so_luong", Kind.DECIMAL),),
        ),
        Row("ngay", "Ngày bắt đầu", "3", kinds=(("so_luong", Kind.DATE),)),
    ),
    open_rows=True,
    footnote="Có thể bổ sung phụ lục cụ thể, phù hợp.",
)


def with_tables(*appendices: Appendix, report: Report = REPORT) -> Report:
    return replace(report, appendices=appendices)


def sheet_of(report: Report, tab: str) -> Worksheet:
    return load_workbook(io.BytesIO(render(report)))[tab]


def items(**cells: Cell) -> Appendix:
    """Return the eleven-item sheet with cells named ROW__COLUMN."""
    keyed = {(key.split("__")[0], key.split("__")[1]): cell for key, cell in cells.items()}
    return Appendix(ITEMS, REPORT.letterhead, keyed)


def test_a_row_may_have_its_own_kind_and_measure() -> None:
    """A count, a length with decimals and a date stand in one column, each with its format; the unit is printed."""
    sheet = sheet_of(
        with_tables(
            items(
                hoc_bong__so_luong=Cell(State.VALUE, 12),
                lam_duong__so_luong=Cell(State.VALUE, Decimal("3.75")),
                ngay__so_luong=Cell(State.VALUE, date(2018, 2, 5)),
            )
        ),
        "Tổng hợp",
    )
    top = next(cell.row for cell in sheet["A"] if cell.value == "TT")
    column = [sheet.cell(top + entry, 4) for entry in (1, 2, 3)]

    assert [cell.number_format for cell in column] == ["#,##0", "#,##0.0##", "dd/mm/yyyy"]
    assert [sheet.cell(top + entry, 3).value for entry in (1, 2, 3)] == ["suất", "km", None]
    assert column[2].is_date
    assert sheet.page_setup.orientation == "portrait"


def test_each_kind_of_number_has_its_own_check() -> None:
    """Whole numbers where they are counted, decimals where they are measured, in the same column."""
    sheet = sheet_of(with_tables(items()), "Tổng hợp")
    top = next(cell.row for cell in sheet["A"] if cell.value == "TT")
    ranges = {check.type: str(check.sqref) for check in sheet.data_validations.dataValidation}

    assert ranges["whole"] == f"D{top + 1}"
    assert set(ranges["decimal"].split()) == {f"D{top + 2}", f"E{top + 1}:E{top + 3}"}


def test_money_without_a_unit_in_the_head_gets_it() -> None:
    """No sum of money stands without its unit."""
    sheet = sheet_of(with_tables(items()), "Tổng hợp")

    assert [cell.value for cell in sheet["E"] if cell.value] == ["Kinh phí (triệu đồng)"]


def test_rows_added_locally_come_last_and_are_numbered_on() -> None:
    """Their name and unit are what was typed for them."""
    cells = {("them.1", "so_luong"): Cell(State.VALUE, 7), ("them.1", "dvt"): Cell(State.VALUE, "cái")}
    appendix = Appendix(ITEMS, REPORT.letterhead, cells, (("them.1", "Tặng xe lăn"), ("them.2", "Việc khác")))
    sheet = sheet_of(with_tables(appendix), "Tổng hợp")
    rows = [row for row in sheet.iter_rows(max_col=4, values_only=True) if row[0] in ("3", "4", "5")]

    assert rows == [("3", "Ngày bắt đầu", None, None), ("4", "Tặng xe lăn", "cái", 7), ("5", "Việc khác", None, None)]
    assert sheet.cell(sheet.max_row, 1).value == ITEMS.footnote


def test_a_long_list_goes_on_in_the_next_rows_and_nothing_is_merged() -> None:
    """Sixty documents are all there; the entry's number, name and count stand in its first row only."""
    documents = tuple(f"Kế hoạch số {number:02}-KH/HU về thực hiện Kết luận số 62-KL/TW" for number in range(60))
    table = DISTRICT.appendices[0].table
    cells = {
        ("mttq", "ke_hoach"): Cell(State.VALUE, documents),
        ("mttq", "so_cuoc_kt_gs"): Cell(State.VALUE, 5),
        ("ldld", "so_cuoc_kt_gs"): Cell(State.VALUE, 6),
    }
    sheet = sheet_of(with_tables(Appendix(table, DISTRICT.letterhead, cells), report=DISTRICT), "Phụ lục 1")
    start, end = (next(cell.row for cell in sheet["A"] if cell.value == number) for number in ("1", "2"))
    lines = "\n".join(str(sheet.cell(row, 5).value) for row in range(start, end)).split("\n")

    assert lines == [*(f"- {document}" for document in documents), "(60 văn bản)"]
    assert [sheet.cell(row, 8).value for row in range(start, end)] == [5] + [None] * (end - start - 1)
    assert all(merged.max_row < start or merged.min_row > end for merged in sheet.merged_cells.ranges)
    assert all((sheet.row_dimensions[row].height or 15) < 409 for row in range(1, sheet.max_row + 1))


def test_an_entry_over_several_rows_stays_merged_when_one_of_them_is_long() -> None:
    """The name of a body spans all rows of the sheet that belong to it."""
    table = DISTRICT.appendices[4].table
    cells = {("mttq.huyen", "ghi_chu"): Cell(State.VALUE, "Ghi chú rất dài. " * 120)}
    sheet = sheet_of(with_tables(Appendix(table, DISTRICT.letterhead, cells), report=DISTRICT), "Phụ lục 6")
    first, second = (next(cell.row for cell in sheet["A"] if cell.value == number) for number in ("1.", "2."))

    assert second - first > 3
    assert f"B{first}:B{second - 1}" in map(str, sheet.merged_cells.ranges)


def test_a_state_body_has_the_state_letterhead() -> None:
    """Country and motto instead of the party's name and asterisk; appendices are numbered in Roman."""
    sheet = sheet_of(replace(DISTRICT, profile="nd30"), "Phụ lục 1")
    texts = [cell.value for row in sheet.iter_rows(max_row=8) for cell in row if cell.value]

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts
    assert "Độc lập - Tự do - Hạnh phúc" in texts
    assert "*" not in texts
    assert "PHỤ LỤC I" in texts


def test_what_is_not_sent_is_marked_as_a_draft() -> None:
    """A commune's unsent report says so on every appendix, a sent one on none."""
    draft, sent = (load_workbook(io.BytesIO(render(report))) for report in (REPORT, DISTRICT))
    marks = [[any(c.value == "Dự thảo" for row in ws.iter_rows() for c in row) for ws in b] for b in (draft, sent)]

    assert marks[0][:3] == [True, True, True]
    assert not any(marks[1])


def test_an_appendix_that_the_source_does_not_contain_says_so() -> None:
    """Its sheet holds the reason and no invented table."""
    table = Table("PL5", "PHỤ LỤC 5", (), missing="Văn bản nguồn không có Phụ lục 5.")
    sheet = sheet_of(with_tables(Appendix(table, REPORT.letterhead, {})), "Phụ lục 5")

    assert "Văn bản nguồn không có Phụ lục 5." in [cell.value for cell in sheet["A"]]
    assert not any(cell.border.left.style for row in sheet.iter_rows() for cell in row if cell.value)


@pytest.mark.parametrize(
    ("lines", "tabs"),
    [
        (["PHỤ LỤC 1", "Phụ lục 6"], ["Phụ lục 1", "Phụ lục 6"]),
        (["PHỤ LỤC 1", "Phụ lục 1"], ["Phụ lục 1", "Phụ lục 1 (2)"]),
        (["Biểu 1/2: [A]"], ["Biểu 1 2   A"]),
        (["PHỤ LỤC III", "BIỂU MẪU"], ["Phụ lục III", "Biểu mẫu"]),
        (["PHỤ LỤC VỀ TỔ CHỨC BỘ MÁY CÁN BỘ XÃ"], ["Phụ lục VỀ TỔ CHỨC BỘ MÁY CÁN B"]),
    ],
)
def test_a_sheet_is_named_after_its_appendix(lines: list[str], tabs: list[str]) -> None:
    """Names keep to 31 characters, leave out what spreadsheets refuse and are never the same."""
    assert tab_names([Table(f"PL{n}", line, ()) for n, line in enumerate(lines)]) == tabs


def test_the_same_report_gives_the_same_bytes() -> None:
    """Nothing in the file comes from a clock."""
    assert render(DISTRICT) == render(DISTRICT)


def test_no_warnings_is_said_in_words() -> None:
    """An empty sheet would leave open whether anything was checked."""
    warnings = sheet_of(REPORT, "Cảnh báo")

    assert list(warnings.iter_rows(values_only=True))[1:] == [("Không có cảnh báo.", None, None, None)]


def test_a_warning_names_unit_place_finding_and_explanation() -> None:
    """The place is in the words of the paper."""
    row = next(sheet_of(DISTRICT, "Cảnh báo").iter_rows(min_row=2, values_only=True))

    assert row == (
        "Huyện Thanh Chương",
        "Phụ lục 3, Ủy ban Mặt trận Tổ quốc, Số lượng cán bộ / Cấp xã / CB nữ",
        "Số liệu tăng bất thường.",
        "Đã kiểm tra.",
    )


def test_every_total_shows_how_many_units_gave_a_figure() -> None:
    """n/N stands as text beside a total that points at the appendix."""
    rows = list(sheet_of(DISTRICT, "Nguồn số liệu").iter_rows(min_row=2, values_only=True))

    assert len(rows) == sum(len(sheet.totals) for sheet in EXPECTED.sheets)
    assert {row[4] for row in rows} == {"2/3", "0/3"}
    assert all(str(row[3]).startswith("='Phụ lục ") for row in rows)


def test_a_total_that_the_details_do_not_explain_is_printed_as_a_number() -> None:
    """A formula would change it in front of the reader."""
    sheet = sheet_of(replace(DISTRICT, details=DISTRICT.details[1:]), "Phụ lục 3")
    kinds = {cell.data_type for row in sheet.iter_rows(min_col=15, max_col=15) for cell in row if cell.value == 1803}

    assert kinds == {"n"}


def test_a_report_without_answers_prints_its_empty_forms() -> None:
    """A unit that has not begun gets whole grids with empty cells, and no sheets about totals."""
    appendices = tuple(replace(appendix, cells={}) for appendix in REPORT.appendices)
    book = load_workbook(io.BytesIO(render(replace(REPORT, appendices=appendices, entries=()))))
    figures = [cell.value for row in book["Phụ lục 3"].iter_rows(min_row=14, min_col=3) for cell in row]

    assert book.sheetnames == ["Phụ lục 3", "Phụ lục 4", "Phụ lục 6", "Dữ liệu", "Cảnh báo"]
    assert set(figures) == {None}


def test_an_unknown_profile_is_an_error() -> None:
    """It is the program's fault, not the person's."""
    with pytest.raises(KeyError, match="party_hd99"):
        render(replace(REPORT, profile="party_hd99"))
