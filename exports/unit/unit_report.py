"""From a form and one unit's answers to a ``Report``: every leaf of the outline in order, its appendices, its head.

No leaf is ever dropped: an empty one prints the agreed phrase of its state (DESIGN, rule 4). Narrative is printed as
it was stored, one paragraph per line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from dialogs.forms.answers import DOCUMENT_DATA, Address, Answer, State
from dialogs.forms.form import Field, Form, Table
from dialogs.forms.local_rows import name_column
from dialogs.forms.order import place, places
from dialogs.forms.outline_figures import FIGURE, OUTLINE, address_in, outline_table
from dialogs.forms.questions import Respondent, asked_columns, asks_field, asks_table
from dialogs.values.report_data import DataLine, Enclosed, Rolled, Warned
from exports.enclosed import enclosed_blocks
from exports.figures import value_text
from exports.profiles import Profile, profile
from exports.report import Appendix, Block, Cell, Detail, Letterhead, Paragraph, Report
from exports.unit.answer_text import field_paragraphs
from exports.unit.head import addressee, letterhead, signature
from exports.unit.outline import has_parts, outline_blocks, outline_of


@dataclass(frozen=True, slots=True)
class UnitSource:
    """All that one unit's report is made of. ``document`` are the answers of "Thông tin văn bản" by column key.

    The keys of ``document``: so, ngay (date), dia_danh, co_quan_cap_tren, co_quan, ky_hieu, quyen_han, chuc_vu,
    ho_ten, noi_nhan (tuple of items). ``letterhead`` holds defaults under the same keys. ``period`` is the
    campaign's own wording ("Quý II năm 2020"), '' for none.
    """

    form: Form
    respondent: Respondent
    unit_code: str
    unit_name: str
    parent_name: str
    answers: Mapping[Address, Answer]
    document: Mapping[str, Answer]
    letterhead: Mapping[str, str]
    profile: str
    sent: bool
    created: datetime
    rolled: Mapping[Address, Rolled]
    details: tuple[Detail, ...] = ()
    warnings: tuple[Warned, ...] = ()
    period: str = ""
    enclosed: tuple[Enclosed, ...] = ()


def unit_report(source: UnitSource) -> Report:
    """Return the report of one unit. Raises ``KeyError`` if the profile is unknown."""
    layout = profile(source.profile)
    head = letterhead(source, layout)
    appendices = tuple(_appendices(source, head))
    settings = source.form.document
    return Report(
        profile=source.profile,
        letterhead=head,
        type_name=settings.type_name,
        subject=settings.subject,
        blocks=tuple(_blocks(source, layout, appendices)),
        appendices=appendices,
        signature=signature(source, layout),
        created=source.created,
        addressee=addressee(source, layout),
        details=source.details,
        entries=tuple(_entries(source)),
        warnings=source.warnings,
        period=source.period,
        parts=has_parts(source.form),
        outline=_outline(source, head),
        enclosed=source.enclosed,
    )


def _blocks(source: UnitSource, layout: Profile, appendices: tuple[Appendix, ...]) -> Iterator[Block]:
    """Yield the body in printed order."""
    answered = {address.field for address, answer in source.answers.items() if answer.state is not State.EMPTY}

    def leaf(field: Field) -> Iterator[Paragraph]:
        return field_paragraphs(field, source.answers)

    def printed(field: Field) -> bool:
        return not field.filled_by or asks_field(field, source.respondent) or field.key in answered

    tables = (item.table for item in appendices)
    last = enclosed_blocks(source.enclosed)
    yield from outline_blocks(source.form, layout, outline_of(tables, layout, leaf, printed), last=last)


def _appendices(source: UnitSource, head: Letterhead) -> Iterator[Appendix]:
    """Yield the appendices that are this unit's: those it is asked for, and those in which it has figures anyway."""
    told: dict[str, dict[tuple[str, str], Cell]] = {}
    for address, rolled in source.rolled.items():
        if rolled.value is not None:
            told.setdefault(address.field, {})[address.row, address.column] = rolled_cell(rolled)
    for address, answer in source.answers.items():
        if answer.state is not State.EMPTY:
            told.setdefault(address.field, {})[address.row, address.column] = Cell(answer.state, answer.value)
    for table in source.form.tables:
        if not asks_table(table, source.respondent):
            continue
        cells = told.get(table.key, {})
        if cells or any(asked_columns(table, row, source.respondent) for row in table.rows):
            yield Appendix(table, head, cells, tuple(extra_rows(table, cells)))


def _outline(source: UnitSource, head: Letterhead) -> Appendix | None:
    """Return the unit's figures in the sentences of the outline: those it is asked for, and any other it gave.

    None where there are none.
    """
    table = outline_table(source.form)
    if table is None:
        return None
    asked = {field.key for field in source.form.fields() if asks_field(field, source.respondent)}
    places = {row.key: address_in(OUTLINE, row.key, FIGURE) for row in table.rows}
    told = {key: source.answers[address] for key, address in places.items() if address in source.answers}
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


def extra_rows(table: Table, cells: Mapping[tuple[str, str], Cell]) -> Iterator[tuple[str, str]]:
    """Yield the rows added locally (``them.1`` ...) with the label typed for them, in order of their number."""
    known = {row.key for row in table.rows}
    name = name_column(table)
    keys = {row for row, _ in cells if row not in known}
    for key in sorted(keys, key=lambda key: (int(number) if (number := key.rpartition(".")[2]).isdigit() else 0, key)):
        told = cells.get((key, name.key)) if name is not None else None
        yield key, value_text(told.value) if told is not None else ""


def _entries(source: UnitSource) -> Iterator[DataLine]:
    """Yield one line of the long data sheet per stored answer, in the order of the form."""
    known = places(source.form)
    stored = (pair for pair in source.answers.items() if pair[1].state is not State.EMPTY)
    asked = (pair for pair in stored if pair[0].field != DOCUMENT_DATA)
    for address, answer in sorted(asked, key=lambda pair: place(known, pair[0])):
        here = answer.at.astimezone(source.created.tzinfo) if answer.at and source.created.tzinfo else answer.at
        written = (answer.by, here, answer.channel)
        yield DataLine(source.unit_code, source.unit_name, *address, answer.value, answer.state, *written)
