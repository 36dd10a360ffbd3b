"""Joining a unit by an invitation: the unit's full name is shown to be confirmed; a wrong code gives no names away."""

from __future__ import annotations

import re

from dialogs.people.kept import Invited
from dialogs.texts import labels
from dialogs.texts import people as people_texts
from dialogs.turn.commands import Command
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
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


def code_in(event: Event, command: Command | None) -> str:
    """The invitation code that an event may bring, as it was sent; '' if it brings none."""
    if isinstance(event, Started):
        return event.payload
    if not isinstance(event, TextReceived):
        return ""
    if command is not None:
        return (command.said or command.place) if command.trigger == "start" else ""
    return event.text.strip() if looks_like_code(event.text) else ""


def offers(turn: TurnState) -> bool:
    """Whether the code opens an invitation; nobody is told whether one of many guesses did."""
    return turn.world.guesses() < MAX_GUESSES and turn.world.invitation(turn.argument) is not None


def is_useless(turn: TurnState) -> bool:
    """Whether the code is good but changes nothing for this person: it is kept for whom it was meant."""
    return offers(turn) and bool(_why_not(turn))


def keep_code(turn: TurnState) -> None:
    """Say why the code is not used up."""
    why = _why_not(turn)
    _let_go(turn)
    turn.refuse(why)


def _why_not(turn: TurnState) -> str:
    found, person = turn.world.invitation(turn.argument), turn.world.person
    if found is None:
        return ""
    if found.owner is not None:
        return (
            people_texts.own_code()
            if found.owner.id == person.id
            else people_texts.has_roles_already()
            if turn.world.belongs()
            else ""
        )
    held = any((each.role, each.unit_id) == (found.role, found.unit_id) for each in turn.world.staff.mine())
    return people_texts.already_member(found.role, found.unit.name) if held else ""


def offer(turn: TurnState) -> None:
    """Ask whether this is the right unit, or the right person."""
    found = turn.world.invitation(turn.argument)
    _let_go(turn)
    if found is not None:
        turn.set(kept=_asked(found), mark=turn.session.mark + 1)


def _asked(found: Invitation) -> Invited:
    if found.owner is not None:
        name = found.owner.name
        return Invited(found.id, people_texts.link_question(name), people_texts.linked(name))
    asked = people_texts.invitation(found.role, found.unit)
    return Invited(found.id, asked, people_texts.joined(found.unit.name))


def wrong_code(turn: TurnState) -> None:
    """A code that opens nothing is counted."""
    _let_go(turn)
    slowed = turn.world.guesses() >= MAX_GUESSES
    turn.effects.append(Guessed())
    turn.refuse(people_texts.too_many_guesses() if slowed else people_texts.wrong_code())


def _let_go(turn: TurnState) -> None:
    """A code in the middle of something else: what was typed there is not lost."""
    loose_ends(turn)
    turn.set(kept=None)


def join(turn: TurnState) -> None:
    """ "Đúng": the role is given. Whoever applies that shows the first screen as it is then, below this reply."""
    invited = turn.kept(Invited)
    if not turn.world.still_open(invited.invite):
        turn.set(kept=None, mark=turn.session.mark + 1)
        turn.refuse(people_texts.taken_meanwhile())
        return
    turn.effects.append(Join(invited.invite))
    turn.set(kept=None, mark=turn.session.mark + 1)
    turn.body = invited.done
    turn.extras.append(("start", labels.BEGIN))


def decline(turn: TurnState) -> None:
    """ "Không phải": nothing is given and the code stays good."""
    turn.set(kept=None, mark=turn.session.mark + 1)
    turn.body = people_texts.declined()


def asked(turn: TurnState) -> Screen:
    return Screen(turn.kept(Invited).ask, (("confirm", labels.RIGHT), ("decline", labels.WRONG)))


DIALOG = Dialog(
    "joining",
    states=(DialogState("joining", "an invitation was shown; is this the right unit?", asked, open_to_all=True),),
    table=(
        Transition("invited", ANY, None, is_useless, keep_code),
        Transition("invited", ANY, "joining", offers, offer),
        Transition("invited", ANY, "home", None, wrong_code),
        Transition("confirm", "joining", "home", None, join),
        Transition("decline", "joining", "home", None, decline),
    ),
    inner=("invited",),
    keeps=(Invited,),
)
