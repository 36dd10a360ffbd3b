"""A turn's view of one person's surroundings: ``dialogs.world`` over the database, loaded as it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, UTC, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, or_, select

from dialogs.world import Card, Compilable, Invitation, Person, ReportView, World
from storage import invites, people
from storage.compilable import compilable
from storage.memory import Memory
from storage.people import FILLS_IN
from storage.prepared import Prepared
from storage.report_view import ASKED, AskedRow, StoredReport
from storage.tables import campaign, campaign_unit, role, submission


def _may_fill_in() -> ColumnElement[bool]:
    return and_(
        role.c.person == bindparam("person"),
        or_(*(role.c.role == each for each in FILLS_IN)),
        role.c.granted_at <= bindparam("now"),
        or_(role.c.ended_at.is_(None), role.c.ended_at > bindparam("now")),
    )


# The report stays locked until the turn ends, so that what the dialog saw is still so when its effects are applied.
_REPORT = ASKED.where(
    submission.c.id == bindparam("report"),
    campaign.c.closed_at.is_(None),
    exists().where(role.c.unit == campaign_unit.c.unit, _may_fill_in()),
)
_READ = Prepared(_REPORT)
_LOCKED = Prepared(_REPORT.with_for_update(key_share=True, of=submission))
_CARDS = Prepared(
    ASKED.where(campaign_unit.c.unit.in_(select(role.c.unit).where(_may_fill_in())), campaign.c.closed_at.is_(None))
)
_NEVER = datetime(MAXYEAR, 1, 1, tzinfo=UTC)


class StoredWorld(World):
    """What ``person``, who speaks through ``channel``, may look at.

    ``lock``: the reports looked at stay unchanged until the transaction ends; off for a read-only transaction.
    """

    def __init__(
        self,
        connection: Connection,
        person: Person,
        channel: str,
        now: datetime,
        zone: tzinfo,
        memory: Memory,
        lock: bool = True,
    ) -> None:
        self._connection = connection
        self._person = person
        self._channel = channel
        self._now = now
        self._zone = zone
        self._memory = memory
        self._report_row = _LOCKED if lock else _READ
        self._reports: dict[int, StoredReport | None] = {}
        self._compilable: tuple[Compilable, ...] | None = None

    @property
    def now(self) -> datetime:
        return self._now

    @property
    def zone(self) -> tzinfo:
        return self._zone

    @property
    def person(self) -> Person:
        return self._person

    def cards(self) -> tuple[Card, ...]:
        """Return the reports of open campaigns this person may fill in, soonest due first."""
        rows = _CARDS.all(self._connection, {"person": self._person.id, "now": self._now})
        reports = [self._view(row) for row in rows]
        cards = [report.card() for report in reports if report.asks_anything]
        return tuple(sorted(cards, key=lambda card: (card.due or _NEVER, card.report)))

    def invitation(self, code: str) -> Invitation | None:
        """Return the open invitation with this code."""
        return invites.find(self._connection, code, self._now)

    def still_open(self, invite: int) -> bool:
        """Return whether an invitation that was shown may still be used."""
        return invites.is_open(self._connection, invite, self._now)

    def guesses(self) -> int:
        """Return how many wrong codes the person's account on this channel has tried within the last hour."""
        known = people.account_of(self._connection, self._person.id, self._channel)
        if known is None:
            return 0
        return invites.guesses(self._connection, self._channel, known[1], self._now - timedelta(hours=1))

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

    def _view(self, row: Sequence[Any]) -> StoredReport:
        return StoredReport(self._connection, self._person, self._channel, self._memory, AskedRow(*row))
