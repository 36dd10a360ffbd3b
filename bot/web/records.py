"""What the web chat reads from storage: a person's conversation over all doors, and the files handed to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.channels.incoming import Account
from bot.runtime.timing import now
from dialogs.machine import CATALOG
from storage.messages import conversation, files
from storage.messages.conversation import ConversationLine as StoredLine
from storage.people import menus, people
from storage.reports import evidence
from storage.schema import meta
from storage.schema.database import Database
from storage.schema.known_doors import known_doors

OPAQUE = "application/octet-stream"


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
    door: str = ""


class StoredRecords:
    """Every call is one short read for one person."""

    def __init__(self, database: Database, now: Callable[[], datetime] = now) -> None:
        self._database = database
        self._now = now

    def after(self, account: Account, line: int, limit: int) -> Sequence[ChatLine]:
        """Return the first ``limit`` lines after ``line``, oldest first."""
        return self._lines(
            account, lambda connection, person, least: conversation.since(connection, person, max(line, least), limit)
        )

    def before(self, account: Account, line: int, limit: int) -> Sequence[ChatLine]:
        """Return the last ``limit`` lines before ``line`` (0: the newest), oldest first."""
        return self._lines(account, lambda connection, person, _: _before(connection, person, line, limit))

    def file(self, account: Account, file: int) -> tuple[str, str, bytes] | None:
        """Return name, media type and bytes of a file that is this person's, or evidence they may read now."""
        with self._database.read() as connection:
            person = _person(connection, account)
            found = files.read(connection, file) if person is not None else None
            if found is None or person is None or people.shut_out_since(connection, person, self._now()) is not None:
                return None
            evident = evidence.may_have(connection, person, file, self._now())
            if evident is False or (evident is None and found.owner != person):
                return None
            if evident:
                # Never what it says it is: nothing that people sent is shown or run by a browser.
                return found.name, OPAQUE, found.content
            return found.name, found.media_type, found.content

    def menu(self, account: Account) -> Sequence[tuple[str, str]]:
        """Return the commands that the person's roles offer, each with what it does."""
        with self._database.read() as connection:
            person = _person(connection, account)
            found = CATALOG.menu.strangers if person is None else menus.of_person(connection, person, self._now())
            return [(each.command, each.description) for each in found]

    def check(self) -> None:
        """Raise if the database cannot be reached."""
        with self._database.read() as connection:
            meta.get(connection, "schema")

    def _lines(
        self, account: Account, look: Callable[[Connection, int, int], Sequence[StoredLine]]
    ) -> Sequence[ChatLine]:
        with self._database.read() as connection:
            person = _person(connection, account)
            if person is None:
                return []
            least = _least(connection, person, self._now())
            prefix = f"{account.external}:"
            found = [each for each in look(connection, person, least) if each.id > least]
            doors = {each.name: each.label for each in known_doors(connection).every if each.name != account.channel}
            return [_line(each, prefix, doors.get(each.channel, "")) for each in found]


def _before(connection: Connection, person: int, line: int, limit: int) -> Sequence[StoredLine]:
    if line <= 0:
        return conversation.latest(connection, person, limit)
    return conversation.before(connection, person, line, limit)


def _least(connection: Connection, person: int, at: datetime) -> int:
    """The last line that is not shown: of somebody whose last role has ended, all until then."""
    ended = people.shut_out_since(connection, person, at)
    return 0 if ended is None else conversation.newest_id(connection, person, ended)


def _person(connection: Connection, account: Account) -> int | None:
    found = people.speaker(connection, account.channel, account.external)
    return found.person if found else None


def _line(line: StoredLine, prefix: str, door: str) -> ChatLine:
    choices = [{"id": choice.id, "label": choice.label, "key": choice.key} for choice in line.choices]
    shown = {"photo": line.file_photo} if line.file_photo else {}
    attached = [] if line.file is None else [{"id": line.file, "name": line.file_name, "size": line.file_size, **shown}]
    said_id = line.said_id.removeprefix(prefix)
    return ChatLine(line.id, line.channel, line.said, said_id, line.at, line.text, choices, attached, door)
