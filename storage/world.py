"""A turn's view of one person's surroundings: ``dialogs.values.world`` over the database, loaded as it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import MAXYEAR, UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, or_, select

from dialogs.forms.prefixes import owns
from dialogs.values.audit_entries import Recording
from dialogs.values.desk_world import Desk
from dialogs.values.outstanding import Outlook
from dialogs.values.plans import Plans
from dialogs.values.progress_board import Following
from dialogs.values.report_lifecycle import CellChange, ReportLifecycle
from dialogs.values.report_view import ReportView
from dialogs.values.rights import Right
from dialogs.values.staff_world import Staff
from dialogs.values.team import Team
from dialogs.values.world import Card, Compilable, Invitation, Person, World
from storage.campaigns.turn_cache import TurnCache
from storage.compiled.compilable import compilable
from storage.compiled.following import StoredFollowing
from storage.desk import StoredDesk
from storage.manage.plans import StoredPlans
from storage.people import invites, people, rights
from storage.people.people import FILLS_IN
from storage.people.staff import StoredStaff
from storage.record import StoredRecording
from storage.reminders import by_hand
from storage.reports import changes, report_lifecycle, sharing
from storage.reports.report_view import ASKED, AskedRow, StoredReport
from storage.schema.conditions import in_force
from storage.schema.prepared import Prepared
from storage.schema.tables import assignment, campaign, campaign_unit, role, submission


def _may_fill_in() -> ColumnElement[bool]:
    return and_(
        role.c.person == bindparam("person"),
        or_(*(role.c.role == each for each in FILLS_IN)),
        in_force("now"),
    )


_HAS_PARTS = (
    exists()
    .where(assignment.c.submission == submission.c.id, assignment.c.person == bindparam("person"))
    .where(assignment.c.resolved_at.is_(None))
    .label("has_parts")
)
_ASKED = ASKED.add_columns(_HAS_PARTS)

# The report stays locked until the turn ends, so that what the dialog saw is still so when its effects are applied.
_REPORT = _ASKED.where(
    submission.c.id == bindparam("report"),
    campaign.c.closed_at.is_(None),
    exists().where(role.c.unit == campaign_unit.c.unit, _may_fill_in()),
)
_READ = Prepared(_REPORT)
_LOCKED = Prepared(_REPORT.with_for_update(key_share=True, of=submission))
_CARDS = Prepared(
    _ASKED.where(campaign_unit.c.unit.in_(select(role.c.unit).where(_may_fill_in())), campaign.c.closed_at.is_(None))
)
_NEVER = datetime(MAXYEAR, 1, 1, tzinfo=UTC)


class StoredWorld(World):
    """What ``person``, who speaks through ``channel``, may look at.

    ``lock``: the reports looked at stay unchanged until the transaction ends; off for a read-only transaction.
    ``limits`` are the parts that the person is limited to (None: to none) in the reports that were looked at.
    """

    def __init__(
        self,
        connection: Connection,
        person: Person,
        channel: str,
        now: datetime,
        zone: tzinfo,
        cache: TurnCache,
        limits: dict[int, tuple[str, ...] | None] | None = None,
        lock: bool = True,
    ) -> None:
        self._connection = connection
        self._person = person
        self._channel = channel
        self._now = now
        self._zone = zone
        self._cache = cache
        self._report_row = _LOCKED if lock else _READ
        self._reports: dict[int, StoredReport | None] = {}
        self.limits = {} if limits is None else limits
        self._compilable: tuple[Compilable, ...] | None = None
        self._desk: StoredDesk | None = None
        self._plans: StoredPlans | None = None
        self._following: StoredFollowing | None = None
        self._staff: StoredStaff | None = None
        self._lock = lock

    @property
    def now(self) -> datetime:
        return self._now

    @property
    def zone(self) -> tzinfo:
        return self._zone

    @property
    def person(self) -> Person:
        return self._person

    @property
    def following(self) -> Following:
        """Return how far the units are that the person follows."""
        if self._following is None:
            self._following = StoredFollowing(self._connection, self._person, self._now, self._cache)
        return self._following

    @property
    def recording(self) -> Recording:
        """Return the record as far as the person may read it."""
        return StoredRecording(self._connection, self._person, self._now, self._zone)

    @property
    def desk(self) -> Desk:
        """Return what the person may look at above their own reports."""
        if self._desk is None:
            who, at = self._person, self._now
            self._desk = StoredDesk(self._connection, who, self._channel, at, self._cache, self._lock)
        return self._desk

    @property
    def plans(self) -> Plans:
        """Return what the person may look up to open campaigns and to manage those that run."""
        if self._plans is None:
            self._plans = StoredPlans(self._connection, self._person, self._now, self._cache)
        return self._plans

    @property
    def staff(self) -> Staff:
        """Return who works where, as far as the person may know."""
        if self._staff is None:
            self._staff = StoredStaff(self._connection, self._person, self._now, self._lock)
        return self._staff

    def cards(self) -> tuple[Card, ...]:
        """Return the reports of open campaigns this person may fill in, soonest due first."""
        rows = _CARDS.all(self._connection, {"person": self._person.id, "now": self._now})
        reports = [self._view(row) for row in rows]
        cards = [report.card() for report in reports if report.asked.questions]
        return tuple(sorted(cards, key=lambda card: (card.due or _NEVER, card.report)))

    def invitation(self, code: str) -> Invitation | None:
        """Return the open invitation with this code."""
        return invites.find(self._connection, code, self._now)

    def still_open(self, invite: int) -> bool:
        """Return whether an invitation that was shown may still be used."""
        return invites.is_open(self._connection, invite, self._now)

    def guesses(self) -> int:
        """Return how many wrong codes the person's accounts on this channel have tried within the last hour.

        Where the whole channel is being tried through many accounts, nobody's code is looked up for some minutes.
        """
        if invites.guesses_in(self._connection, self._channel, self._now - invites.ALL_WITHIN) >= invites.MOST_IN_ALL:
            return invites.MOST_IN_ALL
        return invites.guesses_of(self._connection, self._person.id, self._channel, self._now - invites.WITHIN)

    def belongs(self) -> bool:
        """Return whether the person has any role."""
        return bool(people.roles_of(self._connection, self._person.id, self._now))

    def compilable(self) -> tuple[Compilable, ...]:
        """Return the campaigns this person may have compiled, newest first."""
        if self._compilable is None:
            self._compilable = compilable(self._connection, self._person.id, self._now)
        return self._compilable

    def report(self, report: int) -> ReportView | None:
        """Return one report, None if it does not exist or is not this person's to fill in."""
        if report not in self._reports:
            where = {"report": report, "person": self._person.id, "now": self._now}
            row = self._report_row.first(self._connection, where)
            self._reports[report] = self._view(row) if row else None
        return self._reports[report]

    def team(self, report: int) -> Team:
        """Return who works on a report of this person's; nobody for any other report."""
        found = self.report(report)
        return sharing.team(self._connection, report, self._person.id, self._now) if found is not None else Team()

    def course(self, report: int) -> ReportLifecycle:
        """Return what is under way about a report that the person fills in or may read."""
        if not self._reads(report):
            return ReportLifecycle()
        return report_lifecycle.of(self._connection, report, self._person.id, self._now)

    def changes(self, report: int) -> tuple[CellChange, ...]:
        """Return what was changed in such a report since it was last sent."""
        return self._theirs(report, changes.since) if self._reads(report) else ()

    def resent(self, report: int) -> tuple[CellChange, ...]:
        """Return what the last sending of such a report changed against the one before."""
        return self._theirs(report, changes.last) if self._reads(report) else ()

    def outlook(self, reports: Sequence[int]) -> Outlook:
        """Return who would be reminded of these reports by hand now, as far as the person may remind."""
        who, now, zone = self._person.id, self._now, self._zone
        return by_hand.outlook(self._connection, self._cache, who, reports, now, zone)

    def _reads(self, report: int) -> bool:
        if self.report(report) is not None:
            return True
        return rights.may_report(self._connection, self._person.id, Right.REPORT_READ, report, self._now)

    def _theirs(
        self, report: int, read: Callable[[Connection, TurnCache, int], tuple[CellChange, ...]]
    ) -> tuple[CellChange, ...]:
        """Return the changes in what of the report is shown to this person."""
        parts = sharing.prefixes_of(self._connection, report, self._person.id)
        found = read(self._connection, self._cache, report)
        return tuple(each for each in found if owns(parts, each.address.field, each.address.row))

    def _view(self, row: Sequence[Any]) -> StoredReport:
        *asked, has_parts = row
        known = AskedRow(*asked)
        parts = sharing.prefixes_of(self._connection, known.id, self._person.id) if has_parts else None
        self.limits[known.id] = parts
        return StoredReport(self._connection, self._person, self._channel, self._cache, known, parts)
