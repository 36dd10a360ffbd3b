"""READ THIS FILE FIRST: one event, one transaction.

An event is taken from the inbox (seen before? stop), the person's session is loaded and locked, the pure engine
decides, the session and every effect are stored, replies among them as outbox rows. Only after the commit is anything
sent or acknowledged. A fault of ours rolls the event back alone; it is kept with its error and the person is told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from bot.incoming import Incoming, storable
from bot.writer import Writer
from dialogs import texts
from dialogs.effects import Effect, Reply
from dialogs.engine import advance
from dialogs.events import ChoicePressed, Event, FileReceived, MessageEdited, Started, TextReceived
from dialogs.session import Session
from dialogs.world import Person
from storage import inbox, outbox, people, sessions
from storage.apply import apply
from storage.context import Context
from storage.database import is_away
from storage.memory import Memory
from storage.outbox import Message, OutboxRow
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
    """Who spoke: the account row, and the person behind it (None: removed)."""

    account: int
    person: Person | None


class Turn:
    """Handles one event inside a transaction of the caller's; used by one thread at a time.

    ``hosted`` are the channels whose outbox this process sends; their replies are claimed as they are written.
    """

    def __init__(
        self, now: Callable[[], datetime], zone: tzinfo, process: str = "", hosted: frozenset[str] = frozenset()
    ) -> None:
        self._memory = Memory()
        self._now = now
        self._zone = zone
        self._process = process
        self._hosted = hosted

    def now(self) -> datetime:
        return self._now()

    def handle_or_apologise(self, connection: Connection, incoming: Incoming) -> Taken:
        """The same, but an event that makes our code fail is rolled back alone, kept, and apologised for."""
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
        """Handle one event: what it changes and what will be sent is stored together, or not at all."""
        incoming = storable(incoming)
        speaker = _speaker(connection, incoming, self._now())
        person = speaker.person
        session = sessions.load(connection, person.id) if person else Session()
        row = self._receive(connection, incoming, speaker, _said(incoming.event, session))
        if row is None:
            return Taken(incoming, repeated=True)
        context = self._context(incoming, speaker, row)
        if person is None:
            return self._turn_away(connection, incoming, context)
        world = StoredWorld(connection, person, incoming.account.channel, self._now(), self._zone, self._memory)
        after, effects = advance(session, incoming.event, world)
        sessions.save(connection, person.id, after, self._now(), speaker.account)
        applied = apply(connection, effects, context, self._memory)
        if incoming.account.channel in outbox.READ_THERE:
            outbox.sent(connection, [row.id for row in applied.outbox], self._now())
        return Taken(incoming, applied.outbox, effects, person.id)

    def _receive(self, connection: Connection, incoming: Incoming, speaker: _Speaker, said: str) -> int | None:
        kind = type(incoming.event).__name__
        account = incoming.account
        raw = incoming.raw or _raw(incoming.event)
        return inbox.take(connection, account.channel, incoming.id, speaker.account, kind, raw, self._now(), said)

    def _context(self, incoming: Incoming, speaker: _Speaker, row: int) -> Context:
        account = incoming.account
        return Context(
            person=speaker.person or Person(0, ""),
            account=speaker.account,
            channel=account.channel,
            external=account.external,
            inbox=row,
            message=incoming.event.message,
            at=self._now(),
            process=self._process if account.channel in self._hosted else "",
        )

    def _turn_away(self, connection: Connection, incoming: Incoming, context: Context) -> Taken:
        """Somebody whose access has ended learns nothing more, not even the name of a unit."""
        reply = Reply(texts.stranger())
        row = outbox.add(connection, _message(context, reply, None))
        return Taken(incoming, (row,), (reply,))

    def keep_failed(self, connection: Connection, incoming: Incoming, why: str) -> Taken:
        """Keep an event that made our own code fail, tell the person so, and let the next one go on."""
        incoming = storable(incoming)
        speaker = _speaker(connection, incoming, self._now())
        row = self._receive(connection, incoming, speaker, _said(incoming.event, Session()))
        if row is None:
            return Taken(incoming, repeated=True)
        inbox.failed(connection, row, why)
        reply = Reply(texts.apology(), refused=texts.apology())
        context = self._context(incoming, speaker, row)
        person = speaker.person.id if speaker.person else None
        sent = outbox.add(connection, _message(context, reply, person))
        return Taken(incoming, (sent,), (reply,), person, failed=True)


class Turns:
    """Events of all doors, through the one writer. Turns of one person never overlap; sends of different people do."""

    def __init__(self, writer: Writer, turn: Turn) -> None:
        self._writer = writer
        self._turn = turn

    async def take(self, incomings: Sequence[Incoming]) -> list[Taken]:
        """Handle events in order; returns after the commit of all of them."""
        return list(await asyncio.gather(*(self._take(incoming) for incoming in incomings)))

    async def _take(self, incoming: Incoming) -> Taken:
        try:
            return await self._writer.run(lambda connection: self._turn.handle(connection, incoming))
        except Exception as error:
            if is_away(error):
                # Not the event's fault: once more on a new connection; then whoever brought it brings it again.
                return await self._writer.run(lambda connection: self._turn.handle(connection, incoming))
            _LOG.error("event %s of %s failed: %s", incoming.id, incoming.account.channel, type(error).__name__)
            why = described(error)
            return await self._writer.run(lambda connection: self._turn.keep_failed(connection, incoming, why))


def _speaker(connection: Connection, incoming: Incoming, now: datetime) -> _Speaker:
    """The account that spoke, noted if it is new; nobody speaks for a person who was removed."""
    account = incoming.account
    known = people.speaker(connection, account.channel, account.external)
    known = known or people.newcomer(connection, account.channel, account.external, account.name, now)
    if known is not None and known.blocked:
        # Who writes again has unblocked the bot.
        people.set_blocked(connection, known.account, None)
    if known is not None:
        return _Speaker(known.account, Person(known.person, known.name))
    return _Speaker(people.silent(connection, account.channel, account.external), None)


def _message(context: Context, reply: Reply, person: int | None) -> Message:
    payload = outbox.to_payload(reply)
    return Message(
        channel=context.channel,
        account=context.account,
        external=context.external,
        kind=outbox.REPLY,
        payload=payload,
        at=context.at,
        person=person,
        inbox=context.inbox,
        process=context.process,
    )


def _said(event: Event, session: Session) -> str:
    """What the person said, as their conversation shows it: the text as typed, or the label of the button."""
    if isinstance(event, TextReceived | MessageEdited):
        return event.text
    if isinstance(event, ChoicePressed):
        action = event.choice.partition(":")[2]
        return next((label for _, known, label in session.choices if known == action), "")
    if isinstance(event, FileReceived):
        return event.name
    return "/start" if isinstance(event, Started) else ""


def _raw(event: Event) -> str:
    return event.choice if isinstance(event, ChoicePressed) else _said(event, Session())


def described(error: BaseException) -> str:
    """The kind of error and the lines of code it came through; never what the person typed."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' < '.join(reversed(places[-6:]))}"
