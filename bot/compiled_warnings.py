"""What a coordinator should look at before relying on a compiled report (C22): line by line, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot import texts
from dialogs import checks
from dialogs.answers import Address
from dialogs.collected import Changed, Override, Told, UnitCells, Warned
from dialogs.form import Form, Table
from dialogs.outline_figures import address_in, outline_table
from storage import unit_figures
from storage.compiled import Collected
from storage.unit_figures import UnitFigures


def warnings(collected: Collected) -> Iterator[Warned]:
    """Yield the findings of the checks of every counted unit, then overrides, changed sums, and outliers."""
    for unit in unit_figures.of_units(collected.scope):
        yield from _findings(unit, collected.form)
    yield from (_overridden(each) for each in collected.overrides)
    yield from (_changed(each) for each in collected.changed_after_sending)
    outline = outline_table(collected.form)
    for table in (*collected.form.tables, *([outline] if outline else [])):
        yield from _outliers(collected, table)


def _findings(unit: UnitFigures, printed: Form) -> Iterator[Warned]:
    blanks = {Address(leaf.key, "", blank.key): blank.label for leaf in unit.form.fields() for blank in leaf.blanks}
    if unit.form.key == printed.key:
        blanks.clear()
    for found in checks.findings(unit.form, unit.questions, unit.answers, unit.last):
        warned = _warned(unit.unit_name, found.addresses[0], found.message, found.explanation)
        yield replace(warned, blank=blanks.get(found.addresses[0], ""))


def _overridden(each: Override) -> Warned:
    message = texts.overridden(each.told, each.below, each.changed)
    return _warned(each.unit_name, each.address, message, each.reason)


def _changed(each: Changed) -> Warned:
    return _warned(each.unit_name, each.address, texts.changed_after_sending(each.sent, each.below))


def _outliers(collected: Collected, table: Table) -> Iterator[Warned]:
    """Like is compared with like: a commune's figure with those of the communes."""
    kinds = [each.kind for each in collected.standings]
    found: dict[tuple[str, str, str], dict[int, int | Decimal]] = {}
    for unit in collected.cells(table.key):
        for row, column, figure in _numbers(unit):
            found.setdefault((row, column, kinds[unit.unit]), {})[unit.unit] = figure
    for (row, column, _), figures in found.items():
        for each in checks.outliers(figures):
            name = collected.standings[each.unit].name
            yield _warned(name, address_in(table.key, row, column), texts.outlier(each.value, each.median))


def _numbers(unit: UnitCells) -> Iterator[tuple[str, str, int | Decimal]]:
    for (row, column), told in unit.cells.items():
        figure = _figure(told)
        if figure is not None:
            yield row, column, figure


def _figure(told: Told) -> int | Decimal | None:
    return told.value if isinstance(told.value, int | Decimal) else None


def _warned(unit: str, address: Address, message: str, explanation: str = "") -> Warned:
    return Warned(unit, address.field, address.row, address.column, message, explanation)
