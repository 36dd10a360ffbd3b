"""Two people in one report: who wrote what is shown, and nothing of a colleague's is replaced unseen (O18, O19)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dialogs import stored
from dialogs.forms.answers import Address, State, Value
from dialogs.turn.held import HeldAnswer, HeldWriting
from dialogs.turn.session import Session
from dialogs.values.effects import Piece, SaveAnswer
from dialogs.values.status import Status
from tests.dialogs.old_fonts import in_tcvn3
from tests.world import neighbours
from tests.world.little_team import Office
from tests.world.little_world import LETTERHEAD, commune, district, sheet

KEEP_MAI, OVERWRITE, APPEND, BOTH = "Giữ của đồng chí Mai", "Ghi đè bằng của tôi", "Nối thêm sau", "Xem cả hai"
DECIDE = "Quyết định chỗ ghi trùng"


def labels(office: Office, name: str) -> list[str]:
    return [choice.label for choice in office.chats[name].reply.choices]


def both_at(place: str, office: Office | None = None) -> Office:
    """Lan and Mai stand at the same question, which nobody has answered."""
    office = office or Office()
    for name in ("Mai", "Lan"):
        office.at(name, place)
    return office


# --- who wrote what ------------------------------------------------------------------------------------------------


def test_a_question_says_who_wrote_its_answer_and_when_unless_it_was_oneself() -> None:
    office = Office()
    office.at("Mai", "II.1").walk("Xã đã họp ba lần.", "/tiep")
    assert "Đồng chí" not in office.at("Mai", "II.1").reply.text.split("Đang có")[1]
    lines = office.at("Lan", "II.1").reply.text.split("\n")
    assert "Đồng chí Mai ghi lúc 09:01 01/04." in lines


def test_a_row_of_two_says_which_figures_are_whose() -> None:
    office = both_at("PL3.1")
    office["Mai"].say("12; 5; 0; 1")
    office.at("Lan", "PL3.1").say("12; 6; 0; 1")
    reply = office.at("Hùng", "PL3.1").reply
    assert "Đồng chí Mai ghi lúc" in reply.text
    assert "(Tổng, DTTS, Tôn giáo)" in reply.text
    assert "(Nữ)." in reply.text


def test_contents_and_full_answers_name_who_wrote_once_more_than_one_did() -> None:
    office = Office()
    office.at("Mai", "II.1").walk("Xã đã họp ba lần.", "/tiep")
    assert "– Mai" not in office["Mai"].say("/muc").text
    office.at("Lan", "PL3.1").say("12; 5; 0; 1")
    assert "6. ✓ II.1 Công tác lãnh đạo, chỉ đạo và tổ chức thực hiệ… – Mai" in office["Lan"].say("/muc").text
    assert "Đồng chí Mai ghi lúc" in office["Lan"].say("/xem II.1").text
    assert "Người ghi: Lan (MTTQ)." in office["Lan"].say("/xem PL3.1").text


def test_whoever_only_closes_a_text_did_not_write_it() -> None:
    office = Office()
    office.at("Mai", "II.1").say("Xã đã họp ba lần.")
    office.at("Lan", "II.1").say("/tiep")
    answer = office.report.answers[Address("II.1")]
    assert (answer.closed, answer.by) == (True, "Mai")


# --- a narrative ---------------------------------------------------------------------------------------------------


def narrative(office: Office | None = None) -> Office:
    """Mai has written since Lan looked, and Lan writes."""
    office = both_at("II.1", office)
    office["Mai"].say("Bài của Mai.")
    office["Lan"].say("Bài của Lan.")
    return office


def test_the_second_is_told_and_nothing_is_written() -> None:
    office = narrative()
    reply = office.chats["Lan"].reply
    assert reply.text == (
        "Đồng chí Mai vừa sửa mục II.1 lúc 09:03 01/04, nên bản đồng chí gửi chưa được ghi:\n"
        "Bản của đồng chí Mai (12 ký tự): “Bài của Mai.”\n"
        "Bản đồng chí gửi (12 ký tự): “Bài của Lan.”"
    )
    assert labels(office, "Lan") == [KEEP_MAI, OVERWRITE, APPEND, BOTH]
    assert [choice.key for choice in reply.choices] == ["a", "b", "c", "d"]
    assert office.chats["Lan"].saved == []
    assert office.report.value("II.1") == "Bài của Mai."


def test_keeping_the_colleagues_shows_mine_once_more() -> None:
    office = narrative()
    reply = office["Lan"].press(KEEP_MAI)
    assert "Bản đồng chí gửi không ghi: “Bài của Lan.”" in reply.text
    assert office.report.value("II.1") == "Bài của Mai."
    assert office.chats["Lan"].session.state == "writing"
    assert office.chats["Lan"].session.held == ()


def test_overwriting_keeps_both_in_the_history() -> None:
    office = narrative()
    office["Lan"].press(OVERWRITE)
    assert office.report.value("II.1") == "Bài của Lan."
    assert office.texts_of("II.1") == ["Bài của Mai.", "Bài của Lan."]
    assert office.report.answers[Address("II.1")].by == "Lan"


def test_adding_behind_joins_both_and_keeps_whose_message_is_which() -> None:
    office = narrative()
    office["Lan"].press(APPEND)
    assert office.report.value("II.1") == "Bài của Mai.\nBài của Lan."
    assert [piece.text for piece in office.report.pieces(Address("II.1"))] == ["Bài của Mai.", "Bài của Lan."]


def test_looking_at_both_decides_nothing() -> None:
    office = narrative()
    reply = office["Lan"].press(BOTH)
    assert reply.text.endswith("Bản của đồng chí Mai:\nBài của Mai.\n\nBản đồng chí gửi:\nBài của Lan.")
    assert labels(office, "Lan") == [KEEP_MAI, OVERWRITE, APPEND, BOTH]
    assert office["Lan"].press(OVERWRITE).refused == ""


def test_a_choice_may_be_typed_by_its_letter_or_label() -> None:
    office = narrative()
    office["Lan"].say("noi them sau")
    assert office.report.value("II.1") == "Bài của Mai.\nBài của Lan."
    office = narrative()
    office["Lan"].say("b")
    assert office.report.value("II.1") == "Bài của Lan."


def test_what_a_person_had_written_before_is_part_of_what_overwrites() -> None:
    """Overwriting by the newest message alone would throw away one's own beginning."""
    office = both_at("II.1")
    office["Lan"].say("Lan, một.")
    office.at("Mai", "II.1").press("Xóa đoạn cuối")
    office["Mai"].say("Mai thay hết.")
    office["Lan"].say("Lan, hai.")
    assert "“Lan, một. Lan, hai.”" in office.chats["Lan"].reply.text
    office["Lan"].press(OVERWRITE)
    assert office.report.value("II.1") == "Lan, một.\nLan, hai."


