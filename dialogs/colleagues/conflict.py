"""Two who wrote the same: keep the colleague's, write over it, add to it, or look at both (O19; see ``colleague``).

What is held stays held across whatever else the person does, a restart included, until it is decided.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dialogs import texts
from dialogs.answering import rollup_view
from dialogs.colleagues import conflict_store
from dialogs.colleagues.conflict_detection import CONFLICTED, is_colleagues
from dialogs.colleagues.conflict_store import Held
from dialogs.forms.answers import Address, State, Value
from dialogs.reading import Outcome, Spec, clean, legacy, read
from dialogs.turn import navigation
from dialogs.turn.commands import without_closing
from dialogs.turn.message_parts import MAX_ITEMS, MAX_NARRATIVE, is_chunk, join, loose_ends
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step, owns
from dialogs.values.effects import Piece

QUOTED = 300
LONGEST_SHOWN = 1700


# --- deciding ------------------------------------------------------------------------------------------------------


def is_held(step: Step) -> bool:
    """Whether something waits for the person's decision, in a report that is still theirs."""
    return bool(step.session.held) and step.world.report(conflict_store.newest(step)["report"]) is not None


def show(step: Step) -> None:
    """The button "Quyết định chỗ ghi trùng", from wherever the person has gone meanwhile."""
    if step.view is not None:
        loose_ends(step)
    step.enter(conflict_store.newest(step)["report"])
    _look_again(step)
    step.set(mark=step.session.mark + 1)


def before_sending(step: Step) -> None:
    """A report is not sent over the head of somebody whose text waits."""
    show(step)
    step.refuse(texts.decide_before_sending())


def _look_again(step: Step) -> bool:
    """Note which versions are shown now; True if a colleague has written once more since."""
    item, before = conflict_store.newest(step), conflict_store.saves(conflict_store.newest(step))
    after = [replace(each, theirs=_version(step, each.address)) for each in before]
    conflict_store.put(step, {**item, "saves": [each.to_dict() for each in after]})
    newer = (step.answers.get(new.address) for old, new in zip(before, after, strict=True) if old.theirs != new.theirs)
    return any(is_colleagues(step, answer) for answer in newer)


def _version(step: Step, address: Address) -> int:
    answer = step.answers.get(address)
    return answer.version if answer is not None else 0


def keep(step: Step) -> None:
    """The button "Giữ của đồng chí X": mine is not written, and it is said once more what that was."""
    item = conflict_store.newest(step)
    conflict_store.drop(step)
    step.notes.append(
        texts.theirs_kept(
            conflict_store.place(step, item), conflict_store.names(step, item), conflict_store.mine_in_short(step, item)
        )
    )
    _go_on(step)


def overwrite(step: Step) -> None:
    """The button "Ghi đè bằng của tôi"; the colleague's stays in the history."""
    item, names = conflict_store.newest(step), conflict_store.names(step, conflict_store.newest(step))
    found = [(each, conflict_store.whole(step, each)) for each in conflict_store.saves(item)]
    if _may_not(step, item, sum(len(piece.text) for _, pieces in found for piece in pieces or ())):
        return
    conflict_store.drop(step)
    for each, pieces in found:
        value = join(pieces) if each.tail and pieces else each.value
        _write(step, each, value, pieces)
    step.notes.append(texts.overwritten(conflict_store.place(step, item), names))
    _go_on(step)


def may_append(step: Step) -> bool:
    """Whether the held text can stand behind the colleague's."""
    found = conflict_store.saves(conflict_store.newest(step))
    answer = step.answers.get(found[0].address)
    text = answer is None or (answer.state is State.VALUE and isinstance(answer.value, str))
    return len(found) == 1 and found[0].tail and text


def append(step: Step) -> None:
    """The button "Nối thêm sau": both texts stand, theirs first."""
    item, names = conflict_store.newest(step), conflict_store.names(step, conflict_store.newest(step))
    mine = conflict_store.saves(item)[0]
    pieces = (*_stored_pieces(step, mine.address), *(mine.pieces or ()))
    if _may_not(step, item, len(join(pieces))):
        return
    conflict_store.drop(step)
    _write(step, mine, join(pieces), pieces)
    step.notes.append(texts.appended(conflict_store.place(step, item), names, len(join(pieces))))
    _go_on(step)


