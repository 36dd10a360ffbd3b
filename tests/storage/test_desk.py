"""A coordinator's errands through whole turns: targets by name, returning, accepting, fetching."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from dialogs.forms.answers import Address
from dialogs.values.decisions import AcceptReport
from dialogs.values.effects import RenderReport, Reply
from dialogs.values.events import TextReceived
from dialogs.values.status import Status
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Opening
from storage.reports import workflow
from storage.schema.audit import read
from storage.schema.errors import Refused
from storage.schema.tables import role, submission
from tests.office.phone import Office
from tests.office.province import NOW, REFERENCE, TEXT, TOTAL, ZONE, Province


@pytest.fixture
def office(province: Province) -> Office:
    """H1 coordinates District One; X1 has answered and sent."""
    found = Office(province)
    found.grant("H1", "H1", "coordinator")
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", TEXT, "Đã họp ba lần.")
        province.send(connection, "X1")
    return found


def status(office: Office, code: str) -> str:
    with office.province.database.read() as connection:
        found = select(submission.c.status).where(submission.c.id == office.province.reports[code])
        return str(connection.execute(found).scalar_one())


def test_a_part_is_returned_with_a_comment_that_opens_exactly_that_question(office: Office) -> None:
    """C17: the comment reaches the author's chat; its button opens the part; other parts stay locked."""
    coordinator, author = office.phone("H1"), office.phone("X1")
    coordinator.say("/tralai Xã Một")
    assert "toàn bộ hay một phần" in coordinator.reply.text
    coordinator.press("Phụ lục 3")
    coordinator.say("Số liệu hàng MTTQ chưa khớp với biểu năm trước.")
    assert "“Số liệu hàng MTTQ chưa khớp với biểu năm trước.”" in coordinator.reply.text
    assert status(office, "X1") == Status.SENT
    coordinator.press("Trả lại")
    assert status(office, "X1") == Status.RETURNED

    (notice,) = author.notices()
    assert "Số liệu hàng MTTQ chưa khớp với biểu năm trước." in notice.text
    author.press("Sửa phần được trả lại", notice)
    assert author.reply.asks is not None
    assert (author.reply.asks.field, author.reply.asks.row) == ("PL3", "mttq")
    assert "Số liệu hàng MTTQ chưa khớp" in author.reply.text
    author.say("/sua II.1")
    assert author.reply.asks is None


def test_a_return_in_one_line_is_confirmed_before_anything_happens(office: Office) -> None:
    coordinator = office.phone("H1")
    coordinator.say("/tralai X1: Bổ sung mục I, nêu rõ số chi bộ.")
    assert "“Bổ sung mục I, nêu rõ số chi bộ.”" in coordinator.reply.text
    assert status(office, "X1") == Status.SENT
    coordinator.say("1")
    assert status(office, "X1") == Status.RETURNED


@pytest.mark.parametrize(
    "typed", ["Xã Một", "xa mot", "XA MOT", "X1", "x1", "kl62-2019 X1", "mot", "Xa\u0303 Mo\u0323\u0302t"]
)
def test_units_are_found_with_and_without_diacritics(office: Office, typed: str) -> None:
    coordinator = office.phone("H1")
    coordinator.say(f"/tiepnhan {typed}")
    assert coordinator.reply.text.startswith("Tiếp nhận báo cáo của Xã Một")


def test_an_ambiguous_name_is_asked_back_and_an_unknown_one_is_said(office: Office) -> None:
    coordinator = office.phone("H1")
    coordinator.say("/baocao xã")
    assert [label.split(" (")[0] for label in coordinator.labels[:3]] == ["Xã Một", "Xã Hai", "Xã Ba"]
    coordinator.say("/baocao Xã Chín")
    assert "Không thấy đơn vị “Xã Chín”" in coordinator.reply.text
    coordinator.say("xã ba")
    assert "Xã Ba" in coordinator.reply.text.splitlines()[0]


