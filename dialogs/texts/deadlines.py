"""What is said about last days: how one may be written, and why one cannot be."""

from __future__ import annotations

from datetime import date

from dialogs.texts.places import short

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


def _shown(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
