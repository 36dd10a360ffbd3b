"""Who works where, as far as a person's rights reach: ``dialogs.values.staff_world`` over the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from dialogs.values.rights import ADMINISTRATOR, REACH, ROLES, Right, allows, invite_right, remove_right
from dialogs.values.staff_world import OpenInvitation, Staff, StaffRole, UnitToday
from dialogs.values.world import Person
from storage.people import people
from storage.schema.conditions import OF_ROLE, in_force
from storage.schema.known_doors import known_doors
from storage.schema.tables import account, invite, person, role, session, unit
from storage.units.unit_hierarchy import Hierarchy, PlacedUnit

_IN_FORCE = in_force()
_COLLEAGUES = (
    select(role.c.id, role.c.person, person.c.name, role.c.role, role.c.unit, session.c.updated_at)
    .join(person, OF_ROLE)
    .outerjoin(session, session.c.person == role.c.person)
    .where(_IN_FORCE)
    .order_by(role.c.id)
)
_ACCOUNTS = select(account.c.person, account.c.blocked_at).where(
    account.c.person.in_(bindparam("people", expanding=True)),
    account.c.channel.not_in(bindparam("seated", expanding=True)),
)
_OPEN = (
    select(invite.c.id, invite.c.role, invite.c.unit, invite.c.expires_at, person.c.name)
    .select_from(invite.outerjoin(person, person.c.id == invite.c.created_by))
    .where(invite.c.used_at.is_(None), invite.c.revoked_at.is_(None), invite.c.expires_at > bindparam("at"))
    .where(invite.c.person.is_(None))
    .order_by(invite.c.id.desc())
)
_HOLD = select(unit.c.id).where(unit.c.id == bindparam("unit")).with_for_update()
_OTHERS = (
    select(func.count())
    .select_from(role.join(person, OF_ROLE))
    .where(_IN_FORCE, role.c.unit == bindparam("unit"), role.c.role == ADMINISTRATOR)
    .where(role.c.person != bindparam("person"))
)
_SPOKE = datetime(1971, 1, 1, tzinfo=UTC)
"""A session is made with a moment before this; who has one has spoken."""


class StoredStaff(Staff):
    """What ``person_`` may know about people, at one moment; ``lock`` is off for a read-only transaction."""

    def __init__(self, connection: Connection, person_: Person, now: datetime, lock: bool = True) -> None:
        self._connection = connection
        self._person = person_
        self._now = now
        self._lock = lock
        self._own: tuple[tuple[int, str], ...] | None = None
        self._tree: Hierarchy | None = None

    def roles(self) -> frozenset[str]:
        """Return the words of the person's roles."""
        return frozenset(word for _, word in self._held)

    def places(self, rights: Iterable[Right]) -> tuple[UnitToday, ...]:
        """Return the units over which the person has any of ``rights``, in administrative order."""
        wanted = [right for right in rights if self.roles() & REACH[right].keys()]
        if not wanted:
            return ()
        return tuple(self._place(each) for each in self._units.every() if self._has(wanted, each))

    def invitable(self, unit: int) -> tuple[str, ...]:
        """Return the roles to which the person may invite in a unit."""
        here = self._units.unit(unit)
        return tuple(word for word in ROLES if here is not None and self._has([invite_right(word)], here))

    def members(self, unit: int) -> tuple[StaffRole, ...]:
        """Return the people of a unit; nobody where the person may not know."""
        here = self._units.unit(unit)
        if here is None or not self._has([Right.MEMBER_READ], here):
            return ()
        return self._colleagues(role.c.unit == unit)

    def mine(self) -> tuple[StaffRole, ...]:
        """Return the person's own roles."""
        return self._colleagues(role.c.person == self._person.id)

    def removable(self, role_id: int) -> StaffRole | None:
        """Return an active role that the person may end; it stays so until the transaction ends."""
        found = self._colleagues(role.c.id == role_id)
        if found and found[0].removable and self._lock:
            # Whoever decides about the same unit waits; what they see then is what was decided here.
            self._connection.execute(_HOLD, {"unit": found[0].unit_id})
            self._own = None
            found = self._colleagues(role.c.id == role_id)
        return found[0] if found and found[0].removable else None

    def is_last(self, role_id: int) -> bool:
        """Return whether nobody else administers the topmost unit in which this role is held."""
        return is_last(self._connection, self._units, role_id, self._now)

    def invitations(self) -> tuple[OpenInvitation, ...]:
        """Return the open invitations that the person may take back, newest first."""
        if not any(self.roles() & REACH[invite_right(word)].keys() for word in ROLES):
            return ()
        rows = self._connection.execute(_OPEN, {"at": self._now}).all()
        return tuple(
            OpenInvitation(row.id, row.role, here.name, row.expires_at, row.name or "")
            for row in rows
            if (here := self._units.unit(row.unit)) is not None and self._has([invite_right(row.role)], here)
        )

    @property
    def _held(self) -> tuple[tuple[int, str], ...]:
        if self._own is None:
            self._own = people.roles_of(self._connection, self._person.id, self._now)
        return self._own

    @property
    def _units(self) -> Hierarchy:
        if self._tree is None:
            self._tree = Hierarchy(self._connection, self._now.date())
        return self._tree

    def _has(self, rights: Iterable[Right], here: PlacedUnit) -> bool:
        up = {unit_id: depth for depth, unit_id in enumerate((here.id, *here.above))}
        held = [(word, up[unit_id]) for unit_id, word in self._held if unit_id in up]
        return any(allows(right, held) for right in rights)

    def _place(self, here: PlacedUnit) -> UnitToday:
        above = self._units.unit(here.above[0]) if here.above else None
        until = here.day if here.day < self._now.date() else None
        return UnitToday(here.id, here.code, here.name, above.name if above else "", until)

    def _colleagues(self, which: ColumnElement[bool]) -> tuple[StaffRole, ...]:
        rows = self._connection.execute(_COLLEAGUES.where(which), {"at": self._now}).all()
        blocked = self._blocked({row.person for row in rows})
        return tuple(self._colleague(row, row.person in blocked) for row in rows)

    def _colleague(self, row: Sequence[Any], blocked: bool) -> StaffRole:
        key, who, name, word, unit_id, spoke = row
        here = self._units.unit(unit_id)
        mine = who == self._person.id
        removable = mine or (here is not None and self._has([remove_right(word)], here))
        seen = spoke if spoke is not None and spoke > _SPOKE else None
        unit_name = here.name if here else ""
        return StaffRole(key, who, name, word, unit_id, unit_name, seen, blocked, mine, removable)

    def _blocked(self, wanted: set[int]) -> set[int]:
        """Those of ``wanted`` who have accounts, all of them out of reach."""
        marks: dict[int, list[bool]] = {}
        where = {"people": list(wanted), "seated": known_doors(self._connection).seated}
        for who, blocked_at in self._connection.execute(_ACCOUNTS, where):
            marks.setdefault(who, []).append(blocked_at is not None)
        return {who for who, blocked in marks.items() if all(blocked)}


def is_last(connection: Connection, tree: Hierarchy, role_id: int, at: datetime) -> bool:
    """Return whether ending a role would leave a topmost unit without any administrator."""
    found = connection.execute(select(role.c.person, role.c.unit, role.c.role).where(role.c.id == role_id)).first()
    here = tree.unit(found.unit) if found is not None and found.role == ADMINISTRATOR else None
    if found is None or here is None or here.above:
        return False
    return not connection.execute(_OTHERS, {"unit": found.unit, "person": found.person, "at": at}).scalar_one()
