"""The reports of a campaign at and below a unit, in administrative order: what sums and progress are made over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select

from dialogs.forms.questions import Respondent
from storage.campaigns.campaigns import Campaign
from storage.schema.prepared import Prepared
from storage.schema.tables import campaign_unit, submission, unit_version
from storage.units import units


@dataclass(frozen=True, slots=True)
class ScopedReport:
    """One unit's report. ``above`` are the units over it, nearest last, from the unit that was asked about on."""

    submission: int
    unit: units.UnitAt
    above: tuple[int, ...]
    form_version: int
    due: datetime | None
    required: bool
    status: str
    first_sent_at: datetime | None
    sent_at: datetime | None

    @property
    def depth(self) -> int:
        return len(self.above)

    def respondent(self, campaign: Campaign) -> Respondent:
        """Return what of the unit decides its questions."""
        return Respondent(self.unit.kind, self.unit.body, campaign.switches)


_TREE = units.below("tree")
_UNIT = tuple(unit_version.c[name] for name in ("unit", "code", "name", "kind", "parent", "body", "position"))
_REPORT = (
    submission.c.id,
    campaign_unit.c.form_version,
    campaign_unit.c.due,
    campaign_unit.c.required,
    submission.c.status,
    submission.c.first_sent_at,
    submission.c.sent_at,
)
_MEMBERS = Prepared(
    select(*_UNIT, _TREE.c.depth, *_REPORT)
    .select_from(
        unit_version.join(_TREE, _TREE.c.unit == unit_version.c.unit)
        .outerjoin(
            campaign_unit,
            and_(campaign_unit.c.unit == unit_version.c.unit, campaign_unit.c.campaign == bindparam("campaign")),
        )
        .outerjoin(submission, submission.c.id == campaign_unit.c.id)
    )
    .where(units.valid(unit_version, bindparam("day")))
    .order_by(unit_version.c.position, unit_version.c.code)
)


_CHILD = Prepared(select(unit_version.c.id).where(unit_version.c.parent == bindparam("unit")).limit(1))


def members(connection: Connection, campaign: Campaign, unit_id: int) -> tuple[ScopedReport, ...]:
    """Return the reports at and below a unit on the campaign's reference date, each before those under it."""
    where = {"root": unit_id, "day": campaign.reference_date, "campaign": campaign.id}
    rows = _MEMBERS.all(connection, where)
    reports = {row[0]: row[8:] for row in rows}
    above: dict[int, tuple[int, ...]] = {}
    found = []
    for each in units.in_order((units.UnitAt(*row[:8]) for row in rows), unit_id):
        above[each.id] = (*above[each.parent], each.parent) if each.parent in above else ()
        report, *rest = reports[each.id]
        if report is not None:
            found.append(ScopedReport(report, each, above[each.id], *rest))
    return tuple(found)


def anybody_below(connection: Connection, unit_id: int) -> bool:
    """Return whether any unit ever stood right under this one: False spares the larger question."""
    return _CHILD.first(connection, {"unit": unit_id}) is not None
