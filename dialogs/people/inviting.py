""" "/moi": which unit, which role, how many codes; and the invitations that nobody has used yet.

While it is asked the session's ``pending`` holds {"kind": "inviting", "unit", "role"}, as far as they are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.reading import fold
from dialogs.texts import labels, refusals
from dialogs.texts import people as t
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step
from dialogs.values.decisions import CreateInvites, RevokeInvite
from dialogs.values.rights import ROLES, invite_right
from dialogs.values.staff_world import OpenInvitation, Place

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


def may_invite(step: Step) -> bool:
    """Whether the person may invite anybody anywhere; asked at every command and press."""
    return bool(step.world.staff.places(RIGHTS))


def refuse(step: Step) -> None:
    """Somebody without the right; no unit is named."""
    step.refuse(t.may_not_invite())


def begin(step: Step) -> None:
    """The command, alone or with a unit, a role and a number behind it."""
    loose_ends(step)
    step.set(pending={"kind": "inviting"}, misses=0, mark=step.session.mark + 1)
    places = step.world.staff.places(RIGHTS)
    if step.argument.strip():
        _ordered(step, places, step.argument)
    elif len(places) == 1:
        _take(step, places[0], "", 0)


def _ordered(step: Step, places: Sequence[Place], said: str) -> None:
    """ "xã An Bình cán bộ nhập 3": a unit's name is tried first, so that none loses its end, as "Phường 3" would."""
    words = said.split()
    if find(places, said):
        _named(step, places, said, "", 0)
        return
    count = whole(words[-1]) if len(words) > 1 else None
    words = words[:-1] if count is not None else words
    if find(places, " ".join(words)):
        _named(step, places, " ".join(words), "", count or 0)
        return
    name, role = _split(words)
    _named(step, places, name, role, count or 0)


def _split(words: Sequence[str]) -> tuple[str, str]:
    """A unit's name and the role typed behind it."""
    known = ((each, role) for role in ROLES for each in (*ROLE_WORDS[role], role))
    spoken = sorted(known, key=lambda one: -len(one[0]))
    for phrase, role in spoken:
        length = phrase.count(" ") + 1
        if " ".join(fold(word).strip(",") for word in words[-length:]) == phrase:
            return " ".join(words[:-length]), role
    return " ".join(words), ""


def _named(step: Step, places: Sequence[Place], name: str, role: str, count: int) -> None:
    found = find(places, name) if name else tuple(places)
    if len(found) == 1:
        _take(step, found[0], role, count)
    elif not found:
        step.refuse(t.no_such_unit(name))
    else:
        step.set(pending={"kind": "inviting", "role": role, "count": count})
        if name:
            step.body = t.which_unit(name, len(found), min(len(found), OFFERED))
        step.offers += [(f"invite_unit:{each.id}", t.unit_label(each)) for each in found[:OFFERED]]


def _take(step: Step, place: Place, role: str, count: int) -> None:
    """The unit is known: on with what else is."""
    roles = step.world.staff.invitable(place.id)
    if role and role not in roles:
        step.refuse(t.may_not_invite_to(role, place.name))
        role = ""
    role = role or (roles[0] if len(roles) == 1 else "")
    step.set(pending={"kind": "inviting", "unit": place.id, "role": role, "count": 0 if role else count})
    if not role:
        step.fire("invite_known")
    elif count:
        _make(step, place, role, count)
    else:
        step.fire("invite_counted")


def choose_unit(step: Step) -> None:
    """A button: the unit, as far as the right still reaches there."""
    place = _place(step, whole(step.argument) or 0)
    pending = step.session.pending
    step.set(mark=step.session.mark + 1)
    if place is None:
        step.refuse(refusals.no_such_choice())
    else:
        _take(step, place, str(pending.get("role", "")), int(pending.get("count", 0)))


def say_unit(step: Step) -> None:
    """A unit's name or code, perhaps with a role and a number."""
    step.set(mark=step.session.mark + 1)
    _ordered(step, step.world.staff.places(RIGHTS), step.text)


def choose_role(step: Step) -> None:
    """A button: the role."""
    _with_role(step, step.argument)


def say_role(step: Step) -> None:
    """A role in words."""
    _with_role(step, _split(step.text.split())[1])


def _with_role(step: Step, role: str) -> None:
    place = _place(step, int(step.session.pending.get("unit", 0)))
    if place is None or role not in step.world.staff.invitable(place.id):
        step.refuse(t.may_not_invite_to(role, place.name) if place and role in ROLES else refusals.no_such_choice())
        return
    count = int(step.session.pending.get("count", 0))
    step.set(pending={**step.session.pending, "role": role, "count": 0}, mark=step.session.mark + 1)
    if count:
        _make(step, place, role, count)
    else:
        step.fire("invite_counted")


def choose_count(step: Step) -> None:
    """A button or a typed number: how many codes; then they are made."""
    count = whole((step.argument or step.text).strip())
    place = _place(step, int(step.session.pending.get("unit", 0)))
    role = str(step.session.pending.get("role", ""))
    if place is None or role not in step.world.staff.invitable(place.id):
        step.refuse(t.may_not_invite())
    elif count is None:
        step.refuse(t.not_a_count(MOST))
    else:
        _make(step, place, role, count)


