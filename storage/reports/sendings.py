"""Each time a report was sent: its number, who, when, and how far the history of its answers went then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from storage.schema.prepared import Prepared
from storage.schema.tables import answer_history, sending


@dataclass(frozen=True, slots=True)
class Sending:
    """``history`` is the newest row of the report's ``answer_history`` at that time, 0 if it had none."""

    number: int
    at: datetime
    receipt: str
    history: int


_NUMBER = select(func.coalesce(func.max(sending.c.number), 0) + 1).where(sending.c.submission == bindparam("report"))
_HISTORY = select(func.coalesce(func.max(answer_history.c.id), 0)).where(
    answer_history.c.submission == bindparam("report")
)
_NEXT = Prepared(select(_NUMBER.scalar_subquery().label("number"), _HISTORY.scalar_subquery().label("history")))
_ADD = insert(sending)
_LAST = (
    select(sending.c.number, sending.c.at, sending.c.receipt, sending.c.history)
    .where(sending.c.submission == bindparam("report"))
    .order_by(sending.c.number.desc())
    .limit(2)
)


def add(connection: Connection, report: int, by: int | None, at: datetime, channel: str, receipt: str) -> int:
    """Note that a report was sent; the caller holds its row. Returns the number of the sending, from 1."""
    number, history = _NEXT.first(connection, {"report": report}) or (1, 0)
    values = {"submission": report, "number": number, "at": at, "person": by, "channel": channel}
    connection.execute(_ADD, {**values, "receipt": receipt, "history": history})
    return int(number)


def last_two(connection: Connection, report: int) -> tuple[Sending, ...]:
    """Return the last sending and the one before it, newest first; fewer where there were fewer."""
    return tuple(Sending(*row) for row in connection.execute(_LAST, {"report": report}))


def last(connection: Connection, report: int) -> Sending | None:
    """Return the last sending of a report, None if it was never sent."""
    return next(iter(last_two(connection, report)), None)
