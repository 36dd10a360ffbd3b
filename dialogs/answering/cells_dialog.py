"""Figures, blanks and other short cells: what they ask, what is asked back about them, what their checks object to."""

from __future__ import annotations

from dialogs.answering import cells, extra_rows, last_time, question_screen
from dialogs.answering.kept import CellsAsked, CellsObjected, TableAsked
from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.kinds import CHOSEN, NUMERIC
from dialogs.texts import checking, labels, showing
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.kept import AskedBack
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState

MISSES_BEFORE_HELP = 3


def holds_cells(turn: TurnState) -> bool:
    return turn.keeps(CellsAsked) is not None


def holds_table(turn: TurnState) -> bool:
    return turn.keeps(TableAsked) is not None


def filling(turn: TurnState) -> Screen:
    wanted = turn.wanted
    choices: list[tuple[str, str]] = question_screen.usual_choices(turn)
    if any(column.kind in NUMERIC for column in wanted) and turn.question.field != DOCUMENT_DATA:
        if all(column.kind in NUMERIC and cells.may_be_zero(column) for column in wanted if column.required):
            choices.append(("nil", labels.NIL_COUNT))
        choices.append(("none", labels.NONE))
    if turn.report.has_last and last_time.offers_figures(turn):
        choices.append(("last", last_time.label(turn)))
    choices += question_screen.row_choices(turn)
    if len(wanted) == 1 and wanted[0].kind in CHOSEN:
        choices += [(f"value:{number}", label) for number, (_, label) in enumerate(wanted[0].choices)]
    if not [column for column in wanted if turn.question.cells[column.key] not in turn.answers]:
        choices.append(("next", labels.NEXT_KEEP))
    else:
        optional = not any(column.required for column in wanted)
        choices.append(("next" if optional else "skip", labels.SKIP))
    choices += [*_added_choices(turn), *question_screen.files_choice(turn)]
    if turn.session.misses >= MISSES_BEFORE_HELP:
        choices.append(("help", labels.HELP))
    return Screen(question_screen.question_text(turn, showing.how_to_fill(wanted)), tuple(choices))


def _added_choices(turn: TurnState) -> list[tuple[str, str]]:
    """At the end of a table that takes rows of the unit's own: one more; at such a row: take it out."""
    question = turn.question
    choices = [("drop_row", labels.DROP_ROW)] if question.added else []
    if choices and turn.session.part:
        choices.append((f"goto:{question.number}:0", labels.RENAME_ROW))
    ends = turn.table is not None and turn.table.open_rows and turn.session.part + 1 == len(question.parts)
    if ends and extra_rows.last_question(turn, question.field) is question:
        choices.append((f"add_row:{question.field}", labels.ADD_ROW))
    return choices


def asked_back(turn: TurnState) -> Screen:
    asked = turn.kept(AskedBack)
    choices = [(f"option:{index}", label) for index, label in enumerate(asked.labels)]
    return Screen(asked.ask, (*choices, ("retype", labels.RETYPE if asked.typed else labels.NEVER_MIND)))


def objected(turn: TurnState) -> Screen:
    return Screen(turn.kept(CellsObjected).ask, (("keep", labels.KEEP), ("retype", labels.RETYPE)))


def explaining(_: TurnState) -> Screen:
    return Screen(checking.explain(), (("retype", labels.RETYPE),))


DIALOG = Dialog(
    "cells",
    states=(
        DialogState(
            "filling", "figures, blanks or other short cells are asked", filling, lettered=True, at_question=True
        ),
        DialogState(
            "asked_back",
            "a typed text may mean two things; its options are shown",
            asked_back,
            lettered=True,
            at_question=True,
        ),
        DialogState(
            "objected",
            "a check of the form does not hold; the figures are held",
            objected,
            lettered=True,
            at_question=True,
        ),
        DialogState(
            "explaining",
            "the reason for keeping such figures is asked",
            explaining,
            lettered=True,
            at_question=True,
        ),
    ),
    table=(
        Transition("say", ("filling", "objected"), None, None, cells.fill),
        Transition("say", "asked_back", None, holds_cells, cells.fill),
        Transition("say", "explaining", None, None, cells.save_with_reason),
        # What reading them found.
        Transition(
            "doubt", (*navigation.ASKING, "asked_back", "objected", "mending"), "asked_back", None, navigation.mark
        ),
        Transition("object", ("filling", "asked_back", "objected"), "objected", None, navigation.mark),
        # Buttons.
        Transition("nil", "filling", None, None, cells.nil),
        Transition("none", "filling", None, None, cells.none),
        Transition("absent", ("listing", "filling"), None, None, cells.absent),
        Transition("nil_row", "listing", None, None, cells.nil_row),
        Transition("ask_nil_table", ("listing", "filling"), None, None, cells.ask_nil_table),
        Transition("option", "asked_back", None, holds_cells, cells.choose),
        Transition("option", "asked_back", None, holds_table, cells.nil_table),
        Transition("value", "filling", None, None, cells.take_choice),
        Transition("keep", "objected", "explaining", None, navigation.mark),
        Transition("retype", ("asked_back", "objected", "explaining"), None, None, navigation.retype),
        Transition("to_none", ANY, None, navigation.in_report, cells.to_none),
        Transition("next", "filling", None, None, navigation.pass_by),
    ),
    inner=("doubt", "object"),
    keeps=(
        CellsAsked,
        CellsObjected,
        TableAsked,
    ),
)
