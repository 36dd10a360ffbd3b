"""The small parts: figures and dates as text, widths of lines, escaping."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exports.figures import date_text, long_date_text, number_text, roman, value_text
from exports.text_metrics import line_count, side_indent_mm, width_mm
from exports.word.xml import Letters, escape, run


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234567, "1.234.567"),
        (Decimal("1234.50"), "1.234,5"),
        (Decimal("0.125"), "0,125"),
        (Decimal(3000), "3.000"),
    ],
)
def test_numbers(value: int | Decimal, text: str) -> None:
    """Decimal comma, thousands dot, no idle zeros (document-format A.7)."""
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2013, 6, 3), "03/6/2013", "ngày 03 tháng 6 năm 2013"),
        (date(2014, 1, 9), "09/01/2014", "ngày 09 tháng 01 năm 2014"),
        (date(2019, 12, 25), "25/12/2019", "ngày 25 tháng 12 năm 2019"),
    ],
)
def test_dates(day: date, short: str, long: str) -> None:
    """A zero before days below ten and months below three."""
    assert (date_text(day), long_date_text(day)) == (short, long)


def test_values() -> None:
    """Every kind of value has one text."""
    assert [value_text(v) for v in (None, "a", 5, Decimal("1.5"), date(2019, 4, 5), ("x", "y"))] == [
        *("", "a", "5", "1,5", "05/4/2019", "x; y")
    ]


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (1994, "MCMXCIV")]
)
def test_roman_numerals(number: int, letters: str) -> None:
    """As appendices of state documents are numbered."""
    assert roman(number) == letters


def test_widths_are_those_of_times_new_roman() -> None:
    """The Party's title at 15 points bold is 72.9 mm long (document-format A.2)."""
    assert width_mm("ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True) == pytest.approx(72.9, abs=0.1)
    assert width_mm("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True) == pytest.approx(95.7, abs=0.2)


def test_lines_come_out_about_equally_long() -> None:
    """One line is not indented; two lines are narrowed until the first gives words to the second."""
    assert side_indent_mm("ĐẢNG ỦY XÃ", 14, 75, bold=True) == 0
    side = side_indent_mm("ĐẢNG BỘ HUYỆN THANH CHƯƠNG", 14, 75)
    assert line_count("ĐẢNG BỘ HUYỆN THANH CHƯƠNG", 14, 75 - 2 * side) == 2
    assert 10 < side < 20


def test_names_break_before_the_place() -> None:
    """ỦY BAN NHÂN DÂN / XÃ AN BÌNH, not ỦY BAN NHÂN / DÂN XÃ AN BÌNH."""
    name = "ỦY BAN NHÂN DÂN XÃ AN BÌNH"
    side = side_indent_mm(name, 13, 68, bold=True, before=frozenset({"XÃ"}))

    assert width_mm("ỦY BAN NHÂN DÂN", 13, bold=True) < 68 - 2 * side < width_mm("ỦY BAN NHÂN DÂN XÃ", 13, bold=True)


def test_symbols_are_not_torn() -> None:
    """No line ends with the "62-" of "62-KL/TW"."""
    text = "Tổng kết thực hiện Kết luận số 62-KL/TW ngày 8/12/2009"
    for available in range(60, 110):
        side = side_indent_mm(text, 14, available, bold=True)
        assert line_count(text, 14, available - 2 * side, bold=True) == line_count(text, 14, available, bold=True)


def test_escaping() -> None:
    """Markup is text; forbidden characters vanish; tabs and line ends become elements."""
    assert escape("a & <b>\x00\ud800") == "a &amp; &lt;b&gt;"
    assert run("a\tb\nc") == (
        '<w:r><w:t xml:space="preserve">a</w:t><w:tab/><w:t xml:space="preserve">b</w:t><w:br/>'
        '<w:t xml:space="preserve">c</w:t></w:r>'
    )
    assert "<w:b/>" in run("a", Letters(bold=True))
