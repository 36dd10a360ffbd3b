"""Opening a sent report for correction until a moment, closing it as it was sent, answering a unit's wish for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dialogs import texts
from dialogs.desk import target_picker
from dialogs.desk.last_days import read_last_day
from dialogs.forms.question_lookup import whole
from dialogs.reading import clean
from dialogs.texts import workflow as said
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.navigation import mark
from dialogs.turn.reasons import read_reason
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.deadlines import day_words, last_moment
from dialogs.values.decisions import RefuseCorrection, ReopenReport, UndoReopening
from dialogs.values.desk_world import ReportRow
from dialogs.values.rights import Right
from dialogs.values.status import Status

OFFERS = {"0": said.UNTIL_TODAY, "1": said.UNTIL_TOMORROW, "3": said.UNTIL_THREE}
"""Days from today to the end of which a report may be opened, by button."""

WEEK = timedelta(days=7)
"""How far from today the example of a day is."""


def may(step: Step) -> bool:
    return target_picker.reaches(step, "reopen")


def begin(step: Step) -> None:
    """ "/molai Xã An Bình", "/molai Xã An Bình: nhầm số liệu phụ lục 3"; a button names its report."""
    step.argument, _, reason = step.argument.partition(":")
    target_picker.seek(step, "reopen")
    if reason.strip() and step.state in ("reopen_reason", "reopen_until"):
        _take_reason(step, reason)
    elif reason.strip():
        step.notes.append(said.not_sent_yet(clean(reason).strip()))


def grant(step: Step) -> None:
    """ "Cho sửa": the same, with the unit's own words as the reason; only the end is asked."""
    report = step.argument
    step.argument = f"{target_picker.BY_ID}{report}"
    target_picker.seek(step, "reopen")
    if step.state == "reopen_until":
        _note_decided(step, target_picker.target(step))
    if step.state != "reopen_reason":
        return
    wish = step.world.course(whole(report) or 0).correction
    if wish is None or wish.granted is not None:
        _note_decided(step, target_picker.target(step))
        _too_late(step, said.no_wish(str(step.session.pending["unit"])))
    else:
        step.set(pending={**step.session.pending, "reason": wish.reason})
        step.fire("reason_known")


def deny(step: Step) -> None:
    """ "Không cho sửa": what is answered to the unit is asked."""
    step.argument = f"{target_picker.BY_ID}{step.argument}"
    target_picker.seek(step, "deny")


def show(step: Step) -> None:
    """Note how the report stands: whoever decides meanwhile is told of, and nothing is decided twice."""
    pending = step.session.pending
    step.set(pending={**pending, "seen": _standing(step)}, mark=step.session.mark + 1)


def _standing(step: Step) -> list[object]:
    row = target_picker.target(step)
    until = step.world.course(row.report).reopened_until if row else None
    return [row.status.value, row.sending, until.isoformat() if until else ""] if row else []


def is_reopened(step: Step) -> bool:
    return step.world.course(int(step.session.pending["report"])).reopened_until is not None


def is_open(step: Step) -> bool:
    """Whether the unit may write without a reopening: the report was handed back."""
    row = target_picker.target(step)
    return row is not None and row.status is Status.RETURNED and not is_reopened(step)


def refuse_open(step: Step) -> None:
    step.refuse(said.is_returned(str(step.session.pending["unit"])))
    target_picker.give_up(step)


def show_reopened(step: Step) -> None:
    """A report that is open already gets another end; its reason stays unless it is changed."""
    show(step)
    course = step.world.course(int(step.session.pending["report"]))
    step.set(pending={**step.session.pending, "reason": course.reopen_reason})
    step.notes.append(said.reopened_already(course.reopened_until, step.world.zone))


def say_reason(step: Step) -> None:
    _take_reason(step, step.text)


def _take_reason(step: Step, typed: str) -> None:
    reason = read_reason(step, typed)
    if reason:
        held = {"kind": "held", "texts": [reason], "reason": reason}
        step.set(pending={**step.session.pending, **held}, mark=step.session.mark + 1)
        step.fire("reason_known")


def say_day(step: Step) -> None:
    """The last day on which the unit may correct, as typed."""
    today = _today(step)
    found = read_last_day(step.text, today)
    last = found.last(counts=False)
    if last is None:
        step.refuse(found.refused)
    elif found.ask:
        step.body = found.ask
        step.offers.append((f"until:{last.isoformat()}", texts.capital(day_words(last))))
    else:
        _open_until(step, last_moment(last, step.world.zone))


def choose_until(step: Step) -> None:
    """A button: so many days from today, or a day that was asked back."""
    today = _today(step)
    if step.argument in OFFERS:
        _open_until(step, last_moment(today + timedelta(days=int(step.argument)), step.world.zone))
        return
    found = read_last_day(step.argument, today)
    if found.day is None or found.ask:
        step.refuse(texts.no_such_choice())
    else:
        _open_until(step, last_moment(found.day, step.world.zone))


def _today(step: Step) -> date:
    return step.world.now.astimezone(step.world.zone).date()


def _open_until(step: Step, until: datetime) -> None:
    pending, zone = step.session.pending, step.world.zone
    row = target_picker.target(step)
    if until <= step.world.now:
        step.refuse(said.until_past(until, zone))
    elif row is None or _standing(step) != pending["seen"]:
        _decided_meanwhile(step, row)
    else:
        step.effects.append(ReopenReport(row.report, pending["reason"], until, said.until_words(until, zone)))
        step.body = said.reopened_done(row.name, until, zone)
        step.offers.append((f"undo_reopening:{row.report}", said.UNDO_REOPENING))
        step.set(pending={}, mark=step.session.mark + 1)
        step.fire("decided")


