""" "/nguoi": who works where; ending a role, "/roi" the own one; "/lienket": a further account of the same person."""

from __future__ import annotations

from datetime import timedelta

from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.people.kept import MembersShown, RoleEnding
from dialogs.texts import labels, refusals
from dialogs.texts import people as people_texts
from dialogs.turn import navigation
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import AddAccount, EndRole
from dialogs.values.rights import Right
from dialogs.values.staff_world import StaffRole, UnitToday

READ = (Right.MEMBER_READ,)
LINK_VALID = timedelta(minutes=30)
"""How long a code for a further account is good: whoever has it is that person."""

OFFERED = 8
"""Units, or roles to end, offered as buttons at once."""

BY_ID = "#"
"""Before the number of a unit in a button: no name or code of a unit begins with it."""


def may_read(turn: TurnState) -> bool:
    """Whether the person may know who works anywhere; asked at every command and press."""
    return bool(turn.world.staff.places(READ))


def refuse(turn: TurnState) -> None:
    """Somebody without the right; nobody is named."""
    turn.refuse(people_texts.may_not_read_members())


def show(turn: TurnState) -> None:
    """The command, alone or with a unit's name."""
    loose_ends(turn)
    turn.set(kept=MembersShown(), misses=0, mark=turn.session.mark + 1)
    places = turn.world.staff.places(READ)
    if turn.argument.startswith(BY_ID):
        turn.argument = turn.argument.removeprefix(BY_ID)
        choose(turn)
    elif turn.argument.strip():
        _named(turn, turn.argument)
    elif len(places) == 1:
        _stand(turn, places[0])


def say(turn: TurnState) -> None:
    """A unit's name or code."""
    turn.set(mark=turn.session.mark + 1)
    _named(turn, turn.text)


def choose(turn: TurnState) -> None:
    """A button: the unit, as far as the right still reaches there."""
    place = _place(turn, whole(turn.argument) or 0)
    turn.set(mark=turn.session.mark + 1)
    if place is None:
        turn.refuse(refusals.no_such_choice())
    else:
        _stand(turn, place)


def _named(turn: TurnState, typed: str) -> None:
    found = find(turn.world.staff.places(READ), typed)
    if len(found) == 1:
        _stand(turn, found[0])
    elif not found:
        turn.refuse(people_texts.no_such_unit(typed))
    else:
        turn.body = people_texts.which_unit(typed, len(found), min(len(found), OFFERED))
        turn.offers += [(f"members_of:{each.id}", people_texts.unit_label(each)) for each in found[:OFFERED]]


def _stand(turn: TurnState, place: UnitToday) -> None:
    turn.set(kept=MembersShown(place.id))


def _shown(turn: TurnState) -> int:
    return (turn.keeps(MembersShown) or MembersShown()).unit


def _place(turn: TurnState, unit: int) -> UnitToday | None:
    return next((each for each in turn.world.staff.places(READ) if each.id == unit), None)


def members(turn: TurnState) -> Screen:
    place = _place(turn, _shown(turn))
    if place is None:
        places = () if turn.offers else turn.world.staff.places(READ)[:OFFERED]
        choices = [(f"members_of:{each.id}", people_texts.unit_label(each)) for each in places]
        return Screen(people_texts.members_where(), (*choices, ("start", labels.HOME)))
    found = turn.world.staff.members(place.id)
    endable = [(number, each) for number, each in enumerate(found, 1) if each.removable and not each.mine]
    choices = [
        (f"end_role:{each.role_id}", people_texts.end_label(number, each)) for number, each in endable[: 3 * OFFERED]
    ]
    return Screen(people_texts.members(place.name, found, turn.world.zone), (*choices, ("start", labels.HOME)))


def lost(turn: TurnState) -> bool:
    """Whether the right has ended meanwhile, or the unit shown is out of its reach."""
    unit = _shown(turn)
    return not may_read(turn) or (unit != 0 and _place(turn, unit) is None)


def give_up(turn: TurnState) -> None:
    turn.set(kept=None, misses=0, mark=turn.session.mark + 1)


# --- ending a role ------------------------------------------------------------------------------------------------


def _ending(turn: TurnState) -> int:
    ending = turn.keeps(RoleEnding)
    return ending.role if ending else 0


def _meant(turn: TurnState) -> StaffRole | None:
    return turn.world.staff.removable(whole(turn.argument) or 0)


def may_end(turn: TurnState) -> bool:
    """Whether the role that a button names is active and the person may end it."""
    found = _meant(turn)
    return found is not None and not turn.world.staff.is_last(found.role_id)


