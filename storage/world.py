"""A turn's view of one person's surroundings: ``dialogs.world`` over the database, loaded as it is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import MAXYEAR, UTC, date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, or_, select

from dialogs.answers import Address, Answer
from dialogs.effects import Piece
from dialogs.form import Form
from dialogs.questions import Question, Respondent, progress
from dialogs.status import Status
from dialogs.world import Card, Compilable, Invitation, Last, Person, Proposal, ReportView, Return, Unit, World
from storage import invites, letterheads, people, previous, rollup, workflow
from storage.compilable import compilable
from storage.memory import Kept, Memory
from storage.people import FILLS_IN
from storage.prepared import Prepared
from storage.tables import answer_history, campaign, campaign_unit, role, submission, unit_version
from storage.units import valid

_parent = unit_version.alias("parent")


class AskedRow(NamedTuple):
    """One report with its campaign and its unit at the reference date."""

    id: int
    status: str
    stamp: int
    first_sent_at: datetime | None
    sent_at: datetime | None
    receipt: str
    opened_at: datetime | None
    form_version: int
    unit_id: int
    due: datetime | None
    required: bool
    campaign_id: int
    campaign: str
    title: str
    reference_date: date
    switches: str
    previous: int | None
    code: str
    name: str
    kind: str
    body: str
    parent_name: str | None


REPORT_ROWS = (
    submission.join(campaign_unit, campaign_unit.c.id == submission.c.id)
    .join(campaign, campaign.c.id == campaign_unit.c.campaign)
    .join(
        unit_version,
        and_(unit_version.c.unit == campaign_unit.c.unit, valid(unit_version, campaign.c.reference_date)),
    )
    .outerjoin(_parent, and_(_parent.c.unit == unit_version.c.parent, valid(_parent, campaign.c.reference_date)))
)
"""Each report with its campaign, its unit and the unit above, named as on the campaign's reference date."""

PARENT_NAME = _parent.c.name.label("parent_name")

_ASKED = select(
    submission.c.id,
    submission.c.status,
    submission.c.stamp,
    submission.c.first_sent_at,
    submission.c.sent_at,
    submission.c.receipt,
    submission.c.opened_at,
    campaign_unit.c.form_version,
    campaign_unit.c.unit.label("unit_id"),
    campaign_unit.c.due,
    campaign_unit.c.required,
    campaign.c.id.label("campaign_id"),
    campaign.c.key.label("campaign"),
    campaign.c.title,
    campaign.c.reference_date,
    campaign.c.switches,
    campaign.c.previous,
    unit_version.c.code,
    unit_version.c.name,
    unit_version.c.kind,
    unit_version.c.body,
    PARENT_NAME,
).select_from(REPORT_ROWS)


