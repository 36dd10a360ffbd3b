"""An appendix as Word: its number, letterhead, title, the official grid with its cells, its notes.

The grid is the form's, cell for cell (forms are frozen): spans become ``w:gridSpan`` and ``w:vMerge``, several
columns that share a grid column are lines of one cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from dialogs.forms.answers import State
from dialogs.forms.form import Column, Row, Table
from dialogs.kinds import KINDS, LONG, Kind
from exports.figures import number_text, value_text
from exports.profiles import Profile, is_appendix_line
from exports.report import Appendix, Cell
from exports.sheet_names import SOURCE_SHEET
from exports.text_metrics import side_indent_mm
from exports.total_notes import level_notes
from exports.word.grid import CENTRE, KEEP_NEXT, LINE_OF_POINT, Frame, frame
from exports.word.head import letterhead
from exports.word.skeleton import APPENDIX, LAYOUT, TABLE_TEXT
from exports.word.xml import Letters, cell, indented, paragraph, run, table_row, text_paragraph

_NOTE_SPACE = '<w:spacing w:before="60"/>'
_TOTALS_PLACE = f"sheet “{SOURCE_SHEET}” của tệp Excel"
_ASIDE_BREAKS = frozenset({"của", "ngày"})
_TALLEST_ROW_PT = 330
"""A row that may come out taller than this is allowed to break over pages: a wide page has some 400 pt for rows."""


class _Line(NamedTuple):
    """One paragraph of a cell."""

    text: str
    centred: bool = False


def appendix(item: Appendix, layout: Profile, lines: count[int], reference: str) -> Iterator[str]:
    """Yield the paragraphs and tables of one appendix; the caller closes its section.

    An appendix repeats the letterhead where the profile says so; a sheet whose form has none says under its title
    which report it belongs to (``reference``).
    """
    table, width = item.table, layout.text_width_mm(landscape=item.table.landscape)
    headed = layout.appendices.letterhead and bool(table.letterhead_left or is_appendix_line(table.number_line))
    title = titles(table_titles(table) if headed else [*table_titles(table), reference], layout, width)
    yield numbered(table.number_line, layout) if table.number_line else next(title)
    if headed:
        yield letterhead(item.letterhead, layout, width, lines)
    yield from title
    if table.grid_columns:
        yield from _grid(item, frame(table, layout))
    yield from _notes(item)


def numbered(number_line: str, layout: Profile) -> str:
    """Return an appendix's first line, its number as the profile writes it."""
    line = run(layout.appendix_line(number_line), Letters(layout.sizes.appendix, bold=True))
    return paragraph(APPENDIX, line, f'{KEEP_NEXT}<w:spacing w:after="80"/>')


def table_titles(table: Table) -> list[str]:
    """Return the lines over a table: its title, and its period in brackets."""
    return [*table.title, *([table.period] if table.period else [])]


def titles(texts: list[str], layout: Profile, width: float) -> Iterator[str]:
    """Yield the lines over a table, those in brackets in italics; the last keeps its distance from the table."""
    size = layout.sizes.appendix
    for number, text in enumerate(texts):
        aside = text.startswith("(")
        before = 140 if number == 0 else 0
        after = 100 if number == len(texts) - 1 else 0
        spacing = f'<w:spacing w:before="{before}" w:after="{after}"/>'
        side = side_indent_mm(text, size, width, bold=not aside, before=_ASIDE_BREAKS)
        letters = Letters(size, bold=not aside or None, italic=aside)
        yield paragraph(LAYOUT, run(text, letters), KEEP_NEXT + spacing + indented(side))


def _notes(item: Appendix) -> Iterator[str]:
    """Yield what stands under a table: how many units its totals rest on, then the form's own notes."""
    table = item.table
    totals = level_notes(table, item.cells, _TOTALS_PLACE)
    lines = [(line, Letters(italic=True)) for line in totals]
    lines += [(table.notes_heading, Letters(bold=True)), *((note, Letters()) for note in table.notes)]
    for text, letters in [*lines, (table.footnote, Letters(italic=True))]:
        if text:
            yield paragraph(TABLE_TEXT, run(text, letters), _NOTE_SPACE)


def _grid(item: Appendix, shape: Frame) -> Iterator[str]:
    """Yield the table row by row. Rows of one body stay together, and the last row is never alone on a page."""
    rows = list(item.table.rows)
    rows += [Row(key, label, str(number)) for number, (key, label) in enumerate(item.extra_rows, len(rows) + 1)]
    yield shape.opening
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        kept = following is not None and (following.merged == 0 or following is rows[-1])
        yield _row(row, shape, item, kept=kept)
    yield "</w:tbl>"


