"""The reports of a campaign at and below a unit, in administrative order: what sums and progress are made over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select

from dialogs.questions import Respondent
from storage import units
from storage.campaigns import Campaign
from storage.tables import campaign_unit, submission

T = TypeVar("T")

CHUNK = 900
"""Ids named in one statement; the oldest SQLite in use takes 999."""


@dataclass(frozen=True, slots=True)
class Member:
    """One unit's report. ``depth`` and ``above`` (units, nearest last) count from the unit that was asked about."""

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


_REPORTS = (
    select(
        campaign_unit.c.unit,
        submission.c.id,
        campaign_unit.c.form_version,
        campaign_unit.c.due,
        campaign_unit.c.required,
        submission.c.status,
        submission.c.first_sent_at,
        submission.c.sent_at,
    )
    .join(submission, submission.c.id == campaign_unit.c.id)
    .where(campaign_unit.c.campaign == bindparam("campaign"))
    .where(campaign_unit.c.unit.in_(bindparam("units", expanding=True)))
)


def members(connection: Connection, campaign: Campaign, unit_id: int) -> tuple[Member, ...]:
    """Return the reports at and below a unit on the campaign's reference date, each before those under it."""
    tree = units.descendants(connection, unit_id, campaign.reference_date)
    rows = {}
    for some in chunks([each.id for each in tree]):
        for row in connection.execute(_REPORTS, {"campaign": campaign.id, "units": some}):
            rows[row[0]] = row
    above: dict[int, tuple[int, ...]] = {}
    found = []
    for each in tree:
        above[each.id] = (*above[each.parent], each.parent) if each.parent in above else ()
        if each.id in rows:
            _, report, *rest = rows[each.id]
            found.append(Member(report, each, above[each.id], *rest))
    return tuple(found)


def chunks(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield ``things`` in runs that fit one statement."""
    for first in range(0, len(things), CHUNK):
        yield things[first : first + CHUNK]
