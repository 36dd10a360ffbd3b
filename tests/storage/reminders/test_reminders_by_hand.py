"""Reminding by hand and putting off: the commands of a coordinator and of an official, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from dialogs.values.decisions import ExtendDeadline, PostponeReminders, RemindNow
from dialogs.values.rights import COORDINATOR, LEAD
from dialogs.values.world import Person
from storage.campaigns import campaigns
from storage.campaigns.campaigns import last_moment
from storage.effects import apply
from storage.messages import outbox
from storage.people import people
from storage.reminders import reminders
from storage.reminders.plan import plan
from storage.reports import workflow
from storage.schema import audit
from storage.schema.errors import Refused
from storage.schema.statements import dumps, new_id
from storage.schema.tables import account, campaign, campaign_unit, form_version, person, reminder, submission
from storage.schema.tables import outbox as outbox_table
from tests.office.phone import Office, Phone
from tests.office.province import NOW, ZONE, Province
from tests.office.stored import set_required

LAST = date(2019, 4, 30)  # a Tuesday; nothing is planned before the 23rd


def at(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2019, 4, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def owing(province: Province) -> Province:
    """The communes owe until the end of April; H1 has a coordinator, "chat-C1"."""
    with province.database.write() as connection:
        for code in ("X1", "X2", "X3", "X4", "X5"):
            campaigns.set_due(connection, province.reports[code], last_moment(LAST, ZONE))
        for code in ("T", "H1", "H2"):
            set_required(connection, province.reports[code], False)
        connection.execute(update(campaign).values(settings=dumps({"reminders": {"digest": False}})))
        follows = people.create_person(connection, "Chị Cúc", NOW)
        people.grant(connection, follows, province.units["H1"], COORDINATOR, NOW)
        people.add_account(connection, follows, "telegram", "chat-C1", NOW)
    return province


def phone(province: Province, code: str) -> Phone:
    """Somebody at their chat, on the 8th at ten."""
    return Office(province, at(8, 10)).phone(code)


def run(province: Province, now: datetime) -> dict[str, str]:
    """The clock looks and the sender sends; the texts of the reminders by chat."""
    with province.database.write() as connection:
        plan(connection, province.cache, now, ZONE)
        claimed = outbox.claim(connection, "telegram", "p1", 100, now)
        rows = [row for row in claimed if row.kind == outbox.REMINDER]
        outbox.sent(connection, [row.id for row in claimed if row not in rows], now)
        ready = reminders.prepare(connection, province.cache, [row.id for row in rows], now, ZONE)
        done = [row.id for row in rows if ready[row.id] is not None]
        outbox.sent(connection, done, now)
        reminders.settled(connection, done, now)
    return {row.external: payload["text"] for row in rows if (payload := ready[row.id]) is not None}


def test_the_preview_lists_exactly_who_gets_it(owing: Province) -> None:
    with owing.database.write() as connection:
        owing.send(connection, "X3", at=at(8, 9))
        people.set_blocked(connection, owing.accounts["X2"], NOW)
    cuc = phone(owing, "C1")
    shown = cuc.say("/nhac")
    assert "Người nhận: Người của X1 (Xã Một)." in shown
    assert "Không nhắc được: Người của X2 (Xã Hai, đã chặn hoặc xóa trò chuyện)." in shown
    assert "Xã Ba" not in shown, "it has sent"
    assert "Xã Bốn" not in shown, "it is another district's"
    cuc.press("Nhắc 1 người")
    assert set(run(owing, at(8, 10, 1))) == {"chat-X1"}


def test_the_line_goes_with_it_as_typed_and_who_reminds_is_named(owing: Province) -> None:
    cuc = phone(owing, "C1")
    cuc.say("/nhac")
    assert "“Mai  họp, nộp trước 16h”" in cuc.say("Mai  họp, nộp trước 16h")
    cuc.press("Nhắc 3 người")
    assert "Đồng chí Chị Cúc nhắc: Mai  họp, nộp trước 16h" in run(owing, at(8, 10, 1))["chat-X1"]


def test_a_line_is_not_lost_unsaid(owing: Province) -> None:
    """Going back takes the line away and says so; going on without it does not send it."""
    cuc = phone(owing, "C1")
    cuc.say("/nhac")
    cuc.say("Gửi trước 16h")
    assert "Chọn một đơn vị" not in [choice.label for choice in cuc.reply.choices]
    assert "Gửi trước 16h" in cuc.press("Bỏ lời nhắn kèm")
    cuc.say("Gửi trước 17h")
    assert "Gửi trước 17h" in cuc.press("Thôi")
    assert run(owing, at(8, 11)) == {}


def test_a_line_too_long_is_refused_and_not_cut(owing: Province) -> None:
    cuc = phone(owing, "C1")
    cuc.say("/nhac")
    cuc.say("x" * 501)
    assert cuc.reply.refused.startswith("Lời nhắn kèm dài 501 ký tự")
    assert "xxx" not in cuc.say("ngắn")


def test_a_second_press_sends_once(owing: Province) -> None:
    cuc = phone(owing, "C1")
    cuc.say("/nhac")
    button = next(choice.id for choice in cuc.reply.choices if choice.label == "Nhắc 3 người")
    cuc.press_data(button)
    cuc.press_data(button)
    assert len(run(owing, at(8, 10, 1))) == 3
    assert run(owing, at(8, 10, 2)) == {}
    with owing.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(reminder)).scalar_one() == 3


def test_who_was_reminded_within_four_hours_is_left_out_unless_asked_for(owing: Province) -> None:
    cuc = phone(owing, "C1")
    cuc.say("/nhac Xã Một")
    cuc.press("Nhắc 1 người")
    run(owing, at(8, 10, 1))
    cuc.office.at = at(8, 11)
    shown = cuc.say("/nhac")
    assert "Vừa được nhắc trong 4 giờ qua nên để lại: Người của X1 (Xã Một)." in shown
    cuc.press("Nhắc 2 người")
    assert set(run(owing, at(8, 11, 1))) == {"chat-X2", "chat-X3"}
    cuc.say("/nhac xa mot")
    cuc.press("Nhắc cả 1 người vừa được nhắc")
    cuc.press("Nhắc 1 người")
    assert set(run(owing, at(8, 11, 2))) == {"chat-X1"}
    cuc.office.at = at(8, 15, 5)
    assert "Vừa được nhắc" not in cuc.say("/nhac")


def test_a_unit_may_be_chosen_by_button(owing: Province) -> None:
    cuc = phone(owing, "C1")
    cuc.say("/nhac")
    cuc.press("Chọn một đơn vị")
    cuc.press(next(choice.label for choice in cuc.reply.choices if "Xã Hai" in choice.label))
    cuc.press("Nhắc 1 người")
    assert set(run(owing, at(8, 10, 1))) == {"chat-X2"}


def test_outside_working_hours_it_says_when_it_goes(owing: Province) -> None:
    cuc = phone(owing, "C1")
    cuc.office.at = at(8, 21)
    assert "tin sẽ đi lúc 07:30 ngày 9/4" in cuc.say("/nhac")
    cuc.press("Nhắc 3 người")
    assert run(owing, at(8, 22)) == {}
    assert len(run(owing, at(9, 7, 30))) == 3


def test_sent_before_it_goes_is_not_reminded(owing: Province) -> None:
    cuc = phone(owing, "C1")
    cuc.office.at = at(8, 21)
    cuc.say("/nhac")
    cuc.press("Nhắc 3 người")
    with owing.database.write() as connection:
        owing.send(connection, "X1", at=at(8, 22))
    assert set(run(owing, at(9, 7, 30))) == {"chat-X2", "chat-X3"}


def test_nobody_reminds_where_they_have_no_right(owing: Province) -> None:
    """Units of another district are not found; a decision about one is refused and changes nothing."""
    cuc = phone(owing, "C1")
    shown = cuc.say("/nhac Xã Bốn")
    assert "không có “Xã Bốn”" in shown
    assert "Người của X4" not in shown
    with pytest.raises(Refused), owing.database.write() as connection:
        owing.do(connection, "X1", RemindNow((owing.reports["X2"],)))
    assert "chưa được giao việc này" in phone(owing, "X1").say("/nhac")
    assert run(owing, at(8, 11)) == {}


def test_it_is_on_the_record(owing: Province) -> None:
    cuc = phone(owing, "C1")
    cuc.say("/nhac Xã Một")
    cuc.say("gửi sớm nhé")
    cuc.press("Nhắc 1 người")
    with owing.database.read() as connection:
        deed = audit.read(connection)[-1]
    assert (deed.verb, deed.name, deed.unit) == ("reminder.send", "Chị Cúc", owing.units["X1"])
    assert deed.detail == {"people": 1, "text": "gửi sớm nhé"}


def test_an_official_puts_a_reminder_off(owing: Province) -> None:
    """The button under a reminder, from whatever question is open; it comes back by then, once."""
    assert "chat-X1" in run(owing, at(23))
    lan = phone(owing, "X1")
    lan.office.at = at(23, 9)
    lan.say("/tiep")
    question = lan.reply.text
    lan.press_data(f"{owing.reports['X1']}.0.0:later")
    assert [choice.label for choice in lan.reply.choices][:3] == ["Chiều nay", "Ngày mai", "Sau 3 ngày"]
    shown = lan.press("Ngày mai")
    assert "Sẽ nhắc lại lúc 08:00 ngày 24/4/2019" in shown
    assert question.splitlines()[-1] in shown, "the open question stays"
    assert run(owing, at(23, 15)) == {}
    assert set(run(owing, at(24))) == {"chat-X1"}
    assert run(owing, at(24, 9)) == {}


def test_what_is_put_off_does_not_come_once_the_report_is_sent(owing: Province) -> None:
    run(owing, at(23))
    lan = phone(owing, "X1")
    lan.office.at = at(23, 9)
    lan.say("/nhacsau chiều nay")
    with owing.database.write() as connection:
        owing.send(connection, "X1", at=at(23, 10))
    assert run(owing, at(23, 14)) == {}


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("/nhacsau chiều nay", at(23, 14)),
        ("/nhacsau mai", at(24)),
        ("/nhacsau 3 ngày", at(26)),
        ("/nhacsau 5", at(29)),  # the 28th is a Sunday
        ("/NHACSAU ngày mai", at(24)),
    ],
)
def test_how_long_may_be_typed(owing: Province, typed: str, until: datetime) -> None:
    lan = phone(owing, "X1")
    lan.office.at = at(23, 9)
    lan.say(typed)
    assert quiet_until(owing, "X1") == until
    lan.say("/nhacsau hủy")
    assert quiet_until(owing, "X1") is None


@pytest.mark.parametrize("typed", ["/nhacsau 30 ngày", "/nhacsau 0", "/nhacsau mãi mãi"])
def test_what_cannot_be_put_off_so_is_said(owing: Province, typed: str) -> None:
    lan = phone(owing, "X1")
    lan.say(typed)
    assert lan.reply.refused
    assert quiet_until(owing, "X1") is None


def quiet_until(province: Province, code: str) -> datetime | None:
    with province.database.read() as connection:
        found = select(person.c.quiet_until).where(person.c.id == province.people[code].id)
        return connection.execute(found).scalar_one()


def test_putting_off_again_and_again_leaves_one(owing: Province) -> None:
    run(owing, at(23))
    with owing.database.write() as connection:
        for until in (at(24), at(23, 14), at(24), at(23, 14)):
            owing.do(connection, "X1", PostponeReminders(until), at=at(23, 9))
    assert set(run(owing, at(23, 14))) == {"chat-X1"}
    assert run(owing, at(24)) == {}


def test_a_hand_reminder_waits_for_who_put_theirs_off(owing: Province) -> None:
    with owing.database.write() as connection:
        owing.do(connection, "X1", PostponeReminders(at(9, 8)), at=at(8, 9))
    cuc = phone(owing, "C1")
    assert "Người của X1 (Xã Một; đã hoãn, nhận lúc 08:00 ngày 9/4)" in cuc.say("/nhac")
    cuc.press("Nhắc 3 người")
    assert set(run(owing, at(8, 10, 1))) == {"chat-X2", "chat-X3"}
    assert set(run(owing, at(9))) == {"chat-X1"}


def test_more_time_is_not_followed_by_what_was_planned_before_it(owing: Province) -> None:
    """The notice has just told the new last day; the next planned one counts."""
    run(owing, at(23))
    with owing.database.write() as connection:
        who = connection.execute(select(person.c.id).where(person.c.name == "Chị Cúc")).scalar_one()
        context = replace(owing.context("X1", at=at(25, 9)), person=Person(who, "Chị Cúc"))
        more = ExtendDeadline((owing.reports["X1"],), last_moment(date(2019, 5, 2), ZONE), "")
        apply(connection, [more], context, owing.cache)
    assert run(owing, at(25, 10)) == {}, "a week before the new last day was this morning, before it was set"
    assert "Chậm nhất 24:00 ngày 2/5/2019 (thứ Năm) – còn 3 ngày." in run(owing, at(29))["chat-X1"]


def test_what_waits_for_the_leader_is_the_leaders_to_do(owing: Province) -> None:
    with owing.database.write() as connection:
        people.grant(connection, owing.people["X2"].id, owing.units["X1"], LEAD, NOW)
        set_required(connection, owing.reports["X2"], False)
        asked = update(submission).where(submission.c.id == owing.reports["X1"])
        connection.execute(asked.values(confirm_asked_at=at(22), status="in_progress"))
    arrived = run(owing, at(23))
    assert "chat-X1" not in arrived
    assert "đang chờ người phụ trách của đơn vị xác nhận gửi" in arrived["chat-X2"]
    shown = phone(owing, "C1").say("/nhac Xã Một")
    assert "Người nhận: Người của X2 (Xã Một)." in shown


def test_the_digest_says_how_it_stands_and_whom_nobody_reaches(owing: Province) -> None:
    settings(owing, {})
    with owing.database.write() as connection:
        owing.send(connection, "X1", at=at(23, 9))
        people.set_blocked(connection, owing.accounts["X2"], NOW)
    assert "Mới nộp từ bản trước: 1." in run(owing, at(24))["chat-C1"]
    text = run(owing, at(25))["chat-C1"]
    assert "Tình hình báo cáo sáng 25/4/2019" in text
    assert "Huyện Một: 1/3 đã nộp" in text
    assert "chưa mở 2; đã gửi, chờ tiếp nhận 1; không phải nộp 1." in text
    assert "Không có báo cáo mới nộp." in text
    assert "Không nhắc được: Người của X2 (Xã Hai, đã chặn hoặc xóa trò chuyện)." in text
    assert "Xã Bốn" not in text
    assert run(owing, at(25, 9)) == {}, "once a day"
    cuc = phone(owing, "C1")
    cuc.office.at = at(25, 9)
    assert "Huyện Một" in cuc.press_data(f"0.0.0:board:{owing.campaign}.{owing.units['H1']}")
    assert "chat-C1" not in run(owing, at(27)), "a Saturday"


def settings(province: Province, stored: dict[str, Any]) -> None:
    with province.database.write() as connection:
        connection.execute(update(campaign).values(settings=dumps(stored)))


def test_the_digest_shows_what_is_uncertain_and_what_was_missed(owing: Province) -> None:
    """The service slept from the 22nd to the 29th, and then died while sending to X1."""
    settings(owing, {})
    now = at(29, 9)
    with owing.database.write() as connection:
        plan(connection, owing.cache, now, ZONE)
        mine = select(outbox_table.c.id).join(account, account.c.id == outbox_table.c.account)
        row = connection.execute(mine.where(account.c.external == "chat-X1")).scalar_one()
        connection.execute(update(outbox_table).where(outbox_table.c.id == row).values(claimed_by="p9", claimed_at=now))
        reminders.prepare(connection, owing.cache, [row], now, ZONE)
        assert reminders.abandoned(connection, now, process="p9") == 1
    text = run(owing, at(30))["chat-C1"]
    assert "Chưa chắc đã nhận được lời nhắc" in text
    assert "Người của X1 (Xã Một)" in text
    assert "6 lời nhắc lỡ giờ do hệ thống ngừng chạy đã được bỏ" in text


def test_nobody_has_a_digest_of_what_is_all_accepted(owing: Province) -> None:
    settings(owing, {})
    with owing.database.write() as connection:
        for code in ("X1", "X2", "X3"):
            owing.send(connection, code, at=at(2, 9))
            workflow.accept(connection, owing.reports[code], None, at(2, 10))
    assert "chat-C1" not in run(owing, at(24))


def test_who_must_accept_is_reminded_after_three_working_days(owing: Province) -> None:
    with owing.database.write() as connection:
        owing.send(connection, "X1", at=at(4, 10))
    assert "chat-C1" not in run(owing, at(8, 16))
    text = run(owing, at(9))["chat-C1"]
    assert "Chờ tiếp nhận đã quá 3 ngày làm việc" in text
    assert "Xã Một" in text
    assert run(owing, at(10)) == {}, "once for each sending"
    cuc = phone(owing, "C1")
    cuc.office.at = at(10, 9)
    cuc.press_data("0.0.0:accept")
    assert "Xã Một" in str(cuc.labels)


def test_the_level_above_is_told_where_the_campaign_is_set_so(owing: Province) -> None:
    settings(owing, {"reminders": {"digest": False, "escalate": 2, "offsets": []}})
    with owing.database.write() as connection:
        for code in ("X1", "X2", "X3"):
            campaigns.set_due(connection, owing.reports[code], last_moment(date(2019, 4, 10), ZONE))
        owing.send(connection, "X3", at=at(10, 9))
        workflow.accept(connection, owing.reports["X3"], None, at(10, 9))
    assert run(owing, at(11)) == {}
    text = run(owing, at(12))["chat-C1"]
    assert "Quá hạn chưa nộp" in text
    assert "(hạn hết ngày 10/4/2019): Xã Một; Xã Hai." in text
    assert "chat-C1" not in run(owing, at(15)), "one notice"


def test_a_coordinator_removed_in_between_hears_nothing(owing: Province) -> None:
    settings(owing, {})
    with owing.database.write() as connection:
        plan(connection, owing.cache, at(24), ZONE)
        who = connection.execute(select(person.c.id).where(person.c.name == "Chị Cúc")).scalar_one()
        people.remove(connection, who, at(24, 8, 1))
    assert "chat-C1" not in run(owing, at(24, 8, 2))


def test_what_our_code_cannot_compose_stops_nobody_else(owing: Province) -> None:
    """One unit's form is damaged: its reminder fails and says why, everybody else's goes."""
    values = {"key": "hong", "version": 1, "hash": "", "title": "", "text": "không phải mẫu", "published_at": NOW}
    with owing.database.write() as connection:
        damaged = new_id(connection.execute(insert(form_version), values))
        mine = campaign_unit.c.id == owing.reports["X1"]
        connection.execute(update(campaign_unit).where(mine).values(form_version=damaged))
    assert set(run(owing, at(23))) == {"chat-X2", "chat-X3", "chat-X4", "chat-X5"}
    with owing.database.read() as connection:
        failed = connection.execute(select(reminder.c.unit, reminder.c.note).where(reminder.c.state == "failed")).all()
    assert [unit for unit, _ in failed] == [owing.units["X1"]]
    assert failed[0].note
    assert run(owing, at(23, 9)) == {}
