"""Everything one unit's report is made of, read on the caller's snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.answers import Address, Answer, State
from dialogs.texts import objections
from dialogs.values.report_data import SumPart, UnitReportData
from storage.campaigns import answers, campaigns
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import enclosures
from storage.compiled.enclosures import AskedReport
from storage.reports import letterheads
from storage.reports.report_view import PARENT_NAME, REPORT_ROWS, respondent, status
from storage.schema.conditions import SENT
from storage.schema.errors import Refused
from storage.schema.tables import campaign, campaign_unit, submission, unit_version
from storage.sums import frozen, rollup
from storage.sums.rollup import Behind
from storage.units import units

_REPORT = (
    select(
        submission.c.id,
        submission.c.status,
        campaign_unit.c.campaign.label("campaign_id"),
        campaign_unit.c.unit.label("unit_id"),
        campaign_unit.c.form_version,
        campaign_unit.c.required,
        campaign.c.key,
        campaign.c.reference_date,
        campaign.c.switches,
        campaign.c.period,
        unit_version.c.code,
        unit_version.c.name,
        unit_version.c.kind,
        unit_version.c.body,
        PARENT_NAME,
    )
    .select_from(REPORT_ROWS)
    .where(submission.c.id == bindparam("report"))
)


def find(connection: Connection, campaign_key: str, unit_code: str) -> int:
    """Return the id of a unit's report. Raises ``Refused`` if the campaign or the unit in it does not exist."""
    found = campaigns.by_key(connection, campaign_key)
    if found is None:
        raise Refused(objections.no_such_campaign(campaign_key))
    unit = units.by_code(connection, unit_code, found.reference_date)
    report = campaigns.submission_of(connection, found.id, unit.id) if unit else None
    if report is None:
        raise Refused(objections.unit_outside(unit_code, campaign_key))
    return report


def read(connection: Connection, cache: TurnCache, report: int, created: datetime) -> UnitReportData:
    """Return what a unit's report is made of; ``created`` is the local time.

    Raises ``Refused`` if there is no such report.
    """
    row: Any = connection.execute(_REPORT, {"report": report}).first()
    if row is None:
        raise Refused(objections.no_such_report(report))
    asker = respondent(row.kind, row.body, row.switches)
    form = cache.form(connection, row.form_version)
    own, document = answers.parted(answers.given(answers.load(connection, report)))
    asked = cache.asked(connection, row.form_version, asker)
    behind = _behind(connection, cache, row, report)
    rolled = {at: each for at, each in behind.items() if at not in asked and not _is_figure(own.get(at))}
    return UnitReportData(
        form=form,
        respondent=asker,
        campaign=row.key,
        period=row.period,
        unit_code=row.code,
        unit_name=row.name,
        parent_name=row.parent_name or "",
        document=document,
        letterhead=letterheads.defaults(connection, row.unit_id, row.reference_date, report),
        profile=letterheads.at(connection, row.unit_id, row.reference_date).profile or form.document.profile,
        sent=status(row.status, row.required) in SENT,
        created=created,
        answers=own,
        rolled={at: each.rolled for at, each in rolled.items()},
        details=_details(connection, row, rolled) if rolled else (),
        enclosed=tuple(enclosures.of(connection, cache, [AskedReport(report, row.code, row.name, row.form_version)])),
    )


def _behind(connection: Connection, cache: TurnCache, row: Any, report: int) -> Mapping[Address, Behind]:
    """Return the sums of the units below: those that were sent, live ones where nothing was or nothing was kept."""
    kept = frozen.of(connection, [report]) if row.status in SENT else {}
    return kept.get(report) or rollup.below(connection, cache, row.campaign_id, row.unit_id)


def _details(connection: Connection, row: Any, rolled: Mapping[Address, Behind]) -> tuple[SumPart, ...]:
    """Return the figures behind the sums, unit by unit in administrative order."""
    below = units.descendants(connection, row.unit_id, row.reference_date)
    order = {each.code: number for number, each in enumerate(below)}
    parts = (part for each in rolled.values() for part in each.parts)
    return tuple(sorted(parts, key=lambda part: (order.get(part.unit_code, len(order)), part.address)))


def _is_figure(answer: Answer | None) -> bool:
    return answer is not None and answer.state in (State.VALUE, State.ZERO)
