"""Short cells: one message fills a row, a group of blanks or a single figure.

A message is taken whole or not at all: if one piece is refused or may mean two things nothing is stored yet, so that
no figure ever lands in another column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dialogs.answering.checks import broken, suspicions
from dialogs.answering.extra_rows import misnamed
from dialogs.answering.kept import CellsAsked, CellsObjected, TableAsked
from dialogs.forms.answers import NOT_APPLICABLE, Address, Answer, Said, State
from dialogs.forms.form import Column
from dialogs.forms.local_rows import is_local
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import Question
from dialogs.kinds import NUMERIC, Kind
from dialogs.meaning.named_figures import named_pieces
from dialogs.reading import Option, Outcome, Reading, Spec, clean, read, split_row
from dialogs.texts import asking, checking, receipts, refusals
from dialogs.turn import navigation
from dialogs.turn.turn_state import TurnState
from dialogs.values.findings import Finding, Given

ANY_COUNT = Spec(Kind.INTEGER)
MAX_REASON = 1000

STATES = {Outcome.VALUE: State.VALUE, Outcome.ZERO: State.ZERO, Outcome.NONE: State.NONE}


def fill(turn: TurnState) -> None:
    """Read a message as the wanted cells of the current part."""
    asked, wanted = turn.session.kept, turn.wanted
    held = len(asked.typed) if asked else 0
    pieces = split(turn.text, wanted)
    worded = held < 2 and any(character.isalpha() for character in turn.text)
    named = named_pieces(turn.text, wanted, pieces) if worded else None
    if named is not None:
        understand(turn, named, {})
    elif pieces is None:
        turn.refuse(refusals.too_many_pieces(turn.text, wanted))
    elif len(pieces) == 1 and isinstance(asked, CellsAsked) and held > 1:
        _clarify(turn, asked, pieces[0])
    elif len(pieces) == 1 and len(wanted) > 1 and _whole_row(turn, pieces[0]):
        return
    elif len(pieces) < held:
        turn.refuse(refusals.whole_row_again(wanted[:held]))
    else:
        understand(turn, pieces, {})


def split(text: str, columns: Sequence[Column]) -> tuple[str, ...] | None:
    """The pieces of a message for ``columns``; those at the end that are not required may be left out."""
    if len(columns) == 1:
        return (text,)
    pieces = split_row(text, len(columns))
    if pieces is not None:
        return pieces
    needed = max([number for number, column in enumerate(columns, 1) if column.required], default=1)
    return split_row(text, needed) if 1 < needed < len(columns) else None


def _clarify(turn: TurnState, asked: CellsAsked, piece: str) -> None:
    """A new piece in place of the one that was asked back."""
    typed = (*asked.texts[: asked.index], piece, *asked.texts[asked.index + 1 :])
    understand(turn, typed, {at: pick for at, pick in asked.picks.items() if at != asked.index})


def _whole_row(turn: TurnState, piece: str) -> bool:
    """ "không có" or "chưa có số liệu" alone speaks of every figure of the row, and is read back as such."""
    reading = state_word(piece)
    if reading is None:
        return False
    needed = [column.kind in NUMERIC for column in turn.wanted if column.required]
    if reading.code == NOT_APPLICABLE and turn.row is not None and turn.row.body:
        absent(turn)
    elif needed and reading.outcome is Outcome.NONE and reading.code != NOT_APPLICABLE:
        declare(turn, State.NONE, piece)
    elif needed and reading.outcome is Outcome.ZERO and all(needed):
        declare(turn, State.ZERO, piece)
    else:
        turn.refuse(refusals.which_part(piece, turn.wanted))
    return True


def state_word(piece: str) -> Reading | None:
    """How a piece is read that is a word for zero or for no data; None if it is anything else, digits among it."""
    reading = read(piece, ANY_COUNT)
    spoken = any(character.isalpha() for character in piece)
    return reading if spoken and reading.outcome in (Outcome.ZERO, Outcome.NONE) else None


def understand(turn: TurnState, typed: Sequence[str], picks: Mapping[int, int]) -> None:
    """Read every piece; ask back the first doubtful one, refuse the message for the first wrong one, or store all."""
    given: list[Given] = []
    for index, (column, piece) in enumerate(zip(turn.wanted, typed, strict=False)):
        if not piece.strip() and len(typed) > 1:
            continue
        reading = read(piece, turn.spec(column))
        if reading.outcome is Outcome.ASK and reading.options and index not in picks:
            _ask(turn, typed, picks, index, column, reading)
            return
        cell = taken(column, piece, reading, picks.get(index))
        why = "" if cell else reading.why
        if cell is not None and turn.question.added:
            why = misnamed(turn, turn.question, column, cell.state, cell.value)
        if cell is None or why:
            turn.refuse(refusals.refused_piece(column, why, len(turn.wanted) > 1))
            return
        given.append(cell)
    _check(turn, typed, picks, given)


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


def _ask(
    turn: TurnState, typed: Sequence[str], picks: Mapping[int, int], at: int, column: Column, reading: Reading
) -> None:
    options = tuple(option.label for option in reading.options)
    asked = refusals.asked_back(column, reading.why, len(turn.wanted) > 1)
    turn.set(kept=CellsAsked(asked, tuple(typed), at, options, picks))
    turn.fire("doubt")


def choose(turn: TurnState) -> None:
    """One of the readings that were offered."""
    asked, pick = turn.kept(CellsAsked), whole(turn.argument)
    if pick is None or pick >= len(asked.options):
        turn.refuse(refusals.no_such_choice())
        return
    understand(turn, asked.texts, {**asked.picks, asked.index: pick})


def take_choice(turn: TurnState) -> None:
    """A button of a choice column: the number of the choice in the form."""
    column, number = turn.wanted[0], whole(turn.argument)
    if number is None or number >= len(column.choices):
        turn.refuse(refusals.no_such_choice())
    else:
        understand(turn, [column.choices[number][0]], {})


def _check(turn: TurnState, typed: Sequence[str], picks: Mapping[int, int], given: list[Given]) -> None:
    findings = [finding for finding in _found(turn, given) if not finding.explanation]
    held = [finding for finding in findings if finding.blocking]
    if held:
        asked = checking.objection(turn.place, held, len(given))
        turn.set(kept=CellsObjected(tuple(typed), asked, picks))
        turn.refuse(checking.objection_short(held))
        turn.fire("object")
    else:
        store(turn, given)
        # A sum that was asked back is not asked about twice in a breath; it stands in the summary before sending.
        turn.notes += [] if picks else [checking.warning_line(finding) for finding in findings]


def _found(turn: TurnState, given: list[Given]) -> list[Finding]:
    """What the checks find among these figures, as if they were stored already."""
    question = turn.question
    answers: dict[Address, Said] = {**turn.answers}
    beside = turn.asked.by_field.get(question.field, ())
    addresses = {question.cells[cell.column.key]: cell for cell in given}
    for address, cell in addresses.items():
        reason = turn.kept_reason(address, cell.state, cell.value) if address in answers else ""
        answers[address] = replace(cell, reason=reason) if reason and not cell.reason else cell
    found = [
        *broken(turn.form, question, answers),
        *suspicions(turn.form, question, beside, answers, turn.earlier(question)),
    ]
    return [each for each in found if not addresses.keys().isdisjoint(each.addresses)]


def _colleagues(turn: TurnState, given: list[Given]) -> list[str]:
    """What these figures replace, where somebody else wrote it and the person saw it: never in silence."""
    cells = turn.question.cells
    before = [(cell, answer) for cell in given if (answer := turn.answers.get(cells[cell.column.key])) is not None]
    return [
        receipts.replaced(cell.column, answer)
        for cell, answer in before
        if turn.is_colleagues(answer) and not _says(answer, cell)
    ]


def _says(answer: Answer, cell: Given) -> bool:
    return (answer.state, answer.value) == (cell.state, cell.value)


def store(turn: TurnState, given: list[Given], reason: str = "") -> None:
    """Save what one message gave, say it back by name, and ask for what is still missing or go on.

    ``reason`` is said back too; which cells it was given for stands in them.
    """
    if not given:
        turn.refuse(refusals.empty_message())
        return
    replaced, cells = _colleagues(turn, given), turn.question.cells
    for cell in given:
        turn.save(cells[cell.column.key], cell.state, cell.value, reason=cell.reason)
    turn.set(misses=0, kept=None)
    turn.notes.append(receipts.cells_receipt(turn.place, given, reason))
    turn.notes += replaced
    keys = [column.key for column in turn.part.columns]
    spoken = [keys.index(cell.column.key) for cell in given if cell.state is State.ZERO and cell.echo]
    if spoken:
        which = ".".join(str(number) for number in spoken)
        turn.extras.append((f"{_target('to_none', turn)}:{which}", receipts.change_to_none()))
    turn.extras.append((_target("goto", turn), receipts.mend(turn.place)))
    done = {cell.column.key for cell in given}
    rest = [column for column in turn.wanted if column.key not in done]
    if [column for column in rest if column.required]:
        turn.set(columns=tuple(column.key for column in rest), mark=turn.session.mark + 1)
        turn.fire("arrive")
    else:
        navigation.proceed(turn)


def _target(action: str, turn: TurnState) -> str:
    return f"{action}:{turn.session.question}:{turn.session.part}"


def typed_reason(turn: TurnState, missing: str) -> str:
    """Return the reason that was typed; '' for one that is empty (refused with ``missing``) or too long."""
    reason = clean(turn.text).strip()
    if 0 < len(reason) <= MAX_REASON:
        return reason
    turn.refuse(refusals.reason_too_long(len(reason), MAX_REASON) if reason else missing)
    return ""


def save_with_reason(turn: TurnState) -> None:
    """The figures stand with a written reason; the reason is printed in the list of warnings."""
    reason = typed_reason(turn, refusals.empty_message())
    if not reason:
        return
    held = turn.kept(CellsObjected)
    given: list[Given] = []
    for index, (column, piece) in enumerate(zip(turn.wanted, held.texts, strict=False)):
        if piece.strip() or len(held.texts) == 1:
            cell = taken(column, piece, read(piece, turn.spec(column)), held.picks.get(index))
            given += [cell] if cell is not None else []
    store(turn, _with_reason(turn, given, reason), reason)


def _with_reason(turn: TurnState, given: list[Given], reason: str) -> list[Given]:
    """Give the reason to the figures that were objected to, also to those that an earlier message gave.

    Where a colleague has explained the same meanwhile, whose reason is to stand is asked (``conflict_detection``).
    """
    found = (each for each in _found(turn, given) if each.blocking and not _own_explanation(turn, each))
    held = {address for finding in found for address in finding.addresses}
    for address in held.difference(turn.cell(cell.column) for cell in given):
        stored = turn.answers[address]
        turn.save(address, stored.state, stored.value, reason=stored.reason or reason)
    return [replace(cell, reason=cell.reason or reason) if turn.cell(cell.column) in held else cell for cell in given]


def _own_explanation(turn: TurnState, finding: Finding) -> bool:
    explained = bool(finding.explanation)
    return explained and not any(turn.is_colleagues(turn.answer(address)) for address in finding.addresses)


def declare(turn: TurnState, state: State, typed: str = "") -> None:
    """Every figure that is still wanted is zero, or not known: one tap, read back."""
    nought = next((column for column in turn.wanted if state is State.ZERO and not may_be_zero(column)), None)
    if nought is not None:
        turn.refuse(refusals.refused_piece(nought, read("0", turn.spec(nought)).why, len(turn.wanted) > 1))
        return
    given = [
        Given(column, state, None, clean(typed).strip(), receipts.state_echo(state))
        for column in turn.wanted
        if column.kind in NUMERIC or (column.required and state is State.NONE)
    ]
    store(turn, given)


def may_be_zero(column: Column) -> bool:
    """Whether 0 is an answer in ``column``: there is no month 0 and no commune without people."""
    return column.kind not in NUMERIC or column.minimum is None or column.minimum <= 0


def nil(turn: TurnState) -> None:
    """The button "Không có (0)"."""
    declare(turn, State.ZERO)


def none(turn: TurnState) -> None:
    """The button "Chưa có số liệu"."""
    declare(turn, State.NONE)


def absent(turn: TurnState) -> None:
    """The button "Không có tổ chức này": the whole row is *none* and left out of n/N."""
    if _refuse_over_list(turn):
        return
    for address in _row_addresses(turn.question):
        turn.save(address, State.NONE, None, reason=NOT_APPLICABLE)
    turn.notes.append(receipts.row_absent(turn.place))
    turn.extras.append((_target("goto", turn), receipts.mend(turn.place)))
    navigation.proceed_question(turn)


def nil_row(turn: TurnState) -> None:
    """The button "Cả hàng không có"."""
    if _refuse_over_list(turn):
        return
    for address in _row_addresses(turn.question):
        turn.save(address, State.ZERO)
    turn.notes.append(receipts.row_nil(turn.place))
    turn.extras.append((_target("goto", turn), receipts.mend(turn.place)))
    navigation.proceed_question(turn)


def _refuse_over_list(turn: TurnState) -> bool:
    """A list that was gathered entry by entry is not thrown away in one tap."""
    given = [answer for a in turn.question.addresses if (answer := turn.answer(a)) and isinstance(answer.value, tuple)]
    if given:
        turn.refuse(refusals.row_not_empty(turn.place))
    return bool(given)


def _row_addresses(question: Question) -> Iterator[Address]:
    for part in question.parts:
        for column in part.columns:
            if column.required and not (is_local(question.row) and column.kind is Kind.TEXT):
                yield Address(question.field, question.row, column.key)


def ask_nil_table(turn: TurnState) -> None:
    """The button "Cả phụ lục không có": confirmed once before anything is stored."""
    rows = _open_rows(turn)
    turn.set(kept=TableAsked(asking.nil_table(turn.table, rows), (asking.yes_nil_table(len(rows)),)))
    turn.fire("doubt")


def nil_table(turn: TurnState) -> None:
    """Every row of the appendix that is not answered yet is zero; what was answered stays."""
    rows = _open_rows(turn)
    for question in rows:
        for address in _row_addresses(question):
            if address not in turn.answers:
                turn.save(address, State.ZERO)
    turn.notes.append(receipts.table_nil(turn.table, len(rows)))
    turn.set(kept=None)
    navigation.proceed_question(turn)


def _open_rows(turn: TurnState) -> list[Question]:
    field = turn.question.field
    return [q for q in turn.asked.by_field[field] if q.row and not turn.is_settled(q)]


def to_none(turn: TurnState) -> None:
    """One tap after a zero was read back: those cells have no data instead."""
    number, part, *which = *(whole(word) for word in turn.argument.replace(".", ":").split(":")), None
    question = turn.at(number or 0)
    if question is None or part is None or part >= len(question.parts) or not turn.may_write(question):
        turn.refuse(refusals.no_such_choice())
        return
    cells = question.part_addresses(question.parts[part])
    zeros = [address for at, address in enumerate(cells) if at in which and _is_zero(turn, address)]
    for address in zeros:
        turn.save(address, State.NONE)
    turn.notes.append(receipts.changed_to_none(len(zeros)))
    turn.set(mark=turn.session.mark + 1)


def _is_zero(turn: TurnState, address: Address) -> bool:
    answer = turn.answer(address)
    return answer is not None and answer.state is State.ZERO
