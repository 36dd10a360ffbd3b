"""Opening and ending campaigns for a person, and handing over their plans: what carries out those decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from dialogs.texts import deadlines as deadlines_texts
from dialogs.texts import objections
from dialogs.texts import plans as plans_texts
from dialogs.values.decisions import CloseCampaign, HandPlan, OpenCampaign
from dialogs.values.effects import Reply
from dialogs.values.plans import CampaignPlan
from dialogs.values.rights import Right
from storage.campaigns import campaigns
from storage.campaigns.campaigns import Campaign
from storage.campaigns.turn_cache import TurnCache
from storage.manage import plans
from storage.messages import jobs, notices
from storage.messages.context import Context
from storage.messages.outbox import OutboxRow
from storage.people import rights
from storage.people.people import FILLS_IN
from storage.schema.audit import Deed, record
from storage.schema.conditions import in_force
from storage.schema.errors import Refused
from storage.schema.tables import campaign_unit, role, unit_version
from storage.units import units
from storage.units.units import valid

MOST_BUTTONS = 8
"""Reports of one person that a notice has a button for."""

_NOBODY: tuple[OutboxRow, ...] = ()
_ASKED = (
    select(role.c.person, campaign_unit.c.id, unit_version.c.name, campaign_unit.c.due)
    .distinct()
    .join(campaign_unit, campaign_unit.c.unit == role.c.unit)
    .join(
        unit_version,
        and_(unit_version.c.unit == role.c.unit, valid(unit_version, bindparam("day"))),
    )
    .where(campaign_unit.c.campaign == bindparam("campaign"), campaign_unit.c.required.is_(True))
    .where(role.c.role.in_(FILLS_IN), in_force())
    .order_by(role.c.person, campaign_unit.c.id)
)


def open_it(connection: Connection, wanted: OpenCampaign, context: Context, _: TurnCache) -> Sequence[OutboxRow]:
    """Open a campaign; tell everybody who is asked, once each, if that is wanted.

    Raises ``Refused`` with what speaks against it: the dialog has asked the same before, in this transaction.
    """
    if why := plans.refusal(connection, wanted, context.person.id, context.at):
        raise Refused(why)
    opening = plans.as_opening(connection, wanted)
    opened = campaigns.open_campaign(connection, opening, context.at, wanted.zone, context.person.id)
    here = campaigns.by_id(connection, opened)
    if here is None:
        raise LookupError(opened)
    note_opened(connection, here, context.at, context.person.id, context.account, context.channel, wanted)
    return tell_asked(connection, here, context.at, wanted.zone, context.person.id) if wanted.notify else _NOBODY


def note_opened(
    connection: Connection,
    here: Campaign,
    at: datetime,
    person: int | None,
    account: int | None,
    channel: str,
    wanted: OpenCampaign | None = None,
) -> None:
    """Record who opened a campaign, with what it was opened with."""
    number = sum(each.number for each in campaigns.groups(connection, here.id))
    detail: dict[str, Any] = {"key": here.key, "units": number, "settings": dict(here.settings)}
    detail |= as_payload(wanted) if wanted else {}
    record(connection, Deed("campaign.open", at, person, account, here.root, here.id, None, channel, detail))


def tell_asked(
    connection: Connection, here: Campaign, at: datetime, zone: tzinfo, opener: int | None
) -> tuple[OutboxRow, ...]:
    """Tell everybody who has to report, in one message each, however many units they report for; not the opener."""
    root = units.by_id(connection, here.root, here.reference_date)
    found: dict[int, list[Any]] = {}
    for row in connection.execute(_ASKED, {"campaign": here.id, "day": here.reference_date, "at": at}):
        found.setdefault(row.person, []).append(row)
    found.pop(opener or 0, None)
    alike: dict[tuple[int, ...], list[int]] = {}
    for person_id, rows in found.items():
        alike.setdefault(tuple(row.id for row in rows), []).append(person_id)
    by = root.name if root else ""
    notes = ((_notice(here, found[people[0]], by, zone), people) for people in alike.values())
    return tuple(row for note, people in notes for row in notices.tell(connection, people, note, at))


def _notice(here: Campaign, rows: Sequence[Any], by: str, zone: tzinfo) -> Reply:
    reports = [(row.name, deadlines_texts.last_moment_words(row.due, zone)) for row in rows]
    several = len(rows) > 1
    buttons = (notices.open_at(row.id, "", plans_texts.begin_label(row.name, several)) for row in rows[:MOST_BUTTONS])
    return Reply(plans_texts.opened_notice(here.title, here.period, reports, by), tuple(buttons))


def close(connection: Connection, wanted: CloseCampaign, context: Context, _: TurnCache) -> Sequence[OutboxRow]:
    """End a campaign. Raises ``Refused`` without the right; one that is closed already stays as it is."""
    here = _mine(connection, wanted.campaign, context)
    if here.closed_at is None:
        campaigns.close(connection, here.id, context.at)
        note_closed(connection, here, context.at, context.person.id, context.account, context.channel)
    return _NOBODY


def note_closed(
    connection: Connection, here: Campaign, at: datetime, person: int | None, account: int | None, channel: str
) -> None:
    """Record who ended a campaign."""
    detail = {"key": here.key}
    record(connection, Deed("campaign.close", at, person, account, here.root, here.id, None, channel, detail))


def _mine(connection: Connection, campaign_id: int, context: Context) -> Campaign:
    here = campaigns.by_id(connection, campaign_id)
    if here is None or not _may(connection, here.root, here.reference_date, context):
        raise Refused(objections.NOT_YOURS)
    return here


def _may(connection: Connection, unit: int, day: date, context: Context) -> bool:
    return rights.may(connection, context.person.id, Right.CAMPAIGN_OPEN, unit, day, context.at)


# --- the printed plan ----------------------------------------------------------------------------------------------


def hand_plan(connection: Connection, wanted: HandPlan, context: Context, _: TurnCache) -> Sequence[OutboxRow]:
    """Have the plan of a campaign, or of one yet to be opened, printed. Raises ``Refused`` without the right."""
    if wanted.opening is None:
        asked: dict[str, Any] = {"campaign": _mine(connection, wanted.campaign, context).id}
    elif _may(connection, wanted.opening.unit, wanted.opening.reference_date, context):
        asked = {"opening": as_payload(wanted.opening)}
    else:
        raise Refused(objections.NOT_YOURS)
    jobs.add_once(connection, jobs.PLAN, {**asked, **context.asker()}, context.at)
    return _NOBODY


def plan_of_job(
    connection: Connection, cache: TurnCache, payload: Mapping[str, Any], at: datetime, zone: tzinfo
) -> CampaignPlan:
    """Return the plan that a job is to print. Raises ``Refused`` if its campaign, form or unit is gone."""
    if "opening" in payload:
        return plans.planned(connection, cache, from_payload(payload["opening"], zone), at)
    here = campaigns.by_id(connection, int(payload["campaign"]))
    if here is None:
        raise Refused(objections.CAMPAIGN_GONE)
    return plans.of_campaign(connection, cache, here, at)


def as_payload(wanted: OpenCampaign) -> dict[str, Any]:
    """Return an opening as JSON; the zone is the program's."""
    found = {each.name: getattr(wanted, each.name) for each in fields(OpenCampaign) if each.name != "zone"}
    found["reference_date"] = wanted.reference_date.isoformat()
    found["due"] = {kind: day.isoformat() for kind, day in wanted.due.items()}
    found["settings"] = dict(wanted.settings)
    return found | {name: sorted(found[name]) for name in ("not_required", "left_out", "switches")}


def from_payload(stored: Mapping[str, Any], zone: tzinfo) -> OpenCampaign:
    """Read what ``as_payload`` wrote."""
    found = dict(stored) | {name: frozenset(stored[name]) for name in ("not_required", "left_out", "switches")}
    found["reference_date"] = date.fromisoformat(stored["reference_date"])
    found["due"] = {kind: date.fromisoformat(day) for kind, day in stored["due"].items()}
    return OpenCampaign(**found, zone=zone)
