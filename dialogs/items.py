"""Lists and lists of documents: one entry a line or a message; any entry can be changed or taken out later."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import moving, narrative, texts
from dialogs.answers import State
from dialogs.effects import Piece
from dialogs.pieces import add_lines, entries, store_list
from dialogs.reading import Outcome, Spec, clean, read, split_items
from dialogs.step import Step


def add_items(step: Step) -> None:
    """Take each line of a message as an entry; "không có" for an empty list declares it nil."""
    if narrative.ask_legacy(step):
        return
    reading = read(step.text, Spec(step.part.kind))
    if reading.outcome in (Outcome.ZERO, Outcome.NONE):
        _declare(step, State.ZERO if reading.outcome is Outcome.ZERO else State.NONE)
    elif reading.outcome is Outcome.REFUSED:
        step.refuse(reading.why)
    else:
        add_lines(step, clean(step.text), step.message)


def _declare(step: Step, state: State) -> None:
    if entries(step):
        step.refuse(texts.list_not_empty(len(entries(step))))
    else:
        narrative.store_nil(step, state)


def nil(step: Step) -> None:
    """The button "Không có"."""
    _declare(step, State.ZERO)


def none(step: Step) -> None:
    """The button "Chưa có số liệu"."""
    _declare(step, State.NONE)


def leave(step: Step) -> None:
    """ "Tiếp": the list stands as it is."""
    count = len(entries(step))
    if count:
        step.notes.append(texts.saved_list(texts.place_of(step), count))
    elif step.answer(step.address) is None:
        step.notes.append(texts.left_empty(texts.place_of(step)))
    moving.proceed(step, forward=not count)


def undo_item(step: Step) -> None:
    """Take the last entry out. A second tap on the same button does nothing more."""
    before = entries(step)
    if step.argument and step.argument != str(len(before)):
        step.refuse(texts.already_removed())
        return
    _replace(step, before[:-1])
    step.notes.append(texts.items_left(len(entries(step))))


def _replace(step: Step, value: Sequence[str]) -> None:
    store_list(step, [Piece("", entry) for entry in value])


def pick_item(step: Step) -> None:
    """A number says which entry is to be changed."""
    typed = step.argument or step.text.strip().rstrip(".")
    if typed.isdecimal() and 1 <= int(typed) <= len(entries(step)):
        step.set(pending={"kind": "item", "item": int(typed)})
        step.fire(step, "item")
    else:
        step.refuse(texts.which_item(len(entries(step))))


def mend_item(step: Step) -> None:
    """The new wording of the entry that was picked."""
    found = split_items(clean(step.text))
    if not found:
        step.refuse(texts.empty_message())
        return
    index = int(step.session.pending["item"]) - 1
    before = entries(step)
    _replace(step, (*before[:index], *found, *before[index + 1 :]))
    _back_to_list(step, texts.item_changed(index + 1))


def drop_item(step: Step) -> None:
    """Take the entry that was picked out of the list."""
    index = int(step.session.pending["item"]) - 1
    before = entries(step)
    _replace(step, (*before[:index], *before[index + 1 :]))
    _back_to_list(step, texts.item_dropped(index + 1))


def _back_to_list(step: Step, note: str) -> None:
    step.notes.append(note)
    step.set(pending={})
    step.fire(step, "listed")
    step.body = texts.items_received(step.part.kind, entries(step))
