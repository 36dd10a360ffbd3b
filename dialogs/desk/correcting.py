"""Asking those above for leave to correct what has been sent: "/xinsua", with a reason, one wish at a time."""

from __future__ import annotations

import re

from dialogs.forms.question_lookup import whole
from dialogs.texts import labels, places
from dialogs.texts import workflow as workflow_texts
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.navigation import mark, stand_again
from dialogs.turn.reasons import read_reason
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import AskCorrection
from dialogs.values.rights import Right
from dialogs.values.status import Status
from dialogs.values.world import Card

SENT = frozenset({Status.SENT, Status.ACCEPTED})
_BY_ID = re.compile(r"#([0-9]{1,9})")
MOST_OFFERED = 8


def is_clear(turn: TurnState) -> bool:
    """Whether it is known which report is meant: the one named, the one stood in, or the only one that is sent."""
    return _meant(turn) is not None


def _meant(turn: TurnState) -> Card | None:
    sent = _sent(turn)
    named = _BY_ID.fullmatch(turn.argument)
    wanted = whole(named[1]) if named else turn.session.report
    found = next((card for card in sent if card.report == wanted), None)
    return found or (sent[0] if len(sent) == 1 and not named else None)


def _sent(turn: TurnState) -> list[Card]:
    return [card for card in turn.world.cards() if card.status in SENT]


def is_limited(turn: TurnState) -> bool:
    """Whether only a part of the report that is meant is the person's own."""
    card = _meant(turn)
    view = turn.world.report(card.report) if card is not None else None
    return view is not None and view.parts is not None


def refuse_limited(turn: TurnState) -> None:
    """Nothing is asked in the name of those who have the whole."""
    turn.refuse(workflow_texts.whole_is_not_yours())


def begin(turn: TurnState) -> None:
    """ "/xinsua", alone or with the reason."""
    card = _meant(turn)
    reason = "" if _BY_ID.fullmatch(turn.argument) else turn.argument
    loose_ends(turn)
    if card is None or not turn.enter(card.report):
        turn.refuse(workflow_texts.nothing_to_correct())
        turn.fire("start")
        return
    turn.set(kept=None, question=0, misses=0, mark=turn.session.mark + 1)
    if reason:
        _take(turn, reason)


def offer(turn: TurnState) -> None:
    """Several reports are sent: which one is asked, or that there is none is said."""
    sent = _sent(turn)
    if not sent:
        turn.refuse(workflow_texts.nothing_to_correct())
        return
    turn.body = workflow_texts.which_to_correct()
    turn.offers += [
        (f"ask_correction:#{card.report}", f"{places.short(card.title, 28)}, {places.short(card.unit.name, 24)}")
        for card in sent[:MOST_OFFERED]
    ]


def say(turn: TurnState) -> None:
    _take(turn, turn.text)


def _take(turn: TurnState, typed: str) -> None:
    reason = read_reason(turn, typed)
    if not reason:
        return
    waits, above = turn.course.waits, turn.report.unit.parent_name
    turn.effects.append(AskCorrection(turn.report.id, reason))
    turn.body = workflow_texts.correction_changed(above) if waits else workflow_texts.correction_asked(above)
    turn.set(kept=None, mark=turn.session.mark + 1)
    turn.fire("decided")


def is_moot(turn: TurnState) -> bool:
    """Whether the report was opened meanwhile, or only a part of it is the person's by now."""
    return turn.view is None or turn.report.status not in SENT or turn.limited


def correcting(turn: TurnState) -> Screen:
    view, course = turn.report, turn.course
    before = course.correction if course.waits else None
    asked = workflow_texts.ask_correction(view.title, view.unit.name, before, turn.world.zone)
    return Screen(asked, (("cancel", labels.NEVER_MIND),))


def choices(turn: TurnState) -> list[tuple[str, str]]:
    """What the screen of a sent report offers."""
    if turn.report.status not in SENT or turn.limited:
        return []
    waits = turn.course.waits or any(isinstance(effect, AskCorrection) for effect in turn.effects)
    return [
        (
            f"ask_correction:#{turn.report.id}",
            workflow_texts.MEND_CORRECTION if waits else workflow_texts.ASK_CORRECTION,
        )
    ]


DIALOG = Dialog(
    "correcting",
    states=(DialogState("correcting", "why a sent report is to be corrected is asked", correcting, lettered=True),),
    table=(
        Transition("ask_correction", ANY, None, is_limited, refuse_limited),
        Transition("ask_correction", ANY, "correcting", is_clear, begin),
        Transition("ask_correction", ANY, None, None, offer),
        Transition("say", "correcting", None, None, say),
        Transition("decided", "correcting", "closed"),
        Transition("check", "correcting", None, is_moot, stand_again),
        Transition("cancel", "correcting", "closed", None, mark),
        Transition("back", "correcting", "closed", None, mark),
    ),
    inner=("decided",),
    anywhere=("ask_correction",),
    commands=(
        TypedCommand(
            "ask_correction",
            ("xinsua", "xin sua"),
            workflow_texts.MENU_CORRECTION,
            130,
            Right.CORRECTION_ASK,
            takes=Takes.ANYTHING,
        ),
    ),
)
