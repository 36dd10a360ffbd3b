"""Rows that a unit adds itself at the end of a table with ``open_rows``, renames and takes out again.

Once it has a name such a row is a question like the others: numbered after the table's rows, counted, reviewed.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import texts
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
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Question, questions
from dialogs.reading import Outcome, Spec, clean, fold, read
from dialogs.turn import navigation
from dialogs.turn.turn_state import Step, owns, within
from dialogs.values.effects import Asks

NAME = Spec("text")
AFTER_NAME = 1
"""The part of the new row's question that follows its name: the unit of measure, or its cells."""


def writable(step: Step, field: str) -> Table | None:
    """The table with this key, if it may have rows of the unit's own and the unit may write there now."""
    last = last_question(step, field)
    theirs = owns(step.report.parts, field, f"{ADDED_ROWS}0")
    return step.form.table(field) if last is not None and theirs and step.may_write(last) else None


def last_question(step: Step, field: str) -> Question | None:
    """The question of the last row of a table that a unit may add rows to, None of any other."""
    if not any(table.key == field and table.open_rows for table in step.form.tables):
        return None
    return next((question for question in reversed(step.questions) if question.field == field and question.row), None)


def open_tables(step: Step) -> Sequence[Table]:
    """The tables to which this unit may add rows now."""
    return [table for table in step.form.tables if table.open_rows and writable(step, table.key)]


def added(table: Table) -> int:
    """How many rows the unit has added to ``table``."""
    return sum(is_local(row.key) for row in table.rows)


def may_add(step: Step) -> bool:
    """Whether a button names a table that may have rows of the unit's own now."""
    return writable(step, step.argument) is not None


def begin(step: Step) -> None:
    """The button "Thêm dòng": its name is asked first; nothing is stored before it is given."""
    step.set(pending={"kind": "new_row", "table": step.argument}, mark=step.session.mark + 1)


def asks(step: Step) -> Asks | None:
    """The cell in which the name will be stored, as a program may want to know it."""
    key = step.session.pending["table"]
    table = step.form.table(key)
    column = name_column(table)
    if column is None:
        return None
    view = step.report
    return Asks(view.campaign, view.form.key, key, next_key(table), (column.key,), column.kind.value)


def name(step: Step) -> None:
    """The name of the new row as it was typed; one in an old font is shown converted first."""
    reading = read(step.text, NAME)
    if reading.outcome is Outcome.ASK and reading.options:
        options = [[option.label, str(option.value or "")] for option in reading.options]
        step.set(pending={**step.session.pending, "options": options, "ask": reading.why})
        step.fire("unsure")
    elif reading.outcome is not Outcome.VALUE:
        step.refuse(reading.why or texts.row_needs_name())
    else:
        _add(step, clean(step.text).strip())


def choose(step: Step) -> None:
    """One of the wordings of a name that was asked back."""
    pick, options = whole(step.argument), step.session.pending.get("options", ())
    if pick is None or pick >= len(options):
        step.refuse(texts.no_such_choice())
    elif not options[pick][1]:
        step.refuse(texts.row_needs_name())
    else:
        _add(step, options[pick][1])


def _add(step: Step, typed: str) -> None:
    table = writable(step, step.session.pending["table"])
    column = name_column(table) if table else None
    if table is None or column is None:
        step.refuse(texts.no_such_choice())
    elif added(table) >= MOST_EXTRA_ROWS:
        step.refuse(texts.too_many_rows(MOST_EXTRA_ROWS))
    elif why := _name_fault(table, "", typed):
        step.refuse(why)
    else:
        _store(step, Address(table.key, next_key(table), column.key), typed)


def _name_fault(table: Table, row: str, typed: str) -> str:
    """Why ``typed`` cannot be the name of a row ('' a new one), '' if it can."""
    if len(typed) > MAX_NAME:
        return texts.row_name_too_long(len(typed), MAX_NAME)
    others = (each.label for each in table.rows if each.key != row)
    return texts.row_there_already(typed) if any(fold(label) == fold(typed) for label in others) else ""


