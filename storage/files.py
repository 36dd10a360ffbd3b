"""Files with their bytes: reports made and evidence sent in. They are never opened here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage.errors import Refused
from storage.statements import new_id
from storage.tables import file

MAX_BYTES = 20 * 1024 * 1024
"""Largest file kept."""


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
        raise Refused(f"Tệp “{name}” lớn hơn {MAX_BYTES // 1024 // 1024} MB nên không lưu được.")
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


def read(connection: Connection, file_id: int) -> StoredFile | None:
    """Return a file, None if there is none with this id. Who may have it is the caller's question."""
    row = connection.execute(_READ, {"id": file_id}).first()
    return StoredFile(*row) if row else None