def test_a_unit_of_another_district_is_not_found(office: Office) -> None:
    """Neither by name, by code nor by a made-up button; nothing of it is told."""
    coordinator = office.phone("H1")
    with office.province.database.write() as connection:
        office.province.send(connection, "X4")
    foreign = office.province.reports["X4"]
    coordinator.say("/tralai Xã Bốn")
    assert "Không thấy đơn vị" in coordinator.reply.text
    for trigger in ("return", "accept", "report"):
        coordinator.press_data(f"0.0.0:{trigger}:#{foreign}")
        assert "Xã Bốn" not in coordinator.reply.text
        assert coordinator.reply.refused
    assert status(office, "X4") == Status.SENT


def test_somebody_without_the_right_is_told_so(office: Office) -> None:
    for code in ("X1", "X2"):
        phone = office.phone(code)
        for command in ("/tralai X1", "/tiepnhan X1", "/tralai", "/tiepnhan"):
            phone.say(command)
            assert phone.reply.refused, command
    assert status(office, "X1") == Status.SENT


def test_accepting_is_confirmed_recorded_and_told(office: Office) -> None:
    coordinator, author = office.phone("H1"), office.phone("X1")
    coordinator.say("/tiepnhan Xã Một")
    assert status(office, "X1") == Status.SENT
    coordinator.press("Tiếp nhận")
    assert status(office, "X1") == Status.ACCEPTED
    (notice,) = author.notices()
    assert "của Xã Một đã được đồng chí Người của H1 tiếp nhận" in notice.text
    with office.province.database.read() as connection:
        deeds = [deed for deed in read(connection) if deed.verb == "submission.accept"]
    assert [(deed.name, deed.channel) for deed in deeds] == [("Người của H1", "telegram")]


def test_all_that_are_sent_are_accepted_at_once(office: Office) -> None:
    with office.province.database.write() as connection:
        office.province.send(connection, "X2")
    coordinator = office.phone("H1")
    coordinator.say("/tiepnhan")
    coordinator.press("Tiếp nhận cả 2 báo cáo")
    assert "• Xã Một" in coordinator.reply.text
    coordinator.press("Tiếp nhận")
    assert (status(office, "X1"), status(office, "X2"), status(office, "X3")) == ("accepted", "accepted", "not_opened")


def test_the_second_of_two_who_decide_is_told_who_was_faster(office: Office) -> None:
    """Nothing changes twice: the press of the slower one says who decided and when."""
    office.grant("X3", "H1", "coordinator")
    first, second = office.phone("H1"), office.phone("X3")
    first.say("/tiepnhan X1")
    second.say("/tralai X1: Còn thiếu chữ ký.")
    office.at = NOW + timedelta(minutes=3)
    first.press("Tiếp nhận")
    second.press("Trả lại")
    assert "đồng chí Người của H1 vừa tiếp nhận báo cáo này lúc 09:03 ngày 01/04" in second.reply.refused
    assert status(office, "X1") == Status.ACCEPTED, "nothing is undone without being seen"
    assert "“Còn thiếu chữ ký.”" in second.reply.text, "what was typed is still there"
    second.press("Trả lại")
    assert status(office, "X1") == Status.RETURNED, "an accepted report may still be returned"
    first.say("/tiepnhan")
    with office.province.database.write() as connection:
        office.province.send(connection, "X1")
    first.say("/tiepnhan X1")
    second.say("/tiepnhan X1")
    second.press("Tiếp nhận")
    first.press("Tiếp nhận")
    assert "đồng chí Người của X3 vừa tiếp nhận báo cáo này lúc 09:03 ngày 01/04" in first.reply.text


def test_a_second_press_decides_nothing_more(office: Office) -> None:
    coordinator = office.phone("H1")
    coordinator.say("/tiepnhan X1")
    shown = coordinator.reply
    coordinator.press("Tiếp nhận", shown)
    coordinator.press("Tiếp nhận", shown)
    assert coordinator.reply.refused
    with office.province.database.read() as connection:
        assert sum(deed.verb == "submission.accept" for deed in read(connection)) == 1


