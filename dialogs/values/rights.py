"""Who may do what where: one table of rights, each ``noun.verb``, for every door and every command.

A role is held in a unit and reaches that unit (``OWN``), the units under it (``BELOW``) or both (``TREE``); the way up
is the dated hierarchy's. Whoever has no row has no right. Asked when an event is taken, by ``storage.people.rights``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

OFFICIAL, LEAD, COORDINATOR, ADMINISTRATOR = "official", "lead", "coordinator", "administrator"
ROLES = (OFFICIAL, LEAD, COORDINATOR, ADMINISTRATOR)


class Reach(StrEnum):
    """Over which units a role has a right: its own, those below it, or its own and those below."""

    OWN = "own"
    BELOW = "below"
    TREE = "own and below"

    def covers(self, levels_up: int) -> bool:
        """Whether a role held ``levels_up`` levels above a unit (0: in it) has the right over it."""
        return self is not Reach.BELOW if levels_up == 0 else self is not Reach.OWN


class Right(StrEnum):
    """What is done to which thing of a unit."""

    REPORT_FILL = "report.fill"
    REPORT_SEND = "report.send"
    REPORT_CONFIRM = "report.confirm"
    CORRECTION_ASK = "correction.ask"
    PART_ASSIGN = "part.assign"
    EVIDENCE_ADD = "evidence.add"
    EVIDENCE_READ = "evidence.read"
    REPORT_READ = "report.read"
    PROGRESS_READ = "progress.read"
    REPORT_COMPILE = "report.compile"
    REPORT_RETURN = "report.return"
    REPORT_ACCEPT = "report.accept"
    REPORT_REOPEN = "report.reopen"
    DEADLINE_EXTEND = "deadline.extend"
    REMINDER_SEND = "reminder.send"
    CAMPAIGN_OPEN = "campaign.open"
    RECORD_READ = "record.read"
    MEMBER_READ = "member.read"
    OFFICIAL_INVITE = "official.invite"
    LEAD_INVITE = "lead.invite"
    COORDINATOR_INVITE = "coordinator.invite"
    ADMINISTRATOR_INVITE = "administrator.invite"
    OFFICIAL_REMOVE = "official.remove"
    LEAD_REMOVE = "lead.remove"
    COORDINATOR_REMOVE = "coordinator.remove"
    ADMINISTRATOR_REMOVE = "administrator.remove"


_OWN, _BELOW, _TREE = Reach.OWN, Reach.BELOW, Reach.TREE

REACH: Mapping[Right, Mapping[str, Reach]] = {
    Right.REPORT_FILL: {OFFICIAL: _OWN, LEAD: _OWN},
    Right.REPORT_SEND: {OFFICIAL: _OWN, LEAD: _OWN},
    Right.REPORT_CONFIRM: {LEAD: _OWN},
    Right.CORRECTION_ASK: {OFFICIAL: _OWN, LEAD: _OWN},
    Right.PART_ASSIGN: {LEAD: _OWN},
    Right.EVIDENCE_ADD: {OFFICIAL: _OWN, LEAD: _OWN},
    Right.EVIDENCE_READ: {OFFICIAL: _OWN, LEAD: _TREE, COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.REPORT_READ: {OFFICIAL: _OWN, LEAD: _TREE, COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.PROGRESS_READ: {LEAD: _TREE, COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.REPORT_COMPILE: {LEAD: _TREE, COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    # Nobody decides about the report of the unit they sit in, but an administrator: above the topmost there is no one.
    Right.REPORT_RETURN: {COORDINATOR: _BELOW, ADMINISTRATOR: _TREE},
    Right.REPORT_ACCEPT: {COORDINATOR: _BELOW, ADMINISTRATOR: _TREE},
    Right.REPORT_REOPEN: {COORDINATOR: _BELOW, ADMINISTRATOR: _TREE},
    Right.DEADLINE_EXTEND: {COORDINATOR: _BELOW, ADMINISTRATOR: _TREE},
    Right.REMINDER_SEND: {COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.CAMPAIGN_OPEN: {COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.RECORD_READ: {LEAD: _OWN, COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.MEMBER_READ: {LEAD: _OWN, COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.OFFICIAL_INVITE: {LEAD: _OWN, COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.LEAD_INVITE: {COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.COORDINATOR_INVITE: {COORDINATOR: _BELOW, ADMINISTRATOR: _TREE},
    Right.ADMINISTRATOR_INVITE: {ADMINISTRATOR: _TREE},
    Right.OFFICIAL_REMOVE: {LEAD: _OWN, COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.LEAD_REMOVE: {COORDINATOR: _TREE, ADMINISTRATOR: _TREE},
    Right.COORDINATOR_REMOVE: {COORDINATOR: _BELOW, ADMINISTRATOR: _TREE},
    Right.ADMINISTRATOR_REMOVE: {ADMINISTRATOR: _TREE},
}


def invite_right(role: str) -> Right:
    """The right to invite somebody to a role."""
    return Right(f"{role}.invite")


def remove_right(role: str) -> Right:
    """The right to end somebody's role."""
    return Right(f"{role}.remove")


def allows(right: Right, held: Iterable[tuple[str, int]]) -> bool:
    """Whether one of the roles ``held``, each with how many levels above the unit it is held, gives ``right``."""
    reaches = REACH[right]
    return any((reach := reaches.get(role)) is not None and reach.covers(up) for role, up in held)


def as_table() -> str:
    """Return the rights as a Markdown table, for the docs: one row a right, one column a role."""
    lines = ["| Right | " + " | ".join(ROLES) + " |", "|---" * (len(ROLES) + 1) + "|"]
    for right, reaches in REACH.items():
        cells = [reaches[role].value if role in reaches else "–" for role in ROLES]
        lines.append(f"| `{right.value}` | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
