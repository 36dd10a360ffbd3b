"""The environment, read in this one file and only here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.runtime import texts

DATABASE_URL = "sqlite:///baocao.db"
TIMEZONE = "Asia/Ho_Chi_Minh"
LIMITS = "30/1/3"
PREFIX = "BAOCAO_"
NAMES = (
    "DATABASE_URL",
    "TELEGRAM_TOKEN",
    "TELEGRAM_BASE_URL",
    "TELEGRAM_PROXY",
    "TELEGRAM_MODE",
    "TELEGRAM_LIMITS",
    "HOST",
    "PORT",
    "TIMEZONE",
    "PUBLIC_URL",
)

_LIMITS = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)/(\d{1,3}(?:\.\d{1,3})?)/([1-9]\d?)", re.ASCII)


class WrongSetting(Exception):
    """A variable of the environment cannot be used; the message is one clear line."""


@dataclass(frozen=True, slots=True)
class SendingLimits:
    """How fast this process may send through a door; the names are those of ``bot.channels.channel.Capabilities``."""

    per_second: float
    per_chat_seconds: float
    chat_burst: int


@dataclass(frozen=True, slots=True)
class Settings:
    """``telegram_token`` '' means that this door is closed; ``public_url`` is the web page's address from outside."""

    database_url: str
    telegram_token: str
    telegram_base_url: str
    telegram_proxy: str
    host: str
    port: int
    zone: ZoneInfo
    telegram_limits: SendingLimits
    public_url: str = ""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings in ``environment`` (usually ``os.environ``).

    Raises ``WrongSetting`` naming the variable, what it holds and what it may hold. A name that is no setting is
    refused too: a mistyped ``BAOCAO_DATABASE`` must not quietly open another database.
    """
    for name in environment:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in NAMES:
            raise WrongSetting(texts.no_such_setting(name, ", ".join(PREFIX + each for each in NAMES)))

    def text(name: str, default: str) -> str:
        return environment.get(PREFIX + name, "").strip() or default

    mode = text("TELEGRAM_MODE", "poll")
    if mode != "poll":
        raise WrongSetting(texts.wrong_setting("BAOCAO_TELEGRAM_MODE", mode, "poll"))
    return Settings(
        database_url=text("DATABASE_URL", DATABASE_URL),
        telegram_token=text("TELEGRAM_TOKEN", ""),
        telegram_base_url=text("TELEGRAM_BASE_URL", "https://api.telegram.org").rstrip("/"),
        telegram_proxy=text("TELEGRAM_PROXY", ""),
        host=text("HOST", "127.0.0.1"),
        port=_port(text("PORT", "8080")),
        zone=_zone(text("TIMEZONE", TIMEZONE)),
        telegram_limits=_limits(text("TELEGRAM_LIMITS", LIMITS)),
        public_url=_public_url(text("PUBLIC_URL", "")),
    )


def _limits(text: str) -> SendingLimits:
    """Read messages a second overall / seconds between two to one chat / replies that may come at once to one chat.

    0 stands for no limit. Several processes that send for one bot are each given their share of the first.
    """
    match = _LIMITS.fullmatch(text)
    if match is None:
        raise WrongSetting(texts.wrong_setting("BAOCAO_TELEGRAM_LIMITS", text, texts.LIMITS_ALLOWED))
    return SendingLimits(float(match[1]), float(match[2]), int(match[3]))


def _public_url(text: str) -> str:
    """Return the address without its last slash; a link with a code is made by putting something behind it."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        whole = False
    if text and (not whole or parts.path.strip("/") or not text.isprintable() or " " in text):
        raise WrongSetting(texts.wrong_setting("BAOCAO_PUBLIC_URL", text, texts.PUBLIC_URL_ALLOWED))
    return text.rstrip("/")


def _port(text: str) -> int:
    if text.isdecimal() and 0 <= int(text) <= 65535:
        return int(text)
    raise WrongSetting(texts.wrong_setting("BAOCAO_PORT", text, "một số từ 0 đến 65535"))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongSetting(texts.wrong_setting("BAOCAO_TIMEZONE", name, "tên như Asia/Ho_Chi_Minh")) from error
