"""Who of a unit works on its report, and which part of it is in whose hands.

A part is a prefix of keys (``prefixes.covers``). Whoever was handed parts, none of them with a look at the rest, and
does not lead, sees and answers those parts only; everybody else who fills in the report sees the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who fills in the unit's reports. ``leads``: hands out parts; ``reachable``: can be written to."""

    person: int
    name: str
    leads: bool = False
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Assigned:
    """A part in somebody's hands; ``done_at`` is when they said that it is finished."""

    id: int
    prefix: str
    person: int
    name: str
    sees_all: bool
    comment: str
    at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """``colleagues`` longest-serving first, ``assigned`` as it was handed out; ``may_assign``: who looks hands out."""

    colleagues: tuple[Colleague, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    may_assign: bool = False

    def parts_of(self, person: int) -> tuple[str, ...] | None:
        """The parts that a person is limited to, None if to none: the whole report is theirs."""
        leads = any(each.leads for each in self.colleagues if each.person == person)
        return None if leads else limits(each for each in self.assigned if each.person == person)

    def senders(self) -> tuple[Colleague, ...]:
        """Those who may send the report: first who lead, then whoever has the whole of it."""
        whole = [each for each in self.colleagues if self.parts_of(each.person) is None]
        return tuple(sorted(whole, key=lambda each: not each.leads))


def limits(assigned: Iterable[Assigned]) -> tuple[str, ...] | None:
    """Return the parts that one person's assignments limit them to, None if they do not."""
    found = tuple(assigned)
    if not found or any(each.sees_all or not each.prefix for each in found):
        return None
    return tuple(dict.fromkeys(each.prefix for each in found))
