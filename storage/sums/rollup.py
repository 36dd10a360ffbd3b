"""What the units below add up to, live: exact sums, with who counted and who was expected.

Only answers of submissions whose status counts are looked at, and of those only what ``sum_rules`` takes. ``counted``
is the number of units that gave a figure of their own, replaced or not, ``expected`` the number of units that owe
one: those asked that cell that are required or have sent, less those that said the body does not exist there.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, or_, select, true

from dialogs.forms.answers import NOT_APPLICABLE, Address, State
from dialogs.values.report_data import Proposed, Rolled, SumPart
from storage.campaigns import campaigns
from storage.campaigns.answers import MILLION, from_millionths
from storage.campaigns.campaigns import Campaign
from storage.campaigns.scope import ScopedReport, anybody_below, members
from storage.campaigns.turn_cache import TurnCache
from storage.schema.statements import chunks
from storage.schema.tables import answer
from storage.sums.sum_rules import Adding, StoredFigure


class Behind(NamedTuple):
    """A sum with the figures it is made of, in administrative order."""

    rolled: Rolled
    parts: tuple[SumPart, ...]


@dataclass(slots=True)
class _Sum:
    """What is added up for one cell. Whole units and millionths apart: neither can leave 63 bits in the database."""

    whole: int = 0
    rest: int = 0
    figures: int = 0
    counted: int = 0
    absent: int = 0

    def plus(self, other: _Sum) -> _Sum:
        return _Sum(
            self.whole + other.whole,
            self.rest + other.rest,
            self.figures + other.figures,
            self.counted + other.counted,
            self.absent + other.absent,
        )


_OF = answer.c.submission.in_(bindparam("reports", expanding=True))
_ONE_ROW = and_(answer.c.field == bindparam("field"), answer.c.row == bindparam("row"))
_ADDRESS = (answer.c.field, answer.c.row, answer.c.column)
FIGURE = (answer.c.submission, *_ADDRESS, answer.c.state, answer.c.number, answer.c.basis, answer.c.reason)
"""The columns that ``figure`` takes."""


def _figures(where: ColumnElement[bool]) -> Any:
    return select(*FIGURE).where(_OF, where, or_(answer.c.number.is_not(None), answer.c.state == "none"))


# One row's figures are asked in a turn, so they have a statement that the primary key answers alone.
_FIGURES_OF_ROW = _figures(_ONE_ROW)
_FIGURES = _figures(true())
_NUMBERS = select(*FIGURE).where(_OF, answer.c.number.is_not(None))
_SUMS = (
    select(
        *_ADDRESS,
        func.sum(answer.c.number // MILLION),
        func.sum(answer.c.number % MILLION),
        func.count(answer.c.number),
        func.count(case((answer.c.basis == "", answer.c.number))),
        func.count(case((answer.c.reason == NOT_APPLICABLE, 1))),
    )
    .where(_OF)
    .group_by(*_ADDRESS)
)


def proposals(
    connection: Connection, cache: TurnCache, campaign_id: int, unit_id: int, field: str, row: str
) -> Mapping[str, Proposed]:
    """Return what the units below a unit give for one table row, by column: sums, figures behind them, their hashes.

    Only columns that somebody below is asked, or gave a figure for. Empty where nobody is below.
    """
    if not anybody_below(connection, unit_id):
        return {}
    campaign = _campaign(connection, campaign_id)
    found = behind(connection, cache, campaign, _below(connection, campaign, unit_id), field, row)
    return {address.column: Proposed(each.rolled, each.parts, basis(each.parts)) for address, each in found.items()}


def sums(connection: Connection, cache: TurnCache, campaign_id: int, unit_id: int) -> Mapping[Address, Rolled]:
    """Return, for every figure asked below a unit, the sum of those below."""
    campaign = _campaign(connection, campaign_id)
    return added(connection, cache, campaign, _below(connection, campaign, unit_id))


def basis(parts_behind: Iterable[SumPart]) -> str:
    """Return what an override keeps of the parts it replaced, so that a later change of them shows: hash and sum.

    The sum ('' over nothing) stands after a colon, so that a person can be told what it was.
    """
    behind_it = list(parts_behind)
    told = [[part.unit_code, part.address.column, part.state.value, str(part.value)] for part in behind_it]
    figures = [part.value for part in behind_it if part.value is not None]
    total = format(sum(figures, Decimal(0)), "f") if figures else ""
    return f"{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]}:{total}"


def below(connection: Connection, cache: TurnCache, campaign_id: int, unit_id: int) -> Mapping[Address, Behind]:
    """Return every sum of the units below a unit with the figures it is made of."""
    campaign = _campaign(connection, campaign_id)
    return behind(connection, cache, campaign, _below(connection, campaign, unit_id))


def behind(
    connection: Connection,
    cache: TurnCache,
    campaign: Campaign,
    everybody: Sequence[ScopedReport],
    field: str = "",
    row: str = "",
) -> Mapping[Address, Behind]:
    """Return the sums over ``everybody``, each before those under it, with their parts: figure by figure.

    Of one table row if ``field`` is given.
    """
    adding = Adding(connection, cache, campaign, counting(campaign, everybody))
    figures = _in_order(_read(connection, tuple(adding.members), field, row), adding)
    adding.learn(figures)
    owing = _owing(connection, cache, campaign, everybody)
    found = _added(figures, adding)
    parts = _parts(figures, adding)
    return {
        address: Behind(_rolled(found.get(address), owing[address]), tuple(parts.get(address, ())))
        for address in _addresses(owing, found, adding)
        if not field or (address.field, address.row) == (field, row)
    }


def added(
    connection: Connection, cache: TurnCache, campaign: Campaign, everybody: Sequence[ScopedReport]
) -> Mapping[Address, Rolled]:
    """Return the sums over ``everybody``, each before those under it: by the database, mended where it cannot know."""
    adding = Adding(connection, cache, campaign, counting(campaign, everybody))
    upper = [figure(each) for each in _each(connection, _NUMBERS, adding.uppers)]
    adding.learn(upper)
    found = _summed(connection, adding)
    _mend(connection, adding, found, _doubtful(found, upper, adding))
    for address, each in _added(_read(connection, tuple(adding.left_out)), adding).items():
        found[address] = found.get(address, _Sum()).plus(each)
    owing = _owing(connection, cache, campaign, everybody)
    return {address: _rolled(found.get(address), owing[address]) for address in _addresses(owing, found, adding)}


def counting(campaign: Campaign, everybody: Iterable[ScopedReport]) -> tuple[ScopedReport, ...]:
    """Return the reports whose figures are looked at: those that count, and the one that is itself asked about."""
    return tuple(each for each in everybody if not each.depth or each.status in campaign.counted)


def _campaign(connection: Connection, campaign_id: int) -> Campaign:
    found = campaigns.by_id(connection, campaign_id)
    if found is None:
        raise LookupError(campaign_id)
    return found


def _below(connection: Connection, campaign: Campaign, unit_id: int) -> tuple[ScopedReport, ...]:
    return tuple(each for each in members(connection, campaign, unit_id) if each.depth)


def _read(connection: Connection, reports: Sequence[int], field: str = "", row: str = "") -> Iterator[StoredFigure]:
    """Yield the figures of reports, of one table row if ``field`` is given."""
    if field:
        rows = _each(connection, _FIGURES_OF_ROW, reports, field=field, row=row)
    else:
        rows = _each(connection, _FIGURES, reports)
    return (figure(each) for each in rows)


def figure(row: Any) -> StoredFigure:
    """Return a row of ``FIGURE`` as a figure."""
    report, field, line, column, *rest = row
    return StoredFigure(report, Address(field, line, column), *rest)


def _each(connection: Connection, statement: Any, reports: Sequence[int], **where: str) -> Iterator[Any]:
    for some in chunks(reports):
        for rows in connection.execute(statement, {"reports": some, **where}).partitions(_ROWS):
            yield from rows


_ROWS = 5_000
"""Rows fetched at a time: one by one they cost twice as much."""


# --- adding up -------------------------------------------------------------------------------------------------


def _added(figures: Iterable[StoredFigure], adding: Adding) -> dict[Address, _Sum]:
    """Return the sums of figures by cell."""
    found: defaultdict[Address, _Sum] = defaultdict(_Sum)
    for report, address, _, number, basis_, reason in figures:
        if not adding.looks_at(report, address):
            continue
        here = found[address]
        here.absent += reason == NOT_APPLICABLE
        if number is not None:
            here.counted += not basis_
            if adding.adds(report, address):
                here.rest += number
                here.figures += 1
    return dict(found)


def _summed(connection: Connection, adding: Adding) -> dict[Address, _Sum]:
    """Return what the database adds up, replaced figures and all, without units that are left out."""
    reports = [report for report in adding.members if report not in adding.left_out]
    found: dict[Address, _Sum] = {}
    for field, row, column, *numbers in _each(connection, _SUMS, reports):
        address = Address(field, row, column)
        found[address] = found.get(address, _Sum()).plus(_Sum(*(int(each or 0) for each in numbers)))
    return found


def _doubtful(found: Mapping[Address, _Sum], upper: Sequence[StoredFigure], adding: Adding) -> frozenset[Address]:
    """Return the cells where a figure may stand in place of others: units under it gave some too."""
    uppers = Counter(each.address for each in upper if each.submission not in adding.left_out)
    nested = {each.address for each in upper if not adding.adds(each.submission, each.address)}
    return frozenset(
        address
        for address in adding.replacing
        if address in nested or (address in found and found[address].figures > uppers[address])
    )


def _mend(connection: Connection, adding: Adding, found: dict[Address, _Sum], doubtful: frozenset[Address]) -> None:
    """Add the doubtful cells up again, figure by figure."""
    reports = [report for report in adding.members if report not in adding.left_out]
    for field, row in sorted({(each.field, each.row) for each in doubtful}):
        again = _added(_read(connection, reports, field, row), adding)
        found.update((address, each) for address, each in again.items() if address in doubtful)


def _rolled(found: _Sum | None, owing: int) -> Rolled:
    if found is None:
        return Rolled(None, 0, owing)
    value = from_millionths(found.whole * MILLION + found.rest) if found.figures else None
    return Rolled(value, found.counted, max(owing - found.absent, found.counted))


def _owing(
    connection: Connection, cache: TurnCache, campaign: Campaign, everybody: Iterable[ScopedReport]
) -> Counter[Address]:
    """Count, for each cell, the units that are asked it and are required or have sent."""
    alike = Counter(
        (each.form_version, each.respondent(campaign), each.depth > 0 and each.unit.kind in campaign.not_added)
        for each in everybody
        if each.required or not each.depth or each.status in campaign.counted
    )
    owing: Counter[Address] = Counter()
    for (form_version, respondent, left_out), count in alike.items():
        levels = cache.levels(connection, form_version)
        for address in cache.figures(connection, form_version, respondent):
            if not left_out or levels.get(address):
                owing[address] += count
    return owing


def _addresses(owing: Mapping[Address, int], found: Mapping[Address, _Sum], adding: Adding) -> Iterator[Address]:
    """Yield the cells that somebody is asked, and those that somebody has overridden though nobody below is asked."""
    yield from sorted(owing)
    yield from (each for each, total in found.items() if each not in owing and total.figures and adding.knows(each))


# --- parts -----------------------------------------------------------------------------------------------------


def _in_order(figures: Iterable[StoredFigure], adding: Adding) -> list[StoredFigure]:
    """Return figures unit by unit in administrative order."""
    order = {report: index for index, report in enumerate(adding.members)}
    return sorted(figures, key=lambda each: order[each.submission])


def _parts(figures: Iterable[StoredFigure], adding: Adding) -> dict[Address, list[SumPart]]:
    """Return the figures that are added, and the "no figures" beside them, by cell in the order given."""
    found: defaultdict[Address, list[SumPart]] = defaultdict(list)
    for report, address, state, number, _, _ in figures:
        if adding.adds(report, address):
            unit = adding.members[report].unit
            value = None if number is None else from_millionths(number)
            found[address].append(SumPart(unit.code, unit.name, address, STATES[state], value))
    return found


STATES = {each.value: each for each in State}
"""A state by its spelling; asked for every figure of a country, where calling ``State`` takes longer."""
