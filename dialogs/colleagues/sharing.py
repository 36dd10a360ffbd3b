"""Sharing a report: a lead hands sections, appendices or rows to colleagues; each sees the own part (O18).

"/giao" lists what is in whose hands; "/giao PL3 Mai" hands one part over. What its holder then sees of the report is
told in ``own_part``.
"""

from __future__ import annotations

from dialogs import texts
from dialogs.forms.parts import find_part, part_name, sections
from dialogs.forms.question_lookup import whole
from dialogs.forms.questions import progress
from dialogs.reading import clean, fold
from dialogs.turn import navigation
from dialogs.turn.message_parts import loose_ends
from dialogs.turn.transitions import ANY, Row, Screen
from dialogs.turn.turn_state import Step, owns, within
from dialogs.values.decisions import AssignPart, EndAssignment
from dialogs.values.team import Assigned, Colleague, Team

MAX_NOTE = 1000
SHOWN = 8
"""Colleagues, or parts to be taken back, that have a button each; any other is typed."""

STATES = {
    "sharing": "which part of the report is in whose hands",
    "sharing_part": "which part is to be handed to a colleague",
    "sharing_person": "to which colleague",
    "sharing_sight": "whether that colleague sees the rest of the report",
    "sharing_note": "a word to the colleague, or none",
}


def team(step: Step) -> Team:
    """Who works on the report, as it was before this turn."""
    return step.world.team(step.report.id)


def may_assign(step: Step) -> bool:
    """Whether the person hands out parts of this report."""
    return navigation.in_report(step) and team(step).may_assign


# --- handing a part to a colleague ---------------------------------------------------------------------------------


def begin(step: Step) -> None:
    """ "/giao": the list; a part that cannot be made out is said so there."""
    typed = step.argument.strip()
    loose_ends(step)
    step.set(pending={"kind": "sharing"}, mark=step.session.mark + 1)
    if typed:
        _offer_parts(step, typed)


def not_for_you(step: Step) -> None:
    """ "/giao" of somebody who hands out nothing."""
    leads = [each.name for each in team(step).colleagues if each.leads] if step.view is not None else []
    step.refuse(texts.not_a_lead(leads))


def _found(step: Step, typed: str) -> tuple[str, ...]:
    return find_part(step.form, step.questions, typed) if typed.strip() else ()


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


def names_part(step: Step) -> bool:
    """Whether "/giao PL3" names one part."""
    return may_assign(step) and len(_found(step, _split(step.argument)[0])) == 1


def names_both(step: Step) -> bool:
    """Whether "/giao PL3 Mai" names one part and one colleague."""
    if not names_part(step):
        return False
    name = _split(step.argument)[1]
    return bool(name) and len(_colleagues(step, name)) == 1


def take_both(step: Step) -> None:
    """Both are known: what the colleague may see is asked next."""
    part, name = _split(step.argument)
    loose_ends(step)
    chosen = {"prefix": _found(step, part)[0], "person": _colleagues(step, name)[0].person}
    step.set(pending={"kind": "sharing", **chosen}, mark=step.session.mark + 1)


def begin_with_part(step: Step) -> None:
    """Only the part is known: the colleague is asked next."""
    part, name = _split(step.argument)
    prefix = _found(step, part)[0]
    loose_ends(step)
    step.set(pending={"kind": "sharing", "prefix": prefix}, mark=step.session.mark + 1)
    if name:
        _offer_colleagues(step, name)


def take_part(step: Step) -> None:
    """A button or a typed text named the part: the colleague is asked next."""
    prefix = step.argument or _found(step, step.text)[0]
    step.set(pending={"kind": "sharing", "prefix": prefix}, mark=step.session.mark + 1)


def start_handing(step: Step) -> None:
    """The button "Giao phần việc"."""
    step.set(pending={"kind": "sharing"}, mark=step.session.mark + 1)
    if not _others(step):
        step.notes.append(texts.nobody_to_hand_to())


def _offered(step: Step) -> tuple[str, ...]:
    return sections(step.form, step.questions)


def is_part(step: Step) -> bool:
    """Whether a button or a typed text is one part of this report."""
    if step.argument:
        return _is_asked(step, step.argument)
    return len(_found(step, step.text)) == 1


def _is_asked(step: Step, prefix: str) -> bool:
    return bool(prefix) and any(owns((prefix,), each.field, each.row) for each in step.questions)


def unclear_part(step: Step) -> None:
    """A text that is no part, or may be several."""
    _offer_parts(step, step.text.strip())


