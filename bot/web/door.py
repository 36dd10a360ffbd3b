"""The web page as a door: open where it has an address from outside, or is a demo. Its server is loaded then."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlsplit

from bot.channels.door import Door, Installation, NotAllowed, OpenDoor, Setting
from bot.channels.web import CHANNEL
from bot.runtime import texts
from dialogs.values.doors import Delivery, DoorFacts, InviteLink

ADDRESS = "PUBLIC_URL"


def _public_url(text: str) -> str:
    """Return the address without its last slash; a link with a code is made by putting something behind it."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        whole = False
    if text and (not whole or parts.path.strip("/") or not text.isprintable() or " " in text):
        raise NotAllowed(texts.PUBLIC_URL_ALLOWED)
    return text.rstrip("/")


def _open(here: Installation) -> OpenDoor | None:
    if not here.demo and not here.values[ADDRESS]:
        return None
    from bot.web.serving import PageServer

    return OpenDoor(partial(PageServer, here.host, here.port, _secure(here.values)))


def _secure(values: Mapping[str, str]) -> bool:
    return values[ADDRESS].startswith("https:")


def _address(values: Mapping[str, str]) -> str:
    return values[ADDRESS]


DOOR = Door(
    DoorFacts(
        CHANNEL,
        texts.THE_PAGE,
        texts.AT_THE_PAGE,
        Delivery.READ,
        link=InviteLink("web.public_url", "{address}/?moi={code}"),
    ),
    (Setting(ADDRESS, "", _public_url),),
    _open,
    _address,
)