def test_what_was_seen_of_the_colleagues_is_the_beginning_of_mine() -> None:
    office = both_at("II.1")
    office["Mai"].say("Mai, một.")
    office.at("Lan", "II.1")
    office["Mai"].say("Mai, hai.")
    office["Lan"].say("Lan.")
    office["Lan"].press(OVERWRITE)
    assert office.report.value("II.1") == "Mai, một.\nLan."
    assert "Mai, một.\nMai, hai." in office.texts_of("II.1")


def test_whoever_has_seen_the_colleagues_text_goes_on_after_it_unasked() -> None:
    office = both_at("II.1")
    office["Mai"].say("Bài của Mai.")
    office.at("Lan", "II.1").say("Lan viết tiếp.")
    assert office.report.value("II.1") == "Bài của Mai.\nLan viết tiếp."


def test_the_rest_of_a_long_paste_is_held_with_its_beginning() -> None:
    office = narrative()
    reply = office["Lan"].say("Đoạn hai của Lan.\nTiếp")
    assert reply.text.startswith("Đã giữ thêm, cả thảy 2 đoạn chưa ghi.")
    assert "“Bài của Lan. Đoạn hai của Lan.”" in reply.text
    office["Lan"].press(APPEND)
    answer = office.report.answers[Address("II.1")]
    assert (answer.value, answer.closed) == ("Bài của Mai.\nBài của Lan.\nĐoạn hai của Lan.", True)


