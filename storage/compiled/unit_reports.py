"""Everything one unit's report is made of, read on the caller's snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.answers import DOCUMENT_DATA, Address, Answer, State
from dialogs.forms.form import Form
from dialogs.forms.questions import Respondent
from dialogs.values.report_data import Enclosed, Rolled, SumPart
from dialogs.values.status import Status
from storage.campaigns import answers, campaigns
from storage.campaigns.turn_cache import TurnCache
from storage.compiled import enclosures
from storage.compiled.enclosures import AskedReport
from storage.reports import letterheads
from storage.reports.report_view import PARENT_NAME, REPORT_ROWS, respondent, status
from storage.schema.errors import Refused
from storage.schema.tables import campaign, campaign_unit, submission, unit_version
from storage.sums import frozen, rollup
from storage.sums.rollup import Behind
from storage.units import units

_REPORT = (
    select(
        submission.c.id,
        submission.c.status,
        submission.c.stamp,
        submission.c.revision,
        submission.c.receipt,
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


@dataclass(frozen=True, slots=True)
class ReportSource:
    """What a unit's report is made of.

    ``answers`` are those of the form, ``document`` those of "Thông tin văn bản" by column key, ``letterhead`` the
    usual ones under the same keys. ``rolled`` and ``details`` are the sums and figures of the units below for the
    cells that this unit is not asked itself and gave no figure for: as they were when it sent, before that as they
    are. ``sent``: sent or accepted, so no draft.
    """

    submission: int
    campaign: str
    status: Status
    revision: int
    receipt: str
    form: Form
    respondent: Respondent
    period: str
    unit_code: str
    unit_name: str
    parent_name: str
    answers: Mapping[Address, Answer]
    document: Mapping[str, Answer]
    letterhead: Mapping[str, str]
    profile: str
    sent: bool
    rolled: Mapping[Address, Rolled]
    details: tuple[SumPart, ...]
    enclosed: tuple[Enclosed, ...] = ()


def find(connection: Connection, campaign_key: str, unit_code: str) -> int:
    """Return the id of a unit's report. Raises ``Refused`` if the campaign or the unit in it does not exist."""
    found = campaigns.by_key(connection, campaign_key)
    if found is None:
        raise Refused(f"Không có đợt báo cáo {campaign_key}.")
    unit = units.by_code(connection, unit_code, found.reference_date)
    report = campaigns.submission_of(connection, found.id, unit.id) if unit else None
    if report is None:
        raise Refused(f"Đơn vị {unit_code} không thuộc đợt báo cáo {campaign_key}.")
    return report


def source(connection: Connection, cache: TurnCache, report: int) -> ReportSource:
    """Return what a unit's report is made of. Raises ``Refused`` if there is no such report."""
    row: Any = connection.execute(_REPORT, {"report": report}).first()
    if row is None:
        raise Refused(f"Không có báo cáo số {report}.")
    asker = respondent(row.kind, row.body, row.switches)
    form = cache.form(connection, row.form_version)
    given = answers.given(answers.load(connection, report))
    own = cache.asked(connection, row.form_version, asker)
    behind = _behind(connection, cache, row, report)
    rolled = {at: each for at, each in behind.items() if at not in own and not _is_figure(given.get(at))}
    shown = status(row.status, row.required)
    return ReportSource(
        submission=report,
        campaign=row.key,
        status=shown,
        revision=row.revision,
        receipt=row.receipt,
        form=form,
        respondent=asker,
        period=row.period,
        unit_code=row.code,
        unit_name=row.name,
        parent_name=row.parent_name or "",
        answers={address: each for address, each in given.items() if address.field != DOCUMENT_DATA},
        document={address.column: each for address, each in given.items() if address.field == DOCUMENT_DATA},
        letterhead=letterheads.defaults(connection, row.unit_id, row.reference_date, report),
        profile=letterheads.at(connection, row.unit_id, row.reference_date).profile or form.document.profile,
        sent=shown in (Status.SENT, Status.ACCEPTED),
        rolled={at: each.rolled for at, each in rolled.items()},
        details=_details(connection, row, rolled) if rolled else (),
        enclosed=tuple(enclosures.of(connection, cache, [AskedReport(report, row.code, row.name, row.form_version)])),
    )


def _behind(connection: Connection, cache: TurnCache, row: Any, report: int) -> Mapping[Address, Behind]:
    """Return the sums of the units below: those that were sent, live ones where nothing was or nothing was kept."""
    kept = frozen.of(connection, [report]) if row.status in (Status.SENT, Status.ACCEPTED) else {}
    return kept.get(report) or rollup.below(connection, cache, row.campaign_id, row.unit_id)


def _details(connection: Connection, row: Any, rolled: Mapping[Address, Behind]) -> tuple[SumPart, ...]:
    """Return the figures behind the sums, unit by unit in administrative order."""
    below = units.descendants(connection, row.unit_id, row.reference_date)
    order = {each.code: number for number, each in enumerate(below)}
    parts = (part for each in rolled.values() for part in each.parts)
    return tuple(sorted(parts, key=lambda part: (order.get(part.unit_code, len(order)), part.address)))


def _is_figure(answer: Answer | None) -> bool:
    return answer is not None and answer.state in (State.VALUE, State.ZERO)
