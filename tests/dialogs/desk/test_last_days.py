"""Last days as people write them, and the words that plan, notice and reminder share (C4)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.desk.last_days import read_last_day
from dialogs.texts import deadlines as deadlines_texts
from dialogs.texts.deadlines import last_moment_words
from dialogs.values.deadlines import last_day, last_moment

TODAY = date(2026, 11, 21)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2027, 7, 20)


@pytest.mark.parametrize(
    ("typed", "before"),
    [
        ("20/7/2027", False),
        ("20-7-2027", False),
        ("ngày 20 tháng 7 năm 2027", False),
        ("chậm nhất là ngày 20/07/2027", False),
        ("cham nhat ngay 20/7/2027", False),
        ("Muộn nhất ngày 20/7/2027", False),
        ("hạn nộp: 20/7/2027", False),
        ("đến hết ngày 20/7/2027", False),
        ("trước ngày 20/7/2027", True),
        ("TRUOC 20/7/2027", True),
        ("Trước ngày: 20/7/2027", True),
        ("tru\u031bo\u031b\u0301c nga\u0300y 20/7/2027", True),
    ],
)
def test_a_last_day_is_read_as_it_is_written(typed: str, before: bool) -> None:
    found = read_last_day(typed, TODAY)
    assert (found.day, found.before, found.ask, found.refused) == (DAY, before, "", "")
    assert found.last(counts=True) == DAY
    assert found.last(counts=False) == (date(2027, 7, 19) if before else DAY)


@pytest.mark.parametrize(("typed", "day"), [("20/7", DAY), ("25/12", date(2026, 12, 25)), ("trước 20 tháng 7", DAY)])
def test_a_day_without_its_year_is_asked_back_with_the_next_one(typed: str, day: date) -> None:
    found = read_last_day(typed, TODAY)
    assert found.day == day
    assert "chưa có năm" in found.ask
    assert found.before is typed.startswith("trước")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("30/02/2027", "“30/02/2027” không phải là ngày có thật"),
        ("trước ngày 31/4/2027", "không phải là ngày có thật"),
        ("tháng 3/2027", "“tháng 3/2027” chưa có ngày"),
        ("cuối tháng 3", "“cuối tháng 3” chưa chỉ đúng một ngày"),
        ("12", "chưa có tháng và năm"),
        ("không", "Chưa đọc được ngày tháng nào trong “không”"),
        ("trước ngày", "“trước ngày”"),
        ("1/1/3000", "đến 2100"),
        ("mùng 3 Tết", "âm lịch"),
        ("", "Chưa có nội dung"),
    ],
)
def test_what_is_no_day_is_refused_with_what_is_accepted(typed: str, why: str) -> None:
    found = read_last_day(typed, TODAY)
    assert found.day is None
    assert why in found.refused
    assert "“trước ngày 10/4/2027”" in found.refused


@given(st.text(max_size=200))
def test_any_text_is_a_day_a_question_or_a_refusal(typed: str) -> None:
    found = read_last_day(typed, TODAY)
    assert bool(found.refused) == (found.day is None)


def test_a_day_that_is_past_or_before_the_opening_cannot_be() -> None:
    assert "đã qua (hôm nay là 21/11/2026)" in deadlines_texts.why_no_last_day(date(2026, 11, 20), TODAY)
    assert deadlines_texts.why_no_last_day(TODAY, TODAY) == ""
    assert "trước ngày mở đợt (1/12/2026)" in deadlines_texts.why_no_last_day(
        date(2026, 11, 30), TODAY, date(2026, 12, 1)
    )
    assert deadlines_texts.why_no_last_day(date(2026, 12, 1), TODAY, date(2026, 12, 1)) == ""


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_the_last_moment_of_a_day_is_its_midnight(day: date) -> None:
    due = last_moment(day, ZONE)
    assert last_day(due, ZONE) == day
    assert last_moment_words(due, ZONE).startswith(f"chậm nhất 24:00 ngày {day.day}/{day.month}/{day.year} (")


def test_the_words_name_the_day() -> None:
    assert last_moment(date(2023, 7, 19), ZONE) == datetime(2023, 7, 19, 17, 0, tzinfo=UTC)
    said = last_moment_words(last_moment(date(2023, 7, 19), ZONE), ZONE)
    assert said == "chậm nhất 24:00 ngày 19/7/2023 (thứ Tư)"
    noon = datetime(2023, 7, 23, 5, 30, tzinfo=UTC)
    assert last_moment_words(noon, ZONE) == "chậm nhất 12:30 ngày 23/7/2023 (Chủ nhật)"
    assert last_moment_words(None, ZONE) == "chưa đặt hạn nộp"
