"""Opening a sent report for correction until a moment, closing it as it was sent, answering a unit's wish for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dialogs.desk import target_picker
from dialogs.desk.last_days import read_last_day
from dialogs.desk.target_picker import Standing, Target
from dialogs.forms.question_lookup import whole
from dialogs.reading import clean
from dialogs.texts import deadlines as deadlines_texts
from dialogs.texts import desk as desk_texts
from dialogs.texts import places, refusals
from dialogs.texts import workflow as workflow_texts
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.errand import SENT_ONCE, Errand
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.navigation import mark
from dialogs.turn.reasons import read_reason
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.deadlines import last_moment
from dialogs.values.decisions import RefuseCorrection, ReopenReport, UndoReopening
from dialogs.values.desk_world import ReportRow
from dialogs.values.rights import Right
from dialogs.values.status import Status

OFFERS = {"0": workflow_texts.UNTIL_TODAY, "1": workflow_texts.UNTIL_TOMORROW, "3": workflow_texts.UNTIL_THREE}
"""Days from today to the end of which a report may be opened, by button."""

WEEK = timedelta(days=7)
"""How far from today the example of a day is."""

REOPEN = Errand("reopen", workflow_texts.TO_REOPEN, Right.REPORT_REOPEN, "reopen_here", SENT_ONCE)
DENY = Errand("deny", workflow_texts.TO_DENY, Right.REPORT_REOPEN, "deny_here")


@dataclass(frozen=True, slots=True)
class Reopening(Target):
    """Why a report is opened; ``own``: the reason was typed here, else it is the unit's or the one before."""

    kind = "reopen"
    seen: Standing = ()
    reason: str = ""
    own: bool = False

    @property
    def typed(self) -> tuple[str, ...]:
        return (self.reason,) if self.own else ()


@dataclass(frozen=True, slots=True)
class Denying(Target):
    """What is answered to a unit that may not correct its report."""

    kind = "deny"
    comment: str = ""


def may(turn: TurnState) -> bool:
    return target_picker.reaches(turn, REOPEN)


def begin(turn: TurnState) -> None:
    """ "/molai Xã An Bình", "/molai Xã An Bình: nhầm số liệu phụ lục 3"; a button names its report."""
    turn.argument, _, reason = turn.argument.partition(":")
    target_picker.seek(turn, REOPEN)
    if reason.strip() and turn.state in ("reopen_reason", "reopen_until"):
        _take_reason(turn, reason)
    elif reason.strip():
        turn.notes.append(workflow_texts.not_sent_yet(clean(reason).strip()))


def grant(turn: TurnState) -> None:
    """ "Cho sửa": the same, with the unit's own words as the reason; only the end is asked."""
    report = turn.argument
    turn.argument = f"{target_picker.BY_ID}{report}"
    target_picker.seek(turn, REOPEN)
    if turn.state == "reopen_until":
        _note_decided(turn, target_picker.target(turn))
    if turn.state != "reopen_reason":
        return
    wish = turn.world.course(whole(report) or 0).correction
    if wish is None or wish.granted is not None:
        _note_decided(turn, target_picker.target(turn))
        _too_late(turn, workflow_texts.no_wish(turn.kept(Target).unit))
    else:
        turn.set(kept=replace(turn.kept(Reopening), reason=wish.reason))
        turn.fire("reason_known")


def deny(turn: TurnState) -> None:
    """ "Không cho sửa": what is answered to the unit is asked."""
    turn.argument = f"{target_picker.BY_ID}{turn.argument}"
    target_picker.seek(turn, DENY)


def show(turn: TurnState) -> None:
    """Note how the report stands: whoever decides meanwhile is told of, and nothing is decided twice."""
    turn.set(kept=Reopening(*turn.kept(Target).aim, seen=_standing(turn)), mark=turn.session.mark + 1)


def _standing(turn: TurnState) -> Standing:
    row = target_picker.target(turn)
    until = turn.world.course(row.report).reopened_until if row else None
    return (row.status.value, row.sending, until.isoformat() if until else "") if row else ()


def is_reopened(turn: TurnState) -> bool:
    return turn.world.course(turn.kept(Target).report).reopened_until is not None


def is_open(turn: TurnState) -> bool:
    """Whether the unit may write without a reopening: the report was handed back."""
    row = target_picker.target(turn)
    return row is not None and row.status is Status.RETURNED and not is_reopened(turn)


