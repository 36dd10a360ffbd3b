"""Telegram as a door: what opens it, and what it is made of. Its library is loaded when it is opened."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace

from bot.channels.door import Door, Installation, Intake, NotAllowed, OpenDoor, Setting
from bot.channels.host import Host
from bot.channels.telegram.facts import BASE_URL, FACTS
from bot.runtime import texts

LIMITS = "30/1/3"

_LIMITS = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)/(\d{1,3}(?:\.\d{1,3})?)/([1-9]\d?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class SendingLimits:
    """How fast this process may send; the names are those of ``bot.channels.channel.Capabilities``."""

    per_second: float
    per_chat_seconds: float
    chat_burst: int


def read_limits(text: str) -> SendingLimits:
    """Read messages a second overall / seconds between two to one chat / replies that may come at once to one chat.

    0 stands for no limit. Several processes that send for one bot are each given their share of the first.
    """
    match = _LIMITS.fullmatch(text)
    if match is None:
        raise NotAllowed(texts.LIMITS_ALLOWED)
    return SendingLimits(float(match[1]), float(match[2]), int(match[3]))


def _limits(text: str) -> str:
    read_limits(text)
    return text


def _mode(text: str) -> str:
    if text != "poll":
        raise NotAllowed("poll")
    return text


def _without_slash(url: str) -> str:
    return url.rstrip("/")


def _open(here: Installation) -> OpenDoor | None:
    values = here.values
    if not values["TELEGRAM_TOKEN"]:
        return None
    from bot.channels.telegram.adapter import CAPABILITIES, TelegramChannel
    from bot.channels.telegram.polling import Poller

    limits = read_limits(values["TELEGRAM_LIMITS"])
    able = replace(CAPABILITIES, **asdict(limits))
    channel = TelegramChannel(values["TELEGRAM_TOKEN"], values["TELEGRAM_BASE_URL"], values["TELEGRAM_PROXY"], able)

    def intake(host: Host) -> Intake:
        return Poller(channel, host.turns, named=host.reached_at)

    return OpenDoor(intake, channel, channel, channel.close)


DOOR = Door(
    FACTS,
    (
        Setting("TELEGRAM_TOKEN"),
        Setting("TELEGRAM_BASE_URL", BASE_URL, _without_slash),
        Setting("TELEGRAM_PROXY"),
        Setting("TELEGRAM_MODE", "poll", _mode),
        Setting("TELEGRAM_LIMITS", LIMITS, _limits),
    ),
    _open,
)