def test_a_held_message_is_put_right_by_editing_it() -> None:
    office = narrative()
    number = office.chats["Lan"].sent
    office["Lan"].edit(number, "Bài của Lan, sửa lại.")
    office["Lan"].press(OVERWRITE)
    assert office.report.value("II.1") == "Bài của Lan, sửa lại."


@pytest.mark.parametrize(
    ("place", "mine", "mended", "stored"),
    [("II.1", "Bài của Lan.", "Bài của Lan, sửa.", "Bài của Lan, sửa."), ("IV", "Một", "Một\nHai", ("Một", "Hai"))],
)
def test_what_is_held_against_a_word_for_nothing_is_written_as_it_was_edited(
    place: str, mine: str, mended: str, stored: Value
) -> None:
    office = both_at(place)
    office["Mai"].say("không có")
    office["Lan"].say(mine)
    reply = office["Lan"].edit(office.chats["Lan"].sent, mended)
    assert f"“{'; '.join(stored) if isinstance(stored, tuple) else stored}”" in reply.text
    office["Lan"].press(OVERWRITE)
    assert office.report.value(place) == stored
    assert [piece.text for piece in office.report.pieces(Address(place))] == [mended]


@pytest.mark.parametrize("word", ["không có", "-", "chưa có số liệu", in_tcvn3("Đảng ủy đã quán triệt đến chi bộ.")])
def test_no_word_for_nothing_becomes_a_paragraph_of_what_is_held(word: str) -> None:
    office = narrative()
    number = office.chats["Lan"].sent
    assert office["Lan"].say(word).refused
    assert office["Lan"].edit(number, word).refused
    office["Lan"].press(OVERWRITE)
    assert office.report.value("II.1") == "Bài của Lan."


def test_one_who_is_faster_again_is_shown_before_anything_is_overwritten() -> None:
    office = narrative()
    office["Mai"].say("Mai viết thêm.")
    reply = office["Lan"].press(OVERWRITE)
    assert reply.refused
    assert "“Bài của Mai. Mai viết thêm.”" in reply.text
    assert office.report.value("II.1") == "Bài của Mai.\nMai viết thêm."
    office["Lan"].press(OVERWRITE)
    assert office.report.value("II.1") == "Bài của Lan."


@pytest.mark.parametrize("word", ["không có", "chưa có số liệu"])
def test_a_word_for_nothing_does_not_wipe_out_a_text_that_came_meanwhile(word: str) -> None:
    """It is asked back over a text that is there; one's own answer to that does not speak of a newer one."""
    office = both_at("II.1")
    office["Lan"].say(word)
    office = both_at("II.1")
    office["Mai"].say("Bài của Mai.")
    office["Lan"].say(word)
    assert office.report.value("II.1") == "Bài của Mai."
    office["Lan"].say("b")
    assert office.report.value("II.1") == "Bài của Mai."
    assert labels(office, "Lan") == [KEEP_MAI, OVERWRITE, BOTH]


def test_taking_back_the_last_message_never_takes_a_colleagues() -> None:
    """The text was replaced by one of as many messages: the old button still fits it by number."""
    office = both_at("II.1")
    office["Lan"].say("Bài của Lan.")
    undo = office["Lan"].choice(office.chats["Lan"].reply, "Xóa đoạn cuối")
    office.at("Mai", "II.1").press("Xóa đoạn cuối")
    office["Mai"].say("Bài của Mai.")
    office["Lan"].press_id(undo)
    assert office.report.value("II.1") == "Bài của Mai."
    assert "đồng chí vừa" in office.chats["Lan"].reply.text or "(bỏ trống)" in office.chats["Lan"].reply.text


def test_an_edit_of_an_earlier_message_over_a_colleagues_text_is_asked_about() -> None:
    office = both_at("II.1")
    office["Lan"].say("Bài của Lan.")
    number = office.chats["Lan"].sent
    office.at("Mai", "II.1").press("Xóa đoạn cuối")
    office["Mai"].say("Bài của Mai.")
    office.at("Lan", "II.1")  # seen, but an old message does not speak of it
    reply = office["Lan"].edit(number, "Bài của Lan, sửa.")
    assert "“Bài của Lan, sửa.”" in reply.text
    assert office.report.value("II.1") == "Bài của Mai."
    office["Lan"].press(OVERWRITE)
    assert office.report.value("II.1") == "Bài của Lan, sửa."