def refuse_open(turn: TurnState) -> None:
    turn.refuse(workflow_texts.is_returned(turn.kept(Target).unit))
    target_picker.give_up(turn)


def show_reopened(turn: TurnState) -> None:
    """A report that is open already gets another end; its reason stays unless it is changed."""
    show(turn)
    course = turn.world.course(turn.kept(Target).report)
    turn.set(kept=replace(turn.kept(Reopening), reason=course.reopen_reason))
    turn.notes.append(workflow_texts.reopened_already(course.reopened_until, turn.world.zone))


def say_reason(turn: TurnState) -> None:
    _take_reason(turn, turn.text)


def _take_reason(turn: TurnState, typed: str) -> None:
    reason = read_reason(turn, typed)
    if reason:
        turn.set(kept=replace(turn.kept(Reopening), reason=reason, own=True), mark=turn.session.mark + 1)
        turn.fire("reason_known")


def say_day(turn: TurnState) -> None:
    """The last day on which the unit may correct, as typed."""
    today = _today(turn)
    found = read_last_day(turn.text, today)
    last = found.last(counts=False)
    if last is None:
        turn.refuse(found.refused)
    elif found.ask:
        turn.body = found.ask
        turn.offers.append((f"until:{last.isoformat()}", places.capital(deadlines_texts.day_words(last))))
    else:
        _open_until(turn, last_moment(last, turn.world.zone))


def choose_until(turn: TurnState) -> None:
    """A button: so many days from today, or a day that was asked back."""
    today = _today(turn)
    if turn.argument in OFFERS:
        _open_until(turn, last_moment(today + timedelta(days=int(turn.argument)), turn.world.zone))
        return
    found = read_last_day(turn.argument, today)
    if found.day is None or found.ask:
        turn.refuse(refusals.no_such_choice())
    else:
        _open_until(turn, last_moment(found.day, turn.world.zone))


def _today(turn: TurnState) -> date:
    return turn.world.now.astimezone(turn.world.zone).date()


def _open_until(turn: TurnState, until: datetime) -> None:
    known, zone = turn.kept(Reopening), turn.world.zone
    row = target_picker.target(turn)
    if until <= turn.world.now:
        turn.refuse(workflow_texts.until_past(until, zone))
    elif row is None or _standing(turn) != known.seen:
        _decided_meanwhile(turn, row)
    else:
        turn.effects.append(ReopenReport(row.report, known.reason, until, workflow_texts.until_words(until, zone)))
        turn.body = workflow_texts.reopened_done(row.name, until, zone)
        turn.offers.append((f"undo_reopening:{row.report}", workflow_texts.UNDO_REOPENING))
        turn.set(kept=None, mark=turn.session.mark + 1)
        turn.fire("decided")


def _decided_meanwhile(turn: TurnState, row: ReportRow | None) -> None:
    unit = turn.kept(Target).unit
    decided = turn.world.desk.decided(row.report) if row else None
    why = desk_texts.decided_meanwhile(unit, decided, turn.world.zone) if row else desk_texts.no_longer_yours()
    _too_late(turn, why)


def _note_decided(turn: TurnState, row: ReportRow | None) -> None:
    """Who decided last, and when."""
    decided = turn.world.desk.decided(row.report) if row else None
    if row is not None and decided is not None:
        turn.notes.append(desk_texts.decided_meanwhile(row.name, decided, turn.world.zone))


def _too_late(turn: TurnState, why: str) -> None:
    """Nothing is decided; a reason that was typed is said to be unsent."""
    turn.refuse(why)
    target_picker.give_up(turn)
    turn.fire("decided")


def undo(turn: TurnState) -> None:
    """ "Hủy mở lại": the report is again as it was sent."""
    report = whole(turn.argument) or 0
    loose_ends(turn)
    turn.set(kept=None, misses=0, mark=turn.session.mark + 1)
    row = turn.world.desk.report(report, Right.REPORT_REOPEN)
    if row is None:
        turn.refuse(desk_texts.no_longer_yours())
    elif turn.world.course(report).reopened_until is None:
        turn.refuse(workflow_texts.not_reopened(row.name))
        _note_decided(turn, row)
    else:
        turn.effects.append(UndoReopening(report))
        turn.body = workflow_texts.undone(row.name)
        turn.offers.append((f"reopen:{target_picker.BY_ID}{report}", workflow_texts.REOPEN_AGAIN))


def has_no_wish(turn: TurnState) -> bool:
    return not turn.world.course(turn.kept(Target).report).waits


