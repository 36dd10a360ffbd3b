"""Rules of the appendices and their tables: C30, C49 to C51, C53 to C57."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tests.exports.docx.docx_file import Docx, Paragraph, Section, W, borders, cells, is_on, number, rows
from tests.exports.docx.expected import Expected, Grid, registry

RULES, rule = registry()
_LONG_CELL = 400
"""A row with more letters than this in one cell may be allowed to break over pages."""


def appendices(file: Docx, expected: Expected) -> Iterator[tuple[Section, Grid]]:
    yield from zip(file.sections[1:], expected.appendices, strict=False)


def data_tables(file: Docx, expected: Expected) -> Iterator[tuple[etree._Element, Section, Grid]]:
    """Yield the data table of each appendix: its last table."""
    for section, grid in appendices(file, expected):
        if section.tables:
            yield section.tables[-1], section, grid


def _header_rows(table: etree._Element) -> list[etree._Element]:
    found = []
    for row in rows(table):
        if not is_on(row.find(f"{W}trPr/{W}tblHeader")):
            break
        found.append(row)
    return found


def _text(file: Docx, cell: etree._Element) -> str:
    return "\n".join(Paragraph(file, p).text for p in cell.findall(W + "p"))


def _span(cell: etree._Element) -> int:
    return number(cell.find(f"{W}tcPr/{W}gridSpan"), "val", 1)


@rule("C30")
def cell_paragraphs(file: Docx, expected: Expected) -> Iterator[str]:
    for table, _, grid in data_tables(file, expected):
        for paragraph in file.paragraphs(table):
            if paragraph.line_rule() == "exact" or paragraph.length("ind", "firstLine"):
                yield f"{grid.number}: {paragraph.text[:60]!r}"


@rule("C49")
def begins_with_text(file: Docx, expected: Expected) -> Iterator[str]:
    for section, grid in appendices(file, expected):
        if section.blocks[0].tag != W + "p":
            yield f"{grid.number} begins with a table"


@rule("C50")
def orientation(file: Docx, expected: Expected) -> Iterator[str]:
    if file.sections[0].landscape:
        yield "the text is landscape"
    for section, grid in appendices(file, expected):
        if section.landscape is not grid.landscape:
            yield f"{grid.number}: landscape is {section.landscape}"


@rule("C51")
def appendix_head(file: Docx, expected: Expected) -> Iterator[str]:
    for section, grid in appendices(file, expected):
        texts = [paragraph.text for paragraph in section.paragraphs]
        first = section.paragraphs[0]
        if first.text != grid.number or first.alignment != "center":
            yield f"{first.text!r} stands where {grid.number} is due"
        if grid.title not in texts:
            yield f"{grid.number}: no title {grid.title[:60]!r}"
        letterhead = [p.text for p in file.paragraphs(section.tables[0])] if len(section.tables) > 1 else []
        full = expected.issuing_body in letterhead and any(", ngày" in text for text in letterhead)
        if not full and not any("Kèm theo" in text for text in texts):
            yield f"{grid.number}: neither letterhead nor reference to the report"


@rule("C53")
def repeated_headers(file: Docx, expected: Expected) -> Iterator[str]:
    for table, _, grid in data_tables(file, expected):
        marked = [is_on(row.find(f"{W}trPr/{W}tblHeader")) for row in rows(table)]
        if marked != [True] * grid.header_rows + [False] * (len(marked) - grid.header_rows):
            yield f"{grid.number}: {sum(marked)} header rows repeat, {grid.header_rows} are due"


@rule("C54")
def whole_rows(file: Docx, expected: Expected) -> Iterator[str]:
    for table, _, grid in data_tables(file, expected):
        for place, row in enumerate(rows(table), 1):
            longest = max(len(_text(file, cell)) for cell in cells(row))
            if not is_on(row.find(f"{W}trPr/{W}cantSplit")) and longest < _LONG_CELL:
                yield f"{grid.number}: row {place} may break over pages"


def read_header(file: Docx, table: etree._Element) -> frozenset[tuple[int, int, int, int, str]]:
    """Return the header cells with their spans as (row, column, row span, column span, text)."""
    found: dict[tuple[int, int], list[int | str]] = {}
    above: dict[int, tuple[int, int]] = {}
    for place, row in enumerate(_header_rows(table), 1):
        column = 1
        for cell in cells(row):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(W + "val", "continue") == "continue" and column in above:
                found[above[column]][0] = int(found[above[column]][0]) + 1
            else:
                above[column] = (place, column)
                found[place, column] = [1, _span(cell), _text(file, cell)]
            column += _span(cell)
    return frozenset((r, c, int(high), int(wide), str(text)) for (r, c), (high, wide, text) in found.items())


@rule("C55")
def official_grid(file: Docx, expected: Expected) -> Iterator[str]:
    for table, _, grid in data_tables(file, expected):
        found = read_header(file, table)
        for cell in sorted(grid.header - found):
            yield f"{grid.number}: missing {cell}"
        for cell in sorted(found - grid.header):
            yield f"{grid.number}: not in the form {cell}"


@rule("C56")
def table_frame(file: Docx, expected: Expected) -> Iterator[str]:
    for table, section, grid in data_tables(file, expected):
        width = number(table.find(f"{W}tblPr/{W}tblW"), "w")
        columns = sum(number(column, "w") for column in table.findall(f"{W}tblGrid/{W}gridCol"))
        layout = table.find(f"{W}tblPr/{W}tblLayout")
        if width > section.text_width + 28 or columns != width:
            yield f"{grid.number}: width {width}, columns {columns}, text {section.text_width}"
        if layout is None or layout.get(W + "type") != "fixed":
            yield f"{grid.number}: the widths are not fixed"
        if borders(table) != ["single"] * 6:
            yield f"{grid.number}: borders {borders(table)}"


@rule("C57")
def header_cells(file: Docx, expected: Expected) -> Iterator[str]:
    for table, _, grid in data_tables(file, expected):
        for cell in (cell for row in _header_rows(table) for cell in cells(row)):
            upright = cell.find(f"{W}tcPr/{W}vAlign")
            lines = [Paragraph(file, p) for p in cell.findall(W + "p")]
            middle = upright is not None and upright.get(W + "val") == "center"
            numbered = lines[0].text.startswith("(") and len(lines[0].text) <= 4
            bold = all(run.bold for line in lines for run in line.runs) or numbered
            if not (middle and bold and all(line.alignment == "center" for line in lines)):
                yield f"{grid.number}: {lines[0].text!r}"
