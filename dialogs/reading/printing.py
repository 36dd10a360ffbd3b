"""Numbers and dates in Vietnamese print and in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_BILLION = 10**9
_PART_NAMES = {3: " phần nghìn"}


def number_text(value: int | Decimal) -> str:
    """A number as Vietnam prints it: dot after thousands, comma before decimals: 1234.5 gives "1.234,5"."""
    sign, whole, fraction = _parts(value)
    grouped = f"{int(whole):,}".replace(",", ".")
    return sign + grouped + ("," + fraction if fraction else "")


def number_words(value: int | Decimal) -> str:
    """A number read aloud: 1234 gives "một nghìn hai trăm ba mươi tư", 1.5 gives "một phẩy năm"."""
    sign, whole, fraction = _parts(value)
    words = _whole_words(int(whole))
    if fraction:
        words += " phẩy " + _fraction_words(fraction)
    return "âm " + words if sign else words


def date_text(value: date) -> str:
    """A date inside official text: 0 before a day below 10 and before months 1 and 2 only: "03/6/2013"."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year:04d}"


def date_full(value: date) -> str:
    """A date read back to whoever typed it, always ten characters: "10/04/2019"."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def _parts(value: int | Decimal) -> tuple[str, str, str]:
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    sign = "-" if text.startswith("-") else ""
    whole, _, fraction = text.lstrip("-").partition(".")
    return sign, whole, fraction.rstrip("0")


def _fraction_words(fraction: str) -> str:
    if fraction.startswith("0") or len(fraction) > 3:
        return " ".join(_DIGITS[int(c)] for c in fraction)
    return _whole_words(int(fraction)) + _PART_NAMES.get(len(fraction), "")


def _whole_words(number: int) -> str:
    if number < 1000:
        return _below_thousand(number, full=False)
    if number < _BILLION:
        return " ".join(_grouped_words(number, full=False))
    high, low = divmod(number, _BILLION)
    words = [_whole_words(high), "tỷ"]
    return " ".join(words + (_grouped_words(low, full=True) if low else []))


def _grouped_words(number: int, full: bool) -> list[str]:
    """Words of a number below a billion; ``full``: something stands before it, so hundreds are named."""
    words: list[str] = []
    for size, name in ((10**6, "triệu"), (1000, "nghìn"), (1, "")):
        group, number = divmod(number, size)
        if group:
            words += [_below_thousand(group, full=full or bool(words)), *([name] if name else [])]
        elif number and (words or full):  # "một triệu hai trăm" would be heard as 1.200.000
            words += ["không", name]
    return words


def _below_thousand(number: int, full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if rest or not words:
        words.append(_below_hundred(rest, linh=bool(words)))
    return " ".join(words)


def _below_hundred(number: int, linh: bool) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return ("linh " if linh else "") + _DIGITS[unit]
    head = "mười" if tens == 1 else _DIGITS[tens] + " mươi"
    if not unit:
        return head
    tail = "lăm" if unit == 5 else _DIGITS[unit] if tens == 1 else _AFTER_TENS.get(unit, _DIGITS[unit])
    return f"{head} {tail}"
