"""A row that a unit added itself, printed: its number, its name, its unit of measure and its figures."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal

import docx
import openpyxl

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.forms.questions import Respondent
from dialogs.values.report_data import UnitReportData
from exports.excel import workbook
from exports.report import Report
from exports.unit.unit_report import unit_report
from exports.word import document as word

ROWS: dict[str, dict[str, Value]] = {
    "them.1": {
        "noi_dung": "Tặng quà Tết",
        "dvt": "suất quà",
        "so_luong": Decimal("1250.5"),
        "kinh_phi": Decimal("96.5"),
    },
    "them.10": {"noi_dung": "Quỹ khuyến học", "so_luong": 3},
    "them.9": {"noi_dung": "Nhà văn hóa", "dvt": "nhà"},
}


def printed() -> Report:
    answers = {
        (address := Address("TONG_HOP", row, column)): Answer(address, State.VALUE, value)
        for row, cells in ROWS.items()
        for column, value in cells.items()
    }
    source = UnitReportData(
        form=read_form(shipped_text("kl102-2019")),
        respondent=Respondent("xa"),
        campaign="kl62-2019",
        period="",
        unit_code="X1",
        unit_name="Đảng ủy xã An Bình",
        parent_name="Huyện ủy Thanh Sơn",
        answers=answers,
        document={},
        letterhead={},
        profile="party_hd36",
        sent=False,
        created=datetime(2019, 4, 1, tzinfo=UTC),
        rolled={},
    )
    return unit_report(source)


def test_word_prints_name_measure_and_figures_after_the_forms_rows() -> None:
    """Numbered on from the eleven, in the order of their keys' numbers."""
    document = docx.Document(io.BytesIO(word.render(printed())))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    last = next(place for place, row in enumerate(rows) if row[0] == "11")
    assert rows[last + 1 : last + 4] == [
        ["12", "Tặng quà Tết", "suất quà", "1.250,5", "96,5", ""],
        ["13", "Nhà văn hóa", "nhà", "", "", ""],
        ["14", "Quỹ khuyến học", "", "3", "", ""],
    ]


def test_excel_prints_them_too_and_hides_no_fraction() -> None:
    """A fraction is shown as one, though the column counts whole things in the form's own rows."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(printed())))
    (sheet,) = (sheet for sheet in book if sheet.title == "Tổng hợp")
    cells = {str(row[0].value): row for row in sheet.iter_rows(max_col=6)}
    assert [cell.value for cell in cells["12"]] == ["12", "Tặng quà Tết", "suất quà", 1250.5, 96.5, None]
    assert [cell.value for cell in cells["14"]] == ["14", "Quỹ khuyến học", None, 3, None, None]
    assert "." in cells["12"][3].number_format
    assert "." not in cells["14"][3].number_format
