"""Rows that a unit adds itself: named, measured, filled in, counted, renamed, dropped; and numbers that move."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.local_rows import MOST_EXTRA_ROWS, keyed, local_rows, with_rows
from dialogs.forms.questions import Respondent, progress, questions, settled
from dialogs.kinds import Kind
from dialogs.values.status import Status
from tests.world.little_world import Chat, LittleReport, LittleWorld, at, chat, commune, form, sheet, spelled

LAST = "TONG_HOP.moi_truong"
NAME = "Tặng quà người cao tuổi"


def named(report: LittleReport, number: int, name: str, column: str = "noi_dung") -> None:
    address = Address("TONG_HOP", f"them.{number}", column)
    report.answers[address] = Answer(address, State.VALUE, name)


def with_names(*names: str) -> LittleReport:
    report = sheet()
    for number, name in enumerate(names, 1):
        named(report, number, name)
    return report


def labels(talk: Chat) -> list[str]:
    return [choice.label for choice in talk.reply.choices]


# --- what a row is ---------------------------------------------------------------------------------------------


def test_a_row_of_the_units_own_stands_after_those_of_its_table() -> None:
    """Numbered after them, its quantity of any size, measured as typed; the form itself is unchanged."""
    report = with_names("Quỹ khuyến học")
    named(report, 1, "suất", "dvt")
    (row,) = local_rows(report.form, report.answers)
    assert (row.row.ordinal, row.row.label, row.row.measures) == ("12", "Quỹ khuyến học", (("so_luong", "suất"),))
    last = report.questions[-1]
    assert (last.number, last.field, last.row) == (42, "TONG_HOP", "them.1")
    name, measure, cells = last.parts
    assert [column.key for part in (name, measure) for column in part.columns] == ["noi_dung", "dvt"]
    assert [column.key for column in cells.columns] == ["so_luong", "kinh_phi", "ghi_chu"]
    assert (cells.columns[0].kind, cells.columns[0].measure) == (Kind.DECIMAL, "suất")
    assert len(report.form.table("TONG_HOP").rows) == 11


def test_rows_stand_in_the_order_of_their_numbers() -> None:
    report = sheet()
    for number in (10, 9, 1):
        named(report, number, f"Dòng {number}")
    assert [each.row.key for each in local_rows(report.form, report.answers)] == ["them.1", "them.9", "them.10"]


def test_a_form_without_such_tables_has_no_such_rows() -> None:
    """An answer under such a key in another table is nobody's row."""
    report = commune()
    address = Address("PL3", "them.1", "xa.tong_so")
    report.answers[address] = Answer(address, State.VALUE, 5)
    assert local_rows(report.form, report.answers) == ()
    assert with_rows(report.form, ()) is report.form
    assert len(report.questions) == 32


def test_a_row_that_was_emptied_is_none() -> None:
    address = Address("TONG_HOP", "them.1", "noi_dung")
    assert local_rows(form("kl102-2019"), {address: Answer(address, State.EMPTY)}) == ()


def test_who_is_not_asked_the_table_has_no_rows_there() -> None:
    form_ = form("kl102-2019")
    rows = keyed(form_, [("TONG_HOP", "them.1")])
    assert len(questions(form_, Respondent("dutt"), rows)) == 30
    assert len(questions(form_, Respondent("xa"), rows)) == 42


def test_the_name_and_the_figures_must_be_there_the_measure_may_be() -> None:
    report = with_names("Quỹ khuyến học")
    question = report.questions[-1]
    assert not settled(question, report.answers)
    for key in ("so_luong", "kinh_phi"):
        address = Address("TONG_HOP", "them.1", key)
        report.answers[address] = Answer(address, State.ZERO)
    assert settled(question, report.answers)
    del report.answers[Address("TONG_HOP", "them.1", "noi_dung")]
    assert not settled(report.questions[-1], report.answers)


# --- adding one ------------------------------------------------------------------------------------------------