def test_closing_a_text_that_a_colleague_went_on_with_overwrites_nothing() -> None:
    office = both_at("II.1")
    office["Lan"].say("Lan.")
    office.at("Mai", "II.1").say("Mai nối.")
    assert office["Lan"].say("/tiep").refused == ""
    answer = office.report.answers[Address("II.1")]
    assert (answer.value, answer.closed, answer.by) == ("Lan.\nMai nối.", True, "Mai")


# --- figures -------------------------------------------------------------------------------------------------------


def test_of_a_row_only_the_cells_that_differ_are_asked_about() -> None:
    office = both_at("PL3.1")
    office["Mai"].say("12; 5; 0; 1")
    reply = office["Lan"].say("12; 6; 0; 2")
    assert reply.text == (
        "✓ Đã ghi: Tổng 12 · DTTS 0.\n\n"
        "Đồng chí Mai vừa sửa Phụ lục 3 – MTTQ lúc 09:03 01/04, nên bản đồng chí gửi chưa được ghi:\n"
        "Nữ: đồng chí Mai ghi 5 – đồng chí vừa gửi 6\n"
        "Tôn giáo: đồng chí Mai ghi 1 – đồng chí vừa gửi 2"
    )
    assert labels(office, "Lan") == [KEEP_MAI, OVERWRITE, BOTH]
    office["Lan"].press(OVERWRITE)
    assert [office.report.value(f"PL3.mttq.xa.{key}") for key in ("tong_so", "cb_nu", "cb_dtts", "cb_ton_giao")] == [
        12,
        6,
        "zero",
        2,
    ]


def test_cells_that_nobody_else_wrote_are_saved_at_once() -> None:
    office = both_at("PL3.1")
    office["Mai"].say("12; 5; 0; 1")
    del office.report.answers[Address("PL3", "mttq", "xa.cb_nu")]
    reply = office["Lan"].say("13; 7; 0; 1")
    assert "✓ Đã ghi: Nữ 7 · DTTS 0 · Tôn giáo 1." in reply.text
    assert office.report.value("PL3.mttq.xa.cb_nu") == 7
    assert office.report.value("PL3.mttq.xa.tong_so") == 12


def test_after_the_decision_the_dialog_goes_on_where_it_would_have_gone() -> None:
    office = both_at("PL3.1")
    office["Mai"].say("12; 5; 0; 1")
    here = office.chats["Lan"].session.resume
    office["Lan"].say("13; 5; 0; 1")
    office["Lan"].press(OVERWRITE)
    assert office.chats["Lan"].session.question == here


def test_whoever_sees_the_colleagues_figures_replaces_them_and_is_told_what() -> None:
    office = both_at("PL3.1")
    office["Mai"].say("12; 5; 0; 1")
    reply = office.at("Lan", "PL3.1").say("13; 5; 0; 1")
    assert "Thay số của đ/c Mai: Tổng 12." in reply.text
    assert office.report.value("PL3.mttq.xa.tong_so") == 13


@pytest.mark.parametrize("label", ["Không có (0)", "Chưa có số liệu", "Không có tổ chức này"])
def test_one_tap_for_a_whole_row_asks_as_well(label: str) -> None:
    office = both_at("PL3.1")
    press = office["Lan"].choice(office.chats["Lan"].reply, label)
    office["Mai"].say("12; 5; 3; 1")
    reply = office["Lan"].press_id(press)
    assert "Tổng: đồng chí Mai ghi 12" in reply.text
    assert [office.report.value(f"PL3.mttq.xa.{key}") for key in ("tong_so", "cb_nu")] == [12, 5]
    assert office["Lan"].press(OVERWRITE).refused == ""
    assert office.report.value("PL3.mttq.xa.tong_so") in ("zero", "none")


