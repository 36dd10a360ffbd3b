"""The service in the test's own process: the poller and the sender run while the test talks to the bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.channels.telegram.adapter import TelegramChannel
from bot.channels.telegram.polling import Poller
from bot.runtime.writer import Writer
from bot.sending.sender import Sender
from bot.service.reception import Reception
from bot.turns.turn import Turn, Turns
from tests.loopback.doubles import Clock
from tests.office.founding import ZONE


@asynccontextmanager
async def serving(
    channel: TelegramChannel,
    writer: Writer,
    sender: Sender,
    clock: Clock,
    named: Callable[[str], Awaitable[None]] | None = None,
) -> AsyncIterator[None]:
    """Take and answer what comes in through ``channel``; ``named`` hears the bot's name."""
    turns = Turns(writer, Turn(clock.now, ZONE, "p1", frozenset({"telegram"})))
    poller = Poller(channel, Reception(turns, sender), clock.sleep, named)
    running = [asyncio.create_task(poller.run()), asyncio.create_task(sender.run())]
    yield
    poller.stop()
    await running[0]
    await sender.close()
    await running[1]
