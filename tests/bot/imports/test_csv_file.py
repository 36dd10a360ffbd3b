"""CSV files from outside: what can be read is read right, what cannot is one line that names line and column."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.imports.csv_file import MAX_CSV_BYTES, MAX_RECORD, CsvFault, read_csv
from dialogs.reading.legacy_tables import TCVN3

REQUIRED = ("unit", "field", "value")
TEXT = 'Đã tổ chức quán triệt, học tập "Nghị quyết số 5"\nđến toàn thể cán bộ; đảng viên.'
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """The Vietnamese code page keeps tones as signs of their own."""
    found = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(sign for sign in apart if sign in TONES)
        found.append(unicodedata.normalize("NFC", "".join(s for s in apart if s not in TONES)) + tones)
    return "".join(found).encode("cp1258")


def tcvn3(text: str) -> bytes:
    old = {letter: sign for sign, letter in TCVN3.items()}
    return "".join(old.get(letter, letter) for letter in text).encode("latin-1")


ENCODINGS = {
    "utf-8": str.encode,
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 big": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "windows-1258": windows_1258,
    "tcvn3": tcvn3,
    "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
}


def written(*rows: tuple[str, ...], separator: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue()


def fault(path: Path, content: bytes, limit: int = MAX_CSV_BYTES) -> str:
    """The one line that a file is refused with."""
    path.write_bytes(content)
    with pytest.raises(CsvFault) as refused:
        list(read_csv(path, REQUIRED, ("reason",), limit))
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_and_separators_are_found_out(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    rows = ("Unit", "FIELD", "name", "value"), ("X1", "II.1", "Xã Một", TEXT), ("X2", "II.1", "Xã Hai", "12")
    path.write_bytes(ENCODINGS[encoding](written(*rows, separator=separator)))

    file = read_csv(path, REQUIRED, ("reason",))

    assert [(row.line, dict(row.cells)) for row in file] == [
        (2, {"unit": "X1", "field": "II.1", "value": TEXT, "reason": ""}),
        (4, {"unit": "X2", "field": "II.1", "value": "12", "reason": ""}),
    ]
    assert file.read == file.size == path.stat().st_size


def test_capitals_of_tcvn3_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(tcvn3(written(REQUIRED, ("X1", "II.1", "CHøC N¡NG quán triệt nghị quyết"))))
    assert [row.cells["value"] for row in read_csv(path, REQUIRED)] == ["CHỨC NĂNG quán triệt nghị quyết"]


def test_an_encoding_that_cannot_be_told_is_refused(tmp_path: Path) -> None:
    """ "xã" in Windows-1258 is "xó" in TCVN3: both are words."""
    path = tmp_path / "a.csv"
    told = fault(path, windows_1258(written(REQUIRED, ("X1", "II.1", "xã"))))
    assert ("bảng mã" in told, "dòng 2" in told) == (True, True)
    broken = written(REQUIRED, ("X1", "II.1", "quán triệt"), ("X2", "II.1", "nghị quyết")).encode()
    assert "dòng 3" in fault(path, broken.replace("quyết".encode(), "quyết".encode()[:-2]))
    assert "bảng mã" in fault(path, "unit,field,value\nX1,II.1,12".encode("utf-16")[:-1])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f'unit,field,value{end}{end}X1,II.1,"a{end}b"{end},,{end}X2,II.1,c'.encode())
    found = [(row.line, row.cells["value"]) for row in read_csv(path, REQUIRED)]
    assert found == [(3, f"a{end}b"), (6, "c")]


def test_what_is_wrong_is_named_with_line_and_column(tmp_path: Path) -> None:
    path, head = tmp_path / "a.csv", "unit,field,value\n"
    good = "X1,II.1,abc\n"
    assert "trống" in fault(path, b"")
    assert "trống" in fault(path, b"\xef\xbb\xbf\n\n")
    assert "thiếu cột field, value" in fault(path, b"unit;name\nX1;b\n")
    assert "cột UNIT có hai lần" in fault(path, b"unit,field,UNIT,value\n")
    assert "Dòng 3, cột 4" in fault(path, (head + good + "X2,II.1,a,b\n").encode())
    assert "Dòng 2: có byte rỗng" in fault(path, (head + "X1,II.1,a\0b\n").encode())
    assert "byte rỗng" in fault(path, (head + good).encode("utf-16-le"))
    unclosed = fault(path, (head + good + 'X2,II.1,"abc\n' + good * 3).encode())
    assert "Dòng 3, cột value" in unclosed and "không đóng" in unclosed
    assert "Dòng 2, cột field" in fault(path, (head + 'X1,"a"b,c\n').encode())
    assert "Dòng 2, cột 4" in fault(path, b"unit,field,value,\nX1,II.1,a,b\n")


def test_a_column_without_a_name_is_found_by_its_place(tmp_path: Path) -> None:
    """Not by its content, which may stand in an earlier cell too."""
    assert "Dòng 2, cột 4" in fault(tmp_path / "a.csv", b"unit,field,value,\nX1,II.1,a,a\n")


def test_a_header_of_any_kind_is_repeated_on_one_short_line(tmp_path: Path) -> None:
    """Line ends and terminal codes in a title, a title without end, columns without end."""
    path = tmp_path / "a.csv"
    odd = fault(path, b'unit,"a\nb\x1b[31m"\n')
    assert odd.endswith("hiện có: unit, a b[31m.")
    assert len(fault(path, b"unit," + b"x" * 900_000)) < 200
    assert "cột XXX" in (twice := fault(path, ",".join([*REQUIRED, "x" * 5000, "X" * 5000]).encode()))
    assert len(twice) < 200
    many = fault(path, ",".join(f"c{number}" for number in range(100_000)).encode())
    assert many.endswith("c18, c19, ….")


def test_nothing_is_read_without_bounds(tmp_path: Path) -> None:
    path, head = tmp_path / "a.csv", "unit,field,value\n"
    assert "Dòng 2: dài hơn" in fault(path, (head + "X1,II.1," + "a" * (MAX_RECORD + 1)).encode())
    endless = head + 'X1,II.1,"' + ("a" * 1000 + "\n") * (MAX_RECORD // 1000 + 1)
    assert "Dòng 2, cột value" in fault(path, endless.encode())
    assert "vượt mức 30 byte" in fault(path, (head + "X1,II.1,abcdefghijklmno\n").encode(), limit=30)
    assert MAX_CSV_BYTES == 200 * 1024 * 1024


def test_what_is_no_file_is_one_line(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv", tmp_path / "x\0y"):
        with pytest.raises(CsvFault, match="Không mở được"):
            read_csv(path, REQUIRED)


def test_cells_behind_the_last_named_column_may_be_blank(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"unit,field,value,,\nX1,II.1,a,,\nX2,II.1\n")
    assert [dict(row.cells) for row in read_csv(path, REQUIRED)] == [
        {"unit": "X1", "field": "II.1", "value": "a"},
        {"unit": "X2", "field": "II.1", "value": ""},
    ]


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=12), separator=st.sampled_from(",;\t|"))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_written_as_csv_is_read_back(
    tmp_path: Path, rows: list[tuple[str, str, str]], separator: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(written(REQUIRED, *rows, separator=separator).encode())
    found = [tuple(row.cells[name] for name in REQUIRED) for row in read_csv(path, REQUIRED)]
    filled = [row for row in rows if any(map(str.strip, row))]
    assert found == [tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in filled]
