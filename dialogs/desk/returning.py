"""Handing a report back: the whole or a part, with a comment that reaches its author (C17)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.desk import target_picker
from dialogs.desk.target_picker import Standing, Target
from dialogs.forms.parts import find_part, sections
from dialogs.reading import clean
from dialogs.texts import desk as desk_texts
from dialogs.texts import labels, places, refusals
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.errand import SENT_ONCE, Errand
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import ReturnReport
from dialogs.values.report_view import ReportView
from dialogs.values.rights import Right

MAX_COMMENT = 2_000
"""Characters of a comment: it is shown whole, above the question it is about."""

RETURN = Errand("return", desk_texts.TO_RETURN, Right.REPORT_RETURN, "return_here", SENT_ONCE)


@dataclass(frozen=True, slots=True)
class Returning(Target):
    """The part that is handed back ('': the whole) and why."""

    kind = "return"
    seen: Standing = ()
    prefix: str = ""
    comment: str = ""

    @property
    def typed(self) -> tuple[str, ...]:
        return (self.comment,) if self.comment else ()


def may(turn: TurnState) -> bool:
    return target_picker.reaches(turn, RETURN)


def begin(turn: TurnState) -> None:
    """ "/tralai Xã An Bình", "/tralai Xã An Bình: còn thiếu số liệu" (the whole report, to be confirmed)."""
    turn.argument, colon, comment = turn.argument.partition(":")
    target_picker.seek(turn, RETURN)
    if colon and turn.state == "returning":
        turn.set(kept=replace(turn.kept(Returning), prefix=""))
        _take_comment(turn, comment)
    elif comment.strip():
        turn.notes.append(desk_texts.comment_not_sent(clean(comment).strip()))


def show(turn: TurnState) -> None:
    """Note how the report stands: whoever decides meanwhile is told of before anything is returned."""
    turn.set(kept=Returning(*turn.kept(Target).aim, seen=_standing(turn)))


def _standing(turn: TurnState) -> Standing:
    row = target_picker.target(turn)
    return (row.status.value, row.sending) if row else ()


def _paper(turn: TurnState) -> ReportView | None:
    return turn.world.desk.paper(turn.kept(Returning).report, RETURN.right)


def choose_part(turn: TurnState) -> None:
    """A button of a part, or what was typed."""
    paper = _paper(turn)
    if paper is None:
        turn.refuse(desk_texts.no_longer_yours())
        return
    prefix = turn.argument
    if prefix and prefix not in sections(paper.form, paper.questions):
        prefix = next(iter(find_part(paper.form, paper.questions, prefix)), "")
        if not prefix:
            turn.refuse(refusals.no_such_choice())
            return
    _ask_comment(turn, prefix)


def say_part(turn: TurnState) -> None:
    paper = _paper(turn)
    typed = turn.text.strip()
    if paper is None:
        turn.refuse(desk_texts.no_longer_yours())
        return
    found = find_part(paper.form, paper.questions, typed)
    if len(found) == 1:
        _ask_comment(turn, found[0])
    elif found:
        turn.body = desk_texts.several_parts(typed)
        turn.offers += [(f"part:{each}", places.capital(places.part_name(paper.form, each))) for each in found]
    else:
        turn.refuse(desk_texts.no_such_part(typed))


def _ask_comment(turn: TurnState, prefix: str) -> None:
    turn.set(kept=replace(turn.kept(Returning), prefix=prefix), mark=turn.session.mark + 1)
    turn.fire("part_known")


def say_comment(turn: TurnState) -> None:
    _take_comment(turn, turn.text)


def _take_comment(turn: TurnState, typed: str) -> None:
    comment = clean(typed).strip()
    if not comment:
        turn.refuse(refusals.empty_message())
    elif len(comment) > MAX_COMMENT:
        turn.refuse(desk_texts.comment_too_long(len(comment), MAX_COMMENT))
    else:
        turn.set(kept=replace(turn.kept(Returning), comment=comment), mark=turn.session.mark + 1)
        turn.fire("comment_known")


def confirm(turn: TurnState) -> None:
    """ "Trả lại": if somebody decided or sent meanwhile that is told first, with the report's row held."""
    known, part, seen = turn.kept(Returning), _named_part(turn), _standing(turn)
    turn.set(mark=turn.session.mark + 1)
    if seen != known.seen:
        turn.refuse(desk_texts.decided_meanwhile(known.unit, turn.world.desk.decided(known.report), turn.world.zone))
        turn.set(kept=replace(known, seen=seen))
        if seen[0] not in RETURN.statuses:
            target_picker.give_up(turn)
            turn.fire("decided")
        return
    turn.effects.append(ReturnReport(known.report, known.prefix, known.comment))
    turn.set(kept=None)
    turn.body = desk_texts.returned_done(known.unit, part)
    turn.offers.append((f"return:#{known.report}", desk_texts.RETURN_MORE))
    turn.fire("decided")


