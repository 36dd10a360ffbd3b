"""How a report stands beside its answers: ``dialogs.values.report_lifecycle`` from its rows and the record."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from dialogs.values.report_lifecycle import ConfirmationAsked, Correction, ReportLifecycle
from storage.people import concerned
from storage.schema.tables import campaign, campaign_unit, correction, person, sending, submission

_asker = person.alias("asker")
_settler = person.alias("settler")

_ROW = (
    select(
        submission.c.reopened_until,
        submission.c.reopen_reason,
        submission.c.confirm_asked_at,
        person.c.name.label("asked_by"),
        campaign_unit.c.unit,
        campaign.c.settings,
    )
    .select_from(
        submission.join(campaign_unit, campaign_unit.c.id == submission.c.id)
        .join(campaign, campaign.c.id == campaign_unit.c.campaign)
        .outerjoin(person, person.c.id == submission.c.confirm_asked_by)
    )
    .where(submission.c.id == bindparam("report"))
)
_COUNT = select(func.coalesce(func.max(sending.c.number), 0)).where(sending.c.submission == bindparam("report"))
_CORRECTION = (
    select(
        correction.c.reason,
        _asker.c.name.label("asker"),
        correction.c.asked_at,
        correction.c.granted,
        correction.c.comment,
        _settler.c.name.label("settler"),
        correction.c.settled_at,
        correction.c.sending,
    )
    .select_from(
        correction.outerjoin(_asker, _asker.c.id == correction.c.asked_by).outerjoin(
            _settler, _settler.c.id == correction.c.settled_by
        )
    )
    .where(correction.c.submission == bindparam("report"))
    .order_by(correction.c.id.desc())
    .limit(1)
)


def of(connection: Connection, report: int, by: int, at: datetime) -> ReportLifecycle:
    """Return how a report stands. ``by`` is who looks."""
    row: Any = connection.execute(_ROW, {"report": report}).first()
    if row is None:
        return ReportLifecycle()
    sendings = connection.execute(_COUNT, {"report": report}).scalar_one()
    confirms = json.loads(row.settings).get("confirm") is True
    leads = concerned.leads(connection, row.unit, at) if confirms else ()
    return ReportLifecycle(
        sendings=sendings,
        reopened_until=row.reopened_until,
        reopen_reason=row.reopen_reason,
        correction=_correction(connection, report, sendings),
        asked=ConfirmationAsked(row.asked_by or "", row.confirm_asked_at) if row.confirm_asked_at else None,
        confirms=confirms,
        leads=tuple(each.name for each in leads),
        may_confirm=any(each.person == by for each in leads),
    )


def _correction(connection: Connection, report: int, sendings: int) -> Correction | None:
    """Return the newest wish about what was sent last."""
    row = connection.execute(_CORRECTION, {"report": report}).first()
    if row is None or row.sending != sendings:
        return None
    settled = (row.granted, row.comment, row.settler or "", row.settled_at)
    return Correction(row.reason, row.asker or "", row.asked_at, *settled)
