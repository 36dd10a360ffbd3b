"""Two who write the same: nothing of a colleague's is replaced that was not seen (O18, O19).

A screen notes which versions of colleagues' answers it shows (``Session.seen``). At the end of every turn ``settle``
looks at what the turn would write, whatever dialog it came from. Where that would replace a colleague's answer that is
newer than what was seen, it is taken out of the turn and held (``Session.held``) until its writer has decided; it stays
held across everything else the person does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs.answering import rollup_view
from dialogs.colleagues import conflict_store
from dialogs.forms.answers import Address, Answer, State
from dialogs.texts import sharing as sharing_texts
from dialogs.turn.held import HeldAnswer, HeldWriting
from dialogs.turn.session import seen_key
from dialogs.turn.turn_state import TurnState
from dialogs.values.effects import Piece, SaveAnswer

CONFLICTED = "conflicted"
SHOWS_ANSWERS = frozenset({"writing", "filling", "picking"})
"""States whose screen shows what is stored for the part that is asked."""


# --- what was seen -------------------------------------------------------------------------------------------------


def seen(turn: TurnState) -> Mapping[str, int]:
    """The versions of colleagues' answers that the person has seen, once this turn's screen is shown."""
    if turn.view is None or turn.body:
        return turn.session.seen
    if turn.state in SHOWS_ANSWERS:
        addresses: Sequence[Address] = turn.question.part_addresses(turn.part)
    elif turn.state == "listing":
        # Its screen only says how long a list is.
        answer = turn.answer(turn.address)
        addresses = [] if answer is not None and isinstance(answer.value, tuple) else [turn.address]
    elif turn.state in rollup_view.LOWER and (lower := rollup_view.current(turn)) is not None:
        addresses = [lower.address(column) for column in lower.columns]
    else:
        return turn.session.seen
    return {
        seen_key(turn.report.id, address): answer.version
        for address in addresses
        if (answer := turn.answer(address)) is not None and turn.is_colleagues(answer)
    }


# --- at the end of a turn ------------------------------------------------------------------------------------------


def settle(turn: TurnState) -> None:
    """Hold what would replace a colleague's newer answer; remind of what is held already."""
    for report in dict.fromkeys([each.report for each in turn.effects if isinstance(each, SaveAnswer)]):
        _settle(turn, report)
    if turn.state == CONFLICTED and not turn.session.held:
        turn.fire("settled")
    elif turn.session.held and turn.state != CONFLICTED:
        turn.extras.append(("conflict", sharing_texts.DECIDE))


def _settle(turn: TurnState, report: int) -> None:
    """Settle one report: the one that is open, or the one that this turn has left."""
    view = turn.view if report == turn.session.report else turn.world.report(report)
    if view is None:
        return
    written = {each.address: each for each in turn.effects if isinstance(each, SaveAnswer) and each.report == report}
    others = {a: view.answers[a] for a in written if a in view.answers and turn.is_colleagues(view.answers[a])}
    clashes = {a: their for a, their in others.items() if _replaces_unseen(turn, written[a], their)}
    for address, their in others.items():
        if address not in clashes and _adds_to(written[address], their) and not _was_seen(turn, report, their):
            turn.notes.append(sharing_texts.both_kept(their.by))
    if clashes:
        turn.enter(report)
    if report == turn.session.report:
        _supersede(turn, [address for address in written if address not in clashes])
    if clashes:
        _hold(turn, [_held(turn, written[address], their) for address, their in clashes.items()])


def _was_seen(turn: TurnState, report: int, their: Answer) -> bool:
    return turn.session.seen.get(seen_key(report, their.address), 0) == their.version


def _replaces_unseen(turn: TurnState, save: SaveAnswer, their: Answer) -> bool:
    """Whether something of a colleague's would go that the person does not know of."""
    same = (save.state, save.value) == (their.state, their.value) and their.reason in ("", save.reason)
    return not same and not _adds_to(save, their) and not _was_seen(turn, save.report, their)


def _adds_to(save: SaveAnswer, their: Answer) -> bool:
    """Whether a list is written that begins with all the entries of theirs."""
    before, after = their.value, save.value
    return isinstance(before, tuple) and isinstance(after, tuple) and after[: len(before)] == before


def _held(turn: TurnState, save: SaveAnswer, their: Answer) -> HeldAnswer:
    base = turn.session.seen.get(seen_key(save.report, save.address), 0)
    pieces = turn.report.pieces(save.address) or (Piece("", str(their.value)),)
    is_text = isinstance(their.value, str) and isinstance(save.value, str) and their.state is State.VALUE
    tail = is_text and save.pieces is not None and save.pieces[: len(pieces)] == pieces
    added = save.pieces[len(pieces) :] if tail and save.pieces is not None else save.pieces
    content = (save.state, None if tail else save.value, save.closed, save.reason, save.basis, added, tail)
    return HeldAnswer(save.address, their.version, base, *content)


def _hold(turn: TurnState, found: list[HeldAnswer]) -> None:
    """Take it out of the turn, say what of the turn was written all the same, and ask."""
    turn.retract([each.address for each in found])
    kept = [e for e in turn.effects if isinstance(e, SaveAnswer) and e.address.column and e.report == turn.report.id]
    written = [
        f"{conflict_store.column_name(turn, each.address)} {conflict_store.shown(turn, each.address, each)}"
        for each in kept
    ]
    turn.notes = [sharing_texts.others_saved(written)] if written else []
    turn.body, turn.refused, turn.extras, turn.offers = "", "", [], []
    item = HeldWriting(turn.report.id, turn.message, bool(turn.session.cut), tuple(found))
    turn.set(held=(*turn.session.held, item), cut="", misses=0)
    turn.fire("clash")


def _supersede(turn: TurnState, addresses: Sequence[Address]) -> None:
    """Figures that were held and are given anew need no decision any more; a text that was held still does."""
    items: list[HeldWriting] = []
    for item in turn.session.held:
        here = item.report == turn.report.id
        gone = [each for each in item.saves if here and each.pieces is None and each.address in addresses]
        left = tuple(each for each in item.saves if each not in gone)
        items += [item] if not gone else [replace(item, saves=left)] if left else []
        turn.notes += [sharing_texts.given_anew(conflict_store.mine(turn, each)) for each in gone]
    if turn.session.held:
        turn.set(held=tuple(items))
