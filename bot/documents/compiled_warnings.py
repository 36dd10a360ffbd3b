"""What a coordinator should look at before relying on a compiled report (C22): line by line, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.runtime import texts
from dialogs.answering import checks
from dialogs.forms.answers import Address, Answer
from dialogs.forms.form import Form, Table
from dialogs.forms.order import places
from dialogs.forms.outline_figures import address_in, tables_of
from dialogs.values.report_data import Changed, CompiledReportData, Override, Told, UnitCells, Warned
from exports.place_names import PlaceNames, form_names
from storage.compiled import unit_figures
from storage.compiled.compiled_scope import CompiledScope
from storage.compiled.unit_figures import UnitFigures


def warnings(scope: CompiledScope, data: CompiledReportData) -> Iterator[Warned]:
    """Yield the findings of the checks of every counted unit, then overrides, changed sums, and outliers."""
    known = places(data.form)
    others: dict[tuple[str, int], _Other] = {}
    for unit in unit_figures.of_units(scope):
        form = unit.form
        if (form.key, form.version) not in others:
            others[form.key, form.version] = _Other(form_names(form), frozenset(_retired(form, known)))
        yield from _findings(unit, known, others[form.key, form.version])
    yield from (_overridden(each) for each in unit_figures.overridden(scope))
    yield from (_changed(each) for each in unit_figures.changed_after_sending(scope))
    for table in tables_of(data.form):
        yield from _outliers(data, table)


@dataclass(frozen=True, slots=True)
class _Other:
    """A form that units were asked with: what it calls its addresses, and those that the printed one has no more."""

    names: PlaceNames
    retired: frozenset[Address]


def _findings(unit: UnitFigures, known: Mapping[Address, object], form: _Other) -> Iterator[Warned]:
    for found in checks.findings(unit.form, unit.questions, unit.answers, unit.last):
        address = found.addresses[0]
        warned = _warned(unit.unit_name, address, found.message, found.explanation)
        yield warned if address in known else replace(warned, place=form.names.place(*address))
    for address in (each for each in unit.answers if each in form.retired):
        warned = _warned(unit.unit_name, address, texts.retired_figure(_figure(unit.answers[address])))
        yield replace(warned, place=form.names.place(*address))


def _retired(form: Form, known: Mapping[Address, object]) -> Iterator[Address]:
    """Yield the table cells of a version that the printed one has no more."""
    yield from (address for address in places(form) if address not in known and form.has_table(address.field))


def _overridden(each: Override) -> Warned:
    message = texts.overridden(each.told, each.below, each.changed)
    return _warned(each.unit_name, each.address, message, each.reason)


def _changed(each: Changed) -> Warned:
    return _warned(each.unit_name, each.address, texts.changed_after_sending(each.sent, each.below))


def _outliers(data: CompiledReportData, table: Table) -> Iterator[Warned]:
    """Like is compared with like: a commune's figure with those of the communes."""
    kinds = [each.kind for each in data.standings]
    found: dict[tuple[str, str, str], dict[int, int | Decimal]] = {}
    for unit in data.cells(table.key):
        for row, column, figure in _numbers(unit):
            found.setdefault((row, column, kinds[unit.unit]), {})[unit.unit] = figure
    for (row, column, _), figures in found.items():
        for each in checks.outliers(figures):
            name = data.standings[each.unit].name
            yield _warned(name, address_in(table.key, row, column), texts.outlier(each.value, each.median))


def _numbers(unit: UnitCells) -> Iterator[tuple[str, str, int | Decimal]]:
    for (row, column), told in unit.cells.items():
        figure = _figure(told)
        if figure is not None:
            yield row, column, figure


def _figure(told: Told | Answer) -> int | Decimal | None:
    return told.value if isinstance(told.value, int | Decimal) else None


def _warned(unit: str, address: Address, message: str, explanation: str = "") -> Warned:
    return Warned(unit, address.field, address.row, address.column, message, explanation)