def test_what_is_sent_anew_while_it_is_looked_at_is_not_accepted_unseen(office: Office) -> None:
    coordinator = office.phone("H1")
    coordinator.say("/tiepnhan X1")
    with office.province.database.write() as connection:
        report = office.province.reports["X1"]
        workflow.return_report(connection, report, "", "sửa", None, NOW)
        office.province.save(connection, "X1", TOTAL, 13)
        office.province.send(connection, "X1")
    coordinator.press("Tiếp nhận")
    assert status(office, "X1") == Status.SENT
    assert "vừa nộp báo cáo này" in coordinator.reply.text


def test_a_report_is_fetched_by_name(office: Office) -> None:
    coordinator = office.phone("H1")
    coordinator.say("/baocao xa mot")
    assert "Word, Excel báo cáo của Xã Một" in coordinator.reply.text
    assert coordinator.labels[:2] == ["Tiếp nhận", "Trả lại"]


def test_the_papers_go_to_who_asked(office: Office) -> None:
    coordinator = office.phone("H1")
    taken = coordinator.event(TextReceived("/baocao X1", "1"))
    assert [e for e in taken.effects if isinstance(e, RenderReport)] == [RenderReport(office.province.reports["X1"])]
    assert isinstance(taken.effects[-1], Reply)


def test_a_comment_that_was_typed_is_not_dropped_in_silence(office: Office) -> None:
    coordinator = office.phone("H1")
    coordinator.say("/tralai X1: Chưa nêu rõ nguyên nhân.")
    coordinator.say("/huy")
    assert "Chưa gửi lời nhắn: “Chưa nêu rõ nguyên nhân.”" in coordinator.reply.text
    coordinator.say("/tralai X1: Chưa nêu rõ nguyên nhân.")
    coordinator.say("/start")
    assert "Chưa nêu rõ nguyên nhân." in coordinator.reply.text


def test_a_right_that_ends_midway_ends_the_errand(office: Office) -> None:
    coordinator = office.phone("H1")
    coordinator.say("/tralai X1: Chưa đủ.")
    with office.province.database.write() as connection:
        connection.execute(update(role).where(role.c.role == "coordinator").values(ended_at=NOW))
    coordinator.press("Trả lại")
    assert status(office, "X1") == Status.SENT


def test_what_is_sent_anew_while_a_comment_is_written_is_not_returned_unseen(office: Office) -> None:
    """Another coordinator returned it and the unit sent it again: the old comment may be met already."""
    coordinator, report = office.phone("H1"), office.province.reports["X1"]
    coordinator.say("/tralai X1: Còn thiếu chữ ký.")
    with office.province.database.write() as connection:
        workflow.return_report(connection, report, "", "ký vào", None, NOW)
        office.province.send(connection, "X1")
    coordinator.press("Trả lại")
    assert "vừa nộp báo cáo này" in coordinator.reply.refused
    assert status(office, "X1") == Status.SENT


def test_a_closed_campaign_is_decided_about_no_more(office: Office) -> None:
    """Neither midway nor by an old button, though the person has the right in a campaign that still runs."""
    coordinator, report = office.phone("H1"), office.province.reports["X1"]
    with office.province.database.write() as connection:
        campaigns.open_campaign(connection, Opening("kl62-2019-xa", "H1", REFERENCE, key="dot-hai"), NOW, ZONE)
    coordinator.say("/tralai kl62-2019 X1: Còn thiếu chữ ký.")
    confirm = coordinator.reply
    with office.province.database.write() as connection:
        campaigns.close(connection, office.province.campaign, NOW)
    coordinator.press("Trả lại", confirm)
    assert "Chưa gửi lời nhắn: “Còn thiếu chữ ký.”" in coordinator.reply.text
    assert "đợt báo cáo đã đóng" in coordinator.reply.text
    for choice in ("return:#{}", "accept:#{}", "reopen:#{}", "extend:#{}", "undo_reopening:{}", "report:#{}"):
        coordinator.press_data(f"0.0.0:{choice.format(report)}")
        assert "đợt báo cáo đã đóng" in coordinator.reply.refused, choice
        assert "Xã Một" not in coordinator.reply.text
    assert status(office, "X1") == Status.SENT


