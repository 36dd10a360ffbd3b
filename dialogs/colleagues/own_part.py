"""What somebody meets who was handed parts of a report and sees nothing else of it (O18).

The view of the report holds only those parts (``ReportView.parts``); here is what is said of the rest: it is a
colleague's, and sending, the papers and the letterhead belong to whoever has the whole report.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.desk import target_picker
from dialogs.forms.answers import DOCUMENT_DATA
from dialogs.forms.prefixes import owns
from dialogs.forms.question_lookup import find_places, whole
from dialogs.forms.questions import Question, questions
from dialogs.reading import fold
from dialogs.texts import places
from dialogs.texts import sharing as sharing_texts
from dialogs.turn import navigation
from dialogs.turn.dialog import Dialog
from dialogs.turn.transitions import ANY, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import TellPartDone
from dialogs.values.findings import ReviewSummary
from dialogs.values.team import Assigned, Team


def _team(turn: TurnState) -> Team:
    return turn.world.team(turn.report.id)


def is_limited(turn: TurnState) -> bool:
    """Whether the person was handed parts of the report and sees nothing else of it."""
    return navigation.in_report(turn) and turn.limited


def names_foreign(turn: TurnState) -> bool:
    """Whether a place that is asked for is in the report but not the person's own."""
    return bool(turn.argument) and is_limited(turn) and _foreign(turn) is not None


def _foreign(turn: TurnState) -> Question | None:
    if find_places(turn.form, turn.questions, turn.argument) or whole(turn.argument.strip()) is not None:
        return None
    every = questions(turn.report.form, turn.report.respondent)
    return next(iter(find_places(turn.report.form, every, turn.argument)), None)


def not_yours(turn: TurnState) -> None:
    """ "/sua PL4" of somebody who was handed PL3: who has it."""
    question = _foreign(turn)
    if question is None:
        turn.refuse(sharing_texts.document_not_yours())
        return
    known = _team(turn).assigned
    names = [each.name for each in known if owns((each.prefix,), question.field, question.row)]
    turn.refuse(sharing_texts.not_yours(places.question_place(turn.form, question), list(dict.fromkeys(names))))


def names_document(turn: TurnState) -> bool:
    """Whether "/sua vb" asks for the letterhead of a report that is not the person's own."""
    return fold(turn.argument).strip() in ("vb", fold(DOCUMENT_DATA)) and is_limited(turn)


def document_not_yours(turn: TurnState) -> None:
    """ "Thông tin văn bản" belongs to those who have the whole report."""
    turn.refuse(sharing_texts.document_not_yours())


def papers_not_yours(turn: TurnState) -> None:
    """ "/tailieu": the paper is of the whole report."""
    turn.refuse(sharing_texts.papers_not_yours(_senders(turn)))


def fetches_whole(turn: TurnState) -> bool:
    """Whether "/baocao" means a report of which only parts are the person's own."""
    row = target_picker.target(turn)
    view = turn.world.report(row.report) if row is not None else None
    return view is not None and view.parts is not None


def whole_not_yours(turn: TurnState) -> None:
    """Refuse "/baocao" of the whole report to whoever has parts of it; the errand ends."""
    row = target_picker.target(turn)
    if row is not None:
        turn.enter(row.report)
    turn.set(kept=None, mark=turn.session.mark + 1)
    papers_not_yours(turn)


def sending_not_yours(turn: TurnState) -> None:
    """ "Gửi": who does."""
    turn.refuse(sharing_texts.who_sends(_senders(turn)))


def _senders(turn: TurnState) -> list[str]:
    found = _team(turn).senders()
    leads = [each.name for each in found if each.leads]
    return leads or [each.name for each in found[:3]]


def review_text(turn: TurnState, found: ReviewSummary, warnings: Sequence[str]) -> str:
    """The summary of the own parts."""
    prefixes = turn.report.parts or ()
    lines = [sharing_texts.own_part(turn.report.unit.name, [places.part_name(turn.form, each) for each in prefixes])]
    lines.append(sharing_texts.part_progress(found.answered, found.total))
    if found.missing:
        lines.append(sharing_texts.still_empty([places.question_place(turn.form, each) for each in found.missing]))
    lines += warnings
    told = _told_at(turn)
    lines += [sharing_texts.told_already(told)] if told else []
    return "\n".join([*lines, sharing_texts.who_sends(_senders(turn))])


def review_choices(turn: TurnState) -> list[tuple[str, str]]:
    """In place of "Gửi"."""
    return [("share_tell", sharing_texts.TELL_DONE)] if may_tell_done(turn) else []


def _mine(turn: TurnState) -> list[Assigned]:
    return [each for each in _team(turn).assigned if each.person == turn.world.person.id]


def _told_at(turn: TurnState) -> str:
    """When the person said that all of it is done; '' if never, or if something was written since."""
    told = [each.done_at for each in _mine(turn)]
    moments = [each for each in told if each is not None]
    written = [answer.at for answer in turn.answers.values() if answer.at is not None]
    if not moments or len(moments) < len(told) or any(at > min(moments) for at in written):
        return ""
    return sharing_texts.short_moment(max(moments), turn.world.zone)


def may_tell_done(turn: TurnState) -> bool:
    """Whether all of the person's parts are answered, and nobody was told so yet."""
    done, total = turn.progress()
    said = any(isinstance(effect, TellPartDone) for effect in turn.effects)
    return turn.limited and done == total and not _told_at(turn) and not said


def tell_done(turn: TurnState) -> None:
    """The button "Báo đã xong phần việc"."""
    turn.effects.append(TellPartDone(turn.report.id))
    turn.notes.append(sharing_texts.told_done())
    turn.set(mark=turn.session.mark + 1)


def not_done(turn: TurnState) -> None:
    """It was told already, or something is missing."""
    told = _told_at(turn)
    turn.refuse(sharing_texts.told_already(told) if told else sharing_texts.not_done_yet(*turn.progress()))


DIALOG = Dialog(
    "own_part",
    table=(
        Transition("send", ("reviewing", "warned"), None, is_limited, sending_not_yours),
        Transition("papers", ANY, None, is_limited, papers_not_yours),
        Transition("report_here", "choosing", "home", fetches_whole, whole_not_yours),
        Transition("document", ANY, None, is_limited, document_not_yours),
        Transition("jump", ANY, None, names_document, document_not_yours),
        Transition("jump", ANY, None, names_foreign, not_yours),
        Transition("look", ANY, None, names_foreign, not_yours),
        Transition("contents", ANY, None, names_foreign, not_yours),
        Transition("share_tell", "reviewing", None, may_tell_done, tell_done),
        Transition("share_tell", "reviewing", None, is_limited, not_done),
    ),
    steady=("share_tell",),
)
