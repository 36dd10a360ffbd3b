"""Conversations over the real turn, dialog and database: people of the province on Telegram and on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import insert, select

from bot.channels.incoming import Account
from bot.turns.turn import Taken
from dialogs.values.effects import Reply
from dialogs.values.events import ChoicePressed, Event, Started, TextReceived
from storage.messages.outbox import OutboxRow
from storage.people import people
from storage.schema import meta
from storage.schema.database import Database
from storage.schema.tables import audit, inbox, outbox, role, unit_version
from tests.office import phone

CODE = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


@dataclass
class Office(phone.Office):
    """``at`` is the clock, moved by hand. H1 has a coordinator beside its official, T two administrators."""

    last: dict[str, Reply] = field(default_factory=dict)
    taken: Taken | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        with self.database.write() as connection:
            meta.put(connection, "telegram.username", "baocao_bot")
            meta.put(connection, "web.public_url", "https://baocao.example.vn")

    @property
    def database(self) -> Database:
        return self.province.database

    def newcomer(self, name: str, unit: str, *words: str, chat: str = "") -> str:
        """Somebody on Telegram with roles in a unit; returns the chat."""
        chat = chat or f"chat-{name}"
        with self.database.write() as connection:
            known = people.speaker(connection, "telegram", chat)
            who = known.person if known else people.create_person(connection, name, self.at, name)
            if known is None:
                people.add_account(connection, who, "telegram", chat, self.at, name)
            for word in words:
                people.grant(connection, who, self.province.units[unit], word, self.at)
        return chat

    def tell(self, chat: str, event: Event, channel: str = "telegram", name: str = "Ai đó") -> str:
        """Take one event and return what the person is shown; ``taken`` holds all that went out."""
        self.taken = self.handle(Account(channel, chat, name), event, _raw(event))
        replies = [each for each in self.taken.effects if isinstance(each, Reply)]
        self.last[chat] = replies[-1]
        return replies[-1].text

    def say(self, chat: str, text: str, **more: str) -> str:
        return self.tell(chat, TextReceived(text, f"m{self.events}"), **more)

    def start(self, chat: str, code: str, **more: str) -> str:
        return self.tell(chat, Started(code), **more)

    def press(self, chat: str, label: str, **more: str) -> str:
        return self.press_id(chat, self.button(chat, label), **more)

    def press_id(self, chat: str, choice: str, **more: str) -> str:
        return self.tell(chat, ChoicePressed(choice), **more)

    def button(self, chat: str, label: str) -> str:
        found = [each.id for each in self.last[chat].choices if each.label.startswith(label)]
        assert found, f"no button {label!r} among {[each.label for each in self.last[chat].choices]}"
        return found[0]

    def labels(self, chat: str) -> list[str]:
        return [each.label for each in self.last[chat].choices]

    def sent_to(self, chat: str) -> list[OutboxRow]:
        """What the last turn stored for an account to be read."""
        assert self.taken is not None
        return [row for row in self.taken.outgoing if row.external == chat and "menu" not in row.payload]

    def menu_of(self, chat: str) -> list[str] | None:
        """The commands that the last turn put into an account's menu; None if it sent no menu."""
        assert self.taken is not None
        found = [row.payload["menu"] for row in self.taken.outgoing if row.external == chat and "menu" in row.payload]
        assert len(found) <= 1
        return [command for command, _ in found[0]] if found else None

    def codes(self, chat: str) -> list[str]:
        """The codes in the last turn's letters to an account."""
        return [found for row in self.sent_to(chat) for found in dict.fromkeys(CODE.findall(row.payload["text"]))]

    def code(self, chat: str, order: str) -> str:
        """Order one code in one line and return it."""
        self.say(chat, order)
        (code,) = self.codes(chat)
        return code

    def everything(self) -> str:
        """All texts that the database keeps of messages, in and out."""
        with self.database.read() as connection:
            out = connection.execute(select(outbox.c.payload)).scalars().all()
            kept = connection.execute(select(inbox.c.raw, inbox.c.said, inbox.c.error)).all()
            deeds = connection.execute(select(audit.c.detail)).scalars().all()
        return "\n".join([*out, *("|".join(row) for row in kept), *deeds])

    def deeds(self, verb: str) -> list[str]:
        with self.database.read() as connection:
            return list(connection.execute(select(audit.c.detail).where(audit.c.verb == verb)).scalars())

    def roles(self, chat: str, channel: str = "telegram") -> list[tuple[str, str]]:
        """The (unit code, role) of whoever speaks there."""
        with self.database.read() as connection:
            known = people.speaker(connection, channel, chat)
            if known is None:
                return []
            found = select(unit_version.c.code, role.c.role).join(role, role.c.unit == unit_version.c.unit)
            rows = connection.execute(found.where(role.c.person == known.person, role.c.ended_at.is_(None)))
            return [(row[0], row[1]) for row in rows.all()]

    def role_id(self, chat: str, word: str) -> int:
        with self.database.read() as connection:
            known = people.speaker(connection, "telegram", chat)
            assert known is not None
            mine = select(role.c.id).where(role.c.person == known.person, role.c.role == word)
            return int(connection.execute(mine.where(role.c.ended_at.is_(None))).scalar_one())

    def role_id_in(self, chat: str, code: str) -> int:
        with self.database.read() as connection:
            known = people.speaker(connection, "telegram", chat)
            assert known is not None
            mine = select(role.c.id).where(role.c.person == known.person, role.c.unit == self.province.units[code])
            return int(connection.execute(mine.where(role.c.ended_at.is_(None))).scalar_one())

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)


def waiting(office: Office, chat: str, payload: str, person: int) -> int:
    """A message that waits to be sent; returns its row."""
    with office.database.write() as connection:
        known = people.speaker(connection, "telegram", chat)
        assert known is not None
        values = {"channel": "telegram", "account": known.account, "person": person, "kind": "notice", "priority": 2}
        row = connection.execute(insert(outbox), {**values, "payload": payload, "created_at": office.at})
        return int(row.inserted_primary_key[0])  # type: ignore[index]


def _raw(event: Event) -> str:
    return f"/start {event.payload}" if isinstance(event, Started) else ""
