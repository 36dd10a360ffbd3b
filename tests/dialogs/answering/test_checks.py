"""The checks before sending: rules, unit slips, jumps since last period; what each says and how it is settled (C22)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answering import checks
from dialogs.answering.checks import findings, outliers
from dialogs.forms.answers import NOT_APPLICABLE, Address, Answer, State, Value
from dialogs.forms.form import Checks, Form, Jump, UnitSlip
from dialogs.forms.questions import Respondent, questions
from dialogs.values.effects import SendReport
from dialogs.values.findings import Finding
from dialogs.values.report_view import Last
from tests.world.little_world import Chat, at, chat, commune, form

COMMUNE_FORM, SHEET_FORM = "kl62-2019-xa", "kl102-2019"
ROWS = ("mttq", "ldld", "hnd", "doan", "pn", "ccb")


def told(value: Value, reason: str = "") -> tuple[State, Value, str]:
    return (State.VALUE, value, reason) if value else (State.ZERO, None, reason)


def answer(address: Address, value: Value, reason: str = "") -> Answer:
    state, stored, why = told(value, reason)
    return Answer(address, state, stored, reason=why)


def found(
    figures: dict[tuple[str, str, str], Value],
    last: dict[tuple[str, str, str], Value] | None = None,
    of: Form | None = None,
    **reasons: str,
) -> list[Finding]:
    """What is found among figures by address, given last period's; ``reasons`` by column."""
    asked = of or form(COMMUNE_FORM)
    answers = {
        Address(*place): answer(Address(*place), value, reasons.get(place[2], "")) for place, value in figures.items()
    }
    before = {
        Address(*place): Last(State.VALUE if value else State.ZERO, value) for place, value in (last or {}).items()
    }
    return list(findings(asked, questions(asked, Respondent("xa")), answers, before))


def messages(
    figures: dict[tuple[str, str, str], Value], last: dict[tuple[str, str, str], Value] | None = None
) -> list[str]:
    return [each.message for each in found(figures, last)]


TOTAL = ("PL3", "mttq", "xa.tong_so")
STAFF = ("PL4", "mttq", "cap_uy.xa.nk1")
MONEY = ("PL6", "mttq.xa", "nsnn")
PEOPLE = ("I.a", "", "dan_so")


def test_a_rule_names_its_figures_the_suspicious_one_first() -> None:
    """Women first, then the total; the numbers stand in the sentence, and blocking is the form's word."""
    (one,) = found({TOTAL: 12, ("PL3", "mttq", "xa.cb_nu"): 15})
    assert one.addresses == (Address("PL3", "mttq", "xa.cb_nu"), Address(*TOTAL))
    assert one.message == "Số cán bộ nữ lớn hơn tổng số cán bộ cấp xã (15 so với 12)."
    assert one.holds_back


def test_parts_that_do_not_add_up_are_told() -> None:
    parts: dict[tuple[str, str, str], Value] = {
        ("I.a", "", "so_chi_bo"): 12,
        ("I.a", "", "chi_bo_nong_thon"): 8,
        ("I.a", "", "chi_bo_truong_hoc"): 3,
        ("I.a", "", "chi_bo_khac"): 2,
    }
    (one,) = found(parts)
    assert "(13 so với 12)" in one.message
    assert found({**parts, ("I.a", "", "chi_bo_khac"): 1}) == []


@pytest.mark.parametrize(
    ("value", "before", "said"),
    [
        (12_000, 12, "Dân số 12.000 gấp khoảng 1.000 lần kỳ trước (12), có thể nhầm đơn vị tính."),
        (3_600, 12, "Dân số 3.600 gấp khoảng 300 lần kỳ trước (12), có thể nhầm đơn vị tính."),
        (3_599, 12, "Dân số 3.599 gấp khoảng 300 lần kỳ trước (12)."),
        (120, 12, "Dân số 120 gấp khoảng 10 lần kỳ trước (12)."),
        (119, 12, ""),
        (12, 120, "Dân số 12 chỉ bằng khoảng một phần 10 kỳ trước (120)."),
        (13, 120, ""),
        (9, 1, ""),
        (1, 9, ""),
        (10, 1, "Dân số 10 gấp khoảng 10 lần kỳ trước (1)."),
        (0, 40, "Dân số là 0, kỳ trước 40."),
        (0, 9, ""),
        (500, 0, ""),
    ],
)
def test_a_figure_against_last_period(value: int, before: int, said: str) -> None:
    """The gravest finding alone; small figures and what was zero before are left alone."""
    assert messages({PEOPLE: value}, {PEOPLE: before}) == ([said] if said else [])


