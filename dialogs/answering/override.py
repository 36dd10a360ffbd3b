"""A figure in place of the sum of the units below, with its reason.

It keeps the hash of the parts that it replaces, so that it says so when they change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from dialogs.answering import cells
from dialogs.answering.checks import broken
from dialogs.answering.kept import FiguresAsked, FiguresHeld, SumsShown
from dialogs.answering.rollup_view import (
    Lower,
    current,
    instead,
    let_go,
    lowers,
    may_replace,
    place_of_row,
    proposals,
)
from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.form import Column
from dialogs.forms.question_lookup import whole
from dialogs.kinds import kind_of
from dialogs.reading import Outcome, Reading, read
from dialogs.texts import checking, receipts, refusals
from dialogs.texts import rollup as rollup_texts
from dialogs.turn import navigation
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Asks
from dialogs.values.findings import Finding, Given
from dialogs.values.report_view import Proposal

Typed: TypeAlias = tuple[str, str, str, str, str, tuple[str, ...], Mapping[int, int]]
"""The place, the message, its pieces and how they are meant: what ``FiguresTyped`` begins with."""


def may_not_replace(turn: TurnState) -> bool:
    """Whether the report was sent by a colleague while a figure was being typed."""
    lower = current(turn)
    return lower is None or not may_replace(turn, lower)


def may_start(turn: TurnState) -> bool:
    """Whether the sums of this row may be replaced now."""
    return not may_not_replace(turn)


def back_to_row(turn: TurnState) -> None:
    """From the figures back to the row: what was typed is not stored, and said so."""
    lower = current(turn)
    let_go(turn)
    turn.set(kept=place_of_row(lower) if lower else None, mark=turn.session.mark + 1)


def narrow(turn: TurnState) -> None:
    """The button "Chỉ thay Tổng": one column."""
    lower, number = current(turn), whole(turn.argument)
    if lower is None or number is None or number >= len(lower.columns):
        turn.refuse(refusals.no_such_choice())
        return
    only = lower.columns[number].key
    turn.set(kept=replace(place_of_row(lower), only=only), mark=turn.session.mark + 1)


def wanted(turn: TurnState) -> tuple[Column, ...]:
    """The columns that a figure is asked for."""
    lower, shown = current(turn), turn.keeps(SumsShown)
    columns = lower.columns if lower else ()
    return tuple(column for column in columns if shown and shown.only in ("", column.key))


def fill(turn: TurnState) -> None:
    """Read a message as figures in place of the sums; taken whole or not at all."""
    columns, asked = wanted(turn), turn.keeps(FiguresAsked)
    turn.set(kept=replace(turn.kept(SumsShown), message=turn.message))
    pieces = cells.split(turn.text, columns)
    if pieces is None:
        turn.refuse(refusals.too_many_pieces(turn.text, columns))
    elif len(pieces) == 1 and asked:
        _clarify(turn, asked, pieces[0])
    elif len(pieces) == 1 < len(columns):
        turn.refuse(rollup_texts.all_of_them(columns))
    else:
        _understand(turn, pieces, {})


def _clarify(turn: TurnState, asked: FiguresAsked, piece: str) -> None:
    """A new piece in place of the one that was asked back."""
    typed = (*asked.texts[: asked.index], piece, *asked.texts[asked.index + 1 :])
    _understand(turn, typed, {at: pick for at, pick in asked.picks.items() if at != asked.index})


def _understand(turn: TurnState, typed: Sequence[str], picks: Mapping[int, int]) -> None:
    """Ask back the first doubtful piece, refuse the message for the first wrong one, or ask why all of them."""
    held = (*turn.kept(SumsShown).place, turn.message, tuple(typed), picks)
    given: list[Given] = []
    for index, (column, piece) in enumerate(zip(wanted(turn), typed, strict=False)):
        if not piece.strip() and len(typed) > 1:
            continue
        reading = read(piece, turn.spec(column))
        if reading.outcome is Outcome.ASK and reading.options and index not in picks:
            _ask(turn, held, index, column, reading)
            return
        each = cells.taken(column, piece, reading, picks.get(index))
        if each is None or each.state is State.NONE:
            why = rollup_texts.must_be_figure() if each else reading.why
            turn.refuse(refusals.refused_piece(column, why, len(wanted(turn)) > 1))
            return
        given.append(each)
    _propose(turn, held, given)


def _ask(turn: TurnState, held: Typed, index: int, column: Column, reading: Reading) -> None:
    options = tuple(option.label for option in reading.options)
    asked = refusals.asked_back(column, reading.why, len(wanted(turn)) > 1)
    turn.set(kept=FiguresAsked(*held, asked, index, options))
    turn.fire("doubt")


def choose(turn: TurnState) -> None:
    """One of the readings that were offered."""
    asked, pick = turn.kept(FiguresAsked), whole(turn.argument)
    if pick is None or pick >= len(asked.options):
        turn.refuse(refusals.no_such_choice())
        return
    _understand(turn, asked.texts, {**asked.picks, asked.index: pick})


def _propose(turn: TurnState, held: Typed, given: list[Given]) -> None:
    """Say what would stand in place of what, and ask why."""
    lower = current(turn)
    if lower is None:
        return
    found, before = proposals(turn, lower.table.key, lower.row.key), _told_instead(turn, lower)
    changes = [each for each in given if not _is_sum(each, found) or each.column.key in before]
    if not changes:
        turn.refuse(rollup_texts.equals_sum() if given else refusals.empty_message())
        return
    lines = [_change(each, found, before) for each in changes]
    warnings = [checking.warning_line(finding) for finding in _broken(turn, lower, given)]
    basis = {each.column.key: found[each.column.key].basis for each in changes}
    asked = rollup_texts.ask_reason(lower.place, lines, warnings)
    turn.set(kept=FiguresHeld(*held, asked, basis), misses=0)
    turn.fire("figured")


def _told_instead(turn: TurnState, lower: Lower) -> dict[str, Answer]:
    """What stands in place of the sums; one's own stands without a name."""
    found = instead(turn, lower).items()
    return {key: each if turn.is_colleagues(each) else each._replace(by="") for key, each in found}


