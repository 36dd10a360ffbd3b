"""What is shown of the sums of the units below: the tables, the rows, one row unit by unit, and while one is replaced.

Each returns the text, the choices (action, label) and what is asked for, as ``screens`` wants them.
"""

from __future__ import annotations

from typing import TypeAlias

from dialogs.answering import override
from dialogs.answering.kept import FiguresAsked, FiguresHeld
from dialogs.answering.rollup_view import (
    Lower,
    by_unit,
    current,
    field_shown,
    instead,
    lowers,
    may_replace,
    proposals,
    tables,
    told,
)
from dialogs.texts import labels, places, showing
from dialogs.texts import rollup as rollup_texts
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Asks

Shown: TypeAlias = tuple[str, tuple[tuple[str, str], ...], Asks | None]


def lower(turn: TurnState) -> Shown:
    """The rows of one table with their sums; the tables where none is chosen."""
    key = field_shown(turn)
    rows = lowers(turn, key) if key else ()
    if not rows:
        return _tables(turn)
    sums = turn.report.sums()
    lines = [rollup_texts.rows_below(rows[0].table)]
    for number, each in enumerate(rows, 1):
        found = {column.key: sums[each.address(column)] for column in each.columns}
        figures = rollup_texts.sums_line(each.columns, found, instead(turn, each))
        lines.append(f"{number}. {rollup_texts.lower_row_label(each.row, each.level)}: {figures}")
    choices = [
        (f"below:{key}.{number}", rollup_texts.lower_row_label(each.row, each.level))
        for number, each in enumerate(rows, 1)
    ]
    return "\n".join([*lines, rollup_texts.choose_row()]), (*choices, ("next", rollup_texts.TO_REPORT)), None


def _tables(turn: TurnState) -> Shown:
    found = tables(turn)
    choices = [(f"below:{table.key}", table.number_line.capitalize()) for table in found]
    text = rollup_texts.tables_below() if found else rollup_texts.nothing_below()
    return text, (*choices, ("next", rollup_texts.TO_REPORT)), None


def lower_row(turn: TurnState) -> Shown:
    """One row: the sums, the figures unit by unit, what stands in their place."""
    row = current(turn)
    if row is None:
        return _tables(turn)
    found = proposals(turn, row.table.key, row.row.key)
    behind = rollup_texts.parts_lines(row.columns, by_unit(row, found))
    lines = [
        row.place,
        rollup_texts.sums_line(row.columns, found, {}),
        *(behind or [rollup_texts.nobody_gave()]),
        *told(turn, row),
    ]
    return "\n".join(lines), tuple(_row_choices(turn, row)), None


def _row_choices(turn: TurnState, row: Lower) -> list[tuple[str, str]]:
    choices = []
    if may_replace(turn, row):
        choices.append(("replace", rollup_texts.REPLACE))
        choices += [("restore", rollup_texts.RESTORE)] if instead(turn, row) else []
    return [*choices, ("back", rollup_texts.OTHER_ROWS), ("next", rollup_texts.TO_REPORT)]


def replacing(turn: TurnState) -> Shown:
    """Which figures are asked for, in their order."""
    row, columns = current(turn), override.wanted(turn)
    if row is None:
        return _tables(turn)
    found = proposals(turn, row.table.key, row.row.key)
    lines = [row.place, rollup_texts.sums_line(columns, found, instead(turn, row)), rollup_texts.ask_figures(columns)]
    lines.append(showing.for_example(places.example(columns)))
    only = (
        [(f"only:{at}", rollup_texts.only(column)) for at, column in enumerate(row.columns)] if len(columns) > 1 else []
    )
    return "\n".join(lines), (*only, ("back", labels.NEVER_MIND)), override.asks(turn)


def replacing_asked(turn: TurnState) -> Shown:
    """A figure that may mean two things."""
    asked = turn.kept(FiguresAsked)
    choices = [(f"option:{index}", label) for index, label in enumerate(asked.options)]
    return asked.ask, (*choices, ("retype", labels.RETYPE)), override.asks(turn)


def replacing_reason(turn: TurnState) -> Shown:
    """What is about to stand in place of what; why?"""
    choices = (("retype", labels.RETYPE), ("back", labels.NEVER_MIND))
    return turn.kept(FiguresHeld).ask, choices, override.asks(turn)
