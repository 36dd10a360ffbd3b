"""The units behind compiled appendices, the progress sheet and the warnings, in the cases the samples do not hold."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dialogs.forms.answers import State, Value
from dialogs.forms.form import Table
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.texts.labels import STATUS
from dialogs.values.report_data import Told, UnitCells, Warned
from exports import standings as lists
from exports.excel.workbook import render
from exports.report import Appendix, Cell, Report
from exports.sheet_names import free_tab, tab_names
from tests.exports.excel.compiled_samples import FORM, HEAD, compiled, province

REPORT, EXPECTED = province()
ITEMS = read_form(shipped_text("kl102-2019")).table("TONG_HOP")


def book_of(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(render(replace(report, entries=()))))


def units_of(table: Table, *units: UnitCells) -> Worksheet:
    """Return the sheet of the units behind ``table``."""
    book = book_of(replace(REPORT, appendices=(Appendix(table, HEAD, {}, (), units),)))
    return book[book.sheetnames[1]]


def told(value: Value, state: State = State.VALUE) -> Told:
    return Told(state, value)


def test_the_sheets_stand_in_the_order_of_reading() -> None:
    """What an office prints first, then where it comes from, then who is missing, then the data."""
    appendices = [f"Phụ lục {number}" for number in (1, 2, 3, 4, 6)]
    behind = [f"{name} - đơn vị" for name in appendices]

    assert book_of(REPORT).sheetnames == [
        *appendices,
        *behind,
        *("Nguồn số liệu", "Tiến độ", "Dữ liệu", "Cảnh báo"),
    ]


def test_a_figure_that_an_upper_unit_replaces_is_told_and_not_added() -> None:
    """Its cell is empty; the warnings say whose figure was left out, and how much it was."""
    book = book_of(REPORT)
    row = next(row for row in book["Phụ lục 3 - đơn vị"].values if row[:4:3] == ("Xã Cát Văn", "mttq"))
    column = EXPECTED.sheets[2].behind.heads.index("Số lượng cán bộ / Cấp xã / Tổng số")  # type: ignore[union-attr]
    lines = [line for line in book["Cảnh báo"].values if line[0] == "Xã Cát Văn"]

    assert row[column] is None
    assert lines == [
        (
            "Xã Cát Văn",
            "Phụ lục 3, Ủy ban Mặt trận Tổ quốc, Số lượng cán bộ / Cấp xã / Tổng số",
            "Không cộng: 909 (số của đơn vị cấp trên được dùng thay).",
            None,
        )
    ]


def test_a_figure_that_the_campaign_does_not_add_is_told_with_its_own_reason() -> None:
    """No upper unit gave one: this kind of unit is left out of the sums of the campaign."""
    cell = ("hoc_bong", "so_luong")
    units = (UnitCells(1, {cell: told(9)}, {}), UnitCells(2, {}, {cell: told(4)}), UnitCells(7, {}, {cell: told(5)}))
    report = replace(REPORT, appendices=(Appendix(ITEMS, HEAD, {}, (), units),), warnings=())
    found = {line[0]: str(line[2]) for line in book_of(report)["Cảnh báo"].values}

    assert found["Xã An Bình"] == "Không cộng: 4 (số của đơn vị cấp trên được dùng thay)."
    assert found["Huyện Đô Lương"].startswith("Không cộng: 5 (đợt báo cáo không cộng")


def test_what_is_not_added_is_told_in_the_order_of_the_form() -> None:
    """Whatever order the database gave them in; "chưa có số liệu" of the unit above has replaced nothing."""
    cells = {("lam_duong", "so_luong"): told(1), ("hoc_bong", "kinh_phi"): told(2), ("hoc_bong", "so_luong"): told(3)}
    above = dict.fromkeys(cells, told(None, State.NONE))
    units = (UnitCells(1, above, {}), UnitCells(2, {}, cells))
    report = replace(REPORT, appendices=(Appendix(ITEMS, HEAD, {}, (), units),), warnings=())
    found = [str(line[2]) for line in book_of(report)["Cảnh báo"].values][1:]

    assert [line.split()[2] for line in found] == ["3", "2", "1"]
    assert all("đợt báo cáo không cộng" in line for line in found)


@pytest.mark.parametrize("profile", ["party_hd05", "party_hd36", "nd30", "front"])
@pytest.mark.parametrize("place", ["Vinh", "Thành phố Hồ Chí Minh"])
def test_the_name_of_the_body_is_never_squeezed(profile: str, place: str) -> None:
    """The sheet of kl102-2019 begins with a column of 10 mm: a long date line beside it leaves the name another row."""
    head = replace(HEAD, place=place)
    sheet = book_of(replace(REPORT, profile=profile, appendices=(Appendix(ITEMS, head, {}),), standings=())).worksheets[
        0
    ]
    merged = next(str(found) for found in sheet.merged_cells.ranges if sheet.cell(1, 1).coordinate in found)
    columns = [sheet.column_dimensions[letter].width for letter in "ABCDEF"[: "ABCDEF".index(merged[3]) + 1]]

    assert sheet["A1"].value == HEAD.issuing_body
    assert sum(columns) > len(HEAD.issuing_body)


def test_the_first_tab_is_the_one_that_is_shown() -> None:
    """Also where the form has no appendices: the progress sheet then comes first."""
    book = book_of(replace(REPORT, appendices=()))

    assert book.sheetnames[0] == "Tiến độ"
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [True, False, False]


def test_warnings_stand_together_by_unit_in_administrative_order() -> None:
    """Whatever order they were found in; what is about a unit that is not listed comes last."""
    warned = [Warned(name, "PL3", "mttq", "xa.cb_nu", name) for name in ("Lạ", "Xã Cát Văn", "Tỉnh Nghệ An")]
    found = [line[0] for line in book_of(replace(REPORT, warnings=tuple(warned)))["Cảnh báo"].values][1:]

    assert found == ["Tỉnh Nghệ An", "Xã Cát Văn", "Xã Cát Văn", "Lạ"]


def test_rows_that_a_unit_added_stand_in_its_block_under_their_own_names() -> None:
    """Two units' "them.1" are two things; the next unit has its own rows only."""
    added = {("them.1", "noi_dung"): told("Tặng xe lăn"), ("them.1", "so_luong"): told(7)}
    other = {("hoc_bong", "so_luong"): told(3), ("them.2", "kinh_phi"): told(Decimal("1.5"))}
    rows = list(units_of(ITEMS, UnitCells(2, added, {}), UnitCells(3, other, {})).values)[3:]
    count = len(ITEMS.rows)

    assert [row[3] for row in rows].count("them.1") == 1
    assert rows[count][1:5] == ("X1", "Tặng xe lăn", "them.1", 7)
    assert rows[count + 1][1:5] == ("Y1", f"{ITEMS.rows[0].label} (suất)", "hoc_bong", 3)
    assert rows[-1][3:6] == ("them.2", None, 1.5)


