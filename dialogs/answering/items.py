"""Lists and lists of documents: one entry a line or a message; any entry can be changed or taken out later."""

from __future__ import annotations

from dialogs import texts
from dialogs.answering import cells, narrative
from dialogs.forms.answers import NOT_APPLICABLE, State
from dialogs.forms.question_lookup import whole
from dialogs.reading import Outcome, Spec, clean, legacy, read, split_items
from dialogs.turn import navigation
from dialogs.turn.message_parts import add, entries, replace_entry
from dialogs.turn.turn_state import Step


def add_items(step: Step) -> None:
    """Take each line of a message as an entry; "không có" for an empty list declares it nil."""
    reading = read(step.text, Spec(step.part.kind))
    if reading.outcome is Outcome.ASK:
        narrative.ask_about(step, reading)
    elif reading.code == NOT_APPLICABLE and step.row is not None and step.row.body:
        cells.absent(step)
    elif reading.outcome in (Outcome.ZERO, Outcome.NONE):
        _declare(step, State.ZERO if reading.outcome is Outcome.ZERO else State.NONE)
    elif reading.outcome is Outcome.REFUSED:
        step.refuse(reading.why)
    else:
        add(step, step.text, step.message)


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
        step.notes.append(texts.saved_list(texts.place_here(step), count, step.part.kind))
    elif step.answer(step.address) is None:
        step.notes.append(texts.left_empty(texts.place_here(step)))
    navigation.proceed(step, forward=not count)


def undo_item(step: Step) -> None:
    """Take the last entry out. A second tap on the same button does nothing more."""
    count = len(entries(step))
    if not count or (step.argument and step.argument != str(count)):
        step.refuse(texts.already_removed())
        return
    replace_entry(step, count, ())
    step.set(mark=step.session.mark + 1)
    step.notes.append(texts.items_left(len(entries(step))))
    if entries(step):
        step.body = texts.items_received(step.part.kind, entries(step))


def has_entries(step: Step) -> bool:
    """Whether there is an entry to be changed."""
    return bool(entries(step))


def pick_item(step: Step) -> None:
    """A number says which entry is to be changed."""
    number = whole(step.argument or step.text.strip().rstrip("."))
    if number is not None and 1 <= number <= len(entries(step)):
        step.set(pending={"kind": "item", "item": number})
        step.fire("item")
    else:
        step.refuse(texts.which_item(len(entries(step))))


def mend_item(step: Step) -> None:
    """The new wording of the entry that was picked; one in an old font is asked about first."""
    old = legacy(step.text)
    if old is not None:
        narrative.ask_about(step, read(step.text, Spec(step.part.kind)))
        return
    found = split_items(clean(step.text))
    number = int(step.session.pending["item"])
    if not found:
        step.refuse(texts.empty_message())
    elif replace_entry(step, number, found):
        _back_to_list(step, texts.item_changed(number))


def drop_item(step: Step) -> None:
    """Take the entry that was picked out of the list."""
    number = int(step.session.pending["item"])
    replace_entry(step, number, ())
    _back_to_list(step, texts.item_dropped(number))


def _back_to_list(step: Step, note: str) -> None:
    step.notes.append(note)
    step.set(pending={})
    step.fire("listed")
    step.body = texts.items_received(step.part.kind, entries(step))
