"""What a channel hands to a turn: who spoke, through which door, and what came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, get_args

from dialogs.values.events import Event


@dataclass(frozen=True, slots=True)
class Account:
    """One chat identity on one channel; ``external`` is the channel's own id for it."""

    channel: str
    external: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept, under a name that is safe on every machine and ends as its kind does."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event. ``id`` is unique within the channel, so that a repeat is known; ``raw`` is kept as it came.

    ``upload`` is a file that came with it and may be kept.
    """

    id: str
    account: Account
    event: Event
    raw: str = ""
    upload: Accepted | None = None


class TakesTurns(Protocol):
    """Where a door brings what came in: ``take`` returns after the commit of all of them."""

    async def take(self, incomings: Sequence[Incoming]) -> object: ...


_TEXTS: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind) if field.type == "str") for kind in get_args(Event)
}
"""The texts of each kind of event."""


def storable(incoming: Incoming) -> Incoming:
    """Return the same event without NUL and halves of surrogate pairs, which no database takes, in any of its texts."""
    account, event = incoming.account, incoming.event
    texts = [getattr(event, name) for name in _TEXTS[type(event)]]
    if _is_whole("".join([incoming.id, account.external, account.name, incoming.raw, *texts])):
        return incoming
    whole: dict[str, Any] = {name: _whole(text) for name, text in zip(_TEXTS[type(event)], texts, strict=True)}
    return Incoming(
        _whole(incoming.id),
        Account(account.channel, _whole(account.external), _whole(account.name)),
        replace(event, **whole),
        _whole(incoming.raw),
        incoming.upload,
    )


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _whole(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
