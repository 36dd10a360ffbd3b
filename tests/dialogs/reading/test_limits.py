"""What a column's own limits and choices do to a reading."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dialogs.forms.form_file import read_form, shipped_keys, shipped_text
from dialogs.forms.specs import spec_of
from dialogs.kinds import Kind
from dialogs.reading import Outcome, Spec, read

ADDRESS = Spec(Kind.CHOICE, choices=(("bac", "Phía Bắc"), ("nam", "Phía Nam"), ("dong_nam", "Phía Đông Nam")))


@pytest.mark.parametrize(
    "text, spec, code",
    [
        ("6", Spec(Kind.INTEGER, "người", maximum=Decimal(5)), "out_of_range"),
        ("0", Spec(Kind.INTEGER, "người", minimum=Decimal(1)), "out_of_range"),
        ("không có", Spec(Kind.INTEGER, "người", minimum=Decimal(1)), "out_of_range"),
        ("1,23", Spec(Kind.DECIMAL, "ha", decimals=1), "too_many_decimals"),
        ("1.234.567 đồng", Spec(Kind.MONEY, "triệu đồng", decimals=3), "too_many_decimals"),
        ("120", Spec(Kind.PERCENT, "%", maximum=Decimal(100)), "out_of_range"),
        ("999999999999999", Spec(Kind.DECIMAL, "ha"), "out_of_range"),
        ("100.000.001", Spec(Kind.INTEGER, "người"), "out_of_range"),
    ],
)
def test_a_limit_refuses_and_never_rounds(text: str, spec: Spec, code: str) -> None:
    reading = read(text, spec)
    assert (reading.outcome, reading.code, reading.value) == (Outcome.REFUSED, code, None)


def test_a_negative_number_is_read_where_the_column_allows_it() -> None:
    assert read("−5", Spec(Kind.INTEGER, minimum=Decimal(-10))).value == -5
    assert read("-1,5", Spec(Kind.DECIMAL, minimum=Decimal(-10))).value == Decimal("-1.5")


def test_an_impossible_option_is_not_offered() -> None:
    reading = read("1,234", Spec(Kind.DECIMAL, "ha", decimals=1))
    assert [o.value for o in reading.options] == [Decimal(1234)]
    dash = read("-", Spec(Kind.INTEGER, "người", minimum=Decimal(1)))
    assert [o.outcome for o in dash.options] == [Outcome.NONE]


@pytest.mark.parametrize(
    "text, value",
    [("Phía Bắc", "bac"), ("phia bac", "bac"), ("BAC", "bac"), ("phía b", "bac"), ("dong_nam", "dong_nam")],
)
def test_a_choice_is_its_label_its_key_or_a_sure_beginning(text: str, value: str) -> None:
    assert read(text, ADDRESS).value == value


def test_a_beginning_of_several_choices_is_asked() -> None:
    reading = read("phía", ADDRESS)
    assert reading.outcome is Outcome.ASK
    assert [o.value for o in reading.options] == ["bac", "nam", "dong_nam"]


def test_what_is_no_choice_is_refused_with_the_choices_or_is_a_state() -> None:
    refused = read("Tây", ADDRESS)
    assert refused.why == "“Tây” không có trong các lựa chọn. Các lựa chọn: Phía Bắc; Phía Nam; Phía Đông Nam."
    assert read("chưa có số liệu", ADDRESS).outcome is Outcome.NONE
    assert read("không", ADDRESS).outcome is Outcome.ASK


def test_a_kind_that_does_not_exist_is_the_callers_fault() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        read("12", Spec("colour"))


def whole_columns() -> set[Spec]:
    """Every column of whole numbers of the shipped forms, and some with limits and measures that they lack."""
    forms = [read_form(shipped_text(key)) for key in shipped_keys()]
    columns = {c for form in forms for table in form.tables for c in table.columns}
    columns |= {blank for form in forms for leaf in form.fields() for blank in leaf.blanks}
    found = {spec_of(column, form.year) for form in forms for column in columns if column.kind is Kind.INTEGER}
    limits = [(None, None), (Decimal(1), Decimal(12)), (Decimal("-5"), Decimal("99.5"))]
    measures = ("", "%", "người", "ha", "người/năm", "triệu đồng", "chuyện lạ")
    return found | {Spec(Kind.INTEGER, each, *limit) for each in measures for limit in limits}


@pytest.mark.parametrize("spec", sorted(whole_columns(), key=repr), ids=repr)
def test_bare_digits_are_read_in_the_short_way_as_in_the_long_one(spec: Spec) -> None:
    """A space before the digits sends them the long way round; the reading is the same."""
    for text in [*map(str, range(1000)), "00", "007", "012", "١٢", "1000", "12345"]:
        assert replace(read(text, spec), why="") == replace(read(f" {text}", spec), why="")
