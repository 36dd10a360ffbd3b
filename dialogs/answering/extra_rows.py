"""Rows that a unit adds itself at the end of a table with ``open_rows``, renames and takes out again.

Once it has a name such a row is a question like the others: numbered after the table's rows, counted, reviewed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.answering.kept import RowDropped, RowNamed
from dialogs.forms.answers import Address, State, Value
from dialogs.forms.form import Column, Form, Table
from dialogs.forms.local_rows import (
    ADDED_ROWS,
    MAX_NAME,
    MOST_EXTRA_ROWS,
    is_local,
    is_name,
    keyed,
    local_rows,
    name_column,
    next_key,
)
from dialogs.forms.prefixes import owns, within
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Question, questions
from dialogs.kinds import Kind
from dialogs.reading import Outcome, Spec, clean, fold, read
from dialogs.texts import asking, labels, receipts, refusals
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.transitions import Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Asks

NAME = Spec(Kind.TEXT)
AFTER_NAME = 1
"""The part of the new row's question that follows its name: the unit of measure, or its cells."""


def writable(turn: TurnState, field: str) -> Table | None:
    """The table with this key, if it may have rows of the unit's own and the unit may write there now."""
    last = last_question(turn, field)
    theirs = owns(turn.report.parts, field, f"{ADDED_ROWS}0")
    return turn.form.table(field) if last is not None and theirs and turn.may_write(last) else None


def last_question(turn: TurnState, field: str) -> Question | None:
    """The question of the last row of a table that a unit may add rows to, None of any other."""
    if not any(table.key == field and table.open_rows for table in turn.form.tables):
        return None
    return next((question for question in reversed(turn.questions) if question.field == field and question.row), None)


def open_tables(turn: TurnState) -> Sequence[Table]:
    """The tables to which this unit may add rows now."""
    return [table for table in turn.form.tables if table.open_rows and writable(turn, table.key)]


def added(table: Table) -> int:
    """How many rows the unit has added to ``table``."""
    return sum(is_local(row.key) for row in table.rows)


def may_add(turn: TurnState) -> bool:
    """Whether a button names a table that may have rows of the unit's own now."""
    return writable(turn, turn.argument) is not None


def begin(turn: TurnState) -> None:
    """The button "Thêm dòng": its name is asked first; nothing is stored before it is given."""
    turn.set(kept=RowNamed(turn.argument), mark=turn.session.mark + 1)


def asks(turn: TurnState) -> Asks | None:
    """The cell in which the name will be stored, as a program may want to know it."""
    key = turn.kept(RowNamed).table
    table = turn.form.table(key)
    column = name_column(table)
    if column is None:
        return None
    view = turn.report
    return Asks(view.campaign, view.form.key, key, next_key(table), (column.key,), column.kind)


def name(turn: TurnState) -> None:
    """The name of the new row as it was typed; one in an old font is shown converted first."""
    reading = read(turn.text, NAME)
    if reading.outcome is Outcome.ASK and reading.options:
        options = tuple((option.label, str(option.value or "")) for option in reading.options)
        turn.set(kept=replace(turn.kept(RowNamed), ask=reading.why, options=options))
        turn.fire("unsure")
    elif reading.outcome is not Outcome.VALUE:
        turn.refuse(reading.why or refusals.row_needs_name())
    else:
        _add(turn, clean(turn.text).strip())


def choose(turn: TurnState) -> None:
    """One of the wordings of a name that was asked back."""
    pick, options = whole(turn.argument), turn.kept(RowNamed).options
    if pick is None or pick >= len(options):
        turn.refuse(refusals.no_such_choice())
    elif not options[pick][1]:
        turn.refuse(refusals.row_needs_name())
    else:
        _add(turn, options[pick][1])


def _add(turn: TurnState, typed: str) -> None:
    table = writable(turn, turn.kept(RowNamed).table)
    column = name_column(table) if table else None
    if table is None or column is None:
        turn.refuse(refusals.no_such_choice())
    elif added(table) >= MOST_EXTRA_ROWS:
        turn.refuse(refusals.too_many_rows(MOST_EXTRA_ROWS))
    elif why := _name_fault(table, "", typed):
        turn.refuse(why)
    else:
        _store(turn, Address(table.key, next_key(table), column.key), typed)


def _name_fault(table: Table, row: str, typed: str) -> str:
    """Why ``typed`` cannot be the name of a row ('' a new one), '' if it can."""
    if len(typed) > MAX_NAME:
        return refusals.row_name_too_long(len(typed), MAX_NAME)
    others = (each.label for each in table.rows if each.key != row)
    return refusals.row_there_already(typed) if any(fold(label) == fold(typed) for label in others) else ""


def misnamed(turn: TurnState, question: Question, column: Column, state: State, value: Value) -> str:
    """Why a row that the unit added cannot be named or measured so, '' if it can and in every other cell."""
    table = turn.form.table(question.field) if is_local(question.row) else None
    if table is None or not is_name(table, question.row, column):
        return ""
    typed, name = str(value or ""), name_column(table)
    if name is None or name.key != column.key:
        return refusals.row_measure_too_long(len(typed), MAX_NAME) if len(typed) > MAX_NAME else ""
    return _name_fault(table, question.row, typed) if state is State.VALUE else refusals.row_needs_name()


