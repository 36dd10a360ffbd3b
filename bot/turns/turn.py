"""READ THIS FILE FIRST: one event, one transaction.

An event is taken from the inbox (seen before? stop), the person's session is loaded and locked, the pure engine
decides, the session and every effect are stored, replies among them as outbox rows. Only after the commit is anything
sent or acknowledged. A fault of ours rolls the event back alone; it is kept with its error and the person is told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import partial

from sqlalchemy import Connection
from transitions import Machine

from bot.channels.incoming import Incoming, storable
from bot.runtime.faults import described
from bot.runtime.writer import Writer
from dialogs.engine import MACHINE, advance, command_in
from dialogs.machine import CATALOG
from dialogs.people.joining import code_in
from dialogs.texts import evidence as evidence_texts
from dialogs.texts import refusals
from dialogs.turn.session import Session
from dialogs.values.attached import KEPT
from dialogs.values.effects import Effect, Guessed, Join, Reply
from dialogs.values.events import ChoicePressed, Event, FileReceived, MessageEdited, Started, TextReceived
from dialogs.values.world import Person
from storage.campaigns.turn_cache import TurnCache
from storage.effects import apply
from storage.messages import files, inbox, outbox, sessions
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import invites, menus, people
from storage.schema.database import is_away
from storage.world import StoredWorld

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one event. ``outgoing`` are the outbox rows written, claimed where this process hosts the door.

    ``repeated``: it had been handled before and nothing was done. ``failed``: our own fault; the person was told.
    """

    incoming: Incoming
    outgoing: tuple[OutboxRow, ...] = ()
    effects: tuple[Effect, ...] = ()
    person: int | None = None
    repeated: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who spoke: the account row, the person behind it (None: removed), and whether their menu is out of date."""

    account: int
    person: Person | None
    old_menu: bool = False


class Turn:
    """Handles one event inside a transaction of the caller's; used by one thread at a time.

    ``hosted`` are the channels whose outbox this process sends; their replies are claimed as they are written.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        zone: tzinfo,
        process: str = "",
        hosted: frozenset[str] = frozenset(),
        machine: Machine = MACHINE,
    ) -> None:
        self._cache = TurnCache()
        self._now = now
        self._zone = zone
        self._process = process
        self._hosted = hosted
        self._machine = machine

    def now(self) -> datetime:
        return self._now()

    def local_now(self) -> datetime:
        return self._now().astimezone(self._zone)

    def handle_or_apologise(self, connection: Connection, incoming: Incoming) -> Taken:
        """Handle one event; one that makes our code fail is rolled back alone, kept, and apologised for."""
        incoming = storable(incoming)
        savepoint = connection.begin_nested()
        try:
            taken = self.handle(connection, incoming)
        except Exception as error:
            if is_away(error):
                raise
            savepoint.rollback()
            return self.keep_failed(connection, incoming, described(error))
        savepoint.commit()
        return taken

    def handle(self, connection: Connection, incoming: Incoming) -> Taken:
        """Handle one event: what it changes and what will be sent is stored together, or not at all.

        ``incoming`` holds only what can be stored: ``storable`` makes it so, before the transaction begins.
        """
        at = self._now()
        speaker = _speaker(connection, incoming, at)
        person = speaker.person
        session = sessions.load(connection, person.id) if person else Session()
        row = _receive(connection, incoming, speaker, _said(incoming.event, session), at)
        if row is None:
            return Taken(incoming, repeated=True)
        context = self._context(incoming, speaker, row, at)
        if person is None:
            return self._turn_away(connection, incoming, context)
        world = StoredWorld(connection, person, context.channel, at, self._zone, self._cache, context.limits)
        event = incoming.event
        if incoming.upload is not None and world.belongs():
            event = _keep_upload(connection, incoming, person, at)
        after, effects = advance(session, event, world, self._machine)
        rows: tuple[OutboxRow, ...] = ()
        if Join in map(type, effects):
            context, after, effects, rows = self._arrive(connection, incoming, context, after, effects)
        elif speaker.old_menu and menus.keeps_one(connection, context.channel):
            rows = menus.bring_up_to_date(connection, speaker.account, person.id, at)
        rows += self._store(connection, incoming, context, after, effects)
        return Taken(incoming, rows, effects, context.person.id)

    def _store(
        self, connection: Connection, incoming: Incoming, context: Context, after: Session, effects: tuple[Effect, ...]
    ) -> tuple[OutboxRow, ...]:
        """Save where the person stands, then everything that is to be done; return the messages."""
        # What looked like an invitation code was taken for one.
        if (after.state == "joining" or Guessed in map(type, effects)) and context.inbox is not None:
            invites.hide_typed(connection, context.inbox, code_in(incoming.event, command_in(incoming.event)))
        sessions.save(connection, context.person.id, after, context.at, context.account)
        return apply(connection, effects, context, self._cache).outbox

    def _arrive(
        self, connection: Connection, incoming: Incoming, context: Context, after: Session, effects: Sequence[Effect]
    ) -> tuple[Context, Session, tuple[Effect, ...], tuple[OutboxRow, ...]]:
        """Who has just joined sees in the same reply the first screen of whom the account belongs to from now on."""
        joined = apply(connection, [each for each in effects if isinstance(each, Join)], context, self._cache)
        person = _speaker(connection, incoming, context.at).person or context.person
        if person.id != context.person.id:
            sessions.save(connection, context.person.id, after, context.at)
            after = sessions.load(connection, person.id)
        world = StoredWorld(connection, person, context.channel, context.at, self._zone, self._cache)
        home, shown = advance(after, Started(), world, self._machine)
        others = [each for each in effects if not isinstance(each, Reply | Join)]
        return replace(context, person=person), home, (*others, *_greeted(effects, shown)), joined.outbox

    def _context(self, incoming: Incoming, speaker: _Speaker, row: int, at: datetime) -> Context:
        account = incoming.account
        return Context(
            person=speaker.person or Person(0, ""),
            account=speaker.account,
            channel=account.channel,
            external=account.external,
            inbox=row,
            message=incoming.event.message,
            at=at,
            process=self._process if account.channel in self._hosted else "",
        )

    def _turn_away(self, connection: Connection, incoming: Incoming, context: Context) -> Taken:
        """Somebody whose access has ended learns nothing more, not even the name of a unit."""
        reply = Reply(refusals.stranger())
        row = outbox.add(connection, outbox.to_speaker(context, outbox.to_payload(reply)))
        return Taken(incoming, (row,), (reply,))

    def keep_failed(self, connection: Connection, incoming: Incoming, why: str) -> Taken:
        """Keep an event that made our own code fail, tell the person so, and let the next one go on."""
        at = self._now()
        speaker = _speaker(connection, incoming, at)
        row = _receive(connection, incoming, speaker, _said(incoming.event, Session()), at)
        if row is None:
            return Taken(incoming, repeated=True)
        inbox.failed(connection, row, why)
        reply = Reply(refusals.apology(), refused=refusals.apology())
        context = self._context(incoming, speaker, row, at)
        person = speaker.person.id if speaker.person else None
        sent = outbox.add(connection, outbox.to_speaker(context, outbox.to_payload(reply)))
        return Taken(incoming, (sent,), (reply,), person, failed=True)


