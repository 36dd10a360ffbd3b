"""Files with their bytes: reports made and evidence sent in. They are never opened here.

What was sent in and belongs nowhere yet (``came_at`` says since when) is dropped after a day, unless its sender is
still being asked about it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dialogs.texts import objections
from dialogs.values.attached import KEPT
from storage.messages import sessions
from storage.schema.errors import Refused
from storage.schema.statements import new_id
from storage.schema.tables import attachment, file

MAX_BYTES = 20 * 1024 * 1024
"""Largest file kept."""

LOOSE_FOR = timedelta(days=1)
"""How long a file that was sent in may be attached nowhere."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with its bytes."""

    id: int
    name: str
    media_type: str
    sha256: str
    size: int
    owner: int | None
    submission: int | None
    created_at: datetime
    content: bytes


_ADD = insert(file)
_COLUMNS = ("id", "name", "media_type", "sha256", "size", "owner", "submission", "created_at", "bytes")
_READ = select(*(file.c[name] for name in _COLUMNS)).where(file.c.id == bindparam("id"))
_SAME = select(file.c.id).where(
    file.c.sha256 == bindparam("sha256"),
    file.c.name == bindparam("name"),
    file.c.owner.is_not_distinct_from(bindparam("owner")),
    file.c.submission.is_not_distinct_from(bindparam("submission")),
)
_WAITS = update(file).where(file.c.id == bindparam("of")).values(came_at=bindparam("since"))
_LOOSE = select(file.c.id, file.c.owner).where(file.c.came_at < bindparam("before")).order_by(file.c.came_at).limit(100)
_ATTACHED = select(attachment.c.id).where(attachment.c.file == bindparam("of")).limit(1)
_DROP = delete(file).where(file.c.id == bindparam("of"))


def digest(content: bytes) -> str:
    """Return what two files with the same bytes have in common."""
    return hashlib.sha256(content).hexdigest()


def put(
    connection: Connection,
    name: str,
    media_type: str,
    content: bytes,
    at: datetime,
    owner: int | None = None,
    submission: int | None = None,
) -> int:
    """Keep a file and return its id; the same one of the same owner is kept once. Raises ``Refused`` if too large."""
    if len(content) > MAX_BYTES:
        raise Refused(objections.file_too_large(name, MAX_BYTES))
    values = {
        "sha256": digest(content),
        "name": name,
        "owner": owner,
        "submission": submission,
    }
    same = connection.execute(_SAME, values).scalar()
    if same is not None:
        return int(same)
    more = {"media_type": media_type, "size": len(content), "bytes": content, "created_at": at}
    return new_id(connection.execute(_ADD, {**values, **more}))


def receive(connection: Connection, name: str, media_type: str, content: bytes, at: datetime, owner: int) -> int:
    """Keep a file that somebody sent and return its id; it waits to be attached. Raises as ``put``."""
    kept = put(connection, name, media_type, content, at, owner)
    connection.execute(_WAITS, {"of": kept, "since": at})
    return kept


def attached(connection: Connection, file_id: int) -> None:
    """A file belongs somewhere and stays, also if it is taken off again."""
    connection.execute(_WAITS, {"of": file_id, "since": None})


def drop_loose(connection: Connection, now: datetime) -> int:
    """Drop files that have waited for longer than a day; return how many.

    One that belongs somewhere after all stays, and one that its sender is asked about waits for another day.
    """
    dropped = 0
    for row in connection.execute(_LOOSE, {"before": now - LOOSE_FOR}).all():
        asked = _is_asked_about(connection, row.owner, row.id)
        if asked or connection.execute(_ATTACHED, {"of": row.id}).first() is not None:
            connection.execute(_WAITS, {"of": row.id, "since": now if asked else None})
        else:
            connection.execute(_DROP, {"of": row.id})
            dropped += 1
    return dropped


def _is_asked_about(connection: Connection, owner: int, file_id: int) -> bool:
    """Whether the sender's dialog holds the file; it cannot be attached meanwhile."""
    kept = sessions.load(connection, owner).kept
    return any(each.source == f"{KEPT}{file_id}" for each in (kept.files if kept else ()))


def read(connection: Connection, file_id: int) -> StoredFile | None:
    """Return a file, None if there is none with this id. Who may have it is the caller's question."""
    row = connection.execute(_READ, {"id": file_id}).first()
    return StoredFile(*row) if row else None
