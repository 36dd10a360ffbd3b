"""The record: every writing of every answer and every decision, of the units at and below one in a campaign.

It is read in pages for the chat and streamed for a file, so that its length costs no memory.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Row, and_, cast, func, or_, select

from dialogs.forms.answers import Value
from dialogs.values.audit_entries import ANSWERED, Happened, Recording, RecordPage
from dialogs.values.decisions import ExportRecord
from dialogs.values.rights import Right
from dialogs.values.world import Person
from storage.campaigns import campaigns
from storage.campaigns.answers import decode
from storage.campaigns.campaigns import Campaign
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import following
from storage.messages import jobs
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import rights
from storage.schema.audit import Deed, record
from storage.schema.known_doors import known_doors
from storage.schema.tables import answer_history, audit, campaign_unit, person

PAGE = 15
"""Lines of the record on one screen."""

BATCH = 2_000
"""Rows held at once while a file is written."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Which part of the record is read: the units by id with code and name, and whose answers may be shown."""

    campaign: Campaign
    units: dict[int, tuple[str, str]]
    readable: frozenset[int]

    def place(self, unit: int | None) -> tuple[str, str] | None:
        """Return code and name of a unit in it; what is about the campaign alone belongs to its topmost unit."""
        return self.units.get(self.campaign.root if unit is None else unit)


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of the record's file. ``verb`` is ``answer.write`` for an answer, else the decision's.

    ``value`` is None where it may not be read or there is none; ``detail`` is the decision's JSON.
    """

    at: datetime
    by: str
    account: int | None
    channel: str
    unit: str
    unit_name: str
    report: int | None
    verb: str
    field: str = ""
    row: str = ""
    column: str = ""
    version: int | None = None
    state: str = ""
    value: Value = None
    reason: str = ""
    detail: str = ""


class StoredRecording(Recording):
    """The record as far as ``person`` may read it."""

    def __init__(self, connection: Connection, person: Person, now: datetime, zone: tzinfo) -> None:
        self._connection = connection
        self._person = person
        self._now = now
        self._zone = zone

    def page(self, campaign: int, unit: int, page: int) -> RecordPage | None:
        """Return a page (from 0) of the record at and below a unit; None where the person may not read it."""
        asked = campaigns.by_id(self._connection, campaign)
        found = extent_for(self._connection, self._person.id, asked, unit, self._now) if asked else None
        if asked is None or found is None:
            return None
        lines = newest(self._connection, found, self._zone, self._now, (page + 1) * PAGE + 1)
        code, name = found.units[unit]
        shown = tuple(lines[page * PAGE : (page + 1) * PAGE])
        return RecordPage(
            asked.id, asked.key, asked.title, unit, code, name, shown, page, len(lines) > (page + 1) * PAGE
        )


# --- how far ------------------------------------------------------------------------------------------------------


def extent(connection: Connection, asked: Campaign, unit_id: int, now: datetime) -> Extent | None:
    """Return everything at and below a unit; None if it did not exist on the campaign's reference date."""
    board = following.of_unit(connection, asked, unit_id, now)
    if board is None:
        return None
    units = {place.unit: (place.code, place.name) for place in board.places}
    return Extent(asked, units, frozenset(units))


def extent_for(connection: Connection, person_id: int, asked: Campaign, unit_id: int, now: datetime) -> Extent | None:
    """Return what a person may read of it; None if not even the unit's own record."""
    day = asked.reference_date
    board = following.of_unit(connection, asked, unit_id, now)
    if board is None or not rights.may(connection, person_id, Right.RECORD_READ, unit_id, day, now):
        return None
    reached = following.reached_units(connection, person_id, Right.RECORD_READ, board, day, now)
    readable = following.reached_units(connection, person_id, Right.REPORT_READ, board, day, now)
    units = {place.unit: (place.code, place.name) for place in board.places if place.unit in reached}
    return Extent(asked, units, readable)


def _of_extent(found: Extent) -> ColumnElement[bool]:
    """Decisions about the campaign, and those about units alone since the campaign was opened."""
    since = and_(audit.c.campaign.is_(None), audit.c.unit.is_not(None), audit.c.at >= found.campaign.opened_at)
    return or_(audit.c.campaign == found.campaign.id, since)


# --- pages --------------------------------------------------------------------------------------------------------


def newest(connection: Connection, found: Extent, zone: tzinfo, now: datetime, limit: int) -> list[Happened]:
    """Return the newest ``limit`` lines: decisions one by one, answers counted by person, unit, door and day."""
    lines = heapq.merge(_decided(connection, found), _written(connection, found, zone, now), key=_when, reverse=True)
    return [line for line, _ in zip(lines, range(limit), strict=False)]


def _when(line: Happened) -> datetime:
    return line.at


def _decided(connection: Connection, found: Extent) -> Iterator[Happened]:
    wanted = select(audit.c.verb, audit.c.at, person.c.name, audit.c.unit, audit.c.channel, audit.c.detail)
    wanted = wanted.select_from(audit.outerjoin(person, person.c.id == audit.c.person)).where(_of_extent(found))
    rows = connection.execute(wanted.order_by(audit.c.at.desc(), audit.c.id.desc()))
    for verb, at, name, unit, channel, detail in rows:
        if (place := found.place(unit)) is not None:
            door = known_doors(connection).named(channel).label
            yield Happened(verb, at, name or "", place[1], door, 0, _object(detail))


