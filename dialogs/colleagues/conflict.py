"""Two who wrote the same: keep the colleague's, write over it, add to it, or look at both (O19).

What is held stays held across whatever else the person does, a restart included, until it is decided.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.answering import rollup_view
from dialogs.answering.kept import SumsShown
from dialogs.colleagues import conflict_store
from dialogs.colleagues.conflict_detection import CONFLICTED
from dialogs.forms.answers import Address, State, Value
from dialogs.forms.prefixes import owns
from dialogs.kinds import Kind
from dialogs.reading import Outcome, Spec, clean, legacy, read
from dialogs.texts import places, refusals
from dialogs.texts import sharing as sharing_texts
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.held import HeldAnswer, HeldWriting
from dialogs.turn.message_parts import MAX_ITEMS, MAX_NARRATIVE, is_chunk, join, loose_ends
from dialogs.turn.session import seen_key
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Piece

QUOTED = 300
LONGEST_SHOWN = 1700


# --- deciding ------------------------------------------------------------------------------------------------------


def is_held(turn: TurnState) -> bool:
    """Whether something waits for the person's decision, in a report that is still theirs."""
    return bool(turn.session.held) and turn.world.report(conflict_store.newest(turn).report) is not None


def show(turn: TurnState) -> None:
    """The button "Quyết định chỗ ghi trùng", from wherever the person has gone meanwhile."""
    if turn.view is not None:
        loose_ends(turn)
    turn.enter(conflict_store.newest(turn).report)
    _look_again(turn)
    turn.set(mark=turn.session.mark + 1)


def before_sending(turn: TurnState) -> None:
    """A report is not sent over the head of somebody whose text waits."""
    show(turn)
    turn.refuse(sharing_texts.decide_before_sending())


def _look_again(turn: TurnState) -> bool:
    """Note which versions are shown now; True if a colleague has written once more since."""
    item = conflict_store.newest(turn)
    before = item.saves
    after = tuple(replace(each, theirs=_version(turn, each.address)) for each in before)
    conflict_store.put(turn, replace(item, saves=after))
    newer = (turn.answers.get(new.address) for old, new in zip(before, after, strict=True) if old.theirs != new.theirs)
    return any(turn.is_colleagues(answer) for answer in newer)


def _version(turn: TurnState, address: Address) -> int:
    answer = turn.answers.get(address)
    return answer.version if answer is not None else 0


def keep(turn: TurnState) -> None:
    """The button "Giữ của đồng chí X": mine is not written, and it is said once more what that was."""
    item = conflict_store.newest(turn)
    conflict_store.drop(turn)
    turn.notes.append(
        sharing_texts.theirs_kept(
            conflict_store.place(turn, item), conflict_store.names(turn, item), conflict_store.mine_in_short(turn, item)
        )
    )
    _go_on(turn)


def overwrite(turn: TurnState) -> None:
    """The button "Ghi đè bằng của tôi"; the colleague's stays in the history."""
    item, names = conflict_store.newest(turn), conflict_store.names(turn, conflict_store.newest(turn))
    found = [(each, conflict_store.whole(turn, each)) for each in item.saves]
    if _may_not(turn, item, sum(len(piece.text) for _, pieces in found for piece in pieces or ())):
        return
    conflict_store.drop(turn)
    for each, pieces in found:
        value = join(pieces) if each.tail and pieces else each.value
        _write(turn, each, value, pieces)
    turn.notes.append(sharing_texts.overwritten(conflict_store.place(turn, item), names))
    _go_on(turn)


def may_append(turn: TurnState) -> bool:
    """Whether the held text can stand behind the colleague's."""
    found = conflict_store.newest(turn).saves
    answer = turn.answers.get(found[0].address)
    text = answer is None or (answer.state is State.VALUE and isinstance(answer.value, str))
    return len(found) == 1 and found[0].tail and text


def append(turn: TurnState) -> None:
    """The button "Nối thêm sau": both texts stand, theirs first."""
    item, names = conflict_store.newest(turn), conflict_store.names(turn, conflict_store.newest(turn))
    mine = item.saves[0]
    pieces = (*_stored_pieces(turn, mine.address), *(mine.pieces or ()))
    if _may_not(turn, item, len(join(pieces))):
        return
    conflict_store.drop(turn)
    _write(turn, mine, join(pieces), pieces)
    turn.notes.append(sharing_texts.appended(conflict_store.place(turn, item), names, len(join(pieces))))
    _go_on(turn)


