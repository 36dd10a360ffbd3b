"""The sheet of the figures in the sentences of an outline: its totals, the units behind them, a unit's own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.form import Form
from dialogs.forms.form_file import read_form, shipped_text
from dialogs.forms.outline_figures import FIGURE, OUTLINE, outline_table
from dialogs.forms.questions import Respondent
from dialogs.values.report_data import CompiledReportData, Rolled, Told, UnitCells, UnitReportData, Warned
from exports.compiled.compiled_report import compiled_report
from exports.excel.workbook import render
from exports.report import Report
from exports.unit.unit_report import unit_report
from tests.exports.excel.compiled_samples import CREATED, FORM, standings
from tests.exports.excel.test_recalculated import SOFFICE, recalculated, without_stored_values

PERIODIC = read_form(shipped_text("tb160-2020"))
SHEET = "Số liệu trong đề cương"
UNITS = "Số liệu trong đề cương - đơn vị"
MEETINGS, PEOPLE, MONEY = "I.2|so_hoi_nghi", "I.2|so_luot_nguoi", "II.4.c|kinh_phi_bao_dam"
STANDINGS = standings(("Xã An Bình", "Xã Bình Sơn", "Xã Cát Văn"))
T, H1, H2 = (next(at for at, each in enumerate(STANDINGS) if each.code == code) for code in ("T", "H1", "H2"))
GIVEN = (
    (T, {MEETINGS: Told(State.VALUE, 4), PEOPLE: Told(State.NONE)}),
    (H1, {MEETINGS: Told(State.ZERO), MONEY: Told(State.VALUE, Decimal("1850.125"))}),
    (H2, {MEETINGS: Told(State.VALUE, 38), PEOPLE: Told(State.NONE), MONEY: Told(State.VALUE, Decimal("0.5"))}),
)
TOTALS = {
    Address("I.2", "", "so_hoi_nghi"): Rolled(42, 3, 3),
    Address("I.2", "", "so_luot_nguoi"): Rolled(None, 0, 2),
    Address("II.4.c", "", "kinh_phi_bao_dam"): Rolled(Decimal("1850.625"), 2, 3),
}


def source(
    form: Form = PERIODIC,
    given: Iterable[tuple[int, Mapping[str, Told]]] = GIVEN,
    replaced: Mapping[int, Mapping[str, Told]] | None = None,
) -> CompiledReportData:
    """Return the compiled report of a province whose units gave these figures, by the key of their row."""

    def cells(table: str) -> Iterable[UnitCells]:
        for unit, told in given if table == OUTLINE else ():
            left = {(row, FIGURE): each for row, each in (replaced or {}).get(unit, {}).items()}
            yield UnitCells(unit, {(row, FIGURE): each for row, each in told.items()}, left)

    return CompiledReportData(
        form=form,
        respondent=Respondent("tinh"),
        campaign="kl62-2019",
        period="",
        unit_code="T",
        unit_name="Tỉnh Nghệ An",
        parent_name="",
        own={},
        document={},
        letterhead={},
        profile="party_hd36",
        sent=True,
        created=CREATED,
        standings=STANDINGS,
        counted=("sent", "accepted"),
        contributions=lambda leaf: (),
        cells=cells,
        totals=TOTALS,
        entries=lambda: (),
    )


def own(
    *given: tuple[Address, State, Value], respondent: Respondent | None = None, form: Form = PERIODIC
) -> UnitReportData:
    return UnitReportData(
        form=form,
        respondent=respondent or Respondent("huyen"),
        campaign="kl62-2019",
        period="",
        unit_code="H1",
        unit_name="Huyện Thanh Chương",
        parent_name="Tỉnh Nghệ An",
        answers={address: Answer(address, state, value) for address, state, value in given},
        document={},
        letterhead={},
        profile="party_hd36",
        sent=True,
        created=CREATED,
        rolled={},
    )


def book_of(report: Report, *, values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(render(report)), data_only=values)


def figures(sheet: Worksheet) -> dict[str, object]:
    """Return what stands beside the name of each figure."""
    return {str(row[1].value): row[3].value for row in sheet.iter_rows(max_col=4) if row[1].value and row[0].value}


def label(key: str) -> str:
    table = outline_table(PERIODIC)
    assert table is not None
    return table.row(key).label


def test_totals_are_formulas_over_the_figures_of_the_units() -> None:
    """C10, C11: every unit's figure stands in a cell; the total finds it by the key of its row, its value beside it."""
    report = compiled_report(source())
    shown, formulas = book_of(report, values=True), book_of(compiled_report(source()))
    behind = [
        (row[1], row[3], row[4]) for row in shown[UNITS].values if row[1] in ("T", "H1", "H2") and row[4] is not None
    ]

    assert behind == [
        *(("T", MEETINGS, 4), ("T", PEOPLE, "-")),
        *(("H1", MEETINGS, 0), ("H1", MONEY, 1850.125)),
        *(("H2", MEETINGS, 38), ("H2", PEOPLE, "-"), ("H2", MONEY, 0.5)),
    ]
    found = figures(shown[SHEET])
    assert [found[label(key)] for key in (MEETINGS, PEOPLE, MONEY)] == [42, "-", 1850.625]
    totals = figures(formulas[SHEET])
    assert f"SUMIFS('{UNITS}'!$E$4:" in str(totals[label(MEETINGS)])
    assert f'"{MONEY}"' in str(totals[label(MONEY)])
    assert {str(total)[:4] for name, total in totals.items() if name != "Nội dung"} == {"=IF("}


