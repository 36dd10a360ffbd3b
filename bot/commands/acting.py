"""Commands that act for a person (``--as HANDLE``): the same rights as in the chat, asked before anything is read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.config.running import Stop
from bot.documents import document_texts
from bot.runtime import texts
from dialogs.values.rights import Right
from storage.campaigns.campaigns import Campaign, by_key, submission_of
from storage.people import people, rights
from storage.reports import sharing
from storage.units import units


def person_of(connection: Connection, handle: str) -> int:
    """Return the person with this handle; raises ``Stop`` if nobody has it."""
    found = people.by_handle(connection, handle)
    if found is None:
        raise Stop(texts.no_such_handle(handle, ""))
    return found.person


def require(connection: Connection, handle: str, right: Right, campaign: str, unit: str | None, now: datetime) -> int:
    """Return the person with this handle if the right reaches the unit (None: the campaign's first one).

    Raises ``Stop`` with one sentence that names nothing, whether the unit is somebody else's or does not exist. Who
    was handed only parts of the unit's report reads it in the chat: what is written here is the whole of it.
    """
    who = person_of(connection, handle)
    asked = by_key(connection, campaign)
    place = _place(connection, asked, unit) if asked else None
    if asked is None or place is None or not rights.may(connection, who, right, place, asked.reference_date, now):
        raise Stop(document_texts.NOT_ALLOWED)
    if right is Right.REPORT_READ and _is_limited(connection, who, asked, place):
        raise Stop(document_texts.NOT_ALLOWED)
    return who


def _is_limited(connection: Connection, who: int, asked: Campaign, unit: int) -> bool:
    report = submission_of(connection, asked.id, unit)
    return report is not None and sharing.prefixes_of(connection, report, who) is not None


def _place(connection: Connection, asked: Campaign, unit: str | None) -> int | None:
    if unit is None:
        return asked.root
    found = units.by_code(connection, unit, asked.reference_date)
    return found.id if found else None
