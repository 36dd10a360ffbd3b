"""What goes out: messages stored by the turn that made them, sent after its commit by whoever hosts the channel."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    exists,
    insert,
    null,
    or_,
    select,
    text,
    update,
)

from dialogs.values.effects import Asks, Choice, Reply
from storage.messages.context import Context
from storage.schema.known_doors import known_doors
from storage.schema.prepared import Prepared
from storage.schema.statements import PerDialect, dumps
from storage.schema.tables import account, outbox, reminder

REPLY, FILE, NOTICE, REMINDER = "reply", "file", "notice", "reminder"
PRIORITY = {REPLY: 0, FILE: 1, NOTICE: 2, REMINDER: 3}


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be sent; ``process`` claims it for the process that writes it, to send it at once."""

    channel: str
    account: int
    external: str
    kind: str
    payload: dict[str, Any]
    at: datetime
    person: int | None = None
    inbox: int | None = None
    not_before: datetime | None = None
    process: str = ""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A stored message to the account ``external``; ``claimed``: this process is to send it now.

    ``blocked``: when it was claimed, the account was marked as out of reach.
    """

    id: int
    channel: str
    account: int
    external: str
    person: int | None
    inbox: int | None
    kind: str
    payload: dict[str, Any]
    attempts: int = 0
    claimed: bool = False
    blocked: bool = False


def to_speaker(context: Context, payload: dict[str, Any], kind: str = REPLY) -> Message:
    """Return a message to the account that spoke; its person is empty for somebody whose access has ended."""
    return Message(
        context.channel,
        context.account,
        context.external,
        kind,
        payload,
        context.at,
        context.person.id or None,
        context.inbox,
        process=context.process,
    )


def to_payload(reply: Reply) -> dict[str, Any]:
    """Return a reply as the JSON object that its row holds."""
    found: dict[str, Any] = {"text": reply.text}
    if reply.choices:
        found["choices"] = [[choice.id, choice.label, choice.key] for choice in reply.choices]
    if reply.refused:
        found["refused"] = reply.refused
    if reply.progress is not None:
        found["progress"] = reply.progress
    if reply.asks is not None:
        found["asks"] = {name: getattr(reply.asks, name) for name in Asks.__dataclass_fields__}
    return found


def to_reply(payload: dict[str, Any]) -> Reply:
    """Return the reply that a row holds."""
    asks = payload.get("asks")
    progress = payload.get("progress")
    return Reply(
        text=payload["text"],
        choices=tuple(Choice(*each) for each in payload.get("choices", ())),
        refused=payload.get("refused", ""),
        asks=Asks(**{**asks, "columns": tuple(asks["columns"])}) if asks else None,
        progress=(progress[0], progress[1]) if progress else None,
    )


_UNSENT = and_(outbox.c.sent_at.is_(None), outbox.c.dead_at.is_(None))
_other = outbox.alias("other")
_OTHER_UNSENT = and_(_other.c.sent_at.is_(None), _other.c.dead_at.is_(None))

# A message is claimed as it is written, unless somebody else still has an older one for the same account that goes
# before it; a reply does not wait for a reminder that nobody has claimed yet.
_FOREIGN = exists().where(
    _other.c.account == bindparam("to"),
    _other.c.priority <= bindparam("rank"),
    _OTHER_UNSENT,
    or_(_other.c.claimed_by.is_(None), _other.c.claimed_by != bindparam("process")),
)
_NAMES = ("channel", "account", "person", "inbox", "kind", "priority", "payload", "created_at", "not_before", "sent_at")
_ADD = Prepared(PerDialect(lambda insert: insert(outbox), outbox.c.id), _NAMES)
_ADD_CLAIMED = Prepared(
    insert(outbox)
    .values(claimed_by=case((_FOREIGN, null()), else_=bindparam("process")), claimed_at=bindparam("now"))
    .returning(outbox.c.id, outbox.c.claimed_by),
    _NAMES,
)


def add(connection: Connection, message: Message) -> OutboxRow:
    """Store a message in the caller's transaction and return its row.

    Where a page reads the conversation itself, what is stored is delivered: nobody has to send it.
    """
    values: dict[str, Any] = {
        "channel": message.channel,
        "account": message.account,
        "person": message.person,
        "inbox": message.inbox,
        "kind": message.kind,
        "priority": PRIORITY[message.kind],
        "payload": dumps(message.payload),
        "created_at": message.at,
        "not_before": message.not_before,
        # A door that this process sends through is none whose page reads the conversation.
        "sent_at": None if message.process else _read_at(connection, message),
    }
    if message.process and message.not_before is None:
        key, claimed = _ADD_CLAIMED.first(connection, {**values, **_claim(message)}) or (0, None)
    else:
        key, claimed = _ADD.new_id(connection, values) or 0, None
    return OutboxRow(
        key,
        message.channel,
        message.account,
        message.external,
        message.person,
        message.inbox,
        message.kind,
        message.payload,
        claimed=claimed is not None,
    )


def _read_at(connection: Connection, message: Message) -> datetime | None:
    return message.at if message.channel in known_doors(connection).read_there else None


def _claim(message: Message) -> dict[str, Any]:
    rank = PRIORITY[message.kind]
    return {"process": message.process, "to": message.account, "rank": rank, "now": message.at}


_ROW = tuple(outbox.c[name] for name in ("id", "channel", "account", "person", "inbox", "kind", "payload", "attempts"))
_READ = select(*_ROW, account.c.external, account.c.blocked_at).join(account, account.c.id == outbox.c.account)

# Within an account nothing overtakes an older message of the same or a higher rank that is on its way or put off.
_BLOCKED = exists().where(
    _other.c.account == outbox.c.account,
    _other.c.id < outbox.c.id,
    _other.c.priority <= outbox.c.priority,
    _OTHER_UNSENT,
    or_(_other.c.claimed_by.is_not(None), _other.c.not_before > bindparam("now")),
)
_CLAIMABLE = (
    _READ.where(outbox.c.channel == bindparam("channel"), _UNSENT, outbox.c.claimed_by.is_(None))
    .where(outbox.c.priority.in_(bindparam("priorities", expanding=True)))
    .where(or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now")), ~_BLOCKED)
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=outbox)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(claimed_by=bindparam("process"), claimed_at=bindparam("now"))
)
_ONE_CLAIMS = text("SELECT pg_advisory_xact_lock(hashtext('baocao.outbox'), hashtext(:channel))")


def claim(
    connection: Connection,
    channel: str,
    process: str,
    limit: int,
    now: datetime,
    kinds: Collection[str] = tuple(PRIORITY),
) -> tuple[OutboxRow, ...]:
    """Take up to ``limit`` messages of ``channel`` to be sent by ``process``: replies first, each account in order.

    Messages that another process has taken are passed over, and those of other ``kinds``.
    """
    if connection.dialect.name == "postgresql":
        # Skipping a locked row would let a younger message of the same account overtake the one being claimed.
        connection.execute(_ONE_CLAIMS, {"channel": channel})
    priorities = sorted(PRIORITY[kind] for kind in kinds)
    due = {"channel": channel, "now": now, "limit": limit, "priorities": priorities}
    found = connection.execute(_CLAIMABLE, due).all()
    if found:
        connection.execute(_CLAIM, {"ids": [row.id for row in found], "process": process, "now": now})
    return tuple(_row(row, claimed=True) for row in found)


def _row(row: Any, claimed: bool = False) -> OutboxRow:
    key, channel, account_id, person, inbox, kind, payload, attempts, external, blocked_at = row
    content, blocked = json.loads(payload), blocked_at is not None
    return OutboxRow(key, channel, account_id, external, person, inbox, kind, content, attempts, claimed, blocked)


def renew(connection: Connection, ids: Sequence[int], process: str, now: datetime) -> frozenset[int]:
    """Return which of these messages ``process`` still has to send, and note that it has them as of ``now``."""
    mine = update(outbox).where(outbox.c.id.in_(ids), outbox.c.claimed_by == process, _UNSENT)
    return frozenset(connection.execute(mine.values(claimed_at=now).returning(outbox.c.id)).scalars())


_SENT = Prepared(update(outbox).where(outbox.c.id == bindparam("one")).values(sent_at=bindparam("now")))


def sent(connection: Connection, ids: Sequence[int], at: datetime) -> None:
    """Note that messages left at ``at``."""
    if ids:
        _SENT.many(connection, [{"one": each, "now": at} for each in ids])


def retry(connection: Connection, outbox_id: int, not_before: datetime, error: str) -> None:
    """Put a message back, to be tried again from ``not_before`` on."""
    change = update(outbox).where(outbox.c.id == outbox_id)
    connection.execute(
        change.values(
            claimed_by=None, claimed_at=None, not_before=not_before, error=error, attempts=outbox.c.attempts + 1
        )
    )


def hold(connection: Connection, outbox_id: int, not_before: datetime) -> None:
    """Note that whoever has a message, now or after this process, must not send it before ``not_before``."""
    connection.execute(update(outbox).where(outbox.c.id == outbox_id).values(not_before=not_before))


def dead(connection: Connection, outbox_id: int, error: str, at: datetime) -> None:
    """Give a message up for good."""
    change = update(outbox).where(outbox.c.id == outbox_id)
    connection.execute(change.values(dead_at=at, error=error, attempts=outbox.c.attempts + 1))


# What became of a reminder that was on its way is not known, and nobody is reminded twice to find out.
_REMINDING = exists().where(reminder.c.outbox == outbox.c.id, reminder.c.state == "sending")


def put_back(connection: Connection, ids: Sequence[int], not_before: datetime | None = None) -> None:
    """Leave reminders that surely were not sent to a later claim, from ``not_before`` on; they are prepared anew."""
    change = update(outbox).where(outbox.c.id.in_(ids), _UNSENT)
    connection.execute(change.values(claimed_by=None, claimed_at=None, not_before=not_before))
    waiting = update(reminder).where(reminder.c.outbox.in_(ids), reminder.c.state == "sending")
    connection.execute(waiting.values(state="queued"))


def release(connection: Connection, process: str | None = None, before: datetime | None = None) -> int:
    """Put back what ``process`` (None: anybody) took and did not send, taken before ``before``; return how many.

    For the start of a process, and for taking over from one that died. A message that was in flight goes out again,
    but not a reminder: ``reminders.abandoned`` says what becomes of it.
    """
    change = update(outbox).where(_UNSENT, outbox.c.claimed_by.is_not(None), ~_REMINDING)
    if process is not None:
        change = change.where(outbox.c.claimed_by == process)
    if before is not None:
        change = change.where(outbox.c.claimed_at < before)
    return int(connection.execute(change.values(claimed_by=None, claimed_at=None)).rowcount)


def unsent_files(connection: Connection, channel: str, external: str) -> tuple[OutboxRow, ...]:
    """Return the files that wait for one account, oldest first, whoever has claimed them."""
    mine = _READ.where(outbox.c.channel == channel, account.c.external == external, outbox.c.kind == FILE, _UNSENT)
    return tuple(_row(row) for row in connection.execute(mine.order_by(outbox.c.id)))
