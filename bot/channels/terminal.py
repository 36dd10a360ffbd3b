"""The terminal: only there while somebody sits at it (``baocao chat``), so that the service never opens it."""

from __future__ import annotations

from bot.channels.door import Door
from bot.runtime import texts
from dialogs.values.doors import Delivery, DoorFacts

CHANNEL = "terminal"

DOOR = Door(DoorFacts(CHANNEL, texts.THE_TERMINAL, texts.THE_TERMINAL, Delivery.SEATED))
