"""Who acts, through which door: what every effect of a turn is applied with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.values.world import Person


@dataclass(frozen=True, slots=True)
class Context:
    """Who acts, through which door, with which message.

    ``external`` is the account's id on the channel, ``inbox`` the row of the event, ``message`` the channel's id of
    the person's message. ``process`` ('' to leave sending to whoever claims) is the process that will send the
    replies at once after the commit. ``limits`` are the parts of reports that the person is limited to, where the
    turn has looked already (None: to none).
    """

    person: Person
    account: int
    channel: str
    external: str
    inbox: int | None
    message: str
    at: datetime
    process: str = ""
    limits: dict[int, tuple[str, ...] | None] = field(default_factory=dict)

    def asker(self) -> dict[str, Any]:
        """Whom the files of a job are for, as its payload."""
        return {
            "account": self.account,
            "external": self.external,
            "channel": self.channel,
            "person": self.person.id,
            "inbox": self.inbox,
        }
