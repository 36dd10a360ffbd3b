"""Asking those above for leave to correct what has been sent: "/xinsua", with a reason, one wish at a time."""

from __future__ import annotations

import re

from dialogs import texts
from dialogs.forms.question_lookup import whole
from dialogs.texts import workflow as said
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.navigation import mark, stand_again
from dialogs.turn.reasons import read_reason
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import AskCorrection
from dialogs.values.status import Status
from dialogs.values.world import Card

SENT = frozenset({Status.SENT, Status.ACCEPTED})
_BY_ID = re.compile(r"#([0-9]{1,9})")
MOST_OFFERED = 8


def is_clear(step: Step) -> bool:
    """Whether it is known which report is meant: the one named, the one stood in, or the only one that is sent."""
    return _meant(step) is not None


def _meant(step: Step) -> Card | None:
    sent = _sent(step)
    named = _BY_ID.fullmatch(step.argument)
    wanted = whole(named[1]) if named else step.session.report
    found = next((card for card in sent if card.report == wanted), None)
    return found or (sent[0] if len(sent) == 1 and not named else None)


def _sent(step: Step) -> list[Card]:
    return [card for card in step.world.cards() if card.status in SENT]


def is_limited(step: Step) -> bool:
    """Whether only a part of the report that is meant is the person's own."""
    card = _meant(step)
    view = step.world.report(card.report) if card is not None else None
    return view is not None and view.parts is not None


def refuse_limited(step: Step) -> None:
    """Nothing is asked in the name of those who have the whole."""
    step.refuse(said.whole_is_not_yours())


def begin(step: Step) -> None:
    """ "/xinsua", alone or with the reason."""
    card = _meant(step)
    reason = "" if _BY_ID.fullmatch(step.argument) else step.argument
    loose_ends(step)
    if card is None or not step.enter(card.report):
        step.refuse(said.nothing_to_correct())
        step.fire("start")
        return
    step.set(pending={"kind": "correction"}, question=0, misses=0, mark=step.session.mark + 1)
    if reason:
        _take(step, reason)


def offer(step: Step) -> None:
    """Several reports are sent: which one is asked, or that there is none is said."""
    sent = _sent(step)
    if not sent:
        step.refuse(said.nothing_to_correct())
        return
    step.body = said.which_to_correct()
    step.offers += [
        (f"ask_correction:#{card.report}", f"{texts.short(card.title, 28)}, {texts.short(card.unit.name, 24)}")
        for card in sent[:MOST_OFFERED]
    ]


def say(step: Step) -> None:
    _take(step, step.text)


def _take(step: Step, typed: str) -> None:
    reason = read_reason(step, typed)
    if not reason:
        return
    waits, above = step.course.waits, step.report.unit.parent_name
    step.effects.append(AskCorrection(step.report.id, reason))
    step.body = said.correction_changed(above) if waits else said.correction_asked(above)
    step.set(pending={}, mark=step.session.mark + 1)
    step.fire("decided")


def is_moot(step: Step) -> bool:
    """Whether the report was opened meanwhile, or only a part of it is the person's by now."""
    return step.view is None or step.report.status not in SENT or step.limited


def correcting(step: Step) -> Screen:
    view, course = step.report, step.course
    before = course.correction if course.waits else None
    asked = said.ask_correction(view.title, view.unit.name, before, step.world.zone)
    return Screen(asked, (("cancel", texts.NEVER_MIND),))


def choices(step: Step) -> list[tuple[str, str]]:
    """What the screen of a sent report offers."""
    if step.report.status not in SENT or step.limited:
        return []
    waits = step.course.waits or any(isinstance(effect, AskCorrection) for effect in step.effects)
    return [(f"ask_correction:#{step.report.id}", said.MEND_CORRECTION if waits else said.ASK_CORRECTION)]


STATES = {"correcting": "why a sent report is to be corrected is asked"}
TABLE = (
    Row("ask_correction", ANY, None, is_limited, refuse_limited),
    Row("ask_correction", ANY, "correcting", is_clear, begin),
    Row("ask_correction", ANY, None, None, offer),
    Row("say", "correcting", None, None, say),
    Row("decided", "correcting", "closed"),
    Row("check", "correcting", None, is_moot, stand_again),
    Row("cancel", "correcting", "closed", None, mark),
    Row("back", "correcting", "closed", None, mark),
)
SCREENS = {"correcting": correcting}
