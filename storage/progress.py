"""How far the units of a campaign have come: statuses, lateness and questions answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from dialogs.answers import Address, Answer, State
from dialogs.questions import Respondent
from dialogs.questions import progress as answered_of
from dialogs.world import Status
from storage import units
from storage.campaigns import Campaign
from storage.memory import Memory
from storage.tables import answer, campaign_unit, submission
from storage.world import status


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit's report in a campaign. ``late``: first sent after the due moment, or unsent and past it."""

    submission: int
    unit: int
    code: str
    name: str
    kind: str
    parent: int | None
    status: Status
    late: bool
    answered: int
    total: int
    due: datetime | None
    first_sent_at: datetime | None
    sent_at: datetime | None


_tree = units.below("tree")
_UNITS = (
    select(
        campaign_unit.c.id,
        campaign_unit.c.unit,
        campaign_unit.c.form_version,
        campaign_unit.c.due,
        campaign_unit.c.required,
        submission.c.status,
        submission.c.first_sent_at,
        submission.c.sent_at,
    )
    .join(_tree, _tree.c.unit == campaign_unit.c.unit)
    .join(submission, submission.c.id == campaign_unit.c.id)
    .where(campaign_unit.c.campaign == bindparam("campaign"))
)
_STATES = (
    select(answer.c.submission, answer.c.field, answer.c.row, answer.c.column, answer.c.state, answer.c.closed)
    .join(campaign_unit, campaign_unit.c.id == answer.c.submission)
    .join(_tree, _tree.c.unit == campaign_unit.c.unit)
    .where(and_(campaign_unit.c.campaign == bindparam("campaign"), answer.c.state != State.EMPTY.value))
)


def of_campaign(
    connection: Connection, memory: Memory, campaign: Campaign, now: datetime, unit_id: int | None = None
) -> tuple[UnitProgress, ...]:
    """Return the reports at and below a unit (None: the whole campaign) in administrative order, on one snapshot."""
    root = campaign.root if unit_id is None else unit_id
    where = {"campaign": campaign.id, "root": root, "day": campaign.reference_date}
    rows = {row.unit: row for row in connection.execute(_UNITS, where)}
    answers = _by_submission(connection.execute(_STATES, where))
    asked = (each for each in units.descendants(connection, root, campaign.reference_date) if each.id in rows)
    found = []
    for each in asked:
        row = rows[each.id]
        questions = memory.questions(connection, row.form_version, Respondent(each.kind, each.body, campaign.switches))
        answered, total = answered_of(questions, answers.get(row.id, {}))
        found.append(_unit(each, row, now, answered, total))
    return tuple(found)


def _by_submission(rows: Iterable[Any]) -> dict[int, dict[Address, Answer]]:
    found: dict[int, dict[Address, Answer]] = {}
    for submission_id, field, row, column, state, closed in rows:
        address = Address(field, row, column)
        found.setdefault(submission_id, {})[address] = Answer(address, State(state), closed=closed)
    return found


def _unit(each: units.UnitAt, row: Any, now: datetime, answered: int, total: int) -> UnitProgress:
    here = status(row.status, row.required)
    return UnitProgress(
        row.id,
        each.id,
        each.code,
        each.name,
        each.kind,
        each.parent,
        here,
        late(row.due, row.first_sent_at, now) and here is not Status.NOT_REQUIRED,
        answered,
        total,
        row.due,
        row.first_sent_at,
        row.sent_at,
    )


def late(due: datetime | None, first_sent_at: datetime | None, now: datetime) -> bool:
    """Whether a report is late: first sent after its last moment, or unsent and past it."""
    return due is not None and (first_sent_at or now) > due


def as_json(campaign: Campaign, found: Iterable[UnitProgress]) -> dict[str, Any]:
    """Return what ``baocao progress --json`` prints (DESIGN section 9)."""
    reports = tuple(found)
    counts = Counter(each.status.value for each in reports)
    return {
        "campaign": campaign.key,
        "units": [_json_unit(each) for each in reports],
        "counts": {each.value: counts[each.value] for each in Status},
    }


def _json_unit(each: UnitProgress) -> dict[str, Any]:
    return {
        "code": each.code,
        "name": each.name,
        "kind": each.kind,
        "status": each.status.value,
        "late": each.late,
        "answered": each.answered,
        "total": each.total,
        "sent_at": each.sent_at.isoformat() if each.sent_at else None,
    }
