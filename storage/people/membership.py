"""Coming, going and inviting: who gets a role, an account or a code, each asked for its right again and recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from dialogs import stored
from dialogs.people.joining import MAX_GUESSES
from dialogs.texts import objections
from dialogs.texts import people as people_texts
from dialogs.turn.session import Session
from dialogs.values.decisions import AddAccount, CreateInvites, EndRole, RevokeInvite
from dialogs.values.effects import Reply
from dialogs.values.rights import Right, invite_right, remove_right
from storage.campaigns.turn_cache import TurnCache
from storage.messages import notices, outbox
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import invites, menus, people, rights
from storage.people.invites import ACCOUNT, Used
from storage.people.staff import is_last
from storage.schema import meta
from storage.schema.audit import Deed, record
from storage.schema.errors import Refused
from storage.schema.known_doors import known_doors
from storage.schema.tables import account, campaign_unit, file, invite, role, session, unit
from storage.schema.tables import outbox as outbox_table
from storage.units.unit_hierarchy import Hierarchy

# --- codes --------------------------------------------------------------------------------------------------------


def create_invites(
    connection: Connection, wanted: CreateInvites, context: Context, _: TurnCache
) -> tuple[OutboxRow, ...]:
    """Make codes, each in a message of its own to the account that spoke."""
    _require(connection, context.person.id, invite_right(wanted.role), wanted.unit, context.at)
    rows = []
    for _number in range(wanted.count):
        issued = invites.issue(connection, wanted.unit, wanted.role, context.at, context.person.id, wanted.expires_at)
        rows.append(_letter(connection, issued, wanted.letter, context))
    detail = {"role": wanted.role, "count": wanted.count}
    _record(connection, "role.invite", context, wanted.unit, detail)
    return tuple(rows)


def add_account(connection: Connection, wanted: AddAccount, context: Context, _: TurnCache) -> tuple[OutboxRow, ...]:
    """Make a code for a further account of the person who asks. Raises ``Refused`` for somebody without a role."""
    mine = people.roles_of(connection, context.person.id, context.at)
    if not mine:
        raise Refused(objections.NOT_YOURS)
    who = context.person.id
    _revoke_links(connection, who, context.at)
    issued = invites.issue(connection, mine[0][0], ACCOUNT, context.at, who, wanted.expires_at, who)
    _record(connection, "account.code", context, None, {})
    return (_letter(connection, issued, wanted.letter, context),)


def _revoke_links(connection: Connection, who: int, at: datetime) -> None:
    """Only the newest code for a further account is good."""
    for key in connection.execute(select(invite.c.id).where(invite.c.person == who)).scalars().all():
        if invites.revoke(connection, key, at):
            invites.forget_code(connection, key)


def revoke(connection: Connection, wanted: RevokeInvite, context: Context, _: TurnCache) -> tuple[OutboxRow, ...]:
    """Take an open invitation back."""
    columns = (invite.c.unit, invite.c.role)
    found = connection.execute(select(*columns).where(invite.c.id == wanted.invite, invite.c.person.is_(None))).first()
    if found is None:
        raise Refused(objections.NOT_YOURS)
    _require(connection, context.person.id, invite_right(found.role), found.unit, context.at)
    if invites.revoke(connection, wanted.invite, context.at):
        invites.forget_code(connection, wanted.invite)
        _record(connection, "invite.revoke", context, found.unit, {"role": found.role})
    return ()


def _letter(connection: Connection, issued: invites.Issued, letter: str, context: Context) -> OutboxRow:
    text = f"{letter}\n{ways_in(connection, issued.code)}"
    row = outbox.add(connection, outbox.to_speaker(context, outbox.to_payload(Reply(text))))
    invites.carried_by(connection, issued.id, row.id)
    return row


def ways_in(connection: Connection, code: str) -> str:
    """Return how to use a code, with the links that are known."""
    return people_texts.ways_in(code, links(connection, code, {}))


def links(connection: Connection, code: str, addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the links that bring a code along, by the label of their door.

    ``addresses`` are those that the caller knows better than what the service has noted, by what they are noted as.
    """
    found = {}
    for each in known_doors(connection).every:
        if each.link is not None:
            noted = each.link.noted_as
            address = addresses[noted] if noted in addresses else meta.get(connection, noted)
            if address:
                found[each.label] = each.link.to(address, code)
    return found


