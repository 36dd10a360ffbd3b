"""What came in, in the past tense. A channel turns its payload into one of these; nothing else reaches a dialog.

``message`` is the channel's own id of the person's message, so that a later edit finds what it answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Started:
    """The person opened the conversation, perhaps by a link: ``Started("k7Q2")``."""

    payload: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class TextReceived:
    """The person wrote: ``TextReceived("12 5 0 1", "481")``. The text is raw, as the channel gave it."""

    text: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class ChoicePressed:
    """The person pressed a button: ``ChoicePressed("17.4.9:next")``. The id may be stale or invented."""

    choice: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """The person changed an earlier message: ``MessageEdited("12 6 0 1", "481")``."""

    text: str
    message: str


@dataclass(frozen=True, slots=True)
class FileReceived:
    """The person sent a file; its bytes are not looked at here: ``FileReceived("PL3.xlsx", 18231)``.

    ``source`` says where the bytes are ('': this door cannot bring them), ``caption`` holds the words sent with it.
    ``refused`` is why the door did not take the bytes at all.
    """

    name: str
    size: int
    message: str = ""
    source: str = ""
    caption: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class UnsupportedReceived:
    """Something that no dialog reads, by its plain kind: ``UnsupportedReceived("sticker")``."""

    what: str
    message: str = ""


Event: TypeAlias = Started | TextReceived | ChoicePressed | MessageEdited | FileReceived | UnsupportedReceived
