"""Where the parts meet: one writer, the doors, the sender, the workshop. To add a door: one line in ``_doors``."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from aiohttp import web

from bot.channels.channel import Channel
from bot.channels.telegram.adapter import CAPABILITIES, TelegramChannel
from bot.channels.telegram.polling import Poller
from bot.config.settings import Settings
from bot.demo import units as demo_units
from bot.documents.workshop import Workshop
from bot.runtime import texts
from bot.runtime.writer import Writer
from bot.sending.sender import Sender
from bot.service.reception import Reception
from bot.turns.clock import Clock
from bot.turns.fetching import Fetcher
from bot.turns.turn import Turn, Turns
from bot.web.arrivals import StoredArrivals
from bot.web.records import StoredRecords
from bot.web.server import SignInPerson, WebDoor, make_app
from storage.messages.jobs import KINDS
from storage.people import membership
from storage.schema import meta
from storage.schema.database import Database
from storage.units import units

WORKSHOP_SECONDS = 0.3
CLOSE_SECONDS = 10.0
PROCESS = f"{socket.gethostname()}-{os.getpid()}"


_LOG = logging.getLogger(__name__)


class PortInUse(Exception):
    """Another program listens there already."""


class CannotListen(Exception):
    """The address is not of this machine, or may not be used; the message is one line."""


async def serve(
    settings: Settings, database: Database, now: Callable[[], datetime], port: int | None, demo: bool
) -> None:
    """Run until interrupted. ``port`` None: no web chat. Raises ``PortInUse``, ``DoorClosed``."""
    telegram = _telegram(settings)
    doors: dict[str, Channel] = {telegram.name: telegram} if telegram else {}
    writer = Writer(database)
    turns = Turns(writer, Turn(now, settings.zone, PROCESS, frozenset(doors)))
    # On a database of its own nobody else hosts these doors, so what a dead process had claimed is free at once.
    sender = Sender(writer, doors, now, PROCESS, alone=not database.is_postgres, zone=settings.zone)
    door = _web_door(settings, database, writer, turns, now, demo) if port is not None else None
    runner = await _web(settings, door, port) if door is not None and port is not None else None
    # Compiling takes minutes; nobody's own documents wait for it.
    workshops = [Workshop(database, now, settings.zone, PROCESS, [kind]) for kind in KINDS]
    tasks = [asyncio.create_task(sender.run()), *(asyncio.create_task(_work(each, sender)) for each in workshops)]
    tasks.append(asyncio.create_task(Clock(writer, now, settings.zone, sender.wake).run()))
    await writer.run(partial(meta.put, key=membership.PUBLIC_URL, value=settings.public_url))
    if telegram:
        fetcher = Fetcher(writer, telegram, now, settings.zone, PROCESS, sender.wake, alone=not database.is_postgres)
        tasks.append(asyncio.create_task(fetcher.run()))
    named = partial(_note_username, writer)
    poller = Poller(telegram, Reception(turns, sender), named=named) if telegram else None
    if poller:
        tasks.append(asyncio.create_task(poller.run()))
    try:
        await _until_stopped(tasks)
    finally:
        if poller:
            poller.stop()
            await asyncio.wait(tasks[-1:], timeout=CLOSE_SECONDS)
        if runner:
            await runner.cleanup()
        for each in workshops:
            each.stop()
        await _close(tasks, sender, telegram)
        writer.close()
        database.close()


async def _note_username(writer: Writer, username: str) -> None:
    """Whoever makes an invitation, in whichever process, then knows the bot's link."""
    await writer.run(partial(meta.put, key=membership.TELEGRAM_NAME, value=username))


def _telegram(settings: Settings) -> TelegramChannel | None:
    if not settings.telegram_token:
        return None
    able = replace(CAPABILITIES, **asdict(settings.telegram_limits))
    return TelegramChannel(settings.telegram_token, settings.telegram_base_url, settings.telegram_proxy, able)


def _web_door(
    settings: Settings, database: Database, writer: Writer, turns: Turns, now: Callable[[], datetime], demo: bool
) -> WebDoor:
    people = demo_people(database) if demo else ()
    arrivals = StoredArrivals(database, writer, now)
    secure = settings.public_url.startswith("https:")
    return WebDoor(turns, StoredRecords(database, now), people, settings.zone.key, arrivals, secure)


async def _web(settings: Settings, door: WebDoor, port: int) -> web.AppRunner:
    runner = web.AppRunner(make_app(door), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, settings.host, port)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse from error
        raise CannotListen(texts.cannot_listen(settings.host, port, error.strerror or str(error))) from error
    shown = runner.addresses[0][1] if runner.addresses else port
    print(texts.serving(f"http://{settings.host}:{shown}/"), file=sys.stderr, flush=True)
    return runner


def demo_people(database: Database) -> tuple[SignInPerson, ...]:
    """The sign-in list: the demo's people with the unit they work for."""
    with database.read() as connection:
        names = {}
        for person in demo_units.PEOPLE:
            code = person.roles[0][0] if person.roles else ""
            unit = units.by_code(connection, code, demo_units.DAY_OF_ROLES) if code else None
            names[person.handle] = unit.name if unit else texts.NO_UNIT
    return tuple(SignInPerson(person.handle, person.name, names[person.handle]) for person in demo_units.PEOPLE)


async def _work(workshop: Workshop, sender: Sender) -> None:
    released = False
    while True:
        try:
            if not released:
                await asyncio.to_thread(workshop.release)
                released = True
            worked = await asyncio.to_thread(workshop.work)
        except Exception as error:
            # A database away for a minute must not close the doors: jobs wait.
            _LOG.error("workshop: %s", type(error).__name__)
            worked = False
        if worked:
            sender.wake()
        else:
            await asyncio.sleep(WORKSHOP_SECONDS)


async def _until_stopped(tasks: list[asyncio.Task[None]]) -> None:
    """Return on SIGINT or SIGTERM; raise what a part raised that cannot go on."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    waiting = asyncio.create_task(stopped.wait())
    done, _ = await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for task in done - {waiting}:
        task.result()


async def _close(tasks: list[asyncio.Task[None]], sender: Sender, telegram: TelegramChannel | None) -> None:
    """No more comes in; what is in hand is sent or given back."""
    for task in tasks[1:]:
        task.cancel()
    await asyncio.gather(*tasks[1:], return_exceptions=True)
    await sender.close()
    await asyncio.gather(*tasks, return_exceptions=True)
    if telegram:
        await telegram.close()
