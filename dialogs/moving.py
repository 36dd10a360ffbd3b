"""Getting about: to a question, to the next one that is open, back, and home."""

from __future__ import annotations

from dialogs import texts
from dialogs.effects import OpenReport
from dialogs.form import LONG
from dialogs.pieces import loose_ends
from dialogs.places import find_place
from dialogs.questions import Question
from dialogs.step import ITEM_KINDS, Step
from dialogs.world import Card, Status


def go(step: Step, number: int, part: int = 0) -> None:
    """Stand at a question (0: none is left) and let the table decide which dialog asks it."""
    if step.session.question and step.session.pending:
        loose_ends(step)
    question = step.at(number)
    step.set(
        question=number if question else 0,
        part=part if question and part < len(question.parts) else 0,
        columns=(),
        pending={},
        misses=0,
        mark=step.session.mark + 1,
    )
    if question:
        _open(step)
        _resume_row(step)
    step.fire(step, "arrive")


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
    resume, here = step.session.resume, step.session.question
    if resume and resume != here:
        step.set(resume=0)
        go(step, resume)
    elif forward and here < len(step.questions):
        go(step, here + 1)
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


def skip(step: Step) -> None:
    """Leave the question for later; it stays in the list of what is missing."""
    if not step.is_settled(step.question):
        step.notes.append(texts.left_empty(texts.place_of(step)))
    step.set(resume=0)
    number = step.session.question
    go(step, next_open(step, number) or 0)


def back(step: Step) -> None:
    """One part, or one question, back."""
    if step.session.part > 0:
        go(step, step.session.question, step.session.part - 1)
    elif step.session.question > 1:
        go(step, step.session.question - 1)
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
        step.fire(step, "contents")
        return
    question = find_place(step.form, (*step.questions, *_document(step)), step.argument)
    if question is None:
        step.refuse(texts.no_such_place(step.argument, len(step.questions)))
        return
    here = step.at(step.session.question)
    if here is not None and here.number != question.number and not step.is_settled(here):
        step.set(resume=here.number)
    go(step, question.number)


def _document(step: Step) -> tuple[Question, ...]:
    question = step.at(step.document_number)
    return (question,) if question else ()


def visit(step: Step) -> None:
    """A button or a number of the contents: go there and on from there."""
    words = (step.argument or step.text).strip().rstrip(".").split(":")
    if not all(word.isdecimal() for word in words) or step.at(int(words[0])) is None:
        step.refuse(texts.no_such_place(words[0], len(step.questions)))
        return
    step.set(resume=0)
    go(step, int(words[0]), int(words[1]) if len(words) > 1 else 0)


def open_report(step: Step) -> None:
    """Begin or go on with a report: at the question where the session stands, or the first open one."""
    card = _chosen(step)
    if card is None or not step.enter(card.report):
        step.refuse(texts.nothing_due())
        return
    question = step.at(step.session.question)
    if question is None or (step.is_settled(question) and question.number <= len(step.questions)):
        go(step, first_open(step))
    else:
        go(step, question.number, step.session.part)


def _chosen(step: Step) -> Card | None:
    cards = step.world.cards()
    wanted = step.argument or (str(step.session.report) if step.session.report else "")
    chosen = next((card for card in cards if str(card.report) == wanted), None)
    return chosen or (None if step.argument else next(iter(cards), None))


def go_home(step: Step) -> None:
    """The first screen; nothing is deleted and the place in the report is kept."""
    if step.view is not None:
        loose_ends(step)
    step.set(misses=0, pending={}, mark=step.session.mark + 1)


def say_what(step: Step) -> None:
    """A text that answers nothing, because no question is open."""
    step.refuse(texts.say_what())


def go_document(step: Step) -> None:
    """ "Thông tin văn bản"."""
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
    step.set(page=int(step.argument) if step.argument.isdecimal() else 0)


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
    return step.report.status in (Status.SENT, Status.ACCEPTED)


def nothing_asked(step: Step) -> bool:
    return step.at(step.session.question) is None


def pass_by(step: Step) -> None:
    """ "Tiếp" at figures that were not given: on to the very next question; this one stays among what is missing."""
    if not step.is_settled(step.question):
        step.notes.append(texts.left_empty(texts.place_of(step)))
    proceed(step, forward=True)


def asks_narrative(step: Step) -> bool:
    return step.part.kind == "narrative"


def asks_items(step: Step) -> bool:
    return step.part.kind in ITEM_KINDS


def asks_cells(step: Step) -> bool:
    return step.part.kind not in {kind.value for kind in LONG}


def in_report(step: Step) -> bool:
    """Whether there is a report to act in; at home that is the one that was last open, or the first that is due."""
    if step.view is not None:
        return True
    card = next(iter(step.world.cards()), None)
    return card is not None and step.enter(card.report)
