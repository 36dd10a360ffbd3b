"""The sheet of files in a workbook: every assertion for spreadsheets holds with it, and what is typed stays text."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest

from dialogs.values.report_data import Enclosed
from exports.excel.workbook import render
from exports.sheet_names import ENCLOSED_SHEET
from tests.exports.excel.samples import commune
from tests.exports.xlsx.checker import CHECKS, File

AT = datetime(2019, 4, 1, 2, 0, tzinfo=UTC)
REPORT, EXPECTED = commune()
HOSTILE = ('=HYPERLINK("http://x")', "+1.pdf", "@a.pdf", "-2.docx", "ảnh lễ ký.jpg")


def enclosed(name: str) -> Enclosed:
    what = (name, "application/pdf", 9_000, "Lan", AT, f"=1+1 {name}")
    return Enclosed("X1", "Đảng ủy xã An Bình", "Mục II.1", "II.1", "", *what)


CONTENT = render(replace(REPORT, enclosed=tuple(map(enclosed, HOSTILE))))


@pytest.mark.parametrize("assertion", CHECKS)
def test_a_workbook_with_files_meets_the_assertion(assertion: str) -> None:
    assert CHECKS[assertion](File(CONTENT), EXPECTED) == []


def test_names_and_notes_are_text_and_whole() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(CONTENT))[ENCLOSED_SHEET]
    cells = [(row[3], row[7]) for row in sheet.iter_rows(min_row=2)]
    assert [name.value for name, _ in cells] == list(HOSTILE)
    assert {cell.data_type for row in cells for cell in row} == {"s"}
    assert cells[0][1].value == f"=1+1 {HOSTILE[0]}"
