"""The web chat as a channel: JSON of the page -> ``Incoming``, a conversation line -> JSON for the page. Pure.

The page numbers its own messages (``cid``), so that a message sent again after a cut is known. What it may send:

    {"cid": "t4k2...", "text": "12 5 0 1"}                     she typed
    {"cid": "c81d...", "choose": "17.4.9:next"}                she pressed a button
    {"cid": "e0aa...", "edit": {"cid": "t4k2...", "text": "12 6 0 1"}}     she changed an earlier message
    {"cid": "s77b...", "start": true}                          she opened an empty conversation
"""

from __future__ import annotations

import json
import re
from datetime import UTC
from typing import Any

from bot.channels.host import ShownLine
from bot.channels.incoming import Account, Incoming
from dialogs.values.events import ChoicePressed, Event, MessageEdited, Started, TextReceived

CHANNEL = "web"

MAX_TEXT = 100_000
"""Characters of one message: five times the longest paste that anybody has been seen to send."""

MAX_CHOICE = 256
"""Characters of a choice's id: four times what Telegram allows."""

_CID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_KINDS = ("text", "choose", "edit", "start")


class BadMessage(ValueError):
    """The page (or somebody in its place) sent what no page sends; ``code`` says what is wrong with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse(account: Account, body: str) -> Incoming:
    """Return the event that ``body`` stands for; raise BadMessage if it stands for none."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise BadMessage("not_json") from None
    if not isinstance(message, dict):
        raise BadMessage("not_json")
    cid = _cid(message.get("cid"))
    return Incoming(id=message_id(account, cid), account=account, event=_event(message, cid), raw=body)


def message_id(account: Account, cid: object) -> str:
    """Return the id of a message for the inbox: the page chooses ``cid``, so it is unique only for its person.

    Raises ``BadMessage`` if it is none that a page makes.
    """
    return f"{account.external}:{_cid(cid)}"


def render(line: ShownLine) -> dict[str, Any]:
    """Return ``line`` as the page reads it."""
    return {
        "id": line.id,
        "channel": line.channel,
        **({"door": line.door} if line.door else {}),
        "said": line.said,
        "said_id": line.said_id,
        "at": line.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "text": line.text,
        "choices": [{key: choice[key] for key in ("id", "label", "key")} for choice in line.choices],
        "files": [{key: file[key] for key in ("id", "name", "size", "photo") if key in file} for file in line.files],
    }


def _event(message: dict[str, Any], cid: str) -> Event:
    kinds = [kind for kind in _KINDS if kind in message]
    if len(kinds) != 1:
        raise BadMessage("not_understood")
    value = message[kinds[0]]
    match kinds[0]:
        case "text":
            return TextReceived(_text(value), cid)
        case "choose":
            return ChoicePressed(_choice(value), cid)
        case "edit" if isinstance(value, dict):
            return MessageEdited(_text(value.get("text")), _cid(value.get("cid")))
        case "start" if value is True:
            return Started(message=cid)
    raise BadMessage("not_understood")


def _cid(value: object) -> str:
    if not isinstance(value, str) or not _CID.fullmatch(value):
        raise BadMessage("not_understood")
    return value


def _choice(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= MAX_CHOICE or not value.isprintable():
        raise BadMessage("not_understood")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadMessage("not_understood")
    if not value.strip():
        raise BadMessage("empty")
    if len(value) > MAX_TEXT:
        raise BadMessage("too_long")
    # Half of a surrogate pair is legal JSON and no legal text: no database stores it. Nor does any store NUL.
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadMessage("not_understood")
    return value.replace("\0", "")
