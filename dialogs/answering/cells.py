"""Short cells: one message fills a row, a group of blanks or a single figure (DESIGN section 5).

A message is taken whole or not at all: if one piece is refused or may mean two things nothing is stored yet, so that
no figure ever lands in another column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dialogs import texts
from dialogs.answering.checks import Finding, broken, suspicions
from dialogs.answering.extra_rows import misnamed
from dialogs.colleagues.conflict_detection import is_colleagues
from dialogs.forms.answers import NOT_APPLICABLE, Address, Answer, State, Value
from dialogs.forms.form import NUMERIC, Column, Kind
from dialogs.forms.local_rows import is_local
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Question
from dialogs.reading import Option, Outcome, Reading, Spec, clean, read, split_row
from dialogs.turn import navigation
from dialogs.turn.turn_state import Step

ANY_COUNT = Spec("integer")
MAX_REASON = 1000

STATES = {Outcome.VALUE: State.VALUE, Outcome.ZERO: State.ZERO, Outcome.NONE: State.NONE}


@dataclass(frozen=True, slots=True)
class Given:
    """One piece of a message, understood."""

    column: Column
    state: State
    value: Value
    typed: str
    echo: str = ""
    reason: str = ""


def fill(step: Step) -> None:
    """Read a message as the wanted cells of the current part."""
    pending, wanted = step.session.pending, step.wanted
    held = len(pending.get("texts", ()))
    pieces = split(step.text, wanted)
    if pieces is None:
        step.refuse(texts.too_many_pieces(step.text, wanted))
    elif len(pieces) == 1 and pending.get("kind") == "cells" and held > 1:
        _clarify(step, pieces[0])
    elif len(pieces) == 1 and len(wanted) > 1 and _whole_row(step, pieces[0]):
        return
    elif len(pieces) < held:
        step.refuse(texts.whole_row_again(wanted[:held]))
    else:
        understand(step, list(pieces), {})


def split(text: str, columns: Sequence[Column]) -> tuple[str, ...] | None:
    """The pieces of a message for ``columns``; those at the end that are not required may be left out."""
    if len(columns) == 1:
        return (text,)
    needed = max((number for number, column in enumerate(columns, 1) if column.required), default=1)
    pieces = split_row(text, len(columns))
    return split_row(text, needed) if pieces is None and 1 < needed < len(columns) else pieces


def _clarify(step: Step, piece: str) -> None:
    """A new piece in place of the one that was asked back."""
    pending = step.session.pending
    typed = list(pending["texts"])
    typed[pending["index"]] = piece
    picks = {key: pick for key, pick in pending["picks"].items() if key != str(pending["index"])}
    understand(step, typed, picks)


def _whole_row(step: Step, piece: str) -> bool:
    """ "không có" or "chưa có số liệu" alone speaks of every figure of the row, and is read back as such."""
    reading = state_word(piece)
    if reading is None:
        return False
    needed = [column.kind in NUMERIC for column in step.wanted if column.required]
    if reading.code == NOT_APPLICABLE and step.row is not None and step.row.body:
        absent(step)
    elif needed and reading.outcome is Outcome.NONE and reading.code != NOT_APPLICABLE:
        declare(step, State.NONE, piece)
    elif needed and reading.outcome is Outcome.ZERO and all(needed):
        declare(step, State.ZERO, piece)
    else:
        step.refuse(texts.which_part(piece, step.wanted))
    return True


def state_word(piece: str) -> Reading | None:
    """How a piece is read that is a word for zero or for no data; None if it is anything else, digits among it."""
    reading = read(piece, ANY_COUNT)
    spoken = any(character.isalpha() for character in piece)
    return reading if spoken and reading.outcome in (Outcome.ZERO, Outcome.NONE) else None


def understand(step: Step, typed: list[str], picks: dict[str, int]) -> None:
    """Read every piece; ask back the first doubtful one, refuse the message for the first wrong one, or store all."""
    given: list[Given] = []
    for index, (column, piece) in enumerate(zip(step.wanted, typed, strict=False)):
        if not piece.strip() and len(typed) > 1:
            continue
        reading = read(piece, step.spec(column))
        if reading.outcome is Outcome.ASK and reading.options and str(index) not in picks:
            _ask(step, typed, picks, index, column, reading)
            return
        cell = taken(column, piece, reading, picks.get(str(index)))
        why = misnamed(step, step.question, column, cell.state, cell.value) if cell else reading.why
        if cell is None or why:
            step.refuse(texts.refused_piece(column, why, len(step.wanted) > 1))
            return
        given.append(cell)
    _check(step, typed, picks, given)


def taken(column: Column, piece: str, reading: Reading, pick: int | None) -> Given | None:
    """One piece as it was read, or as the person said it is meant; None if it is no answer."""
    if reading.outcome is Outcome.ASK:
        options = reading.options
        return picked(column, piece, options[pick]) if pick is not None and pick < len(options) else None
    return understood(column, piece, reading) if reading.outcome in STATES else None


def understood(column: Column, piece: str, reading: Reading) -> Given:
    """One piece with its reading; a remark of the reading is what must be said back."""
    reason = NOT_APPLICABLE if reading.code == NOT_APPLICABLE else ""
    echo = reading.echo if reading.remark else ""
    return Given(column, STATES[reading.outcome], reading.value, clean(piece).strip(), echo, reason)


def picked(column: Column, piece: str, option: Option) -> Given:
    """One piece as the person said it is meant."""
    return Given(column, STATES[option.outcome], option.value, clean(piece).strip(), option.label)


def _ask(step: Step, typed: list[str], picks: dict[str, int], index: int, column: Column, reading: Reading) -> None:
    options = [option.label for option in reading.options]
    step.set(
        pending={
            "kind": "cells",
            "texts": typed,
            "picks": picks,
            "index": index,
            "options": options,
            "ask": texts.asked_back(column, reading.why, len(step.wanted) > 1),
        }
    )
    step.fire("doubt")


def choose(step: Step) -> None:
    """One of the readings that were offered."""
    pending = step.session.pending
    pick = whole(step.argument)
    if pick is None or pick >= len(pending["options"]):
        step.refuse(texts.no_such_choice())
        return
    understand(step, list(pending["texts"]), {**pending["picks"], str(pending["index"]): pick})


def take_choice(step: Step) -> None:
    """A button of a choice column: the number of the choice in the form."""
    column, number = step.wanted[0], whole(step.argument)
    if number is None or number >= len(column.choices):
        step.refuse(texts.no_such_choice())
    else:
        understand(step, [column.choices[number][0]], {})


def _check(step: Step, typed: list[str], picks: dict[str, int], given: list[Given]) -> None:
    findings = [finding for finding in _found(step, given) if not finding.explanation]
    held = [finding for finding in findings if finding.blocking]
    if held:
        pending: dict[str, Any] = {"kind": "held", "texts": typed, "picks": picks}
        step.set(pending={**pending, "ask": texts.objection(texts.place_of(step), held, len(given))})
        step.refuse(texts.objection_short(held))
        step.fire("object")
    else:
        store(step, given)
        # A sum that was asked back is not asked about twice in a breath; it stands in the summary before sending.
        step.notes += [] if picks else [texts.warning_line(finding) for finding in findings]


def _found(step: Step, given: list[Given]) -> list[Finding]:
    """What the checks find among these figures, as if they were stored already."""
    question, answers = step.question, dict(step.answers)
    for cell in given:
        address = step.cell(cell.column)
        reason = cell.reason or step.kept_reason(address, cell.state, cell.value)
        answers[address] = Answer(address, cell.state, cell.value, reason=reason)
    addresses = {step.cell(cell.column) for cell in given}
    found = [
        *broken(step.form, question, answers),
        *suspicions(step.form, question, step.questions, answers, step.earlier(question)),
    ]
    return [each for each in found if addresses.intersection(each.addresses)]


def _colleagues(step: Step, given: list[Given]) -> list[str]:
    """What these figures replace, where somebody else wrote it and the person saw it: never in silence."""
    before = [(cell, step.answer(step.cell(cell.column))) for cell in given]
    return [
        texts.replaced(cell.column, answer)
        for cell, answer in before
        if is_colleagues(step, answer) and answer is not None and not _says(answer, cell)
    ]


def _says(answer: Answer, cell: Given) -> bool:
    return (answer.state, answer.value) == (cell.state, cell.value)


def store(step: Step, given: list[Given], reason: str = "") -> None:
    """Save what one message gave, say it back by name, and ask for what is still missing or go on.

    ``reason`` is said back too; which cells it was given for stands in them.
    """
    if not given:
        step.refuse(texts.empty_message())
        return
    replaced = _colleagues(step, given)
    for cell in given:
        step.save(step.cell(cell.column), cell.state, cell.value, reason=cell.reason)
    step.set(misses=0, pending={})
    step.notes.append(texts.cells_receipt(step, given, reason))
    step.notes += replaced
    keys = [column.key for column in step.part.columns]
    spoken = [keys.index(cell.column.key) for cell in given if cell.state is State.ZERO and cell.echo]
    if spoken:
        which = ".".join(str(number) for number in spoken)
        step.extras.append((f"{_target('to_none', step)}:{which}", texts.change_to_none()))
    step.extras.append((_target("goto", step), texts.mend(texts.place_of(step))))
    done = {cell.column.key for cell in given}
    rest = [column for column in step.wanted if column.key not in done]
    if any(column.required for column in rest):
        step.set(columns=tuple(column.key for column in rest), mark=step.session.mark + 1)
        step.fire("arrive")
    else:
        navigation.proceed(step)


def _target(action: str, step: Step) -> str:
    return f"{action}:{step.session.question}:{step.session.part}"


def typed_reason(step: Step, missing: str) -> str:
    """Return the reason that was typed; '' for one that is empty (refused with ``missing``) or too long."""
    reason = clean(step.text).strip()
    if 0 < len(reason) <= MAX_REASON:
        return reason
    step.refuse(texts.reason_too_long(len(reason), MAX_REASON) if reason else missing)
    return ""


def save_with_reason(step: Step) -> None:
    """The figures stand with a written reason; the reason is printed in the list of warnings."""
    reason = typed_reason(step, texts.empty_message())
    if not reason:
        return
    pending = step.session.pending
    given: list[Given] = []
    for index, (column, piece) in enumerate(zip(step.wanted, pending["texts"], strict=False)):
        if piece.strip() or len(pending["texts"]) == 1:
            cell = taken(column, piece, read(piece, step.spec(column)), pending["picks"].get(str(index)))
            given += [cell] if cell is not None else []
    store(step, _with_reason(step, given, reason), reason)


def _with_reason(step: Step, given: list[Given], reason: str) -> list[Given]:
    """Give the reason to the figures that were objected to, also to those that an earlier message gave.

    Where a colleague has explained the same meanwhile, whose reason is to stand is asked (``colleague``).
    """
    found = (each for each in _found(step, given) if each.blocking and not _own_explanation(step, each))
    held = {address for finding in found for address in finding.addresses}
    for address in held.difference(step.cell(cell.column) for cell in given):
        stored = step.answers[address]
        step.save(address, stored.state, stored.value, reason=stored.reason or reason)
    return [replace(cell, reason=cell.reason or reason) if step.cell(cell.column) in held else cell for cell in given]


def _own_explanation(step: Step, finding: Finding) -> bool:
    explained = bool(finding.explanation)
    return explained and not any(is_colleagues(step, step.answer(address)) for address in finding.addresses)


def declare(step: Step, state: State, typed: str = "") -> None:
    """Every figure that is still wanted is zero, or not known: one tap, read back."""
    nought = next((column for column in step.wanted if state is State.ZERO and not may_be_zero(column)), None)
    if nought is not None:
        step.refuse(texts.refused_piece(nought, read("0", step.spec(nought)).why, len(step.wanted) > 1))
        return
    given = [
        Given(column, state, None, clean(typed).strip(), texts.state_echo(state))
        for column in step.wanted
        if column.kind in NUMERIC or (column.required and state is State.NONE)
    ]
    store(step, given)


def may_be_zero(column: Column) -> bool:
    """Whether 0 is an answer in ``column``: there is no month 0 and no commune without people."""
    return column.kind not in NUMERIC or column.minimum is None or column.minimum <= 0


def nil(step: Step) -> None:
    """The button "Không có (0)"."""
    declare(step, State.ZERO)


def none(step: Step) -> None:
    """The button "Chưa có số liệu"."""
    declare(step, State.NONE)


def absent(step: Step) -> None:
    """The button "Không có tổ chức này": the whole row is *none* and left out of n/N."""
    if _refuse_over_list(step):
        return
    for address in _row_addresses(step.question):
        step.save(address, State.NONE, None, reason=NOT_APPLICABLE)
    step.notes.append(texts.row_absent(texts.place_of(step)))
    step.extras.append((_target("goto", step), texts.mend(texts.place_of(step))))
    navigation.proceed_question(step)


def nil_row(step: Step) -> None:
    """The button "Cả hàng không có"."""
    if _refuse_over_list(step):
        return
    for address in _row_addresses(step.question):
        step.save(address, State.ZERO)
    step.notes.append(texts.row_nil(texts.place_of(step)))
    step.extras.append((_target("goto", step), texts.mend(texts.place_of(step))))
    navigation.proceed_question(step)


def _refuse_over_list(step: Step) -> bool:
    """A list that was gathered entry by entry is not thrown away in one tap."""
    given = [answer for a in step.question.addresses if (answer := step.answer(a)) and isinstance(answer.value, tuple)]
    if given:
        step.refuse(texts.row_not_empty(texts.place_of(step)))
    return bool(given)


def _row_addresses(question: Question) -> Iterator[Address]:
    for part in question.parts:
        for column in part.columns:
            if column.required and not (is_local(question.row) and column.kind is Kind.TEXT):
                yield Address(question.field, question.row, column.key)


def ask_nil_table(step: Step) -> None:
    """The button "Cả phụ lục không có": confirmed once before anything is stored."""
    rows = _open_rows(step)
    step.set(pending={"kind": "table", "options": [texts.yes_nil_table(len(rows))], "ask": texts.nil_table(step, rows)})
    step.fire("doubt")


def nil_table(step: Step) -> None:
    """Every row of the appendix that is not answered yet is zero; what was answered stays."""
    rows = _open_rows(step)
    for question in rows:
        for address in _row_addresses(question):
            if address not in step.answers:
                step.save(address, State.ZERO)
    step.notes.append(texts.table_nil(step, len(rows)))
    step.set(pending={})
    navigation.proceed_question(step)


def _open_rows(step: Step) -> list[Question]:
    field = step.question.field
    return [q for q in step.questions if q.field == field and q.row and not step.is_settled(q)]


def to_none(step: Step) -> None:
    """One tap after a zero was read back: those cells have no data instead."""
    number, part, *which = *(whole(word) for word in step.argument.replace(".", ":").split(":")), None
    question = step.at(number or 0)
    if question is None or part is None or part >= len(question.parts) or not step.may_write(question):
        step.refuse(texts.no_such_choice())
        return
    cells = question.part_addresses(question.parts[part])
    zeros = [address for at, address in enumerate(cells) if at in which and _is_zero(step, address)]
    for address in zeros:
        step.save(address, State.NONE)
    step.notes.append(texts.changed_to_none(len(zeros)))
    step.set(mark=step.session.mark + 1)


def _is_zero(step: Step, address: Address) -> bool:
    answer = step.answer(address)
    return answer is not None and answer.state is State.ZERO
