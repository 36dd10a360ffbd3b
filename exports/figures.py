"""How numbers and dates are printed: decimal comma, thousands dot, zeros before small days (document-format A.7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dialogs.forms.answers import Value


def number_text(value: int | Decimal) -> str:
    """Return ``value`` as Vietnamese offices print it: ``1.234,5``; trailing zeros of a decimal are dropped."""
    if isinstance(value, Decimal):
        value = value.normalize()
    return f"{value:,f}".translate(_SEPARATORS) if isinstance(value, Decimal) else f"{value:,}".replace(",", ".")


def date_text(day: date) -> str:
    """Return ``day`` as it stands inside a sentence: ``09/01/2014``, ``03/6/2013``."""
    return f"{day.day:02}/{_month(day)}/{day.year}"


def long_date_text(day: date) -> str:
    """Return ``day`` as it stands in a letterhead: ``ngày 05 tháng 02 năm 2026`` (HD 05-HD/VPTW, table, row 6)."""
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year}"


def value_text(value: Value) -> str:
    """Return one value as text; the items of a list are joined by "; "."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, date):
        return date_text(value)
    return number_text(value)


_SEPARATORS = str.maketrans(",.", ".,")


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def roman(number: int) -> str:
    """Return ``number`` (1 to 3999) in Roman numerals, as appendices of state documents are numbered (NĐ 30)."""
    found = ""
    for letters, worth in _ROMAN:
        count, number = divmod(number, worth)
        found += letters * count
    return found


_ROMAN = (
    *(("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40)),
    *(("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)),
)
