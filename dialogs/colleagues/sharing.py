"""Sharing a report: a lead hands sections, appendices or rows to colleagues; each sees the own part (O18).

"/giao" lists what is in whose hands; "/giao PL3 Mai" hands one part over. What its holder then sees of the report is
told in ``own_part``.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.colleagues.kept import Sharing
from dialogs.forms.parts import find_part, sections
from dialogs.forms.prefixes import owns, within
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import progress
from dialogs.reading import clean, fold
from dialogs.texts import labels, places, refusals
from dialogs.texts import sharing as sharing_texts
from dialogs.turn import navigation
from dialogs.turn.commands import Takes, TypedCommand
from dialogs.turn.dialog import Dialog, DialogState
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Screen, Transition
from dialogs.turn.turn_state import TurnState
from dialogs.values.decisions import AssignPart, EndAssignment
from dialogs.values.rights import Right
from dialogs.values.team import Assigned, Colleague, Team

MAX_NOTE = 1000
SHOWN = 8
"""Colleagues, or parts to be taken back, that have a button each; any other is typed."""


def team(turn: TurnState) -> Team:
    """Who works on the report, as it was before this turn."""
    return turn.world.team(turn.report.id)


def may_assign(turn: TurnState) -> bool:
    """Whether the person hands out parts of this report."""
    return navigation.in_report(turn) and team(turn).may_assign


# --- handing a part to a colleague ---------------------------------------------------------------------------------


def begin(turn: TurnState) -> None:
    """ "/giao": the list; a part that cannot be made out is said so there."""
    typed = turn.argument.strip()
    loose_ends(turn)
    turn.set(kept=Sharing(), mark=turn.session.mark + 1)
    if typed:
        _offer_parts(turn, typed)


def not_for_you(turn: TurnState) -> None:
    """ "/giao" of somebody who hands out nothing."""
    leads = [each.name for each in team(turn).colleagues if each.leads] if turn.view is not None else []
    turn.refuse(sharing_texts.not_a_lead(leads))


def _found(turn: TurnState, typed: str) -> tuple[str, ...]:
    return find_part(turn.form, turn.questions, typed) if typed.strip() else ()


def _split(typed: str) -> tuple[str, str]:
    """ "PL3 cho đồng chí Mai" as the part and the name."""
    part, _, name = typed.strip().partition(" ")
    if fold(part) in ("phu", "muc", "phan") and name:  # "phụ lục 3 Mai"
        words = typed.split()
        length = 3 if fold(part) == "phu" else 2
        part, name = " ".join(words[:length]), " ".join(words[length:])
    return part, _bare(name)


def _bare(name: str) -> str:
    """A name without what is said before it."""
    words = name.split()
    while words and fold(words[0]) in ("cho", "dong", "chi", "d/c", "dc"):
        words = words[1:]
    return " ".join(words)


def names_part(turn: TurnState) -> bool:
    """Whether "/giao PL3" names one part."""
    return may_assign(turn) and len(_found(turn, _split(turn.argument)[0])) == 1


def names_both(turn: TurnState) -> bool:
    """Whether "/giao PL3 Mai" names one part and one colleague."""
    if not names_part(turn):
        return False
    name = _split(turn.argument)[1]
    return bool(name) and len(_colleagues(turn, name)) == 1


def take_both(turn: TurnState) -> None:
    """Both are known: what the colleague may see is asked next."""
    part, name = _split(turn.argument)
    loose_ends(turn)
    turn.set(kept=Sharing(_found(turn, part)[0], _colleagues(turn, name)[0].person), mark=turn.session.mark + 1)


def begin_with_part(turn: TurnState) -> None:
    """Only the part is known: the colleague is asked next."""
    part, name = _split(turn.argument)
    prefix = _found(turn, part)[0]
    loose_ends(turn)
    turn.set(kept=Sharing(prefix), mark=turn.session.mark + 1)
    if name:
        _offer_colleagues(turn, name)


def take_part(turn: TurnState) -> None:
    """A button or a typed text named the part: the colleague is asked next."""
    prefix = turn.argument or _found(turn, turn.text)[0]
    turn.set(kept=Sharing(prefix), mark=turn.session.mark + 1)


def start_handing(turn: TurnState) -> None:
    """The button "Giao phần việc"."""
    turn.set(kept=Sharing(), mark=turn.session.mark + 1)
    if not _others(turn):
        turn.notes.append(sharing_texts.nobody_to_hand_to())


def _offered(turn: TurnState) -> tuple[str, ...]:
    return sections(turn.form, turn.questions)


def is_part(turn: TurnState) -> bool:
    """Whether a button or a typed text is one part of this report."""
    if turn.argument:
        return _is_asked(turn, turn.argument)
    return len(_found(turn, turn.text)) == 1


def _is_asked(turn: TurnState, prefix: str) -> bool:
    return bool(prefix) and any(owns((prefix,), each.field, each.row) for each in turn.questions)


def unclear_part(turn: TurnState) -> None:
    """A text that is no part, or may be several."""
    _offer_parts(turn, turn.text.strip())


def _offer_parts(turn: TurnState, typed: str) -> None:
    found = _found(turn, typed)
    if not found:
        turn.refuse(sharing_texts.no_such_part_to_hand(typed))
        return
    turn.refuse(sharing_texts.several_parts_to_hand(typed))
    turn.offers += [(f"share_part:{prefix}", _name(turn, prefix)) for prefix in found[:SHOWN]]


def _name(turn: TurnState, prefix: str) -> str:
    return places.capital(places.part_name(turn.form, prefix))


def _others(turn: TurnState) -> list[Colleague]:
    return [each for each in team(turn).colleagues if each.person != turn.world.person.id]


def _colleagues(turn: TurnState, typed: str) -> list[Colleague]:
    """The colleagues whom a typed name may mean: all of the name, else some words of it, with or without diacritics."""
    words = fold(_bare(typed)).split()
    found = [each for each in _others(turn) if fold(each.name).split() == words]
    return found or [each for each in _others(turn) if words and set(words) <= set(fold(each.name).split())]


def is_colleague(turn: TurnState) -> bool:
    """Whether a button or a typed name is one colleague."""
    if turn.argument:
        return any(str(each.person) == turn.argument for each in _others(turn))
    return len(_colleagues(turn, turn.text)) == 1


def take_person(turn: TurnState) -> None:
    """The colleague is known: what they may see is asked next."""
    chosen = whole(turn.argument) or 0 if turn.argument else _colleagues(turn, turn.text)[0].person
    turn.set(kept=replace(turn.kept(Sharing), person=chosen), mark=turn.session.mark + 1)


def unclear_person(turn: TurnState) -> None:
    """A name that is nobody's, one's own, or several people's."""
    _offer_colleagues(turn, turn.text)