def _row(row: Row, shape: Frame, item: Appendix, *, kept: bool) -> str:
    """Return one row; ``kept`` stays with the next. Where there are lists, cells begin at the top, rows stay free."""
    contents = list(_contents(row, shape, item))
    long = any(column.kind in LONG for columns in shape.columns for column in columns)
    tallest = max(
        sum(shape.lines(line.text, width) for line in lines)
        for lines, width in zip(contents, shape.widths, strict=True)
    )
    splits = tallest * shape.points * LINE_OF_POINT > _TALLEST_ROW_PT
    merges = _merges(row, shape)
    keep = KEEP_NEXT if kept and not long else ""
    cells = (
        cell(width, "".join(_paragraph(line, keep) for line in lines), merge=merge, middle=not long)
        for lines, width, merge in zip(contents, shape.widths, merges, strict=True)
    )
    return table_row("".join(cells), splits=splits)


def _paragraph(line: _Line, keep: str) -> str:
    return text_paragraph(TABLE_TEXT, line.text, keep + CENTRE if line.centred else keep)


def _merges(row: Row, shape: Frame) -> list[str]:
    """Return the upright merge of each cell: rows of one body share the ordinal and the name."""
    merge = "" if row.merged == 1 else ("restart" if row.merged > 1 else "continue")
    named = _named_columns(shape)
    return [merge if place in named else "" for place in range(len(shape.columns))]


def _named_columns(shape: Frame) -> set[int]:
    """Return the places of the ordinal and of the first printed label."""
    kinds = [columns[0].kind if columns else None for columns in shape.columns]
    return {kinds.index(kind) for kind in (Kind.INDEX, Kind.LABEL) if kind in kinds}


def _contents(row: Row, shape: Frame, item: Appendix) -> Iterator[list[_Line]]:
    """Yield the lines of each cell of a row."""
    named = _named_columns(shape)
    for place, columns in enumerate(shape.columns):
        if columns and columns[0].kind is Kind.INDEX:
            yield [_Line(row.ordinal, centred=True)]
        elif not columns or columns[0].kind is Kind.LABEL:
            yield [_Line(row.label if place in named else _second_label(row, columns, item))]
        else:
            yield list(_told(row, columns, item))


def _second_label(row: Row, columns: tuple[Column, ...], item: Appendix) -> str:
    """Return what a second printed column says of a row: its level ("Cấp xã"), or the unit it is measured in.

    A row that a unit added has its unit of measure as an answer in that very column.
    """
    typed = item.cells.get((row.key, columns[0].key)) if columns else None
    if typed is not None and isinstance(typed.value, str):
        return typed.value
    return row.level_label or next((measure for _, measure in row.measures), "")


def _told(row: Row, columns: tuple[Column, ...], item: Appendix) -> Iterator[_Line]:
    """Yield the lines of one answered cell: a bare figure or text, or several figures with their labels."""
    told = [(column, item.cells.get((row.key, column.key))) for column in columns]
    if len(told) == 1:
        yield from _alone(*told[0])
    elif all(column.label.endswith(":") for column, _ in told):
        for column, found in told:
            yield from _labelled(column, found)
    elif {figure(found) for _, found in told} <= {"", "-"}:
        yield _Line(max(figure(found) for _, found in told), centred=True)
    else:
        parts = (f"{text} {column.label}" for column, found in told if (text := figure(found)))
        yield _Line("; ".join(parts), centred=True)


def _alone(column: Column, found: Cell | None) -> Iterator[_Line]:
    if found is not None and isinstance(found.value, tuple) and found.state is State.VALUE:
        if KINDS[column.kind].documents:
            yield _Line(f"{number_text(len(found.value))} văn bản:")
        yield from _listed(found.value, "- ")
    elif found is not None and isinstance(found.value, str) and found.state is State.VALUE:
        yield from map(_Line, found.value.split("\n"))
    else:
        yield _Line(figure(found), centred=True)


def _labelled(column: Column, found: Cell | None) -> Iterator[_Line]:
    if column.lead:
        yield _Line(column.lead)
    if found is not None and isinstance(found.value, tuple) and found.state is State.VALUE:
        yield _Line(column.label)
        yield from _listed(found.value, "+ ")
    else:
        yield _Line(f"{column.label} {figure(found)}".rstrip())


def _listed(items: tuple[str, ...], mark: str) -> Iterator[_Line]:
    for item in items:
        first, *rest = item.split("\n")
        yield _Line(first if first.startswith(("-", "+")) else mark + first)
        yield from map(_Line, rest)


def figure(found: Cell | None) -> str:
    """Return the text of a cell in its state: the value, ``0``, ``-``, or nothing."""
    if found is None or found.state is State.EMPTY:
        return ""
    if found.state is State.NONE:
        return "-"
    if found.state is State.ZERO:
        return "0"
    return value_text(found.value)
