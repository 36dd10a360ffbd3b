""" "/moi": which unit, which role, how many codes; and the invitations that nobody has used yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.people.kept import Inviting
from dialogs.reading import fold
from dialogs.texts import labels, refusals
from dialogs.texts import people as people_texts
from dialogs.turn import navigation
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import CreateInvites, RevokeInvite
from dialogs.values.rights import ROLES, Right, invite_right
from dialogs.values.staff_world import OpenInvitation, UnitToday

MOST = 20
"""Codes made at once in the chat: each is a message; the command line makes more."""

VALID = timedelta(days=14)
OFFERED = 8
"""Units, or invitations, offered as buttons at once."""

RIGHTS = tuple(invite_right(role) for role in ROLES)
ROLE_WORDS = {
    "official": ("can bo nhap bao cao", "can bo nhap lieu", "can bo nhap", "nguoi nhap", "nhap bao cao", "nhap"),
    "lead": ("can bo phu trach bao cao", "can bo phu trach", "phu trach bao cao", "phu trach"),
    "coordinator": (
        "can bo theo doi tong hop",
        "can bo theo doi",
        "can bo tong hop",
        "theo doi tong hop",
        "theo doi",
        "tong hop",
    ),
    "administrator": ("quan tri vien", "can bo quan tri", "nguoi quan tri", "quan tri"),
}
"""How a role may be typed, folded; its own English word is known too."""


def may_invite(turn: TurnState) -> bool:
    """Whether the person may invite anybody anywhere; asked at every command and press."""
    return bool(turn.world.staff.places(RIGHTS))


def refuse(turn: TurnState) -> None:
    """Somebody without the right; no unit is named."""
    turn.refuse(people_texts.may_not_invite())


def begin(turn: TurnState) -> None:
    """The command, alone or with a unit, a role and a number behind it."""
    loose_ends(turn)
    turn.set(kept=Inviting(), misses=0, mark=turn.session.mark + 1)
    places = turn.world.staff.places(RIGHTS)
    if turn.argument.strip():
        _ordered(turn, places, turn.argument)
    elif len(places) == 1:
        _take(turn, places[0], "", 0)


def _ordered(turn: TurnState, places: Sequence[UnitToday], said: str) -> None:
    """ "xã An Bình cán bộ nhập 3": a unit's name is tried first, so that none loses its end, as "Phường 3" would."""
    words = said.split()
    if find(places, said):
        _named(turn, places, said, "", 0)
        return
    count = whole(words[-1]) if len(words) > 1 else None
    words = words[:-1] if count is not None else words
    if find(places, " ".join(words)):
        _named(turn, places, " ".join(words), "", count or 0)
        return
    name, role = _split(words)
    _named(turn, places, name, role, count or 0)


def _split(words: Sequence[str]) -> tuple[str, str]:
    """A unit's name and the role typed behind it."""
    known = ((each, role) for role in ROLES for each in (*ROLE_WORDS[role], role))
    spoken = sorted(known, key=lambda one: -len(one[0]))
    for phrase, role in spoken:
        length = phrase.count(" ") + 1
        if " ".join(fold(word).strip(",") for word in words[-length:]) == phrase:
            return " ".join(words[:-length]), role
    return " ".join(words), ""


def _named(turn: TurnState, places: Sequence[UnitToday], name: str, role: str, count: int) -> None:
    found = find(places, name) if name else tuple(places)
    if len(found) == 1:
        _take(turn, found[0], role, count)
    elif not found:
        turn.refuse(people_texts.no_such_unit(name))
    else:
        turn.set(kept=Inviting(0, role, count))
        if name:
            turn.body = people_texts.which_unit(name, len(found), min(len(found), OFFERED))
        turn.offers += [(f"invite_unit:{each.id}", people_texts.unit_label(each)) for each in found[:OFFERED]]


def _take(turn: TurnState, place: UnitToday, role: str, count: int) -> None:
    """The unit is known: on with what else is."""
    roles = turn.world.staff.invitable(place.id)
    if role and role not in roles:
        turn.refuse(people_texts.may_not_invite_to(role, place.name))
        role = ""
    role = role or (roles[0] if len(roles) == 1 else "")
    turn.set(kept=Inviting(place.id, role, 0 if role else count))
    if not role:
        turn.fire("invite_known")
    elif count:
        _make(turn, place, role, count)
    else:
        turn.fire("invite_counted")