def test_a_whole_appendix_without_anything_leaves_what_a_colleague_gave() -> None:
    office = both_at("PL3.1")
    office["Lan"].press("Cả phụ lục không có")
    office["Mai"].say("12; 5; 3; 1")
    office["Lan"].say("a")
    assert office.report.value("PL3.mttq.xa.tong_so") == 12
    assert office.report.value("PL3.hnd.xa.tong_so") == "zero"


def test_a_zero_that_a_colleague_has_given_meanwhile_is_not_turned_into_no_data() -> None:
    office = both_at("PL3.1")
    office["Lan"].say("không có")
    to_none = office["Lan"].choice(office.chats["Lan"].reply, "Đổi 0 vừa ghi: chưa có số liệu")
    office.at("Mai", "PL3.1").say("4; 0; 0; 0")
    office.at("Mai", "PL3.1").say("0; 0; 0; 0")
    reply = office["Lan"].press_id(to_none)
    assert office.report.value("PL3.mttq.xa.tong_so") == "zero"
    assert "Tổng: đồng chí Mai ghi 0 – đồng chí vừa gửi chưa có số liệu" in reply.text


def test_an_edited_message_does_not_replace_a_colleagues_figures() -> None:
    office = both_at("PL3.1")
    office["Lan"].say("12; 5; 0; 1")
    number = office.chats["Lan"].sent
    office.at("Mai", "PL3.1").say("20; 5; 0; 1")
    office.at("Lan", "PL3.1")
    office["Lan"].edit(number, "13; 5; 0; 1")
    assert office.report.value("PL3.mttq.xa.tong_so") == 20
    office["Lan"].press(KEEP_MAI)
    assert office.report.value("PL3.mttq.xa.tong_so") == 20


def test_document_data_and_its_usual_values_go_the_same_way() -> None:
    office = both_at("vb", Office(commune(usual=LETTERHEAD)))
    take = office["Lan"].choice(office.chats["Lan"].reply, "Dùng thông tin này")
    office["Mai"].say("15; 05/04/2019; Bình An; BC/ĐU")
    office["Lan"].press_id(take)
    assert office.report.value("VAN_BAN.dia_danh") == "Bình An"
    office = both_at("vb", Office(commune(usual=LETTERHEAD)))
    office["Mai"].say("15; 05/04/2019; Bình An; BC/ĐU")
    reply = office["Lan"].say("16; 05/04/2019; Bình An; BC/ĐU")
    assert "Số: đồng chí Mai ghi 15 – đồng chí vừa gửi 16" in reply.text
    office["Lan"].press(OVERWRITE)
    assert office.report.value("VAN_BAN.so") == "16"


def test_last_times_figures_never_replace_what_came_meanwhile() -> None:
    report = commune()
    for column, value in (("xa.tong_so", 9), ("xa.cb_nu", 2), ("xa.cb_dtts", 3), ("xa.cb_ton_giao", 4)):
        neighbours.last(report, "PL3.mttq", column, value)
    office = both_at("PL3.1", Office(report))
    label = next(each for each in labels(office, "Lan") if "kỳ trước" in each)
    take = office["Lan"].choice(office.chats["Lan"].reply, label)
    office["Mai"].say("12; 5; 0; 1")
    office["Lan"].press_id(take)
    assert office.report.value("PL3.mttq.xa.tong_so") == 12


# --- reasons, overrides, rows, lists -------------------------------------------------------------------------------


def test_a_reason_that_a_colleague_gave_is_not_replaced_unseen() -> None:
    office = both_at("PL3.1")
    for name in ("Mai", "Lan"):
        office[name].walk("5; 12; 0; 1", "[Giữ nguyên, ghi lý do]")
    office["Mai"].say("Số liệu theo danh sách mới")
    reply = office["Lan"].say("Lan giải thích khác")
    assert "lý do: “Số liệu theo danh sách mới”" in reply.text
    assert "lý do: “Lan giải thích khác”" in reply.text
    assert office.report.answers[Address("PL3", "mttq", "xa.cb_nu")].reason == "Số liệu theo danh sách mới"