def _offer_colleagues(turn: TurnState, typed: str) -> None:
    found = _colleagues(turn, typed)
    if found:
        turn.refuse(sharing_texts.several_colleagues(typed))
        turn.offers += [(f"share_to:{each.person}", each.name) for each in found[:SHOWN]]
    elif set(fold(typed).split()) <= set(fold(turn.world.person.name).split()) and typed.strip():
        turn.refuse(sharing_texts.to_oneself())
    else:
        turn.refuse(sharing_texts.no_such_colleague(typed))


def take_sight(turn: TurnState) -> None:
    """ "Chỉ thấy phần này" or "Thấy cả báo cáo"."""
    turn.set(kept=replace(turn.kept(Sharing), sees_all=turn.argument == "all"), mark=turn.session.mark + 1)


def hand_with_note(turn: TurnState) -> None:
    """A typed word goes with it."""
    note = clean(turn.text).strip()
    if len(note) > MAX_NOTE:
        turn.refuse(sharing_texts.note_too_long(len(note), MAX_NOTE))
    else:
        _hand(turn, note)


def hand(turn: TurnState) -> None:
    """The button "Giao luôn"."""
    _hand(turn, "")


def _hand(turn: TurnState, note: str) -> None:
    shared = turn.kept(Sharing)
    whom = _chosen(turn)
    if whom is None or not _is_asked(turn, shared.prefix):
        turn.refuse(refusals.no_such_choice())
    else:
        given = AssignPart(turn.report.id, shared.prefix, whom.person, shared.sees_all, note)
        turn.effects.append(given)
        part = places.part_name(turn.form, shared.prefix)
        turn.notes.append(sharing_texts.handed_over(part, whom.name, whom.reachable))
    turn.set(kept=Sharing(), mark=turn.session.mark + 1)
    turn.fire("share_done")


