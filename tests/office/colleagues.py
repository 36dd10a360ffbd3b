"""People of one commune who talk to the bot: whole turns, each person through accounts of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection, select

from bot.channels.incoming import Account
from dialogs.values.effects import Reply
from dialogs.values.events import ChoicePressed, Event, MessageEdited, TextReceived
from dialogs.values.world import Person
from storage.messages.outbox import to_reply
from storage.people import people
from storage.schema.tables import answer_history, inbox, outbox
from tests.office import phone


@dataclass
class Commune(phone.Office):
    """X1 with Lan, who leads, and the officials Mai and Hùng; a minute passes with every event."""

    people: dict[str, Person] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        with self.province.database.write() as connection:
            for name, word in (("Lan", people.LEAD), ("Mai", people.OFFICIAL), ("Hùng", people.OFFICIAL)):
                self.join(connection, name, word)

    @property
    def report(self) -> int:
        return self.province.reports["X1"]

    @property
    def unit(self) -> int:
        return self.province.units["X1"]

    def join(self, connection: Connection, name: str, word: str) -> None:
        person = people.create_person(connection, name, self.at, f"x1-{name.lower()}")
        self.people[name] = Person(person, name)
        self.roles[name] = people.grant(connection, person, self.unit, word, self.at)
        people.add_account(connection, person, "telegram", f"chat-{name}", self.at)
        people.add_account(connection, person, "web", f"page-{name}", self.at)

    def take(self, name: str, event: Event, channel: str = "telegram") -> Reply:
        """One event of a person's, handled and committed; the reply is not an apology."""
        self.at += timedelta(minutes=1)
        external = f"chat-{name}" if channel == "telegram" else f"page-{name}"
        taken = self.handle(Account(channel, external, name), event)
        assert not taken.failed
        self.replies[name] = next(each for each in taken.effects if isinstance(each, Reply))
        return self.replies[name]

    def say(self, name: str, text: str, message: str = "", channel: str = "telegram") -> Reply:
        return self.take(name, TextReceived(text, message or f"{name}-{self.events}"), channel)

    def edit(self, name: str, message: str, text: str) -> Reply:
        return self.take(name, MessageEdited(text, message))

    def press(self, name: str, label: str) -> Reply:
        found = [each.id for each in self.replies[name].choices if each.label == label]
        assert found, f"no button {label!r} among {[each.label for each in self.replies[name].choices]}"
        return self.press_id(name, found[0])

    def press_id(self, name: str, choice: str) -> Reply:
        return self.take(name, ChoicePressed(choice, f"{name}-{self.events}"))

    def stand(self, name: str, place: str) -> Reply:
        """A person stands at a question."""
        self.say(name, "/start")
        self.press_id(name, f"{self.report}.0.0:open:{self.report}")
        return self.say(name, f"/sua {place}")

    def told(self, name: str) -> list[Reply]:
        """The notices a person was sent through telegram, oldest first."""
        with self.province.database.read() as connection:
            wanted = select(outbox.c.payload).where(outbox.c.person == self.people[name].id, outbox.c.kind == "notice")
            return [to_reply(json.loads(row[0])) for row in connection.execute(wanted.order_by(outbox.c.id))]

    def written(self) -> list[str]:
        """Every text that was ever stored as an answer of the report."""
        with self.province.database.read() as connection:
            wanted = select(answer_history.c.value).where(answer_history.c.submission == self.report)
            return [row[0] or "" for row in connection.execute(wanted.order_by(answer_history.c.id))]

    def failures(self) -> int:
        with self.province.database.read() as connection:
            return len(connection.execute(select(inbox.c.id).where(inbox.c.error != "")).all())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.province.database.read() as connection:
            yield connection
