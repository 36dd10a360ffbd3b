"""Joining a unit by an invitation: the unit's full name is shown to be confirmed; a wrong code gives no names away."""

from __future__ import annotations

import re

from dialogs import texts
from dialogs.texts import people as t
from dialogs.turn import commands
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.turn_state import Step
from dialogs.values.effects import Guessed, Join
from dialogs.values.events import Event, Started, TextReceived
from dialogs.values.world import Invitation

MAX_GUESSES = 5
"""Wrong codes of one account within an hour, after which no code is looked up for the rest of it."""

_CODE = re.compile(r"[2-9A-HJKMNP-Z]{4}[- ]?[2-9A-HJKMNP-Z]{4}")


def normalised(code: str) -> str:
    """Return a code as it is hashed: capitals, without spaces and hyphens."""
    return re.sub(r"[\s-]", "", code).upper()


def looks_like_code(text: str) -> bool:
    """Whether a whole message may be an invitation code."""
    return len(text) <= 20 and _CODE.fullmatch(text.strip().upper()) is not None


def code_in(event: Event) -> str:
    """The invitation code that an event may bring, as it was sent; '' if it brings none."""
    if isinstance(event, Started):
        return event.payload
    if not isinstance(event, TextReceived):
        return ""
    command = commands.parse(event.text)
    if command is not None:
        return (command.said or command.place) if command.trigger == "start" else ""
    return event.text.strip() if looks_like_code(event.text) else ""


def offers(step: Step) -> bool:
    """Whether the code opens an invitation; nobody is told whether one of many guesses did."""
    return step.world.guesses() < MAX_GUESSES and step.world.invitation(step.argument) is not None


def is_useless(step: Step) -> bool:
    """Whether the code is good but changes nothing for this person: it is kept for whom it was meant."""
    return offers(step) and bool(_why_not(step))


def keep_code(step: Step) -> None:
    """Say why the code is not used up."""
    why = _why_not(step)
    _let_go(step)
    step.refuse(why)


def _why_not(step: Step) -> str:
    found, person = step.world.invitation(step.argument), step.world.person
    if found is None:
        return ""
    if found.owner is not None:
        return t.own_code() if found.owner.id == person.id else t.has_roles_already() if step.world.belongs() else ""
    held = any((each.role, each.unit_id) == (found.role, found.unit_id) for each in step.world.staff.mine())
    return t.already_member(found.role, found.unit.name) if held else ""


def offer(step: Step) -> None:
    """Ask whether this is the right unit, or the right person."""
    found = step.world.invitation(step.argument)
    _let_go(step)
    if found is not None:
        step.set(pending={"kind": "invitation", "invite": found.id, **_asked(found)}, mark=step.session.mark + 1)


def _asked(found: Invitation) -> dict[str, str]:
    if found.owner is not None:
        return {"ask": t.link_question(found.owner.name), "done": t.linked(found.owner.name)}
    return {"ask": texts.invitation(found.role, found.unit), "done": texts.joined(found.unit.name)}


def wrong_code(step: Step) -> None:
    """A code that opens nothing is counted."""
    _let_go(step)
    slowed = step.world.guesses() >= MAX_GUESSES
    step.effects.append(Guessed())
    step.refuse(texts.too_many_guesses() if slowed else texts.wrong_code())


def _let_go(step: Step) -> None:
    """A code in the middle of something else: what was typed there is not lost."""
    loose_ends(step)
    step.set(pending={})


def join(step: Step) -> None:
    """ "Đúng": the role is given. Whoever applies that shows the first screen as it is then, below this reply."""
    pending = step.session.pending
    if not step.world.still_open(int(pending["invite"])):
        step.set(pending={}, mark=step.session.mark + 1)
        step.refuse(texts.taken_meanwhile())
        return
    step.effects.append(Join(int(pending["invite"])))
    step.set(pending={}, mark=step.session.mark + 1)
    step.body = pending["done"]
    step.extras.append(("start", texts.BEGIN))


def decline(step: Step) -> None:
    """ "Không phải": nothing is given and the code stays good."""
    step.set(pending={}, mark=step.session.mark + 1)
    step.body = texts.declined()
