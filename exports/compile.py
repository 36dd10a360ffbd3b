"""From a form and one unit's answers to a ``Report``: every leaf of the outline in order, its appendices, its head.

No leaf is ever dropped: an empty one prints the agreed phrase of its state (DESIGN, rule 4). Narrative is printed as
it was stored, one paragraph per line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from dialogs.answers import DOCUMENT_DATA, Address, Answer, State
from dialogs.collected import Entry, Rolled, Warned
from dialogs.form import NUMERIC, Column, Field, Form, Section, Table
from dialogs.questions import Respondent, asked_columns, asks_table
from exports.compile_head import addressee, letterhead, signature
from exports.figures import value_text
from exports.profiles import Profile, profile
from exports.report import Appendix, Block, Cell, Detail, Heading, Letterhead, Paragraph, Report

ZERO_TEXT = "Không có nội dung báo cáo."
NONE_TEXT = "Chưa có số liệu."
EMPTY_TEXT = "(Chưa có nội dung)"
BLANK = "……"
NO_FIGURE = "(chưa có số liệu)"
NOTHING = "không có"


@dataclass(frozen=True, slots=True)
class UnitSource:
    """All that one unit's report is made of. ``document`` are the answers of "Thông tin văn bản" by column key.

    The keys of ``document``: so, ngay (date), dia_danh, co_quan_cap_tren, co_quan, ky_hieu, quyen_han, chuc_vu,
    ho_ten, noi_nhan (tuple of items). ``letterhead`` holds defaults under the same keys.
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
    )


def _blocks(source: UnitSource, layout: Profile, appendices: tuple[Appendix, ...]) -> Iterator[Block]:
    """Yield the body in printed order; the last paragraphs name the appendices not yet mentioned and close."""
    attached = {item.table.key: _name(item.table, layout) for item in appendices}
    named: set[str] = set()
    yield from _nodes(source, source.form.outline, 1, attached, named)
    yield from _attachments(source, layout, attached, named)
    if source.form.closing:
        yield Paragraph(source.form.closing)


def _nodes(
    source: UnitSource, nodes: tuple[Section | Field, ...], level: int, attached: dict[str, str], named: set[str]
) -> Iterator[Block]:
    """Yield the outline below one node. A leaf's appendices are named after the last text under its heading."""
    due: list[str] = []
    for node in nodes:
        if node.heading and due:
            yield _mention(due, attached, named)
            due = []
        if isinstance(node, Section):
            yield from _section(source, node, level, attached, named)
            continue
        yield from _leaf(source, node, level)
        due += [key for key in node.tables if key in attached and key not in due]
    if due:
        yield _mention(due, attached, named)


def _section(
    source: UnitSource, node: Section, level: int, attached: dict[str, str], named: set[str]
) -> Iterator[Block]:
    children, tail = node.children, ""
    if children and isinstance(children[0], Field) and _runs_on(node, children[0]):
        first = children[0]
        tail, children = first.heading, (replace(first, heading=""), *children[1:])
    yield Heading(node.heading, level, node.label, node.key, node.style, tail)
    if node.lead:
        yield Paragraph(node.lead, lead=True)
    yield from _nodes(source, children, level + 1, attached, named)


def _runs_on(node: Section, leaf: Field) -> bool:
    """Whether the outline prints the leaf's wording on its section's line ("1. Đặc điểm tình hình: khái quát …")."""
    return node.heading.endswith(":") and leaf.heading[:1].islower()


def _leaf(source: UnitSource, field: Field, level: int) -> Iterator[Block]:
    if field.heading:
        style = "heading" if _NUMBERED.match(field.heading) else "subheading"
        yield Heading(field.heading, level, "", field.key, style)
    if field.template:
        text = filled(field, source.answers)
        yield from (Paragraph(line, field.key, State.VALUE) for line in text.split("\n"))
    if field.template and field.blanks:
        return
    yield from answer_paragraphs(field, source.answers.get(Address(field.key)))


def answer_paragraphs(field: Field, answer: Answer | None) -> Iterator[Paragraph]:
    """Yield what is printed for one answer of the outline: its lines or items, or the phrase of its state."""
    if answer is None or answer.state is State.EMPTY or (answer.state is State.VALUE and not answer.value):
        yield Paragraph(EMPTY_TEXT, field.key, State.EMPTY)
    elif answer.state is State.ZERO:
        yield Paragraph(ZERO_TEXT, field.key, State.ZERO)
    elif answer.state is State.NONE:
        yield Paragraph(NONE_TEXT, field.key, State.NONE)
    elif isinstance(answer.value, tuple):
        yield from _items(field, answer.value)
    else:
        for line in value_text(answer.value).split("\n"):
            yield Paragraph(line, field.key, State.VALUE)


def _items(field: Field, items: tuple[str, ...]) -> Iterator[Paragraph]:
    """Yield one paragraph per item, marked unless it brings its own mark; further lines of an item stand below it.

    Items take the mark one level below their heading, as the outlines do: "1." under "I.", "-" under "1.",
    "+" under "-".
    """
    for number, item in enumerate(items, 1):
        first, *rest = item.split("\n")
        mark = "" if _MARKED.match(first) else _item_mark(field.heading, number)
        yield Paragraph(mark + first, field.key, State.VALUE, item=True)
        for line in rest:
            yield Paragraph(line, field.key, State.VALUE, item=True)


def _item_mark(heading: str, number: int) -> str:
    if _ROMAN.match(heading):
        return f"{number}. "
    return "+ " if heading.startswith("- ") else "- "