def _decided_meanwhile(step: Step, row: ReportRow | None) -> None:
    unit = str(step.session.pending["unit"])
    decided = step.world.desk.decided(row.report) if row else None
    why = texts.decided_meanwhile(unit, decided, step.world.zone) if row else texts.no_longer_yours()
    _too_late(step, why)


def _note_decided(step: Step, row: ReportRow | None) -> None:
    """Who decided last, and when."""
    decided = step.world.desk.decided(row.report) if row else None
    if row is not None and decided is not None:
        step.notes.append(texts.decided_meanwhile(row.name, decided, step.world.zone))


def _too_late(step: Step, why: str) -> None:
    """Nothing is decided; a reason that was typed is said to be unsent."""
    step.refuse(why)
    target_picker.give_up(step)
    step.fire("decided")


def undo(step: Step) -> None:
    """ "Hủy mở lại": the report is again as it was sent."""
    report = whole(step.argument) or 0
    loose_ends(step)
    step.set(pending={}, misses=0, mark=step.session.mark + 1)
    row = step.world.desk.report(report, Right.REPORT_REOPEN)
    if row is None:
        step.refuse(texts.no_longer_yours())
    elif step.world.course(report).reopened_until is None:
        step.refuse(said.not_reopened(row.name))
        _note_decided(step, row)
    else:
        step.effects.append(UndoReopening(report))
        step.body = said.undone(row.name)
        step.offers.append((f"reopen:{target_picker.BY_ID}{report}", said.REOPEN_AGAIN))


def has_no_wish(step: Step) -> bool:
    return not step.world.course(int(step.session.pending["report"])).waits


def refuse_denying(step: Step) -> None:
    _note_decided(step, target_picker.target(step))
    step.refuse(said.no_wish(str(step.session.pending["unit"])))
    target_picker.give_up(step)


def say_comment(step: Step) -> None:
    """What is answered to the unit; its wish is settled with it."""
    comment = read_reason(step, step.text)
    row = target_picker.target(step)
    if not comment:
        return
    if row is None or has_no_wish(step):
        step.set(pending={**step.session.pending, "comment": comment})
        _decided_meanwhile(step, row)
        return
    step.effects.append(RefuseCorrection(row.report, comment))
    step.body = said.refused_done(row.name)
    step.set(pending={}, mark=step.session.mark + 1)
    step.fire("decided")


def reopen_reason(step: Step) -> Screen:
    pending = step.session.pending
    asked = said.ask_reopen_reason(str(pending.get("unit", "")), str(pending.get("title", "")))
    return Screen(asked, (("cancel", texts.DO_NOTHING),))


def reopen_until(step: Step) -> Screen:
    pending = step.session.pending
    asked = said.ask_until(str(pending["unit"]), texts.short(str(pending["reason"]), 200), _today(step) + WEEK)
    choices = [(f"until:{days}", label) for days, label in OFFERS.items()]
    undoing = [(f"undo_reopening:{pending['report']}", said.UNDO_REOPENING)] if is_reopened(step) else []
    choices += [*undoing, ("back", said.MEND_REASON), ("cancel", texts.DO_NOTHING)]
    return Screen(asked, tuple(choices))


def refusing(step: Step) -> Screen:
    pending = step.session.pending
    wish = step.world.course(int(pending["report"])).correction
    asked = said.ask_why_refused(str(pending["unit"]), wish) if wish else said.no_wish(str(pending["unit"]))
    return Screen(asked, (("cancel", texts.DO_NOTHING),))


STATES = {
    "reopen_reason": "why a sent report is opened for correction is asked",
    "reopen_until": "until when it is open is asked",
    "refusing": "what a unit is answered that may not correct its report is asked",
}
INNER = ("reopen_reason", "reopen_until", "refusing")
TABLE = (
    Row("reopen", ANY, "choosing", may, begin),
    Row("reopen", ANY, None, None, target_picker.refuse),
    Row("grant", ANY, "choosing", may, grant),
    Row("grant", ANY, None, None, target_picker.refuse),
    Row("deny", ANY, "choosing", may, deny),
    Row("deny", ANY, None, None, target_picker.refuse),
    Row("reopen_here", "choosing", "home", is_open, refuse_open),
    Row("reopen_here", "choosing", "reopen_until", is_reopened, show_reopened),
    Row("reopen_here", "choosing", "reopen_reason", None, show),
    Row("deny_here", "choosing", "home", has_no_wish, refuse_denying),
    Row("deny_here", "choosing", "refusing", None, mark),
    Row("say", "reopen_reason", None, None, say_reason),
    Row("say", "reopen_until", None, None, say_day),
    Row("say", "refusing", None, None, say_comment),
    Row("reason_known", "reopen_reason", "reopen_until"),
    Row("until", "reopen_until", None, None, choose_until),
    Row("back", "reopen_until", "reopen_reason", None, mark),
    Row("decided", INNER, "home"),
    Row("undo_reopening", ANY, "home", None, undo),
    Row("check", INNER, "home", target_picker.lost, target_picker.end_lost),
    Row("cancel", INNER, "home", None, target_picker.give_up),
)
SCREENS = {"reopen_reason": reopen_reason, "reopen_until": reopen_until, "refusing": refusing}