def _is_sum(each: Given, found: Mapping[str, Proposal]) -> bool:
    """Whether a figure is what the units below add up to: then their sum simply goes on."""
    now = found[each.column.key].value
    return now is not None and (each.value if each.state is State.VALUE else 0) == now


def _change(each: Given, found: Mapping[str, Proposal], before: Mapping[str, Answer]) -> str:
    now = found[each.column.key]
    if _is_sum(each, found):
        return rollup_texts.back_to_sum_line(each.column, now)
    answer = Answer(Address(""), each.state, each.value)
    return rollup_texts.change_line(each.column, now, answer, before.get(each.column.key))


def _broken(turn: TurnState, lower: Lower, given: list[Given]) -> list[Finding]:
    """The rules of the row that would not hold, between the new figures and the sums beside them."""
    found = proposals(turn, lower.table.key, lower.row.key)
    answers = {
        lower.address(column): Answer(lower.address(column), State.VALUE, found[column.key].value)
        for column in lower.columns
        if found[column.key].value is not None
    }
    answers |= {each.address: each for each in instead(turn, lower).values()}
    for each in given:
        address = lower.address(each.column)
        answers[address] = Answer(address, each.state, each.value)
    return list(broken(turn.form, lower.question(), answers))


def save(turn: TurnState) -> None:
    """The figures stand in place of the sums, with the reason and the hash of the parts they replace."""
    reason = cells.typed_reason(turn, rollup_texts.reason_missing())
    lower, held = current(turn), turn.kept(FiguresHeld)
    if not reason or lower is None:
        return
    found, before = proposals(turn, lower.table.key, lower.row.key), _told_instead(turn, lower)
    changes = []
    for each in _held(turn, held):
        basis = held.basis.get(each.column.key)
        if basis is None:
            continue
        changes.append(_change(each, found, before))
        if _is_sum(each, found) and each.column.key in before:
            turn.save(lower.address(each.column), State.EMPTY)
        elif not _is_sum(each, found):
            turn.save(lower.address(each.column), each.state, each.value, reason=reason, basis=basis)
    turn.set(kept=place_of_row(lower), misses=0)
    turn.notes.append(rollup_texts.replaced_sum(lower.place, changes, reason))
    turn.fire("replaced")


