"""People, their accounts on the channels, and what they are in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from dialogs.values.rights import ADMINISTRATOR, COORDINATOR, LEAD, OFFICIAL, REACH, Right
from storage.schema.conditions import OF_ROLE, in_force
from storage.schema.prepared import Prepared
from storage.schema.statements import new_id
from storage.schema.tables import account, person, role

FILLS_IN = tuple(REACH[Right.REPORT_FILL])
"""The roles that see and write a unit's reports."""

__all__ = ["ADMINISTRATOR", "COORDINATOR", "FILLS_IN", "LEAD", "OFFICIAL"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke: an account and the person behind it. ``blocked``: the account had been marked as out of reach.

    ``menu`` is the version of the menu that the account was last sent, '' for none.
    """

    account: int
    person: int
    name: str
    blocked: bool = False
    menu: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person's active role in a unit."""

    role_id: int
    person: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Known:
    """A person with a handle, for the demo's sign-in list."""

    person: int
    handle: str
    name: str


_SPEAKER = Prepared(
    select(account.c.id, person.c.id, person.c.name, account.c.blocked_at, account.c.menu)
    .join(person, person.c.id == account.c.person)
    .where(account.c.channel == bindparam("channel"), account.c.external == bindparam("external"))
    .where(person.c.removed_at.is_(None))
)
_IN_FORCE = in_force()
_MEMBERS = (
    select(role.c.id, person.c.id, person.c.name, role.c.role)
    .join(person, OF_ROLE)
    .where(role.c.unit == bindparam("unit"), _IN_FORCE)
    .order_by(role.c.id)
)
_ROLES = select(role.c.unit, role.c.role).where(role.c.person == bindparam("person"), _IN_FORCE).order_by(role.c.id)


def create_person(connection: Connection, name: str, at: datetime, handle: str | None = None) -> int:
    """Store a person and return the id. Raises ``IntegrityError`` if the handle is taken."""
    result = connection.execute(insert(person), {"name": name, "handle": handle, "created_at": at})
    return new_id(result)


def add_account(
    connection: Connection, person_id: int | None, channel: str, external: str, at: datetime, name: str = ""
) -> int:
    """Store a chat identity and return its id. Raises ``IntegrityError`` if the channel's id is taken."""
    values = {"person": person_id, "channel": channel, "external": external, "name": name, "created_at": at}
    return new_id(connection.execute(insert(account), values))


def speaker(connection: Connection, channel: str, external: str) -> Speaker | None:
    """Return who speaks through ``channel`` as ``external``; None for a stranger or a person removed."""
    row = _SPEAKER.first(connection, {"channel": channel, "external": external})
    return Speaker(row[0], row[1], row[2], row[3] is not None, row[4]) if row else None


def newcomer(connection: Connection, channel: str, external: str, name: str, at: datetime) -> Speaker | None:
    """Note somebody who speaks for the first time: a person without any role. None if the account is known already."""
    found = select(account.c.id).where(account.c.channel == channel, account.c.external == external)
    if connection.execute(found).scalar() is not None:
        return None
    key = create_person(connection, name, at)
    return Speaker(add_account(connection, key, channel, external, at, name), key, name)


def silent(connection: Connection, channel: str, external: str) -> int:
    """Return the account of somebody who was removed, so that a reply has somewhere to go."""
    found = select(account.c.id).where(account.c.channel == channel, account.c.external == external)
    return int(connection.execute(found).scalar_one())


def account_of(connection: Connection, person_id: int, channel: str) -> tuple[int, str] | None:
    """Return the id and external id of the person's newest account on ``channel``."""
    found = select(account.c.id, account.c.external).where(account.c.person == person_id, account.c.channel == channel)
    row = connection.execute(found.order_by(account.c.id.desc()).limit(1)).first()
    return (row[0], row[1]) if row else None


def by_handle(connection: Connection, handle: str) -> Known | None:
    """Return the person whose handle this is."""
    found = select(person.c.id, person.c.handle, person.c.name)
    row = connection.execute(found.where(person.c.handle == handle, person.c.removed_at.is_(None))).first()
    return Known(row[0], row[1], row[2]) if row else None


def with_handles(connection: Connection) -> tuple[Known, ...]:
    """Return everybody who has a handle, in the order they were made."""
    found = select(person.c.id, person.c.handle, person.c.name).order_by(person.c.id)
    rows = connection.execute(found.where(person.c.handle.is_not(None), person.c.removed_at.is_(None)))
    return tuple(Known(*row) for row in rows)


def grant(connection: Connection, person_id: int, unit_id: int, word: str, at: datetime, by: int | None = None) -> int:
    """Give ``person_id`` the role ``word`` in a unit and return the role's id; an active one is not doubled."""
    same = select(role.c.id).where(role.c.person == person_id, role.c.unit == unit_id, role.c.role == word)
    held = connection.execute(same.where(_IN_FORCE), {"at": at}).scalar()
    if held is not None:
        return int(held)
    values = {"person": person_id, "unit": unit_id, "role": word, "granted_at": at, "granted_by": by}
    return new_id(connection.execute(insert(role), values))


def end_role(connection: Connection, role_id: int, at: datetime, by: int | None = None) -> None:
    """End a role; what was done under it stays."""
    ended = update(role).where(role.c.id == role_id, role.c.ended_at.is_(None))
    connection.execute(ended.values(ended_at=at, ended_by=by))


def is_active(connection: Connection, role_id: int, at: datetime) -> bool:
    """Whether a role is held at a moment."""
    found = select(role.c.id).where(role.c.id == role_id, _IN_FORCE)
    return connection.execute(found, {"at": at}).first() is not None


def shut_out_since(connection: Connection, person_id: int, at: datetime) -> datetime | None:
    """Return when somebody who has no role left lost the last one; None for anybody who has one, or never had."""
    if roles_of(connection, person_id, at):
        return None
    ended: datetime | None = connection.execute(
        select(func.max(role.c.ended_at)).where(role.c.person == person_id)
    ).scalar()
    return ended


def members(connection: Connection, unit_id: int, at: datetime) -> tuple[Member, ...]:
    """Return the people with an active role in a unit, longest-serving first."""
    return tuple(Member(*row) for row in connection.execute(_MEMBERS, {"unit": unit_id, "at": at}))


def roles_of(connection: Connection, person_id: int, at: datetime) -> tuple[tuple[int, str], ...]:
    """Return (unit id, role word) for every active role of a person."""
    return tuple((row[0], row[1]) for row in connection.execute(_ROLES, {"person": person_id, "at": at}))


def remove(connection: Connection, person_id: int, at: datetime, by: int | None = None) -> None:
    """End a person's access at once: every role ends and no account speaks for them any more."""
    connection.execute(update(person).where(person.c.id == person_id).values(removed_at=at))
    ended = update(role).where(role.c.person == person_id, role.c.ended_at.is_(None))
    connection.execute(ended.values(ended_at=at, ended_by=by))


def leave_account(connection: Connection, channel: str, external: str, at: datetime) -> None:
    """Let an account be nobody's way in any more; what was said through it stays its person's."""
    mine = update(account).where(account.c.channel == channel, account.c.external == external)
    connection.execute(mine.values(external=f"{external}.left", blocked_at=at))


def set_blocked(connection: Connection, account_id: int, at: datetime | None) -> None:
    """Mark an account as out of reach since ``at``; None: it can be written to again."""
    connection.execute(update(account).where(account.c.id == account_id).values(blocked_at=at))
