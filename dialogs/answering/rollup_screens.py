"""What is shown of the sums of the units below: the tables, the rows, one row unit by unit, and while one is replaced.

Each returns the text, the choices (action, label) and what is asked for, as ``screens`` wants them.
"""

from __future__ import annotations

from typing import TypeAlias

from dialogs import texts
from dialogs.answering import override
from dialogs.answering.rollup_view import Lower, by_unit, current, instead, lowers, may_replace, proposals, tables, told
from dialogs.turn.turn_state import Step
from dialogs.values.effects import Asks

Shown: TypeAlias = tuple[str, tuple[tuple[str, str], ...], Asks | None]


def lower(step: Step) -> Shown:
    """The rows of one table with their sums; the tables where none is chosen."""
    key = step.session.pending.get("field", "")
    rows = lowers(step, key) if key else ()
    if not rows:
        return _tables(step)
    sums = step.report.sums()
    lines = [texts.rows_below(rows[0].table)]
    for number, each in enumerate(rows, 1):
        found = {column.key: sums[each.address(column)] for column in each.columns}
        figures = texts.sums_line(each.columns, found, instead(step, each))
        lines.append(f"{number}. {texts.lower_row_label(each.row, each.level)}: {figures}")
    choices = [
        (f"below:{key}.{number}", texts.lower_row_label(each.row, each.level)) for number, each in enumerate(rows, 1)
    ]
    return "\n".join([*lines, texts.choose_row()]), (*choices, ("next", texts.TO_REPORT)), None


def _tables(step: Step) -> Shown:
    found = tables(step)
    choices = [(f"below:{table.key}", table.number_line.capitalize()) for table in found]
    text = texts.tables_below() if found else texts.nothing_below()
    return text, (*choices, ("next", texts.TO_REPORT)), None


def lower_row(step: Step) -> Shown:
    """One row: the sums, the figures unit by unit, what stands in their place."""
    row = current(step)
    if row is None:
        return _tables(step)
    found = proposals(step, row.table.key, row.row.key)
    behind = texts.parts_lines(row.columns, by_unit(row, found))
    lines = [row.place, texts.sums_line(row.columns, found, {}), *(behind or [texts.nobody_gave()]), *told(step, row)]
    return "\n".join(lines), tuple(_row_choices(step, row)), None


def _row_choices(step: Step, row: Lower) -> list[tuple[str, str]]:
    choices = []
    if may_replace(step, row):
        choices.append(("replace", texts.REPLACE))
        choices += [("restore", texts.RESTORE)] if instead(step, row) else []
    return [*choices, ("back", texts.OTHER_ROWS), ("next", texts.TO_REPORT)]


def replacing(step: Step) -> Shown:
    """Which figures are asked for, in their order."""
    row, columns = current(step), override.wanted(step)
    if row is None:
        return _tables(step)
    found = proposals(step, row.table.key, row.row.key)
    lines = [row.place, texts.sums_line(columns, found, instead(step, row)), texts.ask_figures(columns)]
    lines.append(f"Ví dụ: {texts.example(columns)}")
    only = [(f"only:{at}", texts.only(column)) for at, column in enumerate(row.columns)] if len(columns) > 1 else []
    return "\n".join(lines), (*only, ("back", texts.NEVER_MIND)), override.asks(step)


def replacing_asked(step: Step) -> Shown:
    """A figure that may mean two things."""
    pending = step.session.pending
    choices = [(f"option:{index}", label) for index, label in enumerate(pending.get("options", ()))]
    return pending.get("ask", ""), (*choices, ("retype", texts.RETYPE)), override.asks(step)


def replacing_reason(step: Step) -> Shown:
    """What is about to stand in place of what; why?"""
    choices = (("retype", texts.RETYPE), ("back", texts.NEVER_MIND))
    return step.session.pending.get("ask", ""), choices, override.asks(step)
