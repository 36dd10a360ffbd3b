"""A coordinator's view of campaigns and reports: ``dialogs.values.desk_world`` over the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from dialogs.forms.prefixes import owns
from dialogs.texts import desk as desk_texts
from dialogs.texts import workflow as workflow_texts
from dialogs.values.desk_world import Decided, Desk, DeskScope, ReportRow
from dialogs.values.report_view import ReportView
from dialogs.values.rights import Reach, Right
from dialogs.values.world import Person
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport, members
from storage.campaigns.turn_cache import TurnCache
from storage.compiled.progress import late
from storage.people import rights
from storage.reports import changes, report_header, sharing
from storage.reports.report_view import ASKED, AskedRow, StoredReport, status
from storage.schema.prepared import Prepared
from storage.schema.tables import audit, campaign, campaign_unit, person, sending, submission
from storage.units import units

_TREE = units.below("tree")
_ASKED_BELOW = Prepared(
    select(campaign_unit.c.id)
    .join(_TREE, _TREE.c.unit == campaign_unit.c.unit)
    .where(campaign_unit.c.campaign == bindparam("campaign"), _TREE.c.depth >= bindparam("least"))
    .limit(1)
)
_ASKED_HERE = Prepared(
    select(campaign_unit.c.id).where(
        campaign_unit.c.campaign == bindparam("campaign"), campaign_unit.c.unit == bindparam("unit")
    )
)
_SENDINGS = (
    select(sending.c.submission, func.max(sending.c.number))
    .join(campaign_unit, campaign_unit.c.id == sending.c.submission)
    .where(campaign_unit.c.campaign == bindparam("campaign"))
    .group_by(sending.c.submission)
)
_NUMBER = select(func.coalesce(func.max(sending.c.number), 0)).where(sending.c.submission == bindparam("report"))
_REPORT = ASKED.where(submission.c.id == bindparam("report"), campaign.c.closed_at.is_(None))
_READ = Prepared(_REPORT)
# Held until the turn ends: two who decide at once see each other's decision, one after the other.
_LOCKED = Prepared(_REPORT.with_for_update(key_share=True, of=submission))
_DECIDED = (
    select(audit.c.verb, person.c.name, audit.c.at)
    .select_from(audit.outerjoin(person, person.c.id == audit.c.person))
    .where(audit.c.submission == bindparam("report"), audit.c.verb.like("submission.%"))
    .order_by(audit.c.id.desc())
    .limit(1)
)


class StoredDesk(Desk):
    """What ``person`` may look at above the reports they fill in themselves."""

    def __init__(
        self, connection: Connection, person: Person, channel: str, now: datetime, cache: TurnCache, lock: bool
    ) -> None:
        """``lock``: single reports looked at stay unchanged until the transaction ends."""
        self._connection = connection
        self._person = person
        self._channel = channel
        self._now = now
        self._cache = cache
        self._report_row = _LOCKED if lock else _READ
        self._known: dict[Right, tuple[DeskScope, ...]] = {}

    def holds(self, right: Right) -> bool:
        """Return whether the person has ``right`` anywhere."""
        return bool(rights.held(self._connection, self._person.id, right, self._now))

    def scopes(self, right: Right) -> tuple[DeskScope, ...]:
        """Return the open campaigns, newest first, in which the person has ``right`` over some report."""
        if right not in self._known:  # asked some five times a turn: by the row, its action, the screen
            self._known[right] = self._read_scopes(right)
        return self._known[right]

    def _read_scopes(self, right: Right) -> tuple[DeskScope, ...]:
        held = rights.held(self._connection, self._person.id, right, self._now)
        if not held:
            return ()
        running = [each for each in campaigns.every(self._connection) if each.closed_at is None]
        return tuple(scope for each in reversed(running) for scope in self._scopes(each, dict(_joined(held))))

    def _scopes(self, asked: Campaign, held: dict[int, tuple[bool, bool]]) -> Iterator[DeskScope]:
        """Yield a campaign once for each unit of the person's in it that stands under no other one of theirs."""
        for unit_id, (own, below) in held.items():
            above = units.ancestors(self._connection, unit_id, asked.reference_date)
            if any(held.get(each.id, (False, False))[1] for each in above):
                continue
            scope = self._scope(asked, unit_id, own, below)
            if scope is not None:
                yield scope

    def _scope(self, asked: Campaign, unit_id: int, own: bool, below: bool) -> DeskScope | None:
        here = units.by_id(self._connection, unit_id, asked.reference_date)
        if here is None or not self._asks_any(asked, unit_id, own, below):
            return None
        return DeskScope(
            asked.id,
            asked.key,
            asked.title,
            unit_id,
            here.code,
            here.name,
            asked.reference_date,
            asked.closed_at is not None,
            own,
            below,
        )

    def _asks_any(self, asked: Campaign, unit_id: int, own: bool, below: bool) -> bool:
        if not below:
            return _ASKED_HERE.first(self._connection, {"campaign": asked.id, "unit": unit_id}) is not None
        where = {"campaign": asked.id, "root": unit_id, "day": asked.reference_date, "least": 0 if own else 1}
        return _ASKED_BELOW.first(self._connection, where) is not None

    def reports(self, scope: DeskScope, right: Right) -> tuple[ReportRow, ...]:
        """Return the reports of a scope that ``right`` reaches, in administrative order."""
        asked = campaigns.by_id(self._connection, scope.campaign_id)
        known = next((each for each in self.scopes(right) if each.id == scope.id), None)
        if asked is None or known is None:
            return ()
        sendings = {row[0]: int(row[1]) for row in self._connection.execute(_SENDINGS, {"campaign": asked.id})}
        found = members(self._connection, asked, scope.unit_id)
        names = {each.unit.id: each.unit.name for each in found}
        reached = (each for each in found if (known.own if each.unit.id == known.unit_id else known.below))
        return tuple(self._row(asked, each, names, sendings.get(each.submission, 0)) for each in reached)

    def _row(self, asked: Campaign, each: ScopedReport, names: dict[int, str], number: int) -> ReportRow:
        unit = each.unit
        return ReportRow(
            each.submission,
            asked.key,
            asked.title,
            unit.id,
            unit.code,
            unit.name,
            unit.kind,
            names.get(unit.parent or 0, ""),
            each.depth,
            status(each.status, each.required),
            each.required and late(each.due, each.first_sent_at, self._now),
            each.due,
            each.first_sent_at,
            each.sent_at,
            number,
        )

    def report(self, report: int, right: Right) -> ReportRow | None:
        """Return one report, None if it does not exist, ``right`` does not reach it or its campaign is closed."""
        row = self._asked(report, right)
        if row is None:
            return None
        number = self._connection.execute(_NUMBER, {"report": report}).scalar_one()
        return ReportRow(
            row.id,
            row.campaign,
            row.title,
            row.unit_id,
            row.code,
            row.name,
            row.kind,
            row.parent_name or "",
            0,
            status(row.status, row.required),
            row.required and late(row.due, row.first_sent_at, self._now),
            row.due,
            row.first_sent_at,
            row.sent_at,
            int(number),
        )

    def paper(self, report: int, right: Right) -> ReportView | None:
        """Return a report with its questions and answers, None as ``report``."""
        row = self._asked(report, right)
        if row is None:
            return None
        parts = sharing.prefixes_of(self._connection, report, self._person.id)
        return StoredReport(self._connection, self._person, self._channel, self._cache, row, parts)

    def decided(self, report: int) -> Decided | None:
        """Return the last decision about a report that the person may read."""
        if not rights.may_report(self._connection, self._person.id, Right.REPORT_READ, report, self._now):
            return None
        row = self._connection.execute(_DECIDED, {"report": report}).first()
        return Decided(row[0], row[1] or "", row[2]) if row else None

    def changes(self, report: int, right: Right) -> tuple[str, ...]:
        """Return what the last sending of a report changed, as lines to be read."""
        if not rights.may_report(self._connection, self._person.id, right, report, self._now):
            return ()
        parts = sharing.prefixes_of(self._connection, report, self._person.id)
        every = changes.last(self._connection, self._cache, report)
        found = [each for each in every if owns(parts, each.address.field, each.address.row)]
        here = report_header.of(self._connection, report)
        form = report_header.whole_form(self._connection, self._cache, here)
        lines = desk_texts.few_changes(form, found, f"/thaydoi {here.unit}")
        return (workflow_texts.changed_in_last(len(found)), *lines) if found else ()

    def _asked(self, report: int, right: Right) -> AskedRow | None:
        if not rights.may_report(self._connection, self._person.id, right, report, self._now):
            return None
        row = self._report_row.first(self._connection, {"report": report})
        return None if row is None else AskedRow(*row)


def _joined(held: tuple[tuple[int, Reach], ...]) -> Iterator[tuple[int, tuple[bool, bool]]]:
    """Yield each unit once with whether the right reaches the unit itself and those below, by any role there."""
    for unit in dict.fromkeys(unit for unit, _ in held):
        reaches = [reach for each, reach in held if each == unit]
        yield unit, (any(reach.covers(0) for reach in reaches), any(reach.covers(1) for reach in reaches))
