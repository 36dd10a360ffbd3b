"""From a form and one unit's answers to a ``Report``: every leaf of the outline in order, its appendices, its head.

No leaf is ever dropped: an empty one prints the agreed phrase of its state. Narrative is printed as
it was stored, one paragraph per line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dialogs.forms.answers import DOCUMENT_DATA, State
from dialogs.forms.form import Field
from dialogs.forms.order import place, places
from dialogs.forms.outline_figures import FIGURE, OUTLINE, address_in, outline_table
from dialogs.forms.questions import asked_columns, asks_field, asks_table
from dialogs.values.report_data import DataLine, Rolled, UnitReportData, Warned
from exports.enclosed import enclosed_blocks
from exports.extra_rows import extra_rows
from exports.profiles import Profile, profile
from exports.report import Appendix, Block, Cell, Letterhead, Paragraph, Report
from exports.unit.answer_text import field_paragraphs
from exports.unit.head import addressee, letterhead, signature
from exports.unit.outline import has_parts, outline_blocks, outline_of


def unit_report(data: UnitReportData, warnings: tuple[Warned, ...] = ()) -> Report:
    """Return the report of one unit; ``warnings`` stand in its workbook alone.

    Raises ``KeyError`` if the profile is unknown.
    """
    layout = profile(data.profile)
    head = letterhead(data, layout)
    appendices = tuple(_appendices(data, head))
    settings = data.form.document
    return Report(
        profile=data.profile,
        letterhead=head,
        type_name=settings.type_name,
        subject=settings.subject,
        blocks=tuple(_blocks(data, layout, appendices)),
        appendices=appendices,
        signature=signature(data, layout),
        created=data.created,
        addressee=addressee(data, layout),
        details=data.details,
        entries=tuple(_entries(data)),
        warnings=warnings,
        period=data.period,
        parts=has_parts(data.form),
        outline=_outline(data, head),
        enclosed=data.enclosed,
    )


def _blocks(data: UnitReportData, layout: Profile, appendices: tuple[Appendix, ...]) -> Iterator[Block]:
    """Yield the body in printed order."""
    answered = {address.field for address, answer in data.answers.items() if answer.state is not State.EMPTY}

    def leaf(field: Field) -> Iterator[Paragraph]:
        return field_paragraphs(field, data.answers)

    def printed(field: Field) -> bool:
        return not field.filled_by or asks_field(field, data.respondent) or field.key in answered

    tables = (item.table for item in appendices)
    last = enclosed_blocks(data.enclosed)
    yield from outline_blocks(data.form, layout, outline_of(tables, layout, leaf, printed), last=last)


def _appendices(data: UnitReportData, head: Letterhead) -> Iterator[Appendix]:
    """Yield the appendices that are this unit's: those it is asked for, and those in which it has figures anyway."""
    told: dict[str, dict[tuple[str, str], Cell]] = {}
    for address, rolled in data.rolled.items():
        if rolled.value is not None:
            told.setdefault(address.field, {})[address.row, address.column] = rolled_cell(rolled)
    for address, answer in data.answers.items():
        if answer.state is not State.EMPTY:
            told.setdefault(address.field, {})[address.row, address.column] = Cell(answer.state, answer.value)
    for table in data.form.tables:
        if not asks_table(table, data.respondent):
            continue
        cells = told.get(table.key, {})
        if cells or any(asked_columns(table, row, data.respondent) for row in table.rows):
            yield Appendix(table, head, cells, tuple(extra_rows(table, cells)))


def _outline(data: UnitReportData, head: Letterhead) -> Appendix | None:
    """Return the unit's figures in the sentences of the outline: those it is asked for, and any other it gave.

    None where there are none.
    """
    table = outline_table(data.form)
    if table is None:
        return None
    asked = {field.key for field in data.form.fields() if asks_field(field, data.respondent)}
    places = {row.key: address_in(OUTLINE, row.key, FIGURE) for row in table.rows}
    told = {key: data.answers[address] for key, address in places.items() if address in data.answers}
    cells = {(key, FIGURE): Cell(each.state, each.value) for key, each in told.items() if each.state is not State.EMPTY}
    rows = tuple(row for row in table.rows if places[row.key].field in asked or (row.key, FIGURE) in cells)
    return Appendix(replace(table, rows=rows), head, cells) if rows else None


def rolled_cell(rolled: Rolled) -> Cell:
    """Return a sum as a cell: a sum of nothing but zeros is zero. Raises ``TypeError`` if nobody gave a figure."""
    value = rolled.value
    if not isinstance(value, int | Decimal | tuple):
        raise TypeError(f"a roll-up is a sum or a union, not {value!r}")
    state = State.VALUE if value else State.ZERO
    return Cell(state, value, rolled=True, counted=rolled.counted, expected=rolled.expected)


def _entries(data: UnitReportData) -> Iterator[DataLine]:
    """Yield one line of the long data sheet per stored answer, in the order of the form."""
    known = places(data.form)
    stored = (pair for pair in data.answers.items() if pair[1].state is not State.EMPTY)
    asked = (pair for pair in stored if pair[0].field != DOCUMENT_DATA)
    for address, answer in sorted(asked, key=lambda pair: place(known, pair[0])):
        here = answer.at.astimezone(data.created.tzinfo) if answer.at and data.created.tzinfo else answer.at
        written = (answer.by, here, answer.channel)
        yield DataLine(data.unit_code, data.unit_name, *address, answer.value, answer.state, *written)
