"""Figures in place of the sums of the units below: with a reason, told when the parts change, taken back."""

from __future__ import annotations

import pytest

from dialogs.answering.cells import MAX_REASON
from dialogs.answering.rollup_dialog import REPLACING
from dialogs.forms.answers import Address, State
from dialogs.machine import STATES, build, diagram
from dialogs.values.effects import SaveAnswer
from dialogs.values.report_view import Unit
from dialogs.values.status import Status
from tests.world.little_world import Chat, LittleReport, chat, commune, district
from tests.world.neighbours import below

PLACE = "PL3.mttq"
TOTAL = Address("PL3", "mttq", "xa.tong_so")
WOMEN = Address("PL3", "mttq", "xa.cb_nu")
COLUMNS = ("xa.tong_so", "xa.cb_nu", "xa.cb_dtts", "xa.cb_ton_giao")
PROVINCE = Unit("T", "Tỉnh ủy Hồng Lam", "tinh")


def with_sums(report: LittleReport | None = None) -> LittleReport:
    """A district whose communes have given 100 (60 + 40), 35, 4 and 1; a third had no figures, a fourth is missing."""
    found = report or district()
    for column, first, second in zip(COLUMNS, ("60", "20", "3", "0"), ("40", "15", "1", "1"), strict=True):
        below(found, PLACE, column, first, second, "-", ".")
    below(found, "PL3.hnd", "xa.tong_so", "6", "4")
    below(found, "PL6.mttq.xa", "nsnn", "120.5", "80")
    below(found, "PL6.mttq.xa", "thu_khac", "1", "2")
    return found


def at_row(place: str = "PL3.mttq", report: LittleReport | None = None) -> Chat:
    talk = chat(with_sums(report))
    talk.walk("/start", "[Bắt đầu]", f"/capduoi {place}")
    assert talk.session.state == "lower_row"
    return talk


def replaced(talk: Chat, figures: str = "120 35 4 1", reason: str = "Xã Phú Lâm báo qua điện thoại") -> Chat:
    talk.walk("[Thay số]", figures, reason)
    return talk


# --- looking -------------------------------------------------------------------------------------------------------


def test_a_row_shows_its_sums_and_every_unit_behind_them() -> None:
    text = at_row().reply.text
    assert "Tổng 100 · Nữ 35 · DTTS 4 · Tôn giáo 1 (tổng của 2/4 đơn vị)" in text
    assert "Xã An Bình: 60 · 20 · 3 · 0" in text
    assert "Xã Phú Lâm." in text.split("Không cho số", 1)[1]
    assert "Xã Hòa Bình" not in text


def test_beyond_ten_units_the_rest_is_counted() -> None:
    report = district()
    below(report, PLACE, "xa.tong_so", *["3"] * 14)
    talk = chat(report)
    talk.walk("/start", "[Bắt đầu]", "/capduoi PL3.mttq")
    assert "… và 4 đơn vị khác" in talk.reply.text
    assert talk.reply.text.count(": 3") == 10


def test_a_sum_over_nothing_is_empty_and_not_zero() -> None:
    report = district()
    below(report, PLACE, "xa.tong_so", ".", ".")
    talk = chat(report)
    talk.walk("/start", "[Bắt đầu]", "/capduoi PL3.mttq")
    assert "Tổng chưa có (tổng của 0/2 đơn vị)" in talk.reply.text
    assert "Chưa đơn vị cấp dưới nào có số được tính ở đây." in talk.reply.text


@pytest.mark.parametrize("typed", ["/capduoi PL3", "cấp dưới PL3", "CAP DUOI phụ lục 3", "/capduoi pl3"])
def test_the_rows_of_a_table_are_listed_and_chosen_by_number(typed: str) -> None:
    talk = chat(with_sums())
    talk.walk("/start", "[Bắt đầu]", typed)
    assert "1. MTTQ, cấp xã: Tổng 100" in talk.reply.text
    talk.say("2")
    assert talk.reply.text.startswith("Phụ lục 3 – Hội Nông dân, cấp xã")


@pytest.mark.parametrize("place", ["PL6", "PL6.1", "PL6.mttq", "PL6.mttq.xa"])
def test_a_row_that_the_unit_itself_is_not_asked_can_be_reached(place: str) -> None:
    talk = chat(with_sums())
    talk.walk("/start", "[Bắt đầu]", f"/capduoi {place}")
    if talk.session.state == "lower":
        talk.say("1")
    assert talk.reply.text.startswith("Phụ lục 6 – MTTQ cấp xã")
    assert "Ngân sách 200,5 · Thu khác 3 (tổng của 2/2 đơn vị)" in talk.reply.text


