"""The forms that come with the program: readable, complete, and with the addresses that the outside relies on."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from hashlib import sha256

import pytest

from dialogs.forms.addresses import addresses
from dialogs.forms.form import Form, RollUp, Section
from dialogs.forms.form_file import check_companions, check_form, read_form, shipped_keys, shipped_text
from dialogs.forms.questions import Respondent, questions
from dialogs.kinds import Kind
from tests.dialogs.forms.shipped_forms import contract, shipped

BODIES = ("mttq", "ldld", "hnd", "doan", "pn", "ccb")


@pytest.mark.parametrize("key", shipped_keys())
def test_a_shipped_form_has_no_problem_and_is_named_after_its_key(key: str) -> None:
    text = shipped_text(key)
    assert check_form(text) == ()
    form = read_form(text)
    assert form.key == key
    assert form.content_hash == sha256(text.encode()).hexdigest()


def test_both_forms_of_kl62_are_shipped_and_fit_together() -> None:
    assert {"kl62-2019", "kl62-2019-xa"} <= set(shipped_keys())
    assert check_companions([shipped("kl62-2019"), shipped("kl62-2019-xa")]) == ()


def test_an_unknown_key_is_not_a_path() -> None:
    with pytest.raises(KeyError):
        shipped_text("../form")


def test_addresses_of_the_upper_form_are_those_of_the_contract() -> None:
    found = addresses(shipped("kl62-2019"))
    assert len(found) == len({(a.field, a.row, a.column) for a in found}) == 321
    assert set(found) == {address for address, _ in contract("kl62-2019").values()}


def test_addresses_asked_of_a_commune_are_those_of_the_contract() -> None:
    form = shipped("kl62-2019-xa")
    switched = {table.key for table in form.tables if table.switch}
    asked = {a for a in addresses(form) if a.filled_by and a.field not in switched}
    assert asked == {address for address, _ in contract("kl62-2019-xa").values()}


def test_official_labels_are_those_of_the_contract() -> None:
    form = shipped("kl62-2019")
    for (field, row, column), (_, label) in contract("kl62-2019").items():
        if not row:
            assert form.field(field).label == label
            continue
        table = form.table(field)
        left = " / ".join(filter(None, [table.row(row).label, table.row(row).level_label]))
        if table.row(row).level_label and not table.row(row).label:
            left = f" / {table.row(row).level_label}"
        cell = table.column(column)
        assert label in (f"{left} | {cell.label}", f"{left} | {cell.title}")


def test_outline_of_the_upper_form_is_printed_as_in_the_source() -> None:
    form = shipped("kl62-2019")
    assert [_head(part) for part in form.outline] == [
        ("P1", "Phần thứ nhất", "Kết quả triển khai, thực hiện Kết luận số 62"),
        (
            "P2",
            "Phần thứ hai",
            "Nhiệm vụ và giải pháp tiếp tục thực hiện Kết luận số 62 của Bộ Chính trị trong thời gian tới",
        ),
    ]
    sections = {s.key: s for s in _sections(form)}
    assert sections["P1.II"].lead == "Báo cáo tập trung làm rõ những nội dung sau:"
    assert sections["P1.I.1"].heading == "1. Đặc điểm tình hình:"
    assert form.field("P1.I.1.a").heading == "khái quát tình hình chung về địa phương."
    assert form.field("P2.I").heading == "I. DỰ BÁO TÌNH HÌNH"
    assert [f.key for f in form.fields()] == [k[0] for k in contract("kl62-2019") if not k[1]]


def _head(node: object) -> tuple[str, str, str]:
    assert isinstance(node, Section)
    return node.key, node.label, node.heading


def _sections(form: Form) -> list[Section]:
    found = [node for node in form.outline if isinstance(node, Section)]
    for node in found:
        found.extend(child for child in node.children if isinstance(child, Section))
    return found


def test_outline_of_the_commune_form() -> None:
    form = shipped("kl62-2019-xa")
    assert [f.key for f in form.fields()] == [
        *["M0", "I.a", "I.b", "I.c", "I.d", "II.1", "II.2", "II.3", "II.4", "II.4.b", "II.5", "III.1", "III.2", "IV"]
    ]
    assert [node.heading for node in form.outline] == [
        "",
        "I. ĐẶC ĐIỂM TÌNH HÌNH:",
        "II. KẾT QUẢ VIỆC LÃNH ĐẠO, CHỈ ĐẠO VÀ TỔ CHỨC THỰC HIỆN KẾT LUẬN SỐ 62-KL/TW NGÀY 8/12/2009.",
        "III. HẠN CHẾ VÀ NGUYÊN NHÂN:",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ VÀ GIẢI PHÁP",
    ]
    assert form.closing.startswith("Trên đây là báo cáo kết quả việc lãnh đạo, chỉ đạo")


def test_sentences_with_blanks() -> None:
    form = shipped("kl62-2019-xa")
    assert form.field("II.4.b").template == (
        "Việc chi trả chế độ, chính sách theo Nghị quyết {nghi_quyet_che_do} được thực hiện nghiêm túc, kịp thời, "
        "đúng quy định."
    )
    local = form.field("I.a")
    assert [len(group) for group in local.groups] == [4, 5]
    assert local.rules[0].left == ("chi_bo_nong_thon", "chi_bo_truong_hoc", "chi_bo_khac")
    assert (local.rules[0].op, local.rules[0].right) == ("=", ("so_chi_bo",))
    assert [label for _, label in local.blank("huong").choices] == [
        *["bắc", "nam", "đông", "tây", "đông bắc", "đông nam", "tây bắc", "tây nam"]
    ]
    assert local.blank("dien_tich_ha").minimum == Decimal("0.01")
    opening = form.field("M0")
    limits = [(b.minimum, b.maximum) for b in opening.blanks]
    assert limits == [(None, None), (1, 31), (1, 12)]
    assert sum(len(f.blanks) for f in form.fields()) == 13


def test_what_a_commune_says_goes_to_one_leaf_above() -> None:
    feeds = {f.key: f.feeds for f in shipped("kl62-2019-xa").fields()}
    assert feeds == {
        "M0": (),
        "I.a": ("P1.I.1.a",),
        "I.b": ("P1.I.1.a",),
        "I.c": ("P1.I.1.b",),
        "I.d": ("P1.I.1.b",),
        "II.1": ("P1.I.2.a",),
        "II.2": ("P1.II.2",),
        "II.3": ("P1.II.3",),
        "II.4": ("P1.II.4",),
        "II.4.b": ("P1.II.4",),
        "II.5": ("P1.II.5",),
        "III.1": ("P1.III.2",),
        "III.2": ("P1.III.2",),
        "IV": ("P2.II",),
    }


@pytest.mark.parametrize("key", shipped_keys())
def test_every_leaf_asks_in_plain_words(key: str) -> None:
    for leaf in shipped(key).fields():
        assert leaf.question.endswith((".", "?"))
        assert len(leaf.question) <= 160
        assert leaf.hint or leaf.blanks


@pytest.mark.parametrize("key", ["kl62-2019", "kl62-2019-xa"])
def test_asked_cells_have_names_for_a_phone_an_example_and_a_way_to_add_up(key: str) -> None:
    for table in shipped(key).tables:
        for column in table.columns:
            if not column.asked:
                continue
            assert column.short and len(column.short) <= 20
            assert column.example
            assert column.rollup is _rollup(column.kind)
        for row in table.rows:
            assert row.body in BODIES
            assert row.short


def _rollup(kind: Kind) -> RollUp:
    if kind in (Kind.INTEGER, Kind.MONEY):
        return RollUp.SUM
    return RollUp.UNION if kind in (Kind.LIST, Kind.DOCUMENTS) else RollUp.NONE


def test_short_names_in_one_question_differ() -> None:
    for key in shipped_keys():
        form = shipped(key)
        for kind in ("xa", "huyen", "dutt", "to_chuc", "tinh"):
            for question in questions(form, Respondent(kind, "mttq", frozenset({"pl1_pl2"}))):
                shorts = Counter(column.short for part in question.parts for column in part.columns)
                assert max(shorts.values(), default=1) == 1


def test_number_of_questions_by_kind_of_unit() -> None:
    upper, lower = shipped("kl62-2019"), shipped("kl62-2019-xa")
    count = {k: len(questions(upper, Respondent(k))) for k in ("huyen", "dutt", "tinh")}
    assert count == {"huyen": 21 + 30, "dutt": 21 + 12, "tinh": 21 + 30}
    assert len(questions(upper, Respondent("to_chuc", "hnd"))) == 21 + 5
    assert len(questions(lower, Respondent("xa"))) == 32
    assert len(questions(lower, Respondent("xa", "", frozenset({"pl1_pl2"})))) == 44


def test_numbers_asked_of_a_commune() -> None:
    form = shipped("kl62-2019-xa")
    asked = Counter(
        address.field for question in questions(form, Respondent("xa")) for address in question.addresses if address.row
    )
    assert asked == {"PL3": 24, "PL4": 24, "PL6": 18}


def test_appendices_are_drawn_as_in_the_source() -> None:
    form = shipped("kl62-2019")
    assert [(t.key, t.header_rows, t.grid_columns, len(t.rows)) for t in form.tables] == [
        ("PL1", 2, 8, 6),
        ("PL2", 2, 5, 6),
        ("PL3", 2, 6, 6),
        ("PL4", 3, 16, 6),
        ("PL5", 0, 0, 0),
        ("PL6", 2, 6, 18),
    ]
    assert form.table("PL1").numbered_header
    assert "(1)" not in "".join(cell.text for cell in form.table("PL1").header)
    assert form.table("PL2").column("cvd_2009_2014").lead == "Tên các cuộc vận động:"
    assert form.table("PL5").missing
    assert form.table("PL6").number_line_first
    assert [row.merged for row in form.table("PL6").rows] == [3, 0, 0] * 6
    spans = {(c.row, c.column): (c.row_span, c.text) for c in form.table("PL4").header}
    assert spans[2, 9] == (2, "NK1")


def test_a_commune_prints_the_same_grids() -> None:
    upper, lower = shipped("kl62-2019"), shipped("kl62-2019-xa")
    for table in lower.tables:
        above = upper.table(table.key)
        assert (table.header, table.title, table.notes) == (above.header, above.title, above.notes)
        assert [(c.key, c.label, c.grid) for c in table.columns] == [(c.key, c.label, c.grid) for c in above.columns]
        assert [(r.key, r.label, r.ordinal) for r in table.rows] == [(r.key, r.label, r.ordinal) for r in above.rows]
    assert {t.key: t.switch for t in lower.tables if t.switch} == {"PL1": "pl1_pl2", "PL2": "pl1_pl2"}


def test_widths_fill_a_landscape_page() -> None:
    for key in ("kl62-2019", "kl62-2019-xa"):
        for table in shipped(key).tables:
            if not table.missing:
                assert sum(table.widths_mm) == 257


def test_deadlines_as_the_plan_words_them() -> None:
    form = shipped("kl62-2019")
    assert {(d.kinds, d.day) for d in form.deadlines} == {
        (frozenset({"huyen", "dutt", "to_chuc"}), "2019-04-10"),
        (frozenset({"tinh"}), "2019-04-19"),
    }


def test_recipients_end_with_the_copy_that_is_kept() -> None:
    for key in shipped_keys():
        form = shipped(key)
        for kind in form.filled_by:
            items = [item for who, item in form.document.recipients if who == kind]
            assert items[-1].startswith("Lưu Văn phòng")
            assert not any(item.endswith((".", ";", ",")) for item in items)
            assert dict(form.document.body_symbol)[kind]
            assert dict(form.document.authority)[kind].startswith("T/M ")


@pytest.mark.parametrize("key", ["kl62-2019", "kl102-2019", "nq25-2023", "tb160-2020"])
def test_the_youth_union_reports_for_its_standing_committee(key: str) -> None:
    """The plans name "Ban Thường vụ Tỉnh đoàn" beside the đảng đoàn: it has none to sign for."""
    document = shipped(key).document
    assert dict(document.authority)["doan"] == "T/M BAN THƯỜNG VỤ"
    assert dict(document.body_symbol)["doan"] == "TĐTN"
    assert not any("Đảng đoàn" in item for who, item in document.recipients if who == "doan")


@pytest.mark.parametrize("key", ["nq25-2023", "tb160-2020"])
def test_a_board_with_a_head_signs_for_nobody_and_does_not_write_to_itself(key: str) -> None:
    """ "K/T TRƯỞNG BAN" stands only over a deputy; the head's own report would print both."""
    document = shipped(key).document
    assert {who: text for who, text in document.authority if who in ("btc", "btg", "bdv")} == {
        "btc": "",
        "btg": "",
        "bdv": "",
    }
    assert "Ban Dân vận Tỉnh ủy" not in [item for who, item in document.recipients if who == "bdv"]
    assert [item for who, item in document.recipients if who == "bdv"]
