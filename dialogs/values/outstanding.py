"""What is outstanding: reports that a person still owes, and how those stand that a person follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """What a report was handed back for: the place in words ('' the whole report), its prefix, the comment."""

    place: str
    prefix: str
    comment: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that a person still owes, as it is now.

    ``missing`` names its open places in order, ``first`` is the prefix of the first one. ``part``: only what was
    handed to this person is counted. ``returned``: it was sent once and is open again, ``handed`` says for what and
    ``until`` until when. ``confirming``: it is finished and waits for the leader's word.
    """

    report: int
    title: str
    unit: str
    due: datetime | None
    answered: int
    total: int
    missing: tuple[str, ...] = ()
    first: str = ""
    part: bool = False
    returned: bool = False
    handed: tuple[Handed, ...] = ()
    until: datetime | None = None
    confirming: bool = False

    @property
    def last_moment(self) -> datetime | None:
        """Until when it is to be sent: the end of a return where one is set, the report's own moment else."""
        return self.until if self.returned else self.due


@dataclass(frozen=True, slots=True)
class Waiting:
    """Reports of one campaign that wait to be accepted, by the names of their units."""

    title: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overdue:
    """Units of one campaign whose last day has passed and that have not sent, for the level above."""

    title: str
    day: date
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """How a campaign stands at and below one unit, for the one who follows it.

    ``new``: sent since the digest before. ``late``: unsent and past its moment. ``unreachable`` are people of units
    that still owe and nobody can write to, with their unit and why; ``uncertain`` those whose reminder may not have
    come; ``missed`` counts reminders that a late start left out. ``target`` names campaign and unit in a button.
    """

    title: str
    unit: str
    total: int
    not_opened: int
    in_progress: int
    sent: int
    returned: int
    accepted: int
    not_required: int
    new: int
    late: int
    unreachable: tuple[tuple[str, str, str], ...] = ()
    uncertain: tuple[tuple[str, str], ...] = ()
    missed: int = 0
    target: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody of a unit that still owes, as the preview of reminding by hand shows them.

    ``why`` is a key of ``texts.reminders.UNREACHED``: they cannot be written to; '' they can. ``reminded_at`` is when
    they were reminded of this report last, ``quiet_until`` until when they want no reminder.
    """

    person: int
    name: str
    report: int
    unit: str
    why: str = ""
    reminded_at: datetime | None = None
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """Who would be reminded by hand now, and when it would go: at once, or when working hours begin."""

    receivers: tuple[Receiver, ...]
    goes_at: datetime