@pytest.mark.parametrize("unit", ["xã", "Xã Chín"])
def test_a_comment_behind_a_name_that_is_not_clear_is_said_to_be_unsent(office: Office, unit: str) -> None:
    with office.province.database.write() as connection:
        office.province.send(connection, "X2")
    coordinator = office.phone("H1")
    coordinator.say(f"/tralai {unit}: Thiếu chữ ký.")
    assert "Chưa gửi lời nhắn: “Thiếu chữ ký.”" in coordinator.reply.text
    coordinator.say(f"/molai {unit}: Nhầm số.")
    assert "Chưa gửi: “Nhầm số.”" in coordinator.reply.text


def test_another_errand_drops_nothing_in_silence(office: Office) -> None:
    """Nor does an invitation's code; the coordinator stands in no report of her own."""
    coordinator = office.phone("H1")
    for other in ("/tiepnhan X1", "/start AAAA-BBBB"):
        coordinator.say("/tralai X1: Thiếu chữ ký.")
        assert "“Thiếu chữ ký.”" in coordinator.say(other), other
    coordinator.say("/molai X1: Nhầm số.")
    assert "Chưa gửi: “Nhầm số.”" in coordinator.say("/huy")


def test_all_are_accepted_only_from_the_list_of_what_is_left(office: Office) -> None:
    """Somebody else accepted them all meanwhile; or the button was made up on another errand's list."""
    office.grant("X3", "H1", "coordinator")
    with office.province.database.write() as connection:
        office.province.send(connection, "X2")
    first, second = office.phone("H1"), office.phone("X3")
    second.say("/tralai")
    second.press_data(second.button("Thôi").id.replace("cancel", "accept_all"))
    assert second.reply.refused
    second.say("/tiepnhan")
    shown = second.reply
    first.say("/tiepnhan")
    first.press("Tiếp nhận cả 2 báo cáo")
    first.press("Tiếp nhận")
    second.press("Tiếp nhận cả 2 báo cáo", shown)
    assert second.reply.refused and second.labels == ["Trang đầu"]


def test_a_handler_accepts_once_and_tells_once(office: Office) -> None:
    """Whatever a dialog asked for: the unit is not told of another acceptance."""
    province = office.province
    accept = AcceptReport(province.reports["X1"], 1)
    with province.database.write() as connection:
        assert len(province.do(connection, "H1", accept).outbox) == 1
        with pytest.raises(Refused):
            province.do(connection, "H1", accept)


def test_all_changes_are_one_button_away_where_the_first_are_shown(office: Office) -> None:
    coordinator, report = office.phone("H1"), office.province.reports["X1"]
    with office.province.database.write() as connection:
        workflow.return_report(connection, report, "", "sửa", None, NOW)
        for number, column in enumerate(("tong_so", "cb_nu", "cb_dtts", "cb_ton_giao")):
            for row in ("mttq", "ldld"):
                office.province.save(connection, "X1", Address("PL3", row, f"xa.{column}"), number + 5)
        office.province.send(connection, "X1")
    for command in ("/tiepnhan X1", "/baocao X1"):
        coordinator.say(command)
        assert "bấm “Xem đủ thay đổi”" in coordinator.reply.text
        coordinator.press("Xem đủ thay đổi")
        assert coordinator.reply.text.count("•") == 8


def test_a_button_may_not_name_a_report_where_a_campaign_is_meant(office: Office) -> None:
    coordinator = office.phone("H1")
    for trigger in ("progress", "record"):
        coordinator.press_data(f"0.0.0:{trigger}:#{office.province.reports['X1']}")
        assert coordinator.reply.refused


def test_the_rest_stays_locked_only_where_there_is_a_rest(office: Office) -> None:
    coordinator = office.phone("H1")
    assert "vẫn khóa" not in coordinator.say("/tralai X1: Sửa lại.")
    coordinator.say("/tralai X1")
    coordinator.press("Phụ lục 3")
    assert "Các phần khác vẫn khóa" in coordinator.say("Sửa lại.")
