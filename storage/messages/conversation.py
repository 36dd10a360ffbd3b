"""A person's conversation over all doors, as the web page shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, or_, select

from dialogs.values.effects import Choice, Reply
from storage.messages.outbox import REMINDER, to_reply
from storage.schema.tables import inbox, outbox


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """One message to the person, with what they had said.

    ``said_id`` is the channel's id of the event that was answered ('' if none); several lines may answer one, only
    the first of those returned together carries ``said``. ``file`` is the id of a file handed over, None for a text;
    ``file_photo`` is the width and height of a picture of ours, to be shown.
    """

    id: int
    channel: str
    said: str
    said_id: str
    at: datetime
    text: str
    choices: tuple[Choice, ...]
    file: int | None
    file_name: str
    file_size: int
    reply: Reply
    file_photo: tuple[int, ...] = ()


_LINES = (
    select(
        outbox.c.id,
        outbox.c.channel,
        outbox.c.payload,
        outbox.c.created_at,
        inbox.c.said,
        inbox.c.external,
    )
    .select_from(outbox.outerjoin(inbox, inbox.c.id == outbox.c.inbox))
    .where(outbox.c.person == bindparam("person"))
    # A reminder is written before it is decided whether it goes: one that never went was never said.
    .where(or_(outbox.c.kind != REMINDER, outbox.c.sent_at.is_not(None)))
    .limit(bindparam("limit"))
)
_SINCE = _LINES.where(outbox.c.id > bindparam("after")).order_by(outbox.c.id)
_LATEST = _LINES.order_by(outbox.c.id.desc())
_BEFORE = _LINES.where(outbox.c.id < bindparam("before")).order_by(outbox.c.id.desc())
_NEWEST = select(outbox.c.id).where(outbox.c.person == bindparam("person")).order_by(outbox.c.id.desc()).limit(1)


def since(connection: Connection, person_id: int, after: int, limit: int = 200) -> tuple[ConversationLine, ...]:
    """Return up to ``limit`` lines that follow the line ``after`` (0: from the beginning), oldest first."""
    return _lines(connection, _SINCE, {"person": person_id, "after": after, "limit": limit})


def latest(connection: Connection, person_id: int, limit: int = 50) -> tuple[ConversationLine, ...]:
    """Return the newest ``limit`` lines, oldest first."""
    return _lines(connection, _LATEST, {"person": person_id, "limit": limit})


def before(connection: Connection, person_id: int, line: int, limit: int = 50) -> tuple[ConversationLine, ...]:
    """Return the last ``limit`` lines before ``line``, oldest first."""
    return _lines(connection, _BEFORE, {"person": person_id, "before": line, "limit": limit})


def newest_id(connection: Connection, person_id: int, until: datetime | None = None) -> int:
    """Return the id of the newest line, or the newest written before ``until``; 0 if there is none."""
    found = _NEWEST if until is None else _NEWEST.where(outbox.c.created_at < until)
    return connection.execute(found, {"person": person_id}).scalar() or 0


def _lines(connection: Connection, query: Select[Any], where: dict[str, Any]) -> tuple[ConversationLine, ...]:
    shown: set[str] = set()
    found: list[ConversationLine] = []
    for key, channel, payload, at, said, external in sorted(connection.execute(query, where)):
        first = bool(external) and external not in shown
        shown.add(external or "")
        found.append(_line(key, channel, json.loads(payload), at, said if first else "", external or ""))
    return tuple(found)


def _line(key: int, channel: str, payload: dict[str, Any], at: datetime, said: str, said_id: str) -> ConversationLine:
    reply = to_reply(payload)
    attached = payload.get("file") or {}
    return ConversationLine(
        key,
        channel,
        said,
        said_id,
        at,
        reply.text,
        reply.choices,
        attached.get("id"),
        attached.get("name", ""),
        attached.get("size", 0),
        reply,
        tuple(attached.get("photo", ())),
    )