def test_a_figure_in_place_of_a_sum_is_not_replaced_unseen_either() -> None:
    report = district()
    neighbours.below(report, "PL3.mttq", "xa.tong_so", "12", "8")
    office = Office(report)
    for name in ("Mai", "Lan"):
        office.at(name, "").walk("/capduoi PL3.mttq")
    for name in ("Mai", "Lan"):
        office[name].press(next(each for each in labels(office, name) if each.startswith("Thay")))
    office["Mai"].say("25")
    office["Lan"].say("30")
    office["Mai"].say("Mai đếm lại")
    reply = office["Lan"].say("Lan đếm lại")
    assert "đồng chí Mai ghi 25 (lý do: “Mai đếm lại”) – đồng chí vừa gửi 30 (lý do: “Lan đếm lại”)" in reply.text
    assert office.report.value("PL3.mttq.xa.tong_so") == 25
    office["Lan"].press(OVERWRITE)
    stored = office.report.answers[Address("PL3", "mttq", "xa.tong_so")]
    assert (stored.value, stored.reason, stored.basis != "") == (30, "Lan đếm lại", True)
    assert office.chats["Lan"].session.state == "lower_row"


def test_entries_that_both_add_to_a_list_are_all_kept() -> None:
    office = both_at("IV")
    office["Mai"].say("Kiến nghị của Mai")
    reply = office["Lan"].say("Kiến nghị của Lan")
    assert "các mục của cả hai đều được giữ" in reply.text
    assert office.report.value("IV") == ("Kiến nghị của Mai", "Kiến nghị của Lan")


def test_another_edit_of_a_list_is_asked_about() -> None:
    office = both_at("IV")
    office["Lan"].say("Một\nHai")
    office["Lan"].press("Sửa một mục")
    office["Lan"].say("2")
    office.at("Mai", "IV").say("Ba")
    reply = office["Lan"].say("Hai, sửa")
    assert "Bản của đồng chí Mai (12 ký tự): “Một; Hai; Ba”" in reply.text
    assert office.report.value("IV") == ("Một", "Hai", "Ba")
    office["Lan"].press(OVERWRITE)
    assert office.report.value("IV") == ("Một", "Hai, sửa", "Ba")


def test_a_row_that_was_added_is_dropped_only_as_far_as_it_was_seen() -> None:
    office = Office(sheet())
    office.at("Lan", "").say("/muc")
    office["Lan"].press("Trang sau") if "Thêm dòng" not in labels(office, "Lan") else None
    while "Thêm dòng" not in labels(office, "Lan"):
        office["Lan"].press("Trang sau")
    office["Lan"].press("Thêm dòng")
    office["Lan"].say("Mô hình mới")
    place = next(q for q in office.report.questions if q.row.startswith("them."))
    office["Lan"].say("/boqua")
    office.at("Lan", str(place.number)).press("Bỏ dòng này")
    mai = office.at("Mai", str(place.number))
    mai.press("Đổi tên dòng") if "Đổi tên dòng" in labels(office, "Mai") else None
    mai.say("Mai đặt tên")
    name = next(a for a in office.report.answers if a.row == place.row and office.report.answers[a].by == "Mai")
    office["Lan"].say("a")
    assert office.report.answers[name].value == "Mai đặt tên"


# --- what is held --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["/muc", "/start", "/boqua", "/huy", "/truoc", "/tiep", "/sua 12", "/trogiup", "/nop"])
def test_whatever_else_is_done_it_stays_held_and_is_named(way: str) -> None:
    office = narrative()
    office["Lan"].say(way)
    assert office.chats["Lan"].session.held
    assert DECIDE in labels(office, "Lan") or office.chats["Lan"].session.state == "conflicted"
    if DECIDE in labels(office, "Lan"):
        office["Lan"].press(DECIDE)
    office["Lan"].press(APPEND)
    assert office.report.value("II.1") == "Bài của Mai.\nBài của Lan."
    assert office.chats["Lan"].session.held == ()


def test_any_other_text_waits_and_is_said_not_to_be_stored() -> None:
    office = both_at("PL3.1")
    office["Mai"].say("12; 5; 0; 1")
    office["Lan"].say("13; 5; 0; 1")
    assert office["Lan"].say("14").refused == "Tin này chưa được ghi. Đồng chí chọn một cách bên dưới trước."
    assert office["Lan"].edit(office.chats["Lan"].sent - 1, "15; 5; 0; 1").refused