def _may_fill_in() -> ColumnElement[bool]:
    return and_(
        role.c.person == bindparam("person"),
        or_(*(role.c.role == each for each in FILLS_IN)),
        role.c.granted_at <= bindparam("now"),
        or_(role.c.ended_at.is_(None), role.c.ended_at > bindparam("now")),
    )


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
_ANSWERED_BY = (
    select(answer_history.c.field, answer_history.c.row, answer_history.c.column)
    .where(answer_history.c.submission == bindparam("report"), answer_history.c.person == bindparam("person"))
    .where(answer_history.c.channel == bindparam("channel"), answer_history.c.message == bindparam("message"))
    .order_by(answer_history.c.id)
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


class StoredReport(ReportView):
    """One report as its row was when this turn looked; the rest is read when asked for."""

    __slots__ = (
        "_before",
        "_channel",
        "_connection",
        "_kept",
        "_memory",
        "_person",
        "_proposals",
        "_respondent",
        "_row",
        "_sums",
    )

    def __init__(self, connection: Connection, person: Person, channel: str, memory: Memory, row: AskedRow) -> None:
        self._connection = connection
        self._person = person
        self._channel = channel
        self._memory = memory
        self._row = row
        self._kept: Kept | None = None
        self._before: previous.Before | None = None
        self._proposals: dict[tuple[str, str], Mapping[str, Proposal]] = {}
        self._sums: Mapping[Address, Proposal] | None = None
        self._respondent = respondent(row.kind, row.body, row.switches)

    @property
    def id(self) -> int:
        return self._row.id

    @property
    def campaign(self) -> str:
        return self._row.campaign

    @property
    def title(self) -> str:
        return self._row.title

    @property
    def form(self) -> Form:
        return self._memory.form(self._connection, self._row.form_version)

    @property
    def unit(self) -> Unit:
        row = self._row
        return Unit(row.code, row.name, row.kind, row.parent_name or "", row.body)

    @property
    def respondent(self) -> Respondent:
        return self._respondent

    @property
    def status(self) -> Status:
        return status(self._row.status, self._row.required)

    @property
    def due(self) -> datetime | None:
        return self._row.due

    @property
    def first_sent_at(self) -> datetime | None:
        return self._row.first_sent_at

    @property
    def sent_at(self) -> datetime | None:
        return self._row.sent_at

    @property
    def receipt(self) -> str:
        return self._row.receipt

    def next_receipt(self) -> str:
        """Return the number that sending this report now would be given; nobody else gets it before this turn ends."""
        return workflow.next_receipt(self._connection, self._row.campaign_id)

    @property
    def reference_date(self) -> date:
        return self._row.reference_date

    @property
    def questions(self) -> tuple[Question, ...]:
        row = self._row
        own_rows = self.answers if self._memory.form(self._connection, row.form_version).open_rows else None
        return self._memory.questions(self._connection, row.form_version, self._respondent, own_rows)

    @property
    def asks_anything(self) -> bool:
        return bool(self.questions)

    @property
    def answers(self) -> Mapping[Address, Answer]:
        if self._kept is None:
            self._kept = self._memory.kept(self._connection, self._row.id, self._row.stamp)
        return self._kept.given

    def pieces(self, address: Address) -> tuple[Piece, ...]:
        return self._memory.pieces(self._connection, self._row.id, self._row.stamp, address)

    def answered_by(self, message: str) -> tuple[Address, ...]:
        """Return the addresses this person's message answered on the channel that speaks, each once, in order."""
        where = {"report": self._row.id, "person": self._person.id, "channel": self._channel, "message": message}
        rows = self._connection.execute(_ANSWERED_BY, where)
        return tuple(dict.fromkeys(Address(*row) for row in rows))

    def proposals(self, field: str, row: str) -> Mapping[str, Proposal]:
        """Return the sums of the units below for the columns of a table row that only they fill in."""
        if (field, row) not in self._proposals:
            unit, own = self._row.unit_id, self._own()
            found = rollup.proposals(self._connection, self._memory, self._row.campaign_id, unit, field, row)
            self._proposals[field, row] = {
                column: Proposal(each.rolled.value, each.rolled.counted, each.rolled.expected, each.parts, each.basis)
                for column, each in found.items()
                if Address(field, row, column) not in own
            }
        return self._proposals[field, row]

    def sums(self) -> Mapping[Address, Proposal]:
        """Return the sums of the units below for every cell that only they fill in, without the parts."""
        if self._sums is None:
            own = self._own()
            found = rollup.sums(self._connection, self._memory, self._row.campaign_id, self._row.unit_id)
            self._sums = {
                address: Proposal(each.value, each.counted, each.expected)
                for address, each in found.items()
                if address not in own
            }
        return self._sums

    def _own(self) -> frozenset[Address]:
        return self._memory.asked(self._connection, self._row.form_version, self._respondent)

    def last(self, field: str, row: str) -> Mapping[str, Last]:
        """Return what the campaign before has for this unit, by column; {} without a statement if there is none."""
        asked = self._row
        if asked.previous is not None and self._before is None:
            unit, version = asked.unit_id, asked.form_version
            self._before = previous.read(self._connection, self._memory, asked.previous, unit, version)
        return self._before.last(self.form, field, row) if self._before else {}

    def defaults(self) -> Mapping[str, str]:
        """Return the usual document data by column key: of the unit's last report, else of its letterhead."""
        return letterheads.defaults(self._connection, self._row.unit_id, self._row.reference_date, self._row.id)

    def returns(self) -> tuple[Return, ...]:
        """Return the open returns, newest last; empty unless the report is returned."""
        if self._row.status != Status.RETURNED:
            return ()
        return workflow.open_returns(self._connection, self._row.id)

    def card(self) -> Card:
        """Return what the first screen shows of this report."""
        answered, total = progress(self.questions, self.answers)
        return Card(
            self.id,
            self.campaign,
            self.title,
            self.unit,
            self.status,
            self.due,
            answered,
            total,
            self.first_sent_at,
            self.sent_at,
            self._row.opened_at is not None,
        )


def respondent(kind: str, body: str, switches: str) -> Respondent:
    """Return what of a unit decides its questions; ``switches`` is the campaign's JSON list."""
    return Respondent(kind, body, frozenset(json.loads(switches)) if switches != "[]" else frozenset())


def status(stored: str, required: bool) -> Status:
    """Return the status people see: a unit that owes nothing is not asked until it has sent something."""
    if not required and stored in ("not_opened", "in_progress"):
        return Status.NOT_REQUIRED
    return Status(stored)
