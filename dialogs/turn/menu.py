"""The menu of commands: one table for Telegram, the web page and /trogiup. Each person sees those of their roles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.texts import people as people_texts
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
    MenuEntry("start", people_texts.MENU_START, None, True),
    MenuEntry("tiep", people_texts.MENU_NEXT, _FILL, True),
    MenuEntry("truoc", people_texts.MENU_BACK, _FILL, True),
    MenuEntry("boqua", people_texts.MENU_SKIP, _FILL, True),
    MenuEntry("muc", people_texts.MENU_CONTENTS, _FILL, True),
    MenuEntry("xem", people_texts.MENU_LOOK, _FILL, True),
    MenuEntry("sua", people_texts.MENU_JUMP, _FILL, True),
    MenuEntry("nop", people_texts.MENU_REVIEW, _FILL, True),
    MenuEntry("tailieu", people_texts.MENU_PAPERS, _FILL, True),
    MenuEntry("capduoi", people_texts.MENU_BELOW, _FILL, True),
    MenuEntry("dinhkem", people_texts.MENU_EVIDENCE, Right.EVIDENCE_ADD),
    MenuEntry("giao", people_texts.MENU_ASSIGN, Right.PART_ASSIGN),
    MenuEntry("xinsua", people_texts.MENU_CORRECTION, Right.CORRECTION_ASK),
    MenuEntry("tiendo", people_texts.MENU_PROGRESS, Right.PROGRESS_READ),
    MenuEntry("tonghop", people_texts.MENU_COMPILE, Right.REPORT_COMPILE),
    MenuEntry("baocao", people_texts.MENU_REPORT, Right.PROGRESS_READ),
    MenuEntry("nhac", people_texts.MENU_REMIND, Right.REMINDER_SEND),
    MenuEntry("tralai", people_texts.MENU_RETURN, Right.REPORT_RETURN),
    MenuEntry("thaydoi", people_texts.MENU_CHANGES, Right.REPORT_READ),
    MenuEntry("tiepnhan", people_texts.MENU_ACCEPT, Right.REPORT_ACCEPT),
    MenuEntry("molai", people_texts.MENU_REOPEN, Right.REPORT_REOPEN),
    MenuEntry("giahan", people_texts.MENU_EXTEND, Right.DEADLINE_EXTEND),
    MenuEntry("dot", people_texts.MENU_CAMPAIGN, Right.CAMPAIGN_OPEN),
    MenuEntry("moi", people_texts.MENU_INVITE, Right.OFFICIAL_INVITE),
    MenuEntry("nguoi", people_texts.MENU_MEMBERS, Right.MEMBER_READ),
    MenuEntry("nhatky", people_texts.MENU_RECORD, Right.RECORD_READ),
    MenuEntry("nhacsau", people_texts.MENU_POSTPONE, None),
    MenuEntry("lienket", people_texts.MENU_LINK, None),
    MenuEntry("roi", people_texts.MENU_LEAVE, None),
    MenuEntry("huy", people_texts.MENU_CANCEL, None, True),
    MenuEntry("trogiup", people_texts.MENU_HELP, None, True),
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
    return people_texts.more_commands(found)


def version() -> str:
    """Return a short name of this table: another one means that menus on people's phones are out of date."""
    table = repr([(each.command, each.description, each.right) for each in ENTRIES])
    return hashlib.sha256(table.encode()).hexdigest()[:12]


VERSION = version()