def filled(field: Field, answers: Mapping[Address, Answer]) -> str:
    """Return the fixed sentence of ``field`` with its blanks filled in; what is not answered prints as dots."""

    def blank(found: re.Match[str]) -> str:
        key = found.group(1)
        return _blank_text(field.blank(key), answers.get(Address(field.key, "", key)))

    keys = "|".join(re.escape(column.key) for column in field.blanks)
    return re.sub(rf"\{{({keys})\}}", blank, field.template) if keys else field.template


def _blank_text(column: Column, answer: Answer | None) -> str:
    if answer is None or answer.state is State.EMPTY:
        return BLANK
    if answer.state is State.ZERO:
        return "0" if column.kind in NUMERIC else NOTHING
    if answer.state is State.NONE:
        return NO_FIGURE
    return value_text(answer.value)


def _mention(keys: list[str], attached: dict[str, str], named: set[str]) -> Paragraph:
    """Return the sentence that points from the text to its appendices (HD 05-HD/VPTW on appendices)."""
    named.update(keys)
    return Paragraph(f"Số liệu cụ thể tại {_joined([attached[key] for key in keys])} kèm theo báo cáo này.")


def _attachments(source: UnitSource, layout: Profile, attached: dict[str, str], named: set[str]) -> Iterator[Paragraph]:
    """Yield the list of appendices if a leaf left one out, or if the source names one that it does not contain."""
    rest = [name for key, name in attached.items() if key not in named]
    missing = [_name(table, layout) for table in source.form.tables if table.missing]
    if missing and attached:
        listed = _joined(list(attached.values()))
        yield Paragraph(f"Kèm theo báo cáo này: {listed}; {_joined(missing)} không có biểu mẫu trong văn bản gốc.")
    elif rest:
        yield Paragraph(f"Kèm theo báo cáo này: {_joined(rest)}.")


def _name(table: Table, layout: Profile) -> str:
    """Return how the text speaks of an appendix: "Phụ lục 3"; one without a number goes by its title."""
    return layout.appendix_name(table.number_line) if table.number_line else f"Biểu “{' '.join(table.title)}”"


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


def _appendices(source: UnitSource, head: Letterhead) -> Iterator[Appendix]:
    """Yield the appendices that are this unit's: those it is asked for, and those in which it has figures anyway."""
    told: dict[str, dict[tuple[str, str], Cell]] = {}
    for address, rolled in source.rolled.items():
        if rolled.value is not None:
            told.setdefault(address.field, {})[address.row, address.column] = _rolled_cell(rolled)
    for address, answer in source.answers.items():
        if answer.state is not State.EMPTY:
            told.setdefault(address.field, {})[address.row, address.column] = Cell(answer.state, answer.value)
    for table in source.form.tables:
        if not asks_table(table, source.respondent):
            continue
        cells = told.get(table.key, {})
        if cells or any(asked_columns(table, row, source.respondent) for row in table.rows):
            yield Appendix(table, head, cells, tuple(_extra_rows(table, cells)))


def _rolled_cell(rolled: Rolled) -> Cell:
    value = rolled.value
    if not isinstance(value, int | Decimal | tuple):
        raise TypeError(f"a roll-up is a sum or a union, not {value!r}")
    state = State.VALUE if value else State.ZERO
    return Cell(state, value, rolled=True, counted=rolled.counted, expected=rolled.expected)


def _extra_rows(table: Table, cells: Mapping[tuple[str, str], Cell]) -> Iterator[tuple[str, str]]:
    """Yield the rows added locally (``them.1`` ...) with the label typed for them, in order of their number."""
    known = {row.key for row in table.rows}
    labels = {column.key for column in table.columns if not column.asked}
    keys = {row for row, _ in cells if row not in known}
    for key in sorted(keys, key=lambda key: (int(number) if (number := key.rpartition(".")[2]).isdigit() else 0, key)):
        label = next((value_text(cells[key, c].value) for c in sorted(labels) if (key, c) in cells), "")
        yield key, label


def _entries(source: UnitSource) -> Iterator[Entry]:
    """Yield one line of the long data sheet per stored answer, in the order of the form."""
    order = _order(source.form)
    last = (len(order), 0, 0)
    stored = (pair for pair in source.answers.items() if pair[1].state is not State.EMPTY)
    asked = (pair for pair in stored if pair[0].field != DOCUMENT_DATA)
    for address, answer in sorted(asked, key=lambda pair: (order.get(pair[0], last), pair[0])):
        place = (address.field, address.row, address.column)
        here = answer.at.astimezone(source.created.tzinfo) if answer.at and source.created.tzinfo else answer.at
        written = (answer.by, here, answer.channel)
        yield Entry(source.unit_code, source.unit_name, *place, answer.value, answer.state, *written)


def _order(form: Form) -> dict[Address, tuple[int, int, int]]:
    """Return where each address of the form stands: item, row, column."""
    found: dict[Address, tuple[int, int, int]] = {}
    for number, field in enumerate(form.fields()):
        found[Address(field.key)] = (number, 0, 0)
        found |= {Address(field.key, "", blank.key): (number, 0, at) for at, blank in enumerate(field.blanks, 1)}
    for number, table in enumerate(form.tables, len(found)):
        for at, row in enumerate(table.rows):
            found |= {Address(table.key, row.key, c.key): (number, at, i) for i, c in enumerate(table.columns)}
    return found


_ROMAN = re.compile(r"[IVXLC]+[.\-]")
_NUMBERED = re.compile(r"(?:[IVXLC]+|\d+)[.\-]")
_MARKED = re.compile(r"[-+*•–]|\d{1,2}[.)\-] |[a-zđ]\) ")
