"""The Excel side of a report: a sheet per appendix in the official layout, and the data behind them.

READ THIS FILE FIRST. openpyxl shapes each sheet once per form (``skeleton``); for each report only the rows are
written as XML text and stored at once (``package``): appendices by ``appendix``, the units behind a compiled one by
``units``, the long data sheet by ``data``, short lists by ``tables``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from dialogs.forms.answers import State
from dialogs.forms.questions import cell_column
from dialogs.values.report_data import Standing
from exports.excel.appendix import draw_appendix
from exports.excel.cells import Pen
from exports.excel.data import DataSheets, Remark
from exports.excel.lists import ListFrame, draw_list
from exports.excel.package import Drawn, OpenWorkbook, Properties
from exports.excel.progress import ProgressSheet
from exports.excel.styles import style_numbers
from exports.excel.tables import (
    DETAILS,
    ENCLOSED,
    NO_WARNING,
    SOURCES,
    WARNINGS,
    Line,
    detail_lines,
    enclosed_lines,
    source_lines,
    warning_lines,
    whole_lines,
)
from exports.excel.totals import Totals, detail_parts
from exports.excel.units import UnitSheet
from exports.place_names import PlaceNames, names_of
from exports.profiles import profile
from exports.report import Appendix, Cell, Report
from exports.sheet_names import free_tab, tab_names

UNITS_TAB = " - đơn vị"


def render(report: Report) -> bytes:
    """Return the workbook of ``report`` as ``write`` writes it; the same report always gives the same bytes."""
    target = io.BytesIO()
    write(report, target)
    return target.getvalue()


def write(report: Report, target: BinaryIO) -> None:
    """Write the workbook of one unit's ``report``, or of a compiled one, to ``target``.

    What is streamed (``entries``, the ``units`` of an appendix) is read once and never held. Raises ``KeyError`` if
    the report's layout profile is unknown.
    """
    layout, pen = profile(report.profile), Pen(style_numbers())
    tabs = tab_names([appendix.table for appendix in report.sheets])
    names = names_of(report, tabs)
    live = map(_live, report.sheets) if report.standings else report.sheets
    shown = list(zip(live, tabs, strict=True))
    with OpenWorkbook(target, pen) as book:
        behind = _units_behind(shown, report.standings, book, pen)
        parts = dict(part for sheet in behind for part in sheet.parts()) or detail_parts(report.details)
        totals = Totals(parts)
        for number, (appendix, tab) in enumerate(shown, 1):
            book.store(number, draw_appendix(appendix, tab, layout, pen, totals))
        remarks = [remark for sheet in behind for remark in sheet.remarks]
        for number, drawn in enumerate(_lists(report, names, pen, totals, remarks), len(tabs) + len(behind) + 1):
            book.store(number, drawn)
        book.bind(_properties(report))


def _units_behind(
    shown: Sequence[tuple[Appendix, str]], standings: Sequence[Standing], book: OpenWorkbook, pen: Pen
) -> list[UnitSheet]:
    """Store the sheets of the units behind the appendices of a compiled report: only they know the sums.

    A unit's own report, without ``standings``, has none.
    """
    above = [(appendix, tab) for appendix, tab in shown if appendix.table.columns and standings]
    taken = [tab for _, tab in shown]
    sheets: list[UnitSheet] = []
    for number, (appendix, tab) in enumerate(above, len(shown) + 1):
        name = free_tab(tab, UNITS_TAB, taken)
        taken.append(name)
        sheets.append(UnitSheet(pen, appendix, standings, name, tab))
        book.store(number, sheets[-1].drawn())
    return sheets


def _live(appendix: Appendix) -> Appendix:
    """Return a compiled appendix whose totals over nothing are formulas too: a figure typed later is added."""
    empty = Cell(State.EMPTY, rolled=True)
    totals = {
        (row.key, column.key): empty
        for row in appendix.table.rows
        for column in (cell_column(row, column) for column in appendix.table.columns)
        if column.adds_up and column.filled_by
    }
    return replace(appendix, cells={**totals, **appendix.cells})


def _lists(report: Report, names: PlaceNames, pen: Pen, totals: Totals, remarks: list[Remark]) -> Iterator[Drawn]:
    """Yield the sheets behind the appendices; each must be read before the next. Those about totals only at need."""
    if report.details:
        yield _list(DETAILS, pen, detail_lines(report, names))
    sources = list(source_lines(report, names, totals))
    if sources:
        yield _list(SOURCES, pen, sources)
    if report.standings:
        title = _joined(report.type_name, report.subject, report.period)
        yield ProgressSheet(pen, report.standings, report.created, title).drawn()
    if report.enclosed:
        yield _list(ENCLOSED, pen, enclosed_lines(report))
    data = DataSheets(pen, report.entries)
    yield from data.sheets()
    order = {standing.name: number for number, standing in reversed([*enumerate(report.standings)])}
    found = warning_lines(report.warnings, [*remarks, *data.remarks], names, order)
    yield _list(WARNINGS, pen, found or [(NO_WARNING, "", "", "")])


def _list(frame: ListFrame, pen: Pen, lines: Iterable[Line]) -> Drawn:
    rows = whole_lines(lines)
    return draw_list(frame, pen, rows, len(rows))


def _properties(report: Report) -> Properties:
    title = _joined(report.type_name, report.subject)
    return Properties(title, report.letterhead.issuing_body.replace("\n", " "), report.created)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