def test_two_places_are_decided_one_after_the_other() -> None:
    office = narrative()
    office.at("Mai", "II.2").say("Mai, hai.")
    lan = office["Lan"]
    lan.say("/huy")
    lan.say("/sua II.2")
    office.at("Mai", "II.2").say("Mai, nữa.")
    office["Lan"].say("Lan, hai.")
    assert "Mục II.2: đã nối sau" in office["Lan"].press(APPEND).text
    assert office.chats["Lan"].session.state == "conflicted"
    office["Lan"].press(OVERWRITE)
    assert (office.report.value("II.1"), office.report.value("II.2")) == (
        "Bài của Lan.",
        "Mai, hai.\nMai, nữa.\nLan, hai.",
    )


def test_a_figure_given_anew_at_its_question_needs_no_decision_any_more() -> None:
    office = both_at("PL3.1")
    office["Mai"].say("12; 5; 0; 1")
    office["Lan"].say("13; 5; 0; 1")
    reply = office["Lan"].walk("/huy", "/sua PL3.1", "14; 5; 0; 1")
    assert "Bản đồng chí gửi trước đó (“13”) được thay bằng bản vừa gửi." in reply.text
    assert office.report.value("PL3.mttq.xa.tong_so") == 14
    assert office.chats["Lan"].session.held == ()


def test_nothing_is_sent_over_the_head_of_a_text_that_waits() -> None:
    office = narrative()
    office["Lan"].walk("/huy", "/nop")
    reply = office["Lan"].press("Gửi")
    assert reply.refused == "Còn chỗ ghi trùng với đồng nghiệp, đồng chí quyết định trước khi gửi."
    assert office.report.status is Status.IN_PROGRESS


def test_a_report_that_was_sent_meanwhile_says_that_mine_was_not_written() -> None:
    office = narrative()
    office.report.status = Status.SENT
    reply = office["Lan"].press(OVERWRITE)
    assert "không sửa được nữa" in reply.refused
    assert "“Bài của Lan.”" in reply.refused
    assert office.report.value("II.1") == "Bài của Mai."
    assert office.chats["Lan"].session.held == ()


def test_what_is_held_in_a_part_that_was_handed_to_somebody_else_is_shown_once_more_and_not_written() -> None:
    office = both_at("II.1")
    office["Lan"].say("Bài của Lan.")
    long = "Mai viết dài. " * 40
    office["Mai"].say(long)
    office.hand("PL3", "Mai")
    for label in (OVERWRITE, APPEND):
        talk = office["Mai"]
        talk.press(label) if label in labels(office, "Mai") else talk.say("/start")
    assert office.report.value("II.1") == "Bài của Lan."
    assert any(" ".join(long.split()) in " ".join(reply.refused.split()) for reply in office.chats["Mai"].replies)
    assert office.chats["Mai"].session.held == ()


def second_report(office: Office) -> None:
    """Another report of the same people."""
    for talk in office.chats.values():
        talk.world.reports.append(commune(id=18, campaign="kl62-2020"))


def test_what_is_held_in_one_report_is_kept_when_another_one_ends() -> None:
    office = narrative()
    second_report(office)
    office["Lan"].press_id("18.0.0:open:18")
    del office.chats["Lan"].world.reports[1]
    reply = office["Lan"].say("/tiep")
    assert DECIDE in [choice.label for choice in reply.choices]
    office["Lan"].press(DECIDE)
    office["Lan"].press(OVERWRITE)
    assert office.report.value("II.1") == "Bài của Lan."


def test_what_is_held_in_a_report_that_ends_is_told_in_full_and_no_button_stays_for_it() -> None:
    office = narrative()
    second_report(office)
    office["Lan"].press_id("18.0.0:open:18")
    del office.chats["Lan"].world.reports[0]
    reply = office["Lan"].say("/muc")
    assert "bản đang giữ không ghi được nữa: “Bài của Lan.”" in reply.text
    assert DECIDE not in [choice.label for choice in reply.choices]
    assert office.chats["Lan"].session.held == ()


