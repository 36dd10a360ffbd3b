"""Who wrote what, and two who write the same: nothing of a colleague's is replaced that was not seen (O18, O19).

A screen notes which versions of colleagues' answers it shows (``Session.seen``). At the end of every turn ``settle``
looks at what the turn would write, whatever dialog it came from. Where that would replace a colleague's answer that is
newer than what was seen, it is taken out of the turn and held (``Session.held``) until its writer has decided; it stays
held across everything else the person does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogs import texts
from dialogs.answering import rollup_view
from dialogs.colleagues import conflict_store
from dialogs.colleagues.conflict_store import Held
from dialogs.forms.answers import Address, Answer, State
from dialogs.forms.questions import Question
from dialogs.turn.turn_state import Step
from dialogs.values.effects import Piece, SaveAnswer

CONFLICTED = "conflicted"
SHOWS_ANSWERS = frozenset({"writing", "filling", "picking"})
"""States whose screen shows what is stored for the part that is asked."""


# --- what was seen -------------------------------------------------------------------------------------------------


def is_colleagues(step: Step, answer: Answer | None) -> bool:
    """Whether an answer was written by another person."""
    return answer is not None and answer.who not in (0, step.world.person.id)


def seen(step: Step) -> dict[str, int]:
    """The versions of colleagues' answers that the person has seen, once this turn's screen is shown."""
    if step.view is None or step.body:
        return step.session.seen
    if step.state in SHOWS_ANSWERS:
        addresses: Sequence[Address] = step.question.part_addresses(step.part)
    elif step.state == "listing":
        # Its screen only says how long a list is.
        answer = step.answer(step.address)
        addresses = [] if answer is not None and isinstance(answer.value, tuple) else [step.address]
    elif step.state in rollup_view.LOWER and (lower := rollup_view.current(step)) is not None:
        addresses = [lower.address(column) for column in lower.columns]
    else:
        return step.session.seen
    return {
        conflict_store.key(step.report.id, address): answer.version
        for address in addresses
        if (answer := step.answer(address)) is not None and is_colleagues(step, answer)
    }


# --- at the end of a turn ------------------------------------------------------------------------------------------


def settle(step: Step) -> None:
    """Hold what would replace a colleague's newer answer; remind of what is held already."""
    for report in dict.fromkeys(each.report for each in step.effects if isinstance(each, SaveAnswer)):
        _settle(step, report)
    if step.state == CONFLICTED and not step.session.held:
        step.fire("settled")
    elif step.session.held and step.state != CONFLICTED:
        step.extras.append(("conflict", texts.DECIDE))


def _settle(step: Step, report: int) -> None:
    """The same for one report: the one that is open, or the one that this turn has left."""
    view = step.view if report == step.session.report else step.world.report(report)
    if view is None:
        return
    written = {each.address: each for each in step.effects if isinstance(each, SaveAnswer) and each.report == report}
    others = {a: view.answers[a] for a in written if a in view.answers and is_colleagues(step, view.answers[a])}
    clashes = {a: their for a, their in others.items() if _replaces_unseen(step, written[a], their)}
    for address, their in others.items():
        if address not in clashes and _adds_to(written[address], their) and not _was_seen(step, report, their):
            step.notes.append(texts.both_kept(their.by))
    if clashes:
        step.enter(report)
    if report == step.session.report:
        _supersede(step, [address for address in written if address not in clashes])
    if clashes:
        _hold(step, [_held(step, written[address], their) for address, their in clashes.items()])


def _was_seen(step: Step, report: int, their: Answer) -> bool:
    return step.session.seen.get(conflict_store.key(report, their.address), 0) == their.version


def _replaces_unseen(step: Step, save: SaveAnswer, their: Answer) -> bool:
    """Whether something of a colleague's would go that the person does not know of."""
    same = (save.state, save.value) == (their.state, their.value) and their.reason in ("", save.reason)
    return not same and not _adds_to(save, their) and not _was_seen(step, save.report, their)


def _adds_to(save: SaveAnswer, their: Answer) -> bool:
    """Whether a list is written that begins with all the entries of theirs."""
    before, after = their.value, save.value
    return isinstance(before, tuple) and isinstance(after, tuple) and after[: len(before)] == before


