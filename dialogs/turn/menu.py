"""The menu of commands: one for Telegram, the web page and /trogiup. Each person sees those of their roles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.texts import people as people_texts
from dialogs.turn.commands import TypedCommand
from dialogs.values.rights import REACH


@dataclass(frozen=True, slots=True)
class Menu:
    """``entries`` in their order, ``strangers`` those for somebody without any role.

    ``version`` is a short name of the whole: another one means that menus on people's phones are out of date.
    """

    entries: tuple[TypedCommand, ...]
    strangers: tuple[TypedCommand, ...]
    version: str

    def offered(self, roles: Iterable[str]) -> tuple[TypedCommand, ...]:
        """Return the commands for somebody who has these roles, wherever."""
        held = frozenset(roles)
        if not held:
            return self.strangers
        return tuple(each for each in self.entries if each.right is None or held & REACH[each.right].keys())

    def help_lines(self, roles: Iterable[str]) -> list[str]:
        """Return the lines of /trogiup about the commands beside those of every report."""
        found = [(each.command, each.description) for each in self.offered(roles) if not each.basic]
        return people_texts.more_commands(found)


def menu_of(known: Iterable[TypedCommand]) -> Menu:
    """Return the menu of the commands ``known``."""
    entries = tuple(sorted(known, key=lambda each: each.order))
    strangers = tuple(each for each in entries if each.command in ("start", "trogiup"))
    table = repr([(each.command, each.description, each.right) for each in entries])
    return Menu(entries, strangers, hashlib.sha256(table.encode()).hexdigest()[:12])
