"""What an official on a phone checks: the list O of the acceptance tests, as far as it concerns the dialog."""

from __future__ import annotations

import unicodedata

import pytest

from dialogs.forms.answers import Address, Answer, State
from dialogs.values.effects import RenderReport, Reply, SendReport
from dialogs.values.status import Status
from tests.dialogs.old_fonts import in_tcvn3, in_vni
from tests.dialogs.script import chunks, long_text
from tests.world.little_world import (
    LETTERHEAD,
    NOW,
    Chat,
    LittleReport,
    LittleWorld,
    at,
    chat,
    commune,
    district,
    filled,
)

PHONE_LINE = 40
SCREEN_LINES = 20


def lines_on_phone(reply: Reply) -> int:
    return sum(max(1, -(-len(line) // PHONE_LINE)) for line in reply.text.split("\n"))


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


def walked(report: LittleReport) -> list[Reply]:
    """The screen of every question and part of a report, passed by one after another."""
    talk = chat(report)
    talk.walk("/start", "[Bắt đầu]")
    screens = [talk.reply]
    while talk.session.state != "reviewing":
        screens.append(talk.say("/tiep"))
    return screens[:-1]


def test_o2_the_first_screen_says_what_is_due_when_and_how_far() -> None:
    """Unit, title, deadline with the days left, n/N, and one button to go on as the first choice."""
    talk = chat()
    reply = talk.say("/start")
    assert "Đảng ủy xã An Bình" in reply.text
    assert "Tổng kết 10 năm Kết luận 62 — hạn 05/04 (còn 4 ngày)" in reply.text
    assert "0/32" in reply.text
    assert labels(reply)[0] == "Bắt đầu"
    talk.walk("[Bắt đầu]", "45; 20; 3", "/start")
    assert "1/32" in talk.reply.text
    assert labels(talk.reply)[0] == "Làm tiếp"


@pytest.mark.parametrize("report", [commune(), district()], ids=["commune", "district"])
def test_o3_each_prompt_fits_one_screen_and_says_what_is_accepted(report: LittleReport) -> None:
    """Where we are, the wording, what is accepted; a row with its appendix, columns, measure and example."""
    for reply in walked(report):
        assert lines_on_phone(reply) <= SCREEN_LINES, reply.text
        assert "/" in reply.text.split("\n")[0] or "/" in reply.text
        assert reply.text.endswith(("Tiếp.", "gõ tên.")) or "Ví dụ" in reply.text.split("\n")[-1]
    row = at("PL3.3", commune()).reply.text
    for part in ("Phụ lục 3 · hàng 3/6", "Hội Nông dân", "Cấp xã", "Tổng · Nữ · DTTS · Tôn giáo (người)", "12 5 0 1"):
        assert part in row


def test_o4_after_a_restart_it_goes_on_at_the_same_question() -> None:
    """Every event reads the session anew from its JSON; /start then "Làm tiếp" is the exact question and part."""
    talk = at("I.a")
    talk.say("An Bình; bắc; 12; 100")
    assert talk.session.part == 1
    again = Chat(talk.world)
    again.stored = talk.stored
    again.walk("/start", "[Làm tiếp]")
    assert again.reply.asks is not None
    assert again.reply.asks.columns[0] == "so_dang_vien"
    assert again.session.part == 1


def test_o4_of_a_half_filled_row_only_the_rest_is_asked() -> None:
    """Two figures of four were given before the restart; the other two are asked by name."""
    talk = at("PL3.3")
    talk.walk("12;5", "/start", "[Làm tiếp]")
    assert talk.reply.asks is not None
    assert talk.reply.asks.columns == ("xa.cb_dtts", "xa.cb_ton_giao")
    talk.say("0 1")
    assert talk.report.value("PL3.hnd.xa.tong_so") == 12
    assert talk.report.value("PL3.hnd.xa.cb_ton_giao") == 1


def test_o5_no_is_read_back_as_zero_with_one_tap_to_no_data() -> None:
    """ "Không" to a count is "0 (không phát sinh)"; only the zero that was said in words is changed by the tap."""
    talk = at("PL3.1")
    reply = talk.say("12; không; 0; 1")
    assert "“không” → 0 (không phát sinh)" in reply.text
    talk.press("Đổi 0 vừa ghi: chưa có số liệu")
    assert talk.report.value("PL3.mttq.xa.cb_nu") == "none"
    assert talk.report.value("PL3.mttq.xa.cb_dtts") == "zero"


def test_o6_an_ambiguous_number_is_asked_back_with_two_buttons() -> None:
    """ "1,234" ha may be two numbers; "1.234" is read back as one thousand two hundred thirty-four."""
    talk = at("I.a")
    reply = talk.say("An Bình; bắc; 1,234; 100")
    assert len([choice for choice in reply.choices if ":option:" in choice.id]) == 2
    assert not talk.saved
    talk.press("1.234 (một nghìn hai trăm ba mươi tư)")
    assert talk.report.value("I.a.dien_tich_ha") == 1234
    talk = at("I.a")
    assert "một nghìn hai trăm ba mươi tư" in talk.say("An Bình; bắc; 1.234; 100").text


def test_o7_a_sum_is_converted_to_the_measure_and_read_back() -> None:
    """ "1,2 tỷ" in a column of million đồng is 1.200."""
    talk = at("PL6.1")
    reply = talk.say("1,2 tỷ; 0")
    assert talk.report.value("PL6.mttq.xa.nsnn") == 1200
    assert "“1,2 tỷ” → 1.200 (một nghìn hai trăm) triệu đồng/năm" in reply.text


def test_o8_a_wrong_answer_says_what_was_read_and_what_is_accepted() -> None:
    """One short sentence with an example; the third time help is offered, and leaving it for later all along."""
    talk = at("PL3.1")
    for count in range(3):
        reply = talk.say("12 5")
        assert reply.refused.startswith("Chưa tách được")
        assert ("Trợ giúp" in labels(reply)) == (count == 2)
        assert "Bỏ qua" in labels(reply)
    assert "Ô này nhận số nguyên (người), ví dụ: 12." in talk.say("12; 5; 0; abc").refused
    assert not talk.report.answers


def test_o9_goes_back_to_any_section_and_to_a_row_by_its_number() -> None:
    """The previous part, the last part of the question before, a section by its sign, a row of an appendix."""
    talk = at("I.b")
    assert talk.say("/truoc").asks.columns[0] == "so_dang_vien"  # type: ignore[union-attr]
    assert talk.say("trước").asks.columns[0] == "ten_xa"  # type: ignore[union-attr]
    for typed, field, row in (
        ("sửa 3.2", "III.2", ""),
        ("/sua PL3.2", "PL3", "ldld"),
        ("sửa phụ lục 4 hàng 3", "PL4", "hnd"),
        ("/sua 9", "II.4", ""),
        ("/sua II.4.b", "II.4.b", ""),
    ):
        asks = talk.say(typed).asks
        assert asks is not None
        assert (asks.field, asks.row) == (field, row)


def test_o9_a_sign_that_two_parts_share_is_asked_back() -> None:
    """The district's outline has III.2 in both parts: the person chooses."""
    talk = chat(district())
    talk.walk("/start", "sửa 3.2")
    assert "Mục III.2, phần 1" in labels(talk.reply)
    talk.press("Mục III.2, phần 2")
    assert talk.reply.asks is not None
    assert talk.reply.asks.field == "P2.III.2"


def test_o10_a_skipped_question_is_found_among_what_is_missing() -> None:
    """It is named before sending, one button leads to it, and the contents show it empty."""
    talk = chat(filled(commune(), lambda address: Answer(address, State.ZERO)))
    talk.walk("/start", "/sua II.3")
    del talk.report.answers[Address("II.3")]
    assert "Đã để trống mục II.3" in talk.say("bỏ qua").text
    assert "Còn trống: mục II.3." in talk.say("/nop").text
    assert "8. ○ II.3" in talk.walk("/sua II.1", "/muc").text
    talk.press("Câu còn trống")
    assert talk.reply.asks is not None
    assert talk.reply.asks.field == "II.3"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_o11_a_long_paste_in_several_messages_joins_in_order(form: str) -> None:
    """2,000 words come in pieces of 4,096 characters, cut inside words; nothing is cut and the count is shown.

    Also where the pieces become shorter when they are cleaned, and where a cut parts a letter from its mark.
    """
    text = long_text(12_000)
    talk = at("I.b")
    for piece in chunks(unicodedata.normalize(form, text)):
        talk.say(piece)
    assert talk.report.value("I.b") == text
    assert "12.000 ký tự" in talk.reply.text
    talk.say("Đoạn sau.")
    assert talk.report.value("I.b") == f"{text}\nĐoạn sau."


@pytest.mark.parametrize("encode", [in_tcvn3, in_vni])
def test_o12_old_fonts_are_shown_converted_and_confirmed(encode: object) -> None:
    """The person is told, sees the text in Unicode, confirms; nothing is stored before. A long paste joins as well."""
    text = "Nhân dân đồng thuận, thường xuyên góp công làm đường. " * 120
    talk = at("I.b")
    pieces = chunks(encode(text))  # type: ignore[operator]
    reply = talk.say(pieces[0])
    assert "phông chữ cũ" in reply.text
    assert "Nhân dân đồng thuận" in reply.text
    for piece in pieces[1:]:
        talk.say(piece)
    assert not talk.report.answers
    talk.press("Dùng bản đã chuyển")
    assert talk.report.value("I.b") == text


@pytest.mark.parametrize(
    "typed", ["tiếp", "tiep", "TIẾP", "/tiep", "/TIẾP", unicodedata.normalize("NFD", "Tiếp"), " tiếp "]
)
def test_o13_commands_work_however_they_are_typed(typed: str) -> None:
    """With or without diacritics, in any case, decomposed, with or without the slash."""
    talk = at("I.b")
    talk.walk("Đoạn một.", typed)
    assert talk.report.answers[Address("I.b")].closed


def test_o13_a_command_inside_an_answer_is_part_of_the_answer() -> None:
    """Without the slash a command counts only if it is the whole message."""
    talk = at("I.b")
    talk.say("Bỏ qua các thủ tục rườm rà.")
    assert talk.report.value("I.b") == "Bỏ qua các thủ tục rườm rà."


def test_o14_a_filled_table_lines_up_on_the_phone() -> None:
    """Figures come first, each as wide as the widest (a space as wide as a digit), then the name of the row."""
    talk = at("PL3.1")
    talk.walk("1200 5 0 1", "7 7 0 0", "/xem PL3")
    rows = [line.split("│")[0] for line in talk.reply.text.split("\n") if "│" in line]
    assert len(rows) == 6
    assert len({len(row) for row in rows}) == 1
    assert rows[0] == "1.200 \u2007\u2007\u2007\u20075 \u2007\u2007\u2007\u20070 \u2007\u2007\u2007\u20071 "


@pytest.mark.parametrize("typed", ["12 5 0 1", "12; 5; 0; 1", "12\t5\t0\t1", "12\n5\n0\n1", "12|5|0|1", "12, 5, 0, 1"])
def test_o15_four_figures_in_one_message_are_read_back_by_name(typed: str) -> None:
    """Tổng, Nữ, DTTS, Tôn giáo in one message, however they stand apart."""
    talk = at("PL3.3")
    assert "Tổng 12 · Nữ 5 · DTTS 0 · Tôn giáo 1" in talk.say(typed).text
    assert [talk.report.value(f"PL3.hnd.xa.{key}") for key in ("tong_so", "cb_nu", "cb_dtts", "cb_ton_giao")] == [
        12,
        5,
        "zero",
        1,
    ]


def test_o16_documents_are_added_and_the_third_is_edited_and_deleted() -> None:
    """As many as needed, one a line or one a message; what is not recognised stays as typed."""
    talk = at("PL1.1", district())
    talk.walk("NQ 05-NQ/HU ngày 12/3/2012\n- Chỉ là một dòng ghi nhớ", "1. 2. Văn bản thứ ba", "Văn bản thứ tư")
    key = "PL1.mttq.nghi_quyet"
    assert talk.report.value(key) == (
        "NQ 05-NQ/HU ngày 12/3/2012",
        "Chỉ là một dòng ghi nhớ",
        "2. Văn bản thứ ba",
        "Văn bản thứ tư",
    )
    talk.walk("[Sửa một mục]", "3", "3. Văn bản sửa lại")
    assert talk.report.value(key)[2] == "Văn bản sửa lại"  # type: ignore[index]
    talk.walk("[Sửa một mục]", "3", "[Xóa mục này]")
    assert talk.report.value(key) == ("NQ 05-NQ/HU ngày 12/3/2012", "Chỉ là một dòng ghi nhớ", "Văn bản thứ tư")


def test_o16_every_entry_keeps_its_message_when_another_one_changes() -> None:
    """After the second entry is deleted, editing the message of the third still changes the third."""
    talk = at("III.1")
    first = talk.sent
    talk.walk("Một", "Hai", "Ba", "[Sửa một mục]", "2", "[Xóa mục này]")
    talk.edit(first + 3, "Ba, viết lại")
    assert talk.report.value("III.1") == ("Một", "Ba, viết lại")


def test_o20_the_summary_tells_what_is_empty_zero_unknown_and_suspicious() -> None:
    """Counts of zeros and of no data, what is missing, what is only begun, the warnings."""
    talk = at("PL3.1")
    talk.walk(
        "12 15 0 1", "[Giữ nguyên, ghi lý do]", "Tính cả cộng tác viên.", "/sua I.b", "Mới viết một ý", "/sua PL3.2"
    )
    talk.walk("chưa có số liệu", "/nop")
    text = talk.reply.text
    assert "Đã trả lời 2/32 · 1 ô ghi 0 / không có · 4 ô chưa có số liệu · 1 cảnh báo" in text
    assert "Còn trống: Căn cứ của báo cáo" in text
    assert "Còn dở: mục I.b." in text
    assert "Số cán bộ nữ lớn hơn tổng số cán bộ cấp xã (15 so với 12)" in text


def test_o20_sending_needs_one_confirmation_and_a_double_tap_sends_once() -> None:
    """Asking to send shows the summary; the second tap on "Gửi" finds the report sent."""
    talk = at("PL3.1")
    talk.say("/nop")
    assert not [effect for effect in talk.effects if isinstance(effect, SendReport)]
    send = talk.choice(talk.reply, "Gửi")
    talk.press_id(send)
    talk.press_id(send)
    talk.say("gửi")
    assert talk.report.sendings == 1
    assert talk.session.state == "closed"


def test_o20_a_check_that_blocks_must_be_met_or_explained() -> None:
    """Figures edited into a contradiction cannot be sent before they are corrected or a reason is written."""
    talk = at("PL3.1")
    talk.walk("12 5 0 1")
    talk.edit(talk.sent, "5 12 0 1")
    talk.walk("/nop", "[Gửi]")
    assert "Chưa gửi được" in talk.reply.refused
    assert talk.report.sendings == 0
    talk.walk("[Xem cảnh báo]", "[Sửa Phụ lục 3 – MTTQ]", "5 12 0 1", "[Giữ nguyên, ghi lý do]", "Đã kiểm tra.")
    talk.walk("/nop", "[Gửi]")
    assert talk.report.sendings == 1


def test_o21_the_receipt_has_number_and_time_and_the_documents_follow() -> None:
    """The receipt is in the reply to "Gửi"; the Word and Excel are ordered in the same turn."""
    talk = at("PL3.1")
    talk.walk("/nop", "[Gửi]")
    assert "Đã gửi lúc 09:00 ngày 01/04, số biên nhận KL62-0017. Trước hạn 4 ngày." in talk.reply.text
    assert [effect for effect in talk.effects if isinstance(effect, RenderReport)]


def test_o23_a_whole_appendix_is_nil_in_one_tap_and_one_confirmation() -> None:
    """Rows that were answered stay as they are."""
    talk = at("PL3.2")
    talk.walk("5 2 0 0", "/sua PL3.1", "[Cả phụ lục không có]")
    assert len(talk.report.answers) == 4
    talk.press("Đúng, 5 hàng đều không có")
    assert talk.report.value("PL3.ldld.xa.tong_so") == 5
    assert talk.report.value("PL3.mttq.xa.cb_ton_giao") == "zero"
    assert talk.reply.progress == (6, 32)


def test_o25_an_old_button_says_that_the_question_has_moved_on() -> None:
    """It writes nothing, names its own question and the present one, and offers the way back."""
    talk = chat()
    talk.walk("/start", "[Bắt đầu]")
    old = talk.choice(talk.reply, "Chưa có số liệu")
    talk.walk("45; 20; 3", "/sua II.3")
    reply = talk.press_id(old)
    assert not talk.saved
    assert "Căn cứ của báo cáo" in reply.refused
    assert "Đồng chí đang ở mục II.3" in reply.refused
    assert "Sửa Căn cứ của báo cáo" in labels(reply)
    assert reply.asks is not None
    assert reply.asks.field == "II.3"


def test_o25_a_button_of_another_report_or_of_nothing_never_hangs() -> None:
    """Buttons of reports that are gone, of other people, or invented, get an answer and change nothing."""
    talk = at("I.b")
    for choice in ("99.1.1:nil", "17.3.999:nil", "", "x", "1.2:nil", f"17.{'9' * 5000}.1:nil", "17.3.2:say:12"):
        reply = talk.press_id(choice)
        assert reply.refused
        assert reply.asks is not None
        assert not talk.saved


def test_the_usual_document_data_is_taken_in_one_tap() -> None:
    """ "Thông tin văn bản" stands outside the count and offers what the unit wrote last time."""
    talk = chat(commune(usual=LETTERHEAD))
    talk.walk("/start", "/muc", "[Thông tin văn bản]", "[Dùng thông tin này]")
    assert talk.report.value("VAN_BAN.dia_danh") == "An Bình"
    assert talk.reply.progress == (0, 32)


def test_late_and_resubmitted_reports_are_told_so() -> None:
    """Lateness is that of the first sending."""
    late = LittleWorld([commune(due=NOW)], now=NOW.replace(month=5))
    talk = Chat(late)
    talk.walk("/start", "/nop", "[Gửi]")
    assert "Sau hạn 30 ngày." in talk.reply.text
    talk.report.hand_back("", "Xem lại mục I.")
    talk.walk("/start", "[Sửa theo yêu cầu trả lại]", "/nop", "[Gửi]")
    assert "Đây là bản gửi lại" in talk.reply.text
    assert talk.report.sendings == 2
    assert talk.report.status is Status.SENT
