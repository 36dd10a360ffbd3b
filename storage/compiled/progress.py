"""How far the units of a campaign have come: statuses, lateness and questions answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.questions import progress as answered_of
from dialogs.values.report_data import Standing
from dialogs.values.status import Status
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport, members
from storage.campaigns.turn_cache import TurnCache
from storage.reports.report_view import status
from storage.schema.statements import chunks
from storage.schema.tables import answer

_STATES = select(
    answer.c.submission, answer.c.field, answer.c.row, answer.c.column, answer.c.state, answer.c.closed
).where(answer.c.submission.in_(bindparam("reports", expanding=True)), answer.c.state != State.EMPTY.value)


def of_campaign(
    connection: Connection, cache: TurnCache, campaign: Campaign, now: datetime, unit_id: int | None = None
) -> tuple[Standing, ...]:
    """Return the reports at and below a unit (None: the whole campaign) in administrative order, on one snapshot."""
    found = members(connection, campaign, campaign.root if unit_id is None else unit_id)
    return of_members(connection, cache, campaign, found, now)


def of_members(
    connection: Connection, cache: TurnCache, campaign: Campaign, found: Sequence[ScopedReport], now: datetime
) -> tuple[Standing, ...]:
    """Return how far these reports of a campaign have come, in the order given."""
    done: list[Standing] = []
    for some in chunks(found):
        answers = _states(connection, [each.submission for each in some])
        for each in some:
            given = answers.get(each.submission, {})
            asked = cache.questions(connection, each.form_version, each.respondent(campaign), given)
            done.append(_standing(each, campaign, now, answered_of(asked, given)))
    return tuple(done)


def _states(connection: Connection, reports: Sequence[int]) -> dict[int, dict[Address, Answer]]:
    """Return the answers as far as counting them needs: all of one state and closedness are the same one."""
    found: dict[int, dict[Address, Answer]] = {}
    addresses: dict[tuple[str, str, str], Address] = {}
    kinds: dict[tuple[str, bool], Answer] = {}
    for report, field, row, column, state, closed in connection.execute(_STATES, {"reports": reports}):
        address = addresses.get((field, row, column))
        if address is None:
            address = addresses[field, row, column] = Address(field, row, column)
        same = kinds.get((state, closed))
        if same is None:
            same = kinds[state, closed] = Answer(address, State(state), closed=closed)
        found.setdefault(report, {})[address] = same
    return found


def _standing(member: ScopedReport, campaign: Campaign, now: datetime, counts: tuple[int, int]) -> Standing:
    here = status(member.status, member.required)
    unit, (answered, total) = member.unit, counts
    return Standing(
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        depth=member.depth,
        status=here,
        late=late(member.due, member.first_sent_at, now) and here is not Status.NOT_REQUIRED,
        answered=answered,
        total=total,
        counted=member.status in campaign.counted,
        due=member.due,
        first_sent_at=member.first_sent_at,
        sent_at=member.sent_at,
        report=member.submission,
    )


def late(due: datetime | None, first_sent_at: datetime | None, now: datetime) -> bool:
    """Whether a report is late: first sent after its last moment, or unsent and past it."""
    return due is not None and (first_sent_at or now) > due


def as_json(campaign: Campaign, found: Iterable[Standing]) -> dict[str, Any]:
    """Return what ``baocao progress --json`` prints."""
    reports = tuple(found)
    counts = Counter(each.status.value for each in reports)
    return {
        "campaign": campaign.key,
        "units": [_json_unit(each) for each in reports],
        "counts": {each.value: counts[each.value] for each in Status},
    }


def _json_unit(each: Standing) -> dict[str, Any]:
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