def _held(step: Step, save: SaveAnswer, their: Answer) -> Held:
    base = step.session.seen.get(conflict_store.key(save.report, save.address), 0)
    pieces = step.report.pieces(save.address) or (Piece("", str(their.value)),)
    is_text = isinstance(their.value, str) and isinstance(save.value, str) and their.state is State.VALUE
    tail = is_text and save.pieces is not None and save.pieces[: len(pieces)] == pieces
    added = save.pieces[len(pieces) :] if tail and save.pieces is not None else save.pieces
    content = (save.state, save.value, save.closed, save.reason, save.basis, added, tail)
    return Held(save.address, their.version, base, *content)


def _hold(step: Step, found: list[Held]) -> None:
    """Take it out of the turn, say what of the turn was written all the same, and ask."""
    step.retract([each.address for each in found])
    kept = [e for e in step.effects if isinstance(e, SaveAnswer) and e.address.column and e.report == step.report.id]
    written = [
        f"{conflict_store.column_name(step, each.address)} {conflict_store.shown(step, each.address, each)}"
        for each in kept
    ]
    step.notes = [texts.others_saved(written)] if written else []
    step.body, step.refused, step.extras, step.offers = "", "", [], []
    item = {"report": step.report.id, "message": step.message, "cut": bool(step.session.cut)}
    saves = [each.to_dict() for each in found]
    step.set(held=(*step.session.held, {**item, "saves": saves}), cut="", misses=0)
    step.fire("clash")


def _supersede(step: Step, addresses: Sequence[Address]) -> None:
    """Figures that were held and are given anew need no decision any more; a text that was held still does."""
    items = []
    for item in step.session.held:
        here = item["report"] == step.report.id
        gone = [s for s in item["saves"] if here and s["pieces"] is None and Address(*s["address"]) in addresses]
        left = [each for each in item["saves"] if each not in gone]
        items += [item] if not gone else [{**item, "saves": left}] if left else []
        step.notes += [texts.given_anew(conflict_store.mine(step, Held.from_dict(each))) for each in gone]
    if step.session.held:
        step.set(held=tuple(items))


# --- who wrote what ------------------------------------------------------------------------------------------------


def author_lines(step: Step) -> list[str]:
    """Which colleague wrote what is stored for the part that is asked, and when."""
    found: dict[int, list[Answer]] = {}
    addresses = step.question.part_addresses(step.part)
    for address in addresses:
        answer = step.answers.get(address)
        if answer is not None and is_colleagues(step, answer):
            found.setdefault(answer.who, []).append(answer)
    return [_author_line(step, each, len(each) < len(addresses)) for each in found.values()]


def _author_line(step: Step, written: Sequence[Answer], named: bool) -> str:
    latest = max((each for each in written if each.at is not None), key=lambda each: str(each.at), default=written[0])
    cells = [conflict_store.column_name(step, each.address) for each in written] if named else []
    return texts.written_by(step, latest.by, latest.at, [cell for cell in cells if cell])


def written_here(step: Step, question: Question) -> str:
    """Who wrote the answers of a question, as the contents show it; '' while one person alone works on the report."""
    names = _writers(step, question) if _is_shared(step) else ()
    return f" – {', '.join(names)}" if names else ""


def told_writers(step: Step, question: Question) -> list[str]:
    """The same with the time, under an answer that is shown in full."""
    latest: dict[str, Answer] = {}
    for answer in _written(step, question) if _is_shared(step) else ():
        known = latest.get(answer.by)
        latest[answer.by] = answer if known is None or str(known.at) < str(answer.at) else known
    return [texts.written_by(step, each.by, each.at) for each in latest.values()]


def told_of_rows(step: Step, rows: Sequence[Question]) -> list[str]:
    """The same for a table: which rows each of them wrote."""
    found: dict[str, list[str]] = {}
    for question in rows if _is_shared(step) else ():
        row = step.form.table(question.field).row(question.row)
        for name in _writers(step, question):
            found.setdefault(name, []).append(row.short or row.label)
    return [texts.writers(list(found.items()))] if found else []


def _is_shared(step: Step) -> bool:
    """Whether more than one person has written into the report."""
    return len({answer.who for answer in step.answers.values() if answer.who}) > 1


def _writers(step: Step, question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer.by for answer in _written(step, question)))


def _written(step: Step, question: Question) -> Iterator[Answer]:
    for address in question.addresses:
        answer = step.answers.get(address)
        if answer is not None and answer.who and answer.by:
            yield answer
