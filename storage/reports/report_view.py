"""One unit's report in one campaign, as a turn sees it: a ``ReportView`` over the database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, or_, select

from dialogs.forms.answers import Address, Answer, State, Value
from dialogs.forms.prefixes import covers, owns, within
from dialogs.forms.questions import Question, Questionnaire, Respondent, progress
from dialogs.values.attached import Evidence
from dialogs.values.effects import Piece
from dialogs.values.report_view import Last, Proposal, Return, Unit
from dialogs.values.status import Status
from dialogs.values.world import Card, Person
from storage.campaigns.answers import decode
from storage.campaigns.turn_cache import TurnCache
from storage.reports import letterheads, previous, workflow
from storage.schema.conditions import UNSENT
from storage.schema.tables import answer_history, campaign, campaign_unit, submission, unit_version
from storage.sums import rollup
from storage.units.units import valid

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

ASKED = select(
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


_ANSWERED_BY = (
    select(answer_history.c.field, answer_history.c.row, answer_history.c.column)
    .where(answer_history.c.submission == bindparam("report"), answer_history.c.person == bindparam("person"))
    .where(answer_history.c.channel == bindparam("channel"), answer_history.c.message == bindparam("message"))
    .order_by(answer_history.c.id)
)


_SAID = (
    select(answer_history.c.state, answer_history.c.kind, answer_history.c.value)
    .where(answer_history.c.submission == bindparam("report"))
    .where(*(answer_history.c[name] == bindparam(f"of_{name}") for name in ("field", "row", "column")))
    .where(
        or_(
            answer_history.c.version == bindparam("version"),
            and_(bindparam("version") == 0, answer_history.c.person == bindparam("person")),
        )
    )
    .order_by(answer_history.c.version.desc())
    .limit(1)
)


class StoredReport:
    """One report as its row was when this turn looked; the rest is read when asked for.

    ``parts`` are those that ``person`` is limited to (None: the whole report): nothing else of it is shown.
    """

    __slots__ = (
        "_before",
        "_cache",
        "_cached",
        "_channel",
        "_connection",
        "_person",
        "_proposals",
        "_row",
        "_sums",
        "answers",
        "asked",
        "form",
        "id",
        "parts",
        "respondent",
        "status",
    )

    def __init__(
        self,
        connection: Connection,
        person: Person,
        channel: str,
        cache: TurnCache,
        row: AskedRow,
        parts: tuple[str, ...] | None = None,
    ) -> None:
        self._connection = connection
        self._person = person
        self._channel = channel
        self._cache = cache
        self._row = row
        self.id = row.id
        self.parts = parts
        self.status = status(row.status, row.required)
        self.respondent = respondent(row.kind, row.body, row.switches)
        self.form = cache.form(connection, row.form_version)
        self._cached = cache.report(connection, row.id, row.stamp)
        self.answers: Mapping[Address, Answer] = self._cached.given
        if parts is not None:
            self.answers = {address: each for address, each in self._cached.given.items() if self._owns(address)}
        own_rows = self.answers if self.form.open_rows else None
        self.asked = cache.questionnaire(connection, row.form_version, self.respondent, own_rows)
        if parts is not None:
            self.asked = Questionnaire(within(parts, self.asked.questions))
        self._before: previous.Before | None = None
        self._proposals: dict[tuple[str, str], Mapping[str, Proposal]] = {}
        self._sums: Mapping[Address, Proposal] | None = None

    @property
    def campaign(self) -> str:
        return self._row.campaign

    @property
    def title(self) -> str:
        return self._row.title

    @property
    def unit(self) -> Unit:
        row = self._row
        return Unit(row.code, row.name, row.kind, row.parent_name or "", row.body)

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
        return self.asked.questions

    @property
    def answered(self) -> int:
        if self.parts is not None:
            return progress(self.asked.questions, self.answers)[0]
        return self._cached.count(self.asked)

    def _owns(self, place: Address | Evidence) -> bool:
        return self.parts is None or owns(self.parts, place.field, place.row)

    def pieces(self, address: Address) -> tuple[Piece, ...]:
        if not self._owns(address):
            return ()
        return self._cache.pieces(self._connection, self._row.id, self._row.stamp, address)

    def said(self, address: Address, version: int) -> Value:
        """Return what an answer said in one of its versions, or (0) when this person last wrote it."""
        if not self._owns(address):
            return None
        place = {"of_field": address.field, "of_row": address.row, "of_column": address.column}
        where = {"report": self._row.id, "person": self._person.id, "version": version, **place}
        row = self._connection.execute(_SAID, where).first()
        return decode(row.kind, row.value) if row is not None and row.state == State.VALUE else None

    def answered_by(self, message: str) -> tuple[Address, ...]:
        """Return the addresses this person's message answered on the channel that speaks, each once, in order."""
        where = {"report": self._row.id, "person": self._person.id, "channel": self._channel, "message": message}
        rows = self._connection.execute(_ANSWERED_BY, where)
        return tuple(each for each in dict.fromkeys(Address(*row) for row in rows) if self._owns(each))

    def proposals(self, field: str, row: str) -> Mapping[str, Proposal]:
        """Return the sums of the units below for the columns of a table row that only they fill in."""
        if self.parts is not None and not owns(self.parts, field, row):
            return {}
        if (field, row) not in self._proposals:
            unit, own = self._row.unit_id, self._own()
            found = rollup.proposals(self._connection, self._cache, self._row.campaign_id, unit, field, row)
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
            found = rollup.sums(self._connection, self._cache, self._row.campaign_id, self._row.unit_id)
            self._sums = {
                address: Proposal(each.value, each.counted, each.expected)
                for address, each in found.items()
                if address not in own and self._owns(address)
            }
        return self._sums

    def _own(self) -> frozenset[Address]:
        return self._cache.asked(self._connection, self._row.form_version, self.respondent)

    @property
    def has_last(self) -> bool:
        return self._row.previous is not None

    def last(self, field: str, row: str) -> Mapping[str, Last]:
        """Return what the campaign before has for this unit, by column; {} without a statement if there is none."""
        asked = self._row
        if self.parts is not None and not owns(self.parts, field, row):
            return {}
        if asked.previous is not None and self._before is None:
            unit, version = asked.unit_id, asked.form_version
            self._before = previous.read(self._connection, self._cache, asked.previous, unit, version)
        return self._before.last(self.form, field, row) if self._before else {}

    def defaults(self) -> Mapping[str, str]:
        """Return the usual document data by column key: of the unit's last report, else of its letterhead."""
        return letterheads.defaults(self._connection, self._row.unit_id, self._row.reference_date, self._row.id)

    def evidence(self) -> tuple[Evidence, ...]:
        """Return the files attached to what this person may see of the report, in the order they came."""
        found = self._cache.evidence(self._connection, self._row.id, self._row.stamp)
        return found if self.parts is None else tuple(each for each in found if self._owns(each))

    def returns(self) -> tuple[Return, ...]:
        """Return the open returns, newest last; empty unless the report is returned."""
        if self._row.status != Status.RETURNED:
            return ()
        found = workflow.open_returns(self._connection, self._row.id)
        if self.parts is None:
            return found
        return tuple(each if self._concerns(each) else _hidden(each) for each in found)

    def _concerns(self, each: Return) -> bool:
        return any(covers(each.prefix, question.field, question.row) for question in self.asked.questions)

    def card(self) -> Card:
        """Return what the first screen shows of this report."""
        return Card(
            self.id,
            self.campaign,
            self.title,
            self.unit,
            self.status,
            self.due,
            self.answered,
            len(self.asked.questions),
            self.first_sent_at,
            self.sent_at,
            self._row.opened_at is not None,
        )


def _hidden(each: Return) -> Return:
    """A return of somebody else's part: that there is one closes the rest, what it says is not told."""
    return replace(each, comment="", by="")


@lru_cache(1024)
def respondent(kind: str, body: str, switches: str) -> Respondent:
    """Return what of a unit decides its questions; ``switches`` is the campaign's JSON list."""
    return Respondent(kind, body, frozenset(json.loads(switches)) if switches != "[]" else frozenset())


@lru_cache(64)
def status(stored: str, required: bool) -> Status:
    """Return the status people see: a unit that owes nothing is not asked until it has sent something."""
    if not required and stored in UNSENT:
        return Status.NOT_REQUIRED
    return Status(stored)
