"""Getting about: to a question, to the next one that is open, back, and home."""

from __future__ import annotations

from dialogs import texts
from dialogs.forms.form import LONG
from dialogs.forms.question_lookup import find_places, whole
from dialogs.forms.questions import Question, touched
from dialogs.turn.message_parts import entries, loose_ends
from dialogs.turn.turn_state import ITEM_KINDS, OPEN_STATUSES, Step, covers
from dialogs.values.effects import OpenReport
from dialogs.values.status import Status
from dialogs.values.world import Card


def go(step: Step, number: int, part: int | None = None) -> None:
    """Stand at a question (0: none is left) and let the table decide which dialog asks it.

    Without ``part`` it is the first one that is not answered; of a question that is all answered the first.
    """
    if step.session.pending:
        loose_ends(step)
    question = step.at(number)
    step.set(
        question=number if question else 0,
        part=_part(step, question, part) if question else 0,
        columns=(),
        pending={},
        misses=0,
        missed="",
        mark=step.session.mark + 1,
        resume=0 if number == step.session.resume else step.session.resume,
    )
    if question:
        _open(step)
        _resume_row(step)
    step.fire("arrive")


def _part(step: Step, question: Question, part: int | None) -> int:
    if part is not None:
        return part if part < len(question.parts) else 0
    for index, each in enumerate(question.parts):
        needed = question.part_needed(each)
        if any(address not in step.answers for address in needed):
            return index
    return 0


def _open(step: Step) -> None:
    opening = any(isinstance(effect, OpenReport) for effect in step.effects)
    if step.report.status is Status.NOT_OPENED and not opening:
        step.effects.append(OpenReport(step.report.id))


def _resume_row(step: Step) -> None:
    """Of a row that was left half filled only the missing cells are asked."""
    columns = step.part.columns
    missing = [column.key for column in columns if step.cell(column) not in step.answers]
    required = [column for column in columns if column.required and column.key in missing]
    if required and len(missing) < len(columns):
        step.set(columns=tuple(missing))


def proceed(step: Step, *, forward: bool = False) -> None:
    """Go to the next part of the question, or leave it. ``forward`` goes to the very next question, answered or not."""
    question = step.question
    for part in range(step.session.part + 1, len(question.parts)):
        needed = [a for a in question.part_addresses(question.parts[part]) if a not in step.answers]
        if forward or needed:
            go(step, question.number, part)
            return
    proceed_question(step, forward=forward)


def proceed_question(step: Step, *, forward: bool = False) -> None:
    """Leave the question: back to where a detour began, or to the next open question, or to the review."""
    resume, here = step.at(step.session.resume), step.session.question
    if resume is not None and resume.number != here and not step.is_settled(resume):
        step.set(resume=0)
        go(step, resume.number)
    elif forward:
        go(step, next_writable(step, here))
    else:
        go(step, next_open(step, here) or 0)


def next_open(step: Step, after: int) -> int | None:
    """The first question after ``after`` that is not answered and may be."""
    return next(
        (q.number for q in step.questions[after:] if not step.is_settled(q) and step.may_write(q)),
        None,
    )


def first_open(step: Step) -> int:
    return next_open(step, 0) or 0


def next_writable(step: Step, after: int) -> int:
    """The first question after ``after`` that may be answered, whether it is or not; 0 if none is left."""
    return next((q.number for q in step.questions[after:] if step.may_write(q)), 0)


def retype(step: Step) -> None:
    """The button "Gõ lại": what was held is dropped, and the whole of the question is asked again."""
    step.set(pending={})
    return_to_question(step)
    step.set(columns=())


def skip(step: Step) -> None:
    """Leave the question for later; it stays in the list of what is missing."""
    _note_unanswered(step)
    if step.session.question == step.document_number:
        proceed_question(step)
        return
    step.set(resume=0)
    go(step, next_open(step, step.session.question) or 0)