def test_a_total_over_nothing_is_empty_and_says_nothing_of_zero() -> None:
    found = figures(book_of(compiled_report(replace(source(given=()), totals={})), values=True)[SHEET])

    assert {value for name, value in found.items() if name != "Nội dung"} == {None}


def test_every_total_has_its_share_of_the_units() -> None:
    """C8: n/N beside each, under the name of the figure."""
    lines = {line[1]: line[4] for line in book_of(compiled_report(source()))["Nguồn số liệu"].values}

    assert [lines[label(key)] for key in (MEETINGS, PEOPLE, MONEY)] == ["3/3", "0/2", "2/3"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: nothing to recalculate with")
def test_libreoffice_finds_the_stored_totals_and_follows_a_correction(tmp_path: Path) -> None:
    """Neither the bar and dots in a key nor the kinds of figures in one column keep a unit out of the sum."""
    good = render(compiled_report(source()))
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    stored = figures(load_workbook(io.BytesIO(good), data_only=True)[SHEET])
    found = figures(load_workbook(io.BytesIO(recalculated(without_stored_values(good), first)), data_only=True)[SHEET])
    assert {name: value or None for name, value in found.items()} == {n: v or None for n, v in stored.items()}

    book = load_workbook(io.BytesIO(good))
    rows = {(row[1].value, row[3].value): row[4] for row in book[UNITS].iter_rows(min_row=4)}
    rows["H1", MONEY].value, rows["H2", PEOPLE].value = 1000, 7
    changed = io.BytesIO()
    book.save(changed)
    found = figures(load_workbook(io.BytesIO(recalculated(changed.getvalue(), second)), data_only=True)[SHEET])
    assert [found[label(key)] for key in (MEETINGS, PEOPLE, MONEY)] == [42, 7, 1000.5]


def test_a_figure_that_is_replaced_is_named_in_the_warnings() -> None:
    """C16: of a whole territory the upper unit's own figure counts; whose was left out is told by its name."""
    left = {H1: {MEETINGS: Told(State.VALUE, 9), PEOPLE: Told(State.VALUE, 30)}}
    own_figures = {MEETINGS: Told(State.VALUE, 42), PEOPLE: Told(State.NONE)}
    given: tuple[tuple[int, dict[str, Told]], ...] = ((T, own_figures), (H1, {}))
    book = book_of(compiled_report(source(given=given, replaced=left)))

    assert [line[:3] for line in book["Cảnh báo"].values][1:] == [
        (
            "Huyện Thanh Chương",
            f"Mục I.2, {label(MEETINGS)}",
            "Không cộng: 9 (số của đơn vị cấp trên được dùng thay).",
        ),
        (
            "Huyện Thanh Chương",
            f"Mục I.2, {label(PEOPLE)}",
            "Không cộng: 30 (đợt báo cáo không cộng số của loại đơn vị này để không tính hai lần).",
        ),
    ]


def test_a_finding_at_a_figure_has_its_name() -> None:
    """C22: also where it is about a blank of a sentence and not about a cell."""
    warned = Warned("Huyện Đô Lương", "II.4.c", "", "kinh_phi_bao_dam", "Gấp 10 lần kỳ trước.", "Đã kiểm tra.")
    report = replace(compiled_report(source()), warnings=(warned,))

    assert list(book_of(report)["Cảnh báo"].values)[1] == (
        "Huyện Đô Lương",
        f"Mục II.4.c, {label(MONEY)}",
        "Gấp 10 lần kỳ trước.",
        "Đã kiểm tra.",
    )


def test_a_form_without_such_figures_has_no_such_sheet() -> None:
    for report in (compiled_report(source(FORM, ())), unit_report(own(form=FORM))):
        assert report.outline is None
        assert not [name for name in book_of(report).sheetnames if name.startswith(SHEET)]


def test_a_units_own_workbook_shows_its_figures_in_their_states() -> None:
    """The value, 0, '-' or nothing: numbers as numbers, no formula and no sheet of units."""
    given = (
        (Address("I.2", "", "so_hoi_nghi"), State.ZERO, None),
        (Address("I.2", "", "so_luot_nguoi"), State.NONE, None),
        (Address("II.4.c", "", "kinh_phi_bao_dam"), State.VALUE, Decimal("1850.125")),
        (Address("II.4.c", "", "kien_nghi_da_giai_quyet"), State.EMPTY, None),
    )
    book = book_of(unit_report(own(*given)))
    found = figures(book[SHEET])

    assert [found[label(key)] for key in (MEETINGS, PEOPLE, MONEY)] == [0, "-", 1850.125]
    assert found[label("II.4.c|kien_nghi_da_giai_quyet")] is None
    assert UNITS not in book.sheetnames


def test_a_unit_is_shown_what_it_is_asked_and_what_it_gave_all_the_same() -> None:
    """An organisation of another body is not asked II.4.c: an empty row there would say that it has not answered."""
    women = Respondent("to_chuc", body="pn")
    asked = {str(key) for key in figures(book_of(unit_report(own(respondent=women)))[SHEET])}
    given = (Address("II.4.c", "", "kinh_phi_bao_dam"), State.VALUE, Decimal(5))
    taken_back = (Address("II.4.c", "", "kien_nghi_da_giai_quyet"), State.EMPTY, None)
    all_the_same = figures(book_of(unit_report(own(given, taken_back, respondent=women)))[SHEET])

    assert label(MEETINGS) in asked
    assert label(MONEY) not in asked
    assert all_the_same[label(MONEY)] == 5
    assert label("II.4.c|kien_nghi_da_giai_quyet") not in all_the_same


@pytest.mark.parametrize("profile", ["party_hd05", "party_hd36", "nd30", "front"])
def test_the_head_has_room(profile: str) -> None:
    """The columns of this table leave no room for two halves: each line stands across the whole sheet."""
    report = unit_report(replace(own(), profile=profile))
    sheet = book_of(report)[SHEET]
    body = next(cell for row in sheet.iter_rows() for cell in row if cell.value == report.letterhead.issuing_body)

    assert f"A{body.row}:D{body.row}" in map(str, sheet.merged_cells.ranges)


def test_keys_and_legend_of_the_units_are_readable() -> None:
    """A key stands on one line of its column; the legend, across the sheet, wraps and tells what an empty cell is."""
    sheet = book_of(compiled_report(source()))[UNITS]
    longest = max(len(str(row[3].value)) for row in sheet.iter_rows(min_row=4))

    assert sheet.column_dimensions["D"].width > longest * 0.8
    assert {"A1:E1", "A2:E2"} <= set(map(str, sheet.merged_cells.ranges))
    assert sheet["A2"].alignment.wrap_text
    assert (sheet.row_dimensions[2].height or 0) > 30
    assert "ô trống: chưa trả lời, không phải trả lời, hoặc số liệu không được cộng" in str(sheet["A2"].value)
