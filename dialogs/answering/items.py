"""Lists and lists of documents: one entry a line or a message; any entry can be changed or taken out later."""

from __future__ import annotations

from dialogs.answering import cells, narrative, question_screen
from dialogs.answering.kept import EntryPicked
from dialogs.forms.answers import DOCUMENT_DATA, NOT_APPLICABLE, State
from dialogs.forms.question_lookup import whole
from dialogs.kinds import KINDS
from dialogs.meaning.corrections import corrected
from dialogs.reading import Outcome, Spec, clean, counts_documents, legacy, read, split_items
from dialogs.texts import asking, labels, receipts, refusals, showing
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.message_parts import add, entries, replace_entry
from dialogs.turn.transitions import Screen, Transition
from dialogs.turn.turn_state import TurnState


def add_items(turn: TurnState) -> None:
    """Take each line of a message as an entry; "không có" for an empty list declares it nil."""
    if narrative.is_count(turn.text) or (KINDS[turn.part.kind].documents and counts_documents(turn.text)):
        narrative.ask_if_content(turn, asking.count_of(receipts.item_noun(turn.part.kind), clean(turn.text).strip()))
        return
    mended = corrected(turn.text)
    if mended is not None and mended.item is not None and mended.item <= len(entries(turn)):
        _mend_named(turn, mended.item, split_items(mended.new))
        return
    reading = read(turn.text, Spec(turn.part.kind))
    if reading.outcome is Outcome.ASK:
        narrative.ask_about(turn, reading)
    elif reading.code == NOT_APPLICABLE and turn.row is not None and turn.row.body:
        cells.absent(turn)
    elif reading.outcome in (Outcome.ZERO, Outcome.NONE):
        _declare(turn, State.ZERO if reading.outcome is Outcome.ZERO else State.NONE)
    elif reading.outcome is Outcome.REFUSED:
        turn.refuse(reading.why)
    else:
        add(turn, turn.text, turn.message)


def _mend_named(turn: TurnState, number: int, wording: tuple[str, ...]) -> None:
    """ "Sửa mục 2 thành: ...": the entry in words what its button does."""
    if replace_entry(turn, number, wording):
        turn.notes.append(receipts.item_changed(number))
        turn.body = receipts.items_received(turn.part.kind, entries(turn))


def _declare(turn: TurnState, state: State) -> None:
    if entries(turn):
        turn.refuse(refusals.list_not_empty(len(entries(turn))))
    else:
        narrative.store_nil(turn, state)


def nil(turn: TurnState) -> None:
    """The button "Không có"."""
    _declare(turn, State.ZERO)


def none(turn: TurnState) -> None:
    """The button "Chưa có số liệu"."""
    _declare(turn, State.NONE)


def leave(turn: TurnState) -> None:
    """ "Tiếp": the list stands as it is."""
    count = len(entries(turn))
    if count:
        turn.notes.append(receipts.saved_list(turn.part_place, count, turn.part.kind))
    elif turn.answer(turn.address) is None:
        turn.notes.append(receipts.left_empty(turn.part_place))
    navigation.proceed(turn, forward=not count)


def undo_item(turn: TurnState) -> None:
    """Take the last entry out. A second tap on the same button does nothing more."""
    count = len(entries(turn))
    if not count or (turn.argument and turn.argument != str(count)):
        turn.refuse(receipts.already_removed())
        return
    replace_entry(turn, count, ())
    turn.set(mark=turn.session.mark + 1)
    turn.notes.append(receipts.items_left(len(entries(turn))))
    if entries(turn):
        turn.body = receipts.items_received(turn.part.kind, entries(turn))


def has_entries(turn: TurnState) -> bool:
    """Whether there is an entry to be changed."""
    return bool(entries(turn))


def pick_item(turn: TurnState) -> None:
    """A number says which entry is to be changed."""
    number = whole(turn.argument or turn.text.strip().rstrip("."))
    if number is not None and 1 <= number <= len(entries(turn)):
        turn.set(kept=EntryPicked(number))
        turn.fire("item")
    else:
        turn.refuse(refusals.which_item(len(entries(turn))))


def mend_item(turn: TurnState) -> None:
    """The new wording of the entry that was picked; one in an old font is asked about first."""
    old = legacy(turn.text)
    if old is not None:
        narrative.ask_about(turn, read(turn.text, Spec(turn.part.kind)))
        return
    found = split_items(clean(turn.text))
    number = turn.kept(EntryPicked).item
    if not found:
        turn.refuse(refusals.empty_message())
    elif replace_entry(turn, number, found):
        _back_to_list(turn, receipts.item_changed(number))


def drop_item(turn: TurnState) -> None:
    """Take the entry that was picked out of the list."""
    number = turn.kept(EntryPicked).item
    replace_entry(turn, number, ())
    _back_to_list(turn, receipts.item_dropped(number))


def _back_to_list(turn: TurnState, note: str) -> None:
    turn.notes.append(note)
    turn.set(kept=None)
    turn.fire("listed")
    turn.body = receipts.items_received(turn.part.kind, entries(turn))


def listing(turn: TurnState) -> Screen:
    found = entries(turn)
    choices = [("next", labels.NEXT)]
    if found:
        choices += [("pick", labels.PICK_ITEM), (f"undo:{len(found)}", labels.UNDO_ITEM)]
    else:
        choices += [("nil", labels.NIL)]
        choices += [("none", labels.NONE)] if turn.question.field != DOCUMENT_DATA else []
    choices += [
        *([] if found else question_screen.row_choices(turn)),
        *question_screen.usual_choices(turn),
        *question_screen.last_text(turn),
    ]
    choices += [("skip", labels.SKIP), ("contents", labels.CONTENTS), *question_screen.files_choice(turn)]
    return Screen(
        question_screen.question_text(turn, showing.how_to_list(receipts.item_noun(turn.part.kind))), tuple(choices)
    )


def picking(turn: TurnState) -> Screen:
    return Screen(asking.mend_which(entries(turn)), (("cancel", labels.BACK),))


def mending(turn: TurnState) -> Screen:
    number = turn.kept(EntryPicked).item
    return Screen(
        asking.mend_how(number, entries(turn)[number - 1]), (("drop", labels.DROP_ITEM), ("cancel", labels.BACK))
    )


DIALOG = Dialog(
    "items",
    states=(
        DialogState(
            "listing",
            "a list or a list of documents is being gathered",
            listing,
            lettered=True,
            at_question=True,
            closed_by_next=True,
        ),
        DialogState("picking", "which entry of the list is to be changed", picking, lettered=True, at_question=True),
        DialogState("mending", "the new wording of that entry", mending, lettered=True, at_question=True),
    ),
    table=(
        Transition("say", "listing", None, None, add_items),
        Transition("say", "picking", None, None, pick_item),
        Transition("say", "mending", None, None, mend_item),
        Transition("nil", "listing", None, None, nil),
        Transition("none", "listing", None, None, none),
        Transition("undo", "listing", None, None, undo_item),
        Transition("pick", "listing", "picking", has_entries, navigation.mark),
        Transition("item", "picking", "mending", None, navigation.mark),
        Transition("drop", "mending", None, None, drop_item),
        Transition("listed", "mending", "listing", None, navigation.mark),
        Transition("next", "listing", None, None, leave),
    ),
    inner=("item", "listed"),
    keeps=(EntryPicked,),
)
