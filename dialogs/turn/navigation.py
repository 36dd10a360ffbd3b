"""Getting about: to a question, to the next one that is open, back, and home."""

from __future__ import annotations

from dialogs.forms.prefixes import covers
from dialogs.forms.question_lookup import find_places, whole
from dialogs.forms.questions import Question, touched
from dialogs.kinds import KINDS, AskedAs
from dialogs.texts import labels, places, receipts, refusals
from dialogs.turn.message_parts import entries, loose_ends
from dialogs.turn.turn_state import OPEN_STATUSES, TurnState
from dialogs.values.effects import OpenReport
from dialogs.values.status import Status
from dialogs.values.world import Card

ASKING = ("writing", "listing", "filling")
"""The states in which a question is asked, by its kind."""


def go(turn: TurnState, number: int, part: int | None = None) -> None:
    """Stand at a question (0: none is left) and let the table decide which dialog asks it.

    Without ``part`` it is the first one that is not answered; of a question that is all answered the first.
    """
    if turn.session.kept:
        loose_ends(turn)
    question = turn.at(number)
    turn.set(
        question=number if question else 0,
        part=_part(turn, question, part) if question else 0,
        columns=(),
        kept=None,
        misses=0,
        missed="",
        mark=turn.session.mark + 1,
        resume=0 if number == turn.session.resume else turn.session.resume,
    )
    if question:
        _open(turn)
        _resume_row(turn)
    turn.fire("arrive")


def _part(turn: TurnState, question: Question, part: int | None) -> int:
    if part is not None:
        return part if part < len(question.parts) else 0
    for index, each in enumerate(question.parts):
        needed = question.part_needed(each)
        if any(address not in turn.answers for address in needed):
            return index
    return 0


def _open(turn: TurnState) -> None:
    if turn.report.status is Status.NOT_OPENED and OpenReport not in map(type, turn.effects):
        turn.effects.append(OpenReport(turn.report.id))


def _resume_row(turn: TurnState) -> None:
    """Of a row that was left half filled only the missing cells are asked."""
    columns = turn.part.columns
    cells = turn.question.cells
    missing = [column.key for column in columns if cells[column.key] not in turn.answers]
    required = [column for column in columns if column.required and column.key in missing]
    if required and len(missing) < len(columns):
        turn.set(columns=tuple(missing))


def proceed(turn: TurnState, *, forward: bool = False) -> None:
    """Go to the next part of the question, or leave it. ``forward`` goes to the very next question, answered or not."""
    question = turn.question
    for part in range(turn.session.part + 1, len(question.parts)):
        needed = [a for a in question.part_addresses(question.parts[part]) if a not in turn.answers]
        if forward or needed:
            go(turn, question.number, part)
            return
    proceed_question(turn, forward=forward)


def proceed_question(turn: TurnState, *, forward: bool = False) -> None:
    """Leave the question: back to where a detour began, or to the next open question, or to the review."""
    resume, here = turn.at(turn.session.resume), turn.session.question
    if resume is not None and resume.number != here and not turn.is_settled(resume):
        turn.set(resume=0)
        go(turn, resume.number)
    elif forward:
        go(turn, next_writable(turn, here))
    else:
        go(turn, next_open(turn, here) or 0)


def next_open(turn: TurnState, after: int) -> int | None:
    """The first question after ``after`` that is not answered and may be."""
    return next(
        (q.number for q in turn.questions[after:] if not turn.is_settled(q) and turn.may_write(q)),
        None,
    )


def first_open(turn: TurnState) -> int:
    return next_open(turn, 0) or 0


def next_writable(turn: TurnState, after: int) -> int:
    """The first question after ``after`` that may be answered, whether it is or not; 0 if none is left."""
    return next((q.number for q in turn.questions[after:] if turn.may_write(q)), 0)


def retype(turn: TurnState) -> None:
    """The button "Gõ lại": what was held is dropped, and the whole of the question is asked again."""
    turn.set(kept=None)
    return_to_question(turn)
    turn.set(columns=())


def skip(turn: TurnState) -> None:
    """Leave the question for later; it stays in the list of what is missing."""
    _note_unanswered(turn)
    if turn.session.question == turn.document_number:
        proceed_question(turn)
        return
    turn.set(resume=0)
    go(turn, next_open(turn, turn.session.question) or 0)


