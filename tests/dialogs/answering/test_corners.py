"""Corners of the dialog: what is held while something is asked back, words for whole rows, detours, edits, locks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.answering.edits import MAX_REASON
from dialogs.forms.answers import Address, Answer, State
from dialogs.machine import CATALOG
from dialogs.turn.commands import Command
from dialogs.turn.message_parts import MAX_ITEMS, MAX_NARRATIVE, items_of, join
from dialogs.values.effects import Piece
from dialogs.values.status import Status
from tests.dialogs.old_fonts import in_tcvn3
from tests.world.little_world import COMMUNE, DISTRICT, Chat, LittleWorld, at, chat, commune, district, filled, sheet

OLD = "Nhân dân thường xuyên góp công xây dựng nông thôn mới."


# What is held while something is asked back.


@pytest.mark.parametrize(
    "leaving", ["/muc", "/nop", "/start", "/huy", "/tiep", "/truoc", "/boqua", "/sua 12", "/start ABCDEFGH"]
)
def test_a_text_in_an_old_font_is_not_lost_by_going_elsewhere(leaving: str) -> None:
    """It is kept as it was shown converted: as typed it would lose its letters when it is cleaned."""
    talk = at("I.b")
    talk.walk(in_tcvn3(OLD), leaving)
    assert talk.report.value("I.b") == OLD
    assert talk.session.kept is None


def test_a_text_in_an_old_font_is_not_lost_by_opening_another_report() -> None:
    """A button of the first screen leads to the other report; the held text stays in the first one."""
    talk = Chat(LittleWorld([commune(), district(id=18, unit=DISTRICT)]))
    talk.say("/start")
    other = next(choice.id for choice in talk.reply.choices if choice.id.endswith("open:18"))
    talk.walk("[Bắt đầu – Tổng kết 10 năm Kết luận 62, Đảng ủy xã An Bình]", "/sua I.b", in_tcvn3(OLD))
    talk.press_id(other)
    assert talk.session.report == 18
    assert talk.report.value("I.b") == OLD


def test_reports_of_two_units_are_told_apart_on_the_first_screen() -> None:
    """Somebody who reports for two units sees whose each is, on the card and on its button."""
    other = replace(COMMUNE, code="X2", name="Đảng ủy xã Hòa Thuận")
    talk = Chat(LittleWorld([commune(), commune(id=18, unit=other)]))
    lines = talk.say("/start").text.splitlines()
    assert [line.strip() for line in lines if "Đảng ủy" in line] == ["Đảng ủy xã An Bình", "Đảng ủy xã Hòa Thuận"]
    assert lines[0].startswith("1 · ")
    talk.press("Bắt đầu – Tổng kết 10 năm Kết luận 62, Đảng ủy xã Hòa Thuận")
    assert talk.session.report == 18


def test_reports_of_one_title_are_told_apart_on_the_first_screen() -> None:
    """A district may ask its communes beside the province: the campaign's key stands on the card and its button."""
    talk = Chat(LittleWorld([commune(), commune(id=18, campaign="kl62-2019-xa"), sheet(id=19)]))
    text = talk.say("/start").text
    assert "2 · Tổng kết 10 năm Kết luận 62 (kl62-2019-xa) — hạn" in text
    assert "3 · Sơ kết 5 năm Kết luận 102 — hạn" in text
    talk.press("Bắt đầu – kl62-2019-xa")
    assert talk.session.report == 18


def test_a_table_whose_rows_name_their_columns_is_headed_by_the_columns() -> None:
    """The first row counts "suất học bổng"; that is no heading for kilometres of road."""
    talk = at("TONG_HOP.9", sheet())
    talk.say("2,5; 300")
    text = talk.say("/xem TONG_HOP").text
    assert "Số lượng · Kinh phí" in text.splitlines()
    assert "suất" not in text


def test_a_sticker_or_an_old_button_leaves_the_question_open() -> None:
    """What was asked back is asked again, and the answer still counts."""
    talk = chat()
    talk.walk("/start", "[Bắt đầu]")
    old = talk.choice(talk.reply, "Chưa có số liệu")
    talk.walk("/sua I.a", "An Bình; bắc; 1,234; 100")
    talk.send_other("sticker")
    talk.press_id(old)
    talk.say("/xem")
    talk.say("b")
    assert talk.report.value("I.a.dien_tich_ha") == 1234


