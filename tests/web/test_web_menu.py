"""The menu of commands: the same on the page as on Telegram, and every command that the dialog knows."""

from __future__ import annotations

import re
from pathlib import Path

import bot.web
from bot import texts
from dialogs import commands

SCRIPT = Path(bot.web.__file__).parent / "static" / "texts.js"


def test_the_page_and_telegram_offer_every_command() -> None:
    """Each leads to another trigger; none is left to be known by heart."""
    on_page = re.findall(r'\["/([a-z]+)", "[^"]+"\]', SCRIPT.read_text("utf-8"))
    on_telegram = [command for command, _ in texts.TELEGRAM_COMMANDS]

    assert sorted(on_page) == sorted(on_telegram)
    assert sorted(commands.NAMES[each] for each in on_page) == sorted(set(commands.NAMES.values()))
