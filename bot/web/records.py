"""What the web chat reads from storage: a person's conversation over all doors, and the files handed to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.incoming import Account
from storage import conversation, files, meta, people
from storage.conversation import Line as StoredLine
from storage.database import Database


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One line as the page shows it."""

    id: int
    channel: str
    said: str
    said_id: str
    at: datetime
    text: str
    choices: Sequence[Mapping[str, Any]]
    files: Sequence[Mapping[str, Any]]


class StoredRecords:
    """Every call is one short read for one person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(self, account: Account, line: int, limit: int) -> Sequence[ChatLine]:
        """Return the first ``limit`` lines after ``line``, oldest first."""
        return self._lines(account, lambda connection, person: conversation.since(connection, person, line, limit))

    def before(self, account: Account, line: int, limit: int) -> Sequence[ChatLine]:
        """Return the last ``limit`` lines before ``line`` (0: the newest), oldest first."""
        if line <= 0:
            return self._lines(account, lambda connection, person: conversation.latest(connection, person, limit))
        return self._lines(account, lambda connection, person: conversation.before(connection, person, line, limit))

    def file(self, account: Account, file: int) -> tuple[str, str, bytes] | None:
        """Return name, media type and bytes of a file that is this person's; None for any other."""
        with self._database.read() as connection:
            person = _person(connection, account)
            found = files.read(connection, file) if person is not None else None
            if found is None or found.owner != person:
                return None
            return found.name, found.media_type, found.content

    def check(self) -> None:
        """Raise if the database cannot be reached."""
        with self._database.read() as connection:
            meta.get(connection, "schema")

    def _lines(self, account: Account, look: Callable[[Connection, int], Sequence[StoredLine]]) -> Sequence[ChatLine]:
        with self._database.read() as connection:
            person = _person(connection, account)
            prefix = f"{account.external}:"
            return [] if person is None else [_line(each, prefix) for each in look(connection, person)]


def _person(connection: Connection, account: Account) -> int | None:
    found = people.speaker(connection, account.channel, account.external)
    return found.person if found else None


def _line(line: StoredLine, prefix: str) -> ChatLine:
    choices = [{"id": choice.id, "label": choice.label, "key": choice.key} for choice in line.choices]
    attached = [] if line.file is None else [{"id": line.file, "name": line.file_name, "size": line.file_size}]
    return ChatLine(
        line.id, line.channel, line.said, line.said_id.removeprefix(prefix), line.at, line.text, choices, attached
    )