def choose_unit(turn: TurnState) -> None:
    """A button: the unit, as far as the right still reaches there."""
    place = _place(turn, whole(turn.argument) or 0)
    known = _known(turn)
    turn.set(mark=turn.session.mark + 1)
    if place is None:
        turn.refuse(refusals.no_such_choice())
    else:
        _take(turn, place, known.role, known.count)


def say_unit(turn: TurnState) -> None:
    """A unit's name or code, perhaps with a role and a number."""
    turn.set(mark=turn.session.mark + 1)
    _ordered(turn, turn.world.staff.places(RIGHTS), turn.text)


def choose_role(turn: TurnState) -> None:
    """A button: the role."""
    _with_role(turn, turn.argument)


def say_role(turn: TurnState) -> None:
    """A role in words."""
    _with_role(turn, _split(turn.text.split())[1])


def _with_role(turn: TurnState, role: str) -> None:
    known = _known(turn)
    place = _place(turn, known.unit)
    if place is None or role not in turn.world.staff.invitable(place.id):
        turn.refuse(
            people_texts.may_not_invite_to(role, place.name) if place and role in ROLES else refusals.no_such_choice()
        )
        return
    turn.set(kept=replace(known, role=role, count=0), mark=turn.session.mark + 1)
    if known.count:
        _make(turn, place, role, known.count)
    else:
        turn.fire("invite_counted")


def choose_count(turn: TurnState) -> None:
    """A button or a typed number: how many codes; then they are made."""
    count = whole((turn.argument or turn.text).strip())
    known = _known(turn)
    place, role = _place(turn, known.unit), known.role
    if place is None or role not in turn.world.staff.invitable(place.id):
        turn.refuse(people_texts.may_not_invite())
    elif count is None:
        turn.refuse(people_texts.not_a_count(MOST))
    else:
        _make(turn, place, role, count)


def _make(turn: TurnState, place: UnitToday, role: str, count: int) -> None:
    if not 1 <= count <= MOST:
        turn.refuse(people_texts.not_a_count(MOST))
        turn.fire("invite_counted")
        return
    until = turn.world.now + VALID
    letter = people_texts.letter(turn.world.person.name, role, place, people_texts.moment(until, turn.world.zone))
    turn.effects.append(CreateInvites(place.id, role, count, letter, until))
    turn.set(kept=None, mark=turn.session.mark + 1)
    turn.body = people_texts.invited(count, role, place.name)
    turn.offers += [("invite", people_texts.TO_INVITE), ("invites", people_texts.INVITES)]
    turn.fire("invite_made")


def _known(turn: TurnState) -> Inviting:
    return turn.keeps(Inviting) or Inviting()


def _place(turn: TurnState, unit: int) -> UnitToday | None:
    return next((each for each in turn.world.staff.places(RIGHTS) if each.id == unit), None)


# --- the invitations that are open --------------------------------------------------------------------------------


def show_open(turn: TurnState) -> None:
    """The list; what was asked before is let go."""
    loose_ends(turn)
    turn.set(kept=None, mark=turn.session.mark + 1)


def revoke(turn: TurnState) -> None:
    """A button: the invitation is taken back, if it is still open and the right still reaches there."""
    wanted = whole(turn.argument)
    found = next((each for each in turn.world.staff.invitations() if each.id == wanted), None)
    show_open(turn)
    if found is None:
        turn.refuse(people_texts.no_such_invitation())
        return
    turn.effects.append(RevokeInvite(found.id))
    turn.notes.append(people_texts.revoked(found))


# --- screens ------------------------------------------------------------------------------------------------------


def inviting(turn: TurnState) -> Screen:
    places = turn.world.staff.places(RIGHTS)
    open_ones = turn.world.staff.invitations()
    choices = (
        [] if turn.offers else [(f"invite_unit:{each.id}", people_texts.unit_label(each)) for each in places[:OFFERED]]
    )
    choices += [("invites", people_texts.INVITES)] if open_ones else []
    return Screen(people_texts.invite_where(len(open_ones)), (*choices, ("cancel", labels.NEVER_MIND)))


