"""The long data sheet of a large campaign: read once, continued in a further sheet, texts whole wherever they stand."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from dialogs.forms.answers import State, Value
from dialogs.values.report_data import DataLine
from exports.excel.cells import SHARED, Pen
from exports.excel.data import DATA_COLUMNS, DataSheets
from exports.excel.package import OpenWorkbook, Properties
from exports.excel.styles import style_numbers
from exports.excel.workbook import render, write
from tests.exports.excel.compiled_samples import Hostile, province
from tests.exports.excel.samples import HANOI
from tests.exports.xlsx.checker import File

AT = datetime(2026, 11, 3, 16, 45, tzinfo=HANOI)


def entry(value: Value, unit: str = "X1") -> DataLine:
    return DataLine(unit, f"Xã {unit}", "P1.I.1.a", "", "", value, State.VALUE, "Lê Thị B", AT, "telegram")


def stored(entries: Iterable[DataLine], most: int) -> tuple[Workbook, DataSheets]:
    """Return the data sheets of ``entries``, ``most`` rows each, as they are read back."""
    pen, target = Pen(style_numbers()), io.BytesIO()
    sheets = DataSheets(pen, entries, most)
    with OpenWorkbook(target, pen) as book:
        for number, drawn in enumerate(sheets.sheets(), 1):
            book.store(number, drawn)
        book.bind(Properties("BÁO CÁO", "TỈNH ỦY", AT))
    return load_workbook(target), sheets


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (9, [9]), (10, [9, 1]), (18, [9, 9]), (19, [9, 9, 1])])
def test_more_lines_than_a_sheet_holds_go_on_in_the_next(count: int, sizes: list[int]) -> None:
    """Each sheet has the heads; nothing is lost, doubled or moved where one ends."""
    book, _ = stored((entry(number) for number in range(1, count + 1)), 10)
    rows = [list(sheet.iter_rows(values_only=True)) for sheet in book]

    assert book.sheetnames == ["Dữ liệu", *(f"Dữ liệu ({number})" for number in range(2, len(sizes) + 1))]
    assert [len(found) - 1 for found in rows] == sizes
    assert {found[0] for found in rows} == {DATA_COLUMNS}
    assert [row[5] for found in rows for row in found[1:]] == list(range(1, count + 1))
    assert [sheet.auto_filter.ref for sheet in book] == [f"A1:J{size + 1}" for size in sizes]


def test_the_parts_of_a_long_text_stay_on_one_sheet() -> None:
    """The warning names the sheet and the rows in which it goes on."""
    text = "dài " * 20_000
    book, sheets = stored([entry(number) for number in range(8)] + [entry(text), entry("sau")], 10)
    second = [row[5] for row in book["Dữ liệu (2)"].iter_rows(min_row=2, values_only=True)]

    assert book["Dữ liệu"].max_row == 9
    assert "".join(map(str, second[:-1])) == text
    assert second[-1] == "sau"
    assert [remark[4].rpartition("phần")[2] for remark in sheets.remarks] == [
        " tiếp theo ở dòng 3-4 của sheet “Dữ liệu (2)”."
    ]


def test_texts_beyond_the_shared_table_stand_in_their_cells_and_are_whole() -> None:
    """A large campaign does not grow one table of all its texts; what was typed is read back either way."""
    texts = [f"{number}. " + "Vận động nhân dân <thực hiện> & giám sát\n" * 120 for number in range(400)]
    texts += ["_x0041_", "=1+1", "", " hai đầu "]
    report, _ = province()
    file = File(render(replace(report, entries=map(entry, texts))))
    read = [row[5] for row in file.book["Dữ liệu"].iter_rows(min_row=2, values_only=True)]

    assert read == [text or None for text in texts]
    assert len(file.part("xl/sharedStrings.xml")) < SHARED * 2 < sum(map(len, texts)) * 1.5
    assert {cell.data_type for cell in file.book["Dữ liệu"]["F"] if cell.value} == {"s"}


def test_hostile_texts_are_stored_as_they_are() -> None:
    """Nothing becomes a formula, a number or broken XML; only characters that no file can hold are left out."""
    texts = Hostile().texts
    report, _ = province()
    file = File(render(replace(report, entries=map(entry, texts))))
    cells = [cell for cell in file.book["Dữ liệu"]["F"][1:] if cell.value is not None]
    wanted = [text.replace("\x07", "").replace("\x1f", "") for text in texts]
    long = next(text for text in texts if len(text) > 32_767)

    assert {cell.data_type for cell in cells} == {"s"}
    assert "".join(str(cell.value) for cell in cells) == "".join(wanted)
    assert any(f"{len(long):,}".replace(",", ".") in str(row[2]) for row in file.book["Cảnh báo"].values)


def test_answers_and_units_are_read_once_and_in_order() -> None:
    """They come from a snapshot that may be too large to hold, or to read again."""
    report, _ = province()
    seen: list[str] = []

    class Once:
        def __init__(self, name: str, items: Iterable[object]) -> None:
            self.name, self.items = name, items

        def __iter__(self) -> Iterator[object]:
            seen.append(self.name)
            yield from self.items

    appendices = tuple(replace(each, units=Once(each.table.key, each.units)) for each in report.appendices)
    render(replace(report, appendices=appendices, entries=Once("entries", report.entries)))

    assert seen == ["PL1", "PL2", "PL3", "PL4", "PL6", "entries"]


def test_a_stream_that_breaks_is_told_and_leaves_nothing_open() -> None:
    """The error comes through as it is; the file is not whole."""

    def broken() -> Iterator[DataLine]:
        yield entry(1)
        raise ConnectionError("the snapshot is gone")

    report, _ = province()
    target = io.BytesIO()
    with pytest.raises(ConnectionError, match="snapshot"):
        write(replace(report, entries=broken()), target)
    with pytest.raises(KeyError):
        load_workbook(target)


def test_the_same_compiled_report_gives_the_same_bytes() -> None:
    """Nothing in the file comes from a clock or from the order of a set."""
    assert render(province()[0]) == render(province()[0])
