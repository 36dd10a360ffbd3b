"""What the dialogs about people keep between turns."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.turn.kept import Kept


@dataclass(frozen=True, slots=True)
class Inviting(Kept):
    """What is known of new invitations: into which unit (0: not known), in which role, how many."""

    kind = "inviting"
    unit: int = 0
    role: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Invited(Kept):
    """The invitation that was shown, what is asked about it, and what is said once it is accepted."""

    kind = "invitation"
    invite: int
    ask: str
    done: str


@dataclass(frozen=True, slots=True)
class MembersShown(Kept):
    """The unit whose people are shown; 0: not known."""

    kind = "members"
    unit: int = 0


@dataclass(frozen=True, slots=True)
class RoleEnding(Kept):
    """The role that is about to be ended."""

    kind = "ending"
    role: int
