"""How changes are worded, and how "/giahan" is parted into whom and when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.desk.extending import parted
from dialogs.forms.answers import DOCUMENT_DATA, NOT_APPLICABLE, Address, Answer, State, Value
from dialogs.texts import desk as desk_texts
from dialogs.values.report_lifecycle import CellChange, ReportLifecycle
from tests.world.little_world import form

TOTAL = Address("PL3", "mttq", "xa.tong_so")
TEXT = Address("II.1")
BLANK = Address("M0", "", "ke_hoach_so")
NUMBER = Address(DOCUMENT_DATA, "", "so")
AT = datetime(2019, 4, 1, 3, 5, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LONG = "Đảng ủy đã chỉ đạo quán triệt đến toàn thể đảng viên trong toàn xã."


def _answer(state: State, value: Value = None, reason: str = "") -> Answer:
    return Answer(TOTAL, state, value, reason=reason)


@pytest.mark.parametrize(
    ("address", "before", "after", "line"),
    [
        (TOTAL, _answer(State.VALUE, 12), _answer(State.ZERO, 0), "Phụ lục 3 – MTTQ, Tổng: 12 → 0"),
        (TOTAL, None, _answer(State.NONE), "Phụ lục 3 – MTTQ, Tổng: chưa trả lời → chưa có số liệu"),
        (
            TOTAL,
            _answer(State.NONE),
            _answer(State.NONE, None, NOT_APPLICABLE),
            "Phụ lục 3 – MTTQ, Tổng: chưa có số liệu → không có tổ chức",
        ),
        (
            TOTAL,
            _answer(State.VALUE, 12),
            _answer(State.VALUE, 12, "sáp nhập"),
            "Phụ lục 3 – MTTQ, Tổng: 12 → 12 (lý do: “sáp nhập”)",
        ),
        (TOTAL, _answer(State.VALUE, Decimal("1234.5")), None, "Phụ lục 3 – MTTQ, Tổng: 1.234,5 → chưa trả lời"),
        (
            TEXT,
            _answer(State.VALUE, "Đã họp."),
            _answer(State.VALUE, LONG),
            f"Mục II.1: “Đã họp.” → “{LONG[:39].rstrip()}…” ({len(LONG)} ký tự)",
        ),
        (
            TEXT,
            _answer(State.VALUE, ("a", "b")),
            _answer(State.VALUE, ("a", "c")),
            "Mục II.1: 2 mục → 2 mục (đã sửa nội dung)",
        ),
        (BLANK, None, _answer(State.VALUE, "45"), "Căn cứ của báo cáo, Số: chưa trả lời → “45”"),
        (NUMBER, None, _answer(State.VALUE, "15"), "Thông tin văn bản, Số: chưa trả lời → “15”"),
        (
            NUMBER._replace(column="ngay"),
            None,
            _answer(State.VALUE, date(2019, 4, 5)),
            "Thông tin văn bản, Ngày ban hành: chưa trả lời → 05/4/2019",
        ),
    ],
)
def test_a_change_is_worded_so_that_no_two_states_look_alike(
    address: Address, before: Answer | None, after: Answer | None, line: str
) -> None:
    (told,) = desk_texts.all_changes(form("kl62-2019-xa"), [CellChange(address, before, after)])
    assert told == f"• {line}"


def test_a_place_that_the_form_no_longer_has_is_named_all_the_same() -> None:
    gone = CellChange(Address("PL9", "x", "y"), _answer(State.VALUE, 1), None, "Lan", AT)
    (told,) = desk_texts.all_changes(form("kl62-2019-xa"), [gone], ZONE)
    assert told.startswith("• ") and told.endswith("1 → chưa trả lời (đ/c Lan, 10:05 ngày 01/04)")


@pytest.mark.parametrize("number", [0, 1, 5, 6, 200])
def test_a_long_list_is_shortened_and_says_by_how_much(number: int) -> None:
    found = [CellChange(TOTAL, None, _answer(State.VALUE, each)) for each in range(number)]
    lines = desk_texts.few_changes(form("kl62-2019-xa"), found, "/thaydoi Xã Một")
    assert len(lines) == min(number, 6)
    if number > 5:
        assert lines[-1] == f"… và {number - 5} ô nữa; bấm “Xem đủ thay đổi”, hoặc gõ /thaydoi Xã Một."


@pytest.mark.parametrize(
    ("typed", "who", "day"),
    [
        ("", "", ""),
        ("Xã An Bình", "Xã An Bình", ""),
        ("Xã An Bình 15/4/2019", "Xã An Bình", "15/4/2019"),
        ("Xã An Bình trước ngày 16/4/2019", "Xã An Bình", "trước ngày 16/4/2019"),
        ("tất cả chậm nhất là ngày 16-4", "tất cả", "chậm nhất là ngày 16-4"),
        ("X1 16.4.2019", "X1", "16.4.2019"),
        ("Phường 1 hạn 2019-04-16", "Phường 1", "hạn 2019-04-16"),
        ("15/4/2019", "", "15/4/2019"),
    ],
)
def test_whom_and_when_are_told_apart(typed: str, who: str, day: str) -> None:
    assert parted(typed) == (who, day)


@given(st.text(max_size=60))
def test_nothing_of_what_was_typed_is_lost(typed: str) -> None:
    who, day = parted(typed)
    assert f"{who} {day}".split() == typed.split()


def test_a_reopening_ends_at_its_moment_and_not_before() -> None:
    course = ReportLifecycle(reopened_until=AT)
    assert [course.ended(at) for at in (AT.replace(minute=4), AT, AT.replace(minute=6))] == [False, True, True]
    assert not ReportLifecycle().ended(AT)