def test_without_a_place_the_row_that_is_asked_is_shown() -> None:
    talk = chat(with_sums())
    talk.walk("/start", "[Bắt đầu]", "/sua PL3.mttq", "/capduoi")
    assert talk.reply.text.startswith("Phụ lục 3 – MTTQ, cấp xã")
    talk.walk("/huy", "/sua I.1.a", "/capduoi")
    assert [choice.label for choice in talk.reply.choices][:2] == ["Phụ lục 3", "Phụ lục 6"]


def test_the_levels_of_a_row_stay_apart() -> None:
    """A province has sums of districts and of communes in one row: one is replaced without the other."""
    report = district(unit=PROVINCE)
    for column in ("huyen.tong_so", "xa.tong_so"):
        below(report, PLACE, column, "7", "8")
    talk = at_row("PL3.1", report)
    assert talk.reply.text.startswith("Phụ lục 3 – MTTQ, cấp huyện")
    talk.walk("[Thay số]", "20", "Số của Ban Tổ chức")
    assert talk.report.value("PL3.mttq.huyen.tong_so") == 20
    talk.walk("/huy", "/sua PL3.mttq")
    lines = talk.reply.text.split("\n")
    assert "Cấp dưới đã báo cáo (cấp huyện): Tổng 15 (2/2)" in lines
    assert any(line.startswith("Cấp dưới đã báo cáo (cấp xã): Tổng 100 (2/4) · ") for line in lines)


def test_a_commune_has_nothing_below_and_nobody_looks() -> None:
    class Watched(LittleReport):
        def sums(self) -> dict[Address, object]:  # type: ignore[override]
            raise AssertionError("a commune's turn asks for no sums")

        def proposals(self, field: str, row: str) -> dict[str, object]:  # type: ignore[override]
            raise AssertionError("a commune's turn asks for no sums")

    plain = commune()
    talk = chat(Watched(plain.form, plain.unit))
    talk.walk("/start", "[Bắt đầu]", "/sua PL3", "12 5 0 1", "/sua PL6", "/nop", "/capduoi", "/capduoi PL3.1")
    assert talk.reply.refused == "Báo cáo này không có ô nào lấy tổng của các đơn vị cấp dưới."


# --- replacing -----------------------------------------------------------------------------------------------------


def test_a_figure_in_place_of_a_sum_is_stored_with_reason_and_basis() -> None:
    talk = at_row()
    basis = talk.report.below["PL3", "mttq"]["xa.tong_so"].basis
    talk.walk("[Thay số]", "120 35 4 1")
    assert not talk.saved
    talk.say("Xã Phú Lâm báo qua điện thoại")
    (save,) = talk.saved
    assert save == SaveAnswer(17, TOTAL, State.VALUE, 120, reason="Xã Phú Lâm báo qua điện thoại", basis=basis)
    assert "Tổng: 120 thay cho tổng 100 của 2/4 đơn vị" in talk.reply.text


def test_what_equals_the_sum_stays_a_live_sum() -> None:
    talk = at_row()
    talk.walk("[Thay số]", "100 35 4 1")
    assert talk.reply.refused == "Số vừa gửi bằng đúng tổng của cấp dưới nên không phải thay."
    assert talk.session.state == "replacing"


def test_the_sum_typed_again_takes_an_earlier_figure_back() -> None:
    talk = replaced(at_row())
    talk.walk("[Thay số]", "100 36 4 1", "Nhầm")
    assert {(save.address, save.state) for save in talk.saved} == {(TOTAL, State.EMPTY), (WOMEN, State.VALUE)}
    assert talk.report.value("PL3.mttq.xa.tong_so") == "empty"


def test_zero_is_a_figure_and_no_figures_is_none() -> None:
    talk = at_row()
    talk.walk("[Thay số]", "[Chỉ thay Tôn giáo]", "chưa có số liệu")
    assert "số thay phải là một con số" in talk.reply.refused
    talk.walk("0", "Xã Tân Lập đã đính chính")
    assert talk.report.value("PL3.mttq.xa.cb_ton_giao") == "zero"


@pytest.mark.parametrize("typed", ["120", "không có", "120 35 4", "1 2 3 4 5", "a b c d"])
def test_a_message_that_does_not_fit_the_row_changes_nothing(typed: str) -> None:
    talk = at_row()
    talk.walk("[Thay số]", typed)
    assert talk.reply.refused
    assert talk.session.state == "replacing"
    assert not talk.report.answers