def _offer_parts(step: Step, typed: str) -> None:
    found = _found(step, typed)
    if not found:
        step.refuse(texts.no_such_part_to_hand(typed))
        return
    step.refuse(texts.several_parts_to_hand(typed))
    step.offers += [(f"share_part:{prefix}", _name(step, prefix)) for prefix in found[:SHOWN]]


def _name(step: Step, prefix: str) -> str:
    return texts.capital(part_name(step.form, prefix))


def _others(step: Step) -> list[Colleague]:
    return [each for each in team(step).colleagues if each.person != step.world.person.id]


def _colleagues(step: Step, typed: str) -> list[Colleague]:
    """The colleagues whom a typed name may mean: all of the name, else some words of it, with or without diacritics."""
    words = fold(_bare(typed)).split()
    found = [each for each in _others(step) if fold(each.name).split() == words]
    return found or [each for each in _others(step) if words and set(words) <= set(fold(each.name).split())]


def is_colleague(step: Step) -> bool:
    """Whether a button or a typed name is one colleague."""
    if step.argument:
        return any(str(each.person) == step.argument for each in _others(step))
    return len(_colleagues(step, step.text)) == 1


def take_person(step: Step) -> None:
    """The colleague is known: what they may see is asked next."""
    chosen = whole(step.argument) if step.argument else _colleagues(step, step.text)[0].person
    step.set(pending={**step.session.pending, "person": chosen}, mark=step.session.mark + 1)


def unclear_person(step: Step) -> None:
    """A name that is nobody's, one's own, or several people's."""
    _offer_colleagues(step, step.text)


def _offer_colleagues(step: Step, typed: str) -> None:
    found = _colleagues(step, typed)
    if found:
        step.refuse(texts.several_colleagues(typed))
        step.offers += [(f"share_to:{each.person}", each.name) for each in found[:SHOWN]]
    elif set(fold(typed).split()) <= set(fold(step.world.person.name).split()) and typed.strip():
        step.refuse(texts.to_oneself())
    else:
        step.refuse(texts.no_such_colleague(typed))


def take_sight(step: Step) -> None:
    """ "Chỉ thấy phần này" or "Thấy cả báo cáo"."""
    step.set(pending={**step.session.pending, "sees_all": step.argument == "all"}, mark=step.session.mark + 1)


def hand_with_note(step: Step) -> None:
    """A typed word goes with it."""
    note = clean(step.text).strip()
    if len(note) > MAX_NOTE:
        step.refuse(texts.note_too_long(len(note), MAX_NOTE))
    else:
        _hand(step, note)


def hand(step: Step) -> None:
    """The button "Giao luôn"."""
    _hand(step, "")


def _hand(step: Step, note: str) -> None:
    pending = step.session.pending
    whom = _chosen(step)
    if whom is None or not _is_asked(step, pending["prefix"]):
        step.refuse(texts.no_such_choice())
    else:
        given = AssignPart(step.report.id, pending["prefix"], whom.person, pending["sees_all"], note)
        step.effects.append(given)
        part = part_name(step.form, pending["prefix"])
        step.notes.append(texts.handed_over(part, whom.name, whom.reachable))
    step.set(pending={"kind": "sharing"}, mark=step.session.mark + 1)
    step.fire("share_done")


def _chosen(step: Step) -> Colleague | None:
    person = step.session.pending.get("person")
    return next((each for each in _others(step) if each.person == person), None)


def withdraw(step: Step) -> None:
    """The button "Thu lại ..."; what the colleague has written stays."""
    number = whole(step.argument)
    found = next((each for each in team(step).assigned if each.id == number), None)
    step.set(mark=step.session.mark + 1)
    if found is None:
        step.refuse(texts.was_taken_back())
        return
    step.effects.append(EndAssignment(step.report.id, found.id))
    step.notes.append(texts.taken_back(part_name(step.form, found.prefix), found.name))


def back_to_list(step: Step) -> None:
    """Nothing is handed over."""
    step.set(pending={"kind": "sharing"}, mark=step.session.mark + 1)


def leave(step: Step) -> None:
    """From the list back to the question."""
    step.set(pending={}, mark=step.session.mark + 1)
    navigation.return_to_question(step)


def lost(step: Step) -> bool:
    """Whether the person hands out parts no longer."""
    return step.view is None or not team(step).may_assign


# --- screens -------------------------------------------------------------------------------------------------------


def _now(step: Step) -> list[Assigned]:
    """What is in whose hands once this turn is over."""
    ended = {effect.assignment for effect in step.effects if isinstance(effect, EndAssignment)}
    given = [effect for effect in step.effects if isinstance(effect, AssignPart)]
    again = {(effect.person, effect.prefix) for effect in given}
    before = [each for each in team(step).assigned if each.id not in ended and (each.person, each.prefix) not in again]
    names = {each.person: each.name for each in team(step).colleagues}
    return before + [
        Assigned(0, each.prefix, each.person, names.get(each.person, ""), each.sees_all, each.comment, step.world.now)
        for each in given
    ]


