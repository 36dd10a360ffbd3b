"""The workflow through whole turns, on both databases: deciding at once, invented buttons, time that is over."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.channels.incoming import Incoming
from bot.turns.turn import Turn
from dialogs.values.decisions import AskCorrection, AssignPart
from dialogs.values.effects import Reply
from dialogs.values.events import ChoicePressed
from storage.campaigns import answers
from storage.reports import workflow
from storage.schema import audit
from storage.schema.errors import Refused
from storage.schema.tables import audit as audit_table
from storage.schema.tables import campaign, sending, submission
from tests.office.phone import Office, Phone
from tests.office.province import NOW, TEXT, TOTAL, ZONE, Province


@pytest.fixture
def office(province: Province) -> Office:
    """H1 and H2's people coordinate District One; X1 has sent."""
    found = Office(province)
    found.grant("H1", "H1", "coordinator")
    found.grant("H2", "H1", "coordinator")
    with province.database.write() as connection:
        province.save(connection, "X1", TOTAL, 12)
        province.save(connection, "X1", TEXT, "Đã họp.")
        province.send(connection, "X1")
    return found


def _status(office: Office, code: str) -> str:
    with office.province.database.read() as connection:
        found = select(submission.c.status).where(submission.c.id == office.province.reports[code])
        return str(connection.execute(found).scalar_one())


def _verbs(office: Office) -> list[str]:
    with office.province.database.read() as connection:
        return [deed.verb for deed in audit.read(connection, unit=office.province.units["X1"])]


