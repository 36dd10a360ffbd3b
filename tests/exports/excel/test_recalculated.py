"""LibreOffice opens the workbook, calculates it anew and finds the totals that are stored in it."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports.excel.workbook import render
from exports.report import Report
from tests.exports.excel.compiled_samples import Hostile, province
from tests.exports.excel.samples import district
from tests.exports.xlsx.checker import CHECKS, Expected, File
from tests.exports.xlsx.xlsx_file import area_of

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not installed: nothing to recalculate with"
)
REPORT, EXPECTED = district()
COMPILED, COMPILED_EXPECTED = province(Hostile().names)


def recalculated(data: bytes, folder: Path) -> bytes:
    """Return the workbook as LibreOffice saves it after calculating every formula."""
    source = folder / "in" / "report.xlsx"
    source.parent.mkdir()
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True, timeout=180)
    return (folder / "report.xlsx").read_bytes()


def without_stored_values(data: bytes) -> bytes:
    """Return the workbook with the values beside its formulas taken away, so that none can be passed on unread."""
    book = load_workbook(io.BytesIO(data))
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


@pytest.mark.parametrize(
    ("report", "expected"), [(REPORT, EXPECTED), (COMPILED, COMPILED_EXPECTED)], ids=["district", "province"]
)
def test_recalculated_totals_equal_the_stored_ones(report: Report, expected: Expected, tmp_path: Path) -> None:
    """Every formula gives the value that stands beside it, and none an error."""
    good = render(report)
    stored = load_workbook(io.BytesIO(good), data_only=True)
    formulas = load_workbook(io.BytesIO(good))
    found = File(recalculated(without_stored_values(good), tmp_path))
    places = [(ws.title, c.coordinate) for ws in formulas for row in ws.iter_rows() for c in row if c.data_type == "f"]
    values = {place: (stored[place[0]][place[1]].value, found.shown[place[0]][place[1]].value) for place in places}

    assert len(places) > 100
    assert {place: pair for place, pair in values.items() if not _equal(*pair)} == {}
    assert CHECKS["D32"](found, expected) == []


def test_a_changed_figure_of_one_commune_changes_the_total(tmp_path: Path) -> None:
    """The official corrects a line of the detail sheet by hand; '-' replaced by a number is counted too."""
    book = load_workbook(io.BytesIO(render(REPORT)))
    details = book["Chi tiết"]
    lines = [row for row in details.iter_rows(min_row=2) if row[6].value == "PL3|mttq|xa.tong_so"]
    for line, figure in zip(lines, (1, 2, 3), strict=True):
        line[5].value = figure
    changed = io.BytesIO()
    book.save(changed)
    shown = File(recalculated(changed.getvalue(), tmp_path)).shown["Phụ lục 3"]
    row = area_of(shown, EXPECTED.sheets[2]).entries[0][0]

    assert shown.cell(row, 15).value == 6


def test_a_changed_figure_of_one_unit_changes_the_appendix_and_its_source(tmp_path: Path) -> None:
    """A coordinator corrects one commune behind a compiled appendix; "-" replaced by a number is counted too."""
    report, expected = province()
    book = load_workbook(io.BytesIO(render(report)))
    units = book["Phụ lục 3 - đơn vị"]
    heads = [cell.value for cell in units[3]]
    total, women = (heads.index(f"Số lượng cán bộ / Cấp xã / {name}") + 1 for name in ("Tổng số", "CB nữ"))
    rows = {(row[1].value, row[3].value): row[0].row for row in units.iter_rows(min_row=4)}
    units.cell(rows["X1", "mttq"], total).value = 1000
    none = next(code for code in ("X1", "X2", "X3") if units.cell(rows[code, "hnd"], women).value == "-")
    units.cell(rows[none, "hnd"], women).value = 7
    changed = io.BytesIO()
    book.save(changed)
    shown = File(recalculated(changed.getvalue(), tmp_path)).shown
    area = area_of(shown["Phụ lục 3"], expected.sheets[2])
    found = [shown["Phụ lục 3"].cell(area.entries[entry - 1][0], column).value for entry, column in ((1, 15), (3, 16))]
    before = [expected.sheets[2].cells[place] for place in ((1, 15), (3, 16))]
    sources = [line[3] for line in shown["Nguồn số liệu"].values if line[0] == "Phụ lục 3"]

    assert found == [int(str(before[0])) + 98, int(str(before[1] or 0)) + 7]
    assert found[0] in sources


def test_a_changed_status_changes_the_counts(tmp_path: Path) -> None:
    """The counts of the progress sheet are formulas over its units; together they stay all units."""
    report, _ = province()
    book = load_workbook(io.BytesIO(render(report)))
    cell = next(row[2] for row in book["Tiến độ"].iter_rows() if row[0].value == "Y1")
    cell.value = "đã gửi"
    changed = io.BytesIO()
    book.save(changed)
    lines = {line[1]: line[2:4] for line in File(recalculated(changed.getvalue(), tmp_path)).shown["Tiến độ"].values}

    assert (lines["chưa mở"], lines["đã gửi"], lines["Tổng số đơn vị"]) == ((0, 0), (3, 0), (10, 3))


def test_a_total_over_nothing_stays_empty(tmp_path: Path) -> None:
    """No unit gave a figure: the cell is empty, not 0."""
    third = REPORT.appendices[2]
    report = replace(REPORT, appendices=(third,))
    shown = File(recalculated(render(report), tmp_path)).shown["Phụ lục 3"]
    row = area_of(shown, EXPECTED.sheets[2]).entries[5][0]

    assert shown.cell(row, 18).value in (None, "")


def _equal(stored: object, found: object) -> bool:
    if isinstance(stored, int | float) and isinstance(found, int | float):
        return abs(stored - found) < 1e-9
    return (stored or "") == (found or "")