def _may_not(turn: TurnState, item: HeldWriting, length: int) -> bool:
    """Why it cannot be written now: it is locked or not their part, a colleague was faster again, it is too long."""
    place = conflict_store.place(turn, item)
    if not all(_is_open(turn, each.address) for each in item.saves):
        mine = conflict_store.mine_in_short(turn, item)
        conflict_store.drop(turn)
        turn.refuse(sharing_texts.locked_meanwhile(place, mine))
        _go_on(turn)
        return True
    if _look_again(turn):
        turn.set(mark=turn.session.mark + 1)
        turn.refuse(_heading(turn, conflict_store.newest(turn)))
        return True
    if length > MAX_NARRATIVE:
        turn.refuse(refusals.too_long(length, MAX_NARRATIVE))
        return True
    return False


def _is_open(turn: TurnState, address: Address) -> bool:
    own = owns(turn.report.parts, address.field, address.row)
    return own and turn.may_write(conflict_store.question_of(turn, address))


def _write(turn: TurnState, each: HeldAnswer, value: Value, pieces: tuple[Piece, ...] | None) -> None:
    turn.set(seen={**turn.session.seen, seen_key(turn.report.id, each.address): _version(turn, each.address)})
    closed, reason, basis = each.closed, each.reason, each.basis
    turn.save(each.address, each.state, value, closed=closed, reason=reason, basis=basis, pieces=pieces)


def _go_on(turn: TurnState) -> None:
    """To the next decision, or back to where the person was."""
    turn.set(mark=turn.session.mark + 1)
    if not is_held(turn):
        turn.fire("settled")
    elif conflict_store.newest(turn).report != turn.session.report:
        turn.enter(conflict_store.newest(turn).report)


def was_below(turn: TurnState) -> bool:
    """Whether the person was looking at the sums of a row."""
    return turn.keeps(SumsShown) is not None and rollup_view.current(turn) is not None


def postpone(turn: TurnState) -> None:
    """On with the report: what is held stays held, and is named on every screen."""
    turn.notes.append(sharing_texts.waits(conflict_store.place(turn, conflict_store.newest(turn))))
    turn.fire("settled")


def see_both(turn: TurnState) -> None:
    """The button "Xem cả hai": both in full, as far as one message of a phone goes."""
    _look_again(turn)
    item = conflict_store.newest(turn)
    whole = [_heading(turn, item)]
    for each in item.saves:
        their = turn.answers.get(each.address)
        if _is_long(each.value) or each.tail or _is_long(their.value if their else None):
            found = (
                _in_full(conflict_store.text_of(turn, each.address, their)),
                _in_full(conflict_store.mine(turn, each)),
            )
            whole += sharing_texts.clash_whole(their.by if their else sharing_texts.NOBODY, *found)
        else:
            whole.append(_cell_line(turn, each))
    turn.body = "\n".join(whole)


def _in_full(text: str) -> str:
    return places.both_ends(text, LONGEST_SHOWN)


# --- while something is held ---------------------------------------------------------------------------------------


def more(turn: TurnState) -> None:
    """A further message: the rest of a long paste joins the text that is held; anything else has to wait."""
    item = conflict_store.newest(turn)
    found = item.saves
    body, closing = turn.catalog.commands.without_closing(turn.text)
    text = clean(body)
    if len(found) != 1 or not found[0].tail or not (text.strip() and _is_text(body, item.cut)):
        turn.refuse(sharing_texts.decide_first())
        return
    pieces = found[0].pieces or ()
    if item.cut and pieces:
        pieces = (*pieces[:-1], Piece("", pieces[-1].text + text))
    else:
        pieces = (*pieces, Piece(turn.message, text))
    if (length := len(join(pieces))) > MAX_NARRATIVE:
        turn.refuse(refusals.too_long(length, MAX_NARRATIVE))
        return
    changed = replace(found[0], pieces=pieces, closed=found[0].closed or closing)
    cut = is_chunk(body) and not is_chunk(text)
    conflict_store.put(turn, replace(item, cut=cut, saves=(changed,)))
    turn.notes.append(sharing_texts.held_more(len(pieces)))


def _is_text(body: str, cut: bool) -> bool:
    """Whether a message is one more paragraph: no word for nothing, unless it goes on where a paste was cut."""
    return legacy(body) is None and (cut or read(body, Spec(Kind.NARRATIVE)).outcome is Outcome.VALUE)


def edits_held(turn: TurnState) -> bool:
    """Whether the edited message is one that is held."""
    return bool(turn.message) and any(turn.message in item.messages for item in turn.session.held)