def test_no_data_now_or_before_is_no_jump() -> None:
    address = Address(*PEOPLE)
    asked = questions(form(COMMUNE_FORM), Respondent("xa"))
    nothing = {address: Answer(address, State.NONE, reason=NOT_APPLICABLE)}
    number = {address: Answer(address, State.VALUE, 5000)}
    assert list(findings(form(COMMUNE_FORM), asked, nothing, {address: Last(State.VALUE, 12)})) == []
    assert list(findings(form(COMMUNE_FORM), asked, number, {address: Last(State.NONE)})) == []
    assert list(findings(form(COMMUNE_FORM), asked, number, {address: Last(State.EMPTY)})) == []


def column(*values: Value) -> dict[tuple[str, str, str], Value]:
    return {("PL4", row, "cap_uy.xa.nk1"): value for row, value in zip(ROWS, values, strict=False)}


def test_a_slip_shows_among_the_units_other_rows() -> None:
    """At least three others that are not zero; the median is of the others alone."""
    (one,) = found(column(3_000, 2, 3, 4))
    assert one.addresses == (Address(*STAFF),)
    assert one.message.endswith("3.000 gấp khoảng 1.000 lần mức giữa của các hàng khác (3), có thể nhầm đơn vị tính.")
    assert not one.blocking
    assert found(column(3_000, 2, 3, 0)) == []
    assert found(column(899, 2, 3, 4)) == []
    assert len(found(column(900, 2, 3, 4))) == 1


def test_rows_that_count_in_other_units_are_not_compared() -> None:
    """The sheet of kl102 counts people in one row and bridges in another."""
    sheet = form(SHEET_FORM)
    counts: dict[tuple[str, str, str], Value] = {
        ("TONG_HOP", "bhyt", "so_luong"): 9_000,
        ("TONG_HOP", "xay_cau", "so_luong"): 2,
        ("TONG_HOP", "truong_hoc", "so_luong"): 3,
        ("TONG_HOP", "lam_duong", "so_luong"): Decimal("1.5"),
        ("TONG_HOP", "moi_truong", "so_luong"): 4,
    }
    assert found(counts, of=sheet) == []
    money = {("TONG_HOP", row, "kinh_phi"): value for (_, row, _), value in counts.items()}
    (one,) = found(money, of=sheet)
    assert one.addresses[0].row == "bhyt"


def test_a_sum_the_reading_would_ask_back_is_told() -> None:
    """100.000 triệu đồng and more; the same threshold as at the entry."""
    assert messages({MONEY: Decimal(99_999)}) == []
    (said,) = messages({MONEY: Decimal(100_000)})
    assert said == "Ngân sách 100.000 triệu đồng/năm lớn khác thường, có thể nhầm đơn vị tính."


def test_the_checks_of_a_form_are_data() -> None:
    """Other factors, blocking, or none at all."""
    last: dict[tuple[str, str, str], Value] = {PEOPLE: 100}
    strict = replace(form(COMMUNE_FORM), checks=Checks(None, Jump(Decimal(2), Decimal(500), blocking=True)))
    (one,) = found({PEOPLE: 500}, last, strict)
    assert one.holds_back
    assert found({PEOPLE: 499}, last, strict) == []
    assert found({PEOPLE: 150}, last, strict) == []
    slip = replace(form(COMMUNE_FORM), checks=Checks(UnitSlip(Decimal(5), 1), None))
    assert len(found(column(50, 10), of=slip)) == 1
    none = replace(form(COMMUNE_FORM), checks=Checks(None, None))
    assert found({PEOPLE: 10**9, MONEY: Decimal(10**9)}, last, none) == []


