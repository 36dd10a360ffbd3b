"""The clock beside the other parts: what is due is queued, sent, pressed, and never said twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.polling import Poller
from bot.runtime.writer import Writer
from bot.sending.sender import Sender
from bot.service.reception import Reception
from bot.turns import clock as ticking
from bot.turns.turn import Turn, Turns
from storage.messages import files
from storage.people import people
from storage.schema.database import Database
from storage.schema.tables import file
from tests.loopback import BotApi, Person
from tests.loopback.doubles import Clock, Post, settled
from tests.loopback.office import FIRST_CHAT, found_office
from tests.office.founding import ZONE

OWING = 3
SEVEN_BEFORE = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)  # 08:00 of the Monday seven days before 21 December
STATES = "SELECT kind, state, count(*) FROM reminder GROUP BY kind, state ORDER BY kind, state"


@dataclass
class House:
    """The service with three officials who owe; ``woken`` counts how often the sender was told to look."""

    api: BotApi
    writer: Writer
    sender: Sender
    clock: Clock
    people: list[Person]
    woken: list[None] = field(default_factory=list)

    def ticking(self, writer: Writer | None = None) -> ticking.Clock:
        return ticking.Clock(writer or self.writer, self.clock.now, ZONE, lambda: self.woken.append(None))

    async def look(self) -> int:
        """One look of the clock, one sweep of the sender."""
        written = await self.ticking().tick()
        await self.sender.sweep()
        await settled(self.sender)
        return written


@pytest.fixture
async def sender(writer: Writer, channel: TelegramChannel, clock: Clock) -> AsyncIterator[Sender]:
    """The sender with the real reminders, in the zone of the office."""
    doors = {"telegram": channel}
    found = Sender(writer, doors, clock.now, "p1", clock.sleep, zone=ZONE, clock=clock.seconds)
    yield found
    await found.close()


@pytest.fixture
async def house(api: BotApi, writer: Writer, sender: Sender, clock: Clock) -> House:
    await writer.run(lambda connection: found_office(connection, OWING, clock.now(), {}))
    people = [api.person(FIRST_CHAT + number) for number in range(OWING)]
    clock.at = SEVEN_BEFORE
    return House(api, writer, sender, clock, people)


async def test_what_is_due_arrives_once(house: House, post: Post) -> None:
    assert await house.look() == OWING
    assert house.woken, "the sender looks at once, not at its next sweep"
    assert await house.look() == 0
    for person in house.people:
        assert [seen.text.splitlines()[0] for seen in person.seen] == ["Nhắc việc báo cáo"]
        assert "Chậm nhất 24:00 ngày 21/12/2026 (thứ Hai) – còn 7 ngày." in person.seen[0].text
    assert await post.look(STATES) == [("-7:2026-12-21", "sent", OWING)]


async def test_the_button_goes_to_what_is_missing_and_the_other_one_postpones(
    house: House, channel: TelegramChannel
) -> None:
    """Pressed on the real door; tomorrow it comes again, and once."""
    turns = Turns(house.writer, Turn(house.clock.now, ZONE, "p1", frozenset({"telegram"})))
    poller = Poller(channel, Reception(turns, house.sender), house.clock.sleep)
    lan = house.people[0]
    await house.look()
    reminder = await lan.next()
    running = [asyncio.create_task(poller.run()), asyncio.create_task(house.sender.run())]
    lan.press(reminder, "Nhắc lại sau")
    asked = await lan.next()
    lan.press(asked, next(label for label, _ in asked.buttons if "Ngày mai" in label))
    told = await lan.next()
    lan.press(reminder, "Làm tiếp")
    question = await lan.next()
    poller.stop()
    await running[0]
    assert "Sẽ nhắc lại lúc 08:00 ngày 15/12/2026" in told.text
    assert question.text.startswith("Căn cứ của báo cáo · 1/32")

    house.clock.at = datetime(2026, 12, 15, 1, 0, tzinfo=UTC)
    assert await house.look() == 1
    assert "còn 6 ngày" in (await lan.next()).text
    assert await house.look() == 0
    await house.sender.close()
    await running[1]


async def test_somebody_who_blocked_the_bot_is_marked_and_the_others_are_reminded(house: House, post: Post) -> None:
    house.people[1].blocked = True
    await house.look()
    assert await post.look(STATES) == [("-7:2026-12-21", "failed", 1), ("-7:2026-12-21", "sent", OWING - 1)]
    house.clock.at = datetime(2026, 12, 18, 1, 0, tzinfo=UTC)
    await house.look()
    assert ("-1:2026-12-21", "no_door", 1) in await post.look(STATES)


async def test_a_database_that_is_away_is_waited_for(
    house: House, sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    class Away(Writer):
        """While it is away works fail as those of a database do that is not there."""

        away = True

        async def run(self, work):  # type: ignore[no-untyped-def]
            if self.away:
                raise OperationalError("SELECT", {}, OSError("away"))
            return await super().run(work)

    writer = Away(sqlite)
    clock = house.ticking(writer)
    with caplog.at_level(logging.ERROR):
        assert await clock.tick() == 0
    assert {record.message for record in caplog.records} == {"clock: OperationalError"}
    writer.away = False
    assert await clock.tick() == OWING
    writer.close()


async def test_a_file_that_belongs_nowhere_is_dropped_by_it(house: House) -> None:
    def send(connection: Connection) -> int:
        owner = people.create_person(connection, "Lan", house.clock.now(), "lan")
        files.receive(connection, "a.pdf", "application/pdf", b"%PDF-", house.clock.now() - timedelta(hours=25), owner)
        return files.receive(connection, "b.pdf", "application/pdf", b"%PDF-1", house.clock.now(), owner)

    kept = await house.writer.run(send)
    await house.ticking().tick()
    assert await house.writer.run(lambda connection: list(connection.execute(select(file.c.id)).scalars())) == [kept]


async def test_it_looks_again_and_again_until_it_is_stopped(house: House) -> None:
    """Nothing is due at first; the moment comes while it runs."""
    house.clock.at = datetime(2026, 12, 14, 0, 58, tzinfo=UTC)
    running = asyncio.create_task(
        ticking.Clock(house.writer, house.clock.now, ZONE, lambda: house.woken.append(None), house.clock.sleep).run()
    )
    async with asyncio.timeout(20):
        while not house.woken:
            await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert house.clock.slept[:6] == [ticking.TICK_SECONDS] * 6


async def test_what_a_late_start_left_out_is_one_line_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.clock.at = datetime(2026, 12, 20, 1, 30, tzinfo=UTC)
    assert await house.look() == 0, "a Sunday"
    house.clock.at = datetime(2026, 12, 21, 1, 30, tzinfo=UTC)
    with caplog.at_level(logging.WARNING):
        assert await house.look() == OWING
    said = [record.message for record in caplog.records if record.name == "bot.turns.clock"]
    assert said == [f"reminders: {2 * OWING} that were missed are not sent, newer ones say more"]


async def test_several_clocks_on_one_database(house: House, post: Post) -> None:
    """Each process looks for itself: everybody hears once."""
    written = await asyncio.gather(*(house.ticking().tick() for _ in range(4)))
    assert sum(written) == OWING
    await house.look()
    assert [len(person.seen) for person in house.people] == [1] * OWING
    assert await post.look(STATES) == [("-7:2026-12-21", "sent", OWING)]


async def test_a_message_of_a_person_goes_on_while_many_are_planned(house: House) -> None:
    """The clock gives the writer back between two looks."""
    order: list[str] = []

    async def other() -> None:
        await house.writer.run(lambda connection: order.append("reply"))

    def note(_: Connection) -> None:
        order.append("end")

    looking = asyncio.create_task(house.ticking().tick())
    await asyncio.sleep(0)
    await other()
    await looking
    await house.writer.run(note)
    assert order == ["reply", "end"]