def misnamed(step: Step, question: Question, column: Column, state: State, value: Value) -> str:
    """Why a row that the unit added cannot be named or measured so, '' if it can and in every other cell."""
    table = step.form.table(question.field) if is_local(question.row) else None
    if table is None or not is_name(table, question.row, column):
        return ""
    typed, name = str(value or ""), name_column(table)
    if name is None or name.key != column.key:
        return texts.row_measure_too_long(len(typed), MAX_NAME) if len(typed) > MAX_NAME else ""
    return _name_fault(table, question.row, typed) if state is State.VALUE else texts.row_needs_name()


def _store(step: Step, address: Address, typed: str) -> None:
    here = step.at(step.session.question)
    unfinished = here is not None and here.number <= len(step.questions) and not step.is_settled(here)
    keys = (here.field, here.row) if here is not None and unfinished else None
    step.save(address, State.VALUE, typed)
    step.set(pending={}, misses=0)
    step.notes.append(texts.row_added(typed))
    numbers = {(question.field, question.row): question.number for question in step.questions}
    step.set(resume=numbers[keys] if keys else 0)
    navigation.go(step, numbers[address.field, address.row], AFTER_NAME)


def stands_at_one(step: Step) -> bool:
    return is_local(step.question.row)


def ask_drop(step: Step) -> None:
    """The button "Bỏ dòng này": confirmed once before anything is cleared."""
    row = step.row
    named = row.label if row is not None else ""
    pending = {"kind": "row", "row": step.question.row, "options": [texts.yes_drop_row()], "ask": texts.drop_row(named)}
    step.set(pending=pending)
    step.fire("doubt")


def drop(step: Step) -> None:
    """Every cell of the row is cleared; what was written stays in the history."""
    question, row = step.question, step.row
    if question.row != step.session.pending["row"] or row is None:
        step.refuse(texts.no_such_choice())
        return
    cells = [address for address in step.answers if (address.field, address.row) == (question.field, question.row)]
    for address in cells:
        pieces = () if isinstance(step.answers[address].value, tuple) else None
        step.save(address, State.EMPTY, pieces=pieces)
    step.set(pending={}, resume=0, question=0)
    step.notes.append(texts.row_dropped(row.label))
    navigation.go(step, navigation.next_open(step, question.number - 1) or 0)


# --- numbers that move -----------------------------------------------------------------------------------------


def known_rows(step: Step) -> tuple[str, ...]:
    """The rows that the unit has added, as a session remembers them."""
    rows = local_rows(step.report.form, step.answers)
    return tuple(f"{each.table} {each.row.key}" for each in rows)


def follow(step: Step) -> None:
    """A colleague has added or dropped rows since, or other parts are the person's: they stand where they stood.

    The buttons of the last screen are stale then, because they name questions by their numbers.
    """
    session = step.session
    if step.view is None:
        return
    now = known_rows(step) if step.report.form.open_rows else ()
    parts = step.report.parts or ()
    if (now, parts) == (session.rows, session.parts):
        return
    old = _as_numbered(step, session.rows, session.parts)
    step.set(
        question=_number_now(step, old, session.question),
        resume=_number_now(step, old, session.resume),
        rows=now,
        parts=parts,
        mark=session.mark + 1,
    )


def _as_numbered(step: Step, rows: Sequence[str], parts: Sequence[str]) -> tuple[Question, ...]:
    form: Form = step.report.form
    keys = [(table, row) for table, _, row in (each.partition(" ") for each in rows)]
    return within(parts or None, questions(form, step.report.respondent, keyed(form, keys)))


def _number_now(step: Step, old: Sequence[Question], number: int) -> int:
    if number == len(old) + 1:
        return step.document_number
    before = next((question for question in old if question.number == number), None)
    if before is None:
        return 0
    same = (each for each in step.questions if (each.field, each.row) == (before.field, before.row))
    return next((each.number for each in same), 0)
