"""The province with people above and a leader: what the tests of the workflow begin with."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from dialogs.forms.answers import Address, Answer
from dialogs.values.effects import Effect
from dialogs.values.world import Person
from storage.campaigns import answers
from storage.campaigns.turn_cache import TurnCache
from storage.effects import apply
from storage.messages import outbox
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import people
from storage.schema.tables import campaign, submission
from storage.world import StoredWorld
from tests.office.province import NOW, ZONE, Province


@dataclass
class Office:
    """``mai`` and ``nam`` coordinate H1, ``tam`` the whole province T; ``la`` coordinates H2."""

    province: Province

    def __post_init__(self) -> None:
        with self.province.database.write() as connection:
            for handle, unit in (("mai", "H1"), ("nam", "H1"), ("tam", "T"), ("la", "H2")):
                self.hire(connection, handle, unit, people.COORDINATOR)

    def hire(self, connection: Connection, handle: str, unit: str, role: str) -> Person:
        """Somebody with a role in a unit, on Telegram."""
        there = ("telegram", f"chat-{handle}")
        return self.province.hire(connection, handle, handle.capitalize(), unit, role, account=there, handle=handle)

    def context(self, who: str, at: object = NOW) -> Context:
        return self.province.context(who, at=at)  # type: ignore[arg-type]

    def do(self, connection: Connection, who: str, *effects: Effect, at: object = NOW) -> tuple[OutboxRow, ...]:
        """Apply effects as somebody and return the messages stored for others."""
        return apply(connection, effects, self.context(who, at), self.province.cache).outbox

    def answers(self, connection: Connection, code: str) -> dict[Address, Answer]:
        """What a unit's report holds, read anew."""
        return answers.given(answers.load(connection, self.province.reports[code]))

    def world(self, connection: Connection, who: str, at: object = NOW) -> StoredWorld:
        person = self.province.people[who]
        return StoredWorld(connection, person, "telegram", at, ZONE, TurnCache())  # type: ignore[arg-type]

    def row(self, connection: Connection, code: str) -> dict[str, object]:
        found = connection.execute(select(submission).where(submission.c.id == self.province.reports[code])).one()
        return dict(found._mapping)

    def confirms(self, connection: Connection) -> None:
        """The campaign wants the units' leaders to confirm."""
        wanted = update(campaign).where(campaign.c.id == self.province.campaign)
        connection.execute(wanted.values(settings=json.dumps({"confirm": True})))


def told(rows: tuple[OutboxRow, ...]) -> dict[str, str]:
    """Who is told what: the text by chat."""
    assert all(row.kind == outbox.NOTICE for row in rows)
    assert len({row.external for row in rows}) == len(rows), "somebody is told twice"
    return {row.external.removeprefix("chat-"): row.payload["text"] for row in rows}


def buttons(rows: tuple[OutboxRow, ...], who: str) -> dict[str, str]:
    """The buttons of what somebody is told: label and choice id."""
    found = next(row for row in rows if row.external == f"chat-{who}")
    return {label: choice for choice, label, _ in found.payload.get("choices", ())}