class Turns:
    """Events of all doors, through the one writer. Turns of one person never overlap; sends of different people do."""

    def __init__(self, writer: Writer, turn: Turn) -> None:
        self._writer = writer
        self._turn = turn

    async def take(self, incomings: Sequence[Incoming]) -> list[Taken]:
        """Handle events in order; returns after the commit of all of them."""
        events = [storable(each) for each in incomings]
        works = [self._writer.submit(partial(self._turn.handle, incoming=each)) for each in events]
        done = await asyncio.gather(*works, return_exceptions=True)
        return [
            await self._failed(event, each) if isinstance(each, BaseException) else each
            for event, each in zip(events, done, strict=True)
        ]

    async def _failed(self, incoming: Incoming, error: BaseException) -> Taken:
        if is_away(error):
            # Not the event's fault: once more on a new connection; then whoever brought it brings it again.
            return await self._writer.run(partial(self._turn.handle, incoming=incoming))
        if not isinstance(error, Exception):
            raise error
        _LOG.error("event %s of %s failed: %s", incoming.id, incoming.account.channel, type(error).__name__)
        return await self._writer.run(partial(self._turn.keep_failed, incoming=incoming, why=described(error)))


def _speaker(connection: Connection, incoming: Incoming, now: datetime) -> _Speaker:
    """The account that spoke, noted if it is new; nobody speaks for a person who was removed."""
    account = incoming.account
    known = people.speaker(connection, account.channel, account.external)
    known = known or people.newcomer(connection, account.channel, account.external, account.name, now)
    if known is not None and known.blocked:
        # Who writes again has unblocked the bot.
        people.set_blocked(connection, known.account, None)
    if known is not None:
        return _Speaker(known.account, Person(known.person, known.name), known.menu != CATALOG.menu.version)
    return _Speaker(people.silent(connection, account.channel, account.external), None)


def _receive(connection: Connection, incoming: Incoming, speaker: _Speaker, said: str, at: datetime) -> int | None:
    kind = type(incoming.event).__name__
    raw = incoming.raw or _raw(incoming.event)
    return inbox.take(connection, incoming.account.channel, incoming.id, speaker.account, kind, raw, at, said)


def _keep_upload(connection: Connection, incoming: Incoming, person: Person, at: datetime) -> Event:
    """Store a file that came with an event, as its sender's own; where it is attached is the dialog's question."""
    upload, event = incoming.upload, incoming.event
    if upload is None or not isinstance(event, FileReceived):
        return event
    kept = files.receive(connection, upload.name, upload.media_type, upload.content, at, person.id)
    return replace(event, source=f"{KEPT}{kept}")


def _greeted(effects: Sequence[Effect], shown: Sequence[Effect]) -> tuple[Effect, ...]:
    """The first screen with the greeting before it: one reply to one message."""
    said = "\n".join(each.text for each in effects if isinstance(each, Reply))
    return tuple(replace(each, text=f"{said}\n\n{each.text}") if isinstance(each, Reply) else each for each in shown)


def _said(event: Event, session: Session) -> str:
    """What the person said, as their conversation shows it: the text as typed, or the label of the button."""
    if isinstance(event, TextReceived | MessageEdited):
        return event.text
    if isinstance(event, ChoicePressed):
        action = event.choice.partition(":")[2]
        return next((label for _, known, label in session.choices if known == action), "")
    if isinstance(event, FileReceived):
        return "\n".join(part for part in (f"📎 {event.name or evidence_texts.A_PHOTO}", event.caption) if part)
    return "/start" if isinstance(event, Started) else ""


def _raw(event: Event) -> str:
    return event.choice if isinstance(event, ChoicePressed) else _said(event, Session())
