"""What is shown of the sums of the units below: the tables, the rows, one row unit by unit, and while one is replaced.

And the ways between them; ``rollup_view`` and ``override`` hold what they do.
"""

from __future__ import annotations

from dialogs.answering import override, rollup_view
from dialogs.answering.kept import FiguresAsked, FiguresHeld, SumsShown
from dialogs.answering.rollup_view import (
    LOWER,
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
from dialogs.turn import navigation
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.rights import Right

REPLACING = ("replacing", "replacing_asked", "replacing_reason")


def lower(turn: TurnState) -> Screen:
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
    return Screen("\n".join([*lines, rollup_texts.choose_row()]), (*choices, ("next", rollup_texts.TO_REPORT)))


def _tables(turn: TurnState) -> Screen:
    found = tables(turn)
    choices = [(f"below:{table.key}", table.number_line.capitalize()) for table in found]
    text = rollup_texts.tables_below() if found else rollup_texts.nothing_below()
    return Screen(text, (*choices, ("next", rollup_texts.TO_REPORT)))


def lower_row(turn: TurnState) -> Screen:
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
    return Screen("\n".join(lines), tuple(_row_choices(turn, row)))


def _row_choices(turn: TurnState, row: Lower) -> list[tuple[str, str]]:
    choices = []
    if may_replace(turn, row):
        choices.append(("replace", rollup_texts.REPLACE))
        choices += [("restore", rollup_texts.RESTORE)] if instead(turn, row) else []
    return [*choices, ("back", rollup_texts.OTHER_ROWS), ("next", rollup_texts.TO_REPORT)]


def replacing(turn: TurnState) -> Screen:
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
    return Screen("\n".join(lines), (*only, ("back", labels.NEVER_MIND)), override.asks(turn))


def replacing_asked(turn: TurnState) -> Screen:
    """A figure that may mean two things."""
    asked = turn.kept(FiguresAsked)
    choices = [(f"option:{index}", label) for index, label in enumerate(asked.options)]
    return Screen(asked.ask, (*choices, ("retype", labels.RETYPE)), override.asks(turn))


def replacing_reason(turn: TurnState) -> Screen:
    """What is about to stand in place of what; why?"""
    choices = (("retype", labels.RETYPE), ("back", labels.NEVER_MIND))
    return Screen(turn.kept(FiguresHeld).ask, choices, override.asks(turn))


DIALOG = Dialog(
    "rollup",
    states=(
        DialogState("lower", "the sums of the units below, row by row", lower),
        DialogState("lower_row", "one row's sums with the figures behind them", lower_row),
        DialogState("replacing", "figures in place of such sums are asked", replacing, lettered=True),
        DialogState(
            "replacing_asked",
            "such a figure may mean two things; its options are shown",
            replacing_asked,
            lettered=True,
        ),
        DialogState(
            "replacing_reason", "the reason for figures in place of sums is asked", replacing_reason, lettered=True
        ),
    ),
    table=(
        Transition("check", REPLACING, "lower_row", override.may_not_replace, override.back_to_row),
        Transition("check", "lower_row", "lower", rollup_view.lost_row, rollup_view.back_to_rows),
        Transition("below", ANY, "lower_row", rollup_view.means_row, rollup_view.show_row),
        Transition("below", ANY, "lower", rollup_view.means_table, rollup_view.show_table),
        Transition("below", ANY, None, navigation.in_report, rollup_view.nothing_below),
        Transition("say", ("lower", "lower_row"), None, None, navigation.say_what),
        Transition("next", LOWER, None, None, rollup_view.leave),
        Transition("skip", LOWER, None, None, rollup_view.leave),
        Transition("cancel", LOWER, None, None, rollup_view.leave),
        Transition("back", REPLACING, "lower_row", None, override.back_to_row),
        Transition("back", "lower_row", "lower", None, rollup_view.back_to_rows),
        Transition("back", "lower", None, None, rollup_view.leave),
        # Figures in place of sums.
        Transition("replace", "lower_row", "replacing", override.may_start, navigation.mark),
        Transition("only", "replacing", None, None, override.narrow),
        Transition("say", ("replacing", "replacing_asked"), None, None, override.fill),
        Transition("say", "replacing_reason", None, None, override.save),
        Transition("doubt", ("replacing", "replacing_asked"), "replacing_asked", None, navigation.mark),
        Transition("figured", ("replacing", "replacing_asked"), "replacing_reason", None, navigation.mark),
        Transition("replaced", "replacing_reason", "lower_row", None, navigation.mark),
        Transition("option", "replacing_asked", None, None, override.choose),
        Transition("retype", ("replacing_asked", "replacing_reason"), "replacing", None, override.again),
        Transition("restore", "lower_row", None, override.is_replaced, override.restore),
        Transition("edited", REPLACING, "replacing", override.is_held, override.fill_anew),
        Transition("edited", ANY, None, override.is_reason, override.edit_reason),
    ),
    inner=("figured", "replaced"),
    steady=("below",),
    keeps=(
        SumsShown,
        FiguresAsked,
        FiguresHeld,
    ),
    commands=(
        TypedCommand(
            "below",
            ("capduoi", "cap duoi"),
            rollup_texts.MENU_BELOW,
            100,
            Right.REPORT_FILL,
            basic=True,
            takes=Takes.PLACE,
        ),
    ),
)