def test_an_explanation_needs_every_figure_of_the_finding() -> None:
    """The total was changed after the reason was given: it stands without one, so the finding is open again."""
    figures: dict[tuple[str, str, str], Value] = {TOTAL: 12, ("PL3", "mttq", "xa.cb_nu"): 15}
    both = {"xa.tong_so": "Kiêm nhiệm.", "xa.cb_nu": "Kiêm nhiệm."}
    (one,) = found(figures, **both)
    assert one.explanation == "Kiêm nhiệm." and not one.holds_back
    (one,) = found(figures, **{"xa.cb_nu": "Kiêm nhiệm."})
    assert one.explanation == "" and one.holds_back


# --- outliers between units ------------------------------------------------------------------------------------


def test_an_outlier_among_units() -> None:
    """At least 300 times the median of at least five others; zeros do not count as others."""
    others = {f"X{number}": value for number, value in enumerate((8, 9, 10, 11, 12))}
    (one,) = outliers({**others, "Y": 3_000})
    assert (one.unit, one.value, one.median) == ("Y", 3_000, Decimal(10))
    assert list(outliers({**others, "Y": 2_999})) == []
    assert list(outliers({**dict(list(others.items())[1:]), "Z": 0, "Y": 5_000})) == []


@given(st.dictionaries(st.integers(0, 40), st.integers(0, 10**7) | st.decimals(0, 10**6, places=2), max_size=30))
def test_outliers_are_those_of_the_plain_definition(figures: dict[int, int | Decimal]) -> None:
    plain = {
        unit
        for unit, value in figures.items()
        if value > 0
        and len(others := sorted(v for key, v in figures.items() if key != unit and v > 0)) >= checks.OUTLIER_OTHERS
        and value
        >= checks.OUTLIER_TIMES * (Decimal(others[(len(others) - 1) // 2]) + Decimal(others[len(others) // 2])) / 2
    }
    assert {each.unit for each in outliers(figures)} == plain


# --- before sending --------------------------------------------------------------------------------------------


def last_year(**figures: Value) -> dict[tuple[str, str], dict[str, Last]]:
    return {("I.a", ""): {key: Last(State.VALUE, value, "Kỳ trước") for key, value in figures.items()}}


def suspicious() -> Chat:
    """A report with one blocking contradiction and one figure ten times last period's."""
    report = commune(before=last_year(dan_so=500))
    talk = at("I.a", report)
    talk.walk("An Bình; bắc; 12; 6000", "/sua PL3.1", "12 5 0 1")
    talk.edit(talk.sent, "5 12 0 1")
    return talk


def labels(talk: Chat) -> list[str]:
    return [choice.label for choice in talk.reply.choices]


def test_what_is_suspicious_is_said_with_the_receipt() -> None:
    """At once, beside the figure; nothing is held and the next question is asked."""
    report = commune(before=last_year(dan_so=500))
    talk = at("I.a", report)
    reply = talk.say("An Bình; bắc; 12; 6000")
    assert "⚠ Dân số 6.000 gấp khoảng 12 lần kỳ trước (500)." in reply.text
    assert not reply.refused
    assert talk.report.value("I.a.dan_so") == 6000
    assert reply.asks is not None and reply.asks.columns[0] == "so_dang_vien"


def test_the_summary_counts_the_findings_and_offers_both_ways_out() -> None:
    talk = suspicious()
    talk.say("/nop")
    assert "2 cảnh báo" in talk.reply.text
    assert "Mục I.a: ⚠ Dân số 6.000 gấp khoảng 12 lần kỳ trước (500)." in talk.reply.text
    for label in ("Giải trình 1: mục I.a", "Sửa mục I.a", "Giải trình 2: Phụ lục 3 – MTTQ", "Sửa Phụ lục 3 – MTTQ"):
        assert label in labels(talk)


def test_an_explanation_is_stored_as_typed_and_leads_back_to_the_summary() -> None:
    """With the figure it speaks of, value unchanged; explained findings count as settled."""
    talk = suspicious()
    talk.walk("/nop", "[Giải trình 1: mục I.a]")
    assert "Dân số 6.000 gấp khoảng 12 lần" in talk.reply.text
    reply = talk.say("  Sáp nhập 3 xã,\nsố cũ là của một xã. ")
    assert talk.session.state == "reviewing"
    assert "2 cảnh báo (1 đã giải trình)" in reply.text
    stored = talk.report.answers[Address("I.a", "", "dan_so")]
    assert (stored.value, stored.reason) == (6000, "Sáp nhập 3 xã,\nsố cũ là của một xã.")
    talk.walk("[Giải trình 2: Phụ lục 3 – MTTQ]", "12")
    assert "2 cảnh báo (2 đã giải trình)" in talk.reply.text
    assert talk.report.answers[Address("PL3", "mttq", "xa.tong_so")].reason == "12"
    talk.press("Gửi")
    assert talk.report.sendings == 1


def test_only_what_blocks_must_be_settled_and_it_says_what_and_where() -> None:
    talk = suspicious()
    talk.walk("/nop", "[Gửi]")
    assert "Chưa gửi được" in talk.reply.refused
    assert "Phụ lục 3 – MTTQ: ⚠ Số cán bộ nữ lớn hơn" in talk.reply.refused
    assert "Dân số" not in talk.reply.refused
    talk.walk("[Giải trình 2: Phụ lục 3 – MTTQ]", "Kiêm nhiệm.", "[Gửi]")
    assert [effect for effect in talk.effects if isinstance(effect, SendReport)]


def test_a_changed_figure_needs_a_new_reason_and_the_same_one_does_not() -> None:
    talk = suspicious()
    talk.walk("/nop", "[Giải trình 1: mục I.a]", "Sáp nhập.")
    talk.walk("[Xem cảnh báo]", "[Sửa mục I.a]", "An Bình; bắc; 12; 6.000")
    assert len(talk.saved) == 4
    address = Address("I.a", "", "dan_so")
    assert talk.report.answers[address].reason == "Sáp nhập."
    assert "⚠" not in talk.reply.text.split("\n\n")[0]
    talk.walk("[Sửa mục I.a]", "An Bình; bắc; 12; 7.000")
    assert talk.report.answers[address].reason == ""
    assert "⚠ Dân số 7.000" in talk.reply.text
    assert "2 cảnh báo ·" not in talk.say("/nop").text and "đã giải trình" not in talk.reply.text


def test_the_same_contradiction_typed_again_is_not_asked_twice() -> None:
    """The reason was given; the same four figures keep it. Another total needs a new one."""
    talk = at("PL3.1")
    talk.walk("12 15 0 1", "[Giữ nguyên, ghi lý do]", "Kiêm nhiệm.", "/sua PL3.1", "12 15 0 1")
    assert talk.session.state == "filling"
    assert talk.report.answers[Address("PL3", "mttq", "xa.cb_nu")].reason == "Kiêm nhiệm."
    talk.walk("/sua PL3.1", "11 15 0 1")
    assert talk.session.state == "objected"


def test_figures_given_in_two_messages_are_explained_together() -> None:
    """The total came first, alone; the reason given with the women stands at both."""
    talk = at("PL3.1")
    talk.walk("12", "15 0 1", "[Giữ nguyên, ghi lý do]", "Kiêm nhiệm.")
    reasons = {address.column: each.reason for address, each in talk.report.answers.items() if address.field == "PL3"}
    assert reasons == {"xa.tong_so": "Kiêm nhiệm.", "xa.cb_nu": "Kiêm nhiệm.", "xa.cb_dtts": "", "xa.cb_ton_giao": ""}
    talk.say("/nop")
    assert "1 cảnh báo (1 đã giải trình)" in talk.reply.text


def test_a_colleague_who_changes_the_figure_meanwhile_is_not_explained_away() -> None:
    talk = suspicious()
    talk.walk("/nop", "[Giải trình 1: mục I.a]")
    address = Address("I.a", "", "dan_so")
    talk.report.answers[address] = Answer(address, State.VALUE, 9000, version=2)
    reply = talk.say("Sáp nhập.")
    assert "vừa thay đổi" in reply.refused
    assert not talk.saved
    assert talk.session.state == "reviewing"


def test_editing_the_message_of_the_reason_changes_the_reason() -> None:
    talk = suspicious()
    talk.walk("/nop", "[Giải trình 2: Phụ lục 3 – MTTQ]", "Kiêm nhiệm.")
    talk.edit(talk.sent, "Ba đồng chí kiêm nhiệm.")
    for key in ("xa.tong_so", "xa.cb_nu"):
        assert talk.report.answers[Address("PL3", "mttq", key)].reason == "Ba đồng chí kiêm nhiệm."


def test_editing_a_row_with_words_in_it_is_no_reason() -> None:
    """One of the row's figures was explained later; its message is still the row's."""
    talk = at("I.a", commune(before=last_year(dan_so=500)))
    talk.say("An Bình; bắc; 12; 6000")
    number = talk.sent
    talk.walk("/nop", "[Giải trình 1: mục I.a]", "Sáp nhập.")
    talk.edit(number, "An Bình; bắc; 13; 6000")
    assert talk.report.value("I.a.dien_tich_ha") == 13
    assert talk.report.answers[Address("I.a", "", "dan_so")].reason == "Sáp nhập."


def test_many_findings_are_paged_and_each_is_reached() -> None:
    """Twelve contradictions: four a page, numbered through; the last one is explained."""
    report = commune()
    for row in ROWS:
        for key, value in (("xa.tong_so", 1), ("xa.cb_nu", 2), ("xa.cb_dtts", 3), ("xa.cb_ton_giao", 0)):
            address = Address("PL3", row, key)
            report.answers[address] = answer(address, value)
    talk = chat(report)
    talk.walk("/start", "/nop")
    assert "và 10 cảnh báo nữa" in talk.reply.text
    talk.press("Xem cảnh báo")
    assert "12 cảnh báo · trang 1/3" in talk.reply.text.lower()
    talk.walk("[Trang sau]", "[Trang sau]", "[Giải trình 12: Phụ lục 3 – Hội CCB]", "Đã kiểm tra.")
    assert "12 cảnh báo (1 đã giải trình)" in talk.reply.text
    assert talk.report.answers[Address("PL3", "ccb", "xa.cb_dtts")].reason == "Đã kiểm tra."


def test_only_a_part_that_was_returned_can_be_explained() -> None:
    """Figures outside what was returned are listed, with no way to write at them."""
    talk = suspicious()
    talk.report.hand_back("PL3", "Đề nghị kiểm tra.")
    talk.say("/nop")
    assert "2 cảnh báo" in talk.reply.text
    assert "Giải trình 1: mục I.a" not in labels(talk)
    session = talk.session
    talk.press_id(f"{session.report}.0.{session.mark}:explain:1")
    assert talk.session.state == "reviewing" and talk.reply.refused
    talk.press("Giải trình 2: Phụ lục 3 – MTTQ")
    assert talk.session.state == "justifying"


@pytest.mark.parametrize("key", [COMMUNE_FORM, SHEET_FORM, "kl62-2019", "nq25-2023", "tb160-2020"])
def test_no_form_objects_to_its_own_examples_nor_to_zeros(key: str) -> None:
    """A report of nothing but zeros, or of nothing at all, has no findings."""
    for kind in ("xa", "huyen", "tinh"):
        asked = questions(form(key), Respondent(kind))
        zeros = {a: Answer(a, State.ZERO) for question in asked for a in question.addresses}
        assert list(findings(form(key), asked, zeros, {})) == []
        assert list(findings(form(key), asked, {}, {})) == []