def _list_screen(step: Step) -> Screen:
    found = _now(step)
    lines = [texts.shares_heading(step.report.title, step.report.unit.name)]
    lines += [_line(step, number, each) for number, each in enumerate(found, 1)] or [texts.nothing_shared()]
    choices = [("share_new", texts.HAND_PART)]
    known = [each for each in found if each.id]
    choices += [(f"share_end:{e.id}", texts.take_back(part_name(step.form, e.prefix), e.name)) for e in known[:SHOWN]]
    return Screen("\n".join(lines), (*choices, ("cancel", texts.BACK)))


def _line(step: Step, number: int, each: Assigned) -> str:
    count = progress(within((each.prefix,), step.questions), step.answers)
    told = texts.told_done_at(texts.short_moment(step, each.done_at)) if each.done_at else ""
    name = part_name(step.form, each.prefix)
    return texts.share_line(number, name, each.name, count, texts.sight(each.sees_all), told)


def _part_screen(step: Step) -> Screen:
    choices = [(f"share_part:{prefix}", _name(step, prefix)) for prefix in _offered(step)]
    return Screen(texts.which_part_to_hand(), (*choices[:20], ("cancel", texts.NEVER_MIND)))


def _person_screen(step: Step) -> Screen:
    choices = [(f"share_to:{each.person}", each.name) for each in _others(step)[:SHOWN]]
    asked = texts.whom(part_name(step.form, step.session.pending["prefix"]))
    return Screen(asked if choices else texts.nobody_to_hand_to(), (*choices, ("cancel", texts.NEVER_MIND)))


def _sight_screen(step: Step) -> Screen:
    whom, part = _chosen(step), part_name(step.form, step.session.pending["prefix"])
    asked = texts.which_sight(part, whom.name if whom else "")
    asked += f"\n{texts.leads_see_all(whom.name)}" if whom is not None and whom.leads else ""
    choices = (("share_sight:part", texts.ONLY_PART), ("share_sight:all", texts.WHOLE_REPORT))
    return Screen(asked, (*choices, ("cancel", texts.NEVER_MIND)))


def _note_screen(step: Step) -> Screen:
    whom, pending = _chosen(step), step.session.pending
    part = part_name(step.form, pending["prefix"])
    asked = texts.hand_over_now(part, whom.name if whom else "", pending["sees_all"])
    return Screen(asked, (("share_now", texts.HAND_NOW), ("cancel", texts.NEVER_MIND)))


SCREENS = {
    "sharing": _list_screen,
    "sharing_part": _part_screen,
    "sharing_person": _person_screen,
    "sharing_sight": _sight_screen,
    "sharing_note": _note_screen,
}


LISTED = ("sharing_part", "sharing_person", "sharing_sight", "sharing_note")

TABLE: tuple[Row, ...] = (
    Row("check", tuple(STATES), "home", lost, navigation.mark),
    Row("share", ANY, "sharing_sight", names_both, take_both),
    Row("share", ANY, "sharing_person", names_part, begin_with_part),
    Row("share", ANY, "sharing", may_assign, begin),
    Row("share", ANY, None, None, not_for_you),
    Row("share_new", "sharing", "sharing_part", None, start_handing),
    Row("share_end", "sharing", None, None, withdraw),
    Row("share_part", ("sharing", "sharing_part"), "sharing_person", is_part, take_part),
    Row("say", "sharing_part", "sharing_person", is_part, take_part),
    Row("say", "sharing_part", None, None, unclear_part),
    Row("share_to", "sharing_person", "sharing_sight", is_colleague, take_person),
    Row("say", "sharing_person", "sharing_sight", is_colleague, take_person),
    Row("say", "sharing_person", None, None, unclear_person),
    Row("share_sight", "sharing_sight", "sharing_note", None, take_sight),
    Row("share_now", "sharing_note", None, None, hand),
    Row("say", "sharing_note", None, None, hand_with_note),
    Row("share_done", "sharing_note", "sharing"),
    Row("say", ("sharing", "sharing_sight"), None, None, navigation.say_what),
    Row("cancel", LISTED, "sharing", None, back_to_list),
    Row("back", LISTED, "sharing", None, back_to_list),
    Row("cancel", "sharing", None, None, leave),
    Row("back", "sharing", None, None, leave),
    Row("next", tuple(STATES), None, None, leave),
    Row("skip", tuple(STATES), None, None, leave),
)
