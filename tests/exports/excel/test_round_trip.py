"""What a person typed is what the workbook holds: any text, any number, any list, read back with openpyxl."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dialogs.forms.answers import State, Value
from dialogs.values.report_data import DataLine
from exports.excel.workbook import render
from exports.report import Cell
from tests.exports.excel.samples import HANOI, commune, district

REPORT, _ = commune()
DISTRICT, _ = district()


def stored(text: str) -> str:
    """Return ``text`` as answers are stored: NFC, plain line ends, no control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


# openpyxl drops "x005F_" wherever it stands in a shared string, escape or not.
TEXTS = (
    st.one_of(
        st.text(max_size=200),
        st.text(alphabet="ăâđêôơư ỹợ\n\t=+-@'\"<>&_x0D", max_size=80),
        st.sampled_from(
            ["=1+1", "-", "+5", "@a", "05-BC/ĐU", "0912345678", " hai đầu ", "a\n\nb\n", "😀 chữ", "_x000D_"]
        ),
    )
    .map(stored)
    .filter(lambda text: text and "x005f_" not in text.lower())
)


def entry(value: Value, state: State = State.VALUE, at: datetime | None = None) -> DataLine:
    return DataLine("X1", "Xã An Bình", "II.1", "", "", value, state, "A", at, "web")


def data_of(entries: tuple[DataLine, ...]) -> Worksheet:
    book = load_workbook(io.BytesIO(render(replace(REPORT, entries=entries))))
    return book["Dữ liệu"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=1, max_size=8))
@example(["_x0041_x0042_", "=HYPERLINK(1)", "\ttab", "1,5", "1e5", "TRUE", "#REF!", "\u200bkhông"])
def test_any_stored_text_is_read_back_unchanged(texts: list[str]) -> None:
    """Text is never cut, never reworded, and never becomes a formula or a number."""
    sheet = data_of(tuple(map(entry, texts)))
    cells = [sheet.cell(row, 6) for row in range(2, 2 + len(texts))]

    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS.filter(lambda text: "\n" not in text), min_size=1, max_size=40), st.integers(0, 5))
def test_a_list_in_an_appendix_keeps_every_item(items: list[str], row: int) -> None:
    """Each document has its line, in order, however many rows of the sheet the list takes."""
    key = ("mttq", "ldld", "hnd", "doan", "pn", "ccb")[row]
    first = replace(DISTRICT.appendices[0], cells={(key, "nghi_quyet"): Cell(State.VALUE, tuple(items))})
    book = load_workbook(io.BytesIO(render(replace(DISTRICT, appendices=(first,)))))
    column = [cell.value for cell in book["Phụ lục 1"]["C"] if isinstance(cell.value, str)]
    start = column.index("(3)") + 1
    printed = "\n".join(column[start:])
    marked = "".join(f"- {item}" for item in items) + f"({len(items)} văn bản)"

    assert printed.replace("\n", "") == marked


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.integers(-(10**15) + 1, 10**15 - 1),
        st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**9, min_value=0),
    )
)
def test_any_number_is_read_back_exactly(number: int | Decimal) -> None:
    """Whole numbers and decimals are numbers, to the last digit that a spreadsheet keeps."""
    cell = data_of((entry(number),)).cell(2, 6)

    assert cell.data_type == "n"
    assert Decimal(str(cell.value)) == Decimal(number)


@pytest.mark.parametrize("number", [10**15, Decimal("1234567890.1234567")])
def test_a_number_with_more_digits_than_a_spreadsheet_keeps_stays_text(number: int | Decimal) -> None:
    """A spreadsheet would round it in silence."""
    assert data_of((entry(number),)).cell(2, 6).value == str(number)


@pytest.mark.parametrize("length", [32_767, 32_768, 40_000, 100_000])
def test_a_text_longer_than_a_cell_goes_on_in_further_rows_with_the_same_keys(length: int) -> None:
    """Nothing is lost, the parts join to the text, and the warnings say where they stand."""
    text = ("Địa bàn rộng 😀. " * (length // 16 + 1))[:length]
    book = load_workbook(io.BytesIO(render(replace(REPORT, entries=(entry(text), entry("ngắn"))))))
    rows = list(book["Dữ liệu"].iter_rows(min_row=2, values_only=True))
    keys = {row[:5] for row in rows}
    said = book["Cảnh báo"].cell(2, 3).value

    assert "".join(str(row[5]) for row in rows[:-1]) == text
    assert all(len(str(row[5]).encode("utf-16-le")) // 2 <= 32_767 for row in rows)
    assert len(keys) == 1
    assert ("sheet “Dữ liệu”" in str(said)) == (len(rows) > 2)


def test_a_text_with_more_lines_than_a_cell_holds_goes_on_too() -> None:
    """A cell holds 253 line ends."""
    text = "\n".join(f"dòng {number}" for number in range(1000))
    values = [
        str(row[0]) for row in data_of((entry(text),)).iter_rows(min_row=2, min_col=6, max_col=6, values_only=True)
    ]

    assert "".join(values) == text
    assert max(value.count("\n") for value in values) <= 253


def test_states_and_types_stay_apart_in_the_long_sheet() -> None:
    """Zero is 0, none is '-', a list has a line per item, a date is a date; times are as given."""
    at = datetime(2026, 11, 3, 16, 45, tzinfo=HANOI)
    values = (
        entry(None, State.ZERO),
        entry(None, State.NONE),
        entry(None, State.EMPTY),
        entry(("một", "hai")),
        entry(date(2026, 2, 5), at=at),
    )
    sheet = data_of(values)
    read = [sheet.cell(row, 6).value for row in range(2, 7)]

    assert read[:4] == [0, "-", None, "một\nhai"]
    assert isinstance(read[4], datetime) and read[4].date() == date(2026, 2, 5)
    assert [sheet.cell(row, 7).value for row in range(2, 7)] == ["zero", "none", "empty", "value", "value"]
    assert sheet.cell(6, 6).number_format == "dd/mm/yyyy"
    assert sheet.cell(6, 9).value == at.replace(tzinfo=None)


def test_the_long_sheet_has_exactly_the_agreed_columns() -> None:
    """Outside programs rely on their names and order."""
    heads = next(data_of((entry("a"),)).iter_rows(max_row=1, values_only=True))

    assert heads == ("unit", "unit_name", "field", "row", "column", "value", "state", "by", "at", "channel")


def test_a_day_before_1900_is_written_as_text() -> None:
    """Spreadsheets have no number for it."""
    assert data_of((entry(date(1899, 5, 1)),)).cell(2, 6).value == "1899-05-01"
