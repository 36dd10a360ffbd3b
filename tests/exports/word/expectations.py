"""What the checker is told about a sample: read from the form and the answers, not from the program's report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC

from dialogs.forms.answers import State
from dialogs.forms.form import Field, Section, Table
from dialogs.forms.questions import Respondent, asks_field, asks_table
from dialogs.values.report_data import CompiledReportData, UnitReportData
from tests.exports.docx.expected import Expected, Grid
from tests.exports.word.samples import CREATED

_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "6": "VI", "7": "VII"}
_LISTS = "DANH SÁCH ĐƠN VỊ CHƯA GỬI, GỬI MUỘN, BỊ TRẢ LẠI BÁO CÁO"
_LIST_HEADS = ("TT", "Đơn vị", "Tình trạng", "Hạn", "Gửi lúc", "Đã trả lời")


def expected(source: UnitReportData) -> Expected:
    """Return the expectations for the report of ``source``."""
    form, document = source.form, source.document
    party = source.profile.startswith("party")
    asked = [table for table in form.tables if asks_table(table, source.respondent)]
    outline = _asked_of(form.outline, source.respondent)
    return Expected(
        profile=source.profile,
        parent_body=_told(source, "co_quan_cap_tren"),
        issuing_body=_told(source, "co_quan"),
        type_name=form.document.type_name,
        subject=form.document.subject,
        headings=tuple(_headings(outline)),
        leaves=frozenset(field.heading for field in form.fields() if field.heading),
        phrases=(form.closing,) if form.closing else (),
        appendices=tuple(_grid(table, party=party) for table in asked),
        created=CREATED.strftime("%Y-%m-%dT%H:%M:%SZ"),
        draft=not source.sent or "so" not in document,
        period=source.period,
        typed=frozenset(_typed(source)),
        head_signs=_head_signs(source),
    )


def compiled_expected(source: CompiledReportData, typed: Iterable[str] = ()) -> Expected:
    """Return the expectations for the compiled report of ``source``: its lists of units are an appendix more."""
    form, party = source.form, source.profile.startswith("party")
    tables = [_grid(table, party=party) for table in form.tables if not table.missing]
    numbered = [table for table in form.tables if table.number_line.casefold().startswith("phụ lục")]
    line = ("PHỤ LỤC 7" if party else "PHỤ LỤC VII") if numbered else _LISTS
    heads = frozenset((1, place, 1, 1, text) for place, text in enumerate(_LIST_HEADS, 1))
    return Expected(
        profile=source.profile,
        parent_body=_told(source, "co_quan_cap_tren"),
        issuing_body=_told(source, "co_quan"),
        type_name=form.document.type_name,
        subject=form.document.subject,
        headings=tuple(_headings(form.outline)),
        leaves=frozenset(field.heading for field in form.fields() if field.heading),
        phrases=(form.closing,) if form.closing else (),
        appendices=(*tables, Grid(line, _LISTS, False, 1, heads)),
        created=source.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        draft=not source.sent,
        period=source.period,
        typed=frozenset(typed),
    )


def _head_signs(source: UnitReportData) -> bool:
    usual = dict(source.form.document.authority)
    return "quyen_han" not in source.document and not usual.get(source.respondent.body or source.respondent.kind)


def _told(source: UnitReportData | CompiledReportData, key: str) -> str:
    return str(source.document[key].value) if key in source.document else ""


def _asked_of(nodes: tuple[Section | Field, ...], respondent: Respondent) -> tuple[Section | Field, ...]:
    """Return the outline without what is other bodies' to answer; the numbers of what follows close up."""
    found: list[Section | Field] = []
    for node in nodes:
        children = _asked_of(node.children, respondent) if isinstance(node, Section) else ()
        if not children and not (isinstance(node, Field) and asks_field(node, respondent)):
            continue
        first, dot, rest = node.heading.partition(".")
        place = len([each for each in found if each.heading[:1].isdigit()]) + 1
        heading = f"{place}{dot}{rest}" if first.isdigit() else node.heading
        changed = {"children": children} if isinstance(node, Section) else {}
        found.append(replace(node, heading=heading, **changed))  # type: ignore[arg-type]
    return tuple(found)


def _headings(nodes: tuple[Section | Field, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Field):
            if node.heading:
                yield node.heading
        elif node.style == "part":
            yield node.label
            yield node.heading.upper()
            yield from _headings(node.children)
        else:
            yield from _section(node)


def _section(node: Section) -> Iterator[str]:
    """A leaf's wording in small letters stands on its section's line, as in the source."""
    first = node.children[0]
    if isinstance(first, Field) and node.heading.endswith(":") and first.heading[:1].islower():
        yield f"{node.heading} {first.heading}"
        yield from _headings(node.children[1:])
    else:
        yield node.heading
        yield from _headings(node.children)


def _grid(table: Table, *, party: bool) -> Grid:
    header = {(c.row, c.column, c.row_span, c.column_span, _head(table, c.column, c.text)) for c in table.header}
    rows = table.header_rows
    if table.numbered_header:
        rows += 1
        header |= {(rows, place, 1, 1, f"({place})") for place in range(1, table.grid_columns + 1)}
    name, _, number = table.number_line.rpartition(" ")
    line = table.number_line if party or number not in _ROMAN else f"{name} {_ROMAN[number]}"
    return Grid(line, table.title[0], table.landscape, rows, frozenset(header))


def _head(table: Table, column: int, text: str) -> str:
    """The sheet of kl102-2019 names no unit of its money: it is added to the head."""
    money = table.key == "TONG_HOP" and column == 5
    return f"{text} (triệu đồng)" if money else text


def _typed(source: UnitReportData) -> Iterator[str]:
    """Yield every line a person typed, as it may stand on paper (with the mark of a list before it)."""
    for answer in (*source.answers.values(), *source.document.values()):
        if answer.state is not State.VALUE:
            continue
        for text in answer.value if isinstance(answer.value, tuple) else (str(answer.value),):
            for line in text.split("\n"):
                yield line
                yield from (f"{mark}{line}" for mark in ("- ", "+ ", *(f"{number}. " for number in range(1, 30))))
