"""An appendix as Word: its number, letterhead, title, the official grid with its cells, its notes.

The grid is the form's, cell for cell (forms are frozen): spans become ``w:gridSpan`` and ``w:vMerge``, several
columns that share a grid column are lines of one cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from dialogs.answers import State
from dialogs.form import LONG, Column, HeaderCell, Kind, Row, Table
from exports.figures import number_text, value_text
from exports.profiles import Profile
from exports.report import Appendix, Cell
from exports.word_head import letterhead
from exports.word_metrics import side_indent_mm
from exports.word_skeleton import APPENDIX, LAYOUT, TABLE_TEXT
from exports.word_xml import BORDER_SIDES, Letters, cell, grid, indented, paragraph, run, text_paragraph, twips

_PADDING_TWIPS = 57
_CENTRE = '<w:jc w:val="center"/>'
_KEEP_NEXT = "<w:keepNext/>"
_BOLD = Letters(bold=True)
_LABEL_MM, _INDEX_MM = 45, 10


def appendix(item: Appendix, layout: Profile, lines: count[int]) -> Iterator[str]:
    """Yield the paragraphs and tables of one appendix; the caller closes its section."""
    table, width = item.table, layout.text_width_mm(landscape=item.table.landscape)
    size = layout.sizes.appendix
    number = layout.appendix_line(table.number_line)
    yield paragraph(APPENDIX, run(number, Letters(size, bold=True)), f'{_KEEP_NEXT}<w:spacing w:after="120"/>')
    if layout.appendices.letterhead:
        yield letterhead(item.letterhead, layout, width, lines)
    yield from _title(table, layout, width)
    yield from _grid(item, layout)
    yield from _notes(table)


def _title(table: Table, layout: Profile, width: float) -> Iterator[str]:
    """Yield title and period; the last of them keeps its distance from the table."""
    size = layout.sizes.appendix
    texts = [(line, Letters(size, bold=True)) for line in table.title]
    texts += [(table.period, Letters(size, italic=True))] if table.period else []
    for number, (text, letters) in enumerate(texts):
        before = 200 if number == 0 else 0
        after = 160 if number == len(texts) - 1 else 0
        spacing = f'<w:spacing w:before="{before}" w:after="{after}"/>'
        side = side_indent_mm(text, size, width, bold=bool(letters.bold))
        yield paragraph(LAYOUT, run(text, letters), _KEEP_NEXT + spacing + indented(side))


def _notes(table: Table) -> Iterator[str]:
    for text, letters in ((table.notes_heading, _BOLD), *((note, Letters()) for note in table.notes)):
        if text:
            yield paragraph(TABLE_TEXT, run(text, letters), '<w:spacing w:before="60"/>')
    if table.footnote:
        yield paragraph(TABLE_TEXT, run(table.footnote, Letters(italic=True)), '<w:spacing w:before="60"/>')


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is the same in every row: the columns by grid column, and the widths in twips."""

    columns: tuple[tuple[Column, ...], ...]
    widths: tuple[int, ...]
    breakable: bool


def _frame(table: Table, layout: Profile) -> _Frame:
    by_grid = tuple(
        tuple(column for column in table.columns if column.grid == place)
        for place in range(1, table.grid_columns + 1)
    )
    total = twips(layout.text_width_mm(landscape=table.landscape))
    breakable = any(column.kind in LONG for column in table.columns)
    return _Frame(by_grid, tuple(_widths(table, by_grid, total)), breakable)


def _widths(table: Table, by_grid: tuple[tuple[Column, ...], ...], total: int) -> list[int]:
    """Return the widths of the grid columns: the form's, for grid columns or for columns, stretched to ``total``."""
    told = table.widths_mm
    if len(told) == table.grid_columns:
        shares = list(told)
    elif len(told) == len(table.columns):
        widths = {column.key: width for column, width in zip(table.columns, told, strict=True)}
        shares = [sum(widths[column.key] for column in columns) for columns in by_grid]
    else:
        shares = _usual_shares(by_grid)
    edges = [round(total * sum(shares[:end]) / sum(shares)) for end in range(len(shares) + 1)]
    return [right - left for left, right in zip(edges, edges[1:], strict=False)]


def _usual_shares(by_grid: tuple[tuple[Column, ...], ...]) -> list[int]:
    kinds = [columns[0].kind if columns else Kind.LABEL for columns in by_grid]
    fixed = {Kind.INDEX: _INDEX_MM, Kind.LABEL: _LABEL_MM}
    return [fixed.get(kind, _LABEL_MM - _INDEX_MM) for kind in kinds]


def _grid(item: Appendix, layout: Profile) -> Iterator[str]:
    """Yield the table row by row."""
    table = item.table
    frame = _frame(table, layout)
    yield _opening(frame)
    yield from _header(table, frame)
    for row in table.rows:
        yield _row(row, frame, item)
    for number, (key, label) in enumerate(item.extra_rows, len(table.rows) + 1):
        yield _row(Row(key, label, str(number)), frame, item)
    yield "</w:tbl>"


def _opening(frame: _Frame) -> str:
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in BORDER_SIDES)
    padding = "".join(f'<w:{side} w:w="{_PADDING_TWIPS}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(frame.widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>{grid(list(frame.widths))}"
    )


