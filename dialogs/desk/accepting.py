"""Taking sent reports over: one after a look at it, or all that a campaign has; each with one confirmation."""

from __future__ import annotations

from dialogs import texts as t
from dialogs.desk import comparing, target_picker
from dialogs.desk.desk_commands import ERRANDS
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import AcceptReport
from dialogs.values.desk_world import ReportRow
from dialogs.values.status import Status

SHOWN = 12
"""Units named before all are accepted at once."""


def may(step: Step) -> bool:
    return target_picker.reaches(step, "accept")


def begin(step: Step) -> None:
    """ "/tiepnhan", "/tiepnhan Xã An Bình"."""
    target_picker.seek(step, "accept")


def show(step: Step) -> None:
    """Note which sending is looked at: another one since must be looked at first."""
    row = target_picker.target(step)
    step.set(pending={**step.session.pending, "sending": row.sending if row else 0})


def are_sent(step: Step) -> bool:
    """Whether the list of what may be accepted was shown and anything of it is left."""
    return step.session.pending.get("errand") == "accept" and bool(_sent(step))


def show_all(step: Step) -> None:
    """All that are sent, as they are now."""
    shown = [[row.report, row.sending] for row in _sent(step)]
    step.set(pending={**step.session.pending, "all": shown}, mark=step.session.mark + 1)


def _sent(step: Step) -> list[ReportRow]:
    scope = target_picker.scope_of(step, "accept", str(step.session.pending.get("scope", "")))
    rows = step.world.desk.reports(scope, ERRANDS["accept"].right) if scope else ()
    return [row for row in rows if row.status is Status.SENT]


def confirm(step: Step) -> None:
    """Accept what was shown; what somebody else decided meanwhile, or was sent anew, is told and left."""
    pending = step.session.pending
    wanted = pending.get("all") or [[pending.get("report", 0), pending.get("sending", 0)]]
    done: list[ReportRow] = []
    for report, number in wanted:
        row = step.world.desk.report(int(report), ERRANDS["accept"].right)
        if row is None:
            step.refuse(t.no_longer_yours())
        elif row.status is Status.SENT and row.sending == number:
            step.effects.append(AcceptReport(row.report, row.sending))
            done.append(row)
        else:
            decided = step.world.desk.decided(row.report)
            step.notes.append(t.decided_meanwhile(row.name, decided, step.world.zone))
    step.set(pending={}, mark=step.session.mark + 1)
    if done:
        step.body = t.accepted_done([row.name for row in done])
    step.offers.append(("accept", t.ACCEPT_MORE))


def accept_confirm(step: Step) -> Screen:
    row = target_picker.target(step)
    if row is None:
        return Screen(t.not_for_you())
    changes = step.world.desk.changes(row.report, ERRANDS["accept"].right)
    choices = (
        ("confirm", t.ACCEPT),
        (f"report:#{row.report}", t.PAPERS_OF_UNIT),
        (f"return:#{row.report}", t.RETURN),
        *comparing.more(row.report, changes),
        ("cancel", t.DO_NOTHING),
    )
    return Screen(t.confirm_accept(row, step.world.zone, changes), choices)


def accept_all_confirm(step: Step) -> Screen:
    wanted = {int(report) for report, _ in step.session.pending.get("all", ())}
    rows = [row for row in _sent(step) if row.report in wanted]
    names = [row.name for row in rows[:SHOWN]]
    title = rows[0].title if rows else ""
    asked = t.confirm_accept_all(title, names, len(rows) - len(names))
    return Screen(asked, (("confirm", t.ACCEPT), ("back", t.BACK), ("cancel", t.DO_NOTHING)))


STATES = {
    "accept_confirm": "a sent report is shown to be accepted",
    "accept_all_confirm": "all sent reports are shown to be accepted",
}
INNER = ("accept_confirm", "accept_all_confirm")
TABLE = (
    Row("accept", ANY, "choosing", may, begin),
    Row("accept", ANY, None, None, target_picker.refuse),
    Row("accept_here", "choosing", "accept_confirm", None, show),
    Row("accept_all", "choosing", "accept_all_confirm", are_sent, show_all),
    Row("confirm", INNER, "home", None, confirm),
    Row("back", "accept_all_confirm", "choosing"),
    Row("check", INNER, "home", target_picker.lost, target_picker.end_lost),
    Row("cancel", INNER, "home", None, target_picker.give_up),
)
SCREENS = {"accept_confirm": accept_confirm, "accept_all_confirm": accept_all_confirm}
