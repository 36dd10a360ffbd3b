"""What the campaign before has for a question: shown beside it, and taken over only on a press (C24).

Figures of the units that this one was made of stand added up, with their parts; a unit of which only a share came is
told of, never added and never divided.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dialogs.answering import cells
from dialogs.answering.checks import broken
from dialogs.forms.answers import DOCUMENT_DATA, Answer, State, Value
from dialogs.forms.form import Column
from dialogs.kinds import CHOSEN, KINDS, LISTS, LONG
from dialogs.texts import asking, checking, places
from dialogs.texts import rollup as rollup_texts
from dialogs.turn.dialog import Dialog
from dialogs.turn.transitions import Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.findings import Given
from dialogs.values.report_view import Last

LONGEST_SHOWN = 1900
TAKEN = (State.VALUE, State.ZERO)


def found(turn: TurnState) -> Mapping[str, Last]:
    """What last time has for the present question, by column."""
    question = turn.question
    return {} if question.field == DOCUMENT_DATA else turn.report.last(question.field, question.row)


def lines(turn: TurnState) -> list[str]:
    """What stands on the question's screen; of a text only while nothing is written yet."""
    known = found(turn)
    if not known:
        return []
    if _is_long(turn):
        text = None if turn.address in turn.answers else _text(turn)
        return [line for line in [rollup_texts.last_text(text, turn.part.kind)] if line] if text else []
    return rollup_texts.last_figures(turn.part.columns, known)


def _is_long(turn: TurnState) -> bool:
    return not turn.part.columns or turn.part.columns[0].kind in LONG


def _text(turn: TurnState) -> Last | None:
    """Last time's narrative or list for the part that is asked."""
    last = found(turn).get(turn.address.column)
    return None if last is None or last.state is State.EMPTY else last


# --- figures -------------------------------------------------------------------------------------------------------


def offers_figures(turn: TurnState) -> bool:
    """Whether last time has every figure that is wanted, and none of them is answered yet."""
    known = found(turn)
    columns = [column for column in turn.wanted if column.key in known]
    needed = [column for column in turn.wanted if column.required]
    return (
        bool(columns)
        and all(column in columns for column in needed)
        and all(_fits(column, known[column.key]) for column in columns if column.required)
        and not any(turn.cell(column) in turn.answers for column in turn.wanted)
    )


def _fits(column: Column, last: Last) -> bool:
    """Whether an answer of then is one now: a newer version of the form may want something else."""
    if last.state is State.ZERO:
        return cells.may_be_zero(column)
    return last.state is State.VALUE and _has_kind(column, last.value) and _in_bounds(column, last.value)


def _has_kind(column: Column, value: Value) -> bool:
    if column.kind in CHOSEN:
        return value in dict(column.choices)
    return isinstance(value, KINDS[column.kind].holds)


def _in_bounds(column: Column, value: Value) -> bool:
    if not isinstance(value, int | Decimal):
        return True
    low, high = column.minimum, column.maximum
    return (low is None or low <= value) and (high is None or value <= high)


def label(turn: TurnState) -> str:
    """What the button says: last time's own figures, or those of the units before added up."""
    known = found(turn)
    added = any(known[column.key].parts for column in turn.wanted if column.key in known)
    return rollup_texts.SAME_AS_BEFORE if added else rollup_texts.SAME_AS_LAST


def take_figures(turn: TurnState) -> None:
    """The button "Dùng số kỳ trước": stored as the unit's own answer and read back like what is typed."""
    known = found(turn)
    given = [
        Given(column, known[column.key].state, known[column.key].value, "")
        for column in turn.wanted
        if column.key in known and known[column.key].state in TAKEN and _fits(column, known[column.key])
    ]
    answers = dict(turn.answers)
    for each in given:
        answers[turn.cell(each.column)] = Answer(turn.cell(each.column), each.state, each.value)
    held = [finding for finding in broken(turn.form, turn.question, answers) if finding.holds_back]
    if held:
        turn.refuse(rollup_texts.last_breaks_rules([checking.warning_line(finding) for finding in held]))
    else:
        cells.store(turn, given)


# --- narratives and lists ------------------------------------------------------------------------------------------


def has_text(turn: TurnState) -> bool:
    """Whether last time has a narrative or a list here."""
    text = _text(turn)
    return text is not None and text.state is State.VALUE and _is_text(turn, text.value)


def _is_text(turn: TurnState, value: Value) -> bool:
    return isinstance(value, KINDS[turn.part.kind].holds)


def offers_text(turn: TurnState) -> bool:
    """Whether it may be copied: never over an answer that exists."""
    return has_text(turn) and turn.address not in turn.answers


def take_text(turn: TurnState) -> None:
    """The button "Dùng lại bài kỳ trước": a copy, which is open until "Tiếp" and can be edited like any answer."""
    text = _text(turn)
    if text is None:
        return
    turn.save(turn.address, State.VALUE, text.value, closed=turn.part.kind in LISTS, pieces=())
    turn.set(misses=0, mark=turn.session.mark + 1)
    turn.notes.append(rollup_texts.last_copied(turn.part_place, text.source))


def show_text(turn: TurnState) -> None:
    """The button "Xem kỳ trước": the whole of it, as far as one message of a phone goes."""
    text = _text(turn)
    if text is None:
        return
    whole = "\n".join(f"{at}. {each}" for at, each in enumerate(text.value, 1)) if isinstance(text.value, tuple) else ""
    shown = places.both_ends(whole or str(text.value), LONGEST_SHOWN)
    turn.body = f"{rollup_texts.whole_last(text.source, shown)}\n{asking.still_asked(turn.part_place)}"


DIALOG = Dialog(
    "last_time",
    table=(
        Transition("last", "filling", None, offers_figures, take_figures),
        Transition("last", ("writing", "listing"), None, offers_text, take_text),
        Transition("see_last", ("writing", "listing"), None, has_text, show_text),
    ),
)