def _held(turn: TurnState, held: FiguresHeld) -> Iterator[Given]:
    """The figures that wait for their reason, read once more as they were."""
    for index, (column, piece) in enumerate(zip(wanted(turn), held.texts, strict=False)):
        each = cells.taken(column, piece, read(piece, turn.spec(column)), held.picks.get(index))
        if each is not None:
            yield each


def is_replaced(turn: TurnState) -> bool:
    """Whether a figure stands in place of one of these sums and may be taken back."""
    lower = current(turn)
    return lower is not None and may_replace(turn, lower) and bool(instead(turn, lower))


def restore(turn: TurnState) -> None:
    """The button "Dùng lại tổng của cấp dưới": the figures in place of the sums are taken back."""
    lower = current(turn)
    if lower is None:
        return
    own = instead(turn, lower)
    columns = [column for column in lower.columns if column.key in own]
    for column in columns:
        turn.save(lower.address(column), State.EMPTY)
    turn.set(mark=turn.session.mark + 1)
    turn.notes.append(rollup_texts.restored(lower.place, columns, proposals(turn, lower.table.key, lower.row.key)))


# --- an earlier message edited -------------------------------------------------------------------------------------


def again(turn: TurnState) -> None:
    """The button "Gõ lại": what was typed is dropped and the figures are asked anew."""
    turn.set(kept=SumsShown(*turn.kept(SumsShown).place), mark=turn.session.mark + 1)


def fill_anew(turn: TurnState) -> None:
    """The edited message in place of the one whose figures are not stored yet."""
    again(turn)
    fill(turn)


def is_held(turn: TurnState) -> bool:
    """Whether the edited message is the one whose figures are not stored yet."""
    shown = turn.keeps(SumsShown)
    return bool(turn.message) and shown is not None and shown.message == turn.message


def is_reason(turn: TurnState) -> bool:
    """Whether the edited message gave the reason for figures in place of sums."""
    if not navigation.in_report(turn) or not turn.message:
        return False
    answers = [turn.answer(address) for address in turn.report.answered_by(turn.message)]
    return bool(answers) and all(answer is not None and answer.basis for answer in answers)


def edit_reason(turn: TurnState) -> None:
    """The new wording is the new reason; the figures stay."""
    reason = cells.typed_reason(turn, rollup_texts.reason_missing())
    answers = [answer for a in turn.report.answered_by(turn.message) if (answer := turn.answer(a))]
    if not reason:
        return
    field, row, _ = answers[0].address
    lower = next((each for each in lowers(turn, field) if each.row.key == row), None)
    if lower is None or not may_replace(turn, lower):
        turn.refuse(refusals.edit_locked())
        return
    for each in answers:
        turn.save(each.address, each.state, each.value, reason=reason, basis=each.basis)
    turn.notes.append(receipts.reason_changed(lower.place))


def asks(turn: TurnState) -> Asks | None:
    """What is asked for while a sum is being replaced, as a program may want to know it."""
    lower, columns, view = current(turn), wanted(turn), turn.report
    if lower is None or not columns:
        return None
    keys = tuple(column.key for column in columns)
    return Asks(
        view.campaign, view.form.key, lower.table.key, lower.row.key, keys, kind_of(each.kind for each in columns)
    )
