"""The sums of the units below as they were when their owner sent: what was sent stays what it was.

Only what a unit was shown and did not replace with a figure of its own is kept, under the revision that it sent.
Sums further up are always made of what the units themselves gave, never of these.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, insert, select

from dialogs.forms.answers import Address, State
from dialogs.values.report_data import Changed, Rolled, SumPart
from storage.campaigns import campaigns
from storage.campaigns.answers import MILLION, from_millionths
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport, members
from storage.campaigns.turn_cache import TurnCache
from storage.schema.conditions import SENT
from storage.schema.prepared import Prepared
from storage.schema.statements import chunks, dumps
from storage.schema.tables import answer, campaign_unit, frozen_sum, submission, unit_version
from storage.sums import rollup
from storage.sums.overrides import below
from storage.sums.rollup import Behind

# One small statement is all that a unit with nothing below it pays.
_SENDER = Prepared(
    select(campaign_unit.c.campaign, campaign_unit.c.unit, submission.c.sent_revision)
    .join(submission, submission.c.id == campaign_unit.c.id)
    .where(campaign_unit.c.id == bindparam("report"))
    .where(exists().where(unit_version.c.parent == campaign_unit.c.unit))
)
_OWN_FIGURES = select(answer.c.field, answer.c.row, answer.c.column).where(
    answer.c.submission == bindparam("report"), answer.c.number.is_not(None)
)
_FORGET = delete(frozen_sum).where(
    frozen_sum.c.submission == bindparam("report"), frozen_sum.c.revision == bindparam("sent")
)
_COLUMNS = ("submission", "field", "row", "column", "counted", "expected", "parts")
_FROZEN = (
    select(*(frozen_sum.c[name] for name in _COLUMNS))
    .join(
        submission,
        and_(submission.c.id == frozen_sum.c.submission, submission.c.sent_revision == frozen_sum.c.revision),
    )
    .where(submission.c.status.in_(SENT))
    .where(submission.c.id.in_(bindparam("reports", expanding=True)))
)


def freeze(connection: Connection, cache: TurnCache, report: int) -> None:
    """Keep the sums of a report that has just been sent, in place of those kept for the same revision."""
    sender = _SENDER.first(connection, {"report": report})
    if sender is None:
        return
    campaign_id, unit_id, revision = sender
    rows = [
        _row(report, revision, address, each)
        for address, each in _untouched(connection, cache, campaign_id, unit_id, report).items()
    ]
    connection.execute(_FORGET, {"report": report, "sent": revision})
    if rows:
        connection.execute(insert(frozen_sum), rows)


def of(connection: Connection, reports: Sequence[int]) -> Mapping[int, Mapping[Address, Behind]]:
    """Return what was kept of those of ``reports`` that are sent or accepted and have anything kept."""
    found: dict[int, dict[Address, Behind]] = {}
    for some in chunks(reports):
        for report, field, row, column, counted, expected, parts in connection.execute(_FROZEN, {"reports": some}):
            address = Address(field, row, column)
            behind = tuple(_parts(address, json.loads(parts)))
            found.setdefault(report, {})[address] = Behind(Rolled(_value(behind), counted, expected), behind)
    return found


def changed(
    connection: Connection, cache: TurnCache, campaign: Campaign, everybody: Sequence[ScopedReport]
) -> tuple[Changed, ...]:
    """Return where the units of ``everybody`` sent a sum that the units below them do not add up to any more."""
    looked_at = rollup.counting(campaign, everybody)
    kept = of(connection, [each.submission for each in looked_at])
    return tuple(
        Changed(member.unit.code, member.unit.name, address, before.rolled, now)
        for member in looked_at
        if member.submission in kept
        for address, before, now in _differences(connection, cache, campaign, member, everybody, kept)
    )


def _differences(
    connection: Connection,
    cache: TurnCache,
    campaign: Campaign,
    member: ScopedReport,
    everybody: Sequence[ScopedReport],
    kept: Mapping[int, Mapping[Address, Behind]],
) -> Iterator[tuple[Address, Behind, Rolled]]:
    live = rollup.added(connection, cache, campaign, below(everybody, member))
    for address, before in sorted(kept[member.submission].items()):
        now = live.get(address, _NOBODY)
        if (now.value, now.counted) != (before.rolled.value, before.rolled.counted):
            yield address, before, now


_NOBODY = Rolled(None, 0, 0)


def _untouched(
    connection: Connection, cache: TurnCache, campaign_id: int, unit_id: int, report: int
) -> Mapping[Address, Behind]:
    """Return the sums of the cells that a unit neither is asked itself nor gave a figure for."""
    campaign = campaigns.by_id(connection, campaign_id)
    if campaign is None:
        raise LookupError(campaign_id)
    own, *under = members(connection, campaign, unit_id)
    asked = cache.asked(connection, own.form_version, own.respondent(campaign))
    given = {Address(*row) for row in connection.execute(_OWN_FIGURES, {"report": report})}
    found = rollup.behind(connection, cache, campaign, under)
    return {address: each for address, each in found.items() if address not in asked and address not in given}


def _row(report: int, revision: int, address: Address, behind: Behind) -> dict[str, Any]:
    value = behind.rolled.value
    number = None if value is None else int(value * MILLION)
    told = [[each.unit_code, each.unit_name, each.state.value, _number(each)] for each in behind.parts]
    return {
        "submission": report,
        "field": address.field,
        "row": address.row,
        "column": address.column,
        "revision": revision,
        # The parts say it too; only they can hold a sum that leaves 63 bits.
        "number": number if number is not None and abs(number) <= _GREATEST else None,
        "counted": behind.rolled.counted,
        "expected": behind.rolled.expected,
        "parts": dumps(told),
    }


_GREATEST = 2**63 - 1


def _number(part: SumPart) -> int | None:
    return None if part.value is None else int(part.value * MILLION)


def _parts(address: Address, told: list[list[Any]]) -> Iterator[SumPart]:
    for code, name, state, number in told:
        yield SumPart(code, name, address, State(state), None if number is None else from_millionths(number))


def _value(parts: tuple[SumPart, ...]) -> int | Decimal | None:
    figures = [part.value for part in parts if part.value is not None]
    return sum(figures) if figures else None
