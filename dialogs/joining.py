"""Joining a unit by an invitation: the unit's full name is shown to be confirmed; a wrong code gives no names away."""

from __future__ import annotations

import re

from dialogs import texts
from dialogs.effects import Guessed, Join
from dialogs.pieces import loose_ends
from dialogs.step import Step

MAX_GUESSES = 5
"""Wrong codes of one account within an hour, after which no code is looked up for the rest of it."""

_CODE = re.compile(r"[2-9A-HJKMNP-Z]{4}[- ]?[2-9A-HJKMNP-Z]{4}")


def normalised(code: str) -> str:
    """Return a code as it is hashed: capitals, without spaces and hyphens."""
    return re.sub(r"[\s-]", "", code).upper()


def looks_like_code(text: str) -> bool:
    """Whether a whole message may be an invitation code."""
    return len(text) <= 20 and _CODE.fullmatch(text.strip().upper()) is not None


def offers(step: Step) -> bool:
    """Whether the code opens an invitation; nobody is told whether one of many guesses did."""
    return step.world.guesses() < MAX_GUESSES and step.world.invitation(step.argument) is not None


def offer(step: Step) -> None:
    """Ask whether this is the right unit."""
    found = step.world.invitation(step.argument)
    _let_go(step)
    if found is not None:
        question = texts.invitation(found.role, found.unit)
        step.set(pending={"kind": "invitation", "invite": found.id, "unit": found.unit.name, "ask": question})
        step.set(mark=step.session.mark + 1)


def wrong_code(step: Step) -> None:
    """A code that opens nothing is counted."""
    _let_go(step)
    slowed = step.world.guesses() >= MAX_GUESSES
    step.effects.append(Guessed())
    step.refuse(texts.too_many_guesses() if slowed else texts.wrong_code())


def _let_go(step: Step) -> None:
    """A code in the middle of something else: what was typed there is not lost."""
    if step.view is not None:
        loose_ends(step)
    step.set(pending={})


def join(step: Step) -> None:
    """ "Đúng": the role is given; the first screen comes with the next message, when it is."""
    pending = step.session.pending
    if not step.world.still_open(int(pending["invite"])):
        step.set(pending={}, mark=step.session.mark + 1)
        step.refuse(texts.wrong_code())
        return
    step.effects.append(Join(int(pending["invite"])))
    step.set(pending={}, mark=step.session.mark + 1)
    step.body = texts.joined(pending["unit"])
    step.extras.append(("start", texts.BEGIN))


def decline(step: Step) -> None:
    """ "Không phải": nothing is given and the code stays good."""
    step.set(pending={}, mark=step.session.mark + 1)
    step.body = texts.declined()