def _named_part(turn: TurnState) -> str:
    paper = _paper(turn)
    return places.part_name(paper.form, turn.kept(Returning).prefix) if paper else ""


def returning(turn: TurnState) -> Screen:
    row, paper = target_picker.target(turn), _paper(turn)
    if row is None or paper is None:
        return Screen(desk_texts.not_for_you())
    parts = sections(paper.form, paper.questions)
    choices = [("part:", desk_texts.WHOLE)]
    if not turn.offers:
        choices += [(f"part:{key}", places.capital(places.part_name(paper.form, key))) for key in parts]
    return Screen(desk_texts.which_part_to_return(row), (*choices, ("cancel", desk_texts.DO_NOTHING)))


def return_comment(turn: TurnState) -> Screen:
    asked = desk_texts.ask_comment(turn.kept(Returning).unit, _named_part(turn))
    return Screen(asked, (("back", labels.BACK), ("cancel", desk_texts.DO_NOTHING)))


def return_confirm(turn: TurnState) -> Screen:
    known = turn.kept(Returning)
    rest = desk_texts.REST_STAYS_LOCKED if known.prefix else ""
    asked = desk_texts.confirm_return(known.unit, _named_part(turn), known.comment, rest)
    return Screen(
        asked, (("confirm", desk_texts.RETURN), ("back", desk_texts.MEND_COMMENT), ("cancel", desk_texts.DO_NOTHING))
    )


HERE = ("returning", "return_comment", "return_confirm")
DIALOG = Dialog(
    "returning",
    states=(
        DialogState("returning", "which part of a report is to be handed back", returning, lettered=True),
        DialogState("return_comment", "what its authors are told", return_comment, lettered=True),
        DialogState("return_confirm", "the part and the comment are shown to be confirmed", return_confirm),
    ),
    table=(
        Transition("return", ANY, "choosing", may, begin),
        Transition("return", ANY, None, None, target_picker.refuse),
        Transition("return_here", "choosing", "returning", None, show),
        Transition("part", "returning", None, None, choose_part),
        Transition("say", "returning", None, None, say_part),
        Transition("part_known", "returning", "return_comment"),
        Transition("say", "return_comment", None, None, say_comment),
        Transition("comment_known", ("returning", "return_comment"), "return_confirm"),
        Transition("say", "return_confirm", None, None, say_comment),
        Transition("comment_known", "return_confirm", None),
        Transition("confirm", "return_confirm", None, None, confirm),
        Transition("decided", "return_confirm", "home"),
        Transition("back", "return_confirm", "return_comment", None, None),
        Transition("back", "return_comment", "returning", None, None),
        Transition("check", HERE, "home", target_picker.lost, target_picker.end_lost),
        Transition("cancel", HERE, "home", None, target_picker.give_up),
    ),
    inner=("return_here", "part_known", "comment_known", "decided"),
    anywhere=("return",),
    keeps=(Returning,),
    errands=(RETURN,),
    commands=(
        TypedCommand("return", ("tralai",), desk_texts.MENU_RETURN, 180, Right.REPORT_RETURN, takes=Takes.ANYTHING),
    ),
)
