"""What the campaign before has: shown, taken over only on a press, never over an answer that exists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dialogs.forms.answers import Address, Answer, State
from dialogs.values.effects import SaveAnswer
from dialogs.values.status import Status
from tests.world.little_world import Chat, LittleReport, at, chat, commune
from tests.world.neighbours import last, merged

TEXT = "Đảng ủy đã tổ chức 3 hội nghị.\n\nNguyên nhân: kinh phí hạn hẹp."
COLUMNS = ("xa.tong_so", "xa.cb_nu", "xa.cb_dtts", "xa.cb_ton_giao")


def with_row(*figures: int | None, report: LittleReport | None = None) -> LittleReport:
    """Last time's row of the Mặt trận; None is "no figures"."""
    found = report or commune()
    for column, figure in zip(COLUMNS, figures, strict=False):
        state = State.NONE if figure is None else State.VALUE if figure else State.ZERO
        last(found, "PL3.mttq", column, figure or None, state)
    return found


def labels(talk: Chat) -> list[str]:
    return [choice.label for choice in talk.reply.choices]


# --- figures -------------------------------------------------------------------------------------------------------


def test_last_times_figures_stand_beside_the_question() -> None:
    talk = at("PL3.mttq", with_row(12, 5, 0, None))
    assert "Kỳ trước: Tổng 12 · Nữ 5 · DTTS 0 · Tôn giáo chưa có số liệu" in talk.reply.text


def test_without_a_campaign_before_nothing_is_said() -> None:
    talk = at("PL3.mttq")
    assert "Kỳ trước" not in talk.reply.text
    assert "Dùng số kỳ trước" not in labels(talk)


def test_they_are_stored_as_the_units_own_answer_on_a_press_only() -> None:
    talk = at("PL3.mttq", with_row(12, 5, 0, 1))
    assert not talk.report.answers
    talk.press("Dùng số kỳ trước")
    assert talk.saved == [
        SaveAnswer(17, Address("PL3", "mttq", "xa.tong_so"), State.VALUE, 12),
        SaveAnswer(17, Address("PL3", "mttq", "xa.cb_nu"), State.VALUE, 5),
        SaveAnswer(17, Address("PL3", "mttq", "xa.cb_dtts"), State.ZERO),
        SaveAnswer(17, Address("PL3", "mttq", "xa.cb_ton_giao"), State.VALUE, 1),
    ]
    assert talk.reply.text.startswith("✓ Phụ lục 3 – MTTQ: Tổng 12 · Nữ 5 · DTTS 0 · Tôn giáo 1")


def test_the_choice_can_be_typed() -> None:
    talk = at("PL3.mttq", with_row(12, 5, 0, 1))
    talk.say("dung so ky truoc")
    assert talk.report.value("PL3.mttq.xa.tong_so") == 12


@pytest.mark.parametrize("figures", [(12,), (12, 5, 0), (12, 5, 0, None), (None, None, None, None)])
def test_a_row_that_was_not_whole_is_shown_but_not_offered(figures: tuple[int | None, ...]) -> None:
    talk = at("PL3.mttq", with_row(*figures))
    assert "Kỳ trước: Tổng" in talk.reply.text
    assert "Dùng số kỳ trước" not in labels(talk)


def test_an_answer_that_exists_is_never_replaced() -> None:
    talk = at("PL3.mttq", with_row(12, 5, 0, 1))
    talk.walk("7 3 0 0", "/sua PL3.mttq")
    assert "Kỳ trước: Tổng 12" in talk.reply.text
    assert "Dùng số kỳ trước" not in labels(talk)
    session = talk.session
    assert talk.press_id(f"{session.report}.{session.question}.{session.mark}:last").refused
    assert talk.report.value("PL3.mttq.xa.tong_so") == 7


def test_of_a_row_that_is_half_filled_the_rest_is_taken() -> None:
    talk = at("PL3.mttq", with_row(12, 5, 0, 1))
    talk.say("14;6")
    talk.press("Dùng số kỳ trước")
    values = [talk.report.value(f"PL3.mttq.{column}") for column in COLUMNS]
    assert values == [14, 6, "zero", 1]


def test_figures_that_break_a_rule_of_this_form_are_not_taken() -> None:
    talk = at("PL3.mttq", with_row(9, 15, 0, 0))
    talk.press("Dùng số kỳ trước")
    assert "⚠ Số cán bộ nữ lớn hơn tổng số cán bộ cấp xã (15 so với 9)." in talk.reply.refused
    assert not talk.report.answers