def back(step: Step) -> None:
    """One part, or one question, back."""
    if step.session.part > 0:
        go(step, step.session.question, step.session.part - 1)
    elif step.session.question > 1:
        number = step.session.question - 1
        go(step, number, len(step.questions[number - 1].parts) - 1)
    else:
        step.notes.append(texts.first_question())


def return_to_question(step: Step) -> None:
    """Show the question again that the session stands at, or the first open one."""
    if step.at(step.session.question) is None:
        go(step, first_open(step))
    else:
        go(step, step.session.question, step.session.part)


def jump(step: Step) -> None:
    """ "/sua 12", "/sua PL3.2": go there, and come back to the present question afterwards."""
    if not step.argument:
        step.notes.append(texts.jump_help())
        step.fire("contents")
        return
    question = find(step, step.argument)
    if question is not None:
        _detour(step, question)


def _detour(step: Step, question: Question) -> None:
    """Go there and, if the present question is not answered, come back to it afterwards."""
    here = step.at(step.session.question)
    if here is not None and here.number != question.number and not step.is_settled(here):
        step.set(resume=here.number)
    go(step, question.number)


def find(step: Step, typed: str) -> Question | None:
    """The question a person means; if it is none the reply says so, if it is several it offers them."""
    document = step.at(step.document_number)
    found = find_places(step.form, (*step.questions, *((document,) if document else ())), typed)
    if len(found) == 1:
        return found[0]
    if not found:
        step.refuse(texts.no_such_place(typed, len(step.questions)))
        return None
    step.refuse(texts.several_places(typed))
    step.extras += [(f"goto:{q.number}", texts.capital(texts.question_place(step, q))) for q in found[:5]]
    return None


def visit(step: Step) -> None:
    """A button or a number of the contents: go there and on from there."""
    number, _, part = step.argument.partition(":")
    question = step.at(whole(number) or 0) if step.argument else find(step, step.text.strip())
    if question is not None:
        step.set(resume=0)
        go(step, question.number, whole(part))
    elif step.argument:
        step.refuse(texts.no_such_choice())


def open_report(step: Step) -> None:
    """Begin or go on with a report: at the question where the session stands, or the first open one.

    With a prefix ("17:PL3.mttq", as a notice's button carries it) at the first question under it.
    """
    named, _, prefix = step.argument.partition(":")
    card = _chosen(step, named)
    if card is None:
        step.refuse(texts.nothing_due())
        return
    if step.view is not None:
        loose_ends(step)
    if not step.enter(card.report):
        step.refuse(texts.nothing_due())
        return
    step.set(resume=0 if step.report.status is Status.RETURNED else step.session.resume)
    question = step.at(step.session.question)
    if prefix and (under := _under(step, prefix)) is not None:
        go(step, under.number)
    elif question is not None and _unfinished(step, question):
        go(step, question.number, step.session.part)
    else:
        go(step, _first(step))


def _unfinished(step: Step, question: Question) -> bool:
    """Whether to go on where the session stands: it is not answered yet, or it stands in what was returned."""
    if step.report.status is Status.RETURNED:
        return step.may_write(question)
    return not step.is_settled(question) or question.number > len(step.questions)


def _first(step: Step) -> int:
    """Where to begin: at the first question that is open; in a returned report at the first that may be written."""
    return next_writable(step, 0) if step.report.status is Status.RETURNED else first_open(step)


def _under(step: Step, prefix: str) -> Question | None:
    """The first question under a prefix that may be written, else the first one there."""
    found = [question for question in step.questions if covers(prefix, question.field, question.row)]
    return next((question for question in found if step.may_write(question)), next(iter(found), None))


def _chosen(step: Step, named: str) -> Card | None:
    cards = step.world.cards()
    wanted = named or (str(step.session.report) if step.session.report else "")
    chosen = next((card for card in cards if str(card.report) == wanted), None)
    return chosen or (None if named else next(iter(cards), None))


