"""kl102-2019: one form for communes, districts, organisations and the province, with the sheet of 11 items."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dialogs.forms.addresses import addresses
from dialogs.forms.form import RollUp, Section
from dialogs.forms.form_file import check_form, shipped_text
from dialogs.forms.questions import Question, Respondent, cell_column, questions
from dialogs.kinds import Kind
from tests.dialogs.forms.shipped_forms import contract, shipped

KEY, SHEET = "kl102-2019", "TONG_HOP"

ITEMS = {
    "hoc_bong": ("Số lượng suất học bổng:", "suất", "Tổng số kinh phí:"),
    "tro_cap_tre_em": ("Số trẻ em được cấp:", "trẻ em", "Tổng số kinh phí:"),
    "bhyt": ("Số người được mua:", "người", "Tổng số kinh phí:"),
    "sua_nha": ("Tổng số căn:", "căn", "Tổng số tiền:"),
    "nha_chinh_sach": ("Tổng số căn:", "căn", "Tổng số tiền:"),
    "nha_nguoi_ngheo": ("Tổng số căn:", "căn", "Tổng số tiền:"),
    "benh_nhan_ngheo": ("Tổng số người:", "người", "Tổng số tiền:"),
    "truong_hoc": ("Tổng số phòng:", "phòng", "Tổng số tiền:"),
    "lam_duong": ("Tổng số km:", "km", "Tổng số tiền:"),
    "xay_cau": ("Tổng số cây cầu:", "cây cầu", "Tổng số tiền:"),
    "moi_truong": ("Tổng số đợt:", "đợt", "Tổng số tiền:"),
}


def rows_asked(kind: str) -> list[Question]:
    return [q for q in questions(shipped(KEY), Respondent(kind)) if q.field == SHEET]


def test_addresses_and_labels_are_those_of_the_contract() -> None:
    form, wanted = shipped(KEY), contract(KEY)
    assert list(addresses(form)) == [address for address, _ in wanted.values()]
    assert len(list(form.fields())) == 30
    for (field, row, column), (_, label) in wanted.items():
        if row:
            table = form.table(field)
            assert label == f"{table.row(row).label} | {table.column(column).label}"
        else:
            assert label == form.field(field).label


def test_the_check_has_nothing_to_say() -> None:
    assert check_form(shipped_text(KEY)) == ()


def test_outline_keeps_the_numbering_of_the_source() -> None:
    form = shipped(KEY)
    parts = [node for node in form.outline if isinstance(node, Section)]
    assert [(part.label, part.heading[:27]) for part in parts] == [
        ("Phần thứ nhất", "Kết quả triển khai, thực hi"),
        ("Phần thứ hai", "Nhiệm vụ và giải pháp tiếp "),
    ]
    assert [node.heading.split(" ")[0] for node in parts[0].children] == ["I-", "II-", "III-"]
    second = parts[0].children[1]
    assert isinstance(second, Section)
    assert [node.heading[:2] for node in second.children] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert "QUÁN TRIỆT" in parts[0].children[0].heading
    assert all(leaf.heading.startswith("+ ") for leaf in form.fields() if leaf.key.startswith("P1.II.4.c."))


@pytest.mark.parametrize(("kind", "rows"), [("xa", 11), ("huyen", 11), ("to_chuc", 11), ("dutt", 0), ("tinh", 0)])
def test_number_of_questions_by_kind_of_unit(kind: str, rows: int) -> None:
    assert len(questions(shipped(KEY), Respondent(kind))) == 30 + rows
    assert len(rows_asked(kind)) == rows


def test_every_item_is_counted_measured_and_called_in_its_own_way() -> None:
    for question in rows_asked("xa"):
        (part,) = question.parts
        count, money, note = part.columns
        label, measure, money_label = ITEMS[question.row]
        assert part.kind == "row"
        assert (count.key, count.label, count.measure) == ("so_luong", label, measure)
        assert count.short == count.title == label.removesuffix(":")
        assert count.kind is (Kind.DECIMAL if question.row == "lam_duong" else Kind.INTEGER)
        assert (money.label, money.measure, money.kind) == (money_label, "triệu đồng", Kind.MONEY)
        assert (note.label, note.required) == ("Ghi chú", False)
        assert count.rollup is money.rollup is RollUp.SUM
        assert count.minimum == money.minimum == Decimal(0)


def test_a_row_added_locally_has_the_columns_own_names() -> None:
    table = shipped(KEY).table(SHEET)
    assert table.open_rows
    assert not any(row.key.startswith("them.") for row in table.rows)
    plain = table.column("ghi_chu")
    assert cell_column(table.row("bhyt"), plain) is plain


def test_the_sheet_as_it_is_printed() -> None:
    table = shipped(KEY).table(SHEET)
    assert (table.number_line, *table.title) == (
        "TỔNG HỢP",
        "SỐ LIỆU ĐÓNG GÓP CỦA CÁC HỘI QUẦN CHÚNG Ở ĐỊA PHƯƠNG",
    )
    assert table.period == "(từ năm 2014 đến 31 tháng 12 năm 2018)"
    assert not table.landscape
    assert [cell.text for cell in table.header] == [
        *("TT", "Nội dung", "Đơn vị tính", "Số lượng", "Kinh phí", "Ghi chú"),
    ]
    assert [row.ordinal for row in table.rows] == [str(number) for number in range(1, 12)]
    assert [row.key for row in table.rows] == list(ITEMS)
    assert table.footnote.startswith("Ngoài ra, căn cứ điều kiện")
    assert "không ghi đơn vị" in table.help and "triệu đồng" in table.help
    assert sum(table.widths_mm) == 165


def test_items_of_the_outline_that_the_sheet_gives_figures_for() -> None:
    pointing = [leaf.key for leaf in shipped(KEY).fields() if leaf.tables]
    assert pointing == [f"P1.II.4.c.{number}" for number in (1, 2, 3, 5)]


def test_deadlines_as_the_plan_words_them() -> None:
    form = shipped(KEY)
    assert (form.year, form.companions) == (2019, ())
    assert [(deadline.kinds, deadline.day) for deadline in form.deadlines] == [
        (frozenset({"huyen", "dutt", "to_chuc"}), "2019-03-09"),
        (frozenset({"tinh"}), "2019-03-19"),
        (frozenset(), "2019-03-31"),
    ]


def test_a_label_for_a_missing_column_is_a_defect() -> None:
    text = shipped_text(KEY).replace("labels: {so_luong:", "labels: {soluong:", 1)
    (problem,) = check_form(text)
    assert "rows[0].labels.soluong" in problem.place
    assert "cột “soluong” không có" in problem.wrong
