"""The menu of commands: one table for Telegram, the web page and /trogiup. Each person sees those of their roles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.texts import people as t
from dialogs.values.rights import REACH, Right


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """``right`` is what somebody needs to be offered the command; None: any role. ``basic``: part of every report."""

    command: str
    description: str
    right: Right | None = None
    basic: bool = False


_FILL = Right.REPORT_FILL

ENTRIES: tuple[MenuEntry, ...] = (
    MenuEntry("start", t.MENU_START, None, True),
    MenuEntry("tiep", t.MENU_NEXT, _FILL, True),
    MenuEntry("truoc", t.MENU_BACK, _FILL, True),
    MenuEntry("boqua", t.MENU_SKIP, _FILL, True),
    MenuEntry("muc", t.MENU_CONTENTS, _FILL, True),
    MenuEntry("xem", t.MENU_LOOK, _FILL, True),
    MenuEntry("sua", t.MENU_JUMP, _FILL, True),
    MenuEntry("nop", t.MENU_REVIEW, _FILL, True),
    MenuEntry("tailieu", t.MENU_PAPERS, _FILL, True),
    MenuEntry("capduoi", t.MENU_BELOW, _FILL, True),
    MenuEntry("dinhkem", t.MENU_EVIDENCE, Right.EVIDENCE_ADD),
    MenuEntry("giao", t.MENU_ASSIGN, Right.PART_ASSIGN),
    MenuEntry("xinsua", t.MENU_CORRECTION, Right.CORRECTION_ASK),
    MenuEntry("tiendo", t.MENU_PROGRESS, Right.PROGRESS_READ),
    MenuEntry("tonghop", t.MENU_COMPILE, Right.REPORT_COMPILE),
    MenuEntry("baocao", t.MENU_REPORT, Right.PROGRESS_READ),
    MenuEntry("nhac", t.MENU_REMIND, Right.REMINDER_SEND),
    MenuEntry("tralai", t.MENU_RETURN, Right.REPORT_RETURN),
    MenuEntry("thaydoi", t.MENU_CHANGES, Right.REPORT_READ),
    MenuEntry("tiepnhan", t.MENU_ACCEPT, Right.REPORT_ACCEPT),
    MenuEntry("molai", t.MENU_REOPEN, Right.REPORT_REOPEN),
    MenuEntry("giahan", t.MENU_EXTEND, Right.DEADLINE_EXTEND),
    MenuEntry("dot", t.MENU_CAMPAIGN, Right.CAMPAIGN_OPEN),
    MenuEntry("moi", t.MENU_INVITE, Right.OFFICIAL_INVITE),
    MenuEntry("nguoi", t.MENU_MEMBERS, Right.MEMBER_READ),
    MenuEntry("nhatky", t.MENU_RECORD, Right.RECORD_READ),
    MenuEntry("nhacsau", t.MENU_POSTPONE, None),
    MenuEntry("lienket", t.MENU_LINK, None),
    MenuEntry("roi", t.MENU_LEAVE, None),
    MenuEntry("huy", t.MENU_CANCEL, None, True),
    MenuEntry("trogiup", t.MENU_HELP, None, True),
)
"""The commands in the order of the menu."""

STRANGERS = tuple(each for each in ENTRIES if each.command in ("start", "trogiup"))
"""What somebody without any role is offered."""


def offered(roles: Iterable[str]) -> tuple[MenuEntry, ...]:
    """Return the commands for somebody who has these roles, wherever."""
    held = frozenset(roles)
    if not held:
        return STRANGERS
    return tuple(each for each in ENTRIES if each.right is None or held & REACH[each.right].keys())


def help_lines(roles: Iterable[str]) -> list[str]:
    """Return the lines of /trogiup about the commands beside those of every report."""
    found = [(each.command, each.description) for each in offered(roles) if not each.basic]
    return t.more_commands(found)


def version() -> str:
    """Return a short name of this table: another one means that menus on people's phones are out of date."""
    table = repr([(each.command, each.description, each.right) for each in ENTRIES])
    return hashlib.sha256(table.encode()).hexdigest()[:12]


VERSION = version()
