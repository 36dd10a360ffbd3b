"""The Excel side of a report: a sheet per appendix in the official layout, and the data behind them.

READ THIS FILE FIRST. openpyxl shapes the workbook once per form (``excel_skeleton``); for each report only the rows are
written as XML text (``excel_appendix`` for appendices, ``excel_tables`` for lists) and spliced in (``excel_package``).
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator

from dialogs.form import Table
from exports.excel_appendix import draw_appendix
from exports.excel_cells import Pen
from exports.excel_lists import ListFrame, draw_list
from exports.excel_package import Drawn, Properties, write_workbook
from exports.excel_styles import style_numbers
from exports.excel_tables import (
    DATA,
    DETAILS,
    NO_WARNING,
    SOURCES,
    WARNINGS,
    Line,
    Names,
    data_lines,
    detail_lines,
    names_of,
    source_lines,
    warning_lines,
    whole_lines,
)
from exports.excel_totals import Totals
from exports.profiles import profile
from exports.report import Report

TAB_LENGTH = 31
"""The most characters of a sheet's name; the signs in ``_NOT_IN_TAB`` are refused by spreadsheets."""
_NOT_IN_TAB = re.compile(r"[\\/?*\[\]:]")


def render(report: Report) -> bytes:
    """Return the workbook of one unit's ``report``; the same report always gives the same bytes.

    Raises ``KeyError`` if the report's layout profile is unknown.
    """
    pen, totals = Pen(style_numbers()), Totals(report.details)
    layout = profile(report.profile)
    tabs = tab_names([appendix.table for appendix in report.appendices])
    appendices = [
        draw_appendix(appendix, tab, layout, pen, totals) for appendix, tab in zip(report.appendices, tabs, strict=True)
    ]
    lists = _lists(report, names_of(report, tabs), pen, totals)
    target = io.BytesIO()
    write_workbook(target, (*appendices, *lists), pen, _properties(report))
    return target.getvalue()


def tab_names(tables: list[Table]) -> list[str]:
    """Return a sheet name for each of ``tables``: "Phụ lục 1"; a table without a number goes by its title."""
    found: list[str] = []
    for table in tables:
        name = _tab(unicodedata.normalize("NFC", table.number_line or " ".join(table.title[:1]) or table.key))
        taken = {tab.casefold() for tab in found}
        number, tab = 2, name
        while tab.casefold() in taken:
            tab = f"{name[: TAB_LENGTH - 5]} ({number})"
            number += 1
        found.append(tab)
    return found


def _tab(line: str) -> str:
    start = line[: len("Phụ lục")].capitalize()
    shown = start + line[len(start) :] if start == "Phụ lục" else line.capitalize() if line.isupper() else line
    return _NOT_IN_TAB.sub(" ", shown)[:TAB_LENGTH].strip(" '")


def _lists(report: Report, names: Names, pen: Pen, totals: Totals) -> Iterator[Drawn]:
    """Yield the sheets behind the appendices; those about totals only where there are totals."""
    if report.details:
        yield _list(DETAILS, pen, detail_lines(report, names))
    if totals.drawn:
        yield _list(SOURCES, pen, source_lines(report, names, totals))
    data = list(data_lines(report.entries))
    yield _list(DATA, pen, data)
    yield _list(WARNINGS, pen, [*warning_lines(report, names, data)] or [(NO_WARNING, "", "", "")])


def _list(frame: ListFrame, pen: Pen, lines: Iterable[Line]) -> Drawn:
    rows = whole_lines(lines)
    return draw_list(frame, pen, rows, len(rows))


def _properties(report: Report) -> Properties:
    title = " ".join(part for part in (report.type_name, report.subject) if part)
    return Properties(title, report.letterhead.issuing_body.replace("\n", " "), report.created)
