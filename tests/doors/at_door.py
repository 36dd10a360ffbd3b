"""Somebody at a door, whichever it is, and the office behind it as the program serves it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.channels.door import Door
from bot.config.doors import DOORS, facts_of
from bot.config.settings import read_settings
from bot.service.app import serve
from dialogs.values.doors import Delivery
from storage.campaigns import answers, attachments
from storage.compiled import unit_data
from storage.people import invites, people
from storage.schema.database import Database, open_database
from tests.loopback.office import CAMPAIGN, OPENED, code, found_office

SECONDS = 30.0
"""Only ends a broken test."""

HANDLE = "moi"
NAME = "Nguyễn Thị Mới"


@dataclass(frozen=True)
class Heard:
    """One message as a person at a door has it before her; ``file`` is its name and bytes."""

    text: str
    labels: tuple[str, ...] = ()
    file: tuple[str, bytes] | None = None


class AtDoor(Protocol):
    """One person at one door. ``variables`` are those that open it; ``come`` is how an invitation is used there."""

    door: Door

    def entered(self, office: Office) -> AbstractAsyncContextManager[Mapping[str, str]]:
        """Make the world outside the door; return the variables that open it. Left, it is gone."""
        ...

    async def come(self, code: str) -> None: ...
    async def say(self, text: str) -> None: ...
    async def press(self, label: str) -> None:
        """Choose on the newest message that offers it."""
        ...

    async def send(self, name: str, content: bytes) -> None: ...
    async def hear(self) -> Heard:
        """Return the oldest message not heard yet."""
        ...


@dataclass
class Office:
    """A commune that owes a report, at a moment that only the test moves."""

    path: Path
    at: datetime = OPENED
    port: int = field(default_factory=lambda: _free_port())

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def now(self) -> datetime:
        return self.at

    def opened(self, door: Door) -> Database:
        """Return the database as a program with this door opens it."""
        return open_database(self.url, facts_of(_with(door)))

    def invite(self, door: Door) -> str:
        """Found the commune, with somebody who has no part in it yet; return a code that invites her."""
        database = self.opened(door)
        database.migrate()
        with database.write() as connection:
            found_office(connection, 1, self.at, settings={})
            people.create_person(connection, NAME, self.at, HANDLE)
            unit = invites.unit_by_code(connection, code(0))
            assert unit is not None
            invitation = invites.create(connection, unit, people.OFFICIAL, self.at)
        database.close()
        return invitation

    @asynccontextmanager
    async def served(self, door: Door, variables: Mapping[str, str]) -> AsyncIterator[None]:
        """Run the service, as ``baocao run`` does, with this door open; one where somebody sits needs no service."""
        if door.facts.delivery is Delivery.SEATED:
            yield
            return
        environment = {"BAOCAO_DATABASE_URL": self.url, "BAOCAO_PORT": str(self.port), **variables}
        settings = read_settings(environment, _with(door))
        service = asyncio.create_task(serve(settings, self.opened(door), self.now, settings.port))
        try:
            yield
        finally:
            service.cancel()
            with suppress(asyncio.CancelledError):
                await service

    def stored(self, door: Door) -> dict[str, object]:
        """Return what is kept of the report: every answer, and the names of the files attached."""
        database = self.opened(door)
        with database.read() as connection:
            report = unit_data.find(connection, CAMPAIGN, code(0))
            kept = answers.load(connection, report)
            files = attachments.of_report(connection, report)
        database.close()
        found: dict[str, object] = {f"{a.field}/{a.row}/{a.column}": each.value for a, each in kept.items()}
        return {**found, "files": [each.name for each in files]}


def _with(door: Door) -> tuple[Door, ...]:
    return DOORS if door in DOORS else (*DOORS, door)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
