"""Who works where, in memory: the people and units around one person of a dialog's test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dialogs.values.decisions import EndRole, RevokeInvite
from dialogs.values.effects import Effect
from dialogs.values.rights import REACH, ROLES, Right, invite_right
from dialogs.values.staff_world import OpenInvitation, StaffRole, UnitToday


@dataclass
class LittleStaff:
    """``units`` are those that every right of the person's reaches; ``own`` are the words of her roles."""

    own: frozenset[str] = frozenset({"official"})
    units: tuple[UnitToday, ...] = ()
    people: list[StaffRole] = field(default_factory=list)
    open_ones: list[OpenInvitation] = field(default_factory=list)
    last: frozenset[int] = frozenset()

    def roles(self) -> frozenset[str]:
        return self.own

    def places(self, rights: Iterable[Right]) -> tuple[UnitToday, ...]:
        return self.units if any(self.own & REACH[right].keys() for right in rights) else ()

    def invitable(self, unit: int) -> tuple[str, ...]:
        here = any(each.id == unit for each in self.units)
        return tuple(role for role in ROLES if here and self.own & REACH[invite_right(role)].keys())

    def members(self, unit: int) -> tuple[StaffRole, ...]:
        return tuple(each for each in self.people if each.unit_id == unit)

    def mine(self) -> tuple[StaffRole, ...]:
        return tuple(each for each in self.people if each.mine)

    def removable(self, role: int) -> StaffRole | None:
        return next((each for each in self.people if each.role_id == role and each.removable), None)

    def is_last(self, role: int) -> bool:
        return role in self.last

    def invitations(self) -> tuple[OpenInvitation, ...]:
        return tuple(self.open_ones)

    def apply(self, effect: Effect) -> None:
        """Do what was decided."""
        if isinstance(effect, EndRole):
            self.people = [each for each in self.people if each.role_id != effect.role]
        if isinstance(effect, RevokeInvite):
            self.open_ones = [each for each in self.open_ones if each.id != effect.invite]
