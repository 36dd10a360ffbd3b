"""Figures by their names, in any order; what can be read in two ways, or not at all, is not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.meaning.labelled import NamedSlot, read_labelled

STAFF = [
    NamedSlot("tong", ("Tổng số", "Tổng")),
    NamedSlot("nu", ("CB nữ", "Nữ")),
    NamedSlot("dtts", ("CB dân tộc thiểu số", "DTTS")),
    NamedSlot("tg", ("CB tôn giáo", "Tôn giáo")),
]
TERMS = [
    NamedSlot("c1", ("NK1",), ("Tham gia cấp ủy đảng", "cấp ủy")),
    NamedSlot("c2", ("NK2",), ("Tham gia cấp ủy đảng", "cấp ủy")),
    NamedSlot("h1", ("NK1",), ("Đại biểu Hội đồng Nhân dân", "HĐND")),
    NamedSlot("h2", ("NK2",), ("Đại biểu Hội đồng Nhân dân", "HĐND")),
]
HOUSES = [NamedSlot("so", ("Tổng số căn", "căn")), NamedSlot("tien", ("Tổng số tiền",), (), money=True)]
PLAN = [
    NamedSlot("so", ("Số kế hoạch", "Số")),
    NamedSlot("ngay", ("Ngày ban hành kế hoạch", "Ngày")),
    NamedSlot("thang", ("Tháng ban hành kế hoạch", "Tháng")),
]


@pytest.mark.parametrize(
    ("slots", "text", "pieces"),
    [
        (STAFF, "tổng 20 nữ 8 dtts 3 tôn giáo 2", {"tong": "20", "nu": "8", "dtts": "3", "tg": "2"}),
        (STAFF, "tôn giáo 2, nữ 8; tổng số: 20", {"tong": "20", "nu": "8", "tg": "2"}),
        (STAFF, "8 nữ trong tổng số 20 đ/c, ko có tôn giáo", {"tong": "20", "nu": "8", "tg": "không có"}),
        (STAFF, "20 người, trong đó 8 nữ, 2 theo đạo", {"tong": "20", "nu": "8", "tg": "2"}),
        (STAFF, "tong 20 nu 8", {"tong": "20", "nu": "8"}),
        (TERMS, "HĐND NK1 5, NK2 6; cấp ủy NK1 3, NK2 4", {"c1": "3", "c2": "4", "h1": "5", "h2": "6"}),
        (HOUSES, "600 triệu đồng sửa 20 căn nhà", {"so": "20", "tien": "600 triệu đồng"}),
        (HOUSES, "sửa 20 căn với kinh phí 1 tỷ 2", {"so": "20", "tien": "1 tỷ 2"}),
        (PLAN, "số 07, ngày 5/4/2018", {"so": "07", "ngay": "5", "thang": "4"}),
        (PLAN, "số 7 ngày 5 tháng 4", {"so": "7", "ngay": "5", "thang": "4"}),
    ],
)
def test_each_figure_goes_to_its_name(slots: list[NamedSlot], text: str, pieces: dict[str, str]) -> None:
    found = read_labelled(text, slots)
    assert found is not None and dict(found.pieces) == pieces and not found.left


@pytest.mark.parametrize("text", ["20 8 3 2", "nữ", "nữ 8 9", "An Bình", "nữ 8 nữ 9", "x" * 700])
def test_what_has_no_single_reading_is_not_read(text: str) -> None:
    assert read_labelled(text, STAFF) is None


def test_words_that_say_nothing_known_are_told() -> None:
    found = read_labelled("Mặt trận có tổng 20, nữ 8", STAFF)
    assert found is not None and found.left


@given(st.permutations([("tong", "tổng số"), ("nu", "nữ"), ("dtts", "dân tộc"), ("tg", "tôn giáo")]), st.booleans())
def test_any_order_before_or_after_the_name(order: list[tuple[str, str]], before: bool) -> None:
    figures = {key: str(number) for number, (key, _) in enumerate(order, 11)}
    text = ", ".join(f"{figures[key]} {name}" if before else f"{name} {figures[key]}" for key, name in order)
    found = read_labelled(text, STAFF)
    assert found is not None and dict(found.pieces) == figures


@given(st.text(max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    found = read_labelled(text, STAFF)
    assert found is None or set(found.pieces) <= {"tong", "nu", "dtts", "tg"}