def back(turn: TurnState) -> None:
    """One part, or one question, back."""
    if turn.session.part > 0:
        go(turn, turn.session.question, turn.session.part - 1)
    elif turn.session.question > 1:
        number = turn.session.question - 1
        go(turn, number, len(turn.questions[number - 1].parts) - 1)
    else:
        turn.notes.append(refusals.first_question())


def return_to_question(turn: TurnState) -> None:
    """Show the question again that the session stands at, or the first open one."""
    if turn.stood is None:
        go(turn, first_open(turn))
    else:
        go(turn, turn.session.question, turn.session.part)


def jump(turn: TurnState) -> None:
    """ "/sua 12", "/sua PL3.2": go there, and come back to the present question afterwards."""
    if not turn.argument:
        turn.notes.append(refusals.jump_help())
        turn.fire("contents")
        return
    question = find(turn, turn.argument)
    if question is not None:
        _detour(turn, question)


def _detour(turn: TurnState, question: Question) -> None:
    """Go there and, if the present question is not answered, come back to it afterwards."""
    here = turn.stood
    if here is not None and here.number != question.number and not turn.is_settled(here):
        turn.set(resume=here.number)
    go(turn, question.number)


def find(turn: TurnState, typed: str) -> Question | None:
    """The question a person means; if it is none the reply says so, if it is several it offers them."""
    document = turn.at(turn.document_number)
    found = find_places(turn.form, (*turn.questions, *((document,) if document else ())), typed)
    if len(found) == 1:
        return found[0]
    if not found:
        turn.refuse(refusals.no_such_place(typed, len(turn.questions)))
        return None
    turn.refuse(refusals.several_places(typed))
    turn.extras += [(f"goto:{q.number}", places.capital(places.question_place(turn.form, q))) for q in found[:5]]
    return None


def visit(turn: TurnState) -> None:
    """A button or a number of the contents: go there and on from there."""
    number, _, part = turn.argument.partition(":")
    question = turn.at(whole(number) or 0) if turn.argument else find(turn, turn.text.strip())
    if question is not None:
        turn.set(resume=0)
        go(turn, question.number, whole(part))
    elif turn.argument:
        turn.refuse(refusals.no_such_choice())


def open_report(turn: TurnState) -> None:
    """Begin or go on with a report: at the question where the session stands, or the first open one.

    With a prefix ("17:PL3.mttq", as a notice's button carries it) at the first question under it.
    """
    named, _, prefix = turn.argument.partition(":")
    card = _chosen(turn, named)
    if card is None:
        turn.refuse(refusals.nothing_due())
        return
    if turn.view is not None:
        loose_ends(turn)
    if not turn.enter(card.report):
        turn.refuse(refusals.nothing_due())
        return
    turn.set(resume=0 if turn.report.status is Status.RETURNED else turn.session.resume)
    question = turn.stood
    if prefix and (under := _under(turn, prefix)) is not None:
        go(turn, under.number)
    elif question is not None and _unfinished(turn, question):
        go(turn, question.number, turn.session.part)
    else:
        go(turn, _first(turn))


def _unfinished(turn: TurnState, question: Question) -> bool:
    """Whether to go on where the session stands: it is not answered yet, or it stands in what was returned."""
    if turn.report.status is Status.RETURNED:
        return turn.may_write(question)
    return not turn.is_settled(question) or question.number > len(turn.questions)


def _first(turn: TurnState) -> int:
    """Where to begin: at the first question that is open; in a returned report at the first that may be written."""
    return next_writable(turn, 0) if turn.report.status is Status.RETURNED else first_open(turn)


def _under(turn: TurnState, prefix: str) -> Question | None:
    """The first question under a prefix that may be written, else the first one there."""
    found = [question for question in turn.questions if covers(prefix, question.field, question.row)]
    return next((question for question in found if turn.may_write(question)), next(iter(found), None))


def _chosen(turn: TurnState, named: str) -> Card | None:
    cards = turn.world.cards()
    wanted = named or (str(turn.session.report) if turn.session.report else "")
    chosen = next((card for card in cards if str(card.report) == wanted), None)
    return chosen or (None if named else next(iter(cards), None))


