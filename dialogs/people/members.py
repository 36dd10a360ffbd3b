""" "/nguoi": who works where; ending a role, "/roi" the own one; "/lienket": a further account of the same person."""

from __future__ import annotations

from datetime import timedelta

from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.texts import labels, refusals
from dialogs.texts import people as t
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import AddAccount, EndRole
from dialogs.values.rights import Right
from dialogs.values.staff_world import Colleague, Place

READ = (Right.MEMBER_READ,)
LINK_VALID = timedelta(minutes=30)
"""How long a code for a further account is good: whoever has it is that person."""

OFFERED = 8
"""Units, or roles to end, offered as buttons at once."""

BY_ID = "#"
"""Before the number of a unit in a button: no name or code of a unit begins with it."""


def may_read(step: Step) -> bool:
    """Whether the person may know who works anywhere; asked at every command and press."""
    return bool(step.world.staff.places(READ))


def refuse(step: Step) -> None:
    """Somebody without the right; nobody is named."""
    step.refuse(t.may_not_read_members())


def show(step: Step) -> None:
    """The command, alone or with a unit's name."""
    loose_ends(step)
    step.set(pending={"kind": "members"}, misses=0, mark=step.session.mark + 1)
    places = step.world.staff.places(READ)
    if step.argument.startswith(BY_ID):
        step.argument = step.argument.removeprefix(BY_ID)
        choose(step)
    elif step.argument.strip():
        _named(step, step.argument)
    elif len(places) == 1:
        _stand(step, places[0])


def say(step: Step) -> None:
    """A unit's name or code."""
    step.set(mark=step.session.mark + 1)
    _named(step, step.text)


def choose(step: Step) -> None:
    """A button: the unit, as far as the right still reaches there."""
    place = _place(step, whole(step.argument) or 0)
    step.set(mark=step.session.mark + 1)
    if place is None:
        step.refuse(refusals.no_such_choice())
    else:
        _stand(step, place)


def _named(step: Step, typed: str) -> None:
    found = find(step.world.staff.places(READ), typed)
    if len(found) == 1:
        _stand(step, found[0])
    elif not found:
        step.refuse(t.no_such_unit(typed))
    else:
        step.body = t.which_unit(typed, len(found), min(len(found), OFFERED))
        step.offers += [(f"members_of:{each.id}", t.unit_label(each)) for each in found[:OFFERED]]


def _stand(step: Step, place: Place) -> None:
    step.set(pending={"kind": "members", "unit": place.id})


def _place(step: Step, unit: int) -> Place | None:
    return next((each for each in step.world.staff.places(READ) if each.id == unit), None)


def members(step: Step) -> Screen:
    place = _place(step, int(step.session.pending.get("unit", 0)))
    if place is None:
        places = () if step.offers else step.world.staff.places(READ)[:OFFERED]
        choices = [(f"members_of:{each.id}", t.unit_label(each)) for each in places]
        return Screen(t.members_where(), (*choices, ("start", labels.HOME)))
    found = step.world.staff.members(place.id)
    endable = [(number, each) for number, each in enumerate(found, 1) if each.removable and not each.mine]
    choices = [(f"end_role:{each.role_id}", t.end_label(number, each)) for number, each in endable[: 3 * OFFERED]]
    return Screen(t.members(place.name, found, step.world.zone), (*choices, ("start", labels.HOME)))


def lost(step: Step) -> bool:
    """Whether the right has ended meanwhile, or the unit shown is out of its reach."""
    unit = step.session.pending.get("unit")
    return not may_read(step) or (unit is not None and _place(step, int(unit)) is None)


def give_up(step: Step) -> None:
    step.set(pending={}, misses=0, mark=step.session.mark + 1)


# --- ending a role ------------------------------------------------------------------------------------------------


def _meant(step: Step) -> Colleague | None:
    return step.world.staff.removable(whole(step.argument) or 0)


def may_end(step: Step) -> bool:
    """Whether the role that a button names is active and the person may end it."""
    found = _meant(step)
    return found is not None and not step.world.staff.is_last(found.role_id)


def ask_end(step: Step) -> None:
    """Ask once more before a role is ended."""
    found = _meant(step)
    loose_ends(step)
    if found is not None:
        step.set(pending={"kind": "ending", "role": found.role_id}, mark=step.session.mark + 1)


def refuse_end(step: Step) -> None:
    """Say why a role cannot be ended."""
    found = _meant(step)
    step.refuse(t.not_yours_to_end() if found is None else t.last_administrator(found.unit_name))


def leaves(step: Step) -> bool:
    """Whether the role is the person's own: the first screen as it still is would offer what is theirs no more."""
    found = step.world.staff.removable(int(step.session.pending.get("role", 0)))
    return found is not None and found.mine


def end(step: Step) -> None:
    """ "Đồng ý": whether the person may, and that an administrator is left, is asked again."""
    step.argument = str(step.session.pending.get("role", ""))
    found = _meant(step)
    step.set(pending={}, mark=step.session.mark + 1)
    if found is None or step.world.staff.is_last(found.role_id):
        step.refuse(t.not_yours_to_end() if found is None else t.last_administrator(found.unit_name))
        return
    step.effects.append(EndRole(found.role_id))
    step.body = t.ended(found)
    step.offers += [] if found.mine else [(f"members:{BY_ID}{found.unit_id}", t.TO_MEMBERS)]


def ending(step: Step) -> Screen:
    found = step.world.staff.removable(int(step.session.pending.get("role", 0)))
    if found is None:
        return Screen(t.not_yours_to_end(), (("start", labels.HOME),))
    text, label = (t.leave_sure(found), t.YES_LEAVE) if found.mine else (t.end_sure(found), t.YES_END)
    return Screen(text, (("end_sure", label), ("cancel", labels.NEVER_MIND)))


def leave_which(step: Step) -> None:
    """ "/roi": which of the person's roles."""
    mine = step.world.staff.mine()
    if not mine:
        step.refuse(t.no_role())
        return
    step.body = t.leave_which()
    step.offers += [(f"end_role:{each.role_id}", t.leave_label(each)) for each in mine[: 2 * OFFERED]]


# --- further accounts ---------------------------------------------------------------------------------------------


def link(step: Step) -> None:
    """ "/lienket": a code by which another account of the person's becomes theirs too."""
    if not step.world.belongs():
        step.refuse(t.no_role())
        return
    until = step.world.now + LINK_VALID
    letter = t.link_letter(step.world.person.name, t.moment(until, step.world.zone))
    step.effects.append(AddAccount(letter, until))
    step.notes.append(t.linking())


STATES = {
    "members": "the people of a unit, or of which unit they are to be shown",
    "ending": "whether a role is really to be ended",
}
TABLE = (
    Row("check", "members", "home", lost, give_up),
    Row("members", ANY, "members", may_read, show),
    Row("members", ANY, None, None, refuse),
    Row("members_of", "members", None, None, choose),
    Row("say", "members", None, None, say),
    Row("end_role", ANY, "ending", may_end, ask_end),
    Row("end_role", ANY, None, None, refuse_end),
    Row("say", "ending", None, None, navigation.say_what),
    Row("end_sure", "ending", None, leaves, end),
    Row("end_sure", "ending", "home", None, end),
    Row("leave", ANY, None, None, leave_which),
    Row("link", ANY, None, None, link),
    Row("cancel", ("members", "ending"), "home", None, give_up),
)
SCREENS = {"members": members, "ending": ending}