def test_a_text_longer_than_a_cell_goes_on_in_the_next_row_of_its_unit() -> None:
    """The names and the key repeat, the numbers do not: they would be added twice."""
    documents = tuple(f"Kế hoạch số {number:04}-KH/HU về thực hiện Kết luận số 62-KL/TW" for number in range(600))
    cells = {("mttq", "ke_hoach"): told(documents), ("mttq", "so_cuoc_kt_gs"): told(5)}
    rows = list(units_of(FORM.table("PL1"), UnitCells(1, cells, {})).values)[3:]
    found = [row for row in rows if row[3] == "mttq"]

    assert len(found) == 3
    assert "".join(str(row[6]) for row in found) == "\n".join(f"- {each}" for each in documents) + "\n(600 văn bản)"
    assert [row[9] for row in found] == [5, None, None]
    assert {row[:4] for row in found} == {("Huyện Thanh Chương", "H1", "Mặt trận Tổ quốc Việt Nam", "mttq")}


def test_every_kind_of_cell_keeps_its_type_and_state() -> None:
    """Zero is 0 in a count and "0" in a list, none is '-', a day is a day, long numbers are text, "=1" is text."""
    cells = {
        ("mttq.tinh", "nsnn"): told(Decimal("0.00"), State.ZERO),
        ("mttq.tinh", "thu_khac"): told(None, State.ZERO),
        ("mttq.tinh", "ghi_chu"): told("=1+1"),
        ("ldld.tinh", "nsnn"): told(Decimal("1234567890.1234567")),
        ("ldld.tinh", "thu_khac"): told(None, State.NONE),
        ("ldld.tinh", "ghi_chu"): told(None, State.ZERO),
        ("hnd.tinh", "nsnn"): told(10**16),
        ("retired", "nsnn"): told(None, State.EMPTY),
    }
    sheet = units_of(FORM.table("PL6"), UnitCells(0, cells, {}))
    found = {row[3].value: row[4:7] for row in sheet.iter_rows(min_row=4)}

    assert [cell.value for cell in found["mttq.tinh"]] == [0, 0, "=1+1"]
    assert [cell.number_format for cell in found["mttq.tinh"][:2]] == ["#,##0", "#,##0"]
    assert found["mttq.tinh"][2].data_type == "s"
    assert [cell.value for cell in found["ldld.tinh"]] == ["1234567890.1234567", "-", "0"]
    assert found["hnd.tinh"][0].value == str(10**16)
    assert [cell.value for cell in found["hnd.xa"]] == [None, None, None]


def test_a_day_in_a_row_of_its_own_kind_is_a_day() -> None:
    """The rows of one column may be of different kinds; a measured row keeps its decimals."""
    cells = {("lam_duong", "so_luong"): told(Decimal("3.75")), ("hoc_bong", "so_luong"): told(12)}
    sheet = units_of(ITEMS, UnitCells(2, cells, {}))
    found = {row[3].value: row[4] for row in sheet.iter_rows(min_row=4)}

    assert (found["lam_duong"].value, found["lam_duong"].number_format) == (3.75, "#,##0.0##")
    assert (found["hoc_bong"].value, found["hoc_bong"].number_format) == (12, "#,##0")


