"""Work that a turn leaves for later, as rows; a worker takes one under a lease."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, insert, or_, select, update

from storage.statements import dumps, new_id
from storage.tables import job

MAX_ATTEMPTS = 5
"""After so many failures a job is left as failed, to be looked at."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. ``attempts`` counts the claims, this one included."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int


_ADD = insert(job)
_DUE = or_(job.c.not_before.is_(None), job.c.not_before <= bindparam("now"))
_NEXT = (
    select(job.c.id, job.c.kind, job.c.payload, job.c.attempts)
    .where(
        or_(
            and_(job.c.state == "waiting", _DUE),
            and_(job.c.state == "running", job.c.lease_until < bindparam("now")),
        )
    )
    .order_by(job.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)


def add(connection: Connection, kind: str, payload: dict[str, Any], at: datetime) -> int:
    """Store a job and return its id."""
    return new_id(connection.execute(_ADD, {"kind": kind, "payload": dumps(payload), "created_at": at}))


def claim(connection: Connection, process: str, lease: timedelta, now: datetime) -> Job | None:
    """Take the oldest job that waits, or whose worker's lease ran out; None if there is none."""
    row = connection.execute(_NEXT, {"now": now}).first()
    if row is None:
        return None
    taken = {"state": "running", "claimed_by": process, "lease_until": now + lease, "attempts": row.attempts + 1}
    connection.execute(update(job).where(job.c.id == row.id).values(taken))
    return Job(row.id, row.kind, json.loads(row.payload), row.attempts + 1)


def finish(connection: Connection, job_id: int, at: datetime) -> None:
    """Note that a job is done."""
    connection.execute(update(job).where(job.c.id == job_id).values(state="done", finished_at=at, lease_until=None))


def fail(connection: Connection, job_id: int, error: str, again_at: datetime, at: datetime) -> None:
    """Note that a job raised; it waits until ``again_at``, or is left as failed after the last attempt."""
    state = case((job.c.attempts >= MAX_ATTEMPTS, "failed"), else_="waiting")
    change = update(job).where(job.c.id == job_id)
    connection.execute(change.values(state=state, error=error, not_before=again_at, lease_until=None, finished_at=at))


def release(connection: Connection, process: str | None = None) -> int:
    """Put back what ``process`` (None: whoever it was) was working on when it died; return how many."""
    change = update(job).where(job.c.state == "running")
    change = change if process is None else change.where(job.c.claimed_by == process)
    return int(connection.execute(change.values(state="waiting", lease_until=None)).rowcount)


def waiting(connection: Connection) -> int:
    """Return how many jobs wait or run."""
    found = select(job.c.id).where(job.c.state.in_(("waiting", "running")))
    return len(connection.execute(found).all())
