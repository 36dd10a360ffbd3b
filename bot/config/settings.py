"""The environment, read in this one file and only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.channels.door import Door, NotAllowed, Setting
from bot.config.doors import DOORS
from bot.runtime import texts

DATABASE_URL = "sqlite:///baocao.db"
TIMEZONE = "Asia/Ho_Chi_Minh"
PREFIX = "BAOCAO_"
NAMES = ("DATABASE_URL", "HOST", "PORT", "TIMEZONE")
"""The variables that are no door's."""


class WrongSetting(Exception):
    """A variable of the environment cannot be used; the message is one clear line."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``doors`` are all that the program has; ``of_doors`` is what their variables hold, without the prefix."""

    database_url: str
    host: str
    port: int
    zone: ZoneInfo
    doors: tuple[Door, ...]
    of_doors: Mapping[str, str]


def read_settings(environment: Mapping[str, str], doors: tuple[Door, ...] = DOORS) -> Settings:
    """Return the settings in ``environment`` (usually ``os.environ``) of a program that has these doors.

    Raises ``WrongSetting`` naming the variable, what it holds and what it may hold. A name that is no setting is
    refused too: a mistyped ``BAOCAO_DATABASE`` must not quietly open another database.
    """
    known = [*(setting.name for door in doors for setting in door.settings), *NAMES]
    for name in environment:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known:
            raise WrongSetting(texts.no_such_setting(name, ", ".join(PREFIX + each for each in known)))

    def text(name: str, default: str) -> str:
        return environment.get(PREFIX + name, "").strip() or default

    return Settings(
        database_url=text("DATABASE_URL", DATABASE_URL),
        host=text("HOST", "127.0.0.1"),
        port=_port(text("PORT", "8080")),
        zone=_zone(text("TIMEZONE", TIMEZONE)),
        doors=doors,
        of_doors={each.name: _read(each, text(each.name, each.default)) for door in doors for each in door.settings},
    )


def _read(setting: Setting, text: str) -> str:
    try:
        return setting.read(text)
    except NotAllowed as error:
        raise WrongSetting(texts.wrong_setting(PREFIX + setting.name, text, str(error))) from None


def _port(text: str) -> int:
    if text.isdecimal() and 0 <= int(text) <= 65535:
        return int(text)
    raise WrongSetting(texts.wrong_setting("BAOCAO_PORT", text, texts.PORT_ALLOWED))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongSetting(texts.wrong_setting("BAOCAO_TIMEZONE", name, texts.TIMEZONE_ALLOWED)) from error