def test_figures_that_are_held_are_said_to_be_unsaved_when_left() -> None:
    """Leaving by a command names them; nothing is stored."""
    talk = at("PL3.1")
    talk.walk("12 15 0 1", "/muc")
    assert "Chưa ghi “12; 15; 0; 1”" in talk.reply.text
    assert not talk.report.answers


def test_a_piece_alone_never_takes_the_place_of_a_held_row() -> None:
    """After "Nữ lớn hơn Tổng" a single number could be any of the four: the whole row is asked for."""
    talk = at("PL3.1")
    talk.say("12 15 0 1")
    assert "gửi lại cả 4 phần" in talk.say("5").refused
    assert not talk.report.answers
    talk.say("12 5 0 1")
    assert talk.report.value("PL3.mttq.xa.cb_nu") == 5


def test_retyping_asks_the_whole_row_even_if_a_part_was_stored() -> None:
    """The wrong figure may be the one that was given first."""
    talk = at("PL3.1")
    talk.walk("12", "15 0 1", "[Gõ lại]")
    assert talk.reply.asks is not None
    assert len(talk.reply.asks.columns) == 4


def test_a_message_that_was_refused_is_put_right_by_editing_it() -> None:
    """On a phone people correct the message itself; it is then read as if it had been typed anew."""
    talk = at("PL3.1")
    talk.say("12 15 0 1")
    talk.edit(talk.sent, "15 12 0 1")
    assert talk.report.value("PL3.mttq.xa.cb_nu") == 12


def test_a_message_refused_at_another_question_changes_nothing_when_edited() -> None:
    """Its question is no longer the one that is asked."""
    talk = at("PL3.1")
    talk.say("12 15 0 1")
    missed = talk.sent
    talk.walk("/sua PL3.2")
    talk.edit(missed, "15 12 0 1")
    assert not talk.report.answers
    assert "không có gì thay đổi" in talk.reply.text


# Words that speak of a whole row.


def test_a_word_for_nothing_does_not_answer_a_row_with_texts() -> None:
    """ "không có" for name, direction, area and population is asked back; "chưa có số liệu" counts for all of them."""
    talk = at("I.a")
    assert "chưa rõ nói về phần nào" in talk.say("không có").refused
    assert "chưa rõ nói về phần nào" in talk.say("không có tổ chức này").refused
    assert not talk.report.answers
    talk.say("chưa có số liệu")
    assert {answer.state for answer in talk.report.answers.values()} == {State.NONE}
    assert len(talk.report.answers) == 4


def test_no_month_is_zero() -> None:
    """Where 0 is out of range neither the word nor a button can store it."""
    talk = chat()
    talk.walk("/start", "[Bắt đầu]", "45")
    assert "Không có (0)" not in [choice.label for choice in talk.reply.choices]
    assert "nằm ngoài khoảng" in talk.say("không").refused
    talk.press_id(f"17.1.{talk.session.mark}:nil")
    assert talk.reply.refused
    assert talk.report.value("M0.ke_hoach_thang") == "empty"


def test_a_gathered_list_is_not_thrown_away_by_one_word() -> None:
    """ "Không có tổ chức này" at the second column of a row whose first has documents is refused."""
    talk = at("PL1.1", district())
    talk.walk("NQ 05-NQ/HU", "tiếp", "không có tổ chức này")
    assert "đang có danh sách đã ghi" in talk.reply.refused
    assert talk.report.value("PL1.mttq.nghi_quyet") == ("NQ 05-NQ/HU",)
    talk.walk("/sua PL1.2", "không có", "không có tổ chức này")
    assert talk.report.answers[Address("PL1", "ldld", "so_cuoc_kt_gs")].reason == "not_applicable"


@pytest.mark.parametrize(
    ("typed", "note"), [("150 20,5", "empty"), ("150; 20,5", "empty"), ("150; 20,5; Số năm 2018", "Số năm 2018")]
)
def test_two_sums_may_come_without_the_note(typed: str, note: str) -> None:
    """The optional note at the end may be left out, also between spaces; nothing is shifted."""
    talk = at("PL6.1")
    talk.say(typed)
    assert str(talk.report.value("PL6.mttq.xa.thu_khac")) == "20.5"
    assert talk.report.value("PL6.mttq.xa.ghi_chu") == note


def test_a_text_asked_alone_keeps_its_semicolons() -> None:
    """Only rows are split."""
    talk = at("II.4.b")
    talk.say("số 12; ngày 10/7/2014; của HĐND tỉnh")
    assert talk.report.value("II.4.b.nghi_quyet_che_do") == "số 12; ngày 10/7/2014; của HĐND tỉnh"


