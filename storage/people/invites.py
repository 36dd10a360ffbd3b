"""Invitation codes: single-use, expiring, kept as hashes; guessing is counted so that it can be slowed."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, insert, or_, select, update

from dialogs.people.joining import normalised
from dialogs.texts import people as people_texts
from dialogs.values.report_view import Unit
from dialogs.values.world import Invitation, Person
from storage.schema.statements import dumps, new_id
from storage.schema.tables import account, guess, inbox, invite, outbox, person, unit_version

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter or digit that is taken for another one when read out on the telephone."""

LENGTH = 8
VALID = timedelta(days=14)
SHOWN = timedelta(hours=1)
"""How long after its delivery the message with a code stays as it was, so that it can still be forwarded."""

ACCOUNT = "account"
"""In place of a role: the code adds an account to a person."""

WITHIN = timedelta(hours=1)
"""Wrong codes of one account, or of one address, are counted over this time."""

MOST_OF_ADDRESS = 20
"""Wrong codes from one address of the network, behind which an office may sit, before it is slowed."""

MOST_IN_ALL = 100
"""Wrong codes of one channel within ``ALL_WITHIN``, from which on no code is looked up there for anybody."""

ALL_WITHIN = timedelta(minutes=10)
_CODE = re.compile(rf"[{ALPHABET}]{{4}}-?[{ALPHABET}]{{4}}")