def _may_not(step: Step, item: dict[str, Any], length: int) -> bool:
    """Why it cannot be written now: it is locked or not their part, a colleague was faster again, it is too long."""
    place = conflict_store.place(step, item)
    if not all(_is_open(step, each.address) for each in conflict_store.saves(item)):
        mine = conflict_store.mine_in_short(step, item)
        conflict_store.drop(step)
        step.refuse(texts.locked_meanwhile(place, mine))
        _go_on(step)
        return True
    if _look_again(step):
        step.set(mark=step.session.mark + 1)
        step.refuse(_heading(step, conflict_store.newest(step)))
        return True
    if length > MAX_NARRATIVE:
        step.refuse(texts.too_long(length, MAX_NARRATIVE))
        return True
    return False


def _is_open(step: Step, address: Address) -> bool:
    own = owns(step.report.parts, address.field, address.row)
    return own and step.may_write(conflict_store.question_of(step, address))


def _write(step: Step, each: Held, value: Value, pieces: tuple[Piece, ...] | None) -> None:
    step.set(seen={**step.session.seen, conflict_store.key(step.report.id, each.address): _version(step, each.address)})
    closed, reason, basis = each.closed, each.reason, each.basis
    step.save(each.address, each.state, value, closed=closed, reason=reason, basis=basis, pieces=pieces)


def _go_on(step: Step) -> None:
    """To the next decision, or back to where the person was."""
    step.set(mark=step.session.mark + 1)
    if not is_held(step):
        step.fire("settled")
    elif conflict_store.newest(step)["report"] != step.session.report:
        step.enter(conflict_store.newest(step)["report"])


def was_below(step: Step) -> bool:
    """Whether the person was looking at the sums of a row."""
    return step.session.pending.get("kind") == "lower" and rollup_view.current(step) is not None


def postpone(step: Step) -> None:
    """On with the report: what is held stays held, and is named on every screen."""
    step.notes.append(texts.waits(conflict_store.place(step, conflict_store.newest(step))))
    step.fire("settled")


def see_both(step: Step) -> None:
    """The button "Xem cả hai": both in full, as far as one message of a phone goes."""
    _look_again(step)
    item = conflict_store.newest(step)
    whole = [_heading(step, item)]
    for each in conflict_store.saves(item):
        their = step.answers.get(each.address)
        if _is_long(each.value) or each.tail or _is_long(their.value if their else None):
            found = (
                _in_full(conflict_store.text_of(step, each.address, their)),
                _in_full(conflict_store.mine(step, each)),
            )
            whole += texts.clash_whole(their.by if their else texts.NOBODY, *found)
        else:
            whole.append(_cell_line(step, each))
    step.body = "\n".join(whole)


def _in_full(text: str) -> str:
    return texts.both_ends(text, LONGEST_SHOWN)


# --- while something is held ---------------------------------------------------------------------------------------


def more(step: Step) -> None:
    """A further message: the rest of a long paste joins the text that is held; anything else has to wait."""
    item, found = conflict_store.newest(step), conflict_store.saves(conflict_store.newest(step))
    body, closing = without_closing(step.text)
    text = clean(body)
    if len(found) != 1 or not found[0].tail or not (text.strip() and _is_text(body, item["cut"])):
        step.refuse(texts.decide_first())
        return
    pieces = found[0].pieces or ()
    if item["cut"] and pieces:
        pieces = (*pieces[:-1], Piece("", pieces[-1].text + text))
    else:
        pieces = (*pieces, Piece(step.message, text))
    if (length := len(join(pieces))) > MAX_NARRATIVE:
        step.refuse(texts.too_long(length, MAX_NARRATIVE))
        return
    changed = replace(found[0], pieces=pieces, closed=found[0].closed or closing)
    cut = is_chunk(body) and not is_chunk(text)
    conflict_store.put(step, {**item, "cut": cut, "saves": [changed.to_dict()]})
    step.notes.append(texts.held_more(len(pieces)))


def _is_text(body: str, cut: bool) -> bool:
    """Whether a message is one more paragraph: no word for nothing, unless it goes on where a paste was cut."""
    return legacy(body) is None and (cut or read(body, Spec("narrative")).outcome is Outcome.VALUE)


def edits_held(step: Step) -> bool:
    """Whether the edited message is one that is held."""
    return bool(step.message) and any(step.message in _messages(item) for item in step.session.held)