def edit_held(turn: TurnState) -> None:
    """The edited message as it is now, still held; held figures are decided about first."""
    at = next(at for at, each in enumerate(turn.session.held) if turn.message in each.messages)
    item = turn.session.held[at]
    text = turn.catalog.commands.without_closing(clean(turn.text))[0]
    before = item.saves
    changed = tuple(conflict_store.edited(each, turn.message, text) for each in before)
    if changed == before or read(turn.text, Spec(Kind.NARRATIVE)).outcome is not Outcome.VALUE:
        turn.refuse(sharing_texts.decide_first())
        return
    if any(isinstance(each.value, tuple) and len(each.value) > MAX_ITEMS for each in changed):
        turn.refuse(refusals.too_many_items(MAX_ITEMS))
        return
    conflict_store.put(turn, replace(item, saves=changed), at)
    turn.notes.append(sharing_texts.held_edited())


# --- what is shown -------------------------------------------------------------------------------------------------


def lines(turn: TurnState) -> list[str]:
    """What is held and what stands there now."""
    item = conflict_store.newest(turn)
    found = [_heading(turn, item)]
    for each in item.saves:
        their = turn.answers.get(each.address)
        if not each.address.column:
            theirs = conflict_store.text_of(turn, each.address, their)
            found += sharing_texts.clash_text(
                their.by if their else sharing_texts.NOBODY, theirs, conflict_store.mine(turn, each), QUOTED
            )
        else:
            found.append(_cell_line(turn, each))
    return found


def choices(turn: TurnState) -> list[tuple[str, str]]:
    """The ways to decide."""
    found = [
        ("keep_theirs", sharing_texts.keep_theirs(conflict_store.names(turn, conflict_store.newest(turn)))),
        ("overwrite", sharing_texts.OVERWRITE),
    ]
    found += [("append", sharing_texts.APPEND_AFTER)] if may_append(turn) else []
    return [*found, ("both", sharing_texts.SEE_BOTH)]


def _heading(turn: TurnState, item: HeldWriting) -> str:
    answers = [turn.answers.get(each.address) for each in item.saves]
    latest = max((answer.at for answer in answers if answer is not None and answer.at is not None), default=None)
    return sharing_texts.clash(
        conflict_store.place(turn, item), conflict_store.names(turn, item), latest, turn.world.zone
    )


def _cell_line(turn: TurnState, each: HeldAnswer) -> str:
    their = turn.answers.get(each.address)
    name = their.by if their is not None else sharing_texts.NOBODY
    column = conflict_store.column_name(turn, each.address)
    theirs, mine = conflict_store.text_of(turn, each.address, their), conflict_store.mine(turn, each)
    return sharing_texts.clash_cell(column, name, places.short(theirs, QUOTED), places.short(mine, QUOTED))


def _stored_pieces(turn: TurnState, address: Address) -> tuple[Piece, ...]:
    answer = turn.answers.get(address)
    if answer is None or answer.state is not State.VALUE:
        return ()
    return turn.report.pieces(address) or (Piece("", str(answer.value)),)


def _is_long(value: Value) -> bool:
    return isinstance(value, tuple | str) and len(str(value)) > QUOTED


def _screen(turn: TurnState) -> Screen:
    return Screen("\n".join(lines(turn)), tuple(choices(turn)))


DIALOG = Dialog(
    "conflict",
    states=(
        DialogState(
            CONFLICTED, "a colleague has written the same meanwhile: whose is to stand?", _screen, lettered=True
        ),
    ),
    table=(
        Transition("clash", ANY, CONFLICTED, None, navigation.mark),
        Transition("conflict", ANY, CONFLICTED, is_held, show),
        Transition("send", ("reviewing", "warned"), CONFLICTED, is_held, before_sending),
        Transition("edited", ANY, None, edits_held, edit_held),
        Transition("say", CONFLICTED, None, None, more),
        Transition("keep_theirs", CONFLICTED, None, None, keep),
        Transition("overwrite", CONFLICTED, None, None, overwrite),
        Transition("append", CONFLICTED, None, may_append, append),
        Transition("both", CONFLICTED, None, None, see_both),
        Transition("look", CONFLICTED, None, None, see_both),
        Transition("next", CONFLICTED, None, None, postpone),
        Transition("skip", CONFLICTED, None, None, postpone),
        Transition("back", CONFLICTED, None, None, postpone),
        Transition("cancel", CONFLICTED, None, None, postpone),
        Transition("settled", CONFLICTED, "lower_row", was_below),
        Transition("settled", CONFLICTED, None, None, navigation.return_to_question),
    ),
    inner=("clash", "settled"),
    anywhere=("conflict",),
)