def _make(step: Step, place: Place, role: str, count: int) -> None:
    if not 1 <= count <= MOST:
        step.refuse(t.not_a_count(MOST))
        step.fire("invite_counted")
        return
    until = step.world.now + VALID
    letter = t.letter(step.world.person.name, role, place, t.moment(until, step.world.zone))
    step.effects.append(CreateInvites(place.id, role, count, letter, until))
    step.set(pending={}, mark=step.session.mark + 1)
    step.body = t.invited(count, role, place.name)
    step.offers += [("invite", t.TO_INVITE), ("invites", t.INVITES)]
    step.fire("invite_made")


def _place(step: Step, unit: int) -> Place | None:
    return next((each for each in step.world.staff.places(RIGHTS) if each.id == unit), None)


# --- the invitations that are open --------------------------------------------------------------------------------


def show_open(step: Step) -> None:
    """The list; what was asked before is let go."""
    loose_ends(step)
    step.set(pending={}, mark=step.session.mark + 1)


def revoke(step: Step) -> None:
    """A button: the invitation is taken back, if it is still open and the right still reaches there."""
    wanted = whole(step.argument)
    found = next((each for each in step.world.staff.invitations() if each.id == wanted), None)
    show_open(step)
    if found is None:
        step.refuse(t.no_such_invitation())
        return
    step.effects.append(RevokeInvite(found.id))
    step.notes.append(t.revoked(found))


# --- screens ------------------------------------------------------------------------------------------------------


def inviting(step: Step) -> Screen:
    places = step.world.staff.places(RIGHTS)
    open_ones = step.world.staff.invitations()
    choices = [] if step.offers else [(f"invite_unit:{each.id}", t.unit_label(each)) for each in places[:OFFERED]]
    choices += [("invites", t.INVITES)] if open_ones else []
    return Screen(t.invite_where(len(open_ones)), (*choices, ("cancel", labels.NEVER_MIND)))


def inviting_role(step: Step) -> Screen:
    place = _place(step, int(step.session.pending.get("unit", 0)))
    roles = step.world.staff.invitable(place.id) if place else ()
    choices = tuple((f"invite_role:{role}", t.role_name(role)) for role in roles)
    return Screen(t.invite_as(place.name if place else ""), (*choices, ("cancel", labels.NEVER_MIND)))


def inviting_count(step: Step) -> Screen:
    place = _place(step, int(step.session.pending.get("unit", 0)))
    choices = tuple((f"invite_count:{number}", f"{number} mã") for number in (1, 2, 3, 5))
    asked = t.invite_count(place.name if place else "", str(step.session.pending.get("role", "")), MOST)
    return Screen(asked, (*choices, ("cancel", labels.NEVER_MIND)))


def invitations(step: Step) -> Screen:
    taken = {effect.invite for effect in step.effects if isinstance(effect, RevokeInvite)}
    found: list[OpenInvitation] = [each for each in step.world.staff.invitations() if each.id not in taken]
    shown = found[:OFFERED]
    choices = [(f"revoke:{each.id}", t.revoke_label(number)) for number, each in enumerate(shown, 1)]
    text = t.invitations(found, len(shown), step.world.zone)
    return Screen(text, (*choices, ("invite", t.TO_INVITE), ("start", labels.HOME)))


def lost(step: Step) -> bool:
    """Whether the right to invite has ended meanwhile, or a place that was chosen is out of its reach."""
    unit = step.session.pending.get("unit")
    return not may_invite(step) or (unit is not None and _place(step, int(unit)) is None)


def give_up(step: Step) -> None:
    step.set(pending={}, misses=0, mark=step.session.mark + 1)


ASKING = ("inviting", "inviting_role", "inviting_count")
STATES = {
    "inviting": "into which unit somebody is invited is asked",
    "inviting_role": "the role that is offered is asked",
    "inviting_count": "how many codes are needed is asked",
    "invitations": "the invitations that nobody has used yet",
}
TABLE = (
    Row("check", (*ASKING, "invitations"), "home", lost, give_up),
    Row("invite", ANY, "inviting", may_invite, begin),
    Row("invite", ANY, None, None, refuse),
    Row("invites", ANY, "invitations", may_invite, show_open),
    Row("invites", ANY, None, None, refuse),
    Row("revoke", ANY, "invitations", may_invite, revoke),
    Row("revoke", ANY, None, None, refuse),
    Row("invite_unit", "inviting", None, None, choose_unit),
    Row("say", "inviting", None, None, say_unit),
    Row("invite_role", "inviting_role", None, None, choose_role),
    Row("say", "inviting_role", None, None, say_role),
    Row("invite_count", "inviting_count", None, None, choose_count),
    Row("say", "inviting_count", None, None, choose_count),
    Row("invite_known", ASKING, "inviting_role"),
    Row("invite_counted", ASKING, "inviting_count"),
    Row("invite_made", ASKING, "home"),
    Row("say", "invitations", None, None, navigation.say_what),
    Row("back", "inviting_count", "inviting_role"),
    Row("back", "inviting_role", "inviting"),
    Row("cancel", (*ASKING, "invitations"), "home", None, give_up),
)
SCREENS = {
    "inviting": inviting,
    "inviting_role": inviting_role,
    "inviting_count": inviting_count,
    "invitations": invitations,
}