def _messages(item: dict[str, Any]) -> set[str]:
    return {item["message"], *(piece.message for each in conflict_store.saves(item) for piece in each.pieces or ())}


def edit_held(step: Step) -> None:
    """The edited message as it is now, still held; held figures are decided about first."""
    at = next(at for at, each in enumerate(step.session.held) if step.message in _messages(each))
    item = step.session.held[at]
    text = without_closing(clean(step.text))[0]
    before = conflict_store.saves(item)
    changed = [conflict_store.edited(each, step.message, text) for each in before]
    if changed == before or read(step.text, Spec("narrative")).outcome is not Outcome.VALUE:
        step.refuse(texts.decide_first())
        return
    if any(isinstance(each.value, tuple) and len(each.value) > MAX_ITEMS for each in changed):
        step.refuse(texts.too_many_items(MAX_ITEMS))
        return
    conflict_store.put(step, {**item, "saves": [each.to_dict() for each in changed]}, at)
    step.notes.append(texts.held_edited())


# --- what is shown -------------------------------------------------------------------------------------------------


def lines(step: Step) -> list[str]:
    """What is held and what stands there now."""
    item = conflict_store.newest(step)
    found = [_heading(step, item)]
    for each in conflict_store.saves(item):
        their = step.answers.get(each.address)
        if not each.address.column:
            theirs = conflict_store.text_of(step, each.address, their)
            found += texts.clash_text(
                their.by if their else texts.NOBODY, theirs, conflict_store.mine(step, each), QUOTED
            )
        else:
            found.append(_cell_line(step, each))
    return found


def choices(step: Step) -> list[tuple[str, str]]:
    """The ways to decide."""
    found = [
        ("keep_theirs", texts.keep_theirs(conflict_store.names(step, conflict_store.newest(step)))),
        ("overwrite", texts.OVERWRITE),
    ]
    found += [("append", texts.APPEND_AFTER)] if may_append(step) else []
    return [*found, ("both", texts.SEE_BOTH)]


def _heading(step: Step, item: dict[str, Any]) -> str:
    answers = [step.answers.get(each.address) for each in conflict_store.saves(item)]
    latest = max((answer.at for answer in answers if answer is not None and answer.at is not None), default=None)
    return texts.clash(step, conflict_store.place(step, item), conflict_store.names(step, item), latest)


def _cell_line(step: Step, each: Held) -> str:
    their = step.answers.get(each.address)
    name = their.by if their is not None else texts.NOBODY
    column = conflict_store.column_name(step, each.address)
    theirs, mine = conflict_store.text_of(step, each.address, their), conflict_store.mine(step, each)
    return texts.clash_cell(column, name, texts.short(theirs, QUOTED), texts.short(mine, QUOTED))


def _stored_pieces(step: Step, address: Address) -> tuple[Piece, ...]:
    answer = step.answers.get(address)
    if answer is None or answer.state is not State.VALUE:
        return ()
    return step.report.pieces(address) or (Piece("", str(answer.value)),)


def _is_long(value: Value) -> bool:
    return isinstance(value, tuple | str) and len(str(value)) > QUOTED


def _screen(step: Step) -> Screen:
    return Screen("\n".join(lines(step)), tuple(choices(step)))


STATES = {CONFLICTED: "a colleague has written the same meanwhile: whose is to stand?"}
SCREENS = {CONFLICTED: _screen}

TABLE: tuple[Row, ...] = (
    Row("clash", ANY, CONFLICTED, None, navigation.mark),
    Row("conflict", ANY, CONFLICTED, is_held, show),
    Row("send", ("reviewing", "warned"), CONFLICTED, is_held, before_sending),
    Row("edited", ANY, None, edits_held, edit_held),
    Row("say", CONFLICTED, None, None, more),
    Row("keep_theirs", CONFLICTED, None, None, keep),
    Row("overwrite", CONFLICTED, None, None, overwrite),
    Row("append", CONFLICTED, None, may_append, append),
    Row("both", CONFLICTED, None, None, see_both),
    Row("look", CONFLICTED, None, None, see_both),
    Row("next", CONFLICTED, None, None, postpone),
    Row("skip", CONFLICTED, None, None, postpone),
    Row("back", CONFLICTED, None, None, postpone),
    Row("cancel", CONFLICTED, None, None, postpone),
    Row("settled", CONFLICTED, "lower_row", was_below),
    Row("settled", CONFLICTED, None, None, navigation.return_to_question),
)