def _chosen(turn: TurnState) -> Colleague | None:
    person = turn.kept(Sharing).person
    return next((each for each in _others(turn) if each.person == person), None)


def withdraw(turn: TurnState) -> None:
    """The button "Thu lại ..."; what the colleague has written stays."""
    number = whole(turn.argument)
    found = next((each for each in team(turn).assigned if each.id == number), None)
    turn.set(mark=turn.session.mark + 1)
    if found is None:
        turn.refuse(sharing_texts.was_taken_back())
        return
    turn.effects.append(EndAssignment(turn.report.id, found.id))
    turn.notes.append(sharing_texts.taken_back(places.part_name(turn.form, found.prefix), found.name))


def back_to_list(turn: TurnState) -> None:
    """Nothing is handed over."""
    turn.set(kept=Sharing(), mark=turn.session.mark + 1)


def leave(turn: TurnState) -> None:
    """From the list back to the question."""
    turn.set(kept=None, mark=turn.session.mark + 1)
    navigation.return_to_question(turn)


def lost(turn: TurnState) -> bool:
    """Whether the person hands out parts no longer."""
    return turn.view is None or not team(turn).may_assign


# --- screens -------------------------------------------------------------------------------------------------------


def _now(turn: TurnState) -> list[Assigned]:
    """What is in whose hands once this turn is over."""
    ended = {effect.assignment for effect in turn.effects if isinstance(effect, EndAssignment)}
    given = [effect for effect in turn.effects if isinstance(effect, AssignPart)]
    again = {(effect.person, effect.prefix) for effect in given}
    before = [each for each in team(turn).assigned if each.id not in ended and (each.person, each.prefix) not in again]
    names = {each.person: each.name for each in team(turn).colleagues}
    return before + [
        Assigned(0, each.prefix, each.person, names.get(each.person, ""), each.sees_all, each.comment, turn.world.now)
        for each in given
    ]


def _list_screen(turn: TurnState) -> Screen:
    found = _now(turn)
    lines = [sharing_texts.shares_heading(turn.report.title, turn.report.unit.name)]
    lines += [_line(turn, number, each) for number, each in enumerate(found, 1)] or [sharing_texts.nothing_shared()]
    choices = [("share_new", sharing_texts.HAND_PART)]
    known = [each for each in found if each.id]
    choices += [
        (f"share_end:{e.id}", sharing_texts.take_back(places.part_name(turn.form, e.prefix), e.name))
        for e in known[:SHOWN]
    ]
    return Screen("\n".join(lines), (*choices, ("cancel", labels.BACK)))


def _line(turn: TurnState, number: int, each: Assigned) -> str:
    count = progress(within((each.prefix,), turn.questions), turn.answers)
    told = sharing_texts.told_done_at(sharing_texts.short_moment(each.done_at, turn.world.zone)) if each.done_at else ""
    name = places.part_name(turn.form, each.prefix)
    return sharing_texts.share_line(number, name, each.name, count, sharing_texts.sight(each.sees_all), told)


def _part_screen(turn: TurnState) -> Screen:
    choices = [(f"share_part:{prefix}", _name(turn, prefix)) for prefix in _offered(turn)]
    return Screen(sharing_texts.which_part_to_hand(), (*choices[:20], ("cancel", labels.NEVER_MIND)))