def _at_once(office: Office, presses: list[tuple[Phone, str]]) -> list[str]:
    """Buttons pressed at the same moment, each taken by a process of its own; what came back, in no order."""
    ready, replies = threading.Barrier(len(presses)), []

    def press(number: int, phone: Phone, choice: str) -> None:
        turn = Turn(lambda: office.at, ZONE)
        ready.wait(30)
        incoming = Incoming(f"at-once-{number}", phone.account, ChoicePressed(choice))
        with office.province.database.write() as connection:
            taken = turn.handle(connection, incoming)
        replies.append(next(effect.text for effect in taken.effects if isinstance(effect, Reply)))

    threads = [threading.Thread(target=press, args=(n, *each)) for n, each in enumerate(presses)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(replies) == len(presses)
    return sorted(replies)


def test_two_coordinators_open_at_once_and_the_second_hears_who_was_faster(office: Office) -> None:
    office.at = NOW.replace(hour=3, minute=5)
    first, second = office.phone("H1"), office.phone("H2")
    for phone in (first, second):
        phone.say("/molai Xã Một: nhầm số liệu")
    presses = [(phone, phone.button("Thêm 1 ngày").id) for phone in (first, second)]
    done, meanwhile = sorted(_at_once(office, presses), key=lambda text: "✓" not in text)
    assert done.startswith("✓ Đã mở lại báo cáo của Xã Một")
    assert "vừa mở lại báo cáo này lúc 10:05" in meanwhile
    assert _verbs(office).count("submission.reopen") == 1


def test_one_accepts_while_the_other_opens_and_only_one_of_them_decides(office: Office) -> None:
    accepting, opening = office.phone("H1"), office.phone("H2")
    accepting.say("/tiepnhan Xã Một")
    opening.say("/molai Xã Một: nhầm số liệu")
    presses = [(accepting, accepting.button("Tiếp nhận").id), (opening, opening.button("Hết hôm nay").id)]
    replies = _at_once(office, presses)
    assert sum("✓" in text for text in replies) == 1
    assert sum("vừa" in text for text in replies) == 1
    assert len([verb for verb in _verbs(office) if verb in ("submission.accept", "submission.reopen")]) == 1


def test_a_double_tap_undoes_once(office: Office) -> None:
    phone = office.phone("H1")
    phone.say("/molai Xã Một: nhầm số liệu")
    phone.press("Hết hôm nay")
    button = phone.button("Hủy mở lại").id
    replies = _at_once(office, [(phone, button), (office.phone("H2"), button)])
    assert sum("✓ Đã hủy" in text for text in replies) == 1
    assert sum("không ở trạng thái mở lại" in text for text in replies) == 1
    assert _verbs(office).count("submission.undo") == 1
    assert _status(office, "X1") == "sent"


def test_a_double_tap_of_send_sends_once(office: Office) -> None:
    phone = office.phone("X2")
    phone.say("/nop")
    button = phone.button("Gửi").id
    replies = _at_once(office, [(phone, button), (phone, button)])
    assert sum("số biên nhận KL62-0002" in text for text in replies) == 2
    with office.province.database.read() as connection:
        mine = sending.c.submission == office.province.reports["X2"]
        assert connection.execute(select(sending.c.number).where(mine)).all() == [(1,)]


TRIGGERS = ("grant", "deny", "undo_reopening", "lead_review", "show_changes", "reopen", "extend")
TARGETS = ("{report}", "#{report}", "999999999", "x", "", "-1", "0.5", "٣")


@pytest.mark.parametrize("who", ["X2", "H2"])
def test_an_invented_button_changes_nothing_and_names_nobody(office: Office, who: str) -> None:
    """X2 has no right over anybody; H2's person coordinates District One, not X4 of District Two."""
    report = office.province.reports["X1" if who == "X2" else "X4"]
    foreign = ("Xã Một", "Huyện Một") if who == "X2" else ("Xã Bốn",)
    before = _record(office)
    phone = office.phone(who)
    for trigger in TRIGGERS:
        for target in TARGETS:
            phone.press_data(f"{report}.0.0:{trigger}:{target.format(report=report)}")
            assert phone.reply.text and not any(name in phone.reply.text for name in foreign), (trigger, target)
    assert _record(office) == before


def _record(office: Office) -> list[tuple[object, ...]]:
    with office.province.database.read() as connection:
        deeds = connection.execute(select(audit_table.c.verb, audit_table.c.submission).order_by(audit_table.c.id))
        states = connection.execute(select(submission.c.id, submission.c.status).order_by(submission.c.id))
        return [*map(tuple, deeds), *map(tuple, states)]


INNER = ("decided", "reason_known", "day_known", "reopen_here", "extend_here", "changes_here", "deny_here")


def test_what_only_an_action_may_fire_no_button_fires(office: Office) -> None:
    phone = office.phone("H1")
    phone.say("/molai Xã Một")
    for inner in INNER:
        head = phone.button("Thôi").id.partition(":")[0]
        phone.press_data(f"{head}:{inner}:1")
        assert phone.reply.refused and "ghi lý do" in phone.reply.text
    assert _status(office, "X1") == "sent"


def test_when_the_time_is_over_nothing_can_be_written_by_any_way(office: Office) -> None:
    coordinator, author = office.phone("H1"), office.phone("X1")
    coordinator.say("/molai Xã Một: nhầm số liệu")
    coordinator.press("Hết hôm nay")
    author.press("Sửa báo cáo", author.notices()[-1])
    author.say("/sua PL3.2")
    author.say("3 1 0 0", message="m1")
    author.say("/sua II.1")
    question = author.reply
    office.at = NOW + timedelta(days=2)
    before = _answers(office)
    for attempt in (
        lambda: author.say("Muộn rồi mà vẫn gõ."),
        lambda: author.edit("9 9 9 9", "m1"),
        lambda: author.press("Xóa đoạn cuối", question),
        lambda: author.say("/sua PL3.1"),
        lambda: author.say("14 5 0 1"),
        lambda: author.say("/tiep"),
        lambda: author.say("/nop"),
    ):
        attempt()
        assert _answers(office) == before
        assert "Gửi" not in author.labels
    assert "hết thời gian mở lại lúc 24:00 ngày 1/4/2019" in author.reply.text
    assert _status(office, "X1") == "returned"


def _answers(office: Office) -> object:
    with office.province.database.read() as connection:
        return answers.load(connection, office.province.reports["X1"])


def test_a_reason_that_is_too_long_or_empty_is_refused_and_one_left_behind_is_named(office: Office) -> None:
    phone = office.phone("H1")
    phone.say("/molai Xã Một")
    assert "2.001 ký tự" in phone.say("a" * 2_001)
    assert "không được để trống" in phone.say(" \u200b ")
    phone.say("Xã báo nhầm hàng MTTQ")
    phone.say("/start")
    assert "“Xã báo nhầm hàng MTTQ”" in phone.reply.text
    assert _status(office, "X1") == "sent"


def test_the_reason_reaches_the_unit_exactly_as_it_was_typed(office: Office) -> None:
    reason = "Sai hàng “MTTQ”;\nxem lại: 12 <> 14 & *in đậm* _x_"
    phone = office.phone("H1")
    phone.say("/molai X1")
    phone.say(reason)
    phone.press("Hết hôm nay")
    assert f"“{reason}”" in office.phone("X1").notices()[-1].text
    wish = "Nhập nhầm\n\n  cột 2 – dòng 3"
    office.phone("X1").say("/nop")
    office.phone("X1").press("Gửi", _reviewed(office))
    office.phone("X1").say(f"/xinsua {wish}")
    notice = next(each for each in reversed(office.phone("H1").notices()) if each.choices)
    assert f"“{wish}”" in notice.text


def _reviewed(office: Office) -> Reply:
    phone = office.phone("X1")
    phone.say("/nop")
    return phone.reply


def test_a_campaign_that_wants_no_confirmation_asks_nobody(office: Office) -> None:
    """A leader's role alone changes nothing."""
    office.grant("X3", "X2", "lead")
    phone = office.phone("X2")
    phone.say("/nop")
    assert "Gửi" in phone.labels and "duyệt" not in phone.reply.text
    phone.press("Gửi")
    assert _status(office, "X2") == "sent"
    assert [notice for notice in office.phone("X3").notices() if notice.choices] == []


def test_who_was_handed_a_part_asks_for_no_correction_in_the_name_of_all(office: Office) -> None:
    """X2's person was handed Phụ lục 3 of X1's report by its leader, X3's person, and sees changes of nothing else."""
    office.grant("X3", "X1", "lead")
    office.grant("X2", "X1", "official")
    province, report = office.province, office.province.reports["X1"]
    handed = AssignPart(report, "PL3", province.people["X2"].id, sees_all=False)
    with province.database.write() as connection:
        province.do(connection, "X3", handed)
    phone = office.phone("X2")
    phone.say("/xinsua Nhầm số ở mục II.")
    assert "một phần của báo cáo" in phone.reply.refused
    phone.press_data(f"0.0.0:ask_correction:#{report}")
    assert "một phần của báo cáo" in phone.reply.refused
    with province.database.write() as connection, pytest.raises(Refused):
        province.do(connection, "X2", AskCorrection(report, "Nhầm số."))
    assert "correction.ask" not in _verbs(office)
    with province.database.write() as connection:
        workflow.return_report(connection, report, "", "sửa", None, NOW)
        province.save(connection, "X1", TOTAL, 13)
        province.save(connection, "X1", TEXT, "Đã họp hai lần.")
        province.send(connection, "X1")
        for closed_at in (None, NOW):
            connection.execute(update(campaign).values(closed_at=closed_at))
            assert [each.address for each in province.world(connection, "X2").resent(report)] == [TOTAL]
            assert [each.address for each in province.world(connection, "X3").resent(report)] == [TEXT, TOTAL]


def test_where_everybody_has_sent_more_time_is_asked_for_by_name_only(office: Office) -> None:
    with office.province.database.write() as connection:
        office.province.send(connection, "X2", "X3")
    phone = office.phone("H1")
    phone.say("/giahan")
    assert "()" not in phone.reply.text and phone.labels == ["Thôi"]


def test_a_reason_typed_with_the_command_replaces_that_of_a_report_that_is_open(office: Office) -> None:
    phone = office.phone("H1")
    phone.say("/molai X1: Nhầm số.")
    phone.press("Hết hôm nay")
    assert "“Nhầm số.”" in phone.say("/molai X1")
    assert "“Nhầm cả chữ.”" in phone.say("/molai X1: Nhầm cả chữ.")
    phone.press("Thêm 1 ngày")
    assert "“Nhầm cả chữ.”" in office.phone("X1").notices()[-1].text


def test_a_wish_that_is_left_undecided_is_no_text_of_the_coordinators(office: Office) -> None:
    """Her own words are said to be unsent, the unit's are not hers."""
    office.phone("X1").say("/xinsua Nhầm số.")
    phone = office.phone("H1")
    phone.press("Cho sửa", phone.notices()[-1])
    assert "“Nhầm số.”" in phone.reply.text
    assert "Nhầm số." not in phone.say("/start")
