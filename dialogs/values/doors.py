"""What the rules and the memory know of a door: its name, its words, and how people are reached through it.

The program says it (``bot.config.doors``) when it opens the database; nothing here or in storage names a door.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class Delivery(Enum):
    """How a message gets to somebody who did not just speak."""

    SENT = "sent"
    """It is stored, and sent by a process that hosts the door."""

    READ = "read"
    """The door's page reads the conversation itself: what is stored is delivered."""

    SEATED = "seated"
    """Not at all: the door is only there while somebody sits at it."""


@dataclass(frozen=True, slots=True)
class InviteLink:
    """A link that brings a code along: ``InviteLink("telegram.username", "https://t.me/{address}?start={code}")``.

    ``noted_as`` is the key under which the service notes the door's address as it is from outside.
    """

    noted_as: str
    template: str

    def to(self, address: str, code: str) -> str:
        """Return the link with ``code`` to the door at ``address``."""
        return self.template.format(address=address, code=code)


@dataclass(frozen=True, slots=True)
class DoorFacts:
    """One door. ``name`` is stored with every account and message that came through it, and never changes.

    ``label`` stands after "qua" ("trang web"), ``through`` after "vào bằng tài khoản" ("trên trang web"). ``menu``
    says that the door keeps a menu of commands for each person, to be sent when their roles change.
    """

    name: str
    label: str
    through: str
    delivery: Delivery = Delivery.SENT
    menu: bool = False
    link: InviteLink | None = None


@dataclass(frozen=True)
class Doors:
    """The doors that a program has. Of a channel that is none of them it is known that messages are sent there."""

    every: tuple[DoorFacts, ...] = ()

    @cached_property
    def read_there(self) -> frozenset[str]:
        """The doors whose page reads the conversation itself."""
        return frozenset(each.name for each in self.every if each.delivery is Delivery.READ)

    @cached_property
    def seated(self) -> tuple[str, ...]:
        """The doors where nobody can be written to."""
        return tuple(each.name for each in self.every if each.delivery is Delivery.SEATED)

    @cached_property
    def with_menu(self) -> tuple[str, ...]:
        """The doors that keep a menu of commands for each person."""
        return tuple(each.name for each in self.every if each.menu)

    def named(self, channel: str) -> DoorFacts:
        """Return the facts of a channel; what is no door is called by its name."""
        return next((each for each in self.every if each.name == channel), DoorFacts(channel, channel, channel))
