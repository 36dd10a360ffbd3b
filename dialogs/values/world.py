"""What a turn may look at: a read-only view of one person's surroundings, loaded only when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from dialogs.values.audit_entries import Recording
from dialogs.values.desk_world import Desk
from dialogs.values.outstanding import Outlook
from dialogs.values.plans import Plans
from dialogs.values.progress_board import Following
from dialogs.values.report_lifecycle import CellChange, ReportLifecycle
from dialogs.values.report_view import ReportView, Unit
from dialogs.values.staff_world import Staff
from dialogs.values.status import Status
from dialogs.values.team import Team


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open invitation to a role in a unit; with an ``owner`` it adds the account that speaks to that person."""

    id: int
    role: str
    unit: Unit
    unit_id: int = 0
    owner: Person | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One report on the first screen. ``due`` is the last moment (aware); None where the campaign names none."""

    report: int
    campaign: str
    title: str
    unit: Unit
    status: Status
    due: datetime | None
    answered: int
    total: int
    first_sent_at: datetime | None
    sent_at: datetime | None
    opened: bool


@dataclass(frozen=True, slots=True)
class Compilable:
    """A campaign that the person may have compiled at one unit. ``id`` names both in a button.

    Of the ``total`` reports owed at and below the unit ``sent`` have been sent and count; ``late`` are past their
    moment.
    """

    id: str
    campaign: str
    title: str
    unit_code: str
    unit_name: str
    sent: int
    total: int
    late: int


class World(Protocol):
    @property
    def now(self) -> datetime: ...
    @property
    def zone(self) -> tzinfo: ...
    @property
    def person(self) -> Person: ...
    @property
    def following(self) -> Following:
        """How far the units are that the person follows."""
        ...

    @property
    def recording(self) -> Recording:
        """The record as far as the person may read it."""
        ...

    @property
    def desk(self) -> Desk:
        """What the person may look at above their own reports."""
        ...

    @property
    def plans(self) -> Plans:
        """What the person may look up to open campaigns and to manage those that run."""
        ...

    @property
    def staff(self) -> Staff:
        """Who works where, as far as the person may know and decide about it."""
        ...

    def cards(self) -> tuple[Card, ...]:
        """The reports this person may fill in, soonest due first; empty for somebody without any role."""
        ...

    def invitation(self, code: str) -> Invitation | None:
        """The open invitation with this code; None if it is wrong, used or expired."""
        ...

    def still_open(self, invite: int) -> bool:
        """Whether an invitation that was shown may still be used: nobody was faster, nobody took it back."""
        ...

    def guesses(self) -> int:
        """How many wrong codes this account has tried within the last hour."""
        ...

    def belongs(self) -> bool:
        """Whether this person has any role at all; somebody without one is told nothing."""
        ...

    def report(self, report: int) -> ReportView | None:
        """The report with this id, None if it does not exist or is not this person's to fill in."""
        ...

    def team(self, report: int) -> Team:
        """Who works on a report of this person's; nobody for any other report."""
        ...

    def course(self, report: int) -> ReportLifecycle:
        """What is under way about a report that the person fills in or may read; nothing is of any other one."""
        ...

    def changes(self, report: int) -> tuple[CellChange, ...]:
        """What was changed in such a report since it was last sent, in printed order; nothing before that."""
        ...

    def resent(self, report: int) -> tuple[CellChange, ...]:
        """What its last sending changed against the one before; nothing unless there were two."""
        ...

    def outlook(self, reports: Sequence[int]) -> Outlook:
        """Who would be reminded of these reports by hand now; nobody of one that the person may not remind of."""
        ...

    def compilable(self) -> tuple[Compilable, ...]:
        """The campaigns this person may have compiled, newest first; nothing of a unit that is not theirs."""
        ...
