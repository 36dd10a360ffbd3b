"""The last moment of a day, and the words for it: the same in a campaign's plan, in its notices and in reminders.

The last moment of a date is 24:00 local (DESIGN section 7). How people write a last day is read in ``last_days``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
NO_DEADLINE = "chưa đặt hạn nộp"
_INSTANT = timedelta(microseconds=1)


def last_moment(day: date, zone: tzinfo) -> datetime:
    """Return the end of ``day`` in ``zone``, 24:00, as UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)


def last_day(due: datetime, zone: tzinfo) -> date:
    """Return the last day on which something due at ``due`` is in time."""
    return (due.astimezone(zone) - _INSTANT).date()


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