def test_a_row_is_added_from_its_name_on() -> None:
    """Name, measure, figures: each at its address; the count grows by one question."""
    talk = at(LAST, sheet())
    reply = talk.press("Thêm dòng")
    assert reply.asks is not None
    assert (reply.asks.field, reply.asks.row, reply.asks.columns, reply.asks.kind) == (
        ("TONG_HOP", "them.1", ("noi_dung",), "text")
    )
    assert reply.progress == (0, 41)
    reply = talk.say(NAME)
    assert reply.progress == (0, 42)
    assert reply.asks is not None and (reply.asks.row, reply.asks.columns) == ("them.1", ("dvt",))
    reply = talk.say("suất quà")
    assert "Số lượng (suất quà)" in reply.text
    talk.say("1.250,5; 96,5")
    stored = {spelled(address): each.value for address, each in talk.report.answers.items()}
    assert stored == {
        "TONG_HOP.them.1.noi_dung": NAME,
        "TONG_HOP.them.1.dvt": "suất quà",
        "TONG_HOP.them.1.so_luong": Decimal("1250.5"),
        "TONG_HOP.them.1.kinh_phi": Decimal("96.5"),
    }
    assert talk.reply.asks is not None and talk.reply.asks.row == "moi_truong"
    assert talk.reply.progress == (1, 42)


def test_the_button_stands_at_the_end_of_the_table_and_only_there() -> None:
    talk = at("TONG_HOP.1", sheet())
    assert "Thêm dòng" not in labels(talk)
    talk.say(f"/sua {LAST}")
    assert "Thêm dòng" in labels(talk)
    talk.say("/nop")
    assert "Thêm dòng" in labels(talk)
    talk = at("PL3.6", commune())
    assert "Thêm dòng" not in labels(talk)
    talk.say("/nop")
    assert "Thêm dòng" not in labels(talk)


def test_nothing_is_stored_before_the_row_has_a_name() -> None:
    talk = at(LAST, sheet())
    talk.walk("[Thêm dòng]", "không có", "chưa có số liệu", "Hỗ trợ xây cầu", "x" * 201)
    assert talk.report.answers == {}
    assert "200" in talk.reply.refused
    talk.say("/huy")
    assert talk.reply.asks is not None and talk.reply.asks.row == "moi_truong"
    assert talk.report.answers == {}


def test_a_number_is_a_name_too_and_no_choice() -> None:
    talk = at(LAST, sheet())
    talk.walk("[Thêm dòng]", "1")
    assert talk.report.value("TONG_HOP.them.1.noi_dung") == "1"


def test_there_is_an_end_of_rows() -> None:
    """The fifty-first is refused, and said why."""
    report = with_names(*(f"Dòng số {number}" for number in range(1, MOST_EXTRA_ROWS + 1)))
    talk = at("TONG_HOP.61", report)
    talk.walk("[Thêm dòng]", "Một dòng nữa")
    assert f"{MOST_EXTRA_ROWS} dòng" in talk.reply.refused
    assert len(local_rows(report.form, report.answers)) == MOST_EXTRA_ROWS


def test_a_forged_press_adds_no_row_elsewhere() -> None:
    """Neither to a table that takes none nor to one that is not in the form."""
    for report, table in ((commune(), "PL3"), (sheet(), "PL9"), (sheet(), "")):
        talk = chat(report)
        talk.walk("/start", "/nop")
        session = talk.session
        talk.press_id(f"{session.report}.0.{session.mark}:add_row:{table}")
        assert talk.reply.refused and talk.session.state == "reviewing"


def test_a_returned_part_of_the_report_takes_no_row_elsewhere() -> None:
    report = sheet(status=Status.IN_PROGRESS)
    report.hand_back("P1.I", "Đề nghị viết rõ.")
    talk = chat(report)
    talk.walk("/start", "/nop")
    assert talk.session.state == "reviewing"
    assert "Thêm dòng" not in labels(talk)


# --- a question like the others --------------------------------------------------------------------------------


def test_it_is_in_the_contents_the_summary_and_the_table() -> None:
    talk = chat(with_names(NAME))
    talk.walk("/start", "/sua TONG_HOP.them.1")
    assert "hàng 12/12" in talk.reply.text
    assert f"42. ◐ Tổng hợp – {NAME}" in talk.walk("/muc").text
    assert f"… │ {NAME}" in talk.walk("/xem 42").text
    assert f"Còn dở: Tổng hợp – {NAME}" in talk.walk("/nop").text
    assert talk.reply.progress == progress(talk.report.questions, talk.report.answers) == (0, 42)


