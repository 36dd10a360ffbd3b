"""Telegram's name, and what storage has to know of it."""

from __future__ import annotations

from bot.runtime import texts
from dialogs.values.doors import DoorFacts, InviteLink

NAME = "telegram"
BASE_URL = "https://api.telegram.org"

FACTS = DoorFacts(
    NAME,
    texts.TELEGRAM,
    texts.TELEGRAM,
    menu=True,
    link=InviteLink("telegram.username", "https://t.me/{address}?start={code}"),
)