@pytest.mark.parametrize("value", ["mười hai", Decimal("1.5"), date(2018, 1, 1), ("12",)])
def test_an_answer_of_another_kind_is_not_taken(value: object) -> None:
    """A newer version of the form may count what was written then."""
    report = with_row(12, 5, 0, 1)
    last(report, "PL3.mttq", "xa.tong_so", value)  # type: ignore[arg-type]
    assert "Dùng số kỳ trước" not in labels(at("PL3.mttq", report))


def test_a_figure_that_this_form_does_not_accept_is_not_taken() -> None:
    """There is no month 13: what another version stored is shown, never taken over."""
    report = commune()
    for column, value in (("ke_hoach_so", "45"), ("ke_hoach_ngay", 20), ("ke_hoach_thang", 13)):
        last(report, "M0", column, value)
    assert "Dùng số kỳ trước" not in labels(at("1", report))
    last(report, "M0", "ke_hoach_thang", 3)
    report.status = Status.NOT_OPENED
    talk = at("1", report)
    talk.press("Dùng số kỳ trước")
    assert [save.value for save in talk.saved] == ["45", 20, 3]


def test_the_document_data_have_their_own_way() -> None:
    report = commune()
    last(report, "VAN_BAN", "so", "45-BC/ĐU")
    assert "Kỳ trước" not in at("VB", report).reply.text


# --- units that were merged ----------------------------------------------------------------------------------------


def test_the_units_before_are_added_up_with_their_parts() -> None:
    report = commune()
    merged(report, "PL3.mttq", "xa.tong_so", "12", "10", "8")
    talk = at("PL3.mttq", report)
    assert "3 đơn vị cũ cộng lại: Tổng 30 (Xã An Bình 12 · Xã Tân Lập 10 · Xã Phú Lâm 8)" in talk.reply.text


def test_the_sum_becomes_the_units_own_answer() -> None:
    report = commune()
    for column in COLUMNS:
        merged(report, "PL3.mttq", column, "2", "3", "0")
    talk = at("PL3.mttq", report)
    talk.press("Dùng số này")
    assert [save.value for save in talk.saved] == [5, 5, 5, 5]
    assert all(not save.basis and not save.reason for save in talk.saved)


def test_a_unit_before_without_figures_is_told_apart_from_zero() -> None:
    report = commune()
    merged(report, "PL3.mttq", "xa.tong_so", "12", "-", ".", "0")
    text = at("PL3.mttq", report).reply.text
    assert "Tổng 12 (2/4) (Xã An Bình 12 · Xã Tân Lập không có số · Xã Phú Lâm chưa báo cáo · Xã Hòa Bình 0)" in text


def test_a_share_is_told_of_and_never_added_or_divided() -> None:
    report = commune()
    for column in COLUMNS:
        merged(report, "PL3.mttq", column, "4", "6", share="12")
    talk = at("PL3.mttq", report)
    assert "Xã Bình Minh chỉ nhập một phần, số Tổng 12 · Nữ 12 · DTTS 12 · Tôn giáo 12 không cộng" in talk.reply.text
    talk.press("Dùng số này")
    assert [save.value for save in talk.saved] == [10, 10, 10, 10]


def test_a_unit_made_of_a_share_alone_is_offered_nothing() -> None:
    report = commune()
    for column in COLUMNS:
        merged(report, "PL3.mttq", column, share="12")
    talk = at("PL3.mttq", report)
    assert "chỉ nhập một phần" in talk.reply.text
    assert not {"Dùng số này", "Dùng số kỳ trước"} & set(labels(talk))


# --- narratives and lists ------------------------------------------------------------------------------------------


def test_a_narrative_of_last_time_is_begun_shown_and_read_in_full() -> None:
    report = commune()
    last(report, "II.1", "", TEXT)
    talk = at("II.1", report)
    flat = "Đảng ủy đã tổ chức 3 hội nghị. Nguyên nhân: kinh phí hạn hẹp."
    assert f"Kỳ trước ({len(TEXT)} ký tự): “{flat}”" in talk.reply.text
    assert TEXT in talk.press("Xem kỳ trước").text
    assert not talk.saved


def test_a_copy_is_open_until_it_is_confirmed_and_can_be_added_to() -> None:
    report = commune()
    last(report, "II.1", "", TEXT)
    talk = at("II.1", report)
    talk.press("Dùng lại bài kỳ trước")
    assert talk.report.value("II.1") == TEXT
    assert talk.reply.progress == (0, 32)
    talk.say("Năm nay thêm 1 hội nghị.")
    assert talk.report.value("II.1") == f"{TEXT}\nNăm nay thêm 1 hội nghị."
    talk.say("/tiep")
    assert talk.reply.progress == (1, 32)