def test_a_total_that_the_units_do_not_explain_is_printed_as_a_number() -> None:
    """A formula would change it in front of the reader."""
    third = REPORT.appendices[2]
    wrong = Cell(State.VALUE, 5000, rolled=True, counted=3, expected=3)
    report = replace(REPORT, appendices=(replace(third, cells={**third.cells, ("mttq", "xa.tong_so"): wrong}),))
    cell = next(cell for row in book_of(report)["Phụ lục 3"].iter_rows() for cell in row if cell.value == 5000)

    assert cell.data_type == "n"


def test_a_total_that_everybody_has_no_figure_for_says_so_and_stays_live() -> None:
    """'-' is what the units said; a figure typed later still adds up."""
    third = REPORT.appendices[2]
    nobody = Cell(State.NONE, None, rolled=True, counted=0, expected=3)
    units = (UnitCells(2, {("mttq", "xa.tong_so"): Told(State.NONE)}, {}),)
    report = replace(REPORT, appendices=(replace(third, cells={("mttq", "xa.tong_so"): nobody}, units=units),))
    shown = load_workbook(io.BytesIO(render(replace(report, entries=()))), data_only=True)
    cells = [cell for row in book_of(report)["Phụ lục 3"].iter_rows() for cell in row if '=0,"-"' in str(cell.value)]

    assert [shown["Phụ lục 3"][cell.coordinate].value for cell in cells] == ["-"]
    assert [row[3:] for row in shown["Nguồn số liệu"].values][1:] == [("-", "0/3")]


def test_the_lists_are_those_of_the_other_doors() -> None:
    """Word, Excel and the command list the same units: here by code, in the same order."""
    rows = list(book_of(REPORT)["Tiến độ"].values)
    heads = [at for at, row in enumerate(rows) if str(row[0]).startswith("Đơn vị ")]
    found = [
        [row[0] for row in rows[start + 1 : end] if row[1]]
        for start, end in zip(heads, [*heads[1:], len(rows)], strict=True)
    ]
    chosen = (lists.missing, lists.late, lists.returned)

    assert found == [[each.code for each in choose(REPORT.standings)] for choose in chosen]
    assert all(found)
    assert [row[2] for row in rows if row[0] == "Y3"] == [STATUS[each.status] for each in REPORT.standings[5:6]] * 3


def test_an_empty_list_says_so() -> None:
    """A missing heading would leave open whether anybody looked."""
    everybody = tuple(replace(each, late=False) for each in REPORT.standings if each.counted)
    report, _ = compiled(everybody)

    assert [row[0] for row in book_of(report)["Tiến độ"].values].count("Không có.") == 3


def test_times_are_local_and_a_deadline_is_its_last_day() -> None:
    """The snapshot's zone; 24:00 of the tenth is stored as midnight of the eleventh."""
    due, sent = datetime(2019, 4, 10, 17, tzinfo=UTC), datetime(2019, 4, 9, 18, 5, tzinfo=UTC)
    units = tuple(replace(each, due=due, first_sent_at=sent, sent_at=sent) for each in REPORT.standings)
    row = next(row for row in book_of(replace(REPORT, standings=units))["Tiến độ"].values if row[0] == "H1")

    assert [str(moment) for moment in row[7:]] == ["2019-04-10 00:00:00", *["2019-04-10 01:05:00"] * 2]


def test_units_are_indented_by_depth_without_changing_their_names() -> None:
    """A filter and a look-up by name find them."""
    cells = [row[1] for row in book_of(REPORT)["Tiến độ"].iter_rows() if row[0].value in ("T", "H1", "X1")]

    assert [cell.value for cell in cells[:3]] == ["Tỉnh Nghệ An", "Huyện Thanh Chương", "Xã An Bình"]
    assert [cell.alignment.indent for cell in cells[:3]] == [0, 1, 2]


@pytest.mark.parametrize(
    ("tab", "taken", "name"),
    [
        ("Phụ lục 3", [], "Phụ lục 3 - đơn vị"),
        ("Phụ lục VỀ TỔ CHỨC BỘ MÁY CÁN B", [], "Phụ lục VỀ TỔ CHỨC BỘ - đơn vị"),
        ("Phụ lục 3", ["phụ lục 3 - đơn vị"], "Phụ lục 3 - đơn vị (2)"),
        ("Phụ lục VỀ TỔ CHỨC BỘ MÁY CÁN B", ["Phụ lục VỀ TỔ CHỨC BỘ - đơn vị"], "Phụ lục VỀ TỔ CHỨ - đơn vị (2)"),
    ],
)
def test_a_sheet_of_units_has_a_short_name_of_its_own(tab: str, taken: list[str], name: str) -> None:
    """At most 31 characters, whatever the appendix is called and whatever is taken."""
    assert free_tab(tab, " - đơn vị", taken) == name
    assert len(name) <= 31


def test_no_appendix_takes_the_name_of_another_sheet() -> None:
    """A form may have a table called "Tiến độ"."""
    assert tab_names([Table("A", "TIẾN ĐỘ", ()), Table("B", "DỮ LIỆU", ())]) == ["Tiến độ (2)", "Dữ liệu (2)"]