def test_it_is_renamed_and_measured_anew_without_touching_its_figures() -> None:
    talk = at(LAST, with_names(NAME))
    talk.walk("/sua TONG_HOP.12", "3; 12", "/sua TONG_HOP.12", "Tặng quà Tết")
    assert [spelled(save.address) for save in talk.saved] == ["TONG_HOP.them.1.noi_dung"]
    talk.walk("[Đổi tên dòng]", "/tiep", "phần quà")
    assert talk.report.value("TONG_HOP.them.1.dvt") == "phần quà"
    assert talk.report.value("TONG_HOP.them.1.so_luong") == 3


def test_it_never_loses_its_name_to_a_word_for_none() -> None:
    talk = at(LAST, with_names(NAME))
    talk.walk("/sua TONG_HOP.12", "[Đổi tên dòng]", "không có")
    assert talk.reply.refused
    assert talk.report.value("TONG_HOP.them.1.noi_dung") == NAME
    talk.say("/sua TONG_HOP.1")
    talk.walk("[Cả phụ lục không có]", "[Đúng, 12 hàng đều không có]")
    assert talk.report.value("TONG_HOP.them.1.noi_dung") == NAME
    assert talk.report.value("TONG_HOP.them.1.so_luong") == "zero"


@pytest.mark.parametrize("given", ["x" * 201, "Quỹ vì người nghèo", "HỖ TRỢ XÂY CẦU"])
def test_a_new_name_is_held_to_what_the_first_one_was(given: str) -> None:
    """Renamed, or edited in its message: neither too long nor the name of another row; its own may come again."""
    talk = at(LAST, with_names("Quỹ vì người nghèo"))
    talk.walk("/nop", "[Thêm dòng]", NAME)
    named = talk.sent
    talk.press("Đổi tên dòng")
    assert talk.say(given).refused
    assert talk.edit(named, given).refused
    assert talk.report.value("TONG_HOP.them.2.noi_dung") == NAME
    assert not talk.say(NAME).refused


def test_a_unit_of_measure_fits_a_cell() -> None:
    """It is shown beside the figures and printed in one cell."""
    talk = at(LAST, sheet())
    talk.walk("[Thêm dòng]", NAME)
    assert "200" in talk.say("x" * 201).refused
    talk.say("suất")
    assert talk.edit(talk.sent, "x" * 4000).refused
    assert talk.report.value("TONG_HOP.them.1.dvt") == "suất"


def test_one_way_stands_on_one_button() -> None:
    """ "Đổi tên dòng" and the receipt's "Sửa …" lead to the same place: only the first is shown."""
    talk = at(LAST, sheet())
    talk.walk("[Thêm dòng]", NAME)
    talk.press("Đổi tên dòng")
    reply = talk.say("Quỹ khuyến học")
    assert "Đổi tên dòng" in labels(talk)
    assert len({choice.id for choice in reply.choices}) == len(reply.choices)


def test_the_message_of_the_name_can_be_edited() -> None:
    talk = at(LAST, sheet())
    talk.walk("[Thêm dòng]", NAME)
    number = talk.sent
    talk.walk("suất", "3; 12")
    talk.edit(number, "Tặng quà Tết")
    assert talk.report.value("TONG_HOP.them.1.noi_dung") == "Tặng quà Tết"
    talk.edit(number, "không có")
    assert talk.reply.refused
    assert talk.report.value("TONG_HOP.them.1.noi_dung") == "Tặng quà Tết"


def test_a_row_is_dropped_after_one_confirmation() -> None:
    """Each of its cells is emptied; the others keep their keys and close up in number."""
    report = with_names("Một", "Hai", "Ba")
    named(report, 2, "suất", "dvt")
    talk = at("TONG_HOP.them.2", report)
    talk.walk("3; 12", "/sua TONG_HOP.them.2", "[Bỏ dòng này]")
    assert not talk.saved
    talk.press("Đúng, bỏ dòng này")
    assert {(spelled(save.address), save.state) for save in talk.saved} == {
        (f"TONG_HOP.them.2.{key}", State.EMPTY) for key in ("noi_dung", "dvt", "so_luong", "kinh_phi")
    }
    assert [question.row for question in talk.report.questions[-2:]] == ["them.1", "them.3"]
    assert talk.reply.progress == (0, 43)
    assert talk.reply.asks is not None and talk.reply.asks.row == "them.3"


def test_the_rows_of_the_form_cannot_be_dropped() -> None:
    talk = at(LAST, sheet())
    assert "Bỏ dòng này" not in labels(talk)
    session = talk.session
    talk.press_id(f"{session.report}.{session.question}.{session.mark}:drop_row")
    assert talk.reply.refused


