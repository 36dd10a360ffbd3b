"""A loopback Bot API, a database, and a sender between them; time is a value that tests move."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.channels.telegram.adapter import TelegramChannel
from bot.runtime.writer import Writer
from bot.sending.sender import Sender
from storage.schema.database import Database
from tests.loopback import BotApi
from tests.loopback.doubles import UNHURRIED, Clock, Echo, Post


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def channel(api: BotApi) -> AsyncIterator[TelegramChannel]:
    """The door, opened."""
    door = TelegramChannel(api.token, api.base_url, capabilities=UNHURRIED)
    await door.open()
    yield door
    await door.close()


@pytest.fixture
def writer(sqlite: Database) -> Iterator[Writer]:
    found = Writer(sqlite)
    yield found
    found.close()


@pytest.fixture
def post(writer: Writer, clock: Clock) -> Post:
    return Post(writer, clock)


@pytest.fixture
async def sender(writer: Writer, channel: TelegramChannel, clock: Clock) -> AsyncIterator[Sender]:
    found = Sender(writer, {"telegram": channel}, clock.now, "p1", clock.sleep, clock=clock.seconds)
    yield found
    await found.close()


@pytest.fixture
def turns(post: Post) -> Echo:
    return Echo(post)
