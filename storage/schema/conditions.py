"""Conditions that many statements ask for, each said once: statuses, roles in force, people who are still there."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, bindparam, or_

from storage.schema.tables import person, role

UNSENT = ("not_opened", "in_progress")
"""The statuses in which a report was not sent and not handed back."""

WRITABLE = (*UNSENT, "returned")
"""The statuses in which answers may be written, and a report sent."""

SENT = ("sent", "accepted")
"""The statuses in which a report is with those who asked for it."""

OF_ROLE = and_(person.c.id == role.c.person, person.c.removed_at.is_(None))
"""Joins a role with its person, unless they were removed."""


def in_force(moment: str = "at") -> ColumnElement[bool]:
    """Return the condition that a role is given and not ended at the moment bound as ``moment``."""
    return and_(
        role.c.granted_at <= bindparam(moment), or_(role.c.ended_at.is_(None), role.c.ended_at > bindparam(moment))
    )