def test_blank_cells_keep_their_sum() -> None:
    talk = at_row()
    talk.walk("[Thay số]", "120; ; 5", "Đính chính")
    assert {save.address.column: save.value for save in talk.saved} == {"xa.tong_so": 120, "xa.cb_dtts": 5}


@pytest.mark.parametrize("reason", [" ", "\u200b", "x" * (MAX_REASON + 1)])
def test_the_reason_is_never_empty_and_has_a_limit(reason: str) -> None:
    talk = at_row()
    talk.walk("[Thay số]", "120 35 4 1", reason)
    assert talk.reply.refused
    assert talk.session.state == "replacing_reason"
    talk.say("x" * MAX_REASON)
    assert talk.report.answers[TOTAL].reason == "x" * MAX_REASON


def test_a_broken_rule_is_told_before_the_reason_is_given() -> None:
    talk = at_row()
    talk.walk("[Thay số]", "[Chỉ thay Nữ]", "135")
    assert "⚠ Số cán bộ nữ lớn hơn tổng số cán bộ cấp xã (135 so với 100)." in talk.reply.text


def test_a_program_is_told_which_cells_are_asked() -> None:
    talk = at_row()
    assert talk.reply.asks is None
    asks = talk.press("Thay số").asks
    assert asks is not None
    assert (asks.field, asks.row, asks.columns, asks.kind) == ("PL3", "mttq", COLUMNS, "integer")
    asks = talk.press("Chỉ thay Nữ").asks
    assert asks is not None
    assert asks.columns == ("xa.cb_nu",)
    assert talk.say("40").asks == asks
    assert talk.say("Đính chính").asks is None


def test_the_basis_is_that_of_the_sum_that_was_shown() -> None:
    """A commune sends between the figures and the reason: the figure was meant against the sum before."""
    talk = at_row()
    shown = talk.report.below["PL3", "mttq"]["xa.tong_so"].basis
    talk.walk("[Thay số]", "120 35 4 1")
    below(talk.report, PLACE, "xa.tong_so", "60", "40", "8", ".")
    talk.say("Theo số tổng hợp tay")
    assert talk.report.answers[TOTAL].basis == shown
    assert "số đồng chí thay (120) lập khi tổng là 100; nay tổng là 108 của 3/4 đơn vị." in talk.reply.text


def test_a_changed_part_of_another_column_does_not_mark_this_one() -> None:
    talk = replaced(at_row())
    below(talk.report, PLACE, "xa.cb_nu", "21", "15", "-", ".")
    talk.walk("/capduoi PL3.mttq")
    assert "⚠" not in talk.reply.text


def test_a_change_is_told_at_the_row_in_the_table_and_before_sending() -> None:
    talk = replaced(at_row())
    below(talk.report, PLACE, "xa.tong_so", "60", "40", "8", ".")
    told = "số đồng chí thay (120) lập khi tổng là 100; nay tổng là 108 của 3/4 đơn vị."
    for typed in ("/capduoi PL3.mttq", "/sua PL3.mttq", "/xem", "/nop"):
        assert told in talk.say(typed).text, typed
        assert "Lý do: “Xã Phú Lâm báo qua điện thoại”" in talk.reply.text, typed


def test_the_summary_tells_three_rows_in_full_and_counts_the_rest() -> None:
    report = district()
    for row in ("mttq", "ldld", "hnd", "doan", "pn"):
        below(report, f"PL3.{row}", "xa.tong_so", "1", "2")
    talk = chat(report)
    talk.walk("/start", "[Bắt đầu]")
    for row in ("mttq", "ldld", "hnd", "doan", "pn"):
        talk.walk(f"/capduoi PL3.{row}", "[Thay số]", "9", "Đính chính")
    text = talk.say("/nop").text
    assert text.count("Đã thay:") == 3
    assert "… và 2 hàng khác; gõ /capduoi để xem." in text


def test_a_colleagues_figure_is_named_before_it_is_replaced() -> None:
    talk = replaced(at_row())
    talk.report.answers[TOTAL] = talk.report.answers[TOTAL]._replace(by="Hoa", who=2)
    talk.walk("[Thay số]", "130 35 4 1")
    assert "và cho số đã thay trước đó của đ/c Hoa (120)" in talk.reply.text


def test_the_sum_can_be_taken_back() -> None:
    talk = replaced(at_row())
    talk.press("Dùng lại tổng của cấp dưới")
    assert [(save.address, save.state) for save in talk.saved] == [(TOTAL, State.EMPTY)]
    assert "Đã thay" not in talk.reply.text
    assert talk.press_earlier(1, "Dùng lại tổng của cấp dưới").refused
    assert not talk.saved


