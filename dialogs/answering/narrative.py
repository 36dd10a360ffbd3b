"""Writing a narrative, and the questions asked back about a text (an old font, a word that may mean "nothing")."""

from __future__ import annotations

from typing import Any

from dialogs import texts
from dialogs.forms.answers import State
from dialogs.forms.question_lookup import whole
from dialogs.reading import Outcome, Reading, Spec, clean, legacy, read, split_items
from dialogs.turn import navigation
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
from dialogs.turn.turn_state import ITEM_KINDS, Step


def add_text(step: Step) -> None:
    """Take a message as the next piece; a word that means "nothing" or old-font text is taken as such or asked back."""
    reading = read(step.text, Spec("narrative"))
    if reading.outcome is Outcome.ASK:
        ask_about(step, reading)
    elif reading.outcome in (Outcome.ZERO, Outcome.NONE):
        declare(step, State.ZERO if reading.outcome is Outcome.ZERO else State.NONE)
    elif reading.outcome is Outcome.REFUSED:
        step.refuse(reading.why)
    else:
        add(step, step.text, step.message)


def ask_about(step: Step, reading: Reading) -> None:
    """Ask what a text is: one in an old font, shown converted, or a sign such as "-" that may mean "nothing"."""
    old = legacy(step.text)
    if old is not None:
        options = [["converted", texts.use_converted()], ["typed", texts.keep_as_typed()]]
        _ask_back(step, "text", options, texts.legacy_font(old.name, old.text))
        return
    options = [[_meant(option.outcome), option.label] for option in reading.options]
    _ask_back(step, "word", options, reading.why)


def _meant(outcome: Outcome) -> str:
    return "typed" if outcome is Outcome.VALUE else outcome.value


def _ask_back(step: Step, kind: str, options: list[list[str]], question: str) -> None:
    """Hold a message until the person says what it is."""
    pending: dict[str, Any] = {"kind": kind, "parts": [_part(step)], "options": options, "ask": question}
    if "item" in step.session.pending:
        pending["item"] = step.session.pending["item"]
    step.set(pending=pending)
    step.fire("doubt")


def _part(step: Step) -> list[str]:
    """A held message: its id, its text as it came, and converted ('' where it is in no old font)."""
    old = legacy(step.text)
    return [step.message, step.text, old.text if old is not None else ""]


def more(step: Step) -> None:
    """A further message while an old font is asked about: the rest of a long paste; it shares the fate of the first."""
    pending = step.session.pending
    if not clean(step.text).strip():
        step.refuse(texts.empty_message())
        return
    held = len(join(current_pieces(step))) + sum(len(str(part)) for part in pending["parts"]) + len(step.text)
    if held > MAX_NARRATIVE:
        step.refuse(texts.too_long(held, MAX_NARRATIVE))
        return
    if step.part.kind in ITEM_KINDS and _lines_held(step) > MAX_ITEMS:
        step.refuse(texts.too_many_items(MAX_ITEMS))
        return
    step.set(pending={**pending, "parts": [*pending["parts"], _part(step)]})
    step.notes.append(texts.parts_held(len(pending["parts"]) + 1))


def _lines_held(step: Step) -> int:
    """How many entries the list would have with all that is held, so that none of it is refused later."""
    held = [typed for _, typed, _ in step.session.pending["parts"]]
    return len(entries(step)) + sum(len(split_items(clean(text))) for text in (*held, step.text))


def instead(step: Step) -> None:
    """A text in place of the word that was asked about: it is the answer, and the word is not stored."""
    loose_ends(step)
    step.fire("arrive")
    step.fire("say")


def choose(step: Step) -> None:
    """What the held message is."""
    pending, pick = step.session.pending, whole(step.argument)
    if pick is None or pick >= len(pending["options"]):
        step.refuse(texts.no_such_choice())
        return
    step.set(pending={}, mark=step.session.mark + 1)
    step.fire("arrive")
    meant = pending["options"][pick][0]
    if meant in (State.ZERO, State.NONE):
        store_nil(step, State(meant))
    elif "item" in pending:
        _mend(step, pending, meant)
    else:
        for message, typed, converted in pending["parts"]:
            add(step, typed, message, converted if meant == "converted" else "")


def _mend(step: Step, pending: dict[str, Any], meant: str) -> None:
    """The new wording of an entry, once it is known how it is to be read."""
    chosen = [(converted if meant == "converted" else "") or typed for _, typed, converted in pending["parts"]]
    wording = "\n".join(clean(part) for part in chosen)
    if replace_entry(step, int(pending["item"]), split_items(wording)):
        step.notes.append(texts.item_changed(int(pending["item"])))


def declare(step: Step, state: State) -> None:
    """ "Nothing to report" or "no data yet"; over a written text it is asked back first."""
    if not current_pieces(step):
        store_nil(step, state)
        return
    typed = clean(step.text).strip()
    options = [["typed", texts.add_as_text(typed)]] if typed else []
    options.append([state.value, texts.replace_by_nil(state)])
    _ask_back(step, "word", options, texts.nil_over_text(typed))


def store_nil(step: Step, state: State) -> None:
    """Store it for the whole narrative or list and go on."""
    step.save(step.address, state, None, pieces=())
    step.notes.append(texts.declared(texts.place_here(step), state, step.part.kind))
    navigation.proceed(step)


def nil(step: Step) -> None:
    """The button "Không có nội dung"."""
    declare(step, State.ZERO)


def close_text(step: Step) -> None:
    """ "Tiếp": what was written stands; an empty question is left for later and stays among what is missing."""
    answer = step.answer(step.address)
    if answer is None:
        step.notes.append(texts.left_empty(texts.place_here(step)))
        navigation.proceed(step, forward=True)
    elif answer.closed:
        navigation.proceed(step, forward=True)
    else:
        pieces = current_pieces(step)
        step.save(step.address, answer.state, answer.value, closed=True, reason=answer.reason, pieces=pieces)
        step.notes.append(texts.saved_text(texts.place_here(step), len(str(answer.value))))
        navigation.proceed(step)


def undo_piece(step: Step) -> None:
    """Take the last piece back; its text stays in the history. A second tap on the same button does nothing more."""
    before = current_pieces(step)
    if step.argument and step.argument != str(len(before)):
        step.refuse(texts.already_removed())
        return
    pieces = before[:-1]
    if pieces:
        step.save(step.address, State.VALUE, join(pieces), closed=False, pieces=pieces)
    elif before:
        step.save(step.address, State.EMPTY, pieces=())
    step.set(mark=step.session.mark + 1)
    step.notes.append(texts.piece_removed(len(pieces)))
