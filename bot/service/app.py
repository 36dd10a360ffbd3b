"""The service: one writer, the doors that are open, the sender, the workshops and the clock."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.channels.channel import DoorClosed
from bot.channels.door import Door, FileSource, Installation, Intake, OpenDoor
from bot.channels.host import Host, Visitor
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
from storage.messages.jobs import KINDS
from storage.schema import meta
from storage.schema.database import Database
from storage.units import units

WORKSHOP_SECONDS = 0.3
PROCESS = f"{socket.gethostname()}-{os.getpid()}"

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Office:
    """What every part of the running service works with."""

    settings: Settings
    database: Database
    writer: Writer
    sender: Sender
    now: Callable[[], datetime]

    @property
    def alone(self) -> bool:
        """Whether nobody else hosts these doors, so that what a dead process had claimed is free at once."""
        return not self.database.is_postgres


async def serve(
    settings: Settings, database: Database, now: Callable[[], datetime], port: int, demo: bool = False
) -> None:
    """Run every door that is open until interrupted. Raises ``DoorClosed``, also where none is open."""
    opened = _opened(settings, port, demo)
    writer = Writer(database)
    channels = {each.channel.name: each.channel for _, each in opened if each.channel is not None}
    turns = Turns(writer, Turn(now, settings.zone, PROCESS, frozenset(channels)))
    sender = Sender(writer, channels, now, PROCESS, alone=not database.is_postgres, zone=settings.zone)
    office = _Office(settings, database, writer, sender, now)
    reception = Reception(turns, sender)
    intakes = [each.intake(_host(office, door, reception, demo)) for door, each in opened]
    try:
        await _note_addresses(office)
        await _run(office, [each for _, each in opened], intakes)
    finally:
        for _, each in opened:
            await each.close()
        writer.close()
        database.close()


def _opened(settings: Settings, port: int, demo: bool) -> list[tuple[Door, OpenDoor]]:
    here = Installation(settings.of_doors, settings.host, port, demo)
    found = [(door, opened) for door in settings.doors if (opened := door.open(here)) is not None]
    if not found:
        raise DoorClosed(texts.NO_DOOR)
    return found


def _host(office: _Office, door: Door, reception: Reception, demo: bool) -> Host:
    """What a door is given. Where it learns that it is reached, whoever makes an invitation anywhere then knows."""

    async def reached_at(address: str) -> None:
        if door.facts.link is not None:
            await office.writer.run(partial(meta.put, key=door.facts.link.noted_as, value=address))

    people = demo_people(office.database) if demo else ()
    records = StoredRecords(office.database, office.now)
    arrivals = StoredArrivals(office.database, office.writer, office.now)
    return Host(reception, records, arrivals, people, office.settings.zone, office.now, reached_at)


async def _note_addresses(office: _Office) -> None:
    """Note where doors are reached by their variables, whether this process opens them or another one."""
    for door in office.settings.doors:
        address = door.address(office.settings.of_doors)
        if door.facts.link is not None and address is not None:
            await office.writer.run(partial(meta.put, key=door.facts.link.noted_as, value=address))


def demo_people(database: Database) -> tuple[Visitor, ...]:
    """The sign-in list: the demo's people with the unit they work for."""
    with database.read() as connection:
        names = {}
        for person in demo_units.PEOPLE:
            code = person.roles[0][0] if person.roles else ""
            unit = units.by_code(connection, code, demo_units.DAY_OF_ROLES) if code else None
            names[person.handle] = unit.name if unit else texts.NO_UNIT
    return tuple(Visitor(person.handle, person.name, names[person.handle]) for person in demo_units.PEOPLE)


# --- its life -----------------------------------------------------------------------------------------------------


async def _run(office: _Office, opened: Sequence[OpenDoor], intakes: Sequence[Intake]) -> None:
    """Take and send until stopped. In the end nothing more comes in; what is in hand is sent or given back."""
    await _open_all(intakes)
    # Compiling takes minutes; nobody's own documents wait for it.
    workshops = [Workshop(office.database, office.now, office.settings.zone, PROCESS, [kind]) for kind in KINDS]
    beside = [_work(each, office.sender) for each in workshops]
    beside += [Clock(office.writer, office.now, office.settings.zone, office.sender.wake).run()]
    beside += [_fetcher(office, each.files).run() for each in opened if each.files is not None]
    beside += [each.run() for each in intakes]
    async with _sending(office.sender) as sending, _running(beside) as tasks:
        try:
            await _until_stopped([sending, *tasks])
        finally:
            for each in intakes:
                await each.close()
            for workshop in workshops:
                workshop.stop()


async def _open_all(intakes: Sequence[Intake]) -> None:
    """Open every door before any is received from: a port that is taken must not leave half a service behind."""
    for at, each in enumerate(intakes):
        try:
            await each.open()
        except BaseException:
            for other in intakes[:at]:
                await other.close()
            raise


def _fetcher(office: _Office, files: FileSource) -> Fetcher:
    zone, wake = office.settings.zone, office.sender.wake
    return Fetcher(office.writer, files, office.now, zone, PROCESS, wake, alone=office.alone)


@asynccontextmanager
async def _sending(sender: Sender) -> AsyncIterator[asyncio.Task[None]]:
    """Sweep while it is entered; then let sends in flight end."""
    task = asyncio.create_task(sender.run())
    try:
        yield task
    finally:
        await sender.close()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def _running(works: Iterable[Coroutine[Any, Any, None]]) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Run works while it is entered; then break them off."""
    tasks = [asyncio.create_task(each) for each in works]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


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
    try:
        done, _ = await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    for task in done - {waiting}:
        task.result()