def _header(table: Table, frame: _Frame) -> Iterator[str]:
    """Yield the official header rows, and the row of column numbers where the form has one; all repeat on each page."""
    opening = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    for row in range(1, table.header_rows + 1):
        yield opening + "".join(_header_cells(table, frame, row)) + "</w:tr>"
    if table.numbered_header:
        numbers = (
            cell(width, paragraph(TABLE_TEXT, run(f"({place})", Letters(italic=True)), _KEEP_NEXT + _CENTRE), middle=True)
            for place, width in enumerate(frame.widths, 1)
        )
        yield opening + "".join(numbers) + "</w:tr>"


def _header_cells(table: Table, frame: _Frame, row: int) -> Iterator[str]:
    """Yield the cells of one header row; a cell that hangs down from above is continued, not left out."""
    place = 1
    while place <= table.grid_columns:
        top = _covering(table, row, place)
        width = sum(frame.widths[place - 1 : place - 1 + top.column_span])
        merge = "" if top.row_span == 1 else ("restart" if top.row == row else "continue")
        text = run(top.text, _BOLD) if top.row == row else ""
        content = paragraph(TABLE_TEXT, text, _KEEP_NEXT + _CENTRE)
        yield cell(width, content, span=top.column_span, merge=merge, middle=True)
        place += top.column_span


def _covering(table: Table, row: int, place: int) -> HeaderCell:
    for found in table.header:
        if found.row <= row < found.row + found.row_span and found.column <= place < found.column + found.column_span:
            return found
    raise ValueError(f"{table.key}: no header cell covers row {row}, column {place}")


def _row(row: Row, frame: _Frame, item: Appendix) -> str:
    """Return one row; rows whose text may exceed a page are allowed to break."""
    cells: list[str] = []
    labels = 0
    for columns, width in zip(frame.columns, frame.widths, strict=True):
        kinds = {column.kind for column in columns}
        if kinds == {Kind.INDEX} or (kinds == {Kind.LABEL} and labels == 0):
            labels += Kind.LABEL in kinds
            cells.append(_named(row, width, index=Kind.INDEX in kinds))
        elif kinds == {Kind.LABEL}:
            cells.append(cell(width, text_paragraph(TABLE_TEXT, _second_label(row)), middle=True))
        else:
            cells.append(cell(width, "".join(_content(row, columns, item)), middle=True))
    properties = "" if frame.breakable else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _named(row: Row, width: int, *, index: bool) -> str:
    """Return the cell of the ordinal or the label; rows of one body share it."""
    merge = "" if row.merged == 1 else ("restart" if row.merged > 1 else "continue")
    text = "" if merge == "continue" else (row.ordinal if index else row.label)
    return cell(width, text_paragraph(TABLE_TEXT, text, _CENTRE if index else ""), merge=merge, middle=True)


def _second_label(row: Row) -> str:
    """Return what a second printed column says of a row: its level ("Cấp xã"), or the unit it is measured in."""
    return row.level_label or next((measure for _, measure in row.measures), "")


def _content(row: Row, columns: tuple[Column, ...], item: Appendix) -> Iterator[str]:
    """Yield the paragraphs of one answered cell: a bare figure or text, or several lines with their labels."""
    told = [(column, item.cells.get((row.key, column.key))) for column in columns]
    if len(told) == 1:
        column, found = told[0]
        yield from _alone(column, found)
    elif all(column.label.endswith(":") for column, _ in told):
        for column, found in told:
            yield from _labelled(column, found)
    else:
        parts = (f"{text} {column.label}" for column, found in told if (text := figure(found)))
        yield text_paragraph(TABLE_TEXT, "; ".join(parts), _CENTRE)


def _alone(column: Column, found: Cell | None) -> Iterator[str]:
    if found is not None and isinstance(found.value, tuple):
        if column.kind is Kind.DOCUMENTS:
            yield text_paragraph(TABLE_TEXT, f"{number_text(len(found.value))} văn bản:")
        yield from _listed(found.value, "- ")
    elif column.kind in (Kind.TEXT, Kind.NARRATIVE) and found is not None and found.state is State.VALUE:
        yield from (text_paragraph(TABLE_TEXT, line) for line in value_text(found.value).split("\n"))
    else:
        yield text_paragraph(TABLE_TEXT, figure(found), _CENTRE)


def _labelled(column: Column, found: Cell | None) -> Iterator[str]:
    if column.lead:
        yield text_paragraph(TABLE_TEXT, column.lead)
    if found is not None and isinstance(found.value, tuple):
        yield text_paragraph(TABLE_TEXT, column.label)
        yield from _listed(found.value, "+ ")
    else:
        yield text_paragraph(TABLE_TEXT, f"{column.label} {figure(found)}".rstrip())


def _listed(items: tuple[str, ...], mark: str) -> Iterator[str]:
    for item in items:
        first, *rest = item.split("\n")
        yield text_paragraph(TABLE_TEXT, first if first.startswith(("-", "+")) else mark + first)
        yield from (text_paragraph(TABLE_TEXT, line) for line in rest)


def figure(found: Cell | None) -> str:
    """Return the text of a cell in its state: the value, ``0``, ``-``, or nothing (DESIGN, rule 4)."""
    if found is None or found.state is State.EMPTY:
        return ""
    if found.state is State.NONE:
        return "-"
    if found.state is State.ZERO:
        return "0"
    return value_text(found.value)


