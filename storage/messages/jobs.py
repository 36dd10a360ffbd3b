"""Work that a turn leaves for later, as rows; a worker takes one under a lease.

Kinds: ``render`` makes a unit's own documents, ``compile`` those of a unit and everything below it, ``picture`` draws
how far they are, ``record`` writes what happened, ``plan`` prints the
plan of a campaign.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, insert, or_, select, update

from storage.schema.statements import dumps, new_id
from storage.schema.tables import job

RENDER, COMPILE = "render", "compile"
PICTURE, RECORD, PLAN = "picture", "record", "plan"
KINDS = (RENDER, COMPILE, PICTURE, RECORD, PLAN)

FETCH = "fetch"
"""``fetch:DOOR`` brings a file that somebody sent there: a process that hosts the door works it (bot.turns)."""

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
_WAITING = select(job.c.id, job.c.payload).where(job.c.kind == bindparam("kind"), job.c.state == "waiting")
_DUE = or_(job.c.not_before.is_(None), job.c.not_before <= bindparam("now"))
_NEXT = (
    select(job.c.id, job.c.kind, job.c.payload, job.c.attempts)
    .where(
        job.c.kind.in_(bindparam("kinds", expanding=True)),
        or_(
            and_(job.c.state == "waiting", _DUE),
            and_(job.c.state == "running", job.c.lease_until < bindparam("now")),
        ),
    )
    .order_by(job.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)


def fetch_kind(door: str) -> str:
    """Return the kind of the jobs that bring files from one door."""
    return f"{FETCH}:{door}"


def add(connection: Connection, kind: str, payload: dict[str, Any], at: datetime) -> int:
    """Store a job and return its id."""
    return new_id(connection.execute(_ADD, {"kind": kind, "payload": dumps(payload), "created_at": at}))


def add_once(connection: Connection, kind: str, payload: dict[str, Any], at: datetime) -> int:
    """Store a job and return its id, or the id of one for the same thing and account that still waits.

    What differs is only the message that asked. One that is being worked counts no more: it does not show what has
    changed since it began.
    """
    for row in connection.execute(_WAITING, {"kind": kind}):
        if _asked(json.loads(row.payload)) == _asked(payload):
            return int(row.id)
    return add(connection, kind, payload, at)


def _asked(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != "inbox"}


def claim(
    connection: Connection, process: str, lease: timedelta, now: datetime, kinds: Sequence[str] = KINDS
) -> Job | None:
    """Take the oldest job of ``kinds`` that waits, or whose worker's lease ran out; None if there is none."""
    row = connection.execute(_NEXT, {"now": now, "kinds": kinds}).first()
    if row is None:
        return None
    taken = {"state": "running", "claimed_by": process, "lease_until": now + lease, "attempts": row.attempts + 1}
    connection.execute(update(job).where(job.c.id == row.id).values(taken))
    return Job(row.id, row.kind, json.loads(row.payload), row.attempts + 1)


def extend(connection: Connection, job_id: int, process: str, until: datetime) -> bool:
    """Keep a job that takes long until ``until``; False if ``process`` does not have it any more."""
    mine = update(job).where(job.c.id == job_id, job.c.claimed_by == process, job.c.state == "running")
    return connection.execute(mine.values(lease_until=until)).rowcount == 1


def finish(connection: Connection, job_id: int, at: datetime) -> None:
    """Note that a job is done."""
    connection.execute(update(job).where(job.c.id == job_id).values(state="done", finished_at=at, lease_until=None))


def fail(connection: Connection, job_id: int, error: str, again_at: datetime, at: datetime) -> None:
    """Note that a job raised; it waits until ``again_at``, or is left as failed after the last attempt."""
    state = case((job.c.attempts >= MAX_ATTEMPTS, "failed"), else_="waiting")
    change = update(job).where(job.c.id == job_id)
    connection.execute(change.values(state=state, error=error, not_before=again_at, lease_until=None, finished_at=at))


def put_off(connection: Connection, job_id: int, why: str, again_at: datetime) -> None:
    """Put a job back until ``again_at``, however often that was done: what hinders it is not of its own making."""
    change = update(job).where(job.c.id == job_id)
    connection.execute(change.values(state="waiting", error=why, not_before=again_at, lease_until=None))


def unfinished(connection: Connection, kind: str) -> tuple[tuple[int, dict[str, Any]], ...]:
    """Return the id and payload of every job of a kind that waits or is being worked."""
    found = select(job.c.id, job.c.payload).where(job.c.kind == kind, job.c.state.in_(("waiting", "running")))
    return tuple((row.id, json.loads(row.payload)) for row in connection.execute(found))


def release(connection: Connection, process: str | None = None, kinds: Sequence[str] = KINDS) -> int:
    """Put back what ``process`` (None: whoever it was) was working on when it died; return how many."""
    change = update(job).where(job.c.state == "running", job.c.kind.in_(kinds))
    change = change if process is None else change.where(job.c.claimed_by == process)
    return int(connection.execute(change.values(state="waiting", lease_until=None)).rowcount)


def waiting(connection: Connection, kinds: Sequence[str] = KINDS) -> int:
    """Return how many jobs of ``kinds`` wait or run."""
    found = select(job.c.id).where(job.c.state.in_(("waiting", "running")), job.c.kind.in_(kinds))
    return len(connection.execute(found).all())
