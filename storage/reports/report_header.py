"""What a decision about a report needs to know of it, and whom it concerns above it and in its unit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.form import Form
from dialogs.forms.local_rows import local_rows, with_rows
from dialogs.texts import objections
from dialogs.values.rights import Right
from storage.campaigns import answers
from storage.campaigns.turn_cache import TurnCache
from storage.people import concerned
from storage.reports.report_view import PARENT_NAME, REPORT_ROWS
from storage.schema.errors import Refused
from storage.schema.tables import campaign, campaign_unit, submission, unit_version

_HEADER = (
    select(
        submission.c.id.label("report"),
        submission.c.status,
        submission.c.reopened_from,
        submission.c.reopened_until,
        submission.c.confirm_asked_by,
        campaign_unit.c.campaign.label("campaign_id"),
        campaign_unit.c.unit.label("unit_id"),
        campaign_unit.c.form_version,
        campaign_unit.c.due,
        campaign.c.title,
        campaign.c.reference_date,
        campaign.c.settings,
        unit_version.c.name.label("unit"),
        PARENT_NAME,
    )
    .select_from(REPORT_ROWS)
    .where(submission.c.id == bindparam("report"))
)


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """A report with its campaign and its unit, named as on the campaign's reference date."""

    report: int
    status: str
    reopened_from: str | None
    reopened_until: datetime | None
    confirm_asked_by: int | None
    campaign_id: int
    unit_id: int
    form_version: int
    due: datetime | None
    title: str
    reference_date: date
    settings: str
    unit: str
    parent: str

    @property
    def confirms(self) -> bool:
        """Whether the campaign wants the unit's leader to confirm a report before it is sent."""
        return wants_confirmation(json.loads(self.settings))


def wants_confirmation(settings: Mapping[str, Any]) -> bool:
    """Whether a campaign's settings want the unit's leader to confirm a report before it is sent."""
    return settings.get("confirm") is True


def of(connection: Connection, report: int) -> ReportHeader:
    """Return what is known of a report. Raises ``Refused`` if there is none."""
    row = connection.execute(_HEADER, {"report": report}).first()
    if row is None:
        raise Refused(objections.no_such_report(report))
    found = dict(row._mapping)
    return ReportHeader(parent=found.pop("parent_name") or "", **found)


def in_charge(connection: Connection, right: Right, header: ReportHeader, at: datetime, but: int) -> tuple[int, ...]:
    """Return who is told of a report: those with ``right`` at the nearest level, without ``but``, that has anybody."""
    found = concerned.nearest(connection, right, header.unit_id, header.reference_date, at, but)
    return tuple(each.person for each in found)


def authors(connection: Connection, header: ReportHeader, at: datetime, but: int | None = None) -> tuple[int, ...]:
    """Return the people of the unit who fill in its reports."""
    return in_charge(connection, Right.REPORT_FILL, header, at, but or 0)


def whole_form(connection: Connection, cache: TurnCache, here: ReportHeader) -> Form:
    """Return the form of a report with the rows that its unit has added."""
    form = cache.form(connection, here.form_version)
    if not form.open_rows:
        return form
    return with_rows(form, local_rows(form, answers.given(answers.load(connection, here.report))))
