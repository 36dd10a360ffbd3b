"""The first half of an import of answers: rows of a file wait, checked, in tables of their own.

Nothing of them is seen by anybody until the batch is *applying* (see ``import_commit``): no dialog, sum or paper reads
these tables. Rows are staged and dropped some at a time, each time in a short transaction of the caller's, so that
turns go on in between. A batch that a dead process left in *staging* is dropped, one in *applying* is finished.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, or_, select, tuple_, update

from dialogs.forms.answers import NOT_APPLICABLE, Address, State
from dialogs.texts import objections
from storage.campaigns.answers import decode, encode
from storage.campaigns.campaigns import Campaign
from storage.schema.conditions import SENT
from storage.schema.database import Database
from storage.schema.errors import Refused
from storage.schema.prepared import Prepared
from storage.schema.statements import PerDialect, new_id
from storage.schema.tables import answer, campaign_unit, import_batch, import_row, submission, unit_version
from storage.units.units import valid

ROWS_AT_ONCE = 500
"""Rows of one transaction; writing them takes a few hundredths of a second."""

REPORTS_AT_ONCE = 10
"""Reports whose staged rows are dropped in one transaction."""

LEASE = timedelta(minutes=10)
"""How long a batch may stand untouched before its process counts as dead, wherever it runs."""


class Staged(NamedTuple):
    """An answer of a file, read: ``value`` as ``encode`` spells it; ``override`` where it replaces a sum."""

    report: int
    address: Address
    line: int
    state: str
    kind: str
    value: str | None
    number: int | None
    reason: str
    override: bool


class StagedChange(NamedTuple):
    """What a staged answer does to its address; ``before`` is None where nothing was answered."""

    line: int
    unit: str
    address: Address
    before: tuple[State, Any] | None
    after: tuple[State, Any]


@dataclass(frozen=True, slots=True)
class StagedTally:
    """How many answers of a file are new, change an answer, or are there already."""

    new: int
    changed: int
    same: int


def staged(report: int, address: Address, line: int, state: State, value: Any, reason: str, override: bool) -> Staged:
    """Return an answer as it is staged. Raises ``Refused`` for a figure that cannot be kept exactly."""
    kept = encode(state, value)
    return Staged(report, address, line, state.value, kept.kind, kept.value, kept.number, reason, override)


# --- writing ----------------------------------------------------------------------------------------------------


def begin(connection: Connection, campaign_id: int, name: str, send: bool, process: str, at: datetime) -> int:
    """Begin a batch for a file called ``name``; return its id. ``send``: its reports are to be sent afterwards."""
    values = {"campaign": campaign_id, "name": name, "state": "staging", "send": send, "process": process}
    return new_id(connection.execute(insert(import_batch), {**values, "touched_at": at, "created_at": at}))


def _adding(insert_: Callable[[Any], Any]) -> Any:
    standing = select(answer.c.version).where(
        *(answer.c[name] == bindparam(f"of_{name}") for name in ("submission", "field", "row", "column"))
    )
    known = func.coalesce(standing.scalar_subquery(), 0)
    return insert_(import_row).values(before=known, basis="").on_conflict_do_nothing()


_GIVEN = [column.name for column in import_row.c if column.name not in ("before", "basis")]
_ADD = Prepared(PerDialect(_adding), _GIVEN)
_TOUCH = (
    update(import_batch)
    .where(import_batch.c.id == bindparam("batch"), import_batch.c.state == "staging")
    .values(touched_at=bindparam("now"))
)
_ADDRESS = (import_row.c.submission, import_row.c.field, import_row.c.row, import_row.c.column)
_LINES = select(*_ADDRESS, import_row.c.line).where(
    import_row.c.batch == bindparam("batch"), tuple_(*_ADDRESS).in_(bindparam("addresses", expanding=True))
)


def stage(connection: Connection, batch: int, rows: Sequence[Staged], at: datetime) -> dict[int, int]:
    """Keep rows for later; return, for the line of each row whose address the file has already, the line it had it on.

    Rows within one call may not share an address. Raises ``Refused`` if the batch has been dropped.
    """
    if not connection.execute(_TOUCH, {"batch": batch, "now": at}).rowcount:
        raise Refused(objections.IMPORT_DROPPED)
    ordered = sorted(rows)
    kept = _ADD.many(connection, [_columns(batch, each) for each in ordered])
    return _doubles(connection, batch, ordered) if kept < len(ordered) else {}


def _columns(batch: int, each: Staged) -> dict[str, Any]:
    report, (field, row, column), line, state, kind, value, number, reason, override = each
    return {
        "batch": batch,
        "submission": report,
        "field": field,
        "row": row,
        "column": column,
        "line": line,
        "state": state,
        "kind": kind,
        "value": value,
        "number": number,
        "reason": reason,
        "override": override,
        "of_submission": report,
        "of_field": field,
        "of_row": row,
        "of_column": column,
    }


def _doubles(connection: Connection, batch: int, rows: Sequence[Staged]) -> dict[int, int]:
    found: dict[int, int] = {}
    for first in range(0, len(rows), 200):
        some = {(each.report, *each.address): each.line for each in rows[first : first + 200]}
        for *address, line in connection.execute(_LINES, {"batch": batch, "addresses": list(some)}):
            own = some[tuple(address)]
            if own != line:
                found[own] = line
    return found


_REPORTS = (
    select(import_row.c.submission)
    .where(import_row.c.batch == bindparam("batch"), import_row.c.submission > bindparam("after"))
    .order_by(import_row.c.submission)
    .limit(1)
)
DROP = delete(import_row).where(
    import_row.c.batch == bindparam("batch"), import_row.c.submission == bindparam("report")
)
_GIVE_UP = (
    update(import_batch)
    .where(import_batch.c.id == bindparam("batch"), import_batch.c.state.in_(("staging", "dropped")))
    .values(state="dropped")
)
_DROP_BATCH = delete(import_batch).where(import_batch.c.id == bindparam("batch"))


def reports(connection: Connection, batch: int) -> Iterator[int]:
    """Yield the reports that a batch has rows of; one short look-up each."""
    after = connection.execute(_REPORTS, {"batch": batch, "after": 0}).scalar()
    while after is not None:
        yield int(after)
        after = connection.execute(_REPORTS, {"batch": batch, "after": after}).scalar()


def drop(database: Database, batch: int, between: Callable[[], None]) -> None:
    """Forget a batch that is not applying and all its rows, some at a time; ``between`` is called with nothing open.

    It is marked first, so that a process that was thought dead can neither go on staging nor begin to write.
    """
    with database.write() as connection:
        more = connection.execute(_GIVE_UP, {"batch": batch}).rowcount == 1
    while more:
        with database.write() as connection:
            some = [report for report, _ in zip(reports(connection, batch), range(REPORTS_AT_ONCE), strict=False)]
            for report in some:
                connection.execute(DROP, {"batch": batch, "report": report})
            more = bool(some)
            if not more:
                connection.execute(_DROP_BATCH, {"batch": batch})
        between()


# --- what it would do ---------------------------------------------------------------------------------------------

JOINED = import_row.outerjoin(
    answer, and_(*(answer.c[name] == import_row.c[name] for name in ("submission", "field", "row", "column")))
)
_MINE = import_row.c.batch == bindparam("batch")
_UNANSWERED = or_(answer.c.version.is_(None), answer.c.state == "empty")


def differs() -> ColumnElement[bool]:
    """Return the condition, over ``JOINED``, that a staged answer says something else than the one that stands.

    Without a reason of its own a staged answer keeps the one that stands; a figure is the same however it is spelled.
    """
    value = or_(
        answer.c.number.is_distinct_from(import_row.c.number),
        and_(answer.c.number.is_(None), answer.c.value.is_distinct_from(import_row.c.value)),
    )
    other_body = (answer.c.reason == NOT_APPLICABLE) != (import_row.c.reason == NOT_APPLICABLE)
    return or_(
        _UNANSWERED,
        answer.c.closed.is_(False),
        answer.c.state != import_row.c.state,
        and_(import_row.c.state == "value", value),
        and_(import_row.c.state == "none", other_body),
        and_(import_row.c.reason != "", answer.c.reason != import_row.c.reason),
        and_(import_row.c.override, answer.c.basis == ""),
    )


_TALLY = (
    select(
        func.count(),
        func.count(answer.c.version).filter(answer.c.state != "empty"),
        func.count().filter(differs()),
    )
    .select_from(JOINED)
    .where(_MINE)
)
_CODE = (
    select(unit_version.c.code)
    .join(campaign_unit, campaign_unit.c.unit == unit_version.c.unit)
    .where(campaign_unit.c.id == import_row.c.submission, valid(unit_version, bindparam("day")))
    .limit(1)
    .scalar_subquery()
)
CHANGE = select(
    import_row.c.line,
    _CODE,
    *_ADDRESS[1:],
    answer.c.state,
    answer.c.kind,
    answer.c.value,
    import_row.c.state,
    import_row.c.kind,
    import_row.c.value,
).select_from(JOINED)
_CHANGES = CHANGE.where(_MINE, differs()).order_by(_UNANSWERED, import_row.c.line).limit(bindparam("most"))
_OVER_SENT = _MINE, differs(), submission.c.status.in_(SENT)
_SENT = select(func.count()).select_from(JOINED.join(submission, submission.c.id == import_row.c.submission))
_SENT_ROWS = CHANGE.join(submission, submission.c.id == import_row.c.submission).where(*_OVER_SENT)


def tally(connection: Connection, batch: int) -> StagedTally:
    """Return how many staged answers are new, changed and the same as what stands."""
    every, answered, different = connection.execute(_TALLY, {"batch": batch}).one()
    return StagedTally(every - answered, different - (every - answered), every - different)


def changes(connection: Connection, batch: int, campaign: Campaign, most: int) -> list[StagedChange]:
    """Return the first changes that a batch would make: those of answers that stand, then new ones, in file order."""
    where = {"batch": batch, "day": campaign.reference_date, "most": most}
    return [change(row) for row in connection.execute(_CHANGES, where)]


def over_sent(connection: Connection, batch: int, campaign: Campaign, most: int) -> tuple[int, list[StagedChange]]:
    """Return how many staged answers would change a report that is sent or accepted, and the first of them."""
    where = {"batch": batch, "day": campaign.reference_date}
    count = connection.execute(_SENT.where(*_OVER_SENT), where).scalar_one()
    rows = connection.execute(_SENT_ROWS.order_by(import_row.c.line).limit(most), where) if count else ()
    return count, [change(row) for row in rows]


def change(row: Any) -> StagedChange:
    """Return a row (line, code, address, old content, new content) as a change."""
    line, code, field, of_row, column, old_state, old_kind, old, state, kind, value = row
    before = None
    if old_state not in (None, State.EMPTY):
        before = (State(old_state), decode(old_kind, old))
    return StagedChange(line, code or "", Address(field, of_row, column), before, (State(state), decode(kind, value)))


# --- batches that a dead process left ---------------------------------------------------------------------------------

_OPEN = select(
    import_batch.c.id, import_batch.c.campaign, import_batch.c.state, import_batch.c.process, import_batch.c.touched_at
).where(import_batch.c.state.in_(("staging", "dropped", "applying")))


def abandoned(connection: Connection, at: datetime, is_alive: Callable[[str], bool]) -> list[tuple[int, str]]:
    """Return (batch, state) of what no living process works on; ``is_alive`` judges the process that a batch names."""
    rows = connection.execute(_OPEN.order_by(import_batch.c.id))
    return [
        (batch, state) for batch, _, state, process, touched in rows if not is_alive(process) or touched < at - LEASE
    ]


def busy(connection: Connection, campaign_id: int) -> bool:
    """Whether another import into this campaign is under way."""
    return any(row.campaign == campaign_id and row.state != "dropped" for row in connection.execute(_OPEN))