def _store(turn: TurnState, address: Address, typed: str) -> None:
    here = turn.stood
    unfinished = here is not None and here.number <= len(turn.questions) and not turn.is_settled(here)
    keys = (here.field, here.row) if here is not None and unfinished else None
    turn.save(address, State.VALUE, typed)
    turn.set(kept=None, misses=0)
    turn.notes.append(receipts.row_added(typed))
    numbers = {(question.field, question.row): question.number for question in turn.questions}
    turn.set(resume=numbers[keys] if keys else 0)
    navigation.go(turn, numbers[address.field, address.row], AFTER_NAME)


def stands_at_one(turn: TurnState) -> bool:
    return is_local(turn.question.row)


def ask_drop(turn: TurnState) -> None:
    """The button "Bỏ dòng này": confirmed once before anything is cleared."""
    row = turn.row
    named = row.label if row is not None else ""
    turn.set(kept=RowDropped(asking.drop_row(named), turn.question.row, (asking.yes_drop_row(),)))
    turn.fire("doubt")


def drop(turn: TurnState) -> None:
    """Every cell of the row is cleared; what was written stays in the history."""
    question, row = turn.question, turn.row
    if question.row != turn.kept(RowDropped).row or row is None:
        turn.refuse(refusals.no_such_choice())
        return
    cells = [address for address in turn.answers if (address.field, address.row) == (question.field, question.row)]
    for address in cells:
        pieces = () if isinstance(turn.answers[address].value, tuple) else None
        turn.save(address, State.EMPTY, pieces=pieces)
    turn.set(kept=None, resume=0, question=0)
    turn.notes.append(receipts.row_dropped(row.label))
    navigation.go(turn, navigation.next_open(turn, question.number - 1) or 0)


# --- numbers that move -----------------------------------------------------------------------------------------


def known_rows(turn: TurnState) -> tuple[str, ...]:
    """The rows that the unit has added, as a session remembers them."""
    rows = local_rows(turn.report.form, turn.answers)
    return tuple(f"{each.table} {each.row.key}" for each in rows)


def follow(turn: TurnState) -> None:
    """A colleague has added or dropped rows since, or other parts are the person's: they stand where they stood.

    The buttons of the last screen are stale then, because they name questions by their numbers.
    """
    session = turn.session
    if turn.view is None:
        return
    now = known_rows(turn) if turn.report.form.open_rows else ()
    parts = turn.report.parts or ()
    if (now, parts) == (session.rows, session.parts):
        return
    old = _as_numbered(turn, session.rows, session.parts)
    turn.set(
        question=_number_now(turn, old, session.question),
        resume=_number_now(turn, old, session.resume),
        rows=now,
        parts=parts,
        mark=session.mark + 1,
    )


def _as_numbered(turn: TurnState, rows: Sequence[str], parts: Sequence[str]) -> tuple[Question, ...]:
    form: Form = turn.report.form
    keys = [(table, row) for table, _, row in (each.partition(" ") for each in rows)]
    return within(parts or None, questions(form, turn.report.respondent, keyed(form, keys)))


def _number_now(turn: TurnState, old: Sequence[Question], number: int) -> int:
    if number == len(old) + 1:
        return turn.document_number
    before = next((question for question in old if question.number == number), None)
    if before is None:
        return 0
    same = (each for each in turn.questions if (each.field, each.row) == (before.field, before.row))
    return next((each.number for each in same), 0)


def holds_row(turn: TurnState) -> bool:
    return turn.keeps(RowDropped) is not None


def add_choice(table: Table) -> tuple[str, str]:
    """The way to one more row of the unit's own."""
    return f"add_row:{table.key}", labels.ADD_ROW


def naming(turn: TurnState) -> Screen:
    named = turn.kept(RowNamed)
    table = turn.form.table(named.table)
    asked = named.ask or asking.new_row(table, added(table))
    choices = [(f"option:{index}", label) for index, (label, _) in enumerate(named.options)]
    return Screen(asked, (*choices, ("cancel", labels.NEVER_MIND)), asks(turn))


DIALOG = Dialog(
    "extra_rows",
    states=(DialogState("naming", "the name of a row that the unit adds to a table is asked", naming, lettered=True),),
    table=(
        Transition("add_row", ("filling", "contents", "reviewing"), "naming", may_add, begin),
        Transition("drop_row", "filling", None, stands_at_one, ask_drop),
        Transition("option", "asked_back", None, holds_row, drop),
        Transition("say", "naming", None, None, name),
        Transition("option", "naming", None, None, choose),
        Transition("unsure", "naming", None, None, navigation.mark),
    ),
    inner=("unsure",),
    keeps=(
        RowNamed,
        RowDropped,
    ),
)
