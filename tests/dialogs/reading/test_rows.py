"""One message for a whole table row: nothing is ever shifted."""

from __future__ import annotations

import pytest

from dialogs.reading import split_row


@pytest.mark.parametrize(
    "text, count, pieces",
    [
        ("12 5 0 1", 4, ("12", "5", "0", "1")),
        ("  12   5 0 1 ", 4, ("12", "5", "0", "1")),
        ("12\t5\t0\t1", 4, ("12", "5", "0", "1")),
        ("12\n5\n0\n1\n", 4, ("12", "5", "0", "1")),
        ("12; 5; 0; 1", 4, ("12", "5", "0", "1")),
        ("12;\n5;\n0;\n1;", 4, ("12", "5", "0", "1")),
        ("12|5|0|1", 4, ("12", "5", "0", "1")),
        ("| 12 | 5 | 0 | 1 |", 4, ("12", "5", "0", "1")),
        ("12, 5, 0, 1", 4, ("12", "5", "0", "1")),
        ("12;5", 4, ("12", "5")),
        ("12;5;;", 4, ("12", "5")),
        ("12;;0;1", 4, ("12", "", "0", "1")),
        (";5;0;1", 4, ("", "5", "0", "1")),
        ("\t5\t\t1", 4, ("", "5", "", "1")),
        ("12\n\n5", 3, ("12", "", "5")),
        ("không có không có 0 1", 4, ("không có", "không có", "0", "1")),
        ("12 chưa có số liệu 5 chưa thống kê", 4, ("12", "chưa có số liệu", "5", "chưa thống kê")),
        ("ko ko - 1", 4, ("ko", "ko", "-", "1")),
        ("không không không không", 4, ("không", "không", "không", "không")),
        ("1.234 5,6 0 12%", 4, ("1.234", "5,6", "0", "12%")),
        ("12\u00a05\u00a00\u00a01", 4, ("12", "5", "0", "1")),
        ("12", 4, ("12",)),
        ("12 người", 4, ("12 người",)),
        ("không có", 4, ("không có",)),
        ("1 234", 1, ("1 234",)),
        ("", 4, ("",)),
        ("12 người; 5 nữ", 2, ("12 người", "5 nữ")),
        ("1 tỷ 250 triệu", 2, ("1 tỷ 250 triệu",)),
        ("1 tỷ; 250 triệu", 2, ("1 tỷ", "250 triệu")),
    ],
)
def test_a_row_is_split(text: str, count: int, pieces: tuple[str, ...]) -> None:
    assert split_row(text, count) == pieces


@pytest.mark.parametrize(
    "text, count",
    [("1;2;3;4;5", 4), ("1 2 3 4 5", 4), ("12 5", 4), ("12 500", 4), ("1\n2\n3", 2), ("không có 5 0", 4)],
)
def test_what_cannot_be_placed_is_not_placed(text: str, count: int) -> None:
    assert split_row(text, count) is None
