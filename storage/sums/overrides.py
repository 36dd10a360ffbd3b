"""Figures that a unit gave in place of the sum of the units below it, and whether that sum has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from dialogs.forms.answers import Address, State
from dialogs.values.report_data import Override, Rolled, Told
from storage.campaigns.answers import decode
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport
from storage.campaigns.turn_cache import TurnCache
from storage.schema.statements import chunks
from storage.schema.tables import answer
from storage.sums import rollup
from storage.sums.rollup import Behind

_COLUMNS = ("submission", "field", "row", "column", "state", "kind", "value", "reason", "basis")
_OVERRIDES = select(*(answer.c[name] for name in _COLUMNS)).where(
    answer.c.submission.in_(bindparam("reports", expanding=True)),
    answer.c.basis != "",
    answer.c.state != State.EMPTY.value,
)


def of(
    connection: Connection, cache: TurnCache, campaign: Campaign, everybody: Sequence[ScopedReport]
) -> tuple[Override, ...]:
    """Return the overrides of ``everybody`` that counts, unit by unit in the order given."""
    looked_at = {each.submission: each for each in rollup.counting(campaign, everybody)}
    found: dict[int, list[Any]] = {}
    for some in chunks(list(looked_at)):
        for row in connection.execute(_OVERRIDES, {"reports": some}):
            found.setdefault(row.submission, []).append(row)
    return tuple(
        override
        for report, member in looked_at.items()
        if report in found
        for override in _of_unit(connection, cache, campaign, member, below(everybody, member), found[report])
    )


def below(everybody: Sequence[ScopedReport], member: ScopedReport) -> tuple[ScopedReport, ...]:
    """Return those of ``everybody`` that stand under a unit."""
    return tuple(each for each in everybody if member.unit.id in each.above)


def _of_unit(
    connection: Connection,
    cache: TurnCache,
    campaign: Campaign,
    member: ScopedReport,
    under: Sequence[ScopedReport],
    rows: Sequence[Any],
) -> Iterator[Override]:
    sums: dict[tuple[str, str], Mapping[Address, Behind]] = {}
    for row in sorted(rows, key=lambda each: (each.field, each.row, each.column)):
        address = Address(row.field, row.row, row.column)
        if (row.field, row.row) not in sums:
            sums[row.field, row.row] = rollup.behind(connection, cache, campaign, under, row.field, row.row)
        now = sums[row.field, row.row].get(address, _NOBODY)
        told = Told(State(row.state), decode(row.kind, row.value))
        changed = rollup.basis(now.parts) != row.basis
        yield Override(member.unit.code, member.unit.name, address, told, now.rolled, row.reason, changed)


_NOBODY = Behind(Rolled(None, 0, 0), ())
