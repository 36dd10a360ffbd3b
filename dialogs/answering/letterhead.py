""" "Thông tin văn bản": the usual values of a unit are offered and taken in one tap."""

from __future__ import annotations

from dialogs.forms.answers import State, Value
from dialogs.forms.form import Column
from dialogs.kinds import LISTS
from dialogs.texts import receipts
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog
from dialogs.turn.transitions import Transition
from dialogs.turn.turn_state import TurnState


def usual(turn: TurnState) -> dict[str, str]:
    """The usual values of the current part's columns that nothing was stored for yet."""
    defaults = turn.report.defaults()
    return {
        column.key: defaults[column.key]
        for column in turn.part.columns
        if defaults.get(column.key) and turn.cell(column) not in turn.answers
    }


def take_usual(turn: TurnState) -> None:
    """The button "Dùng thông tin này"."""
    for column in turn.part.columns:
        text = usual(turn).get(column.key)
        if text:
            turn.save(turn.cell(column), State.VALUE, _value(column, text), pieces=() if column.kind in LISTS else None)
    turn.notes.append(receipts.usual_taken())
    navigation.proceed(turn, forward=True)


def _value(column: Column, text: str) -> Value:
    return tuple(text.split("\n")) if column.kind in LISTS else text


DIALOG = Dialog("letterhead", table=(Transition("usual", ("listing", "filling"), None, None, take_usual),))