def _person_screen(turn: TurnState) -> Screen:
    choices = [(f"share_to:{each.person}", each.name) for each in _others(turn)[:SHOWN]]
    asked = sharing_texts.whom(places.part_name(turn.form, turn.kept(Sharing).prefix))
    return Screen(asked if choices else sharing_texts.nobody_to_hand_to(), (*choices, ("cancel", labels.NEVER_MIND)))


def _sight_screen(turn: TurnState) -> Screen:
    whom, part = _chosen(turn), places.part_name(turn.form, turn.kept(Sharing).prefix)
    asked = sharing_texts.which_sight(part, whom.name if whom else "")
    asked += f"\n{sharing_texts.leads_see_all(whom.name)}" if whom is not None and whom.leads else ""
    choices = (("share_sight:part", sharing_texts.ONLY_PART), ("share_sight:all", sharing_texts.WHOLE_REPORT))
    return Screen(asked, (*choices, ("cancel", labels.NEVER_MIND)))


def _note_screen(turn: TurnState) -> Screen:
    whom, shared = _chosen(turn), turn.kept(Sharing)
    part = places.part_name(turn.form, shared.prefix)
    asked = sharing_texts.hand_over_now(part, whom.name if whom else "", shared.sees_all)
    return Screen(asked, (("share_now", sharing_texts.HAND_NOW), ("cancel", labels.NEVER_MIND)))


LISTED = ("sharing_part", "sharing_person", "sharing_sight", "sharing_note")


HERE = ("sharing", "sharing_part", "sharing_person", "sharing_sight", "sharing_note")
DIALOG = Dialog(
    "sharing",
    states=(
        DialogState("sharing", "which part of the report is in whose hands", _list_screen),
        DialogState("sharing_part", "which part is to be handed to a colleague", _part_screen, lettered=True),
        DialogState("sharing_person", "to which colleague", _person_screen),
        DialogState("sharing_sight", "whether that colleague sees the rest of the report", _sight_screen),
        DialogState("sharing_note", "a word to the colleague, or none", _note_screen, lettered=True),
    ),
    table=(
        Transition("check", HERE, "home", lost, navigation.mark),
        Transition("share", ANY, "sharing_sight", names_both, take_both),
        Transition("share", ANY, "sharing_person", names_part, begin_with_part),
        Transition("share", ANY, "sharing", may_assign, begin),
        Transition("share", ANY, None, None, not_for_you),
        Transition("share_new", "sharing", "sharing_part", None, start_handing),
        Transition("share_end", "sharing", None, None, withdraw),
        Transition("share_part", ("sharing", "sharing_part"), "sharing_person", is_part, take_part),
        Transition("say", "sharing_part", "sharing_person", is_part, take_part),
        Transition("say", "sharing_part", None, None, unclear_part),
        Transition("share_to", "sharing_person", "sharing_sight", is_colleague, take_person),
        Transition("say", "sharing_person", "sharing_sight", is_colleague, take_person),
        Transition("say", "sharing_person", None, None, unclear_person),
        Transition("share_sight", "sharing_sight", "sharing_note", None, take_sight),
        Transition("share_now", "sharing_note", None, None, hand),
        Transition("say", "sharing_note", None, None, hand_with_note),
        Transition("share_done", "sharing_note", "sharing"),
        Transition("say", ("sharing", "sharing_sight"), None, None, navigation.say_what),
        Transition("cancel", LISTED, "sharing", None, back_to_list),
        Transition("back", LISTED, "sharing", None, back_to_list),
        Transition("cancel", "sharing", None, None, leave),
        Transition("back", "sharing", None, None, leave),
        Transition("next", HERE, None, None, leave),
        Transition("skip", HERE, None, None, leave),
    ),
    inner=("share_done",),
    keeps=(Sharing,),
    commands=(
        TypedCommand(
            "share", ("giao", "giao viec"), sharing_texts.MENU_ASSIGN, 120, Right.PART_ASSIGN, takes=Takes.ANYTHING
        ),
    ),
)