# Getting about.


def test_a_detour_comes_back_once() -> None:
    """ "/sua 12" from an open question returns to it; going there by hand ends the detour."""
    talk = at("I.b")
    talk.walk("/sua III.1", "Một", "tiếp")
    assert talk.session.question == 3
    talk.walk("/sua III.2", "/sua I.b", "Nội dung.", "tiếp")
    assert talk.session.question == 13
    talk.walk("không có")
    assert (talk.session.question, talk.session.resume) == (14, 0)


def test_a_question_begun_is_taken_up_at_its_first_open_part() -> None:
    """The third column of a row was skipped: going back to the row asks that one."""
    talk = at("PL1.1", district())
    talk.walk("không", "không", "tiếp", "không", "không", "0", "/muc", "22")
    assert talk.reply.asks is not None
    assert talk.reply.asks.columns == ("ke_hoach",)


@pytest.mark.parametrize("typed", ["9" * 5000, "٣", "²", "-1", "1e9", "0", "12.5.3", "PL3.99999999999"])
def test_numbers_that_are_no_place_are_refused(typed: str) -> None:
    """In the contents, at "Sửa một mục" and after /sua: a refusal, never a fault."""
    talk = at("III.1")
    talk.walk("Một", "[Sửa một mục]", typed)
    assert talk.reply.refused or typed == "٣"
    assert talk.walk("/muc", typed).refused or typed == "٣"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sửa phụ lục 3 hàng 2", Command("jump", "pl3.2")),
        ("Sửa mục 3.2", Command("jump", "3.2")),
        ("sửa câu 12", Command("jump", "12")),
        ("/sua mười hai", Command("jump", "muoi hai")),
        ("/boqua nhé", Command("skip")),
        ("/start k7Q2", Command("start", "k7q2")),
        ("/khongco", Command("unknown", "khongco")),
        ("bỏ qua việc này", None),
        ("xem lại kết quả năm 2018", None),
        ("/ 2 km", None),
    ],
)
def test_what_a_command_is(typed: str, meant: Command | None) -> None:
    """After a slash a known word is a command whatever follows; without it only the whole message counts."""
    assert CATALOG.commands.parse(typed) == meant


# Edits.


def test_an_edit_of_a_word_for_nothing_writes_the_text() -> None:
    """The line said "không có"; now it tells something."""
    talk = at("I.c")
    talk.say("không có")
    said = talk.sent
    assert talk.report.value("I.c") == "zero"
    talk.edit(said, "Có thuận lợi về giao thông.")
    assert talk.report.value("I.c") == "Có thuận lợi về giao thông."
    talk.edit(said, "không có")
    assert talk.report.value("I.c") == "zero"
    assert talk.edit(said, "\u200b").refused
    assert talk.report.value("I.c") == "zero"


def test_an_edit_never_leaves_a_list_half_picked() -> None:
    """The list becomes shorter by an edit while its third entry is being changed."""
    talk = at("III.1")
    first = talk.sent + 1
    talk.walk("Một\nHai\nBa", "[Sửa một mục]", "3")
    talk.edit(first, "Một")
    assert talk.session.state == "listing"
    assert talk.report.value("III.1") == ("Một",)


def test_an_edit_of_a_sent_report_changes_nothing() -> None:
    """The answer of that message is locked."""
    talk = at("I.b")
    talk.say("Đoạn một.")
    said = talk.sent
    talk.walk("tiếp", "/nop", "[Gửi]")
    assert "không sửa được nữa" in talk.edit(said, "Đoạn khác.").refused
    assert talk.report.value("I.b") == "Đoạn một."


# Limits.


def test_what_is_too_long_is_refused_whole() -> None:
    """A narrative, a list and a reason have named limits; what was stored before stays."""
    talk = at("I.b")
    talk.walk("x" * (MAX_NARRATIVE - 1), "thêm")
    assert "quá mức" in talk.reply.refused
    assert len(str(talk.report.value("I.b"))) == MAX_NARRATIVE - 1
    talk = at("III.1")
    talk.walk("\n".join(["mục a"] * MAX_ITEMS), "mục b")
    assert f"tối đa {MAX_ITEMS} mục" in talk.reply.refused
    talk = at("PL3.1")
    talk.walk("12 15 0 1", "[Giữ nguyên, ghi lý do]", "x" * (MAX_REASON + 1))
    assert "quá mức" in talk.reply.refused
    assert not talk.report.answers


