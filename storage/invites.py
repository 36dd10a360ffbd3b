"""Invitation codes: single-use, expiring, kept as hashes; guessing is counted so that it can be slowed."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, exists, func, insert, select, update

from dialogs.joining import normalised
from dialogs.world import Invitation, Unit
from storage import people
from storage.tables import guess, invite, unit_version

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter or digit that is taken for another one when read out on the telephone."""

LENGTH = 8
VALID = timedelta(days=14)

_newer = unit_version.alias("newer")
_parent = unit_version.alias("parent")
_LAST_VERSION = ~exists().where(
    _newer.c.unit == unit_version.c.unit, _newer.c.valid_from > unit_version.c.valid_from
).correlate(unit_version)
_FIND = (
    select(
        invite.c.id,
        invite.c.role,
        unit_version.c.code,
        unit_version.c.name,
        unit_version.c.kind,
        unit_version.c.body,
        select(_parent.c.name)
        .where(_parent.c.unit == unit_version.c.parent)
        .order_by(_parent.c.valid_from.desc())
        .limit(1)
        .correlate(unit_version)
        .scalar_subquery()
        .label("parent_name"),
    )
    .select_from(invite)
    .join(unit_version, and_(unit_version.c.unit == invite.c.unit, _LAST_VERSION))
    .where(invite.c.code_hash == bindparam("hash"), invite.c.used_at.is_(None), invite.c.revoked_at.is_(None))
    .where(invite.c.expires_at > bindparam("now"))
)
_UNIT = (
    select(unit_version.c.unit)
    .where(unit_version.c.code == bindparam("code"))
    .order_by(unit_version.c.valid_from.desc())
    .limit(1)
)
_GUESSES = select(func.count()).where(
    guess.c.channel == bindparam("channel"), guess.c.external == bindparam("external"), guess.c.at > bindparam("since")
)


def unit_by_code(connection: Connection, code: str) -> int | None:
    """Return the unit that has, or last had, this code."""
    found = connection.execute(_UNIT, {"code": code}).scalar()
    return None if found is None else int(found)


def create(connection: Connection, unit_id: int, role: str, at: datetime, by: int | None = None) -> str:
    """Store a new invitation and return its code, which is written down nowhere else."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    values = {"code_hash": _hash(code), "unit": unit_id, "role": role, "created_at": at, "created_by": by}
    connection.execute(insert(invite), {**values, "expires_at": at + VALID})
    return f"{code[:4]}-{code[4:]}"


def find(connection: Connection, code: str, at: datetime) -> Invitation | None:
    """Return the open invitation with this code, however it is spaced; None if wrong, used, revoked or expired."""
    row = connection.execute(_FIND, {"hash": _hash(normalised(code)), "now": at}).first()
    if row is None:
        return None
    key, role, unit_code, name, kind, body, parent = row
    return Invitation(key, role, Unit(unit_code, name, kind, parent or "", body))


def is_open(connection: Connection, invite_id: int, at: datetime) -> bool:
    """Whether an invitation may still be used; it stays so until the caller's transaction ends."""
    mine = select(invite.c.id).where(invite.c.id == invite_id, invite.c.used_at.is_(None), invite.c.expires_at > at)
    return connection.execute(mine.where(invite.c.revoked_at.is_(None)).with_for_update()).first() is not None


def use(connection: Connection, invite_id: int, person_id: int, at: datetime) -> bool:
    """Give the person the role; False if somebody else used the invitation first."""
    mine = update(invite).where(invite.c.id == invite_id, invite.c.used_at.is_(None), invite.c.expires_at > at)
    mine = mine.where(invite.c.revoked_at.is_(None))
    if not connection.execute(mine.values(used_at=at, used_by=person_id)).rowcount:
        return False
    unit_id, role = connection.execute(select(invite.c.unit, invite.c.role).where(invite.c.id == invite_id)).one()
    people.grant(connection, person_id, unit_id, role, at)
    return True


def note_guess(connection: Connection, channel: str, external: str, at: datetime) -> None:
    """Count one wrong code of an account."""
    connection.execute(insert(guess), {"channel": channel, "external": external, "at": at})


def guesses(connection: Connection, channel: str, external: str, since: datetime) -> int:
    """Return how many wrong codes an account has tried since a moment."""
    where = {"channel": channel, "external": external, "since": since}
    return int(connection.execute(_GUESSES, where).scalar_one())


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
