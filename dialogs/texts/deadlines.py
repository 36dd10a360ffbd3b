"""What is said about last days: the words for one, how one may be written, and why one cannot be.

They are the same in a campaign's plan, in its notices and in reminders.
"""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from dialogs.texts.places import short
from dialogs.values.deadlines import last_day

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
NO_DEADLINE = "chưa đặt hạn nộp"
DAY_COUNTS, DAY_COUNTS_NOT = "Có, tính cả ngày đó", "Không, hết ngày hôm trước"


def accepted_days(today: date) -> str:
    """How a last day may be written."""
    shown = f"10/4/{today.year + 1}"
    return f"Đồng chí gõ đủ ngày, tháng, năm, ví dụ “{shown}”, “chậm nhất ngày {shown}” hoặc “trước ngày {shown}”."


def unread_day(why: str, today: date) -> str:
    """``why`` says what was read."""
    return f"{why} {accepted_days(today)}"


def does_the_day_count(typed: str, day: date) -> str:
    return (
        f"“{short(typed)}”: gửi trong chính ngày {day.day}/{day.month}/{day.year} có còn đúng hạn không? "
        "Hệ thống hỏi một lần và hiểu như vậy cho các hạn sau."
    )


def day_is_past(day: date, today: date) -> str:
    said = f"Ngày {_shown(day)} đã qua (hôm nay là {_shown(today)})"
    return f"{said}; hạn nộp phải từ hôm nay trở đi. {accepted_days(today)}"


def day_before_opening(day: date, opened: date) -> str:
    return f"Ngày {_shown(day)} trước ngày mở đợt ({_shown(opened)}); hạn nộp phải từ ngày mở đợt trở đi."


def why_no_last_day(day: date, today: date, opened: date | None = None) -> str:
    """Return why ``day`` can be no last day: past, or before the campaign was ``opened``; '' if it can."""
    if day < today:
        return day_is_past(day, today)
    if opened is not None and day < opened:
        return day_before_opening(day, opened)
    return ""


def _shown(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def last_moment_words(due: datetime | None, zone: tzinfo) -> str:
    """Return a last moment in words: "chậm nhất 24:00 ngày 19/7/2023 (thứ Tư)"; None is "chưa đặt hạn nộp"."""
    if due is None:
        return NO_DEADLINE
    here = due.astimezone(zone)
    hour = f"{here:%H:%M}" if here.time() != time.min else "24:00"
    return f"chậm nhất {hour} ngày {day_words(last_day(due, zone))}"


def day_words(day: date) -> str:
    """Return a day with its name: "19/7/2023 (thứ Tư)"."""
    return f"{day.day}/{day.month}/{day.year} ({WEEKDAYS[day.weekday()]})"


def readable_years(last: int) -> str:
    """Which years a day may be in, put in where a reading says what it accepts."""
    return f" từ năm 1900 đến {last}"
