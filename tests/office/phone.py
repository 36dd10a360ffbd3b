"""People with phones: what one types and presses goes through whole turns, what comes back is read off the outbox."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select
from transitions import Machine

from bot.channels.incoming import Account, Incoming, storable
from bot.turns.turn import Taken, Turn
from dialogs.engine import MACHINE
from dialogs.values.effects import Choice, Reply
from dialogs.values.events import ChoicePressed, Event, MessageEdited, TextReceived
from storage.messages.outbox import NOTICE, REPLY, to_reply
from storage.people import people
from storage.schema.tables import account, outbox
from tests.office.province import NOW, ZONE, Province


@dataclass
class Office:
    """One province, one process; ``at`` is what its clock says."""

    province: Province
    at: datetime = NOW
    events: int = 0
    machine: Machine = MACHINE
    turn: Turn = field(init=False)

    def __post_init__(self) -> None:
        self.turn = Turn(lambda: self.at, ZONE, machine=self.machine)

    def handle(self, account: Account, event: Event, raw: str = "") -> Taken:
        """One event through a whole turn, committed."""
        self.events += 1
        incoming = storable(Incoming(f"{account.external}-{self.events}", account, event, raw))
        with self.province.database.write() as connection:
            return self.turn.handle(connection, incoming)

    def phone(self, code: str) -> Phone:
        return Phone(self, code)

    def newcomer(self, code: str, name: str) -> Phone:
        """The phone of somebody whom nobody knows yet."""
        return Phone(self, code, name=name)

    def grant(self, code: str, unit: str, role: str) -> int:
        """Give the person of ``code`` a role in another unit."""
        with self.province.database.write() as connection:
            who, where = self.province.people[code].id, self.province.units[unit]
            return people.grant(connection, who, where, role, self.at)


@dataclass
class Phone:
    """One person's chat; ``reply`` is the last answer to them."""

    office: Office
    code: str
    reply: Reply = field(default_factory=lambda: Reply(""))
    name: str = ""
    replies: list[Reply] = field(default_factory=list)

    @property
    def account(self) -> Account:
        return Account("telegram", f"chat-{self.code}", self.name)

    def event(self, event: Event) -> Taken:
        taken = self.office.handle(self.account, event)
        self.reply = next((e for e in taken.effects if isinstance(e, Reply)), self.reply)
        mine = (row for row in taken.outgoing if row.external == self.account.external and row.kind == REPLY)
        self.replies = [to_reply(row.payload) for row in mine]
        return taken

    def say(self, text: str, message: str = "") -> str:
        """Type a message and return what came back."""
        self.event(TextReceived(text, message or str(self.office.events + 1)))
        return self.reply.text

    def edit(self, text: str, message: str) -> str:
        self.event(MessageEdited(text, message))
        return self.reply.text

    def press(self, label: str, of: Reply | None = None) -> str:
        """Press the button that begins with a label, of the last reply or an older message."""
        self.event(ChoicePressed(self.button(label, of).id))
        return self.reply.text

    def press_data(self, choice: str) -> str:
        """Press a button whose data somebody made up or kept."""
        self.event(ChoicePressed(choice))
        return self.reply.text

    def button(self, label: str, of: Reply | None = None) -> Choice:
        choices = (of or self.reply).choices
        found = [choice for choice in choices if choice.label.startswith(label)]
        assert found, f"no button {label!r} among {[choice.label for choice in choices]}"
        return found[0]

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.reply.choices]

    def notices(self, connection: Connection | None = None) -> list[Reply]:
        """What came without being asked for, oldest first."""
        if connection is None:
            with self.office.province.database.read() as reading:
                return self.notices(reading)
        found = select(outbox.c.payload).join(account, account.c.id == outbox.c.account)
        found = found.where(account.c.external == self.account.external, outbox.c.kind == NOTICE)
        found = found.where(outbox.c.payload.not_like('%"menu"%'))
        return [to_reply(json.loads(row[0])) for row in connection.execute(found.order_by(outbox.c.id))]
