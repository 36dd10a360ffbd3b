"""When reminders go: a campaign's schedule, its planned moments, and which of several that passed is still of use.

The schedule stands in the campaign's settings under ``reminders``; ``read_schedule`` is its only reader and its check.
Nothing goes outside working hours. Holidays are data: a campaign names them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from dialogs.texts import reminders as reminders_texts
from dialogs.values.deadlines import last_day

USUAL = time(8, 0)
"""When the reminders of a day go, local; where the hours of a campaign begin later, then."""

MOST_OFFSETS = 10
FARTHEST = 60
"""Days before or after the last day that an offset may name."""

USEFUL_AFTER = timedelta(days=3)
"""For so long a reminder planned for after the last day still says something if it could not go in time."""

MOST_HOLIDAYS = 100

NAMES = frozenset({"offsets", "from", "to", "days", "holidays", "digest", "escalate"})


class BadSchedule(ValueError):
    """What is written under ``reminders`` cannot be used; the message is one Vietnamese sentence that says why."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a campaign reminds. ``offsets`` are days from the last day, ``days`` weekdays from Monday as 0.

    ``holidays`` are days on which nobody works although their weekday is one of ``days``.
    ``escalate``: so many days after the last day the level above is told who still owes; None: never.
    ``automatic``: whether anything goes by itself; by hand people are reminded in any campaign.
    """

    offsets: tuple[int, ...] = (-7, -3, -1, 0, 1)
    start: time = time(7, 30)
    end: time = time(17, 0)
    days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    digest: bool = True
    escalate: int | None = None
    automatic: bool = True
    holidays: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether people work on a day."""
        return day.weekday() in self.days and day not in self.holidays


USUAL_SCHEDULE = Schedule()


@dataclass(frozen=True, slots=True)
class Slot:
    """One planned reminder about one last day: ``kind`` is "-7:2026-12-01", the offset and that day."""

    kind: str
    offset: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """What of the slots that passed is to be done: ``send`` goes now, ``missed`` are written down as not sent."""

    send: Slot | None = None
    missed: tuple[Slot, ...] = ()


# --- the schedule ------------------------------------------------------------------------------------------------


def schedule_of(settings: Mapping[str, object]) -> Schedule:
    """Return the schedule in a campaign's settings. Raises ``BadSchedule``."""
    return read_schedule(settings.get("reminders"))


def offsets_of(settings: Mapping[str, object]) -> tuple[int, ...]:
    """Return the days before and after the last one on which a campaign reminds by itself; () where it does not."""
    schedule = schedule_of(settings)
    return schedule.offsets if schedule.automatic else ()


def read_schedule(value: object) -> Schedule:
    """Return the schedule that ``value`` spells, to be checked before a campaign is opened with it.

    None is the usual one, False none at all; an object may leave out what stays as usual. Raises ``BadSchedule``.
    """
    if value is None or value is True:
        return USUAL_SCHEDULE
    if value is False:
        return Schedule(automatic=False)
    if not isinstance(value, Mapping):
        raise BadSchedule(reminders_texts.schedule_not_readable())
    if unknown := sorted(set(map(str, value)) - NAMES):
        raise BadSchedule(reminders_texts.schedule_unknown(unknown, sorted(NAMES)))
    start, end = _time(value, "from", USUAL_SCHEDULE.start), _time(value, "to", USUAL_SCHEDULE.end)
    if start >= end:
        raise BadSchedule(reminders_texts.schedule_hours())
    holidays = _holidays(value)
    return Schedule(_offsets(value), start, end, _days(value), _digest(value), _escalate(value), holidays=holidays)


def _offsets(value: Mapping[str, object]) -> tuple[int, ...]:
    given = value.get("offsets", USUAL_SCHEDULE.offsets)
    if not isinstance(given, list | tuple) or len(given) > MOST_OFFSETS:
        raise BadSchedule(reminders_texts.schedule_offsets(FARTHEST, MOST_OFFSETS))
    if not all(_whole(each) and abs(each) <= FARTHEST for each in given):
        raise BadSchedule(reminders_texts.schedule_offsets(FARTHEST, MOST_OFFSETS))
    return tuple(sorted(set(given)))


def _days(value: Mapping[str, object]) -> frozenset[int]:
    given = value.get("days", tuple(USUAL_SCHEDULE.days))
    if not isinstance(given, list | tuple) or not given or not all(_whole(day) and 0 <= day <= 6 for day in given):
        raise BadSchedule(reminders_texts.schedule_days())
    return frozenset(given)


