"""Who works where, as far as a person's rights reach: what the dialogs about people may look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from dialogs.values.rights import Right


@dataclass(frozen=True, slots=True)
class UnitToday:
    """A unit as it is today, or was on its last day (``until``; None: it still is)."""

    id: int
    code: str
    name: str
    parent_name: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class StaffRole:
    """One role of one person. ``seen``: when they last spoke; ``blocked``: no account of theirs can be written to.

    ``mine``: it is the role of whoever asks; ``removable``: whoever asks may end it.
    """

    role_id: int
    person: int
    name: str
    role: str
    unit_id: int
    unit_name: str
    seen: datetime | None = None
    blocked: bool = False
    mine: bool = False
    removable: bool = False


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """A code that was given out and not used yet; ``by`` is the name of whoever did, '' for the command line."""

    id: int
    role: str
    unit_name: str
    expires_at: datetime
    by: str


class Staff(Protocol):
    """Nothing here is ever of a unit that the asked right does not reach."""

    def roles(self) -> frozenset[str]:
        """The words of the roles that the person has, wherever."""
        ...

    def places(self, rights: Iterable[Right]) -> tuple[UnitToday, ...]:
        """The units over which the person has any of ``rights``, in administrative order."""
        ...

    def invitable(self, unit: int) -> tuple[str, ...]:
        """The roles to which the person may invite in a unit."""
        ...

    def members(self, unit: int) -> tuple[StaffRole, ...]:
        """The people of a unit; nobody where the person may not know (``member.read``)."""
        ...

    def mine(self) -> tuple[StaffRole, ...]:
        """The person's own roles."""
        ...

    def removable(self, role: int) -> StaffRole | None:
        """An active role that the person may end, being the own one or by right; it stays so until the turn ends."""
        ...

    def is_last(self, role: int) -> bool:
        """Whether nobody else administers the topmost unit in which this role is held."""
        ...

    def invitations(self) -> tuple[OpenInvitation, ...]:
        """The open invitations that the person may take back, newest first."""
        ...
