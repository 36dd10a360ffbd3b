"""What holds for any text at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.kinds import Kind
from dialogs.reading import (
    Option,
    Outcome,
    Reading,
    Spec,
    clean,
    date_text,
    fold,
    legacy,
    number_text,
    number_words,
    read,
    recognise_document,
    split_items,
    split_row,
)

KINDS = {
    "integer": "người",
    "nodata": "cuộc",
    "decimal": "ha",
    "money": "triệu đồng/năm",
    "percent": "%",
    "date": "",
    "choice": "",
    "text": "",
    "narrative": "",
    "list": "",
    "documents": "",
}
TYPES = {
    "integer": int,
    "nodata": int,
    "decimal": Decimal,
    "money": Decimal,
    "percent": Decimal,
    "date": date,
}
CHOICES = (("a", "Có"), ("b", "Không"))
_PARTS = (
    "0 1 05 12 1.234 1,234 1.5 , . ; : / - – ( ) + % $ k tr triệu tỷ nghìn trăm mươi mười linh rưỡi phẩy một hai ba "
    "năm tư lăm không có chưa số liệu khoảng trên đến người ha m² km đồng đ vnđ /năm ngày tháng năm 2019 10/4 … ?"
)
WORDS = st.sampled_from(_PARTS.split())
PHRASES = st.lists(WORDS, max_size=9).flatmap(lambda ws: st.sampled_from([" ".join(ws), "".join(ws)]))
CELLS = st.one_of(st.integers(0, 9999).map(str), st.sampled_from(["không", "không có"]))
TEXTS = st.one_of(st.text(max_size=60), PHRASES)


def check(thing: Reading | Option, kind: str) -> None:
    """Never a float, never NaN, never an exponent, always the column's own type."""
    if isinstance(thing.value, Decimal):
        assert thing.value.is_finite()
        assert "E" not in str(thing.value)
        assert abs(thing.value) < 10**12
    if thing.outcome is Outcome.VALUE:
        assert type(thing.value) is TYPES.get(kind, str)
    if thing.outcome is Outcome.NONE:
        assert thing.value is None


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.sampled_from(sorted(KINDS)), st.sampled_from([None, 2019]))
def test_any_text_has_a_reading_in_any_column(text: str, kind: str, year: int | None) -> None:
    reading = read(text, Spec(Kind("integer" if kind == "nodata" else kind), KINDS[kind], choices=CHOICES, year=year))
    check(reading, kind)
    assert bool(reading.options) == (reading.outcome is Outcome.ASK)
    assert bool(reading.why) == (reading.outcome in (Outcome.ASK, Outcome.REFUSED))
    for option in reading.options:
        assert option.label
        check(option, kind)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
    clean(text).encode("utf-8")


@settings(deadline=None)
@given(st.text(max_size=80), st.integers(0, 6))
def test_splitting_and_recognising_never_raise_and_never_drop(text: str, count: int) -> None:
    pieces = split_row(text, count)
    assert pieces is None or len(pieces) <= max(count, 1)
    assert recognise_document(text).text == text
    kept = "".join(split_items(text))
    assert all(c in clean(text) for c in kept)
    legacy(text)


@settings(deadline=None)
@given(st.integers(0, 10**8))
def test_a_printed_whole_number_is_read_back_as_itself(number: int) -> None:
    spec = Spec(Kind.INTEGER, "người")
    assert read(number_text(number), spec).value == number
    thousands = number % 10**6  # people are not counted in millions: "một triệu" is money
    assert read(number_words(thousands), spec).value == thousands
    assert read(f"{number_text(thousands)} ({number_words(thousands)})", spec).value == thousands


@settings(deadline=None)
@given(st.integers(0, 10**11))
def test_a_sum_in_words_is_read_back_as_itself(number: int) -> None:
    assert read(number_words(number) + " đồng", Spec(Kind.MONEY, "đồng")).value == number


@settings(deadline=None)
@given(st.decimals(0, 10**6, allow_nan=False, allow_infinity=False, places=4))
def test_a_printed_decimal_is_read_back_or_asked(number: Decimal) -> None:
    reading = read(number_text(number), Spec(Kind.DECIMAL, "ha"))
    found = [reading.value, *(o.value for o in reading.options)]
    assert number in found
    assert reading.outcome in (Outcome.VALUE, Outcome.ZERO, Outcome.ASK)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_printed_date_is_read_back_as_itself(day: date) -> None:
    spec = Spec(Kind.DATE)
    official = f"ngày {day.day:02d} tháng {day.month} năm {day.year}"
    for text in (date_text(day), day.isoformat(), official, official.upper(), f"{day:%d.%m.%Y}"):
        assert read(text, spec).value == day
    assert read(f"{day:%d%m%Y}", spec).value == day


@settings(deadline=None)
@given(st.integers(1, 31), st.integers(1, 12), st.integers(1900, 2100))
def test_a_day_that_does_not_exist_is_refused(day: int, month: int, year: int) -> None:
    reading = read(f"{day}/{month}/{year}", Spec(Kind.DATE))
    try:
        assert reading.value == date(year, month, day)
    except ValueError:
        assert (reading.outcome, reading.code) == (Outcome.REFUSED, "invalid_date")


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.integers(0, 9999).map(str), st.sampled_from(["không", "không có"])), min_size=2, max_size=6)
)
def test_cells_between_spaces_come_back_in_order(cells: list[str]) -> None:
    assert split_row(" ".join(cells), len(cells)) == tuple(cells)
    assert split_row(" ".join(cells), len(cells) + 1) is None
