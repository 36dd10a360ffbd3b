"""``baocao invite`` and ``baocao member``: who belongs where. ``--as`` acts for a person, with that person's rights."""

from __future__ import annotations

import argparse
from datetime import datetime

from sqlalchemy import Connection

from bot.commands import acting, command_texts
from bot.config.running import Stop, open_store
from bot.config.settings import Settings
from bot.runtime import texts
from bot.runtime.timing import now
from dialogs.texts import objections
from dialogs.values.rights import ROLES, Right, invite_right, remove_right
from storage.people import invites, membership, people, rights
from storage.schema import audit
from storage.schema.audit import Deed

MOST_CODES = 500
CHANNEL = "cli"

__all__ = ["MOST_CODES", "ROLES", "invite", "member_list", "member_remove"]


def invite(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print single-use codes, one a line with its links; each is shown once and kept only as a hash."""
    database, at = open_store(settings), now()
    role, count = arguments.role, arguments.count
    with database.write() as connection:
        unit = _unit(connection, arguments.unit)
        by = _acting(connection, arguments.handle, invite_right(role), unit, at)
        codes = [invites.create(connection, unit, role, at, by) for _ in range(count)]
        detail = {"role": role, "count": count}
        audit.record(connection, Deed("role.invite", at, by, unit=unit, channel=CHANNEL, detail=detail))
        links = [membership.links(connection, code, _addresses(settings)) for code in codes]
    for code, ways in zip(codes, links, strict=True):
        print("  ".join([code, *ways.values()]))
    return 0


def _addresses(settings: Settings) -> dict[str, str]:
    """Where doors are reached by their variables, by what that is noted as."""
    found = ((door.facts.link, door.address(settings.of_doors)) for door in settings.doors)
    return {link.noted_as: address for link, address in found if link is not None and address is not None}


def member_list(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the people of a unit, one role a line: the person's number, handle, name, role."""
    database, at = open_store(settings), now()
    with database.read() as connection:
        unit = _unit(connection, arguments.unit)
        _acting(connection, arguments.handle, Right.MEMBER_READ, unit, at)
        found = people.members(connection, unit, at)
        handles = {each.person: each.handle for each in people.with_handles(connection)}
    for each in found:
        print(command_texts.member(each.person, handles.get(each.person, ""), each.name, each.role))
    return 0


def member_remove(arguments: argparse.Namespace, settings: Settings) -> int:
    """End somebody's role at once; the last administrator of a topmost unit stays."""
    database, at = open_store(settings), now()
    with database.write() as connection:
        unit = _unit(connection, arguments.unit)
        by = _acting(connection, arguments.handle, remove_right(arguments.role), unit, at)
        who = _person(connection, arguments.person)
        held = [m for m in people.members(connection, unit, at) if (m.person, m.role) == (who, arguments.role)]
        if not held:
            raise Stop(command_texts.no_such_member(arguments.person, arguments.role, arguments.unit))
        membership.end(connection, held[0].role_id, by, at, CHANNEL)
    print(command_texts.removed(held[0].name, arguments.role, arguments.unit))
    return 0


def _unit(connection: Connection, code: str) -> int:
    unit = invites.unit_by_code(connection, code)
    if unit is None:
        raise Stop(texts.unknown_unit(code))
    return unit


def _acting(connection: Connection, handle: str, right: Right, unit: int, at: datetime) -> int | None:
    """Return for whom the command acts, None for whoever runs the service. Raises ``Stop`` without the right."""
    if not handle:
        return None
    who = acting.person_of(connection, handle)
    if not rights.may_today(connection, who, right, unit, at, at.date()):
        raise Stop(objections.NOT_YOURS)
    return who


def _person(connection: Connection, word: str) -> int:
    """Return the person with a handle, or with a number as ``member list`` prints it."""
    found = people.by_handle(connection, word)
    if found is not None:
        return found.person
    if word.isascii() and word.isdecimal() and len(word) <= 18:
        return int(word)
    raise Stop(command_texts.no_such_person(word))