def test_how_messages_join() -> None:
    """Paragraphs stand on lines of their own; a message of the longest length goes on without a break."""
    assert join([Piece("1", "a"), Piece("2", "b")]) == "a\nb"
    assert join([Piece("1", "a" * 4096), Piece("2", "b")]) == "a" * 4096 + "b"
    assert join([Piece("1", "a " * 2045), Piece("2", "b")]) == "a " * 2045 + " b"
    assert join([Piece("1", "a" * 4080 + "."), Piece("2", "b")]) == "a" * 4080 + ".\nb"
    assert join([Piece("1", "👍" * 2048), Piece("2", "b")]) == "👍" * 2048 + "b"
    assert items_of([Piece("1", "- một\n- " + "x" * 4088), Piece("2", "yz\n- ba")]) == ("một", "x" * 4088 + "yz", "ba")


# Reports that others sent or returned meanwhile.


def test_nothing_is_written_after_a_colleague_sent_the_report() -> None:
    """Whatever is pressed or typed at the old question, the report stays as it was sent."""
    for act in ("12 5 0 1", "[Không có (0)]", "[Không có tổ chức này]", "[Cả phụ lục không có]", "tiếp"):
        talk = at("PL3.1")
        talk.report.status = Status.SENT
        talk.walk(act)
        assert not talk.report.answers
        assert talk.session.state == "closed"


def test_options_that_wait_are_void_once_the_report_is_locked() -> None:
    """The held row is said to be unsaved."""
    talk = at("I.a")
    talk.say("An Bình; bắc; 1,234; 100")
    talk.report.status = Status.ACCEPTED
    talk.say("a")
    assert not talk.report.answers
    assert "Chưa ghi “An Bình; bắc; 1,234; 100”" in talk.reply.text


def test_two_colleagues_send_once() -> None:
    """The summary is open on one phone while the other one sends."""
    talk = at("I.b")
    talk.say("/nop")
    talk.report.status, talk.report.sent_at = Status.SENT, talk.world.now
    talk.press("Gửi")
    assert talk.report.sendings == 0
    assert "Báo cáo đã gửi" in talk.reply.text


def test_only_what_was_returned_is_open_and_says_why() -> None:
    """The comment stands at the question; other questions are closed; the summary asks only for what can be given."""
    report = filled(commune(), lambda address: Answer(address, State.ZERO))
    del report.answers[Address("I.b")]
    report.status = Status.SENT
    report.hand_back("PL3", "Đề nghị kiểm tra số nữ.")
    talk = chat(report)
    talk.walk("/start", "[Sửa theo yêu cầu trả lại]")
    assert "trả lại: “Đề nghị kiểm tra số nữ.”" in talk.reply.text
    assert talk.session.question == 15
    talk.walk("/sua I.b", "Viết thêm")
    assert report.value("I.b") == "empty"
    assert talk.session.state == "closed"
    assert "Còn trống" not in talk.say("/nop").text
    talk.walk("/truoc", "[Sửa phần được trả lại]")
    assert talk.session.question == 15


def test_a_held_text_kept_by_opening_the_same_report_counts_at_once() -> None:
    """Opening the report one stands in keeps what this turn has changed: the count is the new one."""
    talk = at("P1.I.2.b", district())
    talk.say(in_tcvn3(OLD))
    reply = talk.press_id("17.0.0:open:17")
    assert talk.report.value("P1.I.2.b") == (OLD,)
    assert reply.progress == (1, 51)


def test_messages_held_together_never_make_a_list_too_long() -> None:
    """What is held is kept whole on leaving, so a message that would not fit is refused when it comes."""
    talk = at("P1.I.2.b", district())
    talk.say(in_tcvn3(OLD))
    assert talk.say("số 5\n" * MAX_ITEMS).refused
    talk.say("/start")
    assert not talk.reply.refused
    assert talk.report.value("P1.I.2.b") == (OLD,)


def test_a_refused_message_beside_a_held_one_is_put_right_without_answering_it() -> None:
    """The held text waits on for its choice, whatever becomes of the message that was edited."""
    talk = at("P1.I.2.b", district())
    talk.say(in_tcvn3(OLD))
    assert talk.say("số 5\n" * MAX_ITEMS).refused
    talk.edit(talk.sent, "Công văn số 5")
    assert not talk.saved
    talk.say("a")
    assert talk.report.value("P1.I.2.b") == (OLD, "Công văn số 5")