def test_an_answer_of_the_units_own_is_no_override() -> None:
    """A cell is listed as replaced only if it has a basis; own cells of the row are asked as ever."""
    talk = chat(with_sums())
    talk.walk("/start", "[Bắt đầu]", "/sua PL3.mttq", "12 5 0 1", "/nop")
    assert "Đã thay" not in talk.reply.text
    assert talk.report.value("PL3.mttq.huyen.tong_so") == 12


# --- getting away, coming back -------------------------------------------------------------------------------------


@pytest.mark.parametrize("away", ["/huy", "/tiep", "/boqua"])
def test_leaving_goes_back_to_the_question_and_says_what_is_not_stored(away: str) -> None:
    talk = chat(with_sums())
    talk.walk("/start", "[Bắt đầu]", "/sua PL6.1", "/capduoi PL3.mttq", "[Thay số]", "120 35 4 1", away)
    assert "Chưa ghi “120; 35; 4; 1” vì còn chờ đồng chí xác nhận." in talk.reply.text
    assert talk.reply.asks is not None
    assert talk.reply.asks.field == "PL6"
    assert not talk.report.answers


@pytest.mark.parametrize("elsewhere", ["/muc", "/nop", "/sua 3", "/start", "/capduoi PL6"])
def test_going_elsewhere_says_what_is_not_stored(elsewhere: str) -> None:
    talk = at_row()
    talk.walk("[Thay số]", "120 35 4 1", elsewhere)
    assert "Chưa ghi “120; 35; 4; 1”" in talk.reply.text


def test_the_figures_message_can_be_edited_until_the_reason_is_given() -> None:
    talk = at_row()
    talk.walk("[Thay số]", "120 35 4 1")
    talk.edit(talk.sent, "121 35 4 1")
    talk.say("Đính chính")
    assert talk.report.value("PL3.mttq.xa.tong_so") == 121


def test_the_reason_can_be_edited_afterwards_and_keeps_the_figure() -> None:
    talk = replaced(at_row())
    reason = talk.sent
    basis = talk.report.answers[TOTAL].basis
    talk.walk("/huy")
    talk.edit(reason, "Xã Phú Lâm báo bằng văn bản")
    stored = talk.report.answers[TOTAL]
    assert (stored.value, stored.reason, stored.basis) == (120, "Xã Phú Lâm báo bằng văn bản", basis)
    assert talk.edit(reason, " ").refused
    assert talk.report.answers[TOTAL].reason == "Xã Phú Lâm báo bằng văn bản"


def test_a_report_that_was_sent_meanwhile_takes_no_figure() -> None:
    talk = at_row()
    talk.walk("[Thay số]", "120 35 4 1")
    talk.report.status = Status.SENT
    talk.say("Lý do")
    assert not talk.report.answers
    assert "Chưa ghi “120; 35; 4; 1”" in talk.reply.text
    assert "Thay số" not in [choice.label for choice in talk.reply.choices]


def test_in_a_returned_report_only_what_was_returned_may_be_replaced() -> None:
    talk = at_row()
    talk.report.status = Status.SENT
    talk.report.hand_back("PL6", "Kiểm tra kinh phí")
    talk.say("/capduoi PL3.mttq")
    assert "Thay số" not in [choice.label for choice in talk.reply.choices]
    session = talk.session
    forged = talk.press_id(f"{session.report}.0.{session.mark}:replace")
    assert forged.refused
    talk.walk("/capduoi PL6.1", "[Thay số]", "250 3", "Đã kiểm tra")
    assert talk.report.value("PL6.mttq.xa.nsnn") == 250


def test_a_double_tap_on_replace_and_a_stale_press_do_nothing() -> None:
    talk = at_row()
    talk.press("Thay số")
    assert talk.press_earlier(1, "Thay số").refused


def test_the_states_of_replacing_are_in_the_diagram() -> None:
    drawn = diagram()
    assert all(state in STATES and f"    {state}: " in drawn for state in REPLACING)
    assert "lower_row --> replacing: replace [may_start]" in drawn
    assert build() is not None


def test_without_units_below_the_summary_offers_no_sums() -> None:
    """The form has such cells, but nobody is asked them below."""
    talk = chat(district())
    talk.walk("/start", "[Bắt đầu]", "/nop")
    assert "Số cấp dưới" not in [choice.label for choice in talk.reply.choices]
    below(talk.report, "PL6.mttq.xa", "nsnn", "120.5")
    talk.say("/nop")
    assert "Phụ lục 6: tổng của các đơn vị cấp dưới" in talk.press("Số cấp dưới").text