def show_wish(turn: TurnState) -> None:
    turn.set(kept=Denying(*turn.kept(Target).aim), mark=turn.session.mark + 1)


def refuse_denying(turn: TurnState) -> None:
    _note_decided(turn, target_picker.target(turn))
    turn.refuse(workflow_texts.no_wish(turn.kept(Target).unit))
    target_picker.give_up(turn)


def say_comment(turn: TurnState) -> None:
    """What is answered to the unit; its wish is settled with it."""
    comment = read_reason(turn, turn.text)
    row = target_picker.target(turn)
    if not comment:
        return
    if row is None or has_no_wish(turn):
        turn.set(kept=replace(turn.kept(Denying), comment=comment))
        _decided_meanwhile(turn, row)
        return
    turn.effects.append(RefuseCorrection(row.report, comment))
    turn.body = workflow_texts.refused_done(row.name)
    turn.set(kept=None, mark=turn.session.mark + 1)
    turn.fire("decided")


def reopen_reason(turn: TurnState) -> Screen:
    known = turn.kept(Target)
    asked = workflow_texts.ask_reopen_reason(known.unit, known.title)
    return Screen(asked, (("cancel", desk_texts.DO_NOTHING),))


def reopen_until(turn: TurnState) -> Screen:
    known = turn.kept(Reopening)
    asked = workflow_texts.ask_until(known.unit, places.short(known.reason, 200), _today(turn) + WEEK)
    choices = [(f"until:{days}", label) for days, label in OFFERS.items()]
    undoing = [(f"undo_reopening:{known.report}", workflow_texts.UNDO_REOPENING)] if is_reopened(turn) else []
    choices += [*undoing, ("back", workflow_texts.MEND_REASON), ("cancel", desk_texts.DO_NOTHING)]
    return Screen(asked, tuple(choices))


def refusing(turn: TurnState) -> Screen:
    known = turn.kept(Target)
    wish = turn.world.course(known.report).correction
    asked = workflow_texts.ask_why_refused(known.unit, wish) if wish else workflow_texts.no_wish(known.unit)
    return Screen(asked, (("cancel", desk_texts.DO_NOTHING),))


HERE = ("reopen_reason", "reopen_until", "refusing")
DIALOG = Dialog(
    "reopening",
    states=(
        DialogState(
            "reopen_reason", "why a sent report is opened for correction is asked", reopen_reason, lettered=True
        ),
        DialogState("reopen_until", "until when it is open is asked", reopen_until, lettered=True),
        DialogState(
            "refusing", "what a unit is answered that may not correct its report is asked", refusing, lettered=True
        ),
    ),
    table=(
        Transition("reopen", ANY, "choosing", may, begin),
        Transition("reopen", ANY, None, None, target_picker.refuse),
        Transition("grant", ANY, "choosing", may, grant),
        Transition("grant", ANY, None, None, target_picker.refuse),
        Transition("deny", ANY, "choosing", may, deny),
        Transition("deny", ANY, None, None, target_picker.refuse),
        Transition("reopen_here", "choosing", "home", is_open, refuse_open),
        Transition("reopen_here", "choosing", "reopen_until", is_reopened, show_reopened),
        Transition("reopen_here", "choosing", "reopen_reason", None, show),
        Transition("deny_here", "choosing", "home", has_no_wish, refuse_denying),
        Transition("deny_here", "choosing", "refusing", None, show_wish),
        Transition("say", "reopen_reason", None, None, say_reason),
        Transition("say", "reopen_until", None, None, say_day),
        Transition("say", "refusing", None, None, say_comment),
        Transition("reason_known", "reopen_reason", "reopen_until"),
        Transition("until", "reopen_until", None, None, choose_until),
        Transition("back", "reopen_until", "reopen_reason", None, mark),
        Transition("decided", HERE, "home"),
        Transition("undo_reopening", ANY, "home", None, undo),
        Transition("check", HERE, "home", target_picker.lost, target_picker.end_lost),
        Transition("cancel", HERE, "home", None, target_picker.give_up),
    ),
    inner=("reopen_here", "deny_here", "reason_known", "decided"),
    anywhere=("reopen", "grant", "deny", "undo_reopening"),
    keeps=(
        Reopening,
        Denying,
    ),
    errands=(
        REOPEN,
        DENY,
    ),
    commands=(
        TypedCommand("reopen", ("molai",), workflow_texts.MENU_REOPEN, 210, Right.REPORT_REOPEN, takes=Takes.ANYTHING),
    ),
)
