"""What a door is to the sender: what it can carry, the calls it makes, and what can go wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from bot.runtime import texts


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a door can carry; rendering asks this and never the name of the door.

    ``max_text`` and ``max_caption`` count UTF-16 units. ``buttons`` is the most buttons one message may have (0:
    choices are typed), ``max_choice`` the bytes a button may carry, ``max_file`` the bytes of one file out (0: none),
    ``per_second`` is how many calls the server takes (0: no
    limit; a share of it where several processes send), ``per_chat_seconds`` how far apart those to one chat are to be
    (0: no matter), ``chat_burst`` how many replies to one chat may follow each other at once all the same.
    """

    max_text: int
    max_caption: int
    buttons: int
    max_choice: int
    max_file: int
    per_second: float = 0.0
    per_chat_seconds: float = 0.0
    chat_burst: int = 1


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on its way out."""

    field: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """One call to a door's server: ``Request("sendMessage", {"chat_id": "7001", "text": "Xin chào"})``.

    ``paced`` is False for calls that are no messages, which servers do not count.
    """

    method: str
    fields: Mapping[str, str] = field(default_factory=dict)
    file: Attachment | None = None
    paced: bool = True


@dataclass(frozen=True, slots=True)
class Ignored:
    """A payload that no dialog hears of, and why."""

    reason: str


class SendFailure(Enum):
    """The closed list of what can go wrong with a send: (code, permanent, account unreachable, what support reads)."""

    BLOCKED = ("blocked", True, True, texts.SEND_BLOCKED)
    NO_CHAT = ("no_chat", True, True, texts.SEND_NO_CHAT)
    REFUSED = ("refused", True, False, texts.SEND_REFUSED)
    TOO_LARGE = ("too_large", True, False, texts.SEND_TOO_LARGE)
    NO_FILE = ("no_file", True, False, texts.SEND_NO_FILE)
    SLOWED = ("slowed", False, False, texts.SEND_SLOWED)
    SERVER = ("server", False, False, texts.SEND_SERVER)
    NETWORK = ("network", False, False, texts.SEND_NETWORK)
    PROGRAM = ("program", True, False, texts.SEND_PROGRAM)
    CONFLICT = ("conflict", False, False, texts.SEND_CONFLICT)

    def __init__(self, code: str, permanent: bool, unreachable: bool, sentence: str) -> None:
        self.code = code
        self.permanent = permanent
        self.unreachable = unreachable
        self.sentence = sentence


class SendError(Exception):
    """A send failed. ``retry_after`` is how many seconds the server asked us to wait; ``detail`` is its own wording.

    ``unsure``: the call was made and no answer came, so that the message may have arrived all the same.
    """

    def __init__(self, failure: SendFailure, retry_after: float = 0.0, detail: str = "", unsure: bool = False) -> None:
        super().__init__(f"{failure.code}: {detail}" if detail else failure.code)
        self.failure = failure
        self.retry_after = retry_after
        self.detail = detail
        self.unsure = unsure


class DoorClosed(Exception):
    """A door cannot be opened at all (wrong token); the message is one line for whoever runs the service."""


class Outgoing(Protocol):
    """An outbox row as a door sees it. ``external`` is the door's own id of the account."""

    @property
    def id(self) -> int: ...
    @property
    def channel(self) -> str: ...
    @property
    def external(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...


class Channel(Protocol):
    """A door as the sender sees it."""

    @property
    def name(self) -> str: ...
    @property
    def capabilities(self) -> Capabilities: ...
    def render(self, outgoing: Outgoing, content: bytes | None) -> tuple[Request, ...]:
        """Return the calls that carry this row, in order; ``content`` is the file it names, if it names one."""
        ...

    async def call(self, request: Request) -> None:
        """Make one call; raise ``SendError`` if it failed."""
        ...
