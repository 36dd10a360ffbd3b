"""Cleaning, folding, and printing numbers and dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dialogs.reading import clean, date_text, fold, number_text, number_words


def test_clean_changes_only_what_must_not_be_stored() -> None:
    assert clean("a\r\nb\rc\u2028d\x0be") == "a\nb\nc\nd\ne"
    assert clean("1\u200b000\ufeff\x00 \u00adx\ud800") == "1000 x"
    assert clean("kho\u0302ng") == "không"
    assert clean(" “a” – b…\u00a0c\t12 ") == " “a” – b…\u00a0c\t12 "


def test_fold_is_for_matching() -> None:
    assert fold("  ĐẢNG\u00a0 Ủy – “Xã” ") == 'dang uy - "xa"'
    assert fold("kho\u0302ng CO\u0301") == "khong co"


@pytest.mark.parametrize(
    "number, text",
    [
        (0, "0"),
        (999, "999"),
        (1234, "1.234"),
        (1234567, "1.234.567"),
        (Decimal("1234.5"), "1.234,5"),
        (Decimal("0.50"), "0,5"),
        (Decimal("1200"), "1.200"),
        (Decimal("1.2E+3"), "1.200"),
        (-5, "-5"),
    ],
)
def test_numbers_are_printed_the_vietnamese_way(number: int | Decimal, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "không"),
        (1, "một"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (105, "một trăm linh năm"),
        (1005, "một nghìn không trăm linh năm"),
        (1234, "một nghìn hai trăm ba mươi tư"),
        (1_000_200, "một triệu không nghìn hai trăm"),
        (2_000_000_000, "hai tỷ"),
        (Decimal("1.5"), "một phẩy năm"),
        (Decimal("1.05"), "một phẩy không năm"),
        (Decimal("1.234"), "một phẩy hai trăm ba mươi tư phần nghìn"),
        (-5, "âm năm"),
    ],
)
def test_numbers_are_read_aloud(number: int | Decimal, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize(
    "day, text",
    [
        (date(2013, 6, 3), "03/6/2013"),
        (date(2014, 1, 9), "09/01/2014"),
        (date(2019, 2, 28), "28/02/2019"),
        (date(2019, 12, 31), "31/12/2019"),
    ],
)
def test_dates_in_official_text(day: date, text: str) -> None:
    assert date_text(day) == text
