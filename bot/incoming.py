"""What a channel hands to a turn: who spoke, through which door, and what came in."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.events import Event


@dataclass(frozen=True, slots=True)
class Account:
    """One chat identity on one channel; ``external`` is the channel's own id for it."""

    channel: str
    external: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event. ``id`` is unique within the channel, so that a repeat is known; ``raw`` is kept as it came."""

    id: str
    account: Account
    event: Event
    raw: str = ""
