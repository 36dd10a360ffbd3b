"""The steps of a new campaign up to who must report: form, day, unit, title, period, groups, single units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs.campaigns.drafting import change, draft_of, every_group, fitted, plan_of, today
from dialogs.desk.finding import find
from dialogs.forms.question_lookup import whole
from dialogs.kinds import Kind
from dialogs.reading import Outcome, Spec, clean, fold, read
from dialogs.texts import opening as opening_texts
from dialogs.texts import refusals
from dialogs.turn.turn_state import TurnState
from dialogs.values.plans import PlannedUnit, TopUnit

MAX_LINE = 200
"""Characters of a title and of a period: both are printed on one line."""

MOST_OFFERED = 8


def mark(turn: TurnState) -> None:
    """Something else is asked now."""
    turn.set(kept=None, misses=0, mark=turn.session.mark + 1)


def keep(turn: TurnState) -> None:
    """ "Giữ như đang có": on to what is undecided."""
    mark(turn)
    turn.fire("draft_on")


def odd(turn: TurnState) -> None:
    """A text where only buttons answer."""
    turn.refuse(refusals.say_what())


# --- form, day, unit -----------------------------------------------------------------------------------------------


def take_form(turn: TurnState) -> None:
    """A button, or a form's key typed."""
    named = fold(turn.argument or turn.text).strip()
    forms = turn.world.plans.forms()
    found = [each for each in forms if fold(each.key) == named] or [each for each in forms if fold(each.title) == named]
    chosen = found[0] if len(found) == 1 else None
    if chosen is None:
        turn.refuse(opening_texts.no_such_form(turn.argument or turn.text))
    elif chosen.unmeasured:
        turn.refuse(opening_texts.form_unmeasured(chosen.title, chosen.unmeasured))
    else:
        draft = draft_of(turn)
        other = {} if draft.form == chosen.key else {"title": "", "key": "", "grouped": False}
        change(turn, form=chosen.key, **other)
        _go_on(turn)


def _go_on(turn: TurnState) -> None:
    fitted(turn)
    turn.fire("draft_on")


def take_day(turn: TurnState) -> None:
    """ "Hôm nay"."""
    _day_chosen(turn, today(turn))


def say_day(turn: TurnState) -> None:
    """A reference date, read as every date is; one without its year is of this year, and read back."""
    found = read(turn.text, Spec(Kind.DATE, year=today(turn).year))
    proposed = next((option.value for option in found.options if found.code == "missing_year"), None)
    day = found.value if found.outcome is Outcome.VALUE else proposed
    if isinstance(day, date):
        _day_chosen(turn, day)
    else:
        turn.refuse(opening_texts.unread_reference(turn.text, today(turn)))


def _day_chosen(turn: TurnState, day: date) -> None:
    if not turn.world.plans.own(day):
        turn.refuse(opening_texts.no_unit_that_day(day))
        return
    change(turn, day=day)
    turn.notes.append(opening_texts.day_taken(day))
    _go_on(turn)


def take_unit(turn: TurnState) -> None:
    """A button of a unit: whether the person may open a campaign there is asked now."""
    day = draft_of(turn).day or today(turn)
    number = whole(turn.argument)
    chosen = turn.world.plans.top(number, day) if number else None
    if chosen is None:
        turn.refuse(opening_texts.no_such_top(""))
    else:
        _unit_chosen(turn, chosen)


def say_unit(turn: TurnState) -> None:
    """A unit's name or code, in whole or in part; an ambiguous one is asked back."""
    typed = turn.text.strip()
    found = find(turn.world.plans.tops(draft_of(turn).day or today(turn)), typed)
    if len(found) == 1:
        _unit_chosen(turn, found[0])
    elif found:
        turn.body = opening_texts.which_unit(typed, len(found), MOST_OFFERED)
        turn.offers += [(f"take:{each.id}", f"{each.name} ({each.code})") for each in found[:MOST_OFFERED]]
    else:
        turn.refuse(opening_texts.no_such_top(typed))