def _holidays(value: Mapping[str, object]) -> frozenset[date]:
    given = value.get("holidays", ())
    if not isinstance(given, list | tuple) or len(given) > MOST_HOLIDAYS:
        raise BadSchedule(reminders_texts.schedule_holidays(MOST_HOLIDAYS))
    try:
        return frozenset(date.fromisoformat(str(each)) for each in given)
    except ValueError:
        raise BadSchedule(reminders_texts.schedule_holidays(MOST_HOLIDAYS)) from None


def _digest(value: Mapping[str, object]) -> bool:
    given = value.get("digest", True)
    if not isinstance(given, bool):
        raise BadSchedule(reminders_texts.schedule_digest())
    return given


def _escalate(value: Mapping[str, object]) -> int | None:
    given = value.get("escalate")
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= FARTHEST:
        raise BadSchedule(reminders_texts.schedule_escalate(FARTHEST))
    return given


def _time(value: Mapping[str, object], name: str, usual: time) -> time:
    given = value.get(name)
    if given is None:
        return usual
    try:
        found = time.fromisoformat(str(given))
    except ValueError:
        raise BadSchedule(reminders_texts.schedule_time(name, str(given))) from None
    if found.tzinfo is not None:
        raise BadSchedule(reminders_texts.schedule_time(name, str(given)))
    return found


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


# --- working hours -----------------------------------------------------------------------------------------------


def is_working(schedule: Schedule, moment: datetime, zone: tzinfo) -> bool:
    """Whether a reminder may go at ``moment``."""
    here = moment.astimezone(zone)
    return schedule.works(here.date()) and schedule.start <= here.time() < schedule.end


def next_working(schedule: Schedule, moment: datetime, zone: tzinfo) -> datetime:
    """Return ``moment`` if a reminder may go then, else the next moment at which one may."""
    if is_working(schedule, moment, zone):
        return moment
    here = moment.astimezone(zone)
    day = here.date() if here.time() < schedule.start else here.date() + timedelta(days=1)
    return datetime.combine(working_day(schedule, day, 1), schedule.start, zone)


def working_day(schedule: Schedule, day: date, turn: int) -> date:
    """Return ``day``, or the first working day before (``turn`` -1) or after it (1)."""
    while not schedule.works(day):
        day += timedelta(days=turn)
    return day


def working_days_later(schedule: Schedule, day: date, number: int) -> date:
    """Return the working day that is ``number`` working days after ``day``."""
    for _ in range(number):
        day = working_day(schedule, day + timedelta(days=1), 1)
    return day


def usual_moment(schedule: Schedule, day: date, zone: tzinfo) -> datetime:
    """Return when the reminders of a day go."""
    hour = USUAL if schedule.start <= USUAL < schedule.end else schedule.start
    return datetime.combine(day, hour, zone)


# --- planned moments ---------------------------------------------------------------------------------------------


def planned(schedule: Schedule, last: date, offset: int, zone: tzinfo) -> datetime:
    """Return when the reminder ``offset`` days from the last day goes.

    On a day off it goes on the working day before; one for after the last day on the working day after.
    """
    day = working_day(schedule, last + timedelta(days=offset), 1 if offset > 0 else -1)
    return usual_moment(schedule, day, zone)


def slots(schedule: Schedule, due: datetime, zone: tzinfo) -> tuple[Slot, ...]:
    """Return the reminders planned for one last moment, in order; of two that fall together only the later offset.

    One for before that moment is none where it comes early in the day, before the reminders of the day go.
    """
    last = last_day(due, zone)
    found: dict[datetime, Slot] = {}
    for offset in sorted(schedule.offsets):
        at = planned(schedule, last, offset, zone)
        if offset > 0 or at < due:
            found[at] = Slot(f"{offset}:{last.isoformat()}", offset, at)
    return tuple(found[at] for at in sorted(found))


def due_now(found: Sequence[Slot], due: datetime, now: datetime, zone: tzinfo) -> Due:
    """Return which of the planned reminders go now: of those that passed the newest, if it still says something.

    One that is late waits for a newer one that is planned for the same day: nobody is reminded twice in a morning.
    """
    passed = [slot for slot in found if slot.at <= now]
    if not passed:
        return Due()
    newest, today = passed[-1], now.astimezone(zone).date()
    if any(slot.at > now and slot.at.astimezone(zone).date() == today for slot in found):
        return Due(None, tuple(passed[:-1]))
    useful = now < newest.at + USEFUL_AFTER if newest.offset > 0 else now < due
    return Due(newest, tuple(passed[:-1])) if useful else Due(None, tuple(passed))


def day_of_kind(kind: str) -> date | None:
    """Return the last day that an offset's kind is about ("-7:2026-12-01"), None for reminders of other kinds."""
    offset, _, day = kind.partition(":")
    return date.fromisoformat(day) if offset.lstrip("-").isdecimal() else None