def _object(text: str) -> dict[str, Any]:
    read = json.loads(text)
    return read if isinstance(read, dict) else {}


def _written(connection: Connection, found: Extent, zone: tzinfo, now: datetime) -> Iterator[Happened]:
    day = _local_day(connection, zone, now)
    last = func.max(answer_history.c.at)
    keys = (person.c.name, campaign_unit.c.unit, answer_history.c.channel, answer_history.c.person, day)
    wanted = select(person.c.name, campaign_unit.c.unit, answer_history.c.channel, func.count(), last)
    wanted = wanted.select_from(_WRITINGS).where(campaign_unit.c.campaign == found.campaign.id)
    for name, unit, channel, count, at in connection.execute(wanted.group_by(*keys).order_by(last.desc())):
        if unit in found.units:
            door = known_doors(connection).named(channel).label
            yield Happened(ANSWERED, at, name or "", found.units[unit][1], door, int(count))


_WRITINGS = answer_history.join(campaign_unit, campaign_unit.c.id == answer_history.c.submission).outerjoin(
    person, person.c.id == answer_history.c.person
)


def _local_day(connection: Connection, zone: tzinfo, now: datetime) -> ColumnElement[Any]:
    """The day of a writing where the office is; SQLite knows no zones, so its hour is today's all year."""
    if connection.dialect.name == "sqlite":
        offset = zone.utcoffset(now.astimezone(zone).replace(tzinfo=None))
        return func.date(answer_history.c.at, f"{int(offset.total_seconds()) if offset else 0} seconds")
    return cast(func.timezone(str(zone), answer_history.c.at), Date)


# --- the file -----------------------------------------------------------------------------------------------------


def entries(connection: Connection, found: Extent) -> Iterator[RecordLine]:
    """Yield every writing and every decision, oldest first, without holding more than ``BATCH`` of them."""
    return heapq.merge(_deeds(connection, found), _writings(connection, found), key=lambda entry: entry.at)


def _deeds(connection: Connection, found: Extent) -> Iterator[RecordLine]:
    names = ("at", "person", "account", "channel", "unit", "submission", "verb", "detail")
    wanted = select(*(audit.c[name] for name in names if name != "person"), person.c.name)
    wanted = wanted.select_from(audit.outerjoin(person, person.c.id == audit.c.person)).where(_of_extent(found))
    for row in _streamed(connection, wanted.order_by(audit.c.at, audit.c.id)):
        if (place := found.place(row.unit)) is not None:
            yield RecordLine(
                row.at, row.name or "", row.account, row.channel, *place, row.submission, row.verb, detail=row.detail
            )


_WRITTEN = (
    select(
        answer_history.c.at,
        person.c.name,
        answer_history.c.account,
        answer_history.c.channel,
        campaign_unit.c.unit,
        answer_history.c.submission,
        *(answer_history.c[name] for name in ("field", "row", "column", "version", "state", "kind", "value", "reason")),
    )
    .select_from(_WRITINGS)
    .order_by(answer_history.c.at, answer_history.c.id)
)


def _writings(connection: Connection, found: Extent) -> Iterator[RecordLine]:
    for row in _streamed(connection, _WRITTEN.where(campaign_unit.c.campaign == found.campaign.id)):
        at, name, account, channel, unit, report, *written = tuple(row)
        field, row_key, column, version, state, kind, value, reason = written
        if unit not in found.units:
            continue
        shown = unit in found.readable
        yield RecordLine(
            at,
            name or "",
            account,
            channel,
            *found.units[unit],
            report,
            ANSWERED,
            field,
            row_key,
            column,
            version,
            state,
            decode(kind, value) if shown else None,
            reason if shown else "",
        )


def _streamed(connection: Connection, wanted: Any) -> Iterator[Row[Any]]:
    """Yield rows as the database gives them; PostgreSQL keeps them in a cursor of its own."""
    yield from connection.execution_options(yield_per=BATCH).execute(wanted)


# --- asking for the file ------------------------------------------------------------------------------------------


def export(connection: Connection, decision: ExportRecord, context: Context, cache: TurnCache) -> Sequence[OutboxRow]:  # noqa: ARG001
    """Queue the file of the record for the account that spoke. Raises ``Refused`` without the right to read it."""
    by, at = context.person.id, context.at
    asked, unit = rights.require_in(connection, by, Right.RECORD_READ, decision.campaign, decision.unit, at)
    note_export(connection, asked, unit.id, at, by, context.account, context.channel)
    jobs.add_once(connection, jobs.RECORD, {"campaign": asked.key, "unit": unit.code, **context.asker()}, at)
    return ()


def note_export(
    connection: Connection,
    asked: Campaign,
    unit_id: int,
    at: datetime,
    by: int | None = None,
    account: int | None = None,
    channel: str = "",
) -> None:
    """Record that somebody took the record out of the house."""
    record(connection, Deed("record.export", at, by, account, unit_id, asked.id, None, channel))