def go_home(turn: TurnState) -> None:
    """The first screen; nothing is deleted and the place in the report is kept."""
    loose_ends(turn)
    turn.set(misses=0, kept=None, mark=turn.session.mark + 1)


def say_what(turn: TurnState) -> None:
    """A text that answers nothing, because no question is open."""
    turn.refuse(refusals.say_what())


def go_document(turn: TurnState) -> None:
    """ "Thông tin văn bản", and back to where the person was."""
    document = turn.at(turn.document_number)
    if document is not None:
        _detour(turn, document)


def document_before_sending(turn: TurnState) -> None:
    """ "Thông tin văn bản" from the summary, and back to the summary."""
    turn.set(resume=0)
    go(turn, turn.document_number)


def go_missing(turn: TurnState) -> None:
    """The first question that is still open."""
    turn.set(resume=0)
    go(turn, first_open(turn))


def mark(turn: TurnState) -> None:
    """Something else is asked now: the buttons of the screen before are stale."""
    turn.set(mark=turn.session.mark + 1)


def turn_page(turn: TurnState) -> None:
    """Another page of the contents."""
    loose_ends(turn)
    turn.set(page=whole(turn.argument) or 0)


def open_contents(turn: TurnState) -> None:
    """ "/muc": the page that shows the present question. With a place it goes there."""
    if turn.argument:
        jump(turn)
        return
    loose_ends(turn)
    turn.set(page=max(0, turn.session.question - 1) // labels.CONTENTS_PAGE, mark=turn.session.mark + 1)


def is_locked(turn: TurnState) -> bool:
    """Whether the report, or the question stood at, may not be written (sent, accepted, not returned)."""
    question = turn.stood
    if question is not None:
        return not turn.may_write(question)
    return is_shut(turn)


def is_shut(turn: TurnState) -> bool:
    """Whether nothing of the report may be written, wherever the person stood: one returned in part is open."""
    return turn.report.status not in OPEN_STATUSES or turn.over


def nothing_asked(turn: TurnState) -> bool:
    return turn.stood is None


def pass_by(turn: TurnState) -> None:
    """ "Tiếp" at figures that were not given: on to the very next question; this one stays among what is missing."""
    if turn.question.part_needed(turn.part):
        _note_unanswered(turn)
    proceed(turn, forward=True)


def _note_unanswered(turn: TurnState) -> None:
    place = turn.place
    if turn.session.question == turn.document_number:
        return
    if touched(turn.question, turn.answers) and not turn.is_settled(turn.question):
        turn.notes.append(receipts.left_unfinished(place))
    elif not turn.is_settled(turn.question):
        turn.notes.append(receipts.left_empty(place))


def asks_narrative(turn: TurnState) -> bool:
    return KINDS[turn.part.kind].asks is AskedAs.NARRATIVE


def asks_items(turn: TurnState) -> bool:
    return KINDS[turn.part.kind].asks is AskedAs.ENTRIES


def asks_cells(turn: TurnState) -> bool:
    return KINDS[turn.part.kind].asks is AskedAs.CELLS


def lost_ground(turn: TurnState) -> bool:
    """Whether the session cannot go on where it stands.

    Since the last turn the report may have been sent by a colleague, or a list may have become shorter.
    """
    question, entry = turn.stood, turn.session.kept.entry if turn.session.kept else 0
    if question is None or turn.session.part >= len(question.parts):
        return True
    return not turn.may_write(question) or (entry > 1 and entry > len(entries(turn)))


def stand_again(turn: TurnState) -> None:
    """Find new ground: the question without what was held, or the screen that says why it may not be written."""
    question = turn.stood
    if turn.session.kept and turn.session.kept.typed:
        turn.notes.append(receipts.not_stored(turn.session.kept.typed))
    if question is None or turn.session.part >= len(question.parts):
        turn.set(question=0, part=0)
    turn.set(kept=None, columns=(), mark=turn.session.mark + 1)
    turn.fire("arrive")


def in_report(turn: TurnState) -> bool:
    """Whether there is a report to act in; at home that is the one that was last open, or the first that is due."""
    if turn.view is not None:
        return True
    card = next(iter(turn.world.cards()), None)
    return card is not None and turn.enter(card.report)