def guessed(connection: Connection, context: Context) -> None:
    """Count a wrong code; the moment from which guessing is slowed is recorded, without any code."""
    note_guess(connection, context.channel, context.external, context.at, context)


def note_guess(
    connection: Connection, channel: str, external: str, at: datetime, context: Context | None = None
) -> None:
    """Count a wrong code of an account, or of whoever stands behind an address of a network."""
    invites.note_guess(connection, channel, external, at)
    mine = invites.guesses(connection, channel, external, at - invites.WITHIN)
    everybody = invites.guesses_in(connection, channel, at - invites.ALL_WITHIN)
    found = {"account": mine, "channel": everybody}
    limits = {"account": MAX_GUESSES if context else invites.MOST_OF_ADDRESS, "channel": invites.MOST_IN_ALL}
    for what, limit in limits.items():
        if found[what] == limit:
            deed = Deed("invite.guess", at, channel=channel, detail={"of": what, "wrong": limit})
            known = replace(deed, person=context.person.id, account=context.account) if context else deed
            record(connection, known)


# --- coming -------------------------------------------------------------------------------------------------------


def join(connection: Connection, invite_id: int, context: Context) -> tuple[OutboxRow, ...]:
    """Use an invitation up for the person who speaks: a role for them, or their account for its owner.

    Raises ``Refused`` if somebody else was faster.
    """
    used = invites.use(connection, invite_id, context.person.id, context.at)
    if used is None:
        raise Refused(objections.CODE_TAKEN)
    invites.forget_code(connection, invite_id)
    if used.person is not None:
        return _join_person(connection, used.person, context)
    return _join_unit(connection, used, context)


def _join_unit(connection: Connection, used: Used, context: Context) -> tuple[OutboxRow, ...]:
    who, at = context.person, context.at
    people.grant(connection, who.id, used.unit, used.role, at, used.by)
    _record(connection, "role.join", context, used.unit, {"role": used.role})
    name = Hierarchy(connection, at.date()).name(used.unit)
    told = Reply(people_texts.someone_joined(who.name, used.role, name))
    inviter = () if used.by in (None, who.id) else notices.tell(connection, [used.by], told, at)
    return (*inviter, *menus.send(connection, who.id, at))


def _join_person(connection: Connection, owner: int, context: Context) -> tuple[OutboxRow, ...]:
    """The account changes hands; who it belonged to until now has no role and, without any account, is no more."""
    at, before = context.at, context.person.id
    if owner == before or people.roles_of(connection, before, at) or not people.roles_of(connection, owner, at):
        raise Refused(objections.NOT_YOURS)
    mine = connection.execute(select(account.c.name).where(account.c.id == context.account)).scalar_one()
    told = Reply(people_texts.account_joined(mine, known_doors(connection).named(context.channel).through))
    rows = notices.tell(connection, [owner], told, at)
    connection.execute(update(account).where(account.c.id == context.account).values(person=owner))
    left = select(account.c.id).where(account.c.person == before).limit(1)
    if connection.execute(left).first() is None:
        people.remove(connection, before, at)
    _record(connection, "account.join", replace(context, person=replace(context.person, id=owner)), None, {})
    return (*rows, *menus.send(connection, owner, at))


# --- going --------------------------------------------------------------------------------------------------------


def end_role(connection: Connection, wanted: EndRole, context: Context, _: TurnCache) -> tuple[OutboxRow, ...]:
    """End a role by right, or the own one; access through it ends at once."""
    return end(connection, wanted.role, context.person.id, context.at, context.channel, context.account)


def end(
    connection: Connection, role_id: int, by: int | None, at: datetime, channel: str = "", account_id: int | None = None
) -> tuple[OutboxRow, ...]:
    """End a role for ``by`` (None: who runs the service). Raises ``Refused`` without the right, or at the last one."""
    columns = (role.c.person, role.c.unit, role.c.role)
    place = connection.execute(select(*columns).where(role.c.id == role_id)).first()
    if place is None:
        raise Refused(people_texts.not_yours_to_end())
    # Two who decide about one unit at the same time: the second sees what the first has decided.
    connection.execute(select(unit.c.id).where(unit.c.id == place.unit).with_for_update())
    if by not in (None, place.person):
        _require(connection, by, remove_right(place.role), place.unit, at)
    tree = Hierarchy(connection, at.date())
    name = tree.name(place.unit)
    if not people.is_active(connection, role_id, at):
        raise Refused(people_texts.not_yours_to_end())
    if is_last(connection, tree, role_id, at):
        raise Refused(people_texts.last_administrator(name))
    people.end_role(connection, role_id, at, by)
    detail = {"role": place.role, "of": place.person}
    record(connection, Deed("role.end", at, by, account_id, place.unit, channel=channel, detail=detail))
    _revoke_of(connection, place.person, at)
    _shut_out(connection, place.person, place.unit, at)
    told = Reply(people_texts.role_ended(place.role, name))
    rows = () if by == place.person else notices.tell(connection, [place.person], told, at)
    return (*rows, *menus.send(connection, place.person, at))