def _unit_chosen(turn: TurnState, unit: TopUnit) -> None:
    draft = draft_of(turn)
    plan = plan_of(turn, replace(draft, unit=unit.id, left_out=frozenset()))
    if plan is None or not plan.groups:
        turn.refuse(opening_texts.nobody_asked(unit.name, draft.form))
        return
    change(turn, unit=unit.id)
    turn.notes.append(opening_texts.unit_taken(unit.name))
    _go_on(turn)


# --- title and period ----------------------------------------------------------------------------------------------


def proposed_title(turn: TurnState) -> str:
    """Return the title of the draft, else the form's."""
    draft = draft_of(turn)
    usual = next((each.title for each in turn.world.plans.forms() if each.key == draft.form), draft.form)
    return draft.title or usual


def take_title(turn: TurnState) -> None:
    change(turn, title=proposed_title(turn))
    turn.fire("draft_on")


def say_title(turn: TurnState) -> None:
    line = _one_line(turn)
    if line:
        change(turn, title=line)
        turn.fire("draft_on")


def proposed_periods(turn: TurnState) -> tuple[str, ...]:
    """Return periods that end about now: the year, and its first half or nine months."""
    year, month = today(turn).year, today(turn).month
    if month <= 3:
        return opening_texts.year(year - 1), opening_texts.first_quarter(year)
    whole_year = opening_texts.year(year)
    return (
        (opening_texts.first_months(6, year), whole_year)
        if month <= 8
        else (whole_year, opening_texts.first_months(9, year))
    )


def take_period(turn: TurnState) -> None:
    number = whole(turn.argument)
    proposed = proposed_periods(turn)
    change(turn, period=proposed[number - 1] if number and number <= len(proposed) else "")
    turn.fire("draft_on")


def say_period(turn: TurnState) -> None:
    line = _one_line(turn)
    if line:
        change(turn, period=line)
        turn.fire("draft_on")


def _one_line(turn: TurnState) -> str:
    """Return the text as it is stored, '' with the reason said if it is not one line."""
    line = clean(turn.text).strip()
    if not line or "\n" in line or len(line) > MAX_LINE:
        turn.refuse(opening_texts.not_one_line(MAX_LINE))
        return ""
    return line


# --- who must report -----------------------------------------------------------------------------------------------


def flip_group(turn: TurnState) -> None:
    """A group in or out; its deadline stays known if it comes back."""
    draft = draft_of(turn)
    if turn.argument not in {each.kind for each in every_group(turn)}:
        turn.refuse(refusals.no_such_choice())
        return
    change(turn, left_out=draft.left_out ^ {turn.argument}, grouped=False)


def groups_seen(turn: TurnState) -> None:
    """ "Tiếp" at the groups: at least one must report."""
    plan = plan_of(turn)
    if plan is None or not plan.owing:
        turn.refuse(opening_texts.no_group_left())
        return
    change(turn, grouped=True)
    turn.fire("draft_on")


def free_units(turn: TurnState) -> tuple[PlannedUnit, ...]:
    """Return the units that are listed and owe nothing."""
    plan = plan_of(turn)
    return tuple(each for each in plan.units if not each.required) if plan else ()


def flip_unit(turn: TurnState) -> None:
    """A button: a unit that owes nothing owes its report again, or one of several that were meant owes nothing."""
    plan = plan_of(turn)
    found = next((each for each in plan.units if each.code == turn.argument), None) if plan else None
    if found is None:
        turn.refuse(refusals.no_such_choice())
    else:
        _flip(turn, found)


def say_free(turn: TurnState) -> None:
    """A unit's name or code."""
    plan, typed = plan_of(turn), turn.text.strip()
    found = find(plan.units, typed) if plan else ()
    if len(found) == 1:
        _flip(turn, found[0])
    elif found:
        turn.body = opening_texts.which_unit(typed, len(found), MOST_OFFERED)
        turn.offers += [(f"flip:{each.code}", f"{each.name} ({each.code})") for each in found[:MOST_OFFERED]]
    else:
        turn.refuse(opening_texts.no_such_top(typed))


def _flip(turn: TurnState, unit: PlannedUnit) -> None:
    change(turn, not_required=draft_of(turn).not_required ^ {unit.code}, grouped=False)
    turn.notes.append(opening_texts.now_free(unit.name) if unit.required else opening_texts.now_owing(unit.name))
