"""What the checker is told about a sample: read from the form and the answers, not from the program's report."""

from __future__ import annotations

from collections.abc import Iterator

from docx_expected import Expected, Grid
from word_samples import CREATED

from dialogs.answers import State
from dialogs.form import Field, Section, Table
from dialogs.questions import asks_table
from exports.compile import UnitSource

_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "6": "VI"}


def expected(source: UnitSource) -> Expected:
    """Return the expectations for the report of ``source``."""
    form, document = source.form, source.document
    party = source.profile.startswith("party")
    asked = [table for table in form.tables if asks_table(table, source.respondent)]
    return Expected(
        profile=source.profile,
        parent_body=_told(source, "co_quan_cap_tren"),
        issuing_body=_told(source, "co_quan"),
        type_name=form.document.type_name,
        subject=form.document.subject,
        headings=tuple(_headings(form.outline)),
        leaves=frozenset(field.heading for field in form.fields() if field.heading),
        phrases=(form.closing,) if form.closing else (),
        appendices=tuple(_grid(table, party=party) for table in asked),
        created=CREATED.strftime("%Y-%m-%dT%H:%M:%SZ"),
        draft=not source.sent or "so" not in document,
        typed=frozenset(_typed(source)),
    )


def _told(source: UnitSource, key: str) -> str:
    return str(source.document[key].value) if key in source.document else ""


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
    name, _, number = table.number_line.rpartition(" ")
    header = {(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.header}
    rows = table.header_rows
    if table.numbered_header:
        rows += 1
        header |= {(rows, place, 1, 1, f"({place})") for place in range(1, table.grid_columns + 1)}
    line = f"{name} {number if party else _ROMAN[number]}"
    return Grid(line, table.title[0], table.landscape, rows, frozenset(header))


def _typed(source: UnitSource) -> Iterator[str]:
    """Yield every line a person typed, as it may stand on paper (with the mark of a list before it)."""
    for answer in (*source.answers.values(), *source.document.values()):
        if answer.state is not State.VALUE:
            continue
        for text in answer.value if isinstance(answer.value, tuple) else (str(answer.value),):
            for line in text.split("\n"):
                yield line
                yield from (f"{mark}{line}" for mark in ("- ", "+ ", *(f"{number}. " for number in range(1, 30))))
