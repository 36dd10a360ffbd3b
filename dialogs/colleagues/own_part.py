"""What somebody meets who was handed parts of a report and sees nothing else of it (O18).

The view of the report holds only those parts (``ReportView.parts``); here is what is said of the rest: it is a
colleague's, and sending, the papers and the letterhead belong to whoever has the whole report.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import texts
from dialogs.answering.review import Summary
from dialogs.desk import target_picker
from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.forms.parts import part_name
from dialogs.forms.question_lookup import find_places, whole
from dialogs.forms.questions import Question, questions
from dialogs.reading import fold
from dialogs.turn import navigation
from dialogs.turn.transitions import ANY, Row
from dialogs.turn.turn_state import Step, owns
from dialogs.values.decisions import TellPartDone
from dialogs.values.team import Assigned, Team


def _team(step: Step) -> Team:
    return step.world.team(step.report.id)


def is_limited(step: Step) -> bool:
    """Whether the person was handed parts of the report and sees nothing else of it."""
    return navigation.in_report(step) and step.limited


def names_foreign(step: Step) -> bool:
    """Whether a place that is asked for is in the report but not the person's own."""
    return bool(step.argument) and is_limited(step) and _foreign(step) is not None


def _foreign(step: Step) -> Question | None:
    if find_places(step.form, step.questions, step.argument) or whole(step.argument.strip()) is not None:
        return None
    every = questions(step.report.form, step.report.respondent)
    return next(iter(find_places(step.report.form, every, step.argument)), None)


def not_yours(step: Step) -> None:
    """ "/sua PL4" of somebody who was handed PL3: who has it."""
    question = _foreign(step)
    if question is None:
        step.refuse(texts.document_not_yours())
        return
    known = _team(step).assigned
    names = [each.name for each in known if owns((each.prefix,), question.field, question.row)]
    step.refuse(texts.not_yours(texts.question_place(step, question), list(dict.fromkeys(names))))


def names_document(step: Step) -> bool:
    """Whether "/sua vb" asks for the letterhead of a report that is not the person's own."""
    return fold(step.argument).strip() in ("vb", fold(DOCUMENT_DATA)) and is_limited(step)


def document_not_yours(step: Step) -> None:
    """ "Thông tin văn bản" belongs to those who have the whole report."""
    step.refuse(texts.document_not_yours())


def papers_not_yours(step: Step) -> None:
    """ "/tailieu": the paper is of the whole report."""
    step.refuse(texts.papers_not_yours(_senders(step)))


def fetches_whole(step: Step) -> bool:
    """Whether "/baocao" means a report of which only parts are the person's own."""
    row = target_picker.target(step)
    view = step.world.report(row.report) if row is not None else None
    return view is not None and view.parts is not None


def whole_not_yours(step: Step) -> None:
    """The same as for "/tailieu"; the errand ends."""
    row = target_picker.target(step)
    if row is not None:
        step.enter(row.report)
    step.set(pending={}, mark=step.session.mark + 1)
    papers_not_yours(step)


def sending_not_yours(step: Step) -> None:
    """ "Gửi": who does."""
    step.refuse(texts.who_sends(_senders(step)))


def _senders(step: Step) -> list[str]:
    found = _team(step).senders()
    leads = [each.name for each in found if each.leads]
    return leads or [each.name for each in found[:3]]


def review_text(step: Step, found: Summary, warnings: Sequence[str]) -> str:
    """The summary of the own parts."""
    prefixes = step.report.parts or ()
    lines = [texts.own_part(step.report.unit.name, [part_name(step.form, each) for each in prefixes])]
    lines.append(texts.part_progress(found.answered, found.total))
    if found.missing:
        lines.append(texts.still_empty([texts.question_place(step, each) for each in found.missing]))
    lines += warnings
    told = _told_at(step)
    lines += [texts.told_already(told)] if told else []
    return "\n".join([*lines, texts.who_sends(_senders(step))])


def review_choices(step: Step) -> list[tuple[str, str]]:
    """In place of "Gửi"."""
    return [("share_tell", texts.TELL_DONE)] if may_tell_done(step) else []


def _mine(step: Step) -> list[Assigned]:
    return [each for each in _team(step).assigned if each.person == step.world.person.id]


def _told_at(step: Step) -> str:
    """When the person said that all of it is done; '' if never, or if something was written since."""
    told = [each.done_at for each in _mine(step)]
    moments = [each for each in told if each is not None]
    written = [answer.at for answer in step.answers.values() if answer.at is not None]
    if not moments or len(moments) < len(told) or any(at > min(moments) for at in written):
        return ""
    return texts.short_moment(step, max(moments))


def may_tell_done(step: Step) -> bool:
    """Whether all of the person's parts are answered, and nobody was told so yet."""
    done, total = step.progress()
    said = any(isinstance(effect, TellPartDone) for effect in step.effects)
    return step.limited and done == total and not _told_at(step) and not said


def tell_done(step: Step) -> None:
    """The button "Báo đã xong phần việc"."""
    step.effects.append(TellPartDone(step.report.id))
    step.notes.append(texts.told_done())
    step.set(mark=step.session.mark + 1)


def not_done(step: Step) -> None:
    """It was told already, or something is missing."""
    told = _told_at(step)
    step.refuse(texts.told_already(told) if told else texts.not_done_yet(*step.progress()))


TABLE: tuple[Row, ...] = (
    Row("send", ("reviewing", "warned"), None, is_limited, sending_not_yours),
    Row("papers", ANY, None, is_limited, papers_not_yours),
    Row("report_here", "choosing", "home", fetches_whole, whole_not_yours),
    Row("document", ANY, None, is_limited, document_not_yours),
    Row("jump", ANY, None, names_document, document_not_yours),
    Row("jump", ANY, None, names_foreign, not_yours),
    Row("look", ANY, None, names_foreign, not_yours),
    Row("contents", ANY, None, names_foreign, not_yours),
    Row("share_tell", "reviewing", None, may_tell_done, tell_done),
    Row("share_tell", "reviewing", None, is_limited, not_done),
)
