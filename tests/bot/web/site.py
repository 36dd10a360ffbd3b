"""The real program behind the page: storage on a file, turns, dialog and workshop; only the province is small."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.channels.host import Visitor
from bot.channels.incoming import Account, Incoming
from bot.config.doors import DOORS, facts_of
from bot.demo import building as province
from bot.documents.workshop import Workshop
from bot.runtime.writer import Writer
from bot.service.app import demo_people
from bot.turns.turn import Taken, Turn, Turns
from bot.web.arrivals import StoredArrivals
from bot.web.backend import Backend
from bot.web.guards import BELL
from bot.web.records import ChatLine, StoredRecords
from bot.web.server import make_app
from bot.web.stream import Bell
from dialogs.values.events import TextReceived
from storage.campaigns import campaigns
from storage.schema.database import Database, open_database

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SECRET = "câu trả lời bí mật"


def now() -> datetime:
    return datetime.now(UTC)


def small_province(path: Path) -> None:
    """Make the demo's units, people and campaign at ``path``, with nothing answered yet."""
    database = open_database(f"sqlite:///{path}", facts_of(DOORS))
    database.migrate()
    with database.write() as connection:
        province.found_units(connection, now())
        province.add_people(connection, now())
        province.publish_forms(connection, now())
        campaigns.open_campaign(connection, province.running(now().astimezone(ZONE).date()), now(), ZONE)
    database.close()


class Unsteady:
    """The real turns and records; while ``down`` is set, all of them fail as with a database that is away."""

    def __init__(self, turns: Turns, records: StoredRecords) -> None:
        self.down = False
        self._turns = turns
        self._records = records

    async def take(self, incomings: Sequence[Incoming]) -> list[Taken]:
        self._fail_if_down()
        return await self._turns.take(incomings)

    def after(self, account: Account, line: int, limit: int) -> Sequence[ChatLine]:
        self._fail_if_down()
        return self._records.after(account, line, limit)

    def before(self, account: Account, line: int, limit: int) -> Sequence[ChatLine]:
        self._fail_if_down()
        return self._records.before(account, line, limit)

    def file(self, account: Account, file: int) -> tuple[str, str, bytes] | None:
        self._fail_if_down()
        return self._records.file(account, file)

    def menu(self, account: Account) -> Sequence[tuple[str, str]]:
        self._fail_if_down()
        return self._records.menu(account)

    def check(self) -> None:
        self._fail_if_down()
        self._records.check()

    def _fail_if_down(self) -> None:
        if self.down:
            raise ConnectionRefusedError(f"could not store {SECRET!r}")


class Site:
    """The door on a port of 127.0.0.1; ``stop`` and ``start`` are a restart, which ends every session."""

    def __init__(self, template: Path, path: Path) -> None:
        shutil.copy(template, path)
        self.database: Database = open_database(f"sqlite:///{path}", facts_of(DOORS))
        self._writer = Writer(self.database)
        self.turns = Turns(self._writer, Turn(now, ZONE))
        self._workshop = Workshop(self.database, now, ZONE, "test")
        self.office = Unsteady(self.turns, StoredRecords(self.database))
        self.people: Sequence[Visitor] = demo_people(self.database)
        self.arrivals: StoredArrivals | None = StoredArrivals(self.database, self._writer, now)
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def bell(self) -> Bell:
        return self.app[BELL]

    async def start(self) -> None:
        self.app = make_app(Backend(self.office, self.office, self.people, arrivals=self.arrivals))
        self._runner = web.AppRunner(self.app, shutdown_timeout=5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def close(self) -> None:
        await self.stop()
        await asyncio.to_thread(self._writer.close)
        self.database.close()

    async def elsewhere(self, handle: str, text: str, cid: str) -> None:
        """The same person types at the terminal."""
        await self.turns.take([Incoming(cid, Account("terminal", handle), TextReceived(text, cid))])

    async def make_documents(self) -> None:
        """Work what the workshop has to do."""
        while await asyncio.to_thread(self._workshop.work):
            pass

    def said(self, handle: str) -> list[str]:
        """What the memory holds of what this person said, without the opening of the page."""
        lines = StoredRecords(self.database).after(Account("web", handle), 0, 1000)
        return [line.said for line in lines if line.said and line.said != "/start"]
