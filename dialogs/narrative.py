"""Writing a narrative, and the questions asked back about a text (an old font, "không có" over a written text)."""

from __future__ import annotations

from dialogs import moving, texts
from dialogs.answers import State
from dialogs.pieces import add, add_piece, current_pieces, join
from dialogs.reading import Outcome, Spec, clean, legacy, read
from dialogs.step import Step


def add_text(step: Step) -> None:
    """Take a message as the next piece; a word that means "nothing" or old-font text is taken as such or asked back."""
    if ask_legacy(step):
        return
    reading = read(step.text, Spec("narrative"))
    if reading.outcome in (Outcome.ZERO, Outcome.NONE):
        declare(step, State.ZERO if reading.outcome is Outcome.ZERO else State.NONE)
    elif reading.outcome is Outcome.REFUSED:
        step.refuse(reading.why)
    else:
        add_piece(step, clean(step.text), step.message)


def ask_legacy(step: Step) -> bool:
    """Show old-font text converted and have it confirmed; False if the text is ordinary."""
    old = legacy(step.text)
    if old is None:
        return False
    typed = clean(step.text)
    options: list[list[str | None]] = [
        ["value", old.text, texts.use_converted()],
        ["value", typed, texts.keep_as_typed()],
    ]
    ask_back(step, typed, options, texts.legacy_font(old.name, old.text))
    return True


def ask_back(step: Step, typed: str, options: list[list[str | None]], question: str) -> None:
    """Hold a message until the person says what it is."""
    step.set(
        pending={"kind": "text", "typed": typed, "message": step.message, "options": options, "ask": question},
    )
    step.fire(step, "doubt")


def more(step: Step) -> None:
    """A further message while one is asked back: the rest of a long paste; it shares the fate of the first."""
    pending = step.session.pending
    old, typed = legacy(step.text), clean(step.text)
    converted = old.text if old is not None else typed
    options = [
        [state, f"{value}\n{converted if not index else typed}" if state == "value" else value, label]
        for index, (state, value, label) in enumerate(pending["options"])
    ]
    step.set(pending={**pending, "typed": f"{pending['typed']}\n{typed}", "options": options})


def choose(step: Step) -> None:
    """What the held message is."""
    pending = step.session.pending
    if not (step.argument.isdecimal() and int(step.argument) < len(pending["options"])):
        step.refuse(texts.no_such_choice())
        return
    state, value, _ = pending["options"][int(step.argument)]
    step.set(pending={})
    step.fire(step, "arrive")
    if state == State.VALUE:
        add(step, value, pending["message"])
    else:
        store_nil(step, State(state))


def declare(step: Step, state: State) -> None:
    """ "Nothing to report" or "no data yet"; over a written text it is asked back first."""
    if not current_pieces(step):
        store_nil(step, state)
        return
    typed = clean(step.text).strip() or texts.nil_words(state)
    options: list[list[str | None]] = [["value", typed, texts.add_as_text(typed)]]
    options.append([state.value, None, texts.replace_by_nil(state)])
    ask_back(step, typed, options, texts.nil_over_text(typed))


def store_nil(step: Step, state: State) -> None:
    """Store it for the whole narrative or list and go on."""
    step.save(step.address, state, None, pieces=())
    step.notes.append(texts.declared(texts.place_of(step), state))
    moving.proceed(step)


def nil(step: Step) -> None:
    """The button "Không có nội dung"."""
    step.text = texts.nil_words(State.ZERO)
    declare(step, State.ZERO)


def close_text(step: Step) -> None:
    """ "Tiếp": what was written stands; an empty question is left for later and stays among what is missing."""
    answer = step.answer(step.address)
    if answer is None:
        step.notes.append(texts.left_empty(texts.place_of(step)))
        moving.proceed(step, forward=True)
    elif answer.closed:
        moving.proceed(step, forward=True)
    else:
        pieces = current_pieces(step)
        step.save(step.address, answer.state, answer.value, closed=True, reason=answer.reason, pieces=pieces)
        step.notes.append(texts.saved_text(texts.place_of(step), len(str(answer.value))))
        moving.proceed(step)


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
    step.notes.append(texts.piece_removed(len(pieces)))
