"""When reminders go and what they say: schedules, planned moments, the choice between several that passed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.forms.questions import questions
from dialogs.reminders.messages import desk_note, missing_places, reminder
from dialogs.reminders.reminding import (
    USUAL_SCHEDULE,
    BadSchedule,
    Due,
    Schedule,
    day_of_kind,
    due_now,
    is_working,
    next_working,
    planned,
    read_schedule,
    slots,
    working_days_later,
)
from dialogs.values.deadlines import last_moment
from dialogs.values.outstanding import Digest, Handed, Overdue, Owed, Waiting
from tests.world.little_world import commune

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 11, 30)


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


# --- the schedule ------------------------------------------------------------------------------------------------


def test_a_schedule_says_only_what_is_not_usual() -> None:
    assert read_schedule(None) == read_schedule({}) == read_schedule(True) == Schedule()
    assert not read_schedule(False).automatic
    found = read_schedule({"offsets": [1, -5, -5], "from": "07:00", "to": "11:30", "days": [5], "escalate": 3})
    assert found == Schedule((-5, 1), time(7), time(11, 30), frozenset({5}), True, 3)
    assert read_schedule({"offsets": [], "digest": False}) == Schedule((), digest=False)
    assert read_schedule({"holidays": ["2026-12-01"]}) == Schedule(holidays=frozenset({date(2026, 12, 1)}))


@pytest.mark.parametrize(
    "written",
    [
        [],
        "mỗi ngày",
        7,
        {"offset": [-7]},
        {"offsets": -7},
        {"offsets": ["-7"]},
        {"offsets": [True]},
        {"offsets": [-61]},
        {"offsets": list(range(11))},
        {"from": "17:00", "to": "07:30"},
        {"from": "08:00", "to": "08:00"},
        {"from": "25:00"},
        {"to": "5 giờ chiều"},
        {"from": "07:30+07:00"},
        {"days": []},
        {"days": [7]},
        {"days": "T2"},
        {"digest": "có"},
        {"holidays": "2026-12-01"},
        {"holidays": ["1/12/2026"]},
        {"holidays": ["2026-02-30"]},
        {"holidays": ["2026-12-01"] * 101},
        {"escalate": 0},
        {"escalate": True},
        {"escalate": "3"},
    ],
)
def test_what_is_no_schedule_is_said_in_one_sentence(written: Any) -> None:
    with pytest.raises(BadSchedule) as refused:
        read_schedule(written)
    assert str(refused.value).endswith(".")


# --- moments -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "offset", "expected"),
    [
        (MONDAY, -7, at(date(2026, 11, 23))),
        (MONDAY, -3, at(date(2026, 11, 27))),
        (MONDAY, -1, at(date(2026, 11, 27))),  # a Sunday: the Friday before
        (MONDAY, 0, at(MONDAY)),
        (MONDAY, 1, at(date(2026, 12, 1))),
        (date(2026, 11, 27), 1, at(MONDAY)),  # a Saturday: the Monday after
        (date(2026, 11, 29), 0, at(date(2026, 11, 27))),  # the last day itself is a Sunday
    ],
)
def test_planned_moments_are_on_working_days(last: date, offset: int, expected: datetime) -> None:
    assert planned(USUAL_SCHEDULE, last, offset, ZONE) == expected


def test_two_that_fall_together_are_one() -> None:
    found = slots(USUAL_SCHEDULE, last_moment(MONDAY, ZONE), ZONE)
    assert [slot.kind for slot in found] == ["-7:2026-11-30", "-1:2026-11-30", "0:2026-11-30", "1:2026-11-30"]


def test_hours_that_begin_later_move_the_moment() -> None:
    late = Schedule(start=time(9, 30))
    assert planned(late, MONDAY, 0, ZONE) == at(MONDAY, 9, 30)


def test_nobody_is_reminded_on_a_holiday() -> None:
    """30 November to 2 December off: what was planned then goes before, or after it where it is for after."""
    off = Schedule(holidays=frozenset(MONDAY + timedelta(days=n) for n in range(3)))
    friday, thursday = date(2026, 11, 27), date(2026, 12, 3)
    assert [planned(off, MONDAY, offset, ZONE) for offset in (0, 1)] == [at(friday), at(thursday)]
    assert not is_working(off, at(MONDAY, 10), ZONE)
    assert next_working(off, at(friday, 17), ZONE) == at(thursday, 7, 30)
    assert working_days_later(off, friday, 1) == thursday


def test_a_last_moment_early_in_the_day_has_no_reminder_after_it() -> None:
    """Due at 07:00: the reminder of that morning would come too late to say anything, and was never missed."""
    early = slots(USUAL_SCHEDULE, at(MONDAY, 7), ZONE)
    assert [slot.kind for slot in early] == ["-7:2026-11-30", "-1:2026-11-30", "1:2026-11-30"]
    assert "0:2026-11-30" in [slot.kind for slot in slots(USUAL_SCHEDULE, at(MONDAY, 12), ZONE)]


@given(
    st.integers(0, 365 * 24 * 60),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 22),
)
def test_the_next_working_moment_is_one_and_not_before(minutes: int, days: set[int], hour: int) -> None:
    schedule = Schedule(start=time(hour), end=time(hour + 1), days=frozenset(days))
    moment = at(date(2026, 1, 1), 0) + timedelta(minutes=minutes)
    found = next_working(schedule, moment, ZONE)
    assert is_working(schedule, found, ZONE)
    assert moment <= found <= moment + timedelta(days=8)
    assert is_working(schedule, moment, ZONE) == (found == moment)


def test_working_days_are_counted_without_days_off() -> None:
    friday = date(2026, 11, 27)
    assert [working_days_later(USUAL_SCHEDULE, friday, n) for n in (1, 3)] == [MONDAY, date(2026, 12, 2)]


@given(
    st.integers(0, 40 * 24 * 4),
    st.lists(st.integers(-30, 30), max_size=8),
)
def test_at_most_one_goes_and_none_is_forgotten(quarters: int, offsets: list[int]) -> None:
    """Of those that passed the newest goes or is written down with the others; what is to come stays."""
    schedule = Schedule(offsets=tuple(sorted(set(offsets))))
    due = last_moment(MONDAY, ZONE)
    now = at(MONDAY - timedelta(days=35), 0) + timedelta(minutes=15 * quarters)
    found = slots(schedule, due, ZONE)
    done = due_now(found, due, now, ZONE)
    passed = [slot for slot in found if slot.at <= now]
    told = [*done.missed, *([done.send] if done.send else [])]
    waits = any(slot.at > now and slot.at.date() == now.date() for slot in found)
    assert told == (passed[:-1] if waits else passed)
    assert done.send is None or done.send == passed[-1]


def test_before_the_first_nothing_is_due() -> None:
    due = last_moment(MONDAY, ZONE)
    assert due_now(slots(USUAL_SCHEDULE, due, ZONE), due, at(date(2026, 11, 20)), ZONE) == Due()


def test_the_day_a_kind_is_about() -> None:
    assert day_of_kind("-7:2026-11-30") == MONDAY
    assert day_of_kind("1:2026-11-30") == MONDAY
    for other in ("hand:512", "returned:1:2026-11-30", "digest:2026-11-30", "postponed:2026-11-30T01:00"):
        assert day_of_kind(other) is None


# --- what is said ------------------------------------------------------------------------------------------------

DUE = last_moment(MONDAY, ZONE)
NOW = at(date(2026, 11, 27))


def owed(**changes: Any) -> Owed:
    usual: dict[str, Any] = {
        "report": 17,
        "title": "Tổng kết 10 năm",
        "unit": "Xã An Bình",
        "due": DUE,
        "answered": 12,
        "total": 32,
        "missing": ("mục II", "Phụ lục 3"),
        "first": "II.1",
    }
    return Owed(**{**usual, **changes})


def test_one_report() -> None:
    found = reminder([owed()], (), NOW, ZONE)
    assert found.text == (
        "Nhắc việc báo cáo\n\n"
        "“Tổng kết 10 năm” – Xã An Bình\n"
        "Chậm nhất 24:00 ngày 30/11/2026 (thứ Hai) – còn 3 ngày.\n"
        "Đã trả lời 12/32. Còn thiếu: mục II; Phụ lục 3."
    )
    assert [(choice.id, choice.label, choice.key) for choice in found.choices] == [
        ("17.0.0:open:17:II.1", "Làm tiếp", ""),
        ("17.0.0:later", "Nhắc lại sau", ""),
    ]


def test_several_are_told_most_urgent_first_and_the_button_goes_there() -> None:
    later = owed(report=18, title="Việc sau", due=DUE + timedelta(days=5))
    found = reminder([later, owed()], (), NOW, ZONE)
    assert found.text.index("1. “Tổng kết 10 năm”") < found.text.index("2. “Việc sau”")
    assert found.choices[0].label == "Làm tiếp: Tổng kết 10 năm"
    assert found.choices[0].id.startswith("17.")


def test_more_reports_than_a_screen_holds_are_counted() -> None:
    found = reminder([owed(report=number) for number in range(1, 12)], (), NOW, ZONE)
    assert "đồng chí còn 11 báo cáo chưa gửi" in found.text
    assert "Và 3 báo cáo nữa" in found.text


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (at(MONDAY), "hôm nay là ngày cuối"),
        (at(date(2026, 12, 1)), "ĐÃ QUÁ HẠN 1 ngày: chậm nhất 24:00 ngày 30/11/2026 (thứ Hai)."),
        (at(date(2026, 12, 14)), "ĐÃ QUÁ HẠN 14 ngày"),
    ],
)
def test_how_long_is_left(now: datetime, said: str) -> None:
    assert said in reminder([owed()], (), now, ZONE).text


def test_a_last_moment_within_the_day_is_said_to_the_minute() -> None:
    noon = owed(due=at(MONDAY, 12))
    before, after = (reminder([noon], (), at(MONDAY, hour), ZONE).text for hour in (9, 15))
    assert "Chậm nhất 12:00 ngày 30/11/2026 (thứ Hai) – hôm nay là ngày cuối." in before
    assert "ĐÃ QUÁ HẠN: chậm nhất 12:00 ngày 30/11/2026 (thứ Hai)." in after


def test_no_deadline_a_finished_one_a_part_and_one_that_waits_for_the_leader() -> None:
    assert "Chưa đặt hạn nộp." in reminder([owed(due=None)], (), NOW, ZONE).text
    assert "Đã trả lời 32/32; chỉ còn bấm Gửi." in reminder([owed(answered=32, missing=())], (), NOW, ZONE).text
    assert "Phần của đồng chí đã xong 12/32" in reminder([owed(part=True)], (), NOW, ZONE).text
    waits = reminder([owed(confirming=True)], (), NOW, ZONE)
    assert "đang chờ người phụ trách của đơn vị xác nhận" in waits.text
    assert waits.choices[0].label == "Xem và xác nhận"


def test_many_missing_places_are_counted_after_six() -> None:
    text = reminder([owed(missing=tuple(f"mục {n}" for n in range(1, 9)))], (), NOW, ZONE).text
    assert "Còn thiếu: mục 1; mục 2; mục 3; mục 4; mục 5; mục 6 và 2 mục nữa." in text


def test_what_was_handed_back_is_said_with_its_comment() -> None:
    handed = (Handed("mục II", "II", "Thiếu số liệu quý I"), Handed("", "", "Xem lại số liệu"))
    found = reminder([owed(returned=True, handed=handed, until=DUE)], (), NOW, ZONE)
    assert "• Mục II: Thiếu số liệu quý I\n• Cả báo cáo: Xem lại số liệu" in found.text
    assert "còn 3 ngày" in found.text
    assert found.choices[0].id == "17.0.0:open:17:II"
    assert found.choices[0].label == "Sửa và gửi lại"


def test_what_a_coordinator_adds_stands_as_typed() -> None:
    line = "Đồng chí Cúc nhắc: *Mai*  họp\n16h"
    assert line in reminder([owed()], (line,), NOW, ZONE).text


def test_buttons_hold_the_sixty_four_bytes_of_telegram() -> None:
    found = reminder([owed(report=2_000_000_000, first="P2.III.12.b.mttq_cap_xa")], (), NOW, ZONE)
    assert all(len(choice.id.encode()) <= 64 for choice in found.choices)
    assert found.choices[0].id.endswith(":P2.III.12.b.mttq_cap_xa")
    longer = reminder([owed(report=2_000_000_000, first="PL" + "1" * 40)], (), NOW, ZONE)
    assert longer.choices[0].id == "2000000000.0.0:open:2000000000"


def test_few_places_are_named_one_by_one_and_many_by_section() -> None:
    report = commune()
    asked = questions(report.form, report.respondent)
    assert missing_places(report.form, asked, {})[0][:3] == ("Căn cứ của báo cáo", "mục I", "mục II")
    assert missing_places(report.form, asked[:3], {}) == (("Căn cứ của báo cáo", "mục I.a", "mục I.b"), "M0")
    table = [question for question in asked if question.field == "PL3"]
    assert missing_places(report.form, table, {}) == (("Phụ lục 3",), f"PL3.{table[0].row}")
    assert missing_places(report.form, (), {}) == ((), "")


def test_the_note_to_who_follows() -> None:
    digest = Digest(
        "Tổng kết",
        "Huyện Một",
        12,
        3,
        2,
        4,
        1,
        1,
        1,
        2,
        3,
        (("Lan", "Xã A", "blocked"),),
        (("Minh", "Xã B"),),
        5,
        "4.2",
    )
    waiting = Waiting("Tổng kết", ("Xã C", "Xã D"))
    late = Overdue("Tổng kết", MONDAY, tuple(f"Xã {n}" for n in range(1, 15)))
    found = desk_note([digest], [waiting], [late], at(date(2026, 12, 2)), ZONE)
    assert "Huyện Một: 5/11 đã nộp" in found.text
    assert (
        "chưa mở 3; đang làm 2; đã gửi, chờ tiếp nhận 4; bị trả lại 1; đã tiếp nhận 1; không phải nộp 1." in found.text
    )
    assert "Quá hạn chưa nộp: 3." in found.text
    assert "Lan (Xã A, đã chặn hoặc xóa trò chuyện)" in found.text
    assert "Minh (Xã B)" in found.text
    assert "5 lời nhắc lỡ giờ" in found.text
    assert "Xã 12 và 2 đơn vị nữa" in found.text
    assert [choice.id for choice in found.choices] == ["0.0.0:board:4.2", "0.0.0:accept", "0.0.0:remind"]