def go_home(step: Step) -> None:
    """The first screen; nothing is deleted and the place in the report is kept."""
    loose_ends(step)
    step.set(misses=0, pending={}, mark=step.session.mark + 1)


def say_what(step: Step) -> None:
    """A text that answers nothing, because no question is open."""
    step.refuse(texts.say_what())


def go_document(step: Step) -> None:
    """ "Thông tin văn bản", and back to where the person was."""
    document = step.at(step.document_number)
    if document is not None:
        _detour(step, document)


def document_before_sending(step: Step) -> None:
    """The same from the summary, and back to the summary."""
    step.set(resume=0)
    go(step, step.document_number)


def go_missing(step: Step) -> None:
    """The first question that is still open."""
    step.set(resume=0)
    go(step, first_open(step))


def mark(step: Step) -> None:
    """Something else is asked now: the buttons of the screen before are stale."""
    step.set(mark=step.session.mark + 1)


def turn_page(step: Step) -> None:
    """Another page of the contents."""
    loose_ends(step)
    step.set(page=whole(step.argument) or 0)


def open_contents(step: Step) -> None:
    """ "/muc": the page that shows the present question. With a place it goes there."""
    if step.argument:
        jump(step)
        return
    loose_ends(step)
    step.set(page=max(0, step.session.question - 1) // texts.CONTENTS_PAGE, mark=step.session.mark + 1)


def is_locked(step: Step) -> bool:
    """Whether the report, or the question stood at, may not be written (sent, accepted, not returned)."""
    question = step.at(step.session.question)
    if question is not None:
        return not step.may_write(question)
    return is_shut(step)


def is_shut(step: Step) -> bool:
    """Whether nothing of the report may be written, wherever the person stood: one returned in part is open."""
    return step.report.status not in OPEN_STATUSES or step.over


def nothing_asked(step: Step) -> bool:
    return step.at(step.session.question) is None


def pass_by(step: Step) -> None:
    """ "Tiếp" at figures that were not given: on to the very next question; this one stays among what is missing."""
    if step.question.part_needed(step.part):
        _note_unanswered(step)
    proceed(step, forward=True)


def _note_unanswered(step: Step) -> None:
    place = texts.place_of(step)
    if step.session.question == step.document_number:
        return
    if touched(step.question, step.answers) and not step.is_settled(step.question):
        step.notes.append(texts.left_unfinished(place))
    elif not step.is_settled(step.question):
        step.notes.append(texts.left_empty(place))


def asks_narrative(step: Step) -> bool:
    return step.part.kind == "narrative"


def asks_items(step: Step) -> bool:
    return step.part.kind in ITEM_KINDS


def asks_cells(step: Step) -> bool:
    return step.part.kind not in {kind.value for kind in LONG}


def lost_ground(step: Step) -> bool:
    """Whether the session cannot go on where it stands.

    Since the last turn the report may have been sent by a colleague, or a list may have become shorter.
    """
    question, item = step.at(step.session.question), step.session.pending.get("item", 1)
    if question is None or step.session.part >= len(question.parts):
        return True
    return not step.may_write(question) or item > max(1, len(entries(step)))


def stand_again(step: Step) -> None:
    """Find new ground: the question without what was held, or the screen that says why it may not be written."""
    question = step.at(step.session.question)
    pending = step.session.pending
    if held := pending.get("texts") or [typed for _, typed, _ in pending.get("parts", ()) if typed]:
        step.notes.append(texts.not_stored(held))
    if question is None or step.session.part >= len(question.parts):
        step.set(question=0, part=0)
    step.set(pending={}, columns=(), mark=step.session.mark + 1)
    step.fire("arrive")


def in_report(step: Step) -> bool:
    """Whether there is a report to act in; at home that is the one that was last open, or the first that is due."""
    if step.view is not None:
        return True
    card = next(iter(step.world.cards()), None)
    return card is not None and step.enter(card.report)