def test_a_copy_can_be_taken_back() -> None:
    report = commune()
    last(report, "II.1", "", TEXT)
    talk = at("II.1", report)
    talk.walk("[Dùng lại bài kỳ trước]", "[Xóa đoạn cuối]")
    assert talk.report.value("II.1") == "empty"
    assert "Dùng lại bài kỳ trước" in labels(talk)


def test_a_text_is_never_copied_over_an_answer() -> None:
    report = commune()
    last(report, "II.1", "", TEXT)
    talk = at("II.1", report)
    talk.say("Bài của năm nay, viết mới.")
    assert "Dùng lại bài kỳ trước" not in labels(talk)
    assert "Xem kỳ trước" in labels(talk)
    session = talk.session
    assert talk.press_id(f"{session.report}.{session.question}.{session.mark}:last").refused
    talk.press_id(f"{session.report}.{session.question}.{session.mark}:see_last")
    assert talk.report.value("II.1") == "Bài của năm nay, viết mới."


def test_a_colleagues_text_that_came_meanwhile_stays() -> None:
    report = commune()
    last(report, "II.1", "", TEXT)
    talk = at("II.1", report)
    address = Address("II.1")
    report.answers[address] = Answer(address, State.VALUE, "Của đ/c Hoa", by="Hoa")
    assert talk.press("Dùng lại bài kỳ trước").refused
    assert talk.report.value("II.1") == "Của đ/c Hoa"


@pytest.mark.parametrize(
    ("place", "state", "told"),
    [
        ("II.1", State.ZERO, "không có nội dung báo cáo"),
        ("II.1", State.NONE, "chưa có số liệu"),
        ("IV", State.ZERO, "không có"),
        ("IV", State.NONE, "chưa có số liệu"),
    ],
)
def test_that_there_was_nothing_to_report_is_told_and_not_copied(place: str, state: State, told: str) -> None:
    report = commune()
    last(report, place, "", None, state)
    talk = at(place, report)
    assert f"Kỳ trước: {told}." in talk.reply.text
    assert not {"Dùng lại bài kỳ trước", "Xem kỳ trước"} & set(labels(talk))


def test_a_list_is_copied_entry_by_entry_and_can_be_mended() -> None:
    report = commune()
    last(report, "IV", "", ("1. Mở lớp tập huấn", "- Bố trí kinh phí"))
    talk = at("IV", report)
    assert "1. 1. Mở lớp tập huấn" in talk.press("Xem kỳ trước").text
    talk.press("Dùng lại bài kỳ trước")
    assert talk.report.value("IV") == ("1. Mở lớp tập huấn", "- Bố trí kinh phí")
    talk.walk("[Sửa một mục]", "2", "Bố trí đủ kinh phí")
    assert talk.report.value("IV") == ("1. Mở lớp tập huấn", "Bố trí đủ kinh phí")


def test_a_narrative_of_a_list_of_then_is_not_copied() -> None:
    report = commune()
    last(report, "II.1", "", ("một", "hai"))
    assert "Dùng lại bài kỳ trước" not in labels(at("II.1", report))


def test_a_very_long_text_is_shown_with_both_ends_and_copied_whole() -> None:
    report = commune()
    text = "Đầu bài. " + "Nội dung dài. " * 2000 + "Cuối bài."
    last(report, "II.1", "", text)
    talk = at("II.1", report)
    shown = talk.press("Xem kỳ trước").text
    assert len(shown) < 4096
    assert "Đầu bài." in shown
    assert "Cuối bài." in shown
    talk.press("Dùng lại bài kỳ trước")
    assert talk.report.value("II.1") == text


def test_nothing_is_taken_over_into_a_report_that_was_sent() -> None:
    report = with_row(12, 5, 0, 1)
    talk = at("PL3.mttq", report)
    report.status = Status.SENT
    talk.press("Dùng số kỳ trước")
    assert not talk.report.answers


def test_a_double_tap_takes_over_once() -> None:
    talk = at("PL3.mttq", with_row(12, 5, 0, 1))
    talk.press("Dùng số kỳ trước")
    assert talk.press_earlier(1, "Dùng số kỳ trước").refused
    assert not talk.saved


def test_a_forged_press_where_nothing_is_offered_is_refused() -> None:
    talk = chat(commune())
    talk.walk("/start", "[Bắt đầu]")
    session = talk.session
    for trigger in ("last", "see_last"):
        assert talk.press_id(f"{session.report}.{session.question}.{session.mark}:{trigger}").refused