def ask_end(turn: TurnState) -> None:
    """Ask once more before a role is ended."""
    found = _meant(turn)
    loose_ends(turn)
    if found is not None:
        turn.set(kept=RoleEnding(found.role_id), mark=turn.session.mark + 1)


def refuse_end(turn: TurnState) -> None:
    """Say why a role cannot be ended."""
    found = _meant(turn)
    turn.refuse(people_texts.not_yours_to_end() if found is None else people_texts.last_administrator(found.unit_name))


def leaves(turn: TurnState) -> bool:
    """Whether the role is the person's own: the first screen as it still is would offer what is theirs no more."""
    found = turn.world.staff.removable(_ending(turn))
    return found is not None and found.mine


def end(turn: TurnState) -> None:
    """ "Đồng ý": whether the person may, and that an administrator is left, is asked again."""
    turn.argument = str(_ending(turn))
    found = _meant(turn)
    turn.set(kept=None, mark=turn.session.mark + 1)
    if found is None or turn.world.staff.is_last(found.role_id):
        turn.refuse(
            people_texts.not_yours_to_end() if found is None else people_texts.last_administrator(found.unit_name)
        )
        return
    turn.effects.append(EndRole(found.role_id))
    turn.body = people_texts.ended(found)
    turn.offers += [] if found.mine else [(f"members:{BY_ID}{found.unit_id}", people_texts.TO_MEMBERS)]


def ending(turn: TurnState) -> Screen:
    found = turn.world.staff.removable(_ending(turn))
    if found is None:
        return Screen(people_texts.not_yours_to_end(), (("start", labels.HOME),))
    text, label = (
        (people_texts.leave_sure(found), people_texts.YES_LEAVE)
        if found.mine
        else (people_texts.end_sure(found), people_texts.YES_END)
    )
    return Screen(text, (("end_sure", label), ("cancel", labels.NEVER_MIND)))


def leave_which(turn: TurnState) -> None:
    """ "/roi": which of the person's roles."""
    mine = turn.world.staff.mine()
    if not mine:
        turn.refuse(people_texts.no_role())
        return
    turn.body = people_texts.leave_which()
    turn.offers += [(f"end_role:{each.role_id}", people_texts.leave_label(each)) for each in mine[: 2 * OFFERED]]


# --- further accounts ---------------------------------------------------------------------------------------------


def link(turn: TurnState) -> None:
    """ "/lienket": a code by which another account of the person's becomes theirs too."""
    if not turn.world.belongs():
        turn.refuse(people_texts.no_role())
        return
    until = turn.world.now + LINK_VALID
    letter = people_texts.link_letter(turn.world.person.name, people_texts.moment(until, turn.world.zone))
    turn.effects.append(AddAccount(letter, until))
    turn.notes.append(people_texts.linking())


DIALOG = Dialog(
    "members",
    states=(
        DialogState("members", "the people of a unit, or of which unit they are to be shown", members, lettered=True),
        DialogState("ending", "whether a role is really to be ended", ending),
    ),
    table=(
        Transition("check", "members", "home", lost, give_up),
        Transition("members", ANY, "members", may_read, show),
        Transition("members", ANY, None, None, refuse),
        Transition("members_of", "members", None, None, choose),
        Transition("say", "members", None, None, say),
        Transition("end_role", ANY, "ending", may_end, ask_end),
        Transition("end_role", ANY, None, None, refuse_end),
        Transition("say", "ending", None, None, navigation.say_what),
        Transition("end_sure", "ending", None, leaves, end),
        Transition("end_sure", "ending", "home", None, end),
        Transition("leave", ANY, None, None, leave_which),
        Transition("link", ANY, None, None, link),
        Transition("cancel", ("members", "ending"), "home", None, give_up),
    ),
    anywhere=("members", "end_role", "leave", "link"),
    keeps=(
        MembersShown,
        RoleEnding,
    ),
    commands=(
        TypedCommand(
            "members",
            ("nguoi",),
            people_texts.MENU_MEMBERS,
            250,
            Right.MEMBER_READ,
            takes=Takes.ANYTHING,
            only_slashed=("nguoi",),
        ),
        TypedCommand("link", ("lienket", "lien ket"), people_texts.MENU_LINK, 280, only_slashed=("lien ket",)),
        TypedCommand("leave", ("roi", "roi don vi"), people_texts.MENU_LEAVE, 290, only_slashed=("roi",)),
    ),
)
