"""What the campaign before has for a unit: its own answers, and those of the units it was made of (C24).

Only reports that counted in that campaign say anything. Figures of units that went wholly into this one are added to
its own; a unit that went into it only with a share is told of and never added or divided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import CTE, Connection, Integer, and_, bindparam, cast, func, literal, select

from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.form import Column, Form
from dialogs.forms.questions import cell_column
from dialogs.values.report_data import SumPart
from dialogs.values.report_view import Last
from storage.campaigns.campaigns import counted
from storage.campaigns.turn_cache import TurnCache
from storage.schema.prepared import Prepared
from storage.schema.tables import campaign, campaign_unit, form_version, predecessor, submission, unit_version
from storage.units.units import MAX_DEPTH, valid

FIGURES = frozenset({State.VALUE, State.ZERO})


class _Row(NamedTuple):
    """One report of the campaign before, by the unit itself (distance 0) or by one that it was made of."""

    id: int
    stamp: int
    status: str
    code: str
    name: str
    title: str
    settings: str
    distance: int
    partly: int


@dataclass(frozen=True, slots=True)
class PreviousReport:
    """One report of the campaign before; ``answers`` is empty unless it counted there."""

    code: str
    name: str
    answers: Mapping[Address, Answer]

    def part(self, address: Address) -> SumPart:
        """Return this unit's figure at ``address``, EMPTY where it gave none."""
        told = self.answers.get(address)
        if told is None:
            return SumPart(self.code, self.name, address, State.EMPTY, None)
        value = told.value if isinstance(told.value, int | Decimal) else None
        return SumPart(self.code, self.name, address, told.state, value)


@dataclass(frozen=True, slots=True)
class Before:
    """The reports of the campaign titled ``title`` that say something about one unit of the next campaign."""

    title: str
    own: PreviousReport | None
    whole: tuple[PreviousReport, ...]
    partly: tuple[PreviousReport, ...]

    def last(self, form: Form, field: str, row: str) -> Mapping[str, Last]:
        """Return what these reports have at a table row, at the blanks of a field, or ('') at a field, by column."""
        found = ((key, self._one(Address(field, row, key), column)) for key, column in _columns(form, field, row))
        return {key: each for key, each in found if each is not None}

    def _one(self, address: Address, column: Column | None) -> Last | None:
        told = self.own.answers.get(address) if self.own else None
        adds_up = column is not None and column.adds_up
        shares = tuple(_gave([each.part(address) for each in self.partly])) if adds_up else ()
        if self.whole and adds_up:
            everybody = [*([self.own] if self.own else []), *self.whole]
            return _added([each.part(address) for each in everybody], self.title, shares)
        if told is not None:
            return Last(told.state, told.value, told.reason, self.title, (), shares)
        return Last(State.EMPTY, source=self.title, partly=shares) if shares else None


def read(connection: Connection, cache: TurnCache, campaign_id: int, unit_id: int, form_version_id: int) -> Before:
    """Return what the campaign with this id has for a unit that answers a version of some form now.

    Nothing if neither the unit nor one that it was made of was asked there with that form.
    """
    where = {"campaign": campaign_id, "unit": unit_id, "version": form_version_id}
    rows = [_Row(*row) for row in _REPORTS.all(connection, where)]
    if not rows:
        return Before("", None, (), ())
    own = next((_earlier(connection, cache, each) for each in rows if not each.distance), None)
    others = [each for each in rows if each.distance]
    return Before(
        rows[0].title,
        own,
        tuple(_earlier(connection, cache, each) for each in others if not each.partly),
        tuple(_earlier(connection, cache, each) for each in others if each.partly),
    )


def _earlier(connection: Connection, cache: TurnCache, row: _Row) -> PreviousReport:
    counts = row.status in counted(json.loads(row.settings))
    answers = cache.report(connection, row.id, row.stamp).given if counts else {}
    return PreviousReport(row.code, row.name, answers)


def _columns(form: Form, field: str, row: str) -> Iterator[tuple[str, Column | None]]:
    """Yield the columns of a printed row, the blanks of a field, or the field itself as ''.

    None of a row added locally: its key may have stood for another thing in the campaign before.
    """
    if row:
        table = form.table(field)
        place = next((each for each in table.rows if each.key == row), None)
        yield from ((column.key, cell_column(place, column)) for column in table.columns if place is not None)
        return
    leaf = form.leaves.get(field)
    if leaf is not None and not leaf.blanks:
        yield "", None
    for blank in leaf.blanks if leaf is not None else ():
        yield blank.key, blank


def _gave(parts: Iterable[SumPart]) -> Iterator[SumPart]:
    return (each for each in parts if each.state is not State.EMPTY)


def _added(parts: Sequence[SumPart], title: str, shares: tuple[SumPart, ...]) -> Last | None:
    """Return the sum of the figures; without any it is *none* if somebody said so."""
    told = list(_gave(parts))
    if not told:
        return Last(State.EMPTY, source=title, partly=shares) if shares else None
    figures = [each.value or 0 for each in told if each.state in FIGURES]
    if not figures:
        return Last(State.NONE, source=title, parts=tuple(parts), partly=shares)
    total: Decimal = sum((Decimal(each) for each in figures), Decimal(0))
    value = int(total) if total == total.to_integral_value() else total.normalize()
    state = State.VALUE if value else State.ZERO
    return Last(state, value or None, source=title, parts=tuple(parts), partly=shares)


def _lineage() -> CTE:
    """The unit itself and, through any number of mergers, the units it was made of."""
    first = select(
        bindparam("unit", type_=predecessor.c.unit.type).label("unit"),
        literal(0).label("distance"),
        literal(0).label("partly"),
    )
    tree = first.cte("lineage", recursive=True)
    deeper = select(
        predecessor.c.before,
        tree.c.distance + 1,
        tree.c.partly + cast(predecessor.c.partly, Integer),
    ).join(tree, predecessor.c.unit == tree.c.unit)
    return tree.union(deeper.where(tree.c.distance < MAX_DEPTH))


def _reports() -> Any:
    """The reports of ``:campaign`` of those units, answered with the same form; each unit once, whole if ever whole."""
    tree = _lineage()
    now, then = form_version.alias("now"), form_version.alias("then")
    asked_alike = and_(now.c.id == bindparam("version"), then.c.key == now.c.key)
    columns = (
        submission.c.id,
        submission.c.stamp,
        submission.c.status,
        unit_version.c.code,
        unit_version.c.name,
        campaign.c.title,
        campaign.c.settings,
    )
    return (
        select(*columns, func.min(tree.c.distance), func.min(tree.c.partly))
        .select_from(tree)
        .join(
            campaign_unit, and_(campaign_unit.c.unit == tree.c.unit, campaign_unit.c.campaign == bindparam("campaign"))
        )
        .join(campaign, campaign.c.id == campaign_unit.c.campaign)
        .join(submission, submission.c.id == campaign_unit.c.id)
        .join(then, then.c.id == campaign_unit.c.form_version)
        .join(now, asked_alike)
        .join(unit_version, and_(unit_version.c.unit == tree.c.unit, valid(unit_version, campaign.c.reference_date)))
        .group_by(*columns, unit_version.c.position)
        .order_by(unit_version.c.position, unit_version.c.code)
    )


_REPORTS = Prepared(_reports())
