"""The second half of an import of answers: what was staged is written, report by report, to the end.

**What is atomic.** A file is checked whole before anything of it is written. Then the batch is marked *applying* in
one small transaction, and from there on it only goes forward: each transaction writes the answers of a few reports,
removes their staged rows and moves the batch's ``position``, all in one commit. Killed at any moment, a batch in
*applying* says exactly what is still to be done; ``finish_abandoned`` (every command that opens the database calls it,
the same import run again too) goes on from there. So a file is taken whole or not at all, though a reader may for some
seconds see the first reports of it and not yet the last ones. One report is never seen half written.

**Levels.** Reports are worked from the lowest level up, and where the batch sends, each is sent in the transaction that
writes it. An override of a sum therefore keeps the hash of the parts as they are after the same file, and what an upper
unit freezes when it is sent holds its lower units.

**People.** An answer that somebody wrote after the file was staged (its version has moved), and any in a report that
was sent meanwhile, is left as it is and counted; a report with such an answer is not sent. The first ones are kept
with the batch to be told.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, cast, delete, func, insert, literal, null, select, true, update

from dialogs.forms.answers import Address
from dialogs.texts import objections
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import members
from storage.campaigns.turn_cache import TurnCache
from storage.manage import staging
from storage.manage.staging import JOINED, ROWS_AT_ONCE, differs
from storage.reports import workflow
from storage.schema.audit import Deed, record
from storage.schema.conditions import WRITABLE
from storage.schema.database import Database
from storage.schema.errors import Refused
from storage.schema.prepared import Prepared
from storage.schema.statements import PerDialect, dumps
from storage.schema.tables import (
    answer,
    answer_history,
    answer_part,
    campaign_unit,
    import_batch,
    import_row,
    submission,
)
from storage.sums import rollup

CHANNEL = "csv"
MOST_LEFT = 50
"""Answers left as they are that a batch names; the others are only counted."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of a batch; ``left`` are the first of ``left_count`` answers not written (unit, address)."""

    name: str
    written: int
    same: int
    sent: int
    left: tuple[tuple[str, Address], ...]
    left_count: int


@dataclass(slots=True)
class _Batch:
    """A batch under way; the counts go back into its row with each transaction."""

    id: int
    name: str
    send: bool
    campaign: Campaign
    reports: list[int]
    position: int
    written: int
    same: int
    sent: int
    left: list[list[str]]
    left_count: int


def order(connection: Connection, batch: int, campaign: Campaign) -> list[int]:
    """Return the reports that a batch has rows of, the lowest level first, each level in administrative order."""
    depth = {each.submission: each.depth for each in members(connection, campaign, campaign.root)}
    place = {report: index for index, report in enumerate(depth)}
    return sorted(staging.reports(connection, batch), key=lambda each: (-depth[each], place[each]))


def start(connection: Connection, batch: int, reports: Sequence[int], at: datetime) -> None:
    """Mark a staged batch as one that will be written, in this order, whatever happens from now on.

    Raises ``Refused`` if it has been dropped.
    """
    values = {"state": "applying", "reports": dumps(reports), "touched_at": at}
    mark = update(import_batch).where(import_batch.c.id == batch, import_batch.c.state == "staging").values(values)
    if not connection.execute(mark).rowcount:
        raise Refused(objections.IMPORT_DROPPED)


def finish(
    database: Database, cache: TurnCache, batch: int, now: Callable[[], datetime], between: Callable[[int, int], None]
) -> ImportOutcome:
    """Write everything that a batch in *applying* still has; return what became of it.

    ``between`` is called with nothing open after each transaction, with the reports done and to be done in all.
    """
    done = False
    while not done:
        with database.read() as connection:
            upcoming = _upcoming(connection, batch, cache)
        with database.write() as connection:
            connection.execute(_HOLD, {"batch": batch})
            under_way = _load(connection, batch)
            done = under_way.position >= len(under_way.reports)
            if done:
                _finished(connection, under_way, now())
            elif under_way.position == upcoming.position:
                _work(connection, under_way, upcoming, cache, now())
                _store(connection, under_way, now())
        between(under_way.position, len(under_way.reports))
    return _outcome(under_way)


def finish_abandoned(
    database: Database,
    now: Callable[[], datetime],
    is_alive: Callable[[str], bool],
    between: Callable[[], None] = lambda: None,
) -> tuple[ImportOutcome, ...]:
    """Finish what a dead process had begun to write and drop what it had only staged; return what was finished."""
    with database.read() as connection:
        found = staging.abandoned(connection, now(), is_alive)
    outcomes = []
    for batch, state in found:
        if state == "applying":
            outcomes.append(finish(database, TurnCache(), batch, now, lambda _, __: between()))
        else:
            staging.drop(database, batch, between)
    return tuple(outcomes)


