"""What stands in a cell of an appendix: a number, a total, a date or the lines of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dialogs.forms.answers import State, Value
from dialogs.forms.form import Column, Row
from dialogs.forms.questions import cell_column
from dialogs.kinds import KINDS, NUMERIC, Kind
from exports.excel.grid import SheetColumn
from exports.figures import date_text, number_text
from exports.report import Cell

ZERO = "0"
NONE = "-"
"""Printed for "chưa có số liệu"; as text, so that sums pass over it."""

_UNANSWERED = Cell(State.EMPTY)


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A number, '-' or nothing in a cell that takes numbers. ``key`` is set for a total of the units below."""

    value: int | Decimal | str
    decimal: bool
    key: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    value: date


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label of the form."""

    text: str
    style: str = "label"


@dataclass(frozen=True, slots=True)
class Lines:
    """A text cell, line by line."""

    lines: tuple[str, ...]


Content = PrintedFigure | Day | Label | Lines


def content(row: Row, column: SheetColumn, cells: Mapping[tuple[str, str], Cell]) -> Content:
    """Return what ``column`` shows in ``row``."""
    only = column.columns[0] if len(column.columns) == 1 else None
    if only is None:
        return Lines(tuple(_shared_lines(row, column.columns, cells)))
    if only.kind is Kind.INDEX:
        return Label(row.ordinal, "index")
    if column.label:
        told = cells.get((row.key, only.key), _UNANSWERED).value
        return Label(told if isinstance(told, str) else _label(row, column.label))
    own = cell_column(row, only)
    cell = cells.get((row.key, own.key), _UNANSWERED)
    if own.kind in NUMERIC and not isinstance(cell.value, str | tuple):
        return _figure(row, own, cell)
    if isinstance(cell.value, date):
        return Day(cell.value)
    return Lines(tuple(_lines(own, cell, "- ")))


def _label(row: Row, number: int) -> str:
    """Return the row's name, or in a second column of labels its level; a table without levels shows the measure."""
    if number == 1:
        return row.label
    return row.level_label or next((measure for _, measure in row.measures), "")


def _figure(row: Row, column: Column, cell: Cell) -> PrintedFigure:
    part = isinstance(cell.value, Decimal) and cell.value != cell.value.to_integral_value()
    decimal = not KINDS[column.kind].whole or part  # what a row added by a unit counts may have parts
    if cell.state is State.EMPTY:
        shown: int | Decimal | str = ""
    elif cell.state is State.NONE:
        shown = NONE
    elif isinstance(cell.value, int | Decimal):
        shown = cell.value
    else:
        shown = 0 if cell.state is State.ZERO else ""
    return PrintedFigure(shown, decimal, (row.key, column.key) if cell.rolled else None)


def _shared_lines(row: Row, columns: tuple[Column, ...], cells: Mapping[tuple[str, str], Cell]) -> list[str]:
    """Return the lines of a cell that holds several answers, each under its printed label."""
    lines: list[str] = []
    for column in columns:
        own = cell_column(row, column)
        lines += [own.lead] if own.lead else []
        answer = _lines(own, cells.get((row.key, own.key), _UNANSWERED), "+ ") if own.asked else []
        if len(answer) == 1 and not answer[0].startswith("+ "):
            lines.append(f"{own.label} {answer[0]}".strip())
        else:
            lines += [own.label, *answer]
    return lines


def _lines(column: Column, cell: Cell, mark: str) -> list[str]:
    if cell.state is State.EMPTY:
        return []
    if cell.state is State.NONE:
        return [NONE]
    if cell.state is State.ZERO:
        return [ZERO]
    if isinstance(cell.value, tuple):
        return _list_lines(column, cell.value, mark)
    return value_lines(column, cell.value)


def _list_lines(column: Column, items: tuple[str, ...], mark: str) -> list[str]:
    lines = [line for item in items for line in f"{mark}{item}".split("\n")]
    if KINDS[column.kind].documents and items:
        lines.append(f"({len(items)} văn bản)")
    return lines


def answer_lines(column: Column, cell: Cell) -> list[str]:
    """Return the lines of a text cell: a mark before each item of a list, and the number of documents after them."""
    return _lines(column, cell, "- ")


def value_lines(column: Column, value: Value) -> list[str]:
    """Return one value as it is printed inside a text cell."""
    if value is None:
        return []
    if isinstance(value, int | Decimal):
        return [number_text(value)]
    if isinstance(value, date):
        return [date_text(value)]
    if isinstance(value, tuple):
        return list(value)
    return dict(column.choices).get(value, value).split("\n")