def _revoke_of(connection: Connection, who: int, at: datetime) -> None:
    """Codes that somebody gave out end with the right to give them, those for their own accounts with the last role."""
    columns = (invite.c.id, invite.c.unit, invite.c.role, invite.c.person)
    found = select(*columns).where(invite.c.created_by == who, invite.c.used_at.is_(None))
    found = found.where(invite.c.revoked_at.is_(None), invite.c.expires_at > at)
    for key, unit_id, word, owner in connection.execute(found).all():
        if owner is not None:
            kept = bool(people.roles_of(connection, who, at))
        else:
            kept = rights.may_today(connection, who, invite_right(word), unit_id, at, at.date())
        if not kept:
            invites.revoke(connection, key, at)
            invites.forget_code(connection, key)


_WAITING = (
    select(outbox_table.c.id, outbox_table.c.payload)
    .where(outbox_table.c.person == bindparam("person"), outbox_table.c.kind != outbox.REMINDER)
    .where(outbox_table.c.sent_at.is_(None), outbox_table.c.dead_at.is_(None), outbox_table.c.claimed_by.is_(None))
)
_FREE_SESSION = select(session.c.json).where(session.c.person == bindparam("person")).with_for_update(skip_locked=True)
_OF_UNIT = select(campaign_unit.c.id).where(
    campaign_unit.c.unit == bindparam("unit"), campaign_unit.c.id.in_(bindparam("reports", expanding=True))
)
_OF_FILE = select(file.c.submission).where(file.c.id == bindparam("file"), file.c.submission.is_not(None))


def _shut_out(connection: Connection, who: int, unit_id: int, at: datetime) -> None:
    """What still waits to be sent to somebody about a unit that they left is given up.

    Reminders look for themselves, when they are sent, whether they are still wanted.
    """
    roles = people.roles_of(connection, who, at)
    if any(held == unit_id for held, _ in roles):
        return
    for key, payload in connection.execute(_WAITING, {"person": who}).all():
        reports = _reports_in(connection, json.loads(payload))
        where = {"unit": unit_id, "reports": reports}
        if not roles or (reports and connection.execute(_OF_UNIT, where).first() is not None):
            outbox.dead(connection, key, "the role has ended", at)
    if not roles:
        _begin_anew(connection, who)


def _reports_in(connection: Connection, payload: dict[str, Any]) -> list[int]:
    """The reports that a message speaks of: by its buttons, or the file that it hands over."""
    heads = (str(choice[0]).partition(".")[0] for choice in payload.get("choices", ()))
    found = {int(head) for head in heads if head.isdecimal()}
    if payload.get("file"):
        of_file = connection.execute(_OF_FILE, {"file": payload["file"]["id"]}).scalar()
        found |= {of_file} if of_file is not None else set()
    return sorted(found - {0})


def _begin_anew(connection: Connection, who: int) -> None:
    """Whoever has no role left stands nowhere; one who speaks at this very moment is met by their next message."""
    row = connection.execute(_FREE_SESSION, {"person": who}).first()
    if row is not None and row.json:
        fresh = Session(mark=stored.from_json(row.json).mark + 1)
        changed = update(session).where(session.c.person == who)
        connection.execute(changed.values(json=stored.to_json(fresh)))


# --- for all of them ----------------------------------------------------------------------------------------------


def _require(connection: Connection, who: int, right: Right, unit_id: int, at: datetime) -> None:
    """Raise ``Refused`` unless the person has a right over a unit today: asked again as the decision is applied."""
    if not rights.may_today(connection, who, right, unit_id, at, at.date()):
        raise Refused(objections.NOT_YOURS)


def _record(
    connection: Connection, verb: str, context: Context, unit_id: int | None, detail: Mapping[str, Any]
) -> None:
    person_id, account_id, channel = context.person.id, context.account, context.channel
    record(connection, Deed(verb, context.at, person_id, account_id, unit_id, channel=channel, detail=detail))