# --- the batch's own row ------------------------------------------------------------------------------------------

_BATCH = select(import_batch).where(import_batch.c.id == bindparam("batch"))
_HOLD = select(import_batch.c.id).where(import_batch.c.id == bindparam("batch")).with_for_update()


def _load(connection: Connection, batch: int) -> _Batch:
    row = connection.execute(_BATCH, {"batch": batch}).one()
    campaign = campaigns.by_id(connection, row.campaign)
    if campaign is None:
        raise LookupError(row.campaign)
    return _Batch(
        row.id,
        row.name,
        row.send,
        campaign,
        json.loads(row.reports),
        row.position,
        row.written,
        row.same,
        row.sent,
        json.loads(row.left_out),
        row.left_count,
    )


def _store(connection: Connection, batch: _Batch, at: datetime, **further: Any) -> None:
    values = {name: getattr(batch, name) for name in ("position", "written", "same", "sent", "left_count")}
    values |= {"left_out": dumps(batch.left), "touched_at": at, **further}
    connection.execute(update(import_batch).where(import_batch.c.id == batch.id).values(values))


def _finished(connection: Connection, batch: _Batch, at: datetime) -> None:
    done = update(import_batch).where(import_batch.c.id == batch.id, import_batch.c.state == "applying")
    if connection.execute(done.values(state="done", finished_at=at, touched_at=at)).rowcount:
        detail = {name: getattr(batch, name) for name in ("name", "written", "same", "sent", "left_count")}
        record(connection, Deed("answers.import", at, campaign=batch.campaign.id, channel=CHANNEL, detail=detail))


def _outcome(batch: _Batch) -> ImportOutcome:
    left = tuple((unit, Address(*address)) for unit, *address in batch.left)
    return ImportOutcome(batch.name, batch.written, batch.same, batch.sent, left, batch.left_count)


# --- the reports --------------------------------------------------------------------------------------------------

_OF = (import_row.c.batch == bindparam("batch"), import_row.c.submission == bindparam("report"))
_HOW_MANY = select(func.count()).select_from(import_row).where(*_OF)
_STATUS = select(submission.c.status).where(submission.c.id == bindparam("report")).with_for_update(key_share=True)
_STILL = func.coalesce(answer.c.version, 0) == import_row.c.before
_DIFFERENT = staging.CHANGE.where(*_OF, differs())
_NEWER = _DIFFERENT.where(~_STILL)
_KEYS = ("submission", "field", "row", "column")


@dataclass(frozen=True, slots=True)
class _Upcoming:
    """The reports of the next transaction, and the hashes of the parts of the sums that one of them overrides.

    Worked out beforehand, because a province's sums take longer than a writing transaction may.
    """

    position: int
    reports: tuple[int, ...]
    bases: dict[Address, str]


def _upcoming(connection: Connection, batch_id: int, cache: TurnCache) -> _Upcoming:
    """Return the next few reports; one alone where it overrides sums, which those before it may be part of.

    One alone, too, where it is sent, so that rows are locked in the order in which a turn locks them.
    """
    batch = _load(connection, batch_id)
    found: list[int] = []
    rows = 0
    for report in batch.reports[batch.position :]:
        where = {"batch": batch.id, "report": report}
        overrides = [Address(*row) for row in connection.execute(_OVERRIDES, where)]
        if overrides and found:
            break
        found.append(report)
        rows += connection.execute(_HOW_MANY, where).scalar_one()
        if overrides or batch.send or rows >= ROWS_AT_ONCE:
            return _Upcoming(batch.position, tuple(found), _bases(connection, batch, report, cache, overrides))
    return _Upcoming(batch.position, tuple(found), {})


def _work(connection: Connection, batch: _Batch, upcoming: _Upcoming, cache: TurnCache, at: datetime) -> None:
    for report in upcoming.reports:
        for address, basis in upcoming.bases.items():
            field, row, column = address
            where = {"batch": batch.id, "report": report, "of_field": field, "of_row": row, "of_column": column}
            _EXPLAIN.run(connection, {**where, "hash": basis, "why": from_file(batch.name)})
        _one(connection, batch, report, cache, at)
        batch.position += 1


def _one(connection: Connection, batch: _Batch, report: int, cache: TurnCache, at: datetime) -> None:
    """Write one report, and send it if the batch does."""
    where = {"batch": batch.id, "report": report}
    status = connection.execute(_STATUS, where).scalar_one()
    rows: int = connection.execute(_HOW_MANY, where).scalar_one()
    left = _left_out(connection, batch, where, status in WRITABLE)
    written = _write(connection, batch, report, at) if status in WRITABLE else 0
    connection.execute(staging.DROP, where)
    batch.written += written
    batch.left_count += left
    batch.same += rows - written - left
    if batch.send and not left and status in WRITABLE:
        workflow.send(connection, cache, report, None, at, CHANNEL)
        batch.sent += 1


