"""Taking sent reports over: one after a look at it, or all that a campaign has; each with one confirmation."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.desk import comparing, target_picker
from dialogs.desk.target_picker import Choosing, Target
from dialogs.texts import desk as desk_texts
from dialogs.texts import labels
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.errand import Errand
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import AcceptReport
from dialogs.values.desk_world import ReportRow
from dialogs.values.rights import Right
from dialogs.values.status import Status

SHOWN = 12
"""Units named before all are accepted at once."""

ACCEPT = Errand("accept", desk_texts.TO_ACCEPT, Right.REPORT_ACCEPT, "accept_here", frozenset({Status.SENT}))


@dataclass(frozen=True, slots=True)
class Accepting(Target):
    """The number of the sending that is looked at."""

    kind = "accept"
    sending: int = 0


@dataclass(frozen=True, slots=True)
class AcceptingAll(Choosing):
    """Reports that were shown to be accepted together, each with the number of its sending."""

    kind = "accept_all"
    all: tuple[tuple[int, int], ...] = ()


def may(turn: TurnState) -> bool:
    return target_picker.reaches(turn, ACCEPT)


def begin(turn: TurnState) -> None:
    """ "/tiepnhan", "/tiepnhan Xã An Bình"."""
    target_picker.seek(turn, ACCEPT)


def show(turn: TurnState) -> None:
    """Note which sending is looked at: another one since must be looked at first."""
    row = target_picker.target(turn)
    turn.set(kept=Accepting(*turn.kept(Target).aim, sending=row.sending if row else 0))


def are_sent(turn: TurnState) -> bool:
    """Whether the list of what may be accepted was shown and anything of it is left."""
    return turn.kept(Choosing).errand == ACCEPT.name and bool(_sent(turn))


def show_all(turn: TurnState) -> None:
    """All that are sent, as they are now."""
    known, shown = turn.kept(Choosing), tuple((row.report, row.sending) for row in _sent(turn))
    turn.set(kept=AcceptingAll(*known.aim, known.said, known.page, shown), mark=turn.session.mark + 1)


def back_to_units(turn: TurnState) -> None:
    known = turn.kept(AcceptingAll)
    turn.set(kept=Choosing(*known.aim, known.said, known.page))


def _sent(turn: TurnState) -> list[ReportRow]:
    scope = target_picker.scope_of(turn, ACCEPT, known.scope if (known := turn.keeps(Target)) else "")
    rows = turn.world.desk.reports(scope, ACCEPT.right) if scope else ()
    return [row for row in rows if row.status is Status.SENT]


def confirm(turn: TurnState) -> None:
    """Accept what was shown; what somebody else decided meanwhile, or was sent anew, is told and left."""
    one, every = turn.keeps(Accepting), turn.keeps(AcceptingAll)
    wanted = every.all if every else ((one.report, one.sending),) if one else ()
    done: list[ReportRow] = []
    for report, number in wanted:
        row = turn.world.desk.report(report, ACCEPT.right)
        if row is None:
            turn.refuse(desk_texts.no_longer_yours())
        elif row.status is Status.SENT and row.sending == number:
            turn.effects.append(AcceptReport(row.report, row.sending))
            done.append(row)
        else:
            decided = turn.world.desk.decided(row.report)
            turn.notes.append(desk_texts.decided_meanwhile(row.name, decided, turn.world.zone))
    turn.set(kept=None, mark=turn.session.mark + 1)
    if done:
        turn.body = desk_texts.accepted_done([row.name for row in done])
    turn.offers.append(("accept", desk_texts.ACCEPT_MORE))


def accept_confirm(turn: TurnState) -> Screen:
    row = target_picker.target(turn)
    if row is None:
        return Screen(desk_texts.not_for_you())
    changes = turn.world.desk.changes(row.report, ACCEPT.right)
    choices = (
        ("confirm", desk_texts.ACCEPT),
        (f"report:#{row.report}", desk_texts.PAPERS_OF_UNIT),
        (f"return:#{row.report}", desk_texts.RETURN),
        *comparing.more(row.report, changes),
        ("cancel", desk_texts.DO_NOTHING),
    )
    return Screen(desk_texts.confirm_accept(row, turn.world.zone, changes), choices)


def accept_all_confirm(turn: TurnState) -> Screen:
    wanted = {report for report, _ in turn.kept(AcceptingAll).all}
    rows = [row for row in _sent(turn) if row.report in wanted]
    names = [row.name for row in rows[:SHOWN]]
    title = rows[0].title if rows else ""
    asked = desk_texts.confirm_accept_all(title, names, len(rows) - len(names))
    return Screen(asked, (("confirm", desk_texts.ACCEPT), ("back", labels.BACK), ("cancel", desk_texts.DO_NOTHING)))


HERE = ("accept_confirm", "accept_all_confirm")
DIALOG = Dialog(
    "accepting",
    states=(
        DialogState("accept_confirm", "a sent report is shown to be accepted", accept_confirm),
        DialogState("accept_all_confirm", "all sent reports are shown to be accepted", accept_all_confirm),
    ),
    table=(
        Transition("accept", ANY, "choosing", may, begin),
        Transition("accept", ANY, None, None, target_picker.refuse),
        Transition("accept_here", "choosing", "accept_confirm", None, show),
        Transition("accept_all", "choosing", "accept_all_confirm", are_sent, show_all),
        Transition("confirm", HERE, "home", None, confirm),
        Transition("back", "accept_all_confirm", "choosing", None, back_to_units),
        Transition("check", HERE, "home", target_picker.lost, target_picker.end_lost),
        Transition("cancel", HERE, "home", None, target_picker.give_up),
    ),
    inner=("accept_here",),
    anywhere=("accept",),
    keeps=(
        Accepting,
        AcceptingAll,
    ),
    errands=(ACCEPT,),
    commands=(
        TypedCommand("accept", ("tiepnhan",), desk_texts.MENU_ACCEPT, 200, Right.REPORT_ACCEPT, takes=Takes.ANYTHING),
    ),
)