_newer = unit_version.alias("newer")
_parent = unit_version.alias("parent")
_LAST_VERSION = ~exists().where(
    _newer.c.unit == unit_version.c.unit, _newer.c.valid_from > unit_version.c.valid_from
).correlate(unit_version)
_FIND = (
    select(
        invite.c.id,
        invite.c.role,
        invite.c.unit,
        invite.c.person,
        person.c.name,
        unit_version.c.code,
        unit_version.c.name.label("unit_name"),
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
    .outerjoin(person, person.c.id == invite.c.person)
    .join(unit_version, and_(unit_version.c.unit == invite.c.unit, _LAST_VERSION))
    .where(invite.c.code_hash == bindparam("hash"), invite.c.used_at.is_(None), invite.c.revoked_at.is_(None))
    .where(invite.c.expires_at > bindparam("now"), person.c.removed_at.is_(None))
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

_GUESSES_OF = (
    select(func.count())
    .select_from(
        guess.join(account, and_(account.c.channel == guess.c.channel, account.c.external == guess.c.external))
    )
    .where(account.c.person == bindparam("person"), guess.c.channel == bindparam("channel"))
    .where(guess.c.at > bindparam("since"))
)
_ALL_GUESSES = select(func.count()).where(guess.c.channel == bindparam("channel"), guess.c.at > bindparam("since"))


def unit_by_code(connection: Connection, code: str) -> int | None:
    """Return the unit that has, or last had, this code."""
    found = connection.execute(_UNIT, {"code": code}).scalar()
    return None if found is None else int(found)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new invitation and its code, which is written down nowhere else."""

    id: int
    code: str


def issue(
    connection: Connection,
    unit_id: int,
    role: str,
    at: datetime,
    by: int | None = None,
    until: datetime | None = None,
    person_id: int | None = None,
) -> Issued:
    """Store a new invitation; with ``person_id`` it adds an account to that person. It ends at ``until``."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    values = {"code_hash": _hash(code), "unit": unit_id, "role": role, "created_at": at, "created_by": by}
    expires = at + VALID if until is None else min(until, at + VALID)
    key = new_id(connection.execute(insert(invite), {**values, "expires_at": expires, "person": person_id}))
    return Issued(key, f"{code[:4]}-{code[4:]}")


def create(connection: Connection, unit_id: int, role: str, at: datetime, by: int | None = None) -> str:
    """Store a new invitation and return its code, which is written down nowhere else."""
    return issue(connection, unit_id, role, at, by).code


def find(connection: Connection, code: str, at: datetime) -> Invitation | None:
    """Return the open invitation with this code, however it is spaced; None if wrong, used, revoked or expired."""
    row = connection.execute(_FIND, {"hash": _hash(normalised(code)), "now": at}).first()
    if row is None:
        return None
    key, role, unit_id, owner, owner_name, unit_code, name, kind, body, parent = row
    unit = Unit(unit_code, name, kind, parent or "", body)
    return Invitation(key, role, unit, unit_id, None if owner is None else Person(owner, owner_name))


def is_open(connection: Connection, invite_id: int, at: datetime) -> bool:
    """Whether an invitation may still be used; it stays so until the caller's transaction ends."""
    mine = select(invite.c.id).where(invite.c.id == invite_id, invite.c.used_at.is_(None), invite.c.expires_at > at)
    return connection.execute(mine.where(invite.c.revoked_at.is_(None)).with_for_update()).first() is not None


@dataclass(frozen=True, slots=True)
class Used:
    """What an invitation that was just used up gives: a role in a unit, or (``person``) one more account."""

    unit: int
    role: str
    by: int | None
    person: int | None


def use(connection: Connection, invite_id: int, person_id: int, at: datetime) -> Used | None:
    """Use an invitation up and return what it gives; None if it is used, revoked or expired meanwhile."""
    mine = update(invite).where(invite.c.id == invite_id, invite.c.used_at.is_(None), invite.c.expires_at > at)
    mine = mine.where(invite.c.revoked_at.is_(None))
    if not connection.execute(mine.values(used_at=at, used_by=person_id)).rowcount:
        return None
    columns = (invite.c.unit, invite.c.role, invite.c.created_by, invite.c.person)
    return Used(*connection.execute(select(*columns).where(invite.c.id == invite_id)).one())


def revoke(connection: Connection, invite_id: int, at: datetime) -> bool:
    """Take an invitation back; False if it is used, revoked or expired already."""
    mine = update(invite).where(invite.c.id == invite_id, invite.c.used_at.is_(None), invite.c.expires_at > at)
    return bool(connection.execute(mine.where(invite.c.revoked_at.is_(None)).values(revoked_at=at)).rowcount)


# --- where a code stands in plain ---------------------------------------------------------------------------------


def carried_by(connection: Connection, invite_id: int, outbox_id: int) -> None:
    """Note in which message the code stands."""
    connection.execute(update(invite).where(invite.c.id == invite_id).values(outbox=outbox_id))


_CARRIED = (
    select(invite.c.id, invite.c.code_hash, outbox.c.id, outbox.c.payload)
    .join(outbox, outbox.c.id == invite.c.outbox)
    .order_by(invite.c.id)
)


def forget_codes(connection: Connection, now: datetime) -> int:
    """Strike codes out of messages delivered a while ago or given up, and of those no longer open; return how many.

    A message that still waits to be sent keeps its code unless the invitation has ended.
    """
    delivered = or_(outbox.c.sent_at <= now - SHOWN, outbox.c.dead_at.is_not(None))
    over = or_(invite.c.used_at.is_not(None), invite.c.revoked_at.is_not(None), invite.c.expires_at <= now)
    return _strike_out(connection, connection.execute(_CARRIED.where(or_(delivered, over))).all())


def forget_code(connection: Connection, invite_id: int) -> None:
    """Strike one code out of the message that carries it, if any still does."""
    _strike_out(connection, connection.execute(_CARRIED.where(invite.c.id == invite_id)).all())


def _strike_out(connection: Connection, found: Iterable[Any]) -> int:
    struck = 0
    for invite_id, code_hash, outbox_id, payload in found:
        message = json.loads(payload)
        message["text"] = _without(message.get("text", ""), code_hash)
        connection.execute(update(outbox).where(outbox.c.id == outbox_id).values(payload=dumps(message)))
        connection.execute(update(invite).where(invite.c.id == invite_id).values(outbox=None))
        struck += 1
    return struck


def _without(text: str, code_hash: str) -> str:
    """Return ``text`` with the code of this hash hidden; other words that look like one stay."""
    return _CODE.sub(
        lambda found: people_texts.HIDDEN_CODE if _hash(normalised(found[0])) == code_hash else found[0], text
    )


_EVENT = select(inbox.c.raw, inbox.c.said).where(inbox.c.id == bindparam("inbox_id"))


def hide_typed(connection: Connection, inbox_id: int, code: str) -> None:
    """Strike a code that somebody sent out of what is kept of their message; right or wrong, nobody reads it there."""
    row = connection.execute(_EVENT, {"inbox_id": inbox_id}).first()
    if row is None or not code:
        return
    spelled = json.dumps(code, ensure_ascii=False)[1:-1]
    raw, said = (
        row.raw.replace(code, people_texts.HIDDEN_CODE).replace(spelled, people_texts.HIDDEN_CODE),
        row.said.replace(code, people_texts.HIDDEN_CODE),
    )
    connection.execute(update(inbox).where(inbox.c.id == inbox_id).values(raw=raw, said=said))


# --- guessing -----------------------------------------------------------------------------------------------------


def note_guess(connection: Connection, channel: str, external: str, at: datetime) -> None:
    """Count one wrong code of an account."""
    connection.execute(insert(guess), {"channel": channel, "external": external, "at": at})


def guesses_in(connection: Connection, channel: str, since: datetime) -> int:
    """Return how many wrong codes were tried on a whole channel since a moment."""
    return int(connection.execute(_ALL_GUESSES, {"channel": channel, "since": since}).scalar_one())


def guesses(connection: Connection, channel: str, external: str, since: datetime) -> int:
    """Return how many wrong codes an account has tried since a moment."""
    where = {"channel": channel, "external": external, "since": since}
    return int(connection.execute(_GUESSES, where).scalar_one())


def guesses_of(connection: Connection, person_id: int, channel: str, since: datetime) -> int:
    """Return how many wrong codes the accounts of a person have tried on a channel since a moment."""
    where = {"person": person_id, "channel": channel, "since": since}
    return int(connection.execute(_GUESSES_OF, where).scalar_one())


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