def _left_out(connection: Connection, batch: _Batch, where: dict[str, Any], is_open: bool) -> int:
    """Note and count the answers that are not written: all of a report that is sent, else those newer than the file."""
    statement = _NEWER if is_open else _DIFFERENT
    count = 0
    for row in connection.execute(statement, {**where, "day": batch.campaign.reference_date}):
        found = staging.change(row)
        count += 1
        if len(batch.left) < MOST_LEFT:
            batch.left.append([found.unit, *found.address])
    return count


_CONTENT = ("state", "kind", "value", "number", "reason", "basis")
_NOBODY = cast(null(), answer.c.person.type).label("person")
_CHANNEL = literal(CHANNEL).label("channel")
_AT = bindparam("moment", type_=answer.c.at.type).label("at")
_NEW = select(
    *(import_row.c[name] for name in (*_KEYS, *_CONTENT)),
    (func.coalesce(answer.c.version, 0) + 1).label("version"),
    true().label("closed"),
    _CHANNEL,
    _AT,
)
_NAMES = [*_KEYS, *_CONTENT, "version", "closed", "channel", "at"]
_WRITTEN = _NEW.select_from(JOINED).where(*_OF, _STILL, differs())
_REMEMBER = Prepared(insert(answer_history).from_select(_NAMES, _WRITTEN))


def _saving(insert_: Callable[[Any], Any]) -> Any:
    statement = insert_(answer).from_select([*_NAMES, "person"], _WRITTEN.add_columns(_NOBODY))
    changed = {name: statement.excluded[name] for name in [*_NAMES, "person"] if name not in _KEYS}
    return statement.on_conflict_do_update(index_elements=_KEYS, set_=changed)


_SAVE = Prepared(PerDialect(_saving))
# The messages a text was written in are no longer its own.
_UNPIECE = delete(answer_part).where(
    answer_part.c.submission == bindparam("report"),
    select(literal(1))
    .select_from(JOINED)
    .where(*_OF, _STILL, differs(), *(import_row.c[name] == answer_part.c[name] for name in _KEYS))
    .correlate(answer_part)
    .exists(),
)
_CHANGED = (
    update(submission)
    .where(submission.c.id == bindparam("report"))
    .values(
        stamp=bindparam("drawn"),
        revision=submission.c.revision + 1,
        status=case((submission.c.status == "not_opened", "in_progress"), else_=submission.c.status),
        opened_at=func.coalesce(submission.c.opened_at, bindparam("now", type_=submission.c.opened_at.type)),
    )
)


def _write(connection: Connection, batch: _Batch, report: int, at: datetime) -> int:
    """Write the staged answers of a report that nobody has changed since; return how many say something new."""
    where = {"batch": batch.id, "report": report, "moment": at}
    connection.execute(_UNPIECE, where)
    written = _REMEMBER.run(connection, where)
    if written:
        _SAVE.run(connection, where)
        connection.execute(_CHANGED, {"report": report, "drawn": secrets.randbits(62), "now": at})
    return written


# --- overrides ----------------------------------------------------------------------------------------------------

_OVERRIDES = select(import_row.c.field, import_row.c.row, import_row.c.column).where(*_OF, import_row.c.override)
_UNIT = select(campaign_unit.c.unit).where(campaign_unit.c.id == bindparam("report"))
_EXPLAIN = Prepared(
    update(import_row)
    .where(*_OF, *(import_row.c[name] == bindparam(f"of_{name}") for name in _KEYS[1:]))
    .values(
        basis=bindparam("hash"),
        reason=case((import_row.c.reason == "", bindparam("why")), else_=import_row.c.reason),
    )
)


def from_file(name: str) -> str:
    """Return the reason of an override that came without one."""
    return objections.reason_from_file(name)


def _bases(
    connection: Connection, batch: _Batch, report: int, cache: TurnCache, wanted: Sequence[Address]
) -> dict[Address, str]:
    """Return the hash of the parts behind each cell."""
    found: dict[Address, str] = {}
    for field, row in sorted({(each.field, each.row) for each in wanted}):
        unit = connection.execute(_UNIT, {"report": report}).scalar_one()
        proposed = rollup.proposals(connection, cache, batch.campaign.id, unit, field, row)
        for address in wanted:
            if (address.field, address.row) == (field, row):
                known = proposed.get(address.column)
                found[address] = known.basis if known is not None else rollup.basis(())
    return found