def inviting_role(turn: TurnState) -> Screen:
    place = _place(turn, _known(turn).unit)
    roles = turn.world.staff.invitable(place.id) if place else ()
    choices = tuple((f"invite_role:{role}", people_texts.role_name(role)) for role in roles)
    return Screen(people_texts.invite_as(place.name if place else ""), (*choices, ("cancel", labels.NEVER_MIND)))


def inviting_count(turn: TurnState) -> Screen:
    known = _known(turn)
    place = _place(turn, known.unit)
    choices = tuple((f"invite_count:{number}", people_texts.codes(number)) for number in (1, 2, 3, 5))
    asked = people_texts.invite_count(place.name if place else "", known.role, MOST)
    return Screen(asked, (*choices, ("cancel", labels.NEVER_MIND)))


def invitations(turn: TurnState) -> Screen:
    taken = {effect.invite for effect in turn.effects if isinstance(effect, RevokeInvite)}
    found: list[OpenInvitation] = [each for each in turn.world.staff.invitations() if each.id not in taken]
    shown = found[:OFFERED]
    choices = [(f"revoke:{each.id}", people_texts.revoke_label(number)) for number, each in enumerate(shown, 1)]
    text = people_texts.invitations(found, len(shown), turn.world.zone)
    return Screen(text, (*choices, ("invite", people_texts.TO_INVITE), ("start", labels.HOME)))


def lost(turn: TurnState) -> bool:
    """Whether the right to invite has ended meanwhile, or a place that was chosen is out of its reach."""
    unit = _known(turn).unit
    return not may_invite(turn) or (unit != 0 and _place(turn, unit) is None)


def give_up(turn: TurnState) -> None:
    turn.set(kept=None, misses=0, mark=turn.session.mark + 1)


ASKING = ("inviting", "inviting_role", "inviting_count")


DIALOG = Dialog(
    "inviting",
    states=(
        DialogState("inviting", "into which unit somebody is invited is asked", inviting, lettered=True),
        DialogState("inviting_role", "the role that is offered is asked", inviting_role),
        DialogState("inviting_count", "how many codes are needed is asked", inviting_count, lettered=True),
        DialogState("invitations", "the invitations that nobody has used yet", invitations),
    ),
    table=(
        Transition("check", (*ASKING, "invitations"), "home", lost, give_up),
        Transition("invite", ANY, "inviting", may_invite, begin),
        Transition("invite", ANY, None, None, refuse),
        Transition("invites", ANY, "invitations", may_invite, show_open),
        Transition("invites", ANY, None, None, refuse),
        Transition("revoke", ANY, "invitations", may_invite, revoke),
        Transition("revoke", ANY, None, None, refuse),
        Transition("invite_unit", "inviting", None, None, choose_unit),
        Transition("say", "inviting", None, None, say_unit),
        Transition("invite_role", "inviting_role", None, None, choose_role),
        Transition("say", "inviting_role", None, None, say_role),
        Transition("invite_count", "inviting_count", None, None, choose_count),
        Transition("say", "inviting_count", None, None, choose_count),
        Transition("invite_known", ASKING, "inviting_role"),
        Transition("invite_counted", ASKING, "inviting_count"),
        Transition("invite_made", ASKING, "home"),
        Transition("say", "invitations", None, None, navigation.say_what),
        Transition("back", "inviting_count", "inviting_role"),
        Transition("back", "inviting_role", "inviting"),
        Transition("cancel", (*ASKING, "invitations"), "home", None, give_up),
    ),
    inner=("invite_known", "invite_counted", "invite_made"),
    anywhere=("invite", "invites", "revoke"),
    keeps=(Inviting,),
    commands=(
        TypedCommand(
            "invite",
            ("moi", "moi can bo"),
            people_texts.MENU_INVITE,
            240,
            Right.OFFICIAL_INVITE,
            takes=Takes.ANYTHING,
            only_slashed=("moi",),
        ),
    ),
)
