"""Writing a narrative, and the questions asked back about a text (an old font, a word that may mean "nothing")."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.answering import question_screen
from dialogs.answering.kept import OldFontAsked, WordAsked
from dialogs.forms.answers import State
from dialogs.forms.question_lookup import whole
from dialogs.kinds import LISTS, Kind
from dialogs.reading import Outcome, Reading, Spec, clean, legacy, read, split_items
from dialogs.texts import asking, labels, receipts, refusals, showing
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.kept import HeldMessage
from dialogs.turn.message_parts import (
    MAX_ITEMS,
    MAX_NARRATIVE,
    add,
    current_pieces,
    entries,
    join,
    loose_ends,
    replace_entry,
)
from dialogs.turn.transitions import Screen, Transition
from dialogs.turn.turn_state import TurnState

_COUNT = re.compile(r"\s*[1-9][0-9]{0,5}\s*[.)]?\s*")


def add_text(turn: TurnState) -> None:
    """Take a message as the next piece; a word that means "nothing" or old-font text is taken as such or asked back."""
    if is_count(turn.text):
        ask_if_content(turn, asking.bare_number(clean(turn.text).strip()))
        return
    reading = read(turn.text, Spec(Kind.NARRATIVE))
    if reading.outcome is Outcome.ASK:
        ask_about(turn, reading)
    elif reading.outcome in (Outcome.ZERO, Outcome.NONE):
        declare(turn, State.ZERO if reading.outcome is Outcome.ZERO else State.NONE)
    elif reading.outcome is Outcome.REFUSED:
        turn.refuse(reading.why)
    else:
        add(turn, turn.text, turn.message)


def ask_about(turn: TurnState, reading: Reading) -> None:
    """Ask what a text is: one in an old font, shown converted, or a sign such as "-" that may mean "nothing"."""
    old = legacy(turn.text)
    if old is not None:
        options = (("converted", labels.use_converted()), ("typed", labels.keep_as_typed()))
        kept = OldFontAsked(asking.legacy_font(old.name, old.text), (_part(turn),), options, _entry(turn))
        _ask_back(turn, kept)
        return
    found = tuple((_meant(option.outcome), option.label) for option in reading.options)
    _ask_back(turn, WordAsked(reading.why, (_part(turn),), found, _entry(turn)))


def is_count(text: str) -> bool:
    """Whether a message is nothing but a number that somebody has in mind: no text, and no press of a button."""
    return _COUNT.fullmatch(text) is not None


def ask_if_content(turn: TurnState, question: str) -> None:
    """Ask whether words that sound like none are the answer; they are stored only if the person says so."""
    options = (("typed", asking.as_content(clean(turn.text).strip())),)
    _ask_back(turn, WordAsked(question, (_part(turn),), options, _entry(turn)))


def _meant(outcome: Outcome) -> str:
    return "typed" if outcome is Outcome.VALUE else outcome.value


def _ask_back(turn: TurnState, kept: WordAsked) -> None:
    """Hold a message until the person says what it is."""
    turn.set(kept=kept)
    turn.fire("doubt")


def _entry(turn: TurnState) -> int:
    return turn.session.kept.entry if turn.session.kept else 0


def _part(turn: TurnState) -> HeldMessage:
    old = legacy(turn.text)
    return HeldMessage(turn.message, turn.text, old.text if old is not None else "")


def more(turn: TurnState) -> None:
    """A further message while an old font is asked about: the rest of a long paste; it shares the fate of the first."""
    asked = turn.kept(OldFontAsked)
    if not clean(turn.text).strip():
        turn.refuse(refusals.empty_message())
        return
    held = (
        len(join(current_pieces(turn)))
        + sum(max(len(part.text), len(part.converted)) + 1 for part in asked.parts)
        + len(turn.text)
    )
    if held > MAX_NARRATIVE:
        turn.refuse(refusals.too_long(held, MAX_NARRATIVE))
        return
    if turn.part.kind in LISTS and _lines_held(turn, asked) > MAX_ITEMS:
        turn.refuse(refusals.too_many_items(MAX_ITEMS))
        return
    turn.set(kept=replace(asked, parts=(*asked.parts, _part(turn))))
    turn.notes.append(receipts.parts_held(len(asked.parts) + 1))


def _lines_held(turn: TurnState, asked: OldFontAsked) -> int:
    """How many entries the list would have with all that is held, so that none of it is refused later."""
    held = [part.text for part in asked.parts]
    return len(entries(turn)) + sum(len(split_items(clean(text))) for text in (*held, turn.text))


def instead(turn: TurnState) -> None:
    """A text in place of the word that was asked about: it is the answer, and the word is not stored."""
    loose_ends(turn)
    turn.fire("arrive")
    turn.fire("say")


def choose(turn: TurnState) -> None:
    """What the held message is."""
    asked, pick = turn.kept(WordAsked), whole(turn.argument)
    if pick is None or pick >= len(asked.options):
        turn.refuse(refusals.no_such_choice())
        return
    turn.set(kept=None, mark=turn.session.mark + 1)
    turn.fire("arrive")
    meant, _ = asked.options[pick]
    if meant in (State.ZERO, State.NONE):
        store_nil(turn, State(meant))
    elif asked.item:
        _mend(turn, asked, meant)
    else:
        for message, typed, converted in asked.parts:
            add(turn, typed, message, converted if meant == "converted" else "")


def _mend(turn: TurnState, asked: WordAsked, meant: str) -> None:
    """The new wording of an entry, once it is known how it is to be read."""
    chosen = [(converted if meant == "converted" else "") or typed for _, typed, converted in asked.parts]
    wording = "\n".join(clean(part) for part in chosen)
    if replace_entry(turn, asked.item, split_items(wording)):
        turn.notes.append(receipts.item_changed(asked.item))


def declare(turn: TurnState, state: State) -> None:
    """ "Nothing to report" or "no data yet"; over a written text it is asked back first."""
    if not current_pieces(turn):
        store_nil(turn, state)
        return
    typed = clean(turn.text).strip()
    as_text = (("typed", asking.add_as_text(typed)),) if typed else ()
    options = (*as_text, (state.value, asking.replace_by_nil(state)))
    _ask_back(turn, WordAsked(asking.nil_over_text(typed), (_part(turn),), options, _entry(turn)))


def store_nil(turn: TurnState, state: State) -> None:
    """Store it for the whole narrative or list and go on."""
    turn.save(turn.address, state, None, pieces=())
    turn.notes.append(receipts.declared(turn.part_place, state, turn.part.kind))
    navigation.proceed(turn)


def nil(turn: TurnState) -> None:
    """The button "Không có nội dung"."""
    declare(turn, State.ZERO)


def close_text(turn: TurnState) -> None:
    """ "Tiếp": what was written stands; an empty question is left for later and stays among what is missing."""
    answer = turn.answer(turn.address)
    if answer is None:
        turn.notes.append(receipts.left_empty(turn.part_place))
        navigation.proceed(turn, forward=True)
    elif answer.closed:
        navigation.proceed(turn, forward=True)
    else:
        pieces = current_pieces(turn)
        turn.save(turn.address, answer.state, answer.value, closed=True, reason=answer.reason, pieces=pieces)
        turn.notes.append(receipts.saved_text(turn.part_place, len(str(answer.value))))
        navigation.proceed(turn)


def undo_piece(turn: TurnState) -> None:
    """Take the last piece back; its text stays in the history. A second tap on the same button does nothing more."""
    before = current_pieces(turn)
    if turn.argument and turn.argument != str(len(before)):
        turn.refuse(receipts.already_removed())
        return
    pieces = before[:-1]
    if pieces:
        turn.save(turn.address, State.VALUE, join(pieces), closed=False, pieces=pieces)
    elif before:
        turn.save(turn.address, State.EMPTY, pieces=())
    turn.set(mark=turn.session.mark + 1)
    turn.notes.append(receipts.piece_removed(len(pieces)))


def holds_text(turn: TurnState) -> bool:
    return turn.keeps(OldFontAsked) is not None


def holds_word(turn: TurnState) -> bool:
    return turn.keeps(WordAsked) is not None


def writing(turn: TurnState) -> Screen:
    pieces = current_pieces(turn)
    choices = [
        ("next", labels.NEXT),
        ("skip", labels.SKIP),
        ("nil", labels.NIL_TEXT),
        ("back", labels.BACK),
        ("contents", labels.CONTENTS),
    ]
    if pieces:
        choices = [
            ("next", labels.NEXT),
            ("look", labels.LOOK),
            (f"undo:{len(pieces)}", labels.UNDO_PIECE),
            ("contents", labels.CONTENTS),
        ]
    choices += [*question_screen.last_text(turn), *question_screen.files_choice(turn)]
    return Screen(question_screen.question_text(turn, showing.WRITE_ON), tuple(choices))


DIALOG = Dialog(
    "narrative",
    states=(
        DialogState(
            "writing",
            "a narrative is being written, message by message",
            writing,
            lettered=True,
            at_question=True,
            closed_by_next=True,
        ),
    ),
    table=(
        Transition("say", "writing", None, None, add_text),
        Transition("say", "asked_back", None, holds_text, more),
        Transition("say", "asked_back", None, holds_word, instead),
        Transition("nil", "writing", None, None, nil),
        Transition("undo", "writing", None, None, undo_piece),
        Transition("option", "asked_back", None, None, choose),
        Transition("next", "writing", None, None, close_text),
    ),
    keeps=(
        WordAsked,
        OldFontAsked,
    ),
)