def test_a_text_that_is_kept_on_leaving_a_report_does_not_replace_a_colleagues_word_there() -> None:
    """A text in an old font waits; Mai says there is nothing; Lan opens another report, which keeps the text."""
    office = both_at("II.1")
    second_report(office)
    office["Lan"].say(in_tcvn3("Đảng ủy xã đã quán triệt Kết luận đến các chi bộ."))
    assert office.chats["Lan"].session.state == "asked_back"
    office["Mai"].say("không có")
    office["Lan"].press_id("18.0.0:open:18")
    assert office.report.answers[Address("II.1")].state is State.ZERO
    assert office.chats["Lan"].session.state == "conflicted"
    office["Lan"].press(OVERWRITE)
    assert office.report.value("II.1") == "Đảng ủy xã đã quán triệt Kết luận đến các chi bộ."


def test_the_button_of_a_notice_about_files_of_another_report_keeps_a_text_that_waits() -> None:
    office = both_at("II.1")
    second_report(office)
    office["Lan"].say(in_tcvn3("Đảng ủy xã đã quán triệt Kết luận đến các chi bộ."))
    office["Lan"].press_id("18.0.0:files:18:IV")
    assert office.chats["Lan"].session.state == "shelf"
    assert office.report.value("II.1") == "Đảng ủy xã đã quán triệt Kết luận đến các chi bộ."


def test_buttons_without_anything_held_lead_nowhere() -> None:
    office = both_at("II.1")
    for forged in ("conflict", "overwrite", "append", "keep_theirs", "clash", "settled"):
        assert office["Lan"].press_id(f"17.6.{office.chats['Lan'].session.mark}:{forged}").refused
    assert office.report.value("II.1") == "empty"


def test_the_same_person_at_two_doors_is_nobody_elses_colleague() -> None:
    office = both_at("II.1")
    second = type(office.chats["Lan"])(office.world(office.people["Lan"]))
    second.stored = office.chats["Lan"].stored
    office["Lan"].say("Một.")
    second.world.now = office.now
    second.sent = 50
    assert second.say("Hai.").refused == ""
    assert office.report.value("II.1") == "Một.\nHai."


VALUES: list[Value] = [None, "chữ", 12, Decimal("12.50"), date(2019, 4, 10), ("một", "hai"), ()]


@pytest.mark.parametrize("value", VALUES)
def test_every_kind_of_value_is_held_across_a_restart(value: Value) -> None:
    pieces = (Piece("1", "a"), Piece("", "b"))
    held = HeldAnswer(Address("PL3", "mttq", "x"), 3, 1, State.VALUE, value, False, "lý do", "h", pieces, False)
    session = Session(held=(HeldWriting(17, "m", False, (held,)),))
    assert stored.from_json(stored.to_json(session)) == session


def test_nobody_is_asked_about_an_answer_that_came_from_a_file() -> None:
    """It has no author to be asked against: it is there to be corrected."""
    office = both_at("PL3.1")
    office["Mai"].say("12; 5; 0; 1")
    for address, answer in office.report.answers.items():
        office.report.answers[address] = type(answer)(address, answer.state, answer.value, channel="csv")
    reply = office["Lan"].say("13; 5; 0; 1")
    assert reply.refused == ""
    assert all(isinstance(effect, SaveAnswer) for effect in office.chats["Lan"].saved)
    assert office.report.value("PL3.mttq.xa.tong_so") == 13


def test_a_list_declared_empty_by_a_colleague_is_seen_and_two_held_entries_are_both_decided() -> None:
    """A colleague's "không có" stands while two entries come in without a look: each waits, none is lost."""
    office = both_at("IV")
    office["Lan"].say("không có")
    office["Mai"].say("Kiến nghị một")
    assert office.chats["Mai"].session.state == "conflicted"
    office.at("Mai", "IV").say("Kiến nghị hai")
    assert office.report.value("IV") == ("Kiến nghị hai",)
    office["Mai"].press(DECIDE)
    office["Mai"].press(OVERWRITE)
    assert office.chats["Mai"].session.held == ()
    assert office.texts_of("IV") == [None, ("Kiến nghị hai",), ("Kiến nghị một",)]