# --- numbers that move -----------------------------------------------------------------------------------------


def colleague(report: LittleReport, *names: str) -> None:
    """Somebody else adds rows of these names between two messages."""
    known = len(local_rows(report.form, report.answers))
    for number, name in enumerate(names, known + 1):
        named(report, number, name)


def test_who_stands_behind_a_new_row_stands_there_still() -> None:
    """At "Thông tin văn bản", one past the last: what is typed is not taken for the new row's name."""
    report = sheet(status=Status.IN_PROGRESS)
    talk = chat(report)
    talk.walk("/start", "/sua VB")
    colleague(report, "Quỹ khuyến học")
    talk.say("15; 05/04/2019; An Bình; BC/ĐU")
    assert {save.address.field for save in talk.saved} == {"VAN_BAN"}
    assert report.value("TONG_HOP.them.1.noi_dung") == "Quỹ khuyến học"


def test_who_stands_at_a_row_stands_there_when_one_before_it_goes() -> None:
    report = with_names("Một", "Hai", "Ba")
    talk = at("TONG_HOP.them.3", report)
    for address in [each for each in report.answers if each.row == "them.1"]:
        del report.answers[address]
    talk.say("3; 12")
    assert [spelled(save.address) for save in talk.saved] == ["TONG_HOP.them.3.so_luong", "TONG_HOP.them.3.kinh_phi"]


def test_what_is_typed_into_a_row_that_went_is_written_nowhere() -> None:
    report = with_names("Một", "Hai")
    talk = at("TONG_HOP.them.1", report)
    for address in [each for each in report.answers if each.row == "them.1"]:
        del report.answers[address]
    talk.say("3; 12")
    assert not talk.saved
    assert talk.session.state == "reviewing"


def test_a_button_of_the_screen_before_is_stale_when_numbers_moved() -> None:
    """ "Đổi 0 vừa ghi" names a question by its number: another one stands there now."""
    report = with_names("Một", "Hai")
    talk = at("TONG_HOP.them.1", report)
    talk.say("không; 12")
    change = talk.choice(talk.reply, "Đổi 0 vừa ghi: chưa có số liệu")
    for address in [each for each in report.answers if each.row == "them.1"]:
        del report.answers[address]
    named(report, 2, "Hai")
    zero = Address("TONG_HOP", "them.2", "so_luong")
    report.answers[zero] = Answer(zero, State.ZERO)
    talk.press_id(change)
    assert talk.reply.refused
    assert report.answers[zero].state is State.ZERO


def test_a_detour_comes_back_to_its_question_though_numbers_moved() -> None:
    report = with_names("Một", "Hai")
    talk = at("TONG_HOP.them.2", report)
    talk.walk("/sua I.1.a")
    colleague(report, "Ba")
    for address in [each for each in report.answers if each.row == "them.1"]:
        del report.answers[address]
    talk.walk("Có 14 hội.", "/tiep")
    assert talk.reply.asks is not None and talk.reply.asks.row == "them.2"


def test_two_reports_do_not_mix_their_rows() -> None:
    """Going from one report with rows to one without, and back."""
    first, second = with_names("Một", "Hai"), sheet(id=18, title="Báo cáo thứ hai", status=Status.IN_PROGRESS)
    talk = Chat(LittleWorld([first, second]))
    talk.walk("/start", "[Bắt đầu – Sơ kết 5 năm Kết luận 102]", "/sua TONG_HOP.them.2", "/start")
    talk.walk("[Làm tiếp – Báo cáo thứ hai]", "/sua VB", "15; 05/04/2019; An Bình; BC/ĐU")
    assert talk.saved and {save.report for save in talk.saved} == {18}
    assert {save.address.field for save in talk.saved} == {"VAN_BAN"}


@pytest.mark.parametrize("changed", [{"open_rows": False}, {"rows": ()}])
def test_other_tables_take_rows_as_their_data_says(changed: dict[str, object]) -> None:
    """Not at all, or nothing but rows of the unit's own."""
    whole = form("kl102-2019")
    table = replace(whole.table("TONG_HOP"), **changed)  # type: ignore[arg-type]
    report = sheet(form=replace(whole, tables=(table,)))
    named(report, 1, "Quỹ khuyến học")
    rows = [question.row for question in report.questions if question.row]
    assert ("them.1" in rows) == ("rows" in changed)
