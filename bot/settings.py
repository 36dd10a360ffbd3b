"""The environment, read in this one file and only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import texts

DATABASE_URL = "sqlite:///baocao.db"
TIMEZONE = "Asia/Ho_Chi_Minh"
PREFIX = "BAOCAO_"
NAMES = (
    "DATABASE_URL",
    "TELEGRAM_TOKEN",
    "TELEGRAM_BASE_URL",
    "TELEGRAM_PROXY",
    "TELEGRAM_MODE",
    "HOST",
    "PORT",
    "TIMEZONE",
)


class WrongSetting(Exception):
    """A variable of the environment cannot be used; the message is one clear line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``telegram_token`` '' means that this door is closed."""

    database_url: str
    telegram_token: str
    telegram_base_url: str
    telegram_proxy: str
    host: str
    port: int
    zone: ZoneInfo


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
    )


def _port(text: str) -> int:
    if text.isdecimal() and 0 <= int(text) <= 65535:
        return int(text)
    raise WrongSetting(texts.wrong_setting("BAOCAO_PORT", text, "một số từ 0 đến 65535"))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongSetting(texts.wrong_setting("BAOCAO_TIMEZONE", name, "tên như Asia/Ho_Chi_Minh")) from error
