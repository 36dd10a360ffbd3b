"""Handing a report back: the whole or a part, with a comment that reaches its author (C17)."""

from __future__ import annotations

from dialogs import texts as t
from dialogs.desk import target_picker
from dialogs.desk.desk_commands import ERRANDS
from dialogs.forms.parts import find_part, part_name, sections
from dialogs.reading import clean
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import ReturnReport
from dialogs.values.world import ReportView

MAX_COMMENT = 2_000
"""Characters of a comment: it is shown whole, above the question it is about."""


def may(step: Step) -> bool:
    return target_picker.reaches(step, "return")


def begin(step: Step) -> None:
    """ "/tralai Xã An Bình", "/tralai Xã An Bình: còn thiếu số liệu" (the whole report, to be confirmed)."""
    step.argument, colon, comment = step.argument.partition(":")
    target_picker.seek(step, "return")
    if colon and step.state == "returning":
        step.set(pending={**step.session.pending, "prefix": ""})
        _take_comment(step, comment)
    elif comment.strip():
        step.notes.append(t.comment_not_sent(clean(comment).strip()))


def show(step: Step) -> None:
    """Note how the report stands: whoever decides meanwhile is told of before anything is returned."""
    step.set(pending={**step.session.pending, "seen": _standing(step)})


def _standing(step: Step) -> list[object]:
    row = target_picker.target(step)
    return [row.status.value, row.sending] if row else []


def _paper(step: Step) -> ReportView | None:
    return step.world.desk.paper(int(step.session.pending["report"]), ERRANDS["return"].right)


def choose_part(step: Step) -> None:
    """A button of a part, or what was typed."""
    paper = _paper(step)
    if paper is None:
        step.refuse(t.no_longer_yours())
        return
    prefix = step.argument
    if prefix and prefix not in sections(paper.form, paper.questions):
        prefix = next(iter(find_part(paper.form, paper.questions, prefix)), "")
        if not prefix:
            step.refuse(t.no_such_choice())
            return
    _ask_comment(step, prefix)


def say_part(step: Step) -> None:
    paper = _paper(step)
    typed = step.text.strip()
    if paper is None:
        step.refuse(t.no_longer_yours())
        return
    found = find_part(paper.form, paper.questions, typed)
    if len(found) == 1:
        _ask_comment(step, found[0])
    elif found:
        step.body = t.several_parts(typed)
        step.offers += [(f"part:{each}", t.capital(part_name(paper.form, each))) for each in found]
    else:
        step.refuse(t.no_such_part(typed))


def _ask_comment(step: Step, prefix: str) -> None:
    step.set(pending={**step.session.pending, "prefix": prefix}, mark=step.session.mark + 1)
    step.fire("part_known")


def say_comment(step: Step) -> None:
    _take_comment(step, step.text)


def _take_comment(step: Step, typed: str) -> None:
    comment = clean(typed).strip()
    if not comment:
        step.refuse(t.empty_message())
    elif len(comment) > MAX_COMMENT:
        step.refuse(t.comment_too_long(len(comment), MAX_COMMENT))
    else:
        held = {"kind": "held", "texts": [comment], "comment": comment}
        step.set(pending={**step.session.pending, **held}, mark=step.session.mark + 1)
        step.fire("comment_known")


def confirm(step: Step) -> None:
    """ "Trả lại": if somebody decided or sent meanwhile that is told first, with the report's row held."""
    pending, part, seen = step.session.pending, _named_part(step), _standing(step)
    step.set(mark=step.session.mark + 1)
    if seen != pending["seen"]:
        step.refuse(t.decided_meanwhile(pending["unit"], step.world.desk.decided(pending["report"]), step.world.zone))
        step.set(pending={**pending, "seen": seen})
        if seen[0] not in ERRANDS["return"].statuses:
            target_picker.give_up(step)
            step.fire("decided")
        return
    step.effects.append(ReturnReport(pending["report"], pending["prefix"], pending["comment"]))
    step.set(pending={})
    step.body = t.returned_done(pending["unit"], part)
    step.offers.append((f"return:#{pending['report']}", t.RETURN_MORE))
    step.fire("decided")


def _named_part(step: Step) -> str:
    paper = _paper(step)
    return part_name(paper.form, step.session.pending["prefix"]) if paper else ""


def returning(step: Step) -> Screen:
    row, paper = target_picker.target(step), _paper(step)
    if row is None or paper is None:
        return Screen(t.not_for_you())
    parts = sections(paper.form, paper.questions)
    choices = [("part:", t.WHOLE)]
    if not step.offers:
        choices += [(f"part:{key}", t.capital(part_name(paper.form, key))) for key in parts]
    return Screen(t.which_part_to_return(row), (*choices, ("cancel", t.DO_NOTHING)))


def return_comment(step: Step) -> Screen:
    asked = t.ask_comment(step.session.pending["unit"], _named_part(step))
    return Screen(asked, (("back", t.BACK), ("cancel", t.DO_NOTHING)))


def return_confirm(step: Step) -> Screen:
    pending = step.session.pending
    rest = t.REST_STAYS_LOCKED if pending["prefix"] else ""
    asked = t.confirm_return(pending["unit"], _named_part(step), pending["comment"], rest)
    return Screen(asked, (("confirm", t.RETURN), ("back", t.MEND_COMMENT), ("cancel", t.DO_NOTHING)))


STATES = {
    "returning": "which part of a report is to be handed back",
    "return_comment": "what its authors are told",
    "return_confirm": "the part and the comment are shown to be confirmed",
}
INNER = ("returning", "return_comment", "return_confirm")
TABLE = (
    Row("return", ANY, "choosing", may, begin),
    Row("return", ANY, None, None, target_picker.refuse),
    Row("return_here", "choosing", "returning", None, show),
    Row("part", "returning", None, None, choose_part),
    Row("say", "returning", None, None, say_part),
    Row("part_known", "returning", "return_comment"),
    Row("say", "return_comment", None, None, say_comment),
    Row("comment_known", ("returning", "return_comment"), "return_confirm"),
    Row("say", "return_confirm", None, None, say_comment),
    Row("comment_known", "return_confirm", None),
    Row("confirm", "return_confirm", None, None, confirm),
    Row("decided", "return_confirm", "home"),
    Row("back", "return_confirm", "return_comment", None, None),
    Row("back", "return_comment", "returning", None, None),
    Row("check", INNER, "home", target_picker.lost, target_picker.end_lost),
    Row("cancel", INNER, "home", None, target_picker.give_up),
)
SCREENS = {"returning": returning, "return_comment": return_comment, "return_confirm": return_confirm}
