"""A file that came through a door of our own, as an event: looked at before anything of it is stored."""

from __future__ import annotations

from datetime import datetime

from bot.channels.incoming import Account, Incoming
from bot.inspecting import inspection
from dialogs.texts import evidence as evidence_texts
from dialogs.values.events import FileReceived

MAX_NAME = 255
"""Letters of a name that are read; a name is made safe before it is kept (``names``)."""


def uploaded(account: Account, key: str, message: str, name: str, content: bytes, at: datetime) -> Incoming:
    """Return the event of a file whose bytes are here; one that may not be kept says why and brings no bytes.

    ``key`` is the event's id within the channel, ``message`` the sender's own id of it, ``at`` local time.
    """
    name = name[-MAX_NAME:]
    try:
        taken = inspection.inspect(content, name, at)
    except inspection.FileRefused as refusal:
        return Incoming(key, account, FileReceived(name, len(content), message, refused=str(refusal)))
    return Incoming(key, account, FileReceived(taken.name, len(content), message), upload=taken)


def missing(account: Account, key: str, message: str, name: str) -> Incoming:
    """Return the event of a file that was named and could not be read."""
    refused = evidence_texts.file_gone(name[-MAX_NAME:])
    return Incoming(key, account, FileReceived(name[-MAX_NAME:], 0, message, refused=refused))


def too_large(account: Account, key: str, message: str, name: str, size: int) -> Incoming:
    """Return the event of a file that is larger than any that is taken: its bytes were not read."""
    return Incoming(key, account, FileReceived(name[-MAX_NAME:], size, message))
