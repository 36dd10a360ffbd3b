"""The last moment of a day; the words for it stand in ``texts.deadlines``.

The last moment of a date is 24:00 local. How people write a last day is read in ``last_days``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_INSTANT = timedelta(microseconds=1)


def last_moment(day: date, zone: tzinfo) -> datetime:
    """Return the end of ``day`` in ``zone``, 24:00, as UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)


def last_day(due: datetime, zone: tzinfo) -> date:
    """Return the last day on which something due at ``due`` is in time."""
    return (due.astimezone(zone) - _INSTANT).date()
